//! A map as a project file holds it: how it is shown, and from which bytes its layers come.
//!
//! Floor 4. Plain values; [`crate::project`] puts them on disk. The base map, the offline switch and the theme are not part
//! of it: they are the user's who opens the file, and a file must not send anybody online.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::history::{History, ProjectState};
use super::project_layers::first_layers;
use super::provenance_log::{LoggedLayer, SealedPath, SourceSeal};
use super::saved::SourcedLayer;
use super::table_view::AttributeTable;
use super::timeline_counts::CountedTimeline;
use super::value_counts::CountedValues;
use super::{
    LayerEntry, LayerId, LayerOrigin, LogAction, NamedView, PROGRAM, ProvenanceLog, SavedFilter, SavedLayer,
    SavedSession, Session, SituationFilter, TimeMode, Timeline,
};
use crate::coords::LonLat;
use crate::situation::CivilMinute;
use crate::source::SourceBytes;

/// The newest form of a project that this program writes and reads. It rises with anything that an older program would
/// lose by saving.
pub const PROJECT_FORMAT: u32 = 1;

/// How the name of a project ends.
pub const PROJECT_ENDING: &str = "sitmap";

/// What a project tells of the data of its layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    /// The project holds the bytes of its layers, and not only their hashes.
    pub data: bool,
    /// The project tells where the files lay.
    pub paths: bool,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { data: false, paths: true }
    }
}

/// A map as a project file holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectDocument {
    /// See [`PROJECT_FORMAT`].
    pub format: u32,
    /// Name and version of the program that wrote it.
    pub program: String,
    /// What it tells of the data.
    pub keeping: Keeping,
    /// The middle and the zoom.
    #[serde(default)]
    pub view: Option<(LonLat, f64)>,
    /// The remembered views.
    #[serde(default)]
    pub views: Vec<NamedView>,
    /// Bottom to top; of a file that has more than [`MAX_PROJECT_LAYERS`](super::MAX_PROJECT_LAYERS) the first of them.
    #[serde(default, deserialize_with = "first_layers")]
    pub layers: Vec<ProjectLayer>,
    /// Which events are shown; all where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation_filter: Option<SavedFilter>,
    /// The filters that are kept under a name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named_filters: Vec<SavedFilter>,
    /// The window of time; all time where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<ProjectTime>,
    /// Where the files lay, by what stands for it in the log.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub paths: BTreeMap<String, SealedPath>,
    /// The seal of the newest entry of the log.
    pub log_head: String,
}

/// The window of time in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectTime {
    /// From here on, civil minutes, …
    pub start: CivilMinute,
    /// … to before here.
    pub end: CivilMinute,
    /// Which events it shows.
    pub mode: TimeMode,
}

/// A layer in a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectLayer {
    /// How it is shown. Its file is named where paths are told.
    pub shown: SavedLayer,
    /// What it was read from; `None` for a bundled layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ProjectSource>,
}

/// What a layer of a project was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSource {
    /// Name, hash and size; the hash is empty where nobody knows it.
    #[serde(flatten)]
    pub seal: SourceSeal,
    /// Whether the project holds the bytes.
    pub held: bool,
}

/// What a project file is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The user's own file: it tells what the user wants told.
    Save,
    /// A copy for the case of a crash, which nobody gives out: it tells where files lie, and does not hold them.
    Recovery,
}

/// Everything that goes into a project file.
#[derive(Clone)]
pub struct ProjectSnapshot {
    /// The map.
    pub document: ProjectDocument,
    /// What was done with its data.
    pub log: ProvenanceLog,
    /// The bytes that the file is to hold, by their hashes.
    pub data: Vec<(String, SourceBytes)>,
    /// Titles of layers whose data it would hold, had the user chosen them: see [`Session::to_project`].
    pub withheld: Vec<String>,
}

/// Everything that came out of a project file, and where that lies.
pub struct OpenedProject {
    /// The map.
    pub document: ProjectDocument,
    /// What was done with its data.
    pub log: ProvenanceLog,
    /// The bytes that the file holds, by their hashes.
    pub data: HashMap<String, SourceBytes>,
    /// Where files without a path are looked for; the folder of the project.
    pub folder: PathBuf,
}

impl Session {
    /// What the project tells of the data of its layers.
    pub fn keeping(&self) -> Keeping {
        self.project.keeping
    }

