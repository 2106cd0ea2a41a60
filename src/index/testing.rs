//! Small layers for the tests of this folder.
//!
//! Floor 2.

use super::LayerData;
use crate::coords::{Extent, LonLat, WorldPos, WorldRect, world_from_lon_lat};
use crate::situation::{FeatureStore, FeatureStoreBuilder, GeometryKind, PartKind};

type Feature<'a> = (PartKind, &'a [&'a [[f64; 2]]]);

pub fn store(features: &[Feature<'_>]) -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    for (kind, rings) in features {
        rings.iter().for_each(|ring| builder.push_ring(ring));
        builder.end_part(*kind);
        let kind = match kind {
            PartKind::Point => GeometryKind::Point,
            PartKind::Line => GeometryKind::LineString,
            PartKind::Polygon => GeometryKind::Polygon,
        };
        builder.end_feature(kind, (0, 0));
    }
    builder.finish(Vec::new(), None)
}

pub fn layer(features: &[Feature<'_>]) -> LayerData {
    LayerData::build(store(features))
}

pub fn points(places: &[[f64; 2]]) -> FeatureStore {
    let rings: Vec<[&[[f64; 2]]; 1]> = places.iter().map(|place| [std::slice::from_ref(place)]).collect();
    let features: Vec<Feature<'_>> = rings.iter().map(|ring| (PartKind::Point, &ring[..])).collect();
    store(&features)
}

/// A square whose corners are `from` and `to`, each both longitude and latitude.
pub fn square(from: f64, to: f64) -> [[f64; 2]; 5] {
    [[from, from], [to, from], [to, to], [from, to], [from, from]]
}

pub fn at(lon_deg: f64, lat_deg: f64) -> WorldPos {
    world_from_lon_lat(LonLat { lon_deg, lat_deg })
}

pub fn rect(west: f64, south: f64, east: f64, north: f64) -> WorldRect {
    Extent::new(west, south, east, north).to_world()
}
