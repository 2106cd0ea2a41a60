//! The map is saved as a project.
//!
//! Floor 5.

use std::path::PathBuf;

use super::{DeskWish, LeftCopy, OpenFile, ProjectDesk, Replaces, Saved, name_of};
use crate::project::Working;
use crate::project::project_file::write_project;
use crate::session::{Command, Notice, PROJECT_ENDING, ProjectSnapshot, Purpose, Session};

impl ProjectDesk {
    pub(super) fn save(&mut self) -> Option<DeskWish> {
        match &self.open {
            Some(OpenFile { path, seal: Some(seal) }) => {
                self.save_wanted = Some((path.clone(), Replaces::Opened(seal.clone())));
                None
            }
            _ => Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with())),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let path = if path.extension().is_none() { path.with_extension(PROJECT_ENDING) } else { path };
        // The dialog has asked whether the file that lies there may be replaced.
        self.save_wanted = Some((path, Replaces::AnyProject));
    }

    pub(super) fn name_to_begin_with(&self) -> String {
        self.path().map_or_else(|| "situation.sitmap".to_owned(), name_of)
    }

    pub(super) fn begin_saving(&mut self, session: &Session) {
        // What is being read has no hash yet.
        if self.saving.is_some() || session.is_sealing() {
            return;
        }
        let Some((path, replaces)) = self.save_wanted.take() else { return };
        let (state, snapshot) = (session.project_state(), session.to_project(Purpose::Save));
        let passphrase = self.passphrase.clone();
        self.saving = Some(Working::start(&self.wake, move || {
            let result = write_project(&path, &snapshot, passphrase.as_ref(), &replaces);
            let ProjectSnapshot { log, .. } = snapshot;
            Saved { path, state, log, result }
        }));
    }

    pub(super) fn take_in_saved(
        &mut self,
        saved: Result<Saved, String>,
        session: &mut Session,
    ) -> Option<DeskWish> {
        let next = self.next.take();
        let error = match saved {
            Ok(Saved { path, state, log, result: Ok(seal) }) => {
                session.take_over_log(log);
                self.open = Some(OpenFile { path, seal: Some(seal) });
                self.keep_state(state);
                self.look(session);
                self.discard_recovered();
                return next.and_then(|next| self.go_on(next, session));
            }
            Ok(Saved { result: Err(error), .. }) => error.to_string(),
            Err(why) => why,
        };
        session.apply(Command::ShowNotice(Notice::error(error)));
        None
    }

    /// What was brought back from a crash is saved now.
    pub(super) fn discard_recovered(&mut self) {
        let is_open = |copy: &LeftCopy| {
            let path = copy.note.project.as_ref().map(|(path, _)| path.as_path());
            path.is_some() && path == self.open.as_ref().map(|open| open.path.as_path())
        };
        if let Some(at) = self.left.iter().position(is_open) {
            self.left.remove(at).discard();
        }
    }
}
