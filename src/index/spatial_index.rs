//! A packed Hilbert R-tree over the boxes of a layer's features.
//!
//! Floor 2. Built once, whole, never changed. Boxes are 32-bit steps over the layer's own extent in degrees: longitude
//! and latitude grow with x and −y of the map, so no feature is projected. Steps never change an order, so a box may
//! give a candidate too many, never one too few. A point takes 13 bytes.

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;

use super::degree_box::DegreeBox;
use super::hilbert::hilbert_d;
use super::step_box::{StepBox, StepGrid};
use crate::coords::{WorldPos, WorldRect};
use crate::situation::{FeatureRow, FeatureStore, RowMask};

/// The reader lets longitudes go two turns either way; a view adds one.
const MOST_TURNS: f64 = 8.0;

/// Children of one node.
const NODE_SIZE: usize = 16;

/// So many nodes are one task.
const NODES_PER_TASK: usize = 1024;

/// Finds the features of one layer near a place.
#[derive(Debug, Default)]
pub struct SpatialIndex {
    grid: StepGrid,
    /// Rows in the order of their boxes' middles along the curve; unlocated features are not among them.
    rows: Vec<u32>,
    leaves: Leaves,
    /// The boxes of groups of [`NODE_SIZE`] leaves, then those of each level above, the root last.
    nodes: Vec<StepBox>,
    /// Where each level begins in `nodes`, and the end of the last.
    level_starts: Vec<usize>,
}

/// The boxes of `rows`, in their order.
#[derive(Debug)]
enum Leaves {
    /// Every feature is one position.
    Points(Vec<[u32; 2]>),
    Boxes(Vec<StepBox>),
}

impl Default for Leaves {
    fn default() -> Self {
        Self::Points(Vec::new())
    }
}

impl Leaves {
    fn get(&self, at: usize) -> StepBox {
        match self {
            Self::Points(points) => StepBox { min: points[at], max: points[at] },
            Self::Boxes(boxes) => boxes[at],
        }
    }
}

impl SpatialIndex {
    /// Builds the index of all located features, on all threads.
    pub fn build(features: &FeatureStore) -> Self {
        let all = 0..features.len();
        let box_of = |row: FeatureRow| DegreeBox::around(features.geometry(row).vertices());
        let bounds = all.clone().into_par_iter().map(box_of).reduce(|| DegreeBox::EMPTY, DegreeBox::union);
        let grid = StepGrid::over(bounds);
        let boxes: Vec<StepBox> = all.into_par_iter().map(|row| grid.steps(box_of(row))).collect();
        // The place on the curve above, the row below: a sort of plain numbers.
        let keyed = boxes.par_iter().enumerate().filter(|(_, one)| !one.is_empty());
        let mut order: Vec<u64> =
            keyed.map(|(row, one)| u64::from(place_on_curve(*one)) << 32 | row as u64).collect();
        order.par_sort_unstable();
        let rows: Vec<u32> = order.into_par_iter().map(|key| key as u32).collect();
        let leaves = if boxes.par_iter().all(|one| one.is_empty() || one.is_point()) {
            Leaves::Points(rows.par_iter().map(|&row| boxes[row as usize].min).collect())
        } else {
            Leaves::Boxes(rows.par_iter().map(|&row| boxes[row as usize]).collect())
        };
        let mut index = Self { grid, rows, leaves, nodes: Vec::new(), level_starts: Vec::new() };
        index.build_levels();
        index
    }

    fn build_levels(&mut self) {
        let union_of = |range: Range<usize>, get: &dyn Fn(usize) -> StepBox| {
            range.map(get).fold(StepBox::EMPTY, StepBox::union)
        };
        let level_over = |count: usize, get: &(dyn Fn(usize) -> StepBox + Sync)| -> Vec<StepBox> {
            let groups = (0..count.div_ceil(NODE_SIZE)).into_par_iter().with_min_len(NODES_PER_TASK);
            groups.map(|group| union_of(children(group, count), get)).collect()
        };
        self.level_starts.push(0);
        self.nodes = level_over(self.rows.len(), &|at| self.leaves.get(at));
        self.level_starts.push(self.nodes.len());
        while let [.., start, end] = self.level_starts[..]
            && end - start > 1
        {
            let below = &self.nodes[start..end];
            let level = level_over(below.len(), &|at| below[at]);
            self.nodes.extend(level);
            self.level_starts.push(self.nodes.len());
        }
    }

