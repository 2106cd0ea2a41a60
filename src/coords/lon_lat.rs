//! A position on the globe.
//!
//! Floor 0.

use serde::{Deserialize, Serialize};

/// WGS 84, degrees. Longitude first, as in GeoJSON.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct LonLat {
    /// East is positive. Values past ±180 are legal input: the world repeats eastwards.
    pub lon_deg: f64,
    /// North is positive, −90 to 90.
    pub lat_deg: f64,
}

impl LonLat {
    /// Degrees, longitude first.
    pub const fn new(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg, lat_deg }
    }

    /// The same place with its longitude in −180..180.
    pub fn wrapped(self) -> Self {
        let lon_deg = (self.lon_deg + 180.0).rem_euclid(360.0) - 180.0;
        Self { lon_deg, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longitude_past_the_antimeridian_wraps() {
        assert_eq!(LonLat::new(204.0, 30.0).wrapped(), LonLat::new(-156.0, 30.0));
        assert_eq!(LonLat::new(-188.9, 51.0).wrapped().lon_deg.round(), 171.0);
        assert_eq!(LonLat::new(36.5, 35.5).wrapped().lon_deg, 36.5);
    }
}
