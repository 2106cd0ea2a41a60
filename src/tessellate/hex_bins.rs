//! How many features lie in each hexagon of the H3 grid.
//!
//! Floor 3. Cells and their numbers are H3's own (Uber, 2018), so that counts can be compared with other tools'.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use h3o::{CellIndex, LatLng, Resolution};
use rayon::prelude::*;

use super::hex_finder::{HexFinder, cell_at};
use super::{PointOrder, TileWindow};
use crate::coords::{EARTH_CIRCUMFERENCE_M, LonLat, Viewport, WorldPos, WorldRect, world_from_lon_lat};
use crate::situation::FeatureRow;

/// About so wide is a cell on the screen. Each resolution is √7 times finer than the one before, so cells are 17 to 46
/// points wide.
const CELL_POINTS: f64 = 28.0;
/// So many points are one task.
const POINTS_PER_TASK: usize = 16_384;

/// A cell with features in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HexCell {
    /// H3's number of the cell.
    pub index: u64,
    /// How many rows have their place in it; at least one.
    pub count: u32,
}

/// The cells of a window.
#[derive(Debug)]
pub struct HexBins {
    resolution: Resolution,
    /// By number.
    cells: Vec<HexCell>,
    order: Arc<PointOrder>,
}

/// The resolution of H3, 0 to 15, whose cells are nearest to 28 points wide in the middle of the view.
pub fn hex_resolution(viewport: &Viewport) -> u8 {
    let lat_deg = viewport.center_lon_lat().lat_deg;
    let metres_per_point = EARTH_CIRCUMFERENCE_M * lat_deg.to_radians().cos() / viewport.points_per_world();
    let off = |resolution: Resolution| (width_m(resolution) / (CELL_POINTS * metres_per_point)).ln().abs();
    let all = Resolution::range(Resolution::Zero, Resolution::Fifteen);
    all.min_by(|&a, &b| off(a).total_cmp(&off(b))).map_or(0, u8::from)
}

impl HexBins {
    /// The cells whose middle lies in the window, each with all that lies in it. `resolution` as of [`hex_resolution`].
    pub fn build(order: &Arc<PointOrder>, window: TileWindow, resolution: u8) -> Self {
        let resolution = Resolution::try_from(resolution).unwrap_or(Resolution::Fifteen);
        // A tile more: cells on the edge of the window reach beyond it.
        let tiles = window.grown(1).tiles().map(|(column, row)| order.in_tile(window.level, column, row));
        let tasks: Vec<Range<usize>> = tiles.flat_map(split).collect();
        let counted = tasks.into_par_iter().map(|part| counted(order, part, resolution));
        let counts = counted.reduce(HashMap::new, |a, b| {
            let (mut larger, smaller) = if a.len() < b.len() { (b, a) } else { (a, b) };
            smaller.into_iter().for_each(|(cell, count)| *larger.entry(cell).or_insert(0) += count);
            larger
        });
        let inside = counts.into_iter().filter(|&(cell, _)| window.contains(middle_of(cell)));
        let mut cells: Vec<HexCell> =
            inside.map(|(cell, count)| HexCell { index: u64::from(cell), count }).collect();
        cells.sort_unstable_by_key(|cell| cell.index);
        Self { resolution, cells, order: Arc::clone(order) }
    }

    /// The cells, by number.
    pub fn cells(&self) -> &[HexCell] {
        &self.cells
    }

    /// Of H3, 0 to 15.
    pub fn resolution(&self) -> u8 {
        self.resolution.into()
    }

    /// How wide a cell of the resolution is on average, across its sides, metres.
    pub fn cell_width_m(&self) -> f64 {
        width_m(self.resolution)
    }

    /// The count of the fullest cell; 0 where there is none.
    pub fn most(&self) -> u32 {
        self.cells.iter().map(|cell| cell.count).max().unwrap_or(0)
    }

    /// The cell at a place, where it holds any feature.
    pub fn at(&self, at: WorldPos) -> Option<HexCell> {
        let index = u64::from(cell_at(at, self.resolution));
        let place = self.cells.binary_search_by_key(&index, |cell| cell.index).ok()?;
        Some(self.cells[place])
    }

