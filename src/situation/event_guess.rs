//! A guess which columns say what of events, by their names in English, French and Arabic.
//!
//! Floor 1. It would rather miss a table of events than take a map's objects for events: a day on which a road was
//! checked or a border came into force is no event.

use super::event_presets::{ColumnSort, NamedColumn};
use super::guess_words::{DATES_OF_EVENTS, FIELD_NAMES, MAP_OBJECT_NAMES, PLAIN_DATES, PLAIN_LAST_DATES};
use super::{EventField, EventMapping};

/// Fields that only events have.
const STRONG: [EventField; 10] = [
    EventField::KilledLow,
    EventField::KilledBest,
    EventField::KilledHigh,
    EventField::InjuredLow,
    EventField::InjuredBest,
    EventField::InjuredHigh,
    EventField::Actor,
    EventField::Weapon,
    EventField::Target,
    EventField::SubKind,
];

/// Fields that other things have, too; three of them together tell.
const WEAK: [EventField; 5] =
    [EventField::Kind, EventField::Place, EventField::Title, EventField::Note, EventField::Source];

const WEAK_THAT_TELL: usize = 3;

/// The mapping by names and types; without a date where the columns do not tell of events. `names` are the plain ones.
pub(super) fn guessed_mapping(columns: &[NamedColumn<'_>], names: &[String]) -> EventMapping {
    let mut mapping = EventMapping::default();
    for (field, wanted) in FIELD_NAMES {
        let places = wanted.iter().filter_map(|wanted| names.iter().position(|name| name == wanted));
        let fitting = places.filter(|&place| suits(*field, columns[place].sort));
        let most = if *field == EventField::Actor || *field == EventField::Admin { 4 } else { 1 };
        mapping.set(*field, fitting.take(most).map(|place| columns[place].name.to_owned()).collect());
    }
    let named = |wanted: &[&str]| {
        let mut places = wanted.iter().filter_map(|wanted| names.iter().position(|name| name == wanted));
        places
            .find(|&place| columns[place].sort == ColumnSort::Date)
            .map(|place| columns[place].name.to_owned())
    };
    let is_map_object = names.iter().any(|name| MAP_OBJECT_NAMES.contains(&name.as_str()));
    let of_event = named(DATES_OF_EVENTS);
    let plain = named(PLAIN_DATES).filter(|_| !is_map_object && tells_of_events(&mapping));
    if let Some(date) = of_event.or(plain) {
        mapping.set(EventField::LastDate, named(PLAIN_LAST_DATES).into_iter().collect());
        mapping.set(EventField::Date, vec![date]);
    }
    mapping
}

fn tells_of_events(mapping: &EventMapping) -> bool {
    let is_there = |field: &&EventField| !mapping.columns(**field).is_empty();
    STRONG.iter().any(|field| is_there(&field)) || WEAK.iter().filter(is_there).count() >= WEAK_THAT_TELL
}

/// Whether a column with such values can say that.
fn suits(field: EventField, sort: ColumnSort) -> bool {
    match field {
        EventField::KilledBest | EventField::InjuredBest => {
            sort != ColumnSort::Date && sort != ColumnSort::Other
        }
        EventField::Kind | EventField::Actor | EventField::Weapon => sort == ColumnSort::Text,
        _ => sort != ColumnSort::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(columns: &[(&str, ColumnSort)]) -> EventMapping {
        let columns: Vec<_> =
            columns.iter().map(|&(name, sort)| NamedColumn { name, tag: None, sort }).collect();
        EventMapping::of_columns(&columns)
    }

    use ColumnSort::{Date, Number, Text};

    #[test]
    fn names_in_three_languages_are_understood() {
        let english =
            guess(&[("Incident Date", Date), ("Perpetrator", Text), ("Deaths", Number), ("Place", Text)]);
        let french =
            guess(&[("Date de l'incident", Date), ("Auteur", Text), ("Tués", Number), ("Lieu", Text)]);
        let arabic =
            guess(&[("تاريخ الحادثة", Date), ("الفاعل", Text), ("القتلى", Number), ("المكان", Text)]);
        for (mapping, names) in [
            (english, ["Incident Date", "Perpetrator", "Deaths", "Place"]),
            (french, ["Date de l'incident", "Auteur", "Tués", "Lieu"]),
            (arabic, ["تاريخ الحادثة", "الفاعل", "القتلى", "المكان"]),
        ] {
            let fields = [EventField::Date, EventField::Actor, EventField::KilledBest, EventField::Place];
            assert_eq!(
                fields.map(|field| mapping.columns(field).to_owned()),
                names.map(|name| vec![name.to_owned()])
            );
            assert_eq!(mapping.preset, None);
        }
    }

    #[test]
    fn a_plain_date_needs_more_that_tells_of_events() {
        assert!(guess(&[("date", Date), ("killed", Number)]).makes_events());
        assert!(
            guess(&[("التاريخ", Date), ("النوع", Text), ("المكان", Text), ("المصدر", Text)]).makes_events()
        );
        assert!(!guess(&[("date", Date), ("name", Text)]).makes_events());
        assert!(!guess(&[("date", Text), ("killed", Number)]).makes_events(), "its values are no dates");
    }

    #[test]
    fn objects_of_a_map_are_no_events_whatever_dates_they_have() {
        let osm = [
            ("@id", Text),
            ("building", Text),
            ("start_date", Date),
            ("source", Text),
            ("name", Text),
            ("timestamp", Date),
            ("check_date", Date),
            ("description", Text),
            ("type", Text),
        ];
        assert!(!guess(&osm).makes_events());
        let border =
            [("ADM1_EN", Text), ("ADM1_PCODE", Text), ("date", Date), ("validOn", Date), ("source", Text)];
        assert!(!guess(&border).makes_events());
        let item = [
            ("datetime", Date),
            ("created", Date),
            ("updated", Date),
            ("title", Text),
            ("description", Text),
        ];
        assert!(!guess(&item).makes_events());
        let area =
            [("name_en", Text), ("description", Text), ("date", Date), ("edtf", Text), ("method", Text)];
        assert!(!guess(&area).makes_events());
        let post = [("place_en", Text), ("kind", Text), ("as_of", Date), ("control_source", Text)];
        assert!(!guess(&post).makes_events());
    }
}
