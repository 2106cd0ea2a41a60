//! The symbols of one layer and which row wears which.
//!
//! Floor 2.

use super::Symbol;

/// The symbols of one layer, each once, and the symbol of each feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerSymbols {
    /// Each distinct symbol once; usually a handful.
    pub symbols: Vec<Symbol>,
    /// For each row of the feature store an index into `symbols`.
    pub symbol_of_row: Vec<u16>,
}
