//! How a table is written: what was found, and what the user has said instead.
//!
//! Floor 2.

use serde::{Deserialize, Serialize};

use super::place_columns::PlaceColumns;
use super::text_encoding::TextEncoding;

/// What stands between two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All of them, the commonest first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The byte itself.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Comma => "Comma",
            Self::Semicolon => "Semicolon",
            Self::Tab => "Tab",
            Self::Pipe => "Vertical bar",
        }
    }
}

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecimalSign {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
}

impl DecimalSign {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Point => "Point (1,234.5)",
            Self::Comma => "Comma (1.234,5)",
        }
    }
}

/// Which record holds the names of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeaderRow {
    /// The one of that number, counted from 0; what stands above it is no data.
    At(usize),
    /// None: the columns are numbered.
    Absent,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFormat {
    /// Its letters.
    pub encoding: TextEncoding,
    /// Between two fields.
    pub delimiter: Delimiter,
    /// In numbers.
    pub decimal: DecimalSign,
    /// Where the names are.
    pub header: HeaderRow,
    /// The record of HXL hashtags, counted from 0: no data either.
    pub tags: Option<usize>,
}

impl TableFormat {
    /// The first record that is data, counted from 0.
    pub(super) fn first_data_record(&self) -> usize {
        let behind_header = match self.header {
            HeaderRow::At(record) => record + 1,
            HeaderRow::Absent => 0,
        };
        behind_header.max(self.tags.map_or(0, |record| record + 1))
    }

    /// In the words of the inspect command: `CSV`, `TSV`, `CSV with semicolons, Windows-1256, decimal commas`.
    pub(super) fn words(&self) -> String {
        let mut words = match self.delimiter {
            Delimiter::Comma => "CSV".to_owned(),
            Delimiter::Semicolon => "CSV with semicolons".to_owned(),
            Delimiter::Tab => "TSV".to_owned(),
            Delimiter::Pipe => "CSV with vertical bars".to_owned(),
        };
        if self.encoding != TextEncoding::Utf8 {
            words += ", ";
            words += self.encoding.label();
        }
        if self.decimal == DecimalSign::Comma {
            words += ", decimal commas";
        }
        words
    }
}

/// What a user has said of a table; `None` is found by the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableSettings {
    /// Its letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<TextEncoding>,
    /// Between two fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<Delimiter>,
    /// In numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalSign>,
    /// Where the names are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderRow>,
    /// Which columns say where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<PlaceColumns>,
}

/// What the reader found in a table, for the load report and for whoever wants to change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableInfo {
    /// How it is written.
    pub format: TableFormat,
    /// Which columns say where.
    pub places: PlaceColumns,
    /// The names of all columns in their order.
    pub columns: Vec<String>,
    /// Column and HXL hashtag, such as `#geo+lat`, of those that have one.
    pub tags: Vec<(String, String)>,
}
