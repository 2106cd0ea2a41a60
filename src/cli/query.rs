//! `sitmap query`: the rows that the window would show with a filter.
//!
//! Floor 7.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::coarsen_arguments::{CellArgument, CoarsenArguments};
use super::dates::DatesArguments;
use super::{Failure, print_line, print_words_line};
use crate::export::{Coarsening, EventForm, TellError, ToldLayer, ToldRows};
use crate::index::{FILTER_GRAMMAR, Filter};
use crate::session::{
    Command, CopiedRows, FeatureRef, FilterCommand, LayerId, Session, Settings, SituationFilter,
};

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
    let told = layers.iter().filter_map(|&layer| {
        let rows = session.layer_rows(layer)?;
        Some(ToldLayer { told: rows.shown.clone(), rows })
    });
    let answer = ToldRows { layers: told.collect(), event_form: EventForm::Fields, coarsening };
    let printed = print_answer(&answer, arguments);
    // Also where nobody reads to the end.
    tell_of_coarsening(&answer);
    printed
}

fn print_answer(answer: &ToldRows, arguments: &QueryArguments) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout());
    match (arguments.json, arguments.csv, arguments.geojson) {
        (true, ..) => {
            let rows: Vec<Value> = answer.records().collect::<Result<_, _>>()?;
            print_line(&Value::Array(rows).to_string())
        }
        (_, true, _) => {
            answer.write_csv(&mut out, &mut || Ok(()))?;
            out.flush().map_err(|_| Failure::OutputClosed)
        }
        (.., true) => {
            answer.write_geojson(&mut out, &mut || Ok(()))?;
            out.flush().map_err(|_| Failure::OutputClosed)
        }
        _ => answer.records().try_for_each(|row| print_words_line(&words(&row?))),
    }
}

impl From<TellError> for Failure {
    fn from(error: TellError) -> Self {
        match error {
            TellError::Unreadable(reason) => Self::Refused(reason),
            TellError::Write(_) => Self::OutputClosed,
        }
    }
}

/// Which of the rows of all layers are told coarsely: all but those that surely do not meet the filter of
/// `--coarsen-where`. What is not known of a row, or what no column of its file tells, must not give it away. What is shown
/// is as before.
fn coarsening(
    session: &mut Session,
    layers: &[LayerId],
    arguments: &QueryArguments,
) -> Result<Option<Coarsening>, Failure> {
    let CoarsenArguments { coarsen: Some(CellArgument(grid)), coarsen_where } = &arguments.coarsen else {
        return Ok(None);
    };
    let mut rows = rows_of(session, layers, CopiedRows::All);
    if let Some(coarsen_where) = coarsen_where.as_ref().filter(|filter| !filter.is_empty()) {
        let opposite = format!("not ({coarsen_where})").parse();
        let opposite: Filter =
            opposite.map_err(|error| Failure::Refused(format!("--coarsen-where: {error}")))?;
        // Those of a project stand for what it shows.
        let situation = session.situation_filter().clone();
        let own: Vec<(LayerId, Option<Filter>)> = layers
            .iter()
            .filter_map(|&layer| Some((layer, session.catalogue().get(layer)?.filter.as_deref().cloned())))
            .collect();
        filter(session, layers, coarsen_where)?;
        if rows_of(session, layers, CopiedRows::Shown).is_empty() {
            let words = format!(
                "no row meets --coarsen-where {coarsen_where}: nothing would be told coarsely for it"
            );
            return Err(Failure::Refused(words));
        }
        filter(session, layers, &opposite)?;
        let exact = rows_of(session, layers, CopiedRows::Shown);
        rows.retain(|row| !exact.contains(row) || is_possible(session, *row));
        session.apply(Command::Filter(FilterCommand::Set(situation)));
        for (layer, filter) in own {
            session.apply(Command::SetFilter { layer, filter });
        }
        session.settle_reading();
    }
    Ok(Some(Coarsening::new(*grid, rows)))
}

fn is_possible(session: &Session, feature: FeatureRef) -> bool {
    session.content(feature.layer).is_none_or(|content| content.is_possible(feature.row))
}

fn rows_of(session: &Session, layers: &[LayerId], which: CopiedRows) -> HashSet<FeatureRef> {
    let rows = layers.iter().filter_map(|&layer| session.layer_rows(layer));
    let rows = rows.flat_map(|rows| {
        let layer = rows.layer;
        rows.of(which).into_iter().map(move |row| FeatureRef { layer, row })
    });
    rows.collect()
}

fn tell_of_coarsening(answer: &ToldRows) {
    if let Some(coarsening) = &answer.coarsening {
        let (coarse, told, method) = (answer.count_coarse(), answer.count(), coarsening.grid.method());
        let withheld = coarsening.withheld_words().map_or_else(String::new, |words| format!("; {words}"));
        // Nobody to tell where stderr is closed.
        let _ = writeln!(
            std::io::stderr(),
            "sitmap: {coarse} of {told} rows tell their place by the {method}; names of places in their texts stay{withheld}"
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

fn words(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let possible = if row["possible"] == json!(true) { " (possible)" } else { "" };
    match row["date"].as_str() {
        Some(date) => {
            let place = Some(text("place")).filter(|place| !place.is_empty());
            let place = place.map(|place| format!(", {place}")).unwrap_or_default();
            format!("{date}{possible}: {} [{}]{place}", text("title"), text("id"))
        }
        None => format!("{}: {} [{}]", text("layer"), text("title"), text("id")),
    }
}
