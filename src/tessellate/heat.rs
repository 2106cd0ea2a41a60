//! How densely features lie, as an image over the map.
//!
//! Floor 3. Every feature is a soft disc (a Gaussian cut at 2.6 standard deviations), all discs are added. Computed in
//! cells that are fixed to the world, so that nothing shimmers while the map is moved.

use rayon::prelude::*;

use super::{PointOrder, TileWindow};
use crate::coords::{TILE_POINTS, WorldRect};
use crate::symbology::Rgba;

/// A feature counts for places this near to it, in points of the screen at the level's own zoom; at its place fully,
/// near the end of the radius almost not.
const RADIUS_POINTS: f64 = 24.0;
/// Beyond so many standard deviations a feature counts for less than 4 %, and is left out.
const CUT_DEVIATIONS: f64 = 2.6;
/// Cells of the image in a tile, unless that would be more than a graphics card takes.
const CELLS_PER_TILE: u32 = 128;
const MOST_CELLS: u32 = 4096;

/// A coloured image over a box of the Mercator world.
#[derive(Debug, Clone, PartialEq)]
pub struct MapImage {
    /// The box; its rows are evenly spaced in Mercator, not in latitude.
    pub bounds: WorldRect,
    /// Columns.
    pub width: u32,
    /// Rows, from the north.
    pub height: u32,
    /// Red, green, blue and alpha of each cell, row by row; alpha is multiplied in already.
    pub rgba: Vec<u8>,
}

/// How densely features lie in a window.
#[derive(Debug)]
pub struct HeatField {
    bounds: WorldRect,
    width: usize,
    height: usize,
    /// Features near each cell, those farther away counting less.
    density: Vec<f32>,
    /// World units.
    radius_world: f64,
}

impl HeatField {
    /// The density in the window.
    pub fn build(order: &PointOrder, window: TileWindow) -> Self {
        let bounds = window.bounds();
        let tiles = bounds.width_world().max(bounds.height_world()) * f64::from(window.level).exp2();
        let mut cells_per_tile = CELLS_PER_TILE;
        while tiles * f64::from(cells_per_tile) > f64::from(MOST_CELLS) && cells_per_tile > 8 {
            cells_per_tile /= 2;
        }
        let cell_world = f64::from(-window.level).exp2() / f64::from(cells_per_tile);
        let side = |world: f64| (world / cell_world).round() as usize;
        let (width, height) = (side(bounds.width_world()), side(bounds.height_world()));
        let radius_cells = RADIUS_POINTS * f64::from(cells_per_tile) / TILE_POINTS;
        let kernel = kernel(radius_cells);
        let counts = Counts::of(order, window, cell_world, [width, height], kernel.len() / 2);
        let density = counts.blurred(&kernel, [width, height]);
        Self { bounds, width, height, density, radius_world: RADIUS_POINTS * window.point_world() }
    }

    /// The density where it is highest: so many features in one place would look the same. 0 for nothing.
    pub fn most(&self) -> f32 {
        self.density.iter().copied().fold(0.0, f32::max)
    }

    /// How far a feature is felt, world units.
    pub fn radius_world(&self) -> f64 {
        self.radius_world
    }

    /// The image; `color` is asked for the density as a part of `full`, 0 to 1 and at most 1.
    pub fn image(&self, full: f32, color: impl Fn(f32) -> Rgba + Sync) -> MapImage {
        // A ramp has no more colours than an eye can part.
        let ramp: Vec<[u8; 4]> =
            (0..=255_u8).map(|step| premultiplied(color(f32::from(step) / 255.0))).collect();
        let shade = |density: f32| ramp[(density / full.max(f32::MIN_POSITIVE) * 255.0).min(255.0) as usize];
        let rgba = self.density.par_iter().flat_map_iter(|&density| shade(density)).collect();
        MapImage { bounds: self.bounds, width: self.width as u32, height: self.height as u32, rgba }
    }
}

fn premultiplied(color: Rgba) -> [u8; 4] {
    let times = |channel: u8| ((u32::from(channel) * u32::from(color.a) + 127) / 255) as u8;
    [times(color.r), times(color.g), times(color.b), color.a]
}

/// The weights from one end of the radius to the other, 1 in the middle.
fn kernel(radius_cells: f64) -> Vec<f32> {
    let reach = radius_cells.ceil() as i32;
    let deviation = radius_cells / CUT_DEVIATIONS;
    (-reach..=reach).map(|step| (-0.5 * (f64::from(step) / deviation).powi(2)).exp() as f32).collect()
}

/// Features in each cell of the window and of a border as wide as the radius.
struct Counts {
    width: usize,
    border: usize,
    cells: Vec<f32>,
}

impl Counts {
    fn of(
        order: &PointOrder,
        window: TileWindow,
        cell_world: f64,
        [width, height]: [usize; 2],
        border: usize,
    ) -> Self {
        let (full_width, full_height) = (width + 2 * border, height + 2 * border);
        let mut cells = vec![0.0; full_width * full_height];
        let corner = window.bounds().min;
        let cell = |world: f64| (world / cell_world).floor() as i64 + border as i64;
        let world_cells = (1.0 / cell_world).round() as i64;
        for (column, row) in window.grown(1).tiles() {
            for at in order.in_tile(window.level, column, row).map(|index| order.place(index)) {
                let y = cell(at.y - corner.y);
                let first = cell(at.x - corner.x).rem_euclid(world_cells);
                // The world repeats: what lies at its end is felt at its beginning.
                let copies = [first, first + world_cells].into_iter();
                for x in copies.filter(|&x| x < full_width as i64 && (0..full_height as i64).contains(&y)) {
                    cells[y as usize * full_width + x as usize] += 1.0;
                }
            }
        }
        Self { width: full_width, border, cells }
    }

