//! The attribute table under the map: any layer's rows that are shown, with their values.
//!
//! Floor 6. Which rows there are, and in which order, is the session's; here is where the table stands and what is drawn.
//!
//! The table is ours. `egui_table` 0.11 and `TableBuilder` of `egui_extras` 0.37 lay all rows out in one area whose height is
//! an `f32` of points: places in it are rounded, to two points at the end of a million rows and to eight at the end of five.
//! Neither moves columns, walks through rows by keys, or orders Arabic. Columns that can be widened, what they would have
//! given, are the smaller part.

mod body;
mod cells;
mod column_menu;
mod columns;
mod head;
mod keys;
mod row_menu;
mod scroll;
mod state;
mod top_line;
mod words;

use std::cell::Cell;
use std::sync::Arc;

use eframe::egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use body::{ROW_HEIGHT, focus_ring, rows_ui};
use columns::{PlacedColumn, ShownColumn, placed_columns, shown_columns, sideways_reach, suiting_width};
use head::{HEAD_HEIGHT, heads_ui};
use keys::{KEPT, row_keys};
use scroll::{Axis, BAR_WIDTH, Reach, bar_ui};
pub use state::TablePanelState;
use top_line::{nothing_ui, top_line_ui};

use crate::index::{Filter, LayerData, OrderedRows, Predicate, Subject};
use crate::session::{Command, LayerContent, LayerEntry, LayerId, Session, TableColumn, TableView};
use crate::situation::EventMapping;
use crate::ui::theme::HALF_STEP;

/// The least height that it is drawn in: head and a few rows.
const LEAST_HEIGHT: f32 = 110.0;
/// The map keeps so much of the height that the two share, and no less than this in points.
const MAP_SHARE: f32 = 0.45;
const LEAST_MAP_HEIGHT: f32 = 120.0;
/// Rows whose cells say how wide a column is drawn at first.
const ROWS_MEASURED: usize = 12;

/// How high the panel can be where it shares `room` with the map, from the least to the most.
pub fn table_heights(room: f32) -> (f32, f32) {
    let most = (room * (1.0 - MAP_SHARE)).min(room - LEAST_MAP_HEIGHT).max(LEAST_HEIGHT / 2.0);
    (LEAST_HEIGHT.min(most), most)
}

/// What the parts of the table read.
struct TableScene<'a> {
    session: &'a Session,
    layer: LayerId,
    content: &'a LayerContent,
    data: &'a Arc<LayerData>,
    /// The layer's own.
    filter: Filter,
    view: TableView,
    /// The title first.
    columns: Vec<ShownColumn>,
    rows: &'a OrderedRows,
    /// Set by the menu of a column.
    wants_filter_of: Cell<Option<String>>,
}

impl TableScene<'_> {
    /// The layer's filter with another condition on one subject.
    fn filter_command(&self, subject: &Subject, predicate: Option<Predicate>) -> Command {
        Command::SetFilter { layer: self.layer, filter: Some(self.filter.with(subject, predicate)) }
    }

    /// What columns say of events.
    fn mapping(&self) -> Option<&EventMapping> {
        self.content.events().map(|events| events.mapping())
    }

    /// The place of the selected feature; `None` where it is not listed.
    fn selected_place(&self) -> Option<usize> {
        let selected = self.session.selection().current()?;
        (selected.layer == self.layer).then(|| self.rows.place(selected.row))?
    }
}

/// A table and its columns in sight.
struct Grid<'a> {
    scene: &'a TableScene<'a>,
    placed: Vec<PlacedColumn<'a>>,
}

/// The whole panel.
pub fn table_panel_ui(
    ui: &mut Ui,
    session: &Session,
    state: &mut TablePanelState,
    commands: &mut Vec<Command>,
) {
    let layer = session.table_layer();
    let listed = layer.and_then(|layer| session.catalogue().get(layer).zip(session.content(layer)));
    let Some((entry, content)) = listed else {
        top_line_ui(ui, session, None, commands);
        nothing_ui(ui, session, None, commands);
        return ui.take_available_space();
    };
    state.follow(entry.id, content.generation);
    let scene = scene_of(ui, session, (entry, content), state);
    top_line_ui(ui, session, scene.as_ref().map(|scene| (entry, scene)), commands);
    match scene {
        Some(scene) if !scene.rows.is_empty() => {
            grid_ui(ui, &scene, state, commands);
            if let Some(column) = scene.wants_filter_of.take() {
                state.wanted_filter = Some((scene.layer, column));
            }
        }
        _ => {
            state.let_go(commands);
            nothing_ui(ui, session, Some((entry, content)), commands);
        }
    }
    // With little in it the panel would shrink to that, and stay so.
    ui.take_available_space();
}

/// `None` while the layer is being read.
fn scene_of<'a>(
    ui: &Ui,
    session: &'a Session,
    (entry, content): (&'a LayerEntry, &'a LayerContent),
    state: &mut TablePanelState,
) -> Option<TableScene<'a>> {
    let (data, rows) = (content.data()?, session.table_rows()?);
    let view = session.table_view(entry.id);
    let mapping = content.events().map(|events| events.mapping());
    let views = view.arranged(&data.features, mapping);
    let all: Vec<TableColumn> =
        views.iter().filter(|view| !view.is_hidden).map(|view| view.column.clone()).collect();
    state.cells.follow(session, entry.id, &data.features, &all);
    measure_columns(ui, session, (data, rows, mapping), &all, state);
    let columns = shown_columns(ui, (&data.features, mapping), &views, state);
    let filter = entry.filter.as_deref().cloned().unwrap_or_default();
    let wants_filter_of = Cell::new(None);
    Some(TableScene { session, layer: entry.id, content, data, filter, view, columns, rows, wants_filter_of })
}

