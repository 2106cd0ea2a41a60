//! Bidirectional order, runs, fonts and label placement. No egui types in its core.
//!
//! Floor 2.
