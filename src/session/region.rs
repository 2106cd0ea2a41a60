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
        let is_large = features.vertex_count() > FEWEST_VERTICES && !features.has_only_points();
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
    use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};

    /// Lines of two vertices or single points, so many that the layer is large, from west to east.
    fn large_layer(kind: PartKind) -> LayerData {
        let mut builder = FeatureStoreBuilder::default();
        let vertices = if kind == PartKind::Point { 1 } else { 2 };
        let features = FEWEST_VERTICES / vertices + 1;
        for feature in 0..features {
            let lon = feature as f64 / features as f64 * 100.0;
            (0..vertices).for_each(|vertex| builder.push_vertex(LonLat::new(lon, vertex as f64 * 0.001)));
            builder.end_ring();
            builder.end_part(kind);
            builder.end_feature(GeometryKind::GeometryCollection, (0, 0));
        }
        LayerData::build(builder.finish(Vec::new(), None))
    }

    #[test]
    fn a_large_layer_is_drawn_near_the_view_alone_where_any_of_it_is_more_than_a_point() {
        let visible = Viewport::new(LonLat::new(50.0, 0.0), 12.0, [1280.0, 800.0]).visible_world();
        let region = Region::for_layer(&large_layer(PartKind::Line), visible, 12).unwrap();
        assert!(region.covers(visible));
        assert_eq!(Region::for_layer(&large_layer(PartKind::Point), visible, 12), None);
    }

    #[test]
    fn a_region_serves_until_the_view_is_moved_by_half_its_width() {
        let view = Viewport::new(LonLat::new(36.6, 35.9), 15.3, [1280.0, 800.0]);
        let region = Region::around(view.visible_world(), 15);
        assert!(region.covers(view.panned([500.0, -300.0]).visible_world()));
        assert!(!region.covers(view.panned([2000.0, 0.0]).visible_world()));
    }
}
