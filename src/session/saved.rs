//! What of a session is remembered for the next start: settings, view, layers in their order.
//!
//! Floor 4. Plain values; [`crate::project`] puts them on disk.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::catalogue::LayerOrigin;
use super::layer_reading::LayerInput;
use super::provenance_log::SourceSeal;
use super::saved_mapping::SavedEventMapping;
use super::saved_path;
use super::{
    Catalogue, LayerEntry, LayerId, NamedView, Notice, SavedFilter, Session, Settings, TableView, ThemeChoice,
};
use crate::coords::{LonLat, Viewport};
use crate::index::{Expression, Filter};
use crate::source::{SourceBytes, TableSettings};
use crate::symbology::{LayerLook, PointsAs, SimpleLook};

/// A session between two starts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedSession {
    /// What the user has set.
    pub settings: Settings,
    /// The middle and the zoom; `None` opens at home.
    pub view: Option<(LonLat, f64)>,
    /// The remembered views.
    pub views: Vec<NamedView>,
    /// Bottom to top. Pasted layers have no source to be read again and are left out.
    pub layers: Vec<SavedLayer>,
    /// Which events are shown; all where `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub situation_filter: Option<SavedFilter>,
    /// The filters that are kept under a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named_filters: Vec<SavedFilter>,
    /// The project that was open: the rest of the map is in there, and not here.
    #[serde(with = "saved_path::optional", skip_serializing_if = "Option::is_none")]
    pub project: Option<PathBuf>,
}

/// How one layer was shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedLayer {
    /// The key of a bundled layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundled: Option<String>,
    /// The file of a user's layer.
    #[serde(default, with = "saved_path::optional", skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// Its name for people.
    pub title: String,
    /// The group it was listed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Drawn and hit.
    pub visible: bool,
    /// 0 to 1.
    pub opacity: f32,
    /// Its points each by a symbol, or many together.
    #[serde(default)]
    pub points_as: PointsAs,
    /// The parts of its filter, as they are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<String>,
    /// Which columns say what of its events, where the user chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<SavedEventMapping>,
    /// What the user has said of it as a table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub table: TableSettings,
    /// How the attribute table shows it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub table_view: TableView,
}

/// A saved layer with what is known of its bytes, and with these where they come along.
pub(super) struct SourcedLayer {
    pub shown: SavedLayer,
    pub seal: Option<SourceSeal>,
    pub bytes: Option<SourceBytes>,
}

