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
use super::query_coarse::{CellArgument, CoarsenArguments, Coarsening, METHOD_COLUMNS};
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
    /// Which rows tell their place only coarsely
    #[command(flatten)]
    pub coarsen: CoarsenArguments,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

/// The rows that are told, and which of them coarsely.
struct Answer<'a> {
    session: &'a Session,
    layers: &'a [LayerId],
    rows: &'a [FeatureRef],
    coarsening: Option<&'a Coarsening>,
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
    let coarsening = coarsening(&mut session, &layers, arguments)?;
    filter(&mut session, &layers, &arguments.filter)?;
    warn_of_terms(&session, &layers);
    let rows: Vec<FeatureRef> = layers.iter().flat_map(|&layer| shown(&session, layer)).collect();
    let answer = Answer { session: &session, layers: &layers, rows: &rows, coarsening: coarsening.as_ref() };
    tell_of_coarsening(&answer);
    match (arguments.json, arguments.csv, arguments.geojson) {
        (true, ..) => {
            let rows: Vec<Value> = answer.records().collect::<Result<_, _>>()?;
            print_line(&Value::Array(rows).to_string())
        }
        (_, true, _) => print_csv(&answer),
        (.., true) => print_geojson(&answer),
        _ => answer.records().try_for_each(|row| print_words_line(&words(&row?))),
    }
}

/// The rows that are to be told coarsely, those among them that only possibly meet the filter, too.
fn coarsening(
    session: &mut Session,
    layers: &[LayerId],
    arguments: &QueryArguments,
) -> Result<Option<Coarsening>, Failure> {
    let CoarsenArguments { coarsen: Some(CellArgument(grid)), coarsen_where } = &arguments.coarsen else {
        return Ok(None);
    };
    let mut both = arguments.filter.clone();
    both.parts.extend(coarsen_where.iter().flat_map(|filter| filter.parts.clone()));
    filter(session, layers, &both)?;
    let rows = layers.iter().flat_map(|&layer| shown(session, layer)).collect();
    session.apply(Command::Filter(FilterCommand::Set(SituationFilter::default())));
    for &layer in layers {
        session.apply(Command::SetFilter { layer, filter: None });
    }
    session.settle_reading();
    Ok(Some(Coarsening { grid: *grid, rows }))
}

fn tell_of_coarsening(answer: &Answer<'_>) {
    if let Some(coarsening) = answer.coarsening {
        let (coarse, told, method) = (coarsening.rows.len(), answer.rows.len(), coarsening.grid.method());
        // Nobody to tell where stderr is closed.
        let _ = writeln!(
            std::io::stderr(),
            "sitmap: {coarse} of {told} rows tell their place by the {method}; names of places in their texts stay"
        );
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

impl<'a> Answer<'a> {
    /// The rows as they are told; an error where one cannot be read any more.
    fn records(&self) -> impl Iterator<Item = Result<Value, Failure>> + '_ {
        self.rows.iter().filter_map(|&row| self.record(row).transpose())
    }

    /// The row as it is told: an event by its fields, anything else by its properties.
    fn record(&self, feature: FeatureRef) -> Result<Option<Value>, Failure> {
        let session = self.session;
        let (Some(entry), Some(content)) =
            (session.catalogue().get(feature.layer), session.content(feature.layer))
        else {
            return Ok(None);
        };
        let mut object = Map::new();
        object.insert("layer".to_owned(), json!(layer_name(entry)));
        object.insert("feature".to_owned(), json!(feature.row + 1));
        let event = session.event(feature);
        match &event {
            Some(event) => {
                object.insert("possible".to_owned(), json!(content.is_possible(feature.row)));
                object.extend(event_json(event));
            }
            None => {
                let Some(data) = content.data() else { return Ok(None) };
                let details = data.features.details(feature.row).map_err(Failure::Refused)?;
                object.insert("id".to_owned(), json!(details.id));
                object.insert("title".to_owned(), json!(plain(&session.title_with(feature, &details))));
                object.insert("properties".to_owned(), Value::Object(properties_json(&details)));
            }
        }
        if let Some(coarsening) = self.coarsening {
            coarsening.make_coarse(&mut object, session, feature, event.as_deref());
        }
        Ok(Some(Value::Object(object)))
    }

    fn geometry(&self, feature: FeatureRef) -> Option<Value> {
        // A point that stands for a district would pass for the place of the event in every other program.
        let content = self.session.content(feature.layer);
        let placed = content.filter(|content| !content.has_no_honest_place(feature.row));
        let geometry = placed.and_then(|content| content.data())?.features.geometry(feature.row);
        Some(match self.coarsening {
            Some(coarsening) => coarsening.geometry(feature, geometry),
            None => geometry_json(geometry),
        })
    }
}

fn words(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let possible = if row["possible"] == json!(true) { " (possible)" } else { "" };
    match row["date"].as_str() {
        Some(date) => format!("{date}{possible}: {} [{}], {}", text("title"), text("id"), text("place")),
        None => format!("{}: {} [{}]", text("layer"), text("title"), text("id")),
    }
}

fn print_geojson(answer: &Answer<'_>) -> Result<(), Failure> {
    let feature = |&row: &FeatureRef| {
        let Some(Value::Object(mut properties)) = answer.record(row)? else { return Ok(None) };
        // Its own id, and not a property that is called so.
        let id = properties.get("id").cloned();
        if let Some(Value::Object(own)) = properties.remove("properties") {
            properties = own;
        }
        let geometry = answer.geometry(row);
        Ok(Some(json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties})))
    };
    let features = answer.rows.iter().filter_map(|row| feature(row).transpose());
    let features: Vec<Value> = features.collect::<Result<_, Failure>>()?;
    let mut collection = json!({"type": "FeatureCollection", "features": features});
    if let Some(coarsening) = answer.coarsening {
        collection["coarsened"] = coarsening.summary(answer.rows.len());
    }
    print_line(&collection.to_string())
}

/// Under the fields of events, where a layer holds any, and the columns of the other layers, each name once.
fn print_csv(answer: &Answer<'_>) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(std::io::stdout());
    let closed = |_| Failure::OutputClosed;
    let mut columns = csv_columns(answer.session, answer.layers);
    let methods = METHOD_COLUMNS.iter().filter(|_| answer.coarsening.is_some());
    columns.extend(methods.map(ToString::to_string));
    writer.write_record(csv_head(&columns)).map_err(closed)?;
    for row in answer.records() {
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
