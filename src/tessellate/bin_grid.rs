//! A grid over a box of the world. Its cells, the bins, hold what of a layer lies there.
//!
//! Floor 3. Where the bins lie; what is in them is written beside it, one list for all.

use std::ops::Range;

use crate::coords::WorldRect;

/// A bin holds about so many things where they lie evenly.
const THINGS_PER_BIN: f64 = 32.0;

/// Bins along the longer side of the box at most: a few things far away must not cost memory.
const MOST_BINS_A_SIDE: f64 = 256.0;

/// Square bins, numbered line by line from the north-west.
#[derive(Debug, Clone)]
pub(super) struct BinGrid {
    bounds: WorldRect,
    bin_world: f64,
    columns: usize,
    lines: usize,
}

impl BinGrid {
    /// Over the box; a bin is `bin_world` wide, world units.
    pub(super) fn new(bounds: WorldRect, bin_world: f64) -> Self {
        let bin_world = bin_world.max(f64::MIN_POSITIVE);
        // The width of nothing is negative, and a cast makes 0 of it.
        let bins_along = |side: f64| (side / bin_world) as usize + 1;
        let (columns, lines) = (bins_along(bounds.width_world()), bins_along(bounds.height_world()));
        Self { bounds, bin_world, columns, lines }
    }

    /// How wide a bin has to be for `count` things that lie evenly in the box; 0 where all lie in one place.
    pub(super) fn even_bin_world(bounds: WorldRect, count: usize) -> f64 {
        let (width, height) = (bounds.width_world(), bounds.height_world());
        let even = (width * height * THINGS_PER_BIN / count as f64).sqrt();
        even.max(width.max(height) / MOST_BINS_A_SIDE)
    }

    /// The box that it was made for.
    pub(super) fn bounds(&self) -> WorldRect {
        self.bounds
    }

    /// How many bins there are.
    pub(super) fn len(&self) -> usize {
        self.columns * self.lines
    }

    /// How wide a bin is, world units.
    pub(super) fn bin_world(&self) -> f64 {
        self.bin_world
    }

    /// A bin's column and line.
    pub(super) fn place(&self, bin: usize) -> (usize, usize) {
        (bin % self.columns, bin / self.columns)
    }

    /// The bin of a column and a line.
    pub(super) fn bin(&self, column: usize, line: usize) -> usize {
        line * self.columns + column
    }

    /// The column that holds `x`, the first or the last one for what lies beyond.
    pub(super) fn column_of(&self, x: f64) -> usize {
        (((x - self.bounds.min.x) / self.bin_world) as usize).min(self.columns - 1)
    }

    /// The line that holds `y`, the first or the last one for what lies beyond.
    pub(super) fn line_of(&self, y: f64) -> usize {
        (((y - self.bounds.min.y) / self.bin_world) as usize).min(self.lines - 1)
    }

    /// The bins that share a place with the box.
    pub(super) fn bins_in(&self, rect: WorldRect) -> impl Iterator<Item = usize> {
        let (columns, lines) = (self.columns, self.lines);
        let min = self.bounds.min;
        let along_x = self.touched(rect.min.x - min.x, rect.max.x - min.x, columns);
        let along_y = self.touched(rect.min.y - min.y, rect.max.y - min.y, lines);
        along_y.flat_map(move |line| along_x.clone().map(move |column| line * columns + column))
    }

    /// Of `count` bins along an axis those between two ways from the corner.
    fn touched(&self, low: f64, high: f64, count: usize) -> Range<usize> {
        let first = (low / self.bin_world).floor().max(0.0) as usize;
        let end = ((high / self.bin_world).floor() + 1.0).clamp(0.0, count as f64) as usize;
        first..end
    }

    /// From how many things each bin holds to where each bin begins in one list of all, and the list's end.
    pub(super) fn starts(mut counts: Vec<u32>) -> Vec<u32> {
        let mut sum = 0;
        for count in &mut counts {
            sum += std::mem::replace(count, sum);
        }
        counts.push(sum);
        counts
    }
}
