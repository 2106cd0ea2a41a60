//! What the codes and words of tables of events mean: places, kinds, scopes, grades, weapons.
//!
//! Floor 1. Sources: the codebooks of ACLED and of UCDP GED; a word that is not known is kept as wording, with no class.

use std::str::FromStr;

use super::plain_name::plain_name;
use super::span_of_event::precision_of_text;
use super::{
    ActorClass, CodeScheme, EventClass, EventField, Grade, HarmScope, PrecisionClass, TargetClass,
    WeaponClass,
};

/// A code in words: how well a place is known, after the codebook.
pub(super) fn place_precision(text: &str, scheme: CodeScheme) -> (PrecisionClass, Option<&'static str>) {
    use PrecisionClass::{Area, Governorate, Near10Km, Near25Km, Place, Unknown};
    match (scheme, plain_name(text).as_str()) {
        (CodeScheme::Acled, "1") => (Place, Some("town (ACLED geo_precision 1)")),
        (CodeScheme::Acled, "2") => {
            (Near10Km, Some("near a town, or a small region (ACLED geo_precision 2)"))
        }
        (CodeScheme::Acled, "3") => (Governorate, Some("a larger region (ACLED geo_precision 3)")),
        (CodeScheme::Ucdp, "1") => (Place, Some("exact place (UCDP where_prec 1)")),
        (CodeScheme::Ucdp, "2") => (Near25Km, Some("within about 25 km (UCDP where_prec 2)")),
        (CodeScheme::Ucdp, "3") => (Area, Some("district (UCDP where_prec 3)")),
        (CodeScheme::Ucdp, "4") => (Governorate, Some("governorate (UCDP where_prec 4)")),
        (CodeScheme::Ucdp, "5") => (Area, Some("a larger area or a line (UCDP where_prec 5)")),
        (CodeScheme::Ucdp, "6") => (Unknown, Some("country (UCDP where_prec 6)")),
        (CodeScheme::Ucdp, "7") => (Area, Some("sea or air (UCDP where_prec 7)")),
        (_, plain) => (place_class(plain), None),
    }
}

/// Whether no point on the map would be honest for a place of this precision: that of a district stands for all of it.
/// A text that is not understood is none of these.
pub(super) fn is_no_point(text: &str, scheme: CodeScheme) -> bool {
    match place_precision(text, scheme).0 {
        PrecisionClass::Area | PrecisionClass::Governorate => true,
        PrecisionClass::Unknown => scheme == CodeScheme::Ucdp || plain_name(text) == "unknown",
        _ => false,
    }
}

/// A class by its own word, else by the words that tables have for it.
fn place_class(plain: &str) -> PrecisionClass {
    if let Ok(class) = PrecisionClass::from_str(plain) {
        return class;
    }
    const WORDS: [(PrecisionClass, &[&str]); 6] = [
        (PrecisionClass::Exact, &["exact", "geolocated", "landmark", "building", "دقيق"]),
        // Before the areas: Airwars says "Neighbourhood/area".
        (PrecisionClass::Place, &["neighbourhood", "neighborhood", "street", "حي"]),
        (PrecisionClass::Governorate, &["governorate", "province", "gouvernorat", "محافظه"]),
        (PrecisionClass::Area, &["area", "district", "subdistrict", "region", "country", "منطقه", "ناحيه"]),
        (PrecisionClass::City, &["city", "ville", "مدينه"]),
        (PrecisionClass::Place, &["town", "village", "hill", "place", "settlement", "بلده", "قريه"]),
    ];
    let has = |words: &[&str]| plain.split('_').any(|word| words.contains(&word));
    WORDS.iter().find(|(_, words)| has(words)).map_or(PrecisionClass::Unknown, |(class, _)| *class)
}

/// The kind of an event; UCDP's number in words.
pub(super) fn kind_of_event(text: &str, scheme: CodeScheme) -> String {
    kind_of_code(text, scheme).unwrap_or(text).to_owned()
}

fn kind_of_code(text: &str, scheme: CodeScheme) -> Option<&'static str> {
    match (scheme, text) {
        (CodeScheme::Ucdp, "1") => Some("State-based conflict"),
        (CodeScheme::Ucdp, "2") => Some("Non-state conflict"),
        (CodeScheme::Ucdp, "3") => Some("One-sided violence"),
        _ => None,
    }
}

/// How sure it is; UCDP's clarity in words.
pub(super) fn confidence(text: &str, scheme: CodeScheme) -> String {
    confidence_of_code(text, scheme).unwrap_or(text).to_owned()
}

fn confidence_of_code(text: &str, scheme: CodeScheme) -> Option<&'static str> {
    match (scheme, text) {
        (CodeScheme::Ucdp, "1") => Some("clear (UCDP event_clarity 1)"),
        (CodeScheme::Ucdp, "2") => Some("less clear (UCDP event_clarity 2)"),
        _ => None,
    }
}

