//! What can be asked of project files; [`crate::project`] does it.
//!
//! Floor 4.

use std::fmt;
use std::path::PathBuf;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProjectRequest {
    /// Let the user choose a project, and open it.
    ChooseToOpen,
    /// Open a project in place of the map, and these layers on top of it.
    Open {
        /// The project.
        path: PathBuf,
        /// Files of layers.
        then: Vec<PathBuf>,
    },
    /// Open the project that waits for it, with this passphrase.
    OpenWith(Secret),
    /// Do not open the project that waits for a passphrase.
    LeaveClosed,
    /// Save the open project, or choose where.
    Save,
    /// Let the user choose where to save.
    ChooseWhereToSave,
    /// Save there from now on.
    SaveTo(PathBuf),
    /// Protect the project with a passphrase from the next saving on; with none where `None`.
    Protect(Option<Secret>),
    /// Close the project: only the bundled map is left.
    Close,
    /// Close the window.
    Quit,
    /// What to do with what is not saved.
    Unsaved(UnsavedAnswer),
    /// Bring back what a crash left.
    Recover,
    /// Throw away what a crash left.
    DiscardRecovered,
    /// Leave what a crash left where it is, for another start.
    RecoverLater,
    /// Let the user choose where to write the log of the project: as JSON, or as a page to print.
    ExportLog {
        /// As a page.
        page: bool,
    },
    /// Write the log there, in the form that its ending says.
    ExportLogTo(PathBuf),
}

/// What to do with what is not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedAnswer {
    /// Save it, then go on.
    Save,
    /// Choose where to save it, then go on.
    SaveElsewhere,
    /// Go on without it.
    Lose,
    /// Do not go on.
    Stay,
}

/// A text that is never shown, in a message neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
