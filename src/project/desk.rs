//! What is done with the project of a window: opened, saved, copied for the case of a crash, closed.
//!
//! Floor 5. Files are read and written on threads; the window asks the desk once a frame how that stands.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use super::project_file::{FileSeal, ReadProject, Replaces, needs_passphrase, read_project, write_project};
use super::recovery::{LeftCopy, RecoveryCopy, RecoveryFolder, RecoveryNote, write_copy};
use super::{Passphrase, ProjectError, log_page};
use crate::session::{
    Command, Notice, ProjectRequest, ProjectSnapshot, ProvenanceLog, Purpose, Session, UnsavedAnswer, Wake,
};

/// A change is in the copy at most this long after it was made, and the time that it takes to write.
const COPY_EVERY: Duration = Duration::from_secs(20);
/// How often it is looked whether anything has changed.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What the window must do for the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskWish {
    /// Let the user choose a project to open.
    ChooseToOpen,
    /// Let the user choose where to save; the name to begin with.
    ChooseWhereToSave(String),
    /// Let the user choose where to write the log; the name to begin with.
    ChooseWhereToLog(String),
    /// Close the window.
    CloseWindow,
}

/// What the user is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskQuestion {
    /// A passphrase for this file; what was wrong with the last one.
    Passphrase {
        /// The file's name.
        name: String,
        /// Whether one was tried.
        was_wrong: bool,
    },
    /// What to do with what is not saved of this map.
    Unsaved {
        /// What it is called.
        name: String,
    },
    /// Whether to bring back what a crash left.
    Recover {
        /// What it is called.
        name: String,
        /// When the copy was written, UTC.
        written: String,
        /// How many other copies there are.
        others: usize,
    },
}

/// How the project stands, for the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectStanding {
    /// Its file, where it has one.
    pub path: Option<PathBuf>,
    /// Whether anything is not saved.
    pub is_changed: bool,
    /// Whether it has a passphrase.
    pub is_protected: bool,
    /// What is going on, in words; nothing where empty.
    pub at_work: &'static str,
    /// What is to be asked.
    pub question: Option<DeskQuestion>,
}

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

/// What a thread is at; it ends without an answer only where it panics.
struct Working<T>(Receiver<T>);

impl<T: Send + 'static> Working<T> {
    fn start(wake: &Wake, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let wake = wake.clone();
        std::thread::spawn(move || {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            // Nobody waits for the answer where the window is gone.
            drop(done.map(|done| sender.send(done)));
            wake();
        });
        Self(receiver)
    }
}

/// What a thread has answered; an error is that it panicked.
fn answer_of<T>(working: &mut Option<Working<T>>) -> Option<Result<T, String>> {
    let answer = match working.as_ref()?.0.try_recv() {
        Err(TryRecvError::Empty) => return None,
        Err(TryRecvError::Disconnected) => {
            Err("something went wrong in the program while it worked on a project".to_owned())
        }
        Ok(answer) => Ok(answer),
    };
    *working = None;
    Some(answer)
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
            ProjectRequest::Save => return self.save(),
            ProjectRequest::ChooseWhereToSave => {
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
            ProjectRequest::ExportLogTo(path) => export_log(&path, session),
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
        }
    }

    /// Whether something would be lost if the window closed now.
    pub fn has_unsaved(&mut self, session: &Session) -> bool {
        self.look(session);
        self.is_changed && (self.open.is_some() || session.has_homeless_layers())
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
                self.is_changed = false;
                self.copy = None;
                return Some(DeskWish::CloseWindow);
            }
        }
        None
    }

    fn open(&mut self, file: Locked) {
        if needs_passphrase(&file.path) {
            self.locked = Some(file);
        } else {
            self.start_reading(file, None);
        }
    }

    fn start_reading(&mut self, file: Locked, passphrase: Option<Passphrase>) {
        let Locked { path, then, recovered, .. } = file;
        self.reading = Some(Working::start(&self.wake, move || {
            let result = read_project(&path, passphrase.as_ref());
            Read { path, then, recovered, passphrase, result }
        }));
    }

    fn save(&mut self) -> Option<DeskWish> {
        match &self.open {
            Some(OpenFile { path, seal: Some(seal) }) => {
                self.save_wanted = Some((path.clone(), Replaces::Opened(seal.clone())));
                None
            }
            _ => Some(DeskWish::ChooseWhereToSave(self.name_to_begin_with())),
        }
    }

    fn save_to(&mut self, path: PathBuf) {
        let path = std::path::absolute(&path).unwrap_or(path);
        let path = if path.extension().is_none() {
            path.with_extension(crate::session::PROJECT_ENDING)
        } else {
            path
        };
        // The dialog has asked whether the file that lies there may be replaced.
        self.save_wanted = Some((path, Replaces::AnyProject));
    }

    fn name_to_begin_with(&self) -> String {
        self.path().map_or_else(|| "situation.sitmap".to_owned(), name_of)
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

    fn take_in_read(&mut self, read: Result<Read, String>, session: &mut Session) {
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

    fn begin_saving(&mut self, session: &Session) {
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

    fn take_in_saved(&mut self, saved: Result<Saved, String>, session: &mut Session) -> Option<DeskWish> {
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
    fn discard_recovered(&mut self) {
        let is_open = |copy: &LeftCopy| {
            let path = copy.note.project.as_ref().map(|(path, _)| path.as_path());
            path.is_some() && path == self.open.as_ref().map(|open| open.path.as_path())
        };
        if let Some(at) = self.left.iter().position(is_open) {
            self.left.remove(at).discard();
        }
    }

    fn begin_copying(&mut self, session: &Session) {
        let is_due = self.copied_at.elapsed() > COPY_EVERY && self.copying.is_none() && !session.is_sealing();
        let is_wanted = self.is_changed && (self.open.is_some() || session.has_homeless_layers());
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

    fn note(&self) -> RecoveryNote {
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

#[cfg(test)]
#[path = "desk_tests.rs"]
mod desk_tests;

fn export_log(path: &Path, session: &mut Session) {
    let is_page = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    let log = session.log();
    let words = if is_page { log_page::page_of(log) } else { log_page::json_of(log) };
    let notice =
        match super::whole_file::replace_file(path, words.as_bytes(), &super::whole_file::Expected::Anything)
        {
            Ok(()) => Notice::info(format!("The log was written to {}", name_of(path))),
            Err(error) => Notice::error(format!("cannot write the log: {error}: {path:?}")),
        };
    session.apply(Command::ShowNotice(notice));
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
