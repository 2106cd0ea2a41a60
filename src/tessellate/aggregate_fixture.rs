//! Small layers of points for the tests of clusters, hexagons and heat maps.
//!
//! Floor 3. Tests only.

use crate::coords::LonLat;
use crate::situation::{FeatureStore, FeatureStoreBuilder, GeometryKind, PartKind};

/// A layer of single points, `[lon, lat]` in degrees.
pub(super) fn points(places: &[[f64; 2]]) -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    for &[lon, lat] in places {
        push_point(&mut builder, lon, lat);
        builder.end_feature(GeometryKind::Point, (0, 0));
    }
    builder.finish(Vec::new(), None)
}

/// A row of three points, a row with an area and then a point, an area, and a row without a place.
pub(super) fn collection() -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    (0..3).for_each(|n| push_point(&mut builder, 36.0 + f64::from(n), 35.0));
    builder.end_feature(GeometryKind::MultiPoint, (0, 0));
    push_area(&mut builder);
    push_point(&mut builder, 37.0, 36.0);
    builder.end_feature(GeometryKind::GeometryCollection, (0, 0));
    push_area(&mut builder);
    builder.end_feature(GeometryKind::Polygon, (0, 0));
    builder.end_feature(GeometryKind::None, (0, 0));
    builder.finish(Vec::new(), None)
}

/// So many places all over the world, the poles and both sides of the antimeridian among them; always the same.
pub(super) fn scattered(count: usize) -> Vec<[f64; 2]> {
    let corners =
        [[0.0, 90.0], [120.0, -90.0], [180.0, 10.0], [-180.0, 10.0], [179.999, 10.0], [-179.999, 10.0]];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut part = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let rest = (corners.len()..count).map(|_| [part() * 360.0 - 180.0, part() * 180.0 - 90.0]);
    corners.into_iter().chain(rest).take(count).collect()
}

fn push_point(builder: &mut FeatureStoreBuilder, lon: f64, lat: f64) {
    builder.push_vertex(LonLat::new(lon, lat));
    builder.end_ring();
    builder.end_part(PartKind::Point);
}

fn push_area(builder: &mut FeatureStoreBuilder) {
    builder.push_ring(&[[35.0, 34.0], [36.0, 34.0], [36.0, 35.0], [35.0, 34.0]]);
    builder.end_part(PartKind::Polygon);
}
