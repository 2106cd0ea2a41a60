//! The points of a layer along a Z-order curve: whatever is near on the map is near in the list, at every zoom.
//!
//! Floor 3. Clusters, hexagons and the heat map all count from this; it is kept only while a layer is shown as one.

use std::ops::Range;

use rayon::prelude::*;

use super::RowFilter;
use super::ring::world_position;
use crate::coords::WorldPos;
use crate::situation::{FeatureRow, FeatureStore, PartKind};

/// Bits of a coordinate: steps of 2⁻³⁰ of the world, 4 cm at the equator.
const WORLD_BITS: u32 = 30;
/// Mercator goes on beyond its square towards the poles: y is counted from one world further north.
const NORTH_WORLDS: f64 = 1.0;

/// One place a row, in the order of a Z-order curve (Morton 1966). 12 bytes a point.
///
/// A row counts once, at the first of its points, however many it has. Rows without a point and rows that are filtered
/// away are not in it. Places lie in the one world from 0 to 1 east of the antimeridian, wherever the file put them.
#[derive(Debug, Default)]
pub struct PointOrder {
    codes: Vec<u64>,
    rows: Vec<u32>,
}

impl PointOrder {
    /// The places of all rows that `shown` lets pass, all of them where it is `None`.
    pub fn build(features: &FeatureStore, shown: Option<RowFilter<'_>>) -> Self {
        let mut placed: Vec<(u64, u32)> = (0..features.len())
            .into_par_iter()
            .filter(|&row| shown.is_none_or(|shown| shown(row)))
            .filter_map(|row| Some((code_of(first_point(features, row)?), row as u32)))
            .collect();
        placed.par_sort_unstable();
        let (codes, rows) = placed.into_iter().unzip();
        Self { codes, rows }
    }

    /// How many rows have a place.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The row at a place in the order. `index` must be below [`PointOrder::len`].
    pub fn row(&self, index: usize) -> FeatureRow {
        self.rows[index] as usize
    }

    /// Where that row lies, to 4 cm; x from 0 to 1.
    pub fn place(&self, index: usize) -> WorldPos {
        place_of(self.codes[index])
    }

    /// What lies in the tile of a slippy-map `level`, a part of the order. Rows of tiles are negative beyond 85° N.
    pub fn in_tile(&self, level: i32, column: u32, row: i64) -> Range<usize> {
        let shift = 2 * (WORLD_BITS - level.clamp(0, WORLD_BITS as i32) as u32);
        let world_tiles = 1_i64 << level.clamp(0, WORLD_BITS as i32);
        let Ok(y) = u32::try_from(row + world_tiles) else { return 0..0 };
        let tile = interleaved(column, y);
        let first = self.codes.partition_point(|&code| code >> shift < tile);
        let count = self.codes[first..].partition_point(|&code| code >> shift == tile);
        first..first + count
    }

    /// `part` cut where the places leave one square of `1 / 2^level` of the world for the next; each with the square's
    /// column and row, counted like tiles but one world further north.
    pub fn squares(&self, part: Range<usize>, level: i32) -> impl Iterator<Item = ([u32; 2], Range<usize>)> {
        let shift = 2 * (WORLD_BITS - level.clamp(0, WORLD_BITS as i32) as u32);
        let mut begin = part.start;
        let runs = self.codes[part].chunk_by(move |a, b| a >> shift == b >> shift);
        runs.map(move |run| {
            let range = begin..begin + run.len();
            begin = range.end;
            (separated(run[0] >> shift), range)
        })
    }
}

/// The first of a row's points; `None` where it has none that can be drawn.
fn first_point(features: &FeatureStore, row: FeatureRow) -> Option<WorldPos> {
    let mut points = features.geometry(row).parts().filter(|part| part.kind == PartKind::Point);
    let [x, y] = points.find_map(|part| world_position(part.vertices().first()?))?;
    Some(WorldPos::new(x, y))
}

