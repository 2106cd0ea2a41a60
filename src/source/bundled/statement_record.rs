//! One feature of the report layer as its file has it, and the statement made of it.
//!
//! Floor 2.

use serde::Deserialize;

use super::event_record::DoubtRecord;
use super::read::{parsed, parsed_or_null};
use crate::coords::LonLat;
use crate::situation::{Edtf, FeatureLink, OffMapPlace, Statement, StatementStatus};

#[derive(Deserialize)]
pub(super) struct StatementRecord {
    id: String,
    number: u32,
    title_en: String,
    statement: String,
    #[serde(deserialize_with = "parsed_or_null")]
    about_days: Option<Edtf>,
    value: Option<String>,
    #[serde(deserialize_with = "parsed")]
    status: StatementStatus,
    status_note: String,
    checked_against: Option<String>,
    coord_source: Option<String>,
    links: Vec<LinkRecord>,
    doubts: Vec<DoubtRecord>,
    off_map: Option<OffMapRecord>,
}

#[derive(Deserialize)]
struct LinkRecord {
    layer: String,
    feature_id: String,
}

#[derive(Deserialize)]
struct OffMapRecord {
    name_en: String,
    lon: f64,
    lat: f64,
}

impl StatementRecord {
    pub(super) fn into_statement(self) -> Statement {
        let link = |record: LinkRecord| FeatureLink { layer: record.layer, feature_id: record.feature_id };
        let off_map = |record: OffMapRecord| OffMapPlace {
            name_en: record.name_en,
            at: LonLat::new(record.lon, record.lat),
        };
        Statement {
            id: self.id,
            number: self.number,
            title_en: self.title_en,
            statement: self.statement,
            about_days: self.about_days,
            value: self.value,
            status: self.status,
            status_note: self.status_note,
            checked_against: self.checked_against,
            coord_source: self.coord_source,
            links: self.links.into_iter().map(link).collect(),
            doubts: self.doubts.into_iter().map(DoubtRecord::into_doubt).collect(),
            off_map: self.off_map.map(off_map),
        }
    }
}
