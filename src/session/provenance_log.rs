//! What was done with the data of a map, entry by entry, each sealed with the one before.
//!
//! Floor 4. An entry is one line of JSON that is never written anew: a project holds the lines as they were, byte by byte.
//! After the custody logs that the Berkeley Protocol on Digital Open Source Investigations asks for: time in UTC, item,
//! hash, method and version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::hex_sha256;

/// Which program writes this, in every entry.
pub const PROGRAM: &str = concat!("sitmap ", env!("CARGO_PKG_VERSION"));

/// What the first entry names as the seal of the one before.
const NO_SEAL: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Counted from 1.
    pub number: u64,
    /// UTC, as RFC 3339 writes it, to the second.
    pub time: String,
    /// Name and version of the program that wrote it.
    pub program: String,
    /// What was done.
    #[serde(flatten)]
    pub action: LogAction,
    /// SHA-256 of the line before, in hexadecimal; zeros in the first.
    pub previous: String,
}

/// What was done with the data of a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum LogAction {
    /// A layer was read.
    Imported {
        /// Its title then.
        layer: String,
        /// The bytes that it was read from.
        #[serde(flatten)]
        source: SourceSeal,
        /// Stands for the path where it lay, which is told beside the log or not at all; see [`SealedPath`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path_seal: Option<String>,
        /// How it was read, in the words of the inspect command.
        method: String,
        /// Features.
        kept: usize,
        /// What was met and not kept.
        rejected: usize,
    },
    /// A layer's file was not what the project knew of it.
    Changed {
        /// Its title then.
        layer: String,
        /// SHA-256 of the bytes that the project knew.
        was_sha256: String,
        /// What is there now.
        #[serde(flatten)]
        source: SourceSeal,
    },
    /// The project was saved.
    Saved {
        /// The user's layers in it.
        layers: Vec<LoggedLayer>,
        /// Whether it holds the data of its layers.
        holds_data: bool,
        /// Whether it tells where their files lay.
        tells_paths: bool,
    },
}

/// A layer as a project was saved with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedLayer {
    /// Its title.
    pub layer: String,
    /// SHA-256 of the bytes that it was read from, in hexadecimal; empty where nobody knows.
    pub sha256: String,
}

/// Which bytes a layer was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSeal {
    /// The file's name without its folder.
    pub name: String,
    /// Of the file as it lay on the disk, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// A path that an entry stands by: SHA-256 of salt and path is the entry's `path_seal`. Where the path is left out, the
/// log stays as it was, and nobody can find the path by trying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPath {
    /// Sixteen random bytes, in hexadecimal.
    pub salt: String,
    /// As the system writes it.
    pub path: String,
}

/// So many random bytes of the system, in hexadecimal: for salts, and for names that nobody else has.
pub fn random_hex<const BYTES: usize>() -> std::io::Result<String> {
    let mut chance = [0; BYTES];
    getrandom::fill(&mut chance).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(chance.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl SealedPath {
    fn new(path: String) -> Option<Self> {
        // Without chance a seal could be guessed: then there is none.
        Some(Self { salt: random_hex::<16>().ok()?, path })
    }

    /// What stands for the path.
    pub fn seal(&self) -> String {
        hex_sha256(format!("{}{}", self.salt, self.path).as_bytes())
    }
}

/// What the log of a map holds. Entries are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProvenanceLog {
    lines: Vec<String>,
    entries: Vec<LogEntry>,
    paths: BTreeMap<String, SealedPath>,
}

/// Where a log is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// A line is no entry.
    #[error("line {0} of the log is no entry")]
    Unreadable(usize),
    /// The seal of the line before is another.
    #[error("line {0} of the log, or the one before it, was changed: its seal does not fit")]
    Broken(usize),
    /// A path is not the one that an entry stands by.
    #[error("a path beside the log is not what its entry was sealed with")]
    Path,
}

impl ProvenanceLog {
    /// Reads a log of lines, each ended by a line feed, and the paths beside it; the first fault is an error.
    pub fn read(text: &str, paths: BTreeMap<String, SealedPath>) -> Result<Self, LogFault> {
        let mut log = Self::default();
        for (index, line) in text.split_terminator('\n').enumerate() {
            let entry: LogEntry = serde_json::from_str(line).map_err(|_| LogFault::Unreadable(index + 1))?;
            if entry.number != index as u64 + 1 || entry.previous != log.head() {
                return Err(LogFault::Broken(index + 1));
            }
            log.lines.push(line.to_owned());
            log.entries.push(entry);
        }
        if paths.iter().any(|(seal, path)| path.seal() != *seal) {
            return Err(LogFault::Path);
        }
        log.paths = paths;
        Ok(log)
    }

    /// The lines, each ended by a line feed.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// The entries, the oldest first.
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    /// The paths that entries stand by, by their seals.
    pub fn paths(&self) -> &BTreeMap<String, SealedPath> {
        &self.paths
    }

    /// The seal of the newest entry.
    pub fn head(&self) -> String {
        self.lines.last().map_or_else(|| NO_SEAL.to_owned(), |line| hex_sha256(line.as_bytes()))
    }

