//! What the cache folder holds: stored tiles and prepared copies, counted and cleared for the settings.
//!
//! Floor 5. Both can be many files on a slow disk, so each is done on a thread; the window asks once a frame.

use std::io;
use std::time::{Duration, Instant};

use super::working::{Working, answer_of};
use crate::session::Wake;
use crate::sidecar::SidecarFolder;
use crate::tiles::{CacheSize, Cleared, TileCache};

/// While somebody looks, the size is counted anew after so long.
const COUNT_EVERY: Duration = Duration::from_secs(5);

/// How the caches stand, for the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheStanding {
    /// Tiles and copies together; `None` until they have been counted.
    pub size: Option<CacheSize>,
    /// Whether they are being cleared.
    pub is_clearing: bool,
}

/// What came of clearing.
#[derive(Debug, Default)]
pub struct ClearedCaches {
    /// Stored tiles.
    pub tiles: Cleared,
    /// Prepared copies of large layers.
    pub copies: Cleared,
}

/// Counts and clears the caches of this user.
pub struct Caches {
    folders: Folders,
    wake: Wake,
    size: Option<CacheSize>,
    counted_at: Option<Instant>,
    counting: Option<Working<CacheSize>>,
    clearing: Option<Working<ClearedCaches>>,
}

#[derive(Clone)]
struct Folders {
    tiles: Option<TileCache>,
    copies: Option<SidecarFolder>,
}

impl Caches {
    /// Of these two places; a place that the system does not name holds nothing.
    pub fn new(tiles: Option<TileCache>, copies: Option<SidecarFolder>, wake: Wake) -> Self {
        let folders = Folders { tiles, copies };
        Self { folders, wake, size: None, counted_at: None, counting: None, clearing: None }
    }

    /// How they stand, as far as it is known.
    pub fn standing(&self) -> CacheStanding {
        CacheStanding { size: self.size, is_clearing: self.clearing.is_some() }
    }

    /// Somebody looks at the size: it is counted, unless that was done a moment ago.
    pub fn look(&mut self) {
        let is_new = self.counted_at.is_some_and(|counted| counted.elapsed() < COUNT_EVERY);
        if !is_new && self.counting.is_none() && self.clearing.is_none() {
            self.counted_at = Some(Instant::now());
            self.counting = Some(self.beside(Folders::size));
        }
    }

    /// Begins to clear both; what is being cleared already is not begun again.
    pub fn clear(&mut self) {
        if self.clearing.is_none() {
            self.clearing = Some(self.beside(Folders::clear));
        }
    }

    /// Once a frame; what came of clearing, when it is done.
    pub fn tick(&mut self) -> Option<ClearedCaches> {
        if let Some(Ok(counted)) = answer_of(&mut self.counting) {
            self.size = Some(counted);
        }
        let cleared = answer_of(&mut self.clearing)?;
        // What was counted meanwhile counted what is gone.
        (self.counting, self.counted_at) = (None, None);
        Some(cleared.unwrap_or_else(ClearedCaches::given_up))
    }

    /// Does something with the folders on a thread.
    fn beside<T: Send + 'static>(&self, work: fn(&Folders) -> T) -> Working<T> {
        let folders = self.folders.clone();
        Working::start(&self.wake, move || work(&folders))
    }
}

impl Folders {
    fn size(&self) -> CacheSize {
        let mut size = self.tiles.as_ref().map(TileCache::size).unwrap_or_default();
        size += size_of_copies(self.copies.as_ref());
        size
    }

    fn clear(&self) -> ClearedCaches {
        let tiles = self.tiles.as_ref().map(TileCache::clear).unwrap_or_default();
        let before = size_of_copies(self.copies.as_ref());
        let trouble = self.copies.as_ref().and_then(|copies| copies.clear().err());
        let after = size_of_copies(self.copies.as_ref());
        let freed = CacheSize {
            files: before.files.saturating_sub(after.files),
            bytes: before.bytes.saturating_sub(after.bytes),
        };
        ClearedCaches { tiles, copies: Cleared { freed, trouble } }
    }
}

