//! Where in an area there is the most room for words, in the present view.
//!
//! Floor 5.

use crate::coords::{LonLat, ScreenPos, Viewport, lon_lat_from_world, world_from_lon_lat};
use crate::situation::{FeatureRow, FeatureStore, PartKind, covers};

/// Cells of the search grid on each side: enough for words, cheap enough for each frame.
const GRID: usize = 14;

/// The place of a grid over the view that is inside the area and farthest from its edge and the edge of the view,
/// in screen points. `None` where the area is not in the view. Coarse: words have some size themselves.
pub fn roomiest_place(features: &FeatureStore, row: FeatureRow, viewport: &Viewport) -> Option<[f32; 2]> {
    let [width, height] = viewport.size_points;
    let edges: Vec<[ScreenPos; 2]> = edges_on_screen(features, row, viewport);
    let mut best: Option<(f32, [f32; 2])> = None;
    for cell in 0..GRID * GRID {
        let part = |index: usize| (index as f32 + 0.5) / GRID as f32;
        let at = ScreenPos::new(part(cell % GRID) * width, part(cell / GRID) * height);
        if !covers(features, row, lon_lat_from_world(viewport.world_from_screen(at))) {
            continue;
        }
        let to_view_edge = at.x.min(width - at.x).min((at.y.min(height - at.y)) * 2.0);
        let to_edge = edges.iter().map(|edge| distance_to_segment(at, *edge)).fold(to_view_edge, f32::min);
        if best.is_none_or(|(room, _)| to_edge > room) {
            best = Some((to_edge, [at.x, at.y]));
        }
    }
    best.map(|(_, at)| at)
}

fn edges_on_screen(features: &FeatureStore, row: FeatureRow, viewport: &Viewport) -> Vec<[ScreenPos; 2]> {
    let screen =
        |&[lon, lat]: &[f64; 2]| viewport.screen_from_world(world_from_lon_lat(LonLat::new(lon, lat)));
    let polygons = features.geometry(row).parts().filter(|part| part.kind == PartKind::Polygon);
    let rings = polygons.flat_map(|part| part.rings());
    rings.flat_map(|ring| ring.windows(2).map(|pair| [screen(&pair[0]), screen(&pair[1])])).collect()
}

fn distance_to_segment(at: ScreenPos, [a, b]: [ScreenPos; 2]) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length_squared = dx * dx + dy * dy;
    let along =
        if length_squared == 0.0 { 0.0 } else { ((at.x - a.x) * dx + (at.y - a.y) * dy) / length_squared };
    let along = along.clamp(0.0, 1.0);
    at.distance_points(ScreenPos::new(a.x + along * dx, a.y + along * dy))
}
