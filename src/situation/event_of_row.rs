//! One row of a table as a typed event, by the mapping of its layer.
//!
//! Floor 1. Nothing is repaired: what contradicts itself or cannot be read is kept and becomes a doubt.

use super::cells::{Cells, addresses_in, items_of_text};
use super::claims_of_row::claims_of_row;
use super::coded_words::{
    actor_class, confidence, event_class, grade, is_no_point, kind_of_event, place_precision, target_class,
    weapon_class,
};
use super::harm_of_row::{injured_of_row, killed_of_row};
use super::plain_name::plain_name;
use super::when_of_row::when_of_row;
use super::{
    ActorClass, Assessment, Doubt, Event, EventActor, EventClass, EventField, EventKind, ExternalId,
    FeatureDetails, FeatureRow, FeatureStore, LayerEvents, Place, PlaceBasis, PlaceShape, TargetClass,
    WeaponClass, When, Worded,
};

/// What an event can be called by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventNaming {
    /// A title of its own.
    pub title: Option<String>,
    /// What happened, as closely as the row says it.
    pub what: Option<String>,
    /// Where: a place, in whatever script, else a district or governorate.
    pub place: Option<String>,
    /// When.
    pub when: Option<When>,
}

/// What a row is called by, and what says when it was.
const NAMING_FIELDS: [EventField; 10] = [
    EventField::Title,
    EventField::SubKind,
    EventField::Kind,
    EventField::Weapon,
    EventField::Place,
    EventField::PlaceAr,
    EventField::Admin,
    EventField::Date,
    EventField::LastDate,
    EventField::DatePrecision,
];

impl LayerEvents {
    /// The columns that [`LayerEvents::naming_of`] asks; some of them may come twice.
    pub fn naming_columns(&self) -> impl Iterator<Item = &str> {
        NAMING_FIELDS.iter().flat_map(|field| self.mapping().columns(*field)).map(String::as_str)
    }

    /// The event of a row, decoded from the source now. An error is a sentence for the user.
    pub fn event(&self, features: &FeatureStore, row: FeatureRow) -> Result<Event, String> {
        let details = features.details(row)?;
        Ok(self.event_of(row, &details, PlaceShape::of(features.geometry(row))))
    }

    /// What a row with these details can be called by: less work than the whole event.
    pub fn naming_of(&self, row: FeatureRow, details: &FeatureDetails) -> EventNaming {
        let cells = Cells { mapping: self.mapping(), details };
        // Classes take their time, and no title says them.
        let kinds = [EventField::SubKind, EventField::Kind].into_iter().find_map(|field| cells.first(field));
        let what = kinds.map(|text| kind_of_event(&text, cells.mapping.scheme));
        let what = what.or_else(|| wording(&cells.all(EventField::Weapon).collect::<Vec<_>>()));
        let places = [EventField::Place, EventField::PlaceAr, EventField::Admin];
        EventNaming {
            title: cells.first(EventField::Title),
            what,
            place: places.into_iter().find_map(|field| cells.first(field)),
            when: when_of_row(self, row, cells, &mut Vec::new()),
        }
    }

    /// The event of a row with these details and this place on the map.
    pub fn event_of(&self, row: FeatureRow, details: &FeatureDetails, shape: PlaceShape) -> Event {
        let cells = Cells { mapping: self.mapping(), details };
        let mut doubts = Vec::new();
        let when = when_of_row(self, row, cells, &mut doubts);
        let (killed, harm_wording) = killed_of_row(cells, &mut doubts);
        let injured = injured_of_row(cells, &mut doubts);
        let (kind, place) = (kind_of_row(cells), place_of_row(cells, shape));
        let id = cells.first(EventField::Id).or_else(|| details.id.clone());
        let source_urls: Vec<String> =
            cells.all(EventField::Url).flat_map(|(_, text)| addresses_in(&text)).collect();
        let sources: Vec<String> = cells.all(EventField::Source).map(|(_, text)| text).collect();
        Event {
            external_ids: external_ids(cells, id.as_deref()),
            title_en: cells.first(EventField::Title).unwrap_or_default(),
            title_ar: cells.first(EventField::TitleAr),
            class: class_of_row(cells, &kind),
            when,
            place,
            kind,
            actor: actor_of_row(cells),
            actors: actors_of_row(cells),
            killed,
            injured,
            harm_wording,
            claims: claims_of_row(cells, &source_urls),
            assessment: Assessment {
                grade: grade(&cells.first(EventField::Grade).unwrap_or_default()),
                confidence: confidence(
                    &cells.first(EventField::Confidence).unwrap_or_default(),
                    cells.mapping.scheme,
                ),
                note: joined(cells, EventField::Note, "\n"),
            },
            sensitivity: cells.first(EventField::Sensitivity),
            tags: cells.items(EventField::Tags).into_iter().map(|(_, tag)| tag).collect(),
            doubts,
            links: Vec::new(),
            sources: sources.join("; "),
            source_urls,
            original: details
                .properties
                .iter()
                .map(|(name, value)| (name.clone(), value.to_display()))
                .collect(),
            id: id.unwrap_or_else(|| (row + 1).to_string()),
        }
    }
}

fn joined(cells: Cells<'_>, field: EventField, between: &str) -> Option<String> {
    let texts: Vec<String> = cells.all(field).map(|(_, text)| text).collect();
    (!texts.is_empty()).then(|| texts.join(between))
}

