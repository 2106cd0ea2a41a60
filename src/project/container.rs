//! The bytes of a project: a ZIP archive that any tool unpacks, with a seal over all of it at its end.
//!
//! Floor 5. `mimetype` comes first and unpacked, as in an OpenDocument; then `project.json`, `log.jsonl`, and what is held
//! as `data/` and its SHA-256. The archive's comment ends with the SHA-256 of all bytes before, in hexadecimal.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::ProjectError;
use crate::session::ProjectSnapshot;
use crate::source::{MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES, hex_sha256};

/// What a project says that it is.
pub const MIME_TYPE: &str = "application/vnd.sitmap.project+zip";

/// The map may be described in so many bytes; the log, too.
const MAX_WORDS_BYTES: u64 = 256 << 20;

/// A project file may have so many bytes: it is read as a whole.
pub(super) const MAX_PROJECT_BYTES: u64 = 4 << 30;

const SEAL_PREFIX: &str = "sitmap sha256:";
const SEAL_LENGTH: usize = 64;

const DOCUMENT: &str = "project.json";
const LOG: &str = "log.jsonl";
const DATA: &str = "data/";

/// The bytes of a project.
pub(super) fn container_of(snapshot: &ProjectSnapshot) -> Result<Vec<u8>, ProjectError> {
    let packed = |snapshot: &ProjectSnapshot| -> Result<Vec<u8>, Unpacked> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let packed = plain.compression_method(CompressionMethod::Deflated).large_file(true);
        archive.start_file("mimetype", plain)?;
        archive.write_all(MIME_TYPE.as_bytes())?;
        archive.start_file(DOCUMENT, packed)?;
        serde_json::to_writer_pretty(&mut archive, &snapshot.document).map_err(std::io::Error::from)?;
        archive.start_file(LOG, packed)?;
        archive.write_all(snapshot.log.text().as_bytes())?;
        for (sha256, source) in &snapshot.data {
            let manner = if source.packing().is_some() { plain.large_file(true) } else { packed };
            archive.start_file(format!("{DATA}{sha256}"), manner)?;
            source.write_stored(&mut archive)?;
        }
        archive.set_comment(format!("{SEAL_PREFIX}{}", "0".repeat(SEAL_LENGTH)))?;
        Ok(archive.finish()?.into_inner())
    };
    let mut bytes = packed(snapshot).map_err(|error| match error {
        Unpacked::Zip(source) => ProjectError::Write { path: "project".into(), source: source.into() },
        Unpacked::Io(source) => ProjectError::Write { path: "project".into(), source },
        Unpacked::Data(error) => error.into(),
    })?;
    let end = bytes.len() - SEAL_LENGTH;
    let seal = hex_sha256(&bytes[..end]);
    bytes[end..].copy_from_slice(seal.as_bytes());
    Ok(bytes)
}

#[derive(thiserror::Error, Debug)]
enum Unpacked {
    #[error(transparent)]
    Zip(#[from] ZipError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Data(#[from] crate::source::LoadError),
}

/// A project's bytes, opened.
pub(super) struct Container {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Whether no byte was changed since it was written.
    pub is_sealed: bool,
    /// Whether each name stands for one entry alone: another program could read the other one.
    pub has_twins: bool,
    stored_len: u64,
    unpacked_len: u64,
}

impl Container {
    /// Opens the bytes of a project; `path` is for messages.
    pub fn open(bytes: Vec<u8>, path: &Path) -> Result<Self, ProjectError> {
        let not_project = |reason: String| ProjectError::NotProject { reason, path: path.to_owned() };
        let is_sealed = is_sealed(&bytes);
        let stored_len = bytes.len() as u64;
        let listed = entries_listed(&bytes);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| not_project(error.to_string()))?;
        let has_twins = listed.is_some_and(|listed| listed != archive.len());
        let mut container = Self { archive, is_sealed, has_twins, stored_len, unpacked_len: 0 };
        let kind = container.entry("mimetype", 256, path)?;
        match kind {
            Some(kind) if kind == MIME_TYPE.as_bytes() => Ok(container),
            _ => Err(not_project("it does not say that it is one".to_owned())),
        }
    }

