//! The rows of the attribute table: those of its layer that are shown, in the order that was asked for.
//!
//! Floor 4. An order of all rows is made on a worker and kept while the layer is the same; which of them are listed follows
//! filters and time at once, as the map does. While another order is being made the last one stays; one that nobody wants
//! any more is left off.

use std::sync::Arc;

use super::event_layers::EventsKey;
use super::jobs::{JobOutcome, Jobs, Place};
use super::table_view::{RowSort, TableColumn, TableCommand};
use super::task::Task;
use super::titles::{title_columns, title_of_row};
use super::{LayerId, Session};
use crate::index::{LayerData, OrderedRows, RowOrder, Sorting};
use crate::situation::{ColumnData, FeatureDetails, FeatureRow, LayerEvents, RowScan, WantedDetails};
use crate::source::Progress;
use crate::text::plain;

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
    awaited: Option<AwaitedOrder>,
    failed: Option<OrderKey>,
}

/// An order that a worker makes.
struct AwaitedOrder {
    key: OrderKey,
    /// Bytes of the source, where it has to be read; and the way to stop.
    progress: Arc<Progress>,
}

impl TableRows {
    /// Nobody wants the order that is being made.
    fn leave_off(&self) {
        if let Some(awaited) = &self.awaited {
            awaited.progress.cancel();
        }
    }
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
        self.table.rows.awaited.as_ref().is_some_and(|awaited| !awaited.progress.is_cancelled())
    }

    /// How far the worker is, from 0 to 1; `None` where that cannot be said.
    pub fn table_sorting_fraction(&self) -> Option<f32> {
        self.table.rows.awaited.as_ref()?.progress.fraction()
    }

    /// The rows stay in the order that they have.
    pub(super) fn stop_sorting(&mut self) {
        let rows = &self.table.rows;
        let Some(layer) = rows.awaited.as_ref().map(|awaited| awaited.key.layer) else { return };
        let kept = rows.order.as_ref().filter(|(key, order)| key.layer == layer && order.is_ok());
        let sort = kept.map(|(key, _)| key.sort.clone());
        self.apply_table(TableCommand::SortBy { layer, sort });
    }

    /// Why the rows are not in the order that was asked for, a sentence for the user.
    pub fn table_order_failure(&self) -> Option<&str> {
        let wanted = self.wanted_order(self.table_layer()?)?;
        let (key, order) = self.table.rows.order.as_ref()?;
        order.as_ref().err().filter(|_| *key == wanted).map(String::as_str)
    }

    fn wanted_order(&self, layer: LayerId) -> Option<OrderKey> {
        let sort = self.table_view(layer).sort?;
        let content = self.content(layer)?;
        let features = &content.data()?.features;
        let is_there = |column: &TableColumn| match column {
            TableColumn::Title => true,
            TableColumn::Of(name) => features.column(name).is_some(),
        };
        let are_there = sort.columns().all(|(column, _)| is_there(column));
        let asks_title = sort.columns().any(|(column, _)| *column == TableColumn::Title);
        let events = if asks_title { content.events_key().cloned() } else { None };
        are_there.then_some(OrderKey { layer, generation: content.generation, sort, events })
    }

    /// Lists the rows anew where they or their order have changed, and orders the order that is missing.
    pub(super) fn follow_table(&mut self) {
        self.table.layer = self.chosen_layer.or(self.table.layer);
        let layer = self.table_layer().filter(|_| self.settings.table_open);
        let Some((layer, data)) = layer.and_then(|layer| Some((layer, self.content(layer)?.data()?.clone())))
        else {
            // An order of a million rows is megabytes that nobody looks at.
            self.table.rows.leave_off();
            let awaited = self.table.rows.awaited.take();
            self.table.rows = TableRows { awaited, ..TableRows::default() };
            return;
        };
        if let Some(wanted) = self.wanted_order(layer) {
            self.order_row_order(wanted, &data);
        } else {
            self.table.rows.leave_off();
            self.table.rows.order = None;
        }
        self.list_rows(layer, &data);
    }

    fn order_row_order(&mut self, wanted: OrderKey, data: &Arc<LayerData>) {
        let rows = &mut self.table.rows;
        let is_there = rows.order.as_ref().is_some_and(|(key, _)| *key == wanted);
        if rows.awaited.as_ref().is_some_and(|awaited| awaited.key != wanted) {
            rows.leave_off();
        }
        // One at a time: what is left off reports soon.
        if is_there || rows.awaited.is_some() || rows.failed.as_ref() == Some(&wanted) {
            return;
        }
        let progress = Arc::new(Progress::default());
        rows.awaited = Some(AwaitedOrder { key: wanted.clone(), progress: Arc::clone(&progress) });
        let events = self.contents.get(&wanted.layer).and_then(|content| content.events().cloned());
        self.jobs.sort_rows(wanted, Arc::clone(data), events, progress);
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
        let awaited = rows.awaited.take_if(|awaited| awaited.key == key);
        if awaited.is_some_and(|awaited| !awaited.progress.is_cancelled()) {
            rows.order = Some((key, order));
        }
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_order(&mut self) {
        self.table.rows.failed = self.table.rows.awaited.take().map(|awaited| awaited.key);
    }
}

