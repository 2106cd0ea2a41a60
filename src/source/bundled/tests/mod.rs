//! The bundled situation against the facts that it was built from.

mod of_events;
mod of_layers;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::*;
use crate::coords::LonLat;
use crate::situation::{
    Event, EventClass, FeatureStore, FigureStanding, Grade, Harm, HarmScope, LinkRelation, Neighbourhood,
    PlaceShape, PrecisionClass, StatementStatus, TOWN_RANK, WeaponClass,
};
use crate::source::{Loaded, Progress, SourceBytes, read_layer};

const CLAIMS: &str = include_str!("../../../../geodata/facts/claims.csv");
const DOUBTS: &str = include_str!("../../../../geodata/facts/doubts.csv");
const ROWS: &str = include_str!("../../../../geodata/facts/events.csv");

fn events() -> Vec<Event> {
    super::events()
}

fn event(id: &str) -> Event {
    events().into_iter().find(|event| event.id == id).unwrap()
}

/// The rows of a CSV table (RFC 4180), each a map from column to cell.
fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = vec![vec![String::new()]];
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(char) = chars.next() {
        let line = lines.last_mut().unwrap();
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                line.last_mut().unwrap().push(chars.next().unwrap());
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(String::new()),
            '\n' if !quoted => lines.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => line.last_mut().unwrap().push(other),
        }
    }
    let header = lines.remove(0);
    let rows = lines.into_iter().filter(|line| line.len() == header.len());
    rows.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// The number in a cell; a blank is none.
fn count(cell: &str) -> Option<u32> {
    (!cell.is_empty()).then(|| cell.parse().unwrap())
}

fn parsed(layer: &BundledLayer) -> Vec<Value> {
    let collection: Value = serde_json::from_slice(layer.bytes).unwrap();
    collection["features"].as_array().unwrap().clone()
}

fn features(key: &str) -> Vec<Value> {
    parsed(layer(key).unwrap())
}

/// The layer as a user's file is read.
fn loaded(layer: &BundledLayer) -> Loaded<FeatureStore> {
    read_layer(&SourceBytes::from_static(layer.title, layer.bytes).unwrap(), &Progress::default()).unwrap()
}

fn store(key: &str) -> FeatureStore {
    loaded(layer(key).unwrap()).value
}
