//! What a symbol's strokes are in pixels: how wide, in which colour, with which dashes.
//!
//! Floor 3.

use crate::symbology::{Stroke, Symbol};

/// How far a pointed join reaches beyond the corner at most, in half widths: sharper turns are round.
const POINTED_REACH: f32 = 1.1;

/// One stroke of one symbol.
#[derive(Debug, Clone, Copy)]
pub(super) struct StrokePen {
    /// The first three channels as the target orders them, 0 to 255, alpha not multiplied in.
    pub(super) color: [f32; 3],
    /// 0 to 1.
    pub(super) alpha: f32,
    pub(super) half_width_px: f32,
    /// Length of a dash, and of a dash with its gap.
    pub(super) dash_px: Option<[f32; 2]>,
}

/// All strokes of all symbols of a picture.
#[derive(Debug, Clone, Default)]
pub struct StrokePens {
    /// Those that are drawn first come first: of all symbols the first stroke, then the second; by symbol number.
    passes: Vec<Vec<Option<StrokePen>>>,
}

impl StrokePens {
    /// For symbols as they are drawn at `px_per_point`, with the layer's opacity from 0 to 1. `blue_first` where the
    /// target's bytes are in that order.
    pub fn new(symbols: &[Symbol], px_per_point: f32, opacity: f32, blue_first: bool) -> Self {
        let count = symbols.iter().map(|symbol| symbol.strokes.len()).max().unwrap_or(0);
        let pen = |stroke: &Stroke| StrokePen::new(stroke, px_per_point, opacity, blue_first);
        let pass = |nth: usize| symbols.iter().map(|symbol| symbol.strokes.get(nth).and_then(pen)).collect();
        Self { passes: (0..count).map(pass).collect() }
    }

    /// The pens by symbol number, of what is drawn last first.
    pub(super) fn top_down(&self) -> impl Iterator<Item = &[Option<StrokePen>]> {
        self.passes.iter().rev().map(Vec::as_slice)
    }

    /// How far from the line they draw at most, in pixels.
    pub fn reach_px(&self) -> f32 {
        self.passes.iter().flatten().flatten().map(|pen| pen.reach_px() + 1.0).fold(0.0, f32::max)
    }
}

impl StrokePen {
    /// `None` for what cannot be seen.
    fn new(stroke: &Stroke, px_per_point: f32, opacity: f32, blue_first: bool) -> Option<Self> {
        let width_px = stroke.width_points * px_per_point;
        let color = stroke.color;
        let (first, third) = if blue_first { (color.b, color.r) } else { (color.r, color.b) };
        // Thinner than a pixel: a pixel wide and fainter.
        let alpha = f32::from(color.a) / 255.0 * opacity * width_px.min(1.0);
        let dash_px = stroke.dash.map(|[dash, gap]| [dash * px_per_point, (dash + gap) * px_per_point]);
        (alpha > 0.0).then(|| Self {
            color: [first, color.g, third].map(f32::from),
            alpha,
            half_width_px: width_px.max(1.0) / 2.0,
            dash_px: dash_px.filter(|[_, period]| *period > 0.0),
        })
    }

    /// How far from a segment it draws at most.
    pub(super) fn reach_px(&self) -> f32 {
        self.half_width_px * POINTED_REACH + 0.5
    }

    /// Whether nothing is seen through it, and it has no gaps.
    pub(super) fn hides(&self) -> bool {
        self.alpha >= 1.0 && self.dash_px.is_none()
    }
}