    /// The rows in a cell and the box around their places, in the world where `near` is.
    pub fn rows(&self, cell: HexCell, near: WorldPos) -> (Vec<FeatureRow>, WorldRect) {
        let (mut rows, mut bounds) = (Vec::new(), WorldRect::EMPTY);
        let mut finder = HexFinder::new(self.resolution);
        let around = window_of(cell, near);
        for (column, row) in around.tiles() {
            for index in self.order.in_tile(around.level, column, row) {
                let at = self.order.place(index);
                if u64::from(finder.cell_at(at)) == cell.index {
                    rows.push(self.order.row(index));
                    bounds.include(WorldPos::new(near.x + super::cluster::east_of(near.x, at.x), at.y));
                }
            }
        }
        rows.sort_unstable();
        (rows, bounds)
    }
}

/// The tiles that hold all of a cell.
fn window_of(cell: HexCell, near: WorldPos) -> TileWindow {
    let ring = hex_ring(cell);
    let corners = ring.iter().map(|&[lon_deg, lat_deg]| world_from_lon_lat(LonLat { lon_deg, lat_deg }));
    let mut bounds = WorldRect { min: near, max: near };
    corners.for_each(|corner| {
        bounds.include(WorldPos::new(near.x + super::cluster::east_of(near.x, corner.x), corner.y));
    });
    let side = bounds.width_world().max(bounds.height_world()).max(1e-9);
    let view = Viewport { center: bounds.center(), zoom: -side.log2(), size_points: [256.0; 2] };
    TileWindow::around(&view)
}

/// The outline of a cell, `[lon, lat]` in degrees, closed. Longitudes go on past ±180° where the cell lies on both sides;
/// a cell around a pole reaches to the pole along the edge of the map.
pub(super) fn hex_ring(cell: HexCell) -> Vec<[f64; 2]> {
    let Ok(index) = CellIndex::try_from(cell.index) else { return Vec::new() };
    let mut ring: Vec<[f64; 2]> = Vec::with_capacity(12);
    for corner in index.boundary().iter() {
        let before = ring.last().map_or(corner.lng(), |before| before[0]);
        ring.push([before + shorter_way_deg(corner.lng() - before), corner.lat()]);
    }
    let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else { return ring };
    let end_lon = last[0] + shorter_way_deg(first[0] - last[0]);
    if (end_lon - first[0]).abs() > 180.0 {
        let pole = 90.0_f64.copysign(first[1]);
        ring.extend([[end_lon, first[1]], [end_lon, pole], [first[0], pole]]);
    }
    ring.push(first);
    ring
}

fn shorter_way_deg(way: f64) -> f64 {
    way - (way / 360.0).round() * 360.0
}

fn split(part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    part.clone().step_by(POINTS_PER_TASK).map(move |begin| begin..(begin + POINTS_PER_TASK).min(part.end))
}

fn counted(order: &PointOrder, part: Range<usize>, resolution: Resolution) -> HashMap<CellIndex, u32> {
    let mut finder = HexFinder::new(resolution);
    let mut counts = HashMap::new();
    // Neighbours in the order mostly share a cell: counted together, they cost one look-up.
    let mut run: Option<(CellIndex, u32)> = None;
    for index in part {
        let cell = finder.cell_at(order.place(index));
        match &mut run {
            Some((same, count)) if *same == cell => *count += 1,
            _ => {
                if let Some((ended, count)) = run.replace((cell, 1)) {
                    *counts.entry(ended).or_insert(0) += count;
                }
            }
        }
    }
    if let Some((ended, count)) = run {
        *counts.entry(ended).or_insert(0) += count;
    }
    counts
}

fn middle_of(cell: CellIndex) -> WorldPos {
    let middle = LatLng::from(cell);
    let at = world_from_lon_lat(LonLat::new(middle.lng(), middle.lat()));
    WorldPos::new(at.x.rem_euclid(1.0), at.y)
}

