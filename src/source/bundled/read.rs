//! Typed reading of the bundled layers.
//!
//! Floor 2.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IgnoredAny};

use super::event_record::EventRecord;
use super::layers::{
    BundledLayer, CREDITS, MARKED_DAYS, PLACES, RELIEF_CORNERS, RELIEF_PNG, REPORT, Relief, STRIKES,
};
use super::place_record::PlaceRecord;
use super::statement_record::StatementRecord;
use crate::coords::{Extent, LonLat};
use crate::situation::{Event, Gazetteer, MarkedDay, Statement, day_of};

/// Why reading what is compiled in cannot fail.
const TESTED: &str = "the tests read the same bytes";

/// The events of the strikes layer: event `i` is feature `i`.
pub fn events() -> Vec<Event> {
    let features = features::<EventRecord>(&STRIKES).into_iter();
    features.map(|feature| feature.properties.into_event(feature.geometry).expect(TESTED)).collect()
}

/// The statements of the founding report: statement `i` is feature `i` of the report layer.
pub fn statements() -> Vec<Statement> {
    let features = features::<StatementRecord>(&REPORT).into_iter();
    features.map(|feature| feature.properties.into_statement()).collect()
}

/// The places of the base map: place `i` is feature `i` of [`PLACES`].
pub fn gazetteer() -> Gazetteer {
    let features = features::<PlaceRecord>(&PLACES).into_iter();
    Gazetteer::new(
        features.map(|feature| feature.properties.into_place(feature.geometry).expect(TESTED)).collect(),
    )
}

/// The days that readers of this map look for, in order of time.
pub fn marked_days() -> Vec<MarkedDay> {
    #[derive(Deserialize)]
    struct DayRecord {
        day: String,
        label: String,
        words: String,
        source: String,
    }
    let records: Vec<DayRecord> = serde_json::from_slice(MARKED_DAYS).expect(TESTED);
    let days = records.into_iter().map(|DayRecord { day, label, words, source }| MarkedDay {
        day: day_of(&day).expect(TESTED),
        label,
        words,
        source,
    });
    days.collect()
}

/// The shaded relief of the base map.
pub fn relief() -> Relief {
    #[derive(Deserialize)]
    struct Corners {
        west: f64,
        south: f64,
        east: f64,
        north: f64,
    }
    let Corners { west, south, east, north } = serde_json::from_slice(RELIEF_CORNERS).expect(TESTED);
    Relief { png: RELIEF_PNG, extent: Extent::new(west, south, east, north) }
}

/// Whom the data is owed to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Credit {
    /// The collection or publisher.
    pub name: String,
    /// The terms.
    pub licence: String,
    /// The words of the credit.
    pub credit: String,
    /// Where it is found.
    pub url: String,
    /// What it is used for.
    pub used_for: String,
}

/// Every collection that the bundled data was made from.
pub fn credits() -> Vec<Credit> {
    serde_json::from_slice(CREDITS).expect(TESTED)
}

fn features<P: DeserializeOwned>(layer: &BundledLayer) -> Vec<Feature<P>> {
    let collection: Collection<P> = serde_json::from_slice(layer.bytes).expect(TESTED);
    collection.features
}

#[derive(Deserialize)]
struct Collection<P> {
    features: Vec<Feature<P>>,
}

#[derive(Deserialize)]
struct Feature<P> {
    geometry: Option<Shape>,
    properties: P,
}

/// What the typed values need of a geometry.
#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub(super) enum Shape {
    Point([f64; 2]),
    Polygon(IgnoredAny),
}

impl Shape {
    pub(super) fn point(&self) -> Option<LonLat> {
        match self {
            Self::Point([lon_deg, lat_deg]) => Some(LonLat::new(*lon_deg, *lat_deg)),
            Self::Polygon(_) => None,
        }
    }
}

/// Reads a string that a type knows how to read: a class, a date, an EDTF text.
pub(super) fn parsed<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// The same for a string or `null`.
pub(super) fn parsed_or_null<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    Option::<String>::deserialize(from)?.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}