    /// Calls `visit` with each row whose box shares a point with `rect`, in no particular order. Nothing is repeated
    /// eastwards or westwards: see [`SpatialIndex::turns`].
    pub fn visit(&self, rect: WorldRect, mut visit: impl FnMut(FeatureRow)) {
        // The closure never asks to stop.
        let _ = self.visit_runs(rect, &mut |rows| {
            rows.iter().for_each(|&row| visit(row as usize));
            ControlFlow::Continue(())
        });
    }

    /// The same with many rows at a time, wherever all of them are in `rect`, until `visit` asks to stop.
    fn visit_runs(
        &self,
        rect: WorldRect,
        visit: &mut impl FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(wanted) = self.grid.query(rect) else { return ControlFlow::Continue(()) };
        match self.level_starts.len() {
            // The root is alone on the last level.
            levels @ 2.. if self.nodes.last().is_some_and(|root| root.intersects(wanted)) => {
                self.visit_node(levels - 2, 0, wanted, visit)
            }
            _ => ControlFlow::Continue(()),
        }
    }

    /// `node` is counted within its level and shares a point with `wanted`.
    fn visit_node(
        &self,
        level: usize,
        node: usize,
        wanted: StepBox,
        visit: &mut impl FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if wanted.contains(self.nodes[self.level_starts[level] + node]) {
            let leaves_each = NODE_SIZE.pow(level as u32 + 1);
            return visit(&self.rows[node * leaves_each..((node + 1) * leaves_each).min(self.rows.len())]);
        }
        if level == 0 {
            for leaf in children(node, self.rows.len()) {
                if self.leaves.get(leaf).intersects(wanted) {
                    visit(&self.rows[leaf..=leaf])?;
                }
            }
            return ControlFlow::Continue(());
        }
        let start = self.level_starts[level - 1];
        for child in children(node, self.level_starts[level] - start) {
            if self.nodes[start + child].intersects(wanted) {
                self.visit_node(level - 1, child, wanted, visit)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The rows whose boxes share a point with `rect`, wherever the world is repeated, in the order of the file; `None`
    /// where there are more than `most` of them, found out without looking at the rest.
    pub fn rows_in_at_most(&self, rect: WorldRect, most: usize) -> Option<Vec<FeatureRow>> {
        let mut rows = Vec::new();
        for turned in self.turned(rect) {
            let visited = self.visit_runs(turned, &mut |run| {
                if rows.len() + run.len() > most {
                    return ControlFlow::Break(());
                }
                rows.extend(run.iter().map(|&row| row as usize));
                ControlFlow::Continue(())
            });
            if visited.is_break() {
                return None;
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Some(rows)
    }

    /// Adds to `mask` the rows whose boxes share a point with `rect`, wherever the world is repeated: what is in view.
    /// The mask must have a place for every row of the layer.
    pub fn mark_rows_in(&self, rect: WorldRect, mask: &mut RowMask) {
        for turned in self.turned(rect) {
            self.visit(turned, |row| mask.insert(row));
        }
    }

    /// By how many whole worlds `rect` must be moved eastwards to meet the layer: 0 for most, ±1 near the antimeridian
    /// or where the map shows the world repeated.
    pub fn turns(&self, rect: WorldRect) -> impl Iterator<Item = f64> + use<> {
        let bounds = self.grid.bounds();
        let x = |lon_deg: f64| lon_deg / 360.0 + 0.5;
        let first = (x(bounds.min[0]) - rect.max.x).ceil();
        let last = (x(bounds.max[0]) - rect.min.x).floor();
        // Infinite where there is nothing to meet.
        let count =
            if first.is_finite() && last >= first { (last - first).min(MOST_TURNS) as usize + 1 } else { 0 };
        (0..count).map(move |turn| first + turn as f64)
    }

    fn turned(&self, rect: WorldRect) -> impl Iterator<Item = WorldRect> + use<> {
        self.turns(rect).map(move |turn| {
            let moved = |at: WorldPos| WorldPos::new(at.x + turn, at.y);
            WorldRect { min: moved(rect.min), max: moved(rect.max) }
        })
    }
}

/// The children of a node, of `count` in the level below.
fn children(node: usize, count: usize) -> Range<usize> {
    node * NODE_SIZE..((node + 1) * NODE_SIZE).min(count)
}

/// Where the middle of the box lies on the curve through the layer's extent.
fn place_on_curve(one: StepBox) -> u32 {
    let cell = |axis: usize| ((u64::from(one.min[axis]) + u64::from(one.max[axis])) >> 17) as u16;
    hilbert_d(cell(0), cell(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{at, points, rect, square, store};
    use crate::situation::PartKind::Polygon;

    fn found(index: &SpatialIndex, rect: WorldRect) -> Vec<FeatureRow> {
        let mut rows = Vec::new();
        index.visit(rect, |row| rows.push(row));
        rows.sort_unstable();
        rows
    }

    fn walked(store: &FeatureStore, rect: WorldRect) -> Vec<FeatureRow> {
        let wanted = DegreeBox::of_world(rect);
        let meets = |row: &FeatureRow| DegreeBox::around(store.geometry(*row).vertices()).intersects(wanted);
        (0..store.len()).filter(meets).collect()
    }

    fn scattered(count: u32) -> Vec<[f64; 2]> {
        (0..count)
            .map(|n| (f64::from(n * 7919 % 3600) / 10.0 - 180.0, f64::from(n * 104_729 % 1600) / 10.0 - 80.0))
            .map(|(lon, lat)| [lon, lat])
            .collect()
    }

    #[test]
    fn a_query_finds_exactly_what_a_walk_over_all_features_finds() {
        let points = points(&scattered(5000));
        let squares: Vec<_> =
            (0..2000).map(|n| square(f64::from(n % 80), f64::from(n % 83) + 0.01)).collect();
        let rings: Vec<[&[[f64; 2]]; 1]> = squares.iter().map(|ring| [&ring[..]]).collect();
        let squares = store(&rings.iter().map(|rings| (Polygon, &rings[..])).collect::<Vec<_>>());
        for store in [points, squares] {
            let index = SpatialIndex::build(&store);
            for query in [
                rect(-10.0, -10.0, 30.0, 5.0),
                rect(36.0, 35.0, 36.05, 35.05),
                rect(-180.0, -85.0, 180.0, 85.0),
            ] {
                assert_eq!(found(&index, query), walked(&store, query));
            }
        }
    }

    #[test]
    fn a_place_on_the_edge_of_a_box_is_in_it() {
        let places = scattered(500);
        let index = SpatialIndex::build(&points(&places));
        for (row, &[lon, lat]) in places.iter().enumerate() {
            for query in [rect(lon, lat, lon, lat), rect(lon, lat - 1.0, lon + 1.0, lat)] {
                assert!(found(&index, query).contains(&row), "{lon} {lat}");
            }
        }
    }

    #[test]
    fn small_and_empty_layers_are_indexed_too() {
        let world = rect(-180.0, -80.0, 180.0, 80.0);
        for count in [0, 1, 2, 15, 16, 17, 256, 257] {
            let places: Vec<[f64; 2]> = (0..count).map(|n| [f64::from(n) / 10.0, 1.0]).collect();
            let index = SpatialIndex::build(&points(&places));
            assert_eq!(found(&index, world).len(), places.len());
            assert!(found(&index, rect(-9.0, -9.0, -8.0, 9.0)).is_empty());
        }
    }

    #[test]
    fn what_lies_at_a_pole_is_found_where_it_is_drawn() {
        let index = SpatialIndex::build(&points(&[[0.0, 90.0], [0.0, -89.95], [0.0, 0.0]]));
        let edge = |lat: f64| WorldRect { min: at(-1.0, lat), max: at(1.0, lat) };
        assert_eq!(found(&index, edge(89.9)), [0]);
        assert_eq!(found(&index, edge(-89.9)), [1]);
    }

    #[test]
    fn more_rows_than_wanted_are_not_listed() {
        let index = SpatialIndex::build(&points(&scattered(1000)));
        let world = rect(-180.0, -85.0, 179.95, 85.0);
        assert_eq!(index.rows_in_at_most(world, 999), None);
        assert_eq!(index.rows_in_at_most(world, 1000), Some((0..1000).collect()));
    }

    #[test]
    fn rows_in_view_are_marked_on_both_sides_of_the_antimeridian() {
        let index = SpatialIndex::build(&points(&[[179.0, 0.0], [-179.0, 0.0], [0.0, 0.0]]));
        let mut mask = RowMask::none(3);
        index.mark_rows_in(rect(178.0, -1.0, 182.0, 1.0), &mut mask);
        assert_eq!(mask.iter().collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_layer_past_the_antimeridian_is_met_by_moving_the_query() {
        let index = SpatialIndex::build(&points(&[[190.0, 0.0]]));
        assert_eq!(index.turns(rect(-171.0, -1.0, -169.0, 1.0)).collect::<Vec<_>>(), [1.0]);
        assert_eq!(index.turns(rect(9.0, -1.0, 11.0, 1.0)).count(), 0);
        assert_eq!(SpatialIndex::default().turns(rect(9.0, -1.0, 11.0, 1.0)).count(), 0);
    }
}
