//! How the project of a window stands, and what the user is to be asked about it.
//!
//! Floor 5.

use std::path::Path;

use super::{DeskQuestion, ProjectDesk, ProjectStanding, name_of};
use crate::project::recovery::LeftCopy;

impl ProjectDesk {
    /// How it stands.
    pub fn standing(&self) -> ProjectStanding {
        let at_work = match (&self.saving, &self.save_wanted, &self.reading) {
            (Some(_), ..) => "Saving the project…",
            (_, Some(_), _) => "Looking through the files for their hashes, then saving…",
            (.., Some(_)) => "Opening the project…",
            _ => "",
        };
        ProjectStanding {
            path: self.path().map(Path::to_owned),
            is_changed: self.is_changed && self.is_worth_keeping(),
            is_protected: self.open.as_ref().is_some_and(|open| open.is_encrypted),
            is_to_be_protected: self.passphrase.is_some(),
            at_work,
            question: self.question(),
        }
    }

    /// What is open without a project is brought back by the next start: only a project can be behind its file.
    fn is_worth_keeping(&self) -> bool {
        self.open.is_some() || self.copy.is_some() || self.brought_back.is_some()
    }

    fn question(&self) -> Option<DeskQuestion> {
        if let Some(locked) = &self.locked {
            return Some(DeskQuestion::Passphrase {
                name: match &locked.opening.recovered {
                    Some(copy) => format!("The unsaved copy of {}", name_of_copied(copy)),
                    None => name_of(&locked.opening.path),
                },
                was_wrong: locked.was_wrong,
            });
        }
        if self.asked.is_some() {
            return Some(DeskQuestion::Unsaved { name: self.path().map(name_of) });
        }
        let copy = self.left.first().filter(|_| self.is_left_asked)?;
        let written = copy.written.and_then(|at| jiff::Timestamp::try_from(at).ok());
        let written = written.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
        Some(DeskQuestion::Recover { name: name_of_copied(copy), written, others: self.left.len() - 1 })
    }

    pub(super) fn name(&self) -> String {
        self.path().map_or_else(|| "this map".to_owned(), name_of)
    }
}

/// What a copy is of.
fn name_of_copied(copy: &LeftCopy) -> String {
    let project = copy.note.project.as_ref();
    project.map_or_else(|| "a map without a project".to_owned(), |(path, _)| name_of(&path.0))
}
