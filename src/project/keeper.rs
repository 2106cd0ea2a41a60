//! Keeps the session for the next start while the window is open.
//!
//! Floor 5.

use std::path::Path;
use std::time::{Duration, Instant};

use super::{LastSessionError, LastSessionFile};
use crate::session::{SavedSession, Session};

/// A change is kept at most this long after it was made.
const KEEP_EVERY: Duration = Duration::from_secs(10);

/// Writes the session when it has changed.
pub struct SessionKeeper {
    file: Option<LastSessionFile>,
    kept: SavedSession,
    looked_at: Instant,
}

impl SessionKeeper {
    /// Keeps sessions in the user's configuration folder, and gives the one of the last start as far as it could be read;
    /// an error is what could not.
    pub fn of_user() -> (Self, SavedSession, Option<LastSessionError>) {
        let file = LastSessionFile::of_user();
        let (kept, trouble) = match file.as_ref().map_or(Ok(None), LastSessionFile::read) {
            Ok(Some(read)) => (read.session, read.trouble),
            Ok(None) => (SavedSession::default(), None),
            Err(error) => (SavedSession::default(), Some(error)),
        };
        // A file that was set aside is to be written anew.
        let written = if trouble.is_none() { kept.clone() } else { SavedSession::default() };
        (Self { file, kept: written, looked_at: Instant::now() }, kept, trouble)
    }

    /// Keeps the session if it is time to look and it has changed.
    pub fn keep_if_due(&mut self, session: &Session, project: Option<&Path>) -> Result<(), LastSessionError> {
        if self.looked_at.elapsed() > KEEP_EVERY { self.keep(session, project) } else { Ok(()) }
    }

    /// Keeps the session if it has changed; of a map that is a project, only where that lies.
    pub fn keep(&mut self, session: &Session, project: Option<&Path>) -> Result<(), LastSessionError> {
        self.looked_at = Instant::now();
        let now = match (session.settings().remember_files, project) {
            (false, _) => session.to_saved_without_map(None),
            (true, Some(project)) => session.to_saved_without_map(Some(project.to_owned())),
            (true, None) => session.to_saved(),
        };
        let Some(file) = self.file.as_ref().filter(|_| now != self.kept) else { return Ok(()) };
        // One that cannot be written is not tried again until something else has changed.
        self.kept = now;
        file.write(&self.kept)
    }
}
