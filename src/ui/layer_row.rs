//! One layer in the panel: its row, its menu, and what is folded out while it is chosen.
//!
//! Floor 6.

use std::time::Duration;

use eframe::egui::{self, Id, Sense, Ui, UiBuilder, vec2};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::format;
use super::icons::Icon;
use super::layers_panel::LayersPanelState;
use super::load_report_window::issue_count;
use super::shared_menu::menu_of;
use super::theme::{CORNER, HALF_STEP, STEP, caption_font, tones};
use super::widgets::{MOST_LETTERS, icon_button_ui};
use crate::map_view::swatch_ui;
use crate::session::{Command, FeatureRef, LayerContent, LayerEntry, LayerId, LayerState, Panel, Session};
use crate::symbology::{PointsAs, aggregate_swatch, usual_swatch};

/// Progress is shown only when it takes this long.
const SHOW_PROGRESS_AFTER: Duration = Duration::from_millis(300);
const SWATCH_POINTS: f32 = 20.0;
/// A longer list is for the table.
const MOST_UNLOCATED: usize = 100;
/// The height of that list, points.
const UNLOCATED_HEIGHT: f32 = 400.0;

/// A layer's title or group while it is being written.
#[derive(Debug)]
pub struct TitleEdit {
    layer: LayerId,
    subject: EditSubject,
    text: String,
    has_focus: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EditSubject {
    Title,
    Group,
}

/// The row of one layer; `place` counts from the top.
pub fn layer_row_ui(
    ui: &mut Ui,
    session: &Session,
    (place, entry): (usize, &LayerEntry),
    state: &mut LayersPanelState,
    commands: &mut Vec<Command>,
) {
    let chosen = session.chosen_layer() == Some(entry.id);
    let fill = if chosen { tones(ui).button[0] } else { egui::Color32::TRANSPARENT };
    let frame =
        egui::Frame::new().fill(fill).corner_radius(CORNER).inner_margin(egui::Margin::symmetric(2, 1));
    let id = Id::unique(("row of a layer", state.row_numbers.of(entry.id)));
    let row = ui.scope_builder(UiBuilder::new().scope_id(id), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            row_line_ui(ui, session, (place, entry), state, commands);
            if let Some(content) = session.content(entry.id) {
                content_state_ui(ui, entry, content, commands);
            }
            edit_ui(ui, entry, state, commands);
            if chosen {
                chosen_row_ui(ui, session, (place, entry), commands);
            }
        })
    });
    let response = row.response.interact(Sense::hover());
    if response.dnd_hover_payload::<LayerId>().is_some_and(|dragged| *dragged != entry.id) {
        let line = egui::Stroke::new(2.0, tones(ui).accent);
        ui.painter().hline(response.rect.x_range(), response.rect.top(), line);
    }
    if let Some(dragged) = response.dnd_release_payload::<LayerId>()
        && *dragged != entry.id
    {
        commands.push(Command::MoveLayer { layer: *dragged, to_place: place });
    }
}

fn row_line_ui(
    ui: &mut Ui,
    session: &Session,
    (place, entry): (usize, &LayerEntry),
    state: &mut LayersPanelState,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = HALF_STEP;
        let (icon, action) = if entry.visible { (Icon::Eye, "Hide") } else { (Icon::EyeClosed, "Show") };
        if icon_button_ui(ui, icon, &format::of_layer(action, &entry.title)).clicked() {
            commands.push(Command::SetLayerVisible { layer: entry.id, visible: !entry.visible });
        }
        swatch_cell_ui(ui, session, entry);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = HALF_STEP;
            let menu = icon_button_ui(ui, Icon::More, &format::of_layer("More for", &entry.title));
            menu_of("layers", &menu).show(|ui| layer_menu_ui(ui, session, (place, entry), state, commands));
            report_badge_ui(ui, session, entry, state);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                title_ui(ui, session, entry, commands);
            });
        });
    });
}

