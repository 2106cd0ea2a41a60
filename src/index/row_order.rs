//! The rows of a layer in the order of one of its columns.
//!
//! Floor 2. Rows of the same value stay in the order of the file, or in that of another column, and rows without one stand
//! last, whichever way they are sorted. Words are sorted once a word: the rows then only take their places, one after the other. What is only in the
//! source is read there once.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::folded::folded;
use super::sort_keys::{SortKeys, rows_by_sort_key};
use crate::situation::{Codes, Column, ColumnData, FeatureDetails, FeatureRow, FeatureStore, RowScan};

/// Which way rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum SortDirection {
    /// The least first: numbers by their size, dates by time, words by their letters.
    Ascending,
    /// The greatest first.
    Descending,
}

/// How rows are sorted.
#[derive(Debug, Clone, Copy)]
pub struct Sorting<'a> {
    /// Which way.
    pub direction: SortDirection,
    /// In which order rows of the same value stay, and those without one; that of the file where `None`.
    pub among: Option<&'a RowOrder>,
}

impl From<SortDirection> for Sorting<'_> {
    fn from(direction: SortDirection) -> Self {
        Self { direction, among: None }
    }
}

impl Sorting<'_> {
    /// The row at a place of the order that rows of the same value stay in.
    pub(super) fn row_at(&self, place: usize) -> u32 {
        self.among.map_or(place as u32, |order| order.rows[place])
    }

    /// The place of each row in that order; `None` where it is that of the file.
    pub(super) fn places(&self) -> Option<Vec<u32>> {
        let order = self.among?;
        let mut places = vec![0; order.rows.len()];
        for (place, &row) in (0..).zip(&order.rows) {
            places[row as usize] = place;
        }
        Some(places)
    }
}

/// All rows of a layer in an order of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOrder {
    rows: Vec<u32>,
}

impl RowOrder {
    /// By the values of a column. In one that is only in the source numbers stand before texts, and texts are compared by
    /// their beginnings; `go_on` is that of [`RowScan`]. An error is a sentence for the user.
    pub fn of_column<'a>(
        features: &FeatureStore,
        column: &Column,
        sorting: impl Into<Sorting<'a>>,
        go_on: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Self, String> {
        let sorting = &sorting.into();
        let rows = match &column.data {
            ColumnData::Number(values) => rows_by_key(values, key_of_number, sorting),
            ColumnData::Day(days) => {
                let key = |day| (day != ColumnData::NO_DAY).then(|| key_of_integer(i64::from(day)));
                rows_by_key(days, key, sorting)
            }
            ColumnData::Instant(instants) => {
                let key = |instant| (instant != ColumnData::NO_INSTANT).then(|| key_of_integer(instant));
                rows_by_key(instants, key, sorting)
            }
            ColumnData::Bool(values) => {
                rows_by_key(values, |value| value.map(|value| key_of_integer(value.into())), sorting)
            }
            ColumnData::Word { words, codes } => rows_by_word(words, codes, sorting),
            ColumnData::InSource { .. } => {
                let wanted = [column.name.as_str()];
                let scan = RowScan { go_on, ..RowScan::of(&wanted) };
                let keys = features.scan(&scan, |keys: &mut SortKeys, row, details| {
                    details.value(&column.name).into_iter().for_each(|value| keys.push_value(row, value));
                })?;
                rows_by_sort_key(features.len(), &keys, sorting)
            }
        };
        Ok(Self { rows })
    }

    /// By a text that is made of what the source says of each row, `None` for a row without one.
    pub fn of_texts<'a>(
        features: &FeatureStore,
        scan: &RowScan<'_>,
        sorting: impl Into<Sorting<'a>>,
        text: impl Fn(FeatureRow, &FeatureDetails) -> Option<String> + Sync,
    ) -> Result<Self, String> {
        let keys = features.scan(scan, |keys: &mut SortKeys, row, details| {
            text(row, details).into_iter().for_each(|text| keys.push_text(row, &text));
        })?;
        Ok(Self { rows: rows_by_sort_key(features.len(), &keys, &sorting.into()) })
    }

    /// The rows from the first place to the last, each once.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }
}

