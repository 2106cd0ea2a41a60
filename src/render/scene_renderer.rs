//! Keeps what is on the graphics card, and draws scenes with it. Lives among egui's callback resources.
//!
//! Floor 4.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use eframe::egui::PaintCallbackInfo;
use eframe::egui_wgpu::{RenderState, ScreenDescriptor};
use eframe::wgpu;

use super::draw_list::{DrawCall, DrawUniforms, Drawn, PictureMeasures, Placement, draw_list};
use super::gpu_image::GpuImage;
use super::gpu_picture::GpuPicture;
use super::pipelines::Pipelines;
use super::scene::{ReliefImage, Scene, SceneItem};
use super::tile_canvas::{CanvasContent, CanvasPainter, CanvasView, TileCanvases};
use super::warm_up::warm_up;
use crate::tessellate::{LayerPicture, MapImage, MarkerInstance, StrokeNode};

/// So many frames may pass without a thing being drawn before its buffers are freed.
const FRAMES_KEPT: u64 = 2;

/// Makes the window able to draw scenes. Call it once, when the window opens.
pub fn install(render_state: &RenderState) {
    let new = || SceneRenderer::new(&render_state.device, render_state.target_format);
    render_state.renderer.write().callback_resources.entry().or_insert_with(new);
}

/// The same on a thread of its own, which then has the driver compile the pipelines: the window is laid out meanwhile.
///
/// The first frame cannot be painted before it is done: the thread holds the renderer from the return of this function.
pub fn install_beside(render_state: &RenderState) {
    let (holds_renderer, wait) = std::sync::mpsc::channel();
    let render_state = render_state.clone();
    std::thread::spawn(move || {
        let mut renderer = render_state.renderer.write();
        // The other side only waits; it cannot be gone.
        let _ = holds_renderer.send(());
        let new = || SceneRenderer::new(&render_state.device, render_state.target_format);
        renderer.callback_resources.entry().or_insert_with(new);
        drop(renderer);
        warm_up(&render_state);
    });
    // An error means that the thread has ended already: then there is nothing to wait for.
    let _ = wait.recv();
}

/// Pipelines, the buffers of all pictures in use, and the scenes of the current frame.
pub struct SceneRenderer {
    pipelines: Pipelines,
    pictures: Kept<LayerPicture, GpuPicture>,
    reliefs: Kept<ReliefImage, Option<GpuImage>>,
    images: Kept<MapImage, Option<GpuImage>>,
    canvases: TileCanvases,
    prepared: HashMap<u64, PreparedScene>,
    /// Counts frames.
    frame: u64,
    /// Whether scenes of the next frame have been prepared already.
    preparing: bool,
    /// Where the target begins in the whole picture, when that is drawn in tiles; pixels.
    pub(super) tile_px: [f32; 2],
}

/// A scene with everything that its draws need.
struct PreparedScene {
    items: Vec<GpuItem>,
    tiles: Vec<wgpu::BindGroup>,
    calls: Vec<DrawCall>,
    uniforms: wgpu::BindGroup,
    used_in_frame: u64,
}

enum GpuItem {
    Plain,
    Relief(Arc<Option<GpuImage>>),
    Image(Arc<Option<GpuImage>>),
    Picture(Arc<GpuPicture>),
}

