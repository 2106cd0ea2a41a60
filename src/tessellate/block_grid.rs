//! The grid that cuts the world into blocks, so that a vertex fits into 32-bit floats.
//!
//! Floor 3.

use crate::coords::{WorldPos, WorldRect};

/// The finest grid: a block is 1/256 of the world wide. Half of that in an `f32` is exact to 1/60 of a point at zoom 20.
const FINEST_LEVEL: i32 = 8;

/// A block is at least this many zoom levels wider than a tile of 256 points: about a window on a large screen.
const LEVELS_ABOVE_TILE: i32 = 2;

/// A block's column and row. Negative and beyond the world where longitudes are past ±180°.
pub type BlockKey = (i32, i32);

/// Square blocks of equal width over the whole world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockGrid {
    width_world: f64,
}

impl BlockGrid {
    /// The grid for pictures of a zoom step.
    ///
    /// 1/256 of the world from step 10 on. Before, a block is as wide as 1,024 points at the step's first zoom: still
    /// far more exact than a pixel there, and a world-wide layer does not fall into 65,536 draws.
    pub fn for_zoom_step(zoom_step: i32) -> Self {
        let level = (zoom_step - LEVELS_ABOVE_TILE).clamp(0, FINEST_LEVEL);
        Self { width_world: f64::from(-level).exp2() }
    }

    /// The width and height of a block, in world units; a power of two.
    pub fn width_world(self) -> f64 {
        self.width_world
    }

    /// The block that holds the position; the eastern and southern one on a border.
    pub fn key_of(self, at: [f64; 2]) -> BlockKey {
        (self.index(at[0]), self.index(at[1]))
    }

    fn index(self, value: f64) -> i32 {
        (value / self.width_world).floor() as i32
    }

    /// The first and the last block that share more than a border with the box.
    pub fn keys_of(self, rect: WorldRect) -> (BlockKey, BlockKey) {
        let first = self.key_of([rect.min.x, rect.min.y]);
        let last = |value: f64| (value / self.width_world).ceil() as i32 - 1;
        (first, (last(rect.max.x).max(first.0), last(rect.max.y).max(first.1)))
    }

    /// The middle of a block.
    pub fn origin(self, key: BlockKey) -> WorldPos {
        WorldPos::new(
            (f64::from(key.0) + 0.5) * self.width_world,
            (f64::from(key.1) + 0.5) * self.width_world,
        )
    }

    /// Where the block of this index begins, along either axis.
    pub fn border(self, index: i32) -> f64 {
        f64::from(index) * self.width_world
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_a_256th_of_the_world_from_step_10_on() {
        assert_eq!(BlockGrid::for_zoom_step(10).width_world(), 1.0 / 256.0);
        assert_eq!(BlockGrid::for_zoom_step(20).width_world(), 1.0 / 256.0);
        assert_eq!(BlockGrid::for_zoom_step(2).width_world(), 1.0);
    }

    #[test]
    fn a_box_that_ends_on_a_border_does_not_reach_into_the_next_block() {
        let grid = BlockGrid::for_zoom_step(4);
        let rect = WorldRect { min: WorldPos::new(0.25, 0.3), max: WorldPos::new(0.5, 0.6) };
        assert_eq!(grid.keys_of(rect), ((1, 1), (1, 2)));
    }
}
