//! What the window remembers from frame to frame and nobody else needs: what is open, what is being typed.
//!
//! Floor 6. Nothing of it is saved; what should be is a setting of the session.

use std::collections::HashSet;

use eframe::egui::scroll_area::State as ScrollState;
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{Context, Memory};

use super::copy_window::CopyWindowState;
use super::details_panel::DetailsState;
use super::events_window::EventsWindowState;
use super::filter_bar::FilterBarState;
use super::filter_window::FilterWindowState;
use super::import_window::ImportWindowState;
use super::layers_panel::LayersPanelState;
use super::project_questions::TypedPassphrase;
use super::project_window::ProjectWindowState;
use super::search_box::SearchBoxState;
use super::table_panel::TablePanelState;
use super::timeline::TimelineState;
use crate::coords::Notation;
use crate::session::{Command, FeatureRef, LayerContent, LayerId, LayerState, Panel, Session};
use crate::source::bundled::{self, Credit};
use crate::symbology::Theme;

/// A window over the map. One at a time: none of them is needed beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenWindow {
    /// Settings.
    Settings,
    /// The list of shortcuts.
    Shortcuts,
    /// The program, its licences, every credit.
    About,
    /// What was wrong in a layer's file.
    LoadReport(LayerId),
    /// Which features of a layer are shown.
    Filter(LayerId),
    /// How a layer is read as events.
    Events(LayerId),
    /// How a layer is read as a table.
    Import(LayerId),
    /// A copy of a layer for others.
    Copy(LayerId),
    /// The project.
    Project,
    /// A name for the view.
    SaveView,
}

impl OpenWindow {
    /// The layer that it is about.
    fn layer(self) -> Option<LayerId> {
        match self {
            Self::LoadReport(layer)
            | Self::Filter(layer)
            | Self::Events(layer)
            | Self::Import(layer)
            | Self::Copy(layer) => Some(layer),
            Self::Settings | Self::Shortcuts | Self::About | Self::Project | Self::SaveView => None,
        }
    }
}

/// The window's own state.
#[derive(Debug)]
pub struct WindowState {
    /// The layers panel's.
    pub layers: LayersPanelState,
    /// The details panel's.
    pub details: DetailsState,
    /// How the status bar writes positions.
    pub notation: Notation,
    /// The name of a view while it is being typed.
    pub view_name: String,
    /// The timeline's.
    pub(super) timeline: TimelineState,
    /// The attribute table's.
    pub(super) table: TablePanelState,
    /// The search box's.
    pub search: SearchBoxState,
    /// The filter bar's.
    pub(super) filter_bar: FilterBarState,
    /// The filter window's.
    pub(super) filter: FilterWindowState,
    /// The events window's.
    pub(super) events: EventsWindowState,
    /// The import window's.
    pub(super) import: ImportWindowState,
    /// The window's for copies.
    pub(super) copy: CopyWindowState,
    /// The project's window's.
    pub(super) project: ProjectWindowState,
    /// The passphrase that a project is to be opened with.
    pub(super) passphrase: TypedPassphrase,
    /// Layers that were met in an earlier frame; before the first one nothing is known.
    known_layers: Option<HashSet<LayerId>>,
    /// Of the session, in an earlier frame.
    maps_begun: usize,
    /// Layers that were opened in this window and have not been read.
    new_layers: Vec<LayerId>,
    /// Whom the data is owed to.
    pub(super) credits: Vec<Credit>,
    /// The window that is open.
    pub open_window: Option<OpenWindow>,
    /// The window that was open in the last frame, and for how many frames before.
    pub(super) placing: Option<(OpenWindow, u8)>,
    /// Whether somebody who copied rows was told of their terms.
    pub(super) told_of_terms: bool,
    /// When the notice that is shown came up, seconds.
    pub(super) notice_since: Option<f64>,
    /// The drawer that is out while the window is narrow.
    drawer: Option<Panel>,
    is_narrow: bool,
    last_selected: Option<FeatureRef>,
    installed: Option<(Theme, f32, bool)>,
}

impl Default for WindowState {
    fn default() -> Self {
        Self {
            layers: LayersPanelState::default(),
            details: DetailsState::default(),
            notation: Notation::DecimalDegrees,
            view_name: String::new(),
            timeline: TimelineState::default(),
            table: TablePanelState::default(),
            search: SearchBoxState::default(),
            filter_bar: FilterBarState::default(),
            filter: FilterWindowState::default(),
            events: EventsWindowState::default(),
            import: ImportWindowState::default(),
            copy: CopyWindowState::default(),
            project: ProjectWindowState::default(),
            passphrase: TypedPassphrase::default(),
            known_layers: None,
            maps_begun: 0,
            new_layers: Vec::new(),
            credits: bundled::credits(),
            open_window: None,
            placing: None,
            told_of_terms: false,
            notice_since: None,
            drawer: None,
            is_narrow: false,
            last_selected: None,
            installed: None,
        }
    }
}

impl WindowState {
    /// Opens a window in place of any other.
    pub fn open(&mut self, window: OpenWindow) {
        self.open_window = Some(window);
    }

    /// Asks whether to open an address; what may not be opened is not asked about.
    pub fn ask_link(&mut self, address: String) {
        self.details.asked_link = Some(address);
    }

