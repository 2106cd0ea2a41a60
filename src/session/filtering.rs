//! The rows of one layer that its filters let through: those that are there, those on their way, and what cannot be used.
//!
//! Floor 4. The layer's own filter and that of all events are looked for apart: where one of them cannot be used, the
//! other still holds. The last rows stay until the next are there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::event_layers::EventsKey;
use super::{LayerContent, LayerId, SituationFilter};
use crate::coords::{Extent, WorldRect};
use crate::index::{AskedValue, Filter, Subject, Verdict};
use crate::situation::{DayMatch, FeatureRow, RowMask};

/// The rows that are shown.
#[derive(Debug, Clone)]
pub struct ShownRows {
    /// One bit for each row of the layer.
    pub rows: Arc<RowMask>,
    /// How many.
    pub count: usize,
    /// Never used for other rows.
    pub revision: u64,
    /// Those of them that are drawn fainter: the trail of the window of time.
    pub faint: Option<Arc<RowMask>>,
    /// Those of them that only possibly meet the filters; `None` where all are certain.
    pub possible: Option<Arc<RowMask>>,
}

impl ShownRows {
    /// These rows under a revision of their own.
    pub(super) fn new(rows: impl Into<Arc<RowMask>>, revision: u64) -> Self {
        let rows = rows.into();
        Self { count: rows.count(), rows, revision, faint: None, possible: None }
    }
}

/// A filter that a layer's rows must meet.
#[derive(Debug, Clone, PartialEq)]
pub enum AskedFilter {
    /// The layer's own.
    OfLayer {
        /// Its conditions.
        filter: Arc<Filter>,
        /// Whether what the layer has no column for is unknown, and no error.
        absent_is_unknown: bool,
    },
    /// That of all events.
    OfSituation(Arc<SituationFilter>),
}

/// Whose filter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FilterOwner {
    Layer,
    Situation,
}

impl AskedFilter {
    /// The same without any part that is one condition on this subject; `None` where nothing is left.
    pub(super) fn without(self, subject: &Subject) -> Option<Self> {
        match self {
            Self::OfLayer { filter, absent_is_unknown } => {
                let filter = Arc::new(filter.without(subject));
                (!filter.is_empty()).then_some(Self::OfLayer { filter, absent_is_unknown })
            }
            Self::OfSituation(situation) => {
                let filter = situation.filter.without(subject);
                let rest = SituationFilter { filter, area: situation.area.clone() };
                (!rest.is_empty()).then(|| Self::OfSituation(Arc::new(rest)))
            }
        }
    }
}

impl FilterOwner {
    pub const BOTH: [Self; 2] = [Self::Layer, Self::Situation];
}

/// What rows are derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterKey {
    /// Of the data.
    pub(super) generation: u64,
    pub(super) filter: AskedFilter,
    /// What the events were read for.
    pub(super) events: EventsKey,
    /// The layers that the filter speaks of, each of one reading.
    pub(super) neighbours: Vec<(LayerId, u64)>,
}

impl FilterKey {
    pub(super) fn owner(&self) -> FilterOwner {
        match self.filter {
            AskedFilter::OfLayer { .. } => FilterOwner::Layer,
            AskedFilter::OfSituation(_) => FilterOwner::Situation,
        }
    }
}

/// Where the filtering of a layer stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Filtering {
    own: ByOneFilter,
    situation: ByOneFilter,
    /// The rows that meet both; `None` where there is neither.
    shown: Option<ShownRows>,
}

/// Where one of its two filters stands.
#[derive(Debug, Clone, Default)]
struct ByOneFilter {
    found: Option<FoundRows>,
    awaited: Option<AwaitedRows>,
    failed: Option<(FilterKey, String)>,
}

/// Rows that a worker looks for.
#[derive(Debug, Clone)]
struct AwaitedRows {
    key: FilterKey,
    /// Set where nobody wants them any more.
    stop: Arc<AtomicBool>,
}

/// What a worker found out about a filter of a layer.
#[derive(Debug)]
pub struct FilterFindings {
    /// The rows that meet it.
    pub verdict: Verdict,
    /// The words that it asks for, and whether any row has them.
    pub asked: Vec<AskedValue>,
}

/// What a filter lets through.
#[derive(Debug, Clone)]
struct FoundRows {
    key: FilterKey,
    verdict: Verdict,
    asked: Vec<AskedValue>,
    /// How many rows meet it.
    count: usize,
}

