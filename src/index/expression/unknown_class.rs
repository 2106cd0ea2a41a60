//! A value that a field of a closed list has not, such as `weapon = airstrike`: a mistake and no answer of no rows.
//!
//! Floor 2. What is written in a column of the field can be asked for word for word, whatever the list says.

use super::error::Mistake;
use super::parse::WrittenCondition;
use super::scope::{Found, Scope};
use super::tree::{Predicate, Subject, Value};
use super::type_mistake::values_of;
use super::unmet::{Meeting, meeting};
use crate::situation::nearest_name;

/// The first value of a condition that its field cannot have, with what may have been meant; `None` where some row has
/// it, and where that cannot be told without reading a large source.
pub(super) fn unknown_class(
    written: &WrittenCondition,
    found: &Found<'_>,
    scope: &Scope<'_>,
) -> Option<Mistake> {
    let WrittenCondition { condition, values_at, .. } = written;
    let (Subject::Field(field), Found::Values(..)) = (&condition.subject, found) else { return None };
    let list = field.closed_list()?;
    if !matches!(condition.predicate, Predicate::Compare(..) | Predicate::OneOf(_)) {
        return None;
    }
    let mut values = values_of(&condition.predicate).into_iter().zip(values_at);
    values.find_map(|(value, at)| {
        let Value::Text(text) = value else { return None };
        let asked = Predicate::OneOf(vec![value.clone()]);
        let is_there = || meeting(&condition.subject, found, &asked, scope) != Meeting::None;
        if field.class_word(text).is_some() || is_there() {
            return None;
        }
        let names = list.iter().flat_map(|(word, label)| [*word, *label]);
        let meant = nearest_name(text, names).and_then(|name| field.class_word(name));
        let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
        let subject = &condition.subject;
        let reason = match meant {
            Some(_) => format!("no {subject} is called {text}"),
            None => format!("no {subject} is called {text}; there are {}", words.join(", ")),
        };
        Some(Mistake { did_you_mean: meant.map(str::to_owned), ..Mistake::new(*at, reason) })
    })
}
