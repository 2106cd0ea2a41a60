//! The H3 cell of one place after the other, quickly where neighbours follow each other.
//!
//! Floor 3. The projection of H3 takes microseconds; whether a place lies in a cell that is known already takes a few
//! multiplications, for the edges of a cell are great circles.

use std::collections::HashMap;
use std::f64::consts::TAU;

use h3o::{CellIndex, LatLng, Resolution};

use crate::coords::{LonLat, WorldPos};

/// So many cells are tried, the last found first, before H3 is asked.
const CELLS_TRIED: usize = 6;
/// A place as near to an edge as this, about a millimetre, is left to H3.
const EDGE_RADIANS: f64 = 2e-10;

/// Finds cells of one resolution, and remembers those that it has found.
pub(super) struct HexFinder {
    resolution: Resolution,
    /// The edges of each cell, as normals that point inwards.
    edges: HashMap<CellIndex, Vec<[f64; 3]>>,
    recent: Vec<CellIndex>,
}

impl HexFinder {
    pub(super) fn new(resolution: Resolution) -> Self {
        Self { resolution, edges: HashMap::new(), recent: Vec::with_capacity(CELLS_TRIED + 1) }
    }

    /// The cell that holds the place.
    pub(super) fn cell_at(&mut self, at: WorldPos) -> CellIndex {
        let direction = direction_of(at);
        let holds = |cell: &CellIndex| {
            self.edges
                .get(cell)
                .is_some_and(|edges| edges.iter().all(|edge| dot(edge, &direction) > EDGE_RADIANS))
        };
        if let Some(found) = self.recent.iter().position(holds) {
            self.recent[..=found].rotate_right(1);
            return self.recent[0];
        }
        let cell = cell_at(at, self.resolution);
        self.edges.entry(cell).or_insert_with(|| edges_of(cell));
        self.recent.retain(|&known| known != cell);
        self.recent.insert(0, cell);
        self.recent.truncate(CELLS_TRIED);
        cell
    }
}

/// The cell that holds the place, as H3 has it.
pub(super) fn cell_at(at: WorldPos, resolution: Resolution) -> CellIndex {
    let LonLat { lon_deg, lat_deg } = crate::coords::lon_lat_from_world(at);
    let place = LatLng::new(lat_deg, lon_deg).expect("places on the map are finite");
    place.to_cell(resolution)
}

/// The unit vector of a place.
fn direction_of(at: WorldPos) -> [f64; 3] {
    let (sin_lon, cos_lon) = ((at.x - 0.5) * TAU).sin_cos();
    let sin_lat = ((0.5 - at.y) * TAU).tanh();
    let cos_lat = (1.0 - sin_lat * sin_lat).max(0.0).sqrt();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn edges_of(cell: CellIndex) -> Vec<[f64; 3]> {
    let corners: Vec<[f64; 3]> = cell.boundary().iter().map(vector_of).collect();
    let next = corners.iter().skip(1).chain(corners.first());
    // Corners run against the clock: the inside lies to the left.
    corners.iter().zip(next).map(|(a, b)| cross(a, b)).collect()
}

fn vector_of(at: &LatLng) -> [f64; 3] {
    let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (at.lat_radians().sin_cos(), at.lng_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn dot(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// As long as 1: else the distance from an edge would count less the shorter the edge is.
fn cross(a: &[f64; 3], b: &[f64; 3]) -> [f64; 3] {
    let normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    let length = dot(&normal, &normal).sqrt();
    normal.map(|value| value / length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::world_from_lon_lat;
    use crate::tessellate::aggregate_fixture::scattered;

    #[test]
    fn every_place_gets_the_cell_that_h3_gives_it() {
        let mut places = scattered(3_000);
        places.extend(scattered(3_000).iter().map(|&[x, y]| [36.0 + x / 400.0, 35.0 + y / 400.0]));
        for resolution in [Resolution::Zero, Resolution::Three, Resolution::Six, Resolution::Nine] {
            let mut finder = HexFinder::new(resolution);
            for &[lon, lat] in &places {
                let at = world_from_lon_lat(LonLat::new(lon, lat));
                assert_eq!(finder.cell_at(at), cell_at(at, resolution), "{lon} {lat}");
            }
        }
    }

    #[test]
    fn a_place_in_a_known_cell_is_found_without_asking_h3() {
        let mut finder = HexFinder::new(Resolution::Four);
        let cell = finder.cell_at(world_from_lon_lat(LonLat::new(36.0, 35.0)));
        let edges = finder.edges.len();
        let middle = LatLng::from(cell);
        let at = world_from_lon_lat(LonLat::new(middle.lng(), middle.lat()));
        assert_eq!((finder.cell_at(at), finder.edges.len()), (cell, edges));
        assert!(edges_of(cell).iter().all(|edge| dot(edge, &direction_of(at)) > EDGE_RADIANS));
    }
}
