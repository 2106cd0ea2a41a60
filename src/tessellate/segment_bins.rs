//! A layer's line segments sorted into the bins of a grid, so that those in one tile of the screen are found at once.
//!
//! Floor 3. For drawing without a graphics card, where a frame must not cost as much as the layer has segments.

use std::ops::Range;

use rayon::prelude::*;

use super::bin_grid::BinGrid;
use super::picture::{StrokeMesh, StrokeNode};
use super::pixel_canvas::CANVAS_TILE_PX;
use crate::coords::{WorldPos, WorldRect};

/// Bins are at least so wide, in points of the zoom step's far end: a tile must not ask hundreds of them.
const NARROWEST_BIN_POINTS: f64 = CANVAS_TILE_PX as f64 / 8.0;

/// Bins are at least as wide as so many segments are long on average, so that few segments lie in many bins.
const SEGMENTS_PER_WIDTH: f64 = 2.0;

/// So many nodes are looked at in one task.
const NODES_PER_TASK: usize = 1 << 16;

const WORD: u32 = u64::BITS;

/// The segments of a [`StrokeMesh`], each in all bins that it passes.
#[derive(Debug, Clone)]
pub struct SegmentBins {
    grid: BinGrid,
    /// The first segment of each bin, line by line, and the end.
    starts: Vec<u32>,
    /// The first node of each segment.
    nodes: Vec<u32>,
    /// How many nodes the mesh has.
    node_count: usize,
}

/// Some segments of a mesh, each once.
pub(super) struct SegmentSet {
    /// A bit for each node of the mesh.
    words: Vec<u64>,
    is_empty: bool,
}

impl Default for SegmentBins {
    fn default() -> Self {
        let grid = BinGrid::new(WorldRect::EMPTY, 1.0);
        Self { grid, starts: vec![0; 2], nodes: Vec::new(), node_count: 0 }
    }
}

impl SegmentBins {
    /// Sorts the segments. `pixel_world` is the width of a point where the picture is drawn smallest.
    pub(super) fn new(mesh: &StrokeMesh, pixel_world: f64) -> Self {
        let tasks = tasks(mesh);
        let measures = tasks.par_iter().map(|task| task.measure()).reduce(Measure::default, Measure::and);
        if measures.count == 0 {
            return Self::default();
        }
        let bounds = measures.bounds;
        let long = measures.length_world / measures.count as f64 * SEGMENTS_PER_WIDTH;
        let even = BinGrid::even_bin_world(bounds, measures.count);
        let grid = BinGrid::new(bounds, even.max(long).max(NARROWEST_BIN_POINTS * pixel_world));
        let placed: Vec<Vec<[u32; 2]>> = tasks.par_iter().map(|task| task.placed(&grid)).collect();
        let mut counts = vec![0; grid.len()];
        placed.iter().flatten().for_each(|&[bin, _]| counts[bin as usize] += 1);
        let starts = BinGrid::starts(counts);
        let mut next = starts.clone();
        let mut nodes = vec![0; placed.iter().map(Vec::len).sum()];
        for &[bin, node] in placed.iter().flatten() {
            let place = &mut next[bin as usize];
            nodes[*place as usize] = node;
            *place += 1;
        }
        Self { grid, starts, nodes, node_count: mesh.nodes.len() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The box around all segments.
    pub fn bounds(&self) -> WorldRect {
        self.grid.bounds()
    }

    /// The segments in the bins that share a place with the box.
    pub(super) fn segments_in(&self, rect: WorldRect) -> SegmentSet {
        let mut set = SegmentSet { words: vec![0; self.node_count.div_ceil(WORD as usize)], is_empty: true };
        for bin in self.grid.bins_in(rect) {
            let nodes = &self.nodes[self.starts[bin] as usize..self.starts[bin + 1] as usize];
            set.is_empty &= nodes.is_empty();
            nodes.iter().for_each(|&node| set.words[(node / WORD) as usize] |= 1 << (node % WORD));
        }
        set
    }
}

impl SegmentSet {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// The first nodes of those in a range of nodes, from the last to the first.
    pub(super) fn backwards(&self, range: Range<u32>) -> impl Iterator<Item = u32> {
        let words = range.start / WORD..range.end.div_ceil(WORD);
        words.rev().flat_map(move |place| {
            let first = place * WORD;
            let below = range.start.saturating_sub(first);
            let inside = (range.end - first).min(WORD);
            let in_range = (u64::MAX << below) & (u64::MAX >> (WORD - inside));
            let rest = |word: u64| (word != 0).then_some(word);
            // Each step clears the highest bit.
            std::iter::successors(rest(self.words[place as usize] & in_range), move |&word| {
                rest(word & !(1 << word.ilog2()))
            })
            .map(move |word| first + word.ilog2())
        })
    }
}

/// Some nodes of one block.
struct Task<'a> {
    origin: WorldPos,
    mesh: &'a StrokeMesh,
    nodes: Range<u32>,
}

fn tasks(mesh: &StrokeMesh) -> Vec<Task<'_>> {
    let of_block = |block: &super::Block| {
        let (origin, end) = (block.origin, block.range.end);
        let starts = block.range.clone().step_by(NODES_PER_TASK);
        let task = move |start: u32| {
            let nodes = start..(start + NODES_PER_TASK as u32).min(end);
            Task { origin, mesh, nodes }
        };
        starts.map(task).collect::<Vec<_>>()
    };
    mesh.blocks.iter().flat_map(of_block).collect()
}

