//! Written positions read: decimal degrees, degrees minutes seconds, UTM and MGRS, as people and files write them.
//!
//! Floor 0. The way back from [`super::Notation`], and more forgiving: what has one meaning is read.

use super::LonLat;
use super::utm_zone::{BANDS, leading_number, position_on_grid, reaches, utm_position};
use super::written_angle::{Angle, angle_of, angles_of, bare_numbers_of};

/// One latitude or longitude in degrees, as `35.48`, `35,48`, `35°28′48″ N` or `W 36 32 31.2`; north and east are
/// positive. `None` for anything else. Whether it lies on the globe is for the caller to ask.
pub fn degrees_of(text: &str) -> Option<f64> {
    angle_of(text).map(|angle| angle.degrees)
}

/// Whether the hemisphere of one written angle says that it is a longitude; `None` where there is no hemisphere.
pub fn is_longitude(text: &str) -> Option<bool> {
    angle_of(text)?.is_longitude
}

/// The position in any notation: `35.48, 36.54` (latitude first, unless only the second number can be one), with
/// degrees, minutes and seconds, with hemispheres in any order, in UTM or in MGRS, where the middle of the square
/// counts. `None` for anything else and for what is off the globe.
pub fn position_of(text: &str) -> Option<LonLat> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    mgrs_position(text).or_else(|| utm_position(text)).or_else(|| pair_position(text))
}

/// Whether the text is two bare numbers that can only be a longitude before a latitude: against the usual order.
pub fn is_longitude_first(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    angles_of(text).is_some_and(|angles| can_only_be_longitude_first(&angles))
}

/// The two numbers of a text that has nothing else in it, whatever digits, decimal signs and separators it has, in the
/// order of the text: which of them is the latitude is for the caller to say. `None` for anything else.
pub fn two_numbers_of(text: &str) -> Option<[f64; 2]> {
    bare_numbers_of(text.trim().trim_matches(['(', ')', '[', ']']))
}

fn can_only_be_longitude_first([one, other]: &[Angle; 2]) -> bool {
    let are_bare = one.is_longitude.is_none() && other.is_longitude.is_none();
    are_bare && one.degrees.abs() > 90.0 && other.degrees.abs() <= 90.0
}

fn pair_position(text: &str) -> Option<LonLat> {
    let angles = angles_of(text)?;
    let by_size = can_only_be_longitude_first(&angles);
    let [first, second] = angles;
    let Angle { degrees: one, is_longitude: one_is_lon } = first;
    let Angle { degrees: other, is_longitude: other_is_lon } = second;
    let longitude_first = match (one_is_lon, other_is_lon) {
        (Some(true), Some(true)) | (Some(false), Some(false)) => return None,
        (Some(true), _) | (_, Some(false)) => true,
        (Some(false), _) | (_, Some(true)) => false,
        (None, None) => by_size,
    };
    let (lon_deg, lat_deg) = if longitude_first { (one, other) } else { (other, one) };
    let on_globe = lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0;
    on_globe.then(|| LonLat::new(lon_deg, lat_deg))
}

/// `37S BV 76999 29074` with or without its spaces, and with 2 to 5 digits a side.
fn mgrs_position(text: &str) -> Option<LonLat> {
    const COLUMNS: [&str; 3] = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"];
    const ROWS: &str = "ABCDEFGHJKLMNPQRSTUV";
    /// The lowest northing of each band in units of 100 km, by the table of NGA's GEOTRANS.
    const LOWEST: [u32; 20] = [11, 20, 28, 37, 46, 55, 64, 73, 82, 91, 0, 8, 17, 26, 35, 44, 53, 62, 70, 79];
    if text.len() > 24 || !text.is_ascii() {
        return None;
    }
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let (zone, rest) = leading_number(&packed).filter(|(zone, _)| (1..=60).contains(zone))?;
    let mut letters = rest.chars();
    let band = BANDS.find(letters.next()?)?;
    let column = COLUMNS[zone as usize % 3].find(letters.next()?)? as u32 + 1;
    let row = ROWS.find(letters.next()?)? as u32;
    let digits = letters.as_str();
    let side = digits.len() / 2;
    let fits = digits.len() % 2 == 0 && (2..=5).contains(&side) && digits.bytes().all(|b| b.is_ascii_digit());
    let (east, north) = fits.then(|| digits.split_at(side))?;
    let square_m = 10_f64.powi(5 - side as i32);
    let within = |digits: &str| digits.parse::<f64>().ok().map(|number| (number + 0.5) * square_m);
    // Even zones begin their rows at F; rows repeat every 2000 km, and the band tells which is meant.
    let first_row = if zone % 2 == 0 { 5 } else { 0 };
    let row = (row + 20 - first_row) % 20;
    let row = row + (LOWEST[band].saturating_sub(row)).div_ceil(20) * 20;
    let (easting_m, northing_m) =
        (f64::from(column) * 1e5 + within(east)?, f64::from(row) * 1e5 + within(north)?);
    let at = position_on_grid(zone, band >= 10, easting_m, northing_m)?;
    // Squares at the edge of a band reach into the next; the uppermost band is 12° high.
    Some(at).filter(|at| reaches(band, at.lat_deg))
}

