//! The symbols of one layer and which row wears which.
//!
//! Floor 2.

use super::Symbol;
use crate::situation::{FeatureRow, RowMask};

/// What is left of the opacity of a symbol that steps back.
const FAINT: f32 = 0.35;

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

    /// The same, and fainter for some rows; as it is where there are too many symbols to have each twice.
    #[must_use]
    pub fn fading(mut self, rows: &RowMask) -> Self {
        let count = self.symbols.len();
        if 2 * count > usize::from(u16::MAX) {
            return self;
        }
        self.symbols.extend_from_within(..);
        self.symbols[count..].iter_mut().for_each(|symbol| *symbol = symbol.faded(FAINT));
        for row in rows.iter() {
            if let Some(symbol) = self.symbol_of_row.get_mut(row) {
                *symbol += count as u16;
            }
        }
        self
    }

    /// The symbol of one feature; `None` for a row that is not in the store.
    pub fn symbol_of(&self, row: FeatureRow) -> Option<&Symbol> {
        self.symbols.get(usize::from(*self.symbol_of_row.get(row)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbology::{Fill, Rgba};

    #[test]
    fn only_the_rows_of_the_mask_step_back() {
        let fill = |alpha| Fill { color: Rgba { r: 10, g: 20, b: 30, a: alpha }, hatch: None };
        let symbol = Symbol { fill: Some(fill(200)), ..Symbol::default() };
        let symbols = LayerSymbols { symbols: vec![symbol], symbol_of_row: vec![0, 0, 0] };
        let mut rows = RowMask::none(3);
        rows.insert(1);
        let fading = symbols.clone().fading(&rows);
        let alpha = |row| fading.symbol_of(row).unwrap().fill.unwrap().color.a;
        assert_eq!([alpha(0), alpha(1), alpha(2)], [200, 70, 200]);
        assert_eq!(symbols.clone().fading(&RowMask::none(3)).symbol_of_row, symbols.symbol_of_row);
    }
}
