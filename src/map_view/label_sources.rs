//! What asks for a label, and what labels must keep off.
//!
//! Floor 5.

use super::basemaps::Basemaps;
use super::inside::AreaAnchors;
use super::label::Label;
use crate::coords::{LonLat, Viewport, world_from_lon_lat};
use crate::session::{LayerEntry, Session};
use crate::situation::{FeatureRow, FeatureStore, PartKind};
use crate::symbology::{ARABIC_SIZE_RATIO, LabelKind, LabelStyle, Theme, label_style};
use crate::text::{Position, ScreenRect};

/// A layer with more symbols in view is no obstacle: it is everywhere, and labels stand over it.
const MOST_SYMBOLS: usize = 4_000;
/// Two names this near to one another name the same place, in points.
const SAME_PLACE_POINTS: f32 = 16.0;
/// Air around a symbol, in points.
pub(super) const SYMBOL_AIR_POINTS: f32 = 1.5;
/// From a symbol's edge to its label: the air that both keep.
const LABEL_AIR_POINTS: f32 = 4.0;

/// The frame's labels and what they must not cover.
pub struct LabelRequests<'a> {
    pub(super) session: &'a Session,
    pub(super) viewport: &'a Viewport,
    pub(super) theme: Theme,
    pub(super) anchors: &'a mut AreaAnchors,
    /// Changes when other symbols are on the map.
    pub(super) revision: u64,
    pub(super) labels: Vec<Label>,
    /// Title, legend, scale bar, attribution.
    pub(super) furniture: Vec<ScreenRect>,
    /// Markers and dots on the map.
    pub(super) symbols: Vec<ScreenRect>,
}

impl<'a> LabelRequests<'a> {
    /// Everything that the session asks for. Where the base map has the names of places, they are not asked for again;
    /// where there is no other, its end is told.
    pub fn collect(
        session: &'a Session,
        viewport: &'a Viewport,
        basemaps: &Basemaps,
        furniture: Vec<ScreenRect>,
        anchors: &'a mut AreaAnchors,
    ) -> Self {
        let theme = session.theme();
        let mut requests = Self {
            session,
            viewport,
            theme,
            anchors,
            revision: 0,
            labels: Vec::new(),
            furniture,
            symbols: Vec::new(),
        };
        for entry in session.catalogue().bottom_up().filter(|entry| entry.visible) {
            requests.add_symbols(entry);
        }
        for entry in session.catalogue().bottom_up().filter(|entry| entry.visible) {
            match entry.origin_key() {
                Some("highways") => requests.add_shields(entry),
                Some("rebel_held_area") => requests.add_area_name(entry),
                Some("front_line") => requests.add_front_line_words(entry),
                Some("strikes") => requests.add_area_headlines(entry),
                None if session.counted_of(entry).is_none() => requests.add_user_labels(entry),
                _ => {}
            }
        }
        if !basemaps.has_painted_names() {
            requests.add_towns();
        }
        if basemaps.ends_with_ground() {
            requests.add_words_beyond();
        }
        requests.add_selected();
        requests.add_mark();
        requests
    }

    /// Adds the texts of a base map, without those that name a place anew.
    pub fn add_basemap_texts(&mut self, texts: Vec<Label>) {
        let says_it = |own: &Label, text: &Label| {
            let (dx, dy) = (own.anchor[0] - text.anchor[0], own.anchor[1] - text.anchor[1]);
            let is_along_a_line = text.angle_rad != 0.0;
            // Along a line only the number of a road that has shields already.
            if is_along_a_line {
                own.plate.is_some() && own.first == text.first
            } else {
                dx.hypot(dy) < SAME_PLACE_POINTS
            }
        };
        let is_new = |text: &Label| !self.labels.iter().any(|own| says_it(own, text));
        let new: Vec<Label> = texts.into_iter().filter(is_new).collect();
        self.labels.extend(new);
    }

    /// Everything that a label must keep off.
    pub fn obstacles(&self) -> Vec<ScreenRect> {
        self.furniture.iter().chain(&self.symbols).copied().collect()
    }

