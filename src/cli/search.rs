//! `sitmap search`: what a name, a word or a pair of coordinates leads to, as the box of the window lists it.
//!
//! Floor 7.

use std::sync::Arc;

use serde_json::{Value, json};

use super::args::SearchArguments;
use super::{Failure, print_line, print_words_line};
use crate::session::{Command, HiddenBy, SearchHit, SearchKind, Session, Settings};
use crate::text::plain;
use crate::ui::search_context;

/// Prints the hits.
pub fn search(arguments: &SearchArguments) -> Result<(), Failure> {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    if !arguments.answer.no_bundled {
        session.open_bundled_situation();
    }
    super::project::open_files(&mut session, &arguments.files)?;
    session.apply(Command::PrepareSearch);
    session.settle_reading();
    super::report_issues(&session)?;
    let found = session.search(&arguments.text, arguments.limit);
    for &(layer, rows) in &found.cut_layers {
        let title = session.catalogue().get(layer).map(|entry| entry.title.as_str()).unwrap_or_default();
        super::tell(&format!("only the first {rows} features of {title} are searched"));
    }
    let hits = found.groups.iter().flat_map(|group| group.hits.iter().map(|hit| (group.kind, hit)));
    if arguments.answer.json {
        let rows: Vec<Value> = hits.map(|(kind, hit)| hit_json(&session, kind, hit)).collect();
        return print_line(&Value::Array(rows).to_string());
    }
    if found.groups.is_empty() {
        return print_line("Nothing found");
    }
    hits.into_iter().try_for_each(|(kind, hit)| print_words_line(&hit_words(kind, hit)))
}

fn hit_json(session: &Session, kind: SearchKind, hit: &SearchHit) -> Value {
    let entry = hit.feature.and_then(|feature| session.catalogue().get(feature.layer));
    let layer = entry.map(|entry| entry.origin_key().map_or_else(|| entry.title.clone(), str::to_owned));
    json!({
        "kind": kind.key(),
        "title": plain(&hit.title),
        "title_ar": hit.title_ar,
        "spelling": hit.spelling,
        "context": plain(&search_context(hit)),
        "lon": hit.at.map(|at| rounded(at.lon_deg)),
        "lat": hit.at.map(|at| rounded(at.lat_deg)),
        "layer": layer,
        "feature": hit.feature.map(|feature| feature.row + 1),
        "hidden_by": hit.hidden.map(|hidden| match hidden {
            HiddenBy::Layer => "layer",
            HiddenBy::Filter => "filter",
            HiddenBy::Time => "time",
        }),
    })
}

/// A tenth of a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn hit_words(kind: SearchKind, hit: &SearchHit) -> String {
    let arabic = hit.title_ar.iter().map(|name| format!(" / {name}")).collect::<String>();
    let context = plain(&search_context(hit));
    let context = if context.is_empty() { context } else { format!(" ({context})") };
    format!("{}: {}{arabic}{context}", kind.key(), plain(&hit.title))
}
