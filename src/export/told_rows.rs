//! Rows of layers as they are given out: as JSON, as comma-separated values, as GeoJSON.
//!
//! Floor 6.

use std::collections::HashSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::coarsening::{Coarsening, METHOD_COLUMNS};
use super::row_json::{CSV_COLUMNS, csv_cells, csv_head, event_json, geometry_json, properties_json, wkt};
use crate::session::LayerRows;
use crate::situation::{FeatureRow, GeometryKind};
use crate::text::plain;

/// What is told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventForm {
    /// Its fields, under the same names whatever table it is of.
    Fields,
    /// The columns of its own file.
    Columns,
}

/// Rows of a layer that are told.
pub struct ToldLayer {
    /// The layer.
    pub rows: LayerRows,
    /// Which of them.
    pub told: Vec<FeatureRow>,
}

/// Rows that are told, and how.
pub struct ToldRows {
    /// Layer by layer.
    pub layers: Vec<ToldLayer>,
    /// Of events.
    pub event_form: EventForm,
    /// Which of them coarsely.
    pub coarsening: Option<Coarsening>,
}

/// Why not all could be told.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// A row cannot be read any more; a sentence.
    #[error("{0}")]
    Unreadable(String),
    /// Nobody takes it.
    #[error(transparent)]
    Write(#[from] io::Error),
}

impl ToldRows {
    /// How many rows are told.
    pub fn count(&self) -> usize {
        self.layers.iter().map(|layer| layer.told.len()).sum()
    }

    /// How many of them are told coarsely.
    pub fn count_coarse(&self) -> usize {
        let Some(coarsening) = &self.coarsening else { return 0 };
        self.rows().filter(|(rows, row)| coarsening.is_coarse(rows.layer, *row)).count()
    }

