//! Gives equal looks one symbol, row after row.
//!
//! Floor 2.

use std::collections::HashMap;
use std::hash::Hash;

use super::{LayerSymbols, Symbol};

/// Builds [`LayerSymbols`] from one key a row; rows with equal keys share a symbol.
pub(super) struct Interner<K> {
    built: LayerSymbols,
    code_of_key: HashMap<K, u16>,
    /// Neighbours in a file mostly look alike: the last key saves a million hashes in a large layer.
    last: Option<(K, u16)>,
}

impl<K: Hash + Eq + Copy> Interner<K> {
    /// Room for `rows` rows.
    pub(super) fn with_rows(rows: usize) -> Self {
        let built = LayerSymbols { symbols: Vec::new(), symbol_of_row: Vec::with_capacity(rows) };
        Self { built, code_of_key: HashMap::new(), last: None }
    }

    /// Adds the next row; `symbol` is asked only for a key not met before.
    pub(super) fn push_row(&mut self, key: K, symbol: impl FnOnce() -> Symbol) {
        let code = match self.last {
            Some((last, code)) if last == key => code,
            _ => self.code_of(key, symbol),
        };
        self.last = Some((key, code));
        self.built.symbol_of_row.push(code);
    }

    /// The layer's symbols; each row has one.
    pub(super) fn finish(self) -> LayerSymbols {
        self.built
    }

    fn code_of(&mut self, key: K, symbol: impl FnOnce() -> Symbol) -> u16 {
        if let Some(&code) = self.code_of_key.get(&key) {
            return code;
        }
        // No legend explains 65,536 symbols: whoever comes later looks like the first.
        let Ok(code) = u16::try_from(self.built.symbols.len()) else { return 0 };
        self.built.symbols.push(symbol());
        self.code_of_key.insert(key, code);
        code
    }
}

impl LayerSymbols {
    /// One symbol for all rows.
    pub(super) fn same_for_all(symbol: Symbol, rows: usize) -> Self {
        Self { symbols: vec![symbol], symbol_of_row: vec![0; rows] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_share_a_symbol_wherever_they_stand() {
        let mut interner = Interner::with_rows(4);
        for key in ["a", "b", "b", "a"] {
            interner.push_row(key, Symbol::default);
        }
        let built = interner.finish();
        assert_eq!((built.symbols.len(), built.symbol_of_row), (2, vec![0, 1, 1, 0]));
    }

    #[test]
    fn more_looks_than_codes_fall_back_to_the_first() {
        let mut interner = Interner::with_rows(70_000);
        (0..70_000).for_each(|key| interner.push_row(key, Symbol::default));
        let built = interner.finish();
        assert_eq!(
            (built.symbols.len(), built.symbol_of_row[65_535], built.symbol_of_row[69_999]),
            (65_536, 65_535, 0)
        );
    }
}
