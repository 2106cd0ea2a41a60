//! The graphics adapter: which one, and a device on it without a window.
//!
//! Floor 4.

use eframe::egui_wgpu::RenderState;
use eframe::wgpu;

use crate::tessellate::DrawnBy;

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// No graphics adapter at all.
    #[error(
        "no graphics adapter was found; `sudo apt install mesa-vulkan-drivers` brings one that needs no graphics card"
    )]
    NoAdapter {
        /// What the system said.
        source: wgpu::RequestAdapterError,
    },
    /// There is an adapter, but it gives no device.
    #[error("the graphics adapter {adapter:?} cannot be used")]
    NoDevice {
        /// Its name.
        adapter: String,
        /// What the driver said.
        source: wgpu::RequestDeviceError,
    },
    /// Nothing to draw on.
    #[error("a picture of {width} × {height} pixels cannot be drawn")]
    Size {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// There was a device, or there should have been one, and it is gone.
    #[error("there is no graphics adapter any more")]
    Lost,
    /// The finished picture did not come back from the graphics card.
    #[error("the picture could not be read back from the graphics card: {reason}")]
    ReadBack {
        /// What the driver said.
        reason: String,
    },
}

/// Which adapter to draw on without a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AdapterChoice {
    /// A graphics card where there is one, otherwise the processor.
    #[default]
    Best,
    /// The processor, where a driver for it is installed; otherwise as [`AdapterChoice::Best`]. For pictures that must
    /// be the same on every machine.
    Software,
}

/// How the map is drawn, as the command line says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RendererChoice {
    /// As fits the adapter.
    #[default]
    Auto,
    /// As fits a graphics card, whatever the adapter is.
    Gpu,
    /// As fits a software adapter; where there is a choice of adapters, on one.
    Software,
}

impl RendererChoice {
    /// The adapter to look for.
    pub fn adapter(self) -> AdapterChoice {
        match self {
            Self::Auto | Self::Gpu => AdapterChoice::Best,
            Self::Software => AdapterChoice::Software,
        }
    }

    /// Who draws the points and lines of large layers on this adapter.
    pub fn drawn_by(self, adapter: &AdapterSummary) -> DrawnBy {
        let on_processor = match self {
            Self::Auto => adapter.software,
            Self::Gpu => false,
            Self::Software => true,
        };
        if on_processor { DrawnBy::Processor } else { DrawnBy::Card }
    }
}

/// What is known of an adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterSummary {
    /// As its driver calls it.
    pub name: String,
    /// Whether the processor does the drawing.
    pub software: bool,
}

impl AdapterSummary {
    /// Of the adapter that a window is drawn on.
    pub fn of_window(render_state: &RenderState) -> Self {
        Self::new(&render_state.adapter.get_info())
    }

    fn new(info: &wgpu::AdapterInfo) -> Self {
        Self { name: info.name.clone(), software: info.device_type == wgpu::DeviceType::Cpu }
    }
}

/// A device for drawing without a window.
pub struct OffscreenDevice {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) instance: wgpu::Instance,
    pub(super) wgpu_adapter: wgpu::Adapter,
    adapter: AdapterSummary,
}

impl OffscreenDevice {
    /// Opens a device. Takes a tenth of a second or more.
    pub fn open(choice: AdapterChoice) -> Result<Self, RenderError> {
        let (instance, adapter) = find_adapter(choice)?;
        let summary = AdapterSummary::new(&adapter.get_info());
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("off-screen"),
            required_limits: adapter.limits(),
            ..wgpu::DeviceDescriptor::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|source| RenderError::NoDevice { adapter: summary.name.clone(), source })?;
        Ok(Self { device, queue, instance, wgpu_adapter: adapter, adapter: summary })
    }

    /// The adapter it runs on.
    pub fn adapter(&self) -> &AdapterSummary {
        &self.adapter
    }
}

/// The native interfaces first: asking OpenGL for a device wakes drivers that talk to a display that is not there.
fn find_adapter(choice: AdapterChoice) -> Result<(wgpu::Instance, wgpu::Adapter), RenderError> {
    let descriptor = wgpu::InstanceDescriptor::new_without_display_handle_from_env;
    let backends = descriptor().backends;
    let native = backends & wgpu::Backends::PRIMARY;
    let mut failure = None;
    for backends in [native, backends] {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor { backends, ..descriptor() });
        match pollster::block_on(request_adapter(&instance, choice)) {
            Ok(adapter) => return Ok((instance, adapter)),
            Err(source) => failure = Some(source),
        }
    }
    Err(RenderError::NoAdapter { source: failure.expect("two instances were asked") })
}

async fn request_adapter(
    instance: &wgpu::Instance,
    choice: AdapterChoice,
) -> Result<wgpu::Adapter, wgpu::RequestAdapterError> {
    let best = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        ..wgpu::RequestAdapterOptions::default()
    };
    if choice == AdapterChoice::Software {
        let software = wgpu::RequestAdapterOptions { force_fallback_adapter: true, ..best.clone() };
        if let Ok(adapter) = instance.request_adapter(&software).await {
            return Ok(adapter);
        }
    }
    instance.request_adapter(&best).await
}
