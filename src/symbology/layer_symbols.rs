//! Which symbol each feature of a layer takes.
//!
//! Floor 2.

use super::Symbol;

/// The symbols of one layer, and the one of each feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerSymbols {
    /// Each symbol once.
    pub symbols: Vec<Symbol>,
    /// An index into `symbols` for every row of the layer's feature store.
    pub symbol_of_row: Vec<u16>,
}
