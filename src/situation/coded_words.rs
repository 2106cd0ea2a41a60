//! What the codes and words of tables of events mean: places, kinds, scopes, grades, weapons.
//!
//! Floor 1. Sources: the codebooks of ACLED and of UCDP GED; a word that is not known is kept as wording, with no class.

use std::str::FromStr;

use super::plain_name::plain_name;
use super::{CodeScheme, Grade, HarmScope, PrecisionClass, WeaponClass};

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

/// A class by its own word, else by the words that tables have for it.
fn place_class(plain: &str) -> PrecisionClass {
    if let Ok(class) = PrecisionClass::from_str(plain) {
        return class;
    }
    const WORDS: [(PrecisionClass, &[&str]); 5] = [
        (PrecisionClass::Exact, &["exact", "geolocated", "landmark", "building", "دقيق"]),
        (PrecisionClass::Governorate, &["governorate", "province", "gouvernorat", "محافظه"]),
        (PrecisionClass::Area, &["area", "district", "subdistrict", "region", "country", "منطقه", "ناحيه"]),
        (PrecisionClass::City, &["city", "ville", "مدينه"]),
        (
            PrecisionClass::Place,
            &[
                "town",
                "village",
                "hill",
                "neighbourhood",
                "neighborhood",
                "street",
                "place",
                "settlement",
                "بلده",
                "قريه",
                "حي",
            ],
        ),
    ];
    let has = |words: &[&str]| plain.split('_').any(|word| words.contains(&word));
    WORDS.iter().find(|(_, words)| has(words)).map_or(PrecisionClass::Unknown, |(class, _)| *class)
}

/// The kind of an event; UCDP's number in words.
pub(super) fn kind_of_event(text: &str, scheme: CodeScheme) -> String {
    let words = match (scheme, text) {
        (CodeScheme::Ucdp, "1") => "State-based conflict",
        (CodeScheme::Ucdp, "2") => "Non-state conflict",
        (CodeScheme::Ucdp, "3") => "One-sided violence",
        (_, other) => other,
    };
    words.to_owned()
}

/// How sure it is; UCDP's clarity in words.
pub(super) fn confidence(text: &str, scheme: CodeScheme) -> String {
    let words = match (scheme, text) {
        (CodeScheme::Ucdp, "1") => "clear (UCDP event_clarity 1)",
        (CodeScheme::Ucdp, "2") => "less clear (UCDP event_clarity 2)",
        (_, other) => other,
    };
    words.to_owned()
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
    plain_name(text).parse().unwrap_or(Grade::None)
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
pub(super) fn by_word_or_label<T: Copy>(
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
