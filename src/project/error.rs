//! Why a project could not be opened or saved.
//!
//! Floor 5.

use std::io;
use std::path::PathBuf;

use crate::session::PROJECT_FORMAT;
use crate::source::LoadError;

/// A sentence for the user; what was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The system would not give us the file.
    #[error("cannot read the project: {source}: {path:?}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is something else.
    #[error("this is not a sitmap project ({reason}): {path:?}")]
    NotProject {
        /// What tells.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// A later program wrote it.
    #[error(
        "this project was written by a newer sitmap ({program}, format {format}; this one reads up to \
         {PROJECT_FORMAT}). It was not touched; open it with a newer sitmap: {path:?}"
    )]
    Newer {
        /// Its format.
        format: u32,
        /// The program that wrote it.
        program: String,
        /// The file.
        path: PathBuf,
    },
    /// It is encrypted.
    #[error("this project is encrypted; it opens with its passphrase: {path:?}")]
    NeedsPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// It is encrypted with another passphrase, or damaged.
    #[error("the project does not open with this passphrase, or it is damaged ({reason}): {path:?}")]
    Locked {
        /// What the decryption said.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// Larger than any real project.
    #[error("the project is too big: {reason}: {path:?}")]
    TooBig {
        /// Which limit.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// Somebody else has written it since it was opened here.
    #[error(
        "the project was changed by another window or program since it was opened here. Nothing was written; save it \
         under another name: {path:?}"
    )]
    ChangedMeanwhile {
        /// The file.
        path: PathBuf,
    },
    /// Another window is at it.
    #[error("another window is saving this project just now; try again in a moment: {path:?}")]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// A file lies there that nobody was asked about.
    #[error(
        "there is a file of that name already. Nothing was written; choose another name, or that file itself: {path:?}"
    )]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Something else lies there.
    #[error(
        "there is a file of that name, and it is no project, or one with another passphrase. Nothing was written; choose \
         another name: {path:?}"
    )]
    Occupied {
        /// The file.
        path: PathBuf,
    },
    /// The system would not take it.
    #[error("cannot save the project: {source}. What was saved before is as it was: {path:?}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The bytes of a layer, which the project is to hold, are not to be had.
    #[error("cannot save the data with the project: {0}")]
    Data(#[from] LoadError),
}
