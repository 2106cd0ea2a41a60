//! Exact tests of one place against one geometry, on the Mercator plane as it is drawn.
//!
//! Floor 2. Longitude is x and latitude grows with −y, so most vertices are judged in degrees, runs of many at once
//! where the layer's [`EdgeIndex`] has them; only edges near the place are projected.

use std::ops::Range;

use super::HitRank;
use super::degree_box::DegreeBox;
use super::edge_index::EdgeIndex;
use super::run_tree::{Run, RunBox, RunTree};
use crate::coords::{
    DRAWN_LATITUDE_DEG, LonLat, WorldPos, WorldRect, lon_lat_from_world, world_from_lon_lat,
};
use crate::situation::{GeometryRef, PartKind, PartRef};

/// A place and how near is near.
pub(super) struct Probe<'a> {
    place: Place,
    tolerance_world: f64,
    /// The square around the place, a hair wider.
    around: DegreeBox,
    /// World units that a degree of latitude is long at least, as near as the tolerance.
    world_per_degree: f64,
    index: &'a EdgeIndex,
}

/// A place in both systems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub at: WorldPos,
    pub lon_lat: LonLat,
}

/// What of a geometry is near a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Touch {
    pub rank: HitRank,
    /// The nearest place of the geometry; the place itself inside an area.
    pub nearest: WorldPos,
    pub distance_world: f64,
}

impl Place {
    pub fn new(at: WorldPos) -> Self {
        Self { at, lon_lat: lon_lat_from_world(at) }
    }
}

impl<'a> Probe<'a> {
    pub fn new(at: WorldPos, tolerance_world: f64, index: &'a EdgeIndex) -> Self {
        let tolerance_world = tolerance_world.max(0.0);
        let around = DegreeBox::of_world(WorldRect { min: at, max: at }.grown(tolerance_world));
        // Mercator stretches least where the square is nearest to the equator.
        let least_lat_deg = 0.0_f64.max(around.min[1].min(90.0)).min(around.max[1].max(-90.0));
        let world_per_degree = 1.0 / 360.0 / least_lat_deg.to_radians().cos().max(f64::MIN_POSITIVE);
        Self { place: Place::new(at), tolerance_world, around, world_per_degree, index }
    }

    /// The best touch of any part: points before lines before areas, then the nearest.
    pub fn touch(&self, geometry: GeometryRef<'_>) -> Option<Touch> {
        let mut best = None;
        match self.index.parts(geometry) {
            None => geometry.parts().for_each(|part| keep_better(&mut best, self.touch_part(part))),
            Some(tree) => self.near(tree, |parts| {
                parts.for_each(|part| keep_better(&mut best, self.touch_part(geometry.part(part))));
            }),
        }
        best
    }

    fn touch_part(&self, part: PartRef<'_>) -> Option<Touch> {
        let rank = HitRank::of(part.kind);
        if part.kind == PartKind::Polygon && is_inside(self.index, part, self.place) {
            return Some(Touch { rank, nearest: self.place.at, distance_world: 0.0 });
        }
        let mut nearest = Nearest { distance_world: self.tolerance_world, at: None };
        match self.index.rings(part) {
            None => (0..part.rings().len()).for_each(|ring| self.look_at_ring(part, ring, &mut nearest)),
            Some(tree) => self.near(tree, |rings| {
                rings.for_each(|ring| self.look_at_ring(part, ring, &mut nearest));
            }),
        }
        nearest.at.map(|at| Touch { rank, nearest: at, distance_world: nearest.distance_world })
    }

    /// Calls `look` with the runs of items whose boxes meet the square around the place.
    fn near(&self, tree: RunTree<'_>, mut look: impl FnMut(Range<usize>)) {
        tree.walk(&mut |run| {
            let meets = run.around.degrees().intersects(self.around);
            if meets && run.is_leaf {
                look(run.items);
            }
            meets
        });
    }

    fn look_at_ring(&self, part: PartRef<'_>, ring: usize, nearest: &mut Nearest) {
        let (first, ring) = part.ring(ring);
        let Some(tree) = self.index.edges(first, ring) else {
            // A point is an edge without a length.
            let edges = ring.len().saturating_sub(1).max(ring.len().min(1));
            return self.look_at_edges(ring, 0..edges, nearest);
        };
        let most = nearest.distance_world;
        tree.nearest(most, &|run| self.least_distance_world(run), &mut |edges, _| {
            self.look_at_edges(ring, edges, nearest);
            nearest.distance_world
        });
    }

    fn look_at_edges(&self, ring: &[[f64; 2]], edges: Range<usize>, nearest: &mut Nearest) {
        for edge in edges {
            let (from, to) = (ring[edge], ring[(edge + 1).min(ring.len() - 1)]);
            if let Some(at) = self.nearest_on_edge(from, to) {
                nearest.look(at, at.distance_world(self.place.at));
            }
        }
    }

