//! How the attribute table shows a layer: its columns, their order and widths, and what its rows are sorted by.
//!
//! Floor 4. Kept with the layer from start to start. Undo does not touch it, as little as it touches the view of the map:
//! it changes nothing of what is on the map.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::table_rows::TableRows;
use super::table_statistics::LookedAtColumn;
use super::{LayerId, Session, Settings};
use crate::index::SortDirection;
use crate::situation::{ColumnData, EventField, EventMapping, FeatureDetails, FeatureStore};

/// Widths of a column, points.
const NARROWEST_COLUMN: f32 = 40.0;
const WIDEST_COLUMN: f32 = 1_200.0;

/// A column of the attribute table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TableColumn {
    /// What each row is called; always the first.
    Title,
    /// The property of that name.
    Of(String),
}

/// What rows are sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowSort {
    /// The values of this column.
    pub column: TableColumn,
    /// Which way.
    pub direction: SortDirection,
    /// What rows of the same value are sorted by, one column after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<(TableColumn, SortDirection)>,
}

impl RowSort {
    /// So many columns can decide.
    pub const MOST_COLUMNS: usize = 3;

    /// By one column.
    pub fn by(column: TableColumn, direction: SortDirection) -> Self {
        Self { column, direction, then: Vec::new() }
    }

    /// The columns that decide, the first before the second.
    pub fn columns(&self) -> impl DoubleEndedIterator<Item = (&TableColumn, SortDirection)> {
        let then = self.then.iter().map(|(column, direction)| (column, *direction));
        std::iter::once((&self.column, self.direction)).chain(then)
    }

    /// Which of them a column is, from 0, and its direction.
    pub fn place_of(&self, column: &TableColumn) -> Option<(usize, SortDirection)> {
        let found = self.columns().enumerate().find(|(_, (one, _))| *one == column);
        found.map(|(place, (_, direction))| (place, direction))
    }

    /// The same with another direction of a column, which comes last where it was not among them, in the place of the
    /// last where there are no more; without it where there is no direction. `None` where nothing is left.
    pub fn with(&self, column: &TableColumn, direction: Option<SortDirection>) -> Option<Self> {
        let mut columns: Vec<_> = self.columns().map(|(one, way)| (one.clone(), way)).collect();
        match (columns.iter().position(|(one, _)| one == column), direction) {
            (Some(place), Some(direction)) => columns[place].1 = direction,
            (Some(place), None) => drop(columns.remove(place)),
            (None, Some(direction)) => {
                columns.truncate(Self::MOST_COLUMNS - 1);
                columns.push((column.clone(), direction));
            }
            (None, None) => {}
        }
        let mut columns = columns.into_iter();
        let (column, direction) = columns.next()?;
        Some(Self { column, direction, then: columns.take(Self::MOST_COLUMNS - 1).collect() })
    }
}

/// How one column is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Which.
    pub column: TableColumn,
    /// Points; by its head and its first values where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f32>,
    /// Left out.
    #[serde(default)]
    pub is_hidden: bool,
}

/// How the table shows a layer, as far as the user has said.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableView {
    /// In the order of the file where `None`.
    pub sort: Option<RowSort>,
    /// The columns in their order, once one was changed; columns that are not named follow in the order of the layer.
    pub columns: Vec<ColumnView>,
}

/// What can be done with the attribute table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCommand {
    /// Sort the rows of a layer, or leave them in the order of the file.
    SortBy {
        /// Whose.
        layer: LayerId,
        /// By what.
        sort: Option<RowSort>,
    },
    /// Leave off the sorting that goes on: the rows stay in the order that they have.
    StopSorting,
    /// Make the panel of the table higher or lower, points.
    SetHeight(f32),
    /// Make a column wider or narrower.
    SetColumnWidth {
        /// Whose.
        layer: LayerId,
        /// Which.
        column: TableColumn,
        /// Points.
        width: f32,
    },
    /// Show a column or leave it out.
    SetColumnShown {
        /// Whose.
        layer: LayerId,
        /// Which.
        column: TableColumn,
        /// Shown.
        shown: bool,
    },
    /// Put a column at another place.
    MoveColumn {
        /// Whose.
        layer: LayerId,
        /// Which.
        column: TableColumn,
        /// The one that will follow it; the last place where `None`.
        before: Option<TableColumn>,
    },
    /// Show the columns of a layer as if nobody had changed them.
    ResetColumns(LayerId),
    /// Count what is in a column, for as long as somebody looks at it.
    LookAtColumn(Option<(LayerId, String)>),
}

/// The attribute table of a session.
#[derive(Default)]
pub(super) struct AttributeTable {
    // Given
    views: HashMap<LayerId, TableView>,
    /// The layer that was chosen last.
    pub layer: Option<LayerId>,
    /// The column whose values are counted.
    pub looked_at: LookedAtColumn,
    // Derived
    pub rows: TableRows,
}

impl TableView {
    /// All columns of a layer as they are shown, the title first; hidden ones keep their places. Where nobody has moved
    /// any, what the columns of events say comes in the order in which it is asked.
    pub fn arranged(&self, features: &FeatureStore, mapping: Option<&EventMapping>) -> Vec<ColumnView> {
        let usual = usual_columns(features, mapping);
        let is_there = |view: &&ColumnView| usual.iter().any(|known| known.column == view.column);
        let mut columns: Vec<ColumnView> = self.columns.iter().filter(is_there).cloned().collect();
        for column in usual {
            if !columns.iter().any(|known| known.column == column.column) {
                columns.push(column);
            }
        }
        // Stable: all others keep their order.
        columns.sort_by_key(|view| view.column != TableColumn::Title);
        columns
    }

