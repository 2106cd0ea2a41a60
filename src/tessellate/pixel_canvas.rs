//! A square of pixels that is drawn on from the top to the bottom: what is there already hides what comes later.
//!
//! Floor 3. A pixel that takes no more colour is not looked at again: what lies under others costs a look at some bits.

use crate::coords::{WorldPos, WorldRect};

/// Width and height of a tile.
pub const CANVAS_TILE_PX: usize = 256;

const WORD: usize = u64::BITS as usize;

/// Where a tile lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TilePlace {
    /// Its north-western corner.
    pub corner: WorldPos,
    /// Pixels that the whole world is wide.
    pub px_per_world: f64,
}

impl TilePlace {
    /// The tile on the world.
    pub(super) fn rect(&self) -> WorldRect {
        let side = CANVAS_TILE_PX as f64 / self.px_per_world;
        WorldRect { min: self.corner, max: WorldPos::new(self.corner.x + side, self.corner.y + side) }
    }
}

/// A tile with a margin on every side, so that what reaches in from there needs no clipping.
pub(super) struct PixelCanvas {
    margin: usize,
    side: usize,
    /// Premultiplied, line by line.
    pixels: Vec<[u8; 4]>,
    /// A bit for each pixel that takes no more colour.
    full: Vec<u64>,
    words: usize,
    /// How many pixels still take colour.
    open: usize,
}

impl PixelCanvas {
    pub(super) fn new(margin: usize) -> Self {
        let side = CANVAS_TILE_PX + 2 * margin;
        // One word more than needed: two are looked at together.
        let words = side.div_ceil(WORD) + 1;
        let open = side * side;
        Self { margin, side, pixels: vec![[0; 4]; open], full: vec![0; words * side], words, open }
    }

    /// Width and height with the margin.
    pub(super) fn side(&self) -> usize {
        self.side
    }

    /// Whether no pixel takes colour any more.
    pub(super) fn is_full(&self) -> bool {
        self.open == 0
    }

    /// Of the 64 pixels from `x` on, those that still take colour, the first lowest.
    pub(super) fn open_from(&self, x: usize, y: usize) -> u64 {
        let at = y * self.words + x / WORD;
        let shift = x % WORD;
        let low = self.full[at] >> shift;
        !(if shift == 0 { low } else { low | self.full[at + 1] << (WORD - shift) })
    }

    /// What a pixel still lets through of what lies below, 0 to 255.
    pub(super) fn opening(&self, x: usize, y: usize) -> u8 {
        u8::MAX - self.pixels[y * self.side + x][3]
    }

    /// Adds a premultiplied colour that has passed the pixel's opening.
    pub(super) fn add(&mut self, x: usize, y: usize, color: [u8; 4]) {
        let pixel = &mut self.pixels[y * self.side + x];
        *pixel = [0, 1, 2, 3].map(|channel| pixel[channel].saturating_add(color[channel]));
        if pixel[3] == u8::MAX {
            self.full[y * self.words + x / WORD] |= 1 << (x % WORD);
            self.open -= 1;
        }
    }

    /// Adds a premultiplied colour below what is there.
    pub(super) fn put_under(&mut self, x: usize, y: usize, color: [u8; 4]) {
        let opening = u32::from(self.opening(x, y));
        // Most pixels are clear still.
        let passed = |channel: u8| ((u32::from(channel) * opening + 127) / 255) as u8;
        self.add(x, y, if opening == 255 { color } else { color.map(passed) });
    }

    /// The tile without its margin, line by line.
    pub(super) fn tile(&self) -> Vec<[u8; 4]> {
        let mut tile = Vec::with_capacity(CANVAS_TILE_PX * CANVAS_TILE_PX);
        for line in self.pixels.chunks_exact(self.side).skip(self.margin).take(CANVAS_TILE_PX) {
            tile.extend_from_slice(&line[self.margin..self.margin + CANVAS_TILE_PX]);
        }
        tile
    }
}
