//! Tiles on disk: one file each, with the headers that say how long it holds, within a size limit.
//!
//! Floor 4. Used by worker threads; several windows may share one folder.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkers::TileId;

use super::cache_folder::{Clearings, EXTENSION, PART_EXTENSION, cached_files, is_tile};
use super::network::{MAX_TILE_BYTES, Validators, unix_seconds};

/// How much of the disk the tiles of all servers may take.
pub const DEFAULT_CACHE_BYTES: u64 = 256 * 1024 * 1024;

const MAGIC: &[u8] = b"sitmap tile 1\n";
const MAX_HEADER_BYTES: usize = 16 * 1024;
/// A tile read again within this time keeps its place in the order of use: a write per read would be too much.
const TOUCH_AFTER: Duration = Duration::from_secs(600);
/// Eviction frees a tenth more than it must, so that it does not run at every tile.
const KEEP_PERCENT: u64 = 90;
/// Temporary files this old were left behind by a program that was ended.
const ABANDONED_AFTER: Duration = Duration::from_secs(3600);

/// What is written before a tile's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TileHeader {
    pub url: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// Seconds since 1970.
    pub fresh_until: u64,
    /// What `fresh_until` was reckoned with; a 304 without headers renews by the same.
    pub lifetime_s: u64,
    pub body_len: usize,
    pub body_crc: u32,
}

/// A tile as it was stored.
pub(super) struct StoredTile {
    pub header: TileHeader,
    pub body: Vec<u8>,
}

/// The folder of one server's tiles inside the cache folder.
pub(super) struct DiskCache {
    root: PathBuf,
    folder: PathBuf,
    limit_bytes: u64,
    /// About how much all servers' tiles take; `u64::MAX` until it has been counted.
    used_bytes: AtomicU64,
    evicting: Mutex<()>,
    temporary: AtomicU64,
    clearings: Clearings,
}

impl TileHeader {
    pub fn new(
        url: &str,
        body: &[u8],
        fresh_until: SystemTime,
        lifetime: Duration,
        known: Validators,
    ) -> Self {
        Self {
            url: url.to_owned(),
            etag: known.etag,
            last_modified: known.last_modified,
            fresh_until: unix_seconds(fresh_until),
            lifetime_s: lifetime.as_secs(),
            body_len: body.len(),
            body_crc: crc(body),
        }
    }

    pub fn expires(&self) -> SystemTime {
        let seconds = Duration::from_secs(self.fresh_until);
        SystemTime::UNIX_EPOCH.checked_add(seconds).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    pub fn validators(&self) -> Validators {
        Validators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }
}

impl DiskCache {
    /// The part of `root` for the server behind `template`.
    pub fn new(root: &Path, template: &str, limit_bytes: u64, clearings: Clearings) -> Self {
        let digest = Sha256::digest(template.as_bytes());
        let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self {
            root: root.to_owned(),
            folder: root.join(name),
            limit_bytes,
            used_bytes: AtomicU64::new(u64::MAX),
            evicting: Mutex::new(()),
            temporary: AtomicU64::new(0),
            clearings,
        }
    }

    /// How often the folder was cleared so far; told again when what is asked for now is stored.
    pub fn clearings(&self) -> u64 {
        self.clearings.so_far()
    }

    /// The stored tile, or `None` where there is none or it is damaged.
    pub fn read(&self, tile: TileId, url: &str, now: SystemTime) -> Option<StoredTile> {
        let path = self.path_of(tile);
        let stored = read_tile(&path).ok()?;
        if stored.header.url != url {
            return None;
        }
        touch(&path, now);
        Some(stored)
    }

