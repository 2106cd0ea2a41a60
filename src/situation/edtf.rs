//! Dates that may be uncertain, approximate, incomplete or open: EDTF level 1 (ISO 8601-2).
//!
//! Floor 1. Read are years of four digits, months and days, `?`, `~` and `%` behind them, `X` for digits, and intervals with
//! `..` or nothing at an end. Seasons, times of day and years beyond four digits are refused.

use jiff::civil::Date;

/// A text that is not EDTF as it is read here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not an EDTF date: {reason}")]
pub struct EdtfError {
    /// What was read.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// One date, its days as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EdtfDate {
    /// The first day it may mean.
    pub first: Date,
    /// The last day it may mean.
    pub last: Date,
    /// `?` or `%`: the source is not sure.
    pub is_uncertain: bool,
    /// `~` or `%`: about.
    pub is_approximate: bool,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdtfEnd {
    /// A date.
    Date(EdtfDate),
    /// `..`: there is none, it goes on.
    Open,
    /// Nothing: it is not known.
    Unknown,
}

/// An EDTF date or interval, checked; a single date is both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edtf {
    text: String,
    start: EdtfEnd,
    end: EdtfEnd,
}

impl Edtf {
    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it begins.
    pub fn start(&self) -> EdtfEnd {
        self.start
    }

    /// Where it ends.
    pub fn end(&self) -> EdtfEnd {
        self.end
    }

    /// The first day it may mean; `None` where the start is open or unknown.
    pub fn first_day(&self) -> Option<Date> {
        self.start.date().map(|date| date.first)
    }

    /// The last day it may mean; `None` where the end is open or unknown.
    pub fn last_day(&self) -> Option<Date> {
        self.end.date().map(|date| date.last)
    }

    /// Whether an end is uncertain.
    pub fn is_uncertain(&self) -> bool {
        self.dates().any(|date| date.is_uncertain)
    }

    /// Whether an end is approximate.
    pub fn is_approximate(&self) -> bool {
        self.dates().any(|date| date.is_approximate)
    }

    fn dates(&self) -> impl Iterator<Item = EdtfDate> {
        [self.start, self.end].into_iter().filter_map(EdtfEnd::date)
    }
}

impl EdtfEnd {
    /// The date, if this end has one.
    pub fn date(self) -> Option<EdtfDate> {
        match self {
            Self::Date(date) => Some(date),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl std::str::FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = |reason| EdtfError { text: text.to_owned(), reason };
        let (start, end) = match text.split_once('/') {
            None => {
                let date = EdtfEnd::Date(read_date(text).map_err(refuse)?);
                (date, date)
            }
            Some((start, end)) => (read_end(start).map_err(refuse)?, read_end(end).map_err(refuse)?),
        };
        match (start.date(), end.date()) {
            (None, None) => Err(refuse("an interval needs a date at one end")),
            (Some(start), Some(end)) if start.first > end.last => Err(refuse("it ends before it begins")),
            _ => Ok(Self { text: text.to_owned(), start, end }),
        }
    }
}

fn read_end(text: &str) -> Result<EdtfEnd, &'static str> {
    match text {
        "" => Ok(EdtfEnd::Unknown),
        ".." => Ok(EdtfEnd::Open),
        date => read_date(date).map(EdtfEnd::Date),
    }
}

fn read_date(text: &str) -> Result<EdtfDate, &'static str> {
    let (text, is_uncertain, is_approximate) = match text.as_bytes().last() {
        Some(b'?') => (&text[..text.len() - 1], true, false),
        Some(b'~') => (&text[..text.len() - 1], false, true),
        Some(b'%') => (&text[..text.len() - 1], true, true),
        _ => (text, false, false),
    };
    let (first, last) = read_days(text)?;
    Ok(EdtfDate { first, last, is_uncertain, is_approximate })
}

/// The first and the last day that a date without its qualifier may mean.
fn read_days(text: &str) -> Result<(Date, Date), &'static str> {
    let (is_before_zero, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = unsigned.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if parts.next().is_some() {
        return Err("a date has a year, a month and a day");
    }
    let (fewest, most) = read_year(year).ok_or("a year has four digits, the last one or two may be X")?;
    let (early, late) = if is_before_zero { (-most, -fewest) } else { (fewest, most) };
    if (early != late && month.is_some()) || (month == Some("XX") && day.is_some_and(|day| day != "XX")) {
        return Err("what comes behind an unknown digit must be unknown");
    }
    let months = read_part(month, 12).ok_or("a month is 01 to 12 or XX")?;
    let days = read_part(day, 31).ok_or("a day is 01 to 31 or XX")?;
    let exists = |date: Result<Date, _>| date.map_err(|_: jiff::Error| "there is no such day");
    let first = exists(Date::new(early, months.0, days.0))?;
    // A day that is given must exist; one that is left open ends with its month.
    let last_month = exists(Date::new(late, months.1, 1))?;
    let last_day = if days.0 == days.1 { days.1 } else { last_month.days_in_month() };
    Ok((first, exists(Date::new(late, months.1, last_day))?))
}

