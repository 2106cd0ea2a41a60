//! Which columns have too many words, told from one stretch to the others while they are being read.
//!
//! Floor 2. A column of ids has a new word in every row: each stretch would collect its own, only to throw them away
//! when all are put together. What is told here is certain: the words counted are those of stretches that are known to
//! be part of the whole, and a column that is given up for them would have been given up in the end.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;

use super::columns::ColumnsBuilder;
use super::limits::FREE_WORDS;
use crate::situation::MAX_WORDS;

/// Shared by the threads that read the stretches of one list or sequence.
#[derive(Default)]
pub(super) struct TooManyWords {
    known: Mutex<Known>,
    hashes: RandomState,
}

#[derive(Default)]
struct Known {
    /// The first stretch of which it is not known that it is part of the whole.
    next: usize,
    /// Stretches that have been read before all those ahead of them.
    waiting: HashMap<usize, Finished>,
    /// The hashes of the words of each column. Two words of one hash count as one: never too many.
    words: HashMap<String, HashSet<u64, RandomState>>,
    given_up: Arc<HashSet<String>>,
}

/// A stretch that has been read.
pub(super) struct Finished {
    /// Whether it counts if the one before it ends where it begins.
    pub is_good: bool,
    /// Whether it ends where the next one begins.
    pub landed: bool,
    words: Vec<(String, Vec<u64>)>,
}

impl TooManyWords {
    /// The columns that are to be given up at once.
    pub fn given_up(&self) -> Arc<HashSet<String>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).given_up.clone()
    }

    /// Counts the words of stretch `number`.
    pub fn finish(&self, number: usize, (is_good, landed): (bool, bool), columns: &ColumnsBuilder) {
        let hashed = columns.long_vocabularies(FREE_WORDS).map(|(name, words)| {
            (name.to_owned(), words.words().map(|word| self.hashes.hash_one(word)).collect())
        });
        let finished = Finished { is_good, landed, words: hashed.collect() };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).add(number, finished);
    }
}

impl Known {
    fn add(&mut self, number: usize, finished: Finished) {
        self.waiting.insert(number, finished);
        while let Some(finished) = self.waiting.remove(&self.next) {
            if !finished.is_good && self.next > 0 {
                // Nothing behind it is known to count.
                self.next = usize::MAX;
                return;
            }
            for (name, words) in finished.words {
                self.count(name, words);
            }
            self.next = if finished.landed { self.next + 1 } else { usize::MAX };
        }
    }

    fn count(&mut self, name: String, words: Vec<u64>) {
        if self.given_up.contains(&name) {
            return;
        }
        let all = self.words.entry(name.clone()).or_default();
        all.extend(words);
        if all.len() > MAX_WORDS {
            self.words.remove(&name);
            Arc::make_mut(&mut self.given_up).insert(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::columns::{RawProperty, RawValue};
    use crate::source::json_scanner::RawText;

    fn columns_of(words: impl Iterator<Item = String>) -> ColumnsBuilder {
        let mut columns = ColumnsBuilder::default();
        for (row, word) in words.enumerate() {
            let text = |raw| RawText { raw, escaped: false, damaged: false };
            let value = RawValue::Text(text(word.as_bytes()));
            columns.push_row(row, &mut [RawProperty::new(text(b"p"), value)]);
        }
        columns
    }

    #[test]
    fn a_column_is_given_up_for_words_of_stretches_that_count_and_for_no_others() {
        let stretch = |number: usize| columns_of((0..30_000).map(|row| format!("{number} {row}")));
        let (good, stray) = ((true, true), (true, false));
        for (ends, given_up) in [([good, good, good], true), ([good, stray, good], false)] {
            let known = TooManyWords::default();
            for number in [2, 0, 1] {
                known.finish(number, ends[number], &stretch(number));
            }
            assert_eq!(known.given_up().contains("p"), given_up);
        }
    }

    #[test]
    fn dates_are_never_given_up() {
        let known = TooManyWords::default();
        let seconds =
            |from: i64| (from..from + 40_000).map(|at| crate::situation::words_of_instant(at * 1000));
        for number in 0..3 {
            known.finish(number, (true, true), &columns_of(seconds(number as i64 * 40_000)));
        }
        assert!(known.given_up().is_empty());
    }
}
