//! A filter: the parts of an expression that must all hold.
//!
//! Floor 2.

use std::fmt::{self, Display};
use std::str::FromStr;

use super::error::ExpressionError;
use super::parse::parse;
use super::tree::{Condition, Expression, Predicate, Region, Subject};

/// The language for `--help` and the like.
pub const FILTER_GRAMMAR: &str = r#"killed >= 5 and actor ~ "Russia" and date in 2018-09-04..2018-09-10

A field of an event, such as date, kind, actor or killed.best, or a column of the file; the name of a column that
is no plain word, or that is also the name of a field, goes in [square brackets].

= != < <= > >=       a number, a date or a whole text: weapon = air_strike, note != "none"
~                    has the text in it; case, diacritics and Arabic spellings make no difference
in A..B              a number or a date from A to B, both included; one end may be left out
in (A, B, C)         one of these values
is known, is unknown has a value, or none
and, or, not, ( )    put conditions together
inside "LAYER"       lies in an area of that layer
within 5 km of "LAYER"

A date is a day, a month or a year: 2018-09-08, 2018-09, 2018. What is unknown meets no comparison, under != and
not, too. Of killed and injured the low figure must be at least, the high one at most what is asked for: killed >= 1
is at least one killed for certain."#;

/// What rows must be like to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// All of them must hold, in the order in which they were given; every row is shown where there are none.
    pub parts: Vec<Expression>,
}

impl Filter {
    /// Whether every row passes.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The first part that is one condition on this subject.
    pub fn on<'a>(&'a self, subject: &Subject) -> Option<&'a Predicate> {
        self.parts.iter().find_map(|part| match part {
            Expression::Where(condition) if condition.subject == *subject => Some(&condition.predicate),
            _ => None,
        })
    }

    /// The same without any part that is one condition on this subject.
    pub fn without(&self, subject: &Subject) -> Self {
        let is_on = |part: &&Expression| matches!(part, Expression::Where(condition) if condition.subject == *subject);
        Self { parts: self.parts.iter().filter(|part| !is_on(part)).cloned().collect() }
    }

    /// The same with another condition on the subject, or with none on it.
    pub fn with(&self, subject: &Subject, predicate: Option<Predicate>) -> Self {
        let mut filter = self.without(subject);
        let condition = predicate.map(|predicate| Condition { subject: subject.clone(), predicate });
        filter.parts.extend(condition.map(Expression::Where));
        filter
    }

    /// The titles of all layers that it speaks of.
    pub fn layers_named(&self) -> impl Iterator<Item = &str> {
        self.regions().into_iter().filter_map(|region| match region {
            Region::Layer(title) => Some(title.as_str()),
            Region::Drawn => None,
        })
    }

    /// Whether it speaks of the drawn area.
    pub fn names_area(&self) -> bool {
        self.regions().contains(&&Region::Drawn)
    }

    fn regions(&self) -> Vec<&Region> {
        let mut regions = Vec::new();
        for part in &self.parts {
            part.visit_places(&mut |test| regions.push(test.region()));
        }
        regions
    }
}

impl From<Option<Expression>> for Filter {
    fn from(expression: Option<Expression>) -> Self {
        let parts = match expression {
            None => Vec::new(),
            Some(Expression::And(parts)) => parts,
            Some(one) => vec![one],
        };
        Self { parts }
    }
}

impl FromStr for Filter {
    type Err = ExpressionError;

    /// A blank text shows every row.
    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        parse(text).map(|parsed| Self::from(parsed.expression)).map_err(|fault| fault.in_text(text))
    }
}

impl Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.parts[..] {
            [] => Ok(()),
            [one] => one.fmt(f),
            parts => Expression::And(parts.to_vec()).fmt(f),
        }
    }
}
