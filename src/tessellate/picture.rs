//! What a layer's picture is made of: flat arrays that go to the graphics card as they are, cut into blocks.
//!
//! Floor 3. Vertices are small offsets from the block's origin; widths and colours are looked up by symbol.

use std::ops::Range;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use super::{MarkerBins, SegmentBins};
use crate::coords::{WorldPos, WorldRect};
use crate::situation::{FeatureRow, RowMask};
use crate::symbology::Symbol;

/// Which rows are drawn.
pub type RowFilter<'a> = &'a (dyn Fn(FeatureRow) -> bool + Sync);

/// Who draws the points and lines of a layer that has many, and what is smaller than a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DrawnBy {
    /// The graphics card, one instance each.
    #[default]
    Card,
    /// The processor, into tiles: on a software adapter the cost of an instance is the same wherever it lies.
    Processor,
}

/// Everything that is drawn of one layer at one zoom step. Built once, shared, replaced whole.
#[derive(Debug, Clone, Default)]
pub struct LayerPicture {
    /// The step it was made for; see [`super::zoom_step_of`]. It can be drawn at other zooms, only less well.
    pub zoom_step: i32,
    /// What the symbol numbers in the vertices mean.
    pub symbols: Vec<Symbol>,
    /// The insides of areas.
    pub fills: FillMesh,
    /// Lines and edges.
    pub strokes: StrokeMesh,
    /// Where the processor draws [`LayerPicture::strokes`]: their segments by place. Empty where the graphics card does.
    pub stroke_bins: SegmentBins,
    /// Points that the graphics card draws.
    pub markers: MarkerSet,
    /// Areas and lines smaller than a pixel that the processor draws, over the strokes and under the points.
    pub specks: MarkerBins,
    /// Points that the processor draws; a picture has either these or [`LayerPicture::markers`].
    pub binned_markers: Arc<MarkerBins>,
    /// Of [`LayerPicture::binned_markers`] only these rows are drawn; all of them where `None`.
    pub shown: Option<Arc<RowMask>>,
    /// Whether the layer has points and nothing else, shown or not, and all of them are looked at.
    pub only_points: bool,
}

/// A piece of a mesh in one block of the world, drawn in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The middle of the block; subtracted in `f64` before the cast to `f32`.
    pub origin: WorldPos,
    /// The box around what the block holds, widths and markers not counted.
    pub bounds: WorldRect,
    /// Where it lies in the mesh: of indices, of nodes or of instances.
    pub range: Range<u32>,
}

/// Triangles.
#[derive(Debug, Clone, Default)]
pub struct FillMesh {
    /// All blocks, one after the other.
    pub vertices: Vec<FillVertex>,
    /// Three a triangle, into `vertices`.
    pub indices: Vec<u32>,
    /// Ranges are of `indices`.
    pub blocks: Vec<Block>,
}

/// A corner of a triangle.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct FillVertex {
    /// From the block's origin, world units.
    pub offset: [f32; 2],
    /// The symbol in the low 16 bits; above, [`FillVertex::CORNERS`].
    pub bits: u32,
}

impl FillVertex {
    /// For the corners of a quad that is one pixel large at every zoom: east or west, south or north of the position.
    /// An area smaller than a pixel is such a quad, so that it does not flicker.
    pub const CORNERS: [u32; 4] =
        [1 << 16 | 1 << 18, 2 << 16 | 1 << 18, 1 << 16 | 2 << 18, 2 << 16 | 2 << 18];
}

/// Lines, each a chain of nodes.
#[derive(Debug, Clone, Default)]
pub struct StrokeMesh {
    /// One node of padding, the chains of all blocks, two nodes of padding: a segment is drawn from a node, the one
    /// before it and the two after it.
    pub nodes: Vec<StrokeNode>,
    /// Ranges are of `nodes`.
    pub blocks: Vec<Block>,
}

/// A vertex of a line.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct StrokeNode {
    /// From the block's origin, world units.
    pub offset: [f32; 2],
    /// The way from the beginning of the line, world units.
    pub along: f32,
    /// The symbol in the low 16 bits; above, the flags below.
    pub bits: u32,
}

impl StrokeNode {
    /// A segment runs from this node to the next.
    pub const SEGMENT: u32 = 1 << 16;
    /// The line comes from the node before.
    pub const JOINS_BEFORE: u32 = 1 << 17;
    /// The line goes on to the node after.
    pub const JOINS_AFTER: u32 = 1 << 18;
    /// Fills up a place.
    pub const PADDING: Self = Self { offset: [0.0; 2], along: 0.0, bits: 0 };
}

