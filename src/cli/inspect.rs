//! `sitmap inspect`: what is in a file and what is wrong with it.
//!
//! Floor 7.

use super::args::InspectArguments;
use super::{Failure, print_line};
use crate::source::{Inspection, Progress, SourceBytes, read_layer};

/// Prints the inspection; a file of which nothing could be kept is refused.
pub fn inspect(arguments: &InspectArguments) -> Result<(), Failure> {
    let refused = |error: crate::source::LoadError| Failure::Refused(error.to_sentence());
    let source = SourceBytes::open(&arguments.file).map_err(refused)?;
    let layer = read_layer(&source, &Progress::default()).map_err(refused)?;
    let inspection = Inspection::of(&source, &layer);
    if arguments.json {
        let line = serde_json::to_string(&inspection).map_err(|error| Failure::Refused(error.to_string()))?;
        return print_line(&line);
    }
    print_words(&inspection)
}

fn print_words(inspection: &Inspection) -> Result<(), Failure> {
    print_line(&format!("{}: {} kept, {} rejected", inspection.format, inspection.features, inspection.rejected))?;
    for (kind, count) in &inspection.geometries {
        print_line(&format!("  {kind}: {count}"))?;
    }
    for property in &inspection.properties {
        print_line(&format!("  {} ({}): {} filled", property.name, property.kind, property.filled))?;
    }
    inspection.issues.iter().try_for_each(|issue| print_line(&format!("  {issue}")))
}
