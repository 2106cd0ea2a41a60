//! Columns in which numbers and texts were met: read once more, as texts.
//!
//! Floor 2. What kind a column is of was guessed from a sample. Where the guess was wrong, the texts of its numbers are
//! needed, as written, and only the source has them.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::columns::{ColumnsBuilder, RawValue};
use super::super::part::Part;
use super::super::stretches::share_out;
use super::fields::RecordReader;
use super::rows::{Table, value_of};

/// Reads the columns that turned out to be mixed as texts, in all parts.
pub(super) fn retype_mixed(bytes: &[u8], table: &Table, parts: &mut [Part<'_>], threads: usize) {
    let mut types = std::collections::HashMap::new();
    for (name, its_types) in parts.iter().flat_map(|part| part.columns.types()) {
        let all = types.entry(name).or_insert(its_types);
        *all = all.and(its_types);
    }
    let mixed: HashSet<&str> =
        types.into_iter().filter(|(_, types)| types.are_mixed()).map(|(name, _)| name).collect();
    let mixed: Vec<usize> =
        (0..table.names.len()).filter(|&column| mixed.contains(table.names[column].as_str())).collect();
    if mixed.is_empty() {
        return;
    }
    let texts = share_out(threads, parts.len(), |number| texts_of(bytes, table, &parts[number], &mixed));
    for (part, texts) in parts.iter_mut().zip(texts) {
        part.columns.replace(texts);
    }
}

/// The texts of some columns in the rows of a part.
fn texts_of(bytes: &[u8], table: &Table, part: &Part<'_>, mixed: &[usize]) -> ColumnsBuilder {
    let mut columns = ColumnsBuilder::default();
    columns.give_up(Arc::default());
    let numbers: Vec<_> = mixed.iter().map(|&column| columns.column_named(&table.names[column])).collect();
    let mut reader = RecordReader::new(bytes, table.layout);
    for (row, start) in part.builder.span_starts().iter().enumerate() {
        reader.read(*start as usize);
        for (&field, &column) in mixed.iter().zip(&numbers) {
            let (Some(&field), Some(column)) = (reader.fields.get(field), column) else { continue };
            let text = reader.text(field);
            let damaged = !text.is_ascii() && std::str::from_utf8(&text).is_err();
            let value = if text.is_empty() { None } else { value_of(&text, true, table.decimal, damaged) };
            if let Some(value @ RawValue::Text(_)) = value {
                columns.push(column, row, value);
            }
        }
    }
    columns
}
