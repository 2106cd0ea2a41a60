//! Rows of a query that tell their place only coarsely, and in no other form more exactly.
//!
//! Floor 7. What stands in titles and texts as words stays; what stands there as a position does not.

use std::collections::HashSet;
use std::ops::Range;
use std::str::FromStr;

use clap::Args;
use serde_json::{Map, Value, json};

use super::query_rows::geometry_json;
use crate::coords::{LonLat, degrees_of, distance_m, position_of};
use crate::index::Filter;
use crate::session::{FeatureRef, LayerContent, Session};
use crate::situation::{CoarseGrid, Event, GeometryRef, PartKind, PartRef, PrecisionClass};
use crate::source::{PlaceColumns, is_name_of_position};

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

/// Which rows are told coarsely, and how.
#[derive(Debug, Args)]
pub struct CoarsenArguments {
    /// Tell places by the middle of a cell that is so wide: 500m, 1km, 5km, 25km
    ///
    /// The same place always lies in the same cell. Coordinates in degrees, UTM or MGRS are replaced or left out in
    /// whatever column or text they stand; names of places in texts stay as they are, except the name of an event's place
    #[arg(long, value_name = "SIZE")]
    pub coarsen: Option<CellArgument>,
    /// Only of the rows that meet this filter; of all without it
    #[arg(long, value_name = "EXPR", requires = "coarsen")]
    pub coarsen_where: Option<Filter>,
}

/// The width of a cell.
#[derive(Debug, Clone, Copy)]
pub struct CellArgument(pub CoarseGrid);

impl FromStr for CellArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_ascii_lowercase();
        let metres = match text.strip_suffix("km") {
            Some(km) => km.trim().parse::<f64>().map(|km| km * 1_000.0),
            None => text.strip_suffix('m').unwrap_or(&text).trim().parse(),
        };
        let grid = metres.ok().filter(|metres| metres.fract() == 0.0).map(|metres| metres as u32);
        let grid = grid.and_then(CoarseGrid::of_cells);
        grid.map(Self).ok_or_else(|| "write a size from 100m to 500km, such as 5km".to_owned())
    }
}

/// The rows that are told coarsely.
#[derive(Debug)]
pub struct Coarsening {
    /// The grid.
    pub grid: CoarseGrid,
    /// Which rows.
    pub rows: HashSet<FeatureRef>,
}

impl Coarsening {
    /// What a collection says of it.
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

    /// The place of a row of these is told by its cell.
    pub fn make_coarse(
        &self,
        row: &mut Map<String, Value>,
        session: &Session,
        feature: FeatureRef,
        event: Option<&Event>,
    ) {
        if !self.rows.contains(&feature) {
            return;
        }
        let Some(content) = session.content(feature.layer) else { return };
        let Some(data) = content.data() else { return };
        let geometry = data.features.geometry(feature.row);
        let secret = Secret::of(self.grid, geometry, place_columns(content));
        let told = row.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "id" | "layer" | "feature"));
        told.for_each(|(name, value)| secret.withhold(name, value));
        let radius = geometry
            .vertices()
            .iter()
            .map(|&[lon_deg, lat_deg]| self.grid.cell_of(LonLat { lon_deg, lat_deg }).radius_m);
        let Some(radius_m) = radius.max() else { return };
        let radius_m = match event {
            Some(event) => self.tell_event(row, event, radius_m),
            None => radius_m,
        };
        let members = match row.get_mut("properties") {
            Some(Value::Object(properties)) => properties,
            _ => row,
        };
        members.insert(METHOD_COLUMNS[0].to_owned(), json!(self.grid.method()));
        members.insert(METHOD_COLUMNS[1].to_owned(), json!(radius_m));
    }

    /// The fields of an event that tell where; how far from the middle it may have been, metres.
    fn tell_event(&self, row: &mut Map<String, Value>, event: &Event, cell_radius_m: u32) -> u32 {
        let place = &event.place;
        let radius_m = place.radius_m.unwrap_or(0) + cell_radius_m;
        let middle = place.point().map(|at| self.grid.cell_of(at).middle);
        row.insert("lon".to_owned(), json!(middle.map(|at| at.lon_deg)));
        row.insert("lat".to_owned(), json!(middle.map(|at| at.lat_deg)));
        let wide_enough =
            |class: &&PrecisionClass| class.radius_m().is_none_or(|of_class| of_class >= radius_m);
        let is_finer = place.precision.radius_m().is_some();
        let class = PrecisionClass::ALL.iter().find(wide_enough).filter(|_| is_finer).copied();
        row.insert("precision".to_owned(), json!(class.unwrap_or(place.precision).as_str()));
        let names = [Some(&place.name_en), place.name_ar.as_ref(), Some(&place.as_written)];
        let names: Vec<String> =
            names.into_iter().flatten().chain(&place.aliases).map(|name| name.to_lowercase()).collect();
        for field in ["place", "place_ar"] {
            row.insert(field.to_owned(), Value::Null);
        }
        for field in ["title", "title_ar"] {
            let title = row.get(field).and_then(Value::as_str).unwrap_or_default().to_lowercase();
            if names.iter().any(|name| !name.trim().is_empty() && title.contains(name.trim())) {
                row.insert(field.to_owned(), json!(WITHHELD));
            }
        }
        radius_m
    }

    /// The geometry of a row as it may be told.
    pub fn geometry(&self, feature: FeatureRef, geometry: GeometryRef<'_>) -> Value {
        if self.rows.contains(&feature) {
            coarse_geometry(self.grid, geometry)
        } else {
            geometry_json(geometry)
        }
    }
}

fn place_columns(content: &LayerContent) -> Vec<String> {
    let table = content.report().and_then(|report| report.table.as_ref());
    match table.map(|table| table.places.clone()).unwrap_or_default() {
        PlaceColumns::None => Vec::new(),
        PlaceColumns::LatLon { lat, lon } => vec![lat, lon],
        PlaceColumns::Utm { easting, northing, zone } => vec![easting, northing, zone],
        PlaceColumns::Position { column } | PlaceColumns::Wkt { column } | PlaceColumns::Name { column } => {
            vec![column]
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
    fn of(grid: CoarseGrid, geometry: GeometryRef<'_>, columns: Vec<String>) -> Self {
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

    #[test]
    fn a_size_is_read_with_its_unit() {
        let metres = |text: &str| text.parse::<CellArgument>().map(|cell| cell.0.cell_m());
        assert_eq!(
            [metres("5km"), metres("500 m"), metres("2.5KM"), metres("1000")],
            [Ok(5_000), Ok(500), Ok(2_500), Ok(1_000)]
        );
        for wrong in ["", "km", "-5km", "1m", "9999km", "5 miles", "NaN"] {
            assert!(metres(wrong).is_err(), "{wrong}");
        }
    }
}