/// What an item of this field means, in our word and for people where that differs: the word and the label of a class,
/// the words of a code. `None` where it says only what is written, and for what is not known.
pub(super) fn meaning(
    field: EventField,
    scheme: CodeScheme,
    text: &str,
) -> Option<(&'static str, Option<&'static str>)> {
    let (word, label) = match field {
        EventField::PlacePrecision => match place_precision(text, scheme) {
            (PrecisionClass::Unknown, words) => return words.map(|words| (words, None)),
            (class, _) => (class.as_str(), class.label()),
        },
        EventField::DatePrecision => {
            precision_of_text(text, scheme).map(|precision| (precision.as_str(), precision.label()))?
        }
        EventField::Kind => return kind_of_code(text, scheme).map(|words| (words, None)),
        EventField::Confidence => return confidence_of_code(text, scheme).map(|words| (words, None)),
        EventField::Weapon => word_and_label(weapon_class(text), WeaponClass::as_str, WeaponClass::label),
        EventField::Target => word_and_label(target_class(text)?, TargetClass::as_str, TargetClass::label),
        EventField::Actor => word_and_label(actor_class(text)?, ActorClass::as_str, ActorClass::label),
        EventField::Grade => word_and_label(grade(text), Grade::as_str, Grade::label),
        EventField::Class => word_and_label(event_class(text)?, EventClass::as_str, EventClass::label),
        EventField::KilledOf => word_and_label(harm_scope(text), HarmScope::as_str, HarmScope::label),
        _ => return None,
    };
    // What is not stated is nothing to look for.
    (!matches!(word, "unknown" | "none")).then_some((word, Some(label)))
}

