//! Pictures to files.
//!
//! Floor 6.
