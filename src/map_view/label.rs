//! One label: its lines, its size, and how it is painted with a halo.
//!
//! Floor 5.

use std::sync::Arc;

use eframe::egui::emath::Rot2;
use eframe::egui::epaint::TextShape;
use eframe::egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, Vec2, vec2};

use super::fonts::map_font;
use crate::symbology::Rgba;
use crate::text::{self, LabelCandidate, Position};

/// Width of the halo around letters, in points.
const HALO_POINTS: f32 = 1.6;
/// Lines of one label are set this tight, as a part of the font's own line height.
const LINE_SPACING: f32 = 0.86;

/// What a label says and how it looks, before it has a place.
#[derive(Debug, Clone)]
pub struct Label {
    /// The same thing keeps its number from frame to frame, so that its label stays where it was.
    pub key: u64,
    /// Screen points on the map's rectangle.
    pub anchor: [f32; 2],
    /// From the anchor to the label's edge.
    pub gap_points: f32,
    /// The larger goes first.
    pub priority: f32,
    /// Positions to try, best first.
    pub positions: &'static [Position],
    /// The first line, logical order; in Latin letters where there are two scripts.
    pub first: String,
    /// The line under it, logical order; left out where there is no room for both.
    pub second: Option<String>,
    /// The second line belongs to the first: both or nothing.
    pub is_whole: bool,
    /// Of the first line.
    pub size_points: f32,
    /// Of the second line, as a part of the first's.
    pub second_ratio: f32,
    /// Semibold.
    pub heavy: bool,
    /// Of the letters.
    pub color: Rgba,
    /// Around the letters.
    pub halo: Rgba,
    /// A road shield: letters on a plate of this colour, no halo.
    pub plate: Option<Rgba>,
    /// A dot at the anchor of this radius.
    pub dot_points: Option<f32>,
    /// Clockwise around its middle, radians; along a line.
    pub angle_rad: f32,
    /// The name of a place of the gazetteer.
    pub names_town: bool,
    /// Shown over symbols where there is no room beside them.
    pub always: bool,
}

/// A label laid out in each of its forms.
pub struct LaidOutLabel {
    /// What it says.
    pub label: Label,
    forms: Vec<Vec<Arc<Galley>>>,
    sizes: Vec<[f32; 2]>,
}

impl LaidOutLabel {
    /// Lays the label out: both lines, and the first alone where there are two.
    pub fn new(painter: &Painter, label: Label) -> Self {
        let color = color32(label.color);
        let line =
            |text: &str, font: FontId| painter.layout_no_wrap(text::display(text).into_owned(), font, color);
        let first = line(&label.first, map_font(label.size_points, label.heavy));
        let second = label.second.as_deref().filter(|text| !text.is_empty());
        let second =
            second.map(|text| line(text, map_font(label.size_points * label.second_ratio, label.heavy)));
        let forms: Vec<Vec<_>> = match second {
            Some(second) if label.first.is_empty() => vec![vec![second]],
            Some(second) if label.is_whole => vec![vec![first, second]],
            Some(second) => vec![vec![first.clone(), second], vec![first]],
            None => vec![vec![first]],
        };
        let plate = if label.plate.is_some() { [8.0, 2.0] } else { [0.0, 0.0] };
        let (sin, cos) = label.angle_rad.sin_cos();
        let around = |[w, h]: [f32; 2]| [w * cos.abs() + h * sin.abs(), w * sin.abs() + h * cos.abs()];
        let sizes =
            forms.iter().map(|lines| around([width(lines) + plate[0], height(lines) + plate[1]])).collect();
        Self { label, forms, sizes }
    }

    /// What the placement needs to know.
    pub fn candidate(&self, previous: Option<Position>) -> LabelCandidate<'_> {
        LabelCandidate {
            anchor: self.label.anchor,
            gap_points: self.label.gap_points,
            sizes: &self.sizes,
            priority: self.label.priority,
            positions: self.label.positions,
            padding_points: if self.label.plate.is_some() { 6.0 } else { 2.0 },
            may_cover: None,
            previous,
        }
    }

    /// Paints one form into its rectangle.
    pub fn paint(&self, painter: &Painter, rect: Rect, form: usize) {
        if let Some(plate) = self.label.plate {
            painter.rect_filled(rect, 3.0, color32(plate));
            painter.rect_stroke(
                rect,
                3.0,
                Stroke::new(1.0, color32(self.label.halo)),
                eframe::egui::StrokeKind::Outside,
            );
        }
        let turn = Rot2::from_angle(self.label.angle_rad);
        let mut top = -height(&self.forms[form]) / 2.0;
        for line in &self.forms[form] {
            let corner = vec2(-line.size().x / 2.0, top);
            self.paint_line(painter, rect.center() + turn * corner, line);
            top += line.size().y * LINE_SPACING;
        }
    }

    fn paint_line(&self, painter: &Painter, at: Pos2, line: &Arc<Galley>) {
        let text = |at: Pos2, color: Rgba| {
            let shape =
                TextShape::new(at, line.clone(), color32(color)).with_override_text_color(color32(color));
            painter.add(shape.with_angle(self.label.angle_rad));
        };
        if self.label.plate.is_none() {
            halo_offsets().for_each(|offset| text(at + offset, self.label.halo.faded(0.85)));
        }
        text(at, self.label.color);
    }
}

/// Around the letter, near enough to one another to look like a ring.
fn halo_offsets() -> impl Iterator<Item = Vec2> {
    (0..8).map(|eighth| {
        let angle = f32::from(eighth as u8) * std::f32::consts::FRAC_PI_4;
        vec2(angle.cos(), angle.sin()) * HALO_POINTS
    })
}

fn width(lines: &[Arc<Galley>]) -> f32 {
    lines.iter().map(|line| line.size().x).fold(0.0, f32::max)
}

fn height(lines: &[Arc<Galley>]) -> f32 {
    let tight: f32 = lines.iter().skip(1).map(|line| line.size().y * LINE_SPACING).sum();
    lines.first().map_or(0.0, |line| line.size().y) + tight
}

/// egui's form of a colour.
pub fn color32(color: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}