/// In the collection that the table is of.
fn external_ids(cells: Cells<'_>, id: Option<&str>) -> Vec<ExternalId> {
    let scheme = match cells.mapping.preset.as_deref() {
        Some(known @ ("ACLED" | "UCDP GED")) => known,
        Some("Airwars incidents") => "Airwars",
        _ => return Vec::new(),
    };
    id.map(|id| ExternalId { scheme: scheme.to_owned(), id: id.to_owned() }).into_iter().collect()
}

/// As the table says; else a strike where it names a weapon.
fn class_of_row(cells: Cells<'_>, kind: &EventKind) -> EventClass {
    let said = cells.first(EventField::Class).and_then(|text| event_class(&text));
    said.unwrap_or(match kind.weapon.class {
        WeaponClass::Unknown => EventClass::Incident,
        _ => EventClass::Strike,
    })
}

fn kind_of_row(cells: Cells<'_>) -> EventKind {
    let words =
        |field| cells.first(field).map(|text| kind_of_event(&text, cells.mapping.scheme)).unwrap_or_default();
    let (kind, sub_kind) = (words(EventField::Kind), words(EventField::SubKind));
    let mut weapon = worded(cells, EventField::Weapon, WeaponClass::Unknown, |text| Some(weapon_class(text)));
    if weapon.wording.is_empty() {
        // A kind may name a weapon: "Air/drone strike".
        let classes = [&sub_kind, &kind].map(|words| (weapon_class(words), words));
        let named = classes.into_iter().find(|(class, _)| *class != WeaponClass::Unknown);
        weapon = named.map_or(weapon, |(class, words)| Worded { class, wording: words.clone() });
    }
    let target = worded(cells, EventField::Target, TargetClass::Unknown, target_class);
    EventKind { kind, sub_kind, weapon, target }
}

/// The class of the first cell that names one, and the wording.
fn worded<T: Copy>(
    cells: Cells<'_>,
    field: EventField,
    unknown: T,
    class_of: impl Fn(&str) -> Option<T>,
) -> Worded<T> {
    let all: Vec<_> = cells.all(field).collect();
    let class = all.iter().find_map(|(_, text)| class_of(text)).unwrap_or(unknown);
    Worded { class, wording: wording(&all).unwrap_or_default() }
}

/// The text of the cell that is named for it (`weapon_wording` beside `weapon`), else of the first.
fn wording(cells: &[(&str, String)]) -> Option<String> {
    let wording = cells.iter().find(|(name, _)| name.ends_with("_wording")).or(cells.first());
    wording.map(|(_, text)| text.clone())
}

fn actor_of_row(cells: Cells<'_>) -> Worded<ActorClass> {
    worded(cells, EventField::Actor, ActorClass::Unknown, |text| items_of_text(text).find_map(actor_class))
}

/// Who took part, where several columns name them; a column of the wording of another names nobody more.
fn actors_of_row(cells: Cells<'_>) -> Vec<EventActor> {
    const ROLES: [(&str, &str); 6] = [
        ("actor1", "First actor"),
        ("assoc_actor_1", "With the first actor"),
        ("actor2", "Second actor"),
        ("assoc_actor_2", "With the second actor"),
        ("side_a", "Side A"),
        ("side_b", "Side B"),
    ];
    let columns = cells.mapping.columns(EventField::Actor).iter().filter(|name| !name.ends_with("_wording"));
    if columns.count() < 2 {
        return Vec::new();
    }
    let role = |name: &str| {
        let plain = plain_name(name);
        ROLES.iter().find(|(column, _)| *column == plain).map_or("", |(_, role)| *role)
    };
    let named = cells.items(EventField::Actor).into_iter();
    named.map(|(column, name)| EventActor { name, role: role(column).to_owned() }).collect()
}

fn place_of_row(cells: Cells<'_>, shape: PlaceShape) -> Place {
    let precision_text = cells.first(EventField::PlacePrecision).unwrap_or_default();
    let (precision, wording) = place_precision(&precision_text, cells.mapping.scheme);
    let is_too_wide = !precision_text.is_empty() && is_no_point(&precision_text, cells.mapping.scheme);
    let wordings = cells.all(EventField::PlacePrecision).find(|(name, _)| name.ends_with("_wording"));
    let wording =
        wordings.map(|(_, text)| text).or_else(|| wording.map(str::to_owned)).unwrap_or(precision_text);
    // Where no column says anything, the point of the row counts.
    let is_middle = is_too_wide && matches!(shape, PlaceShape::Point(_));
    let names: Vec<String> = cells.all(EventField::Place).map(|(_, text)| text).collect();
    let name_en = names.first().cloned().unwrap_or_default();
    let admins: Vec<String> = cells.all(EventField::Admin).map(|(_, text)| text).collect();
    Place {
        as_written: names.last().cloned().unwrap_or_default(),
        name_en,
        name_ar: cells.first(EventField::PlaceAr),
        aliases: Vec::new(),
        name_basis: None,
        admin: admins.join(", "),
        shape: if is_middle { PlaceShape::NotLocated } else { shape },
        precision,
        precision_wording: wording,
        radius_m: precision.radius_m(),
        is_radius_assumed: precision.radius_m().is_some(),
        basis: is_middle.then_some(PlaceBasis::Centroid),
        extent_basis: None,
        coord_source: cells.mapping.preset.clone().unwrap_or_default(),
    }
}

/// What looks wrong in a row, with the cells that show it.
pub(super) fn doubt(doubt: &str, evidence: String) -> Doubt {
    Doubt { doubt: doubt.to_owned(), evidence }
}

#[cfg(test)]
#[path = "event_of_row_tests.rs"]
mod tests;
