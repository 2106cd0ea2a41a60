//! The seven pipelines: background, relief, images, fills, strokes, markers, tiles that the processor draws.
//!
//! Floor 4.

use eframe::wgpu;

use super::draw_list::DrawUniforms;

/// As egui blends: colours are premultiplied, and what it draws beside us must look the same.
const OVER: wgpu::BlendState = wgpu::BlendState {
    color: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::One,
        dst_factor: wgpu::BlendFactor::OneMinusSrcAlpha,
        operation: wgpu::BlendOperation::Add,
    },
    alpha: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::OneMinusDstAlpha,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Add,
    },
};

/// The colour below times ours; its alpha stays.
const MULTIPLY: wgpu::BlendState = wgpu::BlendState {
    color: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::Dst,
        dst_factor: wgpu::BlendFactor::Zero,
        operation: wgpu::BlendOperation::Add,
    },
    alpha: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::Zero,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Add,
    },
};

const COMMON: &str = include_str!("shaders/common.wgsl");
const STRETCHED: &str = include_str!("shaders/stretched.wgsl");
const STYLE: &str = include_str!("shaders/style.wgsl");

/// Everything that is made once per device.
pub(super) struct Pipelines {
    pub background: wgpu::RenderPipeline,
    pub relief: wgpu::RenderPipeline,
    pub image: wgpu::RenderPipeline,
    pub fill: wgpu::RenderPipeline,
    pub stroke: wgpu::RenderPipeline,
    pub marker: wgpu::RenderPipeline,
    pub canvas_tile: wgpu::RenderPipeline,
    /// The format of what is drawn on.
    pub target: wgpu::TextureFormat,
    pub draw_layout: wgpu::BindGroupLayout,
    pub style_layout: wgpu::BindGroupLayout,
    pub image_layout: wgpu::BindGroupLayout,
    pub tile_layout: wgpu::BindGroupLayout,
    pub linear_sampler: wgpu::Sampler,
}

impl Pipelines {
    pub fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let draw_layout = layout(device, "draw", &[draw_entry()]);
        let style_layout = layout(device, "style", &[texture_entry(wgpu::ShaderStages::VERTEX, false)]);
        let image_layout =
            layout(device, "image", &[texture_entry(wgpu::ShaderStages::FRAGMENT, true), sampler_entry()]);
        let tile_layout =
            layout(device, "canvas tile", &[texture_entry(wgpu::ShaderStages::VERTEX_FRAGMENT, true)]);
        let maker = PipelineMaker { device, target, draw_layout: &draw_layout };
        let strip = wgpu::PrimitiveTopology::TriangleStrip;
        let list = wgpu::PrimitiveTopology::TriangleList;
        let background = [COMMON, include_str!("shaders/background.wgsl")].concat();
        let relief = [COMMON, STRETCHED, include_str!("shaders/relief.wgsl")].concat();
        let image = [COMMON, STRETCHED, include_str!("shaders/image.wgsl")].concat();
        let fill = [COMMON, STYLE, include_str!("shaders/fill.wgsl")].concat();
        let stroke = [COMMON, STYLE, include_str!("shaders/stroke.wgsl")].concat();
        let marker = [COMMON, STYLE, include_str!("shaders/marker.wgsl")].concat();
        let tile = [COMMON, include_str!("shaders/canvas_tile.wgsl")].concat();
        let styled = Some(&style_layout);
        Self {
            background: maker.make("background", &background, None, &[], list, None),
            relief: maker.make("relief", &relief, Some(&image_layout), &[], strip, Some(MULTIPLY)),
            image: maker.make("image", &image, Some(&image_layout), &[], strip, Some(OVER)),
            fill: maker.make("fill", &fill, styled, &[Some(FILL_VERTEX)], list, Some(OVER)),
            stroke: maker.make("stroke", &stroke, styled, &STROKE_NODES.map(Some), strip, Some(OVER)),
            marker: maker.make("marker", &marker, styled, &[Some(MARKER)], strip, Some(OVER)),
            canvas_tile: maker.make("canvas tile", &tile, Some(&tile_layout), &[], strip, Some(OVER)),
            target,
            linear_sampler: device.create_sampler(&wgpu::SamplerDescriptor {
                label: Some("relief"),
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                ..wgpu::SamplerDescriptor::default()
            }),
            draw_layout,
            style_layout,
            image_layout,
            tile_layout,
        }
    }
}

