//! Draws points into a square of pixels, from the last to the first, and each pixel only until it is covered.
//!
//! Floor 3, a kernel: points and sprites in, pixels out. What lies under others costs a look at some bits.

use super::marker_bins::Bin;
use super::pixel_canvas::PixelCanvas;
use super::{MarkerBins, TilePlace};
use crate::situation::RowMask;

/// With more symbols than these, points in the same pixel are not looked for: each symbol takes a table.
const MOST_OWNED_SYMBOLS: usize = 4;

const WORD: usize = u64::BITS as usize;

/// A symbol's marker as pixels.
#[derive(Debug, Clone)]
pub struct MarkerSprite {
    side: usize,
    /// The pixel that holds the position, from the left and from the top.
    center: usize,
    /// Where in that pixel the position lies: 0 or 1/2.
    half_pixel: f64,
    /// Premultiplied, line by line.
    pixels: Vec<[u8; 4]>,
    /// A bit for each pixel that is not clear.
    masks: Vec<u64>,
    words: usize,
    /// Whether its middle hides what lies below.
    is_opaque: bool,
}

impl MarkerSprite {
    /// Cut out of a square of `side` premultiplied pixels whose position lies in the pixel `center`; `half_pixel` as
    /// markers are snapped, 0 or 1/2. `None` where nothing is drawn.
    pub fn cut_out(square: &[[u8; 4]], side: usize, center: usize, half_pixel: f64) -> Option<MarkerSprite> {
        let is_drawn = |index: &usize| square[*index][3] > 0;
        let reach = |index: usize| (index % side).abs_diff(center).max((index / side).abs_diff(center));
        let reach = (0..side * side).filter(is_drawn).map(reach).max()?;
        let cut_side = 2 * reach + 1;
        let words = cut_side.div_ceil(WORD);
        let mut sprite = MarkerSprite {
            side: cut_side,
            center: reach,
            half_pixel,
            pixels: Vec::with_capacity(cut_side * cut_side),
            masks: vec![0; words * cut_side],
            words,
            is_opaque: square[center * side + center][3] == u8::MAX,
        };
        for index in 0..cut_side * cut_side {
            let (x, y) = (index % cut_side, index / cut_side);
            let from = (center + x).checked_sub(reach).zip((center + y).checked_sub(reach));
            let from = from.filter(|&(x, y)| x < side && y < side);
            let pixel = from.map_or([0; 4], |(x, y)| square[y * side + x]);
            sprite.pixels.push(pixel);
            sprite.masks[y * words + x / WORD] |= u64::from(pixel[3] > 0) << (x % WORD);
        }
        Some(sprite)
    }

    /// How far it reaches from its position, in pixels.
    pub fn reach_px(&self) -> usize {
        self.center + 1
    }

    /// Draws below what is there already.
    fn draw_under(&self, canvas: &mut PixelCanvas, dot: &Dot) {
        let (left, top) = (usize::from(dot.x) - self.center, usize::from(dot.y) - self.center);
        for line in 0..self.side {
            let masks = &self.masks[line * self.words..][..self.words];
            for (word, &mask) in masks.iter().enumerate() {
                let x = left + word * WORD;
                let mut open = mask & canvas.open_from(x, top + line);
                let from = line * self.side + word * WORD;
                while open != 0 {
                    let step = open.trailing_zeros() as usize;
                    open &= open - 1;
                    canvas.put_under(x + step, top + line, self.pixels[from + step]);
                }
            }
        }
    }
}

/// The tile's pixels, premultiplied, line by line; `None` where all are clear. `sprites` go by symbol number; rows that
/// are not among `shown` are left out.
pub fn marker_tile(
    bins: &MarkerBins,
    sprites: &[Option<MarkerSprite>],
    place: TilePlace,
    shown: Option<&RowMask>,
) -> Option<Vec<[u8; 4]>> {
    let side = sprites.iter().flatten().map(|sprite| sprite.side).max()?;
    let margin = side + 2;
    let mut canvas = PixelCanvas::new(margin);
    let finder = DotFinder { margin, side: canvas.side(), sprites, place };
    let mut dots = finder.dots(bins, shown);
    if dots.is_empty() {
        return None;
    }
    // Some runs that are sorted already: little work for a stable sort.
    dots.sort_by_key(|dot| dot.row);
    for dot in dots.iter().rev() {
        if let Some(sprite) = &sprites[usize::from(dot.symbol)] {
            sprite.draw_under(&mut canvas, dot);
        }
    }
    Some(canvas.tile())
}

/// A marker's place on the canvas.
#[derive(Clone, Copy)]
struct Dot {
    row: u32,
    /// The pixel of its position.
    x: u16,
    y: u16,
    symbol: u16,
}

/// Looks for the markers of a tile. Its margin is wider than the largest sprite, so that nothing needs to be clipped.
struct DotFinder<'a> {
    margin: usize,
    /// Of the canvas.
    side: usize,
    sprites: &'a [Option<MarkerSprite>],
    place: TilePlace,
}

