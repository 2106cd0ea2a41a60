//! A row as JSON, as cells, as geometry.
//!
//! Floor 6.

use serde_json::{Map, Value, json};

use super::coarsening::METHOD_COLUMNS;
use crate::situation::{
    ActorClass, Event, FeatureDetails, GeometryKind, GeometryRef, Harm, PartKind, PartRef, PropertyValue,
};
use crate::text::{no_formula, plain};

/// The columns of events as comma-separated values: keys of the row's JSON, a dot between one and the key inside.
pub const CSV_COLUMNS: [&str; 28] = [
    "layer",
    "id",
    "title",
    "title_ar",
    "class",
    "date",
    "date_start",
    "date_end",
    "date_precision",
    "possible",
    "place",
    "place_ar",
    "admin",
    "precision",
    "lon",
    "lat",
    "weapon",
    "target",
    "actor",
    "actor_wording",
    "killed.low",
    "killed.best",
    "killed.high",
    "killed.of",
    "injured.low",
    "injured.high",
    "grade",
    "source",
];

/// What is told of an event.
pub fn event_json(event: &Event) -> Map<String, Value> {
    let when = event.when.as_ref();
    let place = &event.place;
    let point = place.point();
    let object = json!({
        "id": event.id,
        "title": plain(&event.title_en),
        "title_ar": event.title_ar,
        "class": event.class.as_str(),
        "date": when.map(|when| when.edtf.text()),
        "date_start": when.map(|when| when.first_day().to_string()),
        "date_end": when.and_then(|when| when.last_day()).map(|day| day.to_string()),
        "date_precision": when.map(|when| when.precision.as_str()),
        "place": place.name_en,
        "place_ar": place.name_ar,
        "admin": place.admin,
        "precision": place.precision.as_str(),
        "lon": point.map(|at| at.lon_deg),
        "lat": point.map(|at| at.lat_deg),
        "kind": event.kind.kind,
        "weapon": event.kind.weapon.class.as_str(),
        "target": event.kind.target.class.as_str(),
        "actor": match event.actor.class {
            // As filters find it: the word of the class, else what is written.
            ActorClass::Unknown => event.actor.wording.as_str(),
            class => class.as_str(),
        },
        "actor_wording": event.actor.wording,
        "killed": harm_json(&event.killed),
        "injured": harm_json(&event.injured),
        "grade": event.assessment.grade.as_str(),
        "confidence": event.assessment.confidence,
        "source": event.sources,
        "urls": event.source_urls,
    });
    match object {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn harm_json(harm: &Harm) -> Value {
    json!({"low": harm.low, "best": harm.best, "high": harm.high, "of": harm.of.as_str()})
}

/// The properties of a feature, as they were written.
pub fn properties_json(details: &FeatureDetails) -> Map<String, Value> {
    details.properties.iter().map(|(name, value)| (name.clone(), value_json(value))).collect()
}

fn value_json(value: &PropertyValue) -> Value {
    match value {
        PropertyValue::Null => Value::Null,
        PropertyValue::Bool(value) => Value::Bool(*value),
        // As written where that is the same number in JSON: `1.000` of a table with decimal commas is a thousand. One
        // beyond the range of a double keeps its digits as a string.
        PropertyValue::Number { value, written } if value.is_finite() => {
            let same = serde_json::from_str(written).ok();
            same.filter(|same: &Value| same.as_f64() == Some(*value)).unwrap_or_else(|| number_json(*value))
        }
        PropertyValue::Number { written, .. } => json!(written),
        PropertyValue::Text(text) => json!(text),
        PropertyValue::Json(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    }
}

/// Whole numbers without decimals.
fn number_json(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = value.fract() == 0.0 && value.abs() < EXACT;
    if is_whole { json!(value as i64) } else { json!(value) }
}

/// The cells of a row's JSON under these columns: of an event its fields, of any other row its properties, and of both
/// what all rows have.
pub fn csv_cells(row: &Value, columns: &[String]) -> Vec<String> {
    let field = |column: &str| column.split('.').fold(row, |value, key| &value[key]);
    let properties = row["properties"].as_object();
    let is_of_events = |column: &str| CSV_COLUMNS.contains(&column) || METHOD_COLUMNS.contains(&column);
    let value = |column: &str| match properties {
        // A column of that name that this row has no value in is empty, and not what is told of the row.
        Some(properties) => {
            properties.get(column).unwrap_or(if column == "id" { &row["id"] } else { &Value::Null })
        }
        None if is_of_events(column) => field(column),
        None => &Value::Null,
    };
    columns.iter().map(|column| cell(value(column))).collect()
}

/// The line of the columns' names.
pub fn csv_head(columns: &[String]) -> Vec<String> {
    columns.iter().map(|column| no_formula(column).into_owned()).collect()
}

/// Empty for what is not known. A text that a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => no_formula(text).into_owned(),
        other => other.to_string(),
    }
}

/// The geometry in GeoJSON; `null` for what has no place.
pub fn geometry_json(geometry: GeometryRef<'_>) -> Value {
    let parts = || geometry.parts().map(coordinates);
    let one = || parts().next().unwrap_or(Value::Null);
    let coordinates = match geometry.kind {
        GeometryKind::None => return Value::Null,
        GeometryKind::Point | GeometryKind::LineString | GeometryKind::Polygon => one(),
        GeometryKind::MultiPoint | GeometryKind::MultiLineString | GeometryKind::MultiPolygon => {
            parts().collect()
        }
        GeometryKind::GeometryCollection => {
            let geometries: Value = geometry
                .parts()
                .map(|part| json!({"type": kind_of(part).name(), "coordinates": coordinates(part)}))
                .collect();
            return json!({"type": geometry.kind.name(), "geometries": geometries});
        }
    };
    json!({"type": geometry.kind.name(), "coordinates": coordinates})
}

fn kind_of(part: PartRef<'_>) -> GeometryKind {
    match part.kind {
        PartKind::Point => GeometryKind::Point,
        PartKind::Line => GeometryKind::LineString,
        PartKind::Polygon => GeometryKind::Polygon,
    }
}

fn coordinates(part: PartRef<'_>) -> Value {
    match part.kind {
        PartKind::Point => json!(part.vertices().first()),
        PartKind::Line => json!(part.vertices()),
        PartKind::Polygon => part.rings().map(|ring| json!(ring)).collect(),
    }
}

/// A geometry in GeoJSON as well-known text (OGC 06-103r4); empty where it is none.
pub fn wkt(geometry: &Value) -> String {
    let name = geometry["type"].as_str().unwrap_or_default().to_ascii_uppercase();
    match &geometry["geometries"] {
        Value::Array(members) => format!("{name} ({})", joined(members, wkt)),
        _ if name.is_empty() => String::new(),
        _ if name == "POINT" => format!("{name} ({})", wkt_position(&geometry["coordinates"])),
        _ => format!("{name} {}", wkt_coordinates(&geometry["coordinates"])),
    }
}

fn wkt_coordinates(value: &Value) -> String {
    match value {
        Value::Array(items) if items.first().is_some_and(Value::is_array) => {
            format!("({})", joined(items, wkt_coordinates_or_position))
        }
        other => format!("({})", wkt_position(other)),
    }
}

fn wkt_coordinates_or_position(value: &Value) -> String {
    match value.get(0) {
        Some(Value::Array(_)) => wkt_coordinates(value),
        _ => wkt_position(value),
    }
}

fn wkt_position(value: &Value) -> String {
    value
        .as_array()
        .map(|axes| axes.iter().map(Value::to_string).collect::<Vec<_>>().join(" "))
        .unwrap_or_default()
}

fn joined(items: &[Value], word: fn(&Value) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_be_a_formula_is_none_and_a_number_stays_one() {
        for (value, expected) in [
            (json!("=1+1"), "'=1+1"),
            (json!("@x"), "'@x"),
            (json!("-5"), "-5"),
            (json!("+963"), "'+963"),
            (json!(-5.5), "-5.5"),
            (json!(null), ""),
            (json!("قصف"), "قصف"),
        ] {
            assert_eq!(cell(&value), expected);
        }
        assert_eq!(csv_head(&["=1+1".into(), "n".into()]), ["'=1+1", "n"]);
    }

    #[test]
    fn a_number_is_told_as_what_it_is_however_it_was_written() {
        for (value, written, told) in [
            (1000.0, "1.000", "1000"),
            (1234.5, "1.234,5", "1234.5"),
            (1200.0, "1,200", "1200"),
            (1.5, "1.50", "1.5"),
            (3.0, "٣", "3"),
            (1e300, "1e300", "1e+300"),
            (f64::INFINITY, "1e400", "\"1e400\""),
        ] {
            let number = PropertyValue::Number { value, written: written.to_owned() };
            assert_eq!(value_json(&number).to_string(), told);
        }
    }

    #[test]
    fn a_geometry_is_written_as_well_known_text() {
        for (geometry, written) in [
            (json!({"type": "Point", "coordinates": [36.5, 35]}), "POINT (36.5 35)"),
            (json!({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}), "LINESTRING (1 2, 3 4)"),
            (json!({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}), "MULTIPOINT (1 2, 3 4)"),
            (
                json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]}),
                "POLYGON ((0 0, 1 0, 0 1, 0 0))",
            ),
            (
                json!({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}),
                "GEOMETRYCOLLECTION (POINT (1 2))",
            ),
            (Value::Null, ""),
        ] {
            assert_eq!(wkt(&geometry), written);
        }
    }

    #[test]
    fn rows_of_several_kinds_stand_under_the_columns_of_all() {
        let columns = ["id", "killed.low", "name", "a.b"].map(str::to_owned);
        let event = json!({"id": "e1", "killed": {"low": 4}, "name": "x"});
        assert_eq!(csv_cells(&event, &columns), ["e1", "4", "", ""]);
        let other = json!({"id": "f1", "properties": {"name": "y", "a.b": 2}});
        assert_eq!(csv_cells(&other, &columns), ["f1", "", "y", "2"]);
    }
}
