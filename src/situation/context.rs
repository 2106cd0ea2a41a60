//! What surrounds a place: the nearest town, the highways, the front line, the area that it lies in.
//!
//! Floor 1. Pure functions over what the caller hands in; which layer is which is for the caller to know.

use super::{FeatureRow, FeatureStore, Gazetteer, NearPlace, PartKind};
use crate::coords::{LonLat, distance_m, distance_to_line_m, polygon_contains};

/// What a place is measured against; `None` for what the map does not have.
#[derive(Clone, Copy, Default)]
pub struct Neighbourhood<'a> {
    /// The named places.
    pub gazetteer: Option<&'a Gazetteer>,
    /// Highways, a feature each.
    pub highways: Option<&'a FeatureStore>,
    /// The front line.
    pub front_line: Option<&'a FeatureStore>,
    /// The held area.
    pub held_area: Option<&'a FeatureStore>,
}

/// What surrounds a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surroundings<'a> {
    /// The nearest town.
    pub town: Option<NearPlace<'a>>,
    /// The nearest highway and its distance in metres.
    pub highway: Option<(FeatureRow, f64)>,
    /// The distance to the front line, metres.
    pub front_line_m: Option<f64>,
    /// Whether it lies in the held area.
    pub is_in_held_area: Option<bool>,
}

/// The lowest rank that counts as a town: villages that stand out for what happened there have rank 4, and to say that
/// a strike on a village is near that village would tell nobody where it is.
pub const TOWN_RANK: u8 = 3;

impl<'a> Neighbourhood<'a> {
    /// What surrounds a place.
    pub fn around(&self, at: LonLat) -> Surroundings<'a> {
        Surroundings {
            town: self.gazetteer.and_then(|gazetteer| gazetteer.nearest(at, TOWN_RANK)),
            highway: self.highways.and_then(|highways| nearest_feature(highways, at)),
            front_line_m: self
                .front_line
                .and_then(|line| nearest_feature(line, at))
                .map(|(_, metres)| metres),
            is_in_held_area: self.held_area.map(|area| (0..area.len()).any(|row| covers(area, row, at))),
        }
    }
}

/// The feature nearest to a place and its distance in metres; `None` where nothing is located.
pub fn nearest_feature(features: &FeatureStore, at: LonLat) -> Option<(FeatureRow, f64)> {
    let measured =
        (0..features.len()).filter_map(|row| Some((row, distance_to_feature_m(features, row, at)?)));
    measured.min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// The distance from a place to a feature in metres, 0 inside an area; `None` for an unlocated feature.
pub fn distance_to_feature_m(features: &FeatureStore, row: FeatureRow, at: LonLat) -> Option<f64> {
    if covers(features, row, at) {
        return Some(0.0);
    }
    let parts = features.geometry(row).parts();
    let distances = parts.flat_map(|part| part.rings().filter_map(move |ring| ring_distance_m(ring, at)));
    distances.reduce(f64::min)
}

/// Whether a place lies in one of the feature's polygons.
pub fn covers(features: &FeatureStore, row: FeatureRow, at: LonLat) -> bool {
    let mut polygons = features.geometry(row).parts().filter(|part| part.kind == PartKind::Polygon);
    polygons.any(|part| polygon_contains(part.rings(), at))
}

fn ring_distance_m(ring: &[[f64; 2]], at: LonLat) -> Option<f64> {
    match ring {
        [[lon_deg, lat_deg]] => Some(distance_m(at, LonLat::new(*lon_deg, *lat_deg))),
        _ => distance_to_line_m(at, ring),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{FeatureStoreBuilder, GeometryKind};

    fn store(features: &[(GeometryKind, PartKind, &[[f64; 2]])]) -> FeatureStore {
        let mut builder = FeatureStoreBuilder::default();
        for (kind, part, ring) in features {
            ring.iter().for_each(|&[lon, lat]| builder.push_vertex(LonLat::new(lon, lat)));
            builder.end_ring();
            builder.end_part(*part);
            builder.end_feature(*kind, (0, 0));
        }
        builder.finish(Vec::new(), None)
    }

    const SQUARE: &[[f64; 2]] = &[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0], [36.0, 35.0]];

    #[test]
    fn inside_an_area_nothing_is_far() {
        let area = store(&[(GeometryKind::Polygon, PartKind::Polygon, SQUARE)]);
        assert_eq!(distance_to_feature_m(&area, 0, LonLat::new(36.5, 35.5)), Some(0.0));
        let outside = distance_to_feature_m(&area, 0, LonLat::new(36.5, 36.1)).unwrap();
        assert_eq!((outside / 1000.0).round(), 11.0);
    }

    #[test]
    fn the_nearest_of_two_roads_is_found() {
        let roads = store(&[
            (GeometryKind::LineString, PartKind::Line, &[[36.0, 35.0], [36.0, 36.0]]),
            (GeometryKind::LineString, PartKind::Line, &[[37.0, 35.0], [37.0, 36.0]]),
        ]);
        let neighbourhood = Neighbourhood { highways: Some(&roads), ..Neighbourhood::default() };
        let around = neighbourhood.around(LonLat::new(36.9, 35.5));
        let (row, metres) = around.highway.unwrap();
        assert_eq!((row, (metres / 1000.0).round()), (1, 9.0));
        assert_eq!((around.town, around.is_in_held_area), (None, None));
    }

    #[test]
    fn an_unlocated_feature_is_at_no_distance() {
        let mut builder = FeatureStoreBuilder::default();
        builder.end_feature(GeometryKind::None, (0, 0));
        assert_eq!(nearest_feature(&builder.finish(Vec::new(), None), LonLat::new(36.0, 35.0)), None);
    }
}