fn title_ui(ui: &mut Ui, session: &Session, entry: &LayerEntry, commands: &mut Vec<Command>) {
    let look = if entry.visible { TextLook::body(ui) } else { TextLook::weak(ui) };
    let title = line_ui(ui, &entry.title, &look, Sense::click_and_drag());
    title.dnd_set_drag_payload(entry.id);
    if title.clicked() {
        let chosen = session.chosen_layer() == Some(entry.id);
        commands.push(Command::ChooseLayer((!chosen).then_some(entry.id)));
    }
    if title.double_clicked() {
        commands.push(Command::ZoomToLayer(entry.id));
    }
}

fn swatch_cell_ui(ui: &mut Ui, session: &Session, entry: &LayerEntry) {
    /// A layer of millions is judged by its beginning: this runs in every frame.
    const ROWS_ASKED: usize = 256;
    let swatch = session.content(entry.id).and_then(|content| {
        let features = &content.data()?.features;
        let counted = aggregate_swatch(entry.points_as, &entry.look, session.theme());
        counted.filter(|_| content.has_points()).or_else(|| {
            let rows = 0..features.len().min(ROWS_ASKED);
            usual_swatch(features, &content.picture.as_ref()?.symbols, rows)
        })
    });
    match swatch {
        Some(symbol) => drop(swatch_ui(ui, &symbol, SWATCH_POINTS)),
        None => drop(ui.allocate_exact_size(vec2(SWATCH_POINTS, SWATCH_POINTS * 0.75), Sense::hover())),
    }
}

fn report_badge_ui(ui: &mut Ui, session: &Session, entry: &LayerEntry, state: &mut LayersPanelState) {
    let issues = session.content(entry.id).map_or(0, issue_count);
    if issues == 0 {
        return;
    }
    let words = format::issues(issues);
    let badge = egui::Button::new(egui::RichText::new(&words).font(caption_font())).min_size(vec2(0.0, 18.0));
    let badge = ui.add(badge).accessible_name(format!("{words} in {}", entry.title));
    if badge.on_hover_text("Show what was wrong in this file").clicked() {
        state.wanted_report = Some(entry.id);
    }
}

/// Progress while it is read, the reason where it failed.
fn content_state_ui(ui: &mut Ui, entry: &LayerEntry, content: &LayerContent, commands: &mut Vec<Command>) {
    match &content.state {
        LayerState::Ready { data, .. } => shown_ui(ui, entry, content, data.features.len(), commands),
        LayerState::Failed { message } => drop(paragraph_ui(ui, message, &TextLook::error(ui))),
        LayerState::Loading { progress, since } => {
            let waited = since.elapsed();
            if waited < SHOW_PROGRESS_AFTER {
                ui.ctx().request_repaint_after(SHOW_PROGRESS_AFTER - waited);
                return;
            }
            ui.ctx().request_repaint_after(Duration::from_millis(100));
            let bar = egui::ProgressBar::new(progress.fraction().unwrap_or(0.0)).desired_height(4.0);
            ui.add(bar).accessible_name(format::of_layer("Reading", &entry.title));
            ui.horizontal(|ui| {
                let words = format::reading(progress.read_bytes(), progress.total_bytes());
                paragraph_ui(ui, &words, &TextLook::caption(ui));
                if ui.small_button("Cancel").clicked() {
                    commands.push(Command::CancelLoading(entry.id));
                }
            });
        }
    }
}

/// How many features a filter lets through, and the way back to all.
fn shown_ui(
    ui: &mut Ui,
    entry: &LayerEntry,
    content: &LayerContent,
    features: usize,
    commands: &mut Vec<Command>,
) {
    if entry.filter.is_none() {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(STEP);
        let words = match content.shown() {
            Some(shown) => format::shown(shown.count, features),
            None if content.is_being_filtered() => "Filtering…".to_owned(),
            None => "The filter does not suit the layer".to_owned(),
        };
        paragraph_ui(ui, &words, &TextLook::caption(ui));
        let show_all = ui.small_button("Show all");
        if show_all.accessible_name(format::of_layer("Show all of", &entry.title)).clicked() {
            commands.push(Command::SetFilter { layer: entry.id, filter: None });
        }
    });
}

