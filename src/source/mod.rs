//! User layers: bytes to features, one file per format, the load report, the bundled data.
//!
//! Floor 2. The way of a file: [`SourceBytes`] (unpacked, kept once) → records → the list of features → single
//! features into a part → [`crate::situation::FeatureStore`]. Nothing in between is a tree: values are ranges of the
//! source until a column or a panel wants them.
//!
//! There is one reader for GeoJSON and one for tables, and they share all that is not about their syntax. A long
//! sequence, list or table is cut into stretches that all threads read by the same steps, each into a part of its own; a
//! short one is one stretch.

pub mod bundled;

mod borders;
mod bytes;
mod collection;
mod column_values;
mod columns;
mod coordinates;
mod crs;
mod cut_guard;
mod details;
mod error;
mod fault;
mod feature;
mod feature_list;
mod fingerprint;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod geometry;
#[cfg(test)]
mod hostile_tests;
mod inspect;
mod interner;
mod issues;
mod json_number;
mod json_scanner;
mod json_text;
mod limits;
mod list_stretches;
mod longitudes;
mod merge;
mod merge_columns;
mod part;
mod plain_text;
mod plan;
mod progress;
mod reader;
mod recognise;
mod record_kind;
mod record_stretches;
mod records;
mod recovery;
mod scan_blocks;
mod spread;
mod stretches;
#[cfg(test)]
mod stretches_tests;
mod table;
mod ticker;
mod told_once;
mod too_many_words;
mod unpack;
mod wanted_members;

pub use bytes::{SourceBytes, hex_sha256, read_exact_at};
pub use error::LoadError;
pub use fingerprint::Fingerprint;
pub use inspect::{Inspection, PropertySummary, inspect};
pub use issues::{Issue, Severity};
pub use limits::{MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES};
pub use progress::Progress;
pub use reader::{LayerInfo, Loaded, ReadingOptions, read_layer, read_layer_in_parts};
pub use table::{
    DecimalSign, Delimiter, HeaderRow, PlaceColumns, TableFormat, TableInfo, TableSettings, TextEncoding,
    is_name_of_position,
};
