//! What asks for a label: towns, road shields, the named areas, the selected feature, the user's own features.
//!
//! Floor 5.

use super::label::Label;
use crate::coords::{LonLat, Viewport, world_from_lon_lat};
use crate::session::{FeatureRef, LayerEntry, Session};
use crate::situation::{GazetteerPlace, PartKind};
use crate::symbology::{LabelKind, LabelStyle, Theme, label_style, palette, town_visible};
use crate::text::{Position, ScreenRect, shield_positions};

/// Shields of one road stand this far apart, in points.
const SHIELD_SPACING_POINTS: f32 = 260.0;
/// From this zoom the front line says along itself what it is.
const FRONT_LINE_WORDS_ZOOM: f64 = 10.0;
/// A point's symbol keeps other labels this far off, in points, where its size is not known better.
const SYMBOL_ROOM_POINTS: f32 = 5.0;
/// More symbols than this are no obstacles one by one: where they are, there is no room anyway.
const MOST_SYMBOL_OBSTACLES: usize = 4_000;

/// Size of the name of the rebel-held area, in points.
const AREA_NAME_POINTS: f32 = 14.0;
/// What the map says wherever it draws the derived area and its edge.
const APPROXIMATE: &str = "approximate, 8 Sep 2018";

/// The frame's labels and what they must not cover.
pub struct LabelRequests<'a> {
    pub(super) session: &'a Session,
    pub(super) viewport: &'a Viewport,
    theme: Theme,
    /// The base map that is shown has the names of places already.
    pub(super) basemap_has_names: bool,
    pub(super) labels: Vec<Label>,
    pub(super) obstacles: Vec<ScreenRect>,
}

impl<'a> LabelRequests<'a> {
    /// Everything that the session asks for; `obstacles` are the furniture.
    pub fn collect(
        session: &'a Session,
        viewport: &'a Viewport,
        basemap_has_names: bool,
        obstacles: Vec<ScreenRect>,
    ) -> Self {
        let theme = session.theme();
        let mut requests =
            Self { session, viewport, theme, basemap_has_names, labels: Vec::new(), obstacles };
        requests.add_symbols();
        for entry in session.catalogue().bottom_up().filter(|entry| entry.visible) {
            match entry.origin_key() {
                Some("highways") => requests.add_shields(entry),
                Some("rebel_held_area") => requests.add_area_words(entry),
                Some("front_line") => requests.add_front_line_words(entry),
                Some("strikes") => requests.add_area_headlines(entry),
                None => requests.add_user_labels(entry),
                Some(_) => {}
            }
        }
        requests.add_towns();
        requests.add_selected();
        requests
    }

    fn screen(&self, at: LonLat) -> [f32; 2] {
        let at = self.viewport.screen_from_world(world_from_lon_lat(at));
        [at.x, at.y]
    }

    fn is_visible(&self, [x, y]: [f32; 2]) -> bool {
        let [width, height] = self.viewport.size_points;
        (0.0..=width).contains(&x) && (0.0..=height).contains(&y)
    }

    /// Symbols of points are obstacles; a control place's dot is small, a strike's is as large as its marker.
    fn add_symbols(&mut self) {
        let visible = self.viewport.visible_world();
        for entry in self.session.catalogue().bottom_up().filter(|entry| entry.visible) {
            let Some(content) = self.session.content(entry.id) else { continue };
            let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { continue };
            for row in data.index.rows_in(visible) {
                let Some(symbol) = drawing.symbols.symbol_of(row) else { continue };
                let room = symbol.marker.map_or(SYMBOL_ROOM_POINTS, |marker| marker.size_points / 2.0 + 1.5);
                for part in data.features.geometry(row).parts().filter(|part| part.kind == PartKind::Point) {
                    let Some(at) = part.first().map(|at| self.screen(at)) else { continue };
                    self.obstacles.push(ScreenRect::around(at, [room * 2.0, room * 2.0]));
                }
                if self.obstacles.len() > MOST_SYMBOL_OBSTACLES {
                    return;
                }
            }
        }
    }

