//! Which features of a layer are shown: its columns, and what the values of one of them must be.
//!
//! Floor 6.

use eframe::egui::{self, ScrollArea, Sense, Ui};

use super::bidi_text::{TextLook, button_text, line_ui, paragraph_ui};
use super::filter_editor::{ColumnEditor, column_editor_ui};
use super::format;
use super::layer_of_window::read_layer_ui;
use super::theme::STEP;
use super::widgets::hairline_ui;
use crate::index::{Condition, Expression, Filter, Subject};
use crate::session::{Command, LayerContent, LayerEntry, LayerId, Session};
use crate::situation::FeatureStore;

const COLUMN_LIST_WIDTH: f32 = 190.0;
const LISTS_HEIGHT: f32 = 300.0;

/// What the window remembers from frame to frame.
#[derive(Debug, Default)]
pub struct FilterWindowState {
    /// The chosen column of a layer, of one reading.
    editor: Option<(LayerId, u64, ColumnEditor)>,
    /// A column that was chosen elsewhere.
    pub wanted_column: Option<String>,
}

/// What the window holds.
pub fn filter_ui(
    ui: &mut Ui,
    session: &Session,
    layer: LayerId,
    state: &mut FilterWindowState,
    commands: &mut Vec<Command>,
) {
    let Some((entry, content, data)) = read_layer_ui(ui, session, layer) else { return };
    paragraph_ui(ui, &entry.title, &TextLook::strong(ui));
    count_ui(ui, entry, content, data.features.len(), commands);
    hairline_ui(ui);
    let filter = entry.filter.as_deref().cloned().unwrap_or_default();
    let known =
        state.editor.as_ref().filter(|(of, generation, _)| (*of, *generation) == (layer, content.generation));
    let chosen = known.map(|(.., editor)| editor.column().to_owned());
    ui.horizontal_top(|ui| {
        let clicked = columns_ui(ui, &data.features, &filter, chosen.as_deref());
        if let Some(column) = clicked.or(state.wanted_column.take()) {
            let zone = &session.settings().time_zone;
            state.editor = ColumnEditor::of(&data.features, &column, &filter, zone)
                .map(|editor| (layer, content.generation, editor));
        }
        ui.add_space(STEP);
        ui.vertical(|ui| {
            ui.set_min_height(LISTS_HEIGHT);
            match state.editor.as_mut().filter(|(of, ..)| *of == layer) {
                None => drop(paragraph_ui(ui, "Choose a column.", &TextLook::weak(ui))),
                Some((.., editor)) => {
                    editor.follow(&filter);
                    let predicate = column_editor_ui(ui, (session, layer), editor, LISTS_HEIGHT, commands);
                    if let Some(predicate) = predicate {
                        let filter = Some(filter.with(editor.subject(), predicate));
                        commands.push(Command::SetFilter { layer, filter });
                    }
                }
            }
        });
    });
    conditions_ui(ui, layer, &filter, commands);
}

/// How many are shown now, and the way back to all.
fn count_ui(
    ui: &mut Ui,
    entry: &LayerEntry,
    content: &LayerContent,
    features: usize,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let count = content.shown().map_or(features, |shown| shown.count);
        paragraph_ui(ui, &format::shown(count, features), &TextLook::body(ui));
        if content.is_being_filtered() {
            paragraph_ui(ui, "Filtering…", &TextLook::weak(ui));
        }
        if ui.add_enabled(entry.filter.is_some(), egui::Button::new("Show all")).clicked() {
            commands.push(Command::SetFilter { layer: entry.id, filter: None });
        }
    });
    if let Some(why) = content.filter_failure() {
        paragraph_ui(ui, why, &TextLook::error(ui));
    }
}

/// The names of all columns; the one that was clicked.
fn columns_ui(ui: &mut Ui, features: &FeatureStore, filter: &Filter, chosen: Option<&str>) -> Option<String> {
    let mut clicked = None;
    let size = egui::vec2(COLUMN_LIST_WIDTH, LISTS_HEIGHT);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        let list = ScrollArea::vertical().id_salt("columns").auto_shrink(false).max_height(LISTS_HEIGHT);
        let height = ui.spacing().interact_size.y;
        list.show_rows(ui, height, features.columns().len(), |ui, rows| {
            for column in &features.columns()[rows] {
                let subject = Subject::Column(column.name.clone());
                let marked = if filter.on(&subject).is_some() { "• " } else { "" };
                let words = format!("{marked}{}", button_text(&column.name));
                let label = ui.selectable_label(chosen == Some(&column.name), words);
                if label.accessible_name(format::of_layer("Column", &column.name)).clicked() {
                    clicked = Some(column.name.clone());
                }
            }
        });
    });
    clicked
}

/// All parts as they would be written on the command line, each with a way to take it out.
fn conditions_ui(ui: &mut Ui, layer: LayerId, filter: &Filter, commands: &mut Vec<Command>) {
    if filter.is_empty() {
        return;
    }
    hairline_ui(ui);
    for (place, part) in filter.parts.iter().enumerate() {
        ui.horizontal(|ui| {
            let about = match part {
                Expression::Where(Condition { subject: Subject::Column(name), .. }) => name.clone(),
                Expression::Where(condition) => condition.subject.to_string(),
                part => part.to_string(),
            };
            let button = ui.small_button("Remove");
            if button.accessible_name(format::of_layer("Remove the condition on", &about)).clicked() {
                let mut filter = filter.clone();
                filter.parts.remove(place);
                commands.push(Command::SetFilter { layer, filter: Some(filter) });
            }
            line_ui(ui, &part.to_string(), &TextLook::body(ui), Sense::hover());
        });
    }
}
