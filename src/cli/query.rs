//! `sitmap query`: the rows that the window would show with a filter.
//!
//! Floor 7.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::{Map, Value, json};

use super::dates::DatesArguments;
use super::identify::properties_json;
use super::query_rows::{CSV_COLUMNS, csv_cells, csv_head, event_json, geometry_json};
use super::{Failure, print_line, print_words_line};
use crate::index::{FILTER_GRAMMAR, Filter};
use crate::session::{
    Command, FeatureRef, FilterCommand, LayerEntry, LayerId, Session, Settings, SituationFilter,
};
use crate::situation::FeatureRow;
use crate::text::plain;

/// `sitmap query`
#[derive(Debug, Args)]
pub struct QueryArguments {
    /// The files to ask; the bundled events without one
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What must be true of a row; all rows without it
    #[arg(long = "where", value_name = "EXPR", default_value = "", long_help = where_help())]
    pub filter: Filter,
    /// How the dates of the files are read
    #[command(flatten)]
    pub dates: DatesArguments,
    /// Print a JSON array
    #[arg(long, group = "format")]
    pub json: bool,
    /// Print comma-separated values
    #[arg(long, group = "format")]
    pub csv: bool,
    /// Print a GeoJSON feature collection
    ///
    /// An event whose point only stands for a district or a country has no geometry there, as it is not on the map either
    #[arg(long, group = "format")]
    pub geojson: bool,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

fn where_help() -> String {
    format!("What must be true of a row; all rows without it\n\n{FILTER_GRAMMAR}")
}

/// Prints the rows, in the order of the layers and of their rows.
pub fn query(arguments: &QueryArguments) -> Result<(), Failure> {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    super::project::open_files(&mut session, &arguments.files)?;
    session.settle_reading();
    super::report_issues(&session)?;
    arguments.dates.apply(&mut session);
    let layers = asked_layers(&session, arguments);
    filter(&mut session, &layers, &arguments.filter)?;
    warn_of_terms(&session, &layers);
    let rows: Vec<FeatureRef> = layers.iter().flat_map(|&layer| shown(&session, layer)).collect();
    match (arguments.json, arguments.csv, arguments.geojson) {
        (true, ..) => {
            let rows: Vec<Value> = records(&session, &rows).collect::<Result<_, _>>()?;
            print_line(&Value::Array(rows).to_string())
        }
        (_, true, _) => print_csv(&session, &layers, &rows),
        (.., true) => print_geojson(&session, &rows),
        _ => records(&session, &rows).try_for_each(|row| print_words_line(&words(&row?))),
    }
}

fn asked_layers(session: &Session, arguments: &QueryArguments) -> Vec<LayerId> {
    let catalogue = session.catalogue();
    match arguments.files.is_empty() {
        true => catalogue.find_bundled("strikes").into_iter().collect(),
        false => {
            catalogue.bottom_up().filter(|entry| entry.origin_key().is_none()).map(|entry| entry.id).collect()
        }
    }
}

/// Layers of events are filtered as the situation is, others by a filter of their own.
fn filter(session: &mut Session, layers: &[LayerId], filter: &Filter) -> Result<(), Failure> {
    if filter.is_empty() {
        return Ok(());
    }
    super::check_filter(session, layers, filter)?;
    let events: Vec<LayerId> = session.event_layers().collect();
    if layers.iter().any(|layer| events.contains(layer)) {
        let read = session.read_filter_of(layers, &filter.to_string());
        read.map_err(|error| Failure::Refused(error.to_string()))?;
        let situation = SituationFilter { filter: filter.clone(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(situation)));
    }
    for &layer in layers.iter().filter(|layer| !events.contains(layer)) {
        session.apply(Command::SetFilter { layer, filter: Some(filter.clone()) });
    }
    session.settle_reading();
    super::check_filtered(session, layers)?;
    super::tell_unmet(session, layers);
    Ok(())
}

fn warn_of_terms(session: &Session, layers: &[LayerId]) {
    for &layer in layers {
        let terms = session.content(layer).and_then(|content| content.events()?.mapping().terms());
        if let Some(terms) = terms {
            let title = session.catalogue().get(layer).map_or("", |entry| entry.title.as_str());
            // Nobody to tell where stderr is closed.
            let _ = writeln!(std::io::stderr(), "sitmap: {}: {terms}", super::printable(title));
        }
    }
}

fn shown(session: &Session, layer: LayerId) -> Vec<FeatureRef> {
    let Some(content) = session.content(layer) else { return Vec::new() };
    let rows: Vec<FeatureRow> = match content.shown() {
        Some(shown) => shown.rows.iter().collect(),
        None => (0..content.len()).collect(),
    };
    rows.into_iter().map(|row| FeatureRef { layer, row }).collect()
}

fn layer_name(entry: &LayerEntry) -> String {
    entry.origin_key().map_or_else(|| entry.title.clone(), str::to_owned)
}

/// The rows as they are told; an error where one cannot be read any more.
fn records<'a>(
    session: &'a Session,
    rows: &'a [FeatureRef],
) -> impl Iterator<Item = Result<Value, Failure>> + 'a {
    rows.iter().filter_map(|&row| record(session, row).transpose())
}

