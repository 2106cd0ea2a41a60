//! The last session on disk: one JSON file in the user's configuration folder.
//!
//! Floor 5.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::session::SavedSession;

/// Why the last session could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LastSessionError {
    /// The file is there and cannot be read.
    #[error("cannot read the settings of the last session ({source}): {path:?}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what this program writes.
    #[error("the settings of the last session are damaged ({source}) and were set aside: {path:?}")]
    Damaged {
        /// Where it was moved to.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The file could not be written.
    #[error("cannot keep the settings for the next start ({source}): {path:?}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Where the last session is kept.
#[derive(Debug, Clone)]
pub struct LastSessionFile {
    path: PathBuf,
}

impl LastSessionFile {
    /// In the user's configuration folder; `None` where the system names none.
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "sitmap")?;
        Some(Self::at(folders.config_dir().join("last-session.json")))
    }

    /// At a path of the caller's choice.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The session of the last start; `None` at the first one.
    ///
    /// A damaged file is set aside, so that nothing of it is overwritten, and reported.
    pub fn read(&self) -> Result<Option<SavedSession>, LastSessionError> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(LastSessionError::Read { path: self.path.clone(), source }),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|source| {
            let aside = self.path.with_extension("damaged.json");
            // Where it cannot be moved it stays, and the message names where it was meant to go.
            let moved = std::fs::rename(&self.path, &aside).is_ok();
            LastSessionError::Damaged { path: if moved { aside } else { self.path.clone() }, source }
        })
    }

    /// Writes to a file beside it, syncs, and renames: a crash leaves the old or the new session, never half of one.
    pub fn write(&self, session: &SavedSession) -> Result<(), LastSessionError> {
        let failed = |source| LastSessionError::Write { path: self.path.clone(), source };
        let bytes = serde_json::to_vec_pretty(session).map_err(|error| failed(error.into()))?;
        write_whole(&self.path, &bytes).map_err(failed)
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("json.part");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = LastSessionFile::at(folder.path().join("new/last.json"));
        assert!(file.read().unwrap().is_none());
        let mut session = SavedSession::default();
        session.settings.interface_scale = 1.25;
        file.write(&session).unwrap();
        assert_eq!(file.read().unwrap(), Some(session));
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_the_next_start_is_clean() {
        let folder = tempfile::tempdir().unwrap();
        let file = LastSessionFile::at(folder.path().join("last.json"));
        std::fs::write(folder.path().join("last.json"), b"{ not json").unwrap();
        assert!(matches!(file.read(), Err(LastSessionError::Damaged { .. })));
        assert!(file.read().unwrap().is_none());
        assert!(folder.path().join("last.damaged.json").exists());
    }
}
