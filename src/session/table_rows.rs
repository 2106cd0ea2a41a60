//! The rows of the attribute table: those of its layer that are shown, in the order that was asked for.
//!
//! Floor 4. An order of all rows is made on a worker and kept while the layer is the same; which of them are listed follows
//! filters and time at once, as the map does. While another order is being made the last one stays.

use std::sync::Arc;

use super::event_layers::EventsKey;
use super::jobs::{JobOutcome, Jobs, Place};
use super::table_view::{RowSort, TableColumn};
use super::task::Task;
use super::titles::title_of_event;
use super::{LayerId, Session};
use crate::index::{LayerData, OrderedRows, RowOrder};
use crate::situation::{ColumnData, FeatureRow, LayerEvents};
use crate::text::plain;

/// Titles of more rows than this are not sorted: each has to be put together of what the source says.
const MOST_TITLES: usize = 250_000;

/// What an order is derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    layer: LayerId,
    /// Of the data.
    generation: u64,
    sort: RowSort,
    /// What the events were read for: titles come from there.
    events: Option<EventsKey>,
}

/// What the listed rows are derived from.
#[derive(Debug, Clone, PartialEq)]
struct RowsKey {
    layer: LayerId,
    generation: u64,
    /// Of the rows that are shown; 0 where all are.
    revision: u64,
    order: Option<OrderKey>,
}

/// The rows of the table and the order that they are in.
#[derive(Default)]
pub(super) struct TableRows {
    listed: Option<(RowsKey, OrderedRows)>,
    order: Option<(OrderKey, Result<Arc<RowOrder>, String>)>,
    awaited: Option<OrderKey>,
    failed: Option<OrderKey>,
}

impl Session {
    /// The rows of the table; `None` where it is closed, and while its layer is not read.
    pub fn table_rows(&self) -> Option<&OrderedRows> {
        let layer = self.table_layer()?;
        let (key, rows) = self.table.rows.listed.as_ref()?;
        (key.layer == layer).then_some(rows)
    }

    /// Whether a worker sorts the rows of the table.
    pub fn is_table_being_sorted(&self) -> bool {
        self.table.rows.awaited.is_some()
    }

    /// Why the rows are not in the order that was asked for, a sentence for the user.
    pub fn table_order_failure(&self) -> Option<&str> {
        let wanted = self.wanted_order(self.table_layer()?)?;
        let (key, order) = self.table.rows.order.as_ref()?;
        order.as_ref().err().filter(|_| *key == wanted).map(String::as_str)
    }

    /// Whether the rows of a layer can be sorted by a column.
    pub fn can_sort_by(&self, layer: LayerId, column: &TableColumn) -> bool {
        let rows = self.content(layer).map_or(0, |content| content.len());
        *column != TableColumn::Title || rows <= MOST_TITLES
    }

    fn wanted_order(&self, layer: LayerId) -> Option<OrderKey> {
        let sort = self.table_view(layer).sort?;
        let content = self.content(layer)?;
        let features = &content.data()?.features;
        let (column_is_there, events) = match &sort.column {
            TableColumn::Title => (true, content.events_key().cloned()),
            TableColumn::Of(name) => (features.column(name).is_some(), None),
        };
        let can_be = column_is_there && self.can_sort_by(layer, &sort.column);
        can_be.then_some(OrderKey { layer, generation: content.generation, sort, events })
    }

    /// Lists the rows anew where they or their order have changed, and orders the order that is missing.
    pub(super) fn follow_table(&mut self) {
        self.table.layer = self.chosen_layer.or(self.table.layer);
        let layer = self.table_layer().filter(|_| self.settings.table_open);
        let Some((layer, data)) = layer.and_then(|layer| Some((layer, self.content(layer)?.data()?.clone())))
        else {
            // An order of a million rows is megabytes that nobody looks at.
            let awaited = self.table.rows.awaited.take();
            self.table.rows = TableRows { awaited, ..TableRows::default() };
            return;
        };
        if let Some(wanted) = self.wanted_order(layer) {
            self.order_row_order(wanted, &data);
        } else {
            self.table.rows.order = None;
        }
        self.list_rows(layer, &data);
    }

    fn order_row_order(&mut self, wanted: OrderKey, data: &Arc<LayerData>) {
        let rows = &mut self.table.rows;
        let is_there = rows.order.as_ref().is_some_and(|(key, _)| *key == wanted);
        // One at a time, as for filters.
        if is_there || rows.awaited.is_some() || rows.failed.as_ref() == Some(&wanted) {
            return;
        }
        rows.awaited = Some(wanted.clone());
        let events = self.contents.get(&wanted.layer).and_then(|content| content.events().cloned());
        self.jobs.sort_rows(wanted, Arc::clone(data), events);
    }

    fn list_rows(&mut self, layer: LayerId, data: &LayerData) {
        let Some(content) = self.contents.get(&layer) else { return };
        let rows = &mut self.table.rows;
        // An earlier order of the same rows stays until the next one is there.
        let order = rows.order.as_ref().and_then(|(key, order)| Some((key, order.as_ref().ok()?)));
        let order = order.filter(|(key, _)| (key.layer, key.generation) == (layer, content.generation));
        let key = RowsKey {
            layer,
            generation: content.generation,
            revision: content.shown().map_or(0, |shown| shown.revision),
            order: order.map(|(key, _)| key.clone()),
        };
        if rows.listed.as_ref().is_some_and(|(known, _)| *known == key) {
            return;
        }
        let order = order.map(|(_, order)| Arc::clone(order));
        let shown = content.shown().map(|shown| &shown.rows);
        rows.listed = Some((key, OrderedRows::new(data.features.len(), order, shown)));
    }

    pub(super) fn take_in_order(&mut self, key: OrderKey, order: Result<Arc<RowOrder>, String>) {
        let rows = &mut self.table.rows;
        if rows.awaited.as_ref() == Some(&key) {
            rows.awaited = None;
        }
        rows.order = Some((key, order));
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_order(&mut self) {
        self.table.rows.failed = self.table.rows.awaited.take();
    }
}

impl Jobs {
    /// Sorts the rows of a layer.
    fn sort_rows(&mut self, key: OrderKey, data: Arc<LayerData>, events: Option<Arc<LayerEvents>>) {
        let task = Task::SortTable(key.layer);
        let is_held = |name: &str| {
            let column = data.features.column(name);
            column.is_some_and(|column| !matches!(column.data, ColumnData::InSource { .. }))
        };
        // What has to be decoded takes its time, and the pictures of the map shall not wait for it.
        let place = match &key.sort.column {
            TableColumn::Of(name) if is_held(name) => Place::Pool,
            _ => Place::OwnThread,
        };
        self.spawn(place, task, move || {
            let order = sorted_rows(&key.sort, &data, events.as_deref()).map(Arc::new);
            JobOutcome::OrderReady { key, order }
        });
    }
}

fn sorted_rows(sort: &RowSort, data: &LayerData, events: Option<&LayerEvents>) -> Result<RowOrder, String> {
    let features = &data.features;
    let title = |row: FeatureRow| {
        let details = features.details(row)?;
        let named = events.and_then(|events| title_of_event(events.naming_of(row, &details)));
        let own = named.or_else(|| details.title());
        Ok(own.or(details.id).map(|title| plain(&title)))
    };
    match &sort.column {
        TableColumn::Title => RowOrder::of_texts(features.len(), sort.direction, title),
        TableColumn::Of(name) => match features.column(name) {
            Some(column) => RowOrder::of_column(features, column, sort.direction),
            None => Err(format!("there is no column \"{name}\"")),
        },
    }
}
