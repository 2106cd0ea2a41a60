//! One feature of the base map's places as its file has it, and the place made of it.
//!
//! Floor 2.

use serde::Deserialize;

use super::read::Shape;
use crate::situation::GazetteerPlace;

#[derive(Deserialize)]
pub(super) struct PlaceRecord {
    name_en: String,
    name_ar: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    rank: u8,
    kind: String,
    population: Option<u32>,
}

impl PlaceRecord {
    /// The place; `None` without a point.
    pub(super) fn into_place(self, shape: Option<Shape>) -> Option<GazetteerPlace> {
        Some(GazetteerPlace {
            at: shape?.point()?,
            name_en: self.name_en,
            name_ar: self.name_ar,
            aliases: self.aliases,
            rank: self.rank,
            kind: self.kind,
            population: self.population,
        })
    }
}
