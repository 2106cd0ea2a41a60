//! Which rows of a layer meet a filter.
//!
//! Floor 2. Columns are looked at whole, 64 rows to a word of the mask, on all threads. A column that is only in the
//! source is decoded row by row: right, and a thousand times slower.

use rayon::prelude::*;

use super::predicate::{Condition, LayerFilter, Predicate};
use crate::situation::{Codes, Column, ColumnData, FeatureStore, PropertyValue, RowMask, day_of, instant_of};

/// Rows of one word of a mask.
const WORD_ROWS: usize = 64;
/// Words of a mask that are one task: a row costs about a nanosecond.
const WORDS_PER_TASK: usize = 512;
/// So many names of columns are enough in a message.
const MOST_NAMED: usize = 40;
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Why a filter cannot be used on a layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// There is no such column.
    #[error("there is no column {name:?}; there are {}", there_are.join(", "))]
    NoColumn {
        /// The name that was given.
        name: String,
        /// The names that there are, or the first of them.
        there_are: Vec<String>,
    },
    /// The column holds something else.
    #[error("the column {column:?} holds {holds}, and {wanted} was asked for")]
    OtherType {
        /// Which.
        column: String,
        /// The name of its type.
        holds: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
    /// The source cannot be read any more; a sentence for the user.
    #[error("{0}")]
    Source(String),
}

impl LayerFilter {
    /// The rows that meet every condition, in time linear in rows. On a million rows a condition on numbers, days or
    /// words takes less than a millisecond; one on a column that is only in the source decodes every feature.
    pub fn rows_of(&self, features: &FeatureStore) -> Result<RowMask, FilterError> {
        let mut rows = RowMask::all(features.len());
        for condition in &self.conditions {
            rows = rows.and(&condition.rows_of(features)?);
        }
        Ok(rows)
    }
}

impl Condition {
    /// The rows that meet this condition.
    pub fn rows_of(&self, features: &FeatureStore) -> Result<RowMask, FilterError> {
        let Some(column) = features.column(&self.column) else {
            let names = features.columns().iter().map(|column| column.name.clone());
            return Err(FilterError::NoColumn {
                name: self.column.clone(),
                there_are: names.take(MOST_NAMED).collect(),
            });
        };
        let rows = features.len();
        match &self.predicate {
            // Known without a look at any row.
            Predicate::HasValue if column.filled as usize == rows => Ok(RowMask::all(rows)),
            Predicate::HasNone if column.filled == 0 => Ok(RowMask::all(rows)),
            _ if column.filled == 0 => Ok(RowMask::none(rows)),
            Predicate::HasNone => Ok(rows_with_value(features, column)?.inverted()),
            Predicate::HasValue => rows_with_value(features, column),
            _ if matches!(column.data, ColumnData::InSource { .. }) => self.decoded_rows(features),
            predicate => held_rows(&column.data, predicate).ok_or_else(|| self.other_type(column)),
        }
    }

    fn other_type(&self, column: &Column) -> FilterError {
        let holds = match column.data.type_name() {
            "number" => "numbers",
            "date" => "dates",
            "bool" => "true and false",
            other => other,
        };
        let wanted = match self.predicate {
            Predicate::Numbers { .. } => "a range of numbers",
            Predicate::Days { .. } => "a range of dates",
            Predicate::Contains(_) => "a part of a text",
            Predicate::Words(_) | Predicate::HasValue | Predicate::HasNone => "a word",
        };
        FilterError::OtherType { column: self.column.clone(), holds, wanted }
    }

    fn decoded_rows(&self, features: &FeatureStore) -> Result<RowMask, FilterError> {
        let tester = Tester::new(&self.predicate);
        decoded(features, &self.column, |value| tester.test_value(value))
    }
}

