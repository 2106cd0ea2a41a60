//! Properties into typed columns, one feature after the other.
//!
//! Floor 2. A column begins as what its first value is and gives up holding values where they turn out long, mixed or
//! rare; then only their count is kept, and details decode them from the source.

use std::collections::HashMap;

use super::interner::Interner;
use super::json_scanner::RawText;
use super::limits::{
    FREE_WORDS, MAX_COLUMNS, MAX_WORD_BYTES, SPARSE_FROM_ROWS, SPARSE_ROWS_PER_VALUE, WORD_REPEATS,
};
use crate::situation::{Column, ColumnData};

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

impl RawValue<'_> {
    fn type_name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::Nested => "json",
        }
    }
}

/// The columns that are being built.
#[derive(Debug, Default)]
pub(super) struct ColumnsBuilder {
    columns: Vec<ColumnBuilder>,
    by_name: HashMap<String, usize>,
    /// Where the previous feature's properties went: the next one's are mostly the same.
    previous: Vec<usize>,
    /// Whether there were more different names than columns.
    overflowed: bool,
}

impl ColumnsBuilder {
    /// Adds the properties of the feature that became `row`. Answers whether a name came twice; the last value counts.
    pub fn push_row(&mut self, row: usize, properties: &[(RawText<'_>, RawValue<'_>)]) -> bool {
        let mut doubled = false;
        for (place, &(name, value)) in properties.iter().enumerate() {
            let Some(column) = self.column_of(place, name) else { continue };
            doubled |= self.columns[column].push(row, value);
        }
        doubled
    }

    /// Whether some properties have no column because there are too many names.
    pub fn has_overflowed(&self) -> bool {
        self.overflowed
    }

    /// The columns, each with one value a row or none.
    pub fn finish(self, rows: usize) -> Vec<Column> {
        self.columns.into_iter().map(|column| column.finish(rows)).collect()
    }

    fn column_of(&mut self, place: usize, name: RawText<'_>) -> Option<usize> {
        if let Some(&column) = self.previous.get(place)
            && !name.escaped
            && self.columns[column].name.as_bytes() == name.raw
        {
            return Some(column);
        }
        let name = name.decode();
        let column = match self.by_name.get(name.as_ref()) {
            Some(&column) => column,
            None if self.columns.len() >= MAX_COLUMNS => {
                self.overflowed = true;
                return None;
            }
            None => {
                self.columns.push(ColumnBuilder::new(name.clone().into_owned()));
                self.by_name.insert(name.into_owned(), self.columns.len() - 1);
                self.columns.len() - 1
            }
        };
        if self.previous.len() <= place {
            self.previous.resize(place + 1, column);
        }
        self.previous[place] = column;
        Some(column)
    }
}

/// Values from the column's first row on; rows without a value are filled in when the next one comes.
#[derive(Debug)]
enum Held {
    /// Nothing but `null` so far.
    Nothing,
    Number(Vec<f64>),
    Bool(Vec<Option<bool>>),
    Word(Interner, Vec<u32>),
    /// Given up.
    InSource(&'static str),
}

#[derive(Debug)]
struct ColumnBuilder {
    name: String,
    filled: u32,
    held: Held,
    first_row: usize,
    /// The last row that had this property, with or without a value.
    last: Option<(usize, bool)>,
}

impl ColumnBuilder {
    fn new(name: String) -> Self {
        Self { name, filled: 0, held: Held::Nothing, first_row: 0, last: None }
    }

    /// Sets the row's value; answers whether it had one already.
    fn push(&mut self, row: usize, value: RawValue<'_>) -> bool {
        let before = self.last.filter(|&(last, _)| last == row);
        let has_value = !matches!(value, RawValue::Null);
        self.filled += u32::from(has_value);
        self.filled -= u32::from(matches!(before, Some((_, true))));
        self.last = Some((row, has_value));
        if has_value {
            self.hold(row, value);
        } else if before.is_some() {
            self.truncate(row);
        }
        before.is_some()
    }

    fn hold(&mut self, row: usize, value: RawValue<'_>) {
        if matches!(self.held, Held::Nothing) {
            self.first_row = row;
            self.held = match value {
                RawValue::Number(_) => Held::Number(Vec::new()),
                RawValue::Bool(_) => Held::Bool(Vec::new()),
                RawValue::Text(_) => Held::Word(Interner::default(), Vec::new()),
                RawValue::Nested | RawValue::Null => Held::InSource("json"),
            };
        }
        let at = row - self.first_row;
        let sparse = at > SPARSE_FROM_ROWS && at / SPARSE_ROWS_PER_VALUE > self.filled as usize;
        match (&mut self.held, value) {
            (Held::Number(values), RawValue::Number(number)) if !sparse => {
                values.resize(at, f64::NAN);
                values.push(number);
            }
            (Held::Bool(values), RawValue::Bool(value)) if !sparse => {
                values.resize(at, None);
                values.push(Some(value));
            }
            (Held::Word(words, codes), RawValue::Text(text))
                if !sparse && text.raw.len() <= MAX_WORD_BYTES =>
            {
                codes.resize(at, ColumnData::NO_WORD);
                codes.push(words.number(&text.decode()));
                if words.len() > FREE_WORDS && words.len() * WORD_REPEATS > row {
                    self.held = Held::InSource("text");
                }
            }
            _ => self.give_up(value),
        }
    }

