//! How a table is read: its letters, delimiter, decimal sign, row of names and columns of places, with its first rows.
//!
//! Floor 6. Nothing is read here: what is chosen goes to the session, which reads the table again, and the map shows it.

use eframe::egui::{self, ScrollArea, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::import_places::places_ui;
use super::import_preview::{Preview, preview_ui};
use super::layer_of_window::listed_layer_ui;
use super::theme::STEP;
use super::widgets::{hairline_ui, small_heading_ui};
use crate::session::{Command, LayerContent, LayerId, LayerState, Session};
use crate::source::{DecimalSign, Delimiter, HeaderRow, TableFormat, TableSettings, TextEncoding};

/// Rows that may be chosen as the one with the names.
const HEADER_CHOICES: usize = 10;

/// Width of the names beside the lists, points.
const NAME_WIDTH: f32 = 104.0;

/// What the window remembers from frame to frame.
#[derive(Debug, Default)]
pub struct ImportWindowState {
    draft: Option<Draft>,
}

/// What has been chosen and not applied, for one reading of one layer.
#[derive(Debug)]
struct Draft {
    of: (LayerId, u64),
    settings: TableSettings,
    preview: Preview,
}

/// What the window holds. Answers whether the load report is wanted.
pub fn import_ui(
    ui: &mut Ui,
    session: &Session,
    layer: LayerId,
    state: &mut ImportWindowState,
    commands: &mut Vec<Command>,
) -> bool {
    let Some((entry, content)) = listed_layer_ui(ui, session, layer) else { return false };
    paragraph_ui(ui, &entry.title, &TextLook::strong(ui));
    match &content.state {
        LayerState::Failed { message } => drop(paragraph_ui(ui, message, &TextLook::error(ui))),
        LayerState::Loading { .. } => drop(paragraph_ui(ui, "Reading the table…", &TextLook::weak(ui))),
        LayerState::Ready { .. } => state.follow(layer, content, &entry.table),
    }
    let Some(draft) = state.draft.as_mut().filter(|draft| draft.of.0 == layer) else { return false };
    let Preview { rows, located, rejected, .. } = draft.preview;
    let summary = format::table_rows(rows, located, rejected);
    paragraph_ui(ui, &summary, &TextLook::body(ui));
    hairline_ui(ui);
    let (settings, table) = (&mut draft.settings, &draft.preview.table);
    ui.horizontal_top(|ui| {
        let half = ((ui.available_width() - 2.0 * STEP) / 2.0).max(0.0);
        ui.vertical(|ui| {
            ui.set_width(half);
            small_heading_ui(ui, "How it is written");
            format_ui(ui, settings, &table.format);
        });
        ui.add_space(STEP);
        ui.vertical(|ui| {
            ui.set_width(half);
            small_heading_ui(ui, "Where its rows are");
            places_ui(ui, &mut settings.places, table);
        });
    });
    small_heading_ui(ui, "First rows, as they are read now");
    preview_ui(ui, &draft.preview);
    hairline_ui(ui);
    buttons_ui(ui, (layer, &entry.table), &mut draft.settings, commands)
}

impl ImportWindowState {
    /// Takes over what was read; choices that were not applied are dropped with the reading that they were made for.
    fn follow(&mut self, layer: LayerId, content: &LayerContent, settings: &TableSettings) {
        let of = (layer, content.generation);
        if self.draft.as_ref().is_some_and(|draft| draft.of == of) {
            return;
        }
        self.draft = Preview::of(content).map(|preview| Draft { of, settings: settings.clone(), preview });
    }
}

fn buttons_ui(
    ui: &mut Ui,
    (layer, applied): (LayerId, &TableSettings),
    settings: &mut TableSettings,
    commands: &mut Vec<Command>,
) -> bool {
    let mut wants_report = false;
    ui.horizontal(|ui| {
        let is_changed = settings != applied;
        if ui.add_enabled(is_changed, egui::Button::new("Apply")).clicked() {
            commands.push(Command::SetTableSettings { layer, settings: settings.clone() });
        }
        let is_own = *settings != TableSettings::default();
        if ui.add_enabled(is_own, egui::Button::new("As found")).clicked() {
            *settings = TableSettings::default();
        }
        wants_report = ui.button("Load report…").clicked();
        if is_changed {
            paragraph_ui(ui, "Not applied yet", &TextLook::warning_caption(ui));
        }
    });
    wants_report
}

fn format_ui(ui: &mut Ui, settings: &mut TableSettings, found: &TableFormat) {
    let encodings = TextEncoding::ALL.map(|encoding| (encoding, encoding.label().to_owned()));
    choice_ui(ui, "Letters", &mut settings.encoding, found.encoding, &encodings);
    let delimiters = Delimiter::ALL.map(|delimiter| (delimiter, delimiter.label().to_owned()));
    choice_ui(ui, "Between fields", &mut settings.delimiter, found.delimiter, &delimiters);
    let signs = DecimalSign::ALL.map(|sign| (sign, sign.label().to_owned()));
    choice_ui(ui, "Decimals", &mut settings.decimal, found.decimal, &signs);
    let rows = (0..HEADER_CHOICES).map(HeaderRow::At).chain([HeaderRow::Absent]);
    let rows: Vec<_> = rows.map(|row| (row, format::header_row(row))).collect();
    choice_ui(ui, "Names", &mut settings.header, found.header, &rows);
}

/// A list with what was found and what may be said instead.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: &mut Option<T>,
    found: T,
    choices: &[(T, String)],
) {
    let words_of =
        |value: T| choices.iter().find(|(choice, _)| *choice == value).map(|(_, words)| words.as_str());
    let selected = match *chosen {
        Some(value) => words_of(value).unwrap_or_default().to_owned(),
        None => format::as_found(words_of(found).unwrap_or("another")),
    };
    choice_row_ui(ui, name, |ui| {
        let list = egui::ComboBox::from_id_salt(name).width(ui.available_width()).truncate();
        let list = list.selected_text(selected).show_ui(ui, |ui| {
            ui.selectable_value(chosen, None, "As found");
            for (value, words) in choices {
                ui.selectable_value(chosen, Some(*value), words.as_str());
            }
        });
        list.response.accessible_name(name);
    });
}

/// A name and the list beside it, on one line.
pub(super) fn choice_row_ui(ui: &mut Ui, name: &str, list_ui: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let size = egui::vec2(NAME_WIDTH, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(NAME_WIDTH);
            paragraph_ui(ui, name, &TextLook::caption(ui));
        });
        list_ui(ui);
    });
}

/// Scrolls what may be wider and higher than the window.
pub(super) fn scrolled_ui(ui: &mut Ui, height: f32, body_ui: impl FnOnce(&mut Ui)) {
    let area = ScrollArea::both().id_salt("first rows").max_height(height).min_scrolled_height(height);
    area.auto_shrink([false, true]).show(ui, body_ui);
}
