//! Places made coarser on purpose: the middle of a cell of a fixed grid in place of a position.
//!
//! Floor 1. The same place always gives the same cell, in every file and at every time: whoever collects many exports
//! learns no more than from one. From shifts by chance, or from circles around the true place, one would.

use crate::coords::{LonLat, distance_m};

/// Metres of a degree of latitude where it is shortest (WGS 84, the equator): no cell is smaller than it is called.
const LEAST_METRES_OF_DEGREE: f64 = 110_574.0;
/// The same of a degree of longitude on the equator, where it is longest.
const METRES_OF_LONGITUDE: f64 = 111_319.0;
/// What is written of a middle: a metre.
const DECIMALS: f64 = 1e5;

/// A grid of cells that are at least so wide and so high: bands of equal height from pole to pole, each cut from -180° on
/// into as many equal cells as fit at its edge towards the pole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoarseGrid {
    cell_m: u32,
}

/// A cell that a place lies in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoarseCell {
    /// Its middle, degrees, to five decimals.
    pub middle: LonLat,
    /// From the middle to its farthest corner, metres, rounded up.
    pub radius_m: u32,
}

impl CoarseGrid {
    /// Cells from 100 m to 500 km; `None` for others.
    pub fn of_cells(cell_m: u32) -> Option<Self> {
        (100..=500_000).contains(&cell_m).then_some(Self { cell_m })
    }

    /// What a cell is called by, metres.
    pub fn cell_m(self) -> u32 {
        self.cell_m
    }

    /// How a place was made coarser, for whoever reads it later: `middle of a 5 km cell`
    pub fn method(self) -> String {
        match self.cell_m.is_multiple_of(1_000) {
            true => format!("middle of a {} km cell", self.cell_m / 1_000),
            false => format!("middle of a {} m cell", self.cell_m),
        }
    }

    /// The cell of a place.
    pub fn cell_of(self, at: LonLat) -> CoarseCell {
        let wanted = f64::from(self.cell_m);
        let bands = (180.0 * LEAST_METRES_OF_DEGREE / wanted).floor().max(1.0);
        let height_deg = 180.0 / bands;
        let band = ((at.lat_deg + 90.0) / height_deg).floor().clamp(0.0, bands - 1.0);
        let south_deg = height_deg * band - 90.0;
        let [south, north] = [south_deg, south_deg + height_deg].map(|lat| lat.to_radians().cos().max(0.0));
        let cells = (360.0 * METRES_OF_LONGITUDE * south.min(north) / wanted).floor().max(1.0);
        let width_deg = 360.0 / cells;
        // East of the antimeridian again, and not beyond it.
        let east_deg = (at.lon_deg + 180.0).rem_euclid(360.0);
        let west_deg = width_deg * (east_deg / width_deg).floor().min(cells - 1.0) - 180.0;
        let middle = LonLat {
            lon_deg: rounded(west_deg + width_deg / 2.0),
            lat_deg: rounded(south_deg + height_deg / 2.0),
        };
        // All four: what is written of the middle may lie a step off it.
        let corners = [west_deg, west_deg + width_deg].into_iter().flat_map(|lon_deg| {
            [south_deg, south_deg + height_deg].map(|lat_deg| LonLat { lon_deg, lat_deg })
        });
        let radius = corners.map(|corner| distance_m(middle, corner)).fold(0.0, f64::max);
        CoarseCell { middle, radius_m: radius.ceil() as u32 }
    }

    /// The vertices of a line, `[longitude, latitude]`, each the middle of its cell; those that follow one another in the
    /// same cell are one. A line within one cell has one vertex.
    pub fn coarse_line(self, line: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut coarse: Vec<[f64; 2]> = line.iter().map(|&at| self.coarse_vertex(at)).collect();
        coarse.dedup();
        coarse
    }

    /// A closed ring, likewise; `None` where no area is left of it.
    pub fn coarse_ring(self, ring: &[[f64; 2]]) -> Option<Vec<[f64; 2]>> {
        let mut coarse = self.coarse_line(ring);
        if coarse.first() != coarse.last() {
            coarse.extend(coarse.first().copied());
        }
        (coarse.len() >= 4).then_some(coarse)
    }

