//! The map is saved as a project.
//!
//! Floor 5.

use std::path::PathBuf;

use super::{DeskWish, OpenFile, ProjectDesk, Replaces, Saved, WantedSave, name_of};
use crate::project::Working;
use crate::project::project_file::write_project;
use crate::session::{Command, Notice, PROJECT_ENDING, ProjectSnapshot, Purpose, Session};

impl ProjectDesk {
    pub(super) fn save(&mut self) -> Option<DeskWish> {
        if self.replaced_by_saving().is_none() {
            return Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with()));
        }
        // Where another name was chosen a moment ago, that is the open file by the time.
        self.save_wanted.get_or_insert(WantedSave::Open);
        None
    }

    /// The open file, where it may be saved over.
    fn replaced_by_saving(&self) -> Option<(PathBuf, Replaces)> {
        let OpenFile { path, seal, .. } = self.open.as_ref()?;
        Some((path.clone(), Replaces::Opened(seal.clone()?)))
    }

    pub(super) fn save_to(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let (path, replaces) = match path.extension() {
            // The dialog has asked whether the file that lies there may be replaced; …
            Some(_) => (path, Replaces::AnyProject),
            // … about one with the ending it knew nothing.
            None => {
                let path = path.with_extension(PROJECT_ENDING);
                let open = self.replaced_by_saving().filter(|(open, _)| *open == path);
                open.unwrap_or((path, Replaces::Nothing))
            }
        };
        self.save_wanted = Some(WantedSave::To { path, replaces });
    }

    pub(super) fn name_to_begin_with(&self) -> String {
        self.path().map_or_else(|| "situation.sitmap".to_owned(), name_of)
    }

    /// Whether the map is to be saved, or is being saved.
    pub(super) fn is_saving(&self) -> bool {
        self.saving.is_some() || self.save_wanted.is_some()
    }

    pub(super) fn begin_saving(&mut self, session: &Session) {
        // What is being read has no hash yet.
        if self.saving.is_some() || session.is_sealing() {
            return;
        }
        let Some((path, replaces)) = self.save_wanted.take().and_then(|wanted| match wanted {
            WantedSave::Open => self.replaced_by_saving(),
            WantedSave::To { path, replaces } => Some((path, replaces)),
        }) else {
            return;
        };
        let (state, snapshot) = (session.project_state(), session.to_project(Purpose::Save));
        let passphrase = self.passphrase.clone();
        self.saving = Some(Working::start(&self.wake, move || {
            let result = write_project(&path, &snapshot, passphrase.as_ref(), &replaces);
            let ProjectSnapshot { log, withheld, .. } = snapshot;
            Saved { path, state, log, is_encrypted: passphrase.is_some(), withheld, result }
        }));
    }

    pub(super) fn take_in_saved(
        &mut self,
        saved: Result<Saved, String>,
        session: &mut Session,
    ) -> Option<DeskWish> {
        let next = self.next.take();
        let error = match saved {
            Ok(Saved { path, state, log, is_encrypted, withheld, result: Ok(seal) }) => {
                session.take_over_log(log);
                self.open = Some(OpenFile { path, seal: Some(seal), is_encrypted });
                self.keep_state(state);
                if is_encrypted != self.passphrase.is_some() {
                    // A passphrase that was set or taken away meanwhile is in no file yet.
                    self.kept.clear();
                }
                self.look(session);
                self.discard_brought_back();
                tell_withheld(&withheld, session);
                return next.and_then(|next| self.go_on_unless_unsaved(next, session));
            }
            Ok(Saved { result: Err(error), .. }) => error.to_string(),
            Err(why) => why,
        };
        self.put_back(next);
        session.apply(Command::ShowNotice(Notice::error(error)));
        None
    }
}

/// Data that a project asked for, and its user has not.
fn tell_withheld(titles: &[String], session: &mut Session) {
    if !titles.is_empty() {
        let titles = titles.iter().map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", ");
        session.apply(Command::ShowNotice(Notice::warning(format!(
            "The data of {titles} was not saved with the project: it named the file, which is not the one that it \
             recorded. To hold it all the same, choose “The data itself” in “About this project”, and save"
        ))));
    }
}
