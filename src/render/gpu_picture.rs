//! A layer's picture on the graphics card.
//!
//! Floor 4.

use std::ops::Range;

use eframe::wgpu::{self, util::DeviceExt as _};

use super::pipelines::Pipelines;
use super::style_table::{StyleMeasures, StyleTable, TABLE_WIDTH};
use crate::tessellate::{
    FillMesh, FillVertex, LayerPicture, MarkerInstance, MarkerSet, StrokeMesh, StrokeNode,
};

/// Buffers and style table of one picture. A mesh is in as many pieces as the device's largest buffer makes necessary;
/// without content it has none.
pub(super) struct GpuPicture {
    pub style: wgpu::BindGroup,
    pub measures: StyleMeasures,
    pub fills: Vec<FillPiece>,
    pub strokes: Vec<Piece>,
    pub markers: Vec<Piece>,
}

/// Some nodes of the strokes, or some markers.
pub(super) struct Piece {
    /// Their place in the mesh.
    pub range: Range<u32>,
    /// Of nodes one more before and two more behind.
    pub buffer: wgpu::Buffer,
}

/// Some triangles.
pub(super) struct FillPiece {
    /// The place of their indices in the mesh.
    pub range: Range<u32>,
    pub indices: wgpu::Buffer,
    pub vertices: wgpu::Buffer,
    /// The place in the mesh of the first vertex.
    pub first_vertex: u32,
}

impl GpuPicture {
    pub fn upload(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &Pipelines,
        picture: &LayerPicture,
    ) -> Self {
        let table = StyleTable::new(&picture.symbols);
        let largest = device.limits().max_buffer_size;
        Self {
            style: style_bind_group(device, queue, pipelines, &table),
            measures: table.measures,
            fills: fill_pieces(device, &picture.fills, largest),
            strokes: match picture.stroke_bins.is_empty() {
                true => stroke_pieces(device, &picture.strokes, largest),
                // The processor draws them.
                false => Vec::new(),
            },
            markers: marker_pieces(device, &picture.markers, largest),
        }
    }
}

/// The places `0..count` in pieces of which each fits into `largest` bytes, at whole multiples of `unit`.
fn pieces(
    count: usize,
    element_bytes: usize,
    unit: usize,
    largest: u64,
) -> impl Iterator<Item = Range<usize>> {
    let most = usize::try_from(largest / element_bytes as u64).unwrap_or(usize::MAX).min(u32::MAX as usize);
    let step = (most / unit).max(1) * unit;
    (0..count).step_by(step).map(move |start| start..(start + step).min(count))
}

fn places(range: &Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

fn fill_pieces(device: &wgpu::Device, mesh: &FillMesh, largest: u64) -> Vec<FillPiece> {
    // A vertex takes more than an index, and there are no more of them.
    let ranges = pieces(mesh.indices.len(), size_of::<FillVertex>(), 3, largest);
    let piece = |range: Range<usize>| {
        let indices = &mesh.indices[range.clone()];
        let (first, last) = (*indices.iter().min()?, *indices.iter().max()?);
        let vertices = &mesh.vertices[first as usize..=last as usize];
        Some(FillPiece {
            range: places(&range),
            indices: buffer(device, "fill indices", bytemuck::cast_slice(indices), wgpu::BufferUsages::INDEX),
            vertices: vertex_buffer(device, "fill vertices", bytemuck::cast_slice(vertices)),
            first_vertex: first,
        })
    };
    ranges.filter_map(piece).collect()
}

fn stroke_pieces(device: &wgpu::Device, mesh: &StrokeMesh, largest: u64) -> Vec<Piece> {
    const BEFORE: usize = 1;
    const BEHIND: usize = 2;
    let around = (BEFORE + BEHIND) * size_of::<StrokeNode>();
    // Padding stands at both ends of the mesh.
    let count = mesh.nodes.len().saturating_sub(BEFORE + BEHIND);
    let ranges = pieces(count, size_of::<StrokeNode>(), 1, largest - around as u64);
    let piece = |range: Range<usize>| {
        let nodes = &mesh.nodes[range.start..range.end + BEFORE + BEHIND];
        let buffer = vertex_buffer(device, "stroke nodes", bytemuck::cast_slice(nodes));
        Piece { range: range.start as u32 + BEFORE as u32..(range.end + BEFORE) as u32, buffer }
    };
    ranges.map(piece).collect()
}

fn marker_pieces(device: &wgpu::Device, set: &MarkerSet, largest: u64) -> Vec<Piece> {
    let piece = |range: Range<usize>| {
        let instances = bytemuck::cast_slice(&set.instances[range.clone()]);
        Piece { range: places(&range), buffer: vertex_buffer(device, "markers", instances) }
    };
    pieces(set.instances.len(), size_of::<MarkerInstance>(), 1, largest).map(piece).collect()
}

fn vertex_buffer(device: &wgpu::Device, label: &str, contents: &[u8]) -> wgpu::Buffer {
    buffer(device, label, contents, wgpu::BufferUsages::VERTEX)
}

fn buffer(device: &wgpu::Device, label: &str, contents: &[u8], usage: wgpu::BufferUsages) -> wgpu::Buffer {
    device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: Some(label), contents, usage })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mesh_larger_than_a_buffer_is_in_pieces_that_fit_and_leave_nothing_out() {
        let ranges: Vec<_> = pieces(100, 12, 3, 240).collect();
        assert_eq!(ranges.first(), Some(&(0..18)));
        assert!(ranges.iter().all(|range| range.len() * 12 <= 240 && range.start % 3 == 0));
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(ranges.last().map(|range| range.end), Some(100));
        assert_eq!(pieces(0, 12, 3, 240).count(), 0);
    }
}
