//! What is in the column of the attribute table that somebody looks at, over the rows that are shown.
//!
//! Floor 4. Counted on a worker; what was counted stays until the next is there, so that nothing flickers while the window
//! of time moves.

use std::sync::Arc;

use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{LayerId, Session};
use crate::index::{ColumnStatistics, LayerData};
use crate::situation::RowMask;

/// What statistics are derived from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsKey {
    layer: LayerId,
    column: String,
    /// Of the data.
    generation: u64,
    /// Of the rows that are shown; 0 where all are.
    revision: u64,
}

/// The column that somebody looks at.
#[derive(Default)]
pub(super) struct LookedAtColumn {
    column: Option<(LayerId, String)>,
    counted: Option<(StatisticsKey, Result<ColumnStatistics, String>)>,
    awaited: Option<StatisticsKey>,
    failed: Option<StatisticsKey>,
}

impl Session {
    /// What is in the column that was last looked at, or why that is not known; `None` while it is being counted.
    pub fn column_statistics(&self) -> Option<Result<&ColumnStatistics, &str>> {
        let (layer, column) = self.table.looked_at.column.as_ref()?;
        let (key, counted) = self.table.looked_at.counted.as_ref()?;
        let is_it = key.layer == *layer && key.column == *column;
        is_it.then(|| counted.as_ref().map_err(String::as_str))
    }

    pub(super) fn look_at_column(&mut self, column: Option<(LayerId, String)>) {
        self.table.looked_at.column = column;
    }

    /// Orders what is to be counted and is neither there nor on its way.
    pub(super) fn order_statistics(&mut self) {
        let Some((layer, column)) = &self.table.looked_at.column else {
            self.table.looked_at.counted = None;
            return;
        };
        let Some((content, data)) =
            self.contents.get(layer).and_then(|content| Some((content, Arc::clone(content.data()?))))
        else {
            return;
        };
        let shown = content.shown();
        let key = StatisticsKey {
            layer: *layer,
            column: column.clone(),
            generation: content.generation,
            revision: shown.map_or(0, |shown| shown.revision),
        };
        let looked_at = &mut self.table.looked_at;
        let is_there = looked_at.counted.as_ref().is_some_and(|(known, _)| *known == key);
        if is_there || looked_at.awaited.is_some() || looked_at.failed.as_ref() == Some(&key) {
            return;
        }
        let shown = shown.map(|shown| Arc::clone(&shown.rows));
        looked_at.awaited = Some(key.clone());
        self.jobs.count_column(key, data, shown);
    }

    pub(super) fn take_in_statistics(
        &mut self,
        key: StatisticsKey,
        counted: Result<ColumnStatistics, String>,
    ) {
        let looked_at = &mut self.table.looked_at;
        if looked_at.awaited.as_ref() == Some(&key) {
            looked_at.awaited = None;
        }
        looked_at.counted = Some((key, counted));
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_statistics(&mut self) {
        self.table.looked_at.failed = self.table.looked_at.awaited.take();
    }
}

impl Jobs {
    /// Counts what is in a column.
    fn count_column(&mut self, key: StatisticsKey, data: Arc<LayerData>, shown: Option<Arc<RowMask>>) {
        let task = Task::CountColumn(key.layer);
        self.spawn(Place::Pool, task, move || {
            let features = &data.features;
            let all = || Arc::new(RowMask::all(features.len()));
            let counted = match features.column(&key.column) {
                Some(column) => ColumnStatistics::of(features, column, &shown.unwrap_or_else(all)),
                None => Err(format!("there is no column \"{}\"", key.column)),
            };
            JobOutcome::StatisticsReady { key, counted }
        });
    }
}
