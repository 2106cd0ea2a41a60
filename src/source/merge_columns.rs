//! The columns of all stretches of a source into the columns of the layer.
//!
//! Floor 2. What a column is held as is decided here, when all its values are known:
//!
//! - values of several types, nested ones, a string that is too long for a word: left in the source;
//! - more than a budget for all columns together: the rarest are left in the source;
//! - very few rows with a value (see [`SPARSE_ROWS_PER_VALUE`]): left in the source;
//! - numbers, `true` and `false`: one a row;
//! - strings that are all days, or all instants: dates;
//! - other strings: words, unless there are more than [`FREE_WORDS`] different ones and each comes less than
//!   [`WORD_REPEATS`] times on average, or more than [`MAX_WORDS`]: then left in the source.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::column_values::{Held, dates_of};
use super::columns::{ColumnBuilder, ColumnsBuilder, Types};
use super::interner::Interner;
use super::limits::{FREE_WORDS, MAX_COLUMNS, SPARSE_FROM_ROWS, SPARSE_ROWS_PER_VALUE, WORD_REPEATS};
use crate::situation::{Codes, Column, ColumnData, MAX_WORDS, day_of, instant_of};

/// One column in the stretches that have it.
struct Pieces {
    name: String,
    filled: u32,
    types: Types,
    held: Vec<Piece>,
}

/// The rows of a stretch and what is held of them.
type Piece = (Range<usize>, Held);

/// The columns of the layer in order of first appearance, and whether there would be more than [`MAX_COLUMNS`];
/// `stretches` are its rows in their order, so many each.
pub(super) fn merge_columns(
    stretches: Vec<(usize, ColumnsBuilder)>,
    budget_bytes: usize,
) -> (Vec<Column>, bool) {
    let mut overflowed = stretches.iter().any(|(_, columns)| columns.has_overflowed());
    let mut by_name = HashMap::new();
    let mut all: Vec<Pieces> = Vec::new();
    let mut first = 0;
    for (rows, columns) in stretches {
        for ColumnBuilder { name, filled, types, held, .. } in columns.into_columns() {
            let place = *by_name.entry(name.clone()).or_insert(all.len());
            if place == all.len() {
                all.push(Pieces { name, filled: 0, types: Types::default(), held: Vec::new() });
            }
            let pieces = &mut all[place];
            pieces.filled += filled;
            pieces.types = pieces.types.and(types);
            pieces.held.push((first..first + rows, held));
        }
        first += rows;
    }
    overflowed |= all.len() > MAX_COLUMNS;
    all.truncate(MAX_COLUMNS);
    leave_rarest(&mut all, first, budget_bytes);
    (all.into_par_iter().map(|pieces| pieces.merge(first)).collect(), overflowed)
}

/// Leaves in the source what is too much for all columns together: those with the fewest values, of equal ones the
/// later. What is counted depends on types and numbers alone, not on where the source was cut.
fn leave_rarest(all: &mut [Pieces], rows: usize, budget_bytes: usize) {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(all[place].filled));
    let mut left = budget_bytes;
    for place in order {
        let bytes = if all[place].is_in_source(rows) { 0 } else { rows * all[place].types.bytes_a_row() };
        match left.checked_sub(bytes) {
            Some(rest) => left = rest,
            None => all[place].held = vec![(0..rows, Held::Gone)],
        }
    }
}

impl Pieces {
    /// Whether the values are left in the source, whatever their number.
    fn is_in_source(&self, rows: usize) -> bool {
        let sparse = rows > SPARSE_FROM_ROWS && rows / SPARSE_ROWS_PER_VALUE > self.filled as usize;
        sparse || self.types.are_mixed()
    }

    fn merge(self, rows: usize) -> Column {
        let is_in_source = self.is_in_source(rows);
        let Self { name, filled, types, held } = self;
        let in_source = is_in_source || held.iter().any(|(_, held)| matches!(held, Held::Gone));
        let data = if in_source { None } else { merge_values(held, filled as usize, rows) };
        Column { name, filled, data: data.unwrap_or(ColumnData::InSource { kind: types.name() }) }
    }
}

/// Values of one type; `None` where there are none, or strings that are too many.
fn merge_values(held: Vec<Piece>, filled: usize, rows: usize) -> Option<ColumnData> {
    match &held.iter().find(|(_, held)| !matches!(held, Held::Nothing))?.1 {
        Held::Number(_) => Some(ColumnData::Number(one_a_row(&held, rows, f64::NAN, |_, held, out| {
            if let Held::Number(values) = held {
                values.put_into(out, |value| value);
            }
        }))),
        Held::Bool(_) => Some(ColumnData::Bool(one_a_row(&held, rows, None, |_, held, out| {
            if let Held::Bool(values) = held {
                values.put_into(out, Some);
            }
        }))),
        _ => merge_days(&held, rows)
            .or_else(|| merge_instants(&held, rows))
            .or_else(|| merge_words(&held, filled, rows)),
    }
}

