//! Which rows of a column are what a predicate asks for.
//!
//! Floor 2. Words are asked once a word and not once a row.

use rayon::prelude::*;

use super::problem::FilterError;
use super::ranges::{Asked, DAY_MS, Span, within};
use super::scope::Scope;
use super::tree::{Comparison, Predicate, Value};
use crate::index::matching::{rows_decoded, rows_where, rows_with_code, rows_with_value};
use crate::situation::{Column, ColumnData, RowMask, are_days};

/// Words that one task asks: a text in any script takes about a microsecond.
const WORDS_PER_TASK: usize = 256;

/// The rows of which one of these columns is what is asked for; `negated` turns that round. A row without any value,
/// or with none that can be compared, is in neither.
pub(super) fn rows_of_columns(
    scope: &Scope<'_>,
    columns: &[&Column],
    asked: &Asked<'_>,
    negated: bool,
) -> Result<RowMask, FilterError> {
    let [first, others @ ..] = columns else { return Ok(RowMask::none(scope.features.len())) };
    if others.is_empty() {
        return rows_of_column(scope, first, asked, negated);
    }
    let mut rows = rows_of_column(scope, first, asked, false)?;
    for column in others {
        rows = rows.or(&rows_of_column(scope, column, asked, false)?);
    }
    match negated {
        true => Ok(rows.inverted().and(&known_rows(scope, columns)?)),
        false => Ok(rows),
    }
}

/// The rows that have a value in one of these columns.
pub(super) fn known_rows(scope: &Scope<'_>, columns: &[&Column]) -> Result<RowMask, FilterError> {
    columns.iter().try_fold(RowMask::none(scope.features.len()), |rows, column| {
        let known = rows_with_value(scope.features, column, scope.stop);
        Ok(rows.or(&known.map_err(|why| scope.read_error(why))?))
    })
}

fn rows_of_column(
    scope: &Scope<'_>,
    column: &Column,
    asked: &Asked<'_>,
    negated: bool,
) -> Result<RowMask, FilterError> {
    let features = scope.features;
    if column.filled == 0 {
        return Ok(RowMask::none(features.len()));
    }
    let is_wanted = |answer: Option<bool>| answer == Some(!negated);
    let held = match &column.data {
        ColumnData::Number(values) => {
            let in_spans = |spans: &Vec<Span<f64>>| rows_in(values, spans, |value| !value.is_nan(), negated);
            asked.numbers.as_ref().map(in_spans)
        }
        ColumnData::Day(days) => asked.times.as_ref().map(|spans| {
            let spans: Vec<Span<i32>> =
                spans.iter().map(|(from, to)| (whole_day(*from), whole_day(*to))).collect();
            rows_in(days, &spans, |day| day != ColumnData::NO_DAY, negated)
        }),
        ColumnData::Instant(instants) => {
            let spans = if are_days(instants) { &asked.times } else { &asked.instants };
            let is_given = |instant| instant != ColumnData::NO_INSTANT;
            spans.as_ref().map(|spans| rows_in(instants, spans, is_given, negated))
        }
        ColumnData::Bool(values) => {
            let answers = [false, true].map(|value| is_wanted(asked.text(&value.to_string())));
            Some(rows_where(values, |value| value.is_some_and(|value| answers[usize::from(value)])))
        }
        ColumnData::Word { words, codes } => {
            let words = words.par_iter().with_min_len(WORDS_PER_TASK);
            let answers: Vec<Option<bool>> = words.map(|word| asked.text(word)).collect();
            let can_be_compared = answers.iter().any(Option::is_some);
            let wanted: Vec<bool> = answers.into_iter().map(is_wanted).collect();
            can_be_compared.then(|| rows_with_code(codes, &wanted))
        }
        ColumnData::InSource { .. } => {
            let rows =
                rows_decoded(features, &column.name, scope.stop, |value| is_wanted(asked.value(value)));
            Some(rows.map_err(|why| scope.read_error(why))?)
        }
    };
    held.ok_or_else(|| {
        let holds = match column.data.type_name() {
            "number" => "numbers",
            "date" => "dates",
            "bool" => "true and false",
            other => other,
        };
        other_type(&column.name, holds, asked.predicate)
    })
}

fn whole_day(milliseconds: i64) -> i32 {
    // What is beyond the days that there are is beyond them: the least day means none.
    milliseconds.div_euclid(DAY_MS).clamp(i64::from(ColumnData::NO_DAY) + 1, i64::from(i32::MAX)) as i32
}

fn rows_in<T: Copy + PartialOrd + Sync>(
    values: &[T],
    spans: &[Span<T>],
    is_known: impl Fn(T) -> bool + Sync,
    negated: bool,
) -> RowMask {
    match spans {
        // The least value of all, which stands for none, and NaN are in no span.
        [(from, to)] if !negated => rows_where(values, |value| (value >= *from) & (value <= *to)),
        [(from, to)] => rows_where(values, |value| is_known(value) & ((value < *from) | (value > *to))),
        spans => rows_where(values, |value| {
            is_known(value) && within(spans, value).is_some_and(|is_in| is_in != negated)
        }),
    }
}

/// The refusal of a predicate that asks for something that is not there.
pub(super) fn other_type(column: &str, holds: &'static str, predicate: &Predicate) -> FilterError {
    let wanted = match predicate {
        Predicate::Contains(_) => "a part of a text",
        Predicate::Compare(_, value) => wanted_value(value),
        Predicate::Range(from, to) => from.as_ref().or(to.as_ref()).map_or("a range", wanted_value),
        Predicate::OneOf(values) => values.first().map_or("a list", wanted_value),
        Predicate::Known | Predicate::Unknown => "any value",
    };
    let asks_for_order = matches!(
        predicate,
        Predicate::Range(..)
            | Predicate::Compare(
                Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast,
                _
            )
    );
    let order = if asks_for_order { " to compare with" } else { "" };
    FilterError::OtherType { column: column.to_owned(), holds, wanted: format!("{wanted}{order}") }
}

fn wanted_value(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "a number",
        Value::Date(_) => "a date",
        Value::Text(_) => "a word",
    }
}
