//! Distances, lengths and areas on the WGS 84 ellipsoid, in metres.
//!
//! Floor 0. Geodesics are Karney's (2013), through `geo`. Slices of `[lon, lat]` are in degrees, as the feature store has
//! them. A line runs straight in longitude and latitude from one position to the next, as RFC 7946 says.

use geo::{Bearing, Distance, Geodesic, GeodesicArea, LineString, Point, Polygon};

use super::LonLat;

/// A foot this much farther off on the plane than the nearest one can still be the nearer one on the ellipsoid.
const PLANE_SLACK: f64 = 1.03;

/// The length of the shortest way between two places.
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    Geodesic.distance(point(from), point(to))
}

/// The direction in which the shortest way sets out: 0 north, 90 east, below 360.
pub fn bearing_deg(from: LonLat, to: LonLat) -> f64 {
    Geodesic.bearing(point(from), point(to)).rem_euclid(360.0)
}

/// The length of a line along all its positions; 0 below two.
pub fn line_length_m(line: &[[f64; 2]]) -> f64 {
    line.windows(2).map(|ends| distance_m(lon_lat(ends[0]), lon_lat(ends[1]))).sum()
}

/// The distance from a place to the nearest point of a segment.
///
/// The nearest point is found on a plane laid through `at`, then measured on the ellipsoid: right to a thousandth while
/// the segment's near part lies within about 50 km.
pub fn distance_to_segment_m(at: LonLat, from: [f64; 2], to: [f64; 2]) -> f64 {
    distance_m(at, Foot::on_segment(at, from, to).at)
}

/// The distance from a place to the nearest point of a line; `None` without a position.
pub fn distance_to_line_m(at: LonLat, line: &[[f64; 2]]) -> Option<f64> {
    if let [only] = line {
        return Some(distance_m(at, lon_lat(*only)));
    }
    let feet: Vec<Foot> = line.windows(2).map(|ends| Foot::on_segment(at, ends[0], ends[1])).collect();
    let nearest_deg = feet.iter().map(|foot| foot.plane_deg).reduce(f64::min)?;
    let near = feet.iter().filter(|foot| foot.plane_deg <= nearest_deg * PLANE_SLACK);
    near.map(|foot| distance_m(at, foot.at)).reduce(f64::min)
}

/// The area of a polygon in square metres: the first ring less the others, whichever way they run.
///
/// Right for polygons below half the globe.
pub fn polygon_area_m2<'a>(rings: impl IntoIterator<Item = &'a [[f64; 2]]>) -> f64 {
    let mut areas = rings.into_iter().map(ring_area_m2);
    let outer = areas.next().unwrap_or(0.0);
    areas.fold(outer, |area, hole| area - hole)
}

/// Whether a place lies inside a polygon by the even-odd rule over all its rings, straight in degrees.
pub fn polygon_contains<'a>(rings: impl IntoIterator<Item = &'a [[f64; 2]]>, at: LonLat) -> bool {
    let crossed = |[from, to]: [[f64; 2]; 2]| {
        let ([lon_from, lat_from], [lon_to, lat_to]) = (from, to);
        (lat_from > at.lat_deg) != (lat_to > at.lat_deg)
            && at.lon_deg < lon_from + (lon_to - lon_from) * (at.lat_deg - lat_from) / (lat_to - lat_from)
    };
    let edges = rings.into_iter().flat_map(|ring| ring.windows(2));
    edges.filter(|edge| crossed([edge[0], edge[1]])).count() % 2 == 1
}

/// The point of a segment that is nearest to a place.
struct Foot {
    at: LonLat,
    /// Its distance on the plane, in degrees of latitude.
    plane_deg: f64,
}

impl Foot {
    fn on_segment(at: LonLat, from: [f64; 2], to: [f64; 2]) -> Self {
        // A degree of longitude is this many degrees of latitude long here; WGS 84's flattening counts for 0.4 %.
        const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_14;
        let (sin, cos) = at.lat_deg.to_radians().sin_cos();
        let shrink = cos * (1.0 - ECCENTRICITY_SQUARED * sin * sin) / (1.0 - ECCENTRICITY_SQUARED);
        let plane = |[lon_deg, lat_deg]: [f64; 2]| {
            [LonLat::new(lon_deg - at.lon_deg, 0.0).wrapped().lon_deg * shrink, lat_deg - at.lat_deg]
        };
        let start = plane(from);
        // The short way round, also where the segment crosses the antimeridian.
        let along = [LonLat::new(to[0] - from[0], 0.0).wrapped().lon_deg * shrink, to[1] - from[1]];
        let length_squared = along[0] * along[0] + along[1] * along[1];
        let share = -(start[0] * along[0] + start[1] * along[1]) / length_squared;
        // A segment without length has its foot where it stands.
        let share = if length_squared > 0.0 { share.clamp(0.0, 1.0) } else { 0.0 };
        let foot = [start[0] + share * along[0], start[1] + share * along[1]];
        let lon_deg = if shrink > 0.0 { at.lon_deg + foot[0] / shrink } else { from[0] };
        Self { at: LonLat::new(lon_deg, at.lat_deg + foot[1]).wrapped(), plane_deg: foot[0].hypot(foot[1]) }
    }
}

