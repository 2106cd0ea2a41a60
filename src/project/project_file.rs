//! A project on disk: read, written, and looked through for any changed byte.
//!
//! Floor 5.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::ProjectError;
use super::container::{Container, MAX_PROJECT_BYTES, container_of};
use super::passphrase::{Passphrase, decrypted, encrypted, is_encrypted};
use super::whole_file::{Expected, Unreplaced, replace_file};
use crate::session::{
    ItemCount, MAX_PROJECT_LAYERS, OpenedProject, PROJECT_FORMAT, ProjectDocument, ProjectSnapshot,
    ProvenanceLog,
};
use crate::source::{SourceBytes, hex_sha256};

/// Which bytes a project file had: SHA-256 of all of them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileSeal(String);

/// What a project may replace when it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replaces {
    /// No file: there must be none of that name.
    Nothing,
    /// The file that was opened, as long as nobody else has written it since.
    Opened(FileSeal),
    /// Whatever project is there, because the user has said so; but none that a newer program wrote, and no other file.
    AnyProject,
    /// Whatever is there: the place is the program's own.
    Anything,
}

/// A project that was read.
pub struct ReadProject {
    /// The map, its log, its data.
    pub project: OpenedProject,
    /// Which bytes the file had.
    pub seal: FileSeal,
    /// What was wrong with it, in sentences: it must not be saved over then, so that nothing of it is lost.
    pub troubles: Vec<String>,
}

/// Reads a project. What is damaged in it is told as long as the map itself can be read.
pub fn read_project(path: &Path, passphrase: Option<&Passphrase>) -> Result<ReadProject, ProjectError> {
    let (mut container, seal) = open_container(path, passphrase)?;
    project_of(&mut container, seal, path)
}

