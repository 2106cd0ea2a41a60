//! Why a layer could not be loaded at all.
//!
//! Floor 2. What is wrong with single features is an `Issue`, not an error.

use std::io;

/// A refusal of the whole input, as sentences a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The operating system would not give us the bytes.
    #[error("cannot read the layer: {source}: {origin}")]
    Read {
        /// The path, or where else the bytes came from.
        origin: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file grew, shrank or was replaced after it was opened.
    #[error("the file has changed since it was opened; open it again: {origin}")]
    Changed {
        /// The path.
        origin: String,
    },
    /// A `.gz` or `.zst` that gives nothing at all.
    #[error("cannot unpack the file: {reason}: {origin}")]
    Unpack {
        /// What is wrong with the packing.
        reason: String,
        /// The path, or where else the bytes came from.
        origin: String,
    },
    /// Beyond one of the limits.
    #[error("the layer is too big: {reason}: {origin}")]
    TooBig {
        /// Which limit, and by how much.
        reason: String,
        /// The path, or where else the bytes came from.
        origin: String,
    },
    /// Not JSON, and nothing in it could be saved.
    #[error("not valid JSON at line {line}, column {column}: {reason}: {origin}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Characters, counted from 1.
        column: usize,
        /// What was expected and what stands there.
        reason: String,
        /// The path, or where else the bytes came from.
        origin: String,
    },
    /// Something else than GeoJSON, with a word on what it is and what to do.
    #[error("not a GeoJSON layer: {reason}: {origin}")]
    NotGeoJson {
        /// What it is and what to do.
        reason: String,
        /// The path, or where else the bytes came from.
        origin: String,
    },
    /// Nothing in it is a row of a table.
    #[error("not a table: {reason}: {origin}")]
    NotTable {
        /// What it is and what to do.
        reason: String,
        /// The path, or where else the bytes came from.
        origin: String,
    },
    /// A coordinate system other than longitude and latitude on WGS 84 or Web Mercator.
    #[error(
        "the coordinate system {crs:?} is not supported; save the layer in EPSG:4326 (WGS 84) and open it again: \
         {origin}"
    )]
    UnknownCrs {
        /// As the file names it.
        crs: String,
        /// The path, or where else the bytes came from.
        origin: String,
    },
    /// Somebody pressed Cancel.
    #[error("loading was cancelled")]
    Cancelled,
}
