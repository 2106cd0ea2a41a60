//! The language of filters: what its tests share, small layers and what is asked of them.
//!
//! Floor 2.

use super::*;
use crate::situation::{
    CivilClock, Codes, Column, ColumnData, EventField, EventMapping, FeatureStore, FeatureStoreBuilder,
    GeometryKind, LayerEvents, day_of,
};

mod completion;
mod counting;
mod of_columns;
mod of_events;
mod reading;
mod type_mistakes;
mod unmet_values;

fn read(text: &str) -> Filter {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

fn day(text: &str) -> i32 {
    day_of(text).unwrap()
}

fn store(rows: usize, columns: Vec<Column>) -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..rows {
        builder.end_feature(GeometryKind::None, (row as u64, row as u64));
    }
    builder.finish(columns, None)
}

fn column(name: &str, filled: u32, data: ColumnData) -> Column {
    Column { name: name.to_owned(), filled, data }
}

fn numbers(name: &str, values: &[Option<f64>]) -> Column {
    let filled = values.iter().flatten().count() as u32;
    column(name, filled, ColumnData::Number(values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()))
}

fn words(name: &str, rows: &[Option<&str>]) -> Column {
    let mut words: Vec<String> = rows.iter().flatten().map(|word| (*word).to_owned()).collect();
    words.sort();
    words.dedup();
    let code = |word: &str| words.iter().position(|known| known == word).map(|code| code as u32);
    let codes = Codes::collect(words.len(), rows.iter().map(|word| word.and_then(code)));
    column(name, rows.iter().flatten().count() as u32, ColumnData::Word { words, codes })
}

fn rows(features: &FeatureStore, filter: &str) -> Vec<usize> {
    read(filter).rows_of(features).unwrap_or_else(|error| panic!("{error}")).iter().collect()
}

fn refusal(features: &FeatureStore, filter: &str) -> String {
    read(filter).rows_of(features).unwrap_err().to_string()
}

fn mapping(fields: &[(EventField, &[&str])]) -> EventMapping {
    let mut mapping = EventMapping::default();
    for (field, columns) in fields {
        mapping.set(*field, columns.iter().map(|name| (*name).to_owned()).collect());
    }
    mapping
}

/// Rows are events once something is said to be their date.
fn events_by(features: &FeatureStore, mapping: &EventMapping) -> LayerEvents {
    let mut mapping = mapping.clone();
    if !mapping.makes_events() {
        mapping.set(EventField::Date, vec!["no such column".to_owned()]);
    }
    LayerEvents::of(features, mapping, &mut CivilClock::home()).unwrap()
}

/// The values of a subject among the rows that meet the rest of a filter, as `a 2, b 1`.
fn counted(scope: &Scope<'_>, subject: &Subject, filter: &str) -> String {
    let rows = read(filter).without(subject).verdict(scope).unwrap().into_met();
    let counts = value_counts(subject, scope, &rows).unwrap();
    counts.values.iter().map(|(value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ")
}

fn event_rows(features: &FeatureStore, mapping: &EventMapping, filter: &str) -> Vec<usize> {
    let events = events_by(features, mapping);
    let scope = Scope::of(features).with_events(&events);
    let verdict = read(filter).verdict(&scope).unwrap_or_else(|error| panic!("{filter}: {error}"));
    verdict.met().iter().collect()
}
