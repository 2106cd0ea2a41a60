//! A project is read, and takes the place of the map.
//!
//! Floor 5.

use std::path::PathBuf;

use super::{Locked, Next, OpenFile, Opening, ProjectDesk, name_of};
use crate::project::project_file::{ReadProject, needs_passphrase, read_project};
use crate::project::{ProjectError, Working};
use crate::session::{Command, Notice, Session};

impl ProjectDesk {
    pub(super) fn open(&mut self, opening: Opening) {
        self.stop_opening();
        let is_locked = needs_passphrase(&opening.path);
        // A file without one takes over none: it would be saved with it.
        let opening = Opening { passphrase: opening.passphrase.filter(|_| is_locked), ..opening };
        if is_locked && opening.passphrase.is_none() {
            self.locked = Some(Locked { opening, was_wrong: false });
        } else {
            self.start_reading(opening);
        }
    }

    pub(super) fn start_reading(&mut self, opening: Opening) {
        let (path, passphrase) = (opening.path.clone(), opening.passphrase.clone());
        self.reading = Some(Working::start(&self.wake, move || read_project(&path, passphrase.as_ref())));
        self.opening = Some(opening);
    }

    /// Something else was asked for.
    pub(super) fn stop_opening(&mut self) {
        self.reading = None;
        let locked = self.locked.take().map(|locked| locked.opening);
        self.opening.take().into_iter().chain(locked).for_each(|opening| self.left_again(opening));
    }

    /// It cannot be opened, or not now; the layers that were to come on top of it can.
    pub(super) fn give_up(&mut self, mut opening: Opening, session: &mut Session) {
        let then = std::mem::take(&mut opening.then);
        self.left_again(opening);
        open_on_top(then, session);
    }

    pub(super) fn take_in_read(
        &mut self,
        read: Result<Result<ReadProject, ProjectError>, String>,
        session: &mut Session,
    ) {
        let Some(opening) = self.opening.take() else { return };
        let why = match read {
            Ok(Ok(read)) if self.is_other_than_agreed(&opening, session) => {
                return self.ask_about(Next::Show(Box::new((opening, read))));
            }
            Ok(Ok(read)) => return self.show(opening, read, session),
            Ok(Err(ProjectError::Locked { .. })) => {
                let was_wrong = opening.is_typed;
                self.locked = Some(Locked { opening, was_wrong });
                return;
            }
            Ok(Err(error)) => error.to_string(),
            Err(why) => why,
        };
        session.apply(Command::ShowNotice(Notice::error(why)));
        self.give_up(opening, session);
    }

    pub(super) fn show(&mut self, opening: Opening, read: ReadProject, session: &mut Session) {
        let Opening { path, then, recovered, passphrase, .. } = opening;
        let ReadProject { project, seal, troubles } = read;
        for trouble in &troubles {
            session.apply(Command::ShowNotice(Notice::error(format!("{}: {trouble}", name_of(&path)))));
        }
        session.open_project(project);
        self.discard_brought_back();
        let is_encrypted = passphrase.is_some();
        self.passphrase = passphrase;
        self.keep_state(session.project_state());
        match recovered {
            None => {
                let seal = Some(seal).filter(|_| troubles.is_empty());
                self.open = Some(OpenFile { path, seal, is_encrypted });
            }
            Some(copy) => {
                self.open = copy.note.project.clone().map(|(path, seal)| OpenFile {
                    is_encrypted: needs_passphrase(&path.0),
                    path: path.0,
                    seal: Some(seal),
                });
                self.brought_back = Some(copy);
                // What is brought back is nowhere but here.
                self.kept.clear();
                self.look(session);
                self.is_left_asked = !self.left.is_empty();
            }
        }
        open_on_top(then, session);
    }
}

/// What was to come with a project, which is open now, or cannot be opened.
fn open_on_top(files: Vec<PathBuf>, session: &mut Session) {
    if !files.is_empty() {
        session.apply(Command::OpenFiles(files));
    }
    session.look_as_asked_at_start();
}
