//! A layer's picture on the graphics card.
//!
//! Floor 4.

use eframe::wgpu::{self, util::DeviceExt as _};

use super::pipelines::Pipelines;
use super::style_table::{StyleMeasures, StyleTable, TABLE_WIDTH};
use crate::tessellate::LayerPicture;

/// Buffers and style table of one picture. Meshes without content have no buffer.
pub(super) struct GpuPicture {
    pub style: wgpu::BindGroup,
    pub measures: StyleMeasures,
    pub fill_vertices: Option<wgpu::Buffer>,
    pub fill_indices: Option<wgpu::Buffer>,
    pub stroke_nodes: Option<wgpu::Buffer>,
    pub markers: Option<wgpu::Buffer>,
}

impl GpuPicture {
    pub fn upload(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &Pipelines,
        picture: &LayerPicture,
    ) -> Self {
        let table = StyleTable::new(&picture.symbols);
        let strokes = if picture.strokes.blocks.is_empty() { &[] } else { picture.strokes.nodes.as_slice() };
        let vertex = wgpu::BufferUsages::VERTEX;
        Self {
            style: style_bind_group(device, queue, pipelines, &table),
            measures: table.measures,
            fill_vertices: buffer(
                device,
                "fill vertices",
                bytemuck::cast_slice(&picture.fills.vertices),
                vertex,
            ),
            fill_indices: buffer(
                device,
                "fill indices",
                bytemuck::cast_slice(&picture.fills.indices),
                wgpu::BufferUsages::INDEX,
            ),
            stroke_nodes: buffer(device, "stroke nodes", bytemuck::cast_slice(strokes), vertex),
            markers: buffer(device, "markers", bytemuck::cast_slice(&picture.markers.instances), vertex),
        }
    }
}

fn buffer(
    device: &wgpu::Device,
    label: &str,
    contents: &[u8],
    usage: wgpu::BufferUsages,
) -> Option<wgpu::Buffer> {
    let descriptor = wgpu::util::BufferInitDescriptor { label: Some(label), contents, usage };
    // What no buffer of this device can hold is not drawn: asking for it would end the program.
    let fits = contents.len() as u64 <= device.limits().max_buffer_size;
    (fits && !contents.is_empty()).then(|| device.create_buffer_init(&descriptor))
}

fn style_bind_group(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    pipelines: &Pipelines,
    table: &StyleTable,
) -> wgpu::BindGroup {
    let descriptor = wgpu::TextureDescriptor {
        label: Some("style table"),
        size: wgpu::Extent3d { width: TABLE_WIDTH, height: table.rows(), depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba32Float,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    };
    let order = wgpu::util::TextureDataOrder::LayerMajor;
    let texels = bytemuck::cast_slice(&table.texels);
    let texture = device.create_texture_with_data(queue, &descriptor, order, texels);
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("style table"),
        layout: &pipelines.style_layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::TextureView(
                &texture.create_view(&wgpu::TextureViewDescriptor::default()),
            ),
        }],
    })
}
