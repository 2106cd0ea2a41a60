//! A set of rows of one store: a bit a row.
//!
//! Floor 1.

use super::FeatureRow;

/// Rows that one word of a mask holds.
const WORD_ROWS: usize = u64::BITS as usize;

/// Which rows of a store are meant. Two masks can be joined only where they are of the same length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowMask {
    /// Row `n` is bit `n % 64` of word `n / 64`; bits from `len` on are 0.
    words: Vec<u64>,
    len: usize,
}

impl RowMask {
    /// No row of `len`.
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(WORD_ROWS)], len }
    }

    /// All of `len` rows.
    pub fn all(len: usize) -> Self {
        Self::from_words(vec![u64::MAX; len.div_ceil(WORD_ROWS)], len)
    }

    /// From words of 64 rows each, the first row lowest; bits from `len` on are ignored.
    ///
    /// # Panics
    /// Where there are not exactly as many words as `len` rows need.
    pub fn from_words(mut words: Vec<u64>, len: usize) -> Self {
        assert_eq!(words.len(), len.div_ceil(WORD_ROWS), "one bit a row");
        if let Some(last) = words.last_mut().filter(|_| !len.is_multiple_of(WORD_ROWS)) {
            *last &= (1 << (len % WORD_ROWS)) - 1;
        }
        Self { words, len }
    }

    /// How many rows the store has, in the set or not.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the store has no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// 64 rows from row `64 × place` on, the first lowest; none beyond the end.
    pub fn word(&self, place: usize) -> u64 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// Whether the row is in the set; a row beyond the end is not.
    pub fn contains(&self, row: FeatureRow) -> bool {
        self.words.get(row / WORD_ROWS).is_some_and(|word| word >> (row % WORD_ROWS) & 1 == 1)
    }

    /// Puts the row into the set. `row` must be below [`RowMask::len`].
    pub fn insert(&mut self, row: FeatureRow) {
        debug_assert!(row < self.len);
        self.words[row / WORD_ROWS] |= 1 << (row % WORD_ROWS);
    }

    /// How many rows are in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows in the set, in the order of the store.
    pub fn iter(&self) -> impl Iterator<Item = FeatureRow> + Clone {
        self.words.iter().enumerate().flat_map(|(place, &word)| {
            let rest = |word: u64| (word != 0).then_some(word);
            // Each step clears the lowest bit.
            std::iter::successors(rest(word), move |&word| rest(word & (word - 1)))
                .map(move |word| place * WORD_ROWS + word.trailing_zeros() as usize)
        })
    }

    /// Keeps only the rows that are in `other`, too.
    pub fn and(mut self, other: &Self) -> Self {
        self.join(other, |own, other| own & other);
        self
    }

    /// Adds the rows of `other`.
    pub fn or(mut self, other: &Self) -> Self {
        self.join(other, |own, other| own | other);
        self
    }

    /// All the other rows.
    pub fn inverted(mut self) -> Self {
        self.words.iter_mut().for_each(|word| *word = !*word);
        Self::from_words(self.words, self.len)
    }

    fn join(&mut self, other: &Self, join: impl Fn(u64, u64) -> u64) {
        assert_eq!(self.len, other.len, "masks of the same store");
        self.words.iter_mut().zip(&other.words).for_each(|(own, &other)| *own = join(*own, other));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(len: usize, rows: &[FeatureRow]) -> RowMask {
        let mut mask = RowMask::none(len);
        rows.iter().for_each(|&row| mask.insert(row));
        mask
    }

    #[test]
    fn rows_come_back_in_order_across_the_borders_of_words() {
        let rows = [0, 1, 63, 64, 127, 128, 199];
        let mask = mask(200, &[199, 64, 0, 128, 1, 127, 63]);
        assert_eq!(mask.iter().collect::<Vec<_>>(), rows);
        assert_eq!(mask.count(), rows.len());
        assert!(rows.iter().all(|&row| mask.contains(row)) && !mask.contains(2) && !mask.contains(200));
    }

    #[test]
    fn what_lies_beyond_the_last_row_is_never_in_the_set() {
        for len in [0, 1, 63, 64, 65, 130] {
            assert_eq!(RowMask::all(len).count(), len);
            assert_eq!(RowMask::none(len).inverted(), RowMask::all(len));
            assert_eq!(RowMask::all(len).inverted().iter().next(), None);
        }
    }

    #[test]
    fn masks_are_joined_row_by_row() {
        let (a, b) = (mask(100, &[1, 2, 70]), mask(100, &[2, 70, 99]));
        assert_eq!(a.clone().and(&b), mask(100, &[2, 70]));
        assert_eq!(a.or(&b), mask(100, &[1, 2, 70, 99]));
    }
}