/// The rows of a column that is held, for a predicate on values; `None` where it does not suit what is held.
fn held_rows(data: &ColumnData, predicate: &Predicate) -> Option<RowMask> {
    match data {
        ColumnData::Number(values) => number_rows(values, predicate),
        ColumnData::Day(days) => day_rows(days, predicate),
        ColumnData::Instant(instants) => instant_rows(instants, predicate),
        ColumnData::Bool(values) => {
            let wanted: Vec<bool> = all_read(predicate, |word| word.parse().ok())?;
            Some(rows_where(values, |value| value.is_some_and(|value| wanted.contains(&value))))
        }
        ColumnData::Word { words, codes } => word_rows(words, codes, predicate),
        ColumnData::InSource { .. } => None,
    }
}

fn number_rows(values: &[f64], predicate: &Predicate) -> Option<RowMask> {
    if let Predicate::Numbers { from, to } = predicate {
        let (from, to) = (from.unwrap_or(f64::NEG_INFINITY), to.unwrap_or(f64::INFINITY));
        // NaN is in no range.
        return Some(rows_where(values, |value| (value >= from) & (value <= to)));
    }
    let wanted: Vec<f64> = all_read(predicate, |word| word.parse().ok())?;
    Some(rows_where(values, |value| wanted.contains(&value)))
}

fn day_rows(days: &[i32], predicate: &Predicate) -> Option<RowMask> {
    if let Predicate::Days { from, to } = predicate {
        // No day is the least number.
        let (from, to) = (from.unwrap_or(ColumnData::NO_DAY + 1), to.unwrap_or(i32::MAX));
        return Some(rows_where(days, |day| (day >= from) & (day <= to)));
    }
    let wanted: Vec<i32> = all_read(predicate, day_of)?;
    Some(rows_where(days, |day| wanted.contains(&day)))
}

fn instant_rows(instants: &[i64], predicate: &Predicate) -> Option<RowMask> {
    if let Predicate::Days { from, to } = predicate {
        let from = from.map_or(ColumnData::NO_INSTANT + 1, |day| i64::from(day) * DAY_MS);
        let to = to.map_or(i64::MAX, |day| (i64::from(day) + 1) * DAY_MS - 1);
        return Some(rows_where(instants, |instant| (instant >= from) & (instant <= to)));
    }
    let wanted: Vec<i64> = all_read(predicate, instant_of)?;
    Some(rows_where(instants, |instant| wanted.contains(&instant)))
}

fn word_rows(words: &[String], codes: &Codes, predicate: &Predicate) -> Option<RowMask> {
    let suits = match predicate {
        Predicate::Numbers { .. } => false,
        Predicate::Days { .. } => words.iter().any(|word| day_of_text(word).is_some()),
        _ => true,
    };
    let tester = Tester::new(predicate);
    suits.then(|| rows_with_code(codes, &words.iter().map(|word| tester.test_text(word)).collect::<Vec<_>>()))
}

/// The values of [`Predicate::Words`]; `None` for another predicate, or where one of them cannot be read.
fn all_read<T>(predicate: &Predicate, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    match predicate {
        Predicate::Words(words) => words.iter().map(|word| read(word)).collect(),
        _ => None,
    }
}

/// A predicate that is asked of many texts.
struct Tester<'a> {
    predicate: &'a Predicate,
    /// Of [`Predicate::Contains`], in lower case.
    needle: String,
}

impl<'a> Tester<'a> {
    fn new(predicate: &'a Predicate) -> Self {
        let needle = match predicate {
            Predicate::Contains(part) => part.to_lowercase(),
            _ => String::new(),
        };
        Self { predicate, needle }
    }

