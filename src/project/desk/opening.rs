//! A project is read, and takes the place of the map.
//!
//! Floor 5.

use super::{Locked, OpenFile, ProjectDesk, Read, name_of};
use crate::project::Working;
use crate::project::project_file::{ReadProject, needs_passphrase, read_project};
use crate::project::{Passphrase, ProjectError};
use crate::session::{Command, Notice, Session};

impl ProjectDesk {
    pub(super) fn open(&mut self, file: Locked) {
        if needs_passphrase(&file.path) {
            self.locked = Some(file);
        } else {
            self.start_reading(file, None);
        }
    }

    pub(super) fn start_reading(&mut self, file: Locked, passphrase: Option<Passphrase>) {
        let Locked { path, then, recovered, .. } = file;
        self.reading = Some(Working::start(&self.wake, move || {
            let result = read_project(&path, passphrase.as_ref());
            Read { path, then, recovered, passphrase, result }
        }));
    }

    pub(super) fn take_in_read(&mut self, read: Result<Read, String>, session: &mut Session) {
        let mut tell = |words: String| drop(session.apply(Command::ShowNotice(Notice::error(words))));
        let Read { path, then, recovered, passphrase, result } = match read {
            Ok(read) => read,
            Err(why) => return tell(why),
        };
        let ReadProject { project, seal, troubles } = match result {
            Ok(read) => read,
            Err(ProjectError::Locked { .. }) => {
                self.locked = Some(Locked { path, then, recovered, was_wrong: true });
                return;
            }
            Err(error) => return tell(error.to_string()),
        };
        for trouble in &troubles {
            tell(format!("{}: {trouble}", name_of(&path)));
        }
        session.open_project(project);
        self.passphrase = passphrase;
        self.keep_state(session.project_state());
        match recovered {
            None => {
                let seal = Some(seal).filter(|_| troubles.is_empty());
                self.open = Some(OpenFile { path, seal });
            }
            Some(note) => {
                self.open = note.project.map(|(path, seal)| OpenFile { path, seal: Some(seal) });
                // What is brought back is nowhere but here.
                self.kept.clear();
                self.look(session);
                // The copy stays until this window has one of its own.
                self.copied.clear();
            }
        }
        if !then.is_empty() {
            session.apply(Command::OpenFiles(then));
        }
    }
}