fn code_of(at: WorldPos) -> u64 {
    let steps = f64::from(1_u32 << WORLD_BITS);
    // A tiny negative x comes back from `rem_euclid` as exactly 1.
    let x = ((at.x.rem_euclid(1.0) * steps) as u32).min((1 << WORLD_BITS) - 1);
    interleaved(x, ((at.y + NORTH_WORLDS) * steps) as u32)
}

fn place_of(code: u64) -> WorldPos {
    let steps = f64::from(1_u32 << WORLD_BITS);
    let [x, y] = separated(code).map(|value| (f64::from(value) + 0.5) / steps);
    WorldPos::new(x, y - NORTH_WORLDS)
}

/// The bits of both in turn, those of `y` before those of `x`.
fn interleaved(x: u32, y: u32) -> u64 {
    spread(x) | spread(y) << 1
}

fn separated(code: u64) -> [u32; 2] {
    [gathered(code), gathered(code >> 1)]
}

fn spread(value: u32) -> u64 {
    let mut bits = u64::from(value);
    bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF;
    bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

fn gathered(code: u64) -> u32 {
    let mut bits = code & 0x5555_5555_5555_5555;
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333;
    bits = (bits | bits >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF;
    (bits | bits >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::LonLat;
    use crate::coords::world_from_lon_lat;
    use crate::tessellate::aggregate_fixture::{collection, points};

    #[test]
    fn a_place_comes_back_to_within_its_four_centimetres() {
        for at in [WorldPos::new(0.601, 0.4), WorldPos::new(0.0, -0.6), WorldPos::new(0.999_999_999, 1.6)] {
            let back = place_of(code_of(at));
            assert!((back.x - at.x).abs() < 1e-9 && (back.y - at.y).abs() < 1e-9, "{back:?}");
        }
    }

    #[test]
    fn the_tiles_of_a_level_hold_every_row_once() {
        let order = PointOrder::build(&points(&crate::tessellate::aggregate_fixture::scattered(3_000)), None);
        for level in [0, 1, 3] {
            let tiles =
                (0..1_u32 << level).flat_map(|x| (-(1_i64 << level)..2 << level).map(move |y| (x, y)));
            let mut rows: Vec<_> =
                tiles.flat_map(|(x, y)| order.in_tile(level, x, y)).map(|index| order.row(index)).collect();
            rows.sort_unstable();
            assert_eq!(rows, (0..3_000).collect::<Vec<_>>(), "level {level}");
        }
    }

    #[test]
    fn squares_part_what_lies_in_different_ones() {
        let order = PointOrder::build(&points(&[[10.0, 10.0], [10.1, 10.0], [-170.0, 10.0]]), None);
        let squares: Vec<_> = order.squares(0..3, 2).collect();
        assert_eq!(squares.iter().map(|(_, range)| range.len()).collect::<Vec<_>>(), [1, 2]);
        let column = (world_from_lon_lat(LonLat::new(10.0, 10.0)).x * 4.0) as u32;
        assert_eq!(squares[1].0, [column, 4 + 1]);
    }

    #[test]
    fn a_row_counts_once_at_its_first_point_and_areas_do_not_count() {
        let order = PointOrder::build(&collection(), None);
        let rows: Vec<_> = (0..order.len()).map(|index| order.row(index)).collect();
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!(PointOrder::build(&collection(), Some(&|row| row == 0)).len(), 1);
    }

    #[test]
    fn points_past_the_antimeridian_lie_in_the_one_world() {
        let order = PointOrder::build(&points(&[[190.0, 0.0], [-170.0, 0.0], [-190.0, 89.99]]), None);
        let fiji: Vec<_> =
            (0..3).filter(|&index| order.row(index) < 2).map(|index| order.place(index)).collect();
        assert_eq!(fiji[0], fiji[1]);
        assert!((0..3).all(|index| (0.0..1.0).contains(&order.place(index).x)));
    }
}