    fn test_text(&self, text: &str) -> bool {
        match self.predicate {
            Predicate::Words(words) => words.iter().any(|word| word == text),
            Predicate::Contains(_) => text.to_lowercase().contains(&self.needle),
            Predicate::Days { from, to } => day_of_text(text)
                .is_some_and(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to)),
            Predicate::Numbers { .. } => false,
            Predicate::HasValue => true,
            Predicate::HasNone => false,
        }
    }

    fn test_value(&self, value: &PropertyValue) -> bool {
        match (value, self.predicate) {
            (PropertyValue::Null, _) => false,
            (PropertyValue::Number { value, .. }, Predicate::Numbers { from, to }) => {
                from.is_none_or(|from| *value >= from) && to.is_none_or(|to| *value <= to)
            }
            (PropertyValue::Number { value, .. }, Predicate::Words(words)) => {
                words.iter().any(|word| word.parse::<f64>().is_ok_and(|word| word == *value))
            }
            (PropertyValue::Number { .. }, Predicate::Days { .. }) => false,
            (value, _) => self.test_text(&value.to_display()),
        }
    }
}

/// The day of a text that is a date, or a date and a time.
fn day_of_text(text: &str) -> Option<i32> {
    day_of(text).or_else(|| instant_of(text).map(|instant| instant.div_euclid(DAY_MS) as i32))
}

fn rows_with_value(features: &FeatureStore, column: &Column) -> Result<RowMask, FilterError> {
    Ok(match &column.data {
        ColumnData::Number(values) => rows_where(values, |value| !value.is_nan()),
        ColumnData::Day(days) => rows_where(days, |day| day != ColumnData::NO_DAY),
        ColumnData::Instant(instants) => rows_where(instants, |instant| instant != ColumnData::NO_INSTANT),
        ColumnData::Bool(values) => rows_where(values, |value| value.is_some()),
        ColumnData::Word { words, codes } => rows_with_code(codes, &vec![true; words.len()]),
        ColumnData::InSource { .. } => {
            decoded(features, &column.name, |value| *value != PropertyValue::Null)?
        }
    })
}

/// The rows whose word is wanted, by the word's code.
fn rows_with_code(codes: &Codes, wanted: &[bool]) -> RowMask {
    // The code of a row without a word is above all others: the table ends with it.
    match codes {
        Codes::U8(codes) => {
            let mut table = [false; 1 << 8];
            table[..wanted.len()].copy_from_slice(wanted);
            rows_where(codes, |code| table[usize::from(code)])
        }
        Codes::U16(codes) => {
            let mut table = vec![false; 1 << 16];
            table[..wanted.len()].copy_from_slice(wanted);
            rows_where(codes, |code| table[usize::from(code)])
        }
    }
}

/// The rows whose value passes.
fn rows_where<T: Copy + Sync>(values: &[T], test: impl Fn(T) -> bool + Sync) -> RowMask {
    let words = values
        .par_chunks(WORD_ROWS)
        .with_min_len(WORDS_PER_TASK)
        .map(|chunk| {
            let mut flags = [0_u8; WORD_ROWS];
            flags.iter_mut().zip(chunk).for_each(|(flag, &value)| *flag = u8::from(test(value)));
            packed(&flags)
        })
        .collect();
    RowMask::from_words(words, values.len())
}

/// One bit for each byte, which is 0 or 1; the first lowest.
fn packed(flags: &[u8; WORD_ROWS]) -> u64 {
    /// Moves the lowest bits of eight bytes into the uppermost byte, in their order.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    flags.chunks_exact(8).enumerate().fold(0, |word, (place, eight)| {
        let bytes = eight.iter().rev().fold(0, |bytes, &flag| bytes << 8 | u64::from(flag));
        word | (bytes.wrapping_mul(GATHER) >> 56) << (place * 8)
    })
}

