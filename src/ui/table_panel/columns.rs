//! Which columns of the table are in sight, and where.
//!
//! Floor 6. The title stays at the left; all others move sideways beside it.

use eframe::egui::{Rangef, Rect, Ui};

use super::TablePanelState;
use super::cells::CellText;
use super::scroll::Reach;
use crate::session::{ColumnView, TableColumn};
use crate::situation::{ColumnData, EventField, EventMapping, FeatureStore};
use crate::ui::bidi_text::text_width;
use crate::ui::theme::{body_font, small_heading_font};

/// Between the edge of a cell and its text, points.
pub const CELL_MARGIN: f32 = 6.0;
/// What a head needs beside its name: the arrow of the order with its number and the button of its menu.
pub const HEAD_TOOLS: f32 = 40.0;
/// Widths that nobody has set, points.
const NARROWEST: f32 = 56.0;
const WIDEST: f32 = 220.0;
const WIDEST_TITLE: f32 = 320.0;
/// Of the whole width, for the title: something else must be seen beside it.
const TITLE_SHARE: f32 = 0.5;

/// A column that is not hidden.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownColumn {
    /// Which.
    pub column: TableColumn,
    /// Its head: what it says of events, else its name in the file.
    pub name: String,
    /// Numbers stand at the right.
    pub is_number: bool,
    /// Whether it has times of day: those of the zone of the settings.
    pub has_hours: bool,
    /// Points.
    pub width: f32,
}

/// A column in sight.
#[derive(Debug, Clone, Copy)]
pub struct PlacedColumn<'a> {
    /// Which.
    pub column: &'a ShownColumn,
    /// Its place among the shown ones; the title's is 0.
    pub number: usize,
    /// From its left edge to its right one, points of the window.
    pub x: Rangef,
    /// The part of it that is in sight.
    pub sight: Rangef,
}

/// The columns that are shown, with the widths that the user has set or that suit the first rows; their cells are followed.
pub fn shown_columns(
    ui: &Ui,
    (features, mapping): (&FeatureStore, Option<&EventMapping>),
    views: &[ColumnView],
    state: &TablePanelState,
) -> Vec<ShownColumn> {
    let room = (ui.available_width() * TITLE_SHARE).max(NARROWEST);
    let shown = views.iter().filter(|view| !view.is_hidden).enumerate().map(|(place, view)| {
        let name = head_of(&view.column, mapping).to_owned();
        let width = view.width.unwrap_or_else(|| state.usual_width(&view.column));
        let is_title = view.column == TableColumn::Title;
        let is_number = match &view.column {
            TableColumn::Title => false,
            TableColumn::Of(name) => {
                matches!(features.column(name).map(|column| &column.data), Some(ColumnData::Number(_)))
            }
        };
        ShownColumn {
            column: view.column.clone(),
            name,
            is_number,
            has_hours: state.cells.has_hours(place),
            width: if is_title { width.min(room) } else { width },
        }
    });
    shown.collect()
}

/// What stands over a column: the field that it is the first to say of events, else its name in the file.
pub fn head_of<'a>(column: &'a TableColumn, mapping: Option<&EventMapping>) -> &'a str {
    let TableColumn::Of(name) = column else { return "Title" };
    // A title of its own stands in the column of titles, and whose the killed are takes several columns of numbers.
    let has_head = |field: EventField| !matches!(field, EventField::Title | EventField::KilledOf);
    let mut fields = mapping.into_iter().flat_map(|mapping| mapping.fields());
    let field = fields.find(|(field, columns)| has_head(*field) && columns.first() == Some(name));
    field.map_or(name, |(field, _)| field.label())
}

/// Its name in the file.
pub fn name_of(column: &TableColumn) -> &str {
    head_of(column, None)
}

/// A width for a column by its head and by some of its cells.
pub fn suiting_width<'a>(
    ui: &Ui,
    column: &TableColumn,
    name: &str,
    cells: impl Iterator<Item = &'a CellText>,
) -> f32 {
    let widest = if *column == TableColumn::Title { WIDEST_TITLE } else { WIDEST };
    let head = text_width(ui, name, &small_heading_font(), widest) + HEAD_TOOLS;
    let cells = cells.map(|cell| text_width(ui, cell.shown(), &body_font(), widest));
    (cells.fold(head, f32::max) + 2.0 * CELL_MARGIN).clamp(NARROWEST, widest).ceil()
}

/// How far the columns beside the title can be moved, points.
pub fn sideways_reach(columns: &[ShownColumn], room: f32) -> Reach {
    let mut widths = columns.iter().map(|column| column.width);
    let title = widths.next().unwrap_or(0.0);
    Reach { page: f64::from((room - title).max(0.0)), total: f64::from(widths.sum::<f32>()) }
}

/// The columns in sight in `rect` where those beside the title have been moved by `left` points.
pub fn placed_columns(columns: &[ShownColumn], rect: Rect, left: f64) -> Vec<PlacedColumn<'_>> {
    let mut placed = Vec::new();
    let mut at = rect.left();
    let mut edge = rect.left();
    for (number, column) in columns.iter().enumerate() {
        let x = Rangef::new(at, at + column.width);
        let sight = Rangef::new(x.min.max(edge), x.max.min(rect.right()));
        if sight.min < sight.max {
            placed.push(PlacedColumn { column, number, x, sight });
        }
        at = x.max;
        if number == 0 {
            (edge, at) = (x.max, x.max - left as f32);
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::pos2;

    fn column(name: &str, width: f32) -> ShownColumn {
        ShownColumn {
            column: TableColumn::Of(name.to_owned()),
            name: name.to_owned(),
            is_number: false,
            has_hours: false,
            width,
        }
    }

    #[test]
    fn the_title_stays_and_what_is_out_of_sight_is_left_out() {
        let columns = [column("title", 100.0), column("a", 80.0), column("b", 50.0), column("c", 90.0)];
        let rect = Rect::from_min_max(pos2(10.0, 0.0), pos2(210.0, 100.0));
        assert_eq!(sideways_reach(&columns, rect.width()), Reach { page: 100.0, total: 220.0 });
        let placed = |left: f64| -> Vec<(usize, Rangef, Rangef)> {
            let placed = placed_columns(&columns, rect, left);
            placed.iter().map(|placed| (placed.number, placed.x, placed.sight)).collect()
        };
        let title = (0, Rangef::new(10.0, 110.0), Rangef::new(10.0, 110.0));
        let a = (1, Rangef::new(110.0, 190.0), Rangef::new(110.0, 190.0));
        let b = (2, Rangef::new(190.0, 240.0), Rangef::new(190.0, 210.0));
        assert_eq!(placed(0.0), [title, a, b]);
        let b = (2, Rangef::new(70.0, 120.0), Rangef::new(110.0, 120.0));
        let c = (3, Rangef::new(120.0, 210.0), Rangef::new(120.0, 210.0));
        assert_eq!(placed(120.0), [title, b, c]);
    }
}
