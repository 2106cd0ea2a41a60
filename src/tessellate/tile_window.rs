//! The part of the world that clusters, hexagons and heat maps are made for: whole tiles around the view.
//!
//! Floor 3. Cut along the tiles of a slippy map, so that nothing changes while the map is moved within them.

use crate::coords::{MAX_ZOOM, MIN_ZOOM, TILE_POINTS, Viewport, WorldPos, WorldRect};

/// Tiles of one level; columns go on past the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileWindow {
    /// The whole zoom at or below the view's: a tile is 256 to 512 points wide in it.
    pub level: i32,
    column: i64,
    row: i64,
    columns: i64,
    rows: i64,
}

impl TileWindow {
    /// The tiles in view and one more on every side: the next ones can be made while the map is moved over these.
    pub fn around(viewport: &Viewport) -> Self {
        let level = viewport.zoom.clamp(MIN_ZOOM, MAX_ZOOM).floor() as i32;
        let (visible, tiles) = (viewport.visible_world(), f64::from(level).exp2());
        let span = |min: f64, max: f64| {
            let first = (min * tiles).floor() as i64;
            (first, (max * tiles).ceil() as i64 - first)
        };
        let (column, columns) = span(visible.min.x, visible.max.x);
        let (row, rows) = span(visible.min.y.clamp(-1.0, 2.0), visible.max.y.clamp(-1.0, 2.0));
        Self { level, column, row, columns, rows }.within_world().grown(1)
    }

    /// So many tiles more on every side, but no tile twice.
    #[must_use]
    pub fn grown(self, tiles: i64) -> Self {
        let Self { level, column, row, columns, rows } = self;
        let (column, columns) = (column - tiles, columns + 2 * tiles);
        Self { level, column, row: row - tiles, columns, rows: rows + 2 * tiles }.within_world()
    }

    /// Columns and rows as [`super::PointOrder::in_tile`] takes them, each tile once.
    pub fn tiles(self) -> impl Iterator<Item = (u32, i64)> {
        let world_tiles = 1_i64 << self.level;
        let columns = move || self.column..self.column + self.columns;
        (self.row..self.row + self.rows)
            .flat_map(move |row| columns().map(move |column| (column.rem_euclid(world_tiles) as u32, row)))
    }

    /// Whether a place lies inside; the world repeats.
    pub fn contains(self, at: WorldPos) -> bool {
        let tiles = f64::from(self.level).exp2();
        let past_west = (at.x * tiles - self.column as f64).rem_euclid(tiles);
        let past_north = at.y * tiles - self.row as f64;
        past_west < self.columns as f64 && (0.0..self.rows as f64).contains(&past_north)
    }

    /// The box; it may lie beyond the edge of the world, as the map does.
    pub fn bounds(self) -> WorldRect {
        let tile_world = f64::from(-self.level).exp2();
        let corner =
            |column: i64, row: i64| WorldPos::new(column as f64 * tile_world, row as f64 * tile_world);
        WorldRect {
            min: corner(self.column, self.row),
            max: corner(self.column + self.columns, self.row + self.rows),
        }
    }

    /// How wide a point of the screen is at the level's own zoom, where it is largest, in world units.
    pub fn point_world(self) -> f64 {
        f64::from(-self.level).exp2() / TILE_POINTS
    }

    /// No more columns than the world has, beginning in it.
    fn within_world(self) -> Self {
        let world_tiles = 1_i64 << self.level;
        match self.columns >= world_tiles {
            true => Self { column: 0, columns: world_tiles, ..self },
            false => Self { column: self.column.rem_euclid(world_tiles), ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::LonLat;

    fn view(lon: f64, zoom: f64) -> Viewport {
        Viewport::new(LonLat::new(lon, 20.0), zoom, [1280.0, 800.0])
    }

    #[test]
    fn the_window_stays_the_same_while_the_view_stays_in_its_tiles() {
        let at = view(36.0, 9.2);
        assert_eq!(TileWindow::around(&at), TileWindow::around(&at.panned([3.0, -2.0])));
        assert_ne!(TileWindow::around(&at), TileWindow::around(&at.panned([700.0, 0.0])));
    }

    #[test]
    fn all_of_the_view_and_a_tile_around_it_is_inside() {
        let at = view(179.9, 6.7);
        let bounds = TileWindow::around(&at).bounds();
        let visible = at.visible_world().grown(256.0 * TileWindow::around(&at).point_world());
        let width = (visible.max.x - visible.min.x, bounds.width_world());
        assert!(width.0 <= width.1 + 1e-12, "{width:?}");
        let wrapped = |at: WorldPos| WorldPos::new(at.x.rem_euclid(1.0), at.y);
        assert!(TileWindow::around(&at).contains(wrapped(visible.center())));
    }

    #[test]
    fn a_view_of_several_worlds_takes_each_tile_once() {
        let window = TileWindow::around(&view(0.0, 1.0));
        let mut tiles: Vec<_> = window.tiles().collect();
        let count = tiles.len();
        tiles.sort_unstable();
        tiles.dedup();
        assert_eq!(tiles.len(), count);
        assert_eq!(window.bounds().width_world(), 1.0);
    }
}
