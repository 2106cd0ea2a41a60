//! Which columns of a table say where its rows are, in the import window.
//!
//! Floor 6.

use eframe::egui::{self, Ui};

use super::bidi_text::{TextLook, button_text, paragraph_ui};
use super::format;
use super::import_window::choice_row_ui;
use crate::source::{PlaceColumns, TableInfo};

/// The ways in which a table may say where its rows are.
const WAYS: [(&str, Way); 6] = [
    ("Latitude and longitude", Way::LatLon),
    ("A position in one column", Way::Position),
    ("UTM: easting, northing, zone", Way::Utm),
    ("A geometry (WKT)", Way::Wkt),
    ("The name of a place", Way::Name),
    ("Nowhere", Way::None),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    LatLon,
    Position,
    Utm,
    Wkt,
    Name,
    None,
}

impl Way {
    fn of(places: &PlaceColumns) -> Self {
        match places {
            PlaceColumns::None => Self::None,
            PlaceColumns::LatLon { .. } => Self::LatLon,
            PlaceColumns::Position { .. } => Self::Position,
            PlaceColumns::Utm { .. } => Self::Utm,
            PlaceColumns::Wkt { .. } => Self::Wkt,
            PlaceColumns::Name { .. } => Self::Name,
        }
    }

    /// That way with columns to begin with.
    fn with(self, columns: &[String]) -> PlaceColumns {
        let column = |number: usize| columns.get(number).or(columns.last()).cloned().unwrap_or_default();
        match self {
            Self::None => PlaceColumns::None,
            Self::LatLon => PlaceColumns::LatLon { lat: column(0), lon: column(1) },
            Self::Position => PlaceColumns::Position { column: column(0) },
            Self::Utm => PlaceColumns::Utm { easting: column(0), northing: column(1), zone: column(2) },
            Self::Wkt => PlaceColumns::Wkt { column: column(0) },
            Self::Name => PlaceColumns::Name { column: column(0) },
        }
    }
}

/// The way and its columns; `chosen` is what the user says, `None` what was found.
pub(super) fn places_ui(ui: &mut Ui, chosen: &mut Option<PlaceColumns>, table: &TableInfo) {
    let mut places = chosen.clone().unwrap_or_else(|| table.places.clone());
    let before = places.clone();
    let words_of = |way: Way| WAYS.iter().find(|(_, known)| *known == way).map_or("", |(words, _)| words);
    let mut way = Way::of(&places);
    let selected = match chosen {
        Some(_) => words_of(way).to_owned(),
        None => format::as_found(words_of(way)),
    };
    choice_row_ui(ui, "Place", |ui| {
        let list = egui::ComboBox::from_id_salt("place").width(ui.available_width()).truncate();
        let list = list.selected_text(selected).show_ui(ui, |ui| {
            if ui.selectable_label(chosen.is_none(), "As found").clicked() {
                *chosen = None;
            }
            for (words, known) in WAYS {
                ui.selectable_value(&mut way, known, words);
            }
        });
        list.response.accessible_name("Place");
    });
    if way != Way::of(&places) {
        places = way.with(&table.columns);
    }
    columns_ui(ui, &mut places, &table.columns);
    if places != before {
        *chosen = Some(places);
    }
}

fn columns_ui(ui: &mut Ui, places: &mut PlaceColumns, columns: &[String]) {
    match places {
        PlaceColumns::None => {
            let words = "Without a place the rows are listed and not drawn. Choose what says where they are.";
            paragraph_ui(ui, words, &TextLook::weak(ui));
        }
        PlaceColumns::LatLon { lat, lon } => {
            column_ui(ui, "Latitude", lat, columns);
            column_ui(ui, "Longitude", lon, columns);
        }
        PlaceColumns::Position { column } => column_ui(ui, "Position", column, columns),
        PlaceColumns::Utm { easting, northing, zone } => {
            column_ui(ui, "Easting", easting, columns);
            column_ui(ui, "Northing", northing, columns);
            column_ui(ui, "Zone", zone, columns);
        }
        PlaceColumns::Wkt { column } => column_ui(ui, "Geometry", column, columns),
        PlaceColumns::Name { column } => column_ui(ui, "Name of the place", column, columns),
    }
}

fn column_ui(ui: &mut Ui, name: &str, column: &mut String, columns: &[String]) {
    choice_row_ui(ui, name, |ui| {
        let list = egui::ComboBox::from_id_salt(name).width(ui.available_width()).truncate();
        let list = list.selected_text(button_text(column)).show_ui(ui, |ui| {
            for known in columns {
                let label = ui.selectable_label(known == column, button_text(known));
                if label.accessible_name(known).clicked() {
                    column.clone_from(known);
                }
            }
        });
        list.response.accessible_name(format::of_layer(name, column));
    });
}
