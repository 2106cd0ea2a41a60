//! What takes the place of the map, or closes the window: only after the map is saved, or the user has let it go.
//!
//! Floor 5.

use super::{DeskWish, Next, Opening, ProjectDesk};
use crate::session::{Session, UnsavedAnswer};

impl ProjectDesk {
    pub(super) fn take_answer(&mut self, answer: UnsavedAnswer, session: &mut Session) -> Option<DeskWish> {
        let next = self.asked.take()?;
        match answer {
            UnsavedAnswer::Stay => {
                // Whoever thinks better of it is asked about the copy again.
                self.is_left_asked |= matches!(next, Next::Recover);
                self.put_back(Some(next));
                None
            }
            UnsavedAnswer::Lose => {
                self.save_wanted = None;
                self.go_on(next, session)
            }
            UnsavedAnswer::Save => {
                self.wait_with(next);
                self.save()
            }
            UnsavedAnswer::SaveElsewhere => {
                self.wait_with(next);
                Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with()))
            }
        }
    }

    /// Whether something would be lost if the window closed now. What is open without a project is brought back by the next
    /// start, as long as its layers have files and the user lets files be remembered.
    pub fn has_unsaved(&mut self, session: &Session) -> bool {
        self.look(session);
        !self.is_leaving && (self.is_saving() || self.is_changed && self.is_only_here(session))
    }

    pub(super) fn is_only_here(&self, session: &Session) -> bool {
        let is_remembered = session.settings().remember_files && !session.has_homeless_layers();
        self.open.is_some() || self.brought_back.is_some() || session.is_furnished() && !is_remembered
    }

    /// Whether something would be lost if another map took the place of this one: then no start brings it back.
    fn would_lose(&mut self, session: &Session) -> bool {
        self.look(session);
        self.is_changed || self.open.is_none() && session.is_furnished()
    }

    /// Whether the map is no longer the one that a project may take the place of.
    pub(super) fn is_other_than_agreed(&mut self, opening: &Opening, session: &Session) -> bool {
        session.project_state() != opening.agreed && self.would_lose(session)
    }

    /// Waits for a saving that was asked for; who asks a second time is asked whether that shall be done.
    pub(super) fn go_on_unless_unsaved(&mut self, next: Next, session: &mut Session) -> Option<DeskWish> {
        if self.is_saving() && self.next.is_none() {
            self.next = Some(next);
            return None;
        }
        let would_lose = match next {
            Next::Quit => self.has_unsaved(session),
            _ => self.would_lose(session) || self.is_saving(),
        };
        if would_lose {
            self.ask_about(next);
            return None;
        }
        self.go_on(next, session)
    }

    pub(super) fn ask_about(&mut self, next: Next) {
        let before = [self.asked.replace(next), self.next.take()];
        before.into_iter().for_each(|before| self.put_back(before));
    }

    fn wait_with(&mut self, next: Next) {
        let before = self.next.replace(next);
        self.put_back(before);
    }

    /// Where a dialog was left without an answer, nothing goes on by itself when the map is saved later.
    pub(super) fn forget_unanswered_dialog(&mut self) {
        if !self.is_saving() {
            let before = self.next.take();
            self.put_back(before);
        }
    }

    /// What does not come about loses no copy of a crash.
    pub(super) fn put_back(&mut self, next: Option<Next>) {
        if let Some(Next::Show(read)) = next {
            self.left_again(read.0);
        }
    }

    pub(super) fn left_again(&mut self, opening: Opening) {
        if let Some(copy) = opening.recovered {
            self.left.insert(0, copy);
        }
    }

    fn go_on(&mut self, next: Next, session: &mut Session) -> Option<DeskWish> {
        if self.saving.is_some() && !matches!(next, Next::Quit) {
            self.wait_with(next);
            return None;
        }
        let agreed = || session.project_state();
        match next {
            Next::Open { path, then } => {
                self.open(Opening {
                    path,
                    then,
                    recovered: None,
                    passphrase: None,
                    is_typed: false,
                    agreed: agreed(),
                });
            }
            Next::Recover if !self.left.is_empty() => {
                let copy = self.left.remove(0);
                let (path, agreed) = (copy.path.clone(), agreed());
                let project = copy.note.project.as_ref().map(|(path, _)| path.0.as_path());
                let passphrase = self.passphrase.clone().filter(|_| project == self.path());
                self.open(Opening {
                    path,
                    then: Vec::new(),
                    recovered: Some(copy),
                    passphrase,
                    is_typed: false,
                    agreed,
                });
            }
            Next::Recover => {}
            Next::Show(read) => {
                let (opening, read) = *read;
                self.show(opening, read, session);
            }
            Next::Close => {
                self.stop_opening();
                session.close_project();
                (self.open, self.passphrase) = (None, None);
                self.discard_brought_back();
                self.keep_state(session.project_state());
            }
            Next::Quit => {
                self.is_leaving = true;
                self.finish_copying();
                self.copy = None;
                self.discard_brought_back();
                return Some(DeskWish::CloseWindow);
            }
        }
        None
    }

    /// The map that a crash left is saved, or the user has let it go.
    pub(super) fn discard_brought_back(&mut self) {
        if let Some(copy) = self.brought_back.take() {
            copy.discard();
        }
    }
}