    /// The description of the map.
    pub fn document(&mut self, path: &Path) -> Result<Vec<u8>, ProjectError> {
        let missing =
            || ProjectError::NotProject { reason: format!("it has no {DOCUMENT}"), path: path.to_owned() };
        self.entry(DOCUMENT, MAX_WORDS_BYTES, path)?.ok_or_else(missing)
    }

    /// The lines of the log.
    pub fn log(&mut self, path: &Path) -> Result<Vec<u8>, ProjectError> {
        Ok(self.entry(LOG, MAX_WORDS_BYTES, path)?.unwrap_or_default())
    }

    /// The bytes with this SHA-256, if it holds them; whether they are those is for the caller to ask.
    pub fn data(&mut self, sha256: &str, path: &Path) -> Result<Option<Vec<u8>>, ProjectError> {
        self.entry(&format!("{DATA}{sha256}"), MAX_UNPACKED_BYTES, path)
    }

    /// The names of all that is in it.
    pub fn names(&self) -> Vec<String> {
        let names = self.archive.file_names();
        names.map(|name| name.map_or_else(|error| error.to_string(), std::borrow::Cow::into_owned)).collect()
    }

    /// The hash that a name stands for, where it is one of held data.
    pub fn held_hash(name: &str) -> Option<&str> {
        let is_hash = |hash: &&str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        name.strip_prefix(DATA).filter(is_hash)
    }

    /// Whether a name is one that a project has.
    pub fn is_known(name: &str) -> bool {
        ["mimetype", DOCUMENT, LOG].contains(&name) || Self::held_hash(name).is_some()
    }

    /// What all of it may unpack to.
    pub fn room(&self) -> u64 {
        (self.stored_len * MAX_UNPACK_RATIO).clamp(RATIO_FROM_BYTES, MAX_UNPACKED_BYTES)
    }

    /// Its size.
    pub fn stored_len(&self) -> u64 {
        self.stored_len
    }

    fn entry(&mut self, name: &str, limit: u64, path: &Path) -> Result<Option<Vec<u8>>, ProjectError> {
        let damaged = |error: &dyn std::fmt::Display| ProjectError::NotProject {
            reason: format!("{name} in it is damaged: {error}"),
            path: path.to_owned(),
        };
        // What it unpacks to is measured, not believed.
        let room = limit.min(self.room().saturating_sub(self.unpacked_len));
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        let mut bytes = Vec::new();
        file.take(room + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        self.unpacked_len += bytes.len() as u64;
        if bytes.len() as u64 > room {
            let reason = format!(
                "{name} in it unpacks to more than {} MiB; at most {MAX_UNPACK_RATIO} times the size of the file is \
                 taken",
                room >> 20
            );
            return Err(ProjectError::TooBig { reason, path: path.to_owned() });
        }
        Ok(Some(bytes))
    }
}

/// How many entries the end of a ZIP archive says that it has (APPNOTE 4.3.16); `None` where that is told elsewhere. The
/// reader keeps one of those that have the same name.
fn entries_listed(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    const ELSEWHERE: u16 = u16::MAX;
    let tail = bytes.len().saturating_sub(usize::from(u16::MAX) + 22);
    let at = tail + bytes[tail..].windows(END.len()).rposition(|window| window == END)?;
    let count = bytes.get(at + 10..at + 12)?;
    let count = u16::from_le_bytes([count[0], count[1]]);
    (count != ELSEWHERE).then_some(usize::from(count))
}

fn is_sealed(bytes: &[u8]) -> bool {
    let Some(end) = bytes.len().checked_sub(SEAL_LENGTH) else { return false };
    let (before, seal) = bytes.split_at(end);
    before.ends_with(SEAL_PREFIX.as_bytes()) && hex_sha256(before).as_bytes() == seal
}
