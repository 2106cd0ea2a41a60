//! `sitmap inspect`: what is in a file and what is wrong with it.
//!
//! Floor 7.

use super::args::InspectArguments;
use super::{Failure, check_kept, dates, print_line, print_words_line, tell};
use crate::index::{Filter, FilterError, Scope};
use crate::session::is_project;
use crate::situation::{FeatureStore, LayerEvents};
use crate::source::{self, Inspection, Progress, SourceBytes};

/// Prints the inspection; a file of which nothing could be kept is refused.
pub fn inspect(arguments: &InspectArguments) -> Result<(), Failure> {
    let refused = |error: &dyn std::fmt::Display| Failure::Refused(error.to_string());
    if is_project(&arguments.file) {
        let name = arguments.file.display();
        let words =
            "this is a project: `sitmap verify` and `sitmap log` tell what is in it, `sitmap query` its rows";
        return Err(Failure::Refused(format!("{words}: {name}")));
    }
    let progress = Progress::default();
    let source = SourceBytes::open(&arguments.file, &progress).map_err(|error| refused(&error))?;
    let layer = source::read_layer(&source, &progress).map_err(|error| refused(&error))?;
    let inspection = source::inspect(&source, &layer).map_err(|error| refused(&error))?;
    let filter = super::joined(&arguments.filter);
    let tags = inspection.table.as_ref().map_or(&[][..], |table| &table.tags);
    let events = arguments.dates.events_of(&layer.value, tags);
    let matching = match filter.is_empty() {
        true => None,
        false => Some(
            matching(&filter, &layer.value, events.as_ref())
                .map_err(|error| Failure::Refused(format!("{}: {error}", arguments.file.display())))?,
        ),
    };
    if arguments.json {
        let mut object = serde_json::to_value(&inspection).map_err(|error| refused(&error))?;
        if let (Some(object), Some(matching)) = (object.as_object_mut(), matching) {
            object.insert("matching".to_owned(), matching.into());
        }
        print_line(&object.to_string())?;
    } else {
        print_words(&inspection)?;
        if let Some(matching) = matching {
            print_words_line(&format!("  {matching} of {} meet the filter", inspection.features))?;
        }
    }
    events.iter().flat_map(dates::words_of).for_each(|words| tell(&words));
    check_kept(inspection.features, inspection.rejected, &arguments.file.display().to_string())
}

/// How many rows meet the filter, by the fields of events where the columns tell of events.
fn matching(
    filter: &Filter,
    features: &FeatureStore,
    events: Option<&LayerEvents>,
) -> Result<usize, FilterError> {
    let scope = Scope::of(features);
    let scope = events.map_or(scope, |events| scope.with_events(events));
    Ok(filter.verdict(&scope)?.met().count())
}

fn print_words(inspection: &Inspection) -> Result<(), Failure> {
    print_words_line(&format!(
        "{}: {} kept, {} rejected",
        inspection.format, inspection.features, inspection.rejected
    ))?;
    for (kind, count) in &inspection.geometries {
        print_words_line(&format!("  {kind}: {count}"))?;
    }
    if let Some(table) = &inspection.table {
        print_words_line(&format!("  places: {}", table.places))?;
    }
    for property in &inspection.properties {
        print_words_line(&format!(
            "  {} ({}): {} filled",
            property.name, property.type_name, property.filled
        ))?;
    }
    inspection.issues.iter().try_for_each(|issue| print_words_line(&format!("  {issue}")))
}
