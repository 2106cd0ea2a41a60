//! The look of a user's layer: one colour, and what its features ask for themselves.
//!
//! Floor 2.

use serde::{Deserialize, Serialize};

use super::interner::Interner;
use super::look::{plain_ink, point};
use super::palette::Palette;
use super::simplestyle::{SimpleStyle, StyleReader};
use super::{Fill, LayerSymbols, Marker, Rgba, Stroke, Symbol, Theme, palette};
use crate::situation::{FeatureRow, FeatureStore, GeometryKind, PartKind};

/// The look of a user's layer. Features with simplestyle properties look as these say.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SimpleLook {
    /// Points, lines, and the fill and edge of areas.
    pub color: LayerColor,
    /// Height of a point's circle in points.
    pub point_size_points: f32,
    /// Width of lines in points.
    pub line_width_points: f32,
    /// Width of the edge of areas in points.
    pub edge_width_points: f32,
    /// Opacity of the inside of areas, 0 to 1.
    pub fill_opacity: f32,
}

/// The colour of a user's layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerColor {
    /// One of the palette's default colours, counted from 0 and starting again; follows the theme.
    Default(u8),
    /// Chosen by the user; the same in both themes.
    Chosen(Rgba),
}

impl LayerColor {
    /// The colour in `theme`.
    pub fn in_theme(self, theme: Theme) -> Rgba {
        let colors = &palette(theme).user_layers;
        match self {
            Self::Default(nth) => colors[usize::from(nth) % colors.len()],
            Self::Chosen(color) => color,
        }
    }
}

impl SimpleLook {
    /// The default look of the `nth` layer that the user brings, counted from 0.
    pub fn nth(nth: usize) -> Self {
        let colors = palette(Theme::Light).user_layers.len();
        Self { color: LayerColor::Default((nth % colors) as u8), ..Self::default() }
    }
}

impl Default for SimpleLook {
    fn default() -> Self {
        Self {
            color: LayerColor::Default(0),
            point_size_points: 8.0,
            line_width_points: 2.0,
            edge_width_points: 1.2,
            fill_opacity: 0.2,
        }
    }
}

/// What a feature's geometry mainly is: lines and the edges of areas have widths of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum GeometryClass {
    Points,
    Lines,
    Areas,
}

impl GeometryClass {
    /// The class of one row; of a collection that of its largest part.
    pub(super) fn of_row(features: &FeatureStore, row: FeatureRow) -> Self {
        let geometry = features.geometry(row);
        match geometry.kind {
            GeometryKind::None | GeometryKind::Point | GeometryKind::MultiPoint => Self::Points,
            GeometryKind::LineString | GeometryKind::MultiLineString => Self::Lines,
            GeometryKind::Polygon | GeometryKind::MultiPolygon => Self::Areas,
            GeometryKind::GeometryCollection => {
                let class = |kind| match kind {
                    PartKind::Point => Self::Points,
                    PartKind::Line => Self::Lines,
                    PartKind::Polygon => Self::Areas,
                };
                geometry.parts().map(|part| class(part.kind)).max().unwrap_or(Self::Points)
            }
        }
    }

    /// The words of the legend.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Points => "Points",
            Self::Lines => "Lines",
            Self::Areas => "Areas",
        }
    }
}

/// The symbols of a user's layer.
pub(super) fn simple_symbols(look: &SimpleLook, features: &FeatureStore, theme: Theme) -> LayerSymbols {
    let styles = StyleReader::of(features);
    let mut interner = Interner::with_rows(features.len());
    for row in 0..features.len() {
        let (class, style) = (GeometryClass::of_row(features, row), styles.style(row));
        interner.push_row((class, style), || match style {
            Some(style) => styled_symbol(style, palette(theme)),
            None => plain_symbol(look, class, theme),
        });
    }
    interner.finish()
}

fn plain_symbol(look: &SimpleLook, class: GeometryClass, theme: Theme) -> Symbol {
    let (color, p) = (look.color.in_theme(theme), palette(theme));
    let width_points = match class {
        GeometryClass::Points | GeometryClass::Lines => look.line_width_points,
        GeometryClass::Areas => look.edge_width_points,
    };
    Symbol {
        fill: Some(Fill { color: color.faded(look.fill_opacity), hatch: None }),
        strokes: vec![Stroke { color, width_points, dash: None }],
        marker: Some(marker_on(color, look.point_size_points, p)),
    }
}

/// As the feature asks; what it leaves open is the default of simplestyle, not of the layer.
fn styled_symbol(style: SimpleStyle, p: &Palette) -> Symbol {
    let stroke = Stroke {
        color: Rgba { a: style.stroke_alpha(), ..style.stroke() },
        width_points: style.stroke_width_points(),
        dash: None,
    };
    let (shape, filled) = style.marker_shape();
    let marker = marker_on(style.marker_color(), style.marker_size_points(), p);
    Symbol {
        fill: Some(Fill { color: Rgba { a: style.fill_alpha(), ..style.fill() }, hatch: None }),
        strokes: if stroke.width_points > 0.0 { vec![stroke] } else { Vec::new() },
        marker: Some(Marker { shape, filled, ..marker }),
    }
}

