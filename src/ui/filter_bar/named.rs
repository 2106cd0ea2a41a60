//! Where events must lie, and filters under a name.
//!
//! Floor 6.

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::{self, PopupCloseBehavior, TextEdit, Ui};

use crate::coords::{LonLat, WorldPos, lon_lat_from_world};
use crate::session::{Command, FilterCommand, Session};
use crate::ui::bidi_text::button_text;
use crate::ui::format;
use crate::ui::icons::Icon;
use crate::ui::widgets::{MOST_LETTERS, icon_button_ui};

const NAME_WIDTH: f32 = 180.0;

/// The area that events must lie in: what is in view, what is drawn on the map, or what was measured around.
pub fn area_menu_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let has_area = session.situation_filter().area.is_some();
    let button = egui::Button::new(if has_area { "Area: drawn" } else { "Area" }).selected(has_area);
    MenuButton::from_button(button).ui(ui, |ui| {
        let set = |corners: &[LonLat]| {
            let filter = session.situation_filter().clone().in_area(corners);
            Command::Filter(FilterCommand::Set(filter))
        };
        if ui.button("What is in view").clicked() {
            commands.push(set(&corners_of_view(session)));
        }
        if ui.button("Draw on the map").clicked() {
            commands.push(Command::StartDrawingArea);
        }
        let measured = session.measured().filter(|line| line.len() >= 3);
        let tip = "Measure a line around it first: three points or more, from the map's menu";
        let inside = ui.add_enabled(measured.is_some(), egui::Button::new("Inside the measured line"));
        if inside.on_disabled_hover_text(tip).clicked() {
            commands.push(set(measured.unwrap_or_default()));
        }
        if ui.add_enabled(has_area, egui::Button::new("Anywhere")).clicked() {
            commands.push(set(&[]));
        }
    });
}

fn corners_of_view(session: &Session) -> [LonLat; 4] {
    let view = session.viewport().visible_world();
    let corner = |x: f64, y: f64| lon_lat_from_world(WorldPos::new(x, y));
    [
        corner(view.min.x, view.min.y),
        corner(view.max.x, view.min.y),
        corner(view.max.x, view.max.y),
        corner(view.min.x, view.max.y),
    ]
}

/// The kept filters, and a field to keep the present one.
pub fn named_menu_ui(ui: &mut Ui, session: &Session, name: &mut String, commands: &mut Vec<Command>) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new("Saved").config(config).ui(ui, |ui| {
        if session.named_filters().is_empty() {
            ui.weak("No saved filters");
        }
        for named in session.named_filters() {
            ui.horizontal(|ui| {
                let delete = format::of_layer("Delete the filter", &named.name);
                if icon_button_ui(ui, Icon::Close, &delete).clicked() {
                    commands.push(Command::Filter(FilterCommand::Delete(named.name.clone())));
                }
                if ui.button(button_text(&named.name)).accessible_name(&named.name).clicked() {
                    commands.push(Command::Filter(FilterCommand::Use(named.name.clone())));
                }
            });
        }
        ui.separator();
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(name)
                .char_limit(MOST_LETTERS)
                .hint_text("Name")
                .desired_width(NAME_WIDTH);
            ui.add(field).accessible_name("Name of the filter");
            let can_save = !name.trim().is_empty() && !session.situation_filter().is_empty();
            if ui
                .add_enabled(can_save, egui::Button::new("Save"))
                .accessible_name("Save the filter")
                .clicked()
            {
                commands.push(Command::Filter(FilterCommand::Save(std::mem::take(name))));
            }
        });
    });
}