/// Across the sides of a regular hexagon with the resolution's average edge.
fn width_m(resolution: Resolution) -> f64 {
    resolution.edge_length_m() * 3.0_f64.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tessellate::aggregate_fixture::{points, scattered};

    fn order(places: &[[f64; 2]]) -> Arc<PointOrder> {
        Arc::new(PointOrder::build(&points(places), None))
    }

    fn view(lon: f64, lat: f64, zoom: f64) -> Viewport {
        Viewport::new(LonLat::new(lon, lat), zoom, [1000.0, 800.0])
    }

    #[test]
    fn every_row_is_in_exactly_one_cell_at_each_zoom() {
        let order = order(&scattered(3_000));
        for (level, resolution) in [(1, 0), (2, 1), (3, 2), (4, 3)] {
            let side = 256.0 * 8.0 * f64::from(level).exp2() as f32;
            let all = Viewport::new(LonLat::new(0.0, 0.0), f64::from(level), [side; 2]);
            let bins = HexBins::build(&order, TileWindow::around(&all), resolution);
            let counted: u32 = bins.cells().iter().map(|cell| cell.count).sum();
            assert_eq!(counted, 3_000, "level {level}");
            let mut rows: Vec<FeatureRow> = Vec::new();
            for &cell in bins.cells() {
                let middle = middle_of(CellIndex::try_from(cell.index).unwrap());
                let (found, _) = bins.rows(cell, middle);
                assert_eq!(found.len(), cell.count as usize, "{cell:?}");
                rows.extend(found);
            }
            rows.sort_unstable();
            assert_eq!(rows, (0..3_000).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_cell_and_its_count_are_those_that_h3_gives() {
        let places = [[36.63, 35.93], [36.631, 35.931], [37.4, 36.2]];
        let view = view(36.8, 36.0, 9.0);
        let bins = HexBins::build(&order(&places), TileWindow::around(&view), 5);
        let theirs = LatLng::new(35.93, 36.63).unwrap().to_cell(Resolution::Five);
        let at = world_from_lon_lat(LonLat::new(36.63, 35.93));
        assert_eq!(bins.at(at), Some(HexCell { index: u64::from(theirs), count: 2 }));
        assert_eq!(bins.at(world_from_lon_lat(LonLat::new(30.0, 35.0))), None);
    }

    #[test]
    fn a_cell_is_17_to_46_points_wide_at_every_zoom_and_latitude() {
        for lat in [0.0, 35.0, 60.0, -75.0] {
            for tenth in 25..190 {
                let view = view(36.0, lat, f64::from(tenth) / 10.0);
                let resolution = Resolution::try_from(hex_resolution(&view)).unwrap();
                let metres_per_point =
                    EARTH_CIRCUMFERENCE_M * lat.to_radians().cos() / view.points_per_world();
                let points = width_m(resolution) / metres_per_point;
                assert!((17.0..46.5).contains(&points), "{points:.1} at zoom {} and {lat}°", view.zoom);
            }
        }
    }

    #[test]
    fn moving_the_map_changes_no_count_in_view() {
        let places: Vec<_> =
            scattered(20_000).iter().map(|&[x, y]| [36.0 + x / 90.0, 35.0 + y / 90.0]).collect();
        let order = order(&places);
        let (one, other) =
            (TileWindow::around(&view(36.0, 35.0, 8.0)), TileWindow::around(&view(37.0, 35.2, 8.0)));
        let cells = [one, other].map(|window| HexBins::build(&order, window, 5).cells);
        let common: Vec<_> = cells[0]
            .iter()
            .filter_map(|cell| {
                let same = cells[1].binary_search_by_key(&cell.index, |cell| cell.index).ok()?;
                Some((cell.count, cells[1][same].count))
            })
            .collect();
        assert!(common.len() > 50 && common.iter().all(|(a, b)| a == b), "{}", common.len());
    }

    #[test]
    fn a_cell_over_the_antimeridian_is_drawn_in_one_piece_and_one_at_a_pole_reaches_it() {
        let ring = |lon: f64, lat: f64| {
            let cell = LatLng::new(lat, lon).unwrap().to_cell(Resolution::Two);
            hex_ring(HexCell { index: cell.into(), count: 1 })
        };
        let fiji = ring(180.0, -17.0);
        assert!(fiji.windows(2).all(|edge| (edge[0][0] - edge[1][0]).abs() < 5.0), "{fiji:?}");
        assert_eq!(fiji.first(), fiji.last());
        let pole = ring(0.0, 90.0);
        let lons = pole.iter().map(|at| at[0]);
        let (west, east) = lons.fold((f64::MAX, f64::MIN), |(w, e), lon| (w.min(lon), e.max(lon)));
        assert!(((east - west) - 360.0).abs() < 1e-9 && pole.iter().any(|at| at[1] == 90.0), "{pole:?}");
    }

    #[test]
    fn an_empty_layer_has_no_cells() {
        let bins = HexBins::build(&order(&[]), TileWindow::around(&view(0.0, 0.0, 3.0)), 2);
        assert_eq!((bins.cells().len(), bins.most()), (0, 0));
    }
}
