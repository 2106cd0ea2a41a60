//! An image on the graphics card: the relief, or a coloured one.
//!
//! Floor 4.

use eframe::wgpu::{self, util::DeviceExt as _};

use super::pipelines::Pipelines;
use super::scene::ReliefImage;
use crate::tessellate::MapImage;

/// The texture of an image.
pub(super) struct GpuImage {
    pub bind_group: wgpu::BindGroup,
}

impl GpuImage {
    /// One byte a pixel. `None` for an image without pixels, with too few for its size, or larger than the card's
    /// textures.
    pub fn upload(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &Pipelines,
        image: &ReliefImage,
    ) -> Option<Self> {
        let size = [image.width, image.height];
        Self::new(device, queue, pipelines, (size, wgpu::TextureFormat::R8Unorm, &image.grey))
    }

    /// Four bytes a pixel. `None` as for [`GpuImage::upload`].
    pub fn upload_colored(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &Pipelines,
        image: &MapImage,
    ) -> Option<Self> {
        let size = [image.width, image.height];
        Self::new(device, queue, pipelines, (size, wgpu::TextureFormat::Rgba8Unorm, &image.rgba))
    }

    fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &Pipelines,
        ([width, height], format, bytes): ([u32; 2], wgpu::TextureFormat, &[u8]),
    ) -> Option<Self> {
        let largest = device.limits().max_texture_dimension_2d;
        let pixel_bytes = format.block_copy_size(None)? as usize;
        let count = width as usize * height as usize * pixel_bytes;
        if count == 0 || bytes.len() != count || width.max(height) > largest {
            return None;
        }
        let descriptor = wgpu::TextureDescriptor {
            label: Some("image"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        };
        let order = wgpu::util::TextureDataOrder::LayerMajor;
        let texture = device.create_texture_with_data(queue, &descriptor, order, bytes);
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("image"),
            layout: &pipelines.image_layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::Sampler(&pipelines.linear_sampler),
                },
            ],
        });
        Some(Self { bind_group })
    }
}