    /// The map as a project file is to hold it; saving enters the log, too.
    ///
    /// What is still being read or looked through has no hash yet: ask [`Session::is_sealing`] before. A project that is to
    /// hold its data says so itself, and names any file: what lies there now is held only where it is what the project
    /// recorded, or where the user has said so or opened the file. Else opening, saving and giving back a project would
    /// hand out files that its author named.
    pub fn to_project(&self, purpose: Purpose) -> ProjectSnapshot {
        let keeping = self.project.keeping;
        let holds_data = keeping.data && purpose == Purpose::Save;
        let tells_paths = keeping.paths || purpose == Purpose::Recovery;
        let (mut data, mut withheld) = (Vec::new(), Vec::new());
        let layers: Vec<ProjectLayer> = self
            .to_saved_layers()
            .into_iter()
            .map(|(id, shown)| {
                let is_withheld = keeping.data && id.is_some_and(|id| self.is_named_by_project_alone(id));
                withheld.extend(is_withheld.then(|| shown.title.clone()));
                let holds_data = holds_data && !is_withheld;
                let source = id.and_then(|id| self.project_source(id, holds_data, &mut data));
                // The next save would take a hash of today for what the project always meant.
                let recorded = id.filter(|_| is_withheld).and_then(|id| self.provenance.recorded.get(&id));
                let source = source.map(|source| match recorded.cloned() {
                    Some(sha256) => {
                        ProjectSource { seal: SourceSeal { sha256, bytes: 0, ..source.seal }, ..source }
                    }
                    None => source,
                });
                let file = shown.file.clone().filter(|_| tells_paths);
                ProjectLayer { shown: SavedLayer { file, ..shown }, source }
            })
            .collect();
        let SavedSession { view, views, situation_filter, named_filters, .. } = self.to_saved();
        let mode = self.timeline.mode();
        let time =
            self.timeline.window().map(|window| ProjectTime { start: window.start, end: window.end, mode });
        let mut log = self.log().clone();
        if purpose == Purpose::Save {
            let users = layers.iter().filter_map(|layer| Some((layer, layer.source.as_ref()?)));
            let layers = users.map(|(layer, source)| LoggedLayer {
                layer: layer.shown.title.clone(),
                sha256: source.seal.sha256.clone(),
            });
            let holds_data = holds_data && withheld.is_empty();
            let action = LogAction::Saved { layers: layers.collect(), holds_data, tells_paths };
            log.record(action);
        }
        // The file that is written records what it found: were it to ask for the data still, opening it would be a choice.
        let keeping = Keeping { data: keeping.data && withheld.is_empty(), ..keeping };
        let paths = if tells_paths { log.paths().clone() } else { BTreeMap::new() };
        let document = ProjectDocument {
            format: PROJECT_FORMAT,
            program: PROGRAM.to_owned(),
            keeping,
            view,
            views,
            layers,
            situation_filter,
            named_filters,
            time,
            paths,
            log_head: log.head(),
        };
        ProjectSnapshot { document, log, data, withheld }
    }

    /// Whether a layer is read from a file that nobody but the project wants to be held, and that is not what it recorded.
    fn is_named_by_project_alone(&self, layer: LayerId) -> bool {
        let is_file = |entry: &LayerEntry| matches!(entry.origin, LayerOrigin::File(_));
        let Some(recorded) = self.provenance.recorded.get(&layer) else { return false };
        let is_as_recorded = self.source_seal(layer).is_some_and(|seal| seal.sha256 == *recorded);
        !self.provenance.is_data_chosen
            && self.project.catalogue.get(layer).is_some_and(is_file)
            && (recorded.is_empty() || !is_as_recorded)
    }

    fn project_source(
        &self,
        layer: LayerId,
        holds_data: bool,
        data: &mut Vec<(String, SourceBytes)>,
    ) -> Option<ProjectSource> {
        let entry = self.project.catalogue.get(layer).filter(|entry| entry.origin_key().is_none())?;
        let name = || self.file_name_of(layer);
        let unknown = || SourceSeal { name: name(), sha256: String::new(), bytes: 0 };
        let seal = self.source_seal(layer).cloned().unwrap_or_else(unknown);
        // What has no file of its own is held in any case: there is no other place where it is.
        let is_wanted = holds_data || !matches!(entry.origin, LayerOrigin::File(_));
        let source = self.contents.get(&layer).and_then(|content| content.source.clone());
        let held = source.filter(|_| is_wanted && !seal.sha256.is_empty());
        let is_held = held.is_some();
        let is_new = |source: &SourceBytes| {
            data.iter().all(|(sha256, _)| *sha256 != seal.sha256) && source.stored_len() > 0
        };
        if let Some(source) = held.filter(is_new) {
            data.push((seal.sha256.clone(), source));
        }
        Some(ProjectSource { seal, held: is_held })
    }

    /// A snapshot is saved: its log is what the next one goes on from.
    pub fn take_over_log(&mut self, saved: ProvenanceLog) {
        self.provenance.log.take_over(saved);
    }

