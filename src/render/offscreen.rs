//! Draws egui's output without a window, and reads the picture back.
//!
//! Floor 4. A picture larger than the adapter's textures is drawn in tiles.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui;
use eframe::egui_wgpu::{RenderState, Renderer, RendererOptions, ScreenDescriptor};
use eframe::wgpu;
use egui::epaint::mutex::RwLock;
use egui::epaint::{ClippedPrimitive, Primitive};

use super::device::{AdapterSummary, OffscreenDevice, RenderError};
use super::frame::record_frame;
use super::scene_renderer::{SceneRenderer, install};

/// Colours go in and come out as they are: no conversion from or to linear light.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// A driver that has not finished by then never will.
const WAIT: Duration = Duration::from_secs(60);

/// Tiles are no larger than this, even where the adapter could: they are read back through memory.
const LARGEST_TILE_PX: u32 = 8192;

/// A finished picture: RGBA, rows from the top, 4 bytes a pixel, alpha premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width · height · 4` bytes.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// One pixel; panics outside of the picture.
    pub fn at(&self, x: u32, y: u32) -> [u8; 4] {
        assert!(x < self.width && y < self.height, "no pixel at {x}, {y}");
        let start = (y as usize * self.width as usize + x as usize) * 4;
        [0, 1, 2, 3].map(|channel| self.rgba[start + channel])
    }
}

/// Draws what an egui context put out.
pub struct OffscreenTarget {
    device: Arc<OffscreenDevice>,
    /// As the window has one: whoever draws with callbacks of its own installs itself here.
    state: RenderState,
    tile_px: u32,
    surface: Option<Surface>,
}

/// A texture and the way back from it; kept from frame to frame.
struct Surface {
    size_px: [u32; 2],
    texture: wgpu::Texture,
    buffer: wgpu::Buffer,
    bytes_per_row: u32,
}

impl OffscreenTarget {
    /// A target on the device. Scenes are drawn, too.
    pub fn new(device: Arc<OffscreenDevice>) -> Self {
        let options = RendererOptions { dithering: false, ..RendererOptions::default() };
        let renderer = Renderer::new(&device.device, FORMAT, options);
        let state = RenderState {
            adapter: device.wgpu_adapter.clone(),
            available_adapters: Vec::new(),
            instance: device.instance.clone(),
            device: device.device.clone(),
            queue: device.queue.clone(),
            target_format: FORMAT,
            renderer: Arc::new(RwLock::new(renderer)),
        };
        install(&state);
        let tile_px = device.device.limits().max_texture_dimension_2d.min(LARGEST_TILE_PX);
        Self { device, state, tile_px, surface: None }
    }

    /// The adapter that draws.
    pub fn adapter(&self) -> &AdapterSummary {
        self.device.adapter()
    }

    /// Where other painters install themselves.
    pub fn render_state(&self) -> &RenderState {
        &self.state
    }

    /// The same with smaller tiles, at least 16 pixels wide.
    #[must_use]
    pub fn with_tile_px(self, tile_px: u32) -> Self {
        Self { tile_px: tile_px.clamp(16, self.tile_px), ..self }
    }

    /// Takes the textures over from an output that is not drawn: fonts arrive with the first pass of a context.
    pub fn skip(&mut self, mut output: egui::FullOutput) {
        self.upload_textures(&mut output.textures_delta);
        self.free_textures(&mut output.textures_delta);
    }

    fn upload_textures(&mut self, textures: &mut egui::TexturesDelta) {
        let OffscreenDevice { device, queue, .. } = &*self.device;
        let mut renderer = self.state.renderer.write();
        for (id, images) in textures.set.drain() {
            images.iter().for_each(|image| renderer.update_texture(device, queue, id, image));
        }
    }

    fn free_textures(&mut self, textures: &mut egui::TexturesDelta) {
        let mut renderer = self.state.renderer.write();
        textures.free.drain().for_each(|id| renderer.free_texture(&id));
    }

