//! The whole window around the map: bars, panels or drawers, and what floats over the map.
//!
//! Floor 6.

use eframe::egui::{self, Area, CentralPanel, Frame, Id, Margin, Order, Popup, Rect, Ui};

use super::copied_rows::warn_of_copied_rows;
use super::details_panel::details_panel_ui;
use super::file_drop::file_drop_ui;
use super::filter_bar::filter_bar_ui;
use super::layers_panel::layers_panel_ui;
use super::link_dialog::link_dialog_ui;
use super::nothing_shown::nothing_shown_ui;
use super::notices::notices_ui;
use super::online_note::online_note_ui;
use super::project_questions::project_question_ui;
use super::search_box::search_box_ui;
use super::shortcuts::{WindowKey, read_keys};
use super::status_bar::{Readings, status_bar_ui};
use super::table_panel::{table_heights, table_panel_ui};
use super::theme::{DRAWER_BELOW_WIDTH, LEFT_PANEL_WIDTH, RIGHT_PANEL_WIDTH, STEP, install_theme, tones};
use super::timeline::{TIMELINE_HEIGHT, timeline_ui};
use super::toolbar::toolbar_ui;
use super::window_state::{OpenWindow, WindowState};
use super::windows::windows_ui;
use crate::map_view::attribution_rect;
use crate::session::{Command, Panel, Session, TableCommand};

/// Of the width of the map, for the details over it.
const DETAILS_SHARE: f32 = 0.44;
/// Seconds that folding a panel takes.
const FOLD_SECONDS: f32 = 0.15;

/// Everything in the window. `map_ui` gets the room that is left.
pub fn window_ui(
    ui: &mut Ui,
    session: &Session,
    readings: &Readings<'_>,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
    map_ui: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    keep_style(ui, session, state);
    match read_keys(ui.ctx(), session, commands) {
        Some(WindowKey::Settings) => state.open(OpenWindow::Settings),
        Some(WindowKey::Help) => state.open(OpenWindow::Shortcuts),
        Some(WindowKey::Search) => commands.extend(state.search.toggle()),
        None => {}
    }
    if state.has_something_to_close() && escape_pressed(ui) {
        state.close_uppermost();
    } else if Popup::is_any_open(ui.ctx()) && escape_pressed(ui) {
        Popup::close_all(ui.ctx());
    }
    state.follow_new_map(ui.ctx(), session);
    state.follow_new_tables(session);
    state.set_narrow(ui.available_width() < DRAWER_BELOW_WIDTH);
    if let Some(command) = state.follow_selection(session) {
        commands.push(command);
        ui.ctx().request_repaint();
    }

    let bar = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 4));
    egui::Panel::top("toolbar").frame(bar).show(ui, |ui| toolbar_ui(ui, session, state, commands));
    let mut open = state.is_panel_open(session, Panel::FilterBar);
    egui::Panel::top("filter bar")
        .frame(bar)
        .show_collapsible(ui, &mut open, |ui| filter_bar_ui(ui, session, &mut state.filter_bar, commands));
    let bar = bar.inner_margin(Margin::symmetric(8, 1));
    egui::Panel::bottom("status bar").frame(bar).show(ui, |ui| status_bar_ui(ui, session, readings, state));
    let mut open = session.settings().timeline_open;
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(12, 6));
    let timeline = egui::Panel::bottom("timeline").frame(frame).exact_size(TIMELINE_HEIGHT).resizable(false);
    timeline.show_collapsible(ui, &mut open, |ui| timeline_ui(ui, session, &mut state.timeline, commands));
    table_ui(ui, session, state, commands);
    if !state.is_narrow() {
        side_panels_ui(ui, session, state, commands);
    }
    let map = CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
        let rect = ui.max_rect();
        map_ui(ui, commands);
        rect
    });
    over_the_map_ui(ui, map.inner, session, readings, state, commands);
    warn_of_copied_rows(ui, session, &mut state.told_of_terms, commands);
}

fn keep_style(ui: &Ui, session: &Session, state: &mut WindowState) {
    if state.needs_install(session) {
        install_theme(ui.ctx(), session.theme(), session.settings().interface_scale);
        let seconds = if session.settings().reduced_motion { 0.0 } else { FOLD_SECONDS };
        ui.ctx().all_styles_mut(|style| style.animation_time = seconds);
        ui.ctx().request_repaint();
    }
}

/// Taken before the map sees it: there it would clear the selection.
fn escape_pressed(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
}

