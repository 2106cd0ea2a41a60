//! Written forms of a position: decimal degrees, degrees minutes seconds, UTM and MGRS.
//!
//! Floor 0. Latitude is written first in all of them, as people write it; only [`LonLat`] has longitude first.

use geoconvert::{LatLon, UtmUps};

use super::LonLat;

/// A way to write a position down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `35.480200, 36.542000`: what other maps take in a search field. Six decimals are 11 cm.
    DecimalDegrees,
    /// `35.480200° N, 36.542000° E`
    Hemispheres,
    /// `35°28′48.72″ N 36°32′31.20″ E`; a hundredth of a second is 31 cm.
    Dms,
    /// `37N 276999 mE 3929075 mN`, rounded to metres; `56 South 334901 mE 6252289 mN`, for `56S` might be a latitude band.
    Utm,
    /// `37S BV 76999 29074`: the one-metre square that holds the position.
    Mgrs,
}

impl Notation {
    /// All, in the order of a menu.
    pub const ALL: [Self; 5] = [Self::DecimalDegrees, Self::Hemispheres, Self::Dms, Self::Utm, Self::Mgrs];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::DecimalDegrees => "Decimal degrees",
            Self::Hemispheres => "Decimal degrees with hemispheres",
            Self::Dms => "Degrees, minutes, seconds",
            Self::Utm => "UTM",
            Self::Mgrs => "MGRS",
        }
    }

    /// The position in this notation; `None` where it has none: UTM and MGRS beyond 80° S and 84° N, all of them without
    /// a finite position on the globe.
    pub fn write(self, at: LonLat) -> Option<String> {
        let on_globe = at.lon_deg.is_finite() && (-90.0..=90.0).contains(&at.lat_deg);
        let at = on_globe.then(|| at.wrapped())?;
        match self {
            Self::DecimalDegrees => {
                Some(format!("{:.6}, {:.6}", unsigned_zero(at.lat_deg), unsigned_zero(at.lon_deg)))
            }
            Self::Hemispheres => {
                let (north_south, east_west) = hemispheres(at);
                let (lat, lon) = (at.lat_deg.abs(), at.lon_deg.abs());
                Some(format!("{lat:.6}° {north_south}, {lon:.6}° {east_west}"))
            }
            Self::Dms => {
                let (north_south, east_west) = hemispheres(at);
                Some(format!("{} {north_south} {} {east_west}", dms(at.lat_deg), dms(at.lon_deg)))
            }
            Self::Utm => utm(at).map(|utm| utm.to_string()),
            Self::Mgrs => utm(at).map(|utm| mgrs(&utm, at.lat_deg)),
        }
    }
}

/// Minus zero would be written with its sign.
fn unsigned_zero(degrees: f64) -> f64 {
    if degrees.abs() < 5e-7 { 0.0 } else { degrees }
}

fn hemispheres(at: LonLat) -> (char, char) {
    (if at.lat_deg < 0.0 { 'S' } else { 'N' }, if at.lon_deg < 0.0 { 'W' } else { 'E' })
}

fn dms(degrees: f64) -> String {
    // Rounded before it is split: 59.999″ must not become 60.00″.
    let hundredths = (degrees.abs() * 360_000.0).round() as u64;
    let (seconds, hundredths) = (hundredths / 100, hundredths % 100);
    format!("{}°{:02}′{:02}.{hundredths:02}″", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A position on the Universal Transverse Mercator grid.
struct Utm {
    /// 1 to 60.
    zone: u32,
    is_north: bool,
    easting_m: f64,
    northing_m: f64,
}

impl std::fmt::Display for Utm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hemisphere = if self.is_north { "N" } else { " South" };
        write!(f, "{}{hemisphere} {:.0} mE {:.0} mN", self.zone, self.easting_m, self.northing_m)
    }
}

/// `None` where the polar grid takes over.
fn utm(at: LonLat) -> Option<Utm> {
    if !(-80.0..84.0).contains(&at.lat_deg) {
        return None;
    }
    let utm = UtmUps::from_latlon(&LatLon::create(at.lat_deg, at.lon_deg).ok()?);
    let zone = u32::try_from(utm.zone()).ok().filter(|zone| (1..=60).contains(zone))?;
    Some(Utm { zone, is_north: utm.is_north(), easting_m: utm.easting(), northing_m: utm.northing() })
}

/// The letters are ours: `geoconvert` writes them too, but panics where it finds band and northing at odds.
fn mgrs(utm: &Utm, lat_deg: f64) -> String {
    const BANDS: &[u8] = b"CDEFGHJKLMNPQRSTUVWXX";
    const COLUMNS: [&[u8]; 3] = [b"STUVWXYZ", b"ABCDEFGH", b"JKLMNPQR"];
    const ROWS: &[u8] = b"ABCDEFGHJKLMNPQRSTUV";
    const SQUARE_M: u32 = 100_000;
    let letter = |letters: &[u8], index: u32| char::from(letters[index as usize % letters.len()]);
    // Squares are named by where they begin: metres are cut off, not rounded.
    let (easting, northing) = (utm.easting_m.floor() as u32, utm.northing_m.floor() as u32);
    let band = letter(BANDS, ((lat_deg + 80.0) / 8.0).floor() as u32);
    let column = letter(COLUMNS[utm.zone as usize % 3], (easting / SQUARE_M).saturating_sub(1));
    // Even zones begin their rows at F.
    let first_row = if utm.zone.is_multiple_of(2) { 5 } else { 0 };
    let row = letter(ROWS, northing / SQUARE_M + first_row);
    format!("{:02}{band} {column}{row} {:05} {:05}", utm.zone, easting % SQUARE_M, northing % SQUARE_M)
}

