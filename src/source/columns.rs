//! Properties into typed columns, one feature after the other.
//!
//! Floor 2. What becomes of a column does not depend on the order of its values, nor on where the source was cut into
//! stretches: values are held while they are of one type, and at the end, when all are known, the column is held in the
//! store or left in the source. Only that no column can be held any more is noticed while reading.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::column_values::{Held, are_dates};
use super::interner::Interner;
use super::json_scanner::RawText;
use super::limits::MAX_COLUMNS;

/// One value of one property, not decoded yet.
#[derive(Debug, Clone, Copy)]
pub(super) enum RawValue<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(RawText<'a>),
    /// An object or a list.
    Nested,
}

/// Name and value of one property, and where the last one of that name in the same place went.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawProperty<'a> {
    pub name: RawText<'a>,
    pub value: RawValue<'a>,
    column: Option<u32>,
}

impl<'a> RawProperty<'a> {
    pub fn new(name: RawText<'a>, value: RawValue<'a>) -> Self {
        Self { name, value, column: None }
    }

    /// Becomes the next feature's property of the same name, which goes into the same column.
    #[inline]
    pub fn set(&mut self, name: RawText<'a>, value: RawValue<'a>) {
        (self.name, self.value) = (name, value);
    }
}

/// The types that the values of a column have, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    const NAMES: [&'static str; 4] = ["bool", "number", "text", "json"];

    /// The type of one value; none of `null`.
    fn of(value: RawValue<'_>) -> Self {
        Self(match value {
            RawValue::Null => 0,
            RawValue::Bool(_) => 1,
            RawValue::Number(_) => 2,
            RawValue::Text(_) => 4,
            RawValue::Nested => 8,
        })
    }

    /// The types of both.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// For people: `bool`, `number`, `text`, `json`; `mixed` for several, `null` for none.
    pub fn name(self) -> &'static str {
        match self.0.count_ones() {
            0 => "null",
            1 => Self::NAMES[self.0.trailing_zeros() as usize],
            _ => "mixed",
        }
    }

    /// How many bytes a row a column of these takes, about.
    pub fn bytes_a_row(self) -> usize {
        match self.name() {
            "number" => size_of::<f64>(),
            "text" => size_of::<i32>(),
            "bool" => size_of::<Option<bool>>(),
            _ => 0,
        }
    }

    /// Whether there is more than one.
    pub fn are_mixed(self) -> bool {
        self.0.count_ones() > 1
    }
}

/// The columns that are being built.
#[derive(Debug, Default)]
pub(super) struct ColumnsBuilder {
    columns: Vec<ColumnBuilder>,
    by_name: HashMap<String, u32>,
    /// Whether there were more different names than columns.
    overflowed: bool,
    /// Columns of which others have found out that they have too many words.
    given_up: Arc<HashSet<String>>,
}

impl ColumnsBuilder {
    /// Adds the properties of the feature that became `row`. Answers whether a name came twice; the last value counts.
    pub fn push_row(&mut self, row: usize, properties: &mut [RawProperty<'_>]) -> bool {
        let mut doubled = false;
        for property in properties {
            if property.column.is_none() {
                property.column = self.column_of(property.name);
            }
            let Some(column) = property.column else { continue };
            doubled |= self.columns[column as usize].push(row, property.value);
        }
        doubled
    }

    /// The number of the column of that name, which is made where there is none; `None` where there are too many.
    pub fn column_named(&mut self, name: &str) -> Option<u32> {
        self.column_of(RawText { raw: name.as_bytes(), escaped: false, damaged: false })
    }

    /// Sets the value of a row behind all others of that column.
    #[inline]
    pub fn push(&mut self, column: u32, row: usize, value: RawValue<'_>) {
        self.columns[column as usize].push(row, value);
    }

    /// Name and types of each column.
    pub fn types(&self) -> impl Iterator<Item = (&str, Types)> {
        self.columns.iter().map(|column| (column.name.as_str(), column.types))
    }

    /// Takes the columns of `others` in place of those of the same names.
    pub fn replace(&mut self, others: Self) {
        for other in others.columns {
            if let Some(&column) = self.by_name.get(&other.name) {
                self.columns[column as usize] = other;
            }
        }
    }

    /// Holds nothing of these columns when it meets them.
    pub fn give_up(&mut self, names: Arc<HashSet<String>>) {
        self.given_up = names;
    }

    /// Name and words of each column that has more than so many words which are not all dates.
    pub fn long_vocabularies(&self, more_than: usize) -> impl Iterator<Item = (&str, &Interner)> {
        self.columns.iter().filter_map(move |column| match &column.held {
            Held::Words(words, _) if words.len() > more_than && !are_dates(words) => {
                Some((column.name.as_str(), &**words))
            }
            _ => None,
        })
    }

    /// Whether some properties have no column because there are too many names.
    pub fn has_overflowed(&self) -> bool {
        self.overflowed
    }

    /// The columns in order of first appearance.
    pub fn into_columns(self) -> Vec<ColumnBuilder> {
        self.columns
    }

    #[inline(never)]
    fn column_of(&mut self, name: RawText<'_>) -> Option<u32> {
        let name = name.decode();
        if let Some(&column) = self.by_name.get(name.as_ref()) {
            return Some(column);
        }
        if self.columns.len() >= MAX_COLUMNS {
            self.overflowed = true;
            return None;
        }
        let column = self.columns.len() as u32;
        let held = if self.given_up.contains(name.as_ref()) { Held::Gone } else { Held::Nothing };
        self.columns.push(ColumnBuilder::new(name.clone().into_owned(), held));
        self.by_name.insert(name.into_owned(), column);
        Some(column)
    }
}

/// One column that is being built.
#[derive(Debug)]
pub(super) struct ColumnBuilder {
    pub name: String,
    /// Rows with a value that is not `null`.
    pub filled: u32,
    /// The types of all values, of those that were overwritten, too.
    pub types: Types,
    pub held: Held,
    /// The last row that had this property, with or without a value.
    last: Option<(usize, bool)>,
}

impl ColumnBuilder {
    fn new(name: String, held: Held) -> Self {
        Self { name, filled: 0, types: Types::default(), held, last: None }
    }

    /// Sets the row's value; answers whether it had one already.
    fn push(&mut self, row: usize, value: RawValue<'_>) -> bool {
        let before = self.last.filter(|&(last, _)| last == row);
        if before.is_some_and(|(_, has_value)| has_value) {
            self.filled -= 1;
            self.held.pop();
        }
        let has_value = !matches!(value, RawValue::Null);
        self.last = Some((row, has_value));
        if has_value {
            self.filled += 1;
            self.types = self.types.and(Types::of(value));
            self.held.push(row, value);
        }
        before.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_names_do_not_become_a_million_columns() {
        let mut columns = ColumnsBuilder::default();
        for row in 0..MAX_COLUMNS + 10 {
            let name = format!("p{row}");
            let name = RawText { raw: name.as_bytes(), escaped: false, damaged: false };
            columns.push_row(row, &mut [RawProperty::new(name, RawValue::Bool(true))]);
        }
        assert!(columns.has_overflowed());
        assert_eq!(columns.into_columns().len(), MAX_COLUMNS);
    }
}