    /// What no vertex or edge in the box is nearer than.
    fn least_distance_world(&self, run: RunBox) -> f64 {
        /// Above the rounding of a few operations.
        const NEARLY_ONE: f64 = 1.0 - 1e-9;
        let DegreeBox { min, max } = run.degrees();
        let LonLat { lon_deg, lat_deg } = self.place.lon_lat;
        let drawn = |lat: f64| lat.clamp(-DRAWN_LATITUDE_DEG, DRAWN_LATITUDE_DEG);
        let dx = (min[0] - lon_deg).max(lon_deg - max[0]).max(0.0) / 360.0;
        let dy = (drawn(min[1]) - lat_deg).max(lat_deg - drawn(max[1])).max(0.0) * self.world_per_degree;
        dx.hypot(dy) * NEARLY_ONE
    }

    /// The nearest place of the edge, or `None` where its box is too far away.
    fn nearest_on_edge(&self, a: [f64; 2], b: [f64; 2]) -> Option<WorldPos> {
        let apart = |axis: usize| {
            a[axis].max(b[axis]) < self.around.min[axis] || a[axis].min(b[axis]) > self.around.max[axis]
        };
        if apart(0) || apart(1) {
            return None;
        }
        let start = world(a);
        if a == b {
            return Some(start);
        }
        let (at, end) = (self.place.at, world(b));
        let (dx, dy) = (end.x - start.x, end.y - start.y);
        let length_squared = dx * dx + dy * dy;
        let along = ((at.x - start.x) * dx + (at.y - start.y) * dy) / length_squared;
        // NaN for an edge without a length: its start is as near as any of it.
        let along = if along.is_nan() { 0.0 } else { along.clamp(0.0, 1.0) };
        Some(WorldPos::new(start.x + along * dx, start.y + along * dy))
    }
}

/// The nearest place so far, not farther than `distance_world`.
struct Nearest {
    distance_world: f64,
    at: Option<WorldPos>,
}

impl Nearest {
    fn look(&mut self, at: WorldPos, distance_world: f64) {
        if distance_world < self.distance_world
            || (self.at.is_none() && distance_world <= self.distance_world)
        {
            *self = Self { distance_world, at: Some(at) };
        }
    }
}

fn keep_better(best: &mut Option<Touch>, touch: Option<Touch>) {
    let key = |touch: &Touch| (touch.rank, touch.distance_world);
    if touch.is_some_and(|touch| best.as_ref().is_none_or(|best| key(&touch) < key(best))) {
        *best = touch;
    }
}

/// Whether the place lies inside the polygon by the even-odd rule over all rings: holes are outside.
pub(super) fn is_inside(index: &EdgeIndex, part: PartRef<'_>, place: Place) -> bool {
    let mut inside = false;
    match index.rings(part) {
        None => (0..part.rings().len()).for_each(|ring| inside ^= is_in_ring(index, part.ring(ring), place)),
        // A ring whose box does not hold the place is crossed as often inwards as outwards.
        Some(tree) => tree.walk(&mut |run| {
            let holds = run.around.degrees().contains(DegreeBox::at(place.lon_lat));
            if holds && run.is_leaf {
                run.items.for_each(|ring| inside ^= is_in_ring(index, part.ring(ring), place));
            }
            holds
        }),
    }
    inside
}

fn is_in_ring(index: &EdgeIndex, (first, ring): (u32, &[[f64; 2]]), place: Place) -> bool {
    let Some(tree) = index.edges(first, ring) else { return is_crossed(ring, place) };
    let mut inside = false;
    tree.walk(&mut |Run { around, items, is_leaf }| {
        let DegreeBox { min, max } = around.degrees();
        let LonLat { lon_deg, lat_deg } = place.lon_lat;
        if lat_deg < min[1] || lat_deg > max[1] || lon_deg < min[0] {
            return false;
        }
        if max[0] < lon_deg {
            // However often a run wholly west of the place goes up and down: what counts is where it begins and ends.
            inside ^= (ring[items.start][1] > lat_deg) != (ring[items.end][1] > lat_deg);
            return false;
        }
        if is_leaf {
            inside ^= is_crossed(&ring[items.start..=items.end], place);
        }
        true
    });
    inside
}

/// Whether a ray westwards from the place crosses the line an odd number of times.
fn is_crossed(line: &[[f64; 2]], Place { at, lon_lat: LonLat { lon_deg, lat_deg } }: Place) -> bool {
    let mut odd = false;
    for edge in line.windows(2) {
        let ([a_lon, a_lat], [b_lon, b_lat]) = (edge[0], edge[1]);
        if (a_lat > lat_deg) == (b_lat > lat_deg) {
            continue;
        }
        // An edge wholly west of the place is crossed, one wholly east is not.
        if a_lon.max(b_lon) < lon_deg {
            odd = !odd;
        } else if a_lon.min(b_lon) <= lon_deg {
            let (a, b) = (world([a_lon, a_lat]), world([b_lon, b_lat]));
            let x = a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
            odd ^= x <= at.x;
        }
    }
    odd
}

/// A position of the store on the Mercator world.
pub(super) fn world([lon_deg, lat_deg]: [f64; 2]) -> WorldPos {
    world_from_lon_lat(LonLat { lon_deg, lat_deg })
}
