//! How a layer is read as events: which column says what, how many rows have a date, and what some of them become.
//!
//! Floor 6.

use std::sync::Arc;

use eframe::egui::{self, ScrollArea, Ui};

use super::bidi_text::{TextLook, button_text, paragraph_ui, plain};
use super::format;
use super::layer_of_window::read_layer_ui;
use super::theme::{HALF_STEP, STEP};
use super::widgets::{card, field_with_ui, hairline_ui, small_heading_ui};
use crate::session::{Command, FeatureRef, LayerContent, LayerEntry, LayerId, Session};
use crate::situation::{
    CodeScheme, DateCell, DayOrder, Event, EventField, EventMapping, FeatureStore, FoundDayOrder, LayerEvents,
};
use crate::text::isolate;

const FIELDS_HEIGHT: f32 = 250.0;
/// What nearly every table says, before the rest.
const MOST_WANTED: [EventField; 7] = [
    EventField::Date,
    EventField::LastDate,
    EventField::Place,
    EventField::Kind,
    EventField::Actor,
    EventField::KilledBest,
    EventField::Source,
];
/// Rows that are shown as the events that they become.
const SAMPLES: usize = 3;

/// What the window remembers from frame to frame.
#[derive(Debug, Default)]
pub struct EventsWindowState {
    shown: Option<Shown>,
}

/// The mapping of one layer and what it makes of the first rows; made anew when one of its grounds changes.
#[derive(Debug)]
struct Shown {
    layer: LayerId,
    generation: u64,
    given: Option<Arc<EventMapping>>,
    events: Option<Arc<LayerEvents>>,
    /// As given, as guessed, or the guess that was not enough.
    mapping: EventMapping,
    samples: Vec<Event>,
}

/// What the window holds.
pub fn events_ui(
    ui: &mut Ui,
    session: &Session,
    layer: LayerId,
    state: &mut EventsWindowState,
    commands: &mut Vec<Command>,
) {
    let Some((entry, content, data)) = read_layer_ui(ui, session, layer) else { return };
    let shown = state.follow(session, entry, content, &data.features);
    paragraph_ui(ui, &entry.title, &TextLook::strong(ui));
    summary_ui(ui, shown, data.features.len());
    if content.are_events_being_read() {
        paragraph_ui(ui, "Reading the dates…", &TextLook::weak(ui));
    }
    choices_ui(ui, shown, commands);
    if let Some(order) = shown.events.as_ref().and_then(|events| events.day_order()) {
        day_order_ui(ui, shown, order, commands);
    }
    hairline_ui(ui);
    let list = ScrollArea::vertical().id_salt("fields").auto_shrink([false, true]).max_height(FIELDS_HEIGHT);
    list.show(ui, |ui| {
        let others = EventField::ALL.iter().filter(|field| !MOST_WANTED.contains(field));
        for &field in MOST_WANTED.iter().chain(others) {
            field_ui(ui, shown, field, &data.features, commands);
        }
    });
    samples_ui(ui, shown);
}

impl EventsWindowState {
    fn follow(
        &mut self,
        session: &Session,
        entry: &LayerEntry,
        content: &LayerContent,
        features: &FeatureStore,
    ) -> &Shown {
        let (generation, events) = (content.generation, content.events());
        let is_same = |shown: &Shown| {
            let same_events = match (&shown.events, events) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            (shown.layer, shown.generation) == (entry.id, generation)
                && same_events
                && shown.given == entry.event_mapping
        };
        let known = self.shown.take().filter(is_same);
        self.shown.insert(known.unwrap_or_else(|| Shown::of(session, entry, content, features)))
    }
}

impl Shown {
    fn of(session: &Session, entry: &LayerEntry, content: &LayerContent, features: &FeatureStore) -> Self {
        let (generation, events) = (content.generation, content.events().cloned());
        let given = entry.event_mapping.clone();
        let mapping = match (&given, &events) {
            (Some(given), _) => (**given).clone(),
            (None, Some(events)) => events.mapping().clone(),
            (None, None) => EventMapping::of_features(features, content.tags()),
        };
        let rows = 0..features.len().min(SAMPLES);
        let samples = rows.filter_map(|row| {
            let event = events.as_ref()?.event(features, row).ok()?;
            let title_en = session.title_of(FeatureRef { layer: entry.id, row });
            Some(Event { title_en, ..event })
        });
        let samples = samples.collect();
        Self { layer: entry.id, generation, given, events, mapping, samples }
    }
}

/// Whether the rows are events, by what, and how many have no date.
fn summary_ui(ui: &mut Ui, shown: &Shown, rows: usize) {
    let source = match (&shown.given, &shown.mapping.preset) {
        (Some(_), Some(preset)) => format::changed_preset(preset),
        (Some(_), None) => "The columns were chosen by you.".to_owned(),
        (None, Some(preset)) => format::known_preset(preset),
        (None, None) => "The columns were guessed by their names.".to_owned(),
    };
    match &shown.events {
        None => drop(paragraph_ui(ui, NO_EVENTS, &TextLook::body(ui))),
        Some(events) => {
            paragraph_ui(ui, &source, &TextLook::body(ui));
            let undated = events.times().undated();
            paragraph_ui(ui, &format::dated_rows(rows - undated, undated), &TextLook::body(ui));
            for (words, open) in words_of_dates(events) {
                let look = if open.is_some() { TextLook::warning(ui) } else { TextLook::body(ui) };
                paragraph_ui(ui, &words, &look);
            }
            let backwards = events.backwards_rows().len();
            if backwards > 0 {
                paragraph_ui(ui, &format::backwards_rows(backwards), &TextLook::warning(ui));
            }
        }
    }
}