    /// Adds an entry, now.
    pub fn record(&mut self, action: LogAction) {
        let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.record_at(time, action);
    }

    /// Takes over what was saved of this log, with the entry of the saving; what came since goes behind that.
    pub fn take_over(&mut self, saved: Self) {
        let ours = saved.entries.len().saturating_sub(1);
        let since = self.entries.drain(ours.min(self.entries.len())..).collect::<Vec<_>>();
        let paths = std::mem::take(&mut self.paths);
        *self = saved;
        self.paths.extend(paths);
        since.into_iter().for_each(|entry| self.record_at(entry.time, entry.action));
    }

    fn record_at(&mut self, time: String, action: LogAction) {
        let number = self.entries.len() as u64 + 1;
        let entry = LogEntry { number, time, program: PROGRAM.to_owned(), action, previous: self.head() };
        // Texts and numbers alone: it can always be written.
        if let Ok(line) = serde_json::to_string(&entry) {
            self.lines.push(line);
            self.entries.push(entry);
        }
    }

    /// Keeps a path beside the log; answers what stands for it.
    pub(super) fn seal_path(&mut self, path: String) -> Option<String> {
        let sealed = SealedPath::new(path)?;
        let seal = sealed.seal();
        self.paths.insert(seal.clone(), sealed);
        Some(seal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(name: &str) -> SourceSeal {
        SourceSeal { name: name.to_owned(), sha256: hex_sha256(name.as_bytes()), bytes: 7 }
    }

    fn log() -> ProvenanceLog {
        let mut log = ProvenanceLog::default();
        let path_seal = log.seal_path("/home/somebody/a.csv".to_owned());
        let (layer, method) = ("a".to_owned(), "CSV".to_owned());
        log.record(LogAction::Imported {
            layer: layer.clone(),
            source: seal("a.csv"),
            path_seal,
            method,
            kept: 3,
            rejected: 1,
        });
        let layers = vec![LoggedLayer { layer, sha256: seal("a.csv").sha256 }];
        log.record(LogAction::Changed {
            layer: "a".to_owned(),
            was_sha256: String::new(),
            source: seal("b.csv"),
        });
        log.record(LogAction::Saved { layers, holds_data: false, tells_paths: true });
        log
    }

    #[test]
    fn a_log_is_read_as_it_was_written_and_goes_on_from_there() {
        let mut log = log();
        let mut read = ProvenanceLog::read(&log.text(), log.paths().clone()).unwrap();
        assert_eq!(read, log);
        for log in [&mut log, &mut read] {
            log.record(LogAction::Saved { layers: Vec::new(), holds_data: true, tells_paths: true });
        }
        assert_eq!(read.entries()[3].previous, log.entries()[3].previous);
        assert!(ProvenanceLog::read(&read.text(), BTreeMap::new()).is_ok());
    }

    #[test]
    fn what_came_while_a_project_was_saved_goes_behind_the_saving() {
        let saving = || LogAction::Saved { layers: Vec::new(), holds_data: true, tells_paths: false };
        let (mut here, mut saved) = (log(), log());
        (here.lines, here.entries) = (saved.lines.clone(), saved.entries.clone());
        saved.record(saving());
        let change =
            LogAction::Changed { layer: "a".to_owned(), was_sha256: String::new(), source: seal("late.csv") };
        here.record(change.clone());
        here.take_over(saved.clone());
        assert!(here.text().starts_with(&saved.text()));
        assert_eq!(here.entries().last().unwrap().action, change);
        assert!(ProvenanceLog::read(&here.text(), here.paths().clone()).is_ok());
    }

    #[test]
    fn every_changed_missing_or_moved_line_but_a_cut_end_is_found() {
        let text = log().text();
        for at in 0..text.rfind("{\"number\":3").unwrap() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(ProvenanceLog::read(&changed, BTreeMap::new()).is_err(), "byte {at}");
        }
        let lines: Vec<&str> = text.lines().collect();
        for lines in [vec![lines[1], lines[2]], vec![lines[0], lines[2]], vec![lines[1], lines[0], lines[2]]]
        {
            assert!(ProvenanceLog::read(&lines.join("\n"), BTreeMap::new()).is_err());
        }
        // What the last line says is sealed by whoever holds the log.
        assert!(ProvenanceLog::read(&lines[..2].join("\n"), BTreeMap::new()).is_ok());
    }

    #[test]
    fn a_path_can_be_left_out_and_not_be_replaced_or_guessed() {
        let log = log();
        let text = log.text();
        assert!(!text.contains("somebody"));
        let unsalted = hex_sha256(b"/home/somebody/a.csv");
        assert!(!text.contains(&unsalted));
        let mut paths = log.paths().clone();
        paths.values_mut().for_each(|sealed| sealed.path = "/home/nobody/a.csv".to_owned());
        assert_eq!(ProvenanceLog::read(&text, paths), Err(LogFault::Path));
        assert!(ProvenanceLog::read(&text, BTreeMap::new()).is_ok());
    }
}
