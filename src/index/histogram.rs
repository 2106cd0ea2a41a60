//! How many events each bin of a time axis has, group by group: what a timeline shows.
//!
//! Floor 2. Rows are counted, never figures of them: reports overlap.

use std::collections::BTreeMap;
use std::ops::Range;

use super::TimeScale;
use crate::situation::{CivilMinute, EventTimes, FeatureRow, ROWS_TO_LOOK_AT, RowMask, TimeSense, in_parts};

/// More bins than any screen has columns are not made.
const MOST_BINS: usize = 10_000;

/// The bins of an axis, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeBins {
    /// What each bin is long.
    pub scale: TimeScale,
    /// Where each bin begins, and at last where the last one ends; one more than there are bins.
    pub edges: Vec<CivilMinute>,
}

/// What is counted of the rows of one layer.
pub struct CountedEvents<'a> {
    /// When they were.
    pub times: &'a EventTimes,
    /// Only these, all where `None`.
    pub rows: Option<&'a RowMask>,
    /// The group of a row, below the number of groups of the histogram.
    pub group_of: &'a (dyn Fn(FeatureRow) -> usize + Sync),
}

/// Counts of rows by bin and group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeHistogram {
    /// The bins.
    pub bins: TimeBins,
    /// How many groups there are.
    pub groups: usize,
    /// For each bin the count of each group: an event that lasts is in each bin that it lasts through.
    pub counts: Vec<u32>,
    /// Events of which only a span is known that no bin holds: each span once with the count of each group, in order
    /// of time. They are in no bin.
    pub spans: Vec<(Range<CivilMinute>, Vec<u32>)>,
    /// Events without a date.
    pub undated: usize,
}

impl TimeBins {
    /// Whole bins that cover the axis.
    pub fn covering(axis: &Range<CivilMinute>, scale: TimeScale) -> Self {
        let whole = scale.around(axis);
        let mut edges: Vec<CivilMinute> = scale.beginnings(whole.clone()).take(MOST_BINS).collect();
        edges.push(edges.last().map_or(whole.end, |&last| scale.step(last, 1)));
        Self { scale, edges }
    }

    /// How many bins there are.
    pub fn len(&self) -> usize {
        self.edges.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// From the first minute of the first bin to the last of the last.
    pub fn span(&self) -> Range<CivilMinute> {
        self.edges[0]..self.edges[self.len()]
    }

    /// One bin.
    pub fn bin(&self, bin: usize) -> Range<CivilMinute> {
        self.edges[bin]..self.edges[bin + 1]
    }

    /// The bin that the minute is in; `None` beyond the axis.
    pub fn bin_at(&self, minute: CivilMinute) -> Option<usize> {
        if !self.span().contains(&minute) {
            return None;
        }
        match self.scale {
            TimeScale::Month | TimeScale::Year => {
                Some(self.edges.partition_point(|&edge| edge <= minute) - 1)
            }
            // All of one length: no need to search.
            _ => Some(((minute - self.edges[0]) / self.scale.typical_minutes()) as usize),
        }
    }

    /// The bins that the span overlaps.
    pub fn bins_over(&self, span: &Range<CivilMinute>) -> Range<usize> {
        let whole = self.span();
        if span.end <= whole.start || span.start >= whole.end {
            return 0..0;
        }
        let first = self.bin_at(span.start).unwrap_or(0);
        first..self.bin_at(span.end - 1).map_or(self.len(), |last| last + 1)
    }
}

impl TimeHistogram {
    /// Counts the events of all layers into one histogram of `groups` groups.
    pub fn of(bins: TimeBins, groups: usize, layers: &[CountedEvents<'_>]) -> Self {
        let mut all = Tally::new(&bins, groups);
        for layer in layers {
            let parts = in_parts(layer.times.len(), ROWS_TO_LOOK_AT, |rows| {
                let mut tally = Tally::new(&bins, groups);
                rows.filter(|&row| layer.rows.is_none_or(|shown| shown.contains(row)))
                    .for_each(|row| tally.count(&bins, layer, row));
                tally
            });
            all = parts.into_iter().fold(all, Tally::and);
        }
        all.finish(bins)
    }

    /// The count of each group in a bin.
    pub fn counts_of(&self, bin: usize) -> &[u32] {
        &self.counts[bin * self.groups..(bin + 1) * self.groups]
    }

    /// The count of all groups in the fullest of these bins.
    pub fn highest(&self, bins: Range<usize>) -> u32 {
        bins.map(|bin| self.counts_of(bin).iter().sum()).max().unwrap_or(0)
    }
}

/// What one thread has counted.
struct Tally {
    groups: usize,
    /// By bin and group, and one bin more: how many more there are than in the bin before.
    steps: Vec<i32>,
    spans: BTreeMap<(CivilMinute, CivilMinute), Vec<u32>>,
    undated: usize,
}

impl Tally {
    fn new(bins: &TimeBins, groups: usize) -> Self {
        let steps = vec![0; (bins.len() + 1) * groups];
        Self { groups, steps, spans: BTreeMap::new(), undated: 0 }
    }

