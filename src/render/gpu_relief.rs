//! A relief image on the graphics card.
//!
//! Floor 4.

use eframe::wgpu::{self, util::DeviceExt as _};

use super::pipelines::Pipelines;
use super::scene::ReliefImage;

/// The texture of a relief image.
pub(super) struct GpuRelief {
    pub bind_group: wgpu::BindGroup,
}

impl GpuRelief {
    /// `None` for an image without pixels, with too few for its size, or larger than the card's textures.
    pub fn upload(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipelines: &Pipelines,
        image: &ReliefImage,
    ) -> Option<Self> {
        let largest = device.limits().max_texture_dimension_2d;
        let count = image.width as usize * image.height as usize;
        if count == 0 || image.grey.len() != count || image.width.max(image.height) > largest {
            return None;
        }
        let descriptor = wgpu::TextureDescriptor {
            label: Some("relief"),
            size: wgpu::Extent3d { width: image.width, height: image.height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::R8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        };
        let order = wgpu::util::TextureDataOrder::LayerMajor;
        let texture = device.create_texture_with_data(queue, &descriptor, order, &image.grey);
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("relief"),
            layout: &pipelines.relief_layout,
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
