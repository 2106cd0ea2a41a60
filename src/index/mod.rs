//! The spatial index, and identify: what lies under a point.
//!
//! Floor 2.
