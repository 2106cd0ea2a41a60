//! A symbol in small, for legend and panels, in egui's own shapes.
//!
//! Floor 5. The painter on the map is [`crate::render`]; a swatch is too small for a pipeline of its own.

use std::f32::consts::TAU;

use eframe::egui::{self, Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::label::color32;
use crate::symbology::{Marker, MarkerShape, Ring, Symbol};

/// A swatch of `size_points` width, and three quarters of that in height.
pub fn swatch_ui(ui: &mut Ui, symbol: &Symbol, size_points: f32) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size_points, size_points * 0.75), Sense::hover());
    paint_swatch(ui.painter(), rect, symbol);
    response
}

/// A swatch that fills the height of a rectangle.
pub fn paint_swatch(painter: &Painter, rect: Rect, symbol: &Symbol) {
    if let Some(marker) = &symbol.marker {
        paint_marker(painter, rect.center(), marker, rect.height() * 0.5);
        return;
    }
    let inner = rect.shrink(1.5);
    if let Some(fill) = &symbol.fill {
        match fill.hatch {
            None => drop(painter.rect_filled(inner, 2.0, color32(fill.color))),
            Some(hatch) => paint_hatch(painter, inner, color32(fill.color), hatch.width_points),
        }
    }
    for stroke in &symbol.strokes {
        let line = Stroke::new(stroke.width_points, color32(stroke.color));
        let path = match symbol.fill {
            Some(_) => [
                inner.left_top(),
                inner.right_top(),
                inner.right_bottom(),
                inner.left_bottom(),
                inner.left_top(),
            ]
            .to_vec(),
            None => vec![inner.left_center(), inner.right_center()],
        };
        match stroke.dash {
            Some([dash, gap]) => painter.extend(Shape::dashed_line(&path, line, dash, gap)),
            None => drop(painter.add(Shape::line(path, line))),
        }
    }
}

fn paint_hatch(painter: &Painter, rect: Rect, color: Color32, width: f32) {
    let clipped = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        clipped.line_segment(
            [pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())],
            Stroke::new(width, color),
        );
        x += 5.0;
    }
}

fn paint_marker(painter: &Painter, at: Pos2, marker: &Marker, most_radius: f32) {
    let ring_room = if marker.ring == Ring::None { 0.0 } else { 3.0 };
    let radius = (marker.size_points / 2.0).min(most_radius - ring_room);
    let color = color32(marker.color);
    let (fill, line) = if marker.filled {
        (color, Stroke::new(1.0, color32(marker.edge)))
    } else {
        (Color32::TRANSPARENT, Stroke::new(1.6, color))
    };
    match outline(marker.shape) {
        Outline::Circle => drop(painter.add(Shape::Circle(egui::epaint::CircleShape {
            center: at,
            radius,
            fill,
            stroke: line,
        }))),
        Outline::Polygon(corners) => {
            let corners = corners.iter().map(|corner| at + *corner * radius).collect();
            painter.add(Shape::convex_polygon(corners, fill, line));
        }
        Outline::Lines(lines) => {
            for [a, b] in lines {
                painter.line_segment([at + a * radius, at + b * radius], Stroke::new(radius * 0.36, color));
            }
        }
    }
    if let MarkerShape::HalfCircle { other } = marker.shape {
        let right =
            (0..=12).map(|step| at + Vec2::angled((f32::from(step as u8) / 12.0 - 0.5) * TAU / 2.0) * radius);
        painter.add(Shape::convex_polygon(right.collect(), color32(other), Stroke::NONE));
    }
    paint_ring(painter, at, marker.ring, radius + 2.5, color);
}

fn paint_ring(painter: &Painter, at: Pos2, ring: Ring, radius: f32, color: Color32) {
    let line = Stroke::new(1.0, color);
    match ring {
        Ring::None => {}
        Ring::Solid => drop(painter.circle_stroke(at, radius, line)),
        Ring::Double => {
            painter.circle_stroke(at, radius, line);
            painter.circle_stroke(at, radius + 2.0, line);
        }
        Ring::Dashed => {
            let path: Vec<_> =
                (0..=32).map(|step| at + Vec2::angled(f32::from(step as u8) / 32.0 * TAU) * radius).collect();
            painter.extend(Shape::dashed_line(&path, line, 2.5, 2.0));
        }
    }
}

enum Outline {
    Circle,
    /// Convex, in parts of the radius.
    Polygon(Vec<Vec2>),
    Lines(Vec<[Vec2; 2]>),
}

fn outline(shape: MarkerShape) -> Outline {
    let corners = |points: &[(f32, f32)]| Outline::Polygon(points.iter().map(|&(x, y)| vec2(x, y)).collect());
    match shape {
        MarkerShape::Circle | MarkerShape::HalfCircle { .. } => Outline::Circle,
        MarkerShape::TriangleDown => corners(&[(-1.0, -0.8), (1.0, -0.8), (0.0, 1.0)]),
        MarkerShape::TriangleUp => corners(&[(-1.0, 0.8), (0.0, -1.0), (1.0, 0.8)]),
        MarkerShape::Diamond => corners(&[(0.0, -1.1), (0.9, 0.0), (0.0, 1.1), (-0.9, 0.0)]),
        MarkerShape::Square => corners(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]),
        MarkerShape::Hexagon => {
            Outline::Polygon((0..6).map(|k| Vec2::angled(f32::from(k as u8) / 6.0 * TAU)).collect())
        }
        MarkerShape::Asterisk => star_lines(3),
        MarkerShape::Star => star_lines(4),
        MarkerShape::Flag => Outline::Lines(vec![
            [vec2(-0.6, -1.0), vec2(-0.6, 1.0)],
            [vec2(-0.6, -0.75), vec2(0.8, -0.75)],
            [vec2(-0.6, -0.35), vec2(0.8, -0.35)],
        ]),
        MarkerShape::Gate => Outline::Lines(vec![
            [vec2(-0.8, -0.7), vec2(-0.8, 0.9)],
            [vec2(0.8, -0.7), vec2(0.8, 0.9)],
            [vec2(-1.0, -0.6), vec2(1.0, -0.6)],
        ]),
    }
}

fn star_lines(lines: u8) -> Outline {
    let ray = |k: u8| Vec2::angled(TAU / 4.0 + f32::from(k) / f32::from(lines) * TAU / 2.0);
    Outline::Lines((0..lines).map(|k| [ray(k), -ray(k)]).collect())
}
