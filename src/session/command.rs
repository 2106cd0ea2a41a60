//! The one language of change, and what it asks of the world outside.
//!
//! Floor 4. Buttons, keys, the map's gestures, tests and undo all speak [`Command`].

use std::path::PathBuf;
use std::sync::Arc;

use super::{
    Basemap, CopyRequest, FeatureRef, FilterCommand, HistogramOrder, Keeping, LayerId, PlaceMark,
    ProjectRequest, TableCommand, ThemeChoice, TimeCommand, ValuesOf,
};
use crate::coords::{Extent, LonLat, ScreenPos, Viewport, WorldPos, WorldRect};
use crate::index::Filter;
use crate::situation::EventMapping;
use crate::source::TableSettings;
use crate::symbology::PointsAs;

/// Everything that can change an open map.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    // Layers
    /// Open files as layers on top; a file that is already open is shown instead.
    OpenFiles(Vec<PathBuf>),
    /// Read GeoJSON or a table from text that was pasted.
    PasteGeoJson(String),
    /// Stop reading a layer.
    CancelLoading(LayerId),
    /// Take a layer off the map.
    RemoveLayer(LayerId),
    /// Show or hide a layer.
    SetLayerVisible {
        /// Which.
        layer: LayerId,
        /// Shown.
        visible: bool,
    },
    /// See through a layer.
    SetLayerOpacity {
        /// Which.
        layer: LayerId,
        /// 0 is invisible, 1 opaque.
        opacity: f32,
    },
    /// Draw a layer's points each by a symbol, or many together.
    SetLayerPoints {
        /// Which.
        layer: LayerId,
        /// How.
        points_as: PointsAs,
    },
    /// Put a layer at another place in the order.
    MoveLayer {
        /// Which.
        layer: LayerId,
        /// Its new place among all layers, 0 is the topmost.
        to_place: usize,
    },
    /// Give a layer another title.
    RenameLayer {
        /// Which.
        layer: LayerId,
        /// Blank titles are ignored.
        title: String,
    },
    /// Put a layer in a group, or out of one.
    SetLayerGroup {
        /// Which.
        layer: LayerId,
        /// The group's title.
        group: Option<String>,
    },
    /// Show only the rows of a layer that meet a filter.
    SetFilter {
        /// Which.
        layer: LayerId,
        /// All rows where `None` or without a condition.
        filter: Option<Filter>,
    },
    /// Say which columns of a layer tell what of events.
    SetEventMapping {
        /// Which.
        layer: LayerId,
        /// Guessed by the names of the columns where `None`; one without a date makes no events.
        mapping: Option<EventMapping>,
    },
    /// Read a layer that is a table in another way.
    SetTableSettings {
        /// Which.
        layer: LayerId,
        /// What the user says; the rest is found by the reader.
        settings: TableSettings,
    },
    /// Say what the project tells of the data.
    SetKeeping(Keeping),
    /// Show or hide all layers of a group.
    SetGroupVisible {
        /// The group's title.
        group: String,
        /// Shown.
        visible: bool,
    },
    /// Mark a layer in the panel.
    ChooseLayer(Option<LayerId>),
    /// Show all of a layer.
    ZoomToLayer(LayerId),

    // View
    /// The map's rectangle or its gestures gave a new view.
    SetViewport(Viewport),
    /// The camera is on its way to where a request sent it.
    CarryViewport(Viewport),
    /// Go to the opening view.
    GoHome,
    /// Show all of a box.
    FitExtent(Extent),
    /// Put a place in the middle.
    CenterOn(LonLat),
    /// Zoom with a point of the screen held.
    ZoomAt {
        /// What stays where it is; the middle where `None`.
        anchor: Option<ScreenPos>,
        /// Zoom levels, negative is out.
        steps: f64,
    },
    /// Move the view by parts of its size.
    PanBy {
        /// Of the width, eastwards.
        right: f32,
        /// Of the height, southwards.
        down: f32,
    },
    /// Remember the view under a name; an older one of that name is replaced.
    SaveView(String),
    /// Go to a remembered view.
    GoToView(String),
    /// Forget a remembered view.
    DeleteView(String),

    // Identify
    /// The pointer is over a place, or has left the map.
    HoverAt(Option<PointerHit>),
    /// The pointer is over a feature in a list, or has left it.
    HoverFeature(Option<FeatureRef>),
    /// Select what lies at a place.
    IdentifyAt(PointerHit),
    /// Select one feature, from a list.
    SelectFeature(FeatureRef),
    /// Select one feature and show it on the map.
    ShowFeature(FeatureRef),
    /// Select one feature, and show it on the map unless it is in view already.
    RevealFeature(FeatureRef),
    /// Select a statement of the founding report with the features that show it, and move the time to its days; where it
    /// is selected already, give both back.
    ChooseStatement {
        /// Which.
        statement: FeatureRef,
        /// What shows it.
        features: Vec<FeatureRef>,
    },
    /// Select everything in a box.
    SelectInBox(WorldRect),
    /// Show a place and mark it.
    ShowPlace(PlaceMark),
    /// The next of the selected features.
    NextHit,
    /// The one before.
    PreviousHit,
    /// Select nothing.
    ClearSelection,

    // Searching
    /// Somebody is about to search: names are made ready.
    PrepareSearch,

    // Measuring
    /// Begin a line at a place.
    StartMeasuring(LonLat),
    /// Carry the line on.
    AddMeasurePoint(LonLat),
    /// Take the line away.
    StopMeasuring,

    // Drawing
    /// Begin the area of the filter over all events: a click is a corner from now on.
    StartDrawingArea,
    /// Add a corner.
    AddAreaCorner(LonLat),
    /// Show the events in the area; with fewer than three corners it goes on being drawn.
    EndDrawingArea,
    /// Leave off, and change nothing.
    StopDrawingArea,

    /// Change which events are shown.
    Filter(FilterCommand),
    /// Somebody looks at these values: they are counted, unless that is done already.
    CountValues(ValuesOf),
    /// Count the bins of the timeline, for whoever draws it.
    CountTimeline(Arc<HistogramOrder>),
    /// Change the time of the map.
    Time(TimeCommand),
    /// Change the attribute table.
    Table(TableCommand),

    // Settings
    /// Light, dark or as the system.
    SetTheme(ThemeChoice),
    /// What the system says of light and dark.
    SetSystemDark(bool),
    /// Size of the interface; 1 is 100 %.
    SetInterfaceScale(f32),
    /// Nothing leaves this machine.
    SetWorkOffline(bool),
    /// The note about online tiles was answered.
    AnswerOnlineNote {
        /// Tiles are wanted.
        online: bool,
    },
    /// What lies under the overlays.
    SetBasemap(Basemap),
    /// Precision circles of all events.
    SetAllPrecisionCircles(bool),
    /// No animated camera.
    SetReducedMotion(bool),
    /// Show instants in the days and hours of this zone; a name that is not in the IANA database changes nothing.
    SetTimeZone(String),
    /// Prepared copies of large layers for the next time.
    SetKeepSidecars(bool),
    /// Throw away stored tiles and all prepared copies.
    ClearCaches,
    /// Whether the next start brings files back.
    SetRememberFiles(bool),
    /// Fold or unfold a part of the window.
    SetPanelOpen {
        /// Which.
        panel: Panel,
        /// Unfolded.
        open: bool,
    },

    // The rest
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// Take the oldest notice away.
    DismissNotice,
    /// Tell the user something.
    ShowNotice(super::Notice),
    /// Ask the world outside.
    Ask(Request),
}

/// A part of the window that folds away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// At the left.
    Layers,
    /// At the right.
    Details,
    /// On the map.
    Legend,
    /// Under the map.
    Timeline,
    /// Under the map, above the timeline.
    Table,
    /// Over the map; open wherever a filter hides something.
    FilterBar,
}

/// A place under the pointer and how near is near enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointerHit {
    /// The place.
    pub at: WorldPos,
    /// World units.
    pub tolerance_world: f64,
}

/// What a command asks of the world outside; the workspace carries it out.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Let the user choose layer files.
    ChooseLayerFiles,
    /// Let the user choose a base map pack.
    ChooseBasemapPack,
    /// Put text on the clipboard.
    CopyText(String),
    /// Show an address whole and ask whether to open it.
    ShowLink(String),
    /// Open an address in the browser; the user has seen it whole and agreed.
    OpenLink(String),
    /// Throw away stored tiles and prepared copies, and tell what came of it.
    ClearCaches,
    /// Do something with project files.
    Project(ProjectRequest),
    /// Write a copy of a layer for others.
    Copy(CopyRequest),
    /// Move the camera there.
    MoveCamera(Viewport),
}
