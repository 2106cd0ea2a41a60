//! Words that a filter asks for and that no row has: a hint for whoever may have mistyped a name.
//!
//! Floor 2. No mistake: that nobody wrote of an actor or a place today does not mean that nobody will.

use std::fmt::{self, Display};

use super::filter::Filter;
use super::ranges::Asked;
use super::scope::{Found, Scope};
use super::tree::{Condition, Predicate, Subject, Value};
use super::type_mistake::values_of;
use super::values::is_wanted;
use crate::index::matching::rows_decoded;
use crate::situation::{Column, ColumnData, nearest_name};

/// A column that is only in the source is looked through up to so many rows.
const MOST_DECODED: usize = 20_000;
/// So many names are compared with a mistyped one: each takes a few microseconds.
const MOST_COMPARED: usize = 10_000;

/// Whether any row has what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    Some,
    None,
    /// It would have to be read from a large source, or the values are no words.
    NotTold,
}

/// A word that a filter asks one layer for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedValue {
    value: UnmetValue,
    is_met: bool,
}

/// A word that a filter asks for and that no row has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmetValue {
    /// Of what it is asked for.
    pub subject: Subject,
    /// As it is written.
    pub value: String,
    /// Whether it may be a part of a longer text.
    pub is_part: bool,
    /// What rows have that is written much like it.
    pub did_you_mean: Option<String>,
}

impl Display for UnmetValue {
    /// A sentence for the user without its final period.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, value, is_part, did_you_mean } = self;
        match is_part {
            true => write!(f, "no {subject} here has “{value}” in it")?,
            false => write!(f, "no {subject} here is called “{value}”")?,
        }
        did_you_mean.iter().try_for_each(|meant| write!(f, "; did you mean “{meant}”?"))
    }
}

/// The words that none of the layers has that know their subject.
pub fn unmet_values<'a>(layers: impl Iterator<Item = &'a [AskedValue]>) -> Vec<UnmetValue> {
    let mut all: Vec<AskedValue> = Vec::new();
    for asked in layers.flatten() {
        let is_same = |other: &&mut AskedValue| {
            let (one, other) = (&asked.value, &other.value);
            (&one.subject, &one.value, one.is_part) == (&other.subject, &other.value, other.is_part)
        };
        match all.iter_mut().find(is_same) {
            Some(known) => {
                known.is_met |= asked.is_met;
                known.value.did_you_mean =
                    known.value.did_you_mean.take().or_else(|| asked.value.did_you_mean.clone());
            }
            None => all.push(asked.clone()),
        }
    }
    all.into_iter().filter(|asked| !asked.is_met).map(|asked| asked.value).collect()
}

impl Filter {
    /// The words that it asks a layer for, and whether any row has them. Words are compared once a word, so that this is
    /// for a worker.
    pub fn asked_values(&self, scope: &Scope<'_>) -> Vec<AskedValue> {
        let mut asked = Vec::new();
        for part in &self.parts {
            part.visit_conditions(&mut |condition| asked.extend(asked_of(condition, scope)));
        }
        asked
    }
}

fn asked_of(condition: &Condition, scope: &Scope<'_>) -> Vec<AskedValue> {
    let Condition { subject, predicate } = condition;
    let Ok(found) = scope.find(subject) else { return Vec::new() };
    let is_part = matches!(predicate, Predicate::Contains(_));
    let texts: Vec<&String> = match predicate {
        Predicate::Contains(part) => vec![part],
        other => values_of(other).into_iter().filter_map(Value::as_text).collect(),
    };
    let of_text = |text: &String| {
        let asked = match is_part {
            true => Predicate::Contains(text.clone()),
            false => Predicate::OneOf(vec![Value::Text(text.clone())]),
        };
        let is_met = meeting(subject, &found, &asked, scope) != Meeting::None || is_class(subject, text);
        let did_you_mean = if is_met { None } else { nearest_name(text, names(&found)).map(str::to_owned) };
        let value = UnmetValue { subject: subject.clone(), value: text.clone(), is_part, did_you_mean };
        AskedValue { value, is_met }
    };
    texts.into_iter().map(of_text).collect()
}

/// Whether a text is one of the few values that a field can have: that no row has it is no slip.
fn is_class(subject: &Subject, text: &str) -> bool {
    matches!(subject, Subject::Field(field) if field.class_word(text).is_some())
}

/// Whether any row of a layer has what is asked for.
pub(super) fn meeting(
    subject: &Subject,
    found: &Found<'_>,
    predicate: &Predicate,
    scope: &Scope<'_>,
) -> Meeting {
    let asked = Asked::new(predicate, subject.is_list(), scope.zone);
    let (values, columns) = match found {
        Found::Values(values, columns) => (values.values(), columns),
        Found::Columns(columns) => (&[][..], columns),
        Found::Times(_) | Found::Figures(..) => return Meeting::NotTold,
    };
    if values.iter().any(|value| is_wanted(subject, value, &asked)) {
        return Meeting::Some;
    }
    let of_columns = columns.iter().map(|column| in_column(column, &asked, scope));
    of_columns.fold(Meeting::None, |whole, next| match (whole, next) {
        (Meeting::Some, _) | (_, Meeting::Some) => Meeting::Some,
        (Meeting::NotTold, _) | (_, Meeting::NotTold) => Meeting::NotTold,
        _ => Meeting::None,
    })
}

fn in_column(column: &Column, asked: &Asked<'_>, scope: &Scope<'_>) -> Meeting {
    let is_met = match &column.data {
        _ if column.filled == 0 => false,
        ColumnData::Word { words, .. } => words.iter().any(|word| asked.text(word) == Some(true)),
        ColumnData::InSource { .. } if scope.features.len() <= MOST_DECODED => {
            let met = rows_decoded(scope.features, &column.name, scope.stop, |value| {
                asked.value(value) == Some(true)
            });
            match met {
                Ok(rows) => rows.count() > 0,
                // It is told where the filter itself is asked.
                Err(_) => return Meeting::NotTold,
            }
        }
        _ => return Meeting::NotTold,
    };
    if is_met { Meeting::Some } else { Meeting::None }
}

/// What rows have of a subject, as far as the store holds it.
fn names<'a>(found: &'a Found<'_>) -> impl Iterator<Item = &'a str> {
    let (values, columns) = match found {
        Found::Values(values, _) => (values.values(), &[][..]),
        Found::Columns(columns) => (&[][..], &columns[..]),
        Found::Times(_) | Found::Figures(..) => (&[][..], &[][..]),
    };
    let words = columns.iter().flat_map(|column| match &column.data {
        ColumnData::Word { words, .. } => &words[..],
        _ => &[],
    });
    values
        .iter()
        .map(|value| value.label.unwrap_or(&value.name))
        .chain(words.map(String::as_str))
        .take(MOST_COMPARED)
}
