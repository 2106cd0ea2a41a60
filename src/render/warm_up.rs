//! Has the driver compile every pipeline before the first frame needs it.
//!
//! Floor 4. Drivers compile a shader when it is first drawn with; on a software adapter that takes a tenth of a second,
//! which can pass while the window is still laid out.

use eframe::egui::epaint::{ClippedPrimitive, Primitive};
use eframe::egui::{Rect, Shape, pos2};
use eframe::egui_wgpu::{RenderState, ScreenDescriptor};
use eframe::wgpu;
use std::sync::Arc;

use super::frame::record_frame;
use super::{ReliefImage, Scene, SceneCallback, SceneItem};
use crate::coords::{LonLat, Viewport};
use crate::situation::{FeatureStore, FeatureStoreBuilder, GeometryKind, PartKind};
use crate::symbology::{Fill, LayerSymbols, Marker, MarkerShape, Rgba, Ring, Stroke, Symbol};
use crate::tessellate::{MapImage, layer_picture};

/// The side of the picture that nobody sees.
const SIDE_PX: u32 = 16;

/// Draws one of everything into a small texture of the window's device. Returns when the work is handed over.
pub fn warm_up(render_state: &RenderState) {
    let RenderState { device, queue, target_format, .. } = render_state;
    let rect = Rect::from_min_size(pos2(0.0, 0.0), [SIDE_PX as f32; 2].into());
    let Shape::Callback(callback) = SceneCallback::shape(rect, scene_with_everything()) else { return };
    let primitives = [ClippedPrimitive { clip_rect: rect, primitive: Primitive::Callback(callback) }];
    let screen = ScreenDescriptor { size_in_pixels: [SIDE_PX; 2], pixels_per_point: 1.0 };
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("warm-up"),
        size: wgpu::Extent3d { width: SIDE_PX, height: SIDE_PX, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: *target_format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    });
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let mut encoder =
        device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("warm-up") });
    let mut renderer = render_state.renderer.write();
    let mut commands = renderer.update_buffers(device, queue, &mut encoder, &primitives, &screen);
    record_frame(&renderer, &mut encoder, &view, &primitives, &screen);
    commands.push(encoder.finish());
    queue.submit(commands);
}

/// A scene that every pipeline takes part in.
fn scene_with_everything() -> Scene {
    let viewport = Viewport::new(LonLat::new(0.0, 0.0), 4.0, [SIDE_PX as f32; 2]);
    let color = Rgba::hex(0x80_80_80);
    let marker = Marker {
        shape: MarkerShape::Circle,
        size_points: 6.0,
        color,
        filled: true,
        ring: Ring::Solid,
        edge: color,
        ground: color,
    };
    let symbol = Symbol {
        fill: Some(Fill { color, hatch: None }),
        strokes: vec![Stroke { color, width_points: 1.0, dash: None }],
        marker: Some(marker),
    };
    let symbols = LayerSymbols { symbols: vec![symbol], symbol_of_row: vec![0; 2] };
    let picture = layer_picture(&an_area_and_a_point(), &symbols, 4, None);
    let relief = ReliefImage { bounds: viewport.visible_world(), width: 2, height: 2, grey: vec![255; 4] };
    let image = MapImage { bounds: viewport.visible_world(), width: 2, height: 2, rgba: vec![255; 16] };
    let items = vec![
        SceneItem::Background(color),
        SceneItem::Relief { image: Arc::new(relief), strength: 0.5, color },
        SceneItem::Image { image: Arc::new(image), opacity: 1.0 },
        SceneItem::Picture { picture: Arc::new(picture), opacity: 1.0 },
    ];
    Scene { viewport, items }
}

fn an_area_and_a_point() -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    for [lon, lat] in [[-0.2, -0.2], [0.2, -0.2], [0.2, 0.2], [-0.2, 0.2], [-0.2, -0.2]] {
        builder.push_vertex(LonLat::new(lon, lat));
    }
    builder.end_ring();
    builder.end_part(PartKind::Polygon);
    builder.end_feature(GeometryKind::Polygon, (0, 0));
    builder.push_vertex(LonLat::new(0.0, 0.0));
    builder.end_ring();
    builder.end_part(PartKind::Point);
    builder.end_feature(GeometryKind::Point, (0, 0));
    builder.finish(Vec::new(), None)
}
