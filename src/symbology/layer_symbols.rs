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
    /// The same for lines and areas, and nothing for points.
    #[must_use]
    pub fn without_markers(&self) -> Self {
        let symbols = self.symbols.iter().map(|symbol| Symbol { marker: None, ..symbol.clone() });
        Self { symbols: symbols.collect(), symbol_of_row: self.symbol_of_row.clone() }
    }

    /// The symbol of one feature; `None` for a row that is not in the store.
    pub fn symbol_of(&self, row: FeatureRow) -> Option<&Symbol> {
        self.symbols.get(usize::from(*self.symbol_of_row.get(row)?))
    }
}
