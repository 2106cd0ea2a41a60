//! Circles on the ground.
//!
//! Floor 3.

use crate::coords::{EARTH_CIRCUMFERENCE_M, LonLat};

/// Enough that a circle as large as a window still looks round.
const VERTICES: usize = 96;

/// The ring of a circle on the ground, `[lon, lat]` in degrees, closed: 96 vertices and the first once more.
///
/// Exact on the sphere, so it is as wide as it should be at every latitude. Longitudes may pass ±180°.
pub fn circle_ring(center: LonLat, radius_m: f64) -> Vec<[f64; 2]> {
    let angle = radius_m / EARTH_CIRCUMFERENCE_M * std::f64::consts::TAU;
    let (sin_lat, cos_lat) = center.lat_deg.to_radians().sin_cos();
    let (sin_angle, cos_angle) = angle.sin_cos();
    let vertex = |index: usize| {
        let bearing = (index % VERTICES) as f64 / VERTICES as f64 * std::f64::consts::TAU;
        let sin_to = sin_lat * cos_angle + cos_lat * sin_angle * bearing.cos();
        let east = (bearing.sin() * sin_angle * cos_lat).atan2(cos_angle - sin_lat * sin_to);
        [center.lon_deg + east.to_degrees(), sin_to.clamp(-1.0, 1.0).asin().to_degrees()]
    };
    (0..=VERTICES).map(vertex).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_as_wide_on_the_ground_at_every_latitude() {
        for lat_deg in [0.0, 35.5, 70.0] {
            let ring = circle_ring(LonLat::new(36.5, lat_deg), 10_000.0);
            let metres_per_degree = EARTH_CIRCUMFERENCE_M / 360.0;
            let east_m = (ring[24][0] - 36.5) * metres_per_degree * lat_deg.to_radians().cos();
            let north_m = (ring[0][1] - lat_deg) * metres_per_degree;
            assert!(
                (east_m - 10_000.0).abs() < 20.0 && (north_m - 10_000.0).abs() < 1.0,
                "{east_m} {north_m}"
            );
        }
    }

    #[test]
    fn a_circle_is_a_closed_ring_of_96_vertices() {
        let ring = circle_ring(LonLat::new(36.5, 35.5), 1_000.0);
        assert_eq!((ring.len(), ring[0]), (97, ring[96]));
    }
}
