//! Where one row is, into the store that is being built.
//!
//! Floor 2. A row without a place is kept unlocated; one whose place cannot be right is refused with the reason.

use super::super::fault::Fault;
use super::super::geometry::{GeometryReader, Repair, shorten};
use super::fields::{Field, RecordReader};
use super::format::DecimalSign;
use super::number::{is_no_value, number_of};
use super::place_columns::PlaceColumns;
use super::place_names::{NamedPlace, PlaceNames};
use super::wkt::{Target, read_wkt};
use crate::coords::{LonLat, degrees_of, is_longitude, position_of, utm_zone_of};
use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};

/// [`PlaceColumns`] by the numbers of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlaceFields {
    None,
    LatLon(usize, usize),
    Position(usize),
    Utm { easting: usize, northing: usize, zone: usize },
    Wkt(usize),
    Name(usize),
}

/// How the rows of one table say where they are.
pub(super) struct PlaceReader {
    fields: PlaceFields,
    decimal: DecimalSign,
    names: Option<PlaceNames>,
}

/// A name that the gazetteer spells otherwise.
#[derive(Debug, PartialEq)]
pub(super) struct PlacedBySound {
    /// Its first byte.
    pub at: usize,
    /// As in the table.
    pub spelled: String,
    /// As in the gazetteer.
    pub taken_for: String,
}

/// What was found of one row's place.
#[derive(Debug, PartialEq)]
pub(super) enum RowPlace {
    At(LonLat),
    /// The only place that sounds like what is written.
    BySound(LonLat, PlacedBySound),
    /// Already in the builder.
    Shape(GeometryKind),
    Nowhere,
    /// Kept without a place, and why, with the byte.
    Unplaced(usize, String),
}

/// One number of a position.
struct Coordinate {
    /// Its first byte.
    at: usize,
    degrees: f64,
    /// What its hemisphere says.
    is_longitude: Option<bool>,
}

/// The degrees of one latitude or longitude of at most `most`; a point or comma that makes it larger was no group.
pub(super) fn coordinate_of(text: &[u8], decimal: DecimalSign, most: f64) -> Option<f64> {
    if let Some(value) = number_of(text, decimal).filter(|value| value.abs() <= most) {
        return Some(value);
    }
    let text = std::str::from_utf8(text).ok()?;
    degrees_of(text).or_else(|| number_of(text.as_bytes(), decimal))
}

impl PlaceReader {
    /// The columns that `places` names; `None` where one of them is not there.
    pub fn new(
        places: &PlaceColumns,
        columns: &[String],
        decimal: DecimalSign,
        names: Option<PlaceNames>,
    ) -> Option<Self> {
        let find = |name: &String| columns.iter().position(|column| column == name);
        let fields = match places {
            PlaceColumns::None => PlaceFields::None,
            PlaceColumns::LatLon { lat, lon } => PlaceFields::LatLon(find(lat)?, find(lon)?),
            PlaceColumns::Position { column } => PlaceFields::Position(find(column)?),
            PlaceColumns::Utm { easting, northing, zone } => {
                PlaceFields::Utm { easting: find(easting)?, northing: find(northing)?, zone: find(zone)? }
            }
            PlaceColumns::Wkt { column } => PlaceFields::Wkt(find(column)?),
            PlaceColumns::Name { column } => PlaceFields::Name(find(column)?),
        };
        Some(Self { fields, decimal, names })
    }

    /// Reads the place of the record and puts it into the builder; an error is why the row cannot be right.
    pub fn read(
        &self,
        record: &RecordReader<'_>,
        geometry: &mut GeometryReader,
        builder: &mut FeatureStoreBuilder,
        repairs: &mut Vec<Repair>,
    ) -> Result<RowPlace, Fault> {
        let place = match self.fields {
            PlaceFields::None => RowPlace::Nowhere,
            PlaceFields::LatLon(lat, lon) => self.lat_lon(record, [lat, lon], repairs)?,
            PlaceFields::Position(column) => position(record, column),
            PlaceFields::Utm { easting, northing, zone } => self.utm(record, [easting, northing, zone])?,
            PlaceFields::Wkt(column) => wkt(record, column, geometry, builder, repairs)?,
            PlaceFields::Name(column) => self.named(record, column),
        };
        if let RowPlace::At(at) | RowPlace::BySound(at, _) = place {
            builder.push_vertex(at);
            builder.end_ring();
            builder.end_part(PartKind::Point);
        }
        Ok(place)
    }

