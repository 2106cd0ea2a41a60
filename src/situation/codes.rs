//! The words of a column as small numbers, one a row.
//!
//! Floor 1.

/// The most different words that one column holds: their codes and "none" fit 16 bits.
pub const MAX_WORDS: usize = u16::MAX as usize;

/// An index into the words of a column for each row, or none; as wide as the number of words needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codes {
    /// Fewer than 256 words; 255 is none.
    U8(Vec<u8>),
    /// Up to [`MAX_WORDS`] words; 65,535 is none.
    U16(Vec<u16>),
}

impl Codes {
    /// The codes of a column of `words` different words, at most [`MAX_WORDS`]; each code is below that.
    pub fn collect(words: usize, codes: impl Iterator<Item = Option<u32>>) -> Self {
        debug_assert!(words <= MAX_WORDS);
        if words < usize::from(u8::MAX) {
            Self::U8(codes.map(|code| code.map_or(u8::MAX, |code| code as u8)).collect())
        } else {
            Self::U16(codes.map(|code| code.map_or(u16::MAX, |code| code as u16)).collect())
        }
    }

    /// The row's code; `None` where it has no word, and beyond the last row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<u32> {
        match self {
            Self::U8(codes) => codes.get(row).filter(|&&code| code != u8::MAX).map(|&code| code.into()),
            Self::U16(codes) => codes.get(row).filter(|&&code| code != u16::MAX).map(|&code| code.into()),
        }
    }

    /// The first row of each of so many words; `None` for a word that no row has.
    pub(super) fn first_rows(&self, words: usize) -> Vec<Option<usize>> {
        let mut rows = vec![None; words];
        let mut wanted = words;
        for row in 0..self.len() {
            let first =
                self.get(row).and_then(|code| rows.get_mut(code as usize)).filter(|row| row.is_none());
            if let Some(first) = first {
                *first = Some(row);
                wanted -= 1;
            }
            if wanted == 0 {
                break;
            }
        }
        rows
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::U8(codes) => codes.len(),
            Self::U16(codes) => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether each code is below `words`.
    pub(super) fn are_below(&self, words: usize) -> bool {
        match self {
            Self::U8(codes) => codes.iter().all(|&code| code == u8::MAX || usize::from(code) < words),
            Self::U16(codes) => codes.iter().all(|&code| code == u16::MAX || usize::from(code) < words),
        }
    }

    /// What they take in memory.
    pub fn heap_bytes(&self) -> usize {
        match self {
            Self::U8(codes) => codes.capacity(),
            Self::U16(codes) => codes.capacity() * size_of::<u16>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_as_wide_as_the_words_need_and_none_is_never_a_code() {
        for words in [1, 254, 255, 256, MAX_WORDS] {
            let last = words as u32 - 1;
            let codes = Codes::collect(words, [Some(0), None, Some(last)].into_iter());
            let all: Vec<_> = (0..4).map(|row| codes.get(row)).collect();
            assert_eq!(all, [Some(0), None, Some(last), None], "{words}");
            assert_eq!(matches!(codes, Codes::U8(_)), words < 255);
        }
    }
}