/// So that greater numbers have greater keys, the keys of unequal numbers are unequal, and −0 is 0; `None` for NaN.
pub(super) fn key_of_number(number: f64) -> Option<u64> {
    if number.is_nan() {
        return None;
    }
    let bits = (number + 0.0).to_bits();
    Some(if bits >> 63 == 1 { !bits } else { bits | 1 << 63 })
}

fn key_of_integer(integer: i64) -> u64 {
    integer as u64 ^ 1 << 63
}

fn rows_by_key<T: Copy + Sync>(
    values: &[T],
    key: impl Fn(T) -> Option<u64> + Sync,
    sorting: &Sorting<'_>,
) -> Vec<u32> {
    let places = sorting.places();
    let place = |row: usize| places.as_ref().map_or(row as u32, |places| places[row]);
    let directed = |value: T| match (key(value), sorting.direction) {
        (None, _) => u64::MAX,
        (Some(key), SortDirection::Ascending) => key,
        (Some(key), SortDirection::Descending) => !key,
    };
    let keyed = values.par_iter().enumerate().map(|(row, &value)| (directed(value), place(row)));
    let mut keyed: Vec<(u64, u32)> = keyed.collect();
    // No two are the same: the place is a part of the key.
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, place)| sorting.row_at(place as usize)).collect()
}

/// A counting sort by the places of the words.
fn rows_by_word(words: &[String], codes: &Codes, sorting: &Sorting<'_>) -> Vec<u32> {
    let place_of_code = places_of_words(words, sorting.direction);
    let none = words.len() as u32;
    let place = |row| codes.get(row).map_or(none, |code| place_of_code[code as usize]) as usize;
    let mut next = vec![0_u32; words.len() + 2];
    (0..codes.len()).for_each(|row| next[place(row) + 1] += 1);
    for place in 1..next.len() {
        next[place] += next[place - 1];
    }
    let mut rows = vec![0; codes.len()];
    for row in (0..codes.len()).map(|place| sorting.row_at(place)) {
        let next = &mut next[place(row as usize)];
        rows[*next as usize] = row;
        *next += 1;
    }
    rows
}