#[cfg(test)]
mod tests {
    //! Expected values: UTM by PROJ 9 (`+proj=utm +ellps=WGS84`), MGRS by GEOTRANS 2.4 (Python package `mgrs`).
    use super::*;

    const ABDIN: LonLat = LonLat::new(36.542, 35.4802);

    fn written(notation: Notation, lon_deg: f64, lat_deg: f64) -> String {
        notation.write(LonLat::new(lon_deg, lat_deg)).unwrap()
    }

    #[test]
    fn one_place_in_all_notations() {
        let all = Notation::ALL.map(|notation| notation.write(ABDIN).unwrap());
        let expected = [
            "35.480200, 36.542000",
            "35.480200° N, 36.542000° E",
            "35°28′48.72″ N 36°32′31.20″ E",
            "37N 276999 mE 3929075 mN",
            "37S BV 76999 29074",
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn utm_counts_from_the_equator_in_the_north_and_from_the_pole_in_the_south() {
        assert_eq!(written(Notation::Utm, 36.8005, 35.8495), "37N 301373 mE 3969489 mN");
        assert_eq!(written(Notation::Utm, 151.2153, -33.8568), "56 South 334901 mE 6252289 mN");
        assert_eq!(written(Notation::Utm, 0.0, 0.0), "31N 166021 mE 0 mN");
    }

    #[test]
    fn mgrs_agrees_with_geotrans_all_over_the_world() {
        let places = [
            (36.8005, 35.8495, "37S CV 01372 69489"),
            (151.2153, -33.8568, "56H LH 34900 52288"),
            (0.0, 0.0, "31N AA 66021 00000"),
            (-68.3, -54.8, "19F EV 45000 27239"),
            (-0.5, -0.25, "30M YE 78273 72340"),
            (-180.0, 10.0, "01P AM 71071 06908"),
            (179.9999, 10.0, "60P ZS 28917 06908"),
            (8.5, -10.2, "32L MP 45235 72432"),
            (176.5, -44.0, "60G VS 59912 28005"),
            (30.0, 83.999, "35X NP 35000 28893"),
            (30.0, -79.999, "36C VS 41862 17026"),
        ];
        places
            .into_iter()
            .for_each(|(lon, lat, square)| assert_eq!(written(Notation::Mgrs, lon, lat), square));
    }

    #[test]
    fn norway_and_svalbard_have_their_own_zones() {
        assert_eq!(written(Notation::Mgrs, 5.33, 60.39), "32V KN 97780 00479");
        assert_eq!(written(Notation::Mgrs, 15.64, 78.22), "33X WG 14585 83001");
        assert_eq!(written(Notation::Mgrs, 21.0, 78.5), "35X LH 66686 21017");
        assert_eq!(written(Notation::Mgrs, 41.9, 80.0), "37X EJ 56196 82986");
    }

    #[test]
    fn a_second_that_rounds_up_carries_into_minute_and_degree() {
        assert_eq!(written(Notation::Dms, -36.999_999_9, -35.999_999_9), "36°00′00.00″ S 37°00′00.00″ W");
    }

    #[test]
    fn south_and_west_are_negative_in_decimal_degrees() {
        assert_eq!(written(Notation::DecimalDegrees, -68.3, -54.8), "-54.800000, -68.300000");
        assert_eq!(written(Notation::DecimalDegrees, -0.0, -0.000_000_1), "0.000000, 0.000000");
    }

    #[test]
    fn the_world_repeats_eastwards() {
        assert_eq!(Notation::Mgrs.write(LonLat::new(36.542 + 360.0, 35.4802)), Notation::Mgrs.write(ABDIN));
    }

    #[test]
    fn beyond_the_grid_and_off_the_globe_there_is_nothing_to_write() {
        for lat_deg in [-90.0, -80.1, 84.0, 90.0] {
            assert_eq!(Notation::Utm.write(LonLat::new(10.0, lat_deg)), None);
            assert_eq!(Notation::Mgrs.write(LonLat::new(10.0, lat_deg)), None);
            assert!(Notation::Dms.write(LonLat::new(10.0, lat_deg)).is_some());
        }
        for nowhere in [LonLat::new(f64::NAN, 0.0), LonLat::new(0.0, 91.0), LonLat::new(f64::INFINITY, 0.0)] {
            assert!(Notation::ALL.iter().all(|notation| notation.write(nowhere).is_none()));
        }
    }

    #[test]
    fn every_place_of_a_fine_grid_can_be_written() {
        for lat in (-1800..=1800).step_by(5) {
            for lon in (-3600..=3600).step_by(7) {
                let at = LonLat::new(f64::from(lon) / 20.0, f64::from(lat) / 20.0);
                let in_grid = (-80.0..84.0).contains(&at.lat_deg);
                assert_eq!(Notation::Mgrs.write(at).is_some(), in_grid, "{at:?}");
            }
        }
    }
}
