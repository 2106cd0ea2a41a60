//! How the names on the map are set, and from which zoom a town is named.
//!
//! Floor 2. Where a label goes is the text module's business.

use super::{Rgba, Theme, palette};

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LabelKind {
    /// A settlement; rank 1 is the largest city, 6 a hamlet.
    Town {
        /// 1 to 6; larger numbers count as 6.
        rank: u8,
    },
    /// A country.
    Country,
    /// A governorate.
    Governorate,
    /// The sea, a lake or a river.
    Water,
    /// Words along the front line or inside the rebel-held area.
    Caption,
    /// The headline of an area report, inside its extent.
    AreaReport,
    /// The number of a highway on its shield; the halo's colour is the shield's ground.
    Shield,
    /// A post, a crossing or a landmark.
    Place,
    /// Where there is no base map.
    Unmapped,
    /// The selected feature; always shown.
    Selected,
}

/// How a label is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelStyle {
    /// Height of the Latin letters' em in points.
    pub size_points: f32,
    /// Semibold, or regular.
    pub semibold: bool,
    /// The letters.
    pub color: Rgba,
    /// Around the letters.
    pub halo: Rgba,
    /// Larger is placed first.
    pub priority: f32,
}

/// Arabic letters are set larger by this factor than Latin ones beside them, to look the same size.
pub const ARABIC_SIZE_RATIO: f32 = 1.05;

/// The style of one kind of label.
pub fn label_style(kind: LabelKind, theme: Theme) -> LabelStyle {
    let p = palette(theme);
    let style = |size_points, semibold, color, priority| LabelStyle {
        size_points,
        semibold,
        color,
        halo: p.halo,
        priority,
    };
    match kind {
        LabelKind::Selected => style(12.5, true, p.town_text, 1000.0),
        LabelKind::Shield => LabelStyle { halo: p.shield, ..style(10.5, true, p.shield_text, 900.0) },
        LabelKind::Town { rank } => {
            let (size_points, semibold) = town_type(rank);
            style(
                size_points,
                semibold,
                p.town_text,
                800.0 - 100.0 * f32::from(rank.clamp(1, LEAST_RANK) - 1),
            )
        }
        LabelKind::Country => style(13.0, false, p.area_text, 650.0),
        LabelKind::AreaReport => style(11.0, true, p.strike_text, 640.0),
        LabelKind::Caption => style(11.0, false, p.rebel_text, 630.0),
        LabelKind::Place => style(10.5, false, p.town_text, 550.0),
        LabelKind::Governorate => style(11.5, false, p.area_text, 540.0),
        LabelKind::Water => style(10.5, false, p.water_text, 350.0),
        LabelKind::Unmapped => style(11.5, false, p.area_text, 300.0),
    }
}

/// The rank of the smallest places.
const LEAST_RANK: u8 = 6;

/// Size and weight: cities, towns, villages.
const fn town_type(rank: u8) -> (f32, bool) {
    match rank {
        0..=2 => (13.0, true),
        3 | 4 => (11.5, false),
        _ => (10.5, false),
    }
}

/// Whether a town of `rank` is a candidate for a name at `zoom`.
///
/// The opening view lies at about zoom 8.5 in an ordinary window: of the bundled places some 60 of ranks 1 to 3 lie
/// there and 40 of rank 4, of which half find room. A rank comes when the larger ones have room around them;
/// collisions do the rest.
pub fn town_visible(rank: u8, zoom: f64) -> bool {
    let from_zoom = match rank {
        0 | 1 => 5.0,
        2 => 6.5,
        3 => 7.5,
        4 => 8.4,
        5 => 9.6,
        _ => 11.0,
    };
    zoom >= from_zoom
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(rank: u8) -> LabelStyle {
        label_style(LabelKind::Town { rank }, Theme::Light)
    }

    #[test]
    fn a_larger_town_is_placed_first_and_never_set_smaller() {
        for rank in 1..6 {
            assert!(town(rank).priority > town(rank + 1).priority);
            assert!(town(rank).size_points >= town(rank + 1).size_points);
        }
    }

    #[test]
    fn nothing_is_placed_before_the_selected_feature() {
        let selected = label_style(LabelKind::Selected, Theme::Light).priority;
        for kind in
            [LabelKind::Shield, LabelKind::Town { rank: 0 }, LabelKind::Country, LabelKind::AreaReport]
        {
            assert!(label_style(kind, Theme::Light).priority < selected);
        }
    }

    #[test]
    fn the_opening_view_names_cities_and_towns_but_no_villages() {
        for zoom in [8.4, 8.5, 9.0, 9.4] {
            let named: Vec<u8> = (1..=6).filter(|&rank| town_visible(rank, zoom)).collect();
            assert_eq!(named, [1, 2, 3, 4], "at zoom {zoom}");
        }
    }

    #[test]
    fn a_town_once_named_stays_a_candidate_when_the_map_comes_closer() {
        for rank in 0..=9 {
            let seen: Vec<bool> = (0..40).map(|step| town_visible(rank, f64::from(step) / 2.0)).collect();
            assert!(seen.is_sorted());
            assert!(town_visible(rank, 11.0));
        }
    }

    #[test]
    fn every_label_can_be_read_on_its_halo() {
        let kinds = [
            LabelKind::Town { rank: 1 },
            LabelKind::Country,
            LabelKind::Governorate,
            LabelKind::Water,
            LabelKind::Caption,
            LabelKind::AreaReport,
            LabelKind::Shield,
            LabelKind::Place,
            LabelKind::Unmapped,
            LabelKind::Selected,
        ];
        for theme in [Theme::Light, Theme::Dark] {
            for style in kinds.map(|kind| label_style(kind, theme)) {
                assert!(style.color.contrast(style.halo) >= 4.5, "{style:?}");
            }
        }
    }
}
