//! `sitmap identify`: what lies at a place, uppermost first.
//!
//! Floor 7.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::args::IdentifyArguments;
use super::{Failure, print_line, print_words_line, tell};
use crate::coords::{TILE_POINTS, world_from_lon_lat};
use crate::session::{LayerState, PointerHit, Session, Settings};
use crate::situation::{FeatureDetails, PropertyValue};
use crate::text::plain;

/// Prints the hits.
pub fn identify(arguments: &IdentifyArguments) -> Result<(), Failure> {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    if !arguments.answer.no_bundled {
        session.open_bundled_situation();
    }
    super::project::open_files(&mut session, &arguments.files)?;
    session.settle_reading();
    super::report_issues(&session)?;
    arguments.dates.apply(&mut session);
    super::filter_files(&mut session, &arguments.filter)?;
    let tolerance_world = arguments.tolerance / (TILE_POINTS * arguments.zoom.exp2());
    let hits = session.hits_at(PointerHit { at: world_from_lon_lat(arguments.at.at), tolerance_world });
    let rows = hits.iter().filter_map(|hit| hit_json(&session, hit).transpose());
    let rows: Vec<Value> = rows.collect::<Result<_, _>>()?;
    if rows.is_empty() || arguments.at.may_be_turned_round() {
        arguments.at.taken().iter().for_each(|taken| tell(taken));
    }
    if arguments.answer.json {
        return print_line(&Value::Array(rows).to_string());
    }
    if rows.is_empty() {
        return print_line("Nothing lies there");
    }
    rows.iter().try_for_each(|row| print_words_line(&hit_words(row)))
}

/// The hit as it is told; an error where its feature cannot be read any more.
fn hit_json(session: &Session, found: &crate::session::LayerHit) -> Result<Option<Value>, Failure> {
    let entry = session.catalogue().get(found.feature.layer);
    let state = session.content(found.feature.layer).map(|content| &content.state);
    let (Some(entry), Some(LayerState::Ready { data, .. })) = (entry, state) else { return Ok(None) };
    let details = data.features.details(found.feature.row).map_err(Failure::Refused)?;
    Ok(Some(json!({
        "layer": entry.origin_key().map_or_else(|| entry.title.clone(), str::to_owned),
        "feature": found.feature.row + 1,
        "id": details.id,
        "title": plain(&session.title_with(found.feature, &details)),
        "distance_m": (found.hit.distance_m * 10.0).round() / 10.0,
        "properties": properties_json(&details),
    })))
}

pub(super) fn properties_json(details: &FeatureDetails) -> Map<String, Value> {
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

fn hit_words(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let distance_m = row["distance_m"].as_f64().unwrap_or_default();
    let away = if distance_m == 0.0 { "here".to_owned() } else { format!("{distance_m:.0} m away") };
    let id = row["id"].as_str().map(|id| format!(" [{id}]")).unwrap_or_default();
    format!("{}: {}{id}, {away}", text("layer"), text("title"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
