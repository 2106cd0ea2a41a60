//! What is drawn of a scene, in order: the blocks in view, each with where it lies now.
//!
//! Floor 4. Numbers only, so culling and the repeated world are tested without a graphics card.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::scene::{Scene, SceneItem};
use super::style_table::{StyleMeasures, straight};
use crate::coords::{WorldPos, WorldRect};
use crate::symbology::Rgba;
use crate::tessellate::{Block, CameraOffset, LayerPicture};

/// The uniforms of one draw, as `Draw` in `common.wgsl`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct DrawUniforms {
    pub target_px: [f32; 2],
    pub center_px: [f32; 2],
    pub camera_high: [f32; 2],
    pub camera_low: [f32; 2],
    pub pattern_px: [f32; 2],
    pub px_per_world: f32,
    pub px_per_point: f32,
    pub opacity: f32,
    pub stroke: u32,
    pub symbol_texels: u32,
    pub strength: f32,
    pub color: [f32; 4],
    pub corners: [f32; 4],
}

/// One draw.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DrawCall {
    /// The item of the scene that it belongs to.
    pub item: usize,
    pub what: Drawn,
    pub uniforms: DrawUniforms,
}

/// What is drawn, and which part of the mesh.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Drawn {
    Background,
    Relief,
    Image,
    /// Of indices.
    Fills(Range<u32>),
    /// Of nodes.
    Strokes(Range<u32>),
    /// Of instances.
    Markers(Range<u32>),
    /// A tile that the processor has drawn, by its number in the scene.
    CanvasTile(usize),
}

/// A tile that the processor has drawn, and where its left upper corner lies on the target, in whole pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TileOnTarget {
    /// In the list of the scene.
    pub number: usize,
    pub left_top_px: [f32; 2],
}

/// What is known of an item that is a picture.
#[derive(Debug, Clone, Default)]
pub(super) struct PictureMeasures {
    pub style: StyleMeasures,
    /// What the processor has drawn: over the fills, in this order.
    pub tiles: Vec<TileOnTarget>,
}

/// Where the map lies on the target, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placement {
    pub target_px: [f32; 2],
    /// The map's left upper corner; negative where the target is one tile of a larger picture.
    pub map_px: [f32; 2],
    pub px_per_point: f32,
}

/// All draws of the scene. `measures` holds those of each item that is a picture.
pub(super) fn draw_list(
    scene: &Scene,
    measures: &[Option<PictureMeasures>],
    placement: Placement,
) -> Vec<DrawCall> {
    let mut list = DrawList { scene, frame: frame_uniforms(scene, placement), calls: Vec::new() };
    for (item, content) in scene.items.iter().enumerate() {
        match content {
            SceneItem::Background(color) => list.push_background(item, *color),
            SceneItem::Relief { image, strength, color } => {
                list.push_relief(item, image.bounds, *strength, *color);
            }
            SceneItem::Image { image, opacity } => list.push_image(item, image.bounds, *opacity),
            SceneItem::Picture { picture, opacity } => {
                if let Some(Some(measures)) = measures.get(item) {
                    list.push_picture(item, picture, *opacity, measures);
                }
            }
        }
    }
    list.calls
}

/// What all draws of a frame share.
fn frame_uniforms(scene: &Scene, placement: Placement) -> DrawUniforms {
    let view = &scene.viewport;
    let center = |axis: usize| placement.map_px[axis] + view.size_points[axis] * placement.px_per_point / 2.0;
    DrawUniforms {
        target_px: placement.target_px,
        center_px: [center(0), center(1)],
        pattern_px: placement.map_px,
        px_per_world: (view.points_per_world() * f64::from(placement.px_per_point)) as f32,
        px_per_point: placement.px_per_point,
        opacity: 1.0,
        ..DrawUniforms::default()
    }
}

struct DrawList<'a> {
    scene: &'a Scene,
    frame: DrawUniforms,
    calls: Vec<DrawCall>,
}

