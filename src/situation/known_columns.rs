//! The columns of known kinds of tables, and what each says of an event.
//!
//! Floor 1. Names are written as [`super::plain_name`] makes them. ACLED's columns are those of its codebook (31), UCDP's
//! those of the GED codebook (49).

use super::{CodeScheme, EventField};

/// One known kind of table.
pub(super) struct KnownTable {
    /// Its name for people.
    pub name: &'static str,
    /// Whose codes stand in it.
    pub scheme: CodeScheme,
    /// It is this kind of table where of each group one column is there.
    pub telling: &'static [&'static [&'static str]],
    /// What its columns say; those that are there are asked in this order.
    pub fields: &'static [(EventField, &'static [&'static str])],
}

/// Asked in this order.
pub(super) static KNOWN_TABLES: [KnownTable; 4] = [STRIKES, ACLED, UCDP, AIRWARS];

/// The layer of strikes that is bundled, and what is exported of it.
const STRIKES: KnownTable = KnownTable {
    name: "sitmap strikes",
    scheme: CodeScheme::Words,
    telling: &[&["date_start"], &["date_precision"], &["precision_class"], &["killed_low"], &["harm_of"]],
    fields: &[
        (EventField::Id, &["id"]),
        (EventField::Title, &["title_en"]),
        (EventField::TitleAr, &["title_ar"]),
        (EventField::Class, &["class"]),
        (EventField::Date, &["date_start", "edtf"]),
        (EventField::LastDate, &["date_end"]),
        (EventField::DatePrecision, &["date_precision"]),
        (EventField::Place, &["place_en", "place_as_written"]),
        (EventField::PlaceAr, &["place_ar"]),
        (EventField::Admin, &["admin"]),
        (EventField::PlacePrecision, &["precision_class", "precision_wording"]),
        (EventField::Weapon, &["weapon", "weapon_wording"]),
        (EventField::Target, &["target", "target_wording"]),
        (EventField::Actor, &["actor", "actor_wording"]),
        (EventField::KilledLow, &["killed_low"]),
        (EventField::KilledHigh, &["killed_high"]),
        (EventField::KilledOf, &["harm_of", "harm_of_wording"]),
        (EventField::InjuredLow, &["injured_low"]),
        (EventField::InjuredHigh, &["injured_high"]),
        (EventField::Grade, &["grade"]),
        (EventField::Confidence, &["confidence"]),
        (EventField::Source, &["sources"]),
        (EventField::Url, &["source_urls"]),
        (EventField::Note, &["note"]),
    ],
};

const ACLED: KnownTable = KnownTable {
    name: "ACLED",
    scheme: CodeScheme::Acled,
    telling: &[&["event_id_cnty"], &["event_date"], &["sub_event_type"]],
    fields: &[
        (EventField::Id, &["event_id_cnty"]),
        (EventField::Date, &["event_date"]),
        (EventField::DatePrecision, &["time_precision"]),
        (EventField::Place, &["location"]),
        (EventField::Admin, &["admin1", "admin2", "admin3"]),
        (EventField::PlacePrecision, &["geo_precision"]),
        (EventField::Kind, &["event_type"]),
        (EventField::SubKind, &["sub_event_type"]),
        (EventField::Actor, &["actor1", "assoc_actor_1", "actor2", "assoc_actor_2"]),
        (EventField::KilledBest, &["fatalities"]),
        (EventField::Source, &["source"]),
        (EventField::Note, &["notes"]),
        (EventField::Tags, &["disorder_type", "civilian_targeting", "tags"]),
    ],
};

const UCDP: KnownTable = KnownTable {
    name: "UCDP GED",
    scheme: CodeScheme::Ucdp,
    telling: &[&["type_of_violence"], &["where_prec"], &["date_start"], &["best"]],
    fields: &[
        (EventField::Id, &["id"]),
        (EventField::Date, &["date_start"]),
        (EventField::LastDate, &["date_end"]),
        (EventField::DatePrecision, &["date_prec"]),
        (EventField::Place, &["where_coordinates"]),
        (EventField::Admin, &["adm_1", "adm_2"]),
        (EventField::PlacePrecision, &["where_prec"]),
        (EventField::Kind, &["type_of_violence"]),
        (EventField::Actor, &["side_a", "side_b"]),
        (EventField::KilledLow, &["low"]),
        (EventField::KilledBest, &["best"]),
        (EventField::KilledHigh, &["high"]),
        (EventField::KilledOf, &["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]),
        (EventField::Confidence, &["event_clarity"]),
        (EventField::Source, &["source_original", "source_office"]),
        (EventField::Note, &["where_description"]),
        (EventField::Tags, &["conflict_name", "dyad_name"]),
    ],
};

/// Incidents that are graded as Airwars grades them; their columns are spelled in several ways.
const AIRWARS: KnownTable = KnownTable {
    name: "Airwars incidents",
    scheme: CodeScheme::Words,
    telling: &[AIRWARS_DATE, AIRWARS_GRADE, AIRWARS_HARM],
    fields: &[
        (
            EventField::Id,
            &[
                "code",
                "incident_code",
                "unique_reference_code",
                "reference_code",
                "airwars_id",
                "incident_id",
                "id",
            ],
        ),
        (EventField::Title, &["title", "incident_title", "name"]),
        (EventField::Date, AIRWARS_DATE),
        (EventField::LastDate, &["date_end", "end_date", "incident_date_end"]),
        (EventField::Place, &["location_name", "location", "place", "place_name", "town", "locations"]),
        (EventField::PlaceAr, &["location_name_arabic", "location_ar", "place_ar"]),
        (EventField::Admin, &["governorate", "region", "province", "admin1", "district", "admin2"]),
        (
            EventField::PlacePrecision,
            &[
                "geolocation_accuracy",
                "geolocation_status",
                "location_accuracy",
                "coordinate_accuracy",
                "geolocation_notes",
            ],
        ),
        (EventField::Kind, &["strike_status"]),
        (EventField::Weapon, &["strike_type", "type_of_strike", "munition", "weapon"]),
        (EventField::Target, &["infrastructure", "impact", "suspected_target", "suspected_targets"]),
        (
            EventField::Actor,
            &[
                "suspected_belligerent",
                "suspected_belligerents",
                "known_belligerent",
                "known_belligerents",
                "suspected_attacker",
                "suspected_attackers",
                "belligerent",
                "belligerents",
            ],
        ),
        (
            EventField::KilledLow,
            &[
                "civilians_killed_min",
                "civilians_reported_killed_min",
                "min_civilians_killed",
                "civilian_deaths_min",
                "civilian_non_combatants_killed_min",
                "killed_min",
            ],
        ),
        (EventField::KilledBest, AIRWARS_KILLED),
        (
            EventField::KilledHigh,
            &[
                "civilians_killed_max",
                "civilians_reported_killed_max",
                "max_civilians_killed",
                "civilian_deaths_max",
                "civilian_non_combatants_killed_max",
                "killed_max",
            ],
        ),
        (
            EventField::InjuredLow,
            &[
                "civilians_injured_min",
                "civilians_reported_injured_min",
                "min_civilians_injured",
                "injured_min",
            ],
        ),
        (
            EventField::InjuredBest,
            &[
                "civilians_injured",
                "civilians_reported_injured",
                "civilian_non_combatants_reported_injured",
                "reported_injured",
                "injured",
            ],
        ),
        (
            EventField::InjuredHigh,
            &[
                "civilians_injured_max",
                "civilians_reported_injured_max",
                "max_civilians_injured",
                "injured_max",
            ],
        ),
        (EventField::Grade, AIRWARS_GRADE),
        (EventField::Source, &["sources", "source", "source_names"]),
        (
            EventField::Url,
            &["source_urls", "source_url", "archive_link", "archive_links", "url", "link", "links"],
        ),
        (
            EventField::Note,
            &["summary", "assessment_summary", "cause", "cause_of_injury_death", "notes", "description"],
        ),
    ],
};

const AIRWARS_DATE: &[&str] = &["incident_date", "date", "date_of_incident", "start_date", "date_start"];

const AIRWARS_GRADE: &[&str] = &[
    "grading",
    "civilian_harm_grading",
    "airwars_grading",
    "airwars_civilian_harm_grading",
    "civilian_harm_status",
    "harm_grading",
    "reporting_status",
];

const AIRWARS_KILLED: &[&str] = &[
    "civilians_killed",
    "civilians_reported_killed",
    "civilian_non_combatants_reported_killed",
    "civilian_deaths",
    "reported_killed",
    "killed",
];

const AIRWARS_HARM: &[&str] = &[
    "civilians_killed",
    "civilians_reported_killed",
    "civilian_non_combatants_reported_killed",
    "civilian_deaths",
    "civilians_killed_min",
    "civilians_reported_killed_min",
    "min_civilians_killed",
    "civilian_deaths_min",
    "strike_status",
    "strike_type",
];
