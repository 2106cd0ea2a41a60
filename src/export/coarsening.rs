//! Rows that tell their place only coarsely, and in no other form more exactly.
//!
//! Floor 6. What stands in titles and texts as words stays; what stands there as a position does not.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::row_json::geometry_json;
use crate::coords::{LonLat, degrees_of, distance_m, position_of};
use crate::session::{FeatureRef, LayerId, LayerRows};
use crate::situation::{
    CoarseGrid, Event, EventField, FeatureRow, GeometryRef, PartKind, PartRef, PrecisionClass,
};
use crate::source::is_name_of_position;

/// What stands in place of a text that tells a position.
const WITHHELD: &str = "(withheld: it tells the place)";
/// Metres of a degree.
const METRES_OF_DEGREE: f64 = 111_195.0;
/// A position is written in so many words at most: `35 ° 51 ' 40 " N , 36 …`
const MOST_WORDS: usize = 10;
/// And in so many bytes.
const LONGEST_POSITION: usize = 80;
/// The members that a coarse row has besides.
pub const METHOD_COLUMNS: [&str; 2] = ["location_method", "location_radius_m"];

/// The rows that are told coarsely.
#[derive(Debug)]
pub struct Coarsening {
    /// The grid.
    pub grid: CoarseGrid,
    /// Which rows.
    pub rows: HashSet<FeatureRef>,
}

impl Coarsening {
    /// What a collection of so many rows says of it.
    pub fn summary(&self, told: usize) -> Value {
        json!({
            "rows": self.rows.len(),
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
        if !self.rows.contains(&FeatureRef { layer: rows.layer, row }) {
            return;
        }
        let geometry = rows.features().geometry(row);
        let secret = Secret::of(self.grid, geometry, rows);
        let members =
            told.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "id" | "layer" | "feature"));
        members.for_each(|(name, value)| secret.withhold(name, value));
        let radius = geometry
            .vertices()
            .iter()
            .map(|&[lon_deg, lat_deg]| self.grid.cell_of(LonLat { lon_deg, lat_deg }).radius_m);
        let cell_radius_m = radius.max();
        let radius_m = event.and_then(|event| event.place.radius_m).unwrap_or(0) + cell_radius_m.unwrap_or(0);
        let members = match told.get_mut("properties") {
            Some(Value::Object(properties)) => {
                if let Some(event) = event {
                    let titles = [EventField::Title, EventField::TitleAr];
                    let titles = titles.into_iter().flat_map(|field| rows.columns_of(field));
                    withhold_names(properties, titles, event);
                }
                properties
            }
            _ => {
                if let Some(event) = event.filter(|_| cell_radius_m.is_some()) {
                    self.tell_event(told, event, radius_m);
                }
                told
            }
        };
        if cell_radius_m.is_some() {
            members.insert(METHOD_COLUMNS[0].to_owned(), json!(self.grid.method()));
            members.insert(METHOD_COLUMNS[1].to_owned(), json!(radius_m));
        }
    }

    /// The fields of an event that tell where; `radius_m`: how far from the middle it may have been.
    fn tell_event(&self, told: &mut Map<String, Value>, event: &Event, radius_m: u32) {
        let place = &event.place;
        let middle = place.point().map(|at| self.grid.cell_of(at).middle);
        told.insert("lon".to_owned(), json!(middle.map(|at| at.lon_deg)));
        told.insert("lat".to_owned(), json!(middle.map(|at| at.lat_deg)));
        let wide_enough =
            |class: &&PrecisionClass| class.radius_m().is_none_or(|of_class| of_class >= radius_m);
        let is_finer = place.precision.radius_m().is_some();
        let class = PrecisionClass::ALL.iter().find(wide_enough).filter(|_| is_finer).copied();
        told.insert("precision".to_owned(), json!(class.unwrap_or(place.precision).as_str()));
        for field in ["place", "place_ar"] {
            told.insert(field.to_owned(), Value::Null);
        }
        withhold_names(told, ["title", "title_ar"].into_iter(), event);
    }

    /// The geometry of a row as it may be told.
    pub fn geometry(&self, layer: LayerId, row: FeatureRow, geometry: GeometryRef<'_>) -> Value {
        if self.rows.contains(&FeatureRef { layer, row }) {
            coarse_geometry(self.grid, geometry)
        } else {
            geometry_json(geometry)
        }
    }
}

/// Titles that name the place of their event are not told.
fn withhold_names<'a>(told: &mut Map<String, Value>, titles: impl Iterator<Item = &'a str>, event: &Event) {
    let place = &event.place;
    let names = [Some(&place.name_en), place.name_ar.as_ref(), Some(&place.as_written)];
    let names: Vec<String> =
        names.into_iter().flatten().chain(&place.aliases).map(|name| name.to_lowercase()).collect();
    for field in titles {
        let title = told.get(field).and_then(Value::as_str).unwrap_or_default().to_lowercase();
        if names.iter().any(|name| !name.trim().is_empty() && title.contains(name.trim())) {
            told.insert(field.to_owned(), json!(WITHHELD));
        }
    }
}

