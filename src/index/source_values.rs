//! Values that are only in the source, counted.
//!
//! Floor 2. A row costs 16 bytes: values are told apart by a hash of 64 bits, and only the most frequent are read again. That
//! two values of a million share a hash comes about once in 30 million columns.

use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::expression::ValueCount;
use crate::situation::{FeatureRow, FeatureStore, PropertyValue, RowMask, RowScan};

/// More values than this nobody reads in a list.
const MOST_NAMED: usize = 64;

/// What rows have in a column that is only in the source.
pub(super) struct SourceValues {
    /// Rows with a value.
    pub filled: usize,
    /// Different values.
    pub distinct: usize,
    /// The most frequent values and the rows of each; those that are as frequent by their letters.
    pub most_frequent: Vec<ValueCount>,
}

impl SourceValues {
    /// Of these rows; `go_on` is that of [`RowScan`]. An error is a sentence for the user.
    pub fn of(
        features: &FeatureStore,
        name: &str,
        rows: &RowMask,
        go_on: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Self, String> {
        let wanted = [name];
        let scan = RowScan { rows: Some(rows), go_on, ..RowScan::of(&wanted) };
        let stretches = features.scan(&scan, |met: &mut Vec<(u64, u32)>, row, details| {
            if let Some(value) = details.value(name).filter(|value| **value != PropertyValue::Null) {
                met.push((hash_of(value), row as u32));
            }
        })?;
        let mut met = stretches.concat();
        met.par_sort_unstable();
        let mut values: Vec<(usize, u32)> =
            met.chunk_by(|a, b| a.0 == b.0).map(|same| (same.len(), same[0].1)).collect();
        let distinct = values.len();
        // The first rows stand for their values. Where not all are named, those that come first are.
        let by_frequency = |&(count, row): &(usize, u32)| (std::cmp::Reverse(count), row);
        if values.len() > MOST_NAMED {
            values.select_nth_unstable_by_key(MOST_NAMED, by_frequency);
            values.truncate(MOST_NAMED);
        }
        let named = |&(count, row): &(usize, u32)| {
            let details = features.details(row as FeatureRow)?;
            Ok((details.value(name).map(PropertyValue::to_display).unwrap_or_default(), count))
        };
        let mut most_frequent: Vec<ValueCount> = values.iter().map(named).collect::<Result<_, String>>()?;
        most_frequent.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(Self { filled: met.len(), distinct, most_frequent })
    }
}

fn hash_of(value: &PropertyValue) -> u64 {
    let mut hasher = DefaultHasher::new();
    match value {
        PropertyValue::Text(text) | PropertyValue::Json(text) => text.hash(&mut hasher),
        other => other.to_display().hash(&mut hasher),
    }
    hasher.finish()
}
