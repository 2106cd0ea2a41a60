//! `sitmap identify`: what lies at a place, uppermost first.
//!
//! Floor 7.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::args::IdentifyArguments;
use super::{Failure, print_line, print_words_line};
use crate::coords::{TILE_POINTS, world_from_lon_lat};
use crate::session::{Command, LayerState, PointerHit, Session, Settings};
use crate::situation::{FeatureDetails, PropertyValue};
use crate::text::plain;

/// Prints the hits.
pub fn identify(arguments: &IdentifyArguments) -> Result<(), Failure> {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    if !arguments.answer.no_bundled {
        session.open_bundled_situation();
    }
    session.apply(Command::OpenFiles(arguments.files.clone()));
    session.settle_reading();
    super::report_issues(&session)?;
    super::filter_files(&mut session, &arguments.filter)?;
    let tolerance_world = arguments.tolerance / (TILE_POINTS * arguments.zoom.exp2());
    let hits = session.hits_at(PointerHit { at: world_from_lon_lat(arguments.at.0), tolerance_world });
    let rows: Vec<Value> = hits.iter().filter_map(|hit| hit_json(&session, hit)).collect();
    if arguments.answer.json {
        return print_line(&Value::Array(rows).to_string());
    }
    if rows.is_empty() {
        return print_line("Nothing lies there");
    }
    rows.iter().try_for_each(|row| print_words_line(&hit_words(row)))
}

fn hit_json(session: &Session, found: &crate::session::LayerHit) -> Option<Value> {
    let entry = session.catalogue().get(found.feature.layer)?;
    let LayerState::Ready { data, .. } = &session.content(entry.id)?.state else { return None };
    let details = data.features.details(found.feature.row).unwrap_or_default();
    Some(json!({
        "layer": entry.origin_key().map_or_else(|| entry.title.clone(), str::to_owned),
        "feature": found.feature.row,
        "id": details.id,
        "title": plain(&session.title_with(found.feature, &details)),
        "distance_m": (found.hit.distance_m * 10.0).round() / 10.0,
        "properties": properties_json(&details),
    }))
}

pub(super) fn properties_json(details: &FeatureDetails) -> Map<String, Value> {
    details.properties.iter().map(|(name, value)| (name.clone(), value_json(value))).collect()
}

fn value_json(value: &PropertyValue) -> Value {
    match value {
        PropertyValue::Null => Value::Null,
        PropertyValue::Bool(value) => Value::Bool(*value),
        // As written where JSON can say it; a number beyond the range of a double keeps its digits as a string.
        PropertyValue::Number { value, written } if value.is_finite() => {
            serde_json::from_str(written).unwrap_or_else(|_| json!(value))
        }
        PropertyValue::Number { written, .. } => json!(written),
        PropertyValue::Text(text) => json!(text),
        PropertyValue::Json(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    }
}

fn hit_words(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let distance_m = row["distance_m"].as_f64().unwrap_or_default();
    let away = if distance_m == 0.0 { "here".to_owned() } else { format!("{distance_m:.0} m away") };
    let id = row["id"].as_str().map(|id| format!(" [{id}]")).unwrap_or_default();
    format!("{}: {}{id}, {away}", text("layer"), text("title"))
}
