//! What the hand does on the map, told as commands.
//!
//! Floor 5.

use eframe::egui::{self, Key, Modifiers, PointerButton, Pos2, Rect, Response, Ui};

use crate::coords::{ScreenPos, Viewport, WorldRect};
use crate::session::{Command, PointerHit, Session};

/// How near to a symbol is near enough, in points.
pub const HIT_TOLERANCE_POINTS: f32 = 6.0;

/// Scroll points that are one zoom level: about two notches of a wheel.
const SCROLL_POINTS_PER_LEVEL: f32 = 100.0;

/// One press of an arrow key moves the view by this part of its size.
const ARROW_STEP: f32 = 0.2;

/// A drag with Shift held.
#[derive(Debug, Clone, Copy, Default)]
pub struct BoxDrag {
    start: Option<Pos2>,
}

/// The position of a point of the window on the map's rectangle.
pub fn screen_pos(rect: Rect, at: Pos2) -> ScreenPos {
    ScreenPos::new(at.x - rect.min.x, at.y - rect.min.y)
}

/// The place under a point of the window, with the tolerance of a pointer.
pub fn pointer_hit(viewport: &Viewport, rect: Rect, at: Pos2) -> PointerHit {
    PointerHit {
        at: viewport.world_from_screen(screen_pos(rect, at)),
        tolerance_world: f64::from(HIT_TOLERANCE_POINTS) / viewport.points_per_world(),
    }
}

/// The view after this frame's wheel and pinch, zoomed at the pointer. Takes the scroll, so that nothing else acts on it.
pub fn wheel_zoom(ui: &Ui, rect: Rect, viewport: Viewport) -> Viewport {
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let Some(at) = pointer.filter(|_| ui.rect_contains_pointer(rect)) else { return viewport };
    let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
    let steps = f64::from(scroll / SCROLL_POINTS_PER_LEVEL) + f64::from(pinch).log2();
    if steps == 0.0 {
        return viewport;
    }
    ui.input_mut(|input| input.smooth_scroll_delta = egui::Vec2::ZERO);
    viewport.zoomed_at(screen_pos(rect, at), steps)
}

/// Hover, click and double click. `hovered_at` is the place of the last call.
pub fn pointer_commands(
    response: &Response,
    session: &Session,
    viewport: &Viewport,
    hovered_at: &mut Option<PointerHit>,
    commands: &mut Vec<Command>,
) {
    let hovering = response.hover_pos().filter(|_| !response.dragged());
    let place = hovering.map(|at| pointer_hit(viewport, response.rect, at));
    if *hovered_at != place {
        *hovered_at = place;
        commands.push(Command::HoverAt(place));
    }
    let Some(at) = response.interact_pointer_pos() else { return };
    if session.drawn_corners().is_some() {
        let corner =
            || crate::coords::lon_lat_from_world(pointer_hit(viewport, response.rect, at).at).wrapped();
        // The first click of the two was the last corner.
        if response.double_clicked_by(PointerButton::Primary) {
            commands.push(Command::EndDrawingArea);
        } else if response.clicked_by(PointerButton::Primary) {
            commands.push(Command::AddAreaCorner(corner()));
        }
    } else if response.double_clicked_by(PointerButton::Primary) {
        commands.push(Command::ZoomAt { anchor: Some(screen_pos(response.rect, at)), steps: 1.0 });
    } else if response.clicked_by(PointerButton::Primary) {
        let place = pointer_hit(viewport, response.rect, at);
        match session.measured() {
            Some(_) => commands.push(Command::AddMeasurePoint(crate::coords::lon_lat_from_world(place.at))),
            None => commands.push(Command::IdentifyAt(place)),
        }
    }
}

impl BoxDrag {
    /// Whether a drag that begins now draws a box.
    pub fn wants(ui: &Ui) -> bool {
        ui.input(|input| input.modifiers.shift)
    }

    /// Whether a box is being drawn.
    pub fn is_active(&self) -> bool {
        self.start.is_some()
    }

    /// Follows the drag; the rectangle to draw while it lasts.
    pub fn follow(
        &mut self,
        ui: &Ui,
        response: &Response,
        viewport: &Viewport,
        commands: &mut Vec<Command>,
    ) -> Option<Rect> {
        if response.drag_started_by(PointerButton::Primary) && Self::wants(ui) {
            self.start = ui.input(|input| input.pointer.press_origin());
        }
        let start = self.start?;
        let Some(now) = ui.input(|input| input.pointer.latest_pos()) else {
            self.start = None;
            return None;
        };
        let drawn = Rect::from_two_pos(start, now).intersect(response.rect);
        if response.drag_stopped() {
            self.start = None;
            let corner = |at| viewport.world_from_screen(screen_pos(response.rect, at));
            commands.push(Command::SelectInBox(WorldRect { min: corner(drawn.min), max: corner(drawn.max) }));
        }
        Some(drawn)
    }
}

/// The keys that work on the map, unless somebody is typing.
pub fn key_commands(ui: &Ui, session: &Session, commands: &mut Vec<Command>) {
    if ui.ctx().egui_wants_keyboard_input() {
        return;
    }
    let zoom = |steps| Command::ZoomAt { anchor: None, steps };
    let pan = |right, down| Command::PanBy { right, down };
    let bindings = [
        (Key::Plus, zoom(1.0)),
        (Key::Equals, zoom(1.0)),
        (Key::Minus, zoom(-1.0)),
        (Key::Num0, Command::GoHome),
        (Key::Home, Command::GoHome),
        (Key::ArrowLeft, pan(-ARROW_STEP, 0.0)),
        (Key::ArrowRight, pan(ARROW_STEP, 0.0)),
        (Key::ArrowUp, pan(0.0, -ARROW_STEP)),
        (Key::ArrowDown, pan(0.0, ARROW_STEP)),
        (Key::PageDown, Command::NextHit),
        (Key::PageUp, Command::PreviousHit),
        (
            Key::Escape,
            match (session.drawn_corners(), session.measured()) {
                (Some(_), _) => Command::StopDrawingArea,
                (None, Some(_)) => Command::StopMeasuring,
                (None, None) => Command::ClearSelection,
            },
        ),
    ];
    for (key, command) in bindings {
        // `+` needs Shift on many keyboards.
        let pressed = ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, key) || input.consume_key(Modifiers::SHIFT, key)
        });
        if pressed {
            commands.push(command);
        }
    }
}
