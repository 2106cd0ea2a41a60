//! What the desk wants of the window, and what it asks the user.
//!
//! Floor 5.

use std::path::PathBuf;

/// What the window must do for the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskWish {
    /// Let the user choose a project to open.
    ChooseToOpen,
    /// Let the user choose where to save; the name to begin with.
    ChooseWhereToSave(String),
    /// Let the user choose where to write the log; the name to begin with.
    ChooseWhereToLog(String),
    /// Close the window.
    CloseWindow,
}

/// What the user is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskQuestion {
    /// A passphrase for this file; what was wrong with the last one.
    Passphrase {
        /// The file's name.
        name: String,
        /// Whether one was tried.
        was_wrong: bool,
    },
    /// What to do with what is not saved of this map.
    Unsaved {
        /// What its project is called; `None` where it is none yet.
        name: Option<String>,
    },
    /// Whether to bring back what a crash left.
    Recover {
        /// What it is called.
        name: String,
        /// When the copy was written, UTC.
        written: String,
        /// How many other copies there are.
        others: usize,
    },
}

/// How the project stands, for the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectStanding {
    /// Its file, where it has one.
    pub path: Option<PathBuf>,
    /// Whether anything is not saved.
    pub is_changed: bool,
    /// Whether its file, as it lies on the disk, has a passphrase.
    pub is_protected: bool,
    /// Whether the next saving gives it one.
    pub is_to_be_protected: bool,
    /// What is going on, in words; nothing where empty.
    pub at_work: &'static str,
    /// What is to be asked.
    pub question: Option<DeskQuestion>,
}
