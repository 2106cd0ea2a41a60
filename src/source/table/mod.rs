//! Tables: CSV and TSV into the same feature store as every other layer.
//!
//! Floor 2. The way of a table: encoding → delimiter, decimal sign and header row, found in a sample or said by the user →
//! which columns say where → rows, by several threads → [`crate::situation::FeatureStore`]. Columns keep the names of
//! the file, and values its words; a blank field is no value.

mod details;
mod fields;
mod format;
mod header;
mod not_towns;
mod number;
mod place_columns;
mod place_names;
mod place_sounds;
mod place_spellings;
mod placed_names;
mod quotes;
mod reader;
mod recognise;
mod retype;
mod row_place;
mod rows;
mod sample;
mod sniff;
mod stretches;
#[cfg(test)]
mod tests;
mod text_encoding;
mod wkt;

pub use format::{DecimalSign, Delimiter, HeaderRow, TableFormat, TableInfo, TableSettings};
pub use place_columns::{PlaceColumns, is_name_of_position};
pub(super) use reader::read_table;
pub(super) use recognise::is_table;
pub use text_encoding::TextEncoding;

/// The first byte that is text: behind the byte order mark of UTF-8, if there is one.
fn text_start(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}
