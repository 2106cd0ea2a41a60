//! A long source cut at places where features probably begin, read by several threads, and put together again.
//!
//! Floor 2. Nothing rests on the guess: a stretch counts only if the one before it, read in full, comes to its end at
//! that very byte and in a state in which the next byte would have been read as the stretch did. Whatever was guessed
//! wrong is thrown away, and its predecessor reads on over it. So the result, the load report included, is that of
//! one thread; and no byte of a good file is looked at twice.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::borders::{begins_as_a_feature, next_feature_start};
use super::json_scanner::Scanner;
use super::part::Part;
use super::plan::Plan;

/// Places behind `from` where a feature probably begins, about `stretch_bytes` apart: objects that begin as the one at
/// `model` does, behind one of the bytes `after`, white space aside.
pub(super) fn likely_borders(
    bytes: &[u8],
    (model, from): (usize, usize),
    plan: &Plan<'_>,
    after: &[u8],
) -> Vec<usize> {
    let stretch_bytes = plan.stretch_bytes;
    let mut borders = Vec::new();
    if !plan.shares() {
        return borders;
    }
    let mut wanted = from.saturating_add(stretch_bytes);
    while wanted.saturating_add(stretch_bytes / 2) < bytes.len() && !plan.is_over() {
        let near = &bytes[..bytes.len().min(wanted.saturating_add(stretch_bytes))];
        match likely_border(near, model, wanted, after) {
            Some(border) => {
                borders.push(border);
                wanted = border.saturating_add(stretch_bytes);
            }
            None => wanted = near.len(),
        }
    }
    borders
}

fn likely_border(bytes: &[u8], model: usize, from: usize, after: &[u8]) -> Option<usize> {
    // What is read of objects that turn out to be no features: they may lie inside each other, down to the end.
    let mut tries = bytes.len() - from;
    let mut from = from;
    loop {
        let start = next_feature_start(bytes, model, from)?;
        let before = bytes[..start].trim_ascii_end().last();
        if before.is_some_and(|byte| after.contains(byte)) {
            // Objects inside of a feature may begin with the same name, if that is not "type".
            let mut scanner = Scanner::new(bytes, start);
            if begins_as_a_feature(bytes, start) || Part::default().read_feature(&mut scanner).is_ok() {
                return Some(start);
            }
            tries = tries.checked_sub(scanner.pos() - start)?;
        }
        from = start + 1;
    }
}

/// Which stretches are known to be part of the whole, told while they are read: where it ends, nobody need read on.
#[derive(Default)]
pub(super) struct Chain {
    known: Mutex<Known>,
    has_ended: AtomicBool,
}

#[derive(Default)]
struct Known {
    /// The first stretch of which it is not known how it ends.
    next: usize,
    /// Of those that ended before the ones ahead of them: whether they count, whether they landed, whether all ends.
    waiting: HashMap<usize, (bool, bool, bool)>,
}

impl Chain {
    /// Stretch `number` has been read: whether it counts if the one before it ends where it begins, whether it ends
    /// where the next one begins, and whether nothing comes after it.
    pub fn finish(&self, number: usize, (counts, landed): (bool, bool), ends: bool) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.waiting.insert(number, (counts, landed, ends));
        let mut next = known.next;
        while let Some((counts, landed, ends)) = known.waiting.remove(&next) {
            if counts && ends {
                self.has_ended.store(true, Ordering::Relaxed);
            }
            next = if counts && landed { next + 1 } else { usize::MAX };
        }
        known.next = next;
    }

    /// Whether nothing that has not been read yet can be part of the whole.
    pub fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Progress;

    #[test]
    fn the_search_for_a_border_does_not_read_what_is_nested_again_and_again() {
        let inner = r#"{"id":1,"rel":[0,"#.repeat(40);
        let feature = r#"{"id":1,"type":"Feature","properties":{},"geometry":null}"#;
        let text = format!("{feature},{inner}{}0{},{feature}", "1,".repeat(2000), "]}".repeat(40));
        let progress = Progress::default();
        let plan = Plan::with_stretches(2, 6000, &progress, &|_| {});
        let near = text.as_bytes();
        assert_eq!(
            likely_border(near, 0, feature.len(), b","),
            None,
            "objects in objects use up what may be tried"
        );
        let flat = format!("{feature},{}", [feature; 200].join(","));
        assert!(likely_borders(flat.as_bytes(), (0, 0), &plan, b",").len() == 1);
        progress.cancel();
        assert!(likely_borders(flat.as_bytes(), (0, 0), &plan, b",").is_empty());
    }
}
