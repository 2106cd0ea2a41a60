//! User layers: bytes to features, one file per format, the load report, the bundled data.
//!
//! Floor 2.
