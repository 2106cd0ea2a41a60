//! The symbols of one layer and which row wears which.
//!
//! Floor 2.

use super::Symbol;
use crate::situation::FeatureRow;

/// The symbols of one layer, each once, and the symbol of each feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerSymbols {
    /// Each distinct symbol once; usually a handful.
    pub symbols: Vec<Symbol>,
    /// For each row of the feature store an index into `symbols`.
    pub symbol_of_row: Vec<u16>,
}

impl LayerSymbols {
    /// The symbol of one feature; `None` for a row that is not in the store.
    pub fn symbol_of(&self, row: FeatureRow) -> Option<&Symbol> {
        self.symbols.get(usize::from(*self.symbol_of_row.get(row)?))
    }
}
