//! Dates that stand in a table and are not understood: how many rows have one, and the first of them.
//!
//! Floor 1. Such a row is undated; whoever opened the table must know that it would not have to be.

use super::spelled_date::is_date;
use super::{ColumnData, EventField, EventMapping, EventTimes, FeatureRow, FeatureStore, TimeSense};

/// Rows with a date that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadDates {
    /// How many; at least so many where only some of the rows were looked at.
    pub rows: usize,
    /// The first of them.
    pub first: FeatureRow,
    /// What it says.
    pub words: String,
    /// Whether it could be read if it were known what comes first, the day or the month.
    pub is_ambiguous: bool,
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
        let (first, words) = unread.next()?;
        Some(Self { rows: 1 + unread.count(), first, is_ambiguous: is_date(&words), words })
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

impl std::fmt::Display for UnreadDates {
    /// A sentence for the user, without a stop.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, first, words, is_ambiguous } = self;
        let have = if *rows == 1 { "row has" } else { "rows have" };
        write!(
            out,
            "{rows} {have} a date that cannot be read and no time, such as “{words}” in feature {first}"
        )?;
        let hint = "; nothing shows whether the day or the month comes first";
        out.write_str(if *is_ambiguous { hint } else { "" })
    }
}