fn size_of_copies(folder: Option<&SidecarFolder>) -> CacheSize {
    // A folder that cannot be read is told when it is to be cleared.
    let (files, bytes) = folder.and_then(|folder| folder.size().ok()).unwrap_or_default();
    CacheSize { files, bytes }
}

impl ClearedCaches {
    /// Whoever was to clear them could not even begin, or gave up.
    fn given_up(why: String) -> Self {
        let trouble = Some(io::Error::other(why));
        Self { tiles: Cleared { freed: CacheSize::default(), trouble }, copies: Cleared::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::tiles::{Network, OfflineSwitch, TileServices};

    fn caches(root: &Path) -> Caches {
        let network = Network::new(OfflineSwitch::new(true));
        let services = TileServices::new(eframe_context(), network).with_cache(root.join("tiles"));
        Caches::new(services.cache(), Some(SidecarFolder::at(root.join("layers"))), Arc::new(|| ()))
    }

    fn eframe_context() -> eframe::egui::Context {
        eframe::egui::Context::default()
    }

    fn lay(path: &Path, bytes: usize) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, vec![1; bytes]).unwrap();
    }

    fn settled<T>(caches: &mut Caches, done: impl Fn(&mut Caches) -> Option<T>) -> T {
        for _ in 0..2000 {
            if let Some(found) = done(caches) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it never came about")
    }

    fn size(caches: &mut Caches) -> CacheSize {
        caches.counted_at = None;
        caches.size = None;
        caches.look();
        settled(caches, |caches| {
            assert!(caches.tick().is_none());
            caches.standing().size
        })
    }

    #[test]
    fn tiles_and_copies_are_counted_together_and_cleared_apart() {
        let root = tempfile::tempdir().unwrap();
        let mut caches = caches(root.path());
        assert_eq!(size(&mut caches), CacheSize::default());
        lay(&root.path().join("tiles/aa/9/1-1.tile"), 100);
        lay(&root.path().join("tiles/aa/9/1-2.tile"), 50);
        lay(&root.path().join("layers/0123.sidecar"), 7);
        lay(&root.path().join("layers/notes.txt"), 1);
        assert_eq!(size(&mut caches), CacheSize { files: 3, bytes: 157 });
        caches.clear();
        assert!(caches.standing().is_clearing);
        let cleared = settled(&mut caches, Caches::tick);
        assert_eq!(cleared.tiles.freed, CacheSize { files: 2, bytes: 150 });
        assert_eq!(cleared.copies.freed, CacheSize { files: 1, bytes: 7 });
        assert!(cleared.tiles.trouble.is_none() && cleared.copies.trouble.is_none());
        assert_eq!(size(&mut caches), CacheSize::default());
        assert!(root.path().join("layers/notes.txt").exists());
    }

    #[test]
    fn what_cannot_be_cleared_is_told() {
        let root = tempfile::tempdir().unwrap();
        // A file where the folder should be cannot be looked through, whoever asks.
        lay(&root.path().join("layers"), 1);
        let mut caches = caches(root.path());
        caches.clear();
        let cleared = settled(&mut caches, Caches::tick);
        assert!(cleared.copies.trouble.is_some() && cleared.tiles.trouble.is_none());
    }

    #[test]
    fn clearing_while_another_window_writes_harms_neither() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("tiles/aa/9");
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let writer = {
            let (place, stop) = (place.clone(), stop.clone());
            std::thread::spawn(move || {
                // As the other window does it: under another name first, and a folder that is gone is made again.
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    for x in 0..20 {
                        let part = place.join(format!("{x}-1.9.0.tmp"));
                        let _ = fs::create_dir_all(&place)
                            .and_then(|()| fs::write(&part, [5; 64]))
                            .and_then(|()| fs::rename(&part, place.join(format!("{x}-1.tile"))));
                    }
                }
            })
        };
        let mut caches = caches(root.path());
        for _ in 0..30 {
            caches.clear();
            let cleared = settled(&mut caches, Caches::tick);
            assert!(cleared.tiles.trouble.is_none(), "{:?}", cleared.tiles.trouble);
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
        writer.join().unwrap();
        caches.clear();
        let _ = settled(&mut caches, Caches::tick);
        assert_eq!(size(&mut caches), CacheSize::default());
    }
}
