//! Short work over many rows, in parts that run side by side on threads of their own.
//!
//! Floor 2. For the thread that draws the window. A task that it gives to rayon's threads waits until one of them is
//! free, and they make pictures: a filter of a millisecond would hold the window up for as long as a picture takes.

use std::ops::Range;

/// Every part but the last begins and ends at a multiple of this, so that a word of a mask belongs to one part.
const BORDER: usize = u64::BITS as usize;
/// Fewer rows than this are not worth a thread: to start one takes about as long as to look at them.
const LEAST_ROWS: usize = 1 << 18;

/// What `work` makes of the parts of so many rows, in their order; one part where the rows are few.
pub(super) fn in_parts<R: Send>(rows: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = (rows / LEAST_ROWS).clamp(1, threads);
    let each = rows.div_ceil(parts).next_multiple_of(BORDER);
    let part = |number: usize| (number * each).min(rows)..((number + 1) * each).min(rows);
    if parts == 1 {
        return vec![work(part(0))];
    }
    let (work, part) = (&work, &part);
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..parts).map(|number| scope.spawn(move || work(part(number)))).collect();
        let first = work(part(0));
        let others = others.into_iter().map(|thread| thread.join());
        let others = others.map(|made| made.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(first).chain(others).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_part_and_the_parts_are_in_order() {
        for rows in [0, 1, 63, 64, LEAST_ROWS, 3 * LEAST_ROWS + 7, 10 * LEAST_ROWS - 1] {
            let parts = in_parts(rows, |part| part);
            assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, rows));
            assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].end % BORDER == 0));
        }
    }
}
