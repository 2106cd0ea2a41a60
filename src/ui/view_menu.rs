//! The menu of views: zoom, remembered views, panels, theme, size.
//!
//! Floor 6.

use eframe::egui::Ui;

use super::bidi_text::button_text;
use super::format;
use super::icons::Icon;
use super::toolbar::item_ui;
use super::widgets::icon_button_ui;
use super::window_state::{OpenWindow, WindowState};
use crate::session::{Command, Panel, Session, Settings, ThemeChoice};

/// The menu's entries.
pub fn view_menu_ui(ui: &mut Ui, session: &Session, state: &mut WindowState, commands: &mut Vec<Command>) {
    let zoom = |steps| Command::ZoomAt { anchor: None, steps };
    for (words, command) in
        [("Opening view", Command::GoHome), ("Zoom in", zoom(1.0)), ("Zoom out", zoom(-1.0))]
    {
        if item_ui(ui, words, None) {
            commands.push(command);
        }
    }
    ui.menu_button("Saved views", |ui| saved_views_ui(ui, session, state, commands));
    ui.separator();
    for (panel, words) in [
        (Panel::Layers, "Layers panel"),
        (Panel::Details, "Details panel"),
        (Panel::Legend, "Legend"),
        (Panel::Timeline, "Timeline"),
        (Panel::Table, "Table"),
        (Panel::FilterBar, "Filter of events"),
    ] {
        let mut open = state.is_panel_open(session, panel);
        if ui.checkbox(&mut open, words).changed() {
            commands.extend(state.set_panel_open(panel, open));
        }
    }
    let mut all = session.settings().show_all_precision_circles;
    if ui.checkbox(&mut all, "Precision circles of all events").changed() {
        commands.push(Command::SetAllPrecisionCircles(all));
    }
    ui.separator();
    ui.menu_button("Theme", |ui| theme_choices_ui(ui, session, commands));
    ui.menu_button("Size of the interface", |ui| scale_choices_ui(ui, session, commands));
}

/// Light, dark or as the system.
pub fn theme_choices_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let choices =
        [(ThemeChoice::System, "As the system"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")];
    for (choice, words) in choices {
        if ui.radio(session.settings().theme_choice == choice, words).clicked() {
            commands.push(Command::SetTheme(choice));
        }
    }
}

/// The sizes that are offered.
pub fn scale_choices_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    for scale in Settings::INTERFACE_SCALES {
        let current = (session.settings().interface_scale - scale).abs() < 0.01;
        if ui.radio(current, format::percent(scale)).clicked() {
            commands.push(Command::SetInterfaceScale(scale));
        }
    }
}

fn saved_views_ui(ui: &mut Ui, session: &Session, state: &mut WindowState, commands: &mut Vec<Command>) {
    if item_ui(ui, "Save this view…", None) {
        state.open(OpenWindow::SaveView);
    }
    ui.separator();
    if session.views().is_empty() {
        ui.weak("No saved views");
    }
    for view in session.views() {
        ui.horizontal(|ui| {
            if icon_button_ui(ui, Icon::Close, &format::of_layer("Delete the view", &view.name)).clicked() {
                commands.push(Command::DeleteView(view.name.clone()));
            }
            if ui.button(button_text(&view.name)).accessible_name(&view.name).clicked() {
                commands.push(Command::GoToView(view.name.clone()));
            }
        });
    }
}
