//! The Web Mercator world and its conversions from and to the globe.
//!
//! Floor 0. Source of the projection: EPSG:3857, spherical Mercator on WGS 84 degrees.

use std::f64::consts::PI;

use super::LonLat;

/// Web Mercator; the whole world is [0, 1]², y grows southwards. 1e-9 is 4 cm at the equator.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WorldPos {
    /// 0 at 180° W, 1 at 180° E; the world repeats beyond.
    pub x: f64,
    /// 0 at 85.0511° N, 1 at 85.0511° S.
    pub y: f64,
}

impl WorldPos {
    /// World units, x eastwards, y southwards.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The straight distance on the Mercator plane, in world units.
    pub fn distance_world(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// Where the square world ends: the latitude whose y is 0 or 1.
pub const MAX_LATITUDE_DEG: f64 = 85.051_128_779_806_59;

/// The equator on the Mercator sphere (radius 6 378 137 m), in metres.
pub const EARTH_CIRCUMFERENCE_M: f64 = 2.0 * PI * 6_378_137.0;

/// The side of the whole world at zoom 0, in points: zoom levels count as on every slippy map.
pub const TILE_POINTS: f64 = 256.0;

/// Latitudes nearer to a pole than this are drawn at it: Mercator would send them to infinity.
pub const DRAWN_LATITUDE_DEG: f64 = 89.9;

/// The position on the Mercator world. Latitudes beyond ±89.9° are taken as ±89.9°.
pub fn world_from_lon_lat(at: LonLat) -> WorldPos {
    let sin = at.lat_deg.clamp(-DRAWN_LATITUDE_DEG, DRAWN_LATITUDE_DEG).to_radians().sin();
    WorldPos { x: at.lon_deg / 360.0 + 0.5, y: 0.5 - sin.atanh() / (2.0 * PI) }
}

/// The position on the globe; the inverse of [`world_from_lon_lat`].
pub fn lon_lat_from_world(at: WorldPos) -> LonLat {
    LonLat { lon_deg: (at.x - 0.5) * 360.0, lat_deg: ((0.5 - at.y) * 2.0 * PI).sinh().atan().to_degrees() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_world_is_zero_degrees() {
        assert_eq!(world_from_lon_lat(LonLat::new(0.0, 0.0)), WorldPos::new(0.5, 0.5));
    }

    #[test]
    fn the_square_world_ends_at_its_highest_latitude() {
        let north = world_from_lon_lat(LonLat::new(180.0, MAX_LATITUDE_DEG));
        assert!((north.x - 1.0).abs() < 1e-12 && north.y.abs() < 1e-12, "{north:?}");
    }

    #[test]
    fn there_and_back_moves_a_place_by_less_than_a_micrometre() {
        for (lon_deg, lat_deg) in [(36.542, 35.4802), (-179.999, -72.5), (0.0, 84.9)] {
            let back = lon_lat_from_world(world_from_lon_lat(LonLat { lon_deg, lat_deg }));
            assert!((back.lon_deg - lon_deg).abs() < 1e-11 && (back.lat_deg - lat_deg).abs() < 1e-11);
        }
    }

    #[test]
    fn the_poles_stay_finite() {
        assert!(world_from_lon_lat(LonLat::new(0.0, 90.0)).y.is_finite());
    }
}
