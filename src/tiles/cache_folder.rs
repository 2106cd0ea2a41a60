//! What lies in the folder of stored tiles: found, counted, and cleared on request.
//!
//! Floor 4. Several windows may share the folder: a file that is gone already is no trouble.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::SystemTime;

/// What a stored tile's file name ends with.
pub(super) const EXTENSION: &str = "tile";
/// What is being written; renamed when it is whole.
pub(super) const PART_EXTENSION: &str = "tmp";

/// How many files, and how much of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheSize {
    /// How many.
    pub files: usize,
    /// All of them together.
    pub bytes: u64,
}

impl std::ops::AddAssign for CacheSize {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
    }
}

/// What came of clearing a cache.
#[derive(Debug, Default)]
#[must_use]
pub struct Cleared {
    /// What is gone.
    pub freed: CacheSize,
    /// Why not all is; the last of several reasons.
    pub trouble: Option<io::Error>,
}

/// The stored tiles of all servers, for whoever counts or clears them. May take a while: not for the window's thread.
#[derive(Debug, Clone)]
pub struct TileCache {
    root: PathBuf,
    clearings: Clearings,
}

impl TileCache {
    pub(super) fn new(root: PathBuf, clearings: Clearings) -> Self {
        Self { root, clearings }
    }

    /// What it takes now.
    pub fn size(&self) -> CacheSize {
        let mut size = CacheSize::default();
        for file in cached_files(&self.root, &mut drop) {
            size += CacheSize { files: 1, bytes: file.bytes };
        }
        size
    }

    /// Removes every stored tile of every server, and nothing else. What this window was fetching meanwhile is not stored.
    pub fn clear(&self) -> Cleared {
        self.clearings.begin();
        clear_cache(&self.root)
    }
}

/// How often the folder was cleared by this window: parts what was asked for before from what is asked for after.
#[derive(Debug, Clone, Default)]
pub(super) struct Clearings {
    count: Arc<RwLock<u64>>,
}

impl Clearings {
    /// How many there were so far.
    pub fn so_far(&self) -> u64 {
        *self.count.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Permission to store what was asked for after `seen` clearings; none where another came between. While it is held
    /// no clearing begins.
    pub fn may_store(&self, seen: u64) -> Option<RwLockReadGuard<'_, u64>> {
        let count = self.count.read().unwrap_or_else(PoisonError::into_inner);
        (*count == seen).then_some(count)
    }

    /// Waits for those that are storing.
    fn begin(&self) {
        *self.count.write().unwrap_or_else(PoisonError::into_inner) += 1;
    }
}

/// One file of the cache.
pub(super) struct CachedFile {
    pub path: PathBuf,
    pub bytes: u64,
    pub used: SystemTime,
}

/// Our own files: `<root>/<server>/<zoom>/<x>-<y>.tile` and unfinished ones. Links are not followed.
pub(super) fn cached_files(root: &Path, on_trouble: &mut dyn FnMut(io::Error)) -> Vec<CachedFile> {
    let mut files = Vec::new();
    for zoom in zoom_folders(root, on_trouble) {
        for entry in entries_of(&zoom, on_trouble) {
            let path = entry.path();
            let ours = is_tile(&path) || path.extension().is_some_and(|end| end == PART_EXTENSION);
            if let Ok(meta) = entry.metadata()
                && meta.is_file()
                && ours
            {
                let used = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                files.push(CachedFile { path, bytes: meta.len(), used });
            }
        }
    }
    files
}

/// Whether a file is a tile that is whole.
pub(super) fn is_tile(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == EXTENSION)
}

fn zoom_folders(root: &Path, on_trouble: &mut dyn FnMut(io::Error)) -> Vec<PathBuf> {
    let servers = folders_in(root, on_trouble);
    servers.iter().flat_map(|server| folders_in(server, on_trouble)).collect()
}

fn folders_in(path: &Path, on_trouble: &mut dyn FnMut(io::Error)) -> Vec<PathBuf> {
    let entries = entries_of(path, on_trouble).into_iter();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}