/// The smallest and the largest year that four digits may mean.
fn read_year(text: &str) -> Option<(i16, i16)> {
    let known = text.trim_end_matches('X');
    let is_number = known.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() != 4 || known.len() < 2 || !is_number {
        return None;
    }
    Some((text.replace('X', "0").parse().ok()?, text.replace('X', "9").parse().ok()?))
}

/// The first and the last value that a month or a day may mean.
fn read_part(text: Option<&str>, most: i8) -> Option<(i8, i8)> {
    match text {
        None | Some("XX") => Some((1, most)),
        Some(digits) => {
            let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            let value = digits.parse().ok().filter(|value| is_number && (1..=most).contains(value))?;
            Some((value, value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(text: &str) -> (Option<Date>, Option<Date>) {
        let edtf: Edtf = text.parse().unwrap();
        (edtf.first_day(), edtf.last_day())
    }

    fn reason(text: &str) -> &'static str {
        text.parse::<Edtf>().unwrap_err().reason
    }

    #[test]
    fn a_day_a_month_and_a_year_mean_all_their_days() {
        assert_eq!(days("2018-09-08"), (Some(date(2018, 9, 8)), Some(date(2018, 9, 8))));
        assert_eq!(days("2016-02"), (Some(date(2016, 2, 1)), Some(date(2016, 2, 29))));
        assert_eq!(days("2018"), (Some(date(2018, 1, 1)), Some(date(2018, 12, 31))));
        assert_eq!(days("-0044"), (Some(date(-44, 1, 1)), Some(date(-44, 12, 31))));
    }

    #[test]
    fn unknown_digits_mean_all_that_they_may_be() {
        assert_eq!(days("2018-09-XX"), (Some(date(2018, 9, 1)), Some(date(2018, 9, 30))));
        assert_eq!(days("2018-XX-XX"), (Some(date(2018, 1, 1)), Some(date(2018, 12, 31))));
        assert_eq!(days("2018-XX"), days("2018"));
        assert_eq!(days("201X"), (Some(date(2010, 1, 1)), Some(date(2019, 12, 31))));
        assert_eq!(days("-004X"), (Some(date(-49, 1, 1)), Some(date(-40, 12, 31))));
    }

    #[test]
    fn the_qualifiers_tell_uncertain_from_approximate() {
        let of = |text: &str| {
            let edtf: Edtf = text.parse().unwrap();
            (edtf.is_uncertain(), edtf.is_approximate(), edtf.text() == text)
        };
        assert_eq!(of("2018-09-08"), (false, false, true));
        assert_eq!(of("2018-09-08?"), (true, false, true));
        assert_eq!(of("2018-09~"), (false, true, true));
        assert_eq!(of("2018%"), (true, true, true));
        assert_eq!(of("2018-08-13/2018-08-17?"), (true, false, true));
    }

    #[test]
    fn an_interval_may_be_open_or_unknown_at_one_end() {
        assert_eq!(days("2018-08-13/2018-08-17"), (Some(date(2018, 8, 13)), Some(date(2018, 8, 17))));
        let until_now: Edtf = "2018-09-08/..".parse().unwrap();
        assert_eq!((until_now.end(), until_now.last_day()), (EdtfEnd::Open, None));
        let since: Edtf = "/2018-09-08~".parse().unwrap();
        assert_eq!((since.start(), since.is_approximate()), (EdtfEnd::Unknown, true));
        assert_eq!(reason("../"), "an interval needs a date at one end");
        assert_eq!(reason("2018-09-09/2018-09-08"), "it ends before it begins");
    }

    #[test]
    fn what_is_not_a_date_is_refused_with_its_reason() {
        assert_eq!(reason("2018-02-30"), "there is no such day");
        assert_eq!(reason("2018-09-08-01"), "a date has a year, a month and a day");
        for text in ["2018-XX-08", "201X-09"] {
            assert_eq!(reason(text), "what comes behind an unknown digit must be unknown");
        }
        for text in ["2018-13", "2018-00-10", "2018-99", "2018-9-8", "2018-1X"] {
            assert_eq!(reason(text), "a month is 01 to 12 or XX");
        }
        for text in ["2018-09-00", "2018-09-32", "2018-09-0é", "2018-09-+8"] {
            assert_eq!(reason(text), "a day is 01 to 31 or XX");
        }
        for text in ["18-09-08", "8 September 2018", "", "2XXX", "é8", "--2018", "20X8"] {
            assert_eq!(reason(text), "a year has four digits, the last one or two may be X");
        }
    }
}