    pub(super) fn features(&self, entry: &LayerEntry) -> Option<&'a FeatureStore> {
        Some(&self.session.content(entry.id)?.data()?.features)
    }

    /// Whether a row of a layer is drawn.
    pub(super) fn shows(&self, entry: &LayerEntry, row: FeatureRow) -> bool {
        self.session.content(entry.id).is_some_and(|content| content.draws(row))
    }

    pub(super) fn screen(&self, at: LonLat) -> [f32; 2] {
        let at = self.viewport.screen_from_world(world_from_lon_lat(at));
        [at.x, at.y]
    }

    pub(super) fn line_on_screen(&self, ring: &[[f64; 2]]) -> Vec<[f32; 2]> {
        ring.iter().map(|&[lon, lat]| self.screen(LonLat::new(lon, lat))).collect()
    }

    pub(super) fn screen_rect(&self) -> ScreenRect {
        ScreenRect { min: [0.0, 0.0], max: self.viewport.size_points }
    }

    /// On the map and not under its furniture.
    pub(super) fn is_visible(&self, at: [f32; 2]) -> bool {
        let point = ScreenRect::around(at, [1.0, 1.0]);
        self.screen_rect().contains(&point) && !self.furniture.iter().any(|rect| rect.overlaps(&point))
    }

    /// From an anchor to its label: past the largest symbol that stands there.
    pub(super) fn gap_at(&self, at: [f32; 2], least_points: f32) -> f32 {
        let point = ScreenRect::around(at, [1.0, 1.0]);
        let own = self.symbols.iter().filter(|symbol| symbol.contains(&point));
        let past = own.map(|symbol| {
            let reach =
                [symbol.max[0] - at[0], at[0] - symbol.min[0], symbol.max[1] - at[1], at[1] - symbol.min[1]];
            reach.into_iter().fold(0.0, f32::max) + LABEL_AIR_POINTS - SYMBOL_AIR_POINTS
        });
        past.fold(least_points, f32::max)
    }

    /// Whether a symbol stands there.
    pub(super) fn has_symbol(&self, at: [f32; 2]) -> bool {
        let point = ScreenRect::around(at, [1.0, 1.0]);
        self.symbols.iter().any(|symbol| symbol.overlaps(&point))
    }

    fn add_symbols(&mut self, entry: &LayerEntry) {
        let Some(content) = self.session.content(entry.id) else { return };
        let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { return };
        self.revision = self.revision.wrapping_mul(31).wrapping_add(drawing.id);
        if let Some(counted) = self.session.counted_of(entry) {
            return self.add_counted_symbols(entry, counted);
        }
        let rows = content.shown_rows_in_at_most(self.viewport.visible_world(), MOST_SYMBOLS);
        for row in rows.unwrap_or_default() {
            let Some(marker) = drawing.symbols.symbol_of(row).and_then(|symbol| symbol.marker) else {
                continue;
            };
            let radius = marker.size_points / 2.0 + marker.ring.reach_points() + SYMBOL_AIR_POINTS;
            for part in data.features.geometry(row).parts().filter(|part| part.kind == PartKind::Point) {
                let Some(at) = part.first().map(|at| self.screen(at)) else { continue };
                self.symbols.push(ScreenRect::around(at, [radius * 2.0, radius * 2.0]));
            }
        }
    }

    /// A centred line in the style of its kind; the callers change what differs.
    pub(super) fn plain(
        &self,
        kind: LabelKind,
        key: u64,
        anchor: [f32; 2],
        words: impl Into<String>,
    ) -> Label {
        let LabelStyle { size_points, semibold, color, halo, priority } = label_style(kind, self.theme);
        Label {
            key,
            anchor,
            gap_points: 0.0,
            priority,
            positions: &[Position::Centre],
            first: words.into(),
            second: None,
            is_whole: false,
            size_points,
            second_ratio: ARABIC_SIZE_RATIO,
            heavy: semibold,
            color,
            halo,
            plate: None,
            dot_points: None,
            angle_rad: 0.0,
            names_town: matches!(kind, LabelKind::Town { .. }),
            always: kind == LabelKind::Selected,
        }
    }
}

/// A number that no other label of the frame has.
pub(super) fn key(kind: u64, number: u64) -> u64 {
    kind << 40 | number
}
