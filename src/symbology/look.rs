//! How a layer is styled, and the symbol of each of its features.
//!
//! Floor 2.

use serde::{Deserialize, Serialize};

use super::control_side::{ControlSide, control_symbols};
use super::palette::{Ink, Palette};
use super::simple_look::simple_symbols;
use super::strike_look::strike_symbols;
use super::{
    Fill, LayerSymbols, Marker, MarkerShape, Rgba, Ring, SimpleLook, Stroke, Symbol, Theme, palette,
};
use crate::situation::FeatureStore;

/// How a layer is styled. All but [`LayerLook::Simple`] belong to the bundled situation and read its columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerLook {
    /// Land of the bundled base map.
    Land,
    /// Lakes of the bundled base map.
    Lakes,
    /// Rivers of the bundled base map.
    Rivers,
    /// Country borders.
    Borders,
    /// Governorate borders.
    Governorates,
    /// The rebel-held area: a light fill and its edge.
    RebelHeldArea,
    /// The derived front line, dashed.
    FrontLine,
    /// Highways with a casing.
    Highways,
    /// Who holds which place: small dots by `control`.
    ControlPlaces,
    /// Border crossings.
    Crossings,
    /// Turkish observation posts.
    ObservationPosts,
    /// Landmarks.
    Landmarks,
    /// What the founding report states, where it has a place.
    Statements,
    /// Reported strikes by `class`, `weapon`, `killed_low`, `killed_high` and `grade`.
    Strikes,
    /// A layer of the user's.
    Simple(SimpleLook),
}

/// The symbol of each feature of a layer.
pub fn layer_symbols(look: &LayerLook, features: &FeatureStore, theme: Theme) -> LayerSymbols {
    let palette = palette(theme);
    match look {
        LayerLook::Strikes => strike_symbols(features, palette),
        LayerLook::ControlPlaces => control_symbols(features, palette),
        LayerLook::Simple(simple) => simple_symbols(simple, features, theme),
        uniform => LayerSymbols::same_for_all(uniform_symbol(uniform, palette), features.len()),
    }
}

/// The one symbol of a layer whose features all look alike.
fn uniform_symbol(look: &LayerLook, p: &Palette) -> Symbol {
    let line = |color, width_points, dash| Stroke { color, width_points, dash };
    match look {
        LayerLook::Land => area(p.land, Vec::new()),
        LayerLook::Lakes => area(p.lake, Vec::new()),
        LayerLook::Rivers => lines(vec![line(p.river, 1.2, None)]),
        // Dash-dot needs four numbers; a long dash with a short gap reads as a border just as well.
        LayerLook::Borders => lines(vec![line(p.border, 1.4, Some([8.0, 3.0]))]),
        LayerLook::Governorates => lines(vec![line(p.governorate, 0.8, Some([4.0, 3.0]))]),
        LayerLook::RebelHeldArea => {
            area(p.rebel.fill.faded(0.16), vec![line(p.rebel.outline.faded(0.7), 1.4, None)])
        }
        LayerLook::FrontLine => lines(vec![line(p.front_line, 1.6, Some([6.0, 4.0]))]),
        LayerLook::Highways => lines(vec![line(p.land, 5.0, None), line(p.highway, 3.0, None)]),
        LayerLook::Crossings => point(MarkerShape::Gate, 13.0, plain_ink(p.town_text), p),
        LayerLook::ObservationPosts => point(MarkerShape::Flag, 13.0, p.turkish_posts, p),
        LayerLook::Landmarks => point(MarkerShape::Star, 14.0, plain_ink(p.town_text), p),
        LayerLook::Statements => Symbol {
            strokes: vec![line(p.statement, 1.2, Some([2.0, 3.0]))],
            ..point(MarkerShape::Square, 9.0, plain_ink(p.statement), p)
        },
        LayerLook::ControlPlaces | LayerLook::Strikes | LayerLook::Simple(_) => Symbol::default(),
    }
}

