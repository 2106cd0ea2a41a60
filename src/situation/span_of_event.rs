//! What span of time an event has, from its first day, its last day and how exactly they are known.
//!
//! Floor 1. Sources: the codebooks of ACLED (time_precision), of UCDP GED (date_prec), and EDTF (ISO 8601-2).

use super::event_times::FOREVER;
use super::plain_name::plain_name;
use super::spelled_date::SpelledDate;
use super::{CodeScheme, DAY_MINUTES, DatePrecision, TimeSense, date_of_day, day_of_date, minute_of_day};

/// The span of an event, and whether its last day is before the first.
///
/// - Without a precision, or with that of a day: one day or minute is exact, several days last, a month or a year is
///   some time in it.
/// - With a coarser precision it was some time from the first to the last day (UCDP's date_start and date_end). Where
///   there is one day only, it stands for the days around it: a week is three days before to three after (ACLED takes
///   the middle of the week), a month or a year the one that holds the day (ACLED takes its middle, or its first or
///   last day). Two to six days around one day are taken as a week: it may be the first or the last of them.
/// - A last day before the first does not count; one in the year 9999 says that it goes on.
pub(super) fn span_of_event(
    first: Option<&SpelledDate>,
    last: Option<&SpelledDate>,
    precision: Option<DatePrecision>,
) -> (Option<SpelledDate>, bool) {
    let goes_on = last.is_some_and(|last| last.span.start >= FOREVER);
    let last = last.filter(|_| !goes_on);
    let Some(first) = first else {
        // It ended then; when it began is not known.
        return (last.map(|last| SpelledDate { sense: TimeSense::Within, ..last.clone() }), false);
    };
    let is_backwards = last.is_some_and(|last| last.span.end <= first.span.start);
    let last = last.filter(|_| !is_backwards);
    let mut whole = first.clone();
    whole.goes_on |= goes_on;
    if let Some(last) = last {
        whole.span.end = whole.span.end.max(last.span.end);
        whole.goes_on |= last.goes_on;
    }
    let is_one_day = days_between(&whole) <= 1;
    match precision.filter(|precision| *precision != DatePrecision::Day) {
        Some(precision) => {
            whole.sense = TimeSense::Within;
            if is_one_day {
                widen(&mut whole, precision);
            }
        }
        None if whole.span != first.span => {
            whole.sense = if is_one_day { first.sense } else { TimeSense::Lasting }
        }
        None => {}
    }
    (Some(whole), is_backwards)
}

/// How many days a span touches.
fn days_between(date: &SpelledDate) -> i32 {
    let (first, last) =
        (date.span.start.div_euclid(DAY_MINUTES), (date.span.end - 1).div_euclid(DAY_MINUTES));
    last - first + 1
}

fn widen(date: &mut SpelledDate, precision: DatePrecision) {
    let day = date.span.start.div_euclid(DAY_MINUTES);
    let days = match (precision, date_of_day(day)) {
        (DatePrecision::Month, Some(date)) => {
            day_of_date(date.first_of_month())..day_of_date(date.last_of_month()) + 1
        }
        (DatePrecision::Year, Some(date)) => {
            day_of_date(date.first_of_year())..day_of_date(date.last_of_year()) + 1
        }
        _ => day.saturating_sub(3)..day.saturating_add(4),
    };
    date.span = minute_of_day(days.start)..minute_of_day(days.end);
}

/// How exactly a date is known, by the code or word of a table; `None` where it is neither.
pub(super) fn precision_of_text(text: &str, scheme: CodeScheme) -> Option<DatePrecision> {
    let plain = plain_name(text);
    let of_code = match (scheme, plain.as_str()) {
        (CodeScheme::Acled | CodeScheme::Ucdp, "1") => Some(DatePrecision::Day),
        (CodeScheme::Acled, "2") | (CodeScheme::Ucdp, "3") => Some(DatePrecision::Week),
        (CodeScheme::Acled, "3") | (CodeScheme::Ucdp, "4") => Some(DatePrecision::Month),
        (CodeScheme::Ucdp, "2") => Some(DatePrecision::DaysTwoToSix),
        (CodeScheme::Ucdp, "5") => Some(DatePrecision::Year),
        _ => None,
    };
    of_code
        .or_else(|| DatePrecision::ALL.iter().copied().find(|one| words_of(*one).contains(&plain.as_str())))
}

