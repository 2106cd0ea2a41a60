//! Boxes on the globe and on the Mercator world.
//!
//! Floor 0.

use serde::{Deserialize, Serialize};

use super::{LonLat, WorldPos, world_from_lon_lat};

/// A box on the globe in degrees, as in an RFC 7946 `bbox`. It crosses the antimeridian where `east < west`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    /// Western edge, degrees.
    pub west_deg: f64,
    /// Southern edge, degrees.
    pub south_deg: f64,
    /// Eastern edge, degrees; smaller than the western one where the box crosses the antimeridian.
    pub east_deg: f64,
    /// Northern edge, degrees.
    pub north_deg: f64,
}

impl Extent {
    /// West, south, east, north.
    pub const fn new(west_deg: f64, south_deg: f64, east_deg: f64, north_deg: f64) -> Self {
        Self { west_deg, south_deg, east_deg, north_deg }
    }

    /// The box of one point.
    pub const fn of_point(at: LonLat) -> Self {
        Self::new(at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg)
    }

    /// The smallest box around all points, without a thought for the antimeridian; `None` for no points.
    pub fn of_points(points: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        points.into_iter().map(Self::of_point).reduce(|a, b| Self {
            west_deg: a.west_deg.min(b.west_deg),
            south_deg: a.south_deg.min(b.south_deg),
            east_deg: a.east_deg.max(b.east_deg),
            north_deg: a.north_deg.max(b.north_deg),
        })
    }

    /// The box that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            west_deg: self.west_deg.min(other.west_deg),
            south_deg: self.south_deg.min(other.south_deg),
            east_deg: self.unrolled_east_deg().max(other.unrolled_east_deg()),
            north_deg: self.north_deg.max(other.north_deg),
        }
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, at: LonLat) -> bool {
        let past_west = (at.lon_deg - self.west_deg).rem_euclid(360.0);
        past_west <= self.unrolled_east_deg() - self.west_deg
            && (self.south_deg..=self.north_deg).contains(&at.lat_deg)
    }

    /// The eastern edge as a longitude not less than the western one, past 180 where the box crosses.
    pub fn unrolled_east_deg(self) -> f64 {
        if self.east_deg < self.west_deg { self.east_deg + 360.0 } else { self.east_deg }
    }

    /// The same box on the Mercator world; past x = 1 where it crosses the antimeridian.
    pub fn to_world(self) -> WorldRect {
        let min = world_from_lon_lat(LonLat::new(self.west_deg, self.north_deg));
        let max = world_from_lon_lat(LonLat::new(self.unrolled_east_deg(), self.south_deg));
        WorldRect { min, max }
    }
}

/// A box on the Mercator world, `min` in the north-west.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldRect {
    /// The north-western corner.
    pub min: WorldPos,
    /// The south-eastern corner.
    pub max: WorldPos,
}

impl WorldRect {
    /// A box that holds nothing and grows with [`WorldRect::include`].
    pub const EMPTY: Self = Self {
        min: WorldPos::new(f64::INFINITY, f64::INFINITY),
        max: WorldPos::new(f64::NEG_INFINITY, f64::NEG_INFINITY),
    };

    /// Grows the box to hold the point.
    pub fn include(&mut self, at: WorldPos) {
        self.min = WorldPos::new(self.min.x.min(at.x), self.min.y.min(at.y));
        self.max = WorldPos::new(self.max.x.max(at.x), self.max.y.max(at.y));
    }

    /// Whether the boxes share a point.
    pub fn intersects(self, other: Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(self, at: WorldPos) -> bool {
        (self.min.x..=self.max.x).contains(&at.x) && (self.min.y..=self.max.y).contains(&at.y)
    }

    /// The box with `margin_world` more on every side.
    pub fn grown(self, margin_world: f64) -> Self {
        Self {
            min: WorldPos::new(self.min.x - margin_world, self.min.y - margin_world),
            max: WorldPos::new(self.max.x + margin_world, self.max.y + margin_world),
        }
    }

    /// The middle.
    pub fn center(self) -> WorldPos {
        WorldPos::new((self.min.x + self.max.x) / 2.0, (self.min.y + self.max.y) / 2.0)
    }

    /// Width in world units; negative infinity for [`WorldRect::EMPTY`].
    pub fn width_world(self) -> f64 {
        self.max.x - self.min.x
    }

    /// Height in world units; negative infinity for [`WorldRect::EMPTY`].
    pub fn height_world(self) -> f64 {
        self.max.y - self.min.y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_over_the_antimeridian_holds_both_sides_and_not_the_rest() {
        let fiji = Extent::new(177.0, -20.0, -178.0, -16.0);
        assert!(fiji.contains(LonLat::new(179.0, -18.0)) && fiji.contains(LonLat::new(-179.0, -18.0)));
        assert!(!fiji.contains(LonLat::new(0.0, -18.0)));
        assert!(fiji.to_world().width_world() < 0.02);
    }

    #[test]
    fn boxes_that_touch_intersect() {
        let left = Extent::new(0.0, 0.0, 1.0, 1.0).to_world();
        let right = Extent::new(1.0, 0.0, 2.0, 1.0).to_world();
        assert!(left.intersects(right) && !left.intersects(Extent::new(3.0, 0.0, 4.0, 1.0).to_world()));
    }
}
