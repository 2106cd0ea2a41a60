//! Work that several threads share out among themselves.
//!
//! Floor 1. Knows nothing of what is done.

use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::FeatureRow;

/// Rows that are worth a thread of their own.
const ROWS_PER_THREAD: usize = 10_000;

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

/// Works at all rows on all cores: what each stretch of them gives, in their order. Few rows are one stretch.
pub(super) fn in_parts<T: Send>(rows: usize, work: impl Fn(Range<FeatureRow>) -> T + Sync) -> Vec<T> {
    let rows_each = rows.div_ceil(core_count()).max(ROWS_PER_THREAD);
    let parts = rows.div_ceil(rows_each).max(1);
    share_out(parts, parts, |part| work(part * rows_each..((part + 1) * rows_each).min(rows)))
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
        for rows in [0, 1, ROWS_PER_THREAD, 5 * ROWS_PER_THREAD + 3] {
            let parts: Vec<FeatureRow> = in_parts(rows, |rows| rows.collect::<Vec<_>>()).concat();
            assert_eq!(parts, (0..rows).collect::<Vec<_>>());
        }
    }
}
