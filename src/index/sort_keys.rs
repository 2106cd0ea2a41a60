//! Values of the source as they are compared: bytes of which the lesser come first, and rows in their order.
//!
//! Floor 2. A row costs 32 bytes and its letters, in one array a stretch of the file; almost always the first letters
//! decide, and those lie beside the row.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::folded::folded;
use super::row_order::{SortDirection, Sorting, key_of_number};
use crate::situation::{FeatureRow, PropertyValue};

/// So many letters of a text are compared; whole texts may not fit into memory.
const LETTERS_COMPARED: usize = 64;
/// What a key begins with: numbers stand before texts.
const NUMBER: u8 = 0;
const TEXT: u8 = 1;
/// Bytes of a key that lie beside its row.
const HEAD: usize = 16;

/// The keys of one stretch of rows.
#[derive(Default)]
pub(super) struct SortKeys {
    bytes: Vec<u8>,
    /// Row, and where its key ends.
    ends: Vec<(u32, u32)>,
}

impl SortKeys {
    /// The key of a row's value; none for `null`, for blank texts, and for what is no number.
    pub fn push_value(&mut self, row: FeatureRow, value: &PropertyValue) {
        match value {
            PropertyValue::Number { value, .. } => {
                let Some(key) = key_of_number(*value) else { return };
                self.bytes.push(NUMBER);
                self.bytes.extend(key.to_be_bytes());
                self.end(row);
            }
            PropertyValue::Text(text) => self.push_text(row, text),
            other => self.push_text(row, &other.to_display()),
        }
    }

    /// The key of a row's text; none for a blank one.
    pub fn push_text(&mut self, row: FeatureRow, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let end = text.char_indices().nth(LETTERS_COMPARED).map_or(text.len(), |(end, _)| end);
        self.bytes.push(TEXT);
        self.bytes.extend(folded(&text[..end]).into_bytes());
        self.end(row);
    }

    fn end(&mut self, row: FeatureRow) {
        self.ends.push((row as u32, self.bytes.len() as u32));
    }
}

/// A row and where its key is.
#[derive(Clone, Copy)]
struct KeyedRow {
    /// The first bytes of the key, zeros behind it.
    head: u128,
    row: u32,
    stretch: u32,
    /// The key's bytes in those of the stretch.
    start: u32,
    end: u32,
}

/// So many rows in the order of their keys; those without one last. Of the same key in the order that `sorting` says.
pub(super) fn rows_by_sort_key(rows: usize, stretches: &[SortKeys], sorting: &Sorting<'_>) -> Vec<u32> {
    let places = sorting.places();
    let place = |row: u32| places.as_ref().map_or(row, |places| places[row as usize]);
    let mut has_key = vec![false; rows];
    let mut keyed = Vec::with_capacity(stretches.iter().map(|stretch| stretch.ends.len()).sum());
    for (number, stretch) in (0..).zip(stretches) {
        let mut start = 0;
        for &(row, end) in &stretch.ends {
            has_key[row as usize] = true;
            let head = head_of(&stretch.bytes[start as usize..end as usize]);
            keyed.push(KeyedRow { head, row, stretch: number, start, end });
            start = end;
        }
    }
    let key = |of: &KeyedRow| &stretches[of.stretch as usize].bytes[of.start as usize..of.end as usize];
    let compared = |a: &KeyedRow, b: &KeyedRow| -> Ordering {
        let order = a.head.cmp(&b.head).then_with(|| key(a).cmp(key(b)));
        let order = if sorting.direction == SortDirection::Descending { order.reverse() } else { order };
        order.then_with(|| place(a.row).cmp(&place(b.row)))
    };
    keyed.par_sort_unstable_by(compared);
    let others = (0..rows).map(|place| sorting.row_at(place)).filter(|&row| !has_key[row as usize]);
    keyed.iter().map(|keyed| keyed.row).chain(others).collect()
}

fn head_of(key: &[u8]) -> u128 {
    let mut head = [0; HEAD];
    let length = key.len().min(HEAD);
    head[..length].copy_from_slice(&key[..length]);
    u128::from_be_bytes(head)
}