impl DotFinder<'_> {
    /// The markers that touch the tile. Of those with the same symbol in the same pixel only the last.
    fn dots(&self, bins: &MarkerBins, shown: Option<&RowMask>) -> Vec<Dot> {
        let reach = self.margin as f64 / self.place.px_per_world;
        let opaque = self.sprites.iter().flatten().all(|sprite| sprite.is_opaque);
        let is_owned = opaque && self.sprites.len() <= MOST_OWNED_SYMBOLS;
        let owned = if is_owned { self.sprites.len() } else { 0 };
        // The row after the last one that lies in a pixel.
        let mut owners = vec![0_u32; owned * self.side * self.side];
        let mut dots = Vec::new();
        for bin in bins.bins_in(self.place.rect().grown(reach)) {
            for nth in 0..bin.rows.len() {
                let Some(dot) = self.dot(&bin, nth) else { continue };
                if shown.is_some_and(|shown| !shown.contains(dot.row as usize)) {
                    continue;
                }
                if let Some(owner) = owners.get_mut(self.owner_index(&dot)) {
                    *owner = (*owner).max(dot.row + 1);
                }
                dots.push(dot);
            }
        }
        if owned > 0 {
            dots.retain(|dot| owners[self.owner_index(dot)] == dot.row + 1);
        }
        dots
    }

    /// The bin's `nth` marker; `None` where it does not reach into the tile.
    fn dot(&self, bin: &Bin<'_>, nth: usize) -> Option<Dot> {
        let (symbol, place) = (bin.symbol(nth), self.place);
        let sprite = self.sprites.get(usize::from(symbol))?.as_ref()?;
        let corner = [bin.corner[0] - place.corner.x, bin.corner[1] - place.corner.y];
        let px = |axis: usize| {
            let at = (corner[axis] + f64::from(bin.offsets[nth][axis])) * place.px_per_world;
            // Half a pixel before the truncation, which rounds.
            at - sprite.half_pixel + 0.5 + self.margin as f64
        };
        let (x, y) = (px(0), px(1));
        let low = sprite.center as f64;
        let high = (self.side - sprite.side) as f64 + low;
        let is_inside = (low..high).contains(&x) && (low..high).contains(&y);
        is_inside.then(|| Dot { row: bin.rows[nth], x: x as u16, y: y as u16, symbol })
    }

    fn owner_index(&self, dot: &Dot) -> usize {
        (usize::from(dot.symbol) * self.side + usize::from(dot.y)) * self.side + usize::from(dot.x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::WorldPos;
    use crate::tessellate::CANVAS_TILE_PX;
    use crate::tessellate::picture_part::PlacedMarker;

    const PX_PER_WORLD: f64 = 65_536.0;

    fn sprite(color: [u8; 4]) -> Option<MarkerSprite> {
        MarkerSprite::cut_out(&[color; 9], 3, 1, 0.5)
    }

    fn tile(
        points: &[(f64, f64, u16)],
        sprites: &[Option<MarkerSprite>],
        shown: Option<&RowMask>,
    ) -> Vec<[u8; 4]> {
        let corner = WorldPos::new(0.5, 0.5);
        let at = |x: f64, y: f64| WorldPos::new(0.5 + x / PX_PER_WORLD, 0.5 + y / PX_PER_WORLD);
        let marker = |(row, &(x, y, symbol)): (usize, &(f64, f64, u16))| PlacedMarker {
            at: at(x, y),
            symbol,
            row: row as u32,
        };
        let bins = MarkerBins::new(&[points.iter().enumerate().map(marker).collect()]);
        let place = TilePlace { corner, px_per_world: PX_PER_WORLD };
        marker_tile(&bins, sprites, place, shown).unwrap_or_default()
    }

    #[test]
    fn the_last_row_lies_on_top_whatever_bin_it_is_in() {
        let sprites = [sprite([255, 0, 0, 255]), sprite([0, 0, 255, 255])];
        let pixels = tile(&[(10.5, 10.5, 1), (11.5, 10.5, 0), (200.5, 90.5, 1)], &sprites, None);
        let at = |x: usize, y: usize| pixels[y * CANVAS_TILE_PX + x];
        assert_eq!(
            [at(9, 10), at(10, 10), at(12, 10)],
            [[0, 0, 255, 255], [255, 0, 0, 255], [255, 0, 0, 255]]
        );
        assert_eq!((at(13, 10), at(200, 90)), ([0; 4], [0, 0, 255, 255]));
    }

    #[test]
    fn a_marker_beyond_the_border_reaches_in_and_one_that_is_not_shown_does_not() {
        let sprites = [sprite([255, 0, 0, 255])];
        let points = [(-0.5, 5.5, 0), (50.5, 50.5, 0)];
        let pixels = tile(&points, &sprites, None);
        assert_eq!(pixels[5 * CANVAS_TILE_PX], [255, 0, 0, 255]);
        let mut shown = RowMask::none(2);
        shown.insert(0);
        let pixels = tile(&points, &sprites, Some(&shown));
        assert_eq!(pixels.iter().filter(|pixel| pixel[3] > 0).count(), 3);
        assert!(tile(&points, &sprites, Some(&RowMask::none(2))).is_empty());
    }

    #[test]
    fn markers_that_let_light_through_add_up() {
        let pixels = tile(&[(10.5, 10.5, 0), (10.5, 10.5, 0)], &[sprite([100, 0, 0, 128])], None);
        assert_eq!(pixels[10 * CANVAS_TILE_PX + 10][3], 128 + 64);
    }
}
