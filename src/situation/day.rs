//! Days and instants as numbers, from ISO 8601 as JSON files write it and back.
//!
//! Floor 1. Exact or not at all: `2018-9-8`, `2018-09` and a time without its zone are words and no dates.

use jiff::civil::Date;

/// The day of a whole `YYYY-MM-DD`, counted from 1970-01-01; `None` for anything else.
pub fn day_of(text: &str) -> Option<i32> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text.as_bytes() else { return None };
    let year = 100 * two_digits(y0, y1)? + two_digits(y2, y3)?;
    let (month, day) = (two_digits(m0, m1)?, two_digits(d0, d1)?);
    Date::new(year as i16, month as i8, day as i8).ok()?;
    Some(day_of_civil(year, month, day))
}

/// The instant of an RFC 3339 date and time with its zone, in milliseconds from 1970-01-01 UTC; finer digits are cut
/// off. `None` for anything else, leap seconds included.
pub fn instant_of(text: &str) -> Option<i64> {
    let (day, time) = (day_of(text.get(..10)?)?, text.as_bytes().get(10..)?);
    let [b'T' | b't' | b' ', h0, h1, b':', m0, m1, b':', s0, s1, ref rest @ ..] = *time else { return None };
    let (hour, minute, second) = (two_digits(h0, h1)?, two_digits(m0, m1)?, two_digits(s0, s1)?);
    let (milliseconds, zone) = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let thousandth = |at: usize| if at < digits { i64::from(fraction[at] - b'0') } else { 0 };
            if digits == 0 {
                return None;
            }
            (100 * thousandth(0) + 10 * thousandth(1) + thousandth(2), &fraction[digits..])
        }
        _ => (0, rest),
    };
    let east_minutes = match *zone {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            let (hours, minutes) = (two_digits(h0, h1)?, two_digits(m0, m1)?);
            let size = (hours < 24 && minutes < 60).then_some(60 * hours + minutes)?;
            if sign == b'-' { -size } else { size }
        }
        _ => return None,
    };
    (hour < 24 && minute < 60 && second < 60).then_some(())?;
    let minutes = i64::from(day) * 24 * 60 + i64::from(hour * 60 + minute - east_minutes);
    Some((minutes * 60 + i64::from(second)) * 1000 + milliseconds)
}

/// The day of a date, counted from 1970-01-01.
pub fn day_of_date(date: Date) -> i32 {
    day_of_civil(date.year().into(), date.month().into(), date.day().into())
}

/// The date of a day that is counted from 1970-01-01; `None` beyond the years −9999 to 9999.
pub fn date_of_day(day: i32) -> Option<Date> {
    let (year, month, day) = civil_of_day(day);
    Date::new(year.try_into().ok()?, month as i8, day as i8).ok()
}

/// The day as `YYYY-MM-DD`.
pub fn words_of_day(day: i32) -> String {
    let (year, month, day) = civil_of_day(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The instant in UTC, `2018-09-08T10:30:00Z`, with milliseconds where it has any.
pub fn words_of_instant(milliseconds: i64) -> String {
    let (day, [hours, minutes, seconds, fraction]) = parts_of_time(milliseconds);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    format!("{day}T{hours:02}:{minutes:02}:{seconds:02}{fraction}Z")
}

/// A civil time in milliseconds from 1970-01-01T00:00, `2018-09-08 13:30`, with seconds where it has any.
pub fn words_of_civil(milliseconds: i64) -> String {
    let (day, [hours, minutes, seconds, fraction]) = parts_of_time(milliseconds);
    let seconds = match (seconds, fraction) {
        (0, 0) => String::new(),
        (seconds, 0) => format!(":{seconds:02}"),
        (seconds, fraction) => format!(":{seconds:02}.{fraction:03}"),
    };
    format!("{day} {hours:02}:{minutes:02}{seconds}")
}

/// The day, and hours, minutes, seconds and milliseconds in it.
fn parts_of_time(milliseconds: i64) -> (String, [i64; 4]) {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let day = words_of_day(milliseconds.div_euclid(DAY_MS) as i32);
    let in_day = milliseconds.rem_euclid(DAY_MS);
    let seconds = in_day / 1000;
    (day, [seconds / 3600, seconds / 60 % 60, seconds % 60, in_day % 1000])
}

fn two_digits(tens: u8, ones: u8) -> Option<i32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
}

/// The day, counted from 1970-01-01, of a year, a month from 1 to 12 and a day that there is, by Howard Hinnant's
/// `days_from_civil`: years begin in March, so that a leap day comes last.
pub fn day_of_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day that is counted from 1970-01-01, by Howard Hinnant's `civil_from_days`.
pub fn civil_of_day(day: i32) -> (i32, i32, i32) {
    let day = i64::from(day) + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    // The days of 32 bits lie in some 12 million years.
    (year as i32, month as i32, (day_of_year - (153 * shifted + 2) / 5 + 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_has_its_own_number_and_comes_back() {
        let first = day_of("1799-12-31").unwrap();
        let mut date = jiff::civil::date(1800, 1, 1);
        for number in 1..=146_097 {
            let written = date.to_string();
            assert_eq!(day_of(&written), Some(first + number), "{written}");
            assert_eq!(words_of_day(first + number), written);
            assert_eq!((day_of_date(date), date_of_day(first + number)), (first + number, Some(date)));
            date = date.tomorrow().unwrap();
        }
        assert_eq!(day_of("1970-01-01"), Some(0));
        assert_eq!((day_of("0000-01-01").map(words_of_day)).as_deref(), Some("0000-01-01"));
    }

    #[test]
    fn what_is_not_exactly_a_day_is_none() {
        for text in
            ["2018-9-8", "2018-09", "2018-02-29", "2018-13-01", "2018-00-01", "2018-09-08 ", "२018-01-01", ""]
        {
            assert_eq!(day_of(text), None, "{text}");
        }
    }

    #[test]
    fn instants_are_those_that_jiff_reads() {
        for text in [
            "2018-09-08T10:30:00Z",
            "2018-09-08T10:30:00.5+03:00",
            "1969-12-31T23:59:59.999Z",
            "2024-02-29T00:00:00.123456-11:30",
            "0001-01-01T00:00:00Z",
        ] {
            let expected: jiff::Timestamp = text.parse().unwrap();
            assert_eq!(
                instant_of(text),
                Some(expected.as_nanosecond().div_euclid(1_000_000) as i64),
                "{text}"
            );
        }
        assert_eq!(
            words_of_instant(instant_of("2018-09-08T10:30:00.5+03:00").unwrap()),
            "2018-09-08T07:30:00.500Z"
        );
        for (text, words) in [
            ("2018-09-08T10:30:00Z", "2018-09-08 10:30"),
            ("2018-09-08T00:00:07Z", "2018-09-08 00:00:07"),
            ("1969-12-31T23:59:00.250Z", "1969-12-31 23:59:00.250"),
        ] {
            assert_eq!(words_of_civil(instant_of(text).unwrap()), words);
        }
        for text in [
            "2018-09-08T10:30:00",
            "2018-09-08T10:30Z",
            "2018-09-08T24:00:00Z",
            "2018-09-08T10:30:00.Z",
            "2018-09-08T10:30:00+0300",
        ] {
            assert_eq!(instant_of(text), None, "{text}");
        }
    }
}
