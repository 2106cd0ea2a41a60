//! A file is there as it was or as it is to be, whatever happens meanwhile.
//!
//! Floor 5. The new bytes are written beside it, synced, and given its name; then the folder is synced.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::session::random_hex;

/// Where the bytes go before they have the name: known by these, and to nobody else.
const BESIDE_ENDING: &str = ".part";

/// What must be true of the file that is replaced.
pub(super) enum Expected<'a> {
    /// Nothing: it may be there or not.
    Anything,
    /// It is not there.
    Absent,
    /// It holds bytes that are as expected.
    Bytes(&'a dyn Fn(&[u8]) -> bool),
}

/// Why a file was not replaced; it is as it was.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreplaced {
    /// The system would not do it.
    #[error(transparent)]
    System(#[from] io::Error),
    /// It is not as expected.
    #[error("the file is another one now")]
    Unexpected,
    /// Another window is at it.
    #[error("another program is writing the file")]
    Busy,
}

/// Replaces a file, or makes one. Folders above it are made.
pub(super) fn replace_file(path: &Path, bytes: &[u8], expected: &Expected<'_>) -> Result<(), Unreplaced> {
    replace_file_by(path, &mut |file| file.write_all(bytes), expected)
}

/// Writes a file that is not held in memory as a whole: what is there of that name stays until the last byte is on the disk,
/// and where `write` ends with an error. Where nothing may be replaced, a file of that name is an error.
pub fn write_file_whole(
    path: &Path,
    may_replace: bool,
    write: &mut dyn FnMut(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let expected = if may_replace { Expected::Anything } else { Expected::Absent };
    replace_file_by(path, write, &expected).map_err(|error| match error {
        Unreplaced::System(error) => error,
        Unreplaced::Unexpected => io::ErrorKind::AlreadyExists.into(),
        other => io::Error::other(other),
    })
}

fn replace_file_by(
    path: &Path,
    write: &mut dyn FnMut(&mut File) -> io::Result<()>,
    expected: &Expected<'_>,
) -> Result<(), Unreplaced> {
    // A link stays one: what it leads to is replaced.
    let path = &match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => path.canonicalize()?,
        _ => path.to_owned(),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder)?;
    let (beside, mut file) = Beside::new(folder, path)?;
    write(&mut file)?;
    if let Ok(before) = std::fs::metadata(path) {
        file.set_permissions(before.permissions())?;
    }
    file.sync_all()?;
    match expected {
        Expected::Anything => std::fs::rename(&beside.0, path)?,
        Expected::Absent => take_free_name(&beside.0, path)?,
        Expected::Bytes(are_expected) => {
            let _held = held(path)?;
            let now = std::fs::read(path)?;
            if !are_expected(&now) {
                return Err(Unreplaced::Unexpected);
            }
            std::fs::rename(&beside.0, path)?;
        }
    }
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Makes a folder and those above it, where they are not there, for their owner alone.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The file, held against other windows that replace it in the same way.
fn held(path: &Path) -> Result<File, Unreplaced> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Unreplaced::Unexpected,
        _ => Unreplaced::System(error),
    })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Unreplaced::Busy),
        // Some file systems of other machines know no locks; what the file holds is looked at in any case.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// Gives the file a name that nobody has.
fn take_free_name(beside: &Path, path: &Path) -> Result<(), Unreplaced> {
    match std::fs::hard_link(beside, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Unreplaced::Unexpected),
        // A memory stick knows no second names.
        Err(_) if path.exists() => Err(Unreplaced::Unexpected),
        Err(_) => Ok(std::fs::rename(beside, path)?),
    }
}

/// The file beside; it is gone when this is, unless it has got the name.
struct Beside(PathBuf);

impl Beside {
    fn new(folder: &Path, path: &Path) -> io::Result<(Self, File)> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
        let prefix = format!(".{name}.");
        clear_left_over(folder, &prefix);
        let chance = random_hex::<6>()?;
        let beside = folder.join(format!("{prefix}{chance}{BESIDE_ENDING}"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // Nobody else on the machine reads it unless its owner says so.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&beside)?;
        // Where it cannot be locked nobody can tell that it is in use; it is not cleared away for an hour then.
        let _ = file.try_lock();
        Ok((Self(beside), file))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It is gone already where it has got the name by being renamed.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Of a file that is only being written, or was when its program was killed: which file it was to become.
pub(super) fn path_of_part(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?.strip_prefix('.')?.strip_suffix(BESIDE_ENDING)?;
    Some(path.with_file_name(name.rsplit_once('.')?.0))
}

/// Takes away what a program that was killed left beside the file.
fn clear_left_over(folder: &Path, prefix: &str) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(prefix) && name.ends_with(BESIDE_ENDING) && is_left_over(&entry.path()) {
            // Nobody is harmed by one that stays.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn is_left_over(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => {
            let age = file
                .metadata()
                .and_then(|metadata| metadata.modified())
                .ok()
                .and_then(|at| at.elapsed().ok());
            age.is_some_and(|age| age.as_secs() > 3600)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/a.sitmap");
        replace_file(&path, b"one", &Expected::Absent).unwrap();
        assert!(matches!(replace_file(&path, b"two", &Expected::Absent), Err(Unreplaced::Unexpected)));
        replace_file(&path, b"two", &Expected::Bytes(&|now| now == b"one")).unwrap();
        let refused = replace_file(&path, b"three", &Expected::Bytes(&|now| now == b"one"));
        assert!(matches!(refused, Err(Unreplaced::Unexpected)));
        replace_file(&path, b"four", &Expected::Anything).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"four");
        assert_eq!(names(path.parent().unwrap()), ["a.sitmap"]);
    }

    #[test]
    fn two_windows_that_save_at_once_do_not_overwrite_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sitmap");
        std::fs::write(&path, "one").unwrap();
        let other = File::open(&path).unwrap();
        other.lock().unwrap();
        let refused = replace_file(&path, b"two", &Expected::Bytes(&|_| true));
        assert!(matches!(refused, Err(Unreplaced::Busy)));
        drop(other);
        let threads: Vec<_> = (0..8)
            .map(|number: u8| {
                let path = path.clone();
                std::thread::spawn(move || {
                    replace_file(&path, &[b't', number], &Expected::Bytes(&|now| now == b"one")).is_ok()
                })
            })
            .collect();
        let saved: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(saved.iter().filter(|saved| **saved).count(), 1);
        let winner = saved.iter().position(|saved| *saved).unwrap() as u8;
        assert_eq!(std::fs::read(&path).unwrap(), [b't', winner]);
    }

    #[test]
    fn what_a_killed_program_left_is_cleared_away_and_what_another_writes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sitmap");
        let (left, used) = (folder.path().join(".a.sitmap.1.part"), folder.path().join(".a.sitmap.2.part"));
        std::fs::write(&left, "half").unwrap();
        let writing = File::create(&used).unwrap();
        writing.lock().unwrap();
        replace_file(&path, b"one", &Expected::Anything).unwrap();
        assert_eq!(names(folder.path()), [".a.sitmap.2.part", "a.sitmap"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_rights_stay_as_they_were() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.sitmap"), folder.path().join("b.sitmap"));
        std::fs::write(&path, "one").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace_file(&link, b"two", &Expected::Anything).unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_cannot_be_is_an_error_and_harms_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "one").unwrap();
        let refused = replace_file(&file.join("a.sitmap"), b"two", &Expected::Absent);
        assert!(matches!(refused, Err(Unreplaced::System(_))));
        assert_eq!(std::fs::read(&file).unwrap(), b"one");
    }
}
