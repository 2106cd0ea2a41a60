//! Which rows have a value of a field of events that is asked for.
//!
//! Floor 2. Each value is asked by its word and its label; what is written in the columns is asked, too, so that a
//! wording is found that stands for a class.

use super::columns::{known_rows, other_type, rows_of_columns};
use super::problem::FilterError;
use super::ranges::Asked;
use super::scope::Scope;
use super::tree::Subject;
use crate::index::matching::rows_with_code;
use crate::situation::{Column, FeatureStore, FieldValue, FieldValues, RowMask};

/// The rows of which a value or a wording is what is asked for; `negated`, the others of which one is known.
pub(super) fn value_rows(
    (scope, subject): (&Scope<'_>, &Subject),
    (values, columns): (&FieldValues, &[&Column]),
    asked: &Asked<'_>,
    negated: bool,
) -> Result<RowMask, FilterError> {
    let features = scope.features;
    if asked.asks_for_order() {
        // Values have none: only what is written can be a number or a date.
        return match columns {
            [] => Err(other_type(&subject.to_string(), "text", asked.predicate)),
            columns => rows_of_columns(scope, columns, asked, negated),
        };
    }
    let wanted: Vec<bool> = values.values().iter().map(|value| is_wanted(subject, value, asked)).collect();
    let written = match rows_of_columns(scope, columns, asked, false) {
        // Numbers are codes here, and a word was asked for.
        Err(FilterError::OtherType { .. }) => RowMask::none(features.len()),
        written => written?,
    };
    let rows = written.or(&rows_with_value_in(features, values, |id| wanted[id as usize]));
    match negated {
        true => Ok(rows.inverted().and(&known_values(scope, values, columns)?)),
        false => Ok(rows),
    }
}

/// Whether a value is what is asked for: by its word, its label, or the class that is named in whatever spelling.
pub(super) fn is_wanted(subject: &Subject, value: &FieldValue, asked: &Asked<'_>) -> bool {
    let mut words = [Some(value.name.as_str()), value.label].into_iter().flatten();
    let is_class = |text: &String| matches!(subject, Subject::Field(field) if field.class_word(text) == Some(value.name.as_str()));
    words.any(|word| asked.text(word) == Some(true)) || asked.equal_texts().any(is_class)
}

/// The rows that say anything of the field.
pub(super) fn known_values(
    scope: &Scope<'_>,
    values: &FieldValues,
    columns: &[&Column],
) -> Result<RowMask, FilterError> {
    Ok(known_rows(scope, columns)?.or(&rows_with_value_in(scope.features, values, |_| true)))
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
