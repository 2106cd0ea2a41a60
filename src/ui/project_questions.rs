//! What a project has to be asked about: its passphrase, what is not saved, what a crash left.
//!
//! Floor 6.

use eframe::egui::{self, Frame, Id, Margin, Modal, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::passphrase_field::{passphrase_field_ui, passphrase_length_ui};
use super::theme::STEP;
use super::widgets::entered_in_only_field;
use crate::project::{DeskQuestion, Passphrase};
use crate::session::{Command, ProjectRequest, Request, Secret, UnsavedAnswer};

/// A passphrase that is being typed.
#[derive(Default)]
pub struct TypedPassphrase(String);

impl std::fmt::Debug for TypedPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedPassphrase(…)")
    }
}

/// The question, while there is one.
pub fn project_question_ui(
    ui: &Ui,
    question: Option<&DeskQuestion>,
    typed: &mut TypedPassphrase,
    commands: &mut Vec<Command>,
) {
    let Some(question) = question else {
        typed.0.clear();
        return;
    };
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(16));
    let dialog = Modal::new(Id::unique("project question")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(440.0_f32.min(ui.ctx().content_rect().width() - 4.0 * STEP).max(0.0));
        match question {
            DeskQuestion::Passphrase { name, was_wrong } => passphrase_ui(ui, name, *was_wrong, typed),
            DeskQuestion::Unsaved { name } => unsaved_ui(ui, name.as_deref()),
            DeskQuestion::Recover { name, written, others } => recover_ui(ui, name, written, *others),
        }
    });
    let left = dialog.should_close().then_some(match question {
        DeskQuestion::Passphrase { .. } => ProjectRequest::LeaveClosed,
        DeskQuestion::Unsaved { .. } => ProjectRequest::Unsaved(UnsavedAnswer::Stay),
        DeskQuestion::Recover { .. } => ProjectRequest::RecoverLater,
    });
    let answer = dialog.inner.or(left);
    commands.extend(answer.map(|request| Command::Ask(Request::Project(request))));
}

fn passphrase_ui(
    ui: &mut Ui,
    name: &str,
    was_wrong: bool,
    typed: &mut TypedPassphrase,
) -> Option<ProjectRequest> {
    paragraph_ui(ui, &format!("{name} is encrypted"), &TextLook::heading(ui));
    ui.add_space(STEP);
    let field = passphrase_field_ui(ui, &mut typed.0, "Passphrase", f32::INFINITY);
    let entered = entered_in_only_field(ui, &field);
    passphrase_length_ui(ui, &typed.0);
    if was_wrong {
        let words = "It does not open with this passphrase, or the file is damaged.";
        paragraph_ui(ui, words, &TextLook::error(ui));
    }
    ui.add_space(STEP);
    ui.horizontal(|ui| {
        let can_open = Passphrase::can_be(&typed.0);
        let open = ui.add_enabled(can_open, egui::Button::new("Open")).clicked();
        if (open || entered) && can_open {
            return Some(ProjectRequest::OpenWith(Secret(std::mem::take(&mut typed.0))));
        }
        ui.button("Cancel").clicked().then_some(ProjectRequest::LeaveClosed)
    })
    .inner
}

fn unsaved_ui(ui: &mut Ui, project: Option<&str>) -> Option<ProjectRequest> {
    let (heading, words, save) = match project {
        Some(name) => {
            let heading = format!("Save the changes to {name}?");
            (heading, "What is not saved is lost otherwise.", Some(("Save", UnsavedAnswer::Save)))
        }
        None => {
            let words = "It is no project yet: which files are open, and how they are filtered and shown, is forgotten \
                         otherwise. The files stay as they are.";
            ("Save the map that is open first?".to_owned(), words, None)
        }
    };
    paragraph_ui(ui, &heading, &TextLook::heading(ui));
    paragraph_ui(ui, words, &TextLook::body(ui));
    ui.add_space(STEP);
    let others = [
        ("Save as…", UnsavedAnswer::SaveElsewhere),
        ("Do not save", UnsavedAnswer::Lose),
        ("Cancel", UnsavedAnswer::Stay),
    ];
    let answers = save.into_iter().chain(others);
    buttons_ui(ui, answers.map(|(words, answer)| (words, ProjectRequest::Unsaved(answer))))
}

fn recover_ui(ui: &mut Ui, name: &str, written: &str, others: usize) -> Option<ProjectRequest> {
    paragraph_ui(ui, "sitmap did not end as it should", &TextLook::heading(ui));
    let words = format!("A copy of {name} with its unsaved changes was kept at {written}. Bring it back?");
    paragraph_ui(ui, &words, &TextLook::body(ui));
    if others > 0 {
        let words = match others {
            1 => "There is one more such copy; you are asked about it next.".to_owned(),
            _ => format!("There are {others} more such copies; you are asked about them next."),
        };
        paragraph_ui(ui, &words, &TextLook::caption(ui));
    }
    ui.add_space(STEP);
    let answers = [
        ("Bring it back", ProjectRequest::Recover),
        ("Not now", ProjectRequest::RecoverLater),
        ("Throw it away", ProjectRequest::DiscardRecovered),
    ];
    buttons_ui(ui, answers)
}

fn buttons_ui(
    ui: &mut Ui,
    answers: impl IntoIterator<Item = (&'static str, ProjectRequest)>,
) -> Option<ProjectRequest> {
    ui.horizontal(|ui| {
        let mut given = None;
        for (words, request) in answers {
            if ui.button(words).clicked() {
                given = Some(request);
            }
        }
        given
    })
    .inner
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Event, Key, Vec2};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::map_view::install_fonts;
    use crate::symbology::Theme;
    use crate::ui::install_theme;

    type Asked = (TypedPassphrase, Vec<Command>);

    fn asking() -> Harness<'static, Asked> {
        let question = DeskQuestion::Passphrase { name: "map.sitmap".to_owned(), was_wrong: false };
        let builder = Harness::builder().with_size(Vec2::new(600.0, 400.0)).with_context_setup(|ctx| {
            install_fonts(ctx);
            install_theme(ctx, Theme::Light, 1.0);
        });
        let mut window = builder.build_ui_state(
            move |ui, (typed, commands): &mut Asked| {
                project_question_ui(ui, Some(&question), typed, commands);
            },
            Asked::default(),
        );
        (0..4).for_each(|_| window.step());
        window
    }

    fn enter(window: &mut Harness<'_, Asked>) {
        window.key_press(Key::Enter);
        (0..3).for_each(|_| window.step());
    }

    #[test]
    fn a_passphrase_is_typed_at_once_and_enter_opens() {
        let mut window = asking();
        enter(&mut window);
        assert!(window.state().1.is_empty(), "nothing is typed yet");
        window.input_mut().events.push(Event::Text("open sesame".to_owned()));
        window.step();
        enter(&mut window);
        let secret = Secret("open sesame".to_owned());
        let opened = Command::Ask(Request::Project(ProjectRequest::OpenWith(secret)));
        assert_eq!(window.state().1, [opened]);
    }

    #[test]
    fn a_file_that_was_pasted_for_a_passphrase_is_not_cut_in_silence() {
        let mut window = asking();
        window.input_mut().events.push(Event::Paste("long ".repeat(10_000)));
        (0..2).for_each(|_| window.step());
        assert!(window.query_by_label_contains("between one letter and 1,000").is_some());
        enter(&mut window);
        assert!(window.state().1.is_empty(), "it is no passphrase");
    }
}
