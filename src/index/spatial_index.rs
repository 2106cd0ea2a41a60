//! A packed Hilbert R-tree over the boxes of a layer's features.
//!
//! Floor 2. Built once, whole, never changed. Boxes are 32-bit and rounded outwards: they may give a candidate too
//! many, never one too few.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::hilbert::hilbert_d;
use crate::coords::{LonLat, WorldPos, WorldRect, world_from_lon_lat};
use crate::situation::{FeatureRow, FeatureStore};

/// The reader lets longitudes go two turns either way; a view adds one.
const MOST_TURNS: f64 = 8.0;

/// Children of one node.
const NODE_SIZE: usize = 16;

/// West, north, east, south on the Mercator world; a box that is not smaller than what it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Box32 {
    min: [f32; 2],
    max: [f32; 2],
}

impl Box32 {
    const EMPTY: Self = Self { min: [f32::INFINITY; 2], max: [f32::NEG_INFINITY; 2] };

    fn around(rect: WorldRect) -> Self {
        let down = |value: f64| {
            let near = value as f32;
            if f64::from(near) > value { near.next_down() } else { near }
        };
        let up = |value: f64| -down(-value);
        Self { min: [down(rect.min.x), down(rect.min.y)], max: [up(rect.max.x), up(rect.max.y)] }
    }

    fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    fn intersects(self, other: Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }
}

/// Finds the features of one layer near a place.
#[derive(Debug, Default)]
pub struct SpatialIndex {
    /// Rows in the order of their boxes' middles along the curve; unlocated features are not among them.
    rows: Vec<u32>,
    /// The boxes of `rows`, then those of each level above, the root last.
    boxes: Vec<Box32>,
    /// Where each level begins in `boxes`, and the end of the last.
    level_starts: Vec<usize>,
}

impl SpatialIndex {
    /// Builds the index of all located features.
    pub fn build(features: &FeatureStore) -> Self {
        let all: Vec<(u32, Box32)> = (0..features.len())
            .into_par_iter()
            .filter_map(|row| Some((row as u32, Box32::around(feature_box(features, row)?))))
            .collect();
        let bounds = all.iter().map(|(_, one)| *one).fold(Box32::EMPTY, Box32::union);
        let mut order: Vec<(u32, u32)> = all
            .par_iter()
            .enumerate()
            .map(|(at, (_, one))| (place_on_curve(*one, bounds), at as u32))
            .collect();
        order.par_sort_unstable();
        let mut boxes: Vec<Box32> = order.iter().map(|&(_, at)| all[at as usize].1).collect();
        let rows = order.iter().map(|&(_, at)| all[at as usize].0).collect();
        let mut level_starts = vec![0, boxes.len()];
        while let [.., start, end] = level_starts[..]
            && end - start > 1
        {
            let nodes = (start..end).step_by(NODE_SIZE).map(|first| first..(first + NODE_SIZE).min(end));
            let parents: Vec<Box32> =
                nodes.map(|node| boxes[node].iter().copied().fold(Box32::EMPTY, Box32::union)).collect();
            boxes.extend(parents);
            level_starts.push(boxes.len());
        }
        Self { rows, boxes, level_starts }
    }

    /// Calls `visit` with each row whose box shares a point with `rect`, in no particular order. Nothing is repeated
    /// eastwards or westwards: see [`SpatialIndex::turns`].
    pub fn visit(&self, rect: WorldRect, mut visit: impl FnMut(FeatureRow)) {
        // The closure never asks to stop.
        let _ = self.visit_while(rect, |row| {
            visit(row);
            ControlFlow::Continue(())
        });
    }

    /// The same until `visit` asks to stop.
    fn visit_while(
        &self,
        rect: WorldRect,
        mut visit: impl FnMut(FeatureRow) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let wanted = Box32::around(rect);
        let top = self.level_starts.len().saturating_sub(2);
        let mut stack = vec![(top, 0)];
        while let Some((level, at)) = stack.pop() {
            let (Some(start), Some(end)) = (self.level_starts.get(level), self.level_starts.get(level + 1))
            else {
                continue;
            };
            if !self.boxes[*start..*end].get(at).is_some_and(|one| one.intersects(wanted)) {
                continue;
            }
            if level == 0 {
                visit(self.rows[at] as usize)?;
                continue;
            }
            let below = start - self.level_starts[level - 1];
            stack.extend((at * NODE_SIZE..((at + 1) * NODE_SIZE).min(below)).map(|child| (level - 1, child)));
        }
        ControlFlow::Continue(())
    }

