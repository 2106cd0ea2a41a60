//! Copies of unsaved maps for the case of a crash.
//!
//! Floor 5. Each window has a copy of its own, and holds a lock for as long as it lives: what lies there unlocked belongs to
//! a program that did not end as it should. A window that ends takes its copy along.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::passphrase::Passphrase;
use super::project_file::{FileSeal, Replaces, write_project};
use super::whole_file::{Expected, make_folder, path_of_part, replace_file};
use super::{ProjectError, state_folder};
use crate::session::{PROJECT_ENDING, ProjectSnapshot, SavedPath, random_hex};

/// How the names of a copy, its note and its lock end.
const COPY_ENDING: &str = PROJECT_ENDING;
const NOTE_ENDING: &str = "json";
const LOCK_ENDING: &str = "lock";

/// Where the copies lie.
#[derive(Debug, Clone)]
pub struct RecoveryFolder(PathBuf);

/// This window's copy.
#[derive(Debug)]
pub struct RecoveryCopy {
    path: PathBuf,
    /// Held, not used.
    #[allow(dead_code)]
    lock: Option<File>,
}

/// What stands beside a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryNote {
    /// The project that was open, and which bytes it had.
    pub project: Option<(SavedPath, FileSeal)>,
}

/// A copy that a crash left.
#[derive(Debug)]
pub struct LeftCopy {
    /// The copy, a project.
    pub path: PathBuf,
    /// What stands beside it.
    pub note: RecoveryNote,
    /// When it was written.
    pub written: Option<SystemTime>,
    _lock: File,
}

impl RecoveryFolder {
    /// Among what the system keeps for the program; `None` where it names no place.
    pub fn of_user() -> Option<Self> {
        Some(Self(state_folder()?.join("recovery")))
    }

    /// At a path of the caller's choice.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// A place for this window's copy; nothing is written yet but the lock.
    pub fn new_copy(&self) -> std::io::Result<RecoveryCopy> {
        make_folder(&self.0)?;
        let path = self.0.join(random_hex::<8>()?).with_extension(COPY_ENDING);
        let lock = File::create_new(lock_of(&path))?;
        lock.lock()?;
        Ok(RecoveryCopy { path, lock: Some(lock) })
    }

    /// What crashes left, the newest first; also a copy that has lost its lock. What belongs to no copy is cleared away:
    /// locks, and files that were only being written.
    pub fn left(&self) -> Vec<LeftCopy> {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return Vec::new() };
        let mut copies = BTreeSet::new();
        for path in entries.flatten().map(|entry| entry.path()) {
            match path_of_part(&path) {
                Some(of) if is_in_use(&of) => {}
                // One that stays is tried again at the next start.
                Some(_) => drop(std::fs::remove_file(path)),
                None if is_of_copy(&path) => drop(copies.insert(path.with_extension(COPY_ENDING))),
                None => {}
            }
        }
        let mut left: Vec<LeftCopy> = copies.iter().filter_map(|path| left_copy(path)).collect();
        left.sort_by_key(|copy| std::cmp::Reverse(copy.written));
        left
    }
}

fn is_of_copy(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| [COPY_ENDING, NOTE_ENDING, LOCK_ENDING].iter().any(|of| ending == *of))
}

/// Whether a window that is open writes this copy, or what stands beside it.
fn is_in_use(path: &Path) -> bool {
    let lock = File::open(lock_of(path));
    lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

fn lock_of(path: &Path) -> PathBuf {
    path.with_extension(LOCK_ENDING)
}

fn note_of(path: &Path) -> PathBuf {
    path.with_extension(NOTE_ENDING)
}

/// The copy whose lock nobody holds. It is held from now on, so that no other window offers it.
fn left_copy(path: &Path) -> Option<LeftCopy> {
    let lock = File::options().read(true).append(true).create(true).open(lock_of(path)).ok()?;
    lock.try_lock().ok()?;
    let Ok(metadata) = std::fs::metadata(path) else {
        // Its window ended before there was anything to keep.
        clear(path);
        return None;
    };
    let note = std::fs::read(note_of(path)).ok().and_then(|note| serde_json::from_slice(&note).ok());
    let note = note.unwrap_or(RecoveryNote { project: None });
    let path = path.to_owned();
    Some(LeftCopy { path, note, written: metadata.modified().ok(), _lock: lock })
}

impl LeftCopy {
    /// Throws it away.
    pub fn discard(self) {
        clear(&self.path);
    }
}

impl RecoveryCopy {
    /// The same without its lock, as a program leaves it that is ended from outside.
    #[cfg(test)]
    pub(super) fn into_unlocked(mut self) -> Self {
        self.lock = None;
        self
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Nothing is unsaved: there is nothing to recover.
    pub fn clear(&self) {
        let _ = (std::fs::remove_file(&self.path), std::fs::remove_file(note_of(&self.path)));
    }
}

/// Writes a copy and what stands beside it.
pub(super) fn write_copy(
    path: &Path,
    snapshot: &ProjectSnapshot,
    note: &RecoveryNote,
    passphrase: Option<&Passphrase>,
) -> Result<(), ProjectError> {
    let failed = |source| ProjectError::Write { path: path.to_owned(), source };
    let words = serde_json::to_vec(note).map_err(|error| failed(error.into()))?;
    replace_file(&note_of(path), &words, &Expected::Anything)
        .map_err(|error| failed(std::io::Error::other(error.to_string())))?;
    write_project(path, snapshot, passphrase, &Replaces::Anything).map(|_| ())
}

impl Drop for RecoveryCopy {
    fn drop(&mut self) {
        clear(&self.path);
    }
}

/// A copy, its note and its lock.
fn clear(path: &Path) {
    for path in [path.to_owned(), note_of(path), lock_of(path)] {
        // What stays is offered, or cleared away, at the next start.
        let _ = std::fs::remove_file(path);
    }
}
