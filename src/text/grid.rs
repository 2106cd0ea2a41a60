//! A grid of screen cells that answers "is anything in the way of this rectangle?".
//!
//! Floor 2.

use std::ops::RangeInclusive;

use super::place::ScreenRect;

/// About the height of two labels: most rectangles touch one to four cells.
const CELL_POINTS: f32 = 48.0;

/// Rectangles by the cells they touch; what lies wholly outside the bounds is not kept.
pub struct Grid {
    bounds: ScreenRect,
    columns: usize,
    rows: usize,
    /// Row by row; the rectangles themselves, so that a question reads few places in memory.
    cells: Vec<Vec<Kept>>,
    count: usize,
}

#[derive(Clone, Copy)]
struct Kept {
    rect: ScreenRect,
    number: usize,
}

impl Grid {
    /// An empty grid over `bounds`.
    pub fn new(bounds: ScreenRect) -> Self {
        let count = |points: f32| ((points / CELL_POINTS).ceil() as usize).clamp(1, 1024);
        let columns = count(bounds.max[0] - bounds.min[0]);
        let rows = count(bounds.max[1] - bounds.min[1]);
        Self { bounds, columns, rows, cells: vec![Vec::new(); columns * rows], count: 0 }
    }

    /// Keeps `rect` under the next number; the first is 0.
    pub fn insert(&mut self, rect: ScreenRect) {
        let kept = Kept { rect, number: self.count };
        self.count += 1;
        if !rect.overlaps(&self.bounds) {
            return;
        }
        let (columns, rows) = self.span(&rect);
        for row in rows {
            for cell in &mut self.cells[row * self.columns..][columns.clone()] {
                cell.push(kept);
            }
        }
    }

    /// A kept rectangle other than number `except` that `rect` overlaps. Touching edges do not overlap.
    pub fn blocker(&self, rect: &ScreenRect, except: Option<usize>) -> Option<ScreenRect> {
        let (columns, rows) = self.span(rect);
        rows.into_iter().find_map(|row| {
            let cells = &self.cells[row * self.columns..][columns.clone()];
            let mut kept = cells.iter().flatten();
            kept.find(|kept| kept.rect.overlaps(rect) && Some(kept.number) != except).map(|kept| kept.rect)
        })
    }

    /// The columns and rows that `rect` touches.
    fn span(&self, rect: &ScreenRect) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        // A cast from a negative or infinite float saturates, so what reaches out of the grid ends at its rim.
        let cell = |value: f32, axis: usize, count: usize| {
            (((value - self.bounds.min[axis]) / CELL_POINTS) as usize).min(count - 1)
        };
        let columns = cell(rect.min[0], 0, self.columns)..=cell(rect.max[0], 0, self.columns);
        let rows = cell(rect.min[1], 1, self.rows)..=cell(rect.max[1], 1, self.rows);
        (columns, rows)
    }
}