    /// Stores a tile whole or not at all, then makes room if the limit is passed. Does nothing where the folder was
    /// cleared since the tile was asked for, after `seen` clearings.
    pub fn write(
        &self,
        tile: TileId,
        header: &TileHeader,
        body: &[u8],
        now: SystemTime,
        seen: u64,
    ) -> io::Result<()> {
        let Some(_permission) = self.clearings.may_store(seen) else { return Ok(()) };
        let path = self.path_of(tile);
        let bytes = file_bytes(header, body)?;
        let folder = path.parent().unwrap_or(&self.folder);
        create_private_folder(folder)?;
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        let temporary =
            folder.join(format!("{}-{}.{}.{number}.{PART_EXTENSION}", tile.x, tile.y, std::process::id()));
        let written = write_whole(&temporary, &bytes, now).and_then(|()| fs::rename(&temporary, &path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written?;
        self.make_room(bytes.len() as u64, now);
        Ok(())
    }

    fn path_of(&self, tile: TileId) -> PathBuf {
        let name = format!("{}-{}.{EXTENSION}", tile.x, tile.y);
        self.folder.join(tile.zoom.to_string()).join(name)
    }

    fn make_room(&self, added: u64, now: SystemTime) {
        // One worker at a time. The others wait: what one of them has written must be counted, too, or the last of many
        // could leave the folder too full.
        let _guard = self.evicting.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = self.used_bytes.load(Ordering::Relaxed);
        let used = counted.saturating_add(added);
        if counted != u64::MAX && used <= self.limit_bytes {
            self.used_bytes.store(used, Ordering::Relaxed);
            return;
        }
        self.used_bytes.store(evict(&self.root, self.limit_bytes, now), Ordering::Relaxed);
    }
}

/// Deletes the least recently used tiles until the limit is kept, and returns what is left, in bytes.
fn evict(root: &Path, limit_bytes: u64, now: SystemTime) -> u64 {
    let mut files = cached_files(root, &mut drop);
    let mut total: u64 = files.iter().map(|file| file.bytes).sum();
    let over = total > limit_bytes;
    files.sort_by_key(|file| file.used);
    for file in files {
        let abandoned =
            !is_tile(&file.path) && now.duration_since(file.used).is_ok_and(|age| age > ABANDONED_AFTER);
        let too_much = over && total > limit_bytes / 100 * KEEP_PERCENT;
        if (abandoned || too_much) && fs::remove_file(&file.path).is_ok() {
            total -= file.bytes;
        }
    }
    total
}

pub(super) fn read_tile(path: &Path) -> io::Result<StoredTile> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let mut bytes = Vec::new();
    let limit = MAX_TILE_BYTES + MAX_HEADER_BYTES;
    fs::File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let end = memchr::memchr(b'\n', rest).ok_or_else(damaged)?;
    let header: TileHeader = serde_json::from_slice(&rest[..end]).map_err(|_| damaged())?;
    let body = rest[end + 1..].to_vec();
    if body.len() != header.body_len || crc(&body) != header.body_crc {
        return Err(damaged());
    }
    Ok(StoredTile { header, body })
}

fn file_bytes(header: &TileHeader, body: &[u8]) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(header)?;
    if json.len() > MAX_HEADER_BYTES - MAGIC.len() - 1 {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    Ok([MAGIC, &json, b"\n", body].concat())
}

fn write_whole(path: &Path, bytes: &[u8], now: SystemTime) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.set_modified(now)
}

fn touch(path: &Path, now: SystemTime) {
    let used = fs::metadata(path).and_then(|meta| meta.modified());
    let recent = used.is_ok_and(|used| now.duration_since(used).is_ok_and(|age| age < TOUCH_AFTER));
    if !recent && let Ok(file) = fs::File::options().write(true).open(path) {
        // The order of use is a convenience: a file system that cannot keep it evicts in another order.
        let _ = file.set_modified(now);
    }
}

/// What a person looked at is nobody else's business on a shared machine.
fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::super::cache_folder::TileCache;
    use super::*;

    const URL: &str = "https://example.org/1.png";

    fn tile(x: u32) -> TileId {
        TileId { x, y: 0, zoom: 9 }
    }

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000 + seconds)
    }

    fn store(cache: &DiskCache, x: u32, body: &[u8], seconds: u64) {
        let header = TileHeader::new(URL, body, at(seconds), Duration::from_secs(9), Validators::default());
        cache.write(tile(x), &header, body, at(seconds), 0).unwrap();
    }

    fn cache(folder: &Path, limit_bytes: u64) -> DiskCache {
        DiskCache::new(folder, "https://example.org/{z}/{x}/{y}", limit_bytes, Clearings::default())
    }

    #[test]
    fn a_stored_tile_comes_back_with_its_headers() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), 1 << 20);
        let known = Validators { etag: Some("\"a\"".into()), last_modified: None };
        let header = TileHeader::new(URL, b"body", at(50), Duration::from_secs(50), known.clone());
        cache.write(tile(1), &header, b"body", at(0), 0).unwrap();
        let stored = cache.read(tile(1), URL, at(1)).unwrap();
        assert_eq!((stored.header.clone(), stored.body.as_slice()), (header, b"body".as_slice()));
        assert_eq!((stored.header.expires(), stored.header.validators()), (at(50), known));
        assert!(cache.read(tile(1), "https://example.org/2.png", at(1)).is_none(), "another address");
        assert!(cache.read(tile(2), URL, at(1)).is_none());
    }

    #[test]
    fn a_damaged_tile_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), 1 << 20);
        store(&cache, 1, b"some body", 0);
        let whole = fs::read(cache.path_of(tile(1))).unwrap();
        for damage in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[damage] ^= 0x40;
            fs::write(cache.path_of(tile(1)), bytes).unwrap();
            let read = cache.read(tile(1), URL, at(1));
            assert!(read.is_none_or(|stored| stored.body == b"some body"), "byte {damage}");
            fs::write(cache.path_of(tile(1)), &whole[..damage]).unwrap();
            assert!(cache.read(tile(1), URL, at(1)).is_none(), "cut at {damage}");
        }
    }

    #[test]
    fn the_least_recently_used_tiles_go_when_the_limit_is_passed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), 100_000);
        for x in 0..4 {
            store(&cache, x, &[7; 20_000], u64::from(x) * 1000);
        }
        assert!(cache.read(tile(0), URL, at(10_000)).is_some(), "used again");
        store(&cache, 4, &[7; 20_000], 11_000);
        let left: Vec<u32> = (0..5).filter(|&x| cache.read(tile(x), URL, at(12_000)).is_some()).collect();
        assert_eq!(left, [0, 2, 3, 4]);
    }

    #[test]
    fn a_tile_that_was_asked_for_before_the_folder_was_cleared_is_not_stored() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), 100_000);
        let header = TileHeader::new(URL, b"x", at(9), Duration::from_secs(9), Validators::default());
        let seen = cache.clearings();
        let _ = TileCache::new(folder.path().to_owned(), cache.clearings.clone()).clear();
        cache.write(tile(1), &header, b"x", at(1), seen).unwrap();
        assert!(cache.read(tile(1), URL, at(1)).is_none());
        cache.write(tile(1), &header, b"x", at(1), cache.clearings()).unwrap();
        assert!(cache.read(tile(1), URL, at(1)).is_some());
    }
}
