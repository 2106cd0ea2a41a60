//! Which columns of a table say where its rows are, guessed by what they are called and by what stands in them.
//!
//! Floor 2.

use serde::{Deserialize, Serialize};

use super::format::DecimalSign;
use super::place_names::{NamedPlace, PlaceNames};
use super::place_spellings::{EASTING, LATITUDE, LONGITUDE, NORTHING, PLACE, POSITION, WKT, ZONE};
use super::row_place::coordinate_of;
use super::wkt::looks_like_wkt;
use crate::coords::{position_of, utm_zone_of};

/// Which columns say where a row is, by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum PlaceColumns {
    /// None: all rows are unlocated.
    #[default]
    None,
    /// Latitude and longitude in degrees, decimal or with minutes and seconds.
    LatLon {
        /// Of the latitude.
        lat: String,
        /// Of the longitude.
        lon: String,
    },
    /// A whole position in one column: decimal degrees, degrees minutes seconds, UTM or MGRS.
    Position {
        /// Of the position.
        column: String,
    },
    /// Metres on the UTM grid.
    Utm {
        /// Of the easting.
        easting: String,
        /// Of the northing.
        northing: String,
        /// Of the zone, such as `37` or `37N`.
        zone: String,
    },
    /// Well-known text.
    Wkt {
        /// Of the text.
        column: String,
    },
    /// The name of a place, looked up in the gazetteer.
    Name {
        /// Of the name.
        column: String,
    },
}

impl std::fmt::Display for PlaceColumns {
    /// In the words of the inspect command: `latitude in lat, longitude in lon`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => write!(out, "nothing says where the rows are"),
            Self::LatLon { lat, lon } => write!(out, "latitude in {lat}, longitude in {lon}"),
            Self::Position { column } => write!(out, "positions in {column}"),
            Self::Utm { easting, northing, zone } => {
                write!(out, "UTM with easting in {easting}, northing in {northing}, zone in {zone}")
            }
            Self::Wkt { column } => write!(out, "geometries in {column}"),
            Self::Name { column } => write!(out, "names of places in {column}"),
        }
    }
}

/// A column as far as it was sampled.
pub(super) struct SampledColumn<'s> {
    pub name: &'s str,
    /// Its HXL hashtag.
    pub tag: Option<&'s str>,
    /// Values that are not blank.
    pub values: Vec<&'s str>,
}

/// The columns that say where; `names` is asked for only where nothing but names is left.
pub(super) fn guess_places(
    columns: &[SampledColumn<'_>],
    decimal: DecimalSign,
    has_header: bool,
    names: impl FnOnce() -> Option<PlaceNames>,
) -> PlaceColumns {
    lat_lon(columns, decimal)
        .or_else(|| utm(columns, decimal))
        .or_else(|| whole_place(columns, has_header))
        .or_else(|| neighbours(columns, decimal).filter(|_| !has_header))
        .or_else(|| named(columns, names))
        .unwrap_or_default()
}

/// The name without case, accents of French and everything that is no letter and no digit.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters
        .map(|c| match c {
            'é' | 'è' | 'ê' => 'e',
            'à' | 'â' => 'a',
            'أ' | 'إ' | 'آ' => 'ا',
            c => c,
        })
        .collect()
}

/// Whether a column of that name holds latitudes or longitudes.
pub(super) fn is_name_of_degrees(name: &str) -> bool {
    let plain = plain(name);
    LATITUDE.iter().chain(&LONGITUDE).any(|known| *known == plain)
}

/// Whether a column of that name tells a position, or a part of one.
pub fn is_name_of_position(name: &str) -> bool {
    let plain = plain(name);
    let names =
        LATITUDE.iter().chain(&LONGITUDE).chain(&POSITION).chain(&WKT).chain(&EASTING).chain(&NORTHING);
    names.into_iter().any(|known| *known == plain)
}

impl SampledColumn<'_> {
    /// Its place in a list of names, the likeliest first; a hashtag is likelier than any name.
    fn rank(&self, names: &[&str], tags: &[&str]) -> Option<usize> {
        let tag = self.tag.map(|tag| tag.to_ascii_lowercase().replace(' ', ""));
        if tag.is_some_and(|tag| tags.contains(&tag.as_str())) {
            return Some(0);
        }
        let plain = plain(self.name);
        names.iter().position(|name| *name == plain).map(|place| place + 1)
    }

    /// Whether at least half of its values pass; also where it has none, if `or_blank`.
    fn mostly(&self, or_blank: bool, test: impl Fn(&str) -> bool) -> bool {
        if self.values.is_empty() {
            return or_blank;
        }
        2 * self.values.iter().filter(|value| test(value)).count() >= self.values.len()
    }
}

