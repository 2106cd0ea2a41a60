//! What is unsaved is copied, for the case of a crash.
//!
//! Floor 5.

use std::time::Instant;

use super::{COPY_EVERY, ProjectDesk};
use crate::project::Working;
use crate::project::recovery::{RecoveryNote, write_copy};
use crate::session::{Purpose, Session};

impl ProjectDesk {
    pub(super) fn begin_copying(&mut self, session: &Session) {
        let is_due = self.copied_at.elapsed() > COPY_EVERY && self.copying.is_none() && !session.is_sealing();
        let is_wanted =
            self.is_changed && !self.is_leaving && (self.open.is_some() || session.has_homeless_layers());
        if !is_due || !is_wanted {
            return;
        }
        let state = session.project_state();
        if state == self.copied {
            return;
        }
        (self.copied, self.copied_at) = (state, Instant::now());
        if self.copy.is_none() {
            self.copy = self.folder.as_ref().and_then(|folder| folder.new_copy().ok());
        }
        let Some(path) = self.copy.as_ref().map(|copy| copy.path().to_owned()) else { return };
        let snapshot = session.to_project(Purpose::Recovery);
        let (note, passphrase) = (self.note(), self.passphrase.clone());
        let work = move || write_copy(&path, &snapshot, &note, passphrase.as_ref());
        self.copying = Some(Working::start(&self.wake, work));
    }

    pub(super) fn note(&self) -> RecoveryNote {
        let open = self.open.as_ref();
        RecoveryNote { project: open.and_then(|open| Some((open.path.clone(), open.seal.clone()?))) }
    }

    /// The window is about to be lost: writes the copy now, and leaves it for the next start. Answers whether it is there.
    pub fn leave_copy(&mut self, session: &Session) -> bool {
        let is_wanted = self.open.is_some() || session.has_homeless_layers();
        if self.copy.is_none() && is_wanted {
            self.copy = self.folder.as_ref().and_then(|folder| folder.new_copy().ok());
        }
        let Some(copy) = self.copy.take().filter(|_| is_wanted) else { return false };
        let snapshot = session.to_project(Purpose::Recovery);
        let written = write_copy(copy.path(), &snapshot, &self.note(), self.passphrase.as_ref());
        // Whoever drops it takes the copy along.
        std::mem::forget(copy);
        written.is_ok()
    }
}
