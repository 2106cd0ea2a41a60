//! The events and their claims against the rows that they were built from.

use super::*;

#[test]
fn all_ninety_four_events_are_there_by_class() {
    let all = events();
    let of = |class| all.iter().filter(|event| event.class == class).count();
    let classes = [EventClass::Strike, EventClass::AreaSummary, EventClass::Context, EventClass::Claim];
    assert_eq!((all.len(), classes.map(of)), (94, [84, 6, 3, 1]));
    assert_eq!(table(ROWS).len(), 94);
}

#[test]
fn an_event_stands_in_the_row_of_its_feature() {
    let ids = features("strikes").into_iter().map(|feature| feature["id"].as_str().unwrap().to_owned());
    assert!(events().into_iter().map(|event| event.id).eq(ids));
}

#[test]
fn the_strike_near_abdin_is_told_as_airwars_tells_it() {
    let strike = event("AW-RS3530");
    assert_eq!(strike.title_en, "Air strike, near Abdin");
    assert_eq!(strike.title_ar.as_deref(), Some("غارة جوية – قرب عابدين"));
    assert_eq!(strike.place.point(), Some(LonLat::new(36.541952, 35.480207)));
    assert_eq!((strike.place.precision, strike.place.radius_m), (PrecisionClass::Exact, Some(100)));
    assert_eq!(
        (strike.kind.weapon.class, strike.assessment.grade),
        (WeaponClass::AirStrike, Grade::Contested)
    );
    assert_eq!(strike.when.as_ref().unwrap().to_string(), "8 September 2018");
    assert_eq!(strike.killed.describe(), "4–6 civilians");
    assert!(
        strike
            .external_ids
            .iter()
            .any(|other| (other.scheme.as_str(), other.id.as_str()) == ("Airwars", "RS3530"))
    );
    let whole = strike.links.iter().find(|link| link.id == "AREA-0908-60RAIDS").unwrap();
    assert_eq!(whole.relation, LinkRelation::PartOf);
}

#[test]
fn of_the_sixty_raids_nothing_is_known_then_at_least_four_then_at_least_nine() {
    let raids = event("AREA-0908-60RAIDS");
    assert_eq!((raids.class, raids.place.shape), (EventClass::AreaSummary, PlaceShape::Area));
    let unknown =
        raids.claims.iter().position(|claim| claim.says.contains("no word yet on casualties")).unwrap();
    let four =
        raids.claims.iter().position(|claim| claim.killed.describe() == "at least 4 civilians").unwrap();
    let nine =
        raids.claims.iter().position(|claim| claim.killed.describe() == "at least 9 civilians").unwrap();
    assert!(unknown < four && four < nine);
    assert!(!raids.claims[unknown].killed.is_known() && !raids.claims[unknown].has_link());
}

#[test]
fn claims_stand_in_time_order_undated_ones_last() {
    for event in events() {
        let days = event.claims.iter().map(|claim| (claim.said_on.is_none(), claim.said_on));
        assert!(days.is_sorted(), "{}", event.id);
    }
}

#[test]
fn every_claim_has_the_figures_and_links_of_its_own_row_and_no_others() {
    let mut rows = BTreeMap::<String, Vec<_>>::new();
    for row in table(CLAIMS) {
        let urls: Vec<String> =
            row["url"].split(" ; ").filter(|url| !url.is_empty()).map(str::to_owned).collect();
        let figures = ["killed_low", "killed_best", "killed_high", "injured_low", "injured_high"];
        let claim = (row["source"].clone(), row["says"].clone(), figures.map(|name| count(&row[name])), urls);
        rows.entry(row["event_id"].clone()).or_default().push(claim);
    }
    let mut told = BTreeMap::<String, Vec<_>>::new();
    for event in events() {
        for claim in event.claims {
            let (killed, injured) = (claim.killed, claim.injured);
            let figures = [killed.low, killed.best, killed.high, injured.low, injured.high];
            told.entry(event.id.clone()).or_default().push((claim.source, claim.says, figures, claim.urls));
        }
    }
    rows.values_mut().chain(told.values_mut()).for_each(|claims| claims.sort());
    assert_eq!(rows, told);
    assert_eq!(told.values().flatten().count(), 273);
    assert_eq!(told.values().flatten().filter(|claim| claim.3.is_empty()).count(), 98);
}

#[test]
fn a_blank_cell_is_unknown_and_a_zero_is_none() {
    for (event, row) in events().iter().zip(table(ROWS)) {
        let cells = |low: &str, high: &str| (count(&row[low]), count(&row[high]));
        let figures = |harm: &Harm| (harm.low, harm.high);
        assert_eq!(event.id, row["id"]);
        assert_eq!(figures(&event.killed), cells("killed_min", "killed_max"), "{}", event.id);
        assert_eq!(figures(&event.injured), cells("injured_min", "injured_max"), "{}", event.id);
        assert_eq!((event.killed.best, event.injured.best), (None, None));
    }
    assert_eq!(event("PR-0910-LAHAYA").injured.describe(), "none reported");
    assert_eq!(event("AREA-0908-140").killed.describe(), "unknown");
}

#[test]
fn the_original_row_is_kept_word_for_word() {
    for (event, row) in events().into_iter().zip(table(ROWS)) {
        assert_eq!(event.original.into_iter().collect::<BTreeMap<_, _>>(), row);
    }
}