impl Jobs {
    /// Sorts the rows of a layer.
    fn sort_rows(
        &mut self,
        key: OrderKey,
        data: Arc<LayerData>,
        events: Option<Arc<LayerEvents>>,
        progress: Arc<Progress>,
    ) {
        let task = Task::SortTable(key.layer);
        let is_held = |name: &str| {
            let column = data.features.column(name);
            column.is_some_and(|column| !matches!(column.data, ColumnData::InSource { .. }))
        };
        let is_held =
            key.sort.columns().all(|(column, _)| matches!(column, TableColumn::Of(name) if is_held(name)));
        // What has to be read takes its time, and the pictures of the map shall not wait for it.
        let place = if is_held { Place::Pool } else { Place::OwnThread };
        self.spawn(place, task, move || {
            if !is_held {
                progress.begin(data.features.source_bytes());
            }
            let order = sorted_rows(&key.sort, &data, events.as_deref(), &|bytes| progress.pass(bytes));
            JobOutcome::OrderReady { key, order: order.map(Arc::new) }
        });
    }
}

/// The last column first: each column that comes before it leaves rows of the same value as they are.
fn sorted_rows(
    sort: &RowSort,
    data: &LayerData,
    events: Option<&LayerEvents>,
    go_on: &(dyn Fn(u64) -> bool + Sync),
) -> Result<RowOrder, String> {
    let mut order: Option<RowOrder> = None;
    for (column, direction) in sort.columns().rev() {
        let sorting = Sorting { direction, among: order.as_ref() };
        order = Some(sorted_by(column, sorting, data, events, go_on)?);
    }
    order.ok_or_else(|| "there is no column to sort by".to_owned())
}

fn sorted_by(
    column: &TableColumn,
    sorting: Sorting<'_>,
    data: &LayerData,
    events: Option<&LayerEvents>,
    go_on: &(dyn Fn(u64) -> bool + Sync),
) -> Result<RowOrder, String> {
    let features = &data.features;
    let TableColumn::Of(name) = column else {
        let properties = title_columns(features, events);
        let wanted = WantedDetails { properties: &properties, id: true };
        let title = |row: FeatureRow, details: &FeatureDetails| {
            let title = title_of_row(events, row, details).or_else(|| details.id.clone())?;
            Some(plain(&title))
        };
        let scan = RowScan { wanted, rows: None, go_on };
        return RowOrder::of_texts(features, &scan, sorting, title);
    };
    match features.column(name) {
        Some(column) => RowOrder::of_column(features, column, sorting, go_on),
        None => Err(format!("there is no column \"{name}\"")),
    }
}