/// Each vertex in the middle of its cell; what has no length or no area left is a point.
fn coarse_geometry(grid: CoarseGrid, geometry: GeometryRef<'_>) -> Value {
    let mut parts: Vec<(&str, Value)> = Vec::new();
    for part in geometry.parts() {
        let told = coarse_part(grid, part);
        if !parts.contains(&told) {
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

/// What may not be told in any form.
struct Secret {
    grid: CoarseGrid,
    /// Middles of the cells that the feature is in, each once: a long line has many more vertices.
    cells: Vec<[f64; 2]>,
    /// Columns that the place was read from.
    columns: Vec<String>,
}

impl Secret {
    fn of(grid: CoarseGrid, geometry: GeometryRef<'_>, rows: &LayerRows) -> Self {
        let columns = rows.columns_of_place().into_iter().map(str::to_owned).collect();
        let mut cells = grid.coarse_line(geometry.vertices());
        cells.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        cells.dedup();
        Self { grid, cells, columns }
    }

    fn withhold(&self, name: &str, value: &mut Value) {
        if self.columns.iter().any(|column| column == name) || is_name_of_position(name) {
            *value = Value::Null;
            return;
        }
        match value {
            Value::Object(members) => members.iter_mut().for_each(|(name, value)| self.withhold(name, value)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.withhold("", item)),
            Value::Number(number) => {
                // A whole number is a count before it is a degree.
                let degrees = number.as_f64().filter(|degrees| degrees.fract() != 0.0);
                if degrees.is_some_and(|degrees| self.is_told_by(degrees)) {
                    *value = Value::Null;
                }
            }
            Value::String(text) if self.is_told_in(text) => *value = json!(WITHHELD),
            _ => {}
        }
    }

    /// Whether a number is so near a latitude or a longitude of its cells that it may tell more than these.
    fn is_told_by(&self, degrees: f64) -> bool {
        let height = f64::from(self.grid.cell_m()) / METRES_OF_DEGREE;
        self.cells.iter().any(|[lon, lat]| {
            let width = height / lat.to_radians().cos().max(0.01);
            (degrees - lat).abs() <= height || (degrees - lon).abs() <= width
        })
    }

    fn is_told_in(&self, text: &str) -> bool {
        let text = with_plain_digits(text);
        // A comma stands between two numbers, or before decimals.
        if [text.as_str(), &text.replace(',', ".")]
            .into_iter()
            .flat_map(decimals_in)
            .any(|number| self.is_told_by(number))
        {
            return true;
        }
        let words = words_of(&text);
        let mut stretches = words.iter().enumerate().flat_map(|(at, first)| {
            let ends = words[at..].iter().take(MOST_WORDS);
            ends.map(|last| {
                text[first.start..last.end].trim_matches(['(', ')', '[', ']', ',', ';', '.', '"'])
            })
        });
        stretches.any(|stretch| self.is_written(stretch))
    }

    /// Whether it is, in any notation, a position nearby, or one half of it.
    fn is_written(&self, part: &str) -> bool {
        if part.len() > LONGEST_POSITION || !part.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let near_m = 2.0 * f64::from(self.grid.cell_m());
        let is_near = |at: LonLat| {
            self.cells.iter().any(|&[lon_deg, lat_deg]| distance_m(at, LonLat { lon_deg, lat_deg }) <= near_m)
        };
        let says_degrees = part.contains(['°', 'º', '\'', '′', '’']);
        position_of(part).is_some_and(is_near)
            || (says_degrees && degrees_of(part).is_some_and(|degrees| self.is_told_by(degrees)))
    }
}

/// Digits of the Arabic script as those that everything is read from.
fn with_plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        '٫' => '.',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The numbers with decimals that stand in a text.
fn decimals_in(text: &str) -> impl Iterator<Item = f64> + '_ {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
    let read =
        numbers.filter_map(|number| number.trim_end_matches(['.', '-']).trim_start_matches('.').parse().ok());
    read.filter(|number: &f64| number.fract() != 0.0)
}

/// Where the words of a text are.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let pieces = text.split_inclusive(char::is_whitespace).map(|piece| {
        let word = start..start + piece.trim_end().len();
        start += piece.len();
        word
    });
    pieces.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(cell_m: u32) -> Secret {
        let grid = CoarseGrid::of_cells(cell_m).unwrap();
        let cells = grid.coarse_line(&[[36.8034, 35.8612]]);
        Secret { grid, cells, columns: vec!["where".to_owned()] }
    }

    fn told(name: &str, value: Value) -> Value {
        let mut value = value;
        secret(5_000).withhold(name, &mut value);
        value
    }

    #[test]
    fn a_position_is_withheld_in_whatever_notation_it_is_written() {
        for text in [
            "hit at 35.8612, 36.8034 at noon",
            "https://maps.example/?q=35.8612,36.8034&z=12",
            "POINT (36.8034 35.8612)",
            "seen near 35°51'40\"N 36°48'12\"E, twice",
            "at ٣٥٫٨٦١٢ north",
            "lat=35.861",
            "35,8612 / 36,8034",
        ] {
            assert_eq!(told("note", json!(text)), json!(WITHHELD), "{text}");
        }
        let mgrs =
            crate::coords::Notation::Mgrs.write(LonLat { lon_deg: 36.8034, lat_deg: 35.8612 }).unwrap();
        let text = format!("grid {mgrs}, by night");
        assert_eq!(told("note", json!(text)), json!(WITHHELD), "{text}");
    }

    #[test]
    fn numbers_of_other_things_and_words_stay() {
        for value in [
            json!("killed 12, injured 36, on 2018-09-08"),
            json!(36),
            json!(12.5),
            json!(true),
            json!("Saraqib"),
        ] {
            assert_eq!(told("note", value.clone()), value);
        }
        assert_eq!(told("any", json!(36.8034)), Value::Null);
        assert_eq!(told("any", json!({"deep": [35.8612, 7]})), json!({"deep": [null, 7]}));
    }

    #[test]
    fn columns_that_the_place_was_read_from_and_those_that_are_called_so_are_left_out() {
        for name in ["where", "lat", "Longitude", "MGRS", "the_geom"] {
            assert_eq!(told(name, json!("anything")), Value::Null, "{name}");
        }
        assert_eq!(told("name", json!("anything")), json!("anything"));
    }
}
