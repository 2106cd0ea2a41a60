//! `sitmap inspect`: what is in a file and what is wrong with it.
//!
//! Floor 7.

use super::args::InspectArguments;
use super::{Failure, check_kept, print_line, print_words_line};
use crate::source;
use crate::source::{Inspection, LoadError, Progress, SourceBytes};

/// Prints the inspection; a file of which nothing could be kept is refused.
pub fn inspect(arguments: &InspectArguments) -> Result<(), Failure> {
    let inspection = inspection_of(&arguments.file).map_err(|error| Failure::Refused(error.to_string()))?;
    if arguments.json {
        let line = serde_json::to_string(&inspection).map_err(|error| Failure::Refused(error.to_string()))?;
        print_line(&line)?;
    } else {
        print_words(&inspection)?;
    }
    check_kept(inspection.features, inspection.rejected, &arguments.file.display().to_string())
}

fn inspection_of(file: &std::path::Path) -> Result<Inspection, LoadError> {
    let progress = Progress::default();
    let source = SourceBytes::open(file, &progress)?;
    let layer = source::read_layer(&source, &progress)?;
    source::inspect(&source, &layer)
}

fn print_words(inspection: &Inspection) -> Result<(), Failure> {
    print_words_line(&format!(
        "{}: {} kept, {} rejected",
        inspection.format, inspection.features, inspection.rejected
    ))?;
    for (kind, count) in &inspection.geometries {
        print_words_line(&format!("  {kind}: {count}"))?;
    }
    for property in &inspection.properties {
        print_words_line(&format!(
            "  {} ({}): {} filled",
            property.name, property.type_name, property.filled
        ))?;
    }
    inspection.issues.iter().try_for_each(|issue| print_words_line(&format!("  {issue}")))
}
