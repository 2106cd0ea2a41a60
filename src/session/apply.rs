//! What each command does.
//!
//! Floor 4. Arms of one line: what takes more has a method beside its subject.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalogue::LayerOrigin;
use super::history::{MergeKey, ProjectState};
use super::layer_part::PartLook;
use super::layer_reading::{LayerInput, ReadingManner};
use super::layers::LayerContent;
use super::{
    Command, LayerEntry, LayerId, LayerState, Notice, PROJECT_ENDING, Panel, ProjectRequest, Request,
    Session, ThemeChoice,
};
use crate::situation::is_zone;
use crate::source::{Progress, SourceBytes, TableSettings};
use crate::symbology::{LayerLook, PointsAs, SimpleLook};

impl Session {
    /// Changes the map. What touches the world outside comes back as a request.
    pub fn apply(&mut self, command: Command) -> Option<Request> {
        let request = self.carry_out(command);
        if let Some(Request::MoveCamera(_)) = request {
            // Who asks for a view wants to stay there.
            self.keep_view_while_reading();
        }
        request
    }

    fn carry_out(&mut self, command: Command) -> Option<Request> {
        match command {
            Command::OpenFiles(paths) => return self.open_files(paths),
            Command::PasteGeoJson(text) => self.open_pasted(text),
            Command::CancelLoading(layer) => self.cancel_loading(layer),
            Command::RemoveLayer(layer) => self.remove_layer(layer),
            Command::SetLayerVisible { layer, visible } => {
                self.edit_layer(layer, None, |entry| entry.visible = visible);
            }
            Command::SetLayerOpacity { layer, opacity } => {
                self.edit_layer(layer, Some(("opacity", layer.0)), |entry| {
                    entry.opacity = opacity.clamp(0.0, 1.0);
                });
            }
            Command::SetLayerPoints { layer, points_as } => {
                self.edit_layer(layer, None, |entry| entry.points_as = points_as);
            }
            Command::MoveLayer { layer, to_place } => {
                self.edit(Some(("order", layer.0)), |project| project.catalogue.move_to(layer, to_place));
            }
            Command::RenameLayer { layer, title } => self.rename_layer(layer, &title),
            Command::SetFilter { layer, filter } => self.set_filter(layer, filter),
            Command::SetEventMapping { layer, mapping } => self.set_event_mapping(layer, mapping),
            Command::SetTableSettings { layer, settings } => self.set_table_settings(layer, settings),
            Command::SetLayerGroup { layer, group } => self.set_layer_group(layer, group),
            Command::SetKeeping(keeping) => self.set_keeping(keeping),
            Command::SetGroupVisible { group, visible } => self.set_group_visible(&group, visible),
            Command::ChooseLayer(layer) => self.chosen_layer = layer,
            Command::ZoomToLayer(layer) => return self.zoom_to_layer(layer),

            Command::SetViewport(viewport) => self.take_viewport(viewport),
            Command::CarryViewport(viewport) => self.set_viewport(viewport),
            Command::GoHome => return Some(self.camera_to_extent(super::HOME_EXTENT)),
            Command::FitExtent(extent) => return Some(self.camera_to_extent(extent)),
            Command::CenterOn(at) => return Some(self.center_on(at)),
            Command::ZoomAt { anchor, steps } => return Some(self.zoom_at(anchor, steps)),
            Command::PanBy { right, down } => return Some(self.pan_by(right, down)),
            Command::SaveView(name) => self.save_view(&name),
            Command::GoToView(name) => return self.go_to_view(&name),
            Command::DeleteView(name) => self.delete_view(&name),

            Command::HoverAt(place) => self.hover_at(place),
            Command::HoverFeature(feature) => (self.hovered, self.hovered_group) = (feature, None),
            Command::IdentifyAt(place) => return self.identify_at(place),
            Command::SelectFeature(feature) => self.select_feature(feature),
            Command::ShowFeature(feature) => return self.show_feature(feature),
            Command::RevealFeature(feature) => return self.reveal_feature(feature),
            Command::ChooseStatement { statement, features } => {
                return self.choose_statement(statement, features);
            }
            Command::SelectInBox(rect) => self.select_in_box(rect),
            Command::ShowPlace(mark) => return Some(self.show_place(mark)),
            Command::NextHit => self.selection.step(1),
            Command::PreviousHit => self.selection.step(-1),
            Command::ClearSelection => self.clear_selection(),

            Command::PrepareSearch => self.prepare_search(),

            Command::StartMeasuring(at) => (self.measured, self.drawn_corners) = (Some(vec![at]), None),
            Command::AddMeasurePoint(at) => self.measured.get_or_insert_default().push(at),
            Command::StopMeasuring => self.measured = None,

            Command::StartDrawingArea => self.start_drawing(),
            Command::AddAreaCorner(at) => self.add_corner(at),
            Command::EndDrawingArea => self.end_drawing(),
            Command::StopDrawingArea => self.drawn_corners = None,

            Command::Filter(command) => self.apply_filter(command),
            Command::CountValues(of) => self.count_values(of),
            Command::CountTimeline(order) => self.count_timeline(order),
            Command::Time(command) => self.apply_time(command),
            Command::Table(command) => self.apply_table(command),

            Command::SetTheme(choice) => self.set_theme(choice),
            Command::SetSystemDark(dark) => self.system_is_dark = dark,
            Command::SetInterfaceScale(scale) => self.settings.interface_scale = scale.clamp(0.8, 2.0),
            Command::SetWorkOffline(offline) => self.set_work_offline(offline),
            Command::AnswerOnlineNote { online } => self.answer_online_note(online),
            Command::SetBasemap(basemap) => self.settings.basemap = basemap,
            Command::SetAllPrecisionCircles(all) => self.settings.show_all_precision_circles = all,
            Command::SetReducedMotion(reduced) => self.settings.reduced_motion = reduced,
            Command::SetTimeZone(zone) => self.set_time_zone(zone),
            Command::SetKeepSidecars(keep) => self.set_keep_sidecars(keep),
            Command::ClearCaches => return Some(self.clear_caches()),
            Command::SetRememberFiles(remember) => self.settings.remember_files = remember,
            Command::SetPanelOpen { panel, open } => self.set_panel_open(panel, open),

            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::DismissNotice => drop(self.notices.pop_front()),
            Command::ShowNotice(notice) => self.notify(notice),
            Command::Ask(request) => return Some(request),
        }
        None
    }