    fn count(&mut self, bins: &TimeBins, layer: &CountedEvents<'_>, row: FeatureRow) {
        let Some(span) = layer.times.span(row) else {
            self.undated += 1;
            return;
        };
        let over = bins.bins_over(&span);
        if over.is_empty() {
            return;
        }
        let group = (layer.group_of)(row).min(self.groups - 1);
        let is_held = over.len() == 1 && bins.span().start <= span.start && span.end <= bins.span().end;
        // Also a day among hours: nobody said that it was at midnight.
        if layer.times.senses()[row] != TimeSense::Lasting && !is_held {
            self.spans.entry((span.start, span.end)).or_insert_with(|| vec![0; self.groups])[group] += 1;
            return;
        }
        self.steps[over.start * self.groups + group] += 1;
        self.steps[over.end * self.groups + group] -= 1;
    }

    fn and(mut self, other: Self) -> Self {
        self.steps.iter_mut().zip(&other.steps).for_each(|(step, other)| *step += other);
        for (span, counts) in other.spans {
            let here = self.spans.entry(span).or_insert_with(|| vec![0; counts.len()]);
            here.iter_mut().zip(&counts).for_each(|(count, other)| *count += other);
        }
        self.undated += other.undated;
        self
    }

    fn finish(self, bins: TimeBins) -> TimeHistogram {
        let groups = self.groups;
        let mut under_way = vec![0_i32; groups];
        let mut counts = Vec::with_capacity(bins.len() * groups);
        for steps in self.steps.chunks_exact(groups).take(bins.len()) {
            under_way.iter_mut().zip(steps).for_each(|(count, step)| *count += step);
            counts.extend(under_way.iter().map(|&count| count.max(0) as u32));
        }
        let spans = self.spans.into_iter().map(|((start, end), counts)| (start..end, counts)).collect();
        TimeHistogram { bins, groups, counts, spans, undated: self.undated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::minute_of_day;

    fn days(days: Range<i32>) -> Range<CivilMinute> {
        minute_of_day(days.start)..minute_of_day(days.end)
    }

    fn histogram(
        axis: Range<i32>,
        scale: TimeScale,
        times: &EventTimes,
        rows: Option<&RowMask>,
    ) -> TimeHistogram {
        let group_of = |row: FeatureRow| row % 2;
        let layer = CountedEvents { times, rows, group_of: &group_of };
        TimeHistogram::of(TimeBins::covering(&days(axis), scale), 2, &[layer])
    }

    #[test]
    fn an_event_is_in_its_bin_and_group_and_one_that_lasts_in_each_bin_it_lasts_through() {
        let mut times = EventTimes::default();
        times.push(days(2..3), TimeSense::Exact);
        times.push(days(2..3), TimeSense::Exact);
        times.push(days(-5..2), TimeSense::Lasting);
        times.push(days(3..9), TimeSense::Lasting);
        times.push(days(9..10), TimeSense::Exact);
        times.push_undated();
        let found = histogram(0..4, TimeScale::Day, &times, None);
        assert_eq!(found.counts, [1, 0, 1, 0, 1, 1, 0, 1]);
        assert_eq!(
            (found.undated, found.highest(0..4), found.highest(0..2), found.spans.len()),
            (1, 2, 1, 0)
        );
        let rows = RowMask::from_words(vec![0b1], 6);
        let found = histogram(0..4, TimeScale::Day, &times, Some(&rows));
        assert_eq!((found.counts, found.undated), (vec![0, 0, 0, 0, 1, 0, 0, 0], 0));
    }

    #[test]
    fn a_week_is_no_day_but_lies_in_its_month() {
        let mut times = EventTimes::default();
        times.push(days(5..12), TimeSense::Within);
        times.push(days(5..12), TimeSense::Within);
        times.push(days(28..35), TimeSense::Within);
        let by_day = histogram(0..40, TimeScale::Day, &times, None);
        assert_eq!(by_day.highest(0..40), 0);
        assert_eq!(by_day.spans, [(days(5..12), vec![1, 1]), (days(28..35), vec![1, 0])]);
        let by_month = histogram(0..40, TimeScale::Month, &times, None);
        assert_eq!(by_month.counts_of(0), [1, 1]);
        assert_eq!(by_month.spans, [(days(28..35), vec![1, 0])]);
    }

    #[test]
    fn many_rows_are_counted_as_few_are() {
        let mut times = EventTimes::default();
        (0..300_000).for_each(|row| times.push(days(row % 100..row % 100 + 1), TimeSense::Exact));
        let found = histogram(0..100, TimeScale::Day, &times, None);
        assert!((0..100).all(|bin| found.counts_of(bin).iter().sum::<u32>() == 3_000));
        let found = histogram(10..12, TimeScale::Hour, &times, None);
        assert_eq!((found.bins.len(), found.highest(0..48)), (48, 0));
        assert_eq!(found.spans, [(days(10..11), vec![3_000, 0]), (days(11..12), vec![0, 3_000])]);
    }

    #[test]
    fn every_minute_of_an_axis_is_in_the_bin_whose_edges_hold_it() {
        for scale in TimeScale::ALL {
            let bins = TimeBins::covering(&days(17_700..17_800), scale);
            for minute in (bins.span().start..bins.span().end).step_by(719) {
                let bin = bins.bin_at(minute).unwrap();
                assert!(bins.bin(bin).contains(&minute), "{scale:?} {minute}");
            }
            assert_eq!((bins.bin_at(bins.span().end), bins.bin_at(bins.span().start - 1)), (None, None));
        }
    }
}
