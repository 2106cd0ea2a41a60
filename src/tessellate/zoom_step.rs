//! Zoom steps: the levels for which a picture is made.
//!
//! Floor 3.

use crate::coords::TILE_POINTS;

/// How many zoom levels one picture serves: the one of step 8 is drawn from zoom 8 up to zoom 9.
pub const ZOOM_STEP_LEVELS: i32 = 1;

/// The step whose picture serves this zoom: the whole number at or below it.
pub fn zoom_step_of(zoom: f64) -> i32 {
    (zoom / f64::from(ZOOM_STEP_LEVELS)).floor() as i32 * ZOOM_STEP_LEVELS
}

/// How wide a point of the screen is at the far end of the step, where it is smallest, in world units.
pub fn pixel_world(zoom_step: i32) -> f64 {
    1.0 / (TILE_POINTS * f64::from(zoom_step + ZOOM_STEP_LEVELS).exp2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zoom_belongs_to_the_whole_step_at_or_below_it() {
        assert_eq!([7.99, 8.0, 9.5, 10.0].map(zoom_step_of), [7, 8, 9, 10]);
    }
}
