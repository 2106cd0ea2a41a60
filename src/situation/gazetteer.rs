//! Named places, to say where something is and to find it by name, without asking anybody.
//!
//! Floor 1.

use crate::coords::{LonLat, bearing_deg, distance_m};

/// A named place.
#[derive(Debug, Clone, PartialEq)]
pub struct GazetteerPlace {
    /// The standard English name.
    pub name_en: String,
    /// The Arabic name.
    pub name_ar: Option<String>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Where it is.
    pub at: LonLat,
    /// How large it is: 1 for the largest.
    pub rank: u8,
    /// What it is, such as `city` or `village`.
    pub kind: String,
    /// How many people live there.
    pub population: Option<u32>,
}

/// Named places in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<GazetteerPlace>,
}

/// A place of the gazetteer as seen from somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearPlace<'a> {
    /// The place.
    pub place: &'a GazetteerPlace,
    /// How far it is.
    pub distance_m: f64,
    /// The direction from the place: what lies north of a town has 0.
    pub bearing_deg: f64,
}

impl Gazetteer {
    /// The places in this order.
    pub fn new(places: Vec<GazetteerPlace>) -> Self {
        Self { places }
    }

    /// All places.
    pub fn places(&self) -> &[GazetteerPlace] {
        &self.places
    }

    /// The nearest place among those of `max_rank` and larger; `None` where there is none.
    pub fn nearest(&self, at: LonLat, max_rank: u8) -> Option<NearPlace<'_>> {
        // Measured on the ellipsoid are only those that may be the nearest: of all of them it takes a millisecond.
        let here = on_sphere(at);
        let candidates = self.places.iter().filter(|place| place.rank <= max_rank);
        let chords: Vec<(&GazetteerPlace, f64)> =
            candidates.map(|place| (place, chord_squared(here, on_sphere(place.at)))).collect();
        let shortest = chords.iter().map(|&(_, chord)| chord).min_by(f64::total_cmp)?;
        let near = chords.into_iter().filter(|&(_, chord)| chord <= shortest * SPHERE_ERROR);
        let measured = near.map(|(place, _)| (place, distance_m(at, place.at)));
        let (place, distance_m) = measured.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        Some(NearPlace { place, distance_m, bearing_deg: bearing_deg(place.at, at) })
    }
}

/// Squares of distances on the sphere and on the ellipsoid differ by less than this factor.
const SPHERE_ERROR: f64 = 1.03;

fn on_sphere(at: LonLat) -> [f64; 3] {
    let (lat_sin, lat_cos) = at.lat_deg.to_radians().sin_cos();
    let (lon_sin, lon_cos) = at.lon_deg.to_radians().sin_cos();
    [lat_cos * lon_cos, lat_cos * lon_sin, lat_sin]
}

fn chord_squared(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.into_iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

impl NearPlace<'_> {
    /// The direction from the place in words, such as `north-west`.
    pub fn direction(&self) -> &'static str {
        direction_words(self.bearing_deg)
    }
}

/// The nearest of the eight winds: `north`, `north-east` …
pub fn direction_words(bearing_deg: f64) -> &'static str {
    const WINDS: [&str; 8] =
        ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
    // A bearing that is not a number counts as north.
    WINDS[(bearing_deg.rem_euclid(360.0) / 45.0).round() as usize % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, rank: u8, lon_deg: f64, lat_deg: f64) -> GazetteerPlace {
        GazetteerPlace {
            name_en: name.to_owned(),
            name_ar: None,
            aliases: Vec::new(),
            at: LonLat::new(lon_deg, lat_deg),
            rank,
            kind: String::new(),
            population: None,
        }
    }

    #[test]
    fn the_nearest_town_is_named_with_the_way_from_it() {
        let places = vec![place("Idlib", 1, 36.6353, 35.9278), place("Khan Shaykhun", 3, 36.6471, 35.4401)];
        let gazetteer = Gazetteer::new(places);
        let near = gazetteer.nearest(LonLat::new(36.542, 35.4802), 4).unwrap();
        assert_eq!((near.place.name_en.as_str(), near.direction()), ("Khan Shaykhun", "north-west"));
        assert_eq!((near.distance_m / 1000.0).round(), 11.0);
    }

    #[test]
    fn a_village_below_the_rank_is_passed_over() {
        let gazetteer = Gazetteer::new(vec![place("Idlib", 1, 36.6, 35.9), place("Abdin", 6, 36.54, 35.47)]);
        assert_eq!(gazetteer.nearest(LonLat::new(36.542, 35.48), 4).unwrap().place.name_en, "Idlib");
        assert_eq!(gazetteer.nearest(LonLat::new(36.542, 35.48), 0), None);
    }

    #[test]
    fn a_wind_takes_half_a_right_angle() {
        let words = [0.0, 22.4, 22.6, 90.0, 200.0, 337.6, 359.9].map(direction_words);
        assert_eq!(words, ["north", "north", "north-east", "east", "south", "north", "north"]);
    }
}
