//! The only wgpu: pipelines, buffers, the off-screen target.
//!
//! Floor 4. In the window: [`install`] once, then a [`SceneCallback`] a frame. Without one: [`OffscreenTarget`].

mod callback;
mod device;
mod draw_list;
mod frame;
mod gpu_image;
mod gpu_picture;
mod marker_sprites;
mod offscreen;
mod pipelines;
mod scene;
mod scene_renderer;
mod style_table;
mod tile_canvas;
mod warm_up;

pub use callback::SceneCallback;
pub use device::{AdapterChoice, AdapterSummary, OffscreenDevice, RenderError, RendererChoice};
pub use eframe::egui_wgpu::RenderState;
pub use offscreen::{OffscreenTarget, Pixels};
pub use scene::{ReliefImage, Scene, SceneItem};
pub use scene_renderer::{SceneRenderer, install, install_beside};
