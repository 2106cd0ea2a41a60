<<<<<<< HEAD
//! The symbols of one layer and which row wears which.
=======
//! Which symbol each feature of a layer takes.
>>>>>>> paint
//!
//! Floor 2.

use super::Symbol;
<<<<<<< HEAD
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
=======

/// The symbols of one layer, and the one of each feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerSymbols {
    /// Each symbol once.
    pub symbols: Vec<Symbol>,
    /// An index into `symbols` for every row of the layer's feature store.
    pub symbol_of_row: Vec<u16>,
}
>>>>>>> paint
