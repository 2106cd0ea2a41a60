//! A grid of screen cells that answers "is anything in the way of this rectangle?".
//!
//! Floor 2.

use super::place::ScreenRect;

/// About the height of two labels: most rectangles touch one to four cells.
const CELL_POINTS: f32 = 48.0;

/// Rectangles by the cells they touch; what lies wholly outside the bounds is not kept.
pub struct Grid {
    bounds: ScreenRect,
    columns: usize,
    cells: Vec<Vec<u32>>,
    rects: Vec<ScreenRect>,
}

impl Grid {
    /// An empty grid over `bounds`.
    pub fn new(bounds: ScreenRect) -> Self {
        let count = |points: f32| ((points / CELL_POINTS).ceil() as usize).clamp(1, 1024);
        let columns = count(bounds.max[0] - bounds.min[0]);
        let rows = count(bounds.max[1] - bounds.min[1]);
        Self { bounds, columns, cells: vec![Vec::new(); columns * rows], rects: Vec::new() }
    }

    /// Keeps `rect` and returns its number, counted from 0 in the order of insertion.
    pub fn insert(&mut self, rect: ScreenRect) -> usize {
        let number = self.rects.len();
        self.rects.push(rect);
        if rect.overlaps(&self.bounds) {
            for cell in self.cells_of(&rect) {
                self.cells[cell].push(number as u32);
            }
        }
        number
    }

    /// True where `rect` overlaps a kept rectangle other than number `except`. Touching edges do not overlap.
    pub fn is_taken(&self, rect: &ScreenRect, except: Option<usize>) -> bool {
        self.cells_of(rect).any(|cell| {
            self.cells[cell]
                .iter()
                .any(|&number| Some(number as usize) != except && self.rects[number as usize].overlaps(rect))
        })
    }

    fn cells_of(&self, rect: &ScreenRect) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        let rows = self.cells.len() / columns;
        // A cast from a negative or infinite float saturates, so what reaches out of the grid ends at its rim.
        let cell = |value: f32, axis: usize, count: usize| {
            (((value - self.bounds.min[axis]) / CELL_POINTS) as usize).min(count - 1)
        };
        let (left, right) = (cell(rect.min[0], 0, columns), cell(rect.max[0], 0, columns));
        let (top, bottom) = (cell(rect.min[1], 1, rows), cell(rect.max[1], 1, rows));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }
}