fn word_and_label<T: Copy>(
    class: T,
    word: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> (&'static str, &'static str) {
    (word(class), label(class))
}

/// The class of what was struck, by its word or label.
pub(super) fn target_class(text: &str) -> Option<TargetClass> {
    by_word_or_label(TargetClass::ALL, &plain_name(text), TargetClass::as_str, TargetClass::label)
}

/// The class of who did it, by its word or label.
pub(super) fn actor_class(text: &str) -> Option<ActorClass> {
    by_word_or_label(ActorClass::ALL, &plain_name(text), ActorClass::as_str, ActorClass::label)
}

/// What kind of row it is, by its word or label.
pub(super) fn event_class(text: &str) -> Option<EventClass> {
    by_word_or_label(EventClass::ALL, &plain_name(text), EventClass::as_str, EventClass::label)
}

/// Of whom figures are, in words.
pub(super) fn harm_scope(text: &str) -> HarmScope {
    let plain = plain_name(text);
    if let Ok(scope) = plain.parse() {
        return scope;
    }
    let has = |words: &[&str]| plain.split('_').any(|word| words.contains(&word));
    let civilians = has(&["civilian", "civilians", "civil", "civils", "مدني", "مدنيون", "مدنيين"]);
    let combatants = has(&[
        "combatant",
        "combatants",
        "fighter",
        "fighters",
        "soldier",
        "soldiers",
        "militants",
        "مقاتل",
        "مقاتلون",
    ]);
    match (civilians, combatants) {
        _ if has(&["all", "both", "total"]) => HarmScope::All,
        (true, true) => HarmScope::All,
        (true, false) => HarmScope::Civilians,
        (false, true) => HarmScope::Combatants,
        (false, false) => HarmScope::Unknown,
    }
}

/// The grade of that word, however it is written; what is none is not graded.
pub(super) fn grade(text: &str) -> Grade {
    by_word_or_label(Grade::ALL, &plain_name(text), Grade::as_str, Grade::label).unwrap_or(Grade::None)
}

/// The class of a weapon by its word or label, else by what its wording names.
pub(super) fn weapon_class(text: &str) -> WeaponClass {
    let plain = plain_name(text);
    if let Some(class) = by_word_or_label(WeaponClass::ALL, &plain, WeaponClass::as_str, WeaponClass::label) {
        return class;
    }
    const PARTS: [(WeaponClass, &[&str]); 7] = [
        (WeaponClass::BarrelBomb, &["barrel", "برميل", "براميل"]),
        (WeaponClass::Cluster, &["cluster", "عنقودي"]),
        (
            WeaponClass::AirStrike,
            &["air_strike", "airstrike", "drone", "air_raid", "frappe_aerienne", "غاره", "جوي"],
        ),
        (WeaponClass::Artillery, &["artillery", "artillerie", "مدفعي"]),
        (WeaponClass::GroundShelling, &["shelling", "mortar", "bombardement", "قصف"]),
        (WeaponClass::Rocket, &["rocket", "roquette", "راجمه"]),
        (WeaponClass::Missile, &["missile", "صاروخ"]),
    ];
    let mut named = PARTS.iter().filter(|(_, parts)| parts.iter().any(|part| plain.contains(part)));
    match (named.next(), named.next()) {
        (Some((class, _)), None) => *class,
        // A barrel bomb falls from the air, a cluster munition is dropped: the closer word counts.
        (
            Some((class @ (WeaponClass::BarrelBomb | WeaponClass::Cluster), _)),
            Some((WeaponClass::AirStrike, _)),
        ) => *class,
        (Some(_), Some(_)) => WeaponClass::Mixed,
        (None, _) => WeaponClass::Unknown,
    }
}

/// The class of that word or label.
fn by_word_or_label<T: Copy>(
    all: &[T],
    plain: &str,
    word: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    all.iter().copied().find(|&class| word(class) == plain || plain_name(label(class)) == plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_places_are_those_of_their_codebooks() {
        let class = |text, scheme| place_precision(text, scheme).0;
        let acled: Vec<_> = ["1", "2", "3"].map(|code| class(code, CodeScheme::Acled)).into();
        assert_eq!(acled, [PrecisionClass::Place, PrecisionClass::Near10Km, PrecisionClass::Governorate]);
        assert_eq!(class("2", CodeScheme::Ucdp), PrecisionClass::Near25Km);
        assert_eq!(class("4", CodeScheme::Ucdp), PrecisionClass::Governorate);
        assert_eq!(class("2", CodeScheme::Words), PrecisionClass::Unknown);
        assert!(PrecisionClass::ALL.iter().all(|one| class(one.as_str(), CodeScheme::Words) == *one));
        assert_eq!(class("Exact location (via Airwars)", CodeScheme::Words), PrecisionClass::Exact);
        assert_eq!(class("Village", CodeScheme::Words), PrecisionClass::Place);
        assert_eq!(class("Neighbourhood/area", CodeScheme::Words), PrecisionClass::Place);
        let no_point = |text, scheme| is_no_point(text, scheme);
        assert!(no_point("4", CodeScheme::Ucdp) && no_point("6", CodeScheme::Ucdp));
        assert!(no_point("3", CodeScheme::Acled) && !no_point("2", CodeScheme::Acled));
        assert!(no_point("Unknown", CodeScheme::Words) && !no_point("by eye", CodeScheme::Words));
    }

    #[test]
    fn a_code_is_known_by_its_words_and_a_class_by_its_word_and_its_label() {
        let word = |field, scheme, text| meaning(field, scheme, text).map(|(word, _)| word);
        assert_eq!(word(EventField::Kind, CodeScheme::Ucdp, "3"), Some("One-sided violence"));
        assert_eq!(word(EventField::PlacePrecision, CodeScheme::Acled, "1"), Some("place"));
        assert_eq!(meaning(EventField::DatePrecision, CodeScheme::Acled, "2"), Some(("week", Some("Week"))));
        for text in ["Air strike", "Airstrike", "air_strike", "Air/drone strike"] {
            assert_eq!(word(EventField::Weapon, CodeScheme::Words, text), Some("air_strike"), "{text}");
        }
        assert_eq!(word(EventField::Grade, CodeScheme::Words, "Confirmed"), Some("confirmed"));
        assert_eq!(word(EventField::Weapon, CodeScheme::Words, "unknown"), None);
        assert_eq!(word(EventField::Grade, CodeScheme::Words, "Event only"), None);
        assert_eq!(word(EventField::Kind, CodeScheme::Acled, "1"), None);
    }

    #[test]
    fn words_of_weapons_and_people_are_classed_only_where_they_are_clear() {
        assert_eq!(weapon_class("Airstrike"), WeaponClass::AirStrike);
        assert_eq!(weapon_class("Air/drone strike"), WeaponClass::AirStrike);
        assert_eq!(weapon_class("Shelling/artillery/missile attack"), WeaponClass::Mixed);
        assert_eq!(weapon_class("barrel bombs (air raid)"), WeaponClass::BarrelBomb);
        assert_eq!(weapon_class("غارة جوية"), WeaponClass::AirStrike);
        assert_eq!(weapon_class("Protest"), WeaponClass::Unknown);
        assert_eq!(harm_scope("fighters"), HarmScope::Combatants);
        assert_eq!(harm_scope("Civilians"), HarmScope::Civilians);
        assert_eq!(harm_scope("civilians and fighters"), HarmScope::All);
        assert_eq!(harm_scope("unknown status"), HarmScope::Unknown);
        assert_eq!((grade("Contested"), grade("Event only")), (Grade::Contested, Grade::None));
    }
}
