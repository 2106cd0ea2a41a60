//! How many rows are left by each choice of how many people came to harm.
//!
//! Floor 2. Rows are counted, never people: reports overlap.

use super::counts::ValueCounts;
use super::filter::Filter;
use super::problem::FilterError;
use super::scope::Scope;
use super::tree::{Comparison, Condition, Expression, People, Predicate, Subject, Value};
use crate::situation::RowMask;

/// At least so many can be chosen.
const AT_LEAST: [f64; 4] = [1.0, 5.0, 10.0, 50.0];

impl People {
    /// What can be chosen of a number of people; `None` is any number.
    pub fn choices() -> Vec<Option<Predicate>> {
        let at_least =
            AT_LEAST.map(|count| Some(Predicate::Compare(Comparison::AtLeast, Value::Number(count))));
        [None].into_iter().chain(at_least).chain([Some(Predicate::Unknown)]).collect()
    }

    /// What a choice is counted under: the condition as it is written, blank for any number.
    pub fn name_of_choice(self, choice: Option<&Predicate>) -> String {
        choice.map(|predicate| self.condition(predicate).to_string()).unwrap_or_default()
    }

    fn condition(self, predicate: &Predicate) -> Condition {
        Condition { subject: Subject::People(self), predicate: predicate.clone() }
    }
}

/// How many of the rows each choice leaves, see [`People::name_of_choice`].
pub fn people_counts(people: People, scope: &Scope<'_>, rows: &RowMask) -> Result<ValueCounts, FilterError> {
    let scope = Scope { absent_is_unknown: true, ..*scope };
    let counted = People::choices().into_iter().map(|choice| {
        let name = people.name_of_choice(choice.as_ref());
        let parts = choice.iter().map(|choice| Expression::Where(people.condition(choice))).collect();
        let met = Filter { parts }.verdict(&scope)?.into_met();
        Ok((name, met.and(rows).count()))
    });
    let values = counted.collect::<Result<_, FilterError>>()?;
    Ok(ValueCounts::merged([ValueCounts { values, is_cut: false }]))
}
