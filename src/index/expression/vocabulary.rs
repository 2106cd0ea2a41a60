//! What an expression over some layers can speak of.
//!
//! Floor 2.

use super::counts::{ValueCount, merged_counts, value_counts};
use super::error::ExpressionError;
use super::filter::Filter;
use super::parse::parse;
use super::scope::{Found, Scope};
use super::suggest::nearest;
use super::tree::{People, Region, Subject};
use crate::index::ColumnSummary;
use crate::situation::EventField;

/// The fields, columns, values and layers that there are.
#[derive(Default)]
pub struct Vocabulary<'a> {
    /// The layers whose rows are asked.
    pub scopes: Vec<Scope<'a>>,
    /// The titles of all layers of the map.
    pub layers: Vec<&'a str>,
    /// Whether an area is drawn.
    pub has_area: bool,
}

/// What the values of a subject are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Numbers,
    Dates,
    Words,
}

impl Vocabulary<'_> {
    /// Reads a filter and sees that it speaks only of what there is; what is only in one of several layers is there.
    pub fn read(&self, text: &str) -> Result<Filter, ExpressionError> {
        let parsed = parse(text).map_err(|fault| fault.in_text(text))?;
        let error = |at: usize, reason: String, did_you_mean| {
            Err(ExpressionError { text: text.to_owned(), at: at + 1, reason, did_you_mean })
        };
        for (subject, at) in &parsed.subjects {
            if !self.scopes.iter().any(|scope| scope.find(subject).is_ok()) {
                let name = subject.to_string();
                let names = self.subjects();
                let meant = nearest(&name, names.iter().map(String::as_str));
                return error(*at, format!("there is no field and no column {name}"), meant);
            }
        }
        for (region, at) in &parsed.regions {
            match region {
                Region::Layer(title) if !self.layers.contains(&title.as_str()) => {
                    let meant = nearest(title, self.layers.iter().copied());
                    return error(*at, format!("there is no layer “{title}”"), meant);
                }
                Region::Drawn if !self.has_area => return error(*at, "no area is drawn".to_owned(), None),
                _ => {}
            }
        }
        Ok(Filter::from(parsed.expression))
    }

    /// All subjects as they are written: fields of events first, then columns, each once.
    pub(super) fn subjects(&self) -> Vec<String> {
        let has = |subject: &Subject| self.scopes.iter().any(|scope| scope.find(subject).is_ok());
        let people = [People::Killed, People::Injured].map(Subject::People);
        let fields = EventField::ALL.iter().map(|&field| Subject::Field(field));
        let mut subjects: Vec<String> =
            people.into_iter().chain(fields).filter(has).map(|subject| subject.to_string()).collect();
        for column in self.scopes.iter().flat_map(|scope| scope.features.columns()) {
            let written = Subject::Column(column.name.clone()).to_string();
            // A column that is named like a field is most likely that field.
            if !subjects.contains(&column.name) && !subjects.contains(&written) {
                subjects.push(written);
            }
        }
        subjects
    }

    /// The values of a subject with the number of rows that have them, the most frequent first; empty where there are
    /// too many or none.
    pub(super) fn values(&self, subject: &Subject) -> Vec<ValueCount> {
        merged_counts(self.scopes.iter().map(|scope| value_counts(subject, scope, None).unwrap_or_default()))
    }

    pub(super) fn kind(&self, subject: &Subject) -> ValueKind {
        let found = self.scopes.iter().find_map(|scope| scope.find(subject).ok());
        match found {
            Some(Found::Times(_)) => ValueKind::Dates,
            Some(Found::Values(..)) => ValueKind::Words,
            Some(Found::Figures(..)) => ValueKind::Numbers,
            Some(Found::Columns(columns)) => match columns.first().map(|column| ColumnSummary::of(column)) {
                Some(ColumnSummary::Numbers(..)) => ValueKind::Numbers,
                Some(ColumnSummary::Days(..)) => ValueKind::Dates,
                _ => ValueKind::Words,
            },
            None => ValueKind::Words,
        }
    }
}
