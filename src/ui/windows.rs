//! The frame of the windows over the map, and which of them is open.
//!
//! Floor 6.

use eframe::egui::{self, Align2, Frame, Id, Margin, Rect, ScrollArea, Ui, Window, WindowDrag};

use super::about_window::about_ui;
use super::copy_window::copy_ui;
use super::events_window::events_ui;
use super::filter_window::filter_ui;
use super::import_window::import_ui;
use super::load_report_window::load_report_ui;
use super::project_window::project_ui;
use super::settings_window::settings_ui;
use super::shortcuts_window::shortcuts_ui;
use super::status_bar::Readings;
use super::widgets::{MOST_LETTERS, entered_in_only_field};
use super::window_state::{OpenWindow, WindowState};
use crate::session::{Command, Session};

/// Frames in which a window finds its size.
const SIZING_FRAMES: u8 = 2;
/// For the title above, and air below.
const TITLE_ROOM: f32 = 96.0;
const BOTTOM_ROOM: f32 = 32.0;
const LEAST_HEIGHT: f32 = 120.0;

/// The open window, if one is.
pub fn windows_ui(
    ui: &Ui,
    session: &Session,
    readings: &Readings<'_>,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
) {
    if let Some(layer) = state.layers.wanted_report.take() {
        state.open(OpenWindow::LoadReport(layer));
    }
    if let Some(layer) = state.layers.wanted_filter.take() {
        state.open(OpenWindow::Filter(layer));
    }
    if let Some((layer, column)) = state.table.wanted_filter.take() {
        state.filter.wanted_column = Some(column);
        state.open(OpenWindow::Filter(layer));
    }
    if let Some(layer) = state.layers.wanted_events.take() {
        state.open(OpenWindow::Events(layer));
    }
    if let Some(layer) = state.layers.wanted_copy.take() {
        state.open(OpenWindow::Copy(layer));
    }
    if let Some(layer) = state.layers.wanted_import.take() {
        state.open(OpenWindow::Import(layer));
    }
    let Some(which) = state.open_window else { return };
    let (title, width) = title_and_width(which);
    let mut open = true;
    let screen = ui.ctx().content_rect();
    let window = Window::new(title).open(&mut open).collapsible(false).auto_sized();
    let id = Id::unique(title);
    let (window, is_placed) = placed(window.id(id), id, which, ui.ctx(), state.placing);
    window.title_frame(Frame::window(ui.style()).inner_margin(Margin::symmetric(16, 6))).show(
        ui.ctx(),
        |ui| {
            ui.set_width(width.min(screen.width() - 64.0).max(0.0));
            // What does not fit below is scrolled: the window itself stays where it is.
            let top = if is_placed { ui.cursor().top() } else { screen.top() + TITLE_ROOM };
            let room = (screen.bottom() - BOTTOM_ROOM - top).max(LEAST_HEIGHT);
            let content = ScrollArea::vertical().id_salt("content").max_height(room);
            content
                .auto_shrink([false, true])
                .show(ui, |ui| content_ui(ui, session, readings, which, state, commands));
        },
    );
    if !open && state.open_window == Some(which) {
        state.open_window = None;
    }
    state.placing = state.open_window.map(|open| match state.placing {
        Some((of, frames)) if of == open => (open, frames.saturating_add(1)),
        _ => (open, 0),
    });
}

/// Width in points.
fn title_and_width(which: OpenWindow) -> (&'static str, f32) {
    match which {
        OpenWindow::Settings => ("Settings", 400.0),
        OpenWindow::Shortcuts => ("Keyboard shortcuts", 480.0),
        OpenWindow::About => ("About sitmap", 480.0),
        OpenWindow::LoadReport(_) => ("Load report", 520.0),
        OpenWindow::Filter(_) => ("Filter", 560.0),
        OpenWindow::Events(_) => ("Events", 460.0),
        OpenWindow::Import(_) => ("Import a table", 720.0),
        OpenWindow::Copy(_) => ("Save a copy", 520.0),
        OpenWindow::Project => ("Project", 560.0),
        OpenWindow::SaveView => ("Save this view", 320.0),
    }
}

/// Where an open window was in the last frame.
pub fn window_rect(ctx: &egui::Context, which: OpenWindow) -> Option<Rect> {
    ctx.memory(|memory| memory.area_rect(Id::unique(title_and_width(which).0)))
}

/// In the middle of the screen until its size is known; from then on its upper left corner stays while its content
/// grows and shrinks. Whether it has come so far.
fn placed<'a>(
    window: Window<'a>,
    id: Id,
    which: OpenWindow,
    ctx: &egui::Context,
    placing: Option<(OpenWindow, u8)>,
) -> (Window<'a>, bool) {
    let frames = placing.filter(|(of, _)| *of == which).map_or(0, |(_, frames)| frames);
    // A window that is dragged by its title alone takes no position but its first.
    let window = if frames <= SIZING_FRAMES { window.drag_area(WindowDrag::Anywhere) } else { window };
    if frames < SIZING_FRAMES {
        ctx.request_repaint();
        let middle = ctx.content_rect().center();
        return (window.pivot(Align2::CENTER_CENTER).current_pos(middle), false);
    }
    let corner = egui::AreaState::load(ctx, id).filter(|_| frames == SIZING_FRAMES);
    let window = window.pivot(Align2::LEFT_TOP);
    (
        match corner {
            Some(area) => window.current_pos(area.left_top_pos()),
            None => window,
        },
        true,
    )
}

fn content_ui(
    ui: &mut Ui,
    session: &Session,
    readings: &Readings<'_>,
    which: OpenWindow,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
) {
    match which {
        OpenWindow::Settings => settings_ui(ui, session, readings, commands),
        OpenWindow::Shortcuts => shortcuts_ui(ui),
        OpenWindow::About => about_ui(ui, &state.credits, &mut state.details.asked_link),
        OpenWindow::LoadReport(layer) => load_report_ui(ui, session, layer, commands),
        OpenWindow::Filter(layer) => filter_ui(ui, session, layer, &mut state.filter, commands),
        OpenWindow::Events(layer) => events_ui(ui, session, layer, &mut state.events, commands),
        OpenWindow::Import(layer) => {
            if import_ui(ui, session, layer, &mut state.import, commands) {
                state.layers.wanted_report = Some(layer);
            }
        }
        OpenWindow::Copy(layer) => copy_ui(ui, session, layer, readings.copying, &mut state.copy, commands),
        OpenWindow::Project => project_ui(ui, session, &readings.project, &mut state.project, commands),
        OpenWindow::SaveView => save_view_ui(ui, state, commands),
    }
}

fn save_view_ui(ui: &mut Ui, state: &mut WindowState, commands: &mut Vec<Command>) {
    let field = egui::TextEdit::singleline(&mut state.view_name)
        .char_limit(MOST_LETTERS)
        .hint_text("Name")
        .desired_width(f32::INFINITY);
    let field = ui.add(field).accessible_name("Name of the view");
    let entered = entered_in_only_field(ui, &field);
    let named = !state.view_name.trim().is_empty();
    let clicked = ui.add_enabled(named, egui::Button::new("Save view")).clicked();
    if named && (clicked || entered) {
        commands.push(Command::SaveView(std::mem::take(&mut state.view_name)));
        state.open_window = None;
    }
}
