//! Which features of one layer lie under a place.
//!
//! Floor 2. Boxes from the index, then the true geometry, then the order in which a person expects them.

use super::LayerData;
use super::probe::Probe;
use crate::coords::{LonLat, WorldPos, WorldRect, lon_lat_from_world};
use crate::situation::{FeatureRow, PartKind};

/// What of a feature was hit; what is smaller to the eye comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitRank {
    /// A point.
    Point,
    /// A line.
    Line,
    /// The inside or the edge of an area.
    Area,
}

impl HitRank {
    /// The rank of a part.
    pub const fn of(kind: PartKind) -> Self {
        match kind {
            PartKind::Point => Self::Point,
            PartKind::Line => Self::Line,
            PartKind::Polygon => Self::Area,
        }
    }
}

/// A feature that lies under a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The feature.
    pub row: FeatureRow,
    /// What of it was hit.
    pub rank: HitRank,
    /// Great-circle distance from the place to the nearest of what was hit, metres; 0 inside an area.
    pub distance_m: f64,
}

/// All features within `tolerance_world` of `at`, uppermost first.
///
/// Within one layer, uppermost is: points before lines before areas, as they are drawn over each other; of the same
/// rank the nearest; of the same distance, as for areas around the place, the one drawn last.
pub fn features_at(data: &LayerData, at: WorldPos, tolerance_world: f64) -> Vec<Hit> {
    let around = WorldRect { min: at, max: at }.grown(tolerance_world.max(0.0));
    let mut hits: Vec<Hit> = Vec::new();
    for turn in data.index.turns(around) {
        let at = WorldPos::new(at.x + turn, at.y);
        let probe = Probe::new(at, tolerance_world, &data.edges);
        let at_lon_lat = lon_lat_from_world(at);
        let rect = WorldRect { min: at, max: at }.grown(tolerance_world.max(0.0));
        // Of events that share a place there may be thousands.
        let mut last = (at, 0.0);
        data.index.visit(rect, |row| {
            if let Some(touch) = probe.touch(data.features.geometry(row)) {
                if touch.nearest != last.0 {
                    last = (touch.nearest, distance_m(at_lon_lat, lon_lat_from_world(touch.nearest)));
                }
                hits.push(Hit { row, rank: touch.rank, distance_m: last.1 });
            }
        });
    }
    hits.sort_unstable_by(|a, b| {
        a.rank.cmp(&b.rank).then(a.distance_m.total_cmp(&b.distance_m)).then(b.row.cmp(&a.row))
    });
    if data.index.turns(around).nth(1).is_some() {
        // A feature wider than the world may be met on two turns; its better hit comes first.
        let mut seen = std::collections::HashSet::new();
        hits.retain(|hit| seen.insert(hit.row));
    }
    hits
}

/// Great-circle distance on the mean sphere, metres.
fn distance_m(a: LonLat, b: LonLat) -> f64 {
    const MEAN_RADIUS_M: f64 = 6_371_008.8;
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let cosines = a.lat_deg.to_radians().cos() * b.lat_deg.to_radians().cos();
    let chord = half(b.lat_deg - a.lat_deg) + cosines * half(b.lon_deg - a.lon_deg);
    2.0 * MEAN_RADIUS_M * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{at, layer, square, store};
    use crate::situation::PartKind::{Line, Point, Polygon};

    fn rows(data: &LayerData, lon: f64, lat: f64, tolerance_deg: f64) -> Vec<FeatureRow> {
        features_at(data, at(lon, lat), tolerance_deg / 360.0).iter().map(|hit| hit.row).collect()
    }

    #[test]
    fn a_point_is_hit_within_the_tolerance_and_its_distance_is_in_metres() {
        let data = layer(&[(Point, &[&[[36.0, 35.0]]])]);
        assert_eq!(rows(&data, 36.009, 35.0, 0.01), [0]);
        assert!(rows(&data, 36.011, 35.0, 0.01).is_empty());
        let hit = features_at(&data, at(36.009, 35.0), 0.01 / 360.0)[0];
        assert!((hit.distance_m - 819.8).abs() < 1.0, "{hit:?}");
    }

    #[test]
    fn a_hole_is_outside_and_its_edge_is_within_reach() {
        let (outer, hole) = (square(0.0, 10.0), square(4.0, 6.0));
        let data = layer(&[(Polygon, &[&outer, &hole])]);
        assert_eq!(rows(&data, 2.0, 2.0, 0.0), [0]);
        assert!(rows(&data, 5.0, 5.0, 0.1).is_empty());
        assert_eq!(rows(&data, 5.95, 5.0, 0.1), [0]);
        assert_eq!(features_at(&data, at(2.0, 2.0), 0.0)[0].distance_m, 0.0);
    }

    #[test]
    fn points_come_before_lines_before_areas_and_the_last_drawn_area_first() {
        let (low, high) = (square(0.0, 10.0), square(1.0, 9.0));
        let data = layer(&[
            (Point, &[&[[5.02, 5.0]]]),
            (Point, &[&[[5.01, 5.0]]]),
            (Line, &[&[[0.0, 5.0], [9.0, 5.0]]]),
            (Polygon, &[&low]),
            (Polygon, &[&high]),
        ]);
        assert_eq!(rows(&data, 5.0, 5.0, 0.1), [1, 0, 2, 4, 3]);
    }

    #[test]
    fn a_click_finds_what_is_written_on_the_other_side_of_the_antimeridian() {
        let fiji = [[177.0, -20.0], [182.0, -20.0], [182.0, -15.0], [177.0, -15.0], [177.0, -20.0]];
        let data = layer(&[(Polygon, &[&fiji]), (Point, &[&[[-179.0, -17.0]]])]);
        assert_eq!(rows(&data, -179.0, -17.0, 0.1), [1, 0]);
        assert_eq!(rows(&data, 181.0, -17.0, 0.1), [1, 0]);
        assert_eq!(rows(&data, 178.0, -17.0, 0.1), [0]);
    }

    #[test]
    fn the_exact_test_agrees_with_brute_force_on_a_star() {
        let star: Vec<[f64; 2]> = (0..=20_u32)
            .map(|n| (f64::from(n % 20) * std::f64::consts::TAU / 20.0, if n % 2 == 0 { 30.0 } else { 9.0 }))
            .map(|(turn, radius)| [40.0 + radius * turn.cos(), 20.0 + radius * turn.sin()])
            .collect();
        let data = layer(&[(Polygon, &[&star])]);
        let drawn: Vec<WorldPos> = star.iter().map(|&[lon, lat]| at(lon, lat)).collect();
        for n in 0..2000_u32 {
            let place = at(f64::from(n * 37 % 700) / 10.0 + 5.0, f64::from(n * 53 % 700) / 10.0 - 15.0);
            let crossed = drawn.windows(2).filter(|edge| {
                (edge[0].y > place.y) != (edge[1].y > place.y)
                    && edge[0].x + (place.y - edge[0].y) / (edge[1].y - edge[0].y) * (edge[1].x - edge[0].x)
                        < place.x
            });
            assert_eq!(!features_at(&data, place, 0.0).is_empty(), crossed.count() % 2 == 1, "{place:?}");
        }
    }

    #[test]
    fn unlocated_features_are_never_hit() {
        let data = LayerData::build(store(&[]));
        assert!(features_at(&data, at(0.0, 0.0), 1.0).is_empty());
    }
}
