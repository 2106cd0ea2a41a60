//! What is in the column of the attribute table that somebody looks at, over the rows that are shown.
//!
//! Floor 4. Counted on a worker; what was counted stays until the next is there, so that nothing flickers while the window
//! of time moves.

use std::sync::Arc;

use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{LayerId, Session};
use crate::index::{ColumnStatistics, LayerData};
use crate::situation::{CivilClock, RowMask};
use crate::source::Progress;

/// What statistics are derived from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsKey {
    layer: LayerId,
    column: String,
    /// Of the data.
    generation: u64,
    /// Of the rows that are shown; 0 where all are.
    revision: u64,
    /// By whose days instants are counted.
    zone: String,
}

/// The column that somebody looks at.
#[derive(Default)]
pub(super) struct LookedAtColumn {
    column: Option<(LayerId, String)>,
    counted: Option<(StatisticsKey, Result<ColumnStatistics, String>)>,
    awaited: Option<AwaitedStatistics>,
    failed: Option<StatisticsKey>,
}

/// Statistics that a worker makes.
struct AwaitedStatistics {
    key: StatisticsKey,
    /// The way to stop.
    progress: Arc<Progress>,
}

impl LookedAtColumn {
    /// Nobody wants what is being counted.
    fn leave_off(&self) {
        if let Some(awaited) = &self.awaited {
            awaited.progress.cancel();
        }
    }
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
            self.table.looked_at.leave_off();
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
            zone: self.settings.time_zone.clone(),
        };
        let looked_at = &mut self.table.looked_at;
        let is_there = looked_at.counted.as_ref().is_some_and(|(known, _)| *known == key);
        // Other rows of the column can wait for those; another column shall not wait.
        let is_other = |awaited: &AwaitedStatistics| {
            (awaited.key.layer, &awaited.key.column) != (key.layer, &key.column)
        };
        if looked_at.awaited.as_ref().is_some_and(is_other) {
            looked_at.leave_off();
        }
        if is_there || looked_at.awaited.is_some() || looked_at.failed.as_ref() == Some(&key) {
            return;
        }
        let shown = shown.map(|shown| Arc::clone(&shown.rows));
        let progress = Arc::new(Progress::default());
        looked_at.awaited = Some(AwaitedStatistics { key: key.clone(), progress: Arc::clone(&progress) });
        self.jobs.count_column(key, data, shown, progress);
    }

    pub(super) fn take_in_statistics(
        &mut self,
        key: StatisticsKey,
        counted: Result<ColumnStatistics, String>,
    ) {
        let looked_at = &mut self.table.looked_at;
        let awaited = looked_at.awaited.take_if(|awaited| awaited.key == key);
        if awaited.is_some_and(|awaited| !awaited.progress.is_cancelled()) {
            looked_at.counted = Some((key, counted));
        }
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_statistics(&mut self) {
        self.table.looked_at.failed = self.table.looked_at.awaited.take().map(|awaited| awaited.key);
    }
}

impl Jobs {
    /// Counts what is in a column.
    fn count_column(
        &mut self,
        key: StatisticsKey,
        data: Arc<LayerData>,
        shown: Option<Arc<RowMask>>,
        progress: Arc<Progress>,
    ) {
        let task = Task::CountColumn(key.layer);
        self.spawn(Place::OwnThread, task, move || {
            let features = &data.features;
            let all = || Arc::new(RowMask::all(features.len()));
            let counted = match features.column(&key.column) {
                Some(column) => {
                    let (rows, clock) = (shown.unwrap_or_else(all), &mut CivilClock::of_zone(&key.zone));
                    ColumnStatistics::of(features, column, &rows, clock, &|bytes| progress.pass(bytes))
                }
                None => Err(format!("there is no column \"{}\"", key.column)),
            };
            JobOutcome::StatisticsReady { key, counted }
        });
    }
}
