//! The map drawn without a window, through the same view as the window's.
//!
//! Floor 6.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use eframe::egui::{self, Frame, Pos2, RawInput, Rect};

use crate::map_view::{Basemaps, Heading, LabelCount, MapView, install_fonts, install_painters};
use crate::render::{OffscreenDevice, OffscreenTarget, Pixels, RenderError, RendererChoice};
use crate::session::{Command, Request, Session};
use crate::tessellate::DrawnBy;

/// Tiles are waited for at most so long; what is missing then is told.
const TILE_PATIENCE: Duration = Duration::from_secs(30);
/// Furniture finds its size in the first pass and its place in the second; the labels keep off it in the third.
const SETTLING_PASSES: usize = 3;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The painter failed.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Draws pictures of a session.
pub struct PictureMaker {
    ctx: egui::Context,
    map: MapView,
    /// Tiles under the overlays.
    pub basemaps: Basemaps,
    /// Over the map; none where its title is empty.
    pub heading: Heading,
    /// The labels of the last frame.
    pub labels: LabelCount,
    /// Tiles of the base map that the last finished picture lacks.
    pub missing_tiles: usize,
    target: Target,
    device_ready_at: Option<Instant>,
    renderer: RendererChoice,
    pixels_per_point: f32,
    passes: u32,
}

/// What is drawn on.
enum Target {
    /// On a thread of its own: a driver takes a tenth of a second or more, in which a file can be read.
    Opening(JoinHandle<Result<(OffscreenTarget, Instant), RenderError>>),
    Open(OffscreenTarget),
    /// Said already why.
    Failed,
}

impl PictureMaker {
    /// Begins to open the graphics device. `pixels_per_point` is the scale of the pictures.
    pub fn new(pixels_per_point: f32, offline: bool, renderer: RendererChoice) -> Self {
        let target = Target::Opening(std::thread::spawn(move || open_target(renderer)));
        let ctx = egui::Context::default();
        install_fonts(&ctx);
        let basemaps = Basemaps::for_picture(&ctx, offline);
        let (map, heading, labels) = (MapView::default(), Heading::default(), LabelCount::default());
        Self {
            ctx,
            map,
            basemaps,
            heading,
            labels,
            missing_tiles: 0,
            target,
            device_ready_at: None,
            renderer,
            pixels_per_point,
            passes: 0,
        }
    }

    /// Waits until the graphics device is open, and tells who draws the points and lines of large layers on it: for the session.
    pub fn drawn_by(&mut self) -> Result<DrawnBy, PictureError> {
        let renderer = self.renderer;
        Ok(renderer.drawn_by(self.target()?.adapter()))
    }

    /// When the graphics device was ready; `None` before somebody has waited for it.
    pub fn device_ready_at(&self) -> Option<Instant> {
        self.device_ready_at
    }

    fn target(&mut self) -> Result<&mut OffscreenTarget, PictureError> {
        if let Target::Opening(_) = self.target
            && let Target::Opening(opening) = std::mem::replace(&mut self.target, Target::Failed)
        {
            let opened = opening.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let (target, ready_at) = opened?;
            self.device_ready_at = Some(ready_at);
            self.target = Target::Open(target);
        }
        match &mut self.target {
            Target::Open(target) => Ok(target),
            _ => Err(RenderError::Lost.into()),
        }
    }

    /// Draws overlays on nothing.
    pub fn leave_ground_out(&mut self) {
        self.basemaps.leave_ground_out();
    }

    /// The finished picture of the session's view: layers drawn, tiles there, furniture in its place.
    pub fn picture(&mut self, session: &mut Session) -> Result<Pixels, PictureError> {
        session.settle();
        let tiles_by = Instant::now() + TILE_PATIENCE;
        for _ in 0..SETTLING_PASSES {
            let output = self.pass(session);
            self.target()?.skip(output);
            let patience = tiles_by.saturating_duration_since(Instant::now());
            self.missing_tiles = self.basemaps.wait_until_settled(patience);
            session.settle();
        }
        self.frame(session)
    }

    /// One frame as it stands now, read back.
    pub fn frame(&mut self, session: &mut Session) -> Result<Pixels, PictureError> {
        session.tick();
        let output = self.pass(session);
        let (ctx, size_px) = (self.ctx.clone(), self.size_px(session));
        Ok(self.target()?.render(&ctx, output, size_px)?)
    }

    /// One frame as it stands now, drawn to its end and left on the adapter: what a window would spend.
    pub fn draw_frame(&mut self, session: &mut Session) -> Result<(), PictureError> {
        let output = self.pass(session);
        let (ctx, size_px) = (self.ctx.clone(), self.size_px(session));
        Ok(self.target()?.draw_only(&ctx, output, size_px)?)
    }

    fn size_px(&self, session: &Session) -> [u32; 2] {
        session.viewport().size_points.map(|side| (side * self.pixels_per_point).round() as u32)
    }

    fn pass(&mut self, session: &mut Session) -> egui::FullOutput {
        let [width, height] = session.viewport().size_points;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, egui::vec2(width, height))),
            time: Some(f64::from(self.passes)),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(self.pixels_per_point);
        }
        self.passes += 1;
        let mut commands = Vec::new();
        let Self { ctx, map, basemaps, heading, labels, .. } = self;
        let output = ctx.run_ui(input, |ui| {
            egui::CentralPanel::no_frame().frame(Frame::NONE).show(ui, |ui| {
                *labels = map.ui(ui, session, basemaps, Some(&*heading), &mut commands).labels;
            });
        });
        for command in commands {
            if let Some(Request::MoveCamera(viewport)) = session.apply(command) {
                session.apply(Command::SetViewport(viewport));
            }
        }
        output
    }
}

/// The device, with everything on it that the map is painted with.
fn open_target(renderer: RendererChoice) -> Result<(OffscreenTarget, Instant), RenderError> {
    let device = OffscreenDevice::open(renderer.adapter())?;
    let target = OffscreenTarget::new(Arc::new(device));
    install_painters(target.render_state());
    Ok((target, Instant::now()))
}
