//! One property of all features, side by side.
//!
//! Floor 1.

/// One property over all rows of a store.
#[derive(Debug, Clone)]
pub struct Column {
    /// The property's name.
    pub name: String,
    /// How many rows have a value that is not `null`.
    pub filled: u32,
    /// The values, one a row where they are held here.
    pub data: ColumnData,
}

/// How a column is held.
#[derive(Debug, Clone)]
pub enum ColumnData {
    /// Numbers; NaN where the row has none, infinite where the file's number is out of range.
    Number(Vec<f64>),
    /// Short repeated strings: `codes[row]` is an index into `words`, [`ColumnData::NO_WORD`] where the row has none.
    Word {
        /// Each string once, in order of first appearance.
        words: Vec<String>,
        /// One a row.
        codes: Vec<u32>,
    },
    /// `true` and `false`; `None` where the row has none.
    Bool(Vec<Option<bool>>),
    /// Long, mixed or nested values: not held here, decoded from the source when asked.
    InSource {
        /// What the values are, in the words of the inspect command: `text`, `json`, `mixed`, or one of the other
        /// types where very few rows have a value; `null` where none has.
        kind: &'static str,
    },
}

impl ColumnData {
    /// The code of a row without a value in [`ColumnData::Word`].
    pub const NO_WORD: u32 = u32::MAX;

    /// The name of the type for people: `number`, `text`, `bool`, `json`, `mixed` or `null`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Word { .. } => "text",
            Self::Bool(_) => "bool",
            Self::InSource { kind } => kind,
        }
    }
}

impl Column {
    /// The row's number; `None` where it has none or the column holds no numbers.
    pub fn number(&self, row: usize) -> Option<f64> {
        match &self.data {
            ColumnData::Number(values) => values.get(row).copied().filter(|value| !value.is_nan()),
            _ => None,
        }
    }

    /// The row's interned string; `None` where it has none or the column holds no words.
    pub fn word(&self, row: usize) -> Option<&str> {
        match &self.data {
            ColumnData::Word { words, codes } => words.get(*codes.get(row)? as usize).map(String::as_str),
            _ => None,
        }
    }
}
