//! A row of a query as JSON, as cells, as geometry.
//!
//! Floor 7.

use serde_json::{Map, Value, json};

use super::query_coarse::METHOD_COLUMNS;
use crate::situation::{ActorClass, Event, GeometryKind, GeometryRef, Harm, PartKind, PartRef};
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

/// The cells of a row's JSON under these columns: of an event its fields, of any other row its properties, and of both
/// what all rows have.
pub fn csv_cells(row: &Value, columns: &[String]) -> Vec<String> {
    let field = |column: &str| column.split('.').fold(row, |value, key| &value[key]);
    let properties = row["properties"].as_object();
    let is_of_events = |column: &str| CSV_COLUMNS.contains(&column) || METHOD_COLUMNS.contains(&column);
    let value = |column: &str| match properties {
        Some(properties) => properties.get(column).unwrap_or(&row[column]),
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
    fn rows_of_several_kinds_stand_under_the_columns_of_all() {
        let columns = ["id", "killed.low", "name", "a.b"].map(str::to_owned);
        let event = json!({"id": "e1", "killed": {"low": 4}, "name": "x"});
        assert_eq!(csv_cells(&event, &columns), ["e1", "4", "", ""]);
        let other = json!({"id": "f1", "properties": {"name": "y", "a.b": 2}});
        assert_eq!(csv_cells(&other, &columns), ["f1", "", "y", "2"]);
    }
}