/// A circle whose edge parts it from the ground whatever its colour is.
fn marker_on(color: Rgba, size_points: f32, p: &Palette) -> Marker {
    let symbol = point(super::MarkerShape::Circle, size_points, plain_ink(color), p);
    let edge = p.edge_for(color);
    symbol.marker.map(|marker| Marker { edge, ..marker }).expect("a point symbol has a marker")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{numbers, store, store_in_source, words};
    use super::super::{LayerLook, MarkerShape, layer_symbols};
    use super::*;
    use crate::situation::Column;
    use crate::situation::GeometryKind::{LineString, Point, Polygon};

    fn symbols(kinds: &[GeometryKind], columns: Vec<Column>) -> LayerSymbols {
        layer_symbols(&LayerLook::Simple(SimpleLook::nth(0)), &store(kinds, columns), Theme::Light)
    }

    #[test]
    fn points_lines_and_areas_get_sensible_sizes() {
        let built = symbols(&[Point, LineString, Polygon, Point], vec![]);
        assert_eq!(built.symbol_of_row, [0, 1, 2, 0]);
        let marker = built.symbols[0].marker.unwrap();
        assert_eq!((marker.shape, marker.size_points, marker.filled), (MarkerShape::Circle, 8.0, true));
        assert_eq!(built.symbols[1].strokes[0].width_points, 2.0);
        assert_eq!(built.symbols[2].strokes[0].width_points, 1.2);
        assert_eq!(built.symbols[2].fill.unwrap().color.a, 51);
    }

    #[test]
    fn layers_that_follow_each_other_differ_and_the_seventh_begins_again() {
        let color = |nth| SimpleLook::nth(nth).color.in_theme(Theme::Light);
        assert_ne!(color(0), color(1));
        assert_eq!(color(0), color(6));
    }

    #[test]
    fn a_default_colour_follows_the_theme_and_a_chosen_one_does_not() {
        let own = LayerColor::Chosen(Rgba::hex(0x123456));
        assert_eq!(own.in_theme(Theme::Light), own.in_theme(Theme::Dark));
        assert_ne!(
            LayerColor::Default(0).in_theme(Theme::Light),
            LayerColor::Default(0).in_theme(Theme::Dark)
        );
    }

    #[test]
    fn one_simplestyle_property_brings_the_defaults_of_the_standard() {
        let built = symbols(&[Polygon; 2], vec![words("stroke", &["#f00", ""])]);
        let (styled, plain) = (&built.symbols[0], &built.symbols[1]);
        assert_eq!(styled.strokes[0], Stroke { color: Rgba::hex(0xFF0000), width_points: 2.0, dash: None });
        assert_eq!(styled.fill.unwrap().color, Rgba { a: 153, ..Rgba::hex(0x555555) });
        assert_eq!(plain.strokes[0].width_points, 1.2);
    }

    #[test]
    fn nonsense_is_ignored_and_excess_is_clamped() {
        let columns = vec![
            words("fill", &["yes", "00ff00"]),
            numbers("fill-opacity", &[f64::NAN, 7.0]),
            numbers("stroke-width", &[f64::NAN, 900.0]),
            words("stroke-opacity", &["", "-3"]),
        ];
        let built = symbols(&[Polygon; 2], columns);
        assert_eq!(built.symbols[0].strokes[0].width_points, 1.2, "`fill: yes` is not a style");
        assert_eq!(built.symbols[1].fill.unwrap().color, Rgba::hex(0x00FF00));
        assert_eq!(
            (built.symbols[1].strokes[0].width_points, built.symbols[1].strokes[0].color.a),
            (20.0, 0)
        );
    }

    #[test]
    fn a_stroke_of_no_width_is_not_drawn() {
        let built = symbols(&[Polygon], vec![numbers("stroke-width", &[0.0])]);
        assert_eq!(built.symbols[0].strokes, []);
    }

    #[test]
    fn markers_take_colour_size_and_a_shape_that_we_have() {
        let columns = vec![
            words("marker-color", &["#112233", "", ""]),
            words("marker-size", &["large", "small", ""]),
            words("marker-symbol", &["star-stroked", "bus", "triangle"]),
        ];
        let built = symbols(&[Point; 3], columns);
        let markers: Vec<Marker> = built.symbols.iter().map(|symbol| symbol.marker.unwrap()).collect();
        assert_eq!((markers[0].shape, markers[0].filled), (MarkerShape::Star, false));
        assert_eq!(markers[0].color, Rgba::hex(0x112233));
        assert_eq!((markers[1].shape, markers[1].color), (MarkerShape::Circle, Rgba::hex(0x7E7E7E)));
        assert_eq!(markers[2].shape, MarkerShape::TriangleUp);
        assert!(
            markers[0].size_points > markers[2].size_points
                && markers[2].size_points > markers[1].size_points
        );
    }

    #[test]
    fn a_style_too_varied_for_a_column_is_read_from_the_source() {
        let features = store_in_source(&[Point; 2], &[&[("marker-color", "#abcdef")], &[("name", "plain")]]);
        let built = layer_symbols(&LayerLook::Simple(SimpleLook::default()), &features, Theme::Light);
        assert_eq!(built.symbols[0].marker.unwrap().color, Rgba::hex(0xABCDEF));
        assert_eq!(built.symbols[1].marker.unwrap().size_points, 8.0);
    }

    #[test]
    fn a_white_marker_on_light_land_has_a_dark_edge() {
        let built = symbols(&[Point], vec![words("marker-color", &["#fff"])]);
        assert_eq!(built.symbols[0].marker.unwrap().edge, palette(Theme::Light).town_text);
    }
}