fn entries_of(path: &Path, on_trouble: &mut dyn FnMut(io::Error)) -> Vec<fs::DirEntry> {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            on_trouble(error);
            Vec::new()
        }
    }
}

fn clear_cache(root: &Path) -> Cleared {
    let mut cleared = Cleared::default();
    for file in cached_files(root, &mut |error| cleared.trouble = Some(error)) {
        match fs::remove_file(&file.path) {
            Ok(()) => cleared.freed += CacheSize { files: 1, bytes: file.bytes },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => cleared.trouble = Some(error),
        }
    }
    // Their names, too, tell how far in somebody looked. One that is not empty, or is being filled again, stays.
    for folder in zoom_folders(root, &mut drop).iter().chain(&folders_in(root, &mut drop)) {
        let _ = fs::remove_dir(folder);
    }
    cleared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(root: &Path, path: &str, bytes: usize) -> PathBuf {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, vec![7; bytes]).unwrap();
        path
    }

    fn cache(root: &Path) -> TileCache {
        TileCache::new(root.to_owned(), Clearings::default())
    }

    #[test]
    fn clearing_removes_tiles_and_their_folders_and_leaves_strangers_alone() {
        let root = tempfile::tempdir().unwrap();
        for (path, bytes) in [("aa/9/1-0.tile", 100), ("aa/9/2-0.tile", 20), ("bb/3/1-1.7.0.tmp", 3)] {
            lay(root.path(), path, bytes);
        }
        let strangers =
            ["letter.tile", "aa/notes.txt", "cc/5/photo.jpg"].map(|path| lay(root.path(), path, 1));
        let cache = cache(root.path());
        assert_eq!(cache.size(), CacheSize { files: 3, bytes: 123 });
        let cleared = cache.clear();
        assert_eq!((cleared.freed, cleared.trouble.is_none()), (CacheSize { files: 3, bytes: 123 }, true));
        assert_eq!(cache.size(), CacheSize::default());
        assert!(strangers.iter().all(|path| path.exists()));
        assert!(!root.path().join("aa/9").exists() && !root.path().join("bb").exists());
        assert_eq!(cache.clear().freed, CacheSize::default(), "a second time there is nothing to do");
    }

    #[test]
    fn a_folder_that_is_not_there_is_empty() {
        let root = tempfile::tempdir().unwrap();
        let cleared = cache(&root.path().join("nowhere")).clear();
        assert!(cleared.trouble.is_none() && cleared.freed == CacheSize::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_folder_leads_to_nothing_that_is_removed() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let precious = lay(elsewhere.path(), "9/1-0.tile", 5);
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("aa")).unwrap();
        lay(root.path(), "bb/9/1-0.tile", 5);
        std::os::unix::fs::symlink(&precious, root.path().join("bb/9/2-0.tile")).unwrap();
        assert_eq!(cache(root.path()).clear().freed.files, 1);
        assert!(precious.exists());
    }

    #[test]
    fn what_was_asked_for_before_a_clearing_is_not_stored_after_it() {
        let root = tempfile::tempdir().unwrap();
        let cache = cache(root.path());
        let before = cache.clearings.so_far();
        assert!(cache.clearings.may_store(before).is_some());
        let _ = cache.clear();
        assert!(cache.clearings.may_store(before).is_none());
        assert!(cache.clearings.may_store(cache.clearings.so_far()).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_removed_is_told_and_the_rest_goes() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        lay(root.path(), "aa/9/1-0.tile", 5);
        lay(root.path(), "bb/9/1-0.tile", 5);
        let locked = root.path().join("aa/9");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
        let may_anyway = fs::write(locked.join("probe"), "").is_ok();
        let cleared = cache(root.path()).clear();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
        // Whoever may do anything is stopped by no permission.
        let expected = if may_anyway { (2, false) } else { (1, true) };
        assert_eq!((cleared.freed.files, cleared.trouble.is_some()), expected);
    }
}
