//! A point's symbol as pixels.
//!
//! Floor 3.

use super::pixel_canvas::PixelCanvas;

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

    /// Whether its middle hides what lies below.
    pub(super) fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// What of it decides where its points lie on a tile.
    pub(super) fn shape(&self) -> SpriteShape {
        SpriteShape { side: self.side, center: self.center, half_pixel: self.half_pixel }
    }

    /// Draws below what is there already; `at` is the pixel of the position.
    pub(super) fn draw_under(&self, canvas: &mut PixelCanvas, at: [u16; 2]) {
        let [left, top] = at.map(|side| usize::from(side) - self.center);
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

/// What of a symbol decides which tiles its points touch, and where. Pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SpriteShape {
    pub side: usize,
    /// The pixel of the position, from the left and from the top.
    pub center: usize,
    /// Where in its pixel the position lies: 0 or 1/2.
    pub half_pixel: f64,
}
