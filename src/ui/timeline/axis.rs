//! Where the minutes of the axis are on the screen, and which of them are written under it.
//!
//! Floor 6.

use std::ops::Range;

use crate::index::TimeScale;
use crate::situation::{CivilMinute, DAY_MINUTES, civil_of_day};

/// The short names of the months.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Minutes on a line of points.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisMap {
    /// What is in view.
    pub span: Range<CivilMinute>,
    /// Where it begins.
    pub left: f32,
    /// How wide it is.
    pub width: f32,
}

impl AxisMap {
    /// Where a minute is, also beyond the view.
    pub fn x(&self, minute: CivilMinute) -> f32 {
        let part = (f64::from(minute) - f64::from(self.span.start)) / self.minutes();
        self.left + (part * f64::from(self.width)) as f32
    }

    /// The minute at a place, also beyond the view.
    pub fn minute(&self, x: f32) -> CivilMinute {
        let part = f64::from(x - self.left) / f64::from(self.width);
        // The cast saturates: the ends of all time hold.
        (f64::from(self.span.start) + part * self.minutes()).round() as CivilMinute
    }

    /// The view moved by a distance on the screen.
    pub fn panned(&self, by_points: f32) -> Range<CivilMinute> {
        let by = f64::from(by_points) / f64::from(self.width) * self.minutes();
        (f64::from(self.span.start) + by) as CivilMinute..(f64::from(self.span.end) + by) as CivilMinute
    }

    /// The view with so many times the minutes, the one at `x` held.
    pub fn zoomed(&self, factor: f64, x: f32) -> Range<CivilMinute> {
        let held = f64::from(self.minute(x));
        let start = held + (f64::from(self.span.start) - held) * factor;
        let end = held + (f64::from(self.span.end) - held) * factor;
        start as CivilMinute..end as CivilMinute
    }

    fn minutes(&self) -> f64 {
        f64::from(self.span.end) - f64::from(self.span.start)
    }
}

/// The minutes that are written under the axis, with their words: as many as have `room` points each.
pub fn ticks(axis: &AxisMap, room: f32) -> Vec<(CivilMinute, String)> {
    let most = (axis.width / room).floor().max(1.0) as usize;
    let scale = TimeScale::for_span(&axis.span, most);
    let all: Vec<CivilMinute> = scale.beginnings(axis.span.clone()).collect();
    let every = all.len().div_ceil(most).max(1);
    let mut last_year = None;
    let words = all.into_iter().step_by(every).map(|at| {
        let year = civil(at).0;
        let is_new_year = last_year.replace(year) != Some(year);
        (at, tick_words(at, scale, is_new_year))
    });
    words.collect()
}

/// `8 Sep`, `8 Sep 2018`, `Sep 2018`, `2018`, `14:00`
fn tick_words(at: CivilMinute, scale: TimeScale, with_year: bool) -> String {
    let (year, month, _) = civil(at);
    match scale {
        TimeScale::Hour if at.rem_euclid(DAY_MINUTES) != 0 => time_of_day(at),
        TimeScale::Year => year.to_string(),
        TimeScale::Month if !with_year => month.to_owned(),
        TimeScale::Month => format!("{month} {year}"),
        _ if with_year => day_words(at),
        _ => short_day_words(at),
    }
}

fn civil(at: CivilMinute) -> (i32, &'static str, i32) {
    let (year, month, day) = civil_of_day(at.div_euclid(DAY_MINUTES));
    (year, MONTHS[(month - 1) as usize], day)
}

