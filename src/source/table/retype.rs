//! Columns in which numbers and texts were met: read once more, as texts.
//!
//! Floor 2. What kind a column is of was guessed from a sample. Where the guess was wrong, the texts of its numbers are
//! needed, as written, and only the source has them.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::columns::{ColumnsBuilder, RawValue};
use super::super::part::Part;
use super::super::plan::Plan;
use super::super::ticker::Refusal;
use super::fields::RecordReader;
use super::rows::{Table, value_of};
use crate::situation::share_out;

/// Reads the columns that turned out to be mixed as texts, in all parts.
///
/// An error where nobody wants the result any more, or the source was cut short meanwhile.
pub(super) fn retype_mixed(
    bytes: &[u8],
    table: &Table,
    parts: &mut [Part<'_>],
    plan: &Plan<'_>,
) -> Result<(), Refusal> {
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
        return Ok(());
    }
    let texts =
        share_out(plan.threads, parts.len(), |number| texts_of(bytes, table, &parts[number], &mixed, plan));
    for (part, texts) in parts.iter_mut().zip(texts) {
        part.columns.replace(texts?);
    }
    Ok(())
}

/// Rows between two looks at whether anybody waits for them.
const ROWS_BETWEEN_LOOKS: usize = 1 << 12;

/// The texts of some columns in the rows of a part.
fn texts_of(
    bytes: &[u8],
    table: &Table,
    part: &Part<'_>,
    mixed: &[usize],
    plan: &Plan<'_>,
) -> Result<ColumnsBuilder, Refusal> {
    let mut columns = ColumnsBuilder::default();
    columns.give_up(Arc::default());
    let numbers: Vec<_> = mixed.iter().map(|&column| columns.column_named(&table.names[column])).collect();
    let mut reader = RecordReader::new(bytes, table.layout);
    for (row, (start, end)) in part.builder.spans().enumerate() {
        if row % ROWS_BETWEEN_LOOKS == 0 && plan.is_over() {
            return Err(Refusal::Cancelled);
        }
        // Nothing behind the row: where a file was cut short, its end is far away.
        reader.read_alone(&bytes[start as usize..end as usize]);
        for (&field, &column) in mixed.iter().zip(&numbers) {
            let (Some(&field), Some(column)) = (reader.fields.get(field), column) else { continue };
            let text = reader.text(field);
            let damaged = !text.is_ascii() && std::str::from_utf8(&text).is_err();
            let value =
                if text.is_empty() { None } else { value_of(&text, (true, true), table.decimal, damaged) };
            if let Some(value @ RawValue::Text(_)) = value {
                columns.push(column, row, value);
            }
        }
    }
    Ok(columns)
}
