//! The mark on a place that was asked for.
//!
//! Floor 5.

use eframe::egui::{Painter, Rect, Stroke, vec2};

use super::label::{Label, color32};
use super::label_sources::{LabelRequests, key};
use crate::coords::{Viewport, world_from_lon_lat};
use crate::session::{PlaceMark, Session};
use crate::symbology::{LabelKind, Palette};
use crate::text::Position;

/// The ring around the place, in points; the place itself stays free.
const RING_RADIUS_POINTS: f32 = 11.0;
/// A label whose anchor is nearer than this names the same place.
const SAME_PLACE_POINTS: f32 = 16.0;

/// Paints the mark, where there is one.
pub fn paint_place_mark(
    painter: &Painter,
    map: Rect,
    session: &Session,
    viewport: &Viewport,
    palette: &Palette,
) {
    let Some(mark) = session.place_mark() else { return };
    let at = viewport.screen_from_world(world_from_lon_lat(mark.at));
    let center = map.min + vec2(at.x, at.y);
    painter.circle_stroke(center, RING_RADIUS_POINTS, Stroke::new(5.0, color32(palette.halo)));
    painter.circle_stroke(center, RING_RADIUS_POINTS, Stroke::new(2.5, color32(palette.selection)));
    painter.circle(center, 2.5, color32(palette.selection), Stroke::new(1.0, color32(palette.halo)));
}

impl LabelRequests<'_> {
    /// The marked place is always named, once.
    pub(super) fn add_mark(&mut self) {
        let Some(PlaceMark { title, title_ar, at, .. }) = self.session.place_mark() else { return };
        let at = self.screen(*at);
        if !self.is_visible(at) {
            return;
        }
        let is_far = |label: &Label| {
            let (dx, dy) = (label.anchor[0] - at[0], label.anchor[1] - at[1]);
            !label.names_town || dx.hypot(dy) > SAME_PLACE_POINTS
        };
        self.labels.retain(is_far);
        let label = self.plain(LabelKind::Selected, key(0, u64::from(u32::MAX)), at, title.clone());
        self.labels.push(Label {
            second: title_ar.clone(),
            positions: &Position::AROUND_POINT,
            gap_points: self.gap_at(at, RING_RADIUS_POINTS + 5.0),
            ..label
        });
    }
}
