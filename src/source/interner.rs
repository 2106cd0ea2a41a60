//! Each string once: finds the number of a string that was seen before.
//!
//! Floor 2. An open table of numbers; the strings lie one after the other in one place.

use foldhash::quality::RandomState;
use std::hash::{BuildHasher, Hasher};

/// A place of the table: a number and the upper half of its string's hash, so that few strings are compared in vain.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    number: u32,
}

const FREE: u32 = u32::MAX;

/// Strings numbered from 0 in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct Interner {
    /// All strings one after the other.
    text: Vec<u8>,
    /// Where each begins in `text`, and its length.
    places: Vec<(u32, u32)>,
    /// Slots at the place of their hash or the next free one after it; a power of two long.
    table: Vec<Slot>,
    /// Keyed afresh in each run: no file can be made to collide.
    hashes: RandomState,
    /// The number that was asked for last: neighbours are often alike.
    last: u32,
}

impl Interner {
    /// How many different strings there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The strings in the order of their numbers.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.places.iter().map(|&place| self.at(place))
    }

    /// The string's number; a new one where it was never seen.
    #[inline]
    pub fn number(&mut self, word: &[u8]) -> u32 {
        if self.places.get(self.last as usize).is_some_and(|&last| is_same(self.at(last), word)) {
            return self.last;
        }
        if self.places.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = self.hash(word);
        let place = self.place(hash, |number| is_same(self.at(self.places[number]), word));
        if self.table[place].number == FREE {
            self.table[place] = Slot { hash: (hash >> 32) as u32, number: self.places.len() as u32 };
            self.places.push((self.text.len() as u32, word.len() as u32));
            self.text.extend_from_slice(word);
        }
        self.last = self.table[place].number;
        self.last
    }

    #[inline]
    fn at(&self, (start, length): (u32, u32)) -> &[u8] {
        &self.text[start as usize..][..length as usize]
    }

    /// Where the string of that hash stands in the table, or would; `is_it` compares.
    #[inline]
    fn place(&self, hash: u64, is_it: impl Fn(usize) -> bool) -> usize {
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let slot = self.table[place];
            if slot.number == FREE || (slot.hash == (hash >> 32) as u32 && is_it(slot.number as usize)) {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    #[inline]
    fn hash(&self, word: &[u8]) -> u64 {
        let mut hasher = self.hashes.build_hasher();
        hasher.write(word);
        hasher.finish()
    }

    #[cold]
    fn grow(&mut self) {
        const SMALLEST: usize = 16;
        self.table = vec![Slot { hash: 0, number: FREE }; (self.table.len() * 2).max(SMALLEST)];
        for number in 0..self.places.len() {
            let hash = self.hash(self.at(self.places[number]));
            let place = self.place(hash, |_| false);
            self.table[place] = Slot { hash: (hash >> 32) as u32, number: number as u32 };
        }
    }
}

/// Whether two strings are the same, without a call for the short ones that most are.
#[inline]
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        0..4 => one.iter().zip(other).all(|(a, b)| a == b),
        4..8 => have_same_ends::<4>(one, other),
        8..=16 => have_same_ends::<8>(one, other),
        _ => one == other,
    }
}

/// Whether the first `N` bytes of two strings are the same, and the last ones.
#[inline]
fn have_same_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk::<N>() && one.last_chunk::<N>() == other.last_chunk::<N>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_one_number_however_often_it_comes() {
        let mut interner = Interner::default();
        let numbers: Vec<u32> =
            (0..3000).map(|n| interner.number(format!("w{}", n % 1000).as_bytes())).collect();
        assert_eq!(interner.len(), 1000);
        assert!(numbers.iter().enumerate().all(|(at, &number)| number as usize == at % 1000));
        assert_eq!(interner.words().nth(7), Some(&b"w7"[..]));
    }

    #[test]
    fn strings_are_the_same_only_where_all_bytes_are() {
        for length in 0..40 {
            let one = vec![b'a'; length];
            assert!(is_same(&one, &one.clone()) && !is_same(&one, &[&one[..], b"a"].concat()));
            for at in 0..length {
                let mut other = one.clone();
                other[at] = b'b';
                assert!(!is_same(&one, &other), "{at} of {length}");
            }
        }
    }

    #[test]
    fn the_empty_string_is_a_string() {
        let mut interner = Interner::default();
        assert_eq!([b"", &b"a"[..], b""].map(|word| interner.number(word)), [0, 1, 0]);
    }
}
