//! What a search finds: hits by kind, each with what choosing it does.
//!
//! Floor 4.

use crate::coords::LonLat;
use crate::index::FoundOrder;
use crate::session::{Command, FeatureRef, LayerId};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchHits {
    /// The kinds with their hits, that with the best answer first; none is empty.
    pub groups: Vec<SearchGroup>,
    /// Whether names are still being made ready: there may be more in a moment.
    pub is_preparing: bool,
    /// Layers of which only the first features are searched, and how many those are.
    pub cut_layers: Vec<(LayerId, usize)>,
}

/// The hits of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchGroup {
    /// The kind of all of them.
    pub kind: SearchKind,
    /// The best, in their order.
    pub hits: Vec<SearchHit>,
    /// How many there are in all, the hits included.
    pub count: usize,
}

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchKind {
    /// A position that was written down.
    Position,
    /// A place of a gazetteer, bundled or the user's.
    Place,
    /// Something that happened.
    Event,
    /// A feature of a layer.
    Feature,
    /// A layer.
    Layer,
    /// A remembered view.
    View,
    /// Something that can be done.
    Action,
}

impl SearchKind {
    /// Its name in files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Place => "place",
            Self::Event => "event",
            Self::Feature => "feature",
            Self::Layer => "layer",
            Self::View => "view",
            Self::Action => "action",
        }
    }

    /// The heading over hits of this kind.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Position => "Coordinates",
            Self::Place => "Places",
            Self::Event => "Events",
            Self::Feature => "On the map",
            Self::Layer => "Layers",
            Self::View => "Saved views",
            Self::Action => "Commands",
        }
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// Its name.
    pub title: String,
    /// Its Arabic name, where it has one beside the title.
    pub title_ar: Option<String>,
    /// The spelling that answered, where it is neither of those.
    pub spelling: Option<String>,
    /// What tells it from others of its name.
    pub context: HitContext,
    /// Where it is.
    pub at: Option<LonLat>,
    /// The feature, where it is one.
    pub feature: Option<FeatureRef>,
    /// Why it cannot be seen on the map.
    pub hidden: Option<HiddenBy>,
    /// What choosing it does.
    pub choice: SearchChoice,
}

/// What tells a hit from others of its name; put into words by whoever shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HitContext {
    /// What it is: `village`, a date and a weapon, where a command stands.
    pub what: Vec<String>,
    /// The governorate or the country.
    pub admin: Option<String>,
    /// The nearest larger place.
    pub near: Option<NearTown>,
    /// The title of its layer.
    pub layer: Option<String>,
}

/// The nearest larger place.
#[derive(Debug, Clone, PartialEq)]
pub struct NearTown {
    /// Its English name.
    pub name: String,
    /// How far it is, metres.
    pub distance_m: f64,
    /// The direction from it, such as `north-west`.
    pub direction: &'static str,
}

/// Why something that was found cannot be seen on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HiddenBy {
    /// Its layer is not shown.
    Layer,
    /// Its layer's filter leaves it out, or that of all events.
    Filter,
    /// It was not in the window of time.
    Time,
}

/// What choosing a hit does.
#[derive(Debug, Clone, PartialEq)]
pub enum SearchChoice {
    /// These commands, one after the other.
    Do(Vec<Command>),
    /// A window of the interface opens.
    Open(SearchWindow),
}

impl SearchChoice {
    /// One command.
    pub fn command(command: Command) -> Self {
        Self::Do(vec![command])
    }
}

/// A window of the interface that can be asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchWindow {
    /// The settings.
    Settings,
    /// The list of shortcuts.
    Shortcuts,
    /// The program, its licences, every credit.
    About,
    /// The project.
    Project,
    /// A name for the view.
    SaveView,
}

/// A hit with what decides its place among others.
#[derive(Debug, Clone)]
pub(super) struct RankedHit {
    pub order: FoundOrder,
    pub hit: SearchHit,
}

/// The hits of one kind before they are weighed against those of others.
#[derive(Debug, Clone)]
pub(super) struct RankedGroup {
    pub kind: SearchKind,
    pub hits: Vec<RankedHit>,
    pub count: usize,
}