    /// The rows as they are told, in the order of the layers and of their rows.
    pub fn records(&self) -> impl Iterator<Item = Result<Value, TellError>> + '_ {
        self.rows().map(|(rows, row)| self.record(rows, row))
    }

    fn rows(&self) -> impl Iterator<Item = (&LayerRows, FeatureRow)> + '_ {
        self.layers.iter().flat_map(|layer| layer.told.iter().map(|row| (&layer.rows, *row)))
    }

    /// The row as it is told: an event by its fields, anything else by its properties.
    fn record(&self, rows: &LayerRows, row: FeatureRow) -> Result<Value, TellError> {
        let details = rows.features().details(row).map_err(TellError::Unreadable)?;
        let event = rows.event(row, &details);
        let mut object = Map::new();
        object.insert("layer".to_owned(), json!(rows.name));
        object.insert("feature".to_owned(), json!(row + 1));
        match &event {
            Some(event) if self.event_form == EventForm::Fields => {
                object.insert("possible".to_owned(), json!(rows.is_possible(row)));
                object.extend(event_json(event));
            }
            _ => {
                object.insert("id".to_owned(), json!(details.id));
                object.insert("title".to_owned(), json!(plain(&rows.title_of(row, &details))));
                object.insert("properties".to_owned(), Value::Object(properties_json(&details)));
            }
        }
        if let Some(coarsening) = &self.coarsening {
            coarsening.make_coarse(&mut object, rows, row, event.as_deref());
        }
        Ok(Value::Object(object))
    }

    /// The geometry of a row as it is told; `None` where a point would stand for a district: it would pass for the place
    /// of the event in every other program.
    fn geometry(&self, rows: &LayerRows, row: FeatureRow) -> Option<Value> {
        if rows.has_no_honest_place(row) {
            return None;
        }
        let geometry = rows.features().geometry(row);
        Some(match &self.coarsening {
            Some(coarsening) => coarsening.geometry(rows.layer, row, geometry),
            None => geometry_json(geometry),
        })
    }

    /// A feature collection (RFC 7946). `go_on` is asked before each row; its error is the end.
    pub fn write_geojson(
        &self,
        out: &mut dyn Write,
        go_on: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<(), TellError> {
        out.write_all(br#"{"type":"FeatureCollection","features":["#)?;
        let mut between = "";
        for (rows, row) in self.rows() {
            go_on()?;
            let Value::Object(mut properties) = self.record(rows, row)? else { continue };
            // Its own id, and not a property that is called so.
            let id = properties.get("id").cloned();
            if let Some(Value::Object(own)) = properties.remove("properties") {
                properties = own;
            }
            let geometry = self.geometry(rows, row);
            out.write_all(between.as_bytes())?;
            let mut feature = json!({"type": "Feature", "geometry": geometry, "properties": properties});
            // The format knows no feature whose id is nothing.
            if let Some(id) = id.filter(|id| !id.is_null()) {
                feature["id"] = id;
            }
            serde_json::to_writer(&mut *out, &feature).map_err(io::Error::from)?;
            between = ",";
        }
        out.write_all(b"]")?;
        if let Some(coarsening) = &self.coarsening {
            write!(out, r#","coarsened":{}"#, coarsening.summary(self.count_coarse(), self.count()))?;
        }
        Ok(out.write_all(b"}\n")?)
    }

    /// Comma-separated values: under the fields of events, where a layer holds any and they are told by them, and the
    /// columns of the other layers, each name once. `go_on` as above.
    pub fn write_csv(
        &self,
        out: &mut dyn Write,
        go_on: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<(), TellError> {
        let mut writer = csv::Writer::from_writer(out);
        let columns = self.csv_columns();
        let place = self.csv_place();
        // A column of the file may be called so already.
        let free = |name: &&str| match columns.iter().any(|column| column == name) {
            true => format!("map_{name}"),
            false => (*name).to_owned(),
        };
        let place_names = place.iter().flat_map(CsvPlace::names).map(free);
        let head: Vec<String> = columns.iter().cloned().chain(place_names).collect();
        writer.write_record(csv_head(&head)).map_err(io::Error::from)?;
        for (rows, row) in self.rows() {
            go_on()?;
            let mut cells = csv_cells(&self.record(rows, row)?, &columns);
            if let Some(place) = place {
                cells.extend(place.cells(&self.geometry(rows, row).unwrap_or_default()));
            }
            writer.write_record(cells).map_err(io::Error::from)?;
        }
        Ok(writer.flush()?)
    }

    fn csv_columns(&self) -> Vec<String> {
        let by_fields = |layer: &&ToldLayer| layer.rows.are_events() && self.event_form == EventForm::Fields;
        let has_fields = self.layers.iter().any(|layer| by_fields(&layer));
        let of_events = CSV_COLUMNS.iter().filter(|_| has_fields).map(ToString::to_string);
        let others = self.layers.iter().filter(|layer| !by_fields(layer)).flat_map(|layer| {
            let columns = layer.rows.features().columns().iter().map(|column| column.name.clone());
            // Nothing stands in these any more.
            let emptied: HashSet<&str> = match self.is_placed_anew() && self.is_all_coarse() {
                true => layer.rows.columns_of_place().into_iter().collect(),
                false => HashSet::new(),
            };
            columns.filter(move |name| !emptied.contains(name.as_str()))
        });
        let mut columns: Vec<String> = Vec::new();
        let mut taken = HashSet::new();
        let methods = METHOD_COLUMNS.iter().filter(|_| self.coarsening.is_some());
        let all = of_events.chain(others).chain(methods.map(ToString::to_string));
        columns.extend(all.filter(|name| taken.insert(name.clone())));
        columns
    }

    fn is_all_coarse(&self) -> bool {
        self.count_coarse() == self.count()
    }

    /// Whether the columns of the file no longer say where the rows are.
    fn is_placed_anew(&self) -> bool {
        self.event_form == EventForm::Columns && self.coarsening.is_some()
    }

    /// How comma-separated values say where the rows are, beside their columns; `None` where these do, or the fields of
    /// events.
    fn csv_place(&self) -> Option<CsvPlace> {
        let by_fields = self.event_form == EventForm::Fields;
        let is_told = |layer: &ToldLayer| match by_fields {
            true => layer.rows.are_events() || self.coarsening.is_none(),
            false => layer.rows.is_placed_by_columns() && self.coarsening.is_none(),
        };
        if self.layers.iter().all(is_told) {
            return None;
        }
        let is_point = |(rows, row): (&LayerRows, FeatureRow)| {
            matches!(rows.features().geometry(row).kind, GeometryKind::Point | GeometryKind::None)
        };
        Some(if self.rows().all(is_point) { CsvPlace::Degrees } else { CsvPlace::WellKnownText })
    }
}

/// How comma-separated values say where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CsvPlace {
    Degrees,
    WellKnownText,
}

impl CsvPlace {
    fn names(&self) -> &'static [&'static str] {
        match self {
            Self::Degrees => &["longitude", "latitude"],
            Self::WellKnownText => &["wkt"],
        }
    }

    /// The cells of a geometry in GeoJSON; empty where there is none.
    fn cells(self, geometry: &Value) -> Vec<String> {
        match self {
            Self::Degrees => [0, 1].map(|axis| number_cell(&geometry["coordinates"][axis])).to_vec(),
            Self::WellKnownText => vec![wkt(geometry)],
        }
    }
}

fn number_cell(value: &Value) -> String {
    if value.is_number() { value.to_string() } else { String::new() }
}
