//! A layer's points sorted into the bins of a grid, so that those in one tile of the screen are found at once.
//!
//! Floor 3. For drawing without a graphics card, where a frame must not cost as much as the layer has points.

use super::bin_grid::BinGrid;
use super::picture_part::PlacedMarker;
use crate::coords::WorldRect;

/// The widest bin, as wide as the finest block: an offset in an `f32` is exact to a small part of a pixel.
const WIDEST_BIN_WORLD: f64 = 1.0 / 256.0;

/// All points of a picture, bin by bin, in each bin in the order of their rows.
#[derive(Debug, Clone)]
pub struct MarkerBins {
    grid: BinGrid,
    /// The first point of each bin, line by line, and the end.
    starts: Vec<u32>,
    /// From the bin's north-western corner, world units.
    offsets: Vec<[f32; 2]>,
    rows: Vec<u32>,
    /// Empty where all points wear the same symbol.
    symbols: Vec<u16>,
    common_symbol: u16,
}

/// The points of one bin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bin<'a> {
    /// Its north-western corner.
    pub corner: [f64; 2],
    /// From the corner, world units.
    pub offsets: &'a [[f32; 2]],
    /// In rising order.
    pub rows: &'a [u32],
    symbols: &'a [u16],
    common_symbol: u16,
}

impl Bin<'_> {
    /// The symbol of the bin's `nth` point.
    pub(super) fn symbol(&self, nth: usize) -> u16 {
        self.symbols.get(nth).copied().unwrap_or(self.common_symbol)
    }
}

impl Default for MarkerBins {
    fn default() -> Self {
        Self {
            grid: BinGrid::new(WorldRect::EMPTY, WIDEST_BIN_WORLD),
            starts: vec![0; 2],
            offsets: Vec::new(),
            rows: Vec::new(),
            symbols: Vec::new(),
            common_symbol: 0,
        }
    }
}

impl MarkerBins {
    /// Sorts the points; the parts follow one another in the order of their rows.
    pub(super) fn new(parts: &[Vec<PlacedMarker>]) -> Self {
        let mut bounds = WorldRect::EMPTY;
        parts.iter().flatten().for_each(|marker| bounds.include(marker.at));
        let count: usize = parts.iter().map(Vec::len).sum();
        let Some(common_symbol) = parts.iter().flatten().next().map(|first| first.symbol) else {
            return Self::default();
        };
        let even = BinGrid::even_bin_world(bounds, count);
        // All in one place: one bin of any width.
        let bin_world = if even > 0.0 { even.min(WIDEST_BIN_WORLD) } else { WIDEST_BIN_WORLD };
        let grid = BinGrid::new(bounds, bin_world);
        let mut bins = Self { grid, common_symbol, ..Self::default() };
        let mut next = bins.counted(parts);
        bins.offsets = vec![[0.0; 2]; count];
        bins.rows = vec![0; count];
        if parts.iter().flatten().any(|marker| marker.symbol != common_symbol) {
            bins.symbols = vec![0; count];
        }
        for marker in parts.iter().flatten() {
            let (bin, offset) = bins.place(marker);
            let place = next[bin] as usize;
            next[bin] += 1;
            bins.offsets[place] = offset;
            bins.rows[place] = marker.row;
            if let Some(symbol) = bins.symbols.get_mut(place) {
                *symbol = marker.symbol;
            }
        }
        bins
    }

    /// Fills `starts`; returns the place of the next point of each bin.
    fn counted(&mut self, parts: &[Vec<PlacedMarker>]) -> Vec<u32> {
        let mut counts = vec![0_u32; self.grid.len()];
        for marker in parts.iter().flatten() {
            counts[self.place(marker).0] += 1;
        }
        self.starts = BinGrid::starts(counts);
        self.starts.clone()
    }

    /// A point's bin, and its offset there.
    fn place(&self, marker: &PlacedMarker) -> (usize, [f32; 2]) {
        let (column, line) = (self.grid.column_of(marker.at.x), self.grid.line_of(marker.at.y));
        let (bin, corner) = (self.grid.bin(column, line), self.corner((column, line)));
        (bin, [(marker.at.x - corner[0]) as f32, (marker.at.y - corner[1]) as f32])
    }

