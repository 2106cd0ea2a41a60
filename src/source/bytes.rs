//! The bytes of one layer, wherever they come from, kept once.
//!
//! Floor 2. Large files are mapped only while they are read, under a [`CutGuard`]; afterwards single features are fetched
//! by position. A file that changes or shrinks, meanwhile or later, gives an error.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::cut_guard::CutGuard;
use super::limits::MAP_FROM_BYTES;
use super::unpack::{Unpacked, unpack};
use super::{LoadError, Progress};

/// The bytes of one layer, unpacked. Cheap to clone: clones share the bytes.
#[derive(Clone)]
pub struct SourceBytes(Arc<Inner>);

struct Inner {
    origin: String,
    path: Option<PathBuf>,
    held: Held,
    /// As on disk, packed or not.
    stored_len: u64,
    /// As they were given, where they were packed and lie in no file.
    packed: Option<Vec<u8>>,
    packing: Option<&'static str>,
    warning: Option<String>,
    sha256: OnceLock<String>,
}

enum Held {
    Static(&'static [u8]),
    Memory(Vec<u8>),
    File {
        file: File,
        len: u64,
        modified: Option<SystemTime>,
        /// See [`super::Fingerprint::change`].
        change: Option<(u64, i64, i64)>,
        /// Whether some of it was missing while it was mapped.
        was_cut: AtomicBool,
    },
}

/// All bytes of a source while they are being read.
pub(super) enum BytesView<'a> {
    Borrowed(&'a [u8]),
    /// The guard goes before the mapping does.
    Mapped {
        _guard: CutGuard<'a>,
        map: memmap2::Mmap,
    },
    /// Where so many files are being read at once that no guard is left.
    Read(Vec<u8>),
}

impl BytesView<'_> {
    /// Maps the bytes from `start` to before `end` at once: page by page, as they are met, costs a tenth of the reading.
    pub fn expect(&self, start: usize, end: usize) {
        #[cfg(target_os = "linux")]
        if let Self::Mapped { map, .. } = self {
            let length = end.min(map.len()).saturating_sub(start);
            // Kernels before 5.14 do not know it, and then the pages come as they are met.
            let _ = map.advise_range(memmap2::Advice::PopulateRead, start, length);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (start, end);
    }
}

impl Deref for BytesView<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Mapped { map, .. } => map,
            Self::Read(bytes) => bytes,
        }
    }
}

impl SourceBytes {
    /// Opens a file; `.gz`, `.zst` and UTF-16 are unpacked here.
    pub fn open(path: &Path, progress: &Progress) -> Result<Self, LoadError> {
        let origin = path.display().to_string();
        let failed = |source| LoadError::Read { origin: origin.clone(), source };
        // Before it is opened: opening a pipe waits for a writer, and a device never ends.
        check_is_file(path).map_err(failed)?;
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        let len = metadata.len();
        if len < MAP_FROM_BYTES {
            let mut bytes = Vec::with_capacity(len as usize);
            (&file).take(MAP_FROM_BYTES).read_to_end(&mut bytes).map_err(failed)?;
            if bytes.len() as u64 == MAP_FROM_BYTES {
                return Err(LoadError::Changed { origin });
            }
            return Self::unpacked_within(
                origin,
                Some(path.to_owned()),
                Held::Memory(bytes),
                u64::MAX,
                progress,
            );
        }
        let was_cut = AtomicBool::new(false);
        let held = Held::File {
            file,
            len,
            modified: metadata.modified().ok(),
            change: change_of(&metadata),
            was_cut,
        };
        Self::unpacked_within(origin, Some(path.to_owned()), held, u64::MAX, progress)
    }

    /// Bytes that are not a file: from the clipboard, from a test. `origin` says for people where they come from.
    pub fn from_bytes(origin: impl Into<String>, bytes: Vec<u8>) -> Result<Self, LoadError> {
        Self::unpacked_within(origin.into(), None, Held::Memory(bytes), u64::MAX, &Progress::default())
    }

