//! What lies around the feature under the pointer and around the selected one.
//!
//! Floor 2.

use super::{Marker, MarkerShape, Ring, Stroke, Symbol, Theme, palette};

/// Why a feature is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Highlight {
    /// It is under the pointer.
    Hovered,
    /// It is the one that the details panel shows.
    Selected,
}

impl Highlight {
    /// How far the halo lies beyond the symbol on every side, in points.
    pub const fn width_points(self) -> f32 {
        match self {
            Self::Hovered => 2.0,
            Self::Selected => 3.0,
        }
    }
}

/// The halo of `symbol`, to be drawn below it: wider strokes without dashes and a larger marker, no fill.
pub fn highlight(symbol: &Symbol, kind: Highlight, theme: Theme) -> Symbol {
    let (palette, beyond) = (palette(theme), kind.width_points());
    let color = match kind {
        Highlight::Hovered => palette.hover.faded(0.6),
        Highlight::Selected => palette.selection.faded(0.85),
    };
    let widest = symbol.strokes.iter().map(|stroke| stroke.width_points).reduce(f32::max);
    let has_outline = widest.is_some() || symbol.fill.is_some();
    let stroke = Stroke { color, width_points: widest.unwrap_or(0.0) + 2.0 * beyond, dash: None };
    let marker = symbol.marker.map(|marker| Marker {
        shape: if marker.ring == Ring::None { halo_shape(marker.shape) } else { MarkerShape::Circle },
        size_points: marker.size_points + 2.0 * (beyond + marker.ring.reach_points()),
        color,
        filled: true,
        ring: Ring::None,
        edge: color,
        ground: color,
    });
    Symbol { fill: None, strokes: if has_outline { vec![stroke] } else { Vec::new() }, marker }
}

/// Shapes with thin arms or open sides would leave holes in their halo: these stand on a disc.
const fn halo_shape(shape: MarkerShape) -> MarkerShape {
    match shape {
        MarkerShape::Asterisk | MarkerShape::Flag | MarkerShape::Gate | MarkerShape::HalfCircle { .. } => {
            MarkerShape::Circle
        }
        solid => solid,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::store;
    use super::super::{LayerLook, layer_symbols};
    use super::*;
    use crate::situation::GeometryKind::Point;

    fn symbol(look: LayerLook) -> Symbol {
        layer_symbols(&look, &store(&[Point], vec![]), Theme::Light).symbols[0].clone()
    }

    #[test]
    fn the_halo_of_a_line_shows_on_both_sides_of_its_casing() {
        let halo = highlight(&symbol(LayerLook::Highways), Highlight::Selected, Theme::Light);
        assert_eq!((halo.strokes.len(), halo.strokes[0].width_points), (1, 11.0));
    }

    #[test]
    fn the_halo_of_an_area_leaves_its_inside_alone() {
        let halo = highlight(&symbol(LayerLook::Land), Highlight::Hovered, Theme::Light);
        assert_eq!((halo.fill, halo.strokes[0].width_points), (None, 4.0));
    }

    #[test]
    fn the_halo_of_a_ringed_marker_lies_outside_its_ring() {
        let mut gate = symbol(LayerLook::Crossings);
        gate.marker = gate.marker.map(|marker| Marker { ring: Ring::Double, ..marker });
        let halo = highlight(&gate, Highlight::Selected, Theme::Light).marker.unwrap();
        assert_eq!((halo.shape, halo.size_points), (MarkerShape::Circle, 13.0 + 2.0 * (3.0 + 5.5)));
    }

    #[test]
    fn hovered_and_selected_differ_by_more_than_colour() {
        let widths = [Highlight::Hovered, Highlight::Selected].map(Highlight::width_points);
        assert!(widths[0] < widths[1]);
    }
}
