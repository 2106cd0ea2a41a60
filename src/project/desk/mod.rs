//! What is done with the project of a window: opened, saved, copied for the case of a crash, closed.
//!
//! Floor 5. Files are read and written on threads; the window asks the desk once a frame how that stands.

mod copies;
mod opening;
mod saving;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use words::{DeskQuestion, DeskWish, ProjectStanding};

use super::project_file::{FileSeal, ReadProject, Replaces};
use super::recovery::{LeftCopy, RecoveryCopy, RecoveryFolder, RecoveryNote};
use super::whole_file::{Expected, replace_file};
use super::{Passphrase, ProjectError, Working, answer_of, log_page};
use crate::session::{Command, Notice, ProjectRequest, ProvenanceLog, Session, UnsavedAnswer, Wake};

/// A change is in the copy at most this long after it was made, and the time that it takes to write.
const COPY_EVERY: Duration = Duration::from_secs(20);
/// How often it is looked whether anything has changed.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The project of a window.
pub struct ProjectDesk {
    wake: Wake,
    open: Option<OpenFile>,
    /// What was saved or opened last, see [`Session::project_state`].
    kept: String,
    is_changed: bool,
    looked_at: Instant,
    passphrase: Option<Passphrase>,
    save_wanted: Option<(PathBuf, Replaces)>,
    saving: Option<Working<Saved>>,
    reading: Option<Working<Read>>,
    locked: Option<Locked>,
    /// What waits for an answer about what is not saved, …
    asked: Option<Next>,
    /// … or for the saving.
    next: Option<Next>,
    folder: Option<RecoveryFolder>,
    copy: Option<RecoveryCopy>,
    copied: String,
    copied_at: Instant,
    copying: Option<Working<Result<(), ProjectError>>>,
    left: Vec<LeftCopy>,
    is_left_asked: bool,
    /// The user has said what to do with what is not saved, and the window is about to close.
    is_leaving: bool,
}

struct OpenFile {
    path: PathBuf,
    /// What is known of its bytes; `None` where it must not be saved over: it is damaged, or was never saved.
    seal: Option<FileSeal>,
}

struct Saved {
    path: PathBuf,
    state: String,
    log: ProvenanceLog,
    result: Result<FileSeal, ProjectError>,
}

struct Read {
    path: PathBuf,
    then: Vec<PathBuf>,
    /// The project that a copy belongs to.
    recovered: Option<RecoveryNote>,
    passphrase: Option<Passphrase>,
    result: Result<ReadProject, ProjectError>,
}

struct Locked {
    path: PathBuf,
    then: Vec<PathBuf>,
    recovered: Option<RecoveryNote>,
    was_wrong: bool,
}

enum Next {
    Open { path: PathBuf, then: Vec<PathBuf> },
    Recover,
    Close,
    Quit,
}

impl ProjectDesk {
    /// A desk with nothing on it; copies go to the folder. `wake` is called from threads when there is news.
    pub fn new(wake: Wake, folder: Option<RecoveryFolder>, session: &Session) -> Self {
        let left = folder.as_ref().map(RecoveryFolder::left).unwrap_or_default();
        let is_left_asked = !left.is_empty();
        let now = Instant::now();
        Self {
            wake,
            open: None,
            kept: session.project_state(),
            is_changed: false,
            looked_at: now,
            passphrase: None,
            save_wanted: None,
            saving: None,
            reading: None,
            locked: None,
            asked: None,
            next: None,
            folder,
            copy: None,
            copied: String::new(),
            copied_at: now,
            copying: None,
            left,
            is_left_asked,
            is_leaving: false,
        }
    }

    /// The file of the open project.
    pub fn path(&self) -> Option<&Path> {
        self.open.as_ref().map(|open| open.path.as_path())
    }