    /// The same out of an archive of `archive_len` bytes: what they may unpack to is measured by that.
    pub fn from_archive(
        origin: impl Into<String>,
        bytes: Vec<u8>,
        archive_len: u64,
    ) -> Result<Self, LoadError> {
        let whole = archive_len.min(bytes.len() as u64);
        Self::unpacked_within(origin.into(), None, Held::Memory(bytes), whole, &Progress::default())
    }

    /// Bytes that are compiled into the program.
    pub fn from_static(origin: impl Into<String>, bytes: &'static [u8]) -> Result<Self, LoadError> {
        Self::unpacked_within(origin.into(), None, Held::Static(bytes), u64::MAX, &Progress::default())
    }

    /// What is packed may grow as if it were stored in `most_stored` bytes, or in as many as it has.
    fn unpacked_within(
        origin: String,
        path: Option<PathBuf>,
        held: Held,
        most_stored: u64,
        progress: &Progress,
    ) -> Result<Self, LoadError> {
        let sha256 = OnceLock::new();
        let stored =
            Inner { origin, path, held, stored_len: 0, packed: None, packing: None, warning: None, sha256 };
        let view = stored.view()?;
        let stored_len = view.len() as u64;
        let unpacked = unpack(&view, stored_len.min(most_stored), &stored.origin, progress)?;
        if unpacked.is_some() {
            stored.sha256.get_or_init(|| hex_sha256(&view));
        }
        let packed = (unpacked.is_some() && stored.path.is_none()).then(|| view.to_vec());
        stored.check_unchanged()?;
        drop(view);
        Ok(Self(Arc::new(match unpacked {
            None => Inner { stored_len, ..stored },
            Some(Unpacked { bytes, packing, warning }) => {
                let (held, packing) = (Held::Memory(bytes), Some(packing));
                Inner { held, packed, packing, warning, stored_len, ..stored }
            }
        })))
    }

    /// The same source with its text in UTF-8, which it is not on the disk.
    pub(super) fn rewritten(&self, utf8: Vec<u8>) -> Result<Self, LoadError> {
        let Inner { origin, path, stored_len, packing, warning, .. } = &*self.0;
        let sha256 = OnceLock::from(self.sha256()?);
        Ok(Self(Arc::new(Inner {
            origin: origin.clone(),
            path: path.clone(),
            held: Held::Memory(utf8),
            stored_len: *stored_len,
            packed: None,
            packing: *packing,
            warning: warning.clone(),
            sha256,
        })))
    }

    /// Where the bytes come from, for people: the path, or what was said when they were given.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// The path, where the bytes come from a file.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The name that tells what the bytes are, as far as a name does: the path, or what was said when they were given.
    pub(super) fn name(&self) -> Option<&Path> {
        self.path().or(Some(Path::new(self.origin())))
    }

    /// The size unpacked.
    pub fn unpacked_len(&self) -> u64 {
        match &self.0.held {
            Held::Static(bytes) => bytes.len() as u64,
            Held::Memory(bytes) => bytes.len() as u64,
            Held::File { len, .. } => *len,
        }
    }

    /// The size as stored: that of the packed file where it is packed.
    pub fn stored_len(&self) -> u64 {
        self.0.stored_len
    }

