//! Names of places that are placed by their sound, to be told once each, however many rows have them.
//!
//! Floor 2. Counted in each stretch and put together in their order.

use std::collections::BTreeMap;

use super::super::issues::{IssueLog, Severity};
use super::row_place::PlacedBySound;

/// One spelling of a table.
#[derive(Debug, PartialEq)]
struct PlacedName {
    /// The first byte of the first.
    at: usize,
    taken_for: String,
    rows: usize,
}

/// Spellings of a table that the gazetteer has otherwise.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PlacedNames(BTreeMap<String, PlacedName>);

impl PlacedNames {
    /// Counts the name of one row.
    pub fn count(&mut self, placed: PlacedBySound) {
        let PlacedBySound { at, spelled, taken_for } = placed;
        self.0.entry(spelled).or_insert(PlacedName { at, taken_for, rows: 0 }).rows += 1;
    }

    /// Adds those of a later stretch.
    pub fn follow(&mut self, next: Self) {
        for (spelled, name) in next.0 {
            let rows = name.rows;
            self.0.entry(spelled).or_insert(PlacedName { rows: 0, ..name }).rows += rows;
        }
    }

    /// One note for each spelling, where it stands first.
    pub fn tell(self, log: &mut IssueLog) {
        for (spelled, PlacedName { at, taken_for, rows }) in self.0 {
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            log.push(
                Severity::Note,
                at,
                None,
                format!("placed by sound: “{spelled}” is taken for {taken_for} ({rows})"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_is_told_once_with_its_rows_where_it_stands_first() {
        let name = |at| PlacedBySound { at, spelled: "Idleb".to_owned(), taken_for: "Idlib".to_owned() };
        let mut names = PlacedNames::default();
        names.count(name(2));
        let mut next = PlacedNames::default();
        [5, 7].into_iter().for_each(|at| next.count(name(at)));
        names.follow(next);
        let mut log = IssueLog::default();
        names.tell(&mut log);
        let issues = log.finish(b"a\nIdleb\n");
        assert_eq!(issues[0].message, "placed by sound: “Idleb” is taken for Idlib (3 rows)");
        assert_eq!((issues.len(), issues[0].line), (1, Some(2)));
    }
}
