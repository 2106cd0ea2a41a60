//! Exact tests of one place against one geometry, on the Mercator plane as it is drawn.
//!
//! Floor 2. Longitude is x and latitude grows with −y, so most vertices are judged in degrees; only edges near the
//! place are projected.

use crate::coords::{LonLat, WorldPos, lon_lat_from_world, world_from_lon_lat};
use crate::situation::{GeometryRef, PartKind, PartRef};

use super::HitRank;

/// A place and how near is near.
pub(super) struct Probe {
    at: WorldPos,
    at_lon_lat: LonLat,
    tolerance_world: f64,
    /// The corners of the square around the place, degrees.
    south_west: LonLat,
    north_east: LonLat,
}

/// What of a geometry is near a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Touch {
    pub rank: HitRank,
    /// The nearest place of the geometry; the place itself inside an area.
    pub nearest: WorldPos,
    pub distance_world: f64,
}

impl Probe {
    pub fn new(at: WorldPos, tolerance_world: f64) -> Self {
        let tolerance_world = tolerance_world.max(0.0);
        let corner = |side: f64| lon_lat_from_world(WorldPos::new(at.x - side, at.y + side));
        Self {
            at,
            at_lon_lat: lon_lat_from_world(at),
            tolerance_world,
            south_west: corner(tolerance_world),
            north_east: corner(-tolerance_world),
        }
    }

    /// The best touch of any part: points before lines before areas, then the nearest.
    pub fn touch(&self, geometry: GeometryRef<'_>) -> Option<Touch> {
        let touches = geometry.parts().filter_map(|part| self.touch_part(part));
        touches.min_by(|a, b| a.rank.cmp(&b.rank).then(a.distance_world.total_cmp(&b.distance_world)))
    }

    fn touch_part(&self, part: PartRef<'_>) -> Option<Touch> {
        let rank = HitRank::of(part.kind);
        if part.kind == PartKind::Polygon && self.is_inside(part) {
            return Some(Touch { rank, nearest: self.at, distance_world: 0.0 });
        }
        let edges = part.rings().flat_map(|ring| match ring {
            [single] => std::slice::from_ref(single).windows(1),
            ring => ring.windows(2),
        });
        let near = edges.filter_map(|edge| self.nearest_on_edge(edge[0], edge[edge.len() - 1]));
        near.map(|nearest| Touch { rank, nearest, distance_world: nearest.distance_world(self.at) })
            .filter(|touch| touch.distance_world <= self.tolerance_world)
            .min_by(|a, b| a.distance_world.total_cmp(&b.distance_world))
    }

    /// The nearest place of the edge, or `None` where its box is too far away.
    fn nearest_on_edge(&self, a: [f64; 2], b: [f64; 2]) -> Option<WorldPos> {
        /// Degrees and world differ in their last bits.
        const SLACK_DEG: f64 = 1e-9;
        let apart = |axis: usize, low: f64, high: f64| {
            a[axis].max(b[axis]) < low - SLACK_DEG || a[axis].min(b[axis]) > high + SLACK_DEG
        };
        if apart(0, self.south_west.lon_deg, self.north_east.lon_deg)
            || apart(1, self.south_west.lat_deg, self.north_east.lat_deg)
        {
            return None;
        }
        let (start, end) = (world(a), world(b));
        let (dx, dy) = (end.x - start.x, end.y - start.y);
        let length_squared = dx * dx + dy * dy;
        let along = ((self.at.x - start.x) * dx + (self.at.y - start.y) * dy) / length_squared;
        // NaN for an edge without a length: its start is as near as any of it.
        let along = if along.is_nan() { 0.0 } else { along.clamp(0.0, 1.0) };
        Some(WorldPos::new(start.x + along * dx, start.y + along * dy))
    }

    /// Whether the place lies inside by the even-odd rule over all rings: holes are outside.
    fn is_inside(&self, part: PartRef<'_>) -> bool {
        is_inside(part, self.at, self.at_lon_lat)
    }
}

/// Whether `at` lies inside the polygon by the even-odd rule; `at_lon_lat` is the same place in degrees.
pub(super) fn is_inside(part: PartRef<'_>, at: WorldPos, at_lon_lat: LonLat) -> bool {
    let LonLat { lon_deg, lat_deg } = at_lon_lat;
    let mut inside = false;
    for edge in part.rings().flat_map(|ring| ring.windows(2)) {
        let ([a_lon, a_lat], [b_lon, b_lat]) = (edge[0], edge[1]);
        if (a_lat > lat_deg) == (b_lat > lat_deg) {
            continue;
        }
        // A ray westwards: an edge wholly west of the place is crossed, one wholly east is not.
        if a_lon.max(b_lon) < lon_deg {
            inside = !inside;
        } else if a_lon.min(b_lon) <= lon_deg {
            let (a, b) = (world([a_lon, a_lat]), world([b_lon, b_lat]));
            let x = a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
            inside ^= x <= at.x;
        }
    }
    inside
}

/// A position of the store on the Mercator world.
pub(super) fn world([lon_deg, lat_deg]: [f64; 2]) -> WorldPos {
    world_from_lon_lat(LonLat { lon_deg, lat_deg })
}
