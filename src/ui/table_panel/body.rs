//! The rows in sight: what is read in them, what is hovered and selected, what a click does.
//!
//! Floor 6. One node a row for screen readers: its title is the label, the other cells are the value.

use std::rc::Rc;

use eframe::egui::{self, Align2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::cells::{CellText, RowCells};
use super::columns::{CELL_MARGIN, PlacedColumn};
use super::row_menu::row_menu_ui;
use super::{Grid, TablePanelState, TableScene};
use crate::session::{Command, FeatureRef};
use crate::ui::bidi_text::{TextLook, paragraph_ui, plain, table_cell};
use crate::ui::shared_menu::context_menu_of;
use crate::ui::theme::{body_font, tones};
use crate::ui::widgets::tip_of_row;

/// Height of a row, points.
pub const ROW_HEIGHT: f32 = 22.0;
/// More of a long text than this is read in the details.
const TOOLTIP_LETTERS: usize = 1_200;

/// A row in sight.
struct RowInSight {
    place: usize,
    feature: FeatureRef,
    rect: Rect,
    cells: Rc<RowCells>,
}

/// All rows in sight in `rect`, the first of them at `state.at`.
pub fn rows_ui(
    ui: &mut Ui,
    rect: Rect,
    grid: &Grid<'_>,
    state: &mut TablePanelState,
    commands: &mut Vec<Command>,
) {
    let mut under_pointer = None;
    let rows: Vec<RowInSight> = rows_in_sight(rect, grid.scene, state).collect();
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    body.shrink_clip_rect(rect);
    for row in &rows {
        let response = row_ui(&mut body, row, grid, state);
        if response.contains_pointer() {
            under_pointer = Some(row.feature);
        }
        click_ui(&response, row, grid, state, commands);
    }
    body_lines(&body, rect, &grid.placed);
    if state.hovered != under_pointer {
        // Only what this table has hovered is let go.
        state.hovered = under_pointer;
        commands.push(Command::HoverFeature(under_pointer));
    }
}

fn rows_in_sight<'a>(
    rect: Rect,
    scene: &'a TableScene<'_>,
    state: &'a mut TablePanelState,
) -> impl Iterator<Item = RowInSight> + 'a {
    let first = state.at.floor() as usize;
    let last = (state.at + f64::from(rect.height() / ROW_HEIGHT)).ceil() as usize;
    (first..last.min(scene.rows.len())).filter_map(move |place| {
        let row = scene.rows.row(place)?;
        let top = rect.top() + ((place as f64 - state.at) * f64::from(ROW_HEIGHT)) as f32;
        Some(RowInSight {
            place,
            feature: FeatureRef { layer: scene.layer, row },
            rect: Rect::from_x_y_ranges(rect.x_range(), top..=top + ROW_HEIGHT),
            cells: state.cells.row(scene.session, &scene.data.features, row),
        })
    })
}

fn row_ui(ui: &mut Ui, row: &RowInSight, grid: &Grid<'_>, state: &TablePanelState) -> Response {
    let scene = grid.scene;
    let is_selected = scene.session.selection().current() == Some(row.feature);
    let is_marked = state.marked.as_ref().is_some_and(|marked| marked.contains(row.place));
    let is_hovered = scene.session.hovered() == Some(row.feature);
    // The table as a whole has the focus: rows are chosen by the arrows.
    let sense = Sense::click() - Sense::FOCUSABLE;
    let response = ui.interact(row.rect, ui.scope_id().with(("row", row.feature)), sense);
    response.widget_info(|| WidgetInfo {
        label: Some(plain(row.cells.first().map_or("", CellText::shown))),
        current_text_value: Some(words_of_row(scene, &row.cells)),
        selected: Some(is_selected),
        ..WidgetInfo::new(Role::Row)
    });
    let tones = tones(ui);
    let fill = match (is_selected || is_marked, is_hovered) {
        (true, _) => tones.chosen,
        (false, true) => tones.button[1],
        (false, false) => tones.panel,
    };
    ui.painter().rect_filled(row.rect, 0.0, fill);
    if is_selected {
        let mark = Rect::from_min_max(row.rect.min, egui::pos2(row.rect.left() + 3.0, row.rect.bottom()));
        ui.painter().rect_filled(mark, 0.0, tones.accent);
    }
    ui.painter().hline(
        row.rect.x_range(),
        row.rect.bottom(),
        Stroke::new(1.0, tones.line.gamma_multiply(0.6)),
    );
    let color = if is_selected || is_marked { tones.on_chosen } else { tones.text };
    let mut cut = None;
    for column in &grid.placed {
        let Some(cell) = row.cells.get(column.number) else { continue };
        let is_cut = paint_cell(ui, row.rect, column, cell, color);
        let pointer = response.hover_pos();
        if is_cut && pointer.is_some_and(|pointer| column.sight.contains(pointer.x)) {
            cut = Some(cell.shown());
        }
    }
    if let Some(text) = cut {
        tip_of_row(ui, &response, |ui| whole_text_ui(ui, text));
    }
    response
}

