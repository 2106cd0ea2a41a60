//! The symbols of a picture as a texture that the shaders look colours and widths up in.
//!
//! Floor 4. A texture, since uniforms are too small for a layer where every feature has its own style, and since
//! storage buffers are not there on the oldest graphics cards.

use crate::symbology::{Fill, Marker, MarkerShape, Rgba, Ring, Stroke, Symbol};

/// Texels in a row; a picture has 65,536 symbols at most, so the rows never pass a card's limit.
pub(super) const TABLE_WIDTH: u32 = 1024;

/// Texels of fill and marker, as `style.wgsl` counts them; two more follow for each stroke.
const FIXED_TEXELS: usize = 6;

/// A stroke's kind: an ordinary line, or the fading edge of a fill without strokes.
const KIND_LINE: f32 = 0.0;
const KIND_EDGE_SMOOTHING: f32 = 1.0;

/// The table of one picture.
pub(super) struct StyleTable {
    /// Whole rows of [`TABLE_WIDTH`].
    pub texels: Vec<[f32; 4]>,
    pub measures: StyleMeasures,
}

/// What drawing has to know of a table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct StyleMeasures {
    /// How many texels a symbol takes.
    pub symbol_texels: u32,
    /// How many strokes the symbol with the most has.
    pub stroke_count: u32,
    /// How far anything is drawn from its position at most, in points.
    pub reach_points: f32,
}

impl StyleTable {
    pub fn new(symbols: &[Symbol]) -> Self {
        let stroke_count = symbols.iter().map(|symbol| strokes(symbol).len()).max().unwrap_or(0);
        let symbol_texels = FIXED_TEXELS + 2 * stroke_count;
        let used = symbols.len() * symbol_texels;
        let rows = used.div_ceil(TABLE_WIDTH as usize).max(1);
        let mut texels = Vec::with_capacity(rows * TABLE_WIDTH as usize);
        for symbol in symbols {
            let end = texels.len() + symbol_texels;
            push_symbol(symbol, &mut texels);
            texels.resize(end, [0.0; 4]);
        }
        texels.resize(rows * TABLE_WIDTH as usize, [0.0; 4]);
        let measures = StyleMeasures {
            symbol_texels: symbol_texels as u32,
            stroke_count: stroke_count as u32,
            reach_points: symbols.iter().map(reach_points).fold(1.0, f32::max),
        };
        Self { texels, measures }
    }

    pub fn rows(&self) -> u32 {
        self.texels.len() as u32 / TABLE_WIDTH
    }
}

fn push_symbol(symbol: &Symbol, texels: &mut Vec<[f32; 4]>) {
    let fill = symbol.fill.unwrap_or(Fill { color: CLEAR, hatch: None });
    let hatch = fill.hatch.map_or([0.0; 4], |hatch| [hatch.spacing_points, hatch.width_points, 0.0, 0.0]);
    texels.extend([straight(fill.color), hatch]);
    texels.extend(symbol.marker.map_or([[0.0; 4]; 4], |marker| marker_texels(&marker)));
    for (stroke, kind) in strokes(symbol) {
        let [dash, gap] = stroke.dash.unwrap_or_default();
        texels.extend([straight(stroke.color), [stroke.width_points, dash, gap, kind]]);
    }
}

/// The strokes, or what smooths the edge of a plain fill that has none: triangles alone have jagged edges.
fn strokes(symbol: &Symbol) -> Vec<(Stroke, f32)> {
    let plain = symbol.fill.filter(|fill| fill.hatch.is_none() && symbol.strokes.is_empty());
    match plain {
        Some(Fill { color, .. }) => {
            vec![(Stroke { color, width_points: 1.0, dash: None }, KIND_EDGE_SMOOTHING)]
        }
        None => symbol.strokes.iter().map(|&stroke| (stroke, KIND_LINE)).collect(),
    }
}

fn marker_texels(marker: &Marker) -> [[f32; 4]; 4] {
    // A half circle has no ring, so its second colour takes the ground's place.
    let other = if let MarkerShape::HalfCircle { other } = marker.shape { other } else { marker.ground };
    let shape = [shape_number(marker.shape), marker.size_points, ring_number(marker.ring)];
    let filled = if marker.filled { 1.0 } else { 0.0 };
    let [shape, size, ring] = shape;
    [straight(marker.color), straight(marker.edge), straight(other), [shape, size, ring, filled]]
}

/// As in `marker.wgsl`.
fn shape_number(shape: MarkerShape) -> f32 {
    match shape {
        MarkerShape::Circle => 0.0,
        MarkerShape::TriangleDown => 1.0,
        MarkerShape::TriangleUp => 2.0,
        MarkerShape::Diamond => 3.0,
        MarkerShape::Asterisk => 4.0,
        MarkerShape::Square => 5.0,
        MarkerShape::Hexagon => 6.0,
        MarkerShape::Flag => 7.0,
        MarkerShape::Gate => 8.0,
        MarkerShape::HalfCircle { .. } => 9.0,
        MarkerShape::Star => 10.0,
    }
}

/// As in `marker.wgsl`.
fn ring_number(ring: Ring) -> f32 {
    match ring {
        Ring::None => 0.0,
        Ring::Solid => 1.0,
        Ring::Dashed => 2.0,
        Ring::Double => 3.0,
    }
}

const CLEAR: Rgba = Rgba { r: 0, g: 0, b: 0, a: 0 };

/// 0 to 1 each, alpha not multiplied in.
pub(super) fn straight(color: Rgba) -> [f32; 4] {
    [color.r, color.g, color.b, color.a].map(|channel| f32::from(channel) / 255.0)
}

fn reach_points(symbol: &Symbol) -> f32 {
    // A marker with a double ring stays within its size and a few points.
    let marker = symbol.marker.map_or(0.0, |marker| marker.size_points + 8.0);
    let pointed_joins = 1.5;
    let widest = symbol.strokes.iter().map(|stroke| stroke.width_points).fold(0.0, f32::max);
    marker.max(widest * pointed_joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_with_fewer_strokes_take_as_many_texels_as_the_others() {
        let line = Stroke { color: Rgba::hex(0xff0000), width_points: 3.0, dash: None };
        let road = Symbol { strokes: vec![line, line], ..Symbol::default() };
        let table = StyleTable::new(&[Symbol::default(), road]);
        assert_eq!((table.measures.symbol_texels, table.measures.stroke_count, table.rows()), (10, 2, 1));
        assert_eq!(table.texels[10 + FIXED_TEXELS], [1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn a_plain_fill_without_strokes_gets_a_smooth_edge() {
        let land =
            Symbol { fill: Some(Fill { color: Rgba::hex(0xF6F3EC), hatch: None }), ..Symbol::default() };
        let table = StyleTable::new(&[land]);
        assert_eq!(table.texels[FIXED_TEXELS + 1][3], KIND_EDGE_SMOOTHING);
    }

    #[test]
    fn sixty_five_thousand_symbols_fit_a_texture() {
        let line = Stroke { color: Rgba::hex(0), width_points: 3.0, dash: None };
        let symbol = Symbol { strokes: vec![line; 2], ..Symbol::default() };
        assert!(StyleTable::new(&vec![symbol; 65_536]).rows() <= 2048);
    }
}
