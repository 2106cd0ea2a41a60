//! Dates as tables spell them, read into spans of civil minutes.
//!
//! Floor 1. Read are ISO 8601 days and times with and without a zone, `YYYY/MM/DD`, `YYYY.MM.DD`, `YYYYMMDD`,
//! `DD.MM.YYYY`, `D/M/YYYY` and `M/D/YYYY` where the column shows which, `8 September 2018` and `September 8, 2018` in
//! English, French and Arabic, `YYYY-MM`, `YYYY`, and EDTF level 1. Years of two digits are not: nobody knows which.

use std::ops::Range;

use super::civil_clock::CivilClock;
use super::day_order::{DayOrder, NumberOrder};
use super::event_times::FOREVER;
use super::month_words::{month_of_word, with_western_digits};
use super::{CivilMinute, DAY_MINUTES, Edtf, EdtfEnd, TimeSense, day_of_date, instant_of, minute_of_day};

/// Longer texts are none: a date with words, time and zone has not half as many letters.
const MOST_DATE_BYTES: usize = 256;

/// What one cell says of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpelledDate {
    /// Half open.
    pub span: Range<CivilMinute>,
    /// As far as one cell tells.
    pub sense: TimeSense,
    /// It has begun and goes on.
    pub goes_on: bool,
}

impl SpelledDate {
    fn new(span: Range<CivilMinute>, sense: TimeSense) -> Option<Self> {
        let span = if span.start > FOREVER { FOREVER..CivilMinute::MAX } else { span };
        (!span.is_empty()).then_some(Self { span, sense, goes_on: false })
    }

    /// A whole day, counted from 1970-01-01.
    pub(super) fn day(day: i32) -> Option<Self> {
        Self::new(minute_of_day(day)..minute_of_day(day.saturating_add(1)), TimeSense::Exact)
    }

    /// One minute.
    pub(super) fn minute(minute: CivilMinute) -> Option<Self> {
        Self::new(minute..minute.saturating_add(1), TimeSense::Exact)
    }

    /// A year, or a day as `YYYYMMDD`, as numbers.
    pub(super) fn of_number(number: f64) -> Option<Self> {
        let whole = number as i64;
        let is_whole = number.is_finite() && whole as f64 == number;
        match whole {
            1000..=2999 if is_whole => Self::days_of(whole, None, None),
            10_000_101..=29_991_231 if is_whole => {
                Self::days_of(whole / 10_000, Some(whole / 100 % 100), Some(whole % 100))
            }
            _ => None,
        }
    }

    /// Reads a cell; `None` where it is blank or nothing that is read here.
    pub(super) fn read(text: &str, order: NumberOrder, clock: &mut CivilClock) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.len() > MOST_DATE_BYTES {
            return None;
        }
        if let Some(instant) = instant_of(text) {
            return Self::minute(clock.minute_of(instant));
        }
        let text = with_western_digits(text);
        let (text, is_utc) = without_utc(&text);
        let (date, minute) = split_time(text);
        match (read_day(date, order), minute) {
            (Some(day), None) => Self::day(day),
            (Some(day), Some(minute)) if is_utc => {
                let minutes = i64::from(day) * i64::from(DAY_MINUTES) + i64::from(minute);
                Self::minute(clock.minute_of(minutes * 60_000))
            }
            (Some(day), Some(minute)) => Self::minute(minute_of_day(day).saturating_add(minute)),
            (None, None) => read_month(date).or_else(|| read_edtf(text)),
            (None, Some(_)) => None,
        }
    }

    /// A year, a month of it or a day.
    fn days_of(year: i64, month: Option<i64>, day: Option<i64>) -> Option<Self> {
        if let Some(day) = day {
            return Self::day(day_of_date(civil(year, month?, day)?));
        }
        let first = civil(year, month.unwrap_or(1), 1)?;
        let last = match month {
            Some(_) => first.last_of_month(),
            None => first.last_of_year(),
        };
        Self::of_days(first, last, TimeSense::Within)
    }

    fn of_days(first: jiff::civil::Date, last: jiff::civil::Date, sense: TimeSense) -> Option<Self> {
        let (first, after) = (day_of_date(first), day_of_date(last) + 1);
        Self::new(minute_of_day(first)..minute_of_day(after), sense)
    }
}

/// A date that is numbers alone, the year last.
pub(super) struct NumberDate {
    /// The two numbers before the year, as they stand.
    pub first_two: [i64; 2],
    /// Whether dots stand between them, and neither slashes nor dashes.
    pub is_dotted: bool,
}

