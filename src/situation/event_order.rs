//! The events of a layer in the order of time, gathered under their days: what a list of them is made of.
//!
//! Floor 1. Derived from [`EventTimes`] and made where those are made: to sort a million rows takes longer than a frame.

use std::ops::Range;

use super::{CivilMinute, DAY_MINUTES, EventTimes, FeatureRow, TimeSense};

/// More than there are on the axis of events.
const MOST_DAYS: i64 = (1 << 31) - 1;

/// The days under which events stand in a list, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventDays {
    /// The first.
    pub first: i32,
    /// The last, included.
    pub last: i32,
    /// Whether the events last from the first to the last; else they were some time in these days, or on the one.
    pub lasting: bool,
}

impl EventDays {
    /// Of an event with that span and sense; what is of one day stands under that day, however it fills it.
    fn of(span: &Range<i32>, sense: TimeSense) -> Self {
        let (first, last) = (span.start.div_euclid(DAY_MINUTES), (span.end - 1).div_euclid(DAY_MINUTES));
        Self { first, last, lasting: first < last && sense != TimeSense::Within }
    }

    /// A number for each, in their order: the first day, then the longer span before the shorter, then whether it lasts.
    fn key(self) -> u64 {
        let first = i64::from(self.first) - i64::from(i32::MIN);
        let shortness = MOST_DAYS - (i64::from(self.last) - i64::from(self.first));
        (first as u64) << 32 | (shortness as u64) << 1 | u64::from(self.lasting)
    }

    fn of_key(key: u64) -> Self {
        let first = (key >> 32) as i64 + i64::from(i32::MIN);
        let length = MOST_DAYS - i64::from(key as u32 >> 1);
        Self { first: first as i32, last: (first + length) as i32, lasting: key & 1 == 1 }
    }

    /// Whether they have no end: the events go on.
    pub fn go_on(self) -> bool {
        self.lasting && self.last == (CivilMinute::MAX - 1).div_euclid(DAY_MINUTES)
    }

    /// Whether it is one day.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// The half-open span in civil minutes.
    pub fn minutes(self) -> Range<i32> {
        self.first.saturating_mul(DAY_MINUTES)..self.last.saturating_add(1).saturating_mul(DAY_MINUTES)
    }
}

/// What begins first comes first; a month that begins on a day comes before that day.
impl Ord for EventDays {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for EventDays {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The rows of a layer in the order of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventOrder {
    /// Dated ones by their days, then by the minute when they begin, then as in the file; then the undated ones.
    rows: Vec<u32>,
    /// The days, and where in `rows` their events end.
    groups: Vec<(EventDays, usize)>,
}

impl EventOrder {
    /// Sorts the rows; those that begin as early stay in the order of the file.
    pub fn of(times: &EventTimes) -> Self {
        // Two numbers a row, all that its place depends on: they are sorted without looking anything up.
        let key = |row: usize| {
            let (span, sense) = (times.span(row)?, times.senses()[row]);
            let start = i64::from(span.start) - i64::from(i32::MIN);
            Some((EventDays::of(&span, sense).key(), (start as u64) << 32 | row as u64))
        };
        let mut keyed: Vec<(u64, u64)> = (0..times.len()).filter_map(key).collect();
        keyed.sort_unstable();
        let mut groups: Vec<(EventDays, usize)> = Vec::new();
        for same in keyed.chunk_by(|one, next| one.0 == next.0) {
            let before = groups.last().map_or(0, |(_, end)| *end);
            groups.push((EventDays::of_key(same[0].0), before + same.len()));
        }
        let undated = (0..times.len()).filter(|&row| times.senses()[row] == TimeSense::Undated);
        let rows = keyed.iter().map(|(_, key)| *key as u32).chain(undated.map(|row| row as u32)).collect();
        Self { rows, groups }
    }

    /// The days in their order, each with its events.
    pub fn by_days(&self) -> impl Iterator<Item = (EventDays, &[u32])> {
        let starts = std::iter::once(0).chain(self.groups.iter().map(|(_, end)| *end));
        self.groups.iter().zip(starts).map(|((days, end), start)| (*days, &self.rows[start..*end]))
    }

    /// The events of which no time is known, in the order of the file.
    pub fn undated(&self) -> &[u32] {
        &self.rows[self.groups.last().map_or(0, |(_, end)| *end)..]
    }

    /// The days of an event; `None` for an undated one.
    pub fn days_of(times: &EventTimes, row: FeatureRow) -> Option<EventDays> {
        Some(EventDays::of(&times.span(row)?, times.senses()[row]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::minute_of_day;

    fn days(range: Range<i32>) -> Range<i32> {
        minute_of_day(range.start)..minute_of_day(range.end)
    }

    #[test]
    fn events_stand_under_their_days_and_what_is_vague_or_lasts_under_its_own_span() {
        let mut times = EventTimes::default();
        times.push(days(8..9), TimeSense::Exact);
        times.push_undated();
        times.push(minute_of_day(7) + 600..minute_of_day(7) + 660, TimeSense::Lasting);
        times.push(days(7..14), TimeSense::Within);
        times.push(minute_of_day(7) + 30..minute_of_day(7) + 31, TimeSense::Exact);
        times.push(days(7..9), TimeSense::Lasting);
        times.push(days(8..9), TimeSense::Exact);
        let order = EventOrder::of(&times);
        let listed: Vec<_> = order
            .by_days()
            .map(|(days, rows)| (days.first, days.last, days.lasting, rows.to_vec()))
            .collect();
        assert_eq!(
            listed,
            [
                (7, 13, false, vec![3]),
                (7, 8, true, vec![5]),
                (7, 7, false, vec![4, 2]),
                (8, 8, false, vec![0, 6])
            ]
        );
        assert_eq!(order.undated(), [1]);
        assert_eq!(EventOrder::days_of(&times, 5).map(EventDays::minutes), Some(days(7..9)));
        assert_eq!(EventOrder::days_of(&times, 1), None);
    }

    #[test]
    fn every_event_is_listed_once_however_many_there_are() {
        let mut times = EventTimes::default();
        for row in 0..5_000 {
            match row % 7 {
                0 => times.push_undated(),
                length => times.push(days(row * 31 % 97..row * 31 % 97 + length), TimeSense::Within),
            }
        }
        let order = EventOrder::of(&times);
        let mut rows: Vec<u32> =
            order.by_days().flat_map(|(_, rows)| rows).chain(order.undated()).copied().collect();
        let groups: Vec<EventDays> = order.by_days().map(|(days, _)| days).collect();
        assert!(groups.is_sorted_by(|one, next| one < next));
        rows.sort_unstable();
        assert!(rows.iter().copied().eq(0..5_000));
        assert_eq!(EventOrder::of(&EventTimes::default()).by_days().count(), 0);
    }
}