/// What has to be known before the width of the bins is chosen.
#[derive(Clone, Copy)]
struct Measure {
    count: usize,
    length_world: f64,
    bounds: WorldRect,
}

impl Default for Measure {
    fn default() -> Self {
        Self { count: 0, length_world: 0.0, bounds: WorldRect::EMPTY }
    }
}

impl Measure {
    fn and(mut self, other: Self) -> Self {
        if other.count > 0 {
            self.bounds.include(other.bounds.min);
            self.bounds.include(other.bounds.max);
        }
        Self { count: self.count + other.count, length_world: self.length_world + other.length_world, ..self }
    }
}

impl Task<'_> {
    /// The first node of each segment and the segment's ends on the world.
    fn segments(&self) -> impl Iterator<Item = (u32, [WorldPos; 2])> {
        let at = |offset: [f32; 2]| {
            WorldPos::new(self.origin.x + f64::from(offset[0]), self.origin.y + f64::from(offset[1]))
        };
        self.nodes.clone().filter_map(move |node| {
            let [from, to] = [0, 1].map(|step| &self.mesh.nodes[node as usize + step]);
            let is_segment = from.bits & StrokeNode::SEGMENT != 0;
            is_segment.then(|| (node, [at(from.offset), at(to.offset)]))
        })
    }

    fn measure(&self) -> Measure {
        let mut measure = Measure::default();
        for (_, [from, to]) in self.segments() {
            measure.count += 1;
            measure.length_world += from.distance_world(to);
            measure.bounds.include(from);
            measure.bounds.include(to);
        }
        measure
    }

    /// Each segment with each of its bins.
    fn placed(&self, grid: &BinGrid) -> Vec<[u32; 2]> {
        let mut placed = Vec::with_capacity(self.nodes.len() * 2);
        for (node, ends) in self.segments() {
            each_bin(grid, ends, &mut |bin| placed.push([bin as u32, node]));
        }
        placed
    }
}

