//! Small feature stores for the tests of this module.
//!
//! Floor 2. Tests only.

use std::sync::Arc;

use crate::coords::LonLat;
use crate::situation::{
    Codes, Column, ColumnData, DetailSource, FeatureDetails, FeatureStore, FeatureStoreBuilder, GeometryKind,
    PartKind, PropertyValue,
};

/// A store with one feature of each kind given; a row's span in the source begins at its number.
pub(super) fn store(kinds: &[GeometryKind], columns: Vec<Column>) -> FeatureStore {
    builder(kinds).finish(columns, None)
}

/// A store whose texts are all in the source: `texts[row]` are the properties of one row.
pub(super) fn store_in_source(
    kinds: &[GeometryKind],
    texts: &'static [&'static [(&'static str, &'static str)]],
) -> FeatureStore {
    let names = texts.iter().flat_map(|row| row.iter()).map(|(name, _)| *name);
    let columns = names.map(|name| Column {
        name: name.into(),
        filled: 1,
        data: ColumnData::InSource { kind: "text" },
    });
    builder(kinds).finish(columns.collect(), Some(Arc::new(Texts(texts))))
}

fn builder(kinds: &[GeometryKind]) -> FeatureStoreBuilder {
    let mut builder = FeatureStoreBuilder::default();
    for (row, &kind) in kinds.iter().enumerate() {
        let part = match kind {
            GeometryKind::None => None,
            GeometryKind::Point | GeometryKind::MultiPoint => Some((PartKind::Point, 1)),
            GeometryKind::LineString | GeometryKind::MultiLineString => Some((PartKind::Line, 2)),
            _ => Some((PartKind::Polygon, 4)),
        };
        if let Some((part, vertices)) = part {
            (0..vertices).for_each(|i| builder.push_vertex(LonLat::new(36.0 + f64::from(i % 3), 35.0)));
            builder.end_ring();
            builder.end_part(part);
        }
        builder.end_feature(kind, (row as u64, row as u64 + 1));
    }
    builder
}

/// A column of words; an empty one is no value.
pub(super) fn words(name: &str, rows: &[&str]) -> Column {
    let words: Vec<String> = rows.iter().map(|&word| word.to_owned()).collect();
    let code = |(row, word): (usize, &&str)| (!word.is_empty()).then_some(row as u32);
    let codes = Codes::collect(words.len(), rows.iter().enumerate().map(code));
    Column { name: name.into(), filled: rows.len() as u32, data: ColumnData::Word { words, codes } }
}

/// A column of numbers; NaN is no value.
pub(super) fn numbers(name: &str, rows: &[f64]) -> Column {
    Column { name: name.into(), filled: rows.len() as u32, data: ColumnData::Number(rows.to_vec()) }
}

struct Texts(&'static [&'static [(&'static str, &'static str)]]);

impl DetailSource for Texts {
    fn details(&self, start: u64, _end: u64) -> Result<FeatureDetails, String> {
        let text = |&(name, text): &(&str, &str)| (name.to_owned(), PropertyValue::Text(text.to_owned()));
        let properties = self.0[start as usize].iter().map(text).collect();
        Ok(FeatureDetails { properties, ..FeatureDetails::default() })
    }
}
