//! What can be met by no row, whatever the rows hold: a condition that asks for values of another type, or for what lies
//! between two ends the wrong way round.
//!
//! Floor 2. It is told where it is written, with what to write instead. A row that just is not there is no mistake: who
//! asks for a word that nobody wrote, or for a day on which nothing was, is told that nothing is shown.

use super::error::Mistake;
use super::parse::WrittenCondition;
use super::ranges::{Asked, is_backwards, is_number, is_time};
use super::scope::{Found, Scope};
use super::tree::{Predicate, Subject, Value};
use super::wrong_date::remedy_for;
use crate::situation::{Column, ColumnData, FieldValues};

/// What the values of a subject are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Numbers,
    Dates,
    Words,
    TrueOrFalse,
}

impl ValueKind {
    pub fn of(found: &Found<'_>) -> Self {
        match found {
            Found::Times(_) => Self::Dates,
            Found::Figures(..) => Self::Numbers,
            Found::Values(..) => Self::Words,
            Found::Columns(columns) => columns.first().map_or(Self::Words, |column| Self::of_column(column)),
        }
    }

    fn of_column(column: &Column) -> Self {
        match &column.data {
            ColumnData::Number(_) => Self::Numbers,
            ColumnData::Day(_) | ColumnData::Instant(_) => Self::Dates,
            ColumnData::Bool(_) => Self::TrueOrFalse,
            ColumnData::Word { .. } | ColumnData::InSource { .. } => Self::Words,
        }
    }

    /// Whether one of them can be less than another.
    pub fn has_order(self) -> bool {
        matches!(self, Self::Numbers | Self::Dates)
    }

    /// What is wrong with a sign that these values have no answer to, or with the dots of a range.
    pub fn wrong_sign(self, subject: &Subject, is_range: bool) -> String {
        let instead = match self {
            Self::Numbers => "holds numbers: compare it with =, <, > or in 1..5",
            Self::Dates => "holds dates: compare it with =, <, > or in 2018-09-01..2018-09-25",
            Self::Words if is_range => "holds words: list them as in (A, B), or compare it with = or ~",
            Self::Words => "holds words: compare it with =, in (A, B) or ~",
            Self::TrueOrFalse => "holds true and false: compare it with =",
        };
        format!("“{subject}” {instead}")
    }

    fn wrong_value(self, subject: &Subject, value: &Value) -> String {
        if let (Self::Dates, Value::Text(text)) = (self, value)
            && let Some(remedy) = remedy_for(text)
        {
            return remedy;
        }
        let instead = match self {
            Self::Numbers => "holds numbers, and this is none",
            Self::Dates => "holds dates, and this is none: write 2018-09-08, 2018-09 or 2018",
            Self::Words if matches!(value, Value::Date(_)) => {
                "holds words, and none of them is a date: put a text in quotes"
            }
            Self::Words => "holds words, and none of them is a number",
            Self::TrueOrFalse => "holds true and false, and this is neither",
        };
        format!("“{subject}” {instead}")
    }

    /// Whether a value can be among these.
    fn can_hold(self, value: &Value) -> bool {
        match self {
            Self::Numbers => is_number(value),
            Self::Dates => is_time(value),
            Self::Words => matches!(value, Value::Text(_)),
            Self::TrueOrFalse => {
                matches!(value, Value::Text(text) if ["true", "false"].contains(&text.as_str()))
            }
        }
    }
}

/// Where a condition asks for values of another type than the rows of a layer have, and what is wrong there; `None` where
/// some row could meet it or its opposite. Every word of a column is asked.
pub(super) fn type_mistake(
    written: &WrittenCondition,
    found: &Found<'_>,
    scope: &Scope<'_>,
) -> Option<Mistake> {
    let WrittenCondition { condition, sign_at, values_at, .. } = written;
    let (subject, predicate) = (&condition.subject, &condition.predicate);
    if matches!(predicate, Predicate::Known | Predicate::Unknown) {
        return None;
    }
    if let (Predicate::Range(Some(from), Some(to)), [.., last_at]) = (predicate, &values_at[..])
        && is_backwards(from, to)
    {
        return Some(Mistake::new(*last_at, "the range ends before it begins"));
    }
    let is_list = subject.is_list();
    if can_be_asked(found, &Asked::new(predicate, is_list, scope.zone)) {
        return None;
    }
    let kind = ValueKind::of(found);
    let is_range = matches!(predicate, Predicate::Range(..));
    let is_sign_wrong = match predicate {
        Predicate::Contains(_) => kind != ValueKind::Words,
        Predicate::Compare(comparison, _) => comparison.asks_for_order() && !kind.has_order(),
        _ => is_range && !kind.has_order(),
    };
    if is_sign_wrong {
        return Some(Mistake::new(*sign_at, kind.wrong_sign(subject, is_range)));
    }
    let mut values = values_of(predicate).into_iter().zip(values_at);
    let (value, at) = values.find(|(value, _)| !kind.can_hold(value))?;
    Some(Mistake::new(*at, kind.wrong_value(subject, value)))
}

/// The values that a predicate is written with, in their order; none where it asks for a part of a text.
pub(super) fn values_of(predicate: &Predicate) -> Vec<&Value> {
    match predicate {
        Predicate::Compare(_, value) => vec![value],
        Predicate::Range(from, to) => from.iter().chain(to).collect(),
        Predicate::OneOf(values) => values.iter().collect(),
        Predicate::Contains(_) | Predicate::Known | Predicate::Unknown => Vec::new(),
    }
}

fn can_be_asked(found: &Found<'_>, asked: &Asked<'_>) -> bool {
    match found {
        Found::Times(_) => asked.times.is_some(),
        Found::Figures(..) => asked.numbers.is_some(),
        Found::Columns(columns) => columns.iter().any(|column| can_be_asked_of_column(column, asked)),
        Found::Values(values, columns) => {
            // Texts that are only in the source are the wordings of values: those have been asked.
            let is_wording = |column: &&&Column| matches!(column.data, ColumnData::InSource { kind: "text" });
            let mut columns = columns.iter().filter(|column| !is_wording(column));
            let mut of_columns = || columns.any(|column| can_be_asked_of_column(column, asked));
            can_be_asked_of_values(values, asked) || of_columns()
        }
    }
}

fn can_be_asked_of_values(values: &FieldValues, asked: &Asked<'_>) -> bool {
    // Values have no order, even where a word of one looks like a number: only what is written has.
    let is_asked = |name: &str| !asked.asks_for_order() && asked.text(name).is_some();
    values.values().is_empty() || values.values().iter().any(|value| is_asked(&value.name))
}

fn can_be_asked_of_column(column: &Column, asked: &Asked<'_>) -> bool {
    if column.filled == 0 {
        return true;
    }
    match &column.data {
        ColumnData::Number(_) => asked.numbers.is_some(),
        ColumnData::Day(_) | ColumnData::Instant(_) => asked.times.is_some(),
        ColumnData::Bool(_) => [true, false].iter().any(|value| asked.text(&value.to_string()) == Some(true)),
        ColumnData::Word { words, .. } => words.iter().any(|word| asked.text(word).is_some()),
        // What is in it is not known before it is decoded.
        ColumnData::InSource { .. } => true,
    }
}
