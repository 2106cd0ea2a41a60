//! What can be asked of project files; [`crate::project`] does it.
//!
//! Floor 4.

use std::fmt;
use std::path::PathBuf;

use super::{Command, Request, is_project};

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

/// What a start begins with: the project of the last one, and the files of the command line on top of it, unless a project
/// is among these.
pub fn first_command(last_project: Option<PathBuf>, files: Vec<PathBuf>) -> Option<Command> {
    match last_project.filter(|_| !files.iter().any(|file| is_project(file))) {
        Some(path) => Some(Command::Ask(Request::Project(ProjectRequest::Open { path, then: files }))),
        None => (!files.is_empty()).then_some(Command::OpenFiles(files)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_command_line_come_on_top_of_the_last_project_and_another_project_in_its_place() {
        let (last, file, other) = (|| Some("last.sitmap".into()), "a.geojson".into(), "b.sitmap".into());
        let files: Vec<PathBuf> = vec![file];
        let then = files.clone();
        let on_top = ProjectRequest::Open { path: "last.sitmap".into(), then };
        assert_eq!(first_command(last(), files.clone()), Some(Command::Ask(Request::Project(on_top))));
        assert_eq!(first_command(None, files.clone()), Some(Command::OpenFiles(files.clone())));
        let both = [files, vec![other]].concat();
        assert_eq!(first_command(last(), both.clone()), Some(Command::OpenFiles(both)));
        assert_eq!(first_command(None, Vec::new()), None);
    }
}