impl DrawList<'_> {
    fn push_background(&mut self, item: usize, color: Rgba) {
        let uniforms = DrawUniforms { color: straight(color), ..self.frame };
        self.calls.push(DrawCall { item, what: Drawn::Background, uniforms });
    }

    fn push_relief(&mut self, item: usize, bounds: WorldRect, strength: f32, color: Rgba) {
        let uniforms = DrawUniforms { strength, color: straight(color), ..self.frame };
        self.push_stretched(item, bounds, uniforms, &Drawn::Relief);
    }

    fn push_image(&mut self, item: usize, bounds: WorldRect, opacity: f32) {
        self.push_stretched(item, bounds, DrawUniforms { opacity, ..self.frame }, &Drawn::Image);
    }

    /// Over a box of the world.
    fn push_stretched(&mut self, item: usize, bounds: WorldRect, uniforms: DrawUniforms, what: &Drawn) {
        let [x, y] = [bounds.width_world() / 2.0, bounds.height_world() / 2.0].map(|half| half as f32);
        let uniforms = DrawUniforms { corners: [-x, -y, x, y], ..uniforms };
        self.push_copies(item, bounds.center(), bounds, 0.0, uniforms, what);
    }

    /// Fills, then the first stroke of all features, then the second …: casings lie below all lines of a layer, so
    /// that crossings look right. Markers last.
    fn push_picture(
        &mut self,
        item: usize,
        picture: &LayerPicture,
        opacity: f32,
        measures: &PictureMeasures,
    ) {
        let style = measures.style;
        let uniforms = DrawUniforms { opacity, symbol_texels: style.symbol_texels, ..self.frame };
        self.push_blocks(item, &picture.fills.blocks, style, uniforms, Drawn::Fills);
        let strokes_on_card = if picture.stroke_bins.is_empty() { style.stroke_count } else { 0 };
        for stroke in 0..strokes_on_card {
            let uniforms = DrawUniforms { stroke, ..uniforms };
            self.push_blocks(item, &picture.strokes.blocks, style, uniforms, Drawn::Strokes);
        }
        self.push_blocks(item, &picture.markers.blocks, style, uniforms, Drawn::Markers);
        for tile in &measures.tiles {
            let [left, top] = tile.left_top_px;
            let uniforms = DrawUniforms { corners: [left, top, 0.0, 0.0], ..uniforms };
            self.calls.push(DrawCall { item, what: Drawn::CanvasTile(tile.number), uniforms });
        }
    }

    fn push_blocks(
        &mut self,
        item: usize,
        blocks: &[Block],
        style: StyleMeasures,
        uniforms: DrawUniforms,
        what: impl Fn(Range<u32>) -> Drawn,
    ) {
        for block in blocks {
            let what = what(block.range.clone());
            self.push_copies(item, block.origin, block.bounds, style.reach_points, uniforms, &what);
        }
    }

    /// One draw for each time the world repeats in view.
    fn push_copies(
        &mut self,
        item: usize,
        origin: WorldPos,
        bounds: WorldRect,
        reach_points: f32,
        uniforms: DrawUniforms,
        what: &Drawn,
    ) {
        let view = &self.scene.viewport;
        let visible = view.visible_world().grown(f64::from(reach_points) / view.points_per_world());
        if bounds.min.y > visible.max.y || bounds.max.y < visible.min.y {
            return;
        }
        let first = (visible.min.x - bounds.max.x).ceil() as i32;
        let last = (visible.max.x - bounds.min.x).floor() as i32;
        for copy in first..=last {
            let moved = WorldPos::new(origin.x + f64::from(copy), origin.y);
            let camera = CameraOffset::new(view.center, moved);
            let uniforms = DrawUniforms { camera_high: camera.high, camera_low: camera.low, ..uniforms };
            self.calls.push(DrawCall { item, what: what.clone(), uniforms });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::coords::{LonLat, Viewport};
    use crate::tessellate::FillMesh;

    const STYLE: StyleMeasures = StyleMeasures { symbol_texels: 6, stroke_count: 0, reach_points: 1.0 };

    fn block(x: f64) -> Block {
        let bounds = WorldRect { min: WorldPos::new(x, 0.4), max: WorldPos::new(x + 0.01, 0.41) };
        Block { origin: bounds.center(), bounds, range: 0..3 }
    }

    fn calls(blocks: Vec<Block>, viewport: Viewport) -> Vec<DrawCall> {
        let fills = FillMesh { blocks, ..FillMesh::default() };
        let picture = Arc::new(LayerPicture { fills, ..LayerPicture::default() });
        let scene = Scene { viewport, items: vec![SceneItem::Picture { picture, opacity: 1.0 }] };
        let placement = Placement { target_px: [800.0, 600.0], map_px: [0.0; 2], px_per_point: 1.0 };
        draw_list(&scene, &[Some(PictureMeasures { style: STYLE, ..PictureMeasures::default() })], placement)
    }

    #[test]
    fn only_blocks_in_view_are_drawn() {
        let blocks = vec![block(0.6), block(0.7), block(0.2)];
        let view = Viewport { center: blocks[1].origin, zoom: 8.0, size_points: [800.0, 600.0] };
        assert_eq!(calls(blocks, view).len(), 1);
    }

    #[test]
    fn the_world_repeats_to_the_left_and_to_the_right() {
        let whole = Viewport::new(LonLat::new(0.0, 20.0), 1.0, [1280.0, 600.0]);
        assert_eq!(calls(vec![block(0.5)], whole).len(), 3);
        let fiji = Viewport::new(LonLat::new(179.9, 20.0), 4.0, [800.0, 600.0]);
        let drawn = calls(vec![block(0.0), block(0.985)], fiji);
        assert_eq!(drawn.len(), 2);
        assert!(drawn.iter().all(|call| call.uniforms.camera_high[0].abs() < 0.02));
    }
}
