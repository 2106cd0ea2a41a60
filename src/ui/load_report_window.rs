//! What was wrong in the file of a layer, issue by issue.
//!
//! Floor 6.

use eframe::egui::{ScrollArea, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::events_window::words_of_dates;
use super::format;
use super::theme::HALF_STEP;
use super::widgets::{field_ui, hairline_ui};
use crate::session::{Command, LayerContent, LayerId, Request, Session};
use crate::situation::{DateCell, LayerEvents};
use crate::source::{Issue, Severity};

/// How much the load report of a layer tells of.
pub fn issue_count(content: &LayerContent) -> usize {
    let unread = content.events().and_then(|events| events.unread_dates());
    content.report().map_or(0, |report| report.issues.len()) + usize::from(unread.is_some())
}

/// What the window of a load report holds.
pub fn load_report_ui(ui: &mut Ui, session: &Session, layer: LayerId, commands: &mut Vec<Command>) {
    let title = session.catalogue().get(layer).map_or("", |entry| entry.title.as_str());
    let content = session.content(layer);
    let (Some(report), Some(data)) =
        (content.and_then(LayerContent::report), content.and_then(LayerContent::data))
    else {
        paragraph_ui(ui, "The layer has not been read.", &TextLook::weak(ui));
        return;
    };
    paragraph_ui(ui, title, &TextLook::strong(ui));
    // How the rows are read as events is known after the file is read, and can be changed: it is no part of the report.
    let events = content.and_then(LayerContent::events);
    let of_dates = events.map(|events| issues_of_dates(events)).unwrap_or_default();
    let issues: Vec<Issue> = report.issues.iter().cloned().chain(of_dates).collect();
    let summary = format::report_summary(data.features.len(), &report.format, &issues);
    paragraph_ui(ui, &summary, &TextLook::body(ui));
    for (name, value) in &report.about {
        field_ui(ui, name, value);
    }
    if issues.is_empty() {
        paragraph_ui(ui, "Nothing was wrong with it.", &TextLook::weak(ui));
        return;
    }
    hairline_ui(ui);
    issues_ui(ui, &issues);
    hairline_ui(ui);
    if ui.button("Copy all").clicked() {
        let text = format::report_for_clipboard(title, &issues);
        commands.push(Command::Ask(Request::CopyText(text)));
    }
}

/// What Events… tells of dates: how they are read is a note.
fn issues_of_dates(events: &LayerEvents) -> Vec<Issue> {
    let issue = |(message, cell): (String, Option<&DateCell>)| Issue {
        severity: if cell.is_some() { Severity::Warning } else { Severity::Note },
        message,
        feature: cell.map(|cell| cell.row + 1),
        id: None,
        line: cell.and_then(|cell| cell.line),
        column: None,
    };
    words_of_dates(events).into_iter().map(issue).collect()
}

fn issues_ui(ui: &mut Ui, issues: &[Issue]) {
    ScrollArea::vertical().max_height(320.0).min_scrolled_height(320.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            ui.set_width((ui.available_width() - 6.0).max(0.0));
            for issue in issues {
                let look = match issue.severity {
                    Severity::Error => TextLook::error(ui),
                    Severity::Warning => TextLook::warning(ui),
                    Severity::Note => TextLook::weak(ui),
                };
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(72.0);
                        paragraph_ui(ui, format::severity(issue.severity), &look);
                    });
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        paragraph_ui(ui, &issue.message, &TextLook::body(ui));
                        paragraph_ui(ui, &format::issue_place(issue), &TextLook::caption(ui));
                    });
                });
                ui.add_space(HALF_STEP);
            }
        },
    );
}
