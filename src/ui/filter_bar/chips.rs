//! A chip for each field: what is chosen of it, and its values with the number of events that each would show.
//!
//! Floor 6.

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::{self, PopupCloseBehavior, Ui};

use super::set;
use crate::index::{Comparison, People, Predicate, Subject, Value};
use crate::session::{Command, CountsStanding, LayerId, Session, ValuesOf};
use crate::situation::EventField;
use crate::symbology::thousands;
use crate::ui::bidi_text::elided;
use crate::ui::format;
use crate::ui::theme::body_font;
use crate::ui::value_list::{STALE, counts_of, value_list_ui};

/// The fields that have a chip, in the order of the bar.
const FIELDS: [EventField; 8] = [
    EventField::Kind,
    EventField::Weapon,
    EventField::Target,
    EventField::Actor,
    EventField::Grade,
    EventField::PlacePrecision,
    EventField::Place,
    EventField::Source,
];
/// The width and the height of a list of values, points.
const LIST_SIZE: [f32; 2] = [260.0, 300.0];
/// The width of the choices of a number of people, points.
const PEOPLE_WIDTH: f32 = 170.0;
/// The widest words of a chip, points.
const MOST_CHIP_WIDTH: f32 = 160.0;

/// The list that is open.
#[derive(Debug, Default)]
pub struct ChipState {
    subject: Option<Subject>,
    search: String,
}

impl ChipState {
    /// What was searched in another list is not searched in this one.
    fn open(&mut self, subject: &Subject) {
        if self.subject.as_ref() != Some(subject) {
            *self = Self { subject: Some(subject.clone()), search: String::new() };
        }
    }
}

/// All chips.
pub fn chips_ui(ui: &mut Ui, session: &Session, state: &mut ChipState, commands: &mut Vec<Command>) {
    people_chip_ui(ui, session, commands);
    for field in FIELDS {
        let is_mapped = |layer: LayerId| {
            let events = session.content(layer).and_then(|content| content.events());
            events.is_some_and(|events| events.tells(field))
        };
        if session.event_layers().any(is_mapped) {
            field_chip_ui(ui, session, field, state, commands);
        }
    }
}

/// A button with a list under it that stays open while things in it are clicked.
fn chip_ui(ui: &mut Ui, name: &str, chosen: &str, list_ui: impl FnOnce(&mut Ui)) {
    let words = match chosen.is_empty() {
        true => name.to_owned(),
        false => format!("{name}: {}", elided(ui, chosen, &body_font(), MOST_CHIP_WIDTH).0),
    };
    let spoken = if chosen.is_empty() { name.to_owned() } else { format!("{name}: {chosen}") };
    let button = egui::Button::new(words).selected(!chosen.is_empty());
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, list_ui);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Filter by {spoken}")));
}

fn field_chip_ui(
    ui: &mut Ui,
    session: &Session,
    field: EventField,
    state: &mut ChipState,
    commands: &mut Vec<Command>,
) {
    let subject = Subject::Field(field);
    let filter = &session.situation_filter().filter;
    let mut chosen = chosen_words(field, filter.on(&subject));
    let words = match &chosen[..] {
        [] if filter.on(&subject).is_some() => "as written".to_owned(),
        [one] => format::field_word(field, one).into_owned(),
        [] => String::new(),
        several => format!("{} values", several.len()),
    };
    chip_ui(ui, field.label(), &words, |ui| {
        ui.set_width(LIST_SIZE[0]);
        state.open(&subject);
        let known = counts_of(ui, session, ValuesOf::Events(subject.clone()), commands);
        let has_changed = value_list_ui(
            ui,
            &known,
            |value| format::field_word(field, value),
            &mut chosen,
            &mut state.search,
            LIST_SIZE[1],
        );
        if has_changed {
            let predicate = predicate_of(chosen);
            commands.push(set(session, filter.with(&subject, predicate)));
        }
    });
}

/// The words that a condition lists, a class by its own word however it was written.
fn chosen_words(field: EventField, predicate: Option<&Predicate>) -> Vec<String> {
    let words = |value: &Value| match value {
        Value::Text(text) => field.class_word(text).map_or_else(|| text.clone(), str::to_owned),
        other => other.to_string(),
    };
    match predicate {
        Some(Predicate::Compare(Comparison::Equal, value)) => vec![words(value)],
        Some(Predicate::OneOf(values)) => values.iter().map(words).collect(),
        _ => Vec::new(),
    }
}

fn predicate_of(mut chosen: Vec<String>) -> Option<Predicate> {
    match chosen.len() {
        0 => None,
        1 => Some(Predicate::Compare(Comparison::Equal, Value::Text(chosen.remove(0)))),
        _ => Some(Predicate::OneOf(chosen.into_iter().map(Value::Text).collect())),
    }
}

/// How many were killed at least, or that nobody knows, each with the number of events that it would show.
fn people_chip_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let subject = Subject::People(People::Killed);
    let filter = &session.situation_filter().filter;
    let present = filter.on(&subject);
    let choices: Vec<_> =
        People::choices().into_iter().map(|choice| (words_of_people(choice.as_ref()), choice)).collect();
    let is_chosen = |predicate: &Option<Predicate>| predicate.as_ref() == present;
    let words = match choices.iter().find(|(_, predicate)| is_chosen(predicate)) {
        Some((_, None)) => String::new(),
        Some((words, _)) => words.to_lowercase(),
        None => "as written".to_owned(),
    };
    chip_ui(ui, "Killed", &words, |ui| {
        // A menu keeps the width that it had before the counts were there.
        ui.set_width(PEOPLE_WIDTH);
        let known = counts_of(ui, session, ValuesOf::Events(subject.clone()), commands);
        if known.standing == CountsStanding::Awaited {
            ui.multiply_opacity(STALE);
        }
        for (words, predicate) in &choices {
            let count = known.counts.as_ref().map(|counts| {
                thousands(counts.of(&People::Killed.name_of_choice(predicate.as_ref())) as u64)
            });
            let counted = |between: &str| {
                count.as_ref().map_or_else(|| words.clone(), |count| format!("{words}{between}{count}"))
            };
            let choice = ui.radio(is_chosen(predicate), counted("  "));
            if choice.accessible_name(counted(", ")).clicked() {
                commands.push(set(session, filter.with(&subject, predicate.clone())));
            }
        }
    });
}

fn words_of_people(choice: Option<&Predicate>) -> String {
    match choice {
        None => "Any number".to_owned(),
        Some(Predicate::Compare(_, least)) => format!("At least {least}"),
        Some(_) => "Not known".to_owned(),
    }
}