fn time_of_day(at: CivilMinute) -> String {
    let minute = at.rem_euclid(DAY_MINUTES);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `8 Sep`
fn short_day_words(at: CivilMinute) -> String {
    let (_, month, day) = civil(at);
    format!("{day} {month}")
}

/// `8 Sep 2018`
fn day_words(at: CivilMinute) -> String {
    let (year, month, day) = civil(at);
    format!("{day} {month} {year}")
}

/// A half-open span as people name it: `8 Sep 2018`, `4–10 Sep 2018`, `28 Aug – 4 Sep 2018`, `8 Sep 2018, 14:00–16:00`.
pub fn span_words(span: &Range<CivilMinute>) -> String {
    let is_whole_days = span.start.rem_euclid(DAY_MINUTES) == 0 && span.end.rem_euclid(DAY_MINUTES) == 0;
    let last = span.end - 1;
    let ((first_year, first_month, first_day), (last_year, last_month, last_day)) =
        (civil(span.start), civil(last));
    let is_one_day = (first_year, first_month, first_day) == (last_year, last_month, last_day);
    match (is_whole_days, is_one_day) {
        (true, true) => day_words(last),
        (true, false) if (first_year, first_month) == (last_year, last_month) => {
            format!("{first_day}–{}", day_words(last))
        }
        (true, false) if first_year == last_year => {
            format!("{} – {}", short_day_words(span.start), day_words(last))
        }
        (true, false) => format!("{} – {}", day_words(span.start), day_words(last)),
        (false, true) => {
            format!("{}, {}–{}", day_words(last), time_of_day(span.start), time_of_day(span.end))
        }
        (false, false) => format!(
            "{}, {} – {}, {}",
            day_words(span.start),
            time_of_day(span.start),
            day_words(span.end),
            time_of_day(span.end)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{day_of, minute_of_day};

    fn days(first: &str, after: &str) -> Range<CivilMinute> {
        minute_of_day(day_of(first).unwrap())..minute_of_day(day_of(after).unwrap())
    }

    fn axis(first: &str, after: &str, width: f32) -> AxisMap {
        AxisMap { span: days(first, after), left: 10.0, width }
    }

    #[test]
    fn a_place_on_the_axis_is_its_minute_and_back() {
        let axis = axis("2018-08-01", "2018-09-26", 1_000.0);
        for part in [0.0, 0.3, 1.0, 1.4] {
            let x = 10.0 + part * 1_000.0;
            assert!((axis.x(axis.minute(x)) - x).abs() < 0.05);
        }
        let zoomed = AxisMap { span: axis.zoomed(0.5, 400.0), ..axis.clone() };
        assert!((zoomed.minute(400.0) - axis.minute(400.0)).abs() <= 1);
        assert_eq!(AxisMap { span: axis.panned(100.0), ..axis.clone() }.minute(10.0), axis.minute(110.0));
    }

    #[test]
    fn the_words_under_the_axis_fit_and_name_the_year_once() {
        let words =
            |axis: &AxisMap| ticks(axis, 60.0).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        let weeks = words(&axis("2018-08-01", "2018-09-26", 600.0));
        assert_eq!(weeks[..2], ["6 Aug 2018", "13 Aug"]);
        assert_eq!(words(&axis("2018-11-15", "2019-03-01", 300.0)), ["Dec 2018", "Jan 2019", "Feb"]);
        assert_eq!(words(&axis("2018-09-08", "2018-09-09", 250.0)).len(), 4);
        assert!(words(&axis("1900-01-01", "2020-01-01", 300.0)).len() <= 5);
    }

    #[test]
    fn spans_are_named_by_their_last_day_and_not_by_the_one_after() {
        let words = |first, after| span_words(&days(first, after));
        assert_eq!(words("2018-09-08", "2018-09-09"), "8 Sep 2018");
        assert_eq!(words("2018-09-04", "2018-09-11"), "4–10 Sep 2018");
        assert_eq!(words("2018-08-28", "2018-09-05"), "28 Aug – 4 Sep 2018");
        assert_eq!(words("2018-12-28", "2019-01-05"), "28 Dec 2018 – 4 Jan 2019");
        let day = days("2018-09-08", "2018-09-09");
        assert_eq!(span_words(&(day.start + 840..day.start + 960)), "8 Sep 2018, 14:00–16:00");
    }
}
