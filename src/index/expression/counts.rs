//! How many rows have each value.
//!
//! Floor 2. Words are counted by their codes, in parts side by side.

use std::collections::HashMap;

use super::problem::FilterError;
use super::scope::{Found, Scope};
use super::tree::Subject;
use crate::situation::{
    Codes, Column, ColumnData, FeatureStore, FieldValues, PropertyValue, ROWS_TO_LOOK_AT, RowMask,
    ValueColumn, in_parts, items_of_text,
};

/// A column that is only in the source is looked through up to so many rows.
const MOST_DECODED: usize = 20_000;
/// A column of more different numbers is not one of codes.
const MOST_NUMBERS: usize = 256;

/// A value and the number of rows that have it.
pub type ValueCount = (String, usize);

/// The values of a subject with the number of rows that have them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ValueCounts {
    /// The most frequent first; values that no row has are left out.
    pub values: Vec<ValueCount>,
    /// Whether there are values that are not counted: too many numbers are different, or only the source of a large
    /// layer holds them.
    pub is_cut: bool,
}

impl ValueCounts {
    fn from_counted(values: Vec<ValueCount>) -> Self {
        Self::merged([Self { values, is_cut: false }])
    }

    /// How many rows have a value.
    pub fn of(&self, value: &str) -> usize {
        self.values.iter().find(|(name, _)| name == value).map_or(0, |(_, count)| *count)
    }

    fn cut() -> Self {
        Self { values: Vec::new(), is_cut: true }
    }

    /// What several layers have, added up.
    pub fn merged(layers: impl IntoIterator<Item = Self>) -> Self {
        let mut sums: HashMap<String, usize> = HashMap::new();
        let mut is_cut = false;
        for layer in layers {
            is_cut |= layer.is_cut;
            for (value, count) in layer.values.into_iter().filter(|(_, count)| *count > 0) {
                *sums.entry(value).or_default() += count;
            }
        }
        let mut values: Vec<ValueCount> = sums.into_iter().collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Self { values, is_cut }
    }
}

/// Each value of a subject and how many of the rows have it; nothing where the layer has no such column.
pub fn value_counts(
    subject: &Subject,
    scope: &Scope<'_>,
    rows: &RowMask,
) -> Result<ValueCounts, FilterError> {
    let columns = match scope.find(subject) {
        Ok(Found::Columns(columns)) => columns,
        Ok(Found::Values(values, columns)) => {
            let names = values.values().iter().map(|value| value.name.clone());
            let counted = names.zip(counts_of_values(values, scope.features, rows)).collect();
            // Values that would be too many are not read at all.
            let is_cut = values.values().is_empty() && columns.iter().any(|column| column.filled > 0);
            return Ok(ValueCounts { is_cut, ..ValueCounts::from_counted(counted) });
        }
        Ok(_) | Err(FilterError::NoColumn { .. }) => return Ok(ValueCounts::default()),
        Err(error) => return Err(error),
    };
    let is_list = subject.is_list();
    match &columns[..] {
        [one] => column_counts(one, is_list, rows, scope),
        several => counts_of_several(several, is_list, rows, scope),
    }
}

/// How many of the rows have each value of a field, a row once for each; of the features that it was read from.
pub fn counts_of_values(values: &FieldValues, features: &FeatureStore, rows: &RowMask) -> Vec<usize> {
    let columns = values.columns(features);
    let [one] = &columns[..] else {
        return counts_of_coded(&columns, values.values().len(), rows);
    };
    let mut counts = vec![0; values.values().len()];
    for (code, count) in code_counts(one.codes, one.code_count(), rows).into_iter().enumerate() {
        one.ids_of_code(code).iter().for_each(|&id| counts[id as usize] += count);
    }
    counts
}

/// The entries of a cell, each once.
fn entries(cell: &str, is_list: bool) -> Vec<&str> {
    if !is_list {
        return vec![cell];
    }
    let mut entries: Vec<&str> = items_of_text(cell).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

fn column_counts(
    column: &Column,
    is_list: bool,
    rows: &RowMask,
    scope: &Scope<'_>,
) -> Result<ValueCounts, FilterError> {
    let counted = match &column.data {
        ColumnData::Word { words, codes } => {
            let by_word = code_counts(codes, words.len(), rows);
            let counted = words.iter().zip(by_word);
            let of_word = |(word, count): (&String, usize)| {
                entries(word, is_list).into_iter().map(|entry| (entry.to_owned(), count)).collect::<Vec<_>>()
            };
            counted.flat_map(of_word).collect()
        }
        ColumnData::Bool(values) => {
            let count = |wanted| rows.iter().filter(|&row| values[row] == Some(wanted)).count();
            [true, false].map(|value| (value.to_string(), count(value))).to_vec()
        }
        ColumnData::Number(values) => match number_counts(values, rows) {
            Some(counted) => counted,
            None => return Ok(ValueCounts::cut()),
        },
        // A day is chosen on the timeline, or written.
        ColumnData::Day(_) | ColumnData::Instant(_) => return Ok(ValueCounts::cut()),
        ColumnData::InSource { .. } => return counts_of_several(&[column], is_list, rows, scope),
    };
    Ok(ValueCounts::from_counted(counted))
}

/// `None` where too many are different.
fn number_counts(values: &[f64], rows: &RowMask) -> Option<Vec<ValueCount>> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for row in rows.iter() {
        if values[row].is_nan() {
            continue;
        }
        *counts.entry(values[row].to_bits()).or_default() += 1;
        if counts.len() > MOST_NUMBERS {
            return None;
        }
    }
    Some(counts.into_iter().map(|(bits, count)| (f64::from_bits(bits).to_string(), count)).collect())
}

