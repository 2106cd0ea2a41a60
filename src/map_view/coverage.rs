//! Where the bundled base map ends: beyond it nothing is known, and nothing looks like sea.
//!
//! Floor 5.

use std::sync::Arc;

use super::label::Label;
use super::label_sources::{LabelRequests, key};
use crate::coords::{Viewport, WorldRect};
use crate::render::SceneItem;
use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};
use crate::source::bundled::GROUND_EXTENT;
use crate::symbology::{Fill, LabelKind, Palette, Rgba, Symbol};
use crate::tessellate::{LayerPicture, picture_of_rows, zoom_step_of};
use crate::text::{Position, ScreenRect};

/// What is said where the base map has ended.
const WORDS: &str = "No base map here";
/// Room that the words need, points.
const WORDS_ROOM_POINTS: [f32; 2] = [150.0, 48.0];

impl LabelRequests<'_> {
    /// A quiet word in the widest part of the view that lies beyond the base map.
    pub(super) fn add_words_beyond(&mut self) {
        let ground = GROUND_EXTENT.to_world();
        let [min, max] = [ground.min, ground.max].map(|corner| self.viewport.screen_from_world(corner));
        let Some(beyond) = widest_beyond(self.screen_rect(), [min.x, min.y], [max.x, max.y]) else { return };
        let at = [(beyond.min[0] + beyond.max[0]) / 2.0, (beyond.min[1] + beyond.max[1]) / 2.0];
        let label = self.plain(LabelKind::Unmapped, key(7, 0), at, WORDS);
        self.labels.push(Label { positions: &Position::ON_AREA, gap_points: 24.0, ..label });
    }
}

/// The largest of the strips of the screen beside a box of it in which the words have room.
fn widest_beyond(screen: ScreenRect, min: [f32; 2], max: [f32; 2]) -> Option<ScreenRect> {
    let strips = [
        ScreenRect { max: [min[0], screen.max[1]], ..screen },
        ScreenRect { min: [max[0], screen.min[1]], ..screen },
        ScreenRect { max: [screen.max[0], min[1]], ..screen },
        ScreenRect { min: [screen.min[0], max[1]], ..screen },
    ];
    let clipped = strips.map(|strip| ScreenRect {
        min: [0, 1].map(|side| strip.min[side].max(screen.min[side])),
        max: [0, 1].map(|side| strip.max[side].min(screen.max[side])),
    });
    let sides = |strip: &ScreenRect| [strip.max[0] - strip.min[0], strip.max[1] - strip.min[1]];
    let has_room = |strip: &ScreenRect| {
        let [width, height] = sides(strip);
        width >= WORDS_ROOM_POINTS[0] && height >= WORDS_ROOM_POINTS[1]
    };
    let area = |strip: &ScreenRect| sides(strip).into_iter().product::<f32>();
    clipped.into_iter().filter(has_room).max_by(|one, other| area(one).total_cmp(&area(other)))
}

/// The sea of the base map, drawn where the view reaches beyond it.
#[derive(Default)]
pub struct Coverage {
    sea: Option<(Rgba, i32, Arc<LayerPicture>)>,
}

impl Coverage {
    /// What lies lowest: sea alone where the whole view is covered, which costs least; else the unknown with the sea on it.
    pub fn items(&mut self, viewport: &Viewport, palette: &Palette) -> Vec<SceneItem> {
        if covers(viewport.visible_world()) {
            return vec![SceneItem::Background(palette.sea)];
        }
        let zoom_step = zoom_step_of(viewport.zoom);
        let drawn = self.sea.take().filter(|&(color, step, _)| (color, step) == (palette.sea, zoom_step));
        let (.., picture) =
            self.sea.insert(drawn.unwrap_or_else(|| (palette.sea, zoom_step, sea(palette.sea, zoom_step))));
        vec![
            SceneItem::Background(palette.unmapped),
            SceneItem::Picture { picture: Arc::clone(picture), opacity: 1.0 },
        ]
    }
}

fn covers(view: WorldRect) -> bool {
    let ground = GROUND_EXTENT.to_world();
    ground.min.x <= view.min.x
        && view.max.x <= ground.max.x
        && ground.min.y <= view.min.y
        && view.max.y <= ground.max.y
}

fn sea(color: Rgba, zoom_step: i32) -> Arc<LayerPicture> {
    let (west, east) = (GROUND_EXTENT.west_deg, GROUND_EXTENT.east_deg);
    let (south, north) = (GROUND_EXTENT.south_deg, GROUND_EXTENT.north_deg);
    let mut builder = FeatureStoreBuilder::default();
    builder.push_closed_ring(&[[west, south], [east, south], [east, north], [west, north]]);
    builder.end_part(PartKind::Polygon);
    builder.end_feature(GeometryKind::Polygon, (0, 0));
    let symbol = Symbol { fill: Some(Fill { color, hatch: None }), strokes: Vec::new(), marker: None };
    Arc::new(picture_of_rows(&builder.finish(Vec::new(), None), &[symbol], &[], zoom_step, &[0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::LonLat;
    use crate::symbology::{Theme, palette};

    fn items(lon: f64, lat: f64, zoom: f64) -> Vec<SceneItem> {
        let view = Viewport::new(LonLat::new(lon, lat), zoom, [1280.0, 800.0]);
        Coverage::default().items(&view, palette(Theme::Light))
    }

    #[test]
    fn the_words_stand_in_the_widest_strip_beyond_the_base_map_and_nowhere_in_it() {
        let screen = ScreenRect { min: [0.0, 0.0], max: [1000.0, 600.0] };
        assert_eq!(widest_beyond(screen, [-200.0, -50.0], [1200.0, 700.0]), None);
        assert_eq!(widest_beyond(screen, [100.0, 0.0], [1000.0, 600.0]), None, "too narrow");
        let right = ScreenRect { min: [600.0, 0.0], max: [1000.0, 600.0] };
        assert_eq!(widest_beyond(screen, [200.0, -50.0], [600.0, 700.0]), Some(right));
        assert_eq!(widest_beyond(screen, [2000.0, 0.0], [3000.0, 600.0]), Some(screen));
    }

    #[test]
    fn inside_of_the_base_map_there_is_sea_and_beyond_it_the_unknown() {
        let ground = palette(Theme::Light);
        assert!(matches!(items(36.5, 35.7, 9.0)[..], [SceneItem::Background(color)] if color == ground.sea));
        for (lon, lat, zoom) in [(36.5, 35.7, 3.0), (96.0, 21.0, 9.0)] {
            let items = items(lon, lat, zoom);
            assert!(matches!(items[0], SceneItem::Background(color) if color == ground.unmapped));
            assert!(matches!(&items[1], SceneItem::Picture { picture, .. } if !picture.is_empty()));
        }
    }
}
