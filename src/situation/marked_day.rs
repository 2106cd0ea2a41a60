//! A day that readers look for on the axis of time.
//!
//! Floor 1.

/// A day with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedDay {
    /// Counted from 1970-01-01.
    pub day: i32,
    /// A word or two.
    pub label: String,
    /// What happened, in a sentence.
    pub words: String,
    /// Who says so.
    pub source: String,
}
