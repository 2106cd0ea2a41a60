//! What a news report states, statement by statement, and the features that show it.
//!
//! Floor 1.

use std::ops::Range;

use super::word::word_list;
use super::{CivilMinute, Doubt, Edtf, day_of_date, minute_of_day};
use crate::coords::LonLat;

word_list! {
    /// What came of checking a statement against other sources.
    StatementStatus, "status of a statement":
    Confirmed "confirmed" "Confirmed",
    Superseded "superseded" "Superseded",
    Unverified "unverified" "Unverified",
    Context "context" "Context",
}

/// One statement of a report, in our words.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Unique in its layer.
    pub id: String,
    /// Its place in the report, counted from 1.
    pub number: u32,
    /// A short title.
    pub title_en: String,
    /// What the report states.
    pub statement: String,
    /// The days that it speaks of; `None` where it names none.
    pub about_days: Option<Edtf>,
    /// Its figure or date, as the report has it.
    pub value: Option<String>,
    /// What came of checking it.
    pub status: StatementStatus,
    /// The same in words.
    pub status_note: String,
    /// What it was checked against.
    pub checked_against: Option<String>,
    /// Who gives its position.
    pub coord_source: Option<String>,
    /// The features that show it.
    pub links: Vec<FeatureLink>,
    /// What looks wrong or uncertain.
    pub doubts: Vec<Doubt>,
    /// A place that it speaks of and that lies beyond the map.
    pub off_map: Option<OffMapPlace>,
}

impl Statement {
    /// The half-open span of the days that it speaks of, in civil minutes.
    pub fn span(&self) -> Option<Range<CivilMinute>> {
        let days = self.about_days.as_ref()?;
        let (first, last) = (day_of_date(days.first_day()?), day_of_date(days.last_day()?));
        Some(minute_of_day(first)..minute_of_day(last + 1))
    }
}

/// The way to a feature of another layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureLink {
    /// The layer's key.
    pub layer: String,
    /// The feature's `id` there.
    pub feature_id: String,
}

/// A place beyond the map.
#[derive(Debug, Clone, PartialEq)]
pub struct OffMapPlace {
    /// Its English name.
    pub name_en: String,
    /// Where it is.
    pub at: LonLat,
}
