//! What a column holds, told in a few numbers or words.
//!
//! Floor 2.

use super::expression::DAY_MS;
use crate::situation::{Column, ColumnData};

/// What a column holds, for a person who wants to filter by it.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnSummary {
    /// Numbers, the least and the greatest of them.
    Numbers(f64, f64),
    /// Days from 1970-01-01, the first and the last; instants by their day in UTC.
    Days(i32, i32),
    /// Every value and how many rows have it, the most frequent first.
    Words(Vec<(String, usize)>),
    /// Texts that are only in the source.
    Texts,
    /// Nothing, in any row.
    Nothing,
}

impl ColumnSummary {
    /// Looks at every row of the column.
    pub fn of(column: &Column) -> Self {
        match &column.data {
            _ if column.filled == 0 => Self::Nothing,
            ColumnData::Number(values) => {
                let known = values.iter().copied().filter(|value| value.is_finite());
                match known.clone().reduce(f64::min).zip(known.reduce(f64::max)) {
                    Some((least, greatest)) => Self::Numbers(least, greatest),
                    None => Self::Nothing,
                }
            }
            ColumnData::Day(days) => {
                Self::days(days.iter().copied().filter(|&day| day != ColumnData::NO_DAY))
            }
            ColumnData::Instant(instants) => {
                let known = instants.iter().filter(|&&instant| instant != ColumnData::NO_INSTANT);
                Self::days(known.map(|instant| instant.div_euclid(DAY_MS) as i32))
            }
            ColumnData::Word { words, codes } => {
                let mut counts = vec![0; words.len()];
                (0..codes.len()).filter_map(|row| codes.get(row)).for_each(|code| counts[code as usize] += 1);
                Self::words(words.iter().cloned().zip(counts))
            }
            ColumnData::Bool(values) => {
                let count = |wanted| values.iter().filter(|&&value| value == Some(wanted)).count();
                Self::words([true, false].map(|value| (value.to_string(), count(value))).into_iter())
            }
            ColumnData::InSource { .. } => Self::Texts,
        }
    }

    fn days(days: impl Iterator<Item = i32> + Clone) -> Self {
        days.clone().min().zip(days.max()).map_or(Self::Nothing, |(first, last)| Self::Days(first, last))
    }

    fn words(counted: impl Iterator<Item = (String, usize)>) -> Self {
        let mut counted: Vec<_> = counted.filter(|&(_, count)| count > 0).collect();
        counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Self::Words(counted)
    }
}