/// How many of the rows have each code below `words`.
pub(in crate::index) fn code_counts(codes: &Codes, words: usize, rows: &RowMask) -> Vec<usize> {
    fn counted<T: Copy + Sync + Into<usize>>(codes: &[T], words: usize, rows: &RowMask) -> Vec<usize> {
        let parts = in_parts(codes.len(), ROWS_TO_LOOK_AT, |part| {
            // The code of a row without a word is above all others, and may be far above.
            let mut counts = vec![0_u32; words + 1];
            for (place, codes) in codes[part.clone()].chunks(u64::BITS as usize).enumerate() {
                let mut bits = rows.word(part.start / u64::BITS as usize + place);
                match bits {
                    u64::MAX => codes.iter().for_each(|&code| counts[code.into().min(words)] += 1),
                    _ => {
                        while bits != 0 {
                            counts[codes[bits.trailing_zeros() as usize].into().min(words)] += 1;
                            bits &= bits - 1;
                        }
                    }
                }
            }
            counts
        });
        summed(parts, words)
    }
    match codes {
        Codes::U8(codes) => counted(codes, words, rows),
        Codes::U16(codes) => counted(codes, words, rows),
    }
}

/// A row counts once for each value, in however many columns it has it.
fn counts_of_several(
    columns: &[&Column],
    is_list: bool,
    rows: &RowMask,
    scope: &Scope<'_>,
) -> Result<ValueCounts, FilterError> {
    let is_held = |column: &&Column| matches!(column.data, ColumnData::Word { .. });
    let (held, others): (Vec<&Column>, Vec<&Column>) = columns.iter().copied().partition(is_held);
    let mut values = Values::default();
    let mut read: Vec<(&Codes, Vec<u32>, Vec<u32>)> = Vec::new();
    for column in held {
        let ColumnData::Word { words, codes } = &column.data else { continue };
        let (mut starts, mut ids) = (vec![0], Vec::new());
        for word in words {
            ids.extend(entries(word, is_list).into_iter().map(|entry| values.id(entry)));
            starts.push(ids.len() as u32);
        }
        read.push((codes, starts, ids));
    }
    let coded: Vec<ValueColumn<'_>> =
        read.iter().map(|(codes, starts, ids)| ValueColumn { codes, starts, ids }).collect();
    let decoded: Vec<&str> = others.iter().map(|column| column.name.as_str()).collect();
    if decoded.is_empty() || scope.features.len() > MOST_DECODED {
        let counted = counts_of_coded(&coded, values.names.len(), rows);
        let counted = ValueCounts::from_counted(values.names.into_iter().zip(counted).collect());
        let is_cut = others.iter().any(|column| column.filled > 0);
        return Ok(ValueCounts { is_cut, ..counted });
    }
    for row in rows.iter() {
        let mut of_row: Vec<u32> = coded.iter().flat_map(|column| column.ids(row)).copied().collect();
        let details = scope.features.details(row).map_err(FilterError::Source)?;
        let named = details.properties.iter().filter(|(name, _)| decoded.contains(&name.as_str()));
        for (_, value) in named.filter(|(_, value)| *value != PropertyValue::Null) {
            of_row.extend(entries(&value.to_display(), is_list).into_iter().map(|entry| values.id(entry)));
        }
        of_row.sort_unstable();
        of_row.dedup();
        of_row.iter().for_each(|&id| values.counts[id as usize] += 1);
    }
    Ok(ValueCounts::from_counted(values.names.into_iter().zip(values.counts).collect()))
}

fn counts_of_coded(coded: &[ValueColumn<'_>], values: usize, rows: &RowMask) -> Vec<usize> {
    let parts = in_parts(rows.len(), ROWS_TO_LOOK_AT, |part| {
        // How often each value was met, and in which row last: the next time in that row does not count.
        let mut met = vec![(0_u32, u32::MAX); values];
        for first in part.step_by(u64::BITS as usize) {
            let mut bits = rows.word(first / u64::BITS as usize);
            while bits != 0 {
                let row = first + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                for &id in coded.iter().flat_map(|column| column.ids(row)) {
                    let (count, last) = &mut met[id as usize];
                    *count += u32::from(*last != row as u32);
                    *last = row as u32;
                }
            }
        }
        met.into_iter().map(|(count, _)| count).collect()
    });
    summed(parts, values)
}

/// What all parts counted together.
fn summed(parts: Vec<Vec<u32>>, values: usize) -> Vec<usize> {
    parts.into_iter().fold(vec![0; values], |mut sums, counts| {
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count as usize);
        sums
    })
}

/// Values as they are met.
#[derive(Default)]
struct Values {
    ids: HashMap<String, u32>,
    names: Vec<String>,
    counts: Vec<usize>,
}

impl Values {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = self.names.len() as u32;
        self.ids.insert(name.to_owned(), id);
        self.names.push(name.to_owned());
        self.counts.push(0);
        id
    }
}