    /// A bin's north-western corner.
    fn corner(&self, (column, line): (usize, usize)) -> [f64; 2] {
        let (min, width) = (self.grid.bounds().min, self.grid.bin_world());
        [min.x + column as f64 * width, min.y + line as f64 * width]
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The box around all points.
    pub fn bounds(&self) -> WorldRect {
        self.grid.bounds()
    }

    /// All rows, bin by bin.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The bins that share a place with the box, empty ones left out.
    pub(super) fn bins_in(&self, rect: WorldRect) -> impl Iterator<Item = Bin<'_>> {
        self.grid.bins_in(rect).filter_map(|bin| self.bin(bin))
    }

    fn bin(&self, bin: usize) -> Option<Bin<'_>> {
        let range = self.starts[bin] as usize..self.starts[bin + 1] as usize;
        (!range.is_empty()).then(|| Bin {
            corner: self.corner(self.grid.place(bin)),
            offsets: &self.offsets[range.clone()],
            rows: &self.rows[range.clone()],
            symbols: self.symbols.get(range).unwrap_or_default(),
            common_symbol: self.common_symbol,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::WorldPos;

    fn markers(places: &[[f64; 2]]) -> Vec<PlacedMarker> {
        let marker = |(row, &[x, y]): (usize, &[f64; 2])| PlacedMarker {
            at: WorldPos::new(x, y),
            symbol: (row % 3) as u16,
            row: row as u32,
        };
        places.iter().enumerate().map(marker).collect()
    }

    #[test]
    fn every_point_is_in_one_bin_where_it_was_and_wears_what_it_wore() {
        let place = |n: u32| [f64::from(n * 7919 % 5003) / 5003.0, f64::from(n * 104_729 % 4999) / 9998.0];
        let places: Vec<_> = (0..5000).map(place).collect();
        let bins = MarkerBins::new(&[markers(&places)]);
        let everywhere = WorldRect { min: WorldPos::new(-1.0, -1.0), max: WorldPos::new(2.0, 2.0) };
        let mut met = 0;
        for bin in bins.bins_in(everywhere) {
            assert!(bin.rows.is_sorted());
            for (nth, (&row, offset)) in bin.rows.iter().zip(bin.offsets).enumerate() {
                let [x, y] = places[row as usize];
                assert!((bin.corner[0] + f64::from(offset[0]) - x).abs() < 1e-9);
                assert!((bin.corner[1] + f64::from(offset[1]) - y).abs() < 1e-9);
                assert_eq!(u32::from(bin.symbol(nth)), row % 3);
                met += 1;
            }
        }
        assert_eq!((met, bins.len()), (5000, 5000));
    }

    #[test]
    fn a_box_meets_all_points_inside_it_and_few_others() {
        let places: Vec<_> =
            (0..10_000).map(|n| [0.6 + f64::from(n % 100) * 1e-5, 0.4 + f64::from(n / 100) * 1e-5]).collect();
        let bins = MarkerBins::new(&[markers(&places)]);
        let rect =
            WorldRect { min: WorldPos::new(0.600_295, 0.400_195), max: WorldPos::new(0.600_505, 0.400_405) };
        let met: Vec<u32> = bins.bins_in(rect).flat_map(|bin| bin.rows.to_vec()).collect();
        let inside =
            |row: &u32| rect.contains(WorldPos::new(places[*row as usize][0], places[*row as usize][1]));
        assert_eq!(met.iter().filter(|row| inside(row)).count(), 21 * 21);
        assert!(met.len() < 1500, "{}", met.len());
    }

    #[test]
    fn points_in_one_place_or_none_at_all_make_no_trouble() {
        assert!(MarkerBins::new(&[]).is_empty());
        let same = MarkerBins::new(&[markers(&[[0.5, 0.5]; 9])]);
        assert_eq!(same.bins_in(same.bounds()).map(|bin| bin.rows.len()).sum::<usize>(), 9);
    }
}
