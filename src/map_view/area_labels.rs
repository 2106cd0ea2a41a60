//! Words inside areas and along the front line: what they are, and that they are approximate.
//!
//! Floor 5.

use super::inside::Words;
use super::label::Label;
use super::label_sources::{LabelRequests, key};
use crate::session::{FeatureRef, LayerEntry};
use crate::situation::EventClass;
use crate::symbology::LabelKind;
use crate::text::{Position, shield_positions};

/// Size of the name of the rebel-held area, in points.
const AREA_NAME_POINTS: f32 = 13.5;
/// What the name of the area takes up, in points.
const AREA_NAME_ROOM_POINTS: [f32; 2] = [150.0, 40.0];
/// What the headline of an area report takes up, in points.
const HEADLINE_ROOM_POINTS: [f32; 2] = [330.0, 32.0];
/// Before every town: the reader must find it.
const AREA_NAME_PRIORITY: f32 = 850.0;
/// The day of the derived area and its edge.
const AS_OF: &str = "8 Sep 2018";
/// From this zoom the front line says along itself what it is.
const FRONT_LINE_WORDS_ZOOM: f64 = 10.0;
const FRONT_LINE_SPACING_POINTS: f32 = 420.0;

impl LabelRequests<'_> {
    pub(super) fn add_area_name(&mut self, entry: &LayerEntry) {
        let Some(features) = self.features(entry) else { return };
        let (key, obstacles) = (key(3, 0), self.obstacles());
        let words = Words { key, revision: self.revision, size_points: AREA_NAME_ROOM_POINTS };
        let place = self.anchors.place(words, (features, 0), self.viewport, &obstacles);
        let Some(at) = place else { return };
        let label = self.plain(LabelKind::Caption, key, at, "Rebel-held area");
        self.labels.push(Label {
            second: Some(format!("approximate, {AS_OF}")),
            is_whole: true,
            second_ratio: 0.82,
            size_points: AREA_NAME_POINTS,
            heavy: true,
            priority: AREA_NAME_PRIORITY,
            positions: &Position::ON_AREA,
            gap_points: 18.0,
            ..label
        });
    }

    pub(super) fn add_front_line_words(&mut self, entry: &LayerEntry) {
        if self.viewport.zoom < FRONT_LINE_WORDS_ZOOM {
            return;
        }
        let Some(features) = self.features(entry) else { return };
        let rings =
            (0..features.len()).flat_map(|row| features.geometry(row).parts()).flat_map(|part| part.rings());
        for (number, ring) in rings.enumerate() {
            let line = self.line_on_screen(ring);
            let places = shield_positions(&line, self.screen_rect(), FRONT_LINE_SPACING_POINTS);
            for (place, at) in places.into_iter().enumerate() {
                let number = key(4, (number * 1000 + place) as u64);
                let label =
                    self.plain(LabelKind::Caption, number, at, format!("front line, approximate, {AS_OF}"));
                self.labels.push(Label { positions: &Position::AROUND_POINT, gap_points: 4.0, ..label });
            }
        }
    }

    /// The headline of each area report, inside its extent.
    pub(super) fn add_area_headlines(&mut self, entry: &LayerEntry) {
        let Some(features) = self.features(entry) else { return };
        let obstacles = self.obstacles();
        for row in 0..features.len() {
            let Some(event) = self.session.bundled_event(FeatureRef { layer: entry.id, row }) else { return };
            let is_area = event.class == EventClass::AreaSummary && event.place.point().is_none();
            if !is_area || !self.shows(entry, row) {
                continue;
            }
            let key = key(5, row as u64);
            let words = Words { key, revision: self.revision, size_points: HEADLINE_ROOM_POINTS };
            let place = self.anchors.place(words, (features, row), self.viewport, &obstacles);
            let Some(at) = place else { continue };
            let label = self.plain(LabelKind::AreaReport, key, at, event.title_en.clone());
            let when = event.when.iter().map(ToString::to_string);
            let second = when.chain(["extent assumed".to_owned()]).collect::<Vec<_>>().join(", ");
            self.labels.push(Label {
                second: Some(second),
                second_ratio: 0.9,
                positions: &Position::ON_AREA,
                gap_points: 22.0,
                ..label
            });
        }
    }
}