#[cfg(test)]
mod tests {
    use super::super::{Notation, distance_m};
    use super::*;

    #[test]
    fn whatever_is_written_in_any_notation_is_read_again() {
        for lat in (-795..=835).step_by(37) {
            for lon in (-1799..=1799).step_by(131) {
                let at = LonLat::new(f64::from(lon) / 10.0, f64::from(lat) / 10.0);
                for notation in Notation::ALL {
                    let written = notation.write(at).unwrap();
                    let read = position_of(&written).unwrap_or_else(|| panic!("{written}"));
                    assert!(distance_m(at, read) < 1.5, "{written}: {read:?} for {at:?}");
                }
            }
        }
    }

    #[test]
    fn one_place_in_many_spellings() {
        for written in [
            "35.4802, 36.542",
            "35.4802 36.542",
            "(35.4802,36.542)",
            "35,4802; 36,542",
            "35,4802 36,542",
            "35,4802, 36,542",
            "36.542 E, 35.4802 N",
            "N35.4802 E36.542",
            "N 35° 28' 48.72\" E 36° 32' 31.2\"",
            "35°28'48.72\"N 36°32'31.2\"E",
            "35 28 48.72 N, 36 32 31.2 E",
            "35°28.812' 36°32.52'",
            "٣٥٫٤٨٠٢، ٣٦٫٥٤٢",
            "37SBV7699929074",
            "37s bv 76999 29074",
            "37N 276999 3929075",
            "37S 276999 3929075",
            "37 North 276999 mE 3929075 mN",
        ] {
            let read = position_of(written).unwrap_or_else(|| panic!("{written}"));
            assert!(distance_m(read, LonLat::new(36.542, 35.4802)) < 3.0, "{written}: {read:?}");
        }
        // Only the second number can be a latitude.
        assert_eq!(position_of("139.7, 35.6"), Some(LonLat::new(139.7, 35.6)));
        assert!(is_longitude_first("139.7, 35.6") && !is_longitude_first("35.6, 139.7"));
        assert!(!is_longitude_first("139.7 E, 35.6 N") && !is_longitude_first("95, 96"));
        assert!(position_of("-33.8568, 151.2153").is_some_and(|at| at.lat_deg < 0.0));
    }

    #[test]
    fn what_is_no_position_is_none() {
        for text in [
            "",
            "Idlib",
            "35.48",
            "95, 200",
            "95, 96",
            "37S",
            "37S BV",
            "37S BV 123",
            "61S BV 1234 1234",
            "2018-09-08",
            "1 2 3",
            "35°61′00″ N 36° E",
            "N 35 N 36",
            "37I BV 1234 1234",
            "1,2,3,4,5",
        ] {
            assert_eq!(position_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_hemisphere_says_which_of_the_two_an_angle_is() {
        assert_eq!(["36.5E", "35.5 N", "36.5", "E"].map(is_longitude), [Some(true), Some(false), None, None]);
    }

    #[test]
    fn two_bare_numbers_stay_in_their_order_however_they_are_written() {
        for text in ["-36.5, 35.4", "−36,5 35,4", "-36,5;35,4", "(-٣٦٫٥،٣٥٫٤)", "-36.5 / 35.4"] {
            assert_eq!(two_numbers_of(text), Some([-36.5, 35.4]), "{text}");
        }
        for text in ["36.5", "36.5 E, 35.4", "36.5° 35.4°", "1 2 3", "37N 276999 3929075", ""] {
            assert_eq!(two_numbers_of(text), None, "{text}");
        }
    }

    #[test]
    fn single_angles_have_signs_and_hemispheres() {
        for (text, degrees) in [
            ("35.5", 35.5),
            ("-35,5", -35.5),
            ("35.5° S", -35.5),
            ("W 36° 30'", -36.5),
            ("36°30'36\"E", 36.51),
            ("−12.25", -12.25),
        ] {
            assert!((degrees_of(text).unwrap() - degrees).abs() < 1e-12, "{text}");
        }
        assert_eq!((degrees_of("abc"), degrees_of("1 2 3 4"), degrees_of("-36 W")), (None, None, None));
    }
}
