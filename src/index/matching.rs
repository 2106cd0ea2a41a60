//! Which rows of a column pass a test.
//!
//! Floor 2. Columns are looked at whole, 64 rows to a word of the mask, on all threads. A column that is only in the
//! source is read there, at the speed at which the layer was read.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::situation::{Codes, Column, ColumnData, FeatureStore, PropertyValue, RowMask, RowScan};

/// Rows of one word of a mask.
pub(super) const WORD_ROWS: usize = 64;
/// Words of a mask that are one task: a row costs about a nanosecond.
pub(super) const WORDS_PER_TASK: usize = 512;

/// The rows whose value passes.
pub(super) fn rows_where<T: Copy + Sync>(values: &[T], test: impl Fn(T) -> bool + Sync) -> RowMask {
    let words = values
        .par_chunks(WORD_ROWS)
        .with_min_len(WORDS_PER_TASK)
        .map(|chunk| {
            let mut flags = [0_u8; WORD_ROWS];
            flags.iter_mut().zip(chunk).for_each(|(flag, &value)| *flag = u8::from(test(value)));
            packed(&flags)
        })
        .collect();
    RowMask::from_words(words, values.len())
}

/// The rows whose two values pass; both columns are of the same length.
pub(super) fn rows_where_both<T: Copy + Sync>(
    first: &[T],
    second: &[T],
    test: impl Fn(T, T) -> bool + Sync,
) -> RowMask {
    let words = first
        .par_chunks(WORD_ROWS)
        .zip(second.par_chunks(WORD_ROWS))
        .with_min_len(WORDS_PER_TASK)
        .map(|(first, second)| {
            let mut flags = [0_u8; WORD_ROWS];
            let values = first.iter().zip(second);
            flags.iter_mut().zip(values).for_each(|(flag, (&a, &b))| *flag = u8::from(test(a, b)));
            packed(&flags)
        })
        .collect();
    RowMask::from_words(words, first.len().min(second.len()))
}

/// The rows that have a value in the column.
pub(super) fn rows_with_value(
    features: &FeatureStore,
    column: &Column,
    stop: &AtomicBool,
) -> Result<RowMask, String> {
    if column.filled as usize == features.len() {
        return Ok(RowMask::all(features.len()));
    }
    if column.filled == 0 {
        return Ok(RowMask::none(features.len()));
    }
    Ok(match &column.data {
        ColumnData::Number(values) => rows_where(values, |value| !value.is_nan()),
        ColumnData::Day(days) => rows_where(days, |day| day != ColumnData::NO_DAY),
        ColumnData::Instant(instants) => rows_where(instants, |instant| instant != ColumnData::NO_INSTANT),
        ColumnData::Bool(values) => rows_where(values, |value| value.is_some()),
        ColumnData::Word { words, codes } => rows_with_code(codes, &vec![true; words.len()]),
        ColumnData::InSource { .. } => {
            rows_decoded(features, &column.name, stop, |value| *value != PropertyValue::Null)?
        }
    })
}

/// The rows whose word is wanted, by the word's code.
pub(super) fn rows_with_code(codes: &Codes, wanted: &[bool]) -> RowMask {
    // The code of a row without a word is above all others: the table ends with it.
    match codes {
        Codes::U8(codes) => {
            let mut table = [false; 1 << 8];
            table[..wanted.len()].copy_from_slice(wanted);
            rows_where(codes, |code| table[usize::from(code)])
        }
        Codes::U16(codes) => {
            let mut table = vec![false; 1 << 16];
            table[..wanted.len()].copy_from_slice(wanted);
            rows_where(codes, |code| table[usize::from(code)])
        }
    }
}

/// The rows whose value in the source passes; a row without the property does not. An error where the source cannot be
/// read, and where somebody says to stop.
pub(super) fn rows_decoded(
    features: &FeatureStore,
    column: &str,
    stop: &AtomicBool,
    test: impl Fn(&PropertyValue) -> bool + Sync,
) -> Result<RowMask, String> {
    let go_on = |_| !stop.load(Ordering::Relaxed);
    let wanted = [column];
    let scan = RowScan { go_on: &go_on, ..RowScan::of(&wanted) };
    let parts = features.scan(&scan, |passing: &mut Vec<usize>, row, details| {
        if details.value(column).is_some_and(&test) {
            passing.push(row);
        }
    })?;
    let mut rows = RowMask::none(features.len());
    parts.into_iter().flatten().for_each(|row| rows.insert(row));
    Ok(rows)
}

/// The rows for which `judge` says yes to its one and to its other question, each row asked once, on all threads; what
/// somebody stops has no rows.
pub(super) fn judged_rows(
    rows: usize,
    stop: &AtomicBool,
    judge: impl Fn(usize) -> (bool, bool) + Sync,
) -> (RowMask, RowMask) {
    let words = (0..rows.div_ceil(WORD_ROWS)).into_par_iter().map(|word| {
        if stop.load(Ordering::Relaxed) {
            return (0, 0);
        }
        let rows = word * WORD_ROWS..((word + 1) * WORD_ROWS).min(rows);
        rows.enumerate().fold((0, 0), |(one, other), (bit, row)| {
            let answers = judge(row);
            (one | u64::from(answers.0) << bit, other | u64::from(answers.1) << bit)
        })
    });
    let (one, other) = words.unzip();
    (RowMask::from_words(one, rows), RowMask::from_words(other, rows))
}

/// One bit for each byte, which is 0 or 1; the first lowest.
pub(super) fn packed(flags: &[u8; WORD_ROWS]) -> u64 {
    /// Moves the lowest bits of eight bytes into the uppermost byte, in their order.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    flags.chunks_exact(8).enumerate().fold(0, |word, (place, eight)| {
        let bytes = eight.iter().rev().fold(0, |bytes, &flag| bytes << 8 | u64::from(flag));
        word | (bytes.wrapping_mul(GATHER) >> 56) << (place * 8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_word_of_a_mask_is_judged_by_its_own_value() {
        for len in [1, 63, 64, 65, 1000] {
            let values: Vec<f64> = (0..len).map(|n| f64::from(n * 7919 % 101)).collect();
            let mask = rows_where(&values, |value| value < 50.0);
            let expected: Vec<usize> = (0..values.len()).filter(|&row| values[row] < 50.0).collect();
            assert_eq!(mask.iter().collect::<Vec<_>>(), expected);
            let pairs = rows_where_both(&values, &values, |a, b| a == b);
            assert_eq!(pairs.count(), values.len());
        }
    }
}