/// The date of a cell that is numbers alone with the year last, whatever time is behind it.
pub(super) fn numbers_of(text: &str) -> Option<NumberDate> {
    let text = with_western_digits(text.trim());
    let date = split_time(without_utc(&text).0).0;
    let (first, second, _) = two_and_year(date)?;
    Some(NumberDate { first_two: [first, second], is_dotted: date.contains('.') })
}

/// The text without ` UTC` or ` GMT` at its end, and whether it had that.
fn without_utc(text: &str) -> (&str, bool) {
    let cut = ["UTC", "utc", "GMT"].iter().find_map(|zone| text.strip_suffix(zone));
    cut.map_or((text, false), |cut| (cut.trim_end(), true))
}

/// A date and the minute of the day behind it, 24:00 included. A midnight to the second is how programs write a date
/// without a time.
fn split_time(text: &str) -> (&str, Option<CivilMinute>) {
    let Some(colon) = text.find(':') else { return (text, None) };
    let Some(start) = text[..colon].rfind([' ', 'T', 't']) else { return (text, None) };
    let (date, time) = (text[..start].trim_end(), &text[start + 1..]);
    let (time, half) = half_of_day(time);
    let is_time = time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    let mut parts = time.split(':');
    let number =
        |part: Option<&str>, below: i32| part?.parse().ok().filter(|number| (0..below).contains(number));
    let (Some(hour), Some(minute)) = (number(parts.next(), 25), number(parts.next(), 60)) else {
        return (text, None);
    };
    let seconds = parts.next();
    let is_zero = |seconds: &str| seconds.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let hour = match half {
        None if hour < 24 || (minute == 0 && seconds.is_none_or(is_zero)) => Some(hour),
        Some(afternoon) if (1..=12).contains(&hour) => Some(hour % 12 + if afternoon { 12 } else { 0 }),
        _ => None,
    };
    let is_read = is_time && parts.next().is_none() && date.bytes().any(|byte| byte.is_ascii_digit());
    match hour.filter(|_| is_read) {
        None => (text, None),
        Some(0) if minute == 0 && seconds.is_some_and(is_zero) && half.is_none() => (date, None),
        Some(hour) => (date, Some(60 * hour + minute)),
    }
}

/// A time without AM or PM, and whether it is in the afternoon.
fn half_of_day(time: &str) -> (&str, Option<bool>) {
    let cut = |marks: [&str; 4]| marks.iter().find_map(|mark| time.strip_suffix(mark)).map(str::trim_end);
    if let Some(time) = cut(["AM", "am", "a.m.", "A.M."]) {
        return (time, Some(false));
    }
    cut(["PM", "pm", "p.m.", "P.M."]).map_or((time, None), |time| (time, Some(true)))
}

/// The day of a date that has year, month and day.
fn read_day(text: &str, order: NumberOrder) -> Option<i32> {
    let (year, month, day) = if let Some(parts) = year_first(text).or_else(|| worded_day(text)) {
        parts
    } else {
        let (first, second, year) = two_and_year(text)?;
        match if text.contains('.') { order.dotted } else { order.other } {
            DayOrder::DayFirst => (year, second, first),
            DayOrder::MonthFirst => (year, first, second),
            DayOrder::AsFound if first == second => (year, first, second),
            DayOrder::AsFound => return None,
        }
    };
    civil(year, month, day).map(day_of_date)
}

/// `2018-09-08`, `2018/9/8`, `2018.09.08`, `20180908`
fn year_first(text: &str) -> Option<(i64, i64, i64)> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?));
    }
    let mark = text.as_bytes().get(4).copied().filter(|mark| matches!(mark, b'-' | b'/' | b'.'))?;
    let mut parts = text.split(char::from(mark));
    let (year, month, day) =
        (digits(parts.next()?, 4..=4)?, digits(parts.next()?, 1..=2)?, digits(parts.next()?, 1..=2)?);
    parts.next().is_none().then_some((year, month, day))
}

/// `8/9/2018`, `08-09-2018`, `08.09.2018`: the two numbers as they stand, and the year.
fn two_and_year(text: &str) -> Option<(i64, i64, i64)> {
    let mark = text
        .chars()
        .find(|letter| !letter.is_ascii_digit())
        .filter(|mark| matches!(mark, '/' | '-' | '.'))?;
    let mut parts = text.split(mark);
    let (first, second) = (digits(parts.next()?, 1..=2)?, digits(parts.next()?, 1..=2)?);
    let year = digits(parts.next()?, 4..=4)?;
    parts.next().is_none().then_some((first, second, year))
}

