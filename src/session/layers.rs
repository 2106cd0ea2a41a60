//! What the layers hold: data, load report and picture, each replaced whole.
//!
//! Floor 4.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::LayerId;
use super::counted::CountedPoints;
use super::event_layers::EventReading;
use super::filtering::Filtering;
use super::placed_rows::PlacedRows;
use super::region::Region;
use super::timed_rows::TimedRows;
use crate::coords::WorldRect;
use crate::index::LayerData;
use crate::source::{Issue, LayerInfo, Progress, SourceBytes, TableInfo, TableSettings};
use crate::symbology::{LayerSymbols, Theme};
use crate::tessellate::LayerPicture;

/// One layer's contents. It outlives the layer's entry, so that undo can bring a removed layer back.
pub struct LayerContent {
    /// Where the reading stands.
    pub state: LayerState,
    /// Rises with each reading; what belongs to an older one is dropped.
    pub generation: u64,
    /// What the user had said of it as a table when it was read.
    pub(super) read_as: TableSettings,
    /// The bytes that it was read from, or is to be read from where they are no file.
    pub(super) source: Option<SourceBytes>,
    /// The last picture; it stays until the next is there.
    pub picture: Option<LayerDrawing>,
    /// Pictures of what has been read so far; none once the whole has a picture.
    pub parts: Vec<Arc<LayerPicture>>,
    /// What the picture that is being made will show.
    pub(super) awaited: Option<PictureKey>,
    /// The rows that are shown.
    pub(super) filtering: Filtering,
    /// Those of them that are shown at the time of the map; `None` where all are.
    pub(super) timed: Option<TimedRows>,
    pub(super) placed: Option<PlacedRows>,
    /// Its events.
    pub(super) event_reading: EventReading,
    /// A picture that could not be made.
    pub(super) failed_picture: Option<PictureKey>,
    /// Its points drawn together.
    pub(super) counted: CountedPoints,
}

/// Where the reading of a layer stands.
pub enum LayerState {
    /// On a worker thread.
    Loading {
        /// Bytes read so far and the way to stop.
        progress: Arc<Progress>,
        /// When it began: progress is shown only after a while.
        since: std::time::Instant,
    },
    /// All there.
    Ready {
        /// Features and index.
        data: Arc<LayerData>,
        /// What was wrong in the source, in its order.
        report: Arc<LoadReport>,
    },
    /// Nothing of it could be kept.
    Failed {
        /// A sentence for the user.
        message: String,
    },
}

/// What was read and what was wrong.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LoadReport {
    /// In the words of the inspect command.
    pub format: String,
    /// What the source says of itself: licence, copyright, generator.
    pub about: Vec<(String, String)>,
    /// How many features were met and not kept.
    pub rejected: usize,
    /// In the order of the source.
    pub issues: Vec<Issue>,
    /// How it was read as a table; `None` for what is no table.
    #[serde(default)]
    pub table: Option<TableInfo>,
}

impl LoadReport {
    pub(super) fn of(info: LayerInfo, issues: Vec<Issue>) -> Self {
        let named = info.name.map(|name| ("name".to_owned(), name));
        let members = info.foreign_members.into_iter().map(|(name, value)| (name, value.to_display()));
        Self {
            format: info.format,
            about: named.into_iter().chain(members).collect(),
            rejected: info.rejected,
            issues,
            table: info.table,
        }
    }
}

/// A picture with what it shows.
#[derive(Clone)]
pub struct LayerDrawing {
    /// What it was made for.
    pub key: PictureKey,
    /// For the painter: never used for another picture.
    pub id: u64,
    /// Triangles and markers.
    pub picture: Arc<LayerPicture>,
    /// The symbol of each row; for legend and highlights.
    pub symbols: Arc<LayerSymbols>,
}

/// What a picture depends on besides the layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureKey {
    /// Of the data.
    pub generation: u64,
    /// Of the rows that are shown; 0 where all are.
    pub filter_revision: u64,
    /// Whether some of the rows are drawn fainter.
    pub fades: bool,
    /// Whole zoom levels.
    pub zoom_step: i32,
    /// Of the palette.
    pub theme: Theme,
    /// Whether points are drawn by their symbols, or together by [`super::counted`].
    pub with_points: bool,
    /// The part of the world that it shows; all of it where `None`.
    pub region: Option<Region>,
}

impl PictureKey {
    /// Whether a picture of this key shows what one of `wanted` would, in the part of the world that is `visible`.
    pub(super) fn serves(&self, wanted: &Self, visible: WorldRect) -> bool {
        Self { region: wanted.region, ..*self } == *wanted
            && self.region.is_none_or(|region| region.covers(visible))
    }
}

impl LayerContent {
    pub(super) fn loading(progress: Arc<Progress>, generation: u64) -> Self {
        Self {
            state: LayerState::Loading { progress, since: std::time::Instant::now() },
            generation,
            read_as: TableSettings::default(),
            source: None,
            picture: None,
            parts: Vec::new(),
            awaited: None,
            filtering: Filtering::default(),
            timed: None,
            placed: None,
            event_reading: EventReading::default(),
            failed_picture: None,
            counted: CountedPoints::default(),
        }
    }

    /// The reading has ended: what was seen of a layer that has failed is gone.
    pub(super) fn settle(&mut self, state: LayerState) {
        if matches!(state, LayerState::Failed { .. }) {
            self.parts.clear();
        }
        self.state = state;
    }

    /// Features and index, once they are there.
    pub fn data(&self) -> Option<&Arc<LayerData>> {
        match &self.state {
            LayerState::Ready { data, .. } => Some(data),
            _ => None,
        }
    }

    /// Columns and their HXL tags, where it is a table that has some.
    pub fn tags(&self) -> &[(String, String)] {
        let table = self.report().and_then(|report| report.table.as_ref());
        table.map_or(&[], |table| &table.tags)
    }

    /// What was wrong, once it is read.
    pub fn report(&self) -> Option<&Arc<LoadReport>> {
        match &self.state {
            LayerState::Ready { report, .. } => Some(report),
            _ => None,
        }
    }
}

/// All contents by layer.
pub type LayerContents = std::collections::HashMap<LayerId, LayerContent>;