fn words_of(precision: DatePrecision) -> &'static [&'static str] {
    match precision {
        DatePrecision::Day => &["day", "exact", "exact_day", "exact_date", "jour", "يوم"],
        DatePrecision::DaysTwoToSix => &["days_2_6", "two_to_six_days", "2_6_days", "days", "ايام"],
        DatePrecision::Week => &["week", "semaine", "اسبوع"],
        DatePrecision::Month => &["month", "mois", "شهر"],
        DatePrecision::Year => &["year", "annee", "سنه", "عام"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{day_of, words_of_day};

    fn day(text: &str) -> SpelledDate {
        SpelledDate::day(day_of(text).unwrap()).unwrap()
    }

    fn span(
        first: &str,
        last: Option<&str>,
        precision: Option<DatePrecision>,
    ) -> (String, String, TimeSense) {
        let (date, _) = span_of_event(Some(&day(first)), last.map(day).as_ref(), precision);
        let date = date.unwrap();
        let word = |minute: i32| words_of_day(minute.div_euclid(DAY_MINUTES));
        (word(date.span.start), word(date.span.end - 1), date.sense)
    }

    fn days(first: &str, last: &str, sense: TimeSense) -> (String, String, TimeSense) {
        (first.to_owned(), last.to_owned(), sense)
    }

    #[test]
    fn one_day_known_to_the_week_or_month_stands_for_the_days_around_it() {
        let week = span("2018-09-08", None, Some(DatePrecision::Week));
        assert_eq!(week, days("2018-09-05", "2018-09-11", TimeSense::Within));
        let month = span("2018-02-15", None, Some(DatePrecision::Month));
        assert_eq!(month, days("2018-02-01", "2018-02-28", TimeSense::Within));
        let year = span("2018-09-08", Some("2018-09-08"), Some(DatePrecision::Year));
        assert_eq!(year, days("2018-01-01", "2018-12-31", TimeSense::Within));
    }

    #[test]
    fn first_and_last_day_last_or_are_some_time_between() {
        let some_time = span("2018-08-13", Some("2018-08-17"), Some(DatePrecision::DaysTwoToSix));
        assert_eq!(some_time, days("2018-08-13", "2018-08-17", TimeSense::Within));
        for precision in [None, Some(DatePrecision::Day)] {
            let lasting = span("2018-08-13", Some("2018-08-17"), precision);
            assert_eq!(lasting, days("2018-08-13", "2018-08-17", TimeSense::Lasting));
            let exact = span("2018-08-13", Some("2018-08-13"), precision);
            assert_eq!(exact, days("2018-08-13", "2018-08-13", TimeSense::Exact));
        }
    }

    #[test]
    fn a_last_day_in_the_year_9999_is_none() {
        let (date, is_backwards) = span_of_event(Some(&day("2018-09-08")), Some(&day("9999-12-31")), None);
        let date = date.unwrap();
        assert!(date.goes_on && !is_backwards);
        assert_eq!(date.span, day("2018-09-08").span);
        assert_eq!(span_of_event(None, Some(&day("9999-12-31")), None), (None, false));
    }

    #[test]
    fn a_last_day_before_the_first_does_not_count_and_is_told() {
        let (date, is_backwards) = span_of_event(Some(&day("2018-09-08")), Some(&day("2018-09-07")), None);
        assert_eq!((date, is_backwards), (Some(day("2018-09-08")), true));
        let (date, _) = span_of_event(None, Some(&day("2018-09-07")), None);
        assert_eq!(date.unwrap().sense, TimeSense::Within);
        assert_eq!(span_of_event(None, None, Some(DatePrecision::Week)), (None, false));
    }

    #[test]
    fn codes_are_read_by_their_scheme_and_words_by_all() {
        let read = precision_of_text;
        assert_eq!(read("2", CodeScheme::Acled), Some(DatePrecision::Week));
        assert_eq!(read("3", CodeScheme::Acled), Some(DatePrecision::Month));
        let ucdp: Vec<_> = (1..=5).map(|code: u8| read(&code.to_string(), CodeScheme::Ucdp)).collect();
        assert_eq!(ucdp, DatePrecision::ALL.iter().map(|one| Some(*one)).collect::<Vec<_>>());
        assert_eq!(read("2", CodeScheme::Words), None);
        assert!(DatePrecision::ALL.iter().all(|one| read(one.as_str(), CodeScheme::Words) == Some(*one)));
        assert_eq!(read("Week", CodeScheme::Ucdp), Some(DatePrecision::Week));
    }
}
