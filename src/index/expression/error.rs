//! What is wrong with an expression, and where.
//!
//! Floor 2.

use super::token::token_end;
use super::tree::Subject;

/// An expression that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}, at character {at} of “{text}”{}", suggested(.did_you_mean))]
pub struct ExpressionError {
    /// What was given.
    pub text: String,
    /// Which character, counted from 1; one beyond the last where something is missing at the end.
    pub at: usize,
    /// The first character after what is wrong, counted from 1.
    pub end: usize,
    /// What is wrong there and what was expected.
    pub reason: String,
    /// What may have been meant.
    pub did_you_mean: Option<String>,
}

pub(super) fn suggested(did_you_mean: &Option<String>) -> String {
    did_you_mean.as_ref().map(|meant| format!("; did you mean {meant}?")).unwrap_or_default()
}

/// What is wrong at a character, counted from 0, and what could have stood there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    pub at: usize,
    pub reason: String,
    pub expected: Expected,
}

/// What could stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expected {
    /// A field, a column, `not` or a test of the place.
    Test,
    /// How the value of this stands to another.
    Operator(Subject),
    /// A value of this.
    Value(Subject),
    /// A value of this that has an order, after a sign that asks for one.
    OrderedValue { of: Subject, sign_at: usize },
    /// The values of this begin, in parentheses or as a range.
    Values(Subject),
    /// `known` or `unknown`.
    KnownOrUnknown,
    /// A layer or the drawn area.
    Region,
    /// `m` or `km`.
    Unit,
    /// One certain word.
    Keyword(&'static str),
    /// `and`, `or`, or the end; whether a parenthesis is open.
    Connective { is_open: bool },
    /// Nothing that a list could offer.
    Nothing,
}

impl Fault {
    pub fn new(at: usize, reason: impl Into<String>, expected: Expected) -> Self {
        Self { at, reason: reason.into(), expected }
    }

    pub fn in_text(self, text: &str) -> ExpressionError {
        Mistake { at: self.at, reason: self.reason, did_you_mean: None }.in_text(text)
    }
}

/// What is wrong at a character, counted from 0, of a text that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub at: usize,
    pub reason: String,
    pub did_you_mean: Option<String>,
}

impl Mistake {
    pub fn new(at: usize, reason: impl Into<String>) -> Self {
        Self { at, reason: reason.into(), did_you_mean: None }
    }

    pub fn in_text(self, text: &str) -> ExpressionError {
        let Self { at, reason, did_you_mean } = self;
        let end = token_end(text, at) + 1;
        ExpressionError { text: text.to_owned(), at: at + 1, end, reason, did_you_mean }
    }
}
