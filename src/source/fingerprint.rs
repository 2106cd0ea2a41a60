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
/// A program that rewrites the middle of a file, keeps its size and sets its time back is not noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// SHA-256 of the path where it lies, without links, in hexadecimal: a path may name people.
    pub path_sha256: String,
    /// Bytes.
    pub len: u64,
    /// Nanoseconds since 1970.
    pub modified_ns: u64,
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
        Some(Fingerprint { path_sha256, len, modified_ns, ends_sha256: hex_sha256(&[head, tail].concat()) })
    }
}