    /// How it stands.
    pub fn standing(&self) -> ProjectStanding {
        let at_work = match (&self.reading, &self.saving, &self.save_wanted) {
            (Some(_), ..) => "Opening the project…",
            (_, Some(_), _) => "Saving the project…",
            (.., Some(_)) => "Looking through the files for their hashes, then saving…",
            _ => "",
        };
        ProjectStanding {
            path: self.path().map(Path::to_owned),
            is_changed: self.is_changed && self.is_worth_keeping(),
            is_protected: self.passphrase.is_some(),
            at_work,
            question: self.question(),
        }
    }

    /// What is open without a project is brought back by the next start: only a project can be behind its file.
    fn is_worth_keeping(&self) -> bool {
        self.open.is_some() || self.copy.is_some()
    }

    fn question(&self) -> Option<DeskQuestion> {
        if let Some(locked) = &self.locked {
            return Some(DeskQuestion::Passphrase {
                name: name_of(&locked.path),
                was_wrong: locked.was_wrong,
            });
        }
        if self.asked.is_some() {
            return Some(DeskQuestion::Unsaved { name: self.name() });
        }
        let copy = self.left.first().filter(|_| self.is_left_asked)?;
        let written = copy.written.and_then(|at| jiff::Timestamp::try_from(at).ok());
        let written = written.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
        let name = copy
            .note
            .project
            .as_ref()
            .map_or_else(|| "a map without a project".to_owned(), |(path, _)| name_of(path));
        Some(DeskQuestion::Recover { name, written, others: self.left.len() - 1 })
    }

    fn name(&self) -> String {
        self.path().map_or_else(|| "this map".to_owned(), name_of)
    }

