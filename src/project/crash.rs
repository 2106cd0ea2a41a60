//! A panic in the window: what is unsaved is left for the next start, with a note that holds nothing private.
//!
//! Floor 5. What a panic says may quote a file; the note holds the program's own places only.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, resume_unwind};
use std::path::PathBuf;

use super::state_folder;
use super::whole_file::{Expected, replace_file};
use crate::session::PROGRAM;

thread_local! {
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Remembers where panics were, besides what is told of them anyway; once, at the start.
pub fn remember_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        LAST_PANIC.set(Some(note_of(panic)));
        before(panic);
    }));
}

/// Program, system, the place of the panic and the names of the functions around it.
fn note_of(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(|at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
    let calls = Backtrace::force_capture().to_string();
    // Of the places of files only those of the source; a path of the machine that built it names nobody who uses it.
    let calls: String = calls
        .lines()
        .filter(|line| !line.trim_start().starts_with("at "))
        .fold(String::new(), |calls, line| calls + line + "\n");
    format!(
        "{PROGRAM}, {} {}\nThe window panicked at {}\n\n{calls}",
        std::env::consts::OS,
        std::env::consts::ARCH,
        place.unwrap_or_else(|| "an unknown place".to_owned())
    )
}

/// Does a frame's work. Where it panics, `leave_copy` keeps what is unsaved and says whether there is a copy; a note is
/// written and the panic goes on.
pub fn guarded<T>(owner: &mut T, work: impl FnOnce(&mut T), leave_copy: impl FnOnce(&mut T) -> bool) {
    let worked = catch_unwind(AssertUnwindSafe(|| work(owner)));
    let Err(panic) = worked else { return };
    // What panics here, too, must not hide the first one.
    let left = catch_unwind(AssertUnwindSafe(|| leave_copy(owner))).unwrap_or(false);
    let note = LAST_PANIC.take().and_then(|note| write_note(&note));
    let copy = if left { " What was unsaved is offered at the next start." } else { "" };
    let noted = note.map(|path| {
        format!(" A note for the developers, with nothing of your data, lies in {}.", path.display())
    });
    eprintln!(
        "sitmap: something went wrong in the program, and the window has to close.{copy}{}",
        noted.unwrap_or_default()
    );
    resume_unwind(panic);
}

fn write_note(note: &str) -> Option<PathBuf> {
    let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H-%M-%S").to_string();
    let path = state_folder()?.join(format!("crash-{time}.txt"));
    replace_file(&path, note.as_bytes(), &Expected::Anything).ok().map(|()| path)
}
