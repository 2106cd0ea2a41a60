//! The row over the chart: playing and stepping, the mode, the dates of the window, what is counted.
//!
//! Floor 6.

use eframe::egui::{self, Align, Layout, TextEdit, Ui};

use super::TimelineState;
use super::axis::span_words;
use super::counts::TimelineCounts;
use super::key::key_ui;
use crate::index::TimeScale;
use crate::session::{Command, Session, TimeCommand, TimeMode};
use crate::situation::{DAY_MINUTES, EventField, day_of, minute_of_day, words_of_day};
use crate::ui::bidi_text::{TextLook, line_ui, paragraph_ui};
use crate::ui::format;
use crate::ui::icons::Icon;
use crate::ui::theme::{STEP, tones};
use crate::ui::widgets::{MOST_LETTERS, icon_button_ui, icon_toggle_ui};

/// Steps a second that can be chosen.
const SPEEDS: [f32; 5] = [0.5, 1.0, 2.0, 5.0, 10.0];
/// What events can be stacked by.
const GROUPINGS: [EventField; 5] =
    [EventField::Weapon, EventField::Kind, EventField::Actor, EventField::Grade, EventField::PlacePrecision];
/// The width of a date that is being typed, points.
const DATE_WIDTH: f32 = 100.0;
/// Below this width the key of the colours is left out.
const KEY_FROM_WIDTH: f32 = 900.0;
/// Below this width the modes and what the bars are stacked by share one menu.
const MODES_FROM_WIDTH: f32 = 700.0;

/// What the count needs beside the key; it is left out where there is less.
const COUNT_ROOM: f32 = 130.0;

/// The dates of the window while they are typed.
#[derive(Debug, Default)]
pub struct TypedDates {
    first: String,
    last: String,
    /// The window that they are of.
    of: Option<std::ops::Range<i32>>,
    is_wrong: bool,
}

impl TypedDates {
    /// Takes over a window that was changed elsewhere.
    fn follow(&mut self, window: Option<&std::ops::Range<i32>>) {
        if self.of.as_ref() == window {
            return;
        }
        let day = |minute: i32| words_of_day(minute.div_euclid(DAY_MINUTES));
        self.first = window.map(|window| day(window.start)).unwrap_or_default();
        self.last = window.map(|window| day(window.end - 1)).unwrap_or_default();
        self.of = window.cloned();
        self.is_wrong = false;
    }

    /// The window of the days that are written, both included; one alone is that day.
    fn window(&self) -> Option<std::ops::Range<i32>> {
        let (first, last) = (self.first.trim(), self.last.trim());
        let first_day = day_of(if first.is_empty() { last } else { first })?;
        let last_day = day_of(if last.is_empty() { first } else { last })?;
        (first_day <= last_day).then(|| minute_of_day(first_day)..minute_of_day(last_day + 1))
    }
}

/// The whole row.
pub fn controls_ui(
    ui: &mut Ui,
    session: &Session,
    counts: &TimelineCounts,
    state: &mut TimelineState,
    commands: &mut Vec<Command>,
) {
    let width = ui.available_width();
    ui.horizontal(|ui| {
        playing_ui(ui, session, commands);
        pace_ui(ui, session, commands);
        if width >= MODES_FROM_WIDTH {
            mode_ui(ui, session, commands);
        } else {
            narrow_menu_ui(ui, session, commands);
        }
        dates_ui(ui, session, &mut state.typed, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if width >= MODES_FROM_WIDTH {
                grouping_ui(ui, session, commands);
            }
            if width >= KEY_FROM_WIDTH {
                key_ui(ui, counts, COUNT_ROOM);
            }
            if ui.available_width() >= COUNT_ROOM {
                count_ui(ui, session, counts);
            }
        });
    });
}

fn playing_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let playing = session.timeline().is_playing();
    let (icon, words) = if playing { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    let mut time = |command| commands.push(Command::Time(command));
    if icon_toggle_ui(ui, icon, words, Some(playing)).clicked() {
        time(TimeCommand::SetPlaying(!playing));
    }
    let unit = session.timeline().unit().word();
    for (icon, words, count) in [(Icon::Left, "back", -1), (Icon::Right, "on", 1)] {
        if icon_button_ui(ui, icon, &format!("One {unit} {words}")).clicked() {
            time(TimeCommand::Step(count));
        }
    }
}

/// Unit and speed in one menu.
fn pace_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let timeline = session.timeline();
    let words = format!("By {}", timeline.unit().word());
    let button = ui.menu_button(words, |ui| {
        paragraph_ui(ui, "One step", &TextLook::caption(ui));
        for unit in TimeScale::ALL {
            if ui.radio(timeline.unit() == unit, format!("One {}", unit.word())).clicked() {
                commands.push(Command::Time(TimeCommand::SetUnit(unit)));
            }
        }
        ui.separator();
        paragraph_ui(ui, "Speed", &TextLook::caption(ui));
        for speed in SPEEDS {
            let words =
                if speed == 1.0 { "1 step a second".to_owned() } else { format!("{speed} steps a second") };
            if ui.radio((timeline.steps_per_second() - speed).abs() < 0.01, words).clicked() {
                commands.push(Command::Time(TimeCommand::SetSpeed(speed)));
            }
        }
    });
    button.response.on_hover_text("How far and how fast time runs");
}

