//! The folder of sidecars in the user's cache: found by the source's fingerprint, kept within a limit.
//!
//! Floor 3.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::contents::{Contents, Prepared};
use super::sections::SectionReader;
use crate::source::{Fingerprint, SourceBytes};

const EXTENSION: &str = "sidecar";
/// What is being written; renamed when it is whole.
const PART_EXTENSION: &str = "sidecar-part";
/// All sidecars together; beyond it those go that were not used for longest.
const MAX_FOLDER_BYTES: u64 = 4 << 30;

/// Where sidecars lie.
#[derive(Debug, Clone)]
pub struct SidecarFolder {
    folder: PathBuf,
}

impl SidecarFolder {
    /// In the user's cache folder; `None` where the system names none.
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "sitmap")?;
        Some(Self::at(folders.cache_dir().join("layers")))
    }

    /// At a path of the caller's choice.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// What was kept of this source. `None` where nothing was, or where it is damaged, older than the source, or
    /// written by another version: then the source is read.
    pub fn read(&self, source: &SourceBytes) -> Option<Prepared> {
        let fingerprint = source.fingerprint()?;
        let path = self.path_of(&fingerprint);
        let file = File::open(&path).ok()?;
        // Only for the order in which they are thrown away.
        let _ = file.set_modified(SystemTime::now());
        Prepared::read(&SectionReader::open(file)?, &fingerprint, source)
    }

    /// Keeps what was read of a source. Does nothing for a source that is too small or packed.
    pub fn write(&self, source: &SourceBytes, contents: &Contents<'_>) -> io::Result<()> {
        let Some(fingerprint) = source.fingerprint() else { return Ok(()) };
        create_private_folder(&self.folder)?;
        let path = self.path_of(&fingerprint);
        let part = path.with_extension(PART_EXTENSION);
        let written = create_private_file(&part).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 20, file);
            contents.write(&fingerprint, &mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?;
            fs::rename(&part, &path)
        });
        if written.is_err() {
            // Half a sidecar helps nobody; where it cannot be removed either, the next one takes its place.
            let _ = fs::remove_file(&part);
        }
        written.and_then(|()| self.make_room())
    }

    /// Removes all sidecars.
    pub fn clear(&self) -> io::Result<()> {
        self.files()?.into_iter().try_for_each(|(path, ..)| fs::remove_file(path))
    }

    fn path_of(&self, fingerprint: &Fingerprint) -> PathBuf {
        let digest = Sha256::digest(fingerprint.path.as_os_str().as_encoded_bytes());
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(name).with_extension(EXTENSION)
    }

    fn make_room(&self) -> io::Result<()> {
        let mut files = self.files()?;
        files.sort_by_key(|&(_, _, used)| std::cmp::Reverse(used));
        let mut kept_bytes = 0;
        for (path, length, _) in files {
            kept_bytes += length;
            if kept_bytes > MAX_FOLDER_BYTES {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Path, bytes and last use of each sidecar; none where there is no folder.
    fn files(&self) -> io::Result<Vec<(PathBuf, u64, SystemTime)>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let is_ours = path.extension().is_some_and(|end| end == EXTENSION || end == PART_EXTENSION);
            // One that another window has just thrown away is no trouble.
            if let (true, Ok(metadata)) = (is_ours, fs::metadata(&path)) {
                files.push((path, metadata.len(), metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH)));
            }
        }
        Ok(files)
    }
}

/// Sidecars hold what the user's files hold: nobody else may read them.
fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