fn open_container(
    path: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<(Container, FileSeal), ProjectError> {
    let bytes = file_bytes(path)?;
    let seal = FileSeal(hex_sha256(&bytes));
    Ok((Container::open(plain(bytes, passphrase, path)?, path)?, seal))
}

fn project_of(container: &mut Container, seal: FileSeal, path: &Path) -> Result<ReadProject, ProjectError> {
    let mut troubles = Vec::new();
    if !container.is_sealed {
        troubles.push("the file was changed or damaged after it was saved: its seal does not fit".to_owned());
    }
    if container.has_twins {
        troubles.push("two things in it have one name: other programs may read the other one".to_owned());
    }
    let bytes = container.document(path)?;
    let document = read_document(&bytes, path)?;
    // Only a file with as many as may be opened can have more.
    if document.layers.len() == MAX_PROJECT_LAYERS
        && let layers = layers_listed(&bytes)
        && layers > MAX_PROJECT_LAYERS
    {
        troubles.push(format!("it has {layers} layers; the first {MAX_PROJECT_LAYERS} are opened"));
    }
    drop(bytes);
    let log = read_log(container, &document, path).unwrap_or_else(|trouble| {
        troubles.push(trouble);
        ProvenanceLog::default()
    });
    let data = read_data(container, &document, path, &mut troubles);
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    Ok(ReadProject { project: OpenedProject { document, log, data, folder }, seal, troubles })
}

/// Whether a file is encrypted: whether a passphrase must be asked for.
pub fn needs_passphrase(path: &Path) -> bool {
    let mut head = [0; 32];
    let read = File::open(path).and_then(|mut file| file.read(&mut head));
    read.is_ok_and(|length| is_encrypted(&head[..length]))
}

/// Writes a project; the file is as it was or as it is to be, whatever happens. Answers which bytes it has now.
pub fn write_project(
    path: &Path,
    snapshot: &ProjectSnapshot,
    passphrase: Option<&Passphrase>,
    replaces: &Replaces,
) -> Result<FileSeal, ProjectError> {
    let failed = |source| ProjectError::Write { path: path.to_owned(), source };
    let bytes = container_of(snapshot).map_err(|error| match error {
        ProjectError::Write { source, .. } => failed(source),
        other => other,
    })?;
    let bytes = match passphrase {
        Some(passphrase) => encrypted(&bytes, passphrase).map_err(failed)?,
        None => bytes,
    };
    let is_opened = |now: &[u8]| matches!(replaces, Replaces::Opened(seal) if hex_sha256(now) == seal.0);
    let expected = match replaces {
        Replaces::Nothing => Expected::Absent,
        Replaces::Opened(_) => Expected::Bytes(&is_opened),
        Replaces::Anything => Expected::Anything,
        Replaces::AnyProject => {
            check_replaceable(path, passphrase)?;
            Expected::Anything
        }
    };
    replace_file(path, &bytes, &expected).map_err(|error| match (error, replaces) {
        (Unreplaced::System(source), _) => failed(source),
        (Unreplaced::Busy, _) => ProjectError::Busy { path: path.to_owned() },
        (Unreplaced::Unexpected, Replaces::Nothing) => ProjectError::Exists { path: path.to_owned() },
        (Unreplaced::Unexpected, _) => ProjectError::ChangedMeanwhile { path: path.to_owned() },
    })?;
    Ok(FileSeal(hex_sha256(&bytes)))
}

/// Refuses to put a project in the place of what is no project, of one that a newer program wrote, or of what is encrypted
/// otherwise: nobody can tell what that is.
fn check_replaceable(path: &Path, passphrase: Option<&Passphrase>) -> Result<(), ProjectError> {
    if !path.exists() {
        return Ok(());
    }
    let occupied = || ProjectError::Occupied { path: path.to_owned() };
    let bytes = plain(file_bytes(path)?, passphrase, path).map_err(|error| match error {
        ProjectError::NeedsPassphrase { .. } | ProjectError::Locked { .. } => occupied(),
        other => other,
    })?;
    let mut container = Container::open(bytes, path).map_err(|_| occupied())?;
    match read_document(&container.document(path).map_err(|_| occupied())?, path) {
        Err(newer @ ProjectError::Newer { .. }) => Err(newer),
        // A damaged one may be replaced by who was asked.
        _ => Ok(()),
    }
}

fn file_bytes(path: &Path) -> Result<Vec<u8>, ProjectError> {
    let failed = |source| ProjectError::Read { path: path.to_owned(), source };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        let reason = "it is a folder, a pipe or a device".to_owned();
        return Err(ProjectError::NotProject { reason, path: path.to_owned() });
    }
    if metadata.len() > MAX_PROJECT_BYTES {
        let reason = format!("it has more than {} GiB", MAX_PROJECT_BYTES >> 30);
        return Err(ProjectError::TooBig { reason, path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_PROJECT_BYTES).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

fn plain(bytes: Vec<u8>, passphrase: Option<&Passphrase>, path: &Path) -> Result<Vec<u8>, ProjectError> {
    match (is_encrypted(&bytes), passphrase) {
        (false, _) => Ok(bytes),
        (true, Some(passphrase)) => decrypted(&bytes, passphrase, path),
        (true, None) => Err(ProjectError::NeedsPassphrase { path: path.to_owned() }),
    }
}

/// How many layers a description has that was read already.
fn layers_listed(bytes: &[u8]) -> usize {
    #[derive(serde::Deserialize)]
    struct Layers {
        layers: ItemCount,
    }
    serde_json::from_slice(bytes).map_or(0, |Layers { layers }| layers.0)
}

/// The description of the map; that of a newer program is refused before anything else of it is read.
fn read_document(bytes: &[u8], path: &Path) -> Result<ProjectDocument, ProjectError> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: u32,
        #[serde(default)]
        program: String,
    }
    let not_project = |error: serde_json::Error| {
        let reason = format!("its description of the map is damaged: {error}");
        ProjectError::NotProject { reason, path: path.to_owned() }
    };
    let Head { format, program } = serde_json::from_slice(bytes).map_err(not_project)?;
    if format > PROJECT_FORMAT {
        return Err(ProjectError::Newer { format, program, path: path.to_owned() });
    }
    serde_json::from_slice(bytes).map_err(not_project)
}

fn read_log(
    container: &mut Container,
    document: &ProjectDocument,
    path: &Path,
) -> Result<ProvenanceLog, String> {
    let bytes = container.log(path).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "the log is no text".to_owned())?;
    let log = ProvenanceLog::read(&text, document.paths.clone()).map_err(|fault| fault.to_string())?;
    if log.head() == document.log_head {
        Ok(log)
    } else {
        Err("the end of the log is missing, or its last entry was changed".to_owned())
    }
}