const FILL_VERTEX: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: 12,
    step_mode: wgpu::VertexStepMode::Vertex,
    attributes: &wgpu::vertex_attr_array![0 => Float32x2, 1 => Uint32],
};

/// The same buffer four times, each a node later: before, begin, end and after of a segment.
const STROKE_NODES: [wgpu::VertexBufferLayout<'_>; 4] = [
    node_layout(&wgpu::vertex_attr_array![0 => Float32x2]),
    node_layout(&wgpu::vertex_attr_array![1 => Float32x2, 2 => Float32, 3 => Uint32]),
    node_layout(&[
        wgpu::VertexAttribute { format: wgpu::VertexFormat::Float32x2, offset: 0, shader_location: 4 },
        wgpu::VertexAttribute { format: wgpu::VertexFormat::Uint32, offset: 12, shader_location: 5 },
    ]),
    node_layout(&wgpu::vertex_attr_array![6 => Float32x2]),
];

const MARKER: wgpu::VertexBufferLayout<'_> = wgpu::VertexBufferLayout {
    array_stride: 12,
    step_mode: wgpu::VertexStepMode::Instance,
    attributes: &wgpu::vertex_attr_array![0 => Float32x2, 1 => Uint32],
};

const fn node_layout(attributes: &[wgpu::VertexAttribute]) -> wgpu::VertexBufferLayout<'_> {
    wgpu::VertexBufferLayout { array_stride: 16, step_mode: wgpu::VertexStepMode::Instance, attributes }
}

fn layout(
    device: &wgpu::Device,
    label: &str,
    entries: &[wgpu::BindGroupLayoutEntry],
) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
}

fn draw_entry() -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding: 0,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: true,
            min_binding_size: std::num::NonZeroU64::new(size_of::<DrawUniforms>() as u64),
        },
        count: None,
    }
}

fn texture_entry(visibility: wgpu::ShaderStages, filterable: bool) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding: 0,
        visibility,
        ty: wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        count: None,
    }
}

fn sampler_entry() -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding: 1,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
        count: None,
    }
}

struct PipelineMaker<'a> {
    device: &'a wgpu::Device,
    target: wgpu::TextureFormat,
    draw_layout: &'a wgpu::BindGroupLayout,
}

impl PipelineMaker<'_> {
    fn make(
        &self,
        label: &str,
        source: &str,
        own_layout: Option<&wgpu::BindGroupLayout>,
        buffers: &[Option<wgpu::VertexBufferLayout<'_>>],
        topology: wgpu::PrimitiveTopology,
        blend: Option<wgpu::BlendState>,
    ) -> wgpu::RenderPipeline {
        let source = format!("const LINEAR_TARGET = {};\n{source}", self.target.is_srgb());
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(label),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let layouts: Vec<_> = [Some(self.draw_layout), own_layout].into_iter().flatten().map(Some).collect();
        let layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(label),
            bind_group_layouts: &layouts,
            immediate_size: 0,
        });
        self.device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some(label),
            layout: Some(&layout),
            vertex: wgpu::VertexState {
                module: &module,
                entry_point: Some("vertex"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers,
            },
            primitive: wgpu::PrimitiveState { topology, ..wgpu::PrimitiveState::default() },
            depth_stencil: None,
            multisample: wgpu::MultisampleState::default(),
            fragment: Some(wgpu::FragmentState {
                module: &module,
                entry_point: Some("fragment"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(wgpu::ColorTargetState {
                    format: self.target,
                    blend,
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}
