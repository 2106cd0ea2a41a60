//! What each row's cell of a column says: read once a word, from a number as it is, decoded where only the source has it.
//!
//! Floor 1.

use super::source_scan::RowScan;
use super::{Codes, ColumnData, FeatureDetails, FeatureRow, FeatureStore, PropertyValue};

/// Numbers below this may be codes, of which each is read once.
const MOST_CODES: usize = 100;
/// How cells are read. A blank cell is not asked.
pub(super) struct CellReader<'a, T> {
    /// What a cell says; `None` where it says nothing of this.
    pub cell: &'a (dyn Fn(&PropertyValue) -> Option<T> + Sync),
    /// What a number says that is no code; a code is asked as a cell.
    pub number: fn(f64) -> Option<T>,
}

/// One column as it is read.
pub(super) enum ReadColumn<'a, T> {
    /// There is no such column, or nothing in it can say this.
    Nothing,
    /// By the code of the row's word.
    Words(Vec<Option<T>>, &'a Codes),
    /// By the number: the first are read already.
    Numbers { codes: Vec<Option<T>>, other: fn(f64) -> Option<T>, values: &'a [f64] },
    /// `false` and `true`.
    Bools([Option<T>; 2], &'a [Option<bool>]),
    /// Rows that say something, in their order.
    Rows(Vec<(u32, T)>),
}

impl<'a, T: Clone + Send> ReadColumn<'a, T> {
    /// Reads the column of that name; dates say nothing but when.
    pub(super) fn of(features: &'a FeatureStore, name: &str, reader: &CellReader<'_, T>) -> Self {
        let Some(column) = features.column(name) else { return Self::Nothing };
        let text = |text: &str| (reader.cell)(&PropertyValue::Text(text.to_owned()));
        match &column.data {
            ColumnData::Word { words, codes } => {
                let filled = |word: &String| (!word.trim().is_empty()).then(|| text(word)).flatten();
                Self::Words(words.iter().map(filled).collect(), codes)
            }
            ColumnData::Number(values) => {
                let codes = (0..MOST_CODES).map(|code| text(&code.to_string())).collect();
                Self::Numbers { codes, other: reader.number, values }
            }
            ColumnData::Bool(values) => Self::Bools(["false", "true"].map(text), values),
            ColumnData::InSource { .. } if column.filled > 0 => {
                Self::Rows(decoded_cells(features, name, reader.cell))
            }
            ColumnData::InSource { .. } | ColumnData::Day(_) | ColumnData::Instant(_) => Self::Nothing,
        }
    }

    /// What the row's cell says; `None` where it is blank or says nothing of this.
    pub(super) fn get(&self, row: FeatureRow) -> Option<T> {
        match self {
            Self::Nothing => None,
            Self::Words(read, codes) => read[codes.get(row)? as usize].clone(),
            Self::Numbers { codes, other, values } => {
                let value = values[row];
                match value.fract() == 0.0 && (0.0..MOST_CODES as f64).contains(&value) {
                    true => codes[value as usize].clone(),
                    false if value.is_nan() => None,
                    false => other(value),
                }
            }
            Self::Bools(read, values) => read[usize::from(values[row]?)].clone(),
            Self::Rows(rows) => {
                let place = rows.binary_search_by_key(&(row as u32), |(row, _)| *row).ok()?;
                Some(rows[place].1.clone())
            }
        }
    }
}

/// What the cells of a column say that only the source holds, with their rows. Where the source cannot be read any more
/// they say nothing.
pub(super) fn decoded_cells<T: Send>(
    features: &FeatureStore,
    name: &str,
    cell: &(dyn Fn(&PropertyValue) -> Option<T> + Sync),
) -> Vec<(u32, T)> {
    let read = |details: &FeatureDetails| {
        let value = details.value(name)?;
        (!value.to_display().trim().is_empty()).then(|| cell(value)).flatten()
    };
    let parts = features.scan(&RowScan::of(&[name]), |said: &mut Vec<(u32, T)>, row, details| {
        said.extend(read(details).map(|said| (row as u32, said)));
    });
    parts.unwrap_or_default().into_iter().flatten().collect()
}