    /// Opens a project in place of what is open; the bundled layers must be there already. What it asks for and nobody has
    /// becomes a layer that says so. Undo begins anew.
    pub fn open_project(&mut self, project: OpenedProject) {
        let OpenedProject { document, log, data, folder } = project;
        self.close_project();
        self.provenance.log = log;
        self.project.keeping = document.keeping;
        let layers = document.layers.into_iter().map(|ProjectLayer { shown, source }| {
            let is_held = |source: &&ProjectSource| source.held;
            let bytes =
                source.as_ref().filter(is_held).and_then(|source| data.get(&source.seal.sha256).cloned());
            let file =
                source.as_ref().map(|source| found_file(shown.file.as_deref(), &source.seal.name, &folder));
            SourcedLayer {
                shown: SavedLayer { file, ..shown },
                seal: source.map(|source| source.seal),
                bytes,
            }
        });
        let layers = layers.collect();
        let saved = SavedSession {
            view: document.view,
            views: document.views,
            situation_filter: document.situation_filter,
            named_filters: document.named_filters,
            ..SavedSession::default()
        };
        self.bring_back_with(saved, layers);
        if let Some(time) = document.time.filter(|time| time.start < time.end) {
            self.timeline.show_window(Some(time.start..time.end));
            self.timeline.set_mode(time.mode);
        }
    }

    /// How often another map, or none, took the place of the map since the start.
    pub fn maps_begun(&self) -> usize {
        self.maps_begun
    }

    /// Only the bundled layers are left, all of them, and nothing to take back.
    pub fn close_project(&mut self) {
        self.maps_begun += 1;
        let layers: Vec<LayerId> = self.project.catalogue.bottom_up().map(|entry| entry.id).collect();
        layers.into_iter().for_each(|layer| self.cancel_loading(layer));
        self.project = ProjectState::default();
        self.history = History::default();
        self.provenance.forget_map();
        self.set_aside.forget_bundled();
        (self.timeline, self.counted_timeline) = (Timeline::default(), CountedTimeline::default());
        (self.table, self.counted_values) = (AttributeTable::default(), CountedValues::default());
        (self.measured, self.drawn_corners) = (None, None);
        self.clear_selection();
        self.chosen_layer = None;
        self.forget_hover();
        self.fit_when_read.clear();
        self.contents.retain(|layer, _| self.ground.iter().any(|entry| entry.id == *layer));
        self.contents.shrink_to_fit();
        if self.opens_bundled {
            self.open_bundled_situation();
        }
    }

    /// What of the map would be lost with an unsaved project, as a text to compare: not the view, which moves all the time.
    pub fn project_state(&self) -> String {
        let layers: Vec<SavedLayer> = self.to_saved_layers().into_iter().map(|(_, layer)| layer).collect();
        let SavedSession { views, situation_filter, named_filters, .. } = self.to_saved();
        let state = (self.project.keeping, layers, views, situation_filter, named_filters);
        // Two maps must never count as the same because neither could be written.
        serde_json::to_string(&state).unwrap_or_else(|_| format!("{state:?}"))
    }

    /// Whether the map is more than what any start shows: layers of the user, views, filters.
    pub fn is_furnished(&self) -> bool {
        let ProjectState { catalogue, views, situation_filter, named_filters, .. } = &self.project;
        let is_users = |entry: &LayerEntry| entry.origin_key().is_none() || entry.filter.is_some();
        catalogue.bottom_up().any(is_users)
            || !views.is_empty()
            || **situation_filter != SituationFilter::default()
            || !named_filters.is_empty()
    }

    /// Whether a layer has no place but this session.
    pub fn has_homeless_layers(&self) -> bool {
        let mut layers = self.project.catalogue.bottom_up();
        layers.any(|entry| matches!(entry.origin, LayerOrigin::Pasted | LayerOrigin::Held { .. }))
    }

    /// Changes what the project tells of the data. Whoever says that it is to hold them, also where the project says so
    /// already, has chosen that; whoever changes only what is told of paths has not.
    pub(super) fn set_keeping(&mut self, keeping: Keeping) {
        if !keeping.data || keeping.paths == self.project.keeping.paths {
            self.provenance.is_data_chosen = keeping.data;
        }
        self.edit(None, |project| project.keeping = keeping);
    }
}

/// Where a layer's file is: as the project tells, or else beside the project under its name.
pub fn found_file(told: Option<&Path>, name: &str, folder: &Path) -> PathBuf {
    let beside = || Path::new(name).file_name().map_or_else(|| folder.to_owned(), |name| folder.join(name));
    match told.filter(|told| !is_elsewhere(told)) {
        Some(told) if told.exists() => told.to_owned(),
        Some(told) if !beside().exists() => told.to_owned(),
        _ => beside(),
    }
}

/// A path that names another machine, as Windows does with two separators and Unix below `/net`, is not asked for: that alone
/// would tell that machine who opened the project. Nor is what the system only shows as files, and where reading may wait
/// for ever, nor what lies wherever the program was started.
fn is_elsewhere(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    let is_of_network =
        bytes.first() == Some(&b'\\') || cfg!(windows) && bytes.iter().take(2).all(is_separator);
    let climbs = path.components().any(|part| part == std::path::Component::ParentDir);
    is_of_network
        || climbs
        || path.is_relative()
        || ["/proc", "/sys", "/dev", "/net"].iter().any(|folder| path.starts_with(folder))
}
