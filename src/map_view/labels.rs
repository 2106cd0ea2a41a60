//! All labels of a frame: asked for, placed together, painted last.
//!
//! Floor 5. Labels of the base map and of the overlays stand in one list, so that none covers another.

use std::collections::HashMap;

use eframe::egui::{Painter, Rect, pos2};

use super::label::{Label, LaidOutLabel, color32};
use crate::text::{Position, ScreenRect, place_labels};

/// Where labels stood in the last frame.
#[derive(Debug, Default)]
pub struct LabelMemory {
    positions: HashMap<u64, Position>,
}

/// Places and paints `labels` on the map's `rect`; obstacles are on the map's rectangle, in points.
///
/// Returns how many were painted, and how many of those in two scripts.
pub fn paint_labels(
    painter: &Painter,
    rect: Rect,
    labels: Vec<Label>,
    obstacles: &[ScreenRect],
    memory: &mut LabelMemory,
) -> LabelCount {
    let labels: Vec<_> = labels.into_iter().map(|label| LaidOutLabel::new(painter, label)).collect();
    let candidates: Vec<_> =
        labels.iter().map(|laid| laid.candidate(memory.positions.get(&laid.label.key).copied())).collect();
    let viewport = ScreenRect { min: [0.0, 0.0], max: [rect.width(), rect.height()] };
    let placed = place_labels(&candidates, obstacles, viewport);
    memory.positions.clear();
    let mut count = LabelCount::default();
    for (laid, place) in labels.iter().zip(placed) {
        let Some(place) = place else { continue };
        memory.positions.insert(laid.label.key, place.position);
        paint_dot(painter, rect, &laid.label);
        let at = |corner: [f32; 2]| rect.min + eframe::egui::vec2(corner[0], corner[1]);
        laid.paint(painter, Rect::from_min_max(at(place.rect.min), at(place.rect.max)), place.form);
        count.painted += 1;
        count.in_two_scripts += usize::from(laid.label.second.is_some() && place.form == 0);
    }
    count
}

/// How many labels a picture has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelCount {
    /// All of them.
    pub painted: usize,
    /// Those with an Arabic line under the Latin one.
    pub in_two_scripts: usize,
}

fn paint_dot(painter: &Painter, rect: Rect, label: &Label) {
    if let Some(radius) = label.dot_points {
        let at = pos2(rect.min.x + label.anchor[0], rect.min.y + label.anchor[1]);
        painter.circle_filled(at, radius + 1.0, color32(label.halo));
        painter.circle_filled(at, radius, color32(label.color));
    }
}