    /// The rows whose boxes share a point with `rect`, wherever the world is repeated, in the order of the file; `None`
    /// where there are more than `most` of them, found out without looking at the rest.
    pub fn rows_in_at_most(&self, rect: WorldRect, most: usize) -> Option<Vec<FeatureRow>> {
        let mut rows = Vec::new();
        for turn in self.turns(rect) {
            let moved = |at: WorldPos| WorldPos::new(at.x + turn, at.y);
            let turned = WorldRect { min: moved(rect.min), max: moved(rect.max) };
            let visited = self.visit_while(turned, |row| {
                rows.push(row);
                if rows.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if visited.is_break() {
                return None;
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Some(rows)
    }

    /// By how many whole worlds `rect` must be moved eastwards to meet the layer: 0 for most, ±1 near the antimeridian
    /// or where the map shows the world repeated.
    pub fn turns(&self, rect: WorldRect) -> impl Iterator<Item = f64> + use<> {
        let bounds = self.boxes.last().copied().unwrap_or(Box32::EMPTY);
        let first = (f64::from(bounds.min[0]) - rect.max.x).ceil();
        let last = (f64::from(bounds.max[0]) - rect.min.x).floor();
        // Infinite where there is nothing to meet.
        let count =
            if first.is_finite() && last >= first { (last - first).min(MOST_TURNS) as usize + 1 } else { 0 };
        (0..count).map(move |turn| first + turn as f64)
    }
}

/// The box of one feature on the Mercator world; `None` for an unlocated one.
pub(super) fn feature_box(features: &FeatureStore, row: FeatureRow) -> Option<WorldRect> {
    let vertices = features.geometry(row).vertices();
    let (&[lon, lat], rest) = vertices.split_first()?;
    let (mut min, mut max) = ([lon, lat], [lon, lat]);
    for &[lon, lat] in rest {
        min = [min[0].min(lon), min[1].min(lat)];
        max = [max[0].max(lon), max[1].max(lat)];
    }
    let north_west = world_from_lon_lat(LonLat::new(min[0], max[1]));
    let south_east = world_from_lon_lat(LonLat::new(max[0], min[1]));
    Some(WorldRect {
        min: WorldPos::new(north_west.x, north_west.y),
        max: WorldPos::new(south_east.x, south_east.y),
    })
}

/// Where the middle of the box lies on the curve through `bounds`.
fn place_on_curve(one: Box32, bounds: Box32) -> u32 {
    let cell = |axis: usize| {
        let side = (bounds.max[axis] - bounds.min[axis]).max(f32::MIN_POSITIVE);
        let middle = (one.min[axis] + one.max[axis]) / 2.0 - bounds.min[axis];
        (middle / side * f32::from(u16::MAX)) as u16
    };
    hilbert_d(cell(0), cell(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{points, rect};

    fn found(index: &SpatialIndex, rect: WorldRect) -> Vec<FeatureRow> {
        let mut rows = Vec::new();
        index.visit(rect, |row| rows.push(row));
        rows.sort_unstable();
        rows
    }

    #[test]
    fn a_query_finds_exactly_what_a_walk_over_all_features_finds() {
        let places: Vec<[f64; 2]> = (0..5000_u32)
            .map(|n| (f64::from(n * 7919 % 3600) / 10.0 - 180.0, f64::from(n * 104_729 % 1600) / 10.0 - 80.0))
            .map(|(lon, lat)| [lon, lat])
            .collect();
        let store = points(&places);
        let index = SpatialIndex::build(&store);
        for query in
            [rect(-10.0, -10.0, 30.0, 5.0), rect(36.0, 35.0, 36.05, 35.05), rect(-180.0, -85.0, 180.0, 85.0)]
        {
            let walked: Vec<_> = (0..places.len())
                .filter(|&row| feature_box(&store, row).unwrap().intersects(query))
                .collect();
            assert_eq!(found(&index, query), walked);
        }
    }

    #[test]
    fn small_and_empty_layers_are_indexed_too() {
        let world = rect(-180.0, -80.0, 180.0, 80.0);
        for count in [0, 1, 2, 15, 16, 17, 256, 257] {
            let places: Vec<[f64; 2]> = (0..count).map(|n| [f64::from(n) / 10.0, 1.0]).collect();
            let index = SpatialIndex::build(&points(&places));
            assert_eq!(found(&index, world).len(), places.len());
        }
    }

    #[test]
    fn a_layer_past_the_antimeridian_is_met_by_moving_the_query() {
        let index = SpatialIndex::build(&points(&[[190.0, 0.0]]));
        assert_eq!(index.turns(rect(-171.0, -1.0, -169.0, 1.0)).collect::<Vec<_>>(), [1.0]);
        assert_eq!(index.turns(rect(9.0, -1.0, 11.0, 1.0)).count(), 0);
        assert_eq!(SpatialIndex::default().turns(rect(9.0, -1.0, 11.0, 1.0)).count(), 0);
    }
}
