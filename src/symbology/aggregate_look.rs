//! The looks of clusters, hexagons and heat maps, and what the legend says of them.
//!
//! Floor 2.

use super::legend::{LegendEntry, LegendSection, entry};
use super::look::{plain_ink, point};
use super::points_as::{CountClasses, MOST_CLASSES, PointsAs, thousands};
use super::{Fill, LayerLook, MarkerShape, Rgba, Stroke, Symbol, Theme, palette};
use crate::situation::{FeatureRow, FeatureStore, PartKind};

/// Height of the letters of a cluster's number in points.
pub const CLUSTER_LABEL_POINTS: f32 = 11.0;

/// The disc of a cluster of two, and of a million, points across.
const SMALLEST_DISC_POINTS: f32 = 19.0;
const LARGEST_DISC_POINTS: f32 = 50.0;
/// The base map shows through hexagons and the haze.
const HEX_OPACITY: f32 = 0.75;
const HEAT_OPACITY: f32 = 0.85;
/// Up to this part of the ramp the haze grows out of nothing.
const HEAT_FADES_IN: f32 = 0.3;

/// How large the disc of a cluster is; its area grows with the logarithm of the number, in steps of a point.
pub fn cluster_size_points(count: u32) -> f32 {
    let (small, large) = (SMALLEST_DISC_POINTS.powi(2), LARGEST_DISC_POINTS.powi(2));
    let part = (f64::from(count.max(2)).log2() - 1.0) / (1e6_f64.log2() - 1.0);
    (small + (large - small) * part.min(1.0) as f32).sqrt().round()
}

/// The disc of a cluster: the layer's own colour where it has one, else one that takes no side.
pub fn cluster_symbol(look: &LayerLook, size_points: f32, theme: Theme) -> Symbol {
    point(MarkerShape::Circle, size_points, plain_ink(cluster_color(look, theme)), palette(theme))
}

/// Black or white: what can be read on the discs of a layer. At least 4.5 to 1.
pub fn count_color_on(look: &LayerLook, theme: Theme) -> Rgba {
    let (ground, black, white) = (cluster_color(look, theme), Rgba::hex(0), Rgba::hex(0xFF_FF_FF));
    if black.contrast(ground) > white.contrast(ground) { black } else { white }
}

fn cluster_color(look: &LayerLook, theme: Theme) -> Rgba {
    match look {
        LayerLook::Simple(simple) => simple.color.in_theme(theme),
        _ => palette(theme).neutral,
    }
}

/// The symbol of each class of hexagons, the lowest first.
pub fn hex_symbols(classes: usize, theme: Theme) -> Vec<Symbol> {
    let edge = palette(theme).few_to_many[MOST_CLASSES - 1].faded(0.35);
    let symbol = |class: usize| Symbol {
        fill: Some(Fill { color: class_color(class, classes, theme).faded(HEX_OPACITY), hatch: None }),
        strokes: vec![Stroke { color: edge, width_points: 0.5, dash: None }],
        marker: None,
    };
    (0..classes).map(symbol).collect()
}

/// A few classes take colours from all over the ramp, and never its palest alone.
fn class_color(class: usize, classes: usize, theme: Theme) -> Rgba {
    match classes {
        0 | 1 => few_to_many(0.5, theme),
        _ => few_to_many(class as f32 / (classes - 1) as f32, theme),
    }
}

/// The colour of the haze for a density as a part of the highest. Grows with its square root, so that the thinly
/// settled half of a map is not lost beside one city.
pub fn heat_color(part: f32, theme: Theme) -> Rgba {
    let part = part.clamp(0.0, 1.0).sqrt();
    let in_full = (part / HEAT_FADES_IN).min(1.0);
    few_to_many(part, theme).faded(HEAT_OPACITY * in_full * in_full * (3.0 - 2.0 * in_full))
}