    fn coarse_vertex(self, [lon_deg, lat_deg]: [f64; 2]) -> [f64; 2] {
        let LonLat { lon_deg, lat_deg } = self.cell_of(LonLat { lon_deg, lat_deg }).middle;
        [lon_deg, lat_deg]
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * DECIMALS).round() / DECIMALS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon_deg: f64, lat_deg: f64) -> LonLat {
        LonLat { lon_deg, lat_deg }
    }

    fn grid(cell_m: u32) -> CoarseGrid {
        CoarseGrid::of_cells(cell_m).unwrap()
    }

    /// Places all over the globe, some of them at its edges.
    fn places() -> impl Iterator<Item = LonLat> {
        let spread = (0..20_000_u32).map(|n| {
            let part = |factor: u32| f64::from(n.wrapping_mul(factor)) / f64::from(u32::MAX);
            at(part(2_654_435_761) * 360.0 - 180.0, part(2_246_822_519) * 180.0 - 90.0)
        });
        let edges = [-180.0, -90.0, 0.0, 36.8, 180.0];
        spread.chain(edges.into_iter().flat_map(|lon| [-90.0, -0.0, 35.86, 90.0].map(|lat| at(lon, lat))))
    }

    #[test]
    fn a_place_lies_within_the_radius_of_the_middle_that_stands_for_it() {
        for cell_m in [100, 1_000, 5_000, 25_000, 500_000] {
            for place in places() {
                let cell = grid(cell_m).cell_of(place);
                let away = distance_m(place, cell.middle);
                assert!(away <= f64::from(cell.radius_m) + 2.0, "{place:?}: {away} m from {cell:?}");
            }
        }
    }

    #[test]
    fn no_cell_is_smaller_than_it_is_called() {
        for cell_m in [1_000, 5_000, 25_000] {
            for place in places().filter(|place| place.lat_deg.abs() < 89.0) {
                let radius = f64::from(grid(cell_m).cell_of(place).radius_m);
                assert!(radius >= f64::from(cell_m) * 0.5_f64.sqrt(), "{place:?}: {radius}");
                // In the bands at the poles cells are wide; elsewhere hardly more than they are called.
                let usual = place.lat_deg.abs() < 75.0;
                assert!(!usual || radius < f64::from(cell_m) * 0.85 + 3.0, "{place:?}: {radius}");
            }
        }
    }

    #[test]
    fn the_middle_of_a_cell_stands_for_itself_so_that_a_second_time_changes_nothing() {
        for cell_m in [1_000, 5_000, 10_000, 25_000] {
            for place in places() {
                let cell = grid(cell_m).cell_of(place);
                assert_eq!(grid(cell_m).cell_of(cell.middle), cell, "{place:?}");
            }
        }
    }

    #[test]
    fn places_of_one_cell_cannot_be_told_apart() {
        let one = grid(5_000).cell_of(at(36.8, 35.86));
        let middle = one.middle;
        for (east, north) in [(0.01, 0.01), (-0.01, 0.02), (0.02, -0.02)] {
            assert_eq!(grid(5_000).cell_of(at(middle.lon_deg + east, middle.lat_deg + north)), one);
        }
        assert_ne!(grid(5_000).cell_of(at(middle.lon_deg + 0.1, middle.lat_deg)), one);
        assert_eq!(grid(5_000).method(), "middle of a 5 km cell");
        assert_eq!(grid(500).method(), "middle of a 500 m cell");
        assert!([0, 99, 500_001].map(CoarseGrid::of_cells).iter().all(Option::is_none));
    }

    #[test]
    fn a_line_has_each_cell_once_and_a_small_ring_is_none() {
        let middle = grid(5_000).cell_of(at(36.8, 35.86)).middle;
        let near = |east: f64, north: f64| [middle.lon_deg + east, middle.lat_deg + north];
        let line = [near(0.0, 0.0), near(0.001, 0.001), near(0.2, 0.0), near(0.201, 0.0), near(0.0, 0.0)];
        let coarse = grid(5_000).coarse_line(&line);
        assert_eq!(coarse.len(), 3);
        assert_eq!(coarse[0], coarse[2]);
        let house = [near(0.0, 0.0), near(0.0001, 0.0), near(0.0001, 0.0001), near(0.0, 0.0)];
        assert_eq!(grid(5_000).coarse_ring(&house), None);
        let district = [near(0.0, 0.0), near(0.3, 0.0), near(0.3, 0.3), near(0.0, 0.0)];
        assert_eq!(grid(5_000).coarse_ring(&district).unwrap().len(), 4);
    }
}
