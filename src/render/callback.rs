//! Lets egui draw a scene between its own shapes.
//!
//! Floor 4.

use std::sync::atomic::{AtomicU64, Ordering};

use eframe::egui::{self, PaintCallbackInfo};
use eframe::egui_wgpu::{Callback, CallbackResources, CallbackTrait, ScreenDescriptor};
use eframe::wgpu;

use super::scene::Scene;
use super::scene_renderer::SceneRenderer;

/// A scene and where it goes. Draws nothing where [`super::install`] has not been called.
pub struct SceneCallback {
    id: u64,
    rect: egui::Rect,
    scene: Scene,
}

impl SceneCallback {
    /// The shape that draws the scene into `rect`: `painter.add(SceneCallback::shape(rect, scene))`.
    ///
    /// The rectangle must be as large as the scene's viewport.
    pub fn shape(rect: egui::Rect, scene: Scene) -> egui::Shape {
        // Only tells the callbacks of one frame apart.
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        egui::Shape::Callback(Callback::new_paint_callback(rect, Self { id, rect, scene }))
    }
}

impl CallbackTrait for SceneCallback {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        if let Some(renderer) = resources.get_mut::<SceneRenderer>() {
            let map_px = [self.rect.min.x, self.rect.min.y].map(|side| side * screen.pixels_per_point);
            renderer.prepare(device, queue, screen, (self.id, &self.scene, map_px));
        }
        Vec::new()
    }

    fn finish_prepare(
        &self,
        _device: &wgpu::Device,
        _queue: &wgpu::Queue,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        if let Some(renderer) = resources.get_mut::<SceneRenderer>() {
            renderer.end_preparation();
        }
        Vec::new()
    }

    fn paint(
        &self,
        info: PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(renderer) = resources.get::<SceneRenderer>() {
            renderer.paint(self.id, &info, pass);
        }
    }
}