/// `8 September 2018`, `07-Sep-2018`, `September 8, 2018`, `٨ كانون الأول ٢٠١٨`
fn worded_day(text: &str) -> Option<(i64, i64, i64)> {
    let words =
        text.split([' ', ',', '-', '/', '\u{a0}', '،']).filter(|word| !word.is_empty() && *word != "de");
    let words: Vec<&str> = words.collect();
    let [first, between @ .., last, year] = &words[..] else { return None };
    let ordinal =
        |word: &str| digits(word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()), 1..=2);
    let joined = |one: &[&str], other: &[&str]| month_of_word(&[one, other].concat().join(" "));
    let (month, day) = match ordinal(first) {
        Some(day) => (joined(between, &[last])?, day),
        None => (joined(&[first], between)?, ordinal(last)?),
    };
    Some((digits(year, 4..=4)?, month, day))
}

/// `2018`, `2018-09`, `2018/09`, `September 2018`
fn read_month(text: &str) -> Option<SpelledDate> {
    if let Some(year) = digits(text, 4..=4) {
        return SpelledDate::days_of(year, None, None);
    }
    if let Some((year, month)) = text.split_once(['-', '/']) {
        return SpelledDate::days_of(digits(year, 4..=4)?, Some(digits(month, 1..=2)?), None);
    }
    let (month, year) = text.rsplit_once([' ', '\u{a0}'])?;
    SpelledDate::days_of(digits(year, 4..=4)?, Some(month_of_word(month.trim())?), None)
}

/// EDTF: one date is some day of those that it may mean; an interval with two dates lasts. Of one with a single date
/// the days of that date are known and no others, unless its end is open: then it goes on.
fn read_edtf(text: &str) -> Option<SpelledDate> {
    let edtf: Edtf = text.parse().ok()?;
    let (first, last) = match (edtf.start().date(), edtf.end().date()) {
        (Some(start), Some(end)) => (start.first, end.last),
        (Some(only), None) | (None, Some(only)) => (only.first, only.last),
        (None, None) => return None,
    };
    let has_two_dates = text.contains('/') && edtf.start().date().is_some() && edtf.end().date().is_some();
    let sense = match (has_two_dates, first == last) {
        (_, true) => TimeSense::Exact,
        (true, false) => TimeSense::Lasting,
        (false, false) => TimeSense::Within,
    };
    let goes_on = edtf.end() == EdtfEnd::Open;
    Some(SpelledDate { goes_on, ..SpelledDate::of_days(first, last, sense)? })
}

fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let is_number = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

