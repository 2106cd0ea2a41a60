//! Keeps the session for the next start while the window is open.
//!
//! Floor 5.

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
    /// Keeps sessions in the user's configuration folder, and gives the one of the last start; of a damaged one an
    /// error.
    pub fn of_user() -> (Self, Result<SavedSession, LastSessionError>) {
        let file = LastSessionFile::of_user();
        let read = file.as_ref().map_or(Ok(None), LastSessionFile::read).map(Option::unwrap_or_default);
        let kept = read.as_ref().ok().cloned().unwrap_or_default();
        (Self { file, kept, looked_at: Instant::now() }, read)
    }

    /// Keeps the session if it is time to look and it has changed.
    pub fn keep_if_due(&mut self, session: &Session) -> Result<(), LastSessionError> {
        if self.looked_at.elapsed() > KEEP_EVERY { self.keep(session) } else { Ok(()) }
    }

    /// Keeps the session if it has changed.
    pub fn keep(&mut self, session: &Session) -> Result<(), LastSessionError> {
        self.looked_at = Instant::now();
        let now = session.to_saved();
        let Some(file) = self.file.as_ref().filter(|_| now != self.kept) else { return Ok(()) };
        // One that cannot be written is not tried again until something else has changed.
        self.kept = now;
        file.write(&self.kept)
    }
}
