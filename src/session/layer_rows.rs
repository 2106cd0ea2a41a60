//! The rows of one layer apart from the session, for whoever tells them to others: threads, and headless commands.
//!
//! Floor 4.

use std::borrow::Cow;
use std::sync::Arc;

use super::bundled::Situation;
use super::event_layers::event_of_row;
use super::titles::{numbered_title, statement_title, title_of_row};
use super::{CopiedRows, FeatureRef, LayerContent, LayerId, Session};
use crate::index::LayerData;
use crate::situation::{Event, EventField, FeatureDetails, FeatureRow, FeatureStore, LayerEvents, RowMask};
use crate::source::PlaceColumns;

/// The rows of a layer as they were when it was asked for.
#[derive(Clone)]
pub struct LayerRows {
    /// Which layer.
    pub layer: LayerId,
    /// What others call it: the key of a bundled layer, the title of any other.
    pub name: String,
    /// The rows that filters and time let through, in the order of the file.
    pub shown: Vec<FeatureRow>,
    /// The selected ones: those of a box, or the one whose details are shown.
    pub selected: Vec<FeatureRow>,
    title: String,
    data: Arc<LayerData>,
    events: Option<Arc<LayerEvents>>,
    typed: Option<TypedRows>,
    possible: RowMask,
    /// Columns that its places were read from.
    places: PlaceColumns,
}

/// Rows of a bundled layer whose typed reading says more than their columns.
#[derive(Clone)]
enum TypedRows {
    Events(Arc<Situation>),
    Statements(Arc<Situation>),
}

impl Session {
    /// The rows of a layer; `None` before it is read.
    pub fn layer_rows(&self, layer: LayerId) -> Option<LayerRows> {
        let (entry, content) = (self.catalogue().get(layer)?, self.content(layer)?);
        let data = content.data()?.clone();
        let len = data.features.len();
        let shown: Vec<FeatureRow> = match content.shown() {
            Some(shown) => shown.rows.iter().collect(),
            None => (0..len).collect(),
        };
        let mut possible = RowMask::none(len);
        shown.iter().filter(|row| content.is_possible(**row)).for_each(|row| possible.insert(*row));
        let selected = self.selected_rows(layer, len).collect();
        let first = FeatureRef { layer, row: 0 };
        let situation = self.situation();
        let typed = if self.bundled_event(first).is_some() {
            situation.cloned().map(TypedRows::Events)
        } else {
            situation.filter(|_| self.statement(first).is_some()).cloned().map(TypedRows::Statements)
        };
        let table = content.report().and_then(|report| report.table.as_ref());
        Some(LayerRows {
            layer,
            name: entry.origin_key().map_or_else(|| entry.title.clone(), str::to_owned),
            shown,
            selected,
            title: entry.title.clone(),
            data,
            events: content.events().cloned(),
            typed,
            possible,
            places: table.map(|table| table.places.clone()).unwrap_or_default(),
        })
    }
}

impl Session {
    /// How many rows of a layer those are.
    pub fn copied_count(&self, layer: LayerId, which: CopiedRows) -> usize {
        let content = self.content(layer);
        let len = content.map_or(0, LayerContent::len);
        match which {
            CopiedRows::All => len,
            CopiedRows::Shown => content.and_then(LayerContent::shown).map_or(len, |shown| shown.count),
            CopiedRows::Selected => self.selected_rows(layer, len).count(),
        }
    }

    /// Those of a box, or the one whose details are shown.
    fn selected_rows(&self, layer: LayerId, len: usize) -> impl Iterator<Item = FeatureRow> + '_ {
        let selection = self.selection();
        let current = selection.current();
        let hits = selection.hits().iter().filter(move |hit| selection.is_box() || Some(**hit) == current);
        hits.filter(move |hit| hit.layer == layer && hit.row < len).map(|hit| hit.row)
    }
}

impl LayerRows {
    /// Some of its rows.
    pub fn of(&self, which: CopiedRows) -> Vec<FeatureRow> {
        match which {
            CopiedRows::All => (0..self.features().len()).collect(),
            CopiedRows::Shown => self.shown.clone(),
            CopiedRows::Selected => self.selected.clone(),
        }
    }

    /// All features, shown or not.
    pub fn features(&self) -> &FeatureStore {
        &self.data.features
    }

    /// Whether the rows are events.
    pub fn are_events(&self) -> bool {
        self.events.is_some()
    }

    /// Whether the row only possibly meets the filters and the window of time.
    pub fn is_possible(&self, row: FeatureRow) -> bool {
        self.possible.contains(row)
    }

    /// Whether a point of the row would stand for a district or a country: no place on the map is honest for it.
    pub fn has_no_honest_place(&self, row: FeatureRow) -> bool {
        self.events.as_ref().is_some_and(|events| events.unlocated().contains(row))
    }

    /// The event of a row with these details; `None` for what is none.
    pub fn event(&self, row: FeatureRow, details: &FeatureDetails) -> Option<Cow<'_, Event>> {
        if let Some(TypedRows::Events(situation)) = &self.typed {
            return situation.events.get(row).map(Cow::Borrowed);
        }
        let event = event_of_row(self.events.as_ref()?, &self.data.features, row, details);
        Some(Cow::Owned(Event { title_en: self.title_of(row, details), ..event }))
    }

    /// What a row with these details is called, as [`Session::title_of`] has it.
    pub fn title_of(&self, row: FeatureRow, details: &FeatureDetails) -> String {
        let own = match &self.typed {
            Some(TypedRows::Events(situation)) => {
                situation.events.get(row).map(|event| event.title_en.clone())
            }
            Some(TypedRows::Statements(situation)) => situation.statements.get(row).map(statement_title),
            None => title_of_row(self.events.as_deref(), row, details),
        };
        own.unwrap_or_else(|| numbered_title(Some(&self.title), row, details))
    }

    /// The columns that say where a row is, by coordinates or by name, and how exactly.
    pub fn columns_of_place(&self) -> Vec<&str> {
        let coordinates: Vec<&str> = match &self.places {
            PlaceColumns::None => Vec::new(),
            PlaceColumns::LatLon { lat, lon } => vec![lat, lon],
            PlaceColumns::Utm { easting, northing, zone } => vec![easting, northing, zone],
            PlaceColumns::Position { column }
            | PlaceColumns::Wkt { column }
            | PlaceColumns::Name { column } => vec![column],
        };
        let fields = [EventField::Place, EventField::PlaceAr, EventField::PlacePrecision];
        coordinates.into_iter().chain(fields.into_iter().flat_map(|field| self.columns_of(field))).collect()
    }

    /// Whether columns of its file tell the coordinates of the rows.
    pub fn is_placed_by_columns(&self) -> bool {
        !matches!(self.places, PlaceColumns::None | PlaceColumns::Name { .. })
    }

    /// The columns that say this of its events.
    pub fn columns_of(&self, field: EventField) -> impl Iterator<Item = &str> {
        let mapping = self.events.as_ref().map(|events| events.mapping());
        mapping.into_iter().flat_map(move |mapping| mapping.columns(field)).map(String::as_str)
    }
}
