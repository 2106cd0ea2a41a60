//! One frame of egui's primitives, recorded for a texture of ours.
//!
//! Floor 4.

use eframe::egui::epaint::ClippedPrimitive;
use eframe::egui_wgpu::{Renderer, ScreenDescriptor};
use eframe::wgpu;

/// Clears the texture and draws the primitives, whose buffers are up to date already.
pub(super) fn record_frame(
    renderer: &Renderer,
    encoder: &mut wgpu::CommandEncoder,
    view: &wgpu::TextureView,
    primitives: &[ClippedPrimitive],
    screen: &ScreenDescriptor,
) {
    let attachment = wgpu::RenderPassColorAttachment {
        view,
        depth_slice: None,
        resolve_target: None,
        ops: wgpu::Operations {
            load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
            store: wgpu::StoreOp::Store,
        },
    };
    let descriptor = wgpu::RenderPassDescriptor {
        label: Some("frame"),
        color_attachments: &[Some(attachment)],
        ..wgpu::RenderPassDescriptor::default()
    };
    let mut pass = encoder.begin_render_pass(&descriptor).forget_lifetime();
    renderer.render(&mut pass, primitives, screen);
}