/// The row as it is told: an event by its fields, anything else by its properties.
fn record(session: &Session, feature: FeatureRef) -> Result<Option<Value>, Failure> {
    let (Some(entry), Some(content)) =
        (session.catalogue().get(feature.layer), session.content(feature.layer))
    else {
        return Ok(None);
    };
    let mut object = Map::new();
    object.insert("layer".to_owned(), json!(layer_name(entry)));
    object.insert("feature".to_owned(), json!(feature.row + 1));
    match session.event(feature) {
        Some(event) => {
            object.insert("possible".to_owned(), json!(content.is_possible(feature.row)));
            object.extend(event_json(&event));
        }
        None => {
            let Some(data) = content.data() else { return Ok(None) };
            let details = data.features.details(feature.row).map_err(Failure::Refused)?;
            object.insert("id".to_owned(), json!(details.id));
            object.insert("title".to_owned(), json!(plain(&session.title_with(feature, &details))));
            object.insert("properties".to_owned(), Value::Object(properties_json(&details)));
        }
    }
    Ok(Some(Value::Object(object)))
}

fn words(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let possible = if row["possible"] == json!(true) { " (possible)" } else { "" };
    match row["date"].as_str() {
        Some(date) => format!("{date}{possible}: {} [{}], {}", text("title"), text("id"), text("place")),
        None => format!("{}: {} [{}]", text("layer"), text("title"), text("id")),
    }
}

fn print_geojson(session: &Session, rows: &[FeatureRef]) -> Result<(), Failure> {
    let feature = |&row: &FeatureRef| {
        let Some(Value::Object(mut properties)) = record(session, row)? else { return Ok(None) };
        if let Some(Value::Object(own)) = properties.remove("properties") {
            properties = own;
        }
        let content = session.content(row.layer);
        // A point that stands for a district would pass for the place of the event in every other program.
        let placed = content.filter(|content| !content.has_no_honest_place(row.row));
        let geometry = placed.and_then(|content| content.data());
        let geometry = geometry.map(|data| geometry_json(data.features.geometry(row.row)));
        Ok(Some(
            json!({"type": "Feature", "id": properties.get("id"), "geometry": geometry, "properties": properties}),
        ))
    };
    let features = rows.iter().filter_map(|row| feature(row).transpose());
    let features: Vec<Value> = features.collect::<Result<_, Failure>>()?;
    print_line(&json!({"type": "FeatureCollection", "features": features}).to_string())
}

/// Under the fields of events, where a layer holds any, and the columns of the other layers, each name once.
fn print_csv(session: &Session, layers: &[LayerId], rows: &[FeatureRef]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(std::io::stdout());
    let closed = |_| Failure::OutputClosed;
    let columns = csv_columns(session, layers);
    writer.write_record(csv_head(&columns)).map_err(closed)?;
    for row in records(session, rows) {
        writer.write_record(csv_cells(&row?, &columns)).map_err(closed)?;
    }
    writer.flush().map_err(|_| Failure::OutputClosed)
}

fn csv_columns(session: &Session, layers: &[LayerId]) -> Vec<String> {
    let contents = || layers.iter().filter_map(|layer| session.content(*layer));
    let has_events = contents().any(|content| content.events().is_some());
    let of_events = CSV_COLUMNS.iter().filter(|_| has_events).map(ToString::to_string);
    let others = contents().filter(|content| content.events().is_none()).filter_map(|content| content.data());
    let names = others.flat_map(|data| data.features.columns()).map(|column| column.name.clone());
    let mut columns: Vec<String> = Vec::new();
    let mut taken = std::collections::HashSet::new();
    columns.extend(of_events.chain(names).filter(|name| taken.insert(name.clone())));
    columns
}
