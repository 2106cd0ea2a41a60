//! A copy of a layer for others: which rows, as what, and how exactly they tell where.
//!
//! Floor 6.

use eframe::egui::{self, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::layer_of_window::read_layer_ui;
use super::theme::{HALF_STEP, STEP};
use super::widgets::small_heading_ui;
use crate::session::{Command, CopiedRows, CopyForm, CopyRequest, LayerCopy, LayerId, Request, Session};
use crate::situation::CoarseGrid;

/// Widths of cells that are offered, metres.
const CELLS_M: [u32; 5] = [1_000, 2_000, 5_000, 10_000, 25_000];

/// What was chosen last; it stays for the next copy.
#[derive(Debug)]
pub struct CopyWindowState {
    rows: CopiedRows,
    form: CopyForm,
    is_coarse: bool,
    cell_m: u32,
    coarse_rows: CopiedRows,
}

impl Default for CopyWindowState {
    fn default() -> Self {
        Self {
            rows: CopiedRows::default(),
            form: CopyForm::default(),
            is_coarse: false,
            cell_m: 5_000,
            coarse_rows: CopiedRows::All,
        }
    }
}

/// What the window holds. `progress`: rows written, of how many, while a copy is being written.
pub fn copy_ui(
    ui: &mut Ui,
    session: &Session,
    layer: LayerId,
    progress: Option<(usize, usize)>,
    state: &mut CopyWindowState,
    commands: &mut Vec<Command>,
) {
    let Some((entry, content, _)) = read_layer_ui(ui, session, layer) else { return };
    paragraph_ui(ui, &entry.title, &TextLook::strong(ui));
    if let Some(terms) = content.events().and_then(|events| events.mapping().terms()) {
        paragraph_ui(ui, &format::sentence(terms), &TextLook::warning(ui));
    }
    let count = |rows| session.copied_count(layer, rows);
    small_heading_ui(ui, "Rows");
    rows_ui(ui, &mut state.rows, "", count);
    small_heading_ui(ui, "Written as");
    ui.horizontal_wrapped(|ui| {
        for form in CopyForm::ALL {
            ui.radio_value(&mut state.form, form, form.label());
        }
    });
    small_heading_ui(ui, "Places");
    ui.radio_value(&mut state.is_coarse, false, "As they are");
    ui.horizontal_wrapped(|ui| {
        ui.radio_value(&mut state.is_coarse, true, "Coarse, by cells of");
        for cell_m in CELLS_M {
            let is_chosen = state.is_coarse && state.cell_m == cell_m;
            let chosen = ui.selectable_label(is_chosen, format::cell_width(cell_m));
            if chosen.clicked() {
                (state.is_coarse, state.cell_m) = (true, cell_m);
            }
        }
    });
    if state.is_coarse {
        coarse_ui(ui, state, count);
    }
    ui.add_space(STEP);
    let copy = LayerCopy {
        layer,
        rows: state.rows,
        form: state.form,
        coarse: CoarseGrid::of_cells(state.cell_m)
            .filter(|_| state.is_coarse)
            .map(|grid| (grid, state.coarse_rows)),
    };
    let mut ask = |request| commands.push(Command::Ask(Request::Copy(request)));
    ui.horizontal_wrapped(|ui| match progress {
        Some((told, rows)) => {
            ui.spinner();
            paragraph_ui(ui, &format::rows_written(told, rows), &TextLook::body(ui));
            if ui.button("Stop").clicked() {
                ask(CopyRequest::Stop);
            }
        }
        None => {
            let is_some = count(state.rows) > 0;
            if ui.add_enabled(is_some, egui::Button::new("Save a copy…")).clicked() {
                ask(CopyRequest::ChooseWhere(copy));
            }
            if !is_some {
                paragraph_ui(ui, "There are no such rows.", &TextLook::caption(ui));
            }
        }
    });
}

/// One button for each way to choose rows; a screen reader is told by `subject` which of two such lists it is in.
fn rows_ui(ui: &mut Ui, chosen: &mut CopiedRows, subject: &str, count: impl Fn(CopiedRows) -> usize) {
    for (rows, words) in [
        (CopiedRows::All, "All"),
        (CopiedRows::Shown, "Those that filters and time let through"),
        (CopiedRows::Selected, "The selected ones"),
    ] {
        let words = format::with_count(words, count(rows));
        let name = format!("{subject}{words}");
        ui.radio_value(chosen, rows, words).accessible_name(name);
    }
}

fn coarse_ui(ui: &mut Ui, state: &mut CopyWindowState, count: impl Fn(CopiedRows) -> usize) {
    let words = "The same place always lies in the same cell: copies of one size tell no more than one. Coordinates are left \
                 out, and texts with any as a whole. Names of places, plus codes and ids stay, but not the place and the \
                 title of an event: read the copy first.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    ui.add_space(HALF_STEP);
    paragraph_ui(ui, "Coarse are, of the rows above:", &TextLook::body(ui));
    ui.push_id("coarse rows", |ui| rows_ui(ui, &mut state.coarse_rows, "Coarse: ", count));
}
