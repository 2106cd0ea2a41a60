//! Places and parts of the world as they are written on the command line.
//!
//! Floor 7.

use std::str::FromStr;

use crate::coords::{Extent, LonLat, Notation, position_of, two_numbers_of};

/// The world may be walked around twice, not more.
const MOST_LONGITUDE_DEG: f64 = 720.0;

/// `LON,LAT` in degrees, with any digits, decimal signs and separators, or a position that says itself what is what: with hemispheres, in UTM or MGRS.
#[derive(Debug, Clone, Copy)]
pub struct LonLatArgument {
    /// The place.
    pub at: LonLat,
    /// Whether two plain numbers were given, which many write the other way round.
    pub is_plain: bool,
}

impl FromStr for LonLatArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const FORM: &str = "LON,LAT, such as 36.63,35.93, or in any notation that names the hemispheres, such as \
                            \"35.93 N, 36.63 E\", in UTM or in MGRS";
        let numbers = parse_numbers::<2>(text, FORM).ok().or_else(|| two_numbers_of(text));
        let Some([lon_deg, lat_deg]) = numbers else {
            let at = position_of(text).ok_or_else(|| format!("write it as {FORM}"))?;
            return Ok(Self { at, is_plain: false });
        };
        if lon_deg.abs() > MOST_LONGITUDE_DEG {
            return Err(format!("the longitude {lon_deg} is beyond {MOST_LONGITUDE_DEG}°"));
        }
        if lat_deg.abs() > 90.0 {
            let fits = lon_deg.abs() <= 90.0 && lat_deg.abs() <= MOST_LONGITUDE_DEG;
            let other = if fits { format!(": did you mean {lat_deg},{lon_deg}?") } else { String::new() };
            return Err(format!("the latitude {lat_deg} is beyond 90°; longitude comes first{other}"));
        }
        Ok(Self { at: LonLat { lon_deg, lat_deg }, is_plain: true })
    }
}

impl LonLatArgument {
    /// Which place was taken, in words. `None` where it cannot be written.
    pub fn taken(&self) -> Option<String> {
        let order = if self.is_plain { "; of two plain numbers the longitude comes first" } else { "" };
        Notation::Hemispheres.write(self.at).map(|at| format!("asked was {at}{order}"))
    }

    /// Whether it would be a place the other way round, too.
    pub fn may_be_turned_round(&self) -> bool {
        self.is_plain && self.at.lon_deg.abs() <= 90.0
    }
}

/// `W,S,E,N` in degrees.
#[derive(Debug, Clone, Copy)]
pub struct ExtentArgument(pub Extent);

impl FromStr for ExtentArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let [west, south, east, north] = parse_numbers::<4>(text, "W,S,E,N, such as 36.2,35.3,36.95,35.75")?;
        if west == east || west.abs().max(east.abs()) > MOST_LONGITUDE_DEG {
            return Err(format!(
                "the west {west} and the east {east} must differ, both within {MOST_LONGITUDE_DEG}°"
            ));
        }
        if south >= north || south < -90.0 || north > 90.0 {
            return Err(format!("the south {south} must be below the north {north}, both within 90°"));
        }
        Ok(Self(Extent::new(west, south, east, north)))
    }
}

fn parse_numbers<const N: usize>(text: &str, form: &str) -> Result<[f64; N], String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    numbers
        .filter(|numbers| numbers.iter().all(|number| number.is_finite()))
        .and_then(|numbers| numbers.try_into().ok())
        .ok_or_else(|| format!("write it as {form}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Result<(f64, f64), String> {
        text.parse().map(|LonLatArgument { at, .. }| {
            let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4;
            (rounded(at.lon_deg), rounded(at.lat_deg))
        })
    }

    #[test]
    fn a_place_is_two_numbers_with_the_longitude_first_or_says_itself_what_is_what() {
        for text in [
            "36.542,35.4802",
            "36.542, 35.4802",
            "36.5420 35.4802",
            "36,5420 35,4802",
            "36,5420;35,4802",
            "٣٦٫٥٤٢٠,٣٥٫٤٨٠٢",
            "(36.5420, 35.4802)",
            "35.480200° N, 36.542000° E",
            "36.542 E, 35.4802 N",
            "35°28′48.72″ N 36°32′31.20″ E",
            "37S BV 76999 29074",
            "37N 276999 mE 3929075 mN",
        ] {
            assert_eq!(at(text), Ok((36.542, 35.4802)), "{text}");
        }
        for text in ["-36.5,35.4", "−36.5,35.4", "−36,5 35,4"] {
            assert_eq!(at(text), Ok((-36.5, 35.4)), "{text}");
        }
        assert_eq!(at("36.5"), Err(at("x").unwrap_err()));
    }

    #[test]
    fn what_could_be_meant_the_other_way_round_is_told() {
        let place: LonLatArgument = "36,5420 35,4802".parse().unwrap();
        let told = "asked was 35.480200° N, 36.542000° E; of two plain numbers the longitude comes first";
        assert_eq!((place.taken().as_deref(), place.may_be_turned_round()), (Some(told), true));
        for text in ["35.4802 N, 36.542 E", "136.5 35.4"] {
            assert!(!text.parse::<LonLatArgument>().unwrap().may_be_turned_round(), "{text}");
        }
    }

    #[test]
    fn numbers_that_only_fit_the_other_way_round_are_refused_with_that_way() {
        assert!(at("35.5,136.5").unwrap_err().ends_with("longitude comes first: did you mean 136.5,35.5?"));
        assert!(at("135.5,136.5").unwrap_err().ends_with("longitude comes first"));
    }
}
