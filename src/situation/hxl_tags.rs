//! What HXL tags say of a table's columns.
//!
//! Floor 1. A tag is `#word+attribute+attribute`, its attributes in any order (hxlstandard.org, 1.1).

use super::event_presets::NamedColumn;
use super::{CodeScheme, EventField, EventMapping};

/// A tag in its parts, in small letters.
struct Tag {
    word: String,
    attributes: Vec<String>,
}

impl Tag {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.to_lowercase();
        let mut parts = text.split('+').map(|part| part.trim().to_owned());
        let word = parts.next().filter(|word| !word.is_empty())?;
        Some(Self { word, attributes: parts.collect() })
    }

    fn has(&self, any: &[&str]) -> bool {
        self.attributes.iter().any(|attribute| any.contains(&attribute.as_str()))
    }

    fn has_only(&self, allowed: &[&str]) -> bool {
        self.attributes.iter().all(|attribute| allowed.contains(&attribute.as_str()))
    }

    /// What the column says of an event; `None` for what the model has no room for, parts of a figure (of women, of
    /// children) among it: they are no figure of the whole.
    fn field(&self) -> Option<EventField> {
        match self.word.as_str() {
            "date" if self.has(&["reported", "updated", "created", "modified", "published", "entered"]) => {
                None
            }
            "date" if self.has(&["end"]) => Some(EventField::LastDate),
            "date" => Some(EventField::Date),
            "event" => Some(self.field_of_event()),
            "cause" if self.has(&["weapon"]) => Some(EventField::Weapon),
            "loc" if self.has(&["code", "type", "lat", "lon", "coord", "id"]) => None,
            "loc" if self.has(&["ar", "i_ar"]) => Some(EventField::PlaceAr),
            "loc" => Some(EventField::Place),
            "geo" if self.has(&["precision"]) => Some(EventField::PlacePrecision),
            "adm1" | "adm2" | "adm3" if !self.has(&["code", "id", "ar", "i_ar"]) => Some(EventField::Admin),
            "affected" | "casualties" => self.field_of_harm(),
            "actor" if !self.has(&["code", "type", "id"]) => Some(EventField::Actor),
            "description" => Some(EventField::Note),
            "meta" => self.field_of_meta(),
            _ => None,
        }
    }

    fn field_of_event(&self) -> EventField {
        const BY_ATTRIBUTE: [(&[&str], EventField); 8] = [
            (&["id", "code"], EventField::Id),
            (&["subtype", "sub"], EventField::SubKind),
            (&["type"], EventField::Kind),
            (&["name", "title"], EventField::Title),
            (&["weapon"], EventField::Weapon),
            (&["target"], EventField::Target),
            (&["description", "desc", "notes"], EventField::Note),
            (&["date"], EventField::Date),
        ];
        let found = BY_ATTRIBUTE.iter().find(|(attributes, _)| self.has(attributes));
        found.map_or(EventField::Kind, |(_, field)| *field)
    }

    fn field_of_harm(&self) -> Option<EventField> {
        const WHOLE: [&str; 17] = [
            "killed",
            "dead",
            "deaths",
            "injured",
            "wounded",
            "min",
            "low",
            "max",
            "high",
            "best",
            "total",
            "all",
            "num",
            "ind",
            "civilians",
            "people",
            "reported",
        ];
        if !self.has_only(&WHOLE) {
            return None;
        }
        let (low, high) = (self.has(&["min", "low"]), self.has(&["max", "high"]));
        let is_killed = self.has(&["killed", "dead", "deaths"]);
        if !is_killed && !self.has(&["injured", "wounded"]) {
            return None;
        }
        Some(match (is_killed, low, high) {
            (true, true, _) => EventField::KilledLow,
            (true, _, true) => EventField::KilledHigh,
            (true, ..) => EventField::KilledBest,
            (false, true, _) => EventField::InjuredLow,
            (false, _, true) => EventField::InjuredHigh,
            (false, ..) => EventField::InjuredBest,
        })
    }

    fn field_of_meta(&self) -> Option<EventField> {
        const BY_ATTRIBUTE: [(&[&str], EventField); 4] = [
            (&["url"], EventField::Url),
            (&["source"], EventField::Source),
            (&["confidence", "reliability"], EventField::Confidence),
            (&["id"], EventField::Id),
        ];
        BY_ATTRIBUTE.iter().find(|(attributes, _)| self.has(attributes)).map(|(_, field)| *field)
    }
}