    fn change(
        &mut self,
        features: &FeatureStore,
        mapping: Option<&EventMapping>,
        change: impl FnOnce(&mut Vec<ColumnView>),
    ) {
        self.columns = self.arranged(features, mapping);
        change(&mut self.columns);
    }
}

/// What is asked of an event first, in this order.
const FIRST_FIELDS: [EventField; 14] = [
    EventField::Date,
    EventField::Place,
    EventField::Kind,
    EventField::SubKind,
    EventField::Weapon,
    EventField::KilledBest,
    EventField::KilledLow,
    EventField::KilledHigh,
    EventField::InjuredBest,
    EventField::InjuredLow,
    EventField::InjuredHigh,
    EventField::Actor,
    EventField::Source,
    EventField::Grade,
];

/// The columns of a layer as nobody has changed them: all but those that hold nothing, what is nested, and the one that
/// says the title once more; of events the first column of each of [`FIRST_FIELDS`] before the others.
fn usual_columns(features: &FeatureStore, mapping: Option<&EventMapping>) -> Vec<ColumnView> {
    let title = FeatureDetails::title_column(features);
    let title_column = ColumnView { column: TableColumn::Title, width: None, is_hidden: false };
    let others = features.columns().iter().map(|column| ColumnView {
        column: TableColumn::Of(column.name.clone()),
        width: None,
        is_hidden: column.filled == 0
            || matches!(column.data, ColumnData::InSource { kind: "json" | "null" })
            || (title == Some(column.name.as_str()) && column.filled as usize == features.len()),
    });
    let mut columns: Vec<ColumnView> = std::iter::once(title_column).chain(others).collect();
    let first =
        |field: &EventField| mapping?.columns(*field).iter().find(|name| features.column(name).is_some());
    let first: Vec<&String> = FIRST_FIELDS.iter().filter_map(first).collect();
    // Stable: all others stay in the order of the file.
    columns.sort_by_key(|view| match &view.column {
        TableColumn::Title => 0,
        TableColumn::Of(name) => first.iter().position(|one| *one == name).unwrap_or(first.len()) + 1,
    });
    columns
}

fn move_before(columns: &mut Vec<ColumnView>, column: &TableColumn, before: Option<&TableColumn>) {
    let Some(from) = columns.iter().position(|view| view.column == *column) else { return };
    if before == Some(column) {
        return;
    }
    let moved = columns.remove(from);
    let place = |wanted: &TableColumn| columns.iter().position(|view| view.column == *wanted);
    let to = before.and_then(place).unwrap_or(columns.len());
    columns.insert(to, moved);
}

impl Session {
    /// The layer that the table shows: the one that was chosen last, else the topmost that holds events, else the topmost.
    pub fn table_layer(&self) -> Option<LayerId> {
        let chosen = self.chosen_layer.or(self.table.layer);
        let listed = chosen.filter(|&layer| self.catalogue().get(layer).is_some());
        let first = || self.event_layers().next();
        listed.or_else(first).or_else(|| self.catalogue().top_down().next().map(|entry| entry.id))
    }

    /// How the table shows a layer, as far as the user has said.
    pub fn table_view(&self, layer: LayerId) -> TableView {
        self.table.views.get(&layer).cloned().unwrap_or_default()
    }

    pub(super) fn bring_back_table_view(&mut self, layer: LayerId, mut view: TableView) {
        for width in view.columns.iter_mut().filter_map(|column| column.width.as_mut()) {
            *width = width.clamp(NARROWEST_COLUMN, WIDEST_COLUMN);
        }
        if view != TableView::default() {
            self.table.views.insert(layer, view);
        }
    }

    pub(super) fn apply_table(&mut self, command: TableCommand) {
        match command {
            TableCommand::SortBy { layer, sort } => self.table.views.entry(layer).or_default().sort = sort,
            TableCommand::StopSorting => self.stop_sorting(),
            TableCommand::SetHeight(table_height) => {
                self.settings = Settings { table_height, ..self.settings.clone() }.checked();
            }
            TableCommand::SetColumnWidth { layer, column, width } => {
                let width = width.clamp(NARROWEST_COLUMN, WIDEST_COLUMN);
                self.change_column(layer, &column, |view| view.width = Some(width));
            }
            TableCommand::SetColumnShown { layer, column, shown } => {
                let is_hidden = !shown && column != TableColumn::Title;
                self.change_column(layer, &column, |view| view.is_hidden = is_hidden);
            }
            TableCommand::MoveColumn { layer, column, before } => {
                self.change_columns(layer, |columns| move_before(columns, &column, before.as_ref()));
            }
            TableCommand::ResetColumns(layer) => {
                self.table.views.entry(layer).or_default().columns.clear();
            }
            TableCommand::LookAtColumn(column) => self.look_at_column(column),
        }
    }

    fn change_column(&mut self, layer: LayerId, column: &TableColumn, change: impl FnOnce(&mut ColumnView)) {
        self.change_columns(layer, |columns| {
            if let Some(view) = columns.iter_mut().find(|view| view.column == *column) {
                change(view);
            }
        });
    }

    fn change_columns(&mut self, layer: LayerId, change: impl FnOnce(&mut Vec<ColumnView>)) {
        let content = self.contents.get(&layer);
        if let Some(data) = content.and_then(|content| content.data()) {
            let mapping = content.and_then(|content| content.events()).map(|events| events.mapping());
            self.table.views.entry(layer).or_default().change(&data.features, mapping, change);
        }
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