#[test]
fn combatants_are_not_called_civilians() {
    let scope = |id| event(id).killed.of;
    assert_eq!((scope("UC-263545"), scope("AREA-0904-45RAIDS")), (HarmScope::Combatants, HarmScope::All));
    // The row says civilians, and its upper figure is one of all killed.
    assert_eq!(scope("UC-263335"), HarmScope::All);
    let words: BTreeSet<_> =
        events().iter().map(|event| (event.harm_wording.clone(), event.killed.of)).collect();
    assert_eq!(words.len(), 6, "{words:?}");
}

#[test]
fn a_precision_class_draws_its_circle_and_says_where_it_is_assumed() {
    for event in events() {
        let place = &event.place;
        let radius_m = match place.precision {
            PrecisionClass::Exact => Some(100),
            PrecisionClass::Place => Some(1_000),
            PrecisionClass::City => Some(3_000),
            PrecisionClass::Near10Km => Some(10_000),
            PrecisionClass::Near25Km => Some(25_000),
            PrecisionClass::Area | PrecisionClass::Governorate | PrecisionClass::Unknown => None,
        };
        assert_eq!((place.radius_m, place.point().is_some()), (radius_m, radius_m.is_some()), "{}", event.id);
        assert!(radius_m.is_some() || !place.is_radius_assumed);
        let is_extent_told =
            place.extent_basis.as_ref().is_some_and(|basis| basis.starts_with("extent assumed"));
        assert_eq!(place.shape == PlaceShape::Area, is_extent_told, "{}", event.id);
    }
}

#[test]
fn what_is_known_to_the_governorate_alone_is_not_located() {
    let all = events();
    let unlocated = all.iter().filter(|event| !event.place.is_located()).map(|event| event.id.as_str());
    let expected = BTreeSet::from(["AW-RS3526", "AW-RS3543", "PR-0908-MUNTAR", "RU-0904-MOD"]);
    assert_eq!(unlocated.collect::<BTreeSet<_>>(), expected);
    let located = features("strikes").into_iter().map(|feature| feature["properties"]["located"] == true);
    assert!(all.iter().map(|event| event.place.is_located()).eq(located));
}

/// Who says it, the fewest killed that it gives, and how that stands to what others say.
fn told(id: &str) -> Vec<(String, Option<u32>, FigureStanding)> {
    let event = event(id);
    let standings = event.claim_standings();
    let claims = event.claims.iter().zip(standings);
    claims.map(|(claim, standing)| (claim.source.clone(), claim.killed.low, standing.killed)).collect()
}

#[test]
fn on_8_september_no_deaths_are_known_at_first_and_later_at_least_four_then_nine() {
    let raids = event("AREA-0908-60RAIDS");
    assert_eq!(
        (raids.class, raids.when.unwrap().to_string().as_str()),
        (EventClass::AreaSummary, "8 September 2018")
    );
    let told = told("AREA-0908-60RAIDS");
    let at = |source: &str| told.iter().position(|(who, ..)| who == source).unwrap();
    assert_eq!(told[at("SOHR via the founding report")].1, None);
    let figures: Vec<_> = told.iter().filter(|(_, killed, _)| killed.is_some()).collect();
    let later = |killed, standing| ("SOHR via AFP".to_owned(), Some(killed), standing);
    assert_eq!(figures, [&later(4, FigureStanding::UpdatedLater), &later(9, FigureStanding::Compatible)]);
    assert!(at("SOHR via AFP") > at("SOHR via the founding report"));
}

#[test]
fn the_sources_of_mhardeh_disagree_on_the_killed_and_each_count_is_marked() {
    use FigureStanding::{CountsOthers, Differs, UpdatedLater};
    let told = told("UC-263335");
    let counts: Vec<_> =
        told.iter().map(|(who, killed, standing)| (who.as_str(), killed.unwrap(), *standing)).collect();
    let expected = [
        ("SANA", 9, Differs),
        ("SOHR", 10, UpdatedLater),
        ("SOHR", 11, UpdatedLater),
        ("SOHR", 13, CountsOthers),
        ("SNHR via Baladi News", 11, Differs),
        ("SouthFront", 9, Differs),
        ("STJ", 9, Differs),
        ("UCDP GED", 13, CountsOthers),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn who_is_named_differs_only_between_sides_that_exclude_each_other() {
    let differing = |id: &str| {
        let event = event(id);
        let standings = event.claim_standings();
        let claims = event.claims.iter().zip(standings).filter(|(_, standing)| standing.who_differs);
        claims.map(|(claim, _)| claim.source.clone()).collect::<Vec<_>>()
    };
    assert_eq!(differing("AW-RS3535"), ["SNHR", "STJ", "Airwars"]);
    assert!(differing("AW-RS3532").is_empty() && differing("UC-263335").is_empty());
    let early = event("AW-RS3535").claim_standings();
    assert!(
        early[0].is_before_event && early.iter().filter(|standing| standing.is_before_event).count() == 1
    );
}

#[test]
fn no_property_of_an_event_is_passed_over() {
    let names: BTreeSet<_> = features("strikes")
        .iter()
        .flat_map(|feature| feature["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>())
        .collect();
    let read = "actor actor_wording admin aliases basis basis_extent claims class confidence coord_source date_end \
        date_precision date_start doubts edtf external_ids grade harm_of harm_of_wording id injured_high injured_low \
        killed_high killed_low links located note original place_ar place_as_written place_en place_name_basis \
        precision_class precision_wording radius_assumed radius_m source_urls sources target target_wording title_ar \
        title_en weapon weapon_wording";
    assert!(names.iter().map(String::as_str).eq(read.split_whitespace()), "{names:?}");
}
