//! Paths as the files of this program hold them: as text, or, where a path is none, in a form that reads back.
//!
//! Floor 4. Systems take almost any bytes for a name, and JSON holds text only: without this form one such name would keep a
//! whole map from being written.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whose paths the units are.
const SYSTEM: &str = if cfg!(windows) { "windows" } else { "unix" };

/// A path that can always be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPath(pub PathBuf);

/// A path that is no text.
#[derive(Serialize, Deserialize)]
struct Escaped {
    /// For people, and for other systems.
    shown: String,
    /// See [`SYSTEM`].
    system: String,
    /// Its bytes, or its units of sixteen bits, each by four hexadecimal digits.
    units: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Escaped(Escaped),
}

impl Serialize for SavedPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for SavedPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self)
    }
}

pub(super) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    match path.to_str() {
        Some(text) => serializer.serialize_str(text),
        None => {
            let units = units(path).map(|unit| format!("{unit:04x}")).collect();
            let shown = path.to_string_lossy().into_owned();
            Escaped { shown, system: SYSTEM.to_owned(), units }.serialize(serializer)
        }
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match Written::deserialize(deserializer)? {
        Written::Text(text) => PathBuf::from(text),
        Written::Escaped(Escaped { shown, system, units }) => {
            let path = (system == SYSTEM).then(|| path_of(&units)).flatten();
            path.unwrap_or_else(|| PathBuf::from(shown))
        }
    })
}

/// The same for a path that may be missing.
pub(super) mod optional {
    use super::{Deserialize, Deserializer, PathBuf, SavedPath, Serializer};

    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
        match path {
            Some(path) => super::serialize(path, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
        Ok(Option::<SavedPath>::deserialize(deserializer)?.map(|SavedPath(path)| path))
    }
}

#[cfg(not(windows))]
fn units(path: &Path) -> impl Iterator<Item = u16> {
    path.as_os_str().as_encoded_bytes().iter().map(|byte| u16::from(*byte))
}

#[cfg(windows)]
fn units(path: &Path) -> impl Iterator<Item = u16> {
    std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str())
}

/// `None` where these are no units of a path.
fn path_of(units: &str) -> Option<PathBuf> {
    let (digits, []) = units.as_bytes().as_chunks::<4>() else { return None };
    let unit = |digits: &[u8; 4]| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    let units: Option<Vec<u16>> = digits.iter().map(unit).collect();
    name_of(&units?).map(PathBuf::from)
}

#[cfg(unix)]
fn name_of(units: &[u16]) -> Option<OsString> {
    let bytes: Result<Vec<u8>, _> = units.iter().map(|unit| u8::try_from(*unit)).collect();
    bytes.ok().map(std::os::unix::ffi::OsStringExt::from_vec)
}

#[cfg(windows)]
fn name_of(units: &[u16]) -> Option<OsString> {
    Some(std::os::windows::ffi::OsStringExt::from_wide(units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_text_and_what_an_older_program_wrote_is_read() {
        let path = SavedPath(PathBuf::from("/data/Ma‘arrat/events.csv"));
        let text = serde_json::to_string(&path).unwrap();
        assert_eq!(text, "\"/data/Ma‘arrat/events.csv\"");
        assert_eq!(serde_json::from_str::<SavedPath>(&text).unwrap(), path);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_reads_back_byte_for_byte_and_elsewhere_as_it_is_shown() {
        let name: OsString = std::os::unix::ffi::OsStringExt::from_vec(b"/data/\xE9v\xFF.csv".to_vec());
        let path = SavedPath(PathBuf::from(name));
        let text = serde_json::to_string(&path).unwrap();
        assert_eq!(serde_json::from_str::<SavedPath>(&text).unwrap(), path);
        let shown = PathBuf::from(path.0.to_string_lossy().into_owned());
        for other in [text.replace("\"unix\"", "\"windows\""), text.replace("002f", "zzzz")] {
            assert_eq!(serde_json::from_str::<SavedPath>(&other).unwrap().0, shown, "{other}");
        }
    }
}