    /// Makes a change that undo takes back.
    pub(super) fn edit(&mut self, merge: Option<MergeKey>, change: impl FnOnce(&mut ProjectState)) {
        let before = self.project.clone();
        change(&mut self.project);
        if self.project != before && self.history.record(before, merge) {
            self.forget_unreachable_layers();
        }
    }

    /// Frees the layers that neither the map nor any step of undo or redo knows any more.
    fn forget_unreachable_layers(&mut self) {
        let ground = self.ground.iter().map(|entry| entry.id);
        let states = self.history.states().chain([&self.project]);
        let listed = states.flat_map(|state| state.catalogue.bottom_up().map(|entry| entry.id));
        let known: HashSet<LayerId> = ground.chain(listed).collect();
        self.contents.retain(|layer, _| known.contains(layer));
    }

    pub(super) fn edit_layer(
        &mut self,
        layer: LayerId,
        merge: Option<MergeKey>,
        change: impl FnOnce(&mut LayerEntry),
    ) {
        self.edit(merge, |project| {
            if let Some(entry) = project.catalogue.get_mut(layer) {
                change(entry);
            }
        });
    }

    pub(super) fn notify(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push_back(notice);
        }
    }

    fn open_files(&mut self, paths: Vec<PathBuf>) -> Option<Request> {
        let (projects, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_project(path));
        if let Some(path) = projects.into_iter().next_back() {
            // Its layers come first: the others belong on top of them.
            return Some(Request::Project(ProjectRequest::Open { path, then: paths }));
        }
        for path in paths {
            // Without asking the disk: a file that is not there must still be named as the user named it.
            let path = std::path::absolute(&path).unwrap_or(path);
            if let Some(open) = self.project.catalogue.find_file(&path) {
                self.chosen_layer = Some(open);
                self.fit_when_read.push(open);
                // Whoever named it, it is the user now who wants it.
                self.provenance.recorded.remove(&open);
                let content = self.contents.get(&open);
                if content.is_some_and(|content| matches!(content.state, LayerState::Failed { .. })) {
                    self.read_again(open);
                }
                continue;
            }
            let name = path.file_name().unwrap_or(path.as_os_str());
            let title = title_from_file_name(&name.to_string_lossy());
            let layer = self.add_layer(title, LayerOrigin::File(path.clone()));
            self.start_reading(layer, LayerInput::File(path), &TableSettings::default());
        }
        None
    }

    fn open_pasted(&mut self, text: String) {
        match SourceBytes::from_bytes("the pasted text", text.into_bytes()) {
            Ok(source) => {
                let layer = self.add_layer("Pasted layer".to_owned(), LayerOrigin::Pasted);
                self.start_reading(layer, LayerInput::Held(source), &TableSettings::default());
            }
            Err(error) => self.notify(Notice::error(error.to_string())),
        }
    }

    fn add_layer(&mut self, title: String, origin: LayerOrigin) -> LayerId {
        let id = LayerId(self.number());
        let users = self.project.catalogue.bottom_up().filter(|entry| entry.origin_key().is_none()).count();
        let look = LayerLook::Simple(SimpleLook::nth(users));
        let title = self.project.catalogue.free_title(&title, None);
        let entry = LayerEntry {
            id,
            title,
            group: None,
            visible: true,
            opacity: 1.0,
            look,
            points_as: PointsAs::default(),
            filter: None,
            event_mapping: None,
            origin,
            table: TableSettings::default(),
        };
        self.edit(None, |project| project.catalogue.push_on_top(entry));
        self.chosen_layer = Some(id);
        self.fit_when_read.push(id);
        id
    }

    pub(super) fn start_reading(&mut self, layer: LayerId, input: LayerInput, table: &TableSettings) {
        let progress = Arc::new(Progress::default());
        let generation = self.number();
        let source = if let LayerInput::Held(source) = &input { Some(source.clone()) } else { None };
        let content = LayerContent::loading(progress.clone(), generation);
        self.contents.insert(layer, LayerContent { read_as: table.clone(), source, ..content });
        let entry = self.project.catalogue.get(layer).filter(|_| self.draws_parts);
        let part_look = entry.map(|entry| PartLook {
            look: entry.look.clone(),
            theme: self.theme(),
            viewport: self.viewport,
        });
        let manner =
            ReadingManner { progress, sidecars: self.sidecar_folder(), part_look, table: table.clone() };
        self.jobs.read((layer, generation), input, manner);
    }

    pub(super) fn cancel_loading(&mut self, layer: LayerId) {
        if let Some(LayerState::Loading { progress, .. }) =
            self.contents.get(&layer).map(|content| &content.state)
        {
            progress.cancel();
        }
    }

    fn remove_layer(&mut self, layer: LayerId) {
        self.cancel_loading(layer);
        self.edit(None, |project| project.catalogue.remove(layer));
        self.selection.retain(|feature| feature.layer != layer);
        self.forget_hover();
        self.chosen_layer = self.chosen_layer.filter(|&chosen| chosen != layer);
        self.fit_when_read.retain(|&waiting| waiting != layer);
    }

    fn rename_layer(&mut self, layer: LayerId, title: &str) {
        let title = title.trim();
        if !title.is_empty() {
            let title = self.project.catalogue.free_title(title, Some(layer));
            self.edit_layer(layer, None, |entry| entry.title = title);
        }
    }

    fn set_layer_group(&mut self, layer: LayerId, group: Option<String>) {
        let group = group.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        self.edit_layer(layer, None, |entry| entry.group = group);
    }

    fn set_group_visible(&mut self, group: &str, visible: bool) {
        self.edit(None, |project| {
            for entry in project.catalogue.entries_mut().filter(|entry| entry.group.as_deref() == Some(group))
            {
                entry.visible = visible;
            }
        });
    }

    fn zoom_to_layer(&self, layer: LayerId) -> Option<Request> {
        let extent = self.content(layer)?.shown_extent()?;
        Some(self.camera_to_extent(extent))
    }

    pub(super) fn clear_selection(&mut self) {
        self.take_time_back();
        self.selection = super::Selection::default();
        self.place_mark = None;
    }

    fn set_theme(&mut self, choice: ThemeChoice) {
        self.set_aside.forget_theme();
        self.settings.theme_choice = choice;
    }

    fn set_time_zone(&mut self, zone: String) {
        if is_zone(&zone) {
            self.settings.time_zone = zone;
        }
    }

    fn set_work_offline(&mut self, offline: bool) {
        self.set_aside.forget_offline();
        self.settings.work_offline = offline;
    }

    fn answer_online_note(&mut self, online: bool) {
        self.settings.online_note_answered = true;
        self.set_work_offline(!online);
        if online {
            self.settings.basemap = super::Basemap::OpenStreetMap;
        }
    }

    fn set_panel_open(&mut self, panel: Panel, open: bool) {
        match panel {
            Panel::Layers => self.settings.layers_panel_open = open,
            Panel::Details => self.settings.details_panel_open = open,
            Panel::Legend => self.settings.legend_open = open,
            Panel::Timeline => self.settings.timeline_open = open,
            Panel::Table => self.settings.table_open = open,
            Panel::FilterBar => self.settings.filter_bar_open = open,
        }
    }

    fn undo(&mut self) {
        if let Some(before) = self.history.undo(self.project.clone()) {
            self.restore(before);
        }
    }

    fn redo(&mut self) {
        if let Some(after) = self.history.redo(self.project.clone()) {
            self.restore(after);
        }
    }

    fn restore(&mut self, project: ProjectState) {
        self.project = project;
        let catalogue = &self.project.catalogue;
        self.selection.retain(|feature| catalogue.get(feature.layer).is_some());
        self.chosen_layer = self.chosen_layer.filter(|&layer| catalogue.get(layer).is_some());
        self.forget_hover();
        self.read_changed_tables();
    }
}

/// Whether a file is a project by its name.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(PROJECT_ENDING))
}

/// `events_2018.geojson.gz` becomes `events_2018`.
fn title_from_file_name(name: &str) -> String {
    let mut title = name;
    const ENDINGS: [&str; 12] = [
        ".gz",
        ".zst",
        ".geojson",
        ".geojsonl",
        ".geojsons",
        ".geojsonseq",
        ".ndjson",
        ".json",
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
    ];
    for ending in ENDINGS {
        title = title.strip_suffix(ending).unwrap_or(title);
    }
    if title.is_empty() { name.to_owned() } else { title.to_owned() }
}