/// Looks for widths that suit the first rows, for columns that were not met before.
fn measure_columns(
    ui: &Ui,
    session: &Session,
    (data, rows, mapping): (&LayerData, &OrderedRows, Option<&EventMapping>),
    columns: &[TableColumn],
    state: &mut TablePanelState,
) {
    if rows.is_empty() || columns.iter().all(|column| state.usual_widths.contains_key(column)) {
        return;
    }
    let first = (0..rows.len().min(ROWS_MEASURED)).filter_map(|place| rows.row(place));
    let cells: Vec<_> = first.map(|row| state.cells.row(session, &data.features, row)).collect();
    for (number, column) in columns.iter().enumerate() {
        let of_column = cells.iter().filter_map(|cells| cells.get(number));
        let width = || suiting_width(ui, column, columns::head_of(column, mapping), of_column);
        state.usual_widths.entry(column.clone()).or_insert_with(width);
    }
}

/// Heads, rows and bars.
fn grid_ui(ui: &mut Ui, scene: &TableScene<'_>, state: &mut TablePanelState, commands: &mut Vec<Command>) {
    ui.add_space(HALF_STEP);
    let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let inside =
        Rect::from_min_size(rect.min, (rect.size() - vec2(BAR_WIDTH, BAR_WIDTH)).max(vec2(1.0, 1.0)));
    let (head, body) = inside.split_top_bottom_at_y((inside.top() + HEAD_HEIGHT).min(inside.bottom()));
    let downwards = Reach { page: f64::from(body.height() / ROW_HEIGHT), total: scene.rows.len() as f64 };
    let sideways = sideways_reach(&scene.columns, inside.width());

    let focus = ui.interact(body, ui.scope_id().with("rows"), Sense::click());
    focus.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Rows of the table"));
    if std::mem::take(&mut state.wants_focus) || focus.clicked() {
        focus.request_focus();
    }
    if focus.has_focus() {
        ui.memory_mut(|memory| memory.set_focus_lock_filter(focus.id, KEPT));
        row_keys(ui, scene, downwards.page.floor() as usize, state, commands);
    }
    follow_order_and_selection(scene, downwards, state);
    wheel(ui, inside, state);
    (state.at, state.left) = (downwards.clamp(state.at), sideways.clamp(state.left));

    let grid = Grid { scene, placed: placed_columns(&scene.columns, inside, state.left) };
    rows_ui(ui, body, &grid, state, commands);
    heads_ui(ui, head, &grid, state, commands);
    if focus.has_focus() {
        focus_ring(ui, body);
    }
    let right = Rect::from_min_max(body.right_top(), rect.right_bottom() - vec2(0.0, BAR_WIDTH));
    bar_ui(ui, right, Axis::Vertical, downwards, &mut state.at);
    let title = scene.columns.first().map_or(0.0, |title| title.width);
    let below =
        Rect::from_min_max(body.left_bottom() + vec2(title, 0.0), rect.right_bottom() - vec2(BAR_WIDTH, 0.0));
    bar_ui(ui, below, Axis::Horizontal, sideways, &mut state.left);
}

/// Brings what was selected elsewhere into sight, and after sorting what is selected, or the first row.
fn follow_order_and_selection(scene: &TableScene<'_>, reach: Reach, state: &mut TablePanelState) {
    let selected = scene.session.selection().current();
    let is_sorted_anew = state.sort != scene.view.sort && !scene.session.is_table_being_sorted();
    if is_sorted_anew {
        state.sort.clone_from(&scene.view.sort);
        (state.at, state.marked) = (0.0, None);
    }
    if is_sorted_anew || selected != state.selected {
        state.selected = selected;
        state.wanted_place = scene.selected_place().or(state.wanted_place);
    }
    if state.marked.is_some_and(|marked| marked.last() >= scene.rows.len()) {
        state.marked = None;
    }
    if let Some(place) = state.wanted_place.take() {
        state.at = reach.reveal(state.at, place as f64, place as f64 + 1.0);
    }
}

/// Takes the scroll, so that nothing else acts on it.
fn wheel(ui: &Ui, rect: Rect, state: &mut TablePanelState) {
    if !ui.rect_contains_pointer(rect) {
        return;
    }
    let scroll = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta));
    state.at -= f64::from(scroll.y / ROW_HEIGHT);
    state.left -= f64::from(scroll.x);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_is_never_squeezed_to_nothing() {
        for room in [200.0, 260.0, 400.0, 700.0, 1_400.0] {
            let (least, most) = table_heights(room);
            assert!(least <= most && room - most >= LEAST_MAP_HEIGHT.min(room * MAP_SHARE), "{room}");
        }
        assert!(table_heights(1_000.0).1 > crate::session::Settings::default().table_height);
    }
}
