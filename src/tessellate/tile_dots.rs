//! Which points touch a tile, and at which of its pixels: found once for all rows, whichever of them are shown.
//!
//! Floor 3.

use super::bin_grid::BinGrid;
use super::marker_bins::Bin;
use super::marker_sprite::SpriteShape;
use super::pixel_canvas::CANVAS_TILE_PX;
use super::{MarkerBins, MarkerSprite, TilePlace};

/// Bits of a row's number that one round of sorting looks at.
const SORTED_BITS: u32 = 11;

/// The points of a tile in the order of their rows.
#[derive(Debug)]
pub struct TileDots {
    dots: Vec<Dot>,
    margin: usize,
}

/// A point's pixel on the tile, its margin included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dot {
    pub row: u32,
    pub x: u16,
    pub y: u16,
    pub symbol: u16,
}

impl TileDots {
    /// The points that touch the tile, of all rows. `sprites` go by symbol number.
    pub fn find(bins: &MarkerBins, sprites: &[Option<MarkerSprite>], place: TilePlace) -> Self {
        let shapes: Vec<_> = sprites.iter().map(|sprite| Some(sprite.as_ref()?.shape())).collect();
        // Wider than the largest sprite, so that nothing needs to be clipped.
        let margin = 2 + shapes.iter().flatten().map(|shape| shape.side).max().unwrap_or(0);
        let finder = DotFinder { margin, side: CANVAS_TILE_PX + 2 * margin, shapes: &shapes, place };
        let reach = margin as f64 / place.px_per_world;
        let mut dots = Vec::new();
        for bin in bins.bins_in(place.rect().grown(reach)) {
            dots.extend((0..bin.rows.len()).filter_map(|nth| finder.dot(&bin, nth)));
        }
        Self { dots: sorted_by_row(dots), margin }
    }

    /// How far the canvas reaches beyond the tile on every side.
    pub(super) fn margin(&self) -> usize {
        self.margin
    }

    /// The last row first.
    pub(super) fn last_first(&self) -> impl Iterator<Item = &Dot> {
        self.dots.iter().rev()
    }
}

struct DotFinder<'a> {
    margin: usize,
    /// Of the canvas.
    side: usize,
    shapes: &'a [Option<SpriteShape>],
    place: TilePlace,
}

impl DotFinder<'_> {
    /// The bin's `nth` marker; `None` where it does not reach into the tile.
    fn dot(&self, bin: &Bin<'_>, nth: usize) -> Option<Dot> {
        let (symbol, place) = (bin.symbol(nth), self.place);
        let shape = (*self.shapes.get(usize::from(symbol))?)?;
        let corner = [bin.corner[0] - place.corner.x, bin.corner[1] - place.corner.y];
        let px = |axis: usize| {
            let at = (corner[axis] + f64::from(bin.offsets[nth][axis])) * place.px_per_world;
            // Half a pixel before the truncation, which rounds.
            at - shape.half_pixel + 0.5 + self.margin as f64
        };
        let (x, y) = (px(0), px(1));
        let low = shape.center as f64;
        let high = (self.side - shape.side) as f64 + low;
        let is_inside = (low..high).contains(&x) && (low..high).contains(&y);
        is_inside.then(|| Dot { row: bin.rows[nth], x: x as u16, y: y as u16, symbol })
    }
}

/// In the order of their rows, by counting a part of the numbers' bits in each round, the lowest first.
fn sorted_by_row(mut dots: Vec<Dot>) -> Vec<Dot> {
    let highest = dots.iter().map(|dot| dot.row).max().unwrap_or(0);
    let mut sorted = vec![Dot::default(); dots.len()];
    let mut shift = 0;
    while shift < u32::BITS && highest >> shift > 0 {
        let part = |dot: &Dot| (dot.row >> shift) as usize & ((1 << SORTED_BITS) - 1);
        let mut counts = vec![0_u32; 1 << SORTED_BITS];
        dots.iter().for_each(|dot| counts[part(dot)] += 1);
        let mut next = BinGrid::starts(counts);
        for dot in &dots {
            let place = &mut next[part(dot)];
            sorted[*place as usize] = *dot;
            *place += 1;
        }
        std::mem::swap(&mut dots, &mut sorted);
        shift += SORTED_BITS;
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_sorted_by_their_rows_whatever_bits_those_have() {
        let rows = (0..5000_u32).map(|n| n.wrapping_mul(2_654_435_761) >> (n % 32));
        let dots: Vec<Dot> = rows.zip(0..).map(|(row, x)| Dot { row, x, ..Dot::default() }).collect();
        let mut expected: Vec<_> = dots.iter().map(|dot| (dot.row, dot.x)).collect();
        expected.sort_unstable();
        let sorted = sorted_by_row(dots);
        assert_eq!(sorted.iter().map(|dot| (dot.row, dot.x)).collect::<Vec<_>>(), expected);
        assert!(sorted_by_row(Vec::new()).is_empty());
    }
}