/// The place of each word among all: by its letters as people read them, then by all that sets it apart.
fn places_of_words(words: &[String], direction: SortDirection) -> Vec<u32> {
    let mut sorted: Vec<(String, usize)> =
        words.par_iter().enumerate().map(|(code, word)| (folded(word.trim()), code)).collect();
    let compared = |a: &(String, usize), b: &(String, usize)| -> Ordering {
        let order = a.0.cmp(&b.0).then_with(|| words[a.1].cmp(&words[b.1]));
        if direction == SortDirection::Descending { order.reverse() } else { order }
    };
    sorted.par_sort_unstable_by(compared);
    let mut places = vec![0; words.len()];
    for (place, (_, code)) in sorted.into_iter().enumerate() {
        places[code] = place as u32;
    }
    places
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::situation::{DetailSource, FeatureStoreBuilder, GeometryKind, PropertyValue};

    use SortDirection::{Ascending, Descending};

    /// Rows whose only property is one of these JSON-like texts: a number, `null` or a text.
    struct Texts(&'static [&'static str]);

    impl DetailSource for Texts {
        fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
            let text = *self.0.get(start as usize).ok_or("there is no such row")?;
            let value = match text.parse() {
                _ if text == "null" => PropertyValue::Null,
                Ok(value) => PropertyValue::Number { value, written: text.to_owned() },
                Err(_) => PropertyValue::Text(text.to_owned()),
            };
            Ok(FeatureDetails { properties: vec![("v".to_owned(), value)], ..FeatureDetails::default() })
        }
    }

    fn store(data: ColumnData, rows: usize, texts: &'static [&'static str]) -> FeatureStore {
        let mut builder = FeatureStoreBuilder::default();
        for row in 0..rows as u64 {
            builder.end_feature(GeometryKind::None, (row, row + 1));
        }
        let column = Column { name: "v".to_owned(), filled: rows as u32, data };
        builder.finish(vec![column], Some(Arc::new(Texts(texts))))
    }

    fn sorted(data: ColumnData, rows: usize, direction: SortDirection) -> Vec<u32> {
        let store = store(data, rows, &[]);
        RowOrder::of_column(&store, &store.columns()[0], direction, &|_| true).unwrap().rows
    }

    #[test]
    fn numbers_are_sorted_as_numbers_and_unknown_stands_last_either_way() {
        let values = vec![10.0, f64::NAN, -3.0, 9.0, f64::INFINITY, -0.0, 10.0, 0.0];
        let data = || ColumnData::Number(values.clone());
        assert_eq!(sorted(data(), 8, Ascending), [2, 5, 7, 3, 0, 6, 4, 1]);
        assert_eq!(sorted(data(), 8, Descending), [4, 0, 6, 3, 5, 7, 2, 1]);
    }

    #[test]
    fn dates_and_yes_and_no_are_sorted_too() {
        let days = ColumnData::Day(vec![5, ColumnData::NO_DAY, -2, 5]);
        assert_eq!(sorted(days, 4, Ascending), [2, 0, 3, 1]);
        let instants = ColumnData::Instant(vec![5, ColumnData::NO_INSTANT, -2, 7]);
        assert_eq!(sorted(instants, 4, Descending), [3, 0, 2, 1]);
        let bools = ColumnData::Bool(vec![None, Some(true), Some(false)]);
        assert_eq!(sorted(bools, 3, Ascending), [2, 1, 0]);
    }

    #[test]
    fn words_are_sorted_as_people_read_them_and_rows_of_one_word_keep_their_order() {
        let words: Vec<String> = ["Zita", "åland", "حلب", "Aleppo", "إدلب"].map(str::to_owned).into();
        let rows = [0, 1, 9, 2, 3, 4, 3, 0];
        let data = || ColumnData::Word {
            words: words.clone(),
            codes: Codes::collect(5, rows.iter().map(|&code| (code < 9).then_some(code))),
        };
        // åland and Aleppo before Zita, Idlib before Aleppo in Arabic.
        assert_eq!(sorted(data(), 8, Ascending), [1, 4, 6, 0, 7, 5, 3, 2]);
        assert_eq!(sorted(data(), 8, Descending), [3, 5, 0, 7, 4, 6, 1, 2]);
    }

    #[test]
    fn what_is_only_in_the_source_is_decoded_and_a_source_that_is_gone_is_told() {
        const TEXTS: &[&str] = &["b", "null", "10", "A", "9"];
        let kind = ColumnData::InSource { kind: "mixed" };
        let features = store(kind.clone(), 5, TEXTS);
        let order =
            |direction| RowOrder::of_column(&features, &features.columns()[0], direction, &|_| true).unwrap();
        assert_eq!(order(Ascending).rows(), [4, 2, 3, 0, 1]);
        assert_eq!(order(Descending).rows(), [0, 3, 2, 4, 1]);
        let gone = store(kind, 6, TEXTS);
        assert!(RowOrder::of_column(&gone, &gone.columns()[0], Ascending, &|_| true).is_err());
        assert!(RowOrder::of_column(&features, &features.columns()[0], Ascending, &|_| false).is_err());
    }

    #[test]
    fn texts_that_begin_alike_are_told_apart_by_what_follows() {
        const TEXTS: &[&str] = &[
            "a long beginning that all have, then b",
            "a long beginning that all have, then B",
            "a long beginning that all have, then a",
            "a long beginning",
            "إدلب، في بداية طويلة ب",
            "ادلب، في بداية طويلة ا",
        ];
        let features = store(ColumnData::InSource { kind: "text" }, 6, TEXTS);
        let order = |direction| {
            RowOrder::of_column(&features, &features.columns()[0], direction, &|_| true).unwrap().rows
        };
        assert_eq!(order(Ascending), [3, 2, 0, 1, 5, 4]);
        assert_eq!(order(Descending), [4, 5, 0, 1, 2, 3]);
    }

    #[test]
    fn many_rows_are_sorted_as_few_are() {
        let values: Vec<f64> = (0..100_000).map(|row| f64::from(row * 7919 % 1000)).collect();
        let rows = sorted(ColumnData::Number(values.clone()), values.len(), Ascending);
        let keys: Vec<(f64, u32)> = rows.iter().map(|&row| (values[row as usize], row)).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