impl SceneRenderer {
    /// For a device and the format of what is drawn on.
    pub fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        Self {
            pipelines: Pipelines::new(device, target),
            pictures: Kept::default(),
            reliefs: Kept::default(),
            images: Kept::default(),
            canvases: TileCanvases::default(),
            prepared: HashMap::new(),
            frame: 0,
            preparing: false,
            tile_px: [0.0; 2],
        }
    }

    /// Uploads what is missing and decides what to draw. `map_px` is the map's left upper corner.
    pub(super) fn prepare(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        (id, scene, map_px): (u64, &Scene, [f32; 2]),
    ) {
        self.preparing = true;
        let items: Vec<GpuItem> = scene.items.iter().map(|item| self.gpu_item(device, queue, item)).collect();
        let placement = Placement {
            target_px: screen.size_in_pixels.map(|side| side as f32),
            map_px: [map_px[0] - self.tile_px[0], map_px[1] - self.tile_px[1]],
            px_per_point: screen.pixels_per_point,
        };
        let mut tiles = Vec::new();
        let mut measures = Vec::with_capacity(items.len());
        for (item, content) in items.iter().zip(&scene.items) {
            let (GpuItem::Picture(on_card), SceneItem::Picture { picture, opacity }) = (item, content) else {
                measures.push(None);
                continue;
            };
            let painter = CanvasPainter { device, queue, pipelines: &self.pipelines, frame: self.frame };
            let view = CanvasView { viewport: scene.viewport, placement, opacity: *opacity };
            let source = (picture, &**on_card);
            let in_view = |content| self.canvases.tiles(painter, view, content, source, &mut tiles);
            let in_view = CanvasContent::IN_ORDER.into_iter().flat_map(in_view).collect();
            measures.push(Some(PictureMeasures { style: on_card.measures, tiles: in_view }));
        }
        let calls = draw_list(scene, &measures, placement);
        let uniforms = uniform_bind_group(device, &self.pipelines, &calls);
        self.prepared.insert(id, PreparedScene { items, tiles, calls, uniforms, used_in_frame: self.frame });
    }

    fn gpu_item(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, item: &SceneItem) -> GpuItem {
        let (pipelines, frame) = (&self.pipelines, self.frame);
        match item {
            SceneItem::Background(_) => GpuItem::Plain,
            SceneItem::Relief { image, .. } => GpuItem::Relief(
                self.reliefs.get(image, frame, |image| GpuImage::upload(device, queue, pipelines, image)),
            ),
            SceneItem::Image { image, .. } => GpuItem::Image(
                self.images
                    .get(image, frame, |image| GpuImage::upload_colored(device, queue, pipelines, image)),
            ),
            SceneItem::Picture { picture, .. } => GpuItem::Picture(self.pictures.get(
                picture,
                frame,
                |picture| GpuPicture::upload(device, queue, pipelines, picture),
            )),
        }
    }

    /// After the last scene of a frame: frees what has not been drawn for some frames.
    pub(super) fn end_preparation(&mut self) {
        if !std::mem::take(&mut self.preparing) {
            return;
        }
        let oldest = self.frame.saturating_sub(FRAMES_KEPT);
        self.prepared.retain(|_, scene| scene.used_in_frame >= oldest);
        self.pictures.forget_before(oldest);
        self.reliefs.forget_before(oldest);
        self.images.forget_before(oldest);
        self.canvases.forget_before(oldest);
        self.frame += 1;
    }

    /// Draws a prepared scene.
    pub(super) fn paint(&self, id: u64, info: &PaintCallbackInfo, pass: &mut wgpu::RenderPass<'static>) {
        let Some(scene) = self.prepared.get(&id) else { return };
        let [width, height] = info.screen_size_px;
        let (map, clip) = (info.viewport_in_pixels(), info.clip_rect_in_pixels());
        let left = map.left_px.max(clip.left_px);
        let top = map.top_px.max(clip.top_px);
        let right = (map.left_px + map.width_px).min(clip.left_px + clip.width_px);
        let bottom = (map.top_px + map.height_px).min(clip.top_px + clip.height_px);
        if right <= left || bottom <= top {
            return;
        }
        pass.set_viewport(0.0, 0.0, width as f32, height as f32, 0.0, 1.0);
        pass.set_scissor_rect(left as u32, top as u32, (right - left) as u32, (bottom - top) as u32);
        for (index, call) in scene.calls.iter().enumerate() {
            pass.set_bind_group(0, &scene.uniforms, &[index as u32 * UNIFORM_STRIDE]);
            self.draw(call, scene, pass);
        }
    }

    fn draw(&self, call: &DrawCall, scene: &PreparedScene, pass: &mut wgpu::RenderPass<'static>) {
        match (&call.what, &scene.items[call.item]) {
            (Drawn::Background, _) => {
                pass.set_pipeline(&self.pipelines.background);
                pass.draw(0..3, 0..1);
            }
            (Drawn::Relief, GpuItem::Relief(relief)) => {
                if let Some(relief) = relief.as_ref() {
                    pass.set_pipeline(&self.pipelines.relief);
                    pass.set_bind_group(1, &relief.bind_group, &[]);
                    pass.draw(0..4, 0..1);
                }
            }
            (Drawn::Image, GpuItem::Image(image)) => {
                if let Some(image) = image.as_ref() {
                    pass.set_pipeline(&self.pipelines.image);
                    pass.set_bind_group(1, &image.bind_group, &[]);
                    pass.draw(0..4, 0..1);
                }
            }
            (&Drawn::CanvasTile(number), _) => {
                pass.set_pipeline(&self.pipelines.canvas_tile);
                pass.set_bind_group(1, &scene.tiles[number], &[]);
                pass.draw(0..4, 0..1);
            }
            (what, GpuItem::Picture(picture)) => {
                pass.set_bind_group(1, &picture.style, &[]);
                self.draw_mesh(what, picture, pass);
            }
            _ => {}
        }
    }

    fn draw_mesh(&self, what: &Drawn, picture: &GpuPicture, pass: &mut wgpu::RenderPass<'static>) {
        match what {
            Drawn::Fills(range) => {
                pass.set_pipeline(&self.pipelines.fill);
                for piece in &picture.fills {
                    let Some(part) = common(range, &piece.range) else { continue };
                    pass.set_vertex_buffer(0, piece.vertices.slice(..));
                    pass.set_index_buffer(piece.indices.slice(..), wgpu::IndexFormat::Uint32);
                    pass.draw_indexed(part, -(piece.first_vertex as i32), 0..1);
                }
            }
            Drawn::Strokes(range) => {
                pass.set_pipeline(&self.pipelines.stroke);
                for piece in &picture.strokes {
                    let Some(part) = common(range, &piece.range) else { continue };
                    // Node `slot − 1` as seen from the segment's first; the piece has one more before it.
                    for slot in 0..4 {
                        let first = u64::from(part.start + slot);
                        pass.set_vertex_buffer(slot, piece.buffer.slice(first * NODE_BYTES..));
                    }
                    pass.draw(0..4, 0..part.len() as u32);
                }
            }
            Drawn::Markers(range) => {
                pass.set_pipeline(&self.pipelines.marker);
                for piece in &picture.markers {
                    let Some(part) = common(range, &piece.range) else { continue };
                    let first = u64::from(part.start) * MARKER_BYTES;
                    pass.set_vertex_buffer(0, piece.buffer.slice(first..));
                    pass.draw(0..4, 0..part.len() as u32);
                }
            }
            Drawn::Background | Drawn::Relief | Drawn::Image | Drawn::CanvasTile(_) => {}
        }
    }
}