/// The values of all rows, `none` where there is none. `put` is given the number of a piece, what it holds, and the
/// rows of its stretch.
fn one_a_row<T: Clone>(
    pieces: &[Piece],
    rows: usize,
    none: T,
    put: impl Fn(usize, &Held, &mut [T]),
) -> Vec<T> {
    let mut all = vec![none; rows];
    for (number, (rows, held)) in pieces.iter().enumerate() {
        put(number, held, &mut all[rows.clone()]);
    }
    all
}

fn merge_days(pieces: &[Piece], rows: usize) -> Option<ColumnData> {
    let tables = date_tables(pieces, day_of, |held| matches!(held, Held::Days(_)))?;
    Some(ColumnData::Day(one_a_row(pieces, rows, ColumnData::NO_DAY, |number, held, out| match held {
        Held::Words(_, codes) => codes.put_into(out, |code| tables[number][code as usize]),
        Held::Days(days) => days.put_into(out, |day| day),
        _ => {}
    })))
}

fn merge_instants(pieces: &[Piece], rows: usize) -> Option<ColumnData> {
    let tables = date_tables(pieces, instant_of, |held| matches!(held, Held::Instants(_)))?;
    Some(ColumnData::Instant(one_a_row(
        pieces,
        rows,
        ColumnData::NO_INSTANT,
        |number, held, out| match held {
            Held::Words(_, codes) => codes.put_into(out, |code| tables[number][code as usize]),
            Held::Instants(instants) => instants.put_into(out, |instant| instant),
            _ => {}
        },
    )))
}

/// The words of each piece as dates; `None` where one of them is none, or holds other dates than `are_dates` says.
fn date_tables<T>(
    pieces: &[Piece],
    date: impl Fn(&str) -> Option<T>,
    are_dates: impl Fn(&Held) -> bool,
) -> Option<Vec<Vec<T>>> {
    let table = |held: &Held| match held {
        Held::Words(words, _) => dates_of(words, &date),
        held => (matches!(held, Held::Nothing) || are_dates(held)).then(Vec::new),
    };
    pieces.iter().map(|(_, held)| table(held)).collect()
}

