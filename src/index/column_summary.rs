//! What a column holds, told in a few numbers or words.
//!
//! Floor 2.

use super::expression::{DAY_MS, code_counts};
use crate::situation::{CivilClock, Column, ColumnData, DAY_MINUTES, RowMask, are_days};

/// What a column holds, for a person who wants to filter by it.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnSummary {
    /// Numbers, the least and the greatest of them.
    Numbers(f64, f64),
    /// Days from 1970-01-01, the first and the last.
    Days(i32, i32),
    /// Values and how many rows have each, the most frequent first.
    Words(Vec<(String, usize)>),
    /// Texts that are only in the source.
    Texts,
    /// Nothing, in any row.
    Nothing,
}

impl ColumnSummary {
    /// Looks at every row of the column; instants by their day in the usual zone.
    pub fn of(column: &Column) -> Self {
        Self::by_clock(column, &mut CivilClock::home())
    }

    /// The same with instants by their day in the time of `clock`.
    pub fn by_clock(column: &Column, clock: &mut CivilClock) -> Self {
        Self::among(column, &RowMask::all(rows_held(&column.data)), clock)
    }

    /// Looks at some rows of the column.
    pub fn among(column: &Column, rows: &RowMask, clock: &mut CivilClock) -> Self {
        match &column.data {
            _ if column.filled == 0 => Self::Nothing,
            ColumnData::Number(_) => Self::numbers(&known_numbers(column, rows)),
            ColumnData::Day(_) | ColumnData::Instant(_) => Self::days(&known_days(column, rows, clock)),
            ColumnData::Word { words, codes } => {
                Self::words(words.iter().cloned().zip(code_counts(codes, words.len(), rows)))
            }
            ColumnData::Bool(values) => {
                let count = |wanted| rows.iter().filter(|&row| values[row] == Some(wanted)).count();
                Self::words([true, false].map(|value| (value.to_string(), count(value))).into_iter())
            }
            ColumnData::InSource { .. } => Self::Texts,
        }
    }

    pub(super) fn numbers(known: &[f64]) -> Self {
        let finite = known.iter().copied().filter(|value| value.is_finite());
        let ends = finite.clone().reduce(f64::min).zip(finite.reduce(f64::max));
        ends.map_or(Self::Nothing, |(least, greatest)| Self::Numbers(least, greatest))
    }

    pub(super) fn days(known: &[i32]) -> Self {
        let ends = known.iter().min().zip(known.iter().max());
        ends.map_or(Self::Nothing, |(&first, &last)| Self::Days(first, last))
    }

    fn words(counted: impl Iterator<Item = (String, usize)>) -> Self {
        let mut counted: Vec<_> = counted.filter(|&(_, count)| count > 0).collect();
        counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if counted.is_empty() { Self::Nothing } else { Self::Words(counted) }
    }
}

fn rows_held(data: &ColumnData) -> usize {
    match data {
        ColumnData::Number(values) => values.len(),
        ColumnData::Day(days) => days.len(),
        ColumnData::Instant(instants) => instants.len(),
        ColumnData::Word { codes, .. } => codes.len(),
        ColumnData::Bool(values) => values.len(),
        ColumnData::InSource { .. } => 0,
    }
}

/// The numbers that these rows have, in their order; none where the column holds no numbers.
pub(super) fn known_numbers(column: &Column, rows: &RowMask) -> Vec<f64> {
    let ColumnData::Number(values) = &column.data else { return Vec::new() };
    rows.iter().map(|row| values[row]).filter(|value| !value.is_nan()).collect()
}

/// The days that these rows have, in their order; none where the column holds no dates. Instants that are all midnights in
/// UTC are days that a program wrote so; others are of the day in the time of `clock`.
pub(super) fn known_days(column: &Column, rows: &RowMask, clock: &mut CivilClock) -> Vec<i32> {
    match &column.data {
        ColumnData::Day(days) => {
            rows.iter().map(|row| days[row]).filter(|&day| day != ColumnData::NO_DAY).collect()
        }
        ColumnData::Instant(instants) => {
            let are_days = are_days(instants);
            let day_of = |instant: i64| match are_days {
                true => instant.div_euclid(DAY_MS) as i32,
                false => clock.minute_of(instant).div_euclid(DAY_MINUTES),
            };
            let given = rows.iter().map(|row| instants[row]);
            given.filter(|&instant| instant != ColumnData::NO_INSTANT).map(day_of).collect()
        }
        _ => Vec::new(),
    }
}
