//! Dates that stand in a table and are not understood: how many rows have one, and the first of them.
//!
//! Floor 1. Such a row is undated; whoever opened the table must know that it would not have to be.

use super::{
    ColumnData, DateCell, EventField, EventMapping, EventTimes, FeatureRow, FeatureStore, TimeSense,
};

/// Rows with a date that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadDates {
    /// How many; at least so many where only some of the rows were looked at.
    pub rows: usize,
    /// The first of them.
    pub first: DateCell,
}

impl UnreadDates {
    /// Those of a table with these times; `None` where there are none.
    pub(super) fn of(features: &FeatureStore, mapping: &EventMapping, times: &EventTimes) -> Option<Self> {
        /// Rows of which a cell is decoded from the source, at most.
        const MOST_DECODED: usize = 2000;
        let undated = times.senses().iter().enumerate();
        let undated = undated.filter(|(_, sense)| **sense == TimeSense::Undated).map(|(row, _)| row);
        let fields = [EventField::Date, EventField::LastDate];
        let names: Vec<&String> = fields.iter().flat_map(|field| mapping.columns(*field)).collect();
        let is_in_source = |name: &String| {
            features.column(name).is_none_or(|column| matches!(column.data, ColumnData::InSource { .. }))
        };
        let most = if names.iter().any(|name| is_in_source(name)) { MOST_DECODED } else { usize::MAX };
        let words = |row: FeatureRow| names.iter().find_map(|name| cell_words(features, name, row));
        let mut unread = undated.take(most).filter_map(|row| Some((row, words(row)?)));
        let (row, words) = unread.next()?;
        let rows = 1 + unread.count();
        Some(Self { rows, first: DateCell::of(features, row, &words) })
    }

    /// A sentence for the user, without a stop; `quoted` is given what is quoted of the table.
    pub fn sentence(&self, quoted: &dyn Fn(&str) -> String) -> String {
        let Self { rows, first } = self;
        let have = if *rows == 1 { "row has" } else { "rows have" };
        let first = first.told(quoted);
        format!("{rows} {have} a date that cannot be read and no time, such as {first}")
    }
}

fn cell_words(features: &FeatureStore, name: &str, row: FeatureRow) -> Option<String> {
    let held = features.column(name).and_then(|column| {
        let number = || column.number(row).map(|number| number.to_string());
        column.text(row).map(|text| text.into_owned()).or_else(number)
    });
    let is_held =
        features.column(name).is_some_and(|column| !matches!(column.data, ColumnData::InSource { .. }));
    let words = if is_held { held } else { features.details(row).ok()?.words(name) };
    words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
}
