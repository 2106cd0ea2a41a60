//! Which file it is, and whether it is still the same, without reading it whole.
//!
//! Floor 2.

use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::SourceBytes;
use super::bytes::hex_sha256;

/// Of the head and of the tail of the file each.
const SAMPLE_BYTES: u64 = 1 << 16;

/// A large file's place, size and time, and a hash of its head and tail.
///
/// A program that rewrites the middle of a file, keeps its size and sets its time back is noticed where the system
/// keeps a time of its own for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// SHA-256 of the path where it lies, without links, in hexadecimal: a path may name people.
    pub path_sha256: String,
    /// Bytes.
    pub len: u64,
    /// Nanoseconds since 1970.
    pub modified_ns: u64,
    /// The file's number and when anything of it was last changed, in seconds and nanoseconds, which no program sets
    /// back; `None` where the system has no such thing.
    pub change: Option<(u64, i64, i64)>,
    /// SHA-256 of the first and the last 64 KiB, one after the other, in hexadecimal.
    pub ends_sha256: String,
}

impl SourceBytes {
    /// `None` for what is not a large file that is read from the disk as it is: packed, small, or no file at all.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        let modified = self.modified()?.duration_since(UNIX_EPOCH).ok()?;
        let modified_ns = u64::try_from(modified.as_nanos()).ok()?;
        let path = std::fs::canonicalize(self.path()?).ok()?;
        let path_sha256 = hex_sha256(path.as_os_str().as_encoded_bytes());
        let len = self.stored_len();
        let head = self.range(0, SAMPLE_BYTES.min(len)).ok()?;
        let tail = self.range(len.saturating_sub(SAMPLE_BYTES), len).ok()?;
        let ends_sha256 = hex_sha256(&[head, tail].concat());
        Some(Fingerprint { path_sha256, len, modified_ns, change: self.change(), ends_sha256 })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::FileExt;

    use super::*;
    use crate::source::Progress;
    use crate::source::limits::MAP_FROM_BYTES;

    #[test]
    fn a_change_in_the_middle_is_noticed_though_size_and_time_are_as_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.geojson");
        let file = File::create(&path).unwrap();
        file.set_len(MAP_FROM_BYTES).unwrap();
        let fingerprint = || SourceBytes::open(&path, &Progress::default()).unwrap().fingerprint().unwrap();
        let modified = file.metadata().unwrap().modified().unwrap();
        let before = fingerprint();
        assert_eq!(fingerprint(), before);
        file.write_all_at(b"x", MAP_FROM_BYTES / 2).unwrap();
        file.set_modified(modified).unwrap();
        assert_ne!(fingerprint(), before);
    }
}