/// A colour of the ramp, 0 is few and 1 many.
pub fn few_to_many(part: f32, theme: Theme) -> Rgba {
    let ramp = &palette(theme).few_to_many;
    let at = part.clamp(0.0, 1.0) * (ramp.len() - 1) as f32;
    let below = (at as usize).min(ramp.len() - 2);
    let (from, to, part) = (ramp[below], ramp[below + 1], at - below as f32);
    let mix = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * part).round() as u8;
    Rgba { r: mix(from.r, to.r), g: mix(from.g, to.g), b: mix(from.b, to.b), a: 255 }
}

/// What stands for the layer in the panel; `None` where its points are drawn by their symbols.
pub fn aggregate_swatch(points_as: PointsAs, look: &LayerLook, theme: Theme) -> Option<Symbol> {
    let marker = |shape, color| point(shape, 14.0, plain_ink(color), palette(theme));
    match points_as {
        PointsAs::Symbols => None,
        PointsAs::Clusters => Some(cluster_symbol(look, 14.0, theme)),
        PointsAs::Hexagons => Some(marker(MarkerShape::Hexagon, few_to_many(0.6, theme))),
        PointsAs::HeatMap => {
            let fill = Fill { color: few_to_many(0.6, theme), hatch: None };
            Some(Symbol { fill: Some(fill), ..Symbol::default() })
        }
    }
}

/// What the legend has to know of the points that are counted.
#[derive(Debug, Clone, PartialEq)]
pub enum AggregateFacts {
    /// There is a cluster of two or more.
    Clusters,
    /// The classes of the hexagons.
    Hexagons {
        /// Of the numbers.
        classes: CountClasses,
        /// Of H3, 0 to 15.
        resolution: u8,
        /// Across the sides, on average, metres.
        width_m: f64,
    },
    /// The haze.
    HeatMap {
        /// So many features in one place give the full colour.
        full: u32,
        /// What is farther away from a place does not count there, metres.
        radius_m: f64,
    },
}

/// The section of a layer's counted points.
pub fn aggregate_legend(
    title: &str,
    look: &LayerLook,
    facts: &AggregateFacts,
    theme: Theme,
) -> LegendSection {
    let (caption, entries) = match facts {
        AggregateFacts::Clusters => (None, vec![cluster_entry(look, theme)]),
        AggregateFacts::Hexagons { classes, resolution, width_m } => {
            let symbols = hex_symbols(classes.len(), theme);
            let labelled =
                symbols.into_iter().enumerate().map(|(class, symbol)| entry(symbol, &classes.label(class)));
            let words = format!(
                "Features in each hexagon, about {} across (H3 resolution {resolution})",
                length(*width_m)
            );
            (Some(words), labelled.collect())
        }
        AggregateFacts::HeatMap { full, radius_m } => {
            let words = format!(
                "About how many features lie within {} of a place, the nearer counting more",
                length(*radius_m)
            );
            (Some(words), heat_entries(*full, theme))
        }
    };
    LegendSection { title: title.to_owned(), caption, entries }
}

fn cluster_entry(look: &LayerLook, theme: Theme) -> LegendEntry {
    entry(cluster_symbol(look, 16.0, theme), "Several features, with their number")
}

/// Side by side they read as a band. A number stands once: at the first of the colours that it is rounded to.
fn heat_entries(full: u32, theme: Theme) -> Vec<LegendEntry> {
    let mut last = String::new();
    let steps = [0.04, 0.16, 0.36, 0.64, 1.0].map(|part: f32| {
        let fill = Fill { color: heat_color(part, theme), hatch: None };
        let words = match (part * full as f32).round() as u64 {
            0 => "less than 1".to_owned(),
            count => thousands(count),
        };
        let label = if words == last { String::new() } else { words.clone() };
        last = words;
        entry(Symbol { fill: Some(fill), ..Symbol::default() }, &label)
    });
    steps.to_vec()
}

/// `850 m`, `3.4 km`, `38 km`
fn length(metres: f64) -> String {
    match metres {
        m if m < 9.5 => format!("{m:.1} m"),
        m if m < 950.0 => format!("{m:.0} m"),
        m if m < 9_500.0 => format!("{:.1} km", m / 1e3),
        m => format!("{} km", thousands((m / 1e3).round() as u64)),
    }
}