fn civil(year: i64, month: i64, day: i64) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Whether the text of a cell is a date in any spelling, whatever comes first.
pub(super) fn is_date(text: &str) -> bool {
    let mut clock = CivilClock::of(jiff::tz::TimeZone::UTC);
    let mut read = |order| SpelledDate::read(text, NumberOrder::of(order, order), &mut clock).is_some();
    read(DayOrder::DayFirst) || read(DayOrder::MonthFirst)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{DAY_MINUTES, day_of};

    fn read(text: &str, order: DayOrder) -> Option<SpelledDate> {
        SpelledDate::read(text, NumberOrder::of(DayOrder::AsFound, order), &mut CivilClock::home())
    }

    fn is_day(text: &str, order: DayOrder, day: &str) -> bool {
        read(text, order) == SpelledDate::day(day_of(day).unwrap())
    }

    fn span(text: &str) -> (String, String, TimeSense) {
        let date = read(text, DayOrder::AsFound).unwrap();
        let day = |minute: CivilMinute| crate::situation::words_of_day(minute.div_euclid(DAY_MINUTES));
        (day(date.span.start), day(date.span.end - 1), date.sense)
    }

    #[test]
    fn times_of_half_a_day_of_utc_and_at_the_end_of_a_day_are_read() {
        let minute =
            |day: &str, minute: i32| SpelledDate::minute(minute_of_day(day_of(day).unwrap()) + minute);
        for (text, day, of_day) in [
            ("2018-09-08 10:00 PM", "2018-09-08", 22 * 60),
            ("8 September 2018 12:30 am", "2018-09-08", 30),
            ("2018-09-08 12:05PM", "2018-09-08", 12 * 60 + 5),
            ("2018-09-08 24:00", "2018-09-09", 0),
            // Damascus is three hours ahead in summer.
            ("2018-09-08 22:00 UTC", "2018-09-09", 60),
        ] {
            assert_eq!(read(text, DayOrder::AsFound), minute(day, of_day), "{text}");
        }
        for text in ["2018-09-08 24:01", "2018-09-08 13:00 PM", "2018-09-08 0:00 PM", "2018-09-08 25:00"] {
            assert_eq!(read(text, DayOrder::AsFound), None, "{text}");
        }
    }

    #[test]
    fn one_day_in_many_spellings_is_one_day() {
        for text in [
            "2018-09-08",
            " 2018-9-8 ",
            "2018/09/08",
            "2018.09.08",
            "20180908",
            "08.09.2018",
            "8.9.2018",
            "8 September 2018",
            "08 September 2018",
            "8-Sep-2018",
            "September 8, 2018",
            "Sept 8th 2018",
            "8 septembre 2018",
            "8 أيلول 2018",
            "٨ سبتمبر ٢٠١٨",
            "2018-09-08 00:00:00.000",
            "2018-09-08T00:00:00",
            "8 de septembre 2018",
            "2018-09-08?",
        ] {
            assert!(
                is_day(text, DayOrder::AsFound, "2018-09-08"),
                "{text}: {:?}",
                read(text, DayOrder::AsFound)
            );
        }
    }

    #[test]
    fn numbers_alone_are_read_as_the_column_shows() {
        assert!(is_day("8/9/2018", DayOrder::DayFirst, "2018-09-08"));
        assert!(is_day("9/8/2018", DayOrder::MonthFirst, "2018-09-08"));
        assert_eq!(read("8/9/2018", DayOrder::AsFound), None);
        assert!(is_day("9/9/2018", DayOrder::AsFound, "2018-09-09"));
        assert!(is_day("08.09.2018", DayOrder::MonthFirst, "2018-09-08"));
        let chosen = NumberOrder::of(DayOrder::MonthFirst, DayOrder::AsFound);
        let read = SpelledDate::read("08.09.2018", chosen, &mut CivilClock::home());
        assert_eq!(read, SpelledDate::day(day_of("2018-09-08").unwrap()));
    }

    #[test]
    fn a_time_is_a_minute_and_an_instant_is_turned_to_the_zone() {
        let minute = |text| read(text, DayOrder::DayFirst).unwrap().span.start - minute_of_day(17_782);
        assert_eq!(minute("2018-09-08 14:30"), 14 * 60 + 30);
        assert_eq!(minute("2018-09-08T14:30:59"), 14 * 60 + 30);
        assert_eq!(minute("8/9/2018 14:30"), 14 * 60 + 30);
        assert_eq!(minute("2018-09-08T10:30:00Z"), 13 * 60 + 30, "Damascus is three hours ahead");
        assert_eq!(minute("2018-09-08T22:30:00Z"), 25 * 60 + 30, "there it is the next day");
    }

    #[test]
    fn months_years_and_edtf_are_spans() {
        let days = |from: &str, to: &str, sense| (from.to_owned(), to.to_owned(), sense);
        assert_eq!(span("2018-09"), days("2018-09-01", "2018-09-30", TimeSense::Within));
        assert_eq!(span("September 2018"), days("2018-09-01", "2018-09-30", TimeSense::Within));
        assert_eq!(span("أيلول 2018"), days("2018-09-01", "2018-09-30", TimeSense::Within));
        assert_eq!(span("2018"), days("2018-01-01", "2018-12-31", TimeSense::Within));
        assert_eq!(span("2018-09-XX"), days("2018-09-01", "2018-09-30", TimeSense::Within));
        assert_eq!(span("2018-08-13/2018-08-17~"), days("2018-08-13", "2018-08-17", TimeSense::Lasting));
    }

    #[test]
    fn of_an_interval_with_one_end_only_the_days_of_that_end_are_known() {
        let days = |from: &str, to: &str, sense| (from.to_owned(), to.to_owned(), sense);
        for text in ["2018-08-13/", "2018-08-13/..", "/2018-08-13", "../2018-08-13"] {
            assert_eq!(span(text), days("2018-08-13", "2018-08-13", TimeSense::Exact), "{text}");
        }
        for text in ["2018-09/", "2018-09/..", "/2018-09", "../2018-09"] {
            assert_eq!(span(text), days("2018-09-01", "2018-09-30", TimeSense::Within), "{text}");
        }
        assert_eq!(span("2018-08/2018-09"), days("2018-08-01", "2018-09-30", TimeSense::Lasting));
        let goes_on = |text: &str| read(text, DayOrder::AsFound).unwrap().goes_on;
        assert!(goes_on("2018-08-13/..") && goes_on("2018-09/.."));
        assert!(!goes_on("2018-08-13/") && !goes_on("../2018-08-13") && !goes_on("2018-08-13"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            " ",
            "unknown",
            "31.2.2018",
            "8/9/18",
            "12",
            "2018-13-01",
            "Saraqib 2018",
            "25:61",
            "abc:def",
            "٨",
        ] {
            assert_eq!(read(text, DayOrder::DayFirst), None, "{text}");
        }
        assert_eq!(SpelledDate::of_number(2018.5), None);
        assert_eq!(SpelledDate::of_number(20_180_908.0), SpelledDate::day(17_782));
        assert_eq!(SpelledDate::of_number(20_181_308.0), None);
        assert_eq!(SpelledDate::of_number(2018.0).unwrap().sense, TimeSense::Within);
    }
}