/// What of `range` lies in a piece, as places of the piece.
fn common(range: &Range<u32>, piece: &Range<u32>) -> Option<Range<u32>> {
    let both = range.start.max(piece.start)..range.end.min(piece.end);
    (!both.is_empty()).then(|| both.start - piece.start..both.end - piece.start)
}

const NODE_BYTES: u64 = size_of::<StrokeNode>() as u64;
const MARKER_BYTES: u64 = size_of::<MarkerInstance>() as u64;

/// Uniforms with a moving offset begin at multiples of this on every card.
const UNIFORM_STRIDE: u32 = 256;

pub(super) fn uniform_bind_group(
    device: &wgpu::Device,
    pipelines: &Pipelines,
    calls: &[DrawCall],
) -> wgpu::BindGroup {
    let stride = UNIFORM_STRIDE as usize;
    let mut bytes = vec![0; calls.len().max(1) * stride];
    for (call, slot) in calls.iter().zip(bytes.chunks_exact_mut(stride)) {
        slot[..size_of::<DrawUniforms>()].copy_from_slice(bytemuck::bytes_of(&call.uniforms));
    }
    let buffer = wgpu::util::DeviceExt::create_buffer_init(
        device,
        &wgpu::util::BufferInitDescriptor {
            label: Some("draws"),
            contents: &bytes,
            usage: wgpu::BufferUsages::UNIFORM,
        },
    );
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("draws"),
        layout: &pipelines.draw_layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: &buffer,
                offset: 0,
                size: std::num::NonZeroU64::new(size_of::<DrawUniforms>() as u64),
            }),
        }],
    })
}

/// What was made of shared things, as long as they are used.
///
/// The key is the address of the `Arc`, which is held, so that no other thing can take the address meanwhile.
struct Kept<S, G> {
    things: HashMap<usize, (Arc<S>, Arc<G>, u64)>,
}

impl<S, G> Default for Kept<S, G> {
    fn default() -> Self {
        Self { things: HashMap::new() }
    }
}

impl<S, G> Kept<S, G> {
    fn get(&mut self, source: &Arc<S>, frame: u64, make: impl FnOnce(&S) -> G) -> Arc<G> {
        let key = Arc::as_ptr(source) as usize;
        let new = || (Arc::clone(source), Arc::new(make(source)), frame);
        let (_, made, used_in_frame) = self.things.entry(key).or_insert_with(new);
        *used_in_frame = frame;
        Arc::clone(made)
    }

    fn forget_before(&mut self, frame: u64) {
        self.things.retain(|_, (_, _, used_in_frame)| *used_in_frame >= frame);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_uploaded_once_and_freed_when_it_is_no_longer_drawn() {
        let mut kept = Kept::<&str, usize>::default();
        let (roads, areas) = (Arc::new("roads"), Arc::new("areas"));
        let mut uploads = 0;
        for frame in 0..5 {
            kept.get(&roads, frame, |name| {
                uploads += 1;
                name.len()
            });
            if frame == 0 {
                kept.get(&areas, frame, |name| name.len());
            }
            kept.forget_before(frame.saturating_sub(FRAMES_KEPT));
        }
        assert_eq!((uploads, kept.things.len(), Arc::strong_count(&areas)), (1, 1, 1));
    }
}
