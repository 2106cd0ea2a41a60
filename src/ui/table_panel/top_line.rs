//! The line over the table: which layer, how many of its rows, which columns; and what is said where there are no rows.
//!
//! Floor 6.

use std::time::Duration;

use eframe::egui::{self, Align, Key, Layout, Modifiers, Popup, PopupCloseBehavior, ScrollArea, Ui};

use super::TableScene;
use super::columns::head_of;
use super::row_menu::copy_rows;
use super::words;
use crate::session::{
    Command, FilterCommand, LayerContent, LayerEntry, LayerState, Panel, Session, SituationFilter,
    TableColumn, TableCommand, TimeCommand,
};
use crate::ui::bidi_text::{TextLook, button_text, paragraph_ui};
use crate::ui::format;
use crate::ui::icons::Icon;
use crate::ui::theme::STEP;
use crate::ui::widgets::icon_button_ui;

/// How often it is said how far a sorting is: without a graphics card a frame takes the time of the threads that sort.
const SORTING_TOLD_EVERY: Duration = Duration::from_millis(500);
const LAYER_LIST_WIDTH: f32 = 200.0;
const COLUMN_LIST_HEIGHT: f32 = 320.0;

/// The line; without a scene only what can be done without one.
pub fn top_line_ui(
    ui: &mut Ui,
    session: &Session,
    shown: Option<(&LayerEntry, &TableScene<'_>)>,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        layer_list_ui(ui, session, commands);
        if let Some((entry, scene)) = shown {
            let count = words::rows_shown(scene.rows.len(), scene.data.features.len());
            paragraph_ui(ui, &count, &TextLook::body(ui));
            order_ui(ui, scene, commands);
            if entry.filter.is_some() && ui.small_button("Show all").clicked() {
                commands.push(Command::SetFilter { layer: entry.id, filter: None });
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button_ui(ui, Icon::Close, "Hide the table").clicked() {
                commands.push(Command::SetPanelOpen { panel: Panel::Table, open: false });
            }
            if let Some((_, scene)) = shown {
                let columns = ui.button("Columns").on_hover_text("Which columns are shown");
                let popup = Popup::menu(&columns).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
                popup.show(|ui| columns_menu_ui(ui, scene, commands));
                let copy = icon_button_ui(ui, Icon::Copy, "Copy the rows of the table");
                if copy.clicked() {
                    copy_rows(scene, 0..scene.rows.len(), commands);
                }
            }
        });
    });
}

fn layer_list_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let shown = session.table_layer();
    let title =
        shown.and_then(|layer| session.catalogue().get(layer)).map_or("", |entry| entry.title.as_str());
    let list = egui::ComboBox::from_id_salt("layer of the table").width(LAYER_LIST_WIDTH).truncate();
    let list = list.selected_text(button_text(title)).show_ui(ui, |ui| {
        for entry in session.catalogue().top_down() {
            let label = ui.selectable_label(shown == Some(entry.id), button_text(&entry.title));
            if label.accessible_name(&entry.title).clicked() {
                commands.push(Command::ChooseLayer(Some(entry.id)));
            }
        }
    });
    list.response.accessible_name(format::of_layer("Layer of the table", title));
}

/// What the rows are sorted by, and how that goes.
fn order_ui(ui: &mut Ui, scene: &TableScene<'_>, commands: &mut Vec<Command>) {
    if scene.session.is_table_being_sorted() {
        let words = words::sorting(scene.session.table_sorting_fraction());
        paragraph_ui(ui, &words, &TextLook::weak(ui));
        let is_escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if ui.small_button("Stop").on_hover_text("Stop sorting (Escape)").clicked() || is_escaped {
            commands.push(Command::Table(TableCommand::StopSorting));
        }
        ui.ctx().request_repaint_after(SORTING_TOLD_EVERY);
    } else if let Some(why) = scene.session.table_order_failure() {
        paragraph_ui(ui, why, &TextLook::error(ui));
    } else if let Some(sort) = &scene.view.sort {
        let columns = sort.columns().map(|(column, direction)| (head_of(column, scene.mapping()), direction));
        let words = words::sorted_by(columns);
        paragraph_ui(ui, &words, &TextLook::caption(ui));
    }
}

/// All columns with a tick for each that is shown.
fn columns_menu_ui(ui: &mut Ui, scene: &TableScene<'_>, commands: &mut Vec<Command>) {
    if ui.button("Reset the columns").clicked() {
        commands.push(Command::Table(TableCommand::ResetColumns(scene.layer)));
        ui.close();
    }
    ui.separator();
    ScrollArea::vertical().max_height(COLUMN_LIST_HEIGHT).show(ui, |ui| {
        for view in scene.view.arranged(&scene.data.features, scene.mapping()) {
            if view.column == TableColumn::Title {
                continue;
            }
            let mut shown = !view.is_hidden;
            let name = head_of(&view.column, scene.mapping());
            let tick = ui.checkbox(&mut shown, button_text(name));
            if tick.accessible_name(format::of_layer("Show the column", name)).changed() {
                let (layer, column) = (scene.layer, view.column.clone());
                commands.push(Command::Table(TableCommand::SetColumnShown { layer, column, shown }));
            }
        }
    });
}

/// Why there are no rows, and the way to some.
pub fn nothing_ui(
    ui: &mut Ui,
    session: &Session,
    layer: Option<(&LayerEntry, &LayerContent)>,
    commands: &mut Vec<Command>,
) {
    ui.add_space(STEP);
    let weak = TextLook::weak(ui);
    let Some((entry, content)) = layer else {
        let words = "There is no layer on the map. Open a file, and its rows are listed here.";
        return drop(paragraph_ui(ui, words, &weak));
    };
    match &content.state {
        LayerState::Loading { progress, .. } => {
            let words = format::reading(progress.read_bytes(), progress.total_bytes());
            paragraph_ui(ui, &words, &weak);
        }
        LayerState::Failed { message } => drop(paragraph_ui(ui, message, &TextLook::error(ui))),
        LayerState::Ready { data, .. } if data.features.is_empty() => {
            paragraph_ui(ui, "This layer has no rows.", &weak);
        }
        LayerState::Ready { data, .. } => {
            paragraph_ui(ui, &words::all_rows_hidden(data.features.len()), &weak);
            ui.horizontal(|ui| ways_back_ui(ui, session, entry, content, commands));
        }
    }
}

/// What hides the rows can be taken away.
fn ways_back_ui(
    ui: &mut Ui,
    session: &Session,
    entry: &LayerEntry,
    content: &LayerContent,
    commands: &mut Vec<Command>,
) {
    if entry.filter.is_some() && ui.button("Take the layer's filter away").clicked() {
        commands.push(Command::SetFilter { layer: entry.id, filter: None });
    }
    if content.events().is_none() {
        return;
    }
    if !session.situation_filter().is_empty() && ui.button("Take the filter of events away").clicked() {
        commands.push(Command::Filter(FilterCommand::Set(SituationFilter::default())));
    }
    if session.timeline().window().is_some() && ui.button("Show any time").clicked() {
        commands.push(Command::Time(TimeCommand::SetWindow(None)));
    }
}
