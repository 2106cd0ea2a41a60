//! All stretches of a source into one: features, columns and the load report.
//!
//! Floor 2.

use super::columns::ColumnsBuilder;
use super::issues::IssueLog;
use super::limits::{COLUMN_BYTES_PER_SOURCE_BYTE, FREE_COLUMN_BYTES};
use super::merge_columns::merge_columns;
use super::part::Part;
use crate::situation::{Column, FeatureStoreBuilder};

/// What was read of the whole source.
pub(super) struct Merged {
    pub features: FeatureStoreBuilder,
    pub columns: Vec<Column>,
    pub log: IssueLog,
    /// Whether some properties have no column because there are too many names.
    pub has_more_names: bool,
}

/// Puts the stretches, in their order, into one. `source_bytes` is how long the source is.
pub(super) fn merge_parts(parts: Vec<Part<'_>>, source_bytes: usize) -> Merged {
    let mut log = IssueLog::default();
    let mut builders = Vec::with_capacity(parts.len());
    let mut columns: Vec<(usize, ColumnsBuilder)> = Vec::with_capacity(parts.len());
    let mut read = 0;
    for part in parts {
        log.follow(part.log, read);
        read += part.read;
        columns.push((part.builder.len(), part.columns));
        builders.push(part.builder);
    }
    let budget_bytes = source_bytes.saturating_mul(COLUMN_BYTES_PER_SOURCE_BYTE).max(FREE_COLUMN_BYTES);
    let (features, (columns, has_more_names)) =
        rayon::join(|| FeatureStoreBuilder::concat(builders), || merge_columns(columns, budget_bytes));
    Merged { features, columns, log, has_more_names }
}
