//! Copies of unsaved maps for the case of a crash.
//!
//! Floor 5. Each window has a copy of its own, and holds a lock for as long as it lives: what lies there unlocked belongs to
//! a program that did not end as it should. A window that ends takes its copy along.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::passphrase::Passphrase;
use super::project_file::{FileSeal, Replaces, needs_passphrase, write_project};
use super::whole_file::{Expected, make_folder, replace_file};
use super::{ProjectError, state_folder};
use crate::session::{ProjectSnapshot, random_hex};

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
    pub project: Option<(PathBuf, FileSeal)>,
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
    /// Whether it opens with a passphrase only.
    pub is_encrypted: bool,
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
        let path = self.0.join(random_hex::<8>()?).with_extension("sitmap");
        let lock = File::create_new(lock_of(&path))?;
        lock.lock()?;
        Ok(RecoveryCopy { path, lock: Some(lock) })
    }

    /// What crashes left, the newest first. Locks without a copy are cleared away.
    pub fn left(&self) -> Vec<LeftCopy> {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return Vec::new() };
        let locks = entries.flatten().map(|entry| entry.path());
        let locks = locks.filter(|path| path.extension().is_some_and(|ending| ending == "lock"));
        let mut left: Vec<LeftCopy> = locks.filter_map(|lock| left_copy(&lock)).collect();
        left.sort_by_key(|copy| std::cmp::Reverse(copy.written));
        left
    }
}

fn lock_of(path: &Path) -> PathBuf {
    path.with_extension("lock")
}

fn note_of(path: &Path) -> PathBuf {
    path.with_extension("json")
}

/// The copy behind a lock that nobody holds.
fn left_copy(lock_path: &Path) -> Option<LeftCopy> {
    let lock = File::open(lock_path).ok()?;
    lock.try_lock().ok()?;
    let path = lock_path.with_extension("sitmap");
    let Ok(metadata) = std::fs::metadata(&path) else {
        // Its window ended before there was anything to keep.
        let _ = (std::fs::remove_file(note_of(&path)), std::fs::remove_file(lock_path));
        return None;
    };
    let note = std::fs::read(note_of(&path)).ok().and_then(|note| serde_json::from_slice(&note).ok());
    let note = note.unwrap_or(RecoveryNote { project: None });
    let is_encrypted = needs_passphrase(&path);
    Some(LeftCopy { path, note, written: metadata.modified().ok(), is_encrypted, _lock: lock })
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
    write_project(path, snapshot, passphrase, &Replaces::AnyProject).map(|_| ())
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
