//! One feature of the strikes layer as its file has it, and the event made of it.
//!
//! Floor 2. The names of the fields are those of the properties.

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

use super::read::{Shape, parsed, parsed_or_null};
use crate::situation::{
    ActorClass, Assessment, Claim, DatePrecision, Doubt, Edtf, Event, EventClass, EventKind, EventLink,
    ExternalId, Grade, Harm, HarmScope, LinkRelation, Place, PlaceBasis, PlaceShape, PrecisionClass, Stance,
    TargetClass, WeaponClass, When, WhenError, Worded,
};

#[derive(Deserialize)]
pub(super) struct EventRecord {
    id: String,
    #[serde(deserialize_with = "parsed")]
    class: EventClass,
    title_en: String,
    title_ar: Option<String>,
    #[serde(flatten)]
    place: PlaceFields,
    #[serde(deserialize_with = "parsed")]
    date_start: Date,
    #[serde(deserialize_with = "parsed")]
    date_end: Date,
    #[serde(deserialize_with = "parsed")]
    edtf: Edtf,
    #[serde(deserialize_with = "parsed")]
    date_precision: DatePrecision,
    #[serde(deserialize_with = "parsed")]
    weapon: WeaponClass,
    weapon_wording: String,
    #[serde(deserialize_with = "parsed")]
    target: TargetClass,
    target_wording: String,
    #[serde(deserialize_with = "parsed")]
    actor: ActorClass,
    actor_wording: String,
    killed_low: Option<u32>,
    killed_high: Option<u32>,
    injured_low: Option<u32>,
    injured_high: Option<u32>,
    #[serde(deserialize_with = "parsed")]
    harm_of: HarmScope,
    harm_of_wording: String,
    #[serde(deserialize_with = "parsed")]
    grade: Grade,
    confidence: String,
    note: Option<String>,
    external_ids: Vec<ExternalIdRecord>,
    sources: String,
    source_urls: Vec<String>,
    claims: Vec<ClaimRecord>,
    doubts: Vec<DoubtRecord>,
    links: Vec<LinkRecord>,
    #[serde(deserialize_with = "words_of_row")]
    original: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct PlaceFields {
    place_en: String,
    place_ar: Option<String>,
    place_as_written: String,
    place_name_basis: Option<String>,
    aliases: Vec<String>,
    admin: String,
    #[serde(deserialize_with = "parsed")]
    precision_class: PrecisionClass,
    precision_wording: String,
    radius_m: Option<u32>,
    radius_assumed: bool,
    #[serde(deserialize_with = "parsed_or_null")]
    basis: Option<PlaceBasis>,
    basis_extent: Option<String>,
    coord_source: String,
}

#[derive(Deserialize)]
struct ClaimRecord {
    source: String,
    urls: Vec<String>,
    archive_url: Option<String>,
    #[serde(deserialize_with = "parsed_or_null")]
    said_on: Option<Date>,
    killed_low: Option<u32>,
    killed_best: Option<u32>,
    killed_high: Option<u32>,
    #[serde(deserialize_with = "scope_of_claim")]
    killed_of: HarmScope,
    injured_low: Option<u32>,
    injured_high: Option<u32>,
    actor_said: Option<String>,
    place_said: Option<String>,
    says: String,
    #[serde(deserialize_with = "parsed")]
    stance: Stance,
    note: Option<String>,
}

#[derive(Deserialize)]
struct ExternalIdRecord {
    scheme: String,
    id: String,
}

#[derive(Deserialize)]
pub(super) struct DoubtRecord {
    doubt: String,
    evidence: String,
}

#[derive(Deserialize)]
struct LinkRecord {
    #[serde(deserialize_with = "parsed")]
    rel: LinkRelation,
    id: String,
    why: String,
}

impl EventRecord {
    /// The event; an error where its dates contradict each other.
    pub(super) fn into_event(self, shape: Option<Shape>) -> Result<Event, WhenError> {
        let when = When::new(self.date_start, self.date_end, self.edtf, self.date_precision)?;
        Ok(Event {
            id: self.id,
            external_ids: self.external_ids.into_iter().map(ExternalIdRecord::into_external_id).collect(),
            title_en: self.title_en,
            title_ar: self.title_ar,
            class: self.class,
            when: Some(when),
            place: self.place.into_place(shape),
            kind: EventKind {
                kind: String::new(),
                sub_kind: String::new(),
                weapon: Worded { class: self.weapon, wording: self.weapon_wording },
                target: Worded { class: self.target, wording: self.target_wording },
            },
            actor: Worded { class: self.actor, wording: self.actor_wording },
            actors: Vec::new(),
            killed: Harm { low: self.killed_low, best: None, high: self.killed_high, of: self.harm_of },
            injured: injured(self.injured_low, self.injured_high),
            harm_wording: self.harm_of_wording,
            claims: self.claims.into_iter().map(ClaimRecord::into_claim).collect(),
            assessment: Assessment { grade: self.grade, confidence: self.confidence, note: self.note },
            sensitivity: None,
            tags: Vec::new(),
            doubts: self.doubts.into_iter().map(DoubtRecord::into_doubt).collect(),
            links: self.links.into_iter().map(LinkRecord::into_link).collect(),
            sources: self.sources,
            source_urls: self.source_urls,
            original: self.original,
        })
    }
}

impl PlaceFields {
    fn into_place(self, shape: Option<Shape>) -> Place {
        let drawn = |shape: Shape| shape.point().map_or(PlaceShape::Area, PlaceShape::Point);
        Place {
            name_en: self.place_en,
            name_ar: self.place_ar,
            as_written: self.place_as_written,
            aliases: self.aliases,
            name_basis: self.place_name_basis,
            admin: self.admin,
            shape: shape.map_or(PlaceShape::NotLocated, drawn),
            precision: self.precision_class,
            precision_wording: self.precision_wording,
            radius_m: self.radius_m,
            is_radius_assumed: self.radius_assumed,
            basis: self.basis,
            extent_basis: self.basis_extent,
            coord_source: self.coord_source,
        }
    }
}

impl ClaimRecord {
    fn into_claim(self) -> Claim {
        let killed =
            Harm { low: self.killed_low, best: self.killed_best, high: self.killed_high, of: self.killed_of };
        Claim {
            source: self.source,
            urls: self.urls,
            archive_url: self.archive_url,
            language: None,
            said_on: self.said_on,
            killed,
            injured: injured(self.injured_low, self.injured_high),
            actor_said: self.actor_said,
            place_said: self.place_said,
            says: self.says,
            stance: self.stance,
            note: self.note,
        }
    }
}

impl ExternalIdRecord {
    fn into_external_id(self) -> ExternalId {
        ExternalId { scheme: self.scheme, id: self.id }
    }
}

impl DoubtRecord {
    pub(super) fn into_doubt(self) -> Doubt {
        Doubt { doubt: self.doubt, evidence: self.evidence }
    }
}

impl LinkRecord {
    fn into_link(self) -> EventLink {
        EventLink { relation: self.rel, id: self.id, why: self.why }
    }
}

/// The table says whose the deaths are, and nothing of whose the injuries are.
fn injured(low: Option<u32>, high: Option<u32>) -> Harm {
    Harm { low, high, ..Harm::UNKNOWN }
}

/// Claims keep the word `fighters` of their sources; it is the same class.
fn scope_of_claim<'de, D: Deserializer<'de>>(from: D) -> Result<HarmScope, D::Error> {
    match String::deserialize(from)?.as_str() {
        "fighters" => Ok(HarmScope::Combatants),
        word => word.parse().map_err(D::Error::custom),
    }
}

/// The row of the table, in its order; a cell that is no text would not be word for word.
fn words_of_row<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
    let cells = Map::<String, Value>::deserialize(from)?.into_iter();
    let words = cells.map(|(name, cell)| match cell {
        Value::String(text) => Ok((name, text)),
        other => Err(D::Error::custom(format!("the cell {name:?} of the original row is not text: {other}"))),
    });
    words.collect()
}
