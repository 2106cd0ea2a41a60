//! The part of the world that is on screen, and the way between the two.
//!
//! Floor 0.

use super::{Extent, LonLat, TILE_POINTS, WorldPos, WorldRect, lon_lat_from_world, world_from_lon_lat};

/// The farthest out: the whole world on 256 × 2 points.
pub const MIN_ZOOM: f64 = 1.0;
/// The farthest in: a point is about 15 cm at the equator.
pub const MAX_ZOOM: f64 = 20.0;

/// A position on the map's rectangle in points, from its left upper corner, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScreenPos {
    /// Points from the left edge.
    pub x: f32,
    /// Points from the upper edge.
    pub y: f32,
}

impl ScreenPos {
    /// Points from the left upper corner.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The straight distance in points.
    pub fn distance_points(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// What the map shows: its centre, its zoom and its size. North is up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The position in the middle of the map.
    pub center: WorldPos,
    /// Slippy-map zoom: the whole world is 256 · 2^zoom points wide.
    pub zoom: f64,
    /// Width and height in points.
    pub size_points: [f32; 2],
}

impl Viewport {
    /// A view of `center` at `zoom`, which is clamped to [`MIN_ZOOM`]`..=`[`MAX_ZOOM`].
    pub fn new(center: LonLat, zoom: f64, size_points: [f32; 2]) -> Self {
        Self { center: world_from_lon_lat(center), zoom: zoom.clamp(MIN_ZOOM, MAX_ZOOM), size_points }
    }

    /// The closest view that shows all of `extent` with `margin_points` free on every side.
    pub fn fitting(extent: Extent, size_points: [f32; 2], margin_points: f32) -> Self {
        /// A single point is shown in its surroundings, not at the end of the zoom.
        const CLOSEST_FIT_ZOOM: f64 = 15.0;
        let rect = extent.to_world();
        let room = size_points.map(|side| f64::from((side - 2.0 * margin_points).max(32.0)));
        let points_per_world = (room[0] / rect.width_world()).min(room[1] / rect.height_world());
        let zoom = (points_per_world / TILE_POINTS).log2().min(CLOSEST_FIT_ZOOM);
        Self { center: rect.center(), zoom: zoom.clamp(MIN_ZOOM, MAX_ZOOM), size_points }
    }

    /// How many points the whole world is wide.
    pub fn points_per_world(&self) -> f64 {
        TILE_POINTS * self.zoom.exp2()
    }

    /// Where a world position lies on the map's rectangle; may lie outside of it.
    pub fn screen_from_world(&self, at: WorldPos) -> ScreenPos {
        let scale = self.points_per_world();
        ScreenPos {
            x: ((at.x - self.center.x) * scale) as f32 + self.size_points[0] / 2.0,
            y: ((at.y - self.center.y) * scale) as f32 + self.size_points[1] / 2.0,
        }
    }

    /// The world position under a point of the map's rectangle.
    pub fn world_from_screen(&self, at: ScreenPos) -> WorldPos {
        let scale = self.points_per_world();
        WorldPos {
            x: self.center.x + f64::from(at.x - self.size_points[0] / 2.0) / scale,
            y: self.center.y + f64::from(at.y - self.size_points[1] / 2.0) / scale,
        }
    }

    /// The middle of the view on the globe.
    pub fn center_lon_lat(&self) -> LonLat {
        lon_lat_from_world(self.center)
    }

    /// The part of the world that is on screen.
    pub fn visible_world(&self) -> WorldRect {
        WorldRect {
            min: self.world_from_screen(ScreenPos::new(0.0, 0.0)),
            max: self.world_from_screen(ScreenPos::new(self.size_points[0], self.size_points[1])),
        }
    }

    /// Zoomed by `steps` levels with the world position under `anchor` kept where it is.
    #[must_use]
    pub fn zoomed_at(&self, anchor: ScreenPos, steps: f64) -> Self {
        let fixed = self.world_from_screen(anchor);
        let zoomed = Self { zoom: (self.zoom + steps).clamp(MIN_ZOOM, MAX_ZOOM), ..*self };
        let moved = zoomed.world_from_screen(anchor);
        let center = WorldPos::new(zoomed.center.x + fixed.x - moved.x, zoomed.center.y + fixed.y - moved.y);
        Self { center, ..zoomed }
    }

    /// Moved by points on the screen: what was under `by` from the middle becomes the middle.
    #[must_use]
    pub fn panned(&self, by_points: [f32; 2]) -> Self {
        let scale = self.points_per_world();
        let center = WorldPos::new(
            self.center.x + f64::from(by_points[0]) / scale,
            self.center.y + f64::from(by_points[1]) / scale,
        );
        Self { center, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idlib() -> Viewport {
        Viewport::new(LonLat::new(36.6, 35.7), 10.0, [1280.0, 800.0])
    }

    #[test]
    fn screen_and_world_are_inverse() {
        let at = ScreenPos::new(17.0, 333.0);
        let back = idlib().screen_from_world(idlib().world_from_screen(at));
        assert!(back.distance_points(at) < 0.01, "{back:?}");
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let at = ScreenPos::new(900.0, 120.0);
        let before = idlib().world_from_screen(at);
        let after = idlib().zoomed_at(at, 2.5).world_from_screen(at);
        assert!(before.distance_world(after) < 1e-12);
    }

    #[test]
    fn a_fitted_extent_is_wholly_on_screen() {
        let extent = Extent::new(36.2, 35.3, 36.95, 35.75);
        let view = Viewport::fitting(extent, [1280.0, 800.0], 24.0);
        let visible = view.visible_world();
        assert!(visible.contains(extent.to_world().min) && visible.contains(extent.to_world().max));
    }

    #[test]
    fn a_fitted_point_is_shown_in_its_surroundings() {
        let view = Viewport::fitting(Extent::of_point(LonLat::new(36.5, 35.5)), [800.0, 600.0], 24.0);
        assert_eq!(view.zoom, 15.0);
    }
}