fn whole_text_ui(ui: &mut Ui, text: &str) {
    let end = text.char_indices().nth(TOOLTIP_LETTERS).map_or(text.len(), |(at, _)| at);
    paragraph_ui(ui, &text[..end], &TextLook::body(ui));
}

/// What a screen reader is told besides the title.
fn words_of_row(scene: &TableScene<'_>, cells: &RowCells) -> String {
    let named = scene.columns.iter().zip(cells).skip(1);
    let known = named.filter(|(_, cell)| **cell != CellText::Unknown);
    let words: Vec<String> =
        known.map(|(column, cell)| format!("{} {}", column.name, cell.shown())).collect();
    plain(&words.join(", "))
}

/// Whether the text does not fit.
fn paint_cell(ui: &Ui, row: Rect, column: &PlacedColumn<'_>, cell: &CellText, color: egui::Color32) -> bool {
    let color = if *cell == CellText::Unknown { tones(ui).weak } else { color };
    let x = column.x.min + CELL_MARGIN..=column.x.max - CELL_MARGIN;
    let room = Rect::from_x_y_ranges(x, row.y_range());
    let text = table_cell(ui, cell.shown(), &body_font(), color, room.width());
    // Numbers by their last digits, words from where they begin.
    let at_right = (column.column.is_number && !matches!(cell, CellText::Text(_))) || text.begins_at_right;
    let align = if at_right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let at = align.align_size_within_rect(text.galley.size(), room);
    let sight = Rect::from_x_y_ranges(column.sight, row.y_range()).intersect(ui.clip_rect());
    ui.painter().with_clip_rect(sight).galley(at.min, text.galley, color);
    text.is_cut
}

fn body_lines(ui: &Ui, rect: Rect, placed: &[PlacedColumn<'_>]) {
    let line = Stroke::new(1.0, tones(ui).line);
    // The title is set off: the others move behind it.
    for column in placed.iter().filter(|column| column.number == 0) {
        ui.painter().vline(column.x.max, rect.y_range(), line);
    }
}

/// A click selects, a second one shows the feature on the map, Shift marks rows up to this one.
fn click_ui(
    response: &Response,
    row: &RowInSight,
    grid: &Grid<'_>,
    state: &mut TablePanelState,
    commands: &mut Vec<Command>,
) {
    let scene = grid.scene;
    let clicked = response.clicked();
    if clicked || response.secondary_clicked() {
        state.wants_focus = true;
    }
    if clicked && response.ctx.input(|input| input.modifiers.shift) {
        let from = scene.selected_place().unwrap_or(row.place);
        state.mark(from, row.place);
    } else if response.double_clicked() {
        commands.push(Command::ShowFeature(row.feature));
    } else if clicked {
        state.select(row.feature, commands);
    }
    if response.secondary_clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let column = grid.placed.iter().find(|column| column.sight.contains(pointer.x));
        state.menu_column = column.map(|column| column.number);
    }
    context_menu_of("rows", response).show(|ui| {
        row_menu_ui(ui, scene, (row.place, row.feature.row, &row.cells), state, commands);
    });
}

/// The ring around all rows while they have the focus.
pub fn focus_ring(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, tones(ui).accent);
    ui.painter().rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
}
