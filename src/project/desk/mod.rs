//! What is done with the project of a window: opened, saved, copied for the case of a crash, closed.
//!
//! Floor 5. Files are read and written on threads; the window asks the desk once a frame how that stands.

mod copies;
mod leaving;
mod opening;
mod saving;
mod standing;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use words::{DeskQuestion, DeskWish, ProjectStanding};

use super::project_file::{FileSeal, ReadProject, Replaces};
use super::recovery::{LeftCopy, RecoveryCopy, RecoveryFolder};
use super::whole_file::{Expected, replace_file};
use super::{Passphrase, ProjectError, Working, answer_of, log_page};
use crate::session::{Command, Notice, ProjectRequest, ProvenanceLog, Session, Wake};

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
    /// The map that is open is to be saved, …
    save_wanted: Option<WantedSave>,
    /// … or is being saved: nothing takes its place meanwhile, so that a file never gets another map than its own.
    saving: Option<Working<Saved>>,
    reading: Option<Working<Result<ReadProject, ProjectError>>>,
    /// What is being read.
    opening: Option<Opening>,
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
    /// What is being copied is saved by now, or not there any more.
    is_copy_outdated: bool,
    left: Vec<LeftCopy>,
    is_left_asked: bool,
    /// The copy that the map is: it stays until the map is saved anywhere, or the user lets it go.
    brought_back: Option<LeftCopy>,
    /// The user has said what to do with what is not saved, and the window is about to close.
    is_leaving: bool,
}

struct OpenFile {
    path: PathBuf,
    /// What is known of its bytes; `None` where it must not be saved over: it is damaged, or was never saved.
    seal: Option<FileSeal>,
    is_encrypted: bool,
}

enum WantedSave {
    /// Over the file that is open then, as it is then.
    Open,
    To {
        path: PathBuf,
        replaces: Replaces,
    },
}

struct Saved {
    path: PathBuf,
    state: String,
    log: ProvenanceLog,
    is_encrypted: bool,
    withheld: Vec<String>,
    result: Result<FileSeal, ProjectError>,
}

/// A project on its way into the window.
struct Opening {
    path: PathBuf,
    then: Vec<PathBuf>,
    /// What a crash left, where it is that.
    recovered: Option<LeftCopy>,
    passphrase: Option<Passphrase>,
    /// Whether that was typed for it; one that was not is only tried.
    is_typed: bool,
    /// The map whose place it may take, see [`Session::project_state`]; the user is asked again about another one.
    agreed: String,
}

struct Locked {
    opening: Opening,
    was_wrong: bool,
}

enum Next {
    Open {
        path: PathBuf,
        then: Vec<PathBuf>,
    },
    Recover,
    /// It is read, and the map was changed meanwhile.
    Show(Box<(Opening, ReadProject)>),
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
            opening: None,
            locked: None,
            asked: None,
            next: None,
            folder,
            copy: None,
            copied: String::new(),
            copied_at: now,
            copying: None,
            is_copy_outdated: false,
            left,
            is_left_asked,
            brought_back: None,
            is_leaving: false,
        }
    }

    /// The file of the open project.
    pub fn path(&self) -> Option<&Path> {
        self.open.as_ref().map(|open| open.path.as_path())
    }

    fn protect(&mut self, passphrase: Option<Passphrase>, session: &Session) {
        self.passphrase = passphrase;
        // Until it is saved the file on the disk is as it was.
        self.kept.clear();
        self.look(session);
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
                if let Some(passphrase) = Passphrase::new(secret.0)
                    && let Some(Locked { opening, .. }) = self.locked.take()
                {
                    self.start_reading(Opening { passphrase: Some(passphrase), is_typed: true, ..opening });
                }
            }
            ProjectRequest::LeaveClosed => {
                if let Some(Locked { opening, .. }) = self.locked.take() {
                    self.give_up(opening, session);
                }
            }
            ProjectRequest::Save => {
                self.forget_unanswered_dialog();
                return self.save();
            }
            ProjectRequest::ChooseWhereToSave => {
                self.forget_unanswered_dialog();
                return Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with()));
            }
            ProjectRequest::SaveTo(path) => self.save_to(path),
            ProjectRequest::Protect(None) => self.protect(None, session),
            ProjectRequest::Protect(Some(secret)) => match Passphrase::new(secret.0) {
                Some(passphrase) => self.protect(Some(passphrase), session),
                // What is no passphrase must not take away the one that there is.
                None => {
                    let words = Passphrase::words_of_refusal();
                    session.apply(Command::ShowNotice(Notice::error(words)));
                }
            },
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

    /// Takes in what threads have done, and begins what is due. Once a frame.
    pub fn tick(&mut self, session: &mut Session) -> Option<DeskWish> {
        let saved = answer_of(&mut self.saving);
        let wish = saved.and_then(|saved| self.take_in_saved(saved, session));
        self.begin_saving(session);
        if !self.is_saving()
            && self.asked.is_none()
            && let Some(read) = answer_of(&mut self.reading)
        {
            self.take_in_read(read, session);
        }
        if let Some(copied) = answer_of(&mut self.copying) {
            self.take_in_copied(copied, session);
        }
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
        self.is_copy_outdated = self.copying.is_some();
        if let Some(copy) = &self.copy {
            copy.clear();
        }
    }
}

impl Drop for ProjectDesk {
    fn drop(&mut self) {
        // A thread that still writes would leave its copy behind, or its file half done.
        self.finish_copying();
        self.saving.take().and_then(Working::wait);
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

/// A file's name for people, without its folder.
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