    /// Does what is asked; what takes the window comes back as a wish.
    pub fn carry_out(&mut self, request: ProjectRequest, session: &mut Session) -> Option<DeskWish> {
        match request {
            ProjectRequest::ChooseToOpen => return Some(DeskWish::ChooseToOpen),
            ProjectRequest::Open { path, then } => {
                let path = std::path::absolute(&path).unwrap_or(path);
                return self.go_on_unless_unsaved(Next::Open { path, then }, session);
            }
            ProjectRequest::OpenWith(secret) => {
                if let (Some(locked), Some(passphrase)) = (self.locked.take(), Passphrase::new(secret.0)) {
                    self.start_reading(locked, Some(passphrase));
                }
            }
            ProjectRequest::LeaveClosed => self.locked = None,
            ProjectRequest::Save => {
                // Where a dialog was left without an answer, nothing goes on by itself when it is saved later.
                self.next = None;
                return self.save();
            }
            ProjectRequest::ChooseWhereToSave => {
                self.next = None;
                return Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with()));
            }
            ProjectRequest::SaveTo(path) => self.save_to(path),
            ProjectRequest::Protect(secret) => {
                self.passphrase = secret.and_then(|secret| Passphrase::new(secret.0));
                // Until it is saved the file on the disk is as it was.
                self.kept.clear();
                self.look(session);
            }
            ProjectRequest::Close => return self.go_on_unless_unsaved(Next::Close, session),
            ProjectRequest::Quit => return self.go_on_unless_unsaved(Next::Quit, session),
            ProjectRequest::Unsaved(answer) => return self.take_answer(answer, session),
            ProjectRequest::Recover => {
                self.is_left_asked = false;
                return self.go_on_unless_unsaved(Next::Recover, session);
            }
            ProjectRequest::DiscardRecovered => {
                if !self.left.is_empty() {
                    self.left.remove(0).discard();
                }
                self.is_left_asked = !self.left.is_empty();
            }
            ProjectRequest::RecoverLater => self.is_left_asked = false,
            ProjectRequest::ExportLog { page } => {
                let name =
                    Path::new(&self.name_to_begin_with()).with_extension(if page { "html" } else { "json" });
                return Some(DeskWish::ChooseWhereToLog(name.to_string_lossy().into_owned()));
            }
            ProjectRequest::ExportLogTo(path) => export_log(&path, &self.name(), session),
        }
        None
    }

    fn take_answer(&mut self, answer: UnsavedAnswer, session: &mut Session) -> Option<DeskWish> {
        let next = self.asked.take()?;
        match answer {
            UnsavedAnswer::Stay => None,
            UnsavedAnswer::Lose => self.go_on(next, session),
            UnsavedAnswer::Save => {
                self.next = Some(next);
                self.save()
            }
            UnsavedAnswer::SaveElsewhere => {
                self.next = Some(next);
                Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with()))
            }
        }
    }

    /// Whether something would be lost if the window closed now.
    pub fn has_unsaved(&mut self, session: &Session) -> bool {
        self.look(session);
        self.is_changed && !self.is_leaving && (self.open.is_some() || session.has_homeless_layers())
    }

    fn go_on_unless_unsaved(&mut self, next: Next, session: &mut Session) -> Option<DeskWish> {
        if self.has_unsaved(session) {
            self.asked = Some(next);
            return None;
        }
        self.go_on(next, session)
    }

    fn go_on(&mut self, next: Next, session: &mut Session) -> Option<DeskWish> {
        match next {
            Next::Open { path, then } => self.open(Locked { path, then, recovered: None, was_wrong: false }),
            Next::Recover if !self.left.is_empty() => {
                let copy = &self.left[0];
                let (path, recovered) = (copy.path.clone(), Some(copy.note.clone()));
                self.open(Locked { path, then: Vec::new(), recovered, was_wrong: false });
            }
            Next::Recover => {}
            Next::Close => {
                session.close_project();
                (self.open, self.passphrase) = (None, None);
                self.keep_state(session.project_state());
            }
            Next::Quit => {
                self.is_leaving = true;
                self.copy = None;
                return Some(DeskWish::CloseWindow);
            }
        }
        None
    }

    /// Takes in what threads have done, and begins what is due. Once a frame.
    pub fn tick(&mut self, session: &mut Session) -> Option<DeskWish> {
        if let Some(read) = answer_of(&mut self.reading) {
            self.take_in_read(read, session);
        }
        if let Some(copied) = answer_of(&mut self.copying)
            && let Some(why) = copied.map_or_else(Some, |copied| copied.err().map(|error| error.to_string()))
        {
            session.apply(Command::ShowNotice(Notice::warning(format!(
                "No copy for the case of a crash: {why}"
            ))));
        }
        let saved = answer_of(&mut self.saving);
        let wish = saved.and_then(|saved| self.take_in_saved(saved, session));
        self.begin_saving(session);
        if self.looked_at.elapsed() > LOOK_EVERY {
            self.look(session);
            self.begin_copying(session);
        }
        wish
    }

    /// When the next look is due, where one is although nobody does anything.
    pub fn next_look(&self) -> Option<Duration> {
        let is_behind =
            self.is_changed || self.save_wanted.is_some() || self.looked_at.elapsed() < LOOK_EVERY;
        is_behind.then_some(LOOK_EVERY)
    }

    fn look(&mut self, session: &Session) {
        self.looked_at = Instant::now();
        self.is_changed = session.project_state() != self.kept;
    }

    fn keep_state(&mut self, state: String) {
        (self.kept, self.is_changed) = (state, false);
        self.copied.clear();
        if let Some(copy) = &self.copy {
            copy.clear();
        }
    }
}

fn export_log(path: &Path, project: &str, session: &mut Session) {
    let is_page = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    let log = session.log();
    let words = if is_page { log_page::page_of(log, project) } else { log_page::json_of(log) };
    let notice = match replace_file(path, words.as_bytes(), &Expected::Anything) {
        Ok(()) => Notice::info(format!("The log was written to {}", name_of(path))),
        Err(error) => Notice::error(format!("cannot write the log: {error}: {path:?}")),
    };
    session.apply(Command::ShowNotice(notice));
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
