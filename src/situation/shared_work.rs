//! Work that several threads share out among themselves.
//!
//! Floor 1. Knows nothing of what is done. The threads are started for it and are not rayon's: what the thread that draws
//! the window gives to those waits until one of them is free, and they make pictures. A filter of a millisecond would hold
//! the window up for as long as a picture takes.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::FeatureRow;

/// Rows to be read, each by its words, that are worth a thread of their own.
pub const ROWS_TO_READ: usize = 10_000;
/// Rows to be looked at, a few instructions each, that are worth one: to start it takes about as long.
pub const ROWS_TO_LOOK_AT: usize = 1 << 18;
/// Every part but the last begins and ends at a multiple of this, so that a word of a mask belongs to one part.
const BORDER: usize = u64::BITS as usize;

/// How many threads the machine runs at once.
pub fn core_count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does `count` pieces of work on at most `threads` threads, this one among them; the results in their order.
pub fn share_out<T: Send>(threads: usize, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return done;
            }
            done.push((number, work(number)));
        }
    };
    let mut all = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().name("reader".into()).spawn_scoped(scope, take_turns);
        // A thread that the system refuses is one that helps less.
        let others: Vec<_> = (1..threads.min(count)).filter_map(|thread| spawn(thread).ok()).collect();
        let mut all = take_turns();
        for other in others {
            // A worker's panic is that of the job, which is caught there.
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_unstable_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, result)| result).collect()
}

/// Works at all rows on all cores: what each part of them gives, in their order. Where there are fewer than twice as many
/// as are worth a thread, they are one part.
pub fn in_parts<T: Send>(
    rows: usize,
    worth_a_thread: usize,
    work: impl Fn(Range<FeatureRow>) -> T + Sync,
) -> Vec<T> {
    let parts = (rows / worth_a_thread).clamp(1, core_count());
    let each = rows.div_ceil(parts).next_multiple_of(BORDER);
    let part = |number: usize| (number * each).min(rows)..((number + 1) * each).min(rows);
    share_out(parts, parts, |number| work(part(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_done_once_and_stands_in_its_place() {
        for (threads, count) in [(1, 5), (3, 1), (4, 1000), (2, 0)] {
            let numbers = share_out(threads, count, |number| number);
            assert_eq!(numbers, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_row_is_in_one_part_and_the_parts_are_in_order() {
        const EACH: usize = 100;
        for rows in [0, 1, 63, 64, EACH, 3 * EACH + 7, 10 * EACH - 1] {
            let parts = in_parts(rows, EACH, |part| part);
            assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, rows));
            assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].end % BORDER == 0));
        }
    }
}