impl ByOneFilter {
    /// Nobody wants the rows that are being looked for.
    fn leave_off(&self) {
        if let Some(awaited) = &self.awaited {
            awaited.stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Filtering {
    fn by(&self, owner: FilterOwner) -> &ByOneFilter {
        match owner {
            FilterOwner::Layer => &self.own,
            FilterOwner::Situation => &self.situation,
        }
    }

    fn by_mut(&mut self, owner: FilterOwner) -> &mut ByOneFilter {
        match owner {
            FilterOwner::Layer => &mut self.own,
            FilterOwner::Situation => &mut self.situation,
        }
    }

    /// There is no such filter any more. The rows that meet the other get a revision, the next after the last that was
    /// given, where there were some of this one.
    pub fn drop_filter(&mut self, owner: FilterOwner, last_revision: &mut u64) {
        let by = self.by_mut(owner);
        by.leave_off();
        by.failed = None;
        if by.found.take().is_some() {
            *last_revision += 1;
            self.join(*last_revision);
        }
    }

    /// The rows that meet this filter, where they are there.
    pub fn rows_found(&self, key: &FilterKey) -> Option<&RowMask> {
        let found = self.by(key.owner()).found.as_ref().filter(|found| found.key == *key)?;
        Some(found.verdict.met())
    }

    /// Where a worker must look for the rows of this filter: it counts as ordered from then on, and ends early once what
    /// is answered is set. A search for the rows of another filter of the same owner is stopped.
    pub fn order(&mut self, key: &FilterKey) -> Option<Arc<AtomicBool>> {
        let by = self.by_mut(key.owner());
        if by.awaited.as_ref().is_some_and(|awaited| awaited.key != *key) {
            by.leave_off();
        }
        let is_there = by.found.as_ref().is_some_and(|found| found.key == *key);
        let has_failed = by.failed.as_ref().is_some_and(|(of, _)| of == key);
        // One at a time: what is left off reports soon.
        if by.awaited.is_some() || is_there || has_failed {
            return None;
        }
        by.failed = None;
        let stop = Arc::new(AtomicBool::new(false));
        by.awaited = Some(AwaitedRows { key: key.clone(), stop: Arc::clone(&stop) });
        Some(stop)
    }

    /// Takes in what a worker found, or why the filter cannot be used: then it hides nothing, since the rows of an
    /// earlier one would pass for its own.
    pub fn take_in(
        &mut self,
        key: FilterKey,
        found: Result<FilterFindings, String>,
        generation: u64,
        revision: u64,
    ) {
        self.forget_order(&key);
        let by = self.by_mut(key.owner());
        if key.generation != generation {
            return;
        }
        (by.found, by.failed) = match found {
            Ok(FilterFindings { verdict, asked }) => {
                (Some(FoundRows { key, count: verdict.met().count(), verdict, asked }), None)
            }
            Err(why) => (None, Some((key, why))),
        };
        self.join(revision);
    }

    /// The search for the rows of this filter is over.
    pub fn forget_order(&mut self, key: &FilterKey) {
        self.by_mut(key.owner()).awaited.take_if(|awaited| awaited.key == *key);
    }

    /// The filter whose rows are being looked for.
    pub fn awaited(&self, owner: FilterOwner) -> Option<&FilterKey> {
        self.by(owner).awaited.as_ref().map(|awaited| &awaited.key)
    }

    /// The words that the last filter of an owner asked for.
    pub fn asked(&self, owner: FilterOwner) -> &[AskedValue] {
        self.by(owner).found.as_ref().map_or(&[], |found| &found.asked)
    }

    fn join(&mut self, revision: u64) {
        let found =
            FilterOwner::BOTH.iter().filter_map(|owner| Some(&self.by(*owner).found.as_ref()?.verdict));
        let both = found.cloned().reduce(|one, other| one.and(&other));
        self.shown = both.map(|rows| {
            let possible = rows.possible().map(Arc::new);
            ShownRows { possible, ..ShownRows::new(rows.into_met(), revision) }
        });
    }
}

impl LayerContent {
    /// The rows that the filters let through, whatever the time; `None` where all are.
    pub fn rows_at_any_time(&self) -> Option<&ShownRows> {
        self.filtering.shown.as_ref()
    }

    /// How many rows the layer has; none before it is read.
    pub fn len(&self) -> usize {
        self.data().map_or(0, |data| data.features.len())
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the row is shown.
    pub fn shows(&self, row: FeatureRow) -> bool {
        self.shown().is_none_or(|shown| shown.rows.contains(row))
    }

    /// Whether the row is shown, but only possibly meets the filters and the window of time.
    pub fn is_possible(&self, row: FeatureRow) -> bool {
        let by_filter = self.rows_at_any_time().and_then(|shown| shown.possible.as_ref());
        let by_time = || {
            let (events, window) = self.events().zip(self.window())?;
            Some(events.times().match_window(row, window) == DayMatch::Possible)
        };
        self.shows(row) && (by_filter.is_some_and(|rows| rows.contains(row)) || by_time() == Some(true))
    }

    /// The rows of a view that are drawn, in the order of the file; where a view has too many to look at but few of
    /// them are drawn at all, those, in view or not. `None` where there are more than `most`.
    pub fn shown_rows_in_at_most(&self, rect: WorldRect, most: usize) -> Option<Vec<FeatureRow>> {
        match self.data()?.index.rows_in_at_most(rect, most) {
            Some(rows) => Some(rows.into_iter().filter(|&row| self.draws(row)).collect()),
            None => {
                self.on_map().filter(|shown| shown.count <= most).map(|shown| shown.rows.iter().collect())
            }
        }
    }

    /// Why the layer's filter cannot be used, a sentence for the user; it hides no row then.
    pub fn filter_failure(&self) -> Option<&str> {
        self.filtering.own.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Whether the layer's own filter lets no row through.
    pub fn is_emptied_by_own_filter(&self) -> bool {
        let found = self.filtering.own.found.as_ref();
        !self.is_empty() && found.is_some_and(|found| found.count == 0)
    }

    /// Whether a worker is looking for the rows of another filter.
    pub fn is_being_filtered(&self) -> bool {
        FilterOwner::BOTH.iter().any(|owner| self.filtering.awaited(*owner).is_some())
    }

    /// The box around what is shown.
    pub(super) fn shown_extent(&self) -> Option<Extent> {
        let features = &self.data()?.features;
        match self.on_map() {
            None => features.extent(),
            Some(shown) => features.extent_of_rows(shown.rows.iter()),
        }
    }
}
