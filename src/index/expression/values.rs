//! Which rows have a value of a field of events that is asked for.
//!
//! Floor 2. Each value is asked by its word and its label; what is written in the columns is asked, too, so that a
//! wording is found that stands for a class.

use super::columns::{known_rows, other_type, rows_of_columns};
use super::problem::FilterError;
use super::ranges::Asked;
use super::tree::Subject;
use crate::index::matching::rows_with_code;
use crate::situation::{Column, FeatureStore, FieldValue, FieldValues, RowMask};

/// The rows of which a value or a wording is what is asked for; `negated`, the others of which one is known.
pub(super) fn value_rows(
    (features, subject): (&FeatureStore, &Subject),
    (values, columns): (&FieldValues, &[&Column]),
    asked: &Asked<'_>,
    negated: bool,
) -> Result<RowMask, FilterError> {
    if asked.asks_for_order() {
        // Values have none: only what is written can be a number or a date.
        return match columns {
            [] => Err(other_type(&subject.to_string(), "text", asked.predicate)),
            columns => rows_of_columns(features, columns, asked, negated),
        };
    }
    let is_wanted = |value: &FieldValue| {
        let mut words = [Some(value.name.as_str()), value.label].into_iter().flatten();
        words.any(|word| asked.text(word) == Some(true))
    };
    let wanted: Vec<bool> = values.values().iter().map(is_wanted).collect();
    let written = match rows_of_columns(features, columns, asked, false) {
        // Numbers are codes here, and a word was asked for.
        Err(FilterError::OtherType { .. }) => RowMask::none(features.len()),
        written => written?,
    };
    let rows = written.or(&rows_with_value_in(features, values, |id| wanted[id as usize]));
    match negated {
        true => Ok(rows.inverted().and(&known_values(features, values, columns)?)),
        false => Ok(rows),
    }
}

/// The rows that say anything of the field.
pub(super) fn known_values(
    features: &FeatureStore,
    values: &FieldValues,
    columns: &[&Column],
) -> Result<RowMask, FilterError> {
    Ok(known_rows(features, columns)?.or(&rows_with_value_in(features, values, |_| true)))
}

fn rows_with_value_in(
    features: &FeatureStore,
    values: &FieldValues,
    is_wanted: impl Fn(u32) -> bool,
) -> RowMask {
    values.columns(features).iter().fold(RowMask::none(features.len()), |rows, column| {
        let has_one = |code: usize| column.ids_of_code(code).iter().any(|&id| is_wanted(id));
        let wanted: Vec<bool> = (0..column.code_count()).map(has_one).collect();
        if wanted.contains(&true) { rows.or(&rows_with_code(column.codes, &wanted)) } else { rows }
    })
}