fn ring_area_m2(ring: &[[f64; 2]]) -> f64 {
    let ring = LineString::from_iter(ring.iter().map(|&[lon, lat]| (lon, lat)));
    Polygon::new(ring, Vec::new()).geodesic_area_signed().abs()
}

fn point(at: LonLat) -> Point {
    Point::new(at.lon_deg, at.lat_deg)
}

fn lon_lat([lon_deg, lat_deg]: [f64; 2]) -> LonLat {
    LonLat { lon_deg, lat_deg }
}

#[cfg(test)]
mod tests {
    //! Expected values: PROJ 9 (pyproj 3.7, `Geod(ellps="WGS84")`); distances to a segment by searching along it with the
    //! same.
    use super::*;

    const ABDIN: LonLat = LonLat::new(36.542, 35.4802);
    const SQUARE: [[f64; 2]; 5] = [[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0], [36.0, 35.0]];
    const HOLE: [[f64; 2]; 5] = [[36.4, 35.4], [36.6, 35.4], [36.6, 35.6], [36.4, 35.6], [36.4, 35.4]];

    #[test]
    fn the_way_from_abdin_to_idlib_is_fifty_kilometres() {
        let idlib = LonLat::new(36.6353, 35.9278);
        assert!((distance_m(ABDIN, idlib) - 50_375.458_9).abs() < 0.001);
        assert!((bearing_deg(ABDIN, idlib) - 9.621_877_5).abs() < 1e-6);
    }

    #[test]
    fn a_bearing_to_the_west_counts_from_north_by_east() {
        let bearing = bearing_deg(LonLat::new(36.8005, 35.8495), ABDIN);
        assert!((bearing - (360.0 - 150.188_826_5)).abs() < 1e-6, "{bearing}");
    }

    #[test]
    fn a_line_is_as_long_as_its_parts() {
        let length = line_length_m(&[[36.0, 35.0], [36.5, 35.5], [37.0, 35.2]]);
        assert!((length - 128_081.658_3).abs() < 0.001, "{length}");
        assert_eq!(line_length_m(&[[36.0, 35.0]]), 0.0);
    }

    #[test]
    fn the_distance_to_a_segment_is_right_to_a_thousandth() {
        let near = distance_to_segment_m(ABDIN, [36.5, 35.47], [36.61, 35.52]);
        assert!((near - 862.24).abs() < 0.05, "{near}");
        let long = distance_to_segment_m(ABDIN, [36.6, 35.3], [36.8, 35.9]);
        assert!((long / 10_338.853 - 1.0).abs() < 1e-3, "{long}");
    }

    #[test]
    fn beyond_its_end_a_segment_is_as_far_as_the_end() {
        let distance = distance_to_segment_m(LonLat::new(36.0, 35.0), [36.55, 35.3], [36.548, 35.9]);
        assert!((distance - 60_161.619_6).abs() < 0.001, "{distance}");
    }

    #[test]
    fn a_segment_over_the_antimeridian_is_met_on_its_short_side() {
        for lon_deg in [179.99, -180.01] {
            let distance = distance_to_segment_m(LonLat::new(lon_deg, 10.0), [-179.98, 9.9], [-179.97, 10.2]);
            assert!((distance / 3_652.658 - 1.0).abs() < 1e-3, "{distance}");
        }
    }

    #[test]
    fn a_line_is_as_near_as_its_nearest_segment() {
        let line = [[36.0, 35.0], [36.5, 35.47], [36.61, 35.52], [37.0, 36.0]];
        assert!((distance_to_line_m(ABDIN, &line).unwrap() - 862.24).abs() < 0.05);
        assert_eq!(distance_to_line_m(ABDIN, &[]), None);
        assert_eq!(distance_to_line_m(ABDIN, &[[36.542, 35.4802]]), Some(0.0));
    }

    #[test]
    fn a_doubled_vertex_does_no_harm() {
        let distance = distance_to_segment_m(ABDIN, [36.6353, 35.9278], [36.6353, 35.9278]);
        assert!((distance - 50_375.458_9).abs() < 0.01, "{distance}");
    }

    #[test]
    fn a_hole_is_not_part_of_the_area_whichever_way_it_runs() {
        let turned: Vec<_> = HOLE.into_iter().rev().collect();
        let expected = 10_066_272_985.6 - 402_655_955.6;
        for hole in [&HOLE[..], &turned] {
            assert!((polygon_area_m2([&SQUARE[..], hole]) - expected).abs() < 1.0);
        }
        assert_eq!(polygon_area_m2([]), 0.0);
    }

    #[test]
    fn a_place_in_a_hole_is_outside() {
        let rings = || [&SQUARE[..], &HOLE[..]];
        assert!(polygon_contains(rings(), LonLat::new(36.2, 35.5)));
        assert!(!polygon_contains(rings(), LonLat::new(36.5, 35.5)));
        assert!(!polygon_contains(rings(), LonLat::new(37.2, 35.5)));
    }

    #[test]
    fn a_measure_from_a_pole_is_finite() {
        let pole = LonLat::new(0.0, 90.0);
        assert!(distance_to_segment_m(pole, [0.0, 80.0], [90.0, 80.0]).is_finite());
    }
}
