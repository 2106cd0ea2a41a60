//! What the rows that are shown have in one column: how many have a value, how many different ones, and how they lie.
//!
//! Floor 2. Rows are counted and values compared; nothing is ever added up, because rows of events overlap.

use rayon::prelude::*;

use super::column_summary::{ColumnSummary, known_days, known_numbers};
use super::source_values::SourceValues;
use crate::situation::{CivilClock, Column, ColumnData, FeatureStore, RowMask};

/// More bars than this nobody tells apart in the width of a menu.
const MOST_BARS: usize = 24;

/// What some rows have in one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnStatistics {
    /// How many rows were asked.
    pub rows: usize,
    /// How many of them have a value.
    pub filled: usize,
    /// How many different values they have.
    pub distinct: usize,
    /// The ends, or the values with the rows that have each; of texts that are only in the source the most frequent.
    pub summary: ColumnSummary,
    /// How the numbers or days lie between the ends.
    pub bars: Option<Bars>,
}

/// Rows counted between two ends, in bars of the same width.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Rows in each bar: from its beginning on, up to that of the next; the last one has its end, too.
    pub counts: Vec<u32>,
    /// Where the first bar begins.
    pub least: f64,
    /// What each bar is wide: a whole number where all values are.
    pub width: f64,
}

impl ColumnStatistics {
    /// Of these rows, instants by their days in the time of `clock`. What is only in the source is read there; `go_on` is that
    /// of [`crate::situation::RowScan`]. An error is a sentence for the user.
    pub fn of(
        features: &FeatureStore,
        column: &Column,
        rows: &RowMask,
        clock: &mut CivilClock,
        go_on: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Self, String> {
        let asked = rows.count();
        let of_known =
            |filled, distinct, summary, bars| Self { rows: asked, filled, distinct, summary, bars };
        Ok(match &column.data {
            ColumnData::Number(_) => {
                let mut known = known_numbers(column, rows);
                let (summary, bars, filled) = (ColumnSummary::numbers(&known), Bars::of(&known), known.len());
                known.par_sort_unstable_by(f64::total_cmp);
                known.dedup_by(|a, b| a == b);
                of_known(filled, known.len(), summary, bars)
            }
            ColumnData::Day(_) | ColumnData::Instant(_) => {
                let mut known = known_days(column, rows, clock);
                let days: Vec<f64> = known.iter().map(|&day| f64::from(day)).collect();
                let (summary, bars, filled) = (ColumnSummary::days(&known), Bars::of(&days), known.len());
                known.par_sort_unstable();
                known.dedup();
                of_known(filled, known.len(), summary, bars)
            }
            ColumnData::Word { .. } | ColumnData::Bool(_) => {
                let summary = ColumnSummary::among(column, rows, clock);
                let (filled, distinct) = counted(&summary);
                of_known(filled, distinct, summary, None)
            }
            ColumnData::InSource { .. } => {
                let values = SourceValues::of(features, &column.name, rows, go_on)?;
                let summary = match values.most_frequent.is_empty() {
                    true => ColumnSummary::Nothing,
                    false => ColumnSummary::Words(values.most_frequent),
                };
                of_known(values.filled, values.distinct, summary, None)
            }
        })
    }
}

/// Rows with a value and different values.
fn counted(summary: &ColumnSummary) -> (usize, usize) {
    match summary {
        ColumnSummary::Words(words) => (words.iter().map(|(_, rows)| rows).sum(), words.len()),
        _ => (0, 0),
    }
}

impl Bars {
    /// `None` where there is nothing between the ends.
    fn of(values: &[f64]) -> Option<Self> {
        let ColumnSummary::Numbers(least, greatest) = ColumnSummary::numbers(values) else { return None };
        let span = greatest - least;
        if span <= 0.0 || !span.is_finite() {
            return None;
        }
        let are_whole = values.iter().all(|value| value.fract() == 0.0 || !value.is_finite());
        let (width, bars) = if are_whole {
            // A bar of whole numbers holds as many of them as the next.
            let width = ((span + 1.0) / MOST_BARS as f64).ceil();
            (width, (span / width).floor() as usize + 1)
        } else {
            (span / MOST_BARS as f64, MOST_BARS)
        };
        let mut counts = vec![0; bars];
        for value in values.iter().filter(|value| value.is_finite()) {
            let bar = ((value - least) / width) as usize;
            counts[bar.min(bars - 1)] += 1;
        }
        Some(Self { counts, least, width })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::situation::{
        Codes, DetailSource, FeatureDetails, FeatureStoreBuilder, GeometryKind, PropertyValue, instant_of,
    };

    /// Three rows of four have one of two texts, and one has none.
    struct Texts;

    impl DetailSource for Texts {
        fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
            let value = match start % 4 {
                0 => PropertyValue::Null,
                3 => PropertyValue::Text("seldom".to_owned()),
                _ => PropertyValue::Text("often".to_owned()),
            };
            Ok(FeatureDetails { properties: vec![("v".to_owned(), value)], ..FeatureDetails::default() })
        }
    }

