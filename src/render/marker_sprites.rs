//! The markers of a picture's symbols as pixels: drawn once by the same shader that draws them as instances.
//!
//! Floor 4. Waits for the adapter: meant for software adapters, where that is a matter of a millisecond.

use std::time::Duration;

use eframe::wgpu::{self, util::DeviceExt as _};

use super::draw_list::{DrawCall, DrawUniforms, Drawn};
use super::gpu_picture::GpuPicture;
use super::scene_renderer::uniform_bind_group;
use super::tile_canvas::CanvasPainter;
use crate::symbology::Symbol;
use crate::tessellate::{MarkerInstance, MarkerSprite};

/// The sheet is about as wide as this, in pixels.
const SHEET_PX: u32 = 4096;

/// A driver that has not finished by then never will.
const WAIT: Duration = Duration::from_secs(10);

const PIXEL_BYTES: u32 = 4;

/// A sheet with a square for each symbol.
#[derive(Clone, Copy)]
struct Sheet {
    /// The side of a square.
    cell: u32,
    columns: u32,
    width: u32,
    height: u32,
}

/// The sprite of each symbol, by number; `None` for one without a marker, and for all where the adapter fails.
pub(super) fn marker_sprites(
    painter: CanvasPainter<'_>,
    symbols: &[Symbol],
    on_card: &GpuPicture,
    px_per_point: f32,
    opacity: f32,
) -> Vec<Option<MarkerSprite>> {
    let sheet = Sheet::new(symbols.len() as u32, on_card.measures.reach_points * px_per_point);
    let half_pixels: Vec<f32> = symbols.iter().map(|symbol| half_pixel(symbol, px_per_point)).collect();
    let uniforms = DrawUniforms {
        target_px: [sheet.width as f32, sheet.height as f32],
        px_per_world: 1.0,
        px_per_point,
        opacity,
        symbol_texels: on_card.measures.symbol_texels,
        ..DrawUniforms::default()
    };
    let instances: Vec<MarkerInstance> =
        half_pixels.iter().zip(0..).map(|(&half, symbol)| sheet.instance(symbol, half)).collect();
    let Some(pixels) = drawn(painter, on_card, sheet, uniforms, &instances) else {
        return vec![None; symbols.len()];
    };
    let cut_out = |(number, &half): (usize, &f32)| {
        let (side, center) = (sheet.cell as usize, sheet.cell as usize / 2);
        MarkerSprite::cut_out(&sheet.cell_of(number as u32, &pixels), side, center, f64::from(half))
    };
    half_pixels.iter().enumerate().map(cut_out).collect()
}

/// What each symbol's areas and lines become where they are smaller than a pixel: a square as wide as the line.
/// `blue_first` where the target's bytes are in that order.
pub(super) fn speck_sprites(
    symbols: &[Symbol],
    px_per_point: f32,
    opacity: f32,
    blue_first: bool,
) -> Vec<Option<MarkerSprite>> {
    let sprite = |symbol: &Symbol| {
        let line = symbol.strokes.last().map(|stroke| (stroke.color, stroke.width_points));
        let (color, width_points) = line.or_else(|| Some((symbol.fill?.color, 1.0)))?;
        let side = ((width_points * px_per_point).round() as usize).max(1);
        let alpha = f32::from(color.a) / 255.0 * opacity;
        let premultiplied = |channel: u8| (f32::from(channel) * alpha).round() as u8;
        let (first, third) = if blue_first { (color.b, color.r) } else { (color.r, color.b) };
        let pixel = [first, color.g, third, 255].map(premultiplied);
        MarkerSprite::cut_out(&vec![pixel; side * side], side, side / 2, side as f64 * 0.5 % 1.0)
    };
    symbols.iter().map(sprite).collect()
}

/// Where in its pixel the position of a marker lies, as the shader snaps it.
fn half_pixel(symbol: &Symbol, px_per_point: f32) -> f32 {
    let size = symbol.marker.map_or(0.0, |marker| marker.size_points);
    ((size * px_per_point).round() * 0.5).fract()
}

