//! Which columns of a table say what of its events.
//!
//! Floor 1. Columns keep the values of the file; a mapping only says how they are read.

use std::collections::BTreeMap;

use super::word::word_list;
use super::{DayOrder, EventField};

word_list! {
    /// Whose numbers and letters stand for precision, scope and the like.
    CodeScheme, "scheme of codes":
    Words "words" "Words",
    Acled "acled" "ACLED",
    Ucdp "ucdp" "UCDP GED",
}

/// Which columns of a table say what of its events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventMapping {
    /// The known kind of table that it was made for, such as `ACLED`; `None` where it was guessed or made by hand.
    pub preset: Option<String>,
    /// How codes are read.
    pub scheme: CodeScheme,
    /// Which of day and month comes first in dates that are numbers alone.
    pub day_order: DayOrder,
    columns: BTreeMap<EventField, Vec<String>>,
}

#[expect(clippy::derivable_impls, reason = "the enum is made by a macro that names no default")]
impl Default for CodeScheme {
    fn default() -> Self {
        Self::Words
    }
}

impl EventMapping {
    /// A mapping of no column, for a known kind of table or for none.
    pub fn new(preset: Option<&str>, scheme: CodeScheme) -> Self {
        Self { preset: preset.map(str::to_owned), scheme, ..Self::default() }
    }

    /// The columns that say this of an event, in the order in which they are asked; most fields have one at most.
    pub fn columns(&self, field: EventField) -> &[String] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The same columns, with dates read in this order of day and month.
    pub fn with_day_order(&self, day_order: DayOrder) -> Self {
        Self { day_order, ..self.clone() }
    }

    /// All fields that a column is mapped to.
    pub fn fields(&self) -> impl Iterator<Item = (EventField, &[String])> {
        self.columns.iter().map(|(field, columns)| (*field, columns.as_slice()))
    }

    /// Maps columns to a field, instead of those before; none unmaps it.
    pub fn set(&mut self, field: EventField, columns: Vec<String>) {
        match columns.is_empty() {
            true => drop(self.columns.remove(&field)),
            false => drop(self.columns.insert(field, columns)),
        }
    }

    /// What the terms of a known kind of table forbid, a clause for the user; `None` where none are known.
    pub fn terms(&self) -> Option<&'static str> {
        let is_acled = self.preset.as_deref() == Some("ACLED");
        is_acled.then_some("these are rows of ACLED, whose terms forbid passing them on")
    }

    /// Whether there is enough to call the rows events: a date.
    pub fn makes_events(&self) -> bool {
        !self.columns(EventField::Date).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_events_once_a_column_is_their_date() {
        let mut mapping = EventMapping::default();
        mapping.set(EventField::Actor, vec!["actor1".into(), "actor2".into()]);
        assert!(!mapping.makes_events());
        mapping.set(EventField::Date, vec!["event_date".into()]);
        assert!(mapping.makes_events());
        assert_eq!(mapping.columns(EventField::Actor), ["actor1", "actor2"]);
        mapping.set(EventField::Date, Vec::new());
        assert!(!mapping.makes_events());
    }
}
