//! The folder of sidecars in the user's cache: found by the source's fingerprint, kept within a limit.
//!
//! Floor 3.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::BuildHasher;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::contents::{Contents, Prepared};
use super::private::{check_folder, create_file, create_folder, open_file};
use super::sections::SectionReader;
use crate::source::{Fingerprint, SourceBytes};

const EXTENSION: &str = "sidecar";
/// What is being written; renamed when it is whole.
const PART_EXTENSION: &str = "sidecar-part";
/// Nobody writes one for so long.
const STALE_PART: Duration = Duration::from_secs(3600);
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
        check_folder(&self.folder).ok()?;
        let file = open_file(&self.path_of(&fingerprint)).ok()?;
        if file.metadata().ok()?.len() > MAX_FOLDER_BYTES {
            return None;
        }
        // Only for the order in which they are thrown away.
        let _ = file.set_modified(SystemTime::now());
        Prepared::read(&SectionReader::open(file)?, &fingerprint, source)
    }

    /// Keeps what was read of a source. Does nothing for a source that is too small or packed, nor for one that would leave
    /// no room for others.
    pub fn write(&self, source: &SourceBytes, contents: &Contents<'_>) -> io::Result<()> {
        let Some(fingerprint) = source.fingerprint() else { return Ok(()) };
        if contents.heap_bytes() > MAX_FOLDER_BYTES / 2 {
            return Ok(());
        }
        create_folder(&self.folder)?;
        let path = self.path_of(&fingerprint);
        // A name that nobody can lay something at before.
        let part =
            path.with_extension(format!("{:016x}.{PART_EXTENSION}", RandomState::new().hash_one(&path)));
        let written = create_file(&part).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 20, file);
            contents.write(&fingerprint, &mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?;
            fs::rename(&part, &path)
        });
        if written.is_err() {
            // Half a sidecar helps nobody; where it cannot be removed either, it goes when it is old.
            let _ = fs::remove_file(&part);
        }
        written.and_then(|()| self.make_room())
    }

    /// How many there are, and how many bytes they take.
    pub fn size(&self) -> io::Result<(usize, u64)> {
        let files = self.files()?;
        Ok((files.len(), files.iter().map(|(_, bytes, _)| bytes).sum()))
    }

    /// Removes all sidecars, also where one of them cannot be removed: then with the last error.
    pub fn clear(&self) -> io::Result<()> {
        let mut trouble = None;
        for (path, ..) in self.files()? {
            trouble = remove(&path).err().or(trouble);
        }
        trouble.map_or(Ok(()), Err)
    }

    fn path_of(&self, fingerprint: &Fingerprint) -> PathBuf {
        self.folder.join(&fingerprint.path_sha256).with_extension(EXTENSION)
    }

    fn make_room(&self) -> io::Result<()> {
        let mut files = self.files()?;
        files.sort_by_key(|&(_, _, used)| std::cmp::Reverse(used));
        let mut kept_bytes = 0;
        for (path, length, used) in files {
            let is_part = path.extension().is_some_and(|end| end == PART_EXTENSION);
            let is_stale = is_part && used.elapsed().is_ok_and(|age| age > STALE_PART);
            if kept_bytes + length <= MAX_FOLDER_BYTES && !is_stale {
                kept_bytes += length;
            } else {
                remove(&path)?;
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
            if let (true, Ok(metadata)) = (is_ours, fs::symlink_metadata(&path)) {
                files.push((path, metadata.len(), metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH)));
            }
        }
        Ok(files)
    }
}