    fn lat_lon(
        &self,
        record: &RecordReader<'_>,
        [lat, lon]: [usize; 2],
        repairs: &mut Vec<Repair>,
    ) -> Result<RowPlace, Fault> {
        let lat = self.coordinate(record, lat, "latitude", 90.0);
        let lon = self.coordinate(record, lon, "longitude", 180.0);
        let (mut lat, mut lon) = match (lat, lon) {
            (Ok(None), Ok(None)) => return Ok(RowPlace::Nowhere),
            (Ok(Some(lat)), Ok(None)) => {
                return Ok(RowPlace::Unplaced(lat.at, "there is a latitude and no longitude".into()));
            }
            (Ok(None), Ok(Some(lon))) => {
                return Ok(RowPlace::Unplaced(lon.at, "there is a longitude and no latitude".into()));
            }
            (Err((at, why)), _) | (_, Err((at, why))) => return Ok(RowPlace::Unplaced(at, why)),
            (Ok(Some(lat)), Ok(Some(lon))) => (lat, lon),
        };
        match (lat.is_longitude, lon.is_longitude) {
            (Some(true), Some(false)) => {
                (lat, lon) = (lon, lat);
                let message = "latitude and longitude are swapped: their hemispheres say so";
                repairs.push(Repair { offset: lon.at, message });
            }
            (Some(true), _) | (_, Some(false)) => {
                let why = "the hemisphere of the latitude or of the longitude is that of the other";
                return Ok(RowPlace::Unplaced(lat.at, why.into()));
            }
            _ => {}
        }
        let refused =
            |at: usize, what: &str| Fault::rule(at, format!("{what}: {}", hint(lat.degrees, lon.degrees)));
        if lat.degrees.abs() > 90.0 {
            return Err(refused(lat.at, &format!("latitude {} is beyond ±90", lat.degrees)));
        }
        if lon.degrees.abs() > 360.0 {
            return Err(refused(lon.at, &format!("longitude {} is beyond ±180", lon.degrees)));
        }
        Ok(RowPlace::At(LonLat::new(lon.degrees, lat.degrees)))
    }

    /// One of the two; `None` where it is blank, an error where it is no number.
    fn coordinate(
        &self,
        record: &RecordReader<'_>,
        column: usize,
        what: &str,
        most: f64,
    ) -> Result<Option<Coordinate>, (usize, String)> {
        let Some((at, text)) = text_at(record, column) else { return Ok(None) };
        let has_hemisphere = || {
            let ends = [text.first(), text.last()];
            ends.into_iter().flatten().any(u8::is_ascii_alphabetic)
        };
        match coordinate_of(&text, self.decimal, most) {
            Some(degrees) => {
                let words = std::str::from_utf8(&text).ok().filter(|_| has_hemisphere());
                Ok(Some(Coordinate { at, degrees, is_longitude: words.and_then(is_longitude) }))
            }
            None if is_no_value(&text) => Ok(None),
            None => Err((at, format!("the {what} “{}” is no number of degrees", words(&text)))),
        }
    }

