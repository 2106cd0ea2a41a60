//! Values to choose from, each with the number of rows that it would show beside what is filtered already.
//!
//! Floor 6.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{ScrollArea, TextEdit, Ui};

use super::bidi_text::{TextLook, button_text, elided, paragraph_ui};
use super::theme::body_font;
use crate::index::{Filter, Subject, ValueCount};
use crate::session::{LayerId, Session, SituationFilter};
use crate::situation::LayerEvents;
use crate::symbology::thousands;

/// A longer list has a field to search in.
const FEW_VALUES: usize = 12;
/// Of the width, for the box and the count.
const BESIDE_WORDS: f32 = 70.0;

/// Values as they were counted last: not once a frame.
#[derive(Debug, Default)]
pub struct CountedValues {
    counted: Option<(CountsOf, Arc<Vec<ValueCount>>)>,
}

/// What values were counted for.
#[derive(Debug, PartialEq)]
struct CountsOf {
    subject: Subject,
    filter: SituationFilter,
    window: Option<Range<i32>>,
    layers: Vec<CountedLayer>,
}

/// A layer that is asked, as far as its values depend on it.
#[derive(Debug, PartialEq)]
struct CountedLayer {
    layer: LayerId,
    is_visible: bool,
    generation: u64,
    /// How its rows are read as events.
    events: Option<Arc<LayerEvents>>,
    /// Its own filter.
    filter: Option<Arc<Filter>>,
}

impl CountedValues {
    /// The subject that was counted last.
    pub fn subject(&self) -> Option<&Subject> {
        self.counted.as_ref().map(|(of, _)| &of.subject)
    }

    /// Of all events.
    pub fn of_events(&mut self, session: &Session, subject: &Subject) -> Arc<Vec<ValueCount>> {
        let of = CountsOf::of(session, subject, session.event_layers());
        self.follow(of, || session.filter_counts(subject))
    }

    /// Of the rows of one layer.
    pub fn of_layer(&mut self, session: &Session, layer: LayerId, subject: &Subject) -> Arc<Vec<ValueCount>> {
        let of = CountsOf::of(session, subject, std::iter::once(layer));
        self.follow(of, || session.filter_counts_in(layer, subject))
    }

    fn follow(&mut self, of: CountsOf, count: impl FnOnce() -> Vec<ValueCount>) -> Arc<Vec<ValueCount>> {
        let known = self.counted.take().filter(|(known, _)| *known == of);
        self.counted.insert(known.unwrap_or_else(|| (of, Arc::new(count())))).1.clone()
    }
}

impl CountsOf {
    fn of(session: &Session, subject: &Subject, layers: impl Iterator<Item = LayerId>) -> Self {
        let of_layer = |layer: LayerId| {
            let entry = session.catalogue().get(layer)?;
            let content = session.content(layer)?;
            Some(CountedLayer {
                layer,
                is_visible: entry.visible,
                generation: content.generation,
                events: content.events().cloned(),
                filter: entry.filter.clone(),
            })
        };
        Self {
            subject: subject.clone(),
            filter: session.situation_filter().clone(),
            window: session.timeline().shown(),
            layers: layers.filter_map(of_layer).collect(),
        }
    }
}

/// The values in a list of at most that height, points; those that are chosen and that no row has first. Whether
/// something was chosen or left.
pub fn value_list_ui(
    ui: &mut Ui,
    counts: &[ValueCount],
    chosen: &mut Vec<String>,
    search: &mut String,
    height: f32,
) -> bool {
    if counts.len() > FEW_VALUES {
        let field = TextEdit::singleline(search).hint_text("Search").desired_width(f32::INFINITY);
        ui.add(field).accessible_name("Search the values");
    }
    if counts.is_empty() && chosen.is_empty() {
        paragraph_ui(ui, "Nothing that is shown has a value here.", &TextLook::weak(ui));
        return false;
    }
    let wanted = search.to_lowercase();
    let absent: Vec<ValueCount> = chosen
        .iter()
        .filter(|word| !counts.iter().any(|(value, _)| value == *word))
        .map(|word| (word.clone(), 0))
        .collect();
    let found: Vec<&ValueCount> = absent
        .iter()
        .chain(counts)
        .filter(|(value, _)| wanted.is_empty() || value.to_lowercase().contains(&wanted))
        .collect();
    let mut changed = false;
    let row_height = ui.spacing().interact_size.y;
    let list = ScrollArea::vertical().id_salt("values").auto_shrink([false, true]).max_height(height);
    list.show_rows(ui, row_height, found.len(), |ui, rows| {
        for (value, count) in &found[rows] {
            changed |= value_row_ui(ui, value, *count, chosen);
        }
    });
    changed
}

fn value_row_ui(ui: &mut Ui, value: &str, count: usize, chosen: &mut Vec<String>) -> bool {
    let mut on = chosen.iter().any(|word| word == value);
    let count = thousands(count as u64);
    let width = ui.available_width() - BESIDE_WORDS;
    let words = format!("{}  {count}", elided(ui, value, &body_font(), width).0);
    let row = ui.checkbox(&mut on, words).on_hover_text(button_text(value));
    let changed = row.accessible_name(format!("{value}, {count}")).changed();
    match (changed, on) {
        (true, true) => chosen.push(value.to_owned()),
        (true, false) => chosen.retain(|word| word != value),
        _ => {}
    }
    changed
}