/// The rows whose value in the source passes; a row without the property does not.
fn decoded(
    features: &FeatureStore,
    column: &str,
    test: impl Fn(&PropertyValue) -> bool + Sync,
) -> Result<RowMask, FilterError> {
    let passes = |row: usize| {
        let details = features.details(row).map_err(FilterError::Source)?;
        Ok(details.properties.iter().any(|(name, value)| name == column && test(value)))
    };
    let words: Result<Vec<u64>, FilterError> = (0..features.len().div_ceil(WORD_ROWS))
        .into_par_iter()
        .map(|word| {
            let rows = word * WORD_ROWS..((word + 1) * WORD_ROWS).min(features.len());
            rows.enumerate().try_fold(0, |word, (bit, row)| Ok(word | u64::from(passes(row)?) << bit))
        })
        .collect();
    Ok(RowMask::from_words(words?, features.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{FeatureDetails, FeatureStoreBuilder, GeometryKind};

    fn store(rows: usize, columns: Vec<Column>) -> FeatureStore {
        let mut builder = FeatureStoreBuilder::default();
        for _ in 0..rows {
            builder.end_feature(GeometryKind::None, (0, 0));
        }
        builder.finish(columns, None)
    }

    fn column(name: &str, filled: u32, data: ColumnData) -> Column {
        Column { name: name.to_owned(), filled, data }
    }

    fn rows(features: &FeatureStore, condition: &str) -> Vec<usize> {
        condition.parse::<Condition>().unwrap().rows_of(features).unwrap().iter().collect()
    }

    fn refusal(features: &FeatureStore, condition: &str) -> String {
        condition.parse::<Condition>().unwrap().rows_of(features).unwrap_err().to_string()
    }

    #[test]
    fn a_range_of_numbers_takes_both_ends_and_no_row_without_a_number() {
        let values = vec![0.0, 5.0, f64::NAN, 7.5, f64::INFINITY, -1.0];
        let store = store(6, vec![column("n", 5, ColumnData::Number(values))]);
        assert_eq!(rows(&store, "n=0..7.5"), [0, 1, 3]);
        assert_eq!(rows(&store, "n=5.."), [1, 3, 4]);
        assert_eq!(rows(&store, "n=..0"), [0, 5]);
        assert_eq!(rows(&store, "n=5|7.5"), [1, 3]);
        assert_eq!((rows(&store, "n=?"), rows(&store, "n=*")), (vec![2], vec![0, 1, 3, 4, 5]));
    }

    #[test]
    fn a_range_of_days_works_on_days_instants_and_words() {
        let day = |text: &str| day_of(text).unwrap();
        let days = vec![day("2018-08-31"), day("2018-09-01"), ColumnData::NO_DAY, day("2018-09-10")];
        let instant = |text: &str| instant_of(text).unwrap();
        let instants = vec![
            instant("2018-08-31T23:59:59Z"),
            instant("2018-09-01T00:00:00Z"),
            ColumnData::NO_INSTANT,
            instant("2018-09-10T23:59:59Z"),
        ];
        let words = ["2018-08-31", "2018-09-01T12:00:00Z", "unknown", "2018-09-10"].map(str::to_owned);
        let codes = Codes::collect(4, [Some(0), Some(1), Some(2), Some(3)].into_iter());
        let store = store(
            4,
            vec![
                column("d", 3, ColumnData::Day(days)),
                column("i", 3, ColumnData::Instant(instants)),
                column("w", 4, ColumnData::Word { words: words.to_vec(), codes }),
            ],
        );
        for name in ["d", "i", "w"] {
            assert_eq!(rows(&store, &format!("{name}=2018-09-01..2018-09-10")), [1, 3], "{name}");
            assert_eq!(rows(&store, &format!("{name}=..2018-08-31")), [0], "{name}");
        }
        assert_eq!(rows(&store, "d=?"), [2]);
        assert_eq!(rows(&store, "d=2018-09-10"), [3]);
    }

    #[test]
    fn words_are_met_by_their_whole_and_texts_by_a_part_in_either_case() {
        let words = ["Battles", "Riots", "Air strike ÄRA"].map(str::to_owned).to_vec();
        for many in [3, 400] {
            let mut words = words.clone();
            words.extend((words.len()..many).map(|n| format!("w{n}")));
            let codes = (0..200).map(|row| if row % 4 == 3 { None } else { Some(row % 4) });
            let codes = Codes::collect(words.len(), codes);
            let store = store(200, vec![column("t", 150, ColumnData::Word { words, codes })]);
            assert!(rows(&store, "t=Battles|Riots").iter().all(|row| row % 4 < 2));
            assert_eq!(rows(&store, "t=Battles|Riots").len(), 100);
            assert_eq!(rows(&store, "t~STRIKE ära").len(), 50);
            assert_eq!((rows(&store, "t=battles").len(), rows(&store, "t=?").len()), (0, 50));
        }
    }

    #[test]
    fn every_row_of_every_word_of_a_mask_is_judged_by_its_own_value() {
        for len in [1, 63, 64, 65, 1000] {
            let values: Vec<f64> = (0..len).map(|n| f64::from(n * 7919 % 101)).collect();
            let mask = rows_where(&values, |value| value < 50.0);
            let expected: Vec<usize> = (0..values.len()).filter(|&row| values[row] < 50.0).collect();
            assert_eq!(mask.iter().collect::<Vec<_>>(), expected);
        }
    }

    struct Notes;

    impl crate::situation::DetailSource for Notes {
        fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
            let value = match start {
                0 => PropertyValue::Text("heavily SHELLED".to_owned()),
                1 => PropertyValue::Number { value: 7.0, written: "7".to_owned() },
                2 => PropertyValue::Null,
                _ => return Ok(FeatureDetails::default()),
            };
            Ok(FeatureDetails { properties: vec![("notes".to_owned(), value)], ..FeatureDetails::default() })
        }
    }

    #[test]
    fn a_column_that_is_only_in_the_source_is_decoded() {
        let mut builder = FeatureStoreBuilder::default();
        for row in 0..100 {
            builder.end_feature(GeometryKind::None, (row, row));
        }
        let notes = column("notes", 2, ColumnData::InSource { kind: "mixed" });
        let store = builder.finish(vec![notes], Some(std::sync::Arc::new(Notes)));
        assert_eq!(rows(&store, "notes~shelled"), [0]);
        assert_eq!((rows(&store, "notes=7"), rows(&store, "notes=5..")), (vec![1], vec![1]));
        assert_eq!((rows(&store, "notes=*"), rows(&store, "notes=?").len()), (vec![0, 1], 98));
    }

    #[test]
    fn an_unknown_column_or_another_type_is_refused_with_what_there_is() {
        let columns = vec![
            column("n", 1, ColumnData::Number(vec![1.0])),
            column(
                "t",
                1,
                ColumnData::Word {
                    words: vec!["a".to_owned()],
                    codes: Codes::collect(1, [Some(0)].into_iter()),
                },
            ),
        ];
        let store = store(1, columns);
        assert_eq!(refusal(&store, "m=1"), "there is no column \"m\"; there are n, t");
        assert_eq!(
            refusal(&store, "t=1.."),
            "the column \"t\" holds text, and a range of numbers was asked for"
        );
        assert!(refusal(&store, "n~1").contains("holds numbers, and a part of a text"));
        assert!(refusal(&store, "n=2018-01-01..").contains("holds numbers, and a range of dates"));
        assert!(refusal(&store, "t=2018-01-01..").contains("holds text, and a range of dates"));
        assert!(refusal(&store, "n=many").contains("holds numbers, and a word"));
    }

    #[test]
    fn all_conditions_of_a_filter_must_hold() {
        let n = ColumnData::Number(vec![1.0, 2.0, 3.0, 4.0]);
        let store =
            store(4, vec![column("n", 4, n), column("m", 4, ColumnData::Number(vec![1.0, 1.0, 0.0, 1.0]))]);
        let conditions = ["n=2..", "m=1"].map(|text| text.parse().unwrap()).to_vec();
        assert_eq!(LayerFilter { conditions }.rows_of(&store).unwrap().iter().collect::<Vec<_>>(), [1, 3]);
        assert_eq!(LayerFilter::default().rows_of(&store).unwrap().count(), 4);
    }
}
