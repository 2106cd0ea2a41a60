//! What kind of thing an event is, and how its weapon, target, actor and grade are classed.
//!
//! Floor 1. A class stands beside the source's wording, never instead of it.

use super::word::word_list;

word_list! {
    /// What a row of a table of events is.
    EventClass, "class of event":
    Strike "strike" "Reported strike",
    AreaSummary "area_summary" "Summary of an area",
    Claim "claim" "Claim",
    Context "context" "Context",
    // Tables that others keep hold protests and battles, too: no strikes, and no words of a source on their own.
    Incident "incident" "Reported event",
}

word_list! {
    /// What struck.
    WeaponClass, "weapon class":
    AirStrike "air_strike" "Air strike",
    BarrelBomb "barrel_bomb" "Barrel bomb",
    Artillery "artillery" "Artillery",
    GroundShelling "ground_shelling" "Shelling",
    Rocket "rocket" "Rocket",
    Missile "missile" "Missile",
    Cluster "cluster" "Cluster munition",
    Mixed "mixed" "Several weapons",
    Unknown "unknown" "Weapon not stated",
}

word_list! {
    /// What was struck.
    TargetClass, "target class":
    PopulatedPlace "populated_place" "Town, village or homes",
    School "school" "School",
    Medical "medical" "Hospital",
    CivilDefence "civil_defence" "Civil defence",
    Military "military" "Military",
    Mixed "mixed" "Several targets",
    Unknown "unknown" "Target not stated",
}

word_list! {
    /// Who is said to have done it.
    ActorClass, "actor class":
    Russia "russia" "Russia",
    SyrianGovernment "syrian_government" "Syrian government",
    RussiaOrSyrianGovernment "russia_or_syrian_government" "Russia or Syrian government",
    RussiaAndSyrianGovernment "russia_and_syrian_government" "Russia and Syrian government",
    Opposition "opposition" "Opposition",
    Israel "israel" "Israel",
    Unknown "unknown" "Actor not stated",
}

word_list! {
    /// How well an event is established, in the words of Airwars.
    Grade, "grade":
    Confirmed "confirmed" "Confirmed",
    Fair "fair" "Fair",
    Weak "weak" "Weak",
    Contested "contested" "Contested",
    Discounted "discounted" "Discounted",
    None "none" "Not graded",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_found_again_by_its_word() {
        assert!(WeaponClass::ALL.iter().all(|&class| class.as_str().parse() == Ok(class)));
        assert!(ActorClass::ALL.iter().all(|&class| class.as_str().parse() == Ok(class)));
        assert!(TargetClass::ALL.iter().all(|&class| class.as_str().parse() == Ok(class)));
    }

    #[test]
    fn a_word_that_is_no_class_is_refused_by_name() {
        let error = "drone".parse::<WeaponClass>().unwrap_err();
        assert_eq!(error.to_string(), "\"drone\" is not a weapon class");
    }
}