    fn add_towns(&mut self) {
        let Some(situation) = self.session.situation().filter(|_| !self.basemap_has_names) else { return };
        for (number, place) in situation.gazetteer.places().iter().enumerate() {
            if !town_visible(place.rank, self.viewport.zoom) {
                continue;
            }
            let at = self.screen(place.at);
            if self.is_visible(at) {
                self.add_town(number as u64, place, at);
            }
        }
    }

    fn add_town(&mut self, number: u64, place: &GazetteerPlace, at: [f32; 2]) {
        let style = label_style(LabelKind::Town { rank: place.rank }, self.theme);
        let own_symbol =
            self.obstacles.iter().position(|obstacle| obstacle.contains(&ScreenRect::around(at, [1.0, 1.0])));
        self.labels.push(Label {
            key: key(1, number),
            anchor: at,
            gap_points: 5.0,
            priority: style.priority,
            positions: &Position::AROUND_POINT,
            latin: place.name_en.clone(),
            arabic: place.name_ar.clone(),
            size_points: style.size_points,
            heavy: style.semibold,
            color: style.color,
            halo: style.halo,
            plate: None,
            dot_points: own_symbol.is_none().then_some(if place.rank <= 2 { 2.4 } else { 1.7 }),
            may_cover: own_symbol,
            angle_rad: 0.0,
        });
    }

    fn add_shields(&mut self, entry: &LayerEntry) {
        let Some(data) = self.session.content(entry.id).and_then(|content| content.data()) else { return };
        let Some(refs) = data.features.column("ref") else { return };
        let viewport = self.screen_rect();
        for row in 0..data.features.len() {
            let Some(reference) = refs.word(row).map(str::to_owned) else { continue };
            for part in data.features.geometry(row).parts() {
                let line: Vec<[f32; 2]> =
                    part.rings().flatten().map(|&[lon, lat]| self.screen(LonLat::new(lon, lat))).collect();
                for (place, at) in
                    shield_positions(&line, viewport, SHIELD_SPACING_POINTS).into_iter().enumerate()
                {
                    let number = key(2, (row * 1000 + place) as u64);
                    let label = self.plain(LabelKind::Shield, number, at, reference.clone());
                    let plate = Some(label.halo);
                    let halo = palette(self.theme).land;
                    self.labels.push(Label {
                        plate,
                        halo,
                        priority: label.priority - place as f32 * 0.01,
                        ..label
                    });
                }
            }
        }
    }

    fn add_area_words(&mut self, entry: &LayerEntry) {
        let Some(data) = self.session.content(entry.id).and_then(|content| content.data()) else { return };
        let Some(at) = super::inside::roomiest_place(&data.features, 0, self.viewport) else { return };
        let name = self.plain(LabelKind::Caption, key(3, 0), at, "Rebel-held area".to_owned());
        self.labels.push(Label { heavy: true, size_points: AREA_NAME_POINTS, ..name });
        self.labels.push(Label {
            positions: &[Position::Below, Position::Centre],
            gap_points: 8.0,
            ..self.plain(LabelKind::Caption, key(3, 1), at, APPROXIMATE.to_owned())
        });
    }

    fn add_front_line_words(&mut self, entry: &LayerEntry) {
        if self.viewport.zoom < FRONT_LINE_WORDS_ZOOM {
            return;
        }
        let Some(data) = self.session.content(entry.id).and_then(|content| content.data()) else { return };
        let viewport = self.screen_rect();
        for row in 0..data.features.len() {
            for part in data.features.geometry(row).parts() {
                let line: Vec<[f32; 2]> =
                    part.rings().flatten().map(|&[lon, lat]| self.screen(LonLat::new(lon, lat))).collect();
                for (place, at) in shield_positions(&line, viewport, 420.0).into_iter().enumerate() {
                    let number = key(4, (row * 1000 + place) as u64);
                    self.labels.push(Label {
                        positions: &Position::AROUND_POINT,
                        gap_points: 4.0,
                        ..self.plain(LabelKind::Caption, number, at, format!("front line, {APPROXIMATE}"))
                    });
                }
            }
        }
    }