fn mode_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    mode_choices_ui(ui, session, commands);
    ui.spacing_mut().item_spacing.x = STEP;
}

fn mode_choices_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    for mode in TimeMode::ALL {
        let tip = match mode {
            TimeMode::Window => "Events of the window",
            TimeMode::Cumulative => "Events of the window and all before it",
            TimeMode::Trail => "Events of the window, and fainter those shortly before it",
        };
        let on = session.timeline().mode() == mode;
        if ui.selectable_label(on, mode.label()).on_hover_text(tip).clicked() {
            commands.push(Command::Time(TimeCommand::SetMode(mode)));
        }
    }
}

/// The mode, and what the bars are stacked by, where there is no room for them side by side.
fn narrow_menu_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ui.menu_button(session.timeline().mode().label(), |ui| {
        mode_choices_ui(ui, session, commands);
        ui.separator();
        paragraph_ui(ui, "Stack by", &TextLook::caption(ui));
        grouping_choices_ui(ui, session, commands);
    });
}

fn dates_ui(ui: &mut Ui, session: &Session, typed: &mut TypedDates, commands: &mut Vec<Command>) {
    let window = session.timeline().window();
    typed.follow(window);
    let color = if typed.is_wrong { tones(ui).error } else { tones(ui).text };
    let date_ui = |ui: &mut Ui, name: &str, text: &mut String| {
        // The name stands in the empty field: a day there would be taken for the window that is set.
        let field = TextEdit::singleline(text)
            .char_limit(MOST_LETTERS)
            .desired_width(DATE_WIDTH)
            .hint_text(name)
            .text_color(color);
        let response = ui.add(field).accessible_name(name);
        response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    };
    let entered = date_ui(ui, "First day", &mut typed.first);
    paragraph_ui(ui, "–", &TextLook::weak(ui));
    let entered = date_ui(ui, "Last day", &mut typed.last) || entered;
    if entered {
        let is_empty = typed.first.trim().is_empty() && typed.last.trim().is_empty();
        let window = typed.window();
        typed.is_wrong = window.is_none() && !is_empty;
        if !typed.is_wrong {
            commands.push(Command::Time(TimeCommand::SetWindow(window)));
        }
    }
    if typed.is_wrong {
        paragraph_ui(ui, "Dates are YYYY-MM-DD, the first not after the last", &TextLook::error(ui));
    } else if window.is_some() && ui.button("All time").on_hover_text("Show events of any time").clicked() {
        commands.push(Command::Time(TimeCommand::SetWindow(None)));
    }
}

/// How many events are shown. Rows are counted, and nothing else: reports overlap.
fn count_ui(ui: &mut Ui, session: &Session, counts: &TimelineCounts) {
    let undated = counts.histogram.undated;
    if undated > 0 {
        let words = format!("{} undated", format::count(undated, "report"));
        let words = line_ui(ui, &words, &TextLook::caption(ui), egui::Sense::hover());
        words.on_hover_text("They have no date, or none that could be read: a window of time hides them");
    }
    let words = format::events_shown(session);
    let tip = session.timeline().window().map_or_else(|| "Of any time".to_owned(), span_words);
    line_ui(ui, &words, &TextLook::caption(ui), egui::Sense::hover()).on_hover_text(tip);
}

fn grouping_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let words = format!("By {}", session.timeline().group_by().label().to_lowercase());
    let button = ui.menu_button(words, |ui| grouping_choices_ui(ui, session, commands));
    button.response.on_hover_text("What the bars are stacked by");
}

fn grouping_choices_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    for field in GROUPINGS {
        if ui.radio(session.timeline().group_by() == field, field.label()).clicked() {
            commands.push(Command::Time(TimeCommand::GroupBy(field)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(first: &str, last: &str) -> Option<std::ops::Range<i32>> {
        TypedDates { first: first.into(), last: last.into(), ..TypedDates::default() }.window()
    }

    #[test]
    fn both_days_belong_to_the_window_and_one_alone_is_that_day() {
        let eighth = day_of("2018-09-08").unwrap();
        let day = minute_of_day(eighth)..minute_of_day(eighth + 1);
        assert_eq!(window("2018-09-08", "2018-09-08"), Some(day.clone()));
        assert_eq!(window(" 2018-09-08 ", ""), Some(day.clone()));
        assert_eq!(window("", "2018-09-08"), Some(day));
        assert_eq!(
            (window("2018-09-09", "2018-09-08"), window("8.9.2018", ""), window("", "")),
            (None, None, None)
        );
    }
}
