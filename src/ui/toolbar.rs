//! The one row at the top: menus at the left, the switches that must stay in sight at the right.
//!
//! Floor 6.

use eframe::egui::containers::menu::menu_style;
use eframe::egui::{
    self, Align, Align2, Button, KeyboardShortcut, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::icons::{Icon, paint_icon};
use super::shortcuts;
use super::theme::{HALF_STEP, ICON_BUTTON_SIZE, STEP, body_font, caption_font, tones};
use super::view_menu::view_menu_ui;
use super::widgets::{focus_ring, icon_button_ui, icon_toggle_ui, switch_ui};
use super::window_state::{OpenWindow, WindowState};
use crate::session::{Command, Panel, ProjectRequest, Request, Session, ThemeChoice};
use crate::symbology::Theme;

/// Width of what looks like a search field, points.
const SEARCH_FIELD_WIDTH: f32 = 208.0;
/// With less room than this beside it only its icon is shown.
const SEARCH_FIELD_ROOM: f32 = 540.0;

/// Where an error in OpenStreetMap's map is reported.
const FIX_THE_MAP: &str = "https://www.openstreetmap.org/fixthemap";

/// The whole row.
pub fn toolbar_ui(ui: &mut Ui, session: &Session, state: &mut WindowState, commands: &mut Vec<Command>) {
    let ring = focus_ring(ui);
    let style = move |style: &mut egui::Style| {
        menu_style(style);
        style.visuals.widgets.active.bg_stroke = ring;
    };
    egui::MenuBar::new().style(style).ui(ui, |ui| {
        panel_toggle_ui(ui, session, state, Panel::Layers, commands);
        ui.menu_button("File", |ui| file_menu_ui(ui, state, commands));
        ui.menu_button("Edit", |ui| edit_menu_ui(ui, session, state, commands));
        ui.menu_button("View", |ui| view_menu_ui(ui, session, state, commands));
        ui.menu_button("Help", |ui| help_menu_ui(ui, state));
        search_field_ui(ui, state, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            panel_toggle_ui(ui, session, state, Panel::Details, commands);
            panel_toggle_ui(ui, session, state, Panel::Timeline, commands);
            panel_toggle_ui(ui, session, state, Panel::Table, commands);
            panel_toggle_ui(ui, session, state, Panel::FilterBar, commands);
            theme_toggle_ui(ui, session, commands);
            if icon_button_ui(ui, Icon::Home, "Go to the opening view").clicked() {
                commands.push(Command::GoHome);
            }
            let mut offline = session.settings().work_offline;
            let tip = "While this is on, nothing leaves this machine";
            if switch_ui(ui, "Work offline", &mut offline).on_hover_text(tip).changed() {
                commands.push(Command::SetWorkOffline(offline));
            }
        });
    });
}

/// A menu entry; its shortcut stands at the right.
pub fn item_ui(ui: &mut Ui, words: &str, shortcut: Option<&KeyboardShortcut>) -> bool {
    let mut item = Button::new(words);
    if let Some(shortcut) = shortcut {
        item = item.shortcut_text(ui.ctx().format_shortcut(shortcut));
    }
    ui.add(item).accessible_name(words).clicked()
}

fn file_menu_ui(ui: &mut Ui, state: &mut WindowState, commands: &mut Vec<Command>) {
    if item_ui(ui, "Open…", Some(&shortcuts::OPEN)) {
        commands.push(Command::Ask(Request::ChooseLayerFiles));
    }
    if item_ui(ui, "Paste as a layer", Some(&shortcuts::PASTE)) {
        // The clipboard's text arrives as an event of the next frame, like a paste from the keyboard.
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    }
    if item_ui(ui, "Add base map…", None) {
        commands.push(Command::Ask(Request::ChooseBasemapPack));
    }
    ui.separator();
    let mut ask = |request| commands.push(Command::Ask(Request::Project(request)));
    if item_ui(ui, "Open project…", None) {
        ask(ProjectRequest::ChooseToOpen);
    }
    if item_ui(ui, "Save project", Some(&shortcuts::SAVE)) {
        ask(ProjectRequest::Save);
    }
    if item_ui(ui, "Save as…", Some(&shortcuts::SAVE_AS)) {
        ask(ProjectRequest::ChooseWhereToSave);
    }
    if item_ui(ui, "Close project", None) {
        ask(ProjectRequest::Close);
    }
    if item_ui(ui, "About this project…", None) {
        state.open(OpenWindow::Project);
    }
    ui.separator();
    if item_ui(ui, "Quit", Some(&shortcuts::QUIT)) {
        commands.push(Command::Ask(Request::Project(ProjectRequest::Quit)));
    }
}