    fn statistics(data: ColumnData, rows: &[usize], of: usize) -> ColumnStatistics {
        let mut builder = FeatureStoreBuilder::default();
        for row in 0..of as u64 {
            builder.end_feature(GeometryKind::None, (row, row + 1));
        }
        let column = Column { name: "v".to_owned(), filled: 1, data };
        let mut mask = RowMask::none(of);
        rows.iter().for_each(|&row| mask.insert(row));
        let store = builder.finish(Vec::new(), Some(Arc::new(Texts)));
        ColumnStatistics::of(&store, &column, &mask, &mut CivilClock::home(), &|_| true).unwrap()
    }

    #[test]
    fn only_the_rows_that_are_shown_count_and_unknown_is_no_value() {
        let numbers = ColumnData::Number(vec![3.0, f64::NAN, 5.0, 900.0, 3.0, f64::INFINITY]);
        let found = statistics(numbers, &[0, 1, 2, 4, 5], 6);
        assert_eq!((found.rows, found.filled, found.distinct), (5, 4, 3));
        assert_eq!(found.summary, ColumnSummary::Numbers(3.0, 5.0));
        assert_eq!(found.bars, Some(Bars { counts: vec![2, 0, 1], least: 3.0, width: 1.0 }));
        let nothing = statistics(ColumnData::Number(vec![f64::NAN; 3]), &[0, 1], 3);
        assert_eq!((nothing.filled, nothing.summary), (0, ColumnSummary::Nothing));
    }

    #[test]
    fn words_are_counted_the_most_frequent_first() {
        let words = ["a", "b", "c"].map(str::to_owned).into();
        let codes = [Some(0), Some(1), None, Some(1), Some(2)].into_iter();
        let data = ColumnData::Word { words, codes: Codes::collect(3, codes) };
        let found = statistics(data, &[0, 1, 2, 3], 5);
        assert_eq!((found.rows, found.filled, found.distinct), (4, 3, 2));
        let expected = vec![("b".to_owned(), 2), ("a".to_owned(), 1)];
        assert_eq!(found.summary, ColumnSummary::Words(expected));
    }

    #[test]
    fn what_is_only_in_the_source_is_counted_there() {
        let data = || ColumnData::InSource { kind: "text" };
        let all: Vec<usize> = (0..1000).collect();
        let found = statistics(data(), &all, 1000);
        assert_eq!((found.rows, found.filled, found.distinct), (1000, 750, 2));
        let words = vec![("often".to_owned(), 500), ("seldom".to_owned(), 250)];
        assert_eq!(found.summary, ColumnSummary::Words(words));
        let found = statistics(data(), &[0, 4, 7], 1000);
        assert_eq!((found.rows, found.filled, found.distinct), (3, 1, 1));
        assert_eq!(statistics(data(), &[0, 4], 1000).summary, ColumnSummary::Nothing);
    }

    #[test]
    fn instants_are_counted_by_their_days_where_the_clock_is() {
        let instants = ["2018-09-07T20:59:00Z", "2018-09-07T21:00:00Z", "2018-09-08T20:59:00Z"];
        let instants = instants.map(|text| instant_of(text).unwrap()).to_vec();
        let found = statistics(ColumnData::Instant(instants), &[0, 1, 2], 3);
        let day = |text: &str| crate::situation::day_of(text).unwrap();
        assert_eq!(found.summary, ColumnSummary::Days(day("2018-09-07"), day("2018-09-08")));
        assert_eq!((found.distinct, found.bars.unwrap().counts), (2, vec![1, 2]));
    }

    #[test]
    fn every_known_value_is_in_a_bar_and_whole_numbers_are_shared_out_evenly() {
        let days = ColumnData::Day((0..96).collect());
        let rows: Vec<usize> = (0..96).collect();
        let found = statistics(days, &rows, 96).bars.unwrap();
        assert_eq!((found.counts, found.width), (vec![4; 24], 4.0));
        let halves = ColumnData::Number((0..96).map(|n| f64::from(n) / 2.0).collect());
        let found = statistics(halves, &rows, 96).bars.unwrap();
        assert_eq!((found.counts.len(), found.counts.iter().sum::<u32>()), (24, 96));
        assert_eq!(statistics(ColumnData::Day(vec![5; 96]), &rows, 96).bars, None);
    }
}
