//! What an expression over some layers can speak of.
//!
//! Floor 2.

use super::error::{Expected, ExpressionError, Fault, Mistake};
use super::filter::Filter;
use super::parse::{Parsed, parse};
use super::scope::Scope;
use super::suggest::nearest;
use super::tree::{People, Region, Subject};
use super::type_mistake::{ValueKind, type_mistake};
use super::unknown_class::unknown_class;
use crate::situation::EventField;

/// The fields, columns and layers that there are.
#[derive(Default)]
pub struct Vocabulary<'a> {
    /// The layers whose rows are asked.
    pub scopes: Vec<Scope<'a>>,
    /// The titles of all layers of the map.
    pub layers: Vec<&'a str>,
    /// Whether an area is drawn.
    pub has_area: bool,
}

impl Vocabulary<'_> {
    /// Reads a filter and sees that it speaks only of what there is, and asks for what can be there; what is only in one
    /// of several layers is there.
    pub fn read(&self, text: &str) -> Result<Filter, ExpressionError> {
        let parsed = parse(text).map_err(|fault| self.unordered(fault).in_text(text))?;
        match self.unknown_name(&parsed).or_else(|| self.mistaken_value(&parsed)) {
            Some(mistake) => Err(mistake.in_text(text)),
            None => Ok(Filter::from(parsed.expression)),
        }
    }

    /// Where a filter asks for values of another type, or for one that a closed list has not; of names that there are not nothing is said.
    pub fn value_mistake_in(&self, text: &str) -> Option<ExpressionError> {
        Some(self.mistaken_value(&parse(text).ok()?)?.in_text(text))
    }

    /// Where words are asked for their order, a number in the place of the other word would be no better.
    fn unordered(&self, fault: Fault) -> Fault {
        let Expected::OrderedValue { of, sign_at } = &fault.expected else { return fault };
        match self.kind(of) {
            Some(kind) if !kind.has_order() => {
                Fault::new(*sign_at, kind.wrong_sign(of, false), Expected::Nothing)
            }
            _ => fault,
        }
    }

    /// The first field, column or part of the map that there is not.
    fn unknown_name(&self, parsed: &Parsed) -> Option<Mistake> {
        for written in &parsed.conditions {
            let subject = &written.condition.subject;
            if !self.scopes.iter().any(|scope| scope.find(subject).is_ok()) {
                let name = subject.to_string();
                let did_you_mean = nearest(&name, self.subjects().iter().map(String::as_str));
                let reason = format!("there is no field and no column {name}");
                return Some(Mistake { did_you_mean, ..Mistake::new(written.subject_at, reason) });
            }
        }
        parsed.regions.iter().find_map(|(region, at)| match region {
            Region::Layer(title) if !self.layers.contains(&title.as_str()) => {
                let did_you_mean = nearest(title, self.layers.iter().copied());
                Some(Mistake {
                    did_you_mean, ..Mistake::new(*at, format!("there is no layer “{title}”"))
                })
            }
            Region::Drawn if !self.has_area => Some(Mistake::new(*at, "no area is drawn")),
            _ => None,
        })
    }

    /// The first condition that no row of any layer that has its subject could meet, whatever the rows hold.
    fn mistaken_value(&self, parsed: &Parsed) -> Option<Mistake> {
        parsed.conditions.iter().find_map(|written| {
            let found = self.scopes.iter().filter_map(|scope| {
                let found = scope.find(&written.condition.subject).ok()?;
                let of_type = || type_mistake(written, &found, scope);
                Some(unknown_class(written, &found, scope).or_else(of_type))
            });
            // The first layer's words for it; no mistake where one layer has an answer.
            found.reduce(|one, other| one.and_then(|one| other.map(|_| one)))?
        })
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

    /// What the values of a subject are like in the first layer that has it.
    pub(super) fn kind(&self, subject: &Subject) -> Option<ValueKind> {
        self.scopes.iter().find_map(|scope| scope.find(subject).ok()).map(|found| ValueKind::of(&found))
    }
}