fn edit_menu_ui(ui: &mut Ui, session: &Session, state: &mut WindowState, commands: &mut Vec<Command>) {
    ui.add_enabled_ui(session.can_undo(), |ui| {
        if item_ui(ui, "Undo", Some(&shortcuts::UNDO)) {
            commands.push(Command::Undo);
        }
    });
    ui.add_enabled_ui(session.can_redo(), |ui| {
        if item_ui(ui, "Redo", Some(&shortcuts::REDO)) {
            commands.push(Command::Redo);
        }
    });
    ui.separator();
    if item_ui(ui, "Settings…", Some(&shortcuts::SETTINGS)) {
        state.open(OpenWindow::Settings);
    }
}

fn help_menu_ui(ui: &mut Ui, state: &mut WindowState) {
    if item_ui(ui, "Keyboard shortcuts", Some(&shortcuts::HELP)) {
        state.open(OpenWindow::Shortcuts);
    }
    if item_ui(ui, "Report a map issue…", None) {
        state.details.asked_link = Some(FIX_THE_MAP.to_owned());
    }
    ui.separator();
    if item_ui(ui, "About sitmap", None) {
        state.open(OpenWindow::About);
    }
}

/// Looks like a field where there is room for one; the typing is done in the box that it opens.
fn search_field_ui(ui: &mut Ui, state: &mut WindowState, commands: &mut Vec<Command>) {
    let tip = format!("Search ({})", ui.ctx().format_shortcut(&shortcuts::SEARCH));
    let clicked = if ui.available_width() < SEARCH_FIELD_ROOM {
        icon_button_ui(ui, Icon::Search, &tip).clicked()
    } else {
        let size = vec2(SEARCH_FIELD_WIDTH, ICON_BUTTON_SIZE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &tip));
        let tones = tones(ui);
        let visuals = ui.style().interact(&response);
        let edge = if response.has_focus() { focus_ring(ui) } else { Stroke::new(0.75, tones.edge) };
        ui.painter().rect(rect, visuals.corner_radius, tones.field, edge, StrokeKind::Inside);
        let icon = Rect::from_min_size(rect.min, vec2(ICON_BUTTON_SIZE, ICON_BUTTON_SIZE)).shrink(5.0);
        paint_icon(ui.painter(), icon, Icon::Search, tones.weak);
        let words = pos2(icon.right() + HALF_STEP, rect.center().y);
        ui.painter().text(words, Align2::LEFT_CENTER, "Search", body_font(), tones.weak);
        let keys = ui.ctx().format_shortcut(&shortcuts::SEARCH);
        let end = rect.right_center() - vec2(STEP, 0.0);
        ui.painter().text(end, Align2::RIGHT_CENTER, keys, caption_font(), tones.weak);
        response.on_hover_text("Places, events, layers, commands and coordinates").clicked()
    };
    if clicked {
        commands.extend(state.search.toggle());
    }
}

fn theme_toggle_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let (icon, words, choice) = match session.theme() {
        Theme::Light => (Icon::Moon, "Switch to the dark theme", ThemeChoice::Dark),
        Theme::Dark => (Icon::Sun, "Switch to the light theme", ThemeChoice::Light),
    };
    if icon_button_ui(ui, icon, words).clicked() {
        commands.push(Command::SetTheme(choice));
    }
}

fn panel_toggle_ui(
    ui: &mut Ui,
    session: &Session,
    state: &mut WindowState,
    panel: Panel,
    commands: &mut Vec<Command>,
) {
    let (icon, words) = match panel {
        Panel::Details => (Icon::RightPanel, "Details panel"),
        Panel::Layers | Panel::Legend => (Icon::LeftPanel, "Layers panel"),
        Panel::Timeline => (Icon::Clock, "Timeline"),
        Panel::Table => (Icon::Table, "Table"),
        Panel::FilterBar => (Icon::Funnel, "Filter of events"),
    };
    let open = state.is_panel_open(session, panel);
    if icon_toggle_ui(ui, icon, words, Some(open)).clicked() {
        commands.extend(state.set_panel_open(panel, !open));
    }
}