/// Opacity, order and zoom of the chosen layer.
fn chosen_row_ui(
    ui: &mut Ui,
    session: &Session,
    (place, entry): (usize, &LayerEntry),
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = HALF_STEP;
        ui.add_space(HALF_STEP);
        let mut opacity = entry.opacity;
        let slider = ui.scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width() - 3.0 * 28.0 - 42.0 - 2.0 * STEP;
            // The handle is as high as what can be touched: here a small one is enough.
            ui.spacing_mut().interact_size.y = 16.0;
            ui.add(egui::Slider::new(&mut opacity, 0.0..=1.0).show_value(false))
        });
        let slider = slider.inner.accessible_name(format::of_layer("Opacity of", &entry.title));
        if slider.on_hover_text("Opacity").changed() {
            commands.push(Command::SetLayerOpacity { layer: entry.id, opacity });
        }
        ui.add_space(HALF_STEP);
        ui.allocate_ui(vec2(38.0, 20.0), |ui| {
            paragraph_ui(ui, &format::percent(entry.opacity), &TextLook::caption(ui));
        });
        if icon_button_ui(ui, Icon::ZoomTo, &format::of_layer("Zoom to", &entry.title)).clicked() {
            commands.push(Command::ZoomToLayer(entry.id));
        }
        let last = session.catalogue().bottom_up().len().saturating_sub(1);
        ui.add_enabled_ui(place > 0, |ui| {
            if icon_button_ui(ui, Icon::Up, &format::of_layer("Move up", &entry.title)).clicked() {
                commands.push(Command::MoveLayer { layer: entry.id, to_place: place.saturating_sub(1) });
            }
        });
        ui.add_enabled_ui(place < last, |ui| {
            if icon_button_ui(ui, Icon::Down, &format::of_layer("Move down", &entry.title)).clicked() {
                commands.push(Command::MoveLayer { layer: entry.id, to_place: place + 1 });
            }
        });
    });
}

fn layer_menu_ui(
    ui: &mut Ui,
    session: &Session,
    (place, entry): (usize, &LayerEntry),
    state: &mut LayersPanelState,
    commands: &mut Vec<Command>,
) {
    let layer = entry.id;
    let mut item = |ui: &mut Ui, words: &str, command: Command| {
        if ui.button(words).clicked() {
            commands.push(command);
        }
    };
    item(ui, "Zoom to layer", Command::ZoomToLayer(layer));
    if place > 0 {
        item(ui, "Move to the top", Command::MoveLayer { layer, to_place: 0 });
        item(ui, "Move up", Command::MoveLayer { layer, to_place: place - 1 });
    }
    if place + 1 < session.catalogue().bottom_up().len() {
        item(ui, "Move down", Command::MoveLayer { layer, to_place: place + 1 });
    }
    ui.separator();
    let mut edit = |ui: &mut Ui, words: &str, subject, text: &str| {
        if ui.button(words).clicked() {
            state.edit = Some(TitleEdit { layer, subject, text: text.to_owned(), has_focus: false });
        }
    };
    edit(ui, "Rename…", EditSubject::Title, &entry.title);
    edit(ui, "Put into a group…", EditSubject::Group, entry.group.as_deref().unwrap_or_default());
    if entry.group.is_some() {
        item(ui, "Take out of its group", Command::SetLayerGroup { layer, group: None });
    }
    ui.separator();
    let report = session.content(layer).and_then(LayerContent::report);
    if report.is_some() && ui.button("Load report…").clicked() {
        state.wanted_report = Some(layer);
    }
    let is_table = report.is_some_and(|report| report.table.is_some());
    if is_table && ui.button("Import settings…").clicked() {
        state.wanted_import = Some(layer);
    }
    if ui.button("Open table").clicked() {
        commands.push(Command::ChooseLayer(Some(layer)));
        commands.push(Command::SetPanelOpen { panel: Panel::Table, open: true });
    }
    if session.content(layer).and_then(LayerContent::data).is_some() && ui.button("Filter…").clicked() {
        state.wanted_filter = Some(layer);
    }
    if session.content(layer).and_then(LayerContent::data).is_some() && ui.button("Events…").clicked() {
        state.wanted_events = Some(layer);
    }
    if session.content(layer).and_then(LayerContent::data).is_some() && ui.button("Save a copy…").clicked()
    {
        state.wanted_copy = Some(layer);
    }
    unlocated_menu_ui(ui, session, layer, commands);
    points_menu_ui(ui, session, entry, commands);
    if ui.button("Remove").clicked() {
        commands.push(Command::RemoveLayer(layer));
    }
}

