//! Places on the UTM grid by zone, easting and northing, and the letter behind a zone.
//!
//! Floor 0. The letter of `37S` is the latitude band of MGRS to some and the southern hemisphere to others. Band S is 32
//! to 40° north; where the northing does not lie in it, or the letter stands alone, it is the hemisphere.

use geoconvert::{LatLon, UtmUps};

use super::LonLat;

/// The bands of MGRS from 80° south on, 8° each, the last one 12°.
pub(super) const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";

/// What is written behind the number of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    North,
    South,
    /// The number of a band in [`BANDS`].
    Band(usize),
}

/// A zone of the UTM grid and the side of the equator, or the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtmZone {
    number: u32,
    side: Side,
}

impl UtmZone {
    /// Whether it is written with an `S` that may be a band or a hemisphere.
    pub fn is_ambiguous(self) -> bool {
        self.side == Side::Band(14)
    }

    /// The position of a place in the zone, metres; `None` off the grid and outside of the band. In the south, northings
    /// count from the pole.
    pub fn position(self, easting_m: f64, northing_m: f64) -> Option<LonLat> {
        let on_side = |is_north| position_on_grid(self.number, is_north, easting_m, northing_m);
        match self.side {
            Side::North => on_side(true),
            Side::South => on_side(false),
            Side::Band(band) => {
                let in_band = on_side(band >= 10).filter(|at| reaches(band, at.lat_deg));
                in_band.or_else(|| if self.is_ambiguous() { on_side(false) } else { None })
            }
        }
    }
}

/// Whether a latitude is in a band, or so near to it that its squares reach there.
pub(super) fn reaches(band: usize, lat_deg: f64) -> bool {
    let south_deg = band as f64 * 8.0 - 80.0;
    (south_deg - 1.0..south_deg + 13.0).contains(&lat_deg)
}

/// Zone and side of `37N`, `37 South`, `37S` or `37`, which is north.
pub fn utm_zone_of(text: &str) -> Option<UtmZone> {
    let (zone, rest) = zone_before(text.trim())?;
    rest.is_empty().then_some(zone)
}

/// `37N 276999 mE 3929075 mN` and shorter forms of it.
pub(super) fn utm_position(text: &str) -> Option<LonLat> {
    let behind_number = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    // Without a letter two numbers may be anything.
    let (zone, rest) = zone_before(text).filter(|(_, rest)| rest.len() < behind_number.len())?;
    let mut metres = rest.split([' ', ',', ';', '\u{a0}']).filter(|part| !part.is_empty());
    let mut next = |unit: [char; 2]| -> Option<f64> {
        let part = metres.by_ref().find(|part| !part.chars().all(char::is_alphabetic))?;
        let part = part.trim_end_matches(unit).trim_end_matches(['m', 'M']);
        part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| part.parse().ok())?
    };
    let (easting_m, northing_m) = (next(['E', 'e'])?, next(['N', 'n'])?);
    zone.position(easting_m, northing_m)
}

/// The zone at the start of a text, and what follows; without a letter it is north.
fn zone_before(text: &str) -> Option<(UtmZone, &str)> {
    let (number, rest) = leading_number(text).filter(|(number, _)| (1..=60).contains(number))?;
    let letters = rest.trim_start();
    let is_apart = letters.len() < rest.len();
    let count = letters.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = letters.split_at(count);
    let side = match word.to_ascii_uppercase().as_str() {
        "" | "N" | "NORTH" => Side::North,
        "SOUTH" => Side::South,
        "S" if is_apart => Side::South,
        letter => Side::Band(BANDS.find(letter).filter(|_| count == 1)?),
    };
    Some((UtmZone { number, side }, rest))
}

/// The position on one side of the equator.
pub(super) fn position_on_grid(zone: u32, is_north: bool, easting_m: f64, northing_m: f64) -> Option<LonLat> {
    let on_grid = (1..=60).contains(&zone)
        && (100_000.0..=900_000.0).contains(&easting_m)
        && (0.0..=10_000_000.0).contains(&northing_m);
    let zone = i32::try_from(zone).ok().filter(|_| on_grid)?;
    let at: LatLon = UtmUps::create(zone, is_north, easting_m, northing_m).ok()?.to_latlon();
    Some(LonLat::new(at.longitude(), at.latitude()))
}

/// A number of one or two digits at the start, and what follows.
pub(super) fn leading_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok().filter(|_| digits <= 2)?;
    Some((number, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latitude(zone: &str, northing_m: f64) -> Option<f64> {
        utm_zone_of(zone)?.position(276_999.0, northing_m).map(|at| at.lat_deg.round())
    }

    #[test]
    fn the_letter_of_a_zone_is_its_band_where_the_northing_lies_in_it() {
        for zone in ["37", "37N", "37 n", "37 North", "37S", "37s"] {
            assert_eq!(latitude(zone, 3_929_075.0), Some(35.0), "{zone}");
        }
        // South of the equator, by a word of its own or because band S is elsewhere.
        for (zone, northing_m) in [("37 S", 3_929_075.0), ("37 South", 3_929_075.0), ("56S", 6_252_289.0)] {
            assert!(latitude(zone, northing_m).is_some_and(|degrees| degrees < 0.0), "{zone}");
        }
        assert_eq!(latitude("37T", 4_700_000.0), Some(42.0));
        for zone in ["37X", "37I", "61N", "N", "37SS", "37N 5", "99N"] {
            assert_eq!(latitude(zone, 3_929_075.0), None, "{zone}");
        }
        assert!(utm_zone_of("37S").unwrap().is_ambiguous() && !utm_zone_of("37 S").unwrap().is_ambiguous());
    }
}
