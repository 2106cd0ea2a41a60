//! The state of an open map, its commands, undo and jobs. No egui: every test of behaviour starts here.
//!
//! Floor 4.

mod apply;
mod bundled;
mod catalogue;
mod command;
mod copy_request;
mod counted;
mod document;
mod drawn_area;
mod emptied;
mod event_layers;
mod event_list;
mod filter_scope;
mod filtering;
mod filters;
mod history;
mod identify;
mod jobs;
mod layer_part;
mod layer_reading;
mod layer_rows;
mod layers;
mod memory;
mod notice;
mod outcomes;
mod place_mark;
mod placed_rows;
mod project_layers;
mod project_request;
mod provenance;
mod provenance_log;
mod region;
mod saved;
mod saved_mapping;
mod saved_path;
mod search;
mod selection;
mod settings;
mod sidecars;
mod situation_filter;
mod sizes;
mod statements;
mod table_rows;
mod table_statistics;
mod table_view;
mod tables;
mod task;
mod timed_rows;
mod timeline;
mod timeline_counts;
mod titles;
mod value_counts;
mod views;

use std::collections::VecDeque;
use std::sync::Arc;

pub use apply::is_project;
pub use bundled::Situation;
pub use catalogue::{Catalogue, LayerEntry, LayerId, LayerOrigin};
pub use command::{Command, Panel, PointerHit, Request};
pub use copy_request::{CopiedRows, CopyForm, CopyRequest, LayerCopy};
pub use counted::{CountedDrawing, CountedKey, PointGroup};
pub use document::{
    Keeping, OpenedProject, PROJECT_ENDING, PROJECT_FORMAT, ProjectDocument, ProjectLayer, ProjectSnapshot,
    ProjectSource, ProjectTime, Purpose, found_file,
};
pub use emptied::Emptied;
pub use event_list::{EventGroup, EventList};
pub use filtering::ShownRows;
pub use history::ProjectState;
pub use identify::LayerHit;
pub use jobs::Wake;
pub use layer_rows::LayerRows;
pub use layers::{LayerContent, LayerDrawing, LayerState, LoadReport, PictureKey};
pub use memory::keep_little_freed_memory;
pub use notice::{Notice, NoticeKind};
pub use place_mark::PlaceMark;
pub use project_layers::{ItemCount, MAX_PROJECT_LAYERS};
pub use project_request::{ProjectRequest, Secret, UnsavedAnswer, first_command};
use provenance::Provenance;
pub use provenance_log::{
    LogAction, LogEntry, LogFault, LoggedLayer, PROGRAM, ProvenanceLog, SealedPath, SourceSeal, random_hex,
};
use saved::SetAside;
pub use saved::{SavedLayer, SavedSession};
pub use saved_mapping::SavedEventMapping;
pub use saved_path::SavedPath;
pub use search::{
    HiddenBy, HitContext, NearTown, SearchChoice, SearchGroup, SearchHit, SearchHits, SearchKind,
    SearchWindow,
};
pub use selection::{FeatureRef, Selection};
pub use settings::{Basemap, Settings, ThemeChoice};
pub use situation_filter::{FilterCommand, NamedFilter, SavedFilter, SituationFilter};
pub use table_view::{ColumnView, RowSort, TableColumn, TableCommand, TableView};
pub use timeline::{TimeCommand, TimeMode, Timeline};
pub use timeline_counts::{HistogramOrder, OrderedLayer};
pub use titles::statement_title;
pub use value_counts::{CountsStanding, KnownCounts, ValuesOf};
pub use views::{HOME_EXTENT, NamedView};

use crate::coords::{Extent, LonLat, Viewport};
use crate::symbology::Theme;
use crate::tessellate::DrawnBy;
use history::History;
use jobs::Jobs;
use layer_reading::ReadingEffort;
use layers::LayerContents;
use search::SearchNames;
use sidecars::Sidecars;
use table_view::AttributeTable;

