//! Every colour of the map, once for the light and once for the dark theme.
//!
//! Floor 2. Okabe–Ito where a colour carries meaning, tuned where it would drown in the ground; meaning never rests
//! on colour alone.

use serde::{Deserialize, Serialize};

use super::Rgba;

/// Light as a printed map, or dark for a dim room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// A colour that speaks by its hue, and the outline that makes it visible on any of the theme's grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    /// The inside of a filled marker.
    pub fill: Rgba,
    /// Its edge and ring; the line of a hollow marker. At least 3 to 1 on land.
    pub outline: Rgba,
}

/// The colours of one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    // The base map whispers: its lines are exempt from the contrast that symbols keep.
    /// Land; also the casing of roads and the edge of markers.
    pub land: Rgba,
    /// The sea.
    pub sea: Rgba,
    /// Where the base map ends and nothing is known.
    pub unmapped: Rgba,
    /// Lakes and reservoirs.
    pub lake: Rgba,
    /// Rivers.
    pub river: Rgba,
    /// Country borders.
    pub border: Rgba,
    /// Governorate borders.
    pub governorate: Rgba,

    // Text, at least 4.5 to 1 on land, water and the rebel-held area
    /// Names of towns, and whatever is drawn in plain ink: crossings, landmarks.
    pub town_text: Rgba,
    /// Names of governorates and countries.
    pub area_text: Rgba,
    /// Names of water.
    pub water_text: Rgba,
    /// Words along the front line and inside the rebel-held area.
    pub rebel_text: Rgba,
    /// Words inside the extent of an area report.
    pub strike_text: Rgba,
    /// Behind all text on the map: the colour of the land.
    pub halo: Rgba,
    /// The ground of a road shield.
    pub shield: Rgba,
    /// The number on a road shield.
    pub shield_text: Rgba,

    // The situation
    /// The rebel-held area and rebel-held places.
    pub rebel: Ink,
    /// Government-held places.
    pub government: Ink,
    /// Turkish observation posts.
    pub turkish_posts: Ink,
    /// Places held by groups that Turkey backs.
    pub turkish_backed: Ink,
    /// Places held by the SDF.
    pub sdf: Ink,
    /// The derived front line.
    pub front_line: Rgba,
    /// Highways.
    pub highway: Rgba,
    /// What the founding report names.
    pub statement: Rgba,
    /// What takes no side: claims, context, places whose holder is not known, weapons not stated.
    pub neutral: Rgba,

    // Strikes by weapon; the shapes differ too
    /// Air strikes; several weapons together.
    pub air_strike: Ink,
    /// Barrel bombs.
    pub barrel_bomb: Ink,
    /// Artillery and ground shelling.
    pub shelling: Ink,
    /// Rockets and missiles.
    pub rocket: Ink,
    /// Cluster munitions.
    pub cluster: Ink,

    // The hand
    /// Halo of the selected feature.
    pub selection: Rgba,
    /// Halo of the hovered feature.
    pub hover: Rgba,
    /// The circle of a place's precision.
    pub precision: Rgba,

    /// Default colours of the user's layers, one after the other; none has a meaning in the situation.
    pub user_layers: [Rgba; 6],

    /// From few to many, for hexagons and heat maps: from near the ground to far from it.
    pub few_to_many: [Rgba; 6],
}

