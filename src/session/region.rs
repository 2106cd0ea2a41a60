//! The part of the world around the view that a picture of a very large layer is made for.
//!
//! Floor 4. It is wider than the view, so that the picture serves for a while when the map is moved.

use crate::coords::{WorldPos, WorldRect};
use crate::index::LayerData;
use crate::situation::RowMask;

/// A layer with fewer positions is drawn whole.
const FEWEST_VERTICES: usize = 300_000;

/// Whole cells of a grid, each as wide as 512 points at the zoom step's first zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    zoom_step: i32,
    first: [i32; 2],
    last: [i32; 2],
}

impl Region {
    /// The cells in view and one more on every side; `None` for a layer that is drawn whole: one that is small, one of
    /// points, or one that does not reach beyond the region.
    pub(super) fn for_layer(data: &LayerData, visible: WorldRect, zoom_step: i32) -> Option<Self> {
        let features = &data.features;
        let is_large =
            features.vertex_count() > FEWEST_VERTICES && features.vertex_count() > 2 * features.len();
        let region = Self::around(visible, zoom_step);
        let extent = features.extent().filter(|_| is_large)?.to_world();
        (!region.covers(extent)).then_some(region)
    }

    fn around(visible: WorldRect, zoom_step: i32) -> Self {
        let cell = |value: f64| (value / cell_world(zoom_step)).floor() as i32;
        Self {
            zoom_step,
            first: [visible.min.x, visible.min.y].map(|side| cell(side) - 1),
            last: [visible.max.x, visible.max.y].map(|side| cell(side) + 1),
        }
    }

    fn rect(self) -> WorldRect {
        let border = |cell: i32| f64::from(cell) * cell_world(self.zoom_step);
        WorldRect {
            min: WorldPos::new(border(self.first[0]), border(self.first[1])),
            max: WorldPos::new(border(self.last[0] + 1), border(self.last[1] + 1)),
        }
    }

    /// Whether the box lies in it.
    pub(super) fn covers(self, rect: WorldRect) -> bool {
        self.rect().contains(rect.min) && self.rect().contains(rect.max)
    }

    /// The rows that reach into it, in their order.
    pub(super) fn rows(self, data: &LayerData) -> Vec<u32> {
        let mut rows = RowMask::none(data.features.len());
        data.index.mark_rows_in(self.rect(), &mut rows);
        rows.iter().map(|row| row as u32).collect()
    }
}

fn cell_world(zoom_step: i32) -> f64 {
    f64::from(1 - zoom_step).exp2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, Viewport};

    #[test]
    fn a_region_serves_until_the_view_is_moved_by_half_its_width() {
        let view = Viewport::new(LonLat::new(36.6, 35.9), 15.3, [1280.0, 800.0]);
        let region = Region::around(view.visible_world(), 15);
        assert!(region.covers(view.panned([500.0, -300.0]).visible_world()));
        assert!(!region.covers(view.panned([2000.0, 0.0]).visible_world()));
    }
}