/// Which dates of a layer are not read, and in which order those are that are numbers alone: a sentence each, and the
/// first cell that is not in order.
pub fn words_of_dates(events: &LayerEvents) -> Vec<(String, Option<&DateCell>)> {
    let quoted = |words: &str| isolate(words);
    let unread = events
        .unread_dates()
        .map(|unread| (format::sentence(&unread.sentence(&quoted)), Some(&unread.first)));
    let order = events.day_order().map(|order| {
        let open = order.either_way.as_ref().filter(|_| order.is_open());
        (format::sentence(&order.sentence(&quoted)), open)
    });
    unread.into_iter().chain(order).collect()
}

const DAY_AND_MONTH: &str = "Day and month";
const NO_EVENTS: &str =
    "Its rows are features of the map and not events. Choose the column of the date to read them as events.";

/// How codes are read, and the ways back to the guess and to no events.
fn choices_ui(ui: &mut Ui, shown: &Shown, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let mut set = |mapping| commands.push(Command::SetEventMapping { layer: shown.layer, mapping });
        paragraph_ui(ui, "Codes of", &TextLook::caption(ui));
        let scheme = egui::ComboBox::from_id_salt("scheme").selected_text(shown.mapping.scheme.label());
        let scheme = scheme.show_ui(ui, |ui| {
            for &scheme in CodeScheme::ALL {
                if ui.selectable_label(shown.mapping.scheme == scheme, scheme.label()).clicked() {
                    let mut mapping = shown.mapping.clone();
                    mapping.scheme = scheme;
                    set(Some(mapping));
                }
            }
        });
        scheme.response.accessible_name("Codes of");
        ui.add_space(STEP);
        if ui.add_enabled(shown.given.is_some(), egui::Button::new("Guess again")).clicked() {
            set(None);
        }
        if ui.add_enabled(shown.events.is_some(), egui::Button::new("Not events")).clicked() {
            set(Some(EventMapping::default()));
        }
    });
}

/// Which of day and month comes first; there only where dates are numbers alone.
fn day_order_ui(ui: &mut Ui, shown: &Shown, order: &FoundDayOrder, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        paragraph_ui(ui, DAY_AND_MONTH, &TextLook::caption(ui));
        let chosen = shown.mapping.day_order;
        let words = |one: DayOrder| match one {
            DayOrder::AsFound => format::found_day_order(order.found()),
            one => one.label().to_owned(),
        };
        let list = egui::ComboBox::from_id_salt("day order").selected_text(words(chosen));
        let list = list.show_ui(ui, |ui| {
            for &one in DayOrder::ALL {
                if ui.selectable_label(one == chosen, words(one)).clicked() {
                    let mapping = Some(shown.mapping.with_day_order(one));
                    commands.push(Command::SetEventMapping { layer: shown.layer, mapping });
                }
            }
        });
        list.response.accessible_name(DAY_AND_MONTH);
    });
}

/// One thing that columns can say of an event, and which do.
fn field_ui(
    ui: &mut Ui,
    shown: &Shown,
    field: EventField,
    features: &FeatureStore,
    commands: &mut Vec<Command>,
) {
    let chosen = shown.mapping.columns(field);
    let words = match chosen {
        [] => "–".to_owned(),
        columns => columns.iter().map(|name| button_text(name)).collect::<Vec<_>>().join(", "),
    };
    field_with_ui(ui, field.label(), |ui| {
        let chooser = egui::ComboBox::from_id_salt(field.as_str())
            .width(ui.available_width() - 2.0 * STEP)
            .truncate()
            .selected_text(words)
            .show_ui(ui, |ui| {
                if ui.selectable_label(chosen.is_empty(), "No column").clicked() {
                    commands.push(with_columns(shown, field, Vec::new()));
                }
                for column in features.columns() {
                    let is_chosen = chosen.contains(&column.name);
                    let label = ui.selectable_label(is_chosen, button_text(&column.name));
                    if label.accessible_name(plain(&column.name)).clicked() {
                        commands.push(with_columns(shown, field, toggled(field, chosen, &column.name)));
                    }
                }
            });
        chooser.response.accessible_name(field.label());
    });
}

fn with_columns(shown: &Shown, field: EventField, columns: Vec<String>) -> Command {
    let mut mapping = shown.mapping.clone();
    mapping.set(field, columns);
    Command::SetEventMapping { layer: shown.layer, mapping: Some(mapping) }
}

/// The columns after a click on one: several stay together where a field takes several.
fn toggled(field: EventField, chosen: &[String], clicked: &str) -> Vec<String> {
    let others = || chosen.iter().filter(|name| *name != clicked).cloned();
    match (field.takes_several(), chosen.iter().any(|name| name == clicked)) {
        (_, true) => others().collect(),
        (true, false) => others().chain([clicked.to_owned()]).collect(),
        (false, false) => vec![clicked.to_owned()],
    }
}

/// The first rows as events.
fn samples_ui(ui: &mut Ui, shown: &Shown) {
    if shown.samples.is_empty() {
        return;
    }
    small_heading_ui(ui, "The first rows, read as events");
    for event in &shown.samples {
        card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            paragraph_ui(ui, &event.title_en, &TextLook::strong(ui));
            paragraph_ui(ui, &format::event_line(event), &TextLook::body(ui));
            paragraph_ui(ui, &format::event_harm(event), &TextLook::caption(ui));
            for doubt in &event.doubts {
                paragraph_ui(
                    ui,
                    &format!("{}: {}", doubt.doubt, isolate(&doubt.evidence)),
                    &TextLook::warning_caption(ui),
                );
            }
        });
        ui.add_space(HALF_STEP);
    }
}