/// The table between map and timeline; the map keeps its share of what room there is.
fn table_ui(ui: &mut Ui, session: &Session, state: &mut WindowState, commands: &mut Vec<Command>) {
    let mut open = session.settings().table_open;
    if !open {
        state.table.let_go(commands);
    }
    let (least, most) = table_heights(ui.available_height());
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(12, 6));
    let table =
        egui::Panel::bottom("table").frame(frame).default_size(session.settings().table_height.min(most));
    let table = table.size_range(least..=most).resizable(true).drag_to_open(false);
    let shown =
        table.show_collapsible(ui, &mut open, |ui| table_panel_ui(ui, session, &mut state.table, commands));
    let is_held = ui.input(|input| input.pointer.primary_down());
    let dragged = shown.and_then(|shown| state.table.dragged_height(shown.response.rect.height(), is_held));
    if let Some(height) = dragged {
        commands.push(Command::Table(TableCommand::SetHeight(height)));
    }
    if open != session.settings().table_open {
        commands.push(Command::SetPanelOpen { panel: Panel::Table, open });
    }
}

fn side_panels_ui(ui: &mut Ui, session: &Session, state: &mut WindowState, commands: &mut Vec<Command>) {
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(12, 8));
    let mut open = session.settings().layers_panel_open;
    let left = egui::Panel::left("layers").frame(frame).exact_size(LEFT_PANEL_WIDTH).resizable(false);
    left.show_collapsible(ui, &mut open, |ui| layers_panel_ui(ui, session, &mut state.layers, commands));
    let mut open = session.settings().details_panel_open;
    let right = egui::Panel::right("details").frame(frame).exact_size(RIGHT_PANEL_WIDTH).resizable(false);
    right.show_collapsible(ui, &mut open, |ui| details_panel_ui(ui, session, &mut state.details, commands));
}

/// What floats: drawers, notes, windows, dialogs.
fn over_the_map_ui(
    ui: &Ui,
    map: Rect,
    session: &Session,
    readings: &Readings<'_>,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
) {
    if state.is_narrow() {
        for panel in [Panel::Layers, Panel::Details] {
            if state.is_panel_open(session, panel) {
                drawer_ui(ui, map, panel, session, state, commands);
            }
        }
    }
    nothing_shown_ui(ui, map, session, commands);
    online_note_ui(ui, map, session, commands);
    notices_ui(ui, map, session, state, commands);
    windows_ui(ui, session, readings, state, commands);
    search_box_ui(ui, map, session, state, commands);
    link_dialog_ui(ui, &mut state.details.asked_link, commands);
    project_question_ui(ui, readings.project.question.as_ref(), &mut state.passphrase, commands);
    file_drop_ui(ui, commands);
}

/// A panel over the map, where there is no room beside it.
fn drawer_ui(
    ui: &Ui,
    map: Rect,
    panel: Panel,
    session: &Session,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
) {
    let width = match panel {
        Panel::Layers => LEFT_PANEL_WIDTH,
        // What was selected stands in the middle of the map and stays in sight.
        _ => RIGHT_PANEL_WIDTH.min((map.width() * DETAILS_SHARE).max(LEFT_PANEL_WIDTH)),
    };
    let width = width.min(map.width() - 4.0 * STEP);
    let left = if panel == Panel::Layers { map.left() } else { map.right() - width };
    // No panel hides who made the map.
    let credits =
        attribution_rect(ui.ctx()).filter(|credits| credits.right() > left && credits.left() < left + width);
    let bottom = credits.map_or(map.bottom(), |credits| credits.top().min(map.bottom()));
    let height = bottom - map.top();
    let mut asked = Vec::new();
    let area =
        Area::new(Id::unique(("drawer", panel == Panel::Layers))).order(Order::Middle).constrain(false);
    area.fixed_pos([left, map.top()]).show(ui.ctx(), |ui| {
        let frame = Frame::window(ui.style()).fill(tones(ui).panel).corner_radius(0.0);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            // In a window that is smaller than its furniture nothing is left.
            let room = egui::vec2(width - 26.0, height - 18.0).max(egui::Vec2::ZERO);
            ui.set_min_size(room);
            ui.set_max_size(room);
            match panel {
                Panel::Layers => layers_panel_ui(ui, session, &mut state.layers, &mut asked),
                _ => details_panel_ui(ui, session, &mut state.details, &mut asked),
            }
        });
    });
    // The panel's own button folds the drawer, not the panel of the wide window.
    for command in asked {
        match command {
            Command::SetPanelOpen { panel: which, open } => {
                commands.extend(state.set_panel_open(which, open));
            }
            other => commands.push(other),
        }
    }
}
