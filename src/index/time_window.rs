//! Which events a window of time shows.
//!
//! Floor 2. In time linear in rows.

use std::ops::Range;

use rayon::prelude::*;

use super::matching::{WORD_ROWS, WORDS_PER_TASK, packed};
use crate::situation::{CivilMinute, EventTimes, RowMask, TimeSense};

/// The events whose span overlaps the half-open window, whether that is certain or possible. Undated ones are in none.
///
/// While a window is moved this is asked in every frame, so it gives no work to other threads: reading the two arrays is
/// most of it, and a thread of rayon's would be free only when it has made its picture.
pub fn rows_in_window(times: &EventTimes, window: &Range<CivilMinute>) -> RowMask {
    let Range { start, end } = window.clone();
    let spans = times.starts().chunks(WORD_ROWS).zip(times.ends().chunks(WORD_ROWS));
    let words = spans.map(|(starts, ends)| {
        let mut flags = [0_u8; WORD_ROWS];
        for (flag, (&first, &last)) in flags.iter_mut().zip(starts.iter().zip(ends)) {
            *flag = u8::from((first < end) & (start < last) & (start < end));
        }
        packed(&flags)
    });
    RowMask::from_words(words.collect(), times.len())
}

/// The same, and which of them only possibly meet the window: some time in a span that overlaps it without lying in it.
pub(super) fn judged_rows_in_window(times: &EventTimes, window: &Range<CivilMinute>) -> (RowMask, RowMask) {
    let Range { start, end } = window.clone();
    let spans = times.starts().par_chunks(WORD_ROWS).zip(times.ends().par_chunks(WORD_ROWS));
    let words = spans.zip(times.senses().par_chunks(WORD_ROWS)).with_min_len(WORDS_PER_TASK);
    let judged = words.map(|((starts, ends), senses)| {
        let (mut met, mut possibly) = ([0_u8; WORD_ROWS], [0_u8; WORD_ROWS]);
        let rows = starts.iter().zip(ends).zip(senses).zip(met.iter_mut().zip(&mut possibly));
        for (((&first, &last), &sense), (met, possibly)) in rows {
            let overlaps = (first < end) & (start < last) & (start < end);
            let lies_in = (start <= first) & (last <= end);
            *met = u8::from(overlaps);
            *possibly = u8::from(overlaps & !lies_in & (sense == TimeSense::Within));
        }
        (packed(&met), packed(&possibly))
    });
    let (met, possibly) = judged.unzip();
    (RowMask::from_words(met, times.len()), RowMask::from_words(possibly, times.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{DayMatch, minute_of_day};

    #[test]
    fn the_mask_agrees_with_each_event_by_itself() {
        let mut times = EventTimes::default();
        for row in 0..70_000 {
            let start = minute_of_day(row * 7 % 365);
            match row % 5 {
                0 => times.push_undated(),
                1 => times.push(start..start + 1, TimeSense::Exact),
                length => times.push(start..start + minute_of_day(length), TimeSense::Within),
            }
        }
        for window in [minute_of_day(100)..minute_of_day(101), 0..minute_of_day(400), 5..5] {
            let rows = rows_in_window(&times, &window);
            let expected = |row| times.match_window(row, &window) != DayMatch::No;
            assert!((0..times.len()).all(|row| rows.contains(row) == expected(row)), "{window:?}");
            let (met, possible) = judged_rows_in_window(&times, &window);
            assert_eq!(met, rows);
            let expected = |row| times.match_window(row, &window) == DayMatch::Possible;
            assert!((0..times.len()).all(|row| possible.contains(row) == expected(row)), "{window:?}");
        }
        assert_eq!(rows_in_window(&times, &(CivilMinute::MIN..CivilMinute::MAX)).count(), 56_000);
    }
}