/// The symbol of a control place: a dot that stays smaller than any strike.
pub(super) fn control_symbol(side: ControlSide, p: &Palette) -> Symbol {
    let dot = |ink: Ink| point(MarkerShape::Circle, 4.0, ink, p);
    match side {
        ControlSide::Rebel => dot(p.rebel),
        ControlSide::Government => dot(p.government),
        ControlSide::TurkishBacked => dot(p.turkish_backed),
        ControlSide::Sdf => dot(p.sdf),
        ControlSide::NotKnown => dot(plain_ink(p.neutral)),
        ControlSide::Contested => {
            // Two halves need room to be told apart.
            let halves = MarkerShape::HalfCircle { other: p.government.fill };
            point(halves, 6.0, p.rebel, p)
        }
    }
}

/// The circle around a place that is known only to some distance: a hairline, hardly filled.
pub fn precision_circle(theme: Theme) -> Symbol {
    let color = palette(theme).precision;
    area(color.faded(0.06), vec![Stroke { color: color.faded(0.75), width_points: 0.8, dash: None }])
}

/// A filled marker with an edge, without ring.
pub(super) fn point(shape: MarkerShape, size_points: f32, ink: Ink, p: &Palette) -> Symbol {
    let edge = if ink.outline == ink.fill { p.land } else { ink.outline };
    let ground = p.land;
    let marker = Marker { shape, size_points, color: ink.fill, filled: true, ring: Ring::None, edge, ground };
    Symbol { marker: Some(marker), ..Symbol::default() }
}

/// A colour that needs no outline of its own.
pub(super) fn plain_ink(color: Rgba) -> Ink {
    Ink { fill: color, outline: color }
}

fn area(color: Rgba, strokes: Vec<Stroke>) -> Symbol {
    Symbol { fill: Some(Fill { color, hatch: None }), strokes, marker: None }
}

fn lines(strokes: Vec<Stroke>) -> Symbol {
    Symbol { strokes, ..Symbol::default() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{store, words};
    use super::*;
    use crate::situation::GeometryKind::{LineString, Point, Polygon};

    #[test]
    fn a_highway_has_a_casing_below_its_line() {
        let symbols = layer_symbols(&LayerLook::Highways, &store(&[LineString; 2], vec![]), Theme::Light);
        let widths: Vec<f32> = symbols.symbols[0].strokes.iter().map(|stroke| stroke.width_points).collect();
        assert_eq!((widths, symbols.symbol_of_row), (vec![5.0, 3.0], vec![0, 0]));
    }

    #[test]
    fn the_base_map_shows_through_the_rebel_held_area() {
        let symbols = layer_symbols(&LayerLook::RebelHeldArea, &store(&[Polygon], vec![]), Theme::Dark);
        assert_eq!(symbols.symbols[0].fill.unwrap().color, Rgba::hex(0x009E73).faded(0.16));
    }

    #[test]
    fn a_contested_place_shows_both_sides() {
        let places = store(&[Point; 3], vec![words("control", &["rebel", "contested", "rebel"])]);
        let symbols = layer_symbols(&LayerLook::ControlPlaces, &places, Theme::Light);
        let contested = symbols.symbols[1].marker.unwrap();
        assert_eq!(symbols.symbol_of_row, [0, 1, 0]);
        assert_eq!(contested.color, palette(Theme::Light).rebel.fill);
        assert_eq!(contested.shape, MarkerShape::HalfCircle { other: palette(Theme::Light).government.fill });
    }

    #[test]
    fn a_look_survives_a_project_file() {
        for look in [LayerLook::Strikes, LayerLook::Simple(SimpleLook::nth(3))] {
            let saved = serde_json::to_string(&look).unwrap();
            assert_eq!(serde_json::from_str::<LayerLook>(&saved).unwrap(), look);
        }
    }

    #[test]
    fn an_empty_layer_has_no_rows_to_style() {
        let symbols = layer_symbols(&LayerLook::Strikes, &store(&[], vec![]), Theme::Light);
        assert_eq!(symbols, LayerSymbols::default());
    }
}
