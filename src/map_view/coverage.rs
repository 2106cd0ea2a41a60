//! Where the bundled base map ends: beyond it nothing is known, and nothing looks like sea.
//!
//! Floor 5.

use std::sync::Arc;

use crate::coords::{Viewport, WorldRect};
use crate::render::SceneItem;
use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};
use crate::source::bundled::GROUND_EXTENT;
use crate::symbology::{Fill, Palette, Rgba, Symbol};
use crate::tessellate::{LayerPicture, picture_of_rows, zoom_step_of};

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