impl Sheet {
    fn new(count: u32, reach_px: f32) -> Self {
        let cell = 2 * reach_px.ceil() as u32 + 4;
        let columns = (SHEET_PX / cell).clamp(1, count.max(1));
        // Rows of a buffer begin at multiples of 256 bytes.
        let width = (columns * cell).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT / PIXEL_BYTES);
        Self { cell, columns, width, height: count.div_ceil(columns).max(1) * cell }
    }

    fn left_top(self, number: u32) -> [u32; 2] {
        [number % self.columns * self.cell, number / self.columns * self.cell]
    }

    /// The marker in the middle of its square.
    fn instance(self, number: u32, half_pixel: f32) -> MarkerInstance {
        let middle = |side: u32| (side + self.cell / 2) as f32 + half_pixel;
        MarkerInstance { offset: self.left_top(number).map(middle), symbol: number }
    }

    fn cell_of(self, number: u32, pixels: &[[u8; 4]]) -> Vec<[u8; 4]> {
        let [left, top] = self.left_top(number).map(|side| side as usize);
        let lines = pixels.chunks_exact(self.width as usize).skip(top).take(self.cell as usize);
        lines.flat_map(|line| line[left..left + self.cell as usize].iter().copied()).collect()
    }
}

/// The sheet's pixels; `None` where the adapter fails.
fn drawn(
    CanvasPainter { device, queue, pipelines, .. }: CanvasPainter<'_>,
    on_card: &GpuPicture,
    sheet: Sheet,
    uniforms: DrawUniforms,
    instances: &[MarkerInstance],
) -> Option<Vec<[u8; 4]>> {
    let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("marker sprites"),
        size: wgpu::Extent3d { width: sheet.width, height: sheet.height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: pipelines.target,
        usage,
        view_formats: &[],
    });
    let buffer = device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
        label: Some("marker sprites"),
        contents: bytemuck::cast_slice(instances),
        usage: wgpu::BufferUsages::VERTEX,
    });
    let call = DrawCall { item: 0, what: Drawn::Markers(0..instances.len() as u32), uniforms };
    let uniforms = uniform_bind_group(device, pipelines, &[call]);
    let mut encoder =
        device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("marker sprites") });
    {
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let load = wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT);
        let attachment = wgpu::RenderPassColorAttachment {
            view: &view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
        };
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("marker sprites"),
            color_attachments: &[Some(attachment)],
            ..wgpu::RenderPassDescriptor::default()
        });
        pass.set_pipeline(&pipelines.marker);
        pass.set_bind_group(0, &uniforms, &[0]);
        pass.set_bind_group(1, &on_card.style, &[]);
        pass.set_vertex_buffer(0, buffer.slice(..));
        pass.draw(0..4, 0..instances.len() as u32);
    }
    read_back(device, queue, encoder, &texture, sheet)
}

fn read_back(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    mut encoder: wgpu::CommandEncoder,
    texture: &wgpu::Texture,
    sheet: Sheet,
) -> Option<Vec<[u8; 4]>> {
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("marker sprites"),
        size: u64::from(sheet.width * sheet.height * PIXEL_BYTES),
        usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    let layout = wgpu::TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(sheet.width * PIXEL_BYTES),
        rows_per_image: None,
    };
    let to = wgpu::TexelCopyBufferInfo { buffer: &buffer, layout };
    encoder.copy_texture_to_buffer(texture.as_image_copy(), to, texture.size());
    queue.submit([encoder.finish()]);
    let slice = buffer.slice(..);
    slice.map_async(wgpu::MapMode::Read, |_| ());
    device.poll(wgpu::PollType::Wait { submission_index: None, timeout: Some(WAIT) }).ok()?;
    let mapped = slice.get_mapped_range().ok()?;
    Some(mapped.as_chunks::<4>().0.to_vec())
}
