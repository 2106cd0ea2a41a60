//! The area that the filter over all events is about, and the one that is being drawn.
//!
//! Floor 5.

use eframe::egui::{Painter, Pos2, Rect, Shape, Stroke, vec2};

use super::label::color32;
use super::measure_line::paint_words;
use crate::coords::{LonLat, Viewport, world_from_lon_lat};
use crate::session::Session;
use crate::symbology::Palette;

/// Length of the dashes and of what is between them, points.
const DASH_POINTS: f32 = 6.0;

/// Paints the outline of the filter's area, and over it the one that is being drawn, carried on to the pointer, with
/// what a click does.
pub fn paint_drawn_area(
    painter: &Painter,
    map: Rect,
    session: &Session,
    viewport: &Viewport,
    pointer: Option<LonLat>,
    palette: &Palette,
) {
    let screen = |at: &LonLat| {
        let at = viewport.screen_from_world(world_from_lon_lat(*at));
        map.min + vec2(at.x, at.y)
    };
    let (color, halo) = (color32(palette.selection), color32(palette.halo));
    if let Some(area) = &session.situation_filter().area {
        let path: Vec<Pos2> = area.iter().chain(area.first()).map(screen).collect();
        painter.add(Shape::line(path.clone(), Stroke::new(3.5, halo.gamma_multiply(0.7))));
        painter.extend(Shape::dashed_line(&path, Stroke::new(1.8, color), DASH_POINTS, DASH_POINTS * 0.6));
    }
    let Some(corners) = session.drawn_corners() else { return };
    let path: Vec<Pos2> = corners.iter().chain(&pointer).map(screen).collect();
    let closed: Vec<Pos2> = path.iter().chain(path.first()).copied().collect();
    painter.add(Shape::line(closed.clone(), Stroke::new(4.0, halo)));
    painter.add(Shape::line(closed, Stroke::new(2.0, color)));
    for at in corners.iter().map(screen) {
        painter.circle(at, 3.5, halo, Stroke::new(1.5, color));
    }
    if let Some(&end) = path.last() {
        paint_words(painter, end, hint(corners.len()), color32(palette.town_text), halo);
    }
}

/// What the hand does next.
fn hint(corners: usize) -> &'static str {
    match corners {
        0 => "Click the first corner · Escape leaves off",
        1 | 2 => "Click the next corner · Escape leaves off",
        _ => "Click the next corner · double click ends",
    }
}