/// Whether a row is drawn beside points that are counted: it has a line or an area.
pub fn has_line_or_area(features: &FeatureStore, row: FeatureRow) -> bool {
    features.geometry(row).parts().any(|part| part.kind != PartKind::Point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbology::{LayerColor, SimpleLook};

    const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

    #[test]
    fn the_area_of_a_disc_grows_by_as_much_from_ten_to_a_hundred_as_from_there_to_a_thousand() {
        let area = |count: u32| cluster_size_points(count).powi(2);
        let steps = [area(100) - area(10), area(1_000) - area(100), area(10_000) - area(1_000)];
        assert!(steps.iter().all(|step| (step / steps[0] - 1.0).abs() < 0.2), "{steps:?}");
        assert_eq!((cluster_size_points(2), cluster_size_points(50_000_000)), (19.0, 50.0));
    }

    #[test]
    fn the_number_on_a_disc_can_be_read_whatever_the_layer_s_colour_is() {
        let looks = (0..6).map(|nth| LayerLook::Simple(SimpleLook::nth(nth))).chain([LayerLook::Strikes]);
        for look in looks {
            for theme in THEMES {
                let contrast = count_color_on(&look, theme).contrast(cluster_color(&look, theme));
                assert!(contrast >= 4.5, "{look:?} has {contrast:.1}");
            }
        }
        let grey = LayerColor::Chosen(Rgba::hex(0x777777));
        let look = LayerLook::Simple(SimpleLook { color: grey, ..SimpleLook::default() });
        assert!(count_color_on(&look, Theme::Light).contrast(Rgba::hex(0x777777)) >= 4.4);
    }

    #[test]
    fn the_legend_of_hexagons_says_what_is_counted_and_how_large_they_are() {
        let classes = CountClasses::up_to(60);
        let facts = AggregateFacts::Hexagons { classes, resolution: 6, width_m: 6_450.0 };
        let section = aggregate_legend("Events", &LayerLook::Strikes, &facts, Theme::Light);
        let words = "Features in each hexagon, about 6.5 km across (H3 resolution 6)";
        assert_eq!(section.caption.as_deref(), Some(words));
        assert_eq!(section.entries[1].label, "2–4");
    }

    #[test]
    fn the_legend_of_a_heat_map_says_how_many_each_colour_means_and_how_near() {
        let section = |full| {
            let facts = AggregateFacts::HeatMap { full, radius_m: 11_940.0 };
            aggregate_legend("Events", &LayerLook::Strikes, &facts, Theme::Dark)
        };
        let labels = |full| section(full).entries.into_iter().map(|entry| entry.label).collect::<Vec<_>>();
        let caption = section(20).caption.unwrap();
        assert!(caption.contains("within 12 km of a place"), "{caption}");
        assert_eq!(labels(2_000), ["80", "320", "720", "1,280", "2,000"]);
        assert_eq!(labels(2), ["less than 1", "", "1", "", "2"]);
    }

    #[test]
    fn the_haze_begins_with_nothing_and_never_gets_paler() {
        for theme in THEMES {
            let alphas: Vec<u8> =
                (0..=100_u8).map(|part| heat_color(f32::from(part) / 100.0, theme).a).collect();
            assert!(alphas[0] == 0 && alphas.is_sorted() && alphas[100] > 200);
        }
    }

    #[test]
    fn the_swatch_of_a_layer_follows_how_its_points_are_drawn() {
        let swatches =
            PointsAs::ALL.map(|points_as| aggregate_swatch(points_as, &LayerLook::Strikes, Theme::Light));
        assert!(swatches[0].is_none() && swatches[1..].iter().all(Option::is_some));
        let marker = |symbol: &Option<Symbol>| {
            symbol.as_ref().and_then(|symbol| symbol.marker).map(|marker| marker.shape)
        };
        assert_eq!(marker(&swatches[3]), Some(MarkerShape::Hexagon));
    }
}
