//! Draws points into a square of pixels, from the last to the first, and each pixel only until it is covered.
//!
//! Floor 3, a kernel: points and sprites in, pixels out. What lies under others costs a look at some bits.

use super::MarkerBins;
use crate::coords::{WorldPos, WorldRect};
use crate::situation::RowMask;

/// Width and height of a tile.
pub const MARKER_TILE_PX: usize = 256;

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
}

/// Where a tile lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TilePlace {
    /// Its north-western corner.
    pub corner: WorldPos,
    /// Pixels that the whole world is wide.
    pub px_per_world: f64,
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
    let mut canvas = Canvas::new(side + 2);
    let mut dots = canvas.dots(bins, sprites, place, shown);
    if dots.is_empty() {
        return None;
    }
    // Some runs that are sorted already: little work for a stable sort.
    dots.sort_by_key(|dot| dot.row);
    for dot in dots.iter().rev() {
        if let Some(sprite) = &sprites[usize::from(dot.symbol)] {
            canvas.put_under(sprite, dot);
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

/// The tile with a margin as wide as the largest sprite, so that nothing needs to be clipped.
struct Canvas {
    margin: usize,
    side: usize,
    pixels: Vec<[u8; 4]>,
    /// A bit for each pixel that takes no more colour.
    full: Vec<u64>,
    words: usize,
}

impl Canvas {
    fn new(margin: usize) -> Self {
        let side = MARKER_TILE_PX + 2 * margin;
        // One word more than needed: two are looked at together.
        let words = side.div_ceil(WORD) + 1;
        Self { margin, side, pixels: vec![[0; 4]; side * side], full: vec![0; words * side], words }
    }

    /// The markers that touch the tile. Of those with the same symbol in the same pixel only the last.
    fn dots(
        &self,
        bins: &MarkerBins,
        sprites: &[Option<MarkerSprite>],
        place: TilePlace,
        shown: Option<&RowMask>,
    ) -> Vec<Dot> {
        let reach = self.margin as f64 / place.px_per_world;
        let inside = MARKER_TILE_PX as f64 / place.px_per_world;
        let rect = WorldRect {
            min: place.corner,
            max: WorldPos::new(place.corner.x + inside, place.corner.y + inside),
        };
        let cells = self.side * self.side;
        let opaque = sprites.iter().flatten().all(|sprite| sprite.is_opaque);
        let owned = if opaque && sprites.len() <= MOST_OWNED_SYMBOLS { sprites.len() } else { 0 };
        // The row after the last one that lies in a pixel.
        let mut owners = vec![0_u32; owned * cells];
        let mut dots = Vec::new();
        for bin in bins.bins_in(rect.grown(reach)) {
            let corner = [bin.corner[0] - place.corner.x, bin.corner[1] - place.corner.y];
            for (nth, (offset, &row)) in bin.offsets.iter().zip(bin.rows).enumerate() {
                let symbol = bin.symbol(nth);
                let Some(Some(sprite)) = sprites.get(usize::from(symbol)) else { continue };
                let px = |axis: usize| {
                    let at = (corner[axis] + f64::from(offset[axis])) * place.px_per_world;
                    // Half a pixel before the truncation, which rounds.
                    at - sprite.half_pixel + 0.5 + self.margin as f64
                };
                let (x, y) = (px(0), px(1));
                let low = sprite.center as f64;
                let high = (self.side - sprite.side) as f64 + low;
                if !(low..high).contains(&x) || !(low..high).contains(&y) {
                    continue;
                }
                if shown.is_some_and(|shown| !shown.contains(row as usize)) {
                    continue;
                }
                let dot = Dot { row, x: x as u16, y: y as u16, symbol };
                if let Some(owner) = owners.get_mut(self.owner_index(&dot)) {
                    *owner = (*owner).max(row + 1);
                }
                dots.push(dot);
            }
        }
        if owned > 0 {
            dots.retain(|dot| owners[self.owner_index(dot)] == dot.row + 1);
        }
        dots
    }

    fn owner_index(&self, dot: &Dot) -> usize {
        (usize::from(dot.symbol) * self.side + usize::from(dot.y)) * self.side + usize::from(dot.x)
    }

    /// Draws below what is there already.
    fn put_under(&mut self, sprite: &MarkerSprite, dot: &Dot) {
        let (left, top) = (usize::from(dot.x) - sprite.center, usize::from(dot.y) - sprite.center);
        for line in 0..sprite.side {
            let masks = &sprite.masks[line * sprite.words..][..sprite.words];
            for (word, &mask) in masks.iter().enumerate() {
                let x = left + word * WORD;
                let free = mask & !self.full_from(x, top + line);
                if free != 0 {
                    let from = &sprite.pixels[line * sprite.side + word * WORD..];
                    self.put_line_under(from, free, x, top + line);
                }
            }
        }
    }

    /// The bits of the 64 pixels from `x` on.
    fn full_from(&self, x: usize, y: usize) -> u64 {
        let at = y * self.words + x / WORD;
        let shift = x % WORD;
        let low = self.full[at] >> shift;
        if shift == 0 { low } else { low | self.full[at + 1] << (WORD - shift) }
    }

    fn put_line_under(&mut self, from: &[[u8; 4]], mut free: u64, x: usize, y: usize) {
        while free != 0 {
            let step = free.trailing_zeros() as usize;
            free &= free - 1;
            let pixel = &mut self.pixels[y * self.side + x + step];
            *pixel = under(*pixel, from[step]);
            if pixel[3] == u8::MAX {
                let at = x + step;
                self.full[y * self.words + at / WORD] |= 1 << (at % WORD);
            }
        }
    }

    fn tile(&self) -> Vec<[u8; 4]> {
        let mut tile = Vec::with_capacity(MARKER_TILE_PX * MARKER_TILE_PX);
        for line in self.pixels.chunks_exact(self.side).skip(self.margin).take(MARKER_TILE_PX) {
            tile.extend_from_slice(&line[self.margin..self.margin + MARKER_TILE_PX]);
        }
        tile
    }
}

/// `below` seen through what `above` leaves open; both premultiplied.
fn under(above: [u8; 4], below: [u8; 4]) -> [u8; 4] {
    if above[3] == 0 {
        return below;
    }
    let open = u32::from(u8::MAX - above[3]);
    [0, 1, 2, 3].map(|channel| above[channel] + ((u32::from(below[channel]) * open + 127) / 255) as u8)
}
