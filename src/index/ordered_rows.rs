//! The rows that a table lists, by their places: those that are shown, in the order that was asked for.
//!
//! Floor 2. Nothing is listed one by one: the shown rows stay a set of bits, in the order of their places, and a place is
//! found by counting bits. So a million rows take a millisecond, and no memory worth naming.

use std::sync::Arc;

use super::row_order::RowOrder;
use crate::situation::{FeatureRow, RowMask};

/// Words of a mask between two counts.
const BLOCK_WORDS: usize = 8;
const WORD_ROWS: usize = u64::BITS as usize;

/// The shown rows of a layer in an order.
#[derive(Debug, Clone)]
pub struct OrderedRows {
    /// That of the file where `None`.
    order: Option<Arc<RowOrder>>,
    /// Bit *i* is the row at place *i* of all rows in that order; all are shown where `None`.
    shown: Option<Arc<RowMask>>,
    /// How many rows are shown before each block of the mask.
    before: Vec<u32>,
    len: usize,
}

impl OrderedRows {
    /// Of so many rows those that are shown, all where `None`; an order has all rows of the layer.
    pub fn new(rows: usize, order: Option<Arc<RowOrder>>, shown: Option<&Arc<RowMask>>) -> Self {
        let shown = shown.map(|shown| match &order {
            None => Arc::clone(shown),
            Some(order) => Arc::new(shown_in_order(order, shown)),
        });
        let before = shown.as_ref().map_or_else(Vec::new, |shown| counts_before(shown));
        let len = shown.as_ref().map_or(rows, |shown| shown.count());
        Self { order, shown, before, len }
    }

    /// How many rows are listed.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row at a place, counted from 0; `None` beyond the last.
    pub fn row(&self, place: usize) -> Option<FeatureRow> {
        if place >= self.len {
            return None;
        }
        let among_all = match &self.shown {
            None => place,
            Some(shown) => self.nth(shown, place)?,
        };
        match &self.order {
            None => Some(among_all),
            Some(order) => order.rows().get(among_all).map(|&row| row as FeatureRow),
        }
    }

    /// The place of a row; `None` where it is not listed. Under an order of its own it is looked for from the first on:
    /// for one row, not for all.
    pub fn place(&self, row: FeatureRow) -> Option<usize> {
        let among_all = match &self.order {
            None => row,
            Some(order) => order.rows().iter().position(|&listed| listed as FeatureRow == row)?,
        };
        let Some(shown) = &self.shown else { return (among_all < self.len).then_some(among_all) };
        if !shown.contains(among_all) {
            return None;
        }
        let word = among_all / WORD_ROWS;
        let block = word / BLOCK_WORDS;
        let words = (block * BLOCK_WORDS..word).map(|word| shown.word(word).count_ones());
        let lower_bits = shown.word(word) & ((1 << (among_all % WORD_ROWS)) - 1);
        Some((self.before[block] + words.sum::<u32>() + lower_bits.count_ones()) as usize)
    }

    /// The position of the bit that so many others come before.
    fn nth(&self, shown: &RowMask, place: usize) -> Option<usize> {
        let block = self.before.partition_point(|&before| before as usize <= place).checked_sub(1)?;
        let mut left = place - self.before[block] as usize;
        for word in block * BLOCK_WORDS..(block + 1) * BLOCK_WORDS {
            let mut bits = shown.word(word);
            let count = bits.count_ones() as usize;
            if left >= count {
                left -= count;
                continue;
            }
            // Each step clears the lowest bit.
            (0..left).for_each(|_| bits &= bits - 1);
            return Some(word * WORD_ROWS + bits.trailing_zeros() as usize);
        }
        None
    }
}

/// Bit *i* is the row at place *i*. On this thread alone: it takes a millisecond or two for a million rows, and the others may
/// be busy with pictures for longer.
fn shown_in_order(order: &RowOrder, shown: &RowMask) -> RowMask {
    let word_of = |rows: &[u32]| {
        let bit_of = |(bit, &row): (usize, &u32)| u64::from(shown.contains(row as FeatureRow)) << bit;
        rows.iter().enumerate().map(bit_of).fold(0, |word, bit| word | bit)
    };
    RowMask::from_words(order.rows().chunks(WORD_ROWS).map(word_of).collect(), order.rows().len())
}

fn counts_before(shown: &RowMask) -> Vec<u32> {
    let words = shown.len().div_ceil(WORD_ROWS);
    let mut count = 0;
    let blocks = (0..words.div_ceil(BLOCK_WORDS)).map(|block| {
        let before = count;
        let of_block = block * BLOCK_WORDS..(block + 1) * BLOCK_WORDS;
        count += of_block.map(|word| shown.word(word).count_ones()).sum::<u32>();
        before
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SortDirection;
    use crate::situation::{Column, ColumnData, FeatureStoreBuilder};

    const ROWS: usize = 3_000;

    /// By the last two digits, the greatest first.
    fn order() -> Arc<RowOrder> {
        let values = (0..ROWS).map(|row| (row % 100) as f64).collect();
        let column = Column { name: "n".to_owned(), filled: ROWS as u32, data: ColumnData::Number(values) };
        let features = FeatureStoreBuilder::default().finish(vec![column], None);
        let column = &features.columns()[0];
        Arc::new(RowOrder::of_column(&features, column, SortDirection::Descending, &|_| true).unwrap())
    }

    fn mask(is_shown: impl Fn(FeatureRow) -> bool) -> Arc<RowMask> {
        let mut mask = RowMask::none(ROWS);
        (0..ROWS).filter(|&row| is_shown(row)).for_each(|row| mask.insert(row));
        Arc::new(mask)
    }

    #[test]
    fn every_place_has_the_row_that_a_plain_list_has_there_and_every_row_its_place() {
        let masks =
            [None, Some(mask(|_| false)), Some(mask(|row| row % 7 == 3)), Some(mask(|row| row > 1500))];
        for order in [None, Some(order())] {
            for shown in &masks {
                let all: Vec<FeatureRow> = match &order {
                    None => (0..ROWS).collect(),
                    Some(order) => order.rows().iter().map(|&row| row as FeatureRow).collect(),
                };
                let is_shown = |row: &FeatureRow| shown.as_ref().is_none_or(|shown| shown.contains(*row));
                let expected: Vec<FeatureRow> = all.into_iter().filter(is_shown).collect();
                let listed = OrderedRows::new(ROWS, order.clone(), shown.as_ref());
                assert_eq!(listed.len(), expected.len());
                let rows: Vec<_> = (0..listed.len()).map(|place| listed.row(place).unwrap()).collect();
                assert_eq!(rows, expected);
                assert_eq!(listed.row(listed.len()), None);
                for (place, &row) in expected.iter().enumerate().step_by(13) {
                    assert_eq!(listed.place(row), Some(place));
                }
                let hidden = (0..ROWS).find(|row| !is_shown(row));
                assert_eq!(hidden.and_then(|row| listed.place(row)), None);
            }
        }
    }
}
