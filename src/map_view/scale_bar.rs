//! The length and the words of the scale bar.
//!
//! Floor 5.

use crate::coords::{EARTH_CIRCUMFERENCE_M, Viewport};

/// A round distance and how long it is on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleBar {
    /// A round number of metres.
    pub length_m: f64,
    /// How long that is in the middle of the view.
    pub length_points: f32,
}

/// The longest round distance (1, 2 or 5 times a power of ten) that fits in `room_points` at the middle of the view.
pub fn scale_bar(viewport: &Viewport, room_points: f32) -> ScaleBar {
    let latitude = viewport.center_lon_lat().lat_deg.to_radians();
    let metres_per_point = EARTH_CIRCUMFERENCE_M * latitude.cos() / viewport.points_per_world();
    let room_m = f64::from(room_points) * metres_per_point;
    let power = 10_f64.powf(room_m.log10().floor());
    let length_m = [5.0, 2.0, 1.0].map(|digit| digit * power).into_iter().find(|&length| length <= room_m);
    let length_m = length_m.unwrap_or(power);
    ScaleBar { length_m, length_points: (length_m / metres_per_point) as f32 }
}

impl ScaleBar {
    /// `20 km`, `500 m`.
    pub fn label(&self) -> String {
        if self.length_m >= 1_000.0 {
            format!("{} km", self.length_m / 1_000.0)
        } else {
            format!("{} m", self.length_m)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::LonLat;

    #[test]
    fn the_bar_is_round_and_fits() {
        for zoom in 1..=20 {
            let view = Viewport::new(LonLat::new(36.6, 35.7), f64::from(zoom), [1000.0, 700.0]);
            let bar = scale_bar(&view, 120.0);
            assert!(bar.length_points <= 120.0 && bar.length_points > 40.0, "{bar:?} at {zoom}");
        }
    }

    #[test]
    fn at_zoom_nine_it_says_twenty_kilometres() {
        let view = Viewport::new(LonLat::new(36.6, 35.7), 9.0, [1000.0, 700.0]);
        // 248 m a point at 35.7° N: 120 points are 29.8 km.
        assert_eq!(scale_bar(&view, 120.0).label(), "20 km");
    }
}