/// Another window may have been first.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write;

    use super::*;
    use crate::index::LayerData;
    use crate::source::{Progress, read_layer};

    /// A file that is large enough to be mapped: points, a line, an area; words, numbers, days, gaps.
    fn large_file(folder: &Path) -> PathBuf {
        let path = folder.join("large.ndjson");
        let mut out = BufWriter::new(File::create(&path).unwrap());
        let padding = "x".repeat(3000);
        for row in 0..12_000 {
            let (lon, lat) = (36.0 + f64::from(row % 100) * 0.01, 35.0 + f64::from(row % 77) * 0.01);
            let geometry = match row % 1000 {
                7 => "null".to_owned(),
                8 => format!(r#"{{"type":"LineString","coordinates":[[{lon},{lat}],[37.5,36.5]]}}"#),
                9 => format!(
                    r#"{{"type":"Polygon","coordinates":[[[{lon},{lat}],[38,{lat}],[38,37],[{lon},{lat}]]]}}"#
                ),
                _ => format!(r#"{{"type":"Point","coordinates":[{lon},{lat}]}}"#),
            };
            let day = row % 28 + 1;
            let flag = if row % 3 == 0 { "true" } else { "null" };
            writeln!(
                out,
                r#"{{"type":"Feature","properties":{{"n":{row},"kind":"نوع {}","day":"2018-09-{day:02}","flag":{flag},"notes":"{padding}"}},"geometry":{geometry}}}"#,
                row % 5
            )
            .unwrap();
        }
        out.flush().unwrap();
        path
    }

    fn open(path: &Path) -> SourceBytes {
        SourceBytes::open(path, &Progress::default()).unwrap()
    }

    fn kept(folder: &SidecarFolder, path: &Path) -> LayerData {
        let source = open(path);
        let data = LayerData::build(read_layer(&source, &Progress::default()).unwrap().value);
        folder.write(&source, &Contents { data: &data, about: "how it went".to_owned() }).unwrap();
        data
    }

    #[test]
    fn a_layer_comes_back_as_it_was_kept() {
        let place = tempfile::tempdir().unwrap();
        let (path, folder) = (large_file(place.path()), SidecarFolder::at(place.path().join("layers")));
        assert!(folder.read(&open(&path)).is_none());
        let data = kept(&folder, &path);
        let back = folder.read(&open(&path)).unwrap();
        assert_eq!(back.about, "how it went");
        assert_eq!(back.data.features.arrays(), data.features.arrays());
        assert_eq!(back.data.index.rows(), data.index.rows());
        assert_eq!(back.data.features.extent(), data.features.extent());
        for (now, then) in back.data.features.columns().iter().zip(data.features.columns()) {
            assert_eq!((&now.name, now.filled), (&then.name, then.filled));
            assert_eq!(now.data.type_name(), then.data.type_name());
            for row in (0..data.features.len()).step_by(97) {
                assert_eq!((now.text(row), now.number(row)), (then.text(row), then.number(row)));
            }
        }
        assert_eq!(back.data.features.details(5).unwrap(), data.features.details(5).unwrap());
    }

    #[test]
    fn a_file_that_has_changed_is_read_anew() {
        let place = tempfile::tempdir().unwrap();
        let (path, folder) = (large_file(place.path()), SidecarFolder::at(place.path().join("layers")));
        kept(&folder, &path);
        let mut file = File::options().append(true).open(&path).unwrap();
        writeln!(file, r#"{{"type":"Feature","properties":{{}},"geometry":null}}"#).unwrap();
        assert!(folder.read(&open(&path)).is_none());
    }

    #[test]
    fn a_damaged_sidecar_is_not_taken_and_clearing_removes_all() {
        let place = tempfile::tempdir().unwrap();
        let (path, folder) = (large_file(place.path()), SidecarFolder::at(place.path().join("layers")));
        kept(&folder, &path);
        let sidecar = folder.path_of(&open(&path).fingerprint().unwrap());
        let whole = fs::read(&sidecar).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 23) {
            let mut damaged = whole.clone();
            damaged[at] = !damaged[at];
            fs::write(&sidecar, &damaged).unwrap();
            // Padding between sections may differ; whatever is taken is what was kept.
            if let Some(back) = folder.read(&open(&path)) {
                assert_eq!(back.data.features.len(), 12_000);
            }
        }
        fs::write(&sidecar, &whole[..whole.len() / 2]).unwrap();
        assert!(folder.read(&open(&path)).is_none());
        folder.clear().unwrap();
        assert!(!sidecar.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_a_sidecar() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let (path, folder) = (large_file(place.path()), SidecarFolder::at(place.path().join("layers")));
        kept(&folder, &path);
        let sidecar = folder.path_of(&open(&path).fingerprint().unwrap());
        assert_eq!(fs::metadata(sidecar).unwrap().permissions().mode() & 0o077, 0);
    }

    #[cfg(unix)]
    #[test]
    fn what_others_laid_into_the_folder_is_neither_followed_nor_read() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let place = tempfile::tempdir().unwrap();
        let (path, folder) = (large_file(place.path()), SidecarFolder::at(place.path().join("layers")));
        fs::create_dir(place.path().join("layers")).unwrap();
        let sidecar = folder.path_of(&open(&path).fingerprint().unwrap());
        let target = place.path().join("precious");
        fs::write(&target, "precious").unwrap();
        symlink(&target, sidecar.with_extension(PART_EXTENSION)).unwrap();
        symlink(&target, &sidecar).unwrap();
        assert!(folder.read(&open(&path)).is_none());
        kept(&folder, &path);
        assert_eq!(fs::read(&target).unwrap(), b"precious");
        assert!(fs::symlink_metadata(&sidecar).unwrap().is_file());
        assert!(folder.read(&open(&path)).is_some());
        // A sidecar that others could have written is not read.
        fs::set_permissions(&sidecar, fs::Permissions::from_mode(0o666)).unwrap();
        assert!(folder.read(&open(&path)).is_none());
        fs::remove_file(&sidecar).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&sidecar).status().unwrap().success());
        assert!(folder.read(&open(&path)).is_none(), "a pipe does not hang the reading");
        kept(&folder, &path);
        assert!(folder.read(&open(&path)).is_some());
        fs::set_permissions(place.path().join("layers"), fs::Permissions::from_mode(0o777)).unwrap();
        assert!(folder.read(&open(&path)).is_none());
    }
}