    fn give_up(&mut self, value: RawValue<'_>) {
        let so_far = self.held.type_name();
        self.held = Held::InSource(if so_far == value.type_name() { so_far } else { "mixed" });
    }

    /// Forgets the values from `row` on.
    fn truncate(&mut self, row: usize) {
        let at = row.saturating_sub(self.first_row);
        match &mut self.held {
            Held::Number(values) => values.truncate(at),
            Held::Bool(values) => values.truncate(at),
            Held::Word(_, codes) => codes.truncate(at),
            Held::Nothing | Held::InSource(_) => {}
        }
    }

    fn finish(self, rows: usize) -> Column {
        let Self { name, filled, held, first_row, .. } = self;
        let sparse = rows > SPARSE_FROM_ROWS && rows / SPARSE_ROWS_PER_VALUE > filled as usize;
        let data = match held {
            held if sparse => ColumnData::InSource { kind: held.type_name() },
            Held::Number(values) => ColumnData::Number(spread(values, first_row, rows, f64::NAN)),
            Held::Bool(values) => ColumnData::Bool(spread(values, first_row, rows, None)),
            Held::Word(words, codes) => ColumnData::Word {
                words: words.into_words(),
                codes: spread(codes, first_row, rows, ColumnData::NO_WORD),
            },
            Held::Nothing | Held::InSource(_) => ColumnData::InSource { kind: held.type_name() },
        };
        Column { name, filled, data }
    }
}

impl Held {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Nothing => "null",
            Self::Number(_) => "number",
            Self::Bool(_) => "bool",
            Self::Word(..) => "text",
            Self::InSource(kind) => kind,
        }
    }
}

/// The values at their rows, `none` before and after them.
fn spread<T: Copy>(mut values: Vec<T>, first_row: usize, rows: usize, none: T) -> Vec<T> {
    values.resize(rows.saturating_sub(first_row), none);
    if first_row > 0 {
        values.splice(0..0, std::iter::repeat_n(none, first_row));
    }
    values.shrink_to_fit();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> RawText<'_> {
        RawText { raw: raw.as_bytes(), escaped: false }
    }

    fn column(rows: usize, values: &[(usize, RawValue<'_>)]) -> Column {
        let mut columns = ColumnsBuilder::default();
        for &(row, value) in values {
            columns.push_row(row, &[(text("p"), value)]);
        }
        columns.finish(rows).remove(0)
    }

    #[test]
    fn numbers_stand_at_their_rows() {
        let column =
            column(5, &[(1, RawValue::Number(7.0)), (2, RawValue::Null), (3, RawValue::Number(9.0))]);
        assert_eq!(
            (0..5).map(|row| column.number(row)).collect::<Vec<_>>(),
            [None, Some(7.0), None, Some(9.0), None]
        );
        assert_eq!(column.filled, 2);
    }

    #[test]
    fn short_strings_are_interned_and_long_or_mixed_ones_are_not() {
        let words = column(2, &[(0, RawValue::Text(text("a"))), (1, RawValue::Text(text("a")))]);
        assert_eq!((words.word(1), words.data.type_name()), (Some("a"), "text"));
        let long = "x".repeat(MAX_WORD_BYTES + 1);
        let long = column(2, &[(0, RawValue::Text(text("a"))), (1, RawValue::Text(text(&long)))]);
        assert!(matches!(long.data, ColumnData::InSource { kind: "text" }));
        let mixed = column(2, &[(0, RawValue::Text(text("a"))), (1, RawValue::Bool(true))]);
        assert!(matches!(mixed.data, ColumnData::InSource { kind: "mixed" }) && mixed.filled == 2);
        let nested = column(2, &[(0, RawValue::Nested), (1, RawValue::Nested)]);
        assert_eq!(nested.data.type_name(), "json");
    }

    #[test]
    fn the_last_of_two_values_of_one_name_counts() {
        let mut columns = ColumnsBuilder::default();
        let number = |value| (text("p"), RawValue::Number(value));
        assert!(columns.push_row(0, &[number(1.0), number(2.0)]));
        assert!(columns.push_row(1, &[number(1.0), (text("p"), RawValue::Null)]));
        let column = columns.finish(2).remove(0);
        assert_eq!((column.number(0), column.number(1), column.filled), (Some(2.0), None, 1));
    }

    #[test]
    fn rare_values_are_left_in_the_source() {
        let rare = column(100_000, &[(0, RawValue::Number(1.0)), (99_000, RawValue::Number(1.0))]);
        assert!(matches!(rare.data, ColumnData::InSource { kind: "number" }));
        assert_eq!(rare.filled, 2);
    }

    #[test]
    fn a_million_names_do_not_become_a_million_columns() {
        let mut columns = ColumnsBuilder::default();
        for row in 0..MAX_COLUMNS + 10 {
            columns.push_row(row, &[(text(&format!("p{row}")), RawValue::Bool(true))]);
        }
        assert!(columns.has_overflowed());
        assert_eq!(columns.finish(MAX_COLUMNS + 10).len(), MAX_COLUMNS);
    }
}
