//! Short work over many rows, in parts that run side by side on threads of their own.
//!
//! Floor 2. For the thread that draws the window. A task that it gives to rayon's threads waits until one of them is
//! free, and they make pictures: a filter of a millisecond would hold the window up for as long as a picture takes.

use std::ops::Range;

use crate::situation::{core_count, share_out};

/// Every part but the last begins and ends at a multiple of this, so that a word of a mask belongs to one part.
const BORDER: usize = u64::BITS as usize;
/// Fewer rows than this are not worth a thread: to start one takes about as long as to look at them.
const LEAST_ROWS: usize = 1 << 18;

/// What `work` makes of the parts of so many rows, in their order; one part where the rows are few.
pub(super) fn in_parts<R: Send>(rows: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    let parts = (rows / LEAST_ROWS).clamp(1, core_count());
    let each = rows.div_ceil(parts).next_multiple_of(BORDER);
    let part = |number: usize| (number * each).min(rows)..((number + 1) * each).min(rows);
    share_out(parts, parts, |number| work(part(number)))
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
