//! One row of a table word for word, decoded when a panel asks.
//!
//! Floor 2.

use std::ops::Range;
use std::sync::Arc;

use super::super::SourceBytes;
use super::fields::{Layout, RecordReader};
use super::format::DecimalSign;
use super::number::number_of;
use crate::situation::{DetailSource, FeatureDetails, PropertyValue, WantedDetails};

/// Where the details of a table's rows come from.
pub(super) struct TableSource {
    pub source: SourceBytes,
    pub layout: Layout,
    pub decimal: DecimalSign,
    /// Name of each column, and whether it holds numbers.
    pub columns: Arc<[(String, bool)]>,
}

impl TableSource {
    /// The values of the record that was read last, under these columns.
    fn values(
        &self,
        record: &RecordReader<'_>,
        columns: impl Iterator<Item = usize>,
    ) -> Vec<(String, PropertyValue)> {
        let value = |number: usize| {
            let (name, is_number) = &self.columns[number];
            let text = record.fields.get(number).map(|&field| record.text(field)).unwrap_or_default();
            let words = || String::from_utf8_lossy(&text).into_owned();
            let value = match number_of(&text, self.decimal).filter(|_| *is_number) {
                _ if text.is_empty() => PropertyValue::Null,
                Some(value) => PropertyValue::Number { value, written: words() },
                None => PropertyValue::Text(words()),
            };
            (name.clone(), value)
        };
        columns.map(value).collect()
    }

    fn comma_is_decimal(&self) -> bool {
        self.decimal == DecimalSign::Comma
    }
}

impl DetailSource for TableSource {
    fn details(&self, start: u64, end: u64) -> Result<FeatureDetails, String> {
        let bytes = self.source.range(start, end).map_err(|error| error.to_string())?;
        if bytes.is_empty() {
            return Ok(FeatureDetails::default());
        }
        let mut record = RecordReader::new(&bytes, self.layout);
        record.read(0);
        let properties = self.values(&record, 0..self.columns.len());
        let comma_is_decimal = self.comma_is_decimal();
        Ok(FeatureDetails { properties, comma_is_decimal, ..FeatureDetails::default() })
    }

    fn line_of(&self, byte: u64) -> Option<usize> {
        self.source.line_at(byte, self.layout.line_end)
    }

    fn scan(
        &self,
        spans: &[Range<u64>],
        wanted: &WantedDetails<'_>,
        tell: &mut dyn FnMut(usize, &FeatureDetails),
    ) -> Result<(), String> {
        let is_wanted = |number: &usize| wanted.properties.contains(&self.columns[*number].0.as_str());
        let columns: Vec<usize> = (0..self.columns.len()).filter(is_wanted).collect();
        let comma_is_decimal = self.comma_is_decimal();
        self.source.scan_blocks(spans, |block| {
            let mut record = RecordReader::new(block.bytes, self.layout);
            for (place, bytes) in block.features() {
                let mut details = FeatureDetails { comma_is_decimal, ..FeatureDetails::default() };
                if !bytes.is_empty() {
                    record.read_alone(bytes);
                    details.properties = self.values(&record, columns.iter().copied());
                }
                tell(place, &details);
            }
            Ok(())
        })
    }
}