/// The mapping of a tagged table; `None` where fewer than half of the columns are tagged, or none says when, or nothing
/// says that the rows are events: lists of activities have dates, too.
pub(super) fn hxl_mapping(columns: &[NamedColumn<'_>]) -> Option<EventMapping> {
    let tags: Vec<Option<Tag>> = columns
        .iter()
        .map(|column| column.tag.and_then(Tag::read).or_else(|| Tag::read(column.name)))
        .collect();
    if columns.is_empty() || 2 * tags.iter().flatten().count() < columns.len() {
        return None;
    }
    let mut mapping = EventMapping::new(Some("HXL"), CodeScheme::Words);
    for &field in EventField::ALL {
        let says_it = |tag: &Option<Tag>| tag.as_ref().and_then(Tag::field) == Some(field);
        let names = tags
            .iter()
            .zip(columns)
            .filter(|(tag, _)| says_it(tag))
            .map(|(_, column)| column.name.to_owned());
        mapping.set(field, names.collect());
    }
    let tells_of_events = [
        EventField::Kind,
        EventField::Title,
        EventField::KilledLow,
        EventField::KilledBest,
        EventField::InjuredBest,
        EventField::Weapon,
    ];
    let is_told =
        mapping.makes_events() && tells_of_events.iter().any(|field| !mapping.columns(*field).is_empty());
    is_told.then_some(mapping)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::event_presets::ColumnSort;

    fn column<'a>(name: &'a str, tag: Option<&'a str>) -> NamedColumn<'a> {
        NamedColumn { name, tag, sort: ColumnSort::Text }
    }

    #[test]
    fn tags_say_it_as_names_and_under_names() {
        let tags = [
            "#date +start",
            "#event+type",
            "#EVENT+id",
            "#affected+killed+min",
            "#affected+max+killed",
            "#loc+name",
            "#affected+killed+f",
            "#adm1+name",
            "#adm1+code",
            "#meta+source",
            "#loc+i_ar",
        ];
        let mapping = hxl_mapping(&tags.map(|tag| column(tag, None))).unwrap();
        assert_eq!(mapping.columns(EventField::Date), ["#date +start"]);
        assert_eq!(mapping.columns(EventField::Id), ["#EVENT+id"]);
        assert_eq!(mapping.columns(EventField::KilledLow), ["#affected+killed+min"]);
        assert_eq!(mapping.columns(EventField::KilledHigh), ["#affected+max+killed"]);
        assert!(mapping.columns(EventField::KilledBest).is_empty(), "killed women are not all killed");
        assert_eq!(mapping.columns(EventField::Admin), ["#adm1+name"]);
        assert_eq!(mapping.columns(EventField::PlaceAr), ["#loc+i_ar"]);
        let under = hxl_mapping(&[column("When", Some("#date")), column("Deaths", Some("#affected+killed"))])
            .unwrap();
        assert_eq!(under.columns(EventField::Date), ["When"]);
        assert_eq!(under.columns(EventField::KilledBest), ["Deaths"]);
    }

    #[test]
    fn a_tagged_list_of_activities_holds_no_events() {
        let tags = ["#org", "#sector", "#activity+name", "#date+start", "#date+end", "#adm1+name"];
        assert_eq!(hxl_mapping(&tags.map(|tag| column(tag, None))), None);
    }
}