    /// How the file is packed: `gzip`, `zstd`, `UTF-16`; `None` where it is not.
    pub fn packing(&self) -> Option<&'static str> {
        self.0.packing
    }

    /// SHA-256 of the bytes as stored, in hexadecimal: what `sha256sum` prints for the file.
    pub fn sha256(&self) -> Result<String, LoadError> {
        if let Some(known) = self.0.sha256.get() {
            return Ok(known.clone());
        }
        let view = self.view()?;
        Ok(self.0.sha256.get_or_init(|| hex_sha256(&view)).clone())
    }

    /// Writes the bytes as stored: of what is packed, the packed ones. A file that is another one now is an error.
    pub fn write_stored(&self, out: &mut dyn Write) -> Result<(), LoadError> {
        let failed = |source| LoadError::Read { origin: self.0.origin.clone(), source };
        match (self.0.packing, &self.0.packed, self.path()) {
            (None, ..) => out.write_all(&self.view()?),
            (Some(_), Some(packed), _) => out.write_all(packed),
            (Some(_), None, Some(path)) => {
                let bytes = std::fs::read(path).map_err(failed)?;
                if hex_sha256(&bytes) != self.sha256()? {
                    return Err(self.0.changed());
                }
                out.write_all(&bytes)
            }
            (Some(_), None, None) => return Err(self.0.changed()),
        }
        .map_err(failed)
    }

    /// When the file was last written, where it is read from the disk feature by feature and not kept in memory.
    pub(super) fn modified(&self) -> Option<SystemTime> {
        match self.0.held {
            Held::File { modified, .. } => modified,
            Held::Static(_) | Held::Memory(_) => None,
        }
    }

    /// The file's number and the time of its last change, as it was opened; see [`super::Fingerprint::change`].
    pub(super) fn change(&self) -> Option<(u64, i64, i64)> {
        match self.0.held {
            Held::File { change, .. } => change,
            Held::Static(_) | Held::Memory(_) => None,
        }
    }

    /// What was wrong with the packing.
    pub(super) fn warning(&self) -> Option<&str> {
        self.0.warning.as_deref()
    }

    /// All bytes, unpacked.
    pub(super) fn view(&self) -> Result<BytesView<'_>, LoadError> {
        self.0.view()
    }

    /// The bytes from `start` to before `end`, read now.
    pub(super) fn range(&self, start: u64, end: u64) -> Result<Cow<'_, [u8]>, LoadError> {
        let outside = || self.0.changed();
        let whole = match &self.0.held {
            Held::Static(bytes) => bytes,
            Held::Memory(bytes) => bytes.as_slice(),
            Held::File { file, len, .. } => {
                self.check_unchanged()?;
                if start > end || end > *len {
                    return Err(outside());
                }
                let mut bytes = vec![0; (end - start) as usize];
                read_exact_at(file, &mut bytes, start).map_err(|_| outside())?;
                return Ok(Cow::Owned(bytes));
            }
        };
        whole.get(start as usize..end as usize).map(Cow::Borrowed).ok_or_else(outside)
    }

    /// Whether some of the file was missing while it was mapped.
    pub(super) fn was_cut(&self) -> bool {
        matches!(&self.0.held, Held::File { was_cut, .. } if was_cut.load(Ordering::SeqCst))
    }

    /// An error where the file is not the one that was opened any more.
    pub(super) fn check_unchanged(&self) -> Result<(), LoadError> {
        self.0.check_unchanged()
    }
}

impl Inner {
    fn view(&self) -> Result<BytesView<'_>, LoadError> {
        match &self.held {
            Held::Static(bytes) => Ok(BytesView::Borrowed(bytes)),
            Held::Memory(bytes) => Ok(BytesView::Borrowed(bytes)),
            Held::File { file, len, was_cut, .. } => {
                self.check_unchanged()?;
                let failed = |source| LoadError::Read { origin: self.origin.clone(), source };
                let map = map_file(file, *len).map_err(failed)?;
                if let Some(guard) = CutGuard::new(&map, was_cut) {
                    return Ok(BytesView::Mapped { _guard: guard, map });
                }
                let mut bytes = vec![0; map.len()];
                read_exact_at(file, &mut bytes, 0).map_err(failed)?;
                Ok(BytesView::Read(bytes))
            }
        }
    }

    fn check_unchanged(&self) -> Result<(), LoadError> {
        let Held::File { file, len, modified, was_cut, .. } = &self.held else { return Ok(()) };
        match file.metadata() {
            Ok(now) if now.len() == *len && now.modified().ok() == *modified => {}
            _ => return Err(self.changed()),
        }
        if was_cut.load(Ordering::SeqCst) { Err(self.changed()) } else { Ok(()) }
    }

    fn changed(&self) -> LoadError {
        LoadError::Changed { origin: self.origin.clone() }
    }
}

