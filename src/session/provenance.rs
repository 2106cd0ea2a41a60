//! Which bytes the layers were read from: hashed on a worker, entered in the log, compared with what a project knows.
//!
//! Floor 4.

use std::collections::HashMap;

use super::jobs::{JobOutcome, Place};
use super::provenance_log::{LogAction, ProvenanceLog, SourceSeal};
use super::task::Task;
use super::{LayerContent, LayerId, LayerOrigin, LayerState, Notice, Session};
use crate::source::SourceBytes;

/// What is known of the bytes behind layers.
#[derive(Debug, Default)]
pub(super) struct Provenance {
    /// Whether anybody keeps a log: a picture or a query needs none.
    pub is_kept: bool,
    pub log: ProvenanceLog,
    /// The layers that a worker looks through, and of which reading.
    sealing: HashMap<LayerId, u64>,
    /// By reading: what the bytes were.
    seals: HashMap<LayerId, (u64, SourceSeal)>,
    /// What the open project knows of layers.
    pub known: HashMap<LayerId, SourceSeal>,
    /// Layers that the open project named, and not the user, with the SHA-256 that it recorded of them.
    pub recorded: HashMap<LayerId, String>,
    /// The user has said of this map, and not its file alone, that the project is to hold the data.
    pub is_data_chosen: bool,
}

impl Provenance {
    /// Nothing of the map is left.
    pub fn forget_map(&mut self) {
        *self = Self { is_kept: self.is_kept, ..Self::default() };
    }
}

impl Session {
    /// Keeps a log of what is read, with the hash of each file.
    pub fn keep_log(&mut self) {
        self.provenance.is_kept = true;
    }

    /// What was done with the data of this map.
    pub fn log(&self) -> &ProvenanceLog {
        &self.provenance.log
    }

    pub(super) fn record(&mut self, action: LogAction) {
        if self.provenance.is_kept {
            self.provenance.log.record(action);
        }
    }

    /// The bytes that a layer was last read from, as far as anybody knows.
    pub fn source_seal(&self, layer: LayerId) -> Option<&SourceSeal> {
        let sealed = self.provenance.seals.get(&layer).map(|(_, seal)| seal);
        sealed.or_else(|| self.provenance.known.get(&layer))
    }

    /// Whether some of the user's layers are still being read, or looked through for their hash.
    pub fn is_sealing(&self) -> bool {
        self.provenance.is_kept && self.users_layers().any(|(layer, content)| self.lacks_seal(layer, content))
    }

    fn users_layers(&self) -> impl Iterator<Item = (LayerId, &LayerContent)> {
        let users = self.project.catalogue.bottom_up().filter(|entry| entry.origin_key().is_none());
        users.filter_map(|entry| Some((entry.id, self.contents.get(&entry.id)?)))
    }

    fn lacks_seal(&self, layer: LayerId, content: &LayerContent) -> bool {
        let sealed = self.provenance.seals.get(&layer).is_some_and(|(of, _)| *of == content.generation);
        !sealed && !matches!(content.state, LayerState::Failed { .. })
    }

    /// Looks through the bytes of one layer after the other, where `drawn` once it is drawn: whoever waits for the map
    /// comes first.
    pub(super) fn order_seals(&mut self, drawn: bool) {
        if !self.provenance.is_kept || !self.provenance.sealing.is_empty() {
            return;
        }
        let is_wanted = |(layer, content): &(LayerId, &LayerContent)| {
            let entry = self.project.catalogue.get(*layer);
            let is_drawn = !drawn || content.picture.is_some() || entry.is_some_and(|entry| !entry.visible);
            content.data().is_some() && is_drawn && self.lacks_seal(*layer, content)
        };
        let next = self.users_layers().find(is_wanted);
        let next = next.and_then(|(layer, content)| {
            Some((layer, content.generation, content.source.clone()?, self.file_name_of(layer)))
        });
        let Some((layer, generation, source, name)) = next else { return };
        self.provenance.sealing.insert(layer, generation);
        self.jobs.spawn(Place::OwnThread, Task::Seal(layer), move || {
            let seal = sealed(&source, name);
            JobOutcome::SourceSealed { layer, generation, seal }
        });
    }

    pub(super) fn file_name_of(&self, layer: LayerId) -> String {
        match self.project.catalogue.get(layer).map(|entry| (&entry.origin, &entry.title)) {
            Some((LayerOrigin::File(path), _)) => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
            Some((LayerOrigin::Held { name }, _)) => name.clone(),
            Some((_, title)) => title.clone(),
            None => String::new(),
        }
    }

    pub(super) fn take_in_seal(&mut self, layer: LayerId, generation: u64, seal: Result<SourceSeal, String>) {
        self.provenance.sealing.remove(&layer);
        let Some(content) = self.contents.get(&layer).filter(|content| content.generation == generation)
        else {
            return;
        };
        let Some(entry) = self.project.catalogue.get(layer) else { return };
        let title = entry.title.clone();
        let seal = match seal {
            Ok(seal) => seal,
            Err(why) => {
                self.take_in_failed_seal(layer);
                return self
                    .notify(Notice::warning(format!("The file of “{title}” has no hash in the log: {why}")));
            }
        };
        let (kept, report) = (content.data().map_or(0, |data| data.features.len()), content.report());
        let (method, rejected) =
            report.map_or_else(Default::default, |report| (report.format.clone(), report.rejected));
        let path = match &entry.origin {
            LayerOrigin::File(path) => Some(path.to_string_lossy().into_owned()),
            _ => None,
        };
        self.provenance.seals.insert(layer, (generation, seal.clone()));
        // A project that was saved while the file could not be read knows no hash of it.
        let known = self.provenance.known.insert(layer, seal.clone());
        match known.filter(|known| !known.sha256.is_empty()) {
            Some(known) if known.sha256 == seal.sha256 => {}
            Some(known) => {
                self.notify(Notice::warning(format!(
                    "The file of “{title}” is not the one that this project knew: {} has changed since",
                    seal.name
                )));
                self.record(LogAction::Changed { layer: title, was_sha256: known.sha256, source: seal });
            }
            None => {
                let path_seal = path.and_then(|path| self.provenance.log.seal_path(path));
                let source = seal;
                self.record(LogAction::Imported { layer: title, source, path_seal, method, kept, rejected });
            }
        }
    }

    /// A worker that could not finish is not asked again for this reading.
    pub(super) fn take_in_failed_seal(&mut self, layer: LayerId) {
        self.provenance.sealing.remove(&layer);
        let (Some(content), name) = (self.contents.get(&layer), self.file_name_of(layer)) else { return };
        let unknown = SourceSeal {
            name,
            sha256: String::new(),
            bytes: content.source.as_ref().map_or(0, SourceBytes::stored_len),
        };
        self.provenance.seals.insert(layer, (content.generation, unknown));
    }
}

fn sealed(source: &SourceBytes, name: String) -> Result<SourceSeal, String> {
    let sha256 = source.sha256().map_err(|error| error.to_string())?;
    Ok(SourceSeal { name, sha256, bytes: source.stored_len() })
}