    /// Whether a dialog, a window or a drawer is in front of the map.
    pub(super) fn has_something_to_close(&self) -> bool {
        self.search.is_open()
            || self.details.asked_link.is_some()
            || self.open_window.is_some()
            || self.drawer.is_some()
    }

    /// Closes what is in front of the rest.
    pub(super) fn close_uppermost(&mut self) {
        if self.search.is_open() {
            self.search.close();
        } else if self.details.asked_link.take().is_none() && self.open_window.take().is_none() {
            self.drawer = None;
        }
    }

    /// Whether the panels are drawers now.
    pub fn is_narrow(&self) -> bool {
        self.is_narrow
    }

    /// Takes over how much room there is; drawers begin folded.
    pub(super) fn set_narrow(&mut self, narrow: bool) {
        if narrow != self.is_narrow {
            self.is_narrow = narrow;
            self.drawer = None;
        }
    }

    /// Whether a part of the window is unfolded: a drawer where the window is narrow, else as the settings say.
    pub fn is_panel_open(&self, session: &Session, panel: Panel) -> bool {
        let settings = session.settings();
        match panel {
            Panel::Legend => settings.legend_open,
            Panel::Timeline => settings.timeline_open,
            Panel::Table => settings.table_open,
            Panel::FilterBar => settings.filter_bar_open || !session.situation_filter().is_empty(),
            drawer if self.is_narrow => self.drawer == Some(drawer),
            Panel::Layers => settings.layers_panel_open,
            Panel::Details => settings.details_panel_open,
        }
    }

    /// Folds or unfolds a part of the window; the command where it is a setting.
    pub fn set_panel_open(&mut self, panel: Panel, open: bool) -> Option<Command> {
        let is_drawer = matches!(panel, Panel::Layers | Panel::Details);
        if !self.is_narrow || !is_drawer {
            return Some(Command::SetPanelOpen { panel, open });
        }
        self.drawer = open.then_some(panel);
        None
    }

    /// Unfolds the details when something new is selected: a click that shows nothing would be a riddle.
    pub(super) fn follow_selection(&mut self, session: &Session) -> Option<Command> {
        let selected = session.selection().current();
        let is_new = selected != self.last_selected;
        self.last_selected = selected;
        let wanted = is_new && selected.is_some() && !self.is_panel_open(session, Panel::Details);
        if wanted { self.set_panel_open(Panel::Details, true) } else { None }
    }

    /// Forgets what belongs to the map before, where another one has taken its place.
    pub(super) fn follow_new_map(&mut self, ctx: &Context, session: &Session) {
        if self.maps_begun == session.maps_begun() {
            return;
        }
        let open_window = self.open_window.filter(|window| window.layer().is_none());
        // How the tables of a project are read was settled when it was saved; and what panels and lists keep holds on to the
        // layers that they were made from.
        *self = Self {
            layers: self.layers.for_another_map(),
            notation: self.notation,
            project: std::mem::take(&mut self.project),
            passphrase: std::mem::take(&mut self.passphrase),
            maps_begun: session.maps_begun(),
            open_window,
            placing: self.placing,
            told_of_terms: self.told_of_terms,
            notice_since: self.notice_since,
            drawer: self.drawer,
            is_narrow: self.is_narrow,
            installed: self.installed,
            ..Self::default()
        };
        forget_widgets(ctx);
    }

    /// Shows how a table was read once one is that was opened while the window was open: what was found is a guess.
    pub(super) fn follow_new_tables(&mut self, session: &Session) {
        let layers: HashSet<LayerId> = session.catalogue().bottom_up().map(|entry| entry.id).collect();
        let known = self.known_layers.get_or_insert_with(|| layers.clone());
        self.new_layers.extend(layers.difference(known));
        known.extend(&layers);
        let is_coming = |layer: &LayerId| {
            let content = session.content(*layer);
            content.is_some_and(|content| matches!(content.state, LayerState::Loading { .. }))
        };
        let (coming, done) = std::mem::take(&mut self.new_layers).into_iter().partition(is_coming);
        self.new_layers = coming;
        let done: Vec<LayerId> = done;
        let is_table = |layer: &LayerId| {
            let report = session.content(*layer).and_then(LayerContent::report);
            report.is_some_and(|report| report.table.is_some())
        };
        if self.open_window.is_none() {
            self.open_window = done.into_iter().find(is_table).map(OpenWindow::Import);
        }
    }

    /// Whether theme, scale or motion are not in force yet; they count as installed from then on.
    pub(super) fn needs_install(&mut self, session: &Session) -> bool {
        let settings = session.settings();
        let wanted = (session.theme(), settings.interface_scale, settings.reduced_motion);
        self.installed.replace(wanted) != Some(wanted)
    }
}

/// Has egui forget the widgets of the map before: what was typed into them and could be taken back step by step, where they
/// were scrolled to, which were ever shown and could have the focus. Sizes of panels stay.
fn forget_widgets(ctx: &Context) {
    ctx.memory_mut(|memory| {
        let mut fresh = Memory::default();
        fresh.options = std::mem::take(&mut memory.options);
        fresh.data = std::mem::take(&mut memory.data);
        fresh.data.remove_by_type::<TextEditState>();
        fresh.data.remove_by_type::<ScrollState>();
        *memory = fresh;
    });
    ctx.clear_animations();
}
