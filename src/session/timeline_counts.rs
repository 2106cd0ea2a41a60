//! How many events each bin of the timeline has, counted on a worker for whoever draws it.
//!
//! Floor 4. One count at a time: whoever draws shows the last one until the next is there, and asks again where what is
//! wanted has changed meanwhile. Groups are given by whoever asks, who knows their words.

use std::sync::Arc;

use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{LayerId, Session};
use crate::index::{CountedEvents, LayerData, TimeBins, TimeHistogram};
use crate::situation::{EventField, FeatureRow, FeatureStore, LayerEvents, RowMask, ValueColumn};

/// What is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramOrder {
    /// Into these bins.
    pub bins: TimeBins,
    /// What events are stacked by.
    pub field: EventField,
    /// How many groups there are; the last but one are the others, the last is what is not stated.
    pub groups: usize,
    /// The layers of events.
    pub layers: Vec<OrderedLayer>,
}

/// A layer of which events are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedLayer {
    /// Which.
    pub layer: LayerId,
    /// Of its data.
    pub generation: u64,
    /// Of its rows that filters show; 0 where all are.
    pub revision: u64,
    /// What its rows mean.
    pub events: Arc<LayerEvents>,
    /// The group of each value of the field.
    pub group_of_value: Arc<[usize]>,
}

/// The counts of the timeline.
#[derive(Default)]
pub(super) struct CountedTimeline {
    counted: Option<(Arc<HistogramOrder>, Arc<TimeHistogram>)>,
    awaited: Option<Arc<HistogramOrder>>,
    failed: Option<Arc<HistogramOrder>>,
}

/// What a worker counts of one layer.
struct LayerInput {
    data: Arc<LayerData>,
    rows: Option<Arc<RowMask>>,
}

/// The group of each row of a layer.
struct RowGroups<'a> {
    columns: Vec<ValueColumn<'a>>,
    group_of_value: &'a [usize],
    groups: usize,
}

impl<'a> RowGroups<'a> {
    /// Of a layer's events by a field; `group_of_value` has the group of each value that they have of it.
    fn new(
        (events, features): (&'a LayerEvents, &'a FeatureStore),
        field: EventField,
        group_of_value: &'a [usize],
        groups: usize,
    ) -> Self {
        let columns = events.values(field).map(|values| values.columns(features)).unwrap_or_default();
        Self { columns, group_of_value, groups }
    }

    /// Of an event that names several, the first that has a colour of its own: an event is in one stack once.
    fn group_of(&self, row: FeatureRow) -> usize {
        let (others, not_stated) = (self.groups - 2, self.groups - 1);
        let mut group = not_stated;
        for &value in self.columns.iter().flat_map(|column| column.ids(row)) {
            group = self.group_of_value[value as usize];
            if group < others {
                break;
            }
        }
        group
    }
}

impl HistogramOrder {
    fn count(&self, inputs: &[LayerInput]) -> TimeHistogram {
        let groups: Vec<RowGroups<'_>> = self
            .layers
            .iter()
            .zip(inputs)
            .map(|(layer, input)| {
                let of = (&*layer.events, &input.data.features);
                RowGroups::new(of, self.field, &layer.group_of_value, self.groups)
            })
            .collect();
        let group_of: Vec<_> = groups.iter().map(|groups| |row: FeatureRow| groups.group_of(row)).collect();
        let layers = self.layers.iter().zip(inputs).zip(&group_of);
        let counted: Vec<CountedEvents<'_>> = layers
            .map(|((layer, input), group_of)| CountedEvents {
                times: layer.events.times(),
                rows: input.rows.as_deref(),
                group_of,
            })
            .collect();
        TimeHistogram::of(self.bins.clone(), self.groups, &counted)
    }
}

impl Session {
    /// What was counted last, and for which order.
    pub fn timeline_counts(&self) -> Option<(&HistogramOrder, &Arc<TimeHistogram>)> {
        self.counted_timeline.counted.as_ref().map(|(order, counts)| (&**order, counts))
    }

    /// Counts an order at once: for few rows, and where there is nothing yet to show. `None` where its rows are others by
    /// now.
    pub fn timeline_counts_now(&self, order: &HistogramOrder) -> Option<TimeHistogram> {
        Some(order.count(&self.timeline_inputs(order)?))
    }

    /// Has an order counted, unless another one is being counted.
    pub(super) fn count_timeline(&mut self, order: Arc<HistogramOrder>) {
        let timeline = &self.counted_timeline;
        // One at a time: who waits asks again.
        if timeline.awaited.is_some() || timeline.failed.as_ref() == Some(&order) {
            return;
        }
        let Some(inputs) = self.timeline_inputs(&order) else { return };
        self.counted_timeline.awaited = Some(Arc::clone(&order));
        self.jobs.count_timeline(order, inputs);
    }

    /// What is counted; `None` where they are others than those that were ordered.
    fn timeline_inputs(&self, order: &HistogramOrder) -> Option<Vec<LayerInput>> {
        let input = |of: &OrderedLayer| {
            let content = self.content(of.layer)?;
            let rows = content.rows_at_any_time();
            let revision = rows.map_or(0, |rows| rows.revision);
            let is_same = (content.generation, revision) == (of.generation, of.revision);
            let input = LayerInput {
                data: Arc::clone(content.data()?),
                rows: rows.map(|shown| Arc::clone(&shown.rows)),
            };
            is_same.then_some(input)
        };
        order.layers.iter().map(input).collect()
    }

    pub(super) fn take_in_timeline(&mut self, order: Arc<HistogramOrder>, counts: Arc<TimeHistogram>) {
        // An order of a map that is closed by now is nobody's.
        if self.counted_timeline.awaited.as_ref() == Some(&order) {
            self.counted_timeline =
                CountedTimeline { counted: Some((order, counts)), ..CountedTimeline::default() };
        }
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_timeline(&mut self) {
        self.counted_timeline.failed = self.counted_timeline.awaited.take();
    }
}

impl Jobs {
    fn count_timeline(&mut self, order: Arc<HistogramOrder>, inputs: Vec<LayerInput>) {
        self.spawn(Place::Pool, Task::CountTimeline, move || {
            let counts = Arc::new(order.count(&inputs));
            JobOutcome::TimelineCounted { order, counts }
        });
    }
}
