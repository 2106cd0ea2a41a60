//! The camera's short way from one view to the next.
//!
//! Floor 5.

use crate::coords::{Viewport, WorldPos};

/// How long the camera is under way, in seconds.
const FLIGHT_SECONDS: f64 = 0.15;

/// The camera under way.
#[derive(Debug, Clone, Copy)]
pub struct Flight {
    from: Viewport,
    to: Viewport,
    began_at_seconds: f64,
}

impl Flight {
    /// Sets off now.
    pub fn new(from: Viewport, to: Viewport, now_seconds: f64) -> Self {
        Self { from, to, began_at_seconds: now_seconds }
    }

    /// Where the camera is, and whether it has arrived. Eases out.
    pub fn at(&self, now_seconds: f64) -> (Viewport, bool) {
        let part = ((now_seconds - self.began_at_seconds) / FLIGHT_SECONDS).clamp(0.0, 1.0);
        if part >= 1.0 {
            return (self.to, true);
        }
        let eased = 1.0 - (1.0 - part).powi(3);
        let between = |a: f64, b: f64| a + (b - a) * eased;
        let zoom = between(self.from.zoom, self.to.zoom);
        // The centre follows the zoom, so that a fixed point of the screen stays fixed all the way.
        let way = match (self.to.zoom - self.from.zoom).abs() < 1e-9 {
            true => eased,
            false => {
                let size = |zoom: f64| (-zoom).exp2();
                (size(zoom) - size(self.from.zoom)) / (size(self.to.zoom) - size(self.from.zoom))
            }
        };
        let along = |a: f64, b: f64| a + (b - a) * way;
        let center = WorldPos::new(
            along(self.from.center.x, self.to.center.x),
            along(self.from.center.y, self.to.center.y),
        );
        (Viewport { center, zoom, size_points: self.to.size_points }, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, ScreenPos};

    #[test]
    fn the_point_under_the_pointer_stays_there_all_the_way() {
        let from = Viewport::new(LonLat::new(36.6, 35.7), 9.0, [1000.0, 700.0]);
        let pointer = ScreenPos::new(820.0, 120.0);
        let flight = Flight::new(from, from.zoomed_at(pointer, 1.0), 10.0);
        for part in 0..=10 {
            let (view, _) = flight.at(10.0 + FLIGHT_SECONDS * f64::from(part) / 10.0);
            let drift = view.screen_from_world(from.world_from_screen(pointer)).distance_points(pointer);
            assert!(drift < 0.1, "{drift} points after {part} tenths");
        }
    }

    #[test]
    fn it_arrives() {
        let from = Viewport::new(LonLat::new(0.0, 0.0), 3.0, [100.0, 100.0]);
        let to = Viewport::new(LonLat::new(36.0, 35.0), 8.0, [100.0, 100.0]);
        assert_eq!(Flight::new(from, to, 0.0).at(FLIGHT_SECONDS), (to, true));
    }
}