/// The likeliest of the columns of these names that pass.
fn best<'s>(
    columns: &'s [SampledColumn<'s>],
    names: &[&str],
    tags: &[&str],
    test: impl Fn(&SampledColumn<'_>) -> bool,
) -> Option<&'s SampledColumn<'s>> {
    let ranked = columns.iter().filter_map(|column| Some((column.rank(names, tags)?, column)));
    ranked.filter(|(_, column)| test(column)).min_by_key(|(rank, _)| *rank).map(|(_, column)| column)
}

fn lat_lon(columns: &[SampledColumn<'_>], decimal: DecimalSign) -> Option<PlaceColumns> {
    let within = |most: f64| {
        move |column: &SampledColumn<'_>| {
            column.mostly(true, |value| {
                coordinate_of(value.as_bytes(), decimal, most).is_some_and(|degrees| degrees.abs() <= most)
            })
        }
    };
    // Latitudes up to 180: they may be swapped, and then the rows say so.
    let lat = best(columns, &LATITUDE, &["#geo+lat"], within(180.0))?;
    let lon = best(columns, &LONGITUDE, &["#geo+lon", "#geo+lng"], within(180.0))?;
    Some(PlaceColumns::LatLon { lat: lat.name.to_owned(), lon: lon.name.to_owned() })
}

