//! One property of all features, side by side.
//!
//! Floor 1.

use std::borrow::Cow;

use super::Codes;
use super::day::{words_of_day, words_of_instant};

/// One property over all rows of a store.
#[derive(Debug, Clone)]
pub struct Column {
    /// The property's name.
    pub name: String,
    /// How many rows have a value that is not `null`.
    pub filled: u32,
    /// The values, one a row where they are held here.
    pub data: ColumnData,
}

/// How a column is held.
#[derive(Debug, Clone)]
pub enum ColumnData {
    /// Numbers; NaN where the row has none, infinite where the file's number is out of range.
    Number(Vec<f64>),
    /// Short repeated strings, and not all of them dates.
    Word {
        /// Each string once, in order of first appearance.
        words: Vec<String>,
        /// An index into `words` for each row.
        codes: Codes,
    },
    /// Strings that are all `YYYY-MM-DD`: days from 1970-01-01, [`ColumnData::NO_DAY`] where the row has none.
    Day(Vec<i32>),
    /// Strings that are all RFC 3339 with a zone: milliseconds from 1970-01-01 UTC, [`ColumnData::NO_INSTANT`] where
    /// the row has none.
    Instant(Vec<i64>),
    /// `true` and `false`; `None` where the row has none.
    Bool(Vec<Option<bool>>),
    /// Long, mixed or nested values: not held here, decoded from the source when asked.
    InSource {
        /// What the values are, in the words of the inspect command: `text`, `json`, `mixed`, or one of the other
        /// types where very few rows have a value; `null` where none has.
        kind: &'static str,
    },
}

impl ColumnData {
    /// The day of a row without a value in [`ColumnData::Day`].
    pub const NO_DAY: i32 = i32::MIN;

    /// The instant of a row without a value in [`ColumnData::Instant`].
    pub const NO_INSTANT: i64 = i64::MIN;

    /// The name of the type for people: `number`, `text`, `date`, `bool`, `json`, `mixed` or `null`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Word { .. } => "text",
            Self::Day(_) | Self::Instant(_) => "date",
            Self::Bool(_) => "bool",
            Self::InSource { kind } => kind,
        }
    }

    /// What the values take in memory.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::Number(values) => size_of_val(&values[..]),
            Self::Word { words, codes } => {
                let texts: usize = words.iter().map(|word| size_of::<String>() + word.capacity()).sum();
                texts + codes.heap_bytes()
            }
            Self::Day(days) => size_of_val(&days[..]),
            Self::Instant(instants) => size_of_val(&instants[..]),
            Self::Bool(values) => size_of_val(&values[..]),
            Self::InSource { .. } => 0,
        }
    }
}

impl Column {
    /// The row's number; `None` where it has none or the column holds no numbers.
    pub fn number(&self, row: usize) -> Option<f64> {
        match &self.data {
            ColumnData::Number(values) => values.get(row).copied().filter(|value| !value.is_nan()),
            _ => None,
        }
    }

    /// The row's interned string; `None` where it has none or the column holds no words.
    pub fn word(&self, row: usize) -> Option<&str> {
        match &self.data {
            ColumnData::Word { words, codes } => words.get(codes.get(row)? as usize).map(String::as_str),
            _ => None,
        }
    }

    /// The row's string, a date in ISO 8601 (an instant in UTC, whatever zone the file writes); `None` where it has
    /// none or the column holds no strings.
    pub fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match &self.data {
            ColumnData::Word { .. } => self.word(row).map(Cow::Borrowed),
            ColumnData::Day(days) => {
                let day = days.get(row).filter(|&&day| day != ColumnData::NO_DAY);
                day.map(|&day| Cow::Owned(words_of_day(day)))
            }
            ColumnData::Instant(instants) => {
                let instant = instants.get(row).filter(|&&instant| instant != ColumnData::NO_INSTANT);
                instant.map(|&instant| Cow::Owned(words_of_instant(instant)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_text_and_rows_without_one_as_none() {
        let column = |data| Column { name: "date".into(), filled: 1, data };
        let days = column(ColumnData::Day(vec![17_782, ColumnData::NO_DAY]));
        assert_eq!((days.text(0).as_deref(), days.text(1), days.text(2)), (Some("2018-09-08"), None, None));
        let instants = column(ColumnData::Instant(vec![1_536_402_600_000, ColumnData::NO_INSTANT]));
        assert_eq!((instants.text(0).as_deref(), instants.text(1)), (Some("2018-09-08T10:30:00Z"), None));
        assert_eq!(instants.data.type_name(), "date");
    }
}