/// How the points of the layer are drawn.
fn points_menu_ui(ui: &mut Ui, session: &Session, entry: &LayerEntry, commands: &mut Vec<Command>) {
    let has_points = session.content(entry.id).is_some_and(LayerContent::has_points);
    let menu = ui.add_enabled_ui(has_points, |ui| {
        ui.menu_button("Show points as", |ui| {
            for points_as in PointsAs::ALL {
                if ui.radio(entry.points_as == points_as, points_as.label()).clicked() {
                    commands.push(Command::SetLayerPoints { layer: entry.id, points_as });
                    ui.close();
                }
            }
        });
    });
    if !has_points {
        menu.response.on_hover_text("This layer has no points");
    }
}

/// The events that no place on the map would be honest for: they can be read all the same.
fn unlocated_menu_ui(ui: &mut Ui, session: &Session, layer: LayerId, commands: &mut Vec<Command>) {
    let Some(events) = session.content(layer).and_then(LayerContent::events) else { return };
    let count = events.unlocated().count();
    if count == 0 {
        return;
    }
    ui.menu_button(format::not_located(count), |ui| {
        egui::ScrollArea::vertical().max_height(UNLOCATED_HEIGHT).show(ui, |ui| {
            for row in events.unlocated().iter().take(MOST_UNLOCATED) {
                let feature = FeatureRef { layer, row };
                let title = session.title_of(feature);
                let words = super::bidi_text::button_text(&title);
                if ui.button(words).accessible_name(super::bidi_text::plain(&title)).clicked() {
                    commands.push(Command::SelectFeature(feature));
                }
            }
            if count > MOST_UNLOCATED {
                let words = format::first_listed(MOST_UNLOCATED);
                paragraph_ui(ui, &words, &TextLook::caption(ui));
            }
        });
    });
}

/// The field for a new title or group, under the row.
fn edit_ui(ui: &mut Ui, entry: &LayerEntry, state: &mut LayersPanelState, commands: &mut Vec<Command>) {
    let Some(edit) = state.edit.as_mut().filter(|edit| edit.layer == entry.id) else { return };
    let (name, hint) = match edit.subject {
        EditSubject::Title => ("New title", "Title"),
        EditSubject::Group => ("Group", "Group"),
    };
    let field = egui::TextEdit::singleline(&mut edit.text)
        .char_limit(MOST_LETTERS)
        .hint_text(hint)
        .desired_width(f32::INFINITY);
    let field = ui.add(field).accessible_name(name);
    if !edit.has_focus {
        field.request_focus();
        edit.has_focus = true;
    }
    if !field.lost_focus() {
        return;
    }
    if !ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        let (layer, text) = (edit.layer, edit.text.clone());
        commands.push(match edit.subject {
            EditSubject::Title => Command::RenameLayer { layer, title: text },
            EditSubject::Group => Command::SetLayerGroup { layer, group: Some(text) },
        });
    }
    state.edit = None;
}
