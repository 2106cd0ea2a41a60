//! The lengths of time that people count in: hours, days, weeks, months, years, and where each begins.
//!
//! Floor 2. On civil minutes, so without time zones. Weeks begin on Monday, as in ISO 8601.

use std::ops::Range;

use crate::situation::{CivilMinute, DAY_MINUTES, civil_of_day, day_of_civil, minute_of_day};

/// A unit of time; the shorter comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeScale {
    /// 60 minutes.
    Hour,
    /// A date.
    Day,
    /// Monday to Sunday.
    Week,
    /// Of the calendar.
    Month,
    /// Of the calendar.
    Year,
}

/// 1970-01-01 was a Thursday: the Monday before it is three days earlier.
const FIRST_MONDAY: i32 = -3;

impl TimeScale {
    /// All, the shortest first.
    pub const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    /// The name of one of them, `day`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// About how many minutes one of them has.
    pub const fn typical_minutes(self) -> CivilMinute {
        match self {
            Self::Hour => 60,
            Self::Day => DAY_MINUTES,
            Self::Week => 7 * DAY_MINUTES,
            Self::Month => 30 * DAY_MINUTES,
            Self::Year => 365 * DAY_MINUTES,
        }
    }

    /// The shortest of which no more than `most` cover the span; years where all are too many.
    pub fn for_span(span: &Range<CivilMinute>, most: usize) -> Self {
        let minutes = i64::from(span.end) - i64::from(span.start);
        let fits = |scale: &Self| minutes / i64::from(scale.typical_minutes()) <= most as i64;
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Year)
    }

    /// The beginning of the one that the minute is in.
    pub fn start(self, minute: CivilMinute) -> CivilMinute {
        let day = minute.div_euclid(DAY_MINUTES);
        match self {
            Self::Hour => minute.div_euclid(60).saturating_mul(60),
            Self::Day => minute_of_day(day),
            Self::Week => minute_of_day((day - FIRST_MONDAY).div_euclid(7) * 7 + FIRST_MONDAY),
            Self::Month => {
                let (year, month, _) = civil_of_day(day);
                minute_of_day(day_of_civil(year, month, 1))
            }
            Self::Year => minute_of_day(day_of_civil(civil_of_day(day).0, 1, 1)),
        }
    }

    /// The beginning that lies `count` of them after the one that the minute is in; before it where negative.
    pub fn step(self, minute: CivilMinute, count: i32) -> CivilMinute {
        let start = self.start(minute);
        let shifted = |unit: CivilMinute| start.saturating_add(unit.saturating_mul(count));
        match self {
            Self::Hour => shifted(60),
            Self::Day => shifted(DAY_MINUTES),
            Self::Week => shifted(7 * DAY_MINUTES),
            Self::Month => {
                let (year, month, _) = civil_of_day(start.div_euclid(DAY_MINUTES));
                let months = year * 12 + (month - 1) + count;
                minute_of_day(day_of_civil(months.div_euclid(12), months.rem_euclid(12) + 1, 1))
            }
            Self::Year => {
                let year = civil_of_day(start.div_euclid(DAY_MINUTES)).0 + count;
                minute_of_day(day_of_civil(year, 1, 1))
            }
        }
    }

    /// The beginning that is nearest to the minute.
    pub fn nearest(self, minute: CivilMinute) -> CivilMinute {
        let (before, after) = (self.start(minute), self.step(minute, 1));
        if i64::from(minute) - i64::from(before) <= i64::from(after) - i64::from(minute) {
            before
        } else {
            after
        }
    }

    /// The span widened to whole ones.
    pub fn around(self, span: &Range<CivilMinute>) -> Range<CivilMinute> {
        let end = self.start(span.end);
        self.start(span.start)..if end == span.end { end } else { self.step(span.end, 1) }
    }

    /// The beginnings in a span, the first at or after its start.
    pub fn beginnings(self, span: Range<CivilMinute>) -> impl Iterator<Item = CivilMinute> {
        let start = self.start(span.start);
        let first = if start < span.start { self.step(start, 1) } else { start };
        let following = move |&last: &CivilMinute| Some(self.step(last, 1)).filter(|&next| next > last);
        std::iter::successors(Some(first), following).take_while(move |&at| at < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{day_of, words_of_day};

    fn at(day: &str) -> CivilMinute {
        minute_of_day(day_of(day).unwrap())
    }

    fn day(minute: CivilMinute) -> String {
        words_of_day(minute.div_euclid(DAY_MINUTES))
    }

    #[test]
    fn each_unit_begins_where_the_calendar_says() {
        // A Saturday, at 17:30.
        let minute = at("2018-09-08") + 17 * 60 + 30;
        let starts: Vec<String> = TimeScale::ALL[1..].iter().map(|scale| day(scale.start(minute))).collect();
        assert_eq!(starts, ["2018-09-08", "2018-09-03", "2018-09-01", "2018-01-01"]);
        assert_eq!(TimeScale::Hour.start(minute), at("2018-09-08") + 17 * 60);
        assert_eq!(day(TimeScale::Week.start(at("1969-12-28"))), "1969-12-22");
    }

    #[test]
    fn steps_go_over_the_ends_of_months_and_years_both_ways() {
        let step = |scale: TimeScale, from, count| day(scale.step(at(from), count));
        assert_eq!(step(TimeScale::Day, "2018-02-28", 1), "2018-03-01");
        assert_eq!(step(TimeScale::Month, "2018-12-31", 1), "2019-01-01");
        assert_eq!(step(TimeScale::Month, "2018-01-31", -1), "2017-12-01");
        assert_eq!(step(TimeScale::Year, "2018-06-01", -18), "2000-01-01");
        assert_eq!(step(TimeScale::Week, "2018-09-08", -1), "2018-08-27");
    }

    #[test]
    fn a_span_is_widened_to_whole_units_and_whole_ones_stay() {
        let days = |span: Range<CivilMinute>| (day(span.start), day(span.end));
        let part = at("2018-09-08") + 5..at("2018-09-09") + 5;
        assert_eq!(days(TimeScale::Day.around(&part)), ("2018-09-08".into(), "2018-09-10".into()));
        let whole = at("2018-09-01")..at("2018-10-01");
        assert_eq!(TimeScale::Month.around(&whole), whole);
    }

    #[test]
    fn bins_follow_the_zoom() {
        let scale = |days: i32, most| TimeScale::for_span(&(0..days * DAY_MINUTES), most);
        assert_eq!(scale(2, 100), TimeScale::Hour);
        assert_eq!(scale(56, 100), TimeScale::Day);
        assert_eq!(scale(365, 100), TimeScale::Week);
        assert_eq!(scale(3_000, 100), TimeScale::Month);
        assert_eq!(scale(30_000, 100), TimeScale::Year);
    }

    #[test]
    fn the_beginnings_in_a_span_leave_out_its_end() {
        let found: Vec<String> =
            TimeScale::Week.beginnings(at("2018-09-04")..at("2018-09-24")).map(day).collect();
        assert_eq!(found, ["2018-09-10", "2018-09-17"]);
        assert_eq!(TimeScale::Year.beginnings(CivilMinute::MAX - 5..CivilMinute::MAX).count(), 0);
    }
}
