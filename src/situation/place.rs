//! Where something happened: its names, and how well the place is known.
//!
//! Floor 1.

use super::word::word_list;
use super::{GeometryRef, PartKind};
use crate::coords::LonLat;

word_list! {
    /// How well a place is known. The first five draw a point and a circle, the others neither.
    PrecisionClass, "class of precision":
    Exact "exact" "Exact",
    Place "place" "Town, village or hill",
    City "city" "City",
    Near10Km "near_10km" "Within about 10 km",
    Near25Km "near_25km" "Within about 25 km",
    Area "area" "Area",
    Governorate "governorate" "Governorate",
    Unknown "unknown" "Place not known",
}

impl PrecisionClass {
    /// The radius of the circle that it draws, metres; `None` where it draws none.
    pub const fn radius_m(self) -> Option<u32> {
        match self {
            Self::Exact => Some(100),
            Self::Place => Some(1_000),
            Self::City => Some(3_000),
            Self::Near10Km => Some(10_000),
            Self::Near25Km => Some(25_000),
            Self::Area | Self::Governorate | Self::Unknown => None,
        }
    }
}

word_list! {
    /// Where a position comes from.
    PlaceBasis, "basis of a place":
    Reported "reported" "Place named in the report",
    Geolocated "geolocated" "Geolocated",
    Centroid "centroid" "Middle of an area",
}

/// What is on the map of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlaceShape {
    /// A point, within the place's radius.
    Point(LonLat),
    /// An area whose extent is assumed.
    Area,
    /// Nothing: listed as not located.
    NotLocated,
}

impl PlaceShape {
    /// That of a feature: a point where it has one first, an area of whatever else.
    pub fn of(geometry: GeometryRef<'_>) -> Self {
        match geometry.parts().next() {
            None => Self::NotLocated,
            Some(part) if part.kind == PartKind::Point => part.first().map_or(Self::NotLocated, Self::Point),
            Some(_) => Self::Area,
        }
    }
}

/// Where something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The standard English name.
    pub name_en: String,
    /// The Arabic name.
    pub name_ar: Option<String>,
    /// The name as the source has it.
    pub as_written: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Where names and spellings come from.
    pub name_basis: Option<String>,
    /// The governorates.
    pub admin: String,
    /// What is drawn of it.
    pub shape: PlaceShape,
    /// How well it is known.
    pub precision: PrecisionClass,
    /// The same in the words of the source.
    pub precision_wording: String,
    /// The radius within which it happened, metres; `None` where none can be given.
    pub radius_m: Option<u32>,
    /// Whether the radius is our reading of a word, not a figure of the source.
    pub is_radius_assumed: bool,
    /// Where the position comes from.
    pub basis: Option<PlaceBasis>,
    /// How the extent of an area was drawn.
    pub extent_basis: Option<String>,
    /// Who gives the position.
    pub coord_source: String,
}

impl Place {
    /// The point, if one is drawn.
    pub fn point(&self) -> Option<LonLat> {
        match self.shape {
            PlaceShape::Point(at) => Some(at),
            PlaceShape::Area | PlaceShape::NotLocated => None,
        }
    }

    /// Whether anything of it is on the map.
    pub fn is_located(&self) -> bool {
        self.shape != PlaceShape::NotLocated
    }
}
