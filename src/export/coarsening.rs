//! Rows that tell their place only coarsely, and in no other form more exactly.
//!
//! Floor 6. What stands in titles and texts as words stays; what stands there as a position does not.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value, json};

use super::row_json::geometry_json;
use super::withheld::{Secret, WITHHELD};
use crate::coords::LonLat;
use crate::session::{FeatureRef, LayerId, LayerRows};
use crate::situation::{
    CoarseGrid, Event, EventField, FeatureRow, GeometryRef, PartKind, PartRef, PrecisionClass,
};
use crate::symbology::thousands;

/// The members that a coarse row has besides.
pub const METHOD_COLUMNS: [&str; 2] = ["location_method", "location_radius_m"];

/// What stands there of a row that has no position of its own: its place, if it names one, is left out.
const NO_CELL: &str = "place withheld";

/// The rows that are told coarsely.
#[derive(Debug)]
pub struct Coarsening {
    /// The grid.
    pub grid: CoarseGrid,
    rows: HashSet<FeatureRef>,
    withheld: AtomicUsize,
}

impl Coarsening {
    /// These rows are told by the cells of the grid.
    pub fn new(grid: CoarseGrid, rows: HashSet<FeatureRef>) -> Self {
        Self { grid, rows, withheld: AtomicUsize::new(0) }
    }

    /// How many texts and numbers were left out for telling a place in the rows that were told so far; `None` for none.
    pub fn withheld_words(&self) -> Option<String> {
        match self.withheld.load(Ordering::Relaxed) {
            0 => None,
            1 => Some("1 text or number that tells a place was left out".to_owned()),
            count => {
                Some(format!("{} texts or numbers that tell a place were left out", thousands(count as u64)))
            }
        }
    }

    /// Whether a row is told coarsely.
    pub fn is_coarse(&self, layer: LayerId, row: FeatureRow) -> bool {
        self.rows.contains(&FeatureRef { layer, row })
    }

    /// What a collection says of it in which so many rows are coarse, of so many that are told.
    pub fn summary(&self, coarse: usize, told: usize) -> Value {
        json!({
            "rows": coarse,
            "of": told,
            "method": self.grid.method(),
            "cell_m": self.grid.cell_m(),
            "grid": "bands of equal latitude from the south pole, each cut from 180° W into equal cells, none narrower \
                     than cell_m",
            "program": crate::session::PROGRAM,
        })
    }

    /// The place of a row of these is told by its cell; `told` is the row as it would be told otherwise.
    pub fn make_coarse(
        &self,
        told: &mut Map<String, Value>,
        rows: &LayerRows,
        row: FeatureRow,
        event: Option<&Event>,
    ) {
        if !self.is_coarse(rows.layer, row) {
            return;
        }
        let geometry = rows.features().geometry(row);
        let secret = Secret::of(self.grid, geometry, rows);
        // A title beside the properties of its row is that of one of them.
        let has_properties = told.contains_key("properties");
        let mut withheld = 0;
        for (name, value) in told.iter_mut() {
            match name.as_str() {
                "id" | "layer" | "feature" => {}
                "title" if has_properties => drop(secret.withhold(name, value)),
                _ => withheld += secret.withhold(name, value),
            }
        }
        let radius = geometry
            .vertices()
            .iter()
            .map(|&[lon_deg, lat_deg]| self.grid.cell_of(LonLat { lon_deg, lat_deg }).radius_m);
        let radius_m =
            radius.max().map(|cell_m| cell_m + event.and_then(|event| event.place.radius_m).unwrap_or(0));
        let members = match told.get_mut("properties") {
            Some(Value::Object(properties)) => {
                if let Some(event) = event {
                    let titles = [EventField::Title, EventField::TitleAr];
                    let titles = titles.into_iter().flat_map(|field| rows.columns_of(field));
                    withheld += withhold_names(properties, titles, event);
                }
                properties
            }
            _ => {
                if let Some(event) = event {
                    withheld += self.tell_event(told, event, radius_m);
                }
                told
            }
        };
        let method = radius_m.map_or_else(|| NO_CELL.to_owned(), |_| self.grid.method());
        members.insert(METHOD_COLUMNS[0].to_owned(), json!(method));
        members.insert(METHOD_COLUMNS[1].to_owned(), json!(radius_m));
        self.withheld.fetch_add(withheld, Ordering::Relaxed);
    }

