//! Boxes in degrees, as the feature store has its positions.
//!
//! Floor 2.

use crate::coords::{DRAWN_LATITUDE_DEG, LonLat, WorldRect, lon_lat_from_world};

/// Degrees and world differ in their last bits; on the ground a tenth of a millimetre.
const SLACK_DEG: f64 = 1e-9;

/// `[lon, lat]` in degrees of the south-western and the north-eastern corner; latitudes beyond the drawn world count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DegreeBox {
    pub min: [f64; 2],
    pub max: [f64; 2],
}

impl DegreeBox {
    pub const EMPTY: Self = Self { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2] };

    /// What is drawn within the rectangle, a hair wider: where it reaches as far north or south as is drawn at all, up
    /// to the pole.
    pub fn of_world(rect: WorldRect) -> Self {
        let (north_west, south_east) = (lon_lat_from_world(rect.min), lon_lat_from_world(rect.max));
        let reach = |lat_deg: f64| {
            if lat_deg.abs() < DRAWN_LATITUDE_DEG { lat_deg } else { f64::INFINITY.copysign(lat_deg) }
        };
        Self {
            min: [north_west.lon_deg - SLACK_DEG, reach(south_east.lat_deg - SLACK_DEG)],
            max: [south_east.lon_deg + SLACK_DEG, reach(north_west.lat_deg + SLACK_DEG)],
        }
    }

    /// The box of one place.
    pub fn at(LonLat { lon_deg, lat_deg }: LonLat) -> Self {
        Self { min: [lon_deg, lat_deg], max: [lon_deg, lat_deg] }
    }

    /// The box around the positions; empty where there are none.
    pub fn around(positions: &[[f64; 2]]) -> Self {
        positions.iter().fold(Self::EMPTY, |all, &at| all.union(Self { min: at, max: at }))
    }

    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    pub fn contains(self, other: Self) -> bool {
        (0..2).all(|axis| self.min[axis] <= other.min[axis] && other.max[axis] <= self.max[axis])
    }

    /// Whether the position lies inside or on the edge.
    pub fn holds(self, at: [f64; 2]) -> bool {
        (0..2).all(|axis| self.min[axis] <= at[axis] && at[axis] <= self.max[axis])
    }

    pub fn intersects(self, other: Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }
}
