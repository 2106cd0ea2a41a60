//! When the events of a layer were, as numbers side by side.
//!
//! Floor 1. Civil time: a date of the file is that date everywhere, and an instant is turned into civil time once, by
//! the zone that is shown. So days, hours and instants lie on one axis without a zone.

use std::ops::Range;

use super::DayMatch;

/// Minutes of civil time since 1970-01-01T00:00; about the years −2100 to 6000, and what is beyond stays at the end.
pub type CivilMinute = i32;

/// Minutes of a day.
pub const DAY_MINUTES: CivilMinute = 24 * 60;

/// How an event fills the span that is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TimeSense {
    /// On that day, or at that minute.
    Exact,
    /// All through: it is shown while it lasts.
    Lasting,
    /// Some time in it: the week or the month is known, or two to six days.
    Within,
    /// Nothing is known.
    Undated,
}

/// The span of each event, half open, row by row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventTimes {
    starts: Vec<CivilMinute>,
    ends: Vec<CivilMinute>,
    senses: Vec<TimeSense>,
    // Derived
    whole: Option<Range<CivilMinute>>,
    undated: usize,
}

impl EventTimes {
    /// Room for so many events.
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            starts: Vec::with_capacity(rows),
            ends: Vec::with_capacity(rows),
            senses: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// The next event. A span that is empty, backwards or beyond the axis is that of an undated one.
    pub fn push(&mut self, span: Range<CivilMinute>, sense: TimeSense) {
        if span.is_empty() || sense == TimeSense::Undated || span.start >= FOREVER {
            return self.push_undated();
        }
        self.starts.push(span.start);
        self.ends.push(span.end);
        self.senses.push(sense);
        self.whole = Some(match self.whole.take() {
            Some(whole) => whole.start.min(span.start)..whole.end.max(span.end),
            None => span,
        });
    }

    /// The next event, which began in this known part of its span and goes on: it lasts to the end of the axis, and
    /// only what is known counts for [`EventTimes::whole_span`].
    pub fn push_ongoing(&mut self, known: Range<CivilMinute>) {
        let whole = self.whole.clone();
        self.push(known.start..CivilMinute::MAX, TimeSense::Lasting);
        self.whole = Some(match whole {
            Some(whole) => whole.start.min(known.start)..whole.end.max(known.end),
            None => known,
        });
    }

    /// Whether an event goes on, its end not known.
    pub fn is_ongoing(&self, row: usize) -> bool {
        self.senses.get(row) == Some(&TimeSense::Lasting) && self.ends[row] == CivilMinute::MAX
    }

    /// The next event, of which no time is known.
    pub fn push_undated(&mut self) {
        self.starts.push(CivilMinute::MAX);
        self.ends.push(CivilMinute::MIN);
        self.senses.push(TimeSense::Undated);
        self.undated += 1;
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The first minute of each event; of an undated one the greatest number, so that it is in no window.
    pub fn starts(&self) -> &[CivilMinute] {
        &self.starts
    }

    /// The minute after the last one of each event; of an undated one the least number.
    pub fn ends(&self) -> &[CivilMinute] {
        &self.ends
    }

    /// How each event fills its span.
    pub fn senses(&self) -> &[TimeSense] {
        &self.senses
    }

    /// The span of an event; `None` for an undated one and beyond the last row.
    pub fn span(&self, row: usize) -> Option<Range<CivilMinute>> {
        let sense = self.senses.get(row)?;
        (*sense != TimeSense::Undated).then(|| self.starts[row]..self.ends[row])
    }

    /// From the first minute of the first event to the last of the last; `None` where none is dated.
    pub fn whole_span(&self) -> Option<Range<CivilMinute>> {
        self.whole.clone()
    }

    /// How many events are undated.
    pub fn undated(&self) -> usize {
        self.undated
    }

    /// Whether the event meets the half-open window: for certain where it is exact or lasts and overlaps it, or lies
    /// in it as a whole; possibly where it was some time in a span that only overlaps it.
    pub fn match_window(&self, row: usize, window: &Range<CivilMinute>) -> DayMatch {
        let Some(span) = self.span(row) else { return DayMatch::No };
        let overlaps = span.start < window.end && window.start < span.end && !window.is_empty();
        let lies_in = window.start <= span.start && span.end <= window.end;
        match (overlaps, lies_in || self.senses[row] != TimeSense::Within) {
            (false, _) => DayMatch::No,
            (true, true) => DayMatch::Certain,
            (true, false) => DayMatch::Possible,
        }
    }

    /// What the arrays take in memory.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.starts[..]) + size_of_val(&self.ends[..]) + size_of_val(&self.senses[..])
    }
}

/// The first minute of a day, counted from 1970-01-01; what is beyond the axis stays at its end.
pub fn minute_of_day(day: i32) -> CivilMinute {
    day.saturating_mul(DAY_MINUTES)
}

/// Where days beyond the axis are: tables write 9999-12-31 for an end that has not come.
pub(super) const FOREVER: CivilMinute = CivilMinute::MAX - 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn days(range: Range<i32>) -> Range<CivilMinute> {
        minute_of_day(range.start)..minute_of_day(range.end)
    }

    #[test]
    fn what_lasts_is_there_while_it_lasts_and_what_is_vague_may_be() {
        let mut times = EventTimes::default();
        times.push(days(10..11), TimeSense::Exact);
        times.push(days(5..15), TimeSense::Lasting);
        times.push(days(7..14), TimeSense::Within);
        times.push_undated();
        let on = |window: Range<i32>| {
            (0..4).map(|row| times.match_window(row, &days(window.clone()))).collect::<Vec<_>>()
        };
        use DayMatch::{Certain, No, Possible};
        assert_eq!(on(10..11), [Certain, Certain, Possible, No]);
        assert_eq!(on(11..12), [No, Certain, Possible, No]);
        assert_eq!(on(7..14), [Certain, Certain, Certain, No]);
        assert_eq!(on(15..20), [No, No, No, No]);
        assert_eq!(on(10..10), [No, No, No, No]);
        assert_eq!((times.whole_span(), times.undated()), (Some(days(5..15)), 1));
    }

    #[test]
    fn what_goes_on_is_there_for_ever_and_does_not_stretch_the_axis() {
        let mut times = EventTimes::default();
        times.push(days(5..6), TimeSense::Exact);
        times.push_ongoing(days(3..4));
        assert_eq!(times.match_window(1, &days(40_000..40_001)), DayMatch::Certain);
        assert_eq!(times.match_window(1, &days(1..3)), DayMatch::No);
        assert_eq!(
            (times.whole_span(), times.is_ongoing(0), times.is_ongoing(1)),
            (Some(days(3..6)), false, true)
        );
    }

    #[test]
    fn what_only_begins_beyond_the_axis_is_undated() {
        let mut times = EventTimes::default();
        times.push(FOREVER..CivilMinute::MAX, TimeSense::Exact);
        assert_eq!((times.whole_span(), times.undated()), (None, 1));
    }

    #[test]
    fn a_span_without_a_minute_is_no_time() {
        let mut times = EventTimes::default();
        times.push(days(3..3), TimeSense::Exact);
        assert_eq!((times.span(0), times.whole_span(), times.undated()), (None, None, 1));
    }
}
