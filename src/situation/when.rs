//! When something happened: days, and how exactly they are known.
//!
//! Floor 1. Dates stay dates: no time of day and no zone is invented.

use std::fmt;

use jiff::civil::Date;

use super::word::word_list;
use super::{Edtf, EdtfEnd};

word_list! {
    /// How exactly the time is known.
    DatePrecision, "precision of a date":
    Day "day" "Day",
    DaysTwoToSix "days_2_6" "Two to six days",
    Week "week" "Week",
    Month "month" "Month",
    Year "year" "Year",
}

/// The days on one of which, or through which, something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    start: Date,
    end: Date,
    /// The same in EDTF, with what is uncertain or approximate about it.
    pub edtf: Edtf,
    /// How exactly it is known.
    pub precision: DatePrecision,
}

/// Days that do not make a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// The last day is before the first.
    #[error("the last day {end} is before the first day {start}")]
    EndsBeforeItBegins {
        /// The first day.
        start: Date,
        /// The last day.
        end: Date,
    },
    /// The EDTF text means other days.
    #[error("the EDTF date {edtf:?} does not mean the days {start} to {end}")]
    EdtfDiffers {
        /// The first day.
        start: Date,
        /// The last day.
        end: Date,
        /// The text.
        edtf: String,
    },
}

/// Whether something happened in a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayMatch {
    /// It did not.
    No,
    /// It may have: its days only overlap the span.
    Possible,
    /// All its days lie in the span.
    Certain,
}

impl When {
    /// From the first to the last day, both included. An EDTF end that is open or unknown agrees with any day.
    pub fn new(start: Date, end: Date, edtf: Edtf, precision: DatePrecision) -> Result<Self, WhenError> {
        if end < start {
            return Err(WhenError::EndsBeforeItBegins { start, end });
        }
        let agrees = |of_edtf: Option<Date>, day| of_edtf.is_none_or(|of_edtf| of_edtf == day);
        if !agrees(edtf.first_day(), start) || !agrees(edtf.last_day(), end) {
            return Err(WhenError::EdtfDiffers { start, end, edtf: edtf.text().to_owned() });
        }
        Ok(Self { start, end, edtf, precision })
    }

    /// The first day.
    pub fn first_day(&self) -> Date {
        self.start
    }

    /// The last day that is known, included.
    pub fn last_known_day(&self) -> Date {
        self.end
    }

    /// The last day, included; `None` where it goes on, or nobody knows how long it went on.
    pub fn last_day(&self) -> Option<Date> {
        matches!(self.edtf.end(), EdtfEnd::Date(_)).then_some(self.end)
    }
}

/// "8 September 2018", "13–17 August 2018, day not known", "8 September 2018, date uncertain", "since 8 September 2018, no
/// end given".
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        let (before, behind) = match (self.edtf.start(), self.edtf.end()) {
            (_, EdtfEnd::Open) => ("since ", ", no end given"),
            (_, EdtfEnd::Unknown) => ("from ", ", its end not known"),
            (EdtfEnd::Open | EdtfEnd::Unknown, _) => ("until ", ", its beginning not known"),
            _ => ("", ""),
        };
        f.write_str(before)?;
        let last = end.strftime("%-d %B %Y");
        if start == end {
            write!(f, "{last}")?;
        } else if (start.year(), start.month()) == (end.year(), end.month()) {
            write!(f, "{}–{last}", start.day())?;
        } else if start.year() == end.year() {
            write!(f, "{} – {last}", start.strftime("%-d %B"))?;
        } else {
            write!(f, "{} – {last}", start.strftime("%-d %B %Y"))?;
        }
        if start != end && self.precision != DatePrecision::Day {
            write!(f, ", day not known")?;
        }
        f.write_str(behind)?;
        match (self.edtf.is_uncertain(), self.edtf.is_approximate()) {
            (true, true) => write!(f, ", date uncertain and approximate"),
            (true, false) => write!(f, ", date uncertain"),
            (false, true) => write!(f, ", date approximate"),
            (false, false) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn when(edtf: &str, precision: DatePrecision) -> When {
        let edtf: Edtf = edtf.parse().unwrap();
        When::new(edtf.first_day().unwrap(), edtf.last_day().unwrap(), edtf, precision).unwrap()
    }

    fn september(day: i8) -> Date {
        date(2018, 9, day)
    }

    #[test]
    fn a_time_is_written_with_what_is_not_known_of_it() {
        let words = |edtf, precision| when(edtf, precision).to_string();
        assert_eq!(words("2018-09-08", DatePrecision::Day), "8 September 2018");
        assert_eq!(words("2018-09-08?", DatePrecision::Day), "8 September 2018, date uncertain");
        let range = DatePrecision::DaysTwoToSix;
        assert_eq!(words("2018-08-13/2018-08-17", range), "13–17 August 2018, day not known");
        assert_eq!(words("2018-08-29/2018-09-02", range), "29 August – 2 September 2018, day not known");
        let one_end = |edtf: &str| {
            let eighth = september(8);
            When::new(eighth, eighth, edtf.parse().unwrap(), DatePrecision::Day).unwrap().to_string()
        };
        assert_eq!(one_end("2018-09-08/.."), "since 8 September 2018, no end given");
        assert_eq!(one_end("2018-09-08/"), "from 8 September 2018, its end not known");
        assert_eq!(one_end("../2018-09-08"), "until 8 September 2018, its beginning not known");
        let from_to = words("2018-12-30/2019-01-02~", DatePrecision::Day);
        assert_eq!(from_to, "30 December 2018 – 2 January 2019, date approximate");
    }

    #[test]
    fn days_and_edtf_that_disagree_are_refused() {
        let edtf: Edtf = "2018-09-08".parse().unwrap();
        let differs = When::new(september(8), september(9), edtf.clone(), DatePrecision::Day);
        assert!(matches!(differs, Err(WhenError::EdtfDiffers { .. })));
        let backwards = When::new(september(8), september(7), edtf, DatePrecision::Day);
        assert!(matches!(backwards, Err(WhenError::EndsBeforeItBegins { .. })));
    }
}