/// Points, one instance each.
#[derive(Debug, Clone, Default)]
pub struct MarkerSet {
    /// In drawing order: rows in order, so what is drawn last is hit first.
    pub instances: Vec<MarkerInstance>,
    /// The feature's row of each instance.
    pub rows: Vec<u32>,
    /// Ranges are of `instances`. The same block may come several times, to keep the order.
    pub blocks: Vec<Block>,
}

/// One drawn point.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct MarkerInstance {
    /// From the block's origin, world units.
    pub offset: [f32; 2],
    /// Into [`LayerPicture::symbols`].
    pub symbol: u32,
}

impl LayerPicture {
    /// The same picture for another zoom step and other rows; `None` where it would have to be made anew. Points that
    /// the processor draws are the same at every zoom, and filtered when they are drawn.
    pub fn adapted(&self, zoom_step: i32, shown: Option<Arc<RowMask>>) -> Option<Self> {
        let symbols = self.symbols.clone();
        let binned_markers = self.binned_markers.clone();
        (self.only_points && !binned_markers.is_empty()).then(|| Self {
            zoom_step,
            symbols,
            binned_markers,
            shown,
            only_points: true,
            ..Self::default()
        })
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        let is_binned = !self.binned_markers.is_empty() || !self.specks.is_empty();
        let has_points = !self.markers.instances.is_empty() || is_binned;
        self.fills.indices.is_empty() && self.strokes.blocks.is_empty() && !has_points
    }
}

/// The camera as seen from a block, in two floats an axis: `high` holds the leading digits, `low` the rest.
///
/// `(offset − high) − low` loses nothing near the camera, so panning does not jitter however far the origin is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CameraOffset {
    /// The leading digits, world units from the block's origin.
    pub high: [f32; 2],
    /// What is missing in `high`.
    pub low: [f32; 2],
}

impl CameraOffset {
    /// Where `camera` lies from `origin`.
    pub fn new(camera: WorldPos, origin: WorldPos) -> Self {
        let exact = [camera.x - origin.x, camera.y - origin.y];
        let high = exact.map(|value| value as f32);
        let low = [0, 1].map(|axis| (exact[axis] - f64::from(high[axis])) as f32);
        Self { high, low }
    }
}

/// A position as a small offset from its block's origin.
pub(super) fn offset_from(origin: WorldPos, [x, y]: [f64; 2]) -> [f32; 2] {
    [(x - origin.x) as f32, (y - origin.y) as f32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, Viewport, world_from_lon_lat};
    use crate::tessellate::BlockGrid;

    /// The shader's sum, in its order and width.
    fn screen_as_the_shader_does(offset: [f32; 2], camera: CameraOffset, points_per_world: f32) -> [f32; 2] {
        [0, 1].map(|axis| ((offset[axis] - camera.high[axis]) - camera.low[axis]) * points_per_world)
    }

    #[test]
    fn at_zoom_20_no_vertex_is_off_by_more_than_a_fortieth_of_a_point_anywhere_in_the_world() {
        let grid = BlockGrid::for_zoom_step(20);
        let mut worst = 0.0_f64;
        for index in 0..20_000_u32 {
            let lon_lat =
                LonLat::new(f64::from(index) * 0.017_95 - 179.5, f64::from(index % 1600) * 0.1 - 80.0);
            let vertex = world_from_lon_lat(lon_lat);
            let view = Viewport::new(lon_lat, 20.0, [1280.0, 800.0]).panned([511.3, -303.7]);
            let origin = grid.origin(grid.key_of([vertex.x, vertex.y]));
            let offset = offset_from(origin, [vertex.x, vertex.y]);
            let scale = view.points_per_world();
            let drawn =
                screen_as_the_shader_does(offset, CameraOffset::new(view.center, origin), scale as f32);
            let exact = [(vertex.x - view.center.x) * scale, (vertex.y - view.center.y) * scale];
            let error = (f64::from(drawn[0]) - exact[0]).hypot(f64::from(drawn[1]) - exact[1]);
            worst = worst.max(error);
        }
        println!("worst position error at zoom 20: {worst:.4} points");
        assert!(worst < 0.025, "{worst}");
    }
}
