//! All labels of a frame: asked for, placed together, painted last.
//!
//! Floor 5. Labels of the base map and of the overlays stand in one list, so that none covers another.

use std::collections::HashMap;

use eframe::egui::{Painter, Rect, pos2};

use super::label::{Label, LaidOutLabel, color32};
use crate::text::{PlacedLabel, Position, ScreenRect, place_labels};

/// Where labels stood in the last frame.
#[derive(Debug, Default)]
pub struct LabelMemory {
    positions: HashMap<u64, Position>,
}

/// Places and paints `labels` on the map's `rect`. They keep off `furniture` and `symbols`, in points on the map.
///
/// Returns how many towns have their name in the picture.
pub fn paint_labels(
    painter: &Painter,
    rect: Rect,
    labels: Vec<Label>,
    furniture: &[ScreenRect],
    symbols: &[ScreenRect],
    memory: &mut LabelMemory,
) -> LabelCount {
    let labels: Vec<_> = labels.into_iter().map(|label| LaidOutLabel::new(painter, label)).collect();
    let candidates: Vec<_> =
        labels.iter().map(|laid| laid.candidate(memory.positions.get(&laid.label.key).copied())).collect();
    let viewport = ScreenRect { min: [0.0, 0.0], max: [rect.width(), rect.height()] };
    let mut placed = place_labels(&candidates, &[furniture, symbols].concat(), viewport);
    let is_left_out =
        |place: usize, placed: &[Option<PlacedLabel>]| labels[place].label.always && placed[place].is_none();
    let left_out: Vec<usize> = (0..labels.len()).filter(|&place| is_left_out(place, &placed)).collect();
    if !left_out.is_empty() {
        // It stands over symbols, then, and everything else makes room.
        let alone: Vec<_> = left_out.iter().map(|&place| candidates[place]).collect();
        let over_symbols = place_labels(&alone, furniture, viewport);
        let taken: Vec<ScreenRect> = over_symbols.iter().flatten().map(|label| label.rect).collect();
        placed = place_labels(&candidates, &[furniture, symbols, &taken].concat(), viewport);
        left_out.iter().zip(over_symbols).for_each(|(&place, label)| placed[place] = label);
    }
    memory.positions.clear();
    let mut count = LabelCount::default();
    for (laid, place) in labels.iter().zip(placed) {
        let Some(place) = place else { continue };
        memory.positions.insert(laid.label.key, place.position);
        paint_dot(painter, rect, &laid.label);
        let at = |corner: [f32; 2]| rect.min + eframe::egui::vec2(corner[0], corner[1]);
        laid.paint(painter, Rect::from_min_max(at(place.rect.min), at(place.rect.max)), place.form);
        if laid.label.names_town {
            count.towns += 1;
            count.towns_in_two_scripts += usize::from(laid.label.second.is_some() && place.form == 0);
        }
    }
    count
}

/// How many towns are named in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelCount {
    /// All of them.
    pub towns: usize,
    /// Those with an Arabic line under the Latin one.
    pub towns_in_two_scripts: usize,
}

fn paint_dot(painter: &Painter, rect: Rect, label: &Label) {
    if let Some(radius) = label.dot_points {
        let at = pos2(rect.min.x + label.anchor[0], rect.min.y + label.anchor[1]);
        painter.circle_filled(at, radius + 1.0, color32(label.halo));
        painter.circle_filled(at, radius, color32(label.color));
    }
}
