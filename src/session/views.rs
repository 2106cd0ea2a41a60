//! The opening view, remembered views and the way to a view.
//!
//! Floor 4.

use serde::{Deserialize, Serialize};

use super::{Command, Request, Session};
use crate::coords::{Extent, LonLat, ScreenPos, Viewport, world_from_lon_lat};

/// What the opening view shows: the rebel-held area with the cities around it.
pub const HOME_EXTENT: Extent = Extent::new(35.72, 34.98, 37.35, 36.52);

/// Points kept free around what the view is fitted to: no symbol at its edge lies under two lines of attribution.
const FIT_MARGIN_POINTS: f32 = 48.0;

/// A view under a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedView {
    /// Its name for people; no two are the same.
    pub name: String,
    /// The middle.
    pub center: LonLat,
    /// Slippy-map zoom.
    pub zoom: f64,
}

impl Session {
    /// Takes over a view that the hand or the map's rectangle gave. One that was moved by hand stays where it is.
    pub(super) fn take_viewport(&mut self, viewport: Viewport) {
        let before = self.viewport;
        self.set_viewport(viewport);
        if viewport.center != before.center || viewport.zoom != before.zoom {
            self.keep_view_while_reading();
        }
    }

    /// Takes over a view. Fitting to another size is taken over, too.
    pub(super) fn set_viewport(&mut self, viewport: Viewport) {
        let resized = viewport.size_points != self.viewport.size_points;
        let moved = viewport.center != self.viewport.center || viewport.zoom != self.viewport.zoom;
        self.viewport = viewport;
        match self.fitted {
            Some(extent) if resized && !moved => self.viewport = self.view_of(extent),
            _ if moved => self.fitted = None,
            _ => {}
        }
    }

    /// The view that shows all of a box.
    pub(super) fn view_of(&self, extent: Extent) -> Viewport {
        let smallest_side = self.viewport.size_points[0].min(self.viewport.size_points[1]);
        let margin = FIT_MARGIN_POINTS.min(smallest_side / 8.0);
        // The opening view has its margin in itself.
        let margin = if extent == HOME_EXTENT { 1.0 } else { margin };
        Viewport::fitting(extent, self.viewport.size_points, margin)
    }

    /// Gives the map another size; a view that was fitted to something stays so.
    pub fn resize(&mut self, size_points: [f32; 2]) {
        self.set_viewport(Viewport { size_points, ..self.viewport });
    }

    /// The layers that are being read will not take the view to themselves.
    pub fn keep_view_while_reading(&mut self) {
        self.fit_when_read.clear();
        self.first_part = None;
        self.set_aside.forget_view();
    }

    /// Goes there at once and stays fitted when the map changes its size.
    pub fn open_view_of(&mut self, extent: Extent) {
        self.viewport = self.view_of(extent);
        self.fitted = Some(extent);
    }

    pub(super) fn camera_to_extent(&self, extent: Extent) -> Request {
        Request::MoveCamera(self.view_of(extent))
    }

    pub(super) fn camera_to(&self, center: LonLat, zoom: f64) -> Request {
        Request::MoveCamera(Viewport::new(center, zoom, self.viewport.size_points))
    }

    pub(super) fn center_on(&self, at: LonLat) -> Request {
        Request::MoveCamera(Viewport { center: world_from_lon_lat(at), ..self.viewport })
    }

    pub(super) fn zoom_at(&self, anchor: Option<ScreenPos>, steps: f64) -> Request {
        let [width, height] = self.viewport.size_points;
        let anchor = anchor.unwrap_or(ScreenPos::new(width / 2.0, height / 2.0));
        Request::MoveCamera(self.viewport.zoomed_at(anchor, steps))
    }

    pub(super) fn pan_by(&self, right: f32, down: f32) -> Request {
        let [width, height] = self.viewport.size_points;
        Request::MoveCamera(self.viewport.panned([right * width, down * height]))
    }

    pub(super) fn save_view(&mut self, name: &str) {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return;
        }
        let view = NamedView { name, center: self.viewport.center_lon_lat(), zoom: self.viewport.zoom };
        self.edit(None, |project| {
            project.views.retain(|old| old.name != view.name);
            project.views.push(view);
        });
    }

    pub(super) fn delete_view(&mut self, name: &str) {
        self.edit(None, |project| project.views.retain(|view| view.name != name));
    }

    pub(super) fn go_to_view(&self, name: &str) -> Option<Request> {
        let view = self.project.views.iter().find(|view| view.name == name)?;
        Some(self.camera_to(view.center, view.zoom))
    }

    /// Carries a camera request out without animation: for headless use and reduced motion.
    pub fn apply_at_once(&mut self, command: Command) -> Option<Request> {
        match self.apply(command)? {
            Request::MoveCamera(viewport) => self.apply(Command::SetViewport(viewport)),
            request => Some(request),
        }
    }
}