/// The colours of `theme`.
pub const fn palette(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

impl Palette {
    /// The thin edge that parts `color` from the ground: the land's colour, or ink where the two would run together.
    pub fn edge_for(&self, color: Rgba) -> Rgba {
        if color.contrast(self.land) < MIN_SYMBOL_CONTRAST { self.town_text } else { self.land }
    }
}

/// What a symbol needs against its ground (WCAG 2.2, 1.4.11).
const MIN_SYMBOL_CONTRAST: f64 = 3.0;

const fn ink(fill: u32, outline: u32) -> Ink {
    Ink { fill: Rgba::hex(fill), outline: Rgba::hex(outline) }
}

const LIGHT_LAND: Rgba = Rgba::hex(0xF6F3EC);
const DARK_LAND: Rgba = Rgba::hex(0x22262A);

/// `#E69F00` and `#CC79A7` are too pale for light land, the others for the rebel-held area: dark outlines carry them.
static LIGHT: Palette = Palette {
    land: LIGHT_LAND,
    sea: Rgba::hex(0xCFDFE8),
    unmapped: Rgba::hex(0xE4E2DF),
    lake: Rgba::hex(0xC3D7E3),
    river: Rgba::hex(0xA5C3D4),
    border: Rgba::hex(0x8A857C),
    governorate: Rgba::hex(0xB9B3A7),
    town_text: Rgba::hex(0x3B3934),
    area_text: Rgba::hex(0x5A554B),
    water_text: Rgba::hex(0x2F566E),
    rebel_text: Rgba::hex(0x00543D),
    strike_text: Rgba::hex(0x6B2E00),
    halo: LIGHT_LAND,
    shield: Rgba::hex(0x7A5D38),
    shield_text: Rgba::hex(0xFFFFFF),
    rebel: ink(0x009E73, 0x006E50),
    government: ink(0x882255, 0x882255),
    turkish_posts: ink(0x0072B2, 0x0072B2),
    turkish_backed: ink(0x0072B2, 0x0072B2),
    sdf: ink(0x9A7B00, 0x7A6400),
    front_line: Rgba::hex(0x46413B),
    highway: Rgba::hex(0x8C6D46),
    statement: Rgba::hex(0x4A4A8A),
    neutral: Rgba::hex(0x6B6B6B),
    air_strike: ink(0xD55E00, 0x8F3E00),
    barrel_bomb: ink(0xA34700, 0x6B2E00),
    shelling: ink(0xE69F00, 0x8A5A00),
    rocket: ink(0xCC79A7, 0x8F3D6B),
    cluster: ink(0x8F3D6B, 0x8F3D6B),
    selection: Rgba::hex(0x0072B2),
    hover: Rgba::hex(0x2F86BF),
    precision: Rgba::hex(0x46413B),
    user_layers: [
        Rgba::hex(0x4B3BC4),
        Rgba::hex(0x6B8C21),
        Rgba::hex(0x6A7FD6),
        Rgba::hex(0x5B2A1E),
        Rgba::hex(0x4E8A8A),
        Rgba::hex(0x1F2A5C),
    ],
    few_to_many: [
        Rgba::hex(0xE4D2DC),
        Rgba::hex(0xCFABCB),
        Rgba::hex(0xB183BC),
        Rgba::hex(0x8A5CA8),
        Rgba::hex(0x5E3A8C),
        Rgba::hex(0x2F1D60),
    ],
};

/// `#882255`, `#0072B2` and the dark barrel-bomb orange would drown in dark land: they are lighter here.
static DARK: Palette = Palette {
    land: DARK_LAND,
    sea: Rgba::hex(0x171C21),
    unmapped: Rgba::hex(0x242424),
    lake: Rgba::hex(0x1B232A),
    river: Rgba::hex(0x31424D),
    border: Rgba::hex(0x7C7A75),
    governorate: Rgba::hex(0x53575A),
    town_text: Rgba::hex(0xD9D5CC),
    area_text: Rgba::hex(0xB5B0A5),
    water_text: Rgba::hex(0x8FB4CB),
    rebel_text: Rgba::hex(0x6FD3B0),
    strike_text: Rgba::hex(0xF0B48A),
    halo: DARK_LAND,
    shield: Rgba::hex(0xB5925F),
    shield_text: DARK_LAND,
    rebel: ink(0x009E73, 0x2DBE92),
    government: ink(0xE8A3C6, 0xE8A3C6),
    turkish_posts: ink(0x56B4E9, 0x56B4E9),
    turkish_backed: ink(0x56B4E9, 0x56B4E9),
    sdf: ink(0xC9A227, 0xC9A227),
    front_line: Rgba::hex(0xC9C4B8),
    highway: Rgba::hex(0xB5925F),
    statement: Rgba::hex(0xA9A9E0),
    neutral: Rgba::hex(0xA0A0A0),
    air_strike: ink(0xD55E00, 0xF09A5E),
    barrel_bomb: ink(0xC05400, 0xE39056),
    shelling: ink(0xE69F00, 0xF5CB7A),
    rocket: ink(0xCC79A7, 0xE6B3CF),
    cluster: ink(0xE6B3CF, 0xE6B3CF),
    selection: Rgba::hex(0x56B4E9),
    hover: Rgba::hex(0x9FD3F5),
    precision: Rgba::hex(0xC9C4B8),
    user_layers: [
        Rgba::hex(0x8F7BFF),
        Rgba::hex(0xD6E58A),
        Rgba::hex(0x7A90B0),
        Rgba::hex(0x8A8F2A),
        Rgba::hex(0xA5F0F0),
        Rgba::hex(0xF2E64B),
    ],
    few_to_many: [
        Rgba::hex(0x3F345E),
        Rgba::hex(0x614A85),
        Rgba::hex(0x8766A6),
        Rgba::hex(0xAE88C0),
        Rgba::hex(0xD2B1D6),
        Rgba::hex(0xF6E4EF),
    ],
};

#[cfg(test)]
mod tests {
    use super::super::color_vision::{difference, least_difference};
    use super::*;

    const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

    fn over(top: Rgba, ground: Rgba, opacity: f32) -> Rgba {
        let mix = |a: u8, b: u8| (f32::from(a) * opacity + f32::from(b) * (1.0 - opacity)).round() as u8;
        Rgba { r: mix(top.r, ground.r), g: mix(top.g, ground.g), b: mix(top.b, ground.b), a: 255 }
    }

    /// Land outside and inside the rebel-held area.
    fn lands(palette: &Palette) -> [Rgba; 2] {
        [palette.land, over(palette.rebel.fill, palette.land, 0.16)]
    }

    fn marker_inks(palette: &Palette) -> Vec<Ink> {
        let p = palette;
        let weapons = [p.air_strike, p.barrel_bomb, p.shelling, p.rocket, p.cluster];
        let sides = [p.rebel, p.government, p.turkish_posts, p.turkish_backed, p.sdf];
        [weapons, sides].concat()
    }

    #[test]
    fn all_text_can_be_read_on_land_water_and_the_rebel_held_area() {
        for p in THEMES.map(palette) {
            let grounds = [lands(p).as_slice(), &[p.sea, p.lake, p.unmapped]].concat();
            for text in [p.town_text, p.area_text, p.water_text, p.rebel_text, p.strike_text] {
                let least = grounds.iter().map(|&ground| text.contrast(ground)).fold(21.0, f64::min);
                assert!(least >= 4.5, "{text:?} has {least:.2}");
            }
            assert!(p.shield_text.contrast(p.shield) >= 4.5);
        }
    }

    #[test]
    fn every_marker_stands_out_from_land_by_its_fill_or_its_outline() {
        for p in THEMES.map(palette) {
            for ink in marker_inks(p) {
                assert!(ink.outline.contrast(p.land) >= 3.0, "{ink:?}");
                for ground in lands(p) {
                    let best = ink.fill.contrast(ground).max(ink.outline.contrast(ground));
                    assert!(best >= 3.0, "{ink:?} has {best:.2}");
                }
            }
        }
    }

    #[test]
    fn every_line_and_halo_stands_out_from_land() {
        for p in THEMES.map(palette) {
            let colors = [
                p.front_line,
                p.highway,
                p.statement,
                p.neutral,
                p.selection,
                p.hover,
                p.precision,
                p.border,
            ];
            for color in colors.iter().chain(&p.user_layers) {
                assert!(color.contrast(p.land) >= 3.0, "{color:?} has {:.2}", color.contrast(p.land));
            }
        }
    }

    #[test]
    fn the_edge_of_the_rebel_held_area_stands_out_even_at_70_percent() {
        for p in THEMES.map(palette) {
            assert!(over(p.rebel.outline, p.land, 0.7).contrast(p.land) >= 3.0);
        }
    }

    #[test]
    fn whoever_cannot_tell_red_from_green_still_tells_who_holds_a_place() {
        // Control places share one shape, so here colour has to do.
        for p in THEMES.map(palette) {
            let holders = [p.rebel.fill, p.government.fill, p.turkish_backed.fill, p.sdf.fill];
            let least = least_difference(&holders);
            assert!(least >= 18.0, "{least:.1}");
        }
    }

    #[test]
    fn artillery_and_weapon_not_stated_share_the_circle_but_no_colour() {
        for p in THEMES.map(palette) {
            assert!(least_difference(&[p.shelling.outline, p.neutral]) >= 40.0);
        }
    }

    #[test]
    fn neighbouring_user_layers_differ_for_every_eye() {
        for p in THEMES.map(palette) {
            let least = least_difference(&p.user_layers);
            assert!(least >= 22.0, "{least:.1}");
        }
    }

    #[test]
    fn no_user_layer_borrows_a_colour_with_a_meaning() {
        for p in THEMES.map(palette) {
            for color in p.user_layers {
                for ink in marker_inks(p) {
                    assert!(difference(color, ink.fill) >= 20.0, "{color:?} is like {ink:?}");
                }
            }
        }
    }

    #[test]
    fn few_to_many_goes_away_from_the_ground_in_steps_that_every_eye_sees() {
        for p in THEMES.map(palette) {
            let away: Vec<f64> = p.few_to_many.iter().map(|color| color.contrast(p.land)).collect();
            assert!(away.is_sorted() && away[5] >= 7.0, "{away:?}");
            assert!(least_difference(&p.few_to_many) >= 9.0, "{:.1}", least_difference(&p.few_to_many));
        }
    }

    #[test]
    fn a_pale_colour_gets_an_edge_of_ink() {
        let p = palette(Theme::Light);
        assert_eq!(p.edge_for(Rgba::hex(0xFFFF00)), p.town_text);
        assert_eq!(p.edge_for(Rgba::hex(0x0000FF)), p.land);
    }
}