impl From<SavedLayer> for SourcedLayer {
    fn from(shown: SavedLayer) -> Self {
        Self { shown, seal: None, bytes: None }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What the command line has replaced for one start, as it was before.
#[derive(Debug, Default)]
pub(super) struct SetAside {
    theme_choice: Option<ThemeChoice>,
    work_offline: Option<bool>,
    /// Bundled layers that were not opened, bottom to top.
    bundled: Vec<SavedLayer>,
    /// Where to look instead of where a project says that comes next.
    view: Option<AskedView>,
}

/// A view of which only a part may have been asked for.
#[derive(Debug, Clone, Copy)]
struct AskedView {
    center: Option<LonLat>,
    zoom: Option<f64>,
}

impl SetAside {
    /// Another map is opened.
    pub fn forget_bundled(&mut self) {
        self.bundled.clear();
    }

    /// The user has looked elsewhere since.
    pub fn forget_view(&mut self) {
        self.view = None;
    }

    /// The user has chosen anew: that is what the next start brings back.
    pub fn forget_theme(&mut self) {
        self.theme_choice = None;
    }

    /// The user has switched: that is what the next start brings back.
    pub fn forget_offline(&mut self) {
        self.work_offline = None;
    }
}

impl Session {
    /// Another theme for this start alone.
    pub fn set_theme_for_now(&mut self, theme: ThemeChoice) {
        self.set_aside.theme_choice.get_or_insert(self.settings.theme_choice);
        self.settings.theme_choice = theme;
    }

    /// Works offline for this start alone.
    pub fn work_offline_for_now(&mut self) {
        self.set_aside.work_offline.get_or_insert(self.settings.work_offline);
        self.settings.work_offline = true;
    }

    /// Whether the command line keeps this start offline.
    pub fn is_offline_for_now(&self) -> bool {
        self.set_aside.work_offline.is_some()
    }

    /// Looks there at the start, also once the project is read that comes with it. Not where the map is moved meanwhile.
    pub fn look_there_for_now(&mut self, center: Option<LonLat>, zoom: Option<f64>) {
        let view = AskedView { center, zoom };
        self.keep_view_while_reading();
        self.look_there(view);
        self.set_aside.view = Some(view);
    }

    /// A project was opened, with what was to come on top of it: the first of a start shows what was asked for, if the map was
    /// not moved meanwhile.
    pub fn look_as_asked_at_start(&mut self) {
        if let Some(view) = self.set_aside.view.take() {
            self.keep_view_while_reading();
            self.look_there(view);
        }
    }

    fn look_there(&mut self, AskedView { center, zoom }: AskedView) {
        let now = self.viewport;
        let (center, zoom) = (center.unwrap_or_else(|| now.center_lon_lat()), zoom.unwrap_or(now.zoom));
        self.viewport = Viewport::new(center, zoom, now.size_points);
        self.fitted = None;
    }

    /// What the next start should bring back.
    pub fn to_saved(&self) -> SavedSession {
        let layers = self.to_saved_layers().into_iter().map(|(_, layer)| layer);
        let has_source = |layer: &SavedLayer| layer.bundled.is_some() || layer.file.is_some();
        let (situation_filter, named_filters) = self.filters_to_saved();
        SavedSession {
            settings: Settings {
                theme_choice: self.set_aside.theme_choice.unwrap_or(self.settings.theme_choice),
                work_offline: self.set_aside.work_offline.unwrap_or(self.settings.work_offline),
                ..self.settings.clone()
            },
            view: Some((self.viewport.center_lon_lat(), self.viewport.zoom)),
            views: self.project.views.clone(),
            layers: layers.filter(has_source).collect(),
            situation_filter,
            named_filters,
            project: None,
        }
    }

    /// What the next start should bring back where a project is open, or where nothing of a map may be remembered.
    pub fn to_saved_without_map(&self, project: Option<PathBuf>) -> SavedSession {
        SavedSession { settings: self.to_saved().settings, project, ..SavedSession::default() }
    }

    /// All layers bottom to top, those set aside without an id; what has no source of its own names none.
    pub(super) fn to_saved_layers(&self) -> Vec<(Option<LayerId>, SavedLayer)> {
        let set_aside = self.set_aside.bundled.iter().map(|layer| (None, layer.clone()));
        let open = self.project.catalogue.bottom_up();
        let open = open.map(|entry| (Some(entry.id), saved_layer(entry, self.table_view(entry.id))));
        set_aside.chain(open).collect()
    }

    /// Brings view, remembered views and layers back; the bundled layers must be open already.
    ///
    /// A file that is gone becomes a layer that says so: it is the user's to find or to remove.
    pub fn bring_back(&mut self, mut saved: SavedSession) {
        let layers = std::mem::take(&mut saved.layers).into_iter().map(SourcedLayer::from);
        let known = self.project.catalogue.clone();
        self.bring_back_with(saved, layers.collect());
        // Bundled layers that an older program did not know come on top, in their own order.
        for entry in known.bottom_up() {
            if self.project.catalogue.get(entry.id).is_none() {
                self.project.catalogue.push_on_top(entry.clone());
            }
        }
    }

    /// Brings back what is saved, with these layers and no others.
    pub(super) fn bring_back_with(&mut self, saved: SavedSession, layers: Vec<SourcedLayer>) {
        self.project.views = saved.views.into_iter().filter(|view| is_on_globe(view.center)).collect();
        self.bring_back_filters(saved.situation_filter, saved.named_filters);
        let mut catalogue = Catalogue::default();
        let mut users = 0;
        for layer in layers {
            let bundled = layer.shown.bundled.as_deref();
            if bundled.is_some_and(|key| self.project.catalogue.find_bundled(key).is_none()) {
                self.set_aside.bundled.push(layer.shown);
                continue;
            }
            if let Some(entry) = self.entry_from_saved(layer, users)
                && catalogue.get(entry.id).is_none()
            {
                users += usize::from(entry.origin_key().is_none());
                catalogue.push_on_top(entry);
            }
        }
        self.project.catalogue = catalogue;
        if let Some((center, zoom)) = saved.view.filter(|(center, _)| is_on_globe(*center)) {
            self.look_there(AskedView { center: Some(center), zoom: Some(zoom) });
        }
    }

    /// A part that cannot be read, as an older program may have written it, is told and left out.
    fn filter_from_saved(&mut self, parts: &[String]) -> Option<Arc<Filter>> {
        let mut filter = Filter::default();
        for part in parts {
            match part.parse::<Filter>() {
                Ok(read) => filter.parts.extend(read.parts),
                Err(error) => self.notify(Notice::error(format!("A filter cannot be brought back: {error}"))),
            }
        }
        (!filter.is_empty()).then(|| Arc::new(filter))
    }

    /// `users` layers of the user are back already: each gets a colour of its own, as when it was opened.
    fn entry_from_saved(&mut self, layer: SourcedLayer, users: usize) -> Option<LayerEntry> {
        let SourcedLayer { shown: saved, seal, bytes } = layer;
        let users_look = LayerLook::Simple(SimpleLook::nth(users));
        let (id, look, origin) = match (&saved.bundled, bytes, &saved.file) {
            (Some(key), ..) => {
                let id = self.project.catalogue.find_bundled(key)?;
                let entry = self.project.catalogue.get(id)?;
                (id, entry.look.clone(), entry.origin.clone())
            }
            (None, Some(bytes), _) => {
                let id = LayerId(self.number());
                self.start_reading(id, LayerInput::Held(bytes), &saved.table);
                let name = seal.as_ref().map_or_else(|| saved.title.clone(), |seal| seal.name.clone());
                (id, users_look, LayerOrigin::Held { name })
            }
            (None, None, Some(path)) => {
                let id = LayerId(self.number());
                self.start_reading(id, LayerInput::File(path.clone()), &saved.table);
                (id, users_look, LayerOrigin::File(path.clone()))
            }
            (None, None, None) => return None,
        };
        if let Some(seal) = seal {
            self.provenance.recorded.insert(id, seal.sha256.clone());
            self.provenance.known.insert(id, seal);
        }
        let SavedLayer {
            title, group, visible, opacity, points_as, filter, events, table, table_view, ..
        } = saved;
        self.bring_back_table_view(id, table_view);
        let (filter, opacity) = (self.filter_from_saved(&filter), opacity.clamp(0.0, 1.0));
        let event_mapping = events.map(|saved| Arc::new(saved.into_mapping()));
        Some(LayerEntry {
            id,
            title,
            group,
            visible,
            opacity,
            look,
            points_as,
            filter,
            event_mapping,
            origin,
            table,
        })
    }
}

/// Whether a map can be centred there, twice around the world at most.
fn is_on_globe(at: LonLat) -> bool {
    at.lat_deg.abs() <= 90.0 && at.lon_deg.abs() <= 720.0
}

fn filter_parts(entry: &LayerEntry) -> impl Iterator<Item = &Expression> {
    entry.filter.iter().flat_map(|filter| &filter.parts)
}

fn saved_layer(entry: &LayerEntry, table_view: TableView) -> SavedLayer {
    let (bundled, file) = match &entry.origin {
        LayerOrigin::Bundled(key) => (Some((*key).to_owned()), None),
        LayerOrigin::File(path) => (None, Some(path.clone())),
        LayerOrigin::Pasted | LayerOrigin::Held { .. } => (None, None),
    };
    SavedLayer {
        bundled,
        file,
        title: entry.title.clone(),
        group: entry.group.clone(),
        visible: entry.visible,
        opacity: entry.opacity,
        points_as: entry.points_as,
        filter: filter_parts(entry).map(ToString::to_string).collect(),
        events: entry.event_mapping.as_deref().map(SavedEventMapping::of),
        table: entry.table.clone(),
        table_view,
    }
}
