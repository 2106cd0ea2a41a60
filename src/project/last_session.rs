//! The last session on disk: one JSON file in the user's configuration folder.
//!
//! Floor 5.

use std::path::PathBuf;

use super::readable_parts::read_parts;
use super::whole_file::{Expected, Unreplaced, replace_file};
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
    /// Some of the file is not what this program writes; the rest was read.
    #[error("some settings of the last session cannot be read ({}); the file was set aside: {path:?}", parts.join(", "))]
    PartlyDamaged {
        /// Where a copy lies.
        path: PathBuf,
        /// What was left out.
        parts: Vec<String>,
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

/// What was read of the last session.
#[derive(Debug)]
pub struct LastSession {
    /// As far as it could be read.
    pub session: SavedSession,
    /// What could not.
    pub trouble: Option<LastSessionError>,
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

    /// The session of the last start; `None` at the first one. Nothing in it is beyond what can be set.
    ///
    /// What is damaged is set aside, so that nothing of it is overwritten, and reported; of a file in which only some parts
    /// cannot be read, the others are.
    pub fn read(&self) -> Result<Option<LastSession>, LastSessionError> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(LastSessionError::Read { path: self.path.clone(), source }),
        };
        let whole = serde_json::from_slice::<SavedSession>(&bytes).map(|session| (session, Vec::new()));
        let read = whole.or_else(|error| {
            let parts = serde_json::from_slice(&bytes).ok().and_then(read_parts);
            parts.ok_or(error)
        });
        let (mut session, parts) =
            read.map_err(|source| LastSessionError::Damaged { path: self.set_aside(), source })?;
        session.settings = session.settings.checked();
        let trouble =
            (!parts.is_empty()).then(|| LastSessionError::PartlyDamaged { path: self.set_aside(), parts });
        Ok(Some(LastSession { session, trouble }))
    }

    /// Moves the file away, beside those of earlier times; answers where it is now.
    fn set_aside(&self) -> PathBuf {
        const MOST: usize = 1000;
        let name = |number| match number {
            1 => "damaged.json".to_owned(),
            _ => format!("damaged-{number}.json"),
        };
        let free = (1..MOST).map(|number| self.path.with_extension(name(number))).find(|path| !path.exists());
        // Where it cannot be moved it stays, and is named where it is.
        free.filter(|free| std::fs::rename(&self.path, free).is_ok()).unwrap_or_else(|| self.path.clone())
    }

    /// Writes to a file beside it, syncs, and renames: a crash leaves the old or the new session, never half of one.
    pub fn write(&self, session: &SavedSession) -> Result<(), LastSessionError> {
        let failed = |source| LastSessionError::Write { path: self.path.clone(), source };
        let bytes = serde_json::to_vec_pretty(session).map_err(|error| failed(error.into()))?;
        replace_file(&self.path, &bytes, &Expected::Anything).map_err(|error| match error {
            Unreplaced::System(source) => failed(source),
            other => failed(std::io::Error::other(other)),
        })
    }
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
        let read = file.read().unwrap().unwrap();
        assert_eq!(read.session, session);
        assert!(read.trouble.is_none());
    }

    #[test]
    fn damaged_files_are_set_aside_side_by_side_and_the_next_start_is_clean() {
        let folder = tempfile::tempdir().unwrap();
        let file = LastSessionFile::at(folder.path().join("last.json"));
        for (text, aside) in [("{ not json", "last.damaged.json"), ("nor this", "last.damaged-2.json")] {
            std::fs::write(folder.path().join("last.json"), text).unwrap();
            assert!(matches!(file.read(), Err(LastSessionError::Damaged { .. })));
            assert!(file.read().unwrap().is_none());
            assert_eq!(std::fs::read_to_string(folder.path().join(aside)).unwrap(), text);
        }
        assert_eq!(std::fs::read_to_string(folder.path().join("last.damaged.json")).unwrap(), "{ not json");
    }

    #[test]
    fn what_can_be_read_of_a_file_is_read_and_the_whole_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = LastSessionFile::at(folder.path().join("last.json"));
        let text =
            r#"{"settings": {"theme_choice": "Purple", "interface_scale": -1, "reduced_motion": true}}"#;
        std::fs::write(folder.path().join("last.json"), text).unwrap();
        let read = file.read().unwrap().unwrap();
        assert!(read.session.settings.reduced_motion);
        assert_eq!(read.session.settings.interface_scale, 0.8);
        assert!(read.trouble.unwrap().to_string().contains("settings.theme_choice"));
        assert_eq!(std::fs::read_to_string(folder.path().join("last.damaged.json")).unwrap(), text);
    }
}