    /// Along the rows, then along the columns; without the border.
    fn blurred(&self, kernel: &[f32], [width, height]: [usize; 2]) -> Vec<f32> {
        let mut along = vec![0.0; width * (height + 2 * self.border)];
        along.par_chunks_mut(width.max(1)).zip(self.cells.par_chunks(self.width.max(1))).for_each(
            |(to, from)| {
                if from.iter().all(|&count| count == 0.0) {
                    return;
                }
                for (shift, weight) in kernel.iter().enumerate() {
                    to.iter_mut().zip(&from[shift..]).for_each(|(to, from)| *to += weight * from);
                }
            },
        );
        let mut density = vec![0.0; width * height];
        density.par_chunks_mut(width.max(1)).enumerate().for_each(|(row, to)| {
            for (shift, weight) in kernel.iter().enumerate() {
                let from = &along[(row + shift) * width..][..width];
                to.iter_mut().zip(from).for_each(|(to, from)| *to += weight * from);
            }
        });
        density
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, Viewport, WorldPos, world_from_lon_lat};
    use crate::tessellate::aggregate_fixture::{points, scattered};

    fn field(places: &[[f64; 2]], lon: f64, lat: f64, zoom: f64) -> HeatField {
        let view = Viewport::new(LonLat::new(lon, lat), zoom, [600.0, 400.0]);
        HeatField::build(&PointOrder::build(&points(places), None), TileWindow::around(&view))
    }

    fn density_at(field: &HeatField, at: WorldPos) -> f32 {
        let part =
            |value: f64, min: f64, side: f64, cells: usize| ((value - min) / side * cells as f64) as usize;
        let x = part(at.x, field.bounds.min.x, field.bounds.width_world(), field.width);
        let y = part(at.y, field.bounds.min.y, field.bounds.height_world(), field.height);
        field.density[y * field.width + x]
    }

    #[test]
    fn features_in_one_place_are_counted_there_in_full_and_not_at_all_beyond_the_radius() {
        let field = field(&[[36.0, 35.0]; 5], 36.0, 35.0, 9.0);
        let at = world_from_lon_lat(LonLat::new(36.0, 35.0));
        assert_eq!((density_at(&field, at), field.most()), (5.0, 5.0));
        let beyond = WorldPos::new(at.x + 1.1 * field.radius_world(), at.y);
        let within = WorldPos::new(at.x + 0.5 * field.radius_world(), at.y);
        assert_eq!(density_at(&field, beyond), 0.0);
        assert!((1.0..4.0).contains(&density_at(&field, within)));
    }

    #[test]
    fn the_density_sums_to_the_features_times_what_one_of_them_adds() {
        let places: Vec<_> =
            scattered(500).iter().map(|&[x, y]| [36.0 + x / 900.0, 35.0 + y / 900.0]).collect();
        let sum = |places: &[[f64; 2]]| field(places, 36.0, 35.0, 9.0).density.iter().sum::<f32>();
        let one = sum(&places[..1]);
        assert!((sum(&places) / one - 500.0).abs() < 0.5, "{}", sum(&places) / one);
    }

    #[test]
    fn the_field_is_the_same_wherever_the_view_stands() {
        let places: Vec<_> =
            scattered(900).iter().map(|&[x, y]| [36.0 + x / 300.0, 35.0 + y / 300.0]).collect();
        let (one, other) = (field(&places, 36.0, 35.0, 9.0), field(&places, 36.7, 35.2, 9.0));
        for [lon, lat] in [[36.2, 35.1], [36.35, 35.0], [36.4, 35.3]] {
            let at = world_from_lon_lat(LonLat::new(lon, lat));
            assert!((density_at(&one, at) - density_at(&other, at)).abs() < 1e-3);
        }
    }

    #[test]
    fn a_feature_at_the_antimeridian_is_felt_on_both_sides() {
        let near = field(&[[179.9999, 10.0]], 180.0, 10.0, 5.0);
        let at = world_from_lon_lat(LonLat::new(180.0, 10.0));
        for step in [-0.2, 0.2] {
            assert!(density_at(&near, WorldPos::new(at.x + step * near.radius_world(), at.y)) > 0.5);
        }
        let world = field(&[[179.9999, 10.0]], 0.0, 0.0, 1.0);
        let at = world_from_lon_lat(LonLat::new(-179.9, 10.0));
        assert!(density_at(&world, at) > 0.9);
    }

    #[test]
    fn no_features_give_a_clear_image() {
        let field = field(&[], 36.0, 35.0, 9.0);
        let image = field.image(1.0, |part| Rgba::hex(0xFFFFFF).faded(part));
        assert_eq!(image.rgba.len(), (image.width * image.height * 4) as usize);
        assert!(image.rgba.iter().all(|&value| value == 0) && field.most() == 0.0);
    }
}
