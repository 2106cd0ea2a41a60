//! `sitmap identify`: what lies at a place, uppermost first.
//!
//! Floor 7.

use std::sync::Arc;

use serde_json::{Value, json};

use super::args::IdentifyArguments;
use super::{Failure, print_line, print_words_line, tell};
use crate::coords::{TILE_POINTS, world_from_lon_lat};
use crate::export::properties_json;
use crate::session::{LayerState, PointerHit, Session, Settings};
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

fn hit_words(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let distance_m = row["distance_m"].as_f64().unwrap_or_default();
    let away = if distance_m == 0.0 { "here".to_owned() } else { format!("{distance_m:.0} m away") };
    let id = row["id"].as_str().map(|id| format!(" [{id}]")).unwrap_or_default();
    format!("{}: {}{id}, {away}", text("layer"), text("title"))
}
