//! What is unsaved is copied, for the case of a crash.
//!
//! Floor 5.

use std::time::Instant;

use super::{COPY_EVERY, ProjectDesk};
use crate::project::recovery::{RecoveryNote, write_copy};
use crate::project::{ProjectError, Working};
use crate::session::{Command, Notice, Purpose, SavedPath, Session};

impl ProjectDesk {
    pub(super) fn begin_copying(&mut self, session: &Session) {
        let is_due = self.copied_at.elapsed() > COPY_EVERY && self.copying.is_none() && !session.is_sealing();
        let is_wanted = self.is_changed && !self.is_leaving && self.is_only_here(session);
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

    pub(super) fn take_in_copied(
        &mut self,
        copied: Result<Result<(), ProjectError>, String>,
        session: &mut Session,
    ) {
        if std::mem::take(&mut self.is_copy_outdated)
            && let Some(copy) = &self.copy
        {
            copy.clear();
        }
        if let Some(why) = copied.map_or_else(Some, |copied| copied.err().map(|error| error.to_string())) {
            let words = format!("No copy for the case of a crash: {why}");
            session.apply(Command::ShowNotice(Notice::warning(words)));
        }
    }

    /// Waits for the thread that copies: what is done to the copy next is not undone by it.
    pub(super) fn finish_copying(&mut self) {
        self.copying.take().and_then(Working::wait);
    }

    fn note(&self) -> RecoveryNote {
        let open = self.open.as_ref();
        let project = open.and_then(|open| Some((SavedPath(open.path.clone()), open.seal.clone()?)));
        RecoveryNote { project }
    }

    /// The window is about to be lost: writes the copy now, and leaves it for the next start. Answers whether it is there.
    pub fn leave_copy(&mut self, session: &Session) -> bool {
        self.finish_copying();
        let is_wanted = self.is_only_here(session);
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