    /// The fields of an event that tell where; `radius_m`: how far from the middle it may have been, where there is one. How
    /// many titles were left out.
    fn tell_event(&self, told: &mut Map<String, Value>, event: &Event, radius_m: Option<u32>) -> usize {
        let place = &event.place;
        let middle = place.point().map(|at| self.grid.cell_of(at).middle);
        told.insert("lon".to_owned(), json!(middle.map(|at| at.lon_deg)));
        told.insert("lat".to_owned(), json!(middle.map(|at| at.lat_deg)));
        let wide_enough =
            |class: &&PrecisionClass| class.radius_m().is_none_or(|of_class| Some(of_class) >= radius_m);
        // Without a position no cell makes it less precise than it was.
        let is_finer = radius_m.is_some() && place.precision.radius_m().is_some();
        let class = PrecisionClass::ALL.iter().find(wide_enough).filter(|_| is_finer).copied();
        told.insert("precision".to_owned(), json!(class.unwrap_or(place.precision).as_str()));
        for field in ["place", "place_ar"] {
            told.insert(field.to_owned(), Value::Null);
        }
        withhold_names(told, ["title", "title_ar"].into_iter(), event)
    }

    /// The geometry of a row as it may be told.
    pub fn geometry(&self, layer: LayerId, row: FeatureRow, geometry: GeometryRef<'_>) -> Value {
        if self.is_coarse(layer, row) {
            coarse_geometry(self.grid, geometry)
        } else {
            geometry_json(geometry)
        }
    }
}

/// Titles that name the place of their event are not told. How many those were.
fn withhold_names<'a>(
    told: &mut Map<String, Value>,
    titles: impl Iterator<Item = &'a str>,
    event: &Event,
) -> usize {
    let place = &event.place;
    let names = [Some(&place.name_en), place.name_ar.as_ref(), Some(&place.as_written)];
    let names: Vec<String> =
        names.into_iter().flatten().chain(&place.aliases).map(|name| name.to_lowercase()).collect();
    let mut count = 0;
    for field in titles {
        let title = told.get(field).and_then(Value::as_str).filter(|title| *title != WITHHELD);
        let title = title.unwrap_or_default().to_lowercase();
        if names.iter().any(|name| !name.trim().is_empty() && title.contains(name.trim())) {
            told.insert(field.to_owned(), json!(WITHHELD));
            count += 1;
        }
    }
    count
}

/// Each vertex in the middle of its cell; what has no length or no area left is a point.
fn coarse_geometry(grid: CoarseGrid, geometry: GeometryRef<'_>) -> Value {
    let mut parts: Vec<(&str, Value)> = Vec::new();
    let mut met = HashSet::new();
    for part in geometry.parts() {
        let told = coarse_part(grid, part);
        if met.insert(told.1.to_string()) {
            parts.push(told);
        }
    }
    let geometry_of = |(kind, coordinates): (&str, Value)| json!({"type": kind, "coordinates": coordinates});
    match parts.len() {
        0 => Value::Null,
        1 => geometry_of(parts.remove(0)),
        _ if parts.iter().all(|(kind, _)| *kind == parts[0].0) => {
            let kind = format!("Multi{}", parts[0].0);
            let coordinates: Vec<Value> = parts.into_iter().map(|(_, coordinates)| coordinates).collect();
            geometry_of((&kind, Value::Array(coordinates)))
        }
        _ => {
            let geometries: Vec<Value> = parts.into_iter().map(geometry_of).collect();
            json!({"type": "GeometryCollection", "geometries": geometries})
        }
    }
}

fn coarse_part(grid: CoarseGrid, part: PartRef<'_>) -> (&'static str, Value) {
    let line = || grid.coarse_line(part.vertices());
    let point = || ("Point", json!(line().first()));
    match part.kind {
        PartKind::Point => point(),
        PartKind::Line => {
            Some(line()).filter(|line| line.len() > 1).map_or_else(point, |line| ("LineString", json!(line)))
        }
        PartKind::Polygon => {
            let mut rings = part.rings().map(|ring| grid.coarse_ring(ring));
            match rings.next().flatten() {
                None => point(),
                Some(outer) => (
                    "Polygon",
                    std::iter::once(outer).chain(rings.flatten()).map(|ring| json!(ring)).collect(),
                ),
            }
        }
    }
}