fn utm(columns: &[SampledColumn<'_>], decimal: DecimalSign) -> Option<PlaceColumns> {
    let metres = |column: &SampledColumn<'_>| {
        column.mostly(false, |value| {
            super::number::number_of(value.as_bytes(), decimal).is_some_and(|metres| metres >= 100_000.0)
        })
    };
    let with_axes = |names: &[&'static str], axis: &'static str| [names, &[axis]].concat();
    let easting = best(columns, &with_axes(&EASTING, "x"), &[], metres)?;
    let northing = best(columns, &with_axes(&NORTHING, "y"), &[], metres)?;
    let zone =
        best(columns, &ZONE, &[], |column| column.mostly(false, |value| utm_zone_of(value).is_some()))?;
    let [easting, northing, zone] = [easting, northing, zone].map(|column| column.name.to_owned());
    Some(PlaceColumns::Utm { easting, northing, zone })
}

/// One column with the whole place: by its name, or without one where nearly everything in it is a geometry or a grid
/// reference.
fn whole_place(columns: &[SampledColumn<'_>], has_header: bool) -> Option<PlaceColumns> {
    let is_wkt = |value: &str| looks_like_wkt(value.as_bytes());
    let is_position = |value: &str| position_of(value).is_some();
    let column = |column: &SampledColumn<'_>| column.name.to_owned();
    if let Some(found) = best(columns, &WKT, &["#geo+wkt"], |column| column.mostly(false, is_wkt)) {
        return Some(PlaceColumns::Wkt { column: column(found) });
    }
    let tags = ["#geo+coord", "#geo+coords", "#geo"];
    if let Some(found) = best(columns, &POSITION, &tags, |column| column.mostly(false, is_position)) {
        return Some(PlaceColumns::Position { column: column(found) });
    }
    let mut columns = columns.iter();
    if let Some(found) = columns.clone().find(|column| column.mostly(false, is_wkt)) {
        return Some(PlaceColumns::Wkt { column: column(found) });
    }
    // Two numbers may be anything where a header calls them something else.
    let is_clear =
        |value: &str| is_position(value) && (!has_header || value.chars().any(char::is_alphabetic));
    let is_called_a_place = |column: &SampledColumn<'_>| column.rank(&PLACE, &[]).is_some();
    let found = columns.find(|column| {
        column.mostly(false, is_clear) || (is_called_a_place(column) && column.mostly(false, is_position))
    })?;
    Some(PlaceColumns::Position { column: column(found) })
}

/// Without names: two neighbours with at least three decimals each that fit as latitude and longitude.
fn neighbours(columns: &[SampledColumn<'_>], decimal: DecimalSign) -> Option<PlaceColumns> {
    let fits = |column: &SampledColumn<'_>, most: f64| {
        column.mostly(false, |value| {
            let decimals = value.rsplit(['.', ',']).next().map_or(0, str::len);
            let degrees = coordinate_of(value.as_bytes(), decimal, most);
            (3..value.len()).contains(&decimals) && degrees.is_some_and(|degrees| degrees.abs() <= most)
        })
    };
    let pair = |lat: &SampledColumn<'_>, lon: &SampledColumn<'_>| PlaceColumns::LatLon {
        lat: lat.name.to_owned(),
        lon: lon.name.to_owned(),
    };
    columns.windows(2).find_map(|two| match two {
        [lat, lon] if fits(lat, 90.0) && fits(lon, 180.0) => Some(pair(lat, lon)),
        [lon, lat] if fits(lat, 90.0) && fits(lon, 180.0) => Some(pair(lat, lon)),
        _ => None,
    })
}

fn named(columns: &[SampledColumn<'_>], names: impl FnOnce() -> Option<PlaceNames>) -> Option<PlaceColumns> {
    let is_named = |column: &SampledColumn<'_>| column.rank(&PLACE, &["#loc", "#loc+name"]).is_some();
    if !columns.iter().any(is_named) {
        return None;
    }
    let names = names()?;
    let known = |column: &SampledColumn<'_>| {
        let found = column.values.iter().filter(|value| names.find(value) != NamedPlace::Unknown).count();
        5 * found >= column.values.len().max(1)
    };
    let column = best(columns, &PLACE, &["#loc", "#loc+name"], known)?;
    Some(PlaceColumns::Name { column: column.name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::LonLat;
    use crate::situation::{Gazetteer, GazetteerPlace};

    fn gazetteer() -> Option<PlaceNames> {
        Some(PlaceNames::new(&Gazetteer::new(vec![GazetteerPlace {
            name_en: "Saraqib".to_owned(),
            name_ar: Some("سراقب".to_owned()),
            aliases: Vec::new(),
            at: LonLat::new(36.8, 35.86),
            rank: 3,
            kind: "town".to_owned(),
            population: None,
        }])))
    }

    /// The guess for columns written as `name: value`, with blank names where there is no header.
    fn guess(columns: &[(&str, &str)], has_header: bool) -> PlaceColumns {
        let columns: Vec<_> = columns
            .iter()
            .map(|&(name, value)| SampledColumn { name, tag: None, values: vec![value] })
            .collect();
        guess_places(&columns, DecimalSign::Point, has_header, gazetteer)
    }

    fn lat_lon(lat: &str, lon: &str) -> PlaceColumns {
        PlaceColumns::LatLon { lat: lat.to_owned(), lon: lon.to_owned() }
    }

    #[test]
    fn latitude_and_longitude_are_found_in_many_spellings() {
        for (lat, lon) in [
            ("latitude", "longitude"),
            ("LAT", "LNG"),
            ("Lat_DD", "Long_DD"),
            ("Latitude (WGS84)", "Longitude (WGS84)"),
            ("خط العرض", "خط الطول"),
            ("Y", "X"),
        ] {
            let found = guess(&[("id", "1"), (lon, "36.5"), ("year", "2018"), (lat, "35.5")], true);
            assert_eq!(found, lat_lon(lat, lon));
        }
    }

    #[test]
    fn values_decide_where_names_may_mean_several_things() {
        let column = |name: &str| name.to_owned();
        let grid = [("x", "276999"), ("y", "3929075"), ("zone", "37N")];
        let (easting, northing, zone) = (column("x"), column("y"), column("zone"));
        assert_eq!(guess(&grid, true), PlaceColumns::Utm { easting, northing, zone });
        assert_eq!(guess(&[("position", "chairman"), ("n", "1")], true), PlaceColumns::None);
        let mgrs = guess(&[("where", "37S BV 76999 29074")], true);
        assert_eq!(mgrs, PlaceColumns::Position { column: column("where") });
        let pair = guess(&[("GPS coordinates", "35.48, 36.54")], true);
        assert_eq!(pair, PlaceColumns::Position { column: column("GPS coordinates") });
        let pair = guess(&[("Location", "35.48, 36.54")], true);
        assert_eq!(pair, PlaceColumns::Position { column: column("Location") });
        let wkt = guess(&[("a", "POINT(36 35)")], true);
        assert_eq!(wkt, PlaceColumns::Wkt { column: column("a") });
        assert_eq!(guess(&[("range", "10, 20")], true), PlaceColumns::None);
    }

    #[test]
    fn a_hashtag_says_more_than_a_name() {
        let column = |name, tag, value| SampledColumn { name, tag: Some(tag), values: vec![value] };
        let columns = [column("a", "#geo+lon", "36.5"), column("b", "#geo +lat", "35.5")];
        assert_eq!(guess_places(&columns, DecimalSign::Point, true, || None), lat_lon("b", "a"));
    }

    #[test]
    fn without_names_two_fitting_neighbours_are_taken() {
        let columns = [("column 1", "12"), ("column 2", "35.48021"), ("column 3", "36.54210")];
        assert_eq!(guess(&columns, false), lat_lon("column 2", "column 3"));
        assert_eq!(guess(&columns, true), PlaceColumns::None);
    }

    #[test]
    fn names_of_places_are_the_last_resort() {
        let found = guess(&[("place", "سراقب"), ("n", "4")], true);
        assert_eq!(found, PlaceColumns::Name { column: "place".to_owned() });
        assert_eq!(guess(&[("place", "somewhere else")], true), PlaceColumns::None);
    }
}
