//! The line that is being measured, with its length.
//!
//! Floor 5.

use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::fonts::map_font;
use super::label::color32;
use crate::coords::{LonLat, Viewport, line_length_m, world_from_lon_lat};
use crate::symbology::Palette;

/// Paints the line through `points`, carried on to the pointer, and says how long it is.
pub fn paint_measure_line(
    painter: &Painter,
    map: Rect,
    viewport: &Viewport,
    points: &[LonLat],
    pointer: Option<LonLat>,
    palette: &Palette,
) {
    let all: Vec<LonLat> = points.iter().copied().chain(pointer).collect();
    let screen = |at: &LonLat| {
        let at = viewport.screen_from_world(world_from_lon_lat(*at));
        map.min + vec2(at.x, at.y)
    };
    let path: Vec<Pos2> = all.iter().map(screen).collect();
    let color = color32(palette.selection);
    painter.add(Shape::line(path.clone(), Stroke::new(4.0, color32(palette.halo))));
    painter.add(Shape::line(path.clone(), Stroke::new(2.0, color)));
    for &at in &path {
        painter.circle(at, 3.5, color32(palette.halo), Stroke::new(1.5, color));
    }
    if let Some(&end) = path.last() {
        paint_words(
            painter,
            end,
            &length_words(length_m(&all)),
            color32(palette.town_text),
            color32(palette.halo),
        );
    }
}

fn length_m(points: &[LonLat]) -> f64 {
    let line: Vec<[f64; 2]> = points.iter().map(|at| [at.lon_deg, at.lat_deg]).collect();
    line_length_m(&line)
}

/// Words beside a place of the screen, on a ground that keeps them readable.
pub(super) fn paint_words(painter: &Painter, at: Pos2, words: &str, ink: Color32, ground: Color32) {
    let galley = painter.layout_no_wrap(words.to_owned(), map_font(12.0, true), ink);
    let rect = Align2::LEFT_BOTTOM.anchor_size(at + vec2(10.0, -8.0), galley.size());
    // Whole, also at the edges of the map.
    let map = painter.clip_rect().shrink(6.0);
    let rect = rect.translate((map.min - rect.min).max(Vec2::ZERO) + (map.max - rect.max).min(Vec2::ZERO));
    painter.rect_filled(rect.expand2(vec2(5.0, 2.0)), 4.0, ground.gamma_multiply(0.92));
    painter.galley(rect.min, galley, ink);
}

/// `850 m`, `12.4 km`, `310 km`.
fn length_words(length_m: f64) -> String {
    match length_m {
        m if m < 1_000.0 => format!("{m:.0} m"),
        m if m < 100_000.0 => format!("{:.1} km", m / 1_000.0),
        m => format!("{:.0} km", m / 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_as_exactly_as_they_are_of_use() {
        assert_eq!([850.4, 12_449.0, 310_400.0].map(length_words), ["850 m", "12.4 km", "310 km"]);
    }
}