/// The bins that a segment passes.
fn each_bin(grid: &BinGrid, [from, to]: [WorldPos; 2], found: &mut impl FnMut(usize)) {
    let (north, south) = if from.y <= to.y { (from, to) } else { (to, from) };
    let (first, last) = (grid.line_of(north.y), grid.line_of(south.y));
    let slope = if first < last { (south.x - north.x) / (south.y - north.y) } else { 0.0 };
    for line in first..=last {
        let border = |line: usize| grid.bounds().min.y + line as f64 * grid.bin_world();
        // Where it comes into the line of bins, and where it leaves it.
        let enter = if line == first { north.x } else { north.x + (border(line) - north.y) * slope };
        let leave = if line == last { south.x } else { north.x + (border(line + 1) - north.y) * slope };
        for column in grid.column_of(enter.min(leave))..=grid.column_of(enter.max(leave)) {
            found(grid.bin(column, line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tessellate::Block;

    /// Single segments, all in one block.
    fn mesh(segments: &[[[f32; 2]; 2]]) -> StrokeMesh {
        let node = |offset, bits| StrokeNode { offset, along: 0.0, bits };
        let mut nodes = vec![StrokeNode::PADDING];
        nodes.extend(segments.iter().flat_map(|&[from, to]| [node(from, StrokeNode::SEGMENT), node(to, 0)]));
        let range = 1..nodes.len() as u32;
        nodes.extend([StrokeNode::PADDING; 2]);
        let block = Block { origin: WorldPos::new(0.5, 0.5), bounds: WorldRect::EMPTY, range };
        StrokeMesh { nodes, blocks: vec![block] }
    }

    fn rect(x: f64, y: f64, side: f64) -> WorldRect {
        WorldRect { min: WorldPos::new(x, y), max: WorldPos::new(x + side, y + side) }
    }

    #[test]
    fn every_segment_is_met_wherever_it_passes_and_once() {
        let place = |n: u32, step: u32| (n * step % 997) as f32 / 2000.0;
        // One in a hundred crosses all of it.
        let reach = |n: u32| if n.is_multiple_of(100) { 1.0 } else { 0.02 };
        let segment = |n: u32| {
            let from = [place(n, 7919), place(n, 104_729)];
            [from, [from[0] + place(n, 31_337) * reach(n), from[1] - place(n, 6151) * reach(n)]]
        };
        let segments: Vec<[[f32; 2]; 2]> = (0..3000).map(segment).collect();
        let mesh = mesh(&segments);
        let bins = SegmentBins::new(&mesh, 1e-6);
        for (nth, [from, to]) in segments.iter().enumerate() {
            for part in [0.0, 0.3, 0.77, 1.0] {
                let at = [0, 1].map(|axis| 0.5 + f64::from(from[axis] + (to[axis] - from[axis]) * part));
                let met = bins.segments_in(rect(at[0] - 1e-7, at[1] - 1e-7, 2e-7));
                let met: Vec<u32> = met.backwards(mesh.blocks[0].range.clone()).collect();
                assert!(met.contains(&(nth as u32 * 2 + 1)), "{nth} at {part}");
                assert!(met.is_sorted_by(|a, b| a > b));
                assert!(met.len() < segments.len() / 2, "{}", met.len());
            }
        }
    }

    #[test]
    fn only_segments_of_the_range_are_walked_through() {
        let mesh = mesh(&[[[0.0; 2]; 2]; 200]);
        let set = SegmentBins::new(&mesh, 1e-6).segments_in(rect(0.4, 0.4, 0.2));
        assert_eq!(set.backwards(1..401).count(), 200);
        assert_eq!(set.backwards(64..129).collect::<Vec<_>>().len(), 32);
        assert_eq!(set.backwards(101..106).collect::<Vec<_>>(), [105, 103, 101]);
    }

    #[test]
    fn far_from_all_segments_there_are_none() {
        let bins = SegmentBins::new(&mesh(&[[[0.0, 0.0], [0.1, 0.1]]]), 1e-6);
        assert!(bins.segments_in(rect(1.2, 1.2, 0.1)).is_empty());
        assert!(SegmentBins::default().segments_in(rect(0.0, 0.0, 1.0)).is_empty());
        assert!(SegmentBins::new(&StrokeMesh::default(), 1e-6).is_empty());
    }
}
