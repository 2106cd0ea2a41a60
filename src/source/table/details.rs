//! One row of a table word for word, decoded when a panel asks.
//!
//! Floor 2.

use std::sync::Arc;

use super::super::SourceBytes;
use super::fields::{Layout, RecordReader};
use super::format::DecimalSign;
use super::number::number_of;
use crate::situation::{DetailSource, FeatureDetails, PropertyValue};

/// Where the details of a table's rows come from.
pub(super) struct TableSource {
    pub source: SourceBytes,
    pub layout: Layout,
    pub decimal: DecimalSign,
    /// Name of each column, and whether it holds numbers.
    pub columns: Arc<[(String, bool)]>,
}

impl DetailSource for TableSource {
    fn details(&self, start: u64, end: u64) -> Result<FeatureDetails, String> {
        let bytes = self.source.range(start, end).map_err(|error| error.to_string())?;
        if bytes.is_empty() {
            return Ok(FeatureDetails::default());
        }
        let mut reader = RecordReader::new(&bytes, self.layout);
        reader.read(0);
        let value = |(number, (name, is_number)): (usize, &(String, bool))| {
            let text = reader.fields.get(number).map(|&field| reader.text(field)).unwrap_or_default();
            let words = || String::from_utf8_lossy(&text).into_owned();
            let value = match number_of(&text, self.decimal).filter(|_| *is_number) {
                _ if text.is_empty() => PropertyValue::Null,
                Some(value) => PropertyValue::Number { value, written: words() },
                None => PropertyValue::Text(words()),
            };
            (name.clone(), value)
        };
        let properties = self.columns.iter().enumerate().map(value).collect();
        let comma_is_decimal = self.decimal == DecimalSign::Comma;
        Ok(FeatureDetails { properties, comma_is_decimal, ..FeatureDetails::default() })
    }
}