    /// The headline of each area report, inside its extent.
    fn add_area_headlines(&mut self, entry: &LayerEntry) {
        let Some(situation) = self.session.situation() else { return };
        let Some(data) = self.session.content(entry.id).and_then(|content| content.data()) else { return };
        for (row, event) in situation.events.iter().enumerate() {
            if event.class != crate::situation::EventClass::AreaSummary || event.place.point().is_some() {
                continue;
            }
            let Some(at) = super::inside::roomiest_place(&data.features, row, self.viewport) else {
                continue;
            };
            let label = self.plain(LabelKind::AreaReport, key(5, row as u64), at, event.title_en.clone());
            self.labels.push(Label { positions: &Position::ON_AREA, gap_points: 14.0, ..label });
        }
    }

    /// The name or title of a user's features, where there is room.
    fn add_user_labels(&mut self, entry: &LayerEntry) {
        /// Beyond this a layer is a texture, and names on it are noise.
        const MOST_NAMED: usize = 400;
        let Some(data) = self.session.content(entry.id).and_then(|content| content.data()) else { return };
        let Some(names) =
            ["title", "name", "name:en", "NAME"].iter().find_map(|name| data.features.column(name))
        else {
            return;
        };
        let rows = data.index.rows_in(self.viewport.visible_world());
        if rows.len() > MOST_NAMED {
            return;
        }
        for row in rows {
            let part = data.features.geometry(row).parts().next();
            let Some(part) = part.filter(|part| part.kind == PartKind::Point) else { continue };
            let (Some(name), Some(at)) = (names.word(row), part.first().map(|at| self.screen(at))) else {
                continue;
            };
            let label = self.plain(LabelKind::Place, key(6 + entry.id.0, row as u64), at, name.to_owned());
            self.labels.push(Label {
                positions: &Position::AROUND_POINT,
                gap_points: 7.0,
                may_cover: self.obstacle_at(at),
                ..label
            });
        }
    }

    fn add_selected(&mut self) {
        let Some(feature) = self.session.selection().current() else { return };
        let Some(event) = self.session.event(feature) else { return };
        let Some(at) = event.place.point().map(|at| self.screen(at)).filter(|&at| self.is_visible(at)) else {
            return;
        };
        self.labels.push(Label {
            positions: &Position::AROUND_POINT,
            gap_points: 14.0,
            arabic: event.title_ar.clone(),
            may_cover: self.obstacle_at(at),
            ..self.plain(LabelKind::Selected, key(0, feature_number(feature)), at, event.title_en.clone())
        });
    }

    fn obstacle_at(&self, at: [f32; 2]) -> Option<usize> {
        let point = ScreenRect::around(at, [1.0, 1.0]);
        self.obstacles.iter().position(|obstacle| obstacle.contains(&point))
    }

    fn screen_rect(&self) -> ScreenRect {
        ScreenRect { min: [0.0, 0.0], max: self.viewport.size_points }
    }

    /// A centred line in the style of its kind; the callers change what differs.
    fn plain(&self, kind: LabelKind, key: u64, anchor: [f32; 2], latin: String) -> Label {
        let LabelStyle { size_points, semibold, color, halo, priority } = label_style(kind, self.theme);
        Label {
            key,
            anchor,
            gap_points: 0.0,
            priority,
            positions: &[Position::Centre],
            latin,
            arabic: None,
            size_points,
            heavy: semibold,
            color,
            halo,
            plate: None,
            dot_points: None,
            may_cover: None,
            angle_rad: 0.0,
        }
    }
}

/// A number that no other label of the frame has.
pub(super) fn key(kind: u64, number: u64) -> u64 {
    kind << 40 | number
}

fn feature_number(feature: FeatureRef) -> u64 {
    feature.layer.0 << 32 | feature.row as u64
}
