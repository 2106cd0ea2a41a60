//! The first rows of a table in the import window.
//!
//! Floor 6. Decoded once for each reading of the layer.

use eframe::egui::{self, Sense, Ui};

use super::bidi_text::{TextLook, line_ui};
use super::import_window::scrolled_ui;
use crate::session::LayerContent;
use crate::situation::GeometryKind;
use crate::source::{PlaceColumns, TableInfo};

const PREVIEW_ROWS: usize = 20;
const PREVIEW_HEIGHT: f32 = 220.0;
/// Cells are as wide as their texts, up to this.
const WIDEST_CELL: f32 = 180.0;
/// More columns than anybody looks through sideways.
const PREVIEW_COLUMNS: usize = 64;

/// What the window shows of a table that was read.
#[derive(Debug)]
pub(super) struct Preview {
    pub table: TableInfo,
    /// Rows that were kept.
    pub rows: usize,
    /// Those of them that are on the map.
    pub located: usize,
    pub rejected: usize,
    /// The texts of the first rows, each with one a column, or why a row cannot be shown.
    cells: Vec<Result<Vec<String>, String>>,
}

impl Preview {
    /// Of a layer that was read as a table.
    pub fn of(content: &LayerContent) -> Option<Self> {
        let (report, data) = (content.report()?, content.data()?);
        let features = &data.features;
        let located =
            (0..features.len()).filter(|&row| features.geometry(row).kind != GeometryKind::None).count();
        let texts = |row: usize| {
            let details = features.details(row)?;
            Ok(details.properties.iter().take(PREVIEW_COLUMNS).map(|(_, value)| value.to_display()).collect())
        };
        Some(Self {
            table: report.table.clone()?,
            rows: features.len(),
            located,
            rejected: report.rejected,
            cells: (0..features.len().min(PREVIEW_ROWS)).map(texts).collect(),
        })
    }
}

/// Names and first rows; the columns that say where are marked.
pub(super) fn preview_ui(ui: &mut Ui, preview: &Preview) {
    let places = columns_of(&preview.table.places);
    let (names, plain, marked) = (TextLook::caption(ui), TextLook::body(ui), TextLook::strong(ui));
    scrolled_ui(ui, PREVIEW_HEIGHT, |ui| {
        let grid = egui::Grid::new("first rows").striped(true).spacing([12.0, 2.0]);
        grid.show(ui, |ui| {
            for name in preview.table.columns.iter().take(PREVIEW_COLUMNS) {
                cell_ui(ui, name, if places.contains(&name.as_str()) { &marked } else { &names });
            }
            ui.end_row();
            for row in &preview.cells {
                match row {
                    Ok(texts) => texts.iter().for_each(|text| cell_ui(ui, text, &plain)),
                    Err(why) => cell_ui(ui, why, &TextLook::error(ui)),
                }
                ui.end_row();
            }
        });
    });
}

fn cell_ui(ui: &mut Ui, text: &str, look: &TextLook) {
    ui.scope(|ui| {
        ui.set_max_width(WIDEST_CELL);
        line_ui(ui, text, look, Sense::hover());
    });
}

fn columns_of(places: &PlaceColumns) -> Vec<&str> {
    match places {
        PlaceColumns::None => Vec::new(),
        PlaceColumns::LatLon { lat, lon } => vec![lat, lon],
        PlaceColumns::Utm { easting, northing, zone } => vec![easting, northing, zone],
        PlaceColumns::Position { column } | PlaceColumns::Wkt { column } | PlaceColumns::Name { column } => {
            vec![column]
        }
    }
}
