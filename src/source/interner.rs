//! Each string once: finds the number of a string that was seen before.
//!
//! Floor 2. An open table of numbers; the strings lie in one place only.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

const FREE: u32 = u32::MAX;

/// Strings numbered from 0 in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct Interner {
    words: Vec<String>,
    /// Numbers of words at the place of their hash or the next free one after it; a power of two long.
    table: Vec<u32>,
    /// Keyed afresh in each run: no file can be made to collide.
    hashes: RandomState,
    /// The number that was asked for last: neighbours are often alike.
    last: u32,
}

impl Interner {
    /// How many different strings there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The strings in the order of their numbers.
    pub fn into_words(self) -> Vec<String> {
        self.words
    }

    /// The string's number; a new one where it was never seen.
    pub fn number(&mut self, word: &str) -> u32 {
        if self.words.get(self.last as usize).is_some_and(|last| last == word) {
            return self.last;
        }
        if self.words.len() * 2 >= self.table.len() {
            self.grow();
        }
        let place = self.place(word);
        if self.table[place] == FREE {
            self.table[place] = self.words.len() as u32;
            self.words.push(word.to_owned());
        }
        self.last = self.table[place];
        self.last
    }

    /// Where the string's number stands in the table, or would.
    fn place(&self, word: &str) -> usize {
        let mask = self.table.len() - 1;
        let mut hasher = self.hashes.build_hasher();
        hasher.write(word.as_bytes());
        let mut place = hasher.finish() as usize & mask;
        while self.table[place] != FREE && self.words[self.table[place] as usize] != word {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        const SMALLEST: usize = 16;
        self.table = vec![FREE; (self.table.len() * 2).max(SMALLEST)];
        for number in 0..self.words.len() {
            let place = self.place(&self.words[number]);
            self.table[place] = number as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_one_number_however_often_it_comes() {
        let mut interner = Interner::default();
        let numbers: Vec<u32> = (0..3000).map(|n| interner.number(&format!("w{}", n % 1000))).collect();
        assert_eq!(interner.len(), 1000);
        assert!(numbers.iter().enumerate().all(|(at, &number)| number as usize == at % 1000));
        assert_eq!(interner.into_words()[7], "w7");
    }
}