#[cfg(unix)]
fn change_of(metadata: &std::fs::Metadata) -> Option<(u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.ino(), metadata.ctime(), metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn change_of(_metadata: &std::fs::Metadata) -> Option<(u64, i64, i64)> {
    None
}

fn check_is_file(path: &Path) -> io::Result<()> {
    let kind = std::fs::metadata(path)?;
    if kind.is_file() {
        return Ok(());
    }
    let what = if kind.is_dir() {
        "it is a folder; choose a file in it"
    } else {
        "it is a pipe or a device; save what comes from it as a file first"
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, what))
}

/// The file's bytes as memory.
#[expect(unsafe_code, reason = "there is no other way to map a file")]
fn map_file(file: &File, len: u64) -> io::Result<memmap2::Mmap> {
    let len = usize::try_from(len).map_err(io::Error::other)?;
    // SAFETY: the map is read-only and lives no longer than one read of the layer, under a guard against missing pages.
    // Another program may write into the file meanwhile: what was read is thrown away then, see `check_unchanged`.
    unsafe { memmap2::MmapOptions::new().len(len).map(file) }
}

/// Fills `bytes` with what stands in the file from byte `start` on, wherever the file was read before.
#[cfg(unix)]
pub fn read_exact_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Fills `bytes` with what stands in the file from byte `start` on, wherever the file was read before.
#[cfg(windows)]
pub fn read_exact_at(file: &File, mut bytes: &mut [u8], mut start: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, start)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => {
                bytes = &mut bytes[length..];
                start += length as u64;
            }
        }
    }
    Ok(())
}

/// SHA-256 in hexadecimal.
pub fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_hash_is_that_of_the_file_as_it_lies_on_the_disk() {
        let source = SourceBytes::from_static("test", b"abc").unwrap();
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(source.sha256().unwrap(), expected);
    }

    #[test]
    fn a_large_file_that_shrinks_gives_an_error_and_not_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.geojson");
        fs::write(&path, vec![b' '; MAP_FROM_BYTES as usize + 5]).unwrap();
        let source = SourceBytes::open(&path, &Progress::default()).unwrap();
        assert_eq!(source.range(MAP_FROM_BYTES, MAP_FROM_BYTES + 5).unwrap().len(), 5);
        fs::write(&path, b"{}").unwrap();
        assert!(matches!(source.range(0, 5), Err(LoadError::Changed { .. })));
        assert!(matches!(source.view(), Err(LoadError::Changed { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_cut_while_it_is_mapped_reads_as_zeros_and_ends_in_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.geojson");
        fs::write(&path, vec![b'x'; MAP_FROM_BYTES as usize + 5]).unwrap();
        let source = SourceBytes::open(&path, &Progress::default()).unwrap();
        let view = source.view().unwrap();
        File::options().write(true).open(&path).unwrap().set_len(10_000).unwrap();
        assert_eq!(
            (view[9_999], view[MAP_FROM_BYTES as usize], view[MAP_FROM_BYTES as usize + 4]),
            (b'x', 0, 0)
        );
        drop(view);
        File::options().write(true).open(&path).unwrap().set_len(MAP_FROM_BYTES + 5).unwrap();
        assert!(matches!(source.check_unchanged(), Err(LoadError::Changed { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let pipe = tempfile::tempdir().unwrap();
        let pipe = pipe.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|made| made.success()));
        for path in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/")] {
            let error = SourceBytes::open(path, &Progress::default()).err().unwrap();
            assert!(matches!(error, LoadError::Read { .. }), "{error}");
        }
    }

    #[test]
    fn a_missing_file_is_an_error_that_names_it() {
        let error = SourceBytes::open(Path::new("no/such/file.geojson"), &Progress::default()).err().unwrap();
        assert!(error.to_string().ends_with("no/such/file.geojson"), "{error}");
    }
}
