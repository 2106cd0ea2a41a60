//! Where in an area there is the most room for words, in the present view.
//!
//! Floor 5.

use std::collections::HashMap;

use crate::coords::{LonLat, ScreenPos, Viewport, WorldPos, lon_lat_from_world, world_from_lon_lat};
use crate::situation::{FeatureRow, FeatureStore, PartKind, covers};
use crate::text::ScreenRect;

/// Cells of the search grid on each side: enough for words, cheap enough for each frame.
const GRID: usize = 40;
/// How much wider than high a label of two lines is.
const WORDS_WIDER: f32 = 3.0;

/// Where the words of areas stand: a place is kept while the map is moved, so that words move with it.
#[derive(Debug, Default)]
pub struct AreaAnchors {
    kept: HashMap<u64, KeptAnchor>,
}

#[derive(Debug, Clone, Copy)]
struct KeptAnchor {
    at: WorldPos,
    zoom: f64,
    revision: u64,
}

/// Words that look for a place in an area.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The same words keep their number from frame to frame.
    pub key: u64,
    /// Changes when other symbols are on the map.
    pub revision: u64,
    /// About as wide and high as they are set.
    pub size_points: [f32; 2],
}

/// Words nearer to the edge of the map than this look for another place, in points.
const EDGE_POINTS: [f32; 2] = [90.0, 30.0];

impl AreaAnchors {
    /// The place for the words `key` of an area, in screen points; looked for anew when the zoom, or `revision`, is not
    /// what it was, or when it has left the map.
    pub fn place(
        &mut self,
        Words { key, revision, size_points }: Words,
        (features, row): (&FeatureStore, FeatureRow),
        viewport: &Viewport,
        obstacles: &[ScreenRect],
    ) -> Option<[f32; 2]> {
        let on_screen = |world: WorldPos| viewport.screen_from_world(world);
        let fits = |at: ScreenPos| {
            [at.x, at.y]
                .iter()
                .zip(viewport.size_points)
                .zip(EDGE_POINTS)
                .all(|((at, side), edge)| (edge..side - edge).contains(at))
        };
        if let Some(kept) = self.kept.get(&key)
            && kept.zoom == viewport.zoom
            && kept.revision == revision
            && fits(on_screen(kept.at))
        {
            let at = on_screen(kept.at);
            return Some([at.x, at.y]);
        }
        let found = roomiest_place((features, row), viewport, obstacles, size_points);
        match found {
            Some([x, y]) => {
                let at = viewport.world_from_screen(ScreenPos::new(x, y));
                self.kept.insert(key, KeptAnchor { at, zoom: viewport.zoom, revision });
            }
            None => drop(self.kept.remove(&key)),
        }
        found
    }
}

/// The place of a grid over the view that is inside the area and farthest from its edge, from the edge of the view and
/// from `obstacles`, in screen points; one where words of `size_points` cover no obstacle before any other. `None` where
/// the area is not in the view.
fn roomiest_place(
    (features, row): (&FeatureStore, FeatureRow),
    viewport: &Viewport,
    obstacles: &[ScreenRect],
    size_points: [f32; 2],
) -> Option<[f32; 2]> {
    let [width, height] = viewport.size_points;
    let edges: Vec<[ScreenPos; 2]> = edges_on_screen(features, row, viewport);
    let mut best: Option<(bool, f32, [f32; 2])> = None;
    for cell in 0..GRID * GRID {
        let part = |index: usize| (index as f32 + 0.5) / GRID as f32;
        let at = ScreenPos::new(part(cell % GRID) * width, part(cell / GRID) * height);
        if !covers(features, row, lon_lat_from_world(viewport.world_from_screen(at))) {
            continue;
        }
        let words = ScreenRect::around([at.x, at.y], size_points);
        let fits = !obstacles.iter().any(|obstacle| obstacle.overlaps(&words));
        // What is found already must be beaten; a place that fits beats every one that does not.
        let most = match best {
            Some((best_fits, _, _)) if best_fits && !fits => continue,
            Some((best_fits, most, _)) if best_fits == fits => most,
            _ => 0.0,
        };
        let mut room = at.x.min(width - at.x).min((at.y.min(height - at.y)) * 2.0);
        let mut distances = obstacles
            .iter()
            .map(|rect| distance_to_rect(at, rect))
            .chain(edges.iter().map(|edge| distance_to_segment(at, *edge)));
        while let Some(distance) = distances.next().filter(|_| room > most) {
            room = room.min(distance);
        }
        if room > most {
            best = Some((fits, room, [at.x, at.y]));
        }
    }
    best.map(|(_, _, at)| at)
}

fn edges_on_screen(features: &FeatureStore, row: FeatureRow, viewport: &Viewport) -> Vec<[ScreenPos; 2]> {
    let screen =
        |&[lon, lat]: &[f64; 2]| viewport.screen_from_world(world_from_lon_lat(LonLat::new(lon, lat)));
    let polygons = features.geometry(row).parts().filter(|part| part.kind == PartKind::Polygon);
    let rings = polygons.flat_map(|part| part.rings());
    rings.flat_map(|ring| ring.windows(2).map(|pair| [screen(&pair[0]), screen(&pair[1])])).collect()
}

/// Words are wide and low: what lies beside them is nearer than it looks.
fn distance_to_rect(at: ScreenPos, rect: &ScreenRect) -> f32 {
    let dx = (rect.min[0] - at.x).max(at.x - rect.max[0]).max(0.0);
    let dy = (rect.min[1] - at.y).max(at.y - rect.max[1]).max(0.0);
    (dx / WORDS_WIDER).hypot(dy)
}

fn distance_to_segment(at: ScreenPos, [a, b]: [ScreenPos; 2]) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length_squared = dx * dx + dy * dy;
    let along =
        if length_squared == 0.0 { 0.0 } else { ((at.x - a.x) * dx + (at.y - a.y) * dy) / length_squared };
    let along = along.clamp(0.0, 1.0);
    at.distance_points(ScreenPos::new(a.x + along * dx, a.y + along * dy))
}
