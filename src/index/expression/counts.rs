//! How many rows have each value.
//!
//! Floor 2. Words are counted by their codes, on all threads.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Filter;
use super::problem::FilterError;
use super::scope::{Found, Scope};
use super::tree::Subject;
use crate::situation::{
    Codes, Column, ColumnData, FeatureStore, FieldValues, PropertyValue, RowMask, ValueColumn, items_of_text,
};

/// Rows that one task counts.
const ROWS_PER_TASK: usize = 1 << 17;
/// A column that is only in the source is looked through up to so many rows.
const MOST_DECODED: usize = 20_000;
/// A column of more different numbers is not one of codes.
const MOST_NUMBERS: usize = 256;

/// A value and the number of rows that have it.
pub type ValueCount = (String, usize);

/// Each value of a subject and how many of the rows `among` which are asked have it and meet the rest of a filter: what
/// would be shown if the value were chosen. The most frequent first, values that no row has left out; nothing where there is no such column.
pub fn field_counts(
    filter: &Filter,
    subject: &Subject,
    scope: &Scope<'_>,
    among: &RowMask,
) -> Result<Vec<ValueCount>, FilterError> {
    let rest = filter.without(subject).verdict(scope)?.into_met();
    value_counts(subject, scope, Some(&rest.and(among)))
}

/// Each value of a subject and how many of the rows have it; of all rows where `rows` is `None`.
pub(super) fn value_counts(
    subject: &Subject,
    scope: &Scope<'_>,
    rows: Option<&RowMask>,
) -> Result<Vec<ValueCount>, FilterError> {
    let all = RowMask::all(if rows.is_some() { 0 } else { scope.features.len() });
    let rows = rows.unwrap_or(&all);
    let columns = match scope.find(subject) {
        Ok(Found::Columns(columns)) => columns,
        Ok(Found::Values(values, _)) => {
            let names = values.values().iter().map(|value| value.name.clone());
            let counted = names.zip(counts_of_values(values, scope.features, rows));
            return Ok(merged_counts([counted.filter(|(_, count)| *count > 0).collect()]));
        }
        Ok(_) | Err(FilterError::NoColumn { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let is_list = matches!(subject, Subject::Field(field) if field.is_list());
    let mut counted = match &columns[..] {
        [one] => column_counts(one, is_list, rows, scope)?,
        several => counts_of_several(several, is_list, rows, scope)?,
    };
    counted.retain(|(_, count)| *count > 0);
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(counted)
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

/// Adds up what several layers count.
pub fn merged_counts(layers: impl IntoIterator<Item = Vec<ValueCount>>) -> Vec<ValueCount> {
    let mut sums: HashMap<String, usize> = HashMap::new();
    for (value, count) in layers.into_iter().flatten() {
        *sums.entry(value).or_default() += count;
    }
    let mut counted: Vec<ValueCount> = sums.into_iter().collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
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
) -> Result<Vec<ValueCount>, FilterError> {
    match &column.data {
        ColumnData::Word { words, codes } => {
            let by_word = code_counts(codes, words.len(), rows);
            let counted = words.iter().zip(by_word).map(|(word, count)| (word.as_str(), count));
            if !is_list {
                return Ok(counted.map(|(word, count)| (word.to_owned(), count)).collect());
            }
            Ok(merged_counts(counted.map(|(word, count)| {
                entries(word, true).into_iter().map(|entry| (entry.to_owned(), count)).collect()
            })))
        }
        ColumnData::Bool(values) => {
            let count = |wanted| rows.iter().filter(|&row| values[row] == Some(wanted)).count();
            Ok([true, false].map(|value| (value.to_string(), count(value))).to_vec())
        }
        ColumnData::Number(values) => Ok(number_counts(values, rows)),
        ColumnData::Day(_) | ColumnData::Instant(_) => Ok(Vec::new()),
        ColumnData::InSource { .. } => counts_of_several(&[column], is_list, rows, scope),
    }
}

fn number_counts(values: &[f64], rows: &RowMask) -> Vec<ValueCount> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for row in rows.iter() {
        if values[row].is_nan() {
            continue;
        }
        *counts.entry(values[row].to_bits()).or_default() += 1;
        if counts.len() > MOST_NUMBERS {
            return Vec::new();
        }
    }
    counts.into_iter().map(|(bits, count)| (f64::from_bits(bits).to_string(), count)).collect()
}

/// How many of the rows have each code below `words`.
pub(in crate::index) fn code_counts(codes: &Codes, words: usize, rows: &RowMask) -> Vec<usize> {
    fn counted<T: Copy + Sync + Into<usize>>(codes: &[T], words: usize, rows: &RowMask) -> Vec<usize> {
        let tasks = codes.par_chunks(ROWS_PER_TASK).enumerate().map(|(task, codes)| {
            // The code of a row without a word is above all others, and may be far above.
            let mut counts = vec![0_u32; words + 1];
            for (place, codes) in codes.chunks(u64::BITS as usize).enumerate() {
                let mut bits = rows.word(task * ROWS_PER_TASK / u64::BITS as usize + place);
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
        summed(tasks.collect(), words)
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
) -> Result<Vec<ValueCount>, FilterError> {
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
        values.counts = counts_of_coded(&coded, values.names.len(), rows);
        return Ok(values.names.into_iter().zip(values.counts).collect());
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
    Ok(values.names.into_iter().zip(values.counts).collect())
}

fn counts_of_coded(coded: &[ValueColumn<'_>], values: usize, rows: &RowMask) -> Vec<usize> {
    let words_per_task = ROWS_PER_TASK / u64::BITS as usize;
    let words = rows.len().div_ceil(u64::BITS as usize);
    let tasks = (0..words.div_ceil(words_per_task)).into_par_iter().map(|task| {
        // How often each value was met, and in which row last: the next time in that row does not count.
        let mut met = vec![(0_u32, u32::MAX); values];
        for word in task * words_per_task..((task + 1) * words_per_task).min(words) {
            let mut bits = rows.word(word);
            while bits != 0 {
                let row = word * u64::BITS as usize + bits.trailing_zeros() as usize;
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
    summed(tasks.collect(), values)
}

/// What all tasks counted together.
fn summed(tasks: Vec<Vec<u32>>, values: usize) -> Vec<usize> {
    tasks.into_iter().fold(vec![0; values], |mut sums, counts| {
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