/// An open map: what it holds, how it is shown, what is selected.
pub struct Session {
    // Given
    project: ProjectState,
    /// The bundled base map, bottom to top: not listed, not hit, always there.
    ground: Vec<LayerEntry>,
    settings: Settings,
    /// What the command line has set aside for this start; kept for the next one.
    set_aside: SetAside,
    system_is_dark: bool,
    viewport: Viewport,
    /// What the view was last fitted to, for as long as nobody moves it: a new size fits it anew.
    fitted: Option<Extent>,
    selection: Selection,
    hovered: Option<FeatureRef>,
    hovered_group: Option<PointGroup>,
    chosen_layer: Option<LayerId>,
    measured: Option<Vec<LonLat>>,
    drawn_corners: Option<Vec<LonLat>>,
    timeline: Timeline,
    table: AttributeTable,
    lent_time: Option<statements::LentTime>,
    place_mark: Option<PlaceMark>,
    notices: VecDeque<Notice>,
    // Derived
    contents: LayerContents,
    situation: Option<Arc<Situation>>,
    search_names: SearchNames,
    counted_values: value_counts::CountedValues,
    counted_timeline: timeline_counts::CountedTimeline,
    measured_size: Option<sizes::MeasuredSize>,
    /// Newly opened layers that the view goes to when they are read.
    fit_when_read: Vec<LayerId>,
    /// Where the first part of such a layer lies, before the view has gone there.
    first_part: Option<Extent>,
    /// Whether parts of a layer are drawn while it is read.
    draws_parts: bool,
    /// Whether what a layer has no column for is unknown under its own filter, and no error.
    absent_is_unknown: bool,
    /// Whether the bundled situation belongs under every map of this start.
    opens_bundled: bool,
    maps_begun: usize,
    provenance: Provenance,
    history: History,
    jobs: Jobs,
    sidecars: Sidecars,
    /// Of all workers since the start.
    effort: ReadingEffort,
    next_number: u64,
}

impl Session {
    /// An empty map on the bundled base map. `wake` is called from worker threads when there is news.
    pub fn new(settings: Settings, wake: Wake) -> Self {
        let mut session = Self {
            project: ProjectState::default(),
            ground: Vec::new(),
            settings,
            set_aside: SetAside::default(),
            system_is_dark: false,
            viewport: Viewport::fitting(HOME_EXTENT, [1280.0, 800.0], 0.0),
            fitted: Some(HOME_EXTENT),
            selection: Selection::default(),
            hovered: None,
            hovered_group: None,
            chosen_layer: None,
            measured: None,
            drawn_corners: None,
            timeline: Timeline::default(),
            table: AttributeTable::default(),
            lent_time: None,
            place_mark: None,
            notices: VecDeque::new(),
            contents: LayerContents::new(),
            situation: None,
            search_names: SearchNames::default(),
            counted_values: value_counts::CountedValues::default(),
            counted_timeline: timeline_counts::CountedTimeline::default(),
            measured_size: None,
            fit_when_read: Vec::new(),
            first_part: None,
            draws_parts: true,
            absent_is_unknown: false,
            opens_bundled: false,
            maps_begun: 0,
            provenance: Provenance::default(),
            history: History::default(),
            jobs: Jobs::new(wake),
            sidecars: Sidecars::default(),
            effort: ReadingEffort::default(),
            next_number: 0,
        };
        session.open_ground();
        session
    }

    /// Says who draws the points and lines of large layers; before the first picture is made.
    pub fn draw_by(&mut self, drawn_by: DrawnBy) {
        self.jobs.drawn_by = drawn_by;
    }

    /// Layers are drawn only when they are read as a whole: where nobody looks meanwhile.
    pub fn leave_parts_out(&mut self) {
        self.draws_parts = false;
    }

    /// The layers of the map.
    pub fn catalogue(&self) -> &Catalogue {
        &self.project.catalogue
    }

    /// The bundled base map, bottom to top.
    pub fn ground(&self) -> &[LayerEntry] {
        &self.ground
    }

    /// What a layer holds.
    pub fn content(&self, layer: LayerId) -> Option<&LayerContent> {
        self.contents.get(&layer)
    }

    /// Events, statements and gazetteer of the bundled situation, once read.
    pub fn situation(&self) -> Option<&Arc<Situation>> {
        self.situation.as_ref()
    }

    /// What the map shows.
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// The remembered views, in order of their making.
    pub fn views(&self) -> &[NamedView] {
        &self.project.views
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What the pointer is over.
    pub fn hovered(&self) -> Option<FeatureRef> {
        self.hovered
    }

    /// The cluster or hexagon that the pointer is over.
    pub fn hovered_group(&self) -> Option<PointGroup> {
        self.hovered_group
    }

    /// The layer that is marked in the panel.
    pub fn chosen_layer(&self) -> Option<LayerId> {
        self.chosen_layer
    }

    /// The line that is being measured.
    pub fn measured(&self) -> Option<&[LonLat]> {
        self.measured.as_deref()
    }

    /// What is remembered from start to start.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Light or dark, now.
    pub fn theme(&self) -> Theme {
        self.settings.theme(self.system_is_dark)
    }

    /// What the user has not dismissed yet, the oldest first.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter()
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// The part of the workers' time on layers that went into indexing, 0 to 1.
    pub fn indexing_share(&self) -> f64 {
        let (reading, indexing) = (self.effort.reading.as_secs_f64(), self.effort.indexing.as_secs_f64());
        if indexing > 0.0 { indexing / (reading + indexing) } else { 0.0 }
    }

    fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }
}

#[cfg(test)]
mod meaning_tests;
#[cfg(test)]
mod tests;
