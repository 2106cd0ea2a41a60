//! Draws points into a square of pixels, from the last to the first, and each pixel only until it is covered.
//!
//! Floor 3, a kernel: points and sprites in, pixels out. What lies under others costs a look at some bits.

use super::MarkerSprite;
use super::pixel_canvas::PixelCanvas;
use super::tile_dots::{Dot, TileDots};
use crate::situation::RowMask;

/// Of symbols beyond these, points in the same pixel are not looked for: each symbol takes a table.
const MOST_OWNED_SYMBOLS: usize = 32;

const WORD: usize = u64::BITS as usize;

/// The tile's pixels, premultiplied, line by line; `None` where all are clear. `sprites` are those that the dots
/// were found for; rows that are not among `shown` are left out.
///
/// Of points with the same opaque symbol in the same pixel only the last is drawn.
pub fn marker_tile(
    dots: &TileDots,
    sprites: &[Option<MarkerSprite>],
    shown: Option<&RowMask>,
) -> Option<Vec<[u8; 4]>> {
    // A tile without points needs no canvas.
    dots.last_first().next()?;
    let mut canvas = PixelCanvas::new(dots.margin());
    let mut is_owned = OwnedPixels::new(canvas.side(), sprites);
    let mut is_clear = true;
    for dot in dots.last_first() {
        if shown.is_some_and(|shown| !shown.contains(dot.row as usize)) || is_owned.already(dot) {
            continue;
        }
        if let Some(sprite) = &sprites[usize::from(dot.symbol)] {
            sprite.draw_under(&mut canvas, [dot.x, dot.y]);
            is_clear = false;
        }
        if canvas.is_full() {
            break;
        }
    }
    (!is_clear).then(|| canvas.tile())
}

/// The pixels that a symbol has been drawn at, a table of bits for each symbol that hides what lies below.
struct OwnedPixels {
    side: usize,
    tables: Vec<Vec<u64>>,
}

impl OwnedPixels {
    fn new(side: usize, sprites: &[Option<MarkerSprite>]) -> Self {
        let words = (side * side).div_ceil(WORD);
        let is_opaque =
            |sprite: &Option<MarkerSprite>| sprite.as_ref().is_some_and(|sprite| sprite.is_opaque());
        let table = |sprite| if is_opaque(sprite) { vec![0; words] } else { Vec::new() };
        Self { side, tables: sprites.iter().take(MOST_OWNED_SYMBOLS).map(table).collect() }
    }

    /// Whether the dot's symbol has been drawn in its pixel; if not, it has from now on.
    fn already(&mut self, dot: &Dot) -> bool {
        let at = usize::from(dot.y) * self.side + usize::from(dot.x);
        let word = self.tables.get_mut(usize::from(dot.symbol)).and_then(|table| table.get_mut(at / WORD));
        let bit = 1 << (at % WORD);
        word.is_some_and(|word| std::mem::replace(word, *word | bit) & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::WorldPos;
    use crate::tessellate::picture_part::PlacedMarker;
    use crate::tessellate::{CANVAS_TILE_PX, MarkerBins, TilePlace};

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
        let dots = TileDots::find(&bins, sprites, place);
        marker_tile(&dots, sprites, shown).unwrap_or_default()
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