fn read_data(
    container: &mut Container,
    document: &ProjectDocument,
    path: &Path,
    troubles: &mut Vec<String>,
) -> HashMap<String, SourceBytes> {
    let mut data: HashMap<String, Option<SourceBytes>> = HashMap::new();
    let mut room = container.room();
    for source in
        document.layers.iter().filter_map(|layer| layer.source.as_ref()).filter(|source| source.held)
    {
        let (name, sha256) = (&source.seal.name, &source.seal.sha256);
        if !data.contains_key(sha256) {
            let read = held_source(container, name, sha256, path, troubles);
            data.insert(sha256.clone(), read.map_err(|trouble| troubles.push(trouble)).ok());
        }
        // Each layer makes features of its own of them, also where several are of the same bytes.
        let bytes = data[sha256].as_ref().map_or(0, SourceBytes::unpacked_len);
        if bytes > room {
            troubles.push(format!(
                "its layers unpack to more than {} MiB, more than a project of this size can need; {name} is left out",
                container.room() >> 20
            ));
            data.insert(sha256.clone(), None);
        }
        room = room.saturating_sub(bytes);
    }
    data.into_iter().filter_map(|(sha256, source)| Some((sha256, source?))).collect()
}

/// The held bytes of a layer; an error says in a sentence why there are none.
fn held_source(
    container: &mut Container,
    name: &str,
    sha256: &str,
    path: &Path,
    troubles: &mut Vec<String>,
) -> Result<SourceBytes, String> {
    let bytes = container.data(sha256, path).map_err(|error| error.to_string())?;
    let bytes = bytes.ok_or_else(|| format!("the data of {name} is missing in it"))?;
    if hex_sha256(&bytes) != sha256 {
        troubles.push(format!("the data of {name} in it was changed: its hash does not fit"));
    }
    SourceBytes::from_archive(name, bytes, container.stored_len()).map_err(|error| error.to_string())
}

/// What was found in a project that was looked through.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// What is not as it was written, in sentences; empty where everything is.
    pub faults: Vec<String>,
    /// Entries of the log that were read.
    pub entries: usize,
    /// Layers whose data the project holds.
    pub held: usize,
    /// The user's layers whose files lie elsewhere, and how those are now.
    pub files: Vec<FileState>,
}

/// A file that a project names, now.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileState {
    /// The layer.
    pub layer: String,
    /// The file's name.
    pub name: String,
    /// `as recorded`, `changed`, `not found`, `never hashed`.
    pub state: &'static str,
}

/// Looks through a project: its seal, its log, the hash of all that it holds, and the files that it names. An error is what
/// cannot be looked through at all.
pub fn verify_project(path: &Path, passphrase: Option<&Passphrase>) -> Result<Verification, ProjectError> {
    let (mut container, seal) = open_container(path, passphrase)?;
    let read = project_of(&mut container, seal, path)?;
    let mut faults = read.troubles;
    for name in &container.names() {
        if !Container::is_known(name) {
            faults.push(format!("{name:?} is in it, and no project holds that"));
        } else if let Some(hash) = Container::held_hash(name)
            && !read.project.data.contains_key(hash)
        {
            // Held for nobody: still it must be what it says.
            match container.data(hash, path) {
                Ok(Some(bytes)) if hex_sha256(&bytes) == hash => {}
                _ => faults.push(format!("{name} in it is damaged")),
            }
        }
    }
    let OpenedProject { document, log, data, folder } = read.project;
    let files = document.layers.iter().filter_map(|layer| {
        let source = layer.source.as_ref().filter(|source| !source.held)?;
        let file = crate::session::found_file(layer.shown.file.as_deref(), &source.seal.name, &folder);
        let state = file_state(&file, &source.seal.sha256);
        Some(FileState { layer: layer.shown.title.clone(), name: source.seal.name.clone(), state })
    });
    Ok(Verification { faults, entries: log.entries().len(), held: data.len(), files: files.collect() })
}

fn file_state(path: &Path, sha256: &str) -> &'static str {
    let found =
        SourceBytes::open(path, &crate::source::Progress::default()).and_then(|source| source.sha256());
    match found {
        _ if sha256.is_empty() => "never hashed",
        Ok(now) if now == sha256 => "as recorded",
        Ok(_) => "changed",
        Err(_) => "not found",
    }
}