    /// Draws one frame of the context, `size_px` large, and reads it back.
    pub fn render(
        &mut self,
        ctx: &egui::Context,
        mut output: egui::FullOutput,
        size_px: [u32; 2],
    ) -> Result<Pixels, RenderError> {
        let [width, height] = size_px;
        self.upload_textures(&mut output.textures_delta);
        let bytes =
            (u64::from(width) * u64::from(height)).checked_mul(4).and_then(|b| usize::try_from(b).ok());
        let bytes = bytes.filter(|&bytes| bytes > 0).ok_or(RenderError::Size { width, height })?;
        let px_per_point = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes, px_per_point);
        let mut pixels = Pixels { width, height, rgba: vec![0; bytes] };
        for top in (0..height).step_by(self.tile_px as usize) {
            for left in (0..width).step_by(self.tile_px as usize) {
                let tile = Tile {
                    left,
                    top,
                    size_px: [width - left, height - top].map(|side| side.min(self.tile_px)),
                };
                self.render_tile(&primitives, px_per_point, tile, &mut pixels)?;
            }
        }
        self.free_textures(&mut output.textures_delta);
        Ok(pixels)
    }

    /// Draws one frame of the context, `size_px` large, and waits until the adapter is done with it. Of a frame larger
    /// than the adapter's textures only the first tile.
    pub fn draw_only(
        &mut self,
        ctx: &egui::Context,
        mut output: egui::FullOutput,
        size_px: [u32; 2],
    ) -> Result<(), RenderError> {
        self.upload_textures(&mut output.textures_delta);
        let px_per_point = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes, px_per_point);
        self.draw(&primitives, px_per_point, size_px.map(|side| side.min(self.tile_px)), false);
        self.free_textures(&mut output.textures_delta);
        self.wait()
    }

    fn wait(&self) -> Result<(), RenderError> {
        let wait = wgpu::PollType::Wait { submission_index: None, timeout: Some(WAIT) };
        let waited = self.device.device.poll(wait);
        waited.map(drop).map_err(|error| RenderError::ReadBack { reason: error.to_string() })
    }

    fn render_tile(
        &mut self,
        primitives: &[ClippedPrimitive],
        px_per_point: f32,
        tile: Tile,
        into: &mut Pixels,
    ) -> Result<(), RenderError> {
        let moved;
        let primitives = if tile.left == 0 && tile.top == 0 {
            primitives
        } else {
            moved = moved_primitives(primitives, tile, px_per_point);
            &moved
        };
        if let Some(scenes) = self.state.renderer.write().callback_resources.get_mut::<SceneRenderer>() {
            scenes.tile_px = [tile.left as f32, tile.top as f32];
        }
        self.draw(primitives, px_per_point, tile.size_px, true);
        self.read_back(tile, into)
    }

    fn draw(
        &mut self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size_px: [u32; 2],
        read_back: bool,
    ) {
        let OffscreenDevice { device, queue, .. } = &*self.device;
        let screen = ScreenDescriptor { size_in_pixels: size_px, pixels_per_point };
        if self.surface.as_ref().is_none_or(|surface| surface.size_px != size_px) {
            self.surface = Some(Surface::new(device, size_px));
        }
        let Some(surface) = &self.surface else { return };
        let mut encoder =
            device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("frame") });
        let mut renderer = self.state.renderer.write();
        let mut commands = renderer.update_buffers(device, queue, &mut encoder, primitives, &screen);
        let view = surface.texture.create_view(&wgpu::TextureViewDescriptor::default());
        record_frame(&renderer, &mut encoder, &view, primitives, &screen);
        if read_back {
            surface.copy_to_buffer(&mut encoder);
        }
        commands.push(encoder.finish());
        queue.submit(commands);
    }

    fn read_back(&self, tile: Tile, into: &mut Pixels) -> Result<(), RenderError> {
        let failed = |reason: &dyn std::fmt::Display| RenderError::ReadBack { reason: reason.to_string() };
        let Some(surface) = &self.surface else { return Ok(()) };
        let slice = surface.buffer.slice(..);
        let (sender, receiver) = std::sync::mpsc::channel();
        slice.map_async(wgpu::MapMode::Read, move |result| drop(sender.send(result)));
        self.wait()?;
        receiver.recv().map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
        {
            let mapped = slice.get_mapped_range().map_err(|error| failed(&error))?;
            let rows = mapped.chunks_exact(surface.bytes_per_row as usize);
            let row_bytes = tile.size_px[0] as usize * 4;
            for (row, bytes) in rows.take(tile.size_px[1] as usize).enumerate() {
                let start = ((tile.top as usize + row) * into.width as usize + tile.left as usize) * 4;
                into.rgba[start..start + row_bytes].copy_from_slice(&bytes[..row_bytes]);
            }
        }
        surface.buffer.unmap();
        Ok(())
    }
}

/// A part of the picture, in pixels.
#[derive(Clone, Copy)]
struct Tile {
    left: u32,
    top: u32,
    size_px: [u32; 2],
}

impl Surface {
    fn new(device: &wgpu::Device, size_px: [u32; 2]) -> Self {
        let [width, height] = size_px;
        let bytes_per_row = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("frame"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("read-back"),
            size: u64::from(bytes_per_row) * u64::from(height),
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self { size_px, texture, buffer, bytes_per_row }
    }

    fn copy_to_buffer(&self, encoder: &mut wgpu::CommandEncoder) {
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(self.bytes_per_row),
            rows_per_image: None,
        };
        let to = wgpu::TexelCopyBufferInfo { buffer: &self.buffer, layout };
        encoder.copy_texture_to_buffer(self.texture.as_image_copy(), to, self.texture.size());
    }
}

/// The primitives as they lie on a tile.
fn moved_primitives(primitives: &[ClippedPrimitive], tile: Tile, px_per_point: f32) -> Vec<ClippedPrimitive> {
    let by = -egui::vec2(tile.left as f32, tile.top as f32) / px_per_point;
    let moved = |primitive: &ClippedPrimitive| {
        let mut primitive = primitive.clone();
        primitive.clip_rect = primitive.clip_rect.translate(by);
        match &mut primitive.primitive {
            Primitive::Mesh(mesh) => mesh.translate(by),
            Primitive::Callback(callback) => callback.rect = callback.rect.translate(by),
        }
        primitive
    };
    primitives.iter().map(moved).collect()
}