fn merge_words(pieces: &[Piece], filled: usize, rows: usize) -> Option<ColumnData> {
    let mut all = Interner::default();
    let mut codes_of = Vec::with_capacity(pieces.len());
    for (_, held) in pieces {
        codes_of.push(match held {
            Held::Words(words, _) => words.words().map(|word| all.number(word)).collect::<Vec<u32>>(),
            Held::Nothing => Vec::new(),
            _ => return None,
        });
        if all.len() > MAX_WORDS {
            return None;
        }
    }
    if all.len() > FREE_WORDS && all.len() * WORD_REPEATS > filled {
        return None;
    }
    let put = |number: usize, held: &Held, out: &mut [Option<u32>]| {
        if let Held::Words(_, codes) = held {
            codes.put_into(out, |code| Some(codes_of[number][code as usize]));
        }
    };
    let codes = Codes::collect(all.len(), one_a_row(pieces, rows, None, put).into_iter());
    let words = all.words().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
    Some(ColumnData::Word { words, codes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::columns::{RawProperty, RawValue};
    use crate::source::json_scanner::RawText;
    use crate::source::limits::MAX_WORD_BYTES;

    fn text(raw: &str) -> RawText<'_> {
        RawText { raw: raw.as_bytes(), escaped: false, damaged: false }
    }

    fn column(rows: usize, values: &[(usize, RawValue<'_>)]) -> Column {
        let mut columns = ColumnsBuilder::default();
        for &(row, value) in values {
            columns.push_row(row, &mut [RawProperty::new(text("p"), value)]);
        }
        merge_columns(vec![(rows, columns)], usize::MAX).0.remove(0)
    }

    #[test]
    fn numbers_stand_at_their_rows() {
        let column =
            column(5, &[(1, RawValue::Number(7.0)), (2, RawValue::Null), (3, RawValue::Number(9.0))]);
        assert_eq!(
            (0..5).map(|row| column.number(row)).collect::<Vec<_>>(),
            [None, Some(7.0), None, Some(9.0), None]
        );
        assert_eq!(column.filled, 2);
    }

    #[test]
    fn short_strings_are_interned_and_long_or_mixed_ones_are_not() {
        let words = column(2, &[(0, RawValue::Text(text("a"))), (1, RawValue::Text(text("a")))]);
        assert_eq!((words.word(1), words.data.type_name()), (Some("a"), "text"));
        let long = "x".repeat(MAX_WORD_BYTES + 1);
        let long = column(2, &[(0, RawValue::Text(text("a"))), (1, RawValue::Text(text(&long)))]);
        assert!(matches!(long.data, ColumnData::InSource { kind: "text" }));
        let mixed = column(2, &[(0, RawValue::Text(text("a"))), (1, RawValue::Bool(true))]);
        assert!(matches!(mixed.data, ColumnData::InSource { kind: "mixed" }) && mixed.filled == 2);
        let nested = column(2, &[(0, RawValue::Nested), (1, RawValue::Nested)]);
        assert_eq!(nested.data.type_name(), "json");
    }

    #[test]
    fn the_last_of_two_values_of_one_name_counts() {
        let mut columns = ColumnsBuilder::default();
        let number = |value| RawProperty::new(text("p"), RawValue::Number(value));
        let null = RawProperty::new(text("p"), RawValue::Null);
        assert!(columns.push_row(0, &mut [number(1.0), number(2.0)]));
        assert!(columns.push_row(1, &mut [number(1.0), null]));
        let column = merge_columns(vec![(2, columns)], usize::MAX).0.remove(0);
        assert_eq!((column.number(0), column.number(1), column.filled), (Some(2.0), None, 1));
    }

    #[test]
    fn rare_values_are_left_in_the_source() {
        let rare = column(100_000, &[(0, RawValue::Number(1.0)), (99_000, RawValue::Number(1.0))]);
        assert!(matches!(rare.data, ColumnData::InSource { kind: "number" }));
        assert_eq!(rare.filled, 2);
    }

    #[test]
    fn the_rarest_columns_are_left_in_the_source_where_all_are_too_much() {
        let mut columns = ColumnsBuilder::default();
        for row in 0..1000 {
            let mut row_of = vec![RawProperty::new(text("often"), RawValue::Number(1.0))];
            if row % 2 == 0 {
                row_of.push(RawProperty::new(text("seldom"), RawValue::Number(1.0)));
            }
            row_of.push(RawProperty::new(text("flag"), RawValue::Bool(true)));
            columns.push_row(row, &mut row_of);
        }
        let columns = merge_columns(vec![(1000, columns)], 9500).0;
        let kinds: Vec<_> =
            columns.iter().map(|column| matches!(column.data, ColumnData::InSource { .. })).collect();
        assert_eq!(kinds, [false, true, false]);
        assert_eq!((columns[1].filled, columns[1].data.type_name()), (500, "number"));
    }

    /// The column of some texts, cut into stretches of so many rows.
    fn texts(texts: &[String], rows: usize) -> Column {
        let stretches = texts.chunks(rows).map(|stretch| {
            let mut columns = ColumnsBuilder::default();
            for (row, word) in stretch.iter().enumerate() {
                columns.push_row(row, &mut [RawProperty::new(text("p"), RawValue::Text(text(word)))]);
            }
            (stretch.len(), columns)
        });
        merge_columns(stretches.collect(), usize::MAX).0.remove(0)
    }

    #[test]
    fn what_becomes_of_a_column_does_not_depend_on_where_the_source_was_cut() {
        let repeated = |count: usize, different: usize| -> Vec<String> {
            (0..count).map(|at| format!("w{}", at % different)).collect()
        };
        let days = |count: i32| -> Vec<String> { (0..count).map(crate::situation::words_of_day).collect() };
        let spoilt = |mut texts: Vec<String>| {
            texts.push("unknown".into());
            texts
        };
        let seconds: Vec<String> =
            (0..80_000).map(|at| crate::situation::words_of_instant(at * 1000)).collect();
        for (all, kind) in [
            (repeated(9000, 9), "words"),
            (repeated(100_000, 5000), "words"),
            (repeated(9000, 9000), "source"),
            (repeated(70_000, 70_000), "source"),
            (days(500), "days"),
            (days(70_000), "days"),
            (spoilt(days(500)), "words"),
            (spoilt(days(70_000)), "source"),
            (seconds.clone(), "instants"),
            (spoilt(seconds), "source"),
        ] {
            for rows in [999, 30_000, all.len()] {
                let column = texts(&all, rows);
                let found = match &column.data {
                    ColumnData::Word { .. } => "words",
                    ColumnData::Day(_) => "days",
                    ColumnData::Instant(_) => "instants",
                    _ => "source",
                };
                assert_eq!((found, column.filled as usize), (kind, all.len()), "{} … cut at {rows}", all[0]);
                let row = all.len() / 2;
                assert!(kind == "source" || column.text(row).as_deref() == Some(all[row].as_str()));
            }
        }
    }
}
