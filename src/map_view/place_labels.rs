//! Labels of points: towns, road shields, the selected feature, the user's own features.
//!
//! Floor 5.

use super::label::Label;
use super::label_sources::{LabelRequests, key};
use crate::session::{FeatureRef, LayerEntry};
use crate::situation::{GazetteerPlace, PartKind};
use crate::symbology::{LabelKind, palette, town_visible};
use crate::text::{Position, ScreenRect, shield_positions};

/// Shields of one road stand at least this far apart, in points.
const SHIELD_SPACING_POINTS: f32 = 230.0;
/// Where a shield could stand is tried this often along the road, in points.
const SHIELD_TRIES_POINTS: f32 = 24.0;
/// Room that a shield needs, in points.
const SHIELD_POINTS: [f32; 2] = [34.0, 24.0];
/// A user's layer with more features in view is a texture, and names on it are noise.
const MOST_NAMED: usize = 400;

impl LabelRequests<'_> {
    pub(super) fn add_towns(&mut self) {
        let Some(situation) = self.session.situation() else { return };
        for (number, place) in situation.gazetteer.places().iter().enumerate() {
            let at = self.screen(place.at);
            if town_visible(place.rank, self.viewport.zoom) && self.is_visible(at) {
                self.add_town(number as u64, place, at);
            }
        }
    }

    fn add_town(&mut self, number: u64, place: &GazetteerPlace, at: [f32; 2]) {
        let dot = if place.rank <= 2 { 2.4 } else { 1.7 };
        let label =
            self.plain(LabelKind::Town { rank: place.rank }, key(1, number), at, place.name_en.clone());
        self.labels.push(Label {
            second: place.name_ar.clone(),
            gap_points: self.gap_at(at, 5.0),
            positions: &Position::AROUND_POINT,
            dot_points: (!self.has_symbol(at)).then_some(dot),
            ..label
        });
    }

    pub(super) fn add_shields(&mut self, entry: &LayerEntry) {
        let Some(features) = self.features(entry) else { return };
        let Some(references) = features.column("ref") else { return };
        for row in 0..features.len() {
            let Some(reference) = references.word(row).filter(|_| self.shows(entry, row)) else { continue };
            let mut placed: Vec<[f32; 2]> = Vec::new();
            for part in features.geometry(row).parts() {
                let line: Vec<[f32; 2]> = part.rings().flat_map(|ring| self.line_on_screen(ring)).collect();
                for at in shield_positions(&line, self.screen_rect(), SHIELD_TRIES_POINTS) {
                    let far =
                        |other: &[f32; 2]| (other[0] - at[0]).hypot(other[1] - at[1]) > SHIELD_SPACING_POINTS;
                    if self.has_room(at, SHIELD_POINTS) && placed.iter().all(far) {
                        self.add_shield(key(2, (row * 1000 + placed.len()) as u64), at, reference);
                        placed.push(at);
                    }
                }
            }
        }
    }

    fn add_shield(&mut self, number: u64, at: [f32; 2], reference: &str) {
        let label = self.plain(LabelKind::Shield, number, at, reference);
        let (plate, halo) = (Some(label.halo), palette(self.theme).land);
        self.labels.push(Label { plate, halo, ..label });
    }

    fn has_room(&self, at: [f32; 2], size: [f32; 2]) -> bool {
        let rect = ScreenRect::around(at, size);
        self.screen_rect().contains(&rect)
            && !self.furniture.iter().chain(&self.symbols).any(|taken| taken.overlaps(&rect))
    }

    /// The name or title of a user's features, where there is room.
    pub(super) fn add_user_labels(&mut self, entry: &LayerEntry) {
        let Some(content) = self.session.content(entry.id) else { return };
        let Some(data) = content.data() else { return };
        let columns = ["title", "name", "name:en", "NAME"];
        let Some(names) = columns.iter().find_map(|name| data.features.column(name)) else { return };
        let rows = content.shown_rows_in_at_most(self.viewport.visible_world(), MOST_NAMED);
        let Some(rows) = rows else { return };
        for row in rows {
            let part = data.features.geometry(row).parts().next().filter(|part| part.kind == PartKind::Point);
            let Some(at) = part.and_then(|part| part.first()).map(|at| self.screen(at)) else { continue };
            let Some(name) = names.text(row).filter(|_| self.is_visible(at)) else { continue };
            let label = self.plain(LabelKind::Place, key(0x100 + entry.id.0, row as u64), at, name);
            let gap_points = self.gap_at(at, 7.0);
            self.labels.push(Label { positions: &Position::AROUND_POINT, gap_points, ..label });
        }
    }

    /// What is selected is always named, where it has a name.
    pub(super) fn add_selected(&mut self) {
        let Some(feature) = self.session.selection().current() else { return };
        let Some(event) = self.session.event(feature) else { return };
        let Some(at) = event.place.point().map(|at| self.screen(at)).filter(|&at| self.is_visible(at)) else {
            return;
        };
        let label =
            self.plain(LabelKind::Selected, key(0, feature_number(feature)), at, event.title_en.clone());
        self.labels.push(Label {
            second: event.title_ar.clone(),
            positions: &Position::AROUND_POINT,
            gap_points: self.gap_at(at, 14.0) + 3.0,
            ..label
        });
    }
}

fn feature_number(feature: FeatureRef) -> u64 {
    feature.layer.0 << 32 | feature.row as u64
}
