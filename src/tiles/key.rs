//! Names for tiles made ready, and which part of a tile lies under another.
//!
//! Floor 4. Pure.

use eframe::egui::{Rect, pos2};
use walkers::TileId;

/// A tile as it is drawn: a vector tile looks different at each zoom that it is enlarged to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TileKey {
    /// Whose data it is.
    pub tile: TileId,
    /// For which zoom the style drew it; the tile's own for pictures.
    pub style_zoom: u8,
}

impl TileKey {
    pub fn plain(tile: TileId) -> Self {
        Self { tile, style_zoom: tile.zoom }
    }
}

/// Whether such a tile exists at all.
pub(super) fn is_on_the_map(tile: TileId) -> bool {
    let side = 1_u64 << tile.zoom.min(63);
    u64::from(tile.x) < side && u64::from(tile.y) < side
}

/// The tile of a lower zoom that covers the same ground; the tile itself where `zoom` is not lower.
pub(super) fn ancestor(tile: TileId, zoom: u8) -> TileId {
    let up = u32::from(tile.zoom.saturating_sub(zoom));
    let shifted = |n: u32| n.checked_shr(up).unwrap_or(0);
    TileId { x: shifted(tile.x), y: shifted(tile.y), zoom: tile.zoom.min(zoom) }
}

/// The part of `above` that covers `tile`, as shares of its sides.
pub(super) fn part_of(above: TileId, tile: TileId) -> Rect {
    let up = i32::from(tile.zoom) - i32::from(above.zoom);
    let share = 0.5_f64.powi(up);
    let left = f64::from(tile.x) * share - f64::from(above.x);
    let top = f64::from(tile.y) * share - f64::from(above.y);
    let corner = |x: f64, y: f64| pos2(x as f32, y as f32);
    Rect::from_min_max(corner(left, top), corner(left + share, top + share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_lies_in_its_quarter_of_the_one_above() {
        let tile = TileId { x: 5, y: 2, zoom: 3 };
        assert_eq!(ancestor(tile, 2), TileId { x: 2, y: 1, zoom: 2 });
        assert_eq!(ancestor(tile, 0), TileId { x: 0, y: 0, zoom: 0 });
        assert_eq!(ancestor(tile, 9), tile);
        let part = part_of(ancestor(tile, 2), tile);
        assert_eq!((part.min, part.max), (pos2(0.5, 0.0), pos2(1.0, 0.5)));
        assert_eq!(part_of(tile, tile), Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)));
    }
}