    fn utm(&self, record: &RecordReader<'_>, columns: [usize; 3]) -> Result<RowPlace, Fault> {
        let texts = columns.map(|column| text_at(record, column).filter(|(_, text)| !is_no_value(text)));
        let [Some((at, easting)), Some((_, northing)), Some((_, zone))] = &texts else {
            let there = texts.iter().flatten().next();
            return Ok(there.map_or(RowPlace::Nowhere, |(at, _)| {
                RowPlace::Unplaced(*at, "of easting, northing and zone some are blank".into())
            }));
        };
        let metres = |text: &[u8]| number_of(text, self.decimal);
        let zone = std::str::from_utf8(zone).ok().and_then(utm_zone_of);
        let (Some(easting), Some(northing), Some(zone)) = (metres(easting), metres(northing), zone) else {
            return Ok(RowPlace::Unplaced(
                *at,
                "easting, northing and zone are no place on the UTM grid".into(),
            ));
        };
        let off_the_grid = || format!("easting {easting} and northing {northing} are off the UTM grid");
        let place = zone.position(easting, northing);
        place.map(RowPlace::At).ok_or_else(|| Fault::rule(*at, off_the_grid()))
    }

    fn named(&self, record: &RecordReader<'_>, column: usize) -> RowPlace {
        let Some((at, name)) = text_at(record, column) else { return RowPlace::Nowhere };
        let name = String::from_utf8_lossy(&name);
        let Some(names) = &self.names else { return RowPlace::Nowhere };
        let unplaced = |why: String| RowPlace::Unplaced(at, why);
        match names.find(&name) {
            NamedPlace::One(place) => RowPlace::At(names.at(place)),
            NamedPlace::BySound(place) => {
                let (spelled, taken_for) = (shorten(&name), names.name(place).to_owned());
                RowPlace::BySound(names.at(place), PlacedBySound { at, spelled, taken_for })
            }
            NamedPlace::Several => {
                unplaced(format!("there are several places called “{}”; it is not placed", shorten(&name)))
            }
            NamedPlace::SeveralBySound(places) => {
                let mut candidates: Vec<&str> = places.iter().map(|&place| names.name(place)).collect();
                candidates.dedup();
                let candidates = shorten(&candidates.join(", "));
                unplaced(format!("“{}” may be one of {candidates}; it is not placed", shorten(&name)))
            }
            NamedPlace::Unknown => unplaced(format!("the gazetteer does not know “{}”", shorten(&name))),
        }
    }
}

/// What probably happened to a position that is off the globe.
fn hint(lat_deg: f64, lon_deg: f64) -> &'static str {
    if lat_deg.abs() <= 180.0 && lon_deg.abs() <= 90.0 {
        "latitude and longitude may be swapped"
    } else if lat_deg.abs() > 360.0 || lon_deg.abs() > 360.0 {
        "these look like metres; degrees are needed"
    } else {
        "it must be in degrees"
    }
}

fn position(record: &RecordReader<'_>, column: usize) -> RowPlace {
    let Some((at, text)) = text_at(record, column) else { return RowPlace::Nowhere };
    match std::str::from_utf8(&text).ok().and_then(position_of) {
        Some(place) => RowPlace::At(place),
        None if is_no_value(&text) => RowPlace::Nowhere,
        None => RowPlace::Unplaced(at, format!("“{}” is no position in a known notation", words(&text))),
    }
}

fn wkt(
    record: &RecordReader<'_>,
    column: usize,
    geometry: &mut GeometryReader,
    builder: &mut FeatureStoreBuilder,
    repairs: &mut Vec<Repair>,
) -> Result<RowPlace, Fault> {
    let Some((at, text)) = text_at(record, column) else { return Ok(RowPlace::Nowhere) };
    if is_no_value(&text) {
        return Ok(RowPlace::Nowhere);
    }
    let kind = read_wkt(&text, at, &mut Target { geometry, builder, repairs })?;
    Ok(if kind == GeometryKind::None { RowPlace::Nowhere } else { RowPlace::Shape(kind) })
}

/// Byte and text of a field; `None` where it is blank or missing.
fn text_at<'a>(record: &RecordReader<'a>, column: usize) -> Option<(usize, std::borrow::Cow<'a, [u8]>)> {
    let field: Field = *record.fields.get(column)?;
    let text = record.text(field);
    (!text.is_empty()).then_some((field.start, text))
}

fn words(text: &[u8]) -> String {
    shorten(&String::from_utf8_lossy(text))
}
