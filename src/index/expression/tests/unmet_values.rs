//! Words that no row has are told as a hint, with what rows have that is written much like them.
//!
//! Floor 2.

use super::*;

fn store_of_places() -> (FeatureStore, LayerEvents) {
    let columns = vec![
        words("place", &[Some("Idlib"), Some("Saraqib"), None]),
        words("actor", &[Some("Russia; Syrian government"), Some("Faylaq al-Sham"), None]),
        words("weapon", &[Some("rocket"), None, None]),
        words("note", &[Some("a road"), Some("a house"), None]),
    ];
    let store = store(3, columns);
    let mapping = mapping(&[
        (EventField::Place, &["place"]),
        (EventField::Actor, &["actor"]),
        (EventField::Weapon, &["weapon"]),
    ]);
    let events = events_by(&store, &mapping);
    (store, events)
}

fn told(filter: &str) -> Vec<String> {
    let (store, events) = store_of_places();
    let asked = read(filter).asked_values(&Scope::of(&store).with_events(&events));
    unmet_values([&asked[..]].into_iter()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_word_that_no_row_has_is_told_with_the_nearest_that_one_has() {
    for (filter, hint) in [
        ("place = Idleb", "no place here is called “Idleb”; did you mean “Idlib”?"),
        ("not (place in (Idlib, Sarakib))", "no place here is called “Sarakib”; did you mean “Saraqib”?"),
        ("place ~ saraqeb", "no place here has “saraqeb” in it; did you mean “Saraqib”?"),
        ("actor != Rusia", "no actor here is called “Rusia”; did you mean “Russia”?"),
        ("note = \"a mosque\" or weapon = rocket", "no note here is called “a mosque”"),
    ] {
        let told = told(filter);
        assert!(told.len() == 1 && told[0].starts_with(hint), "{filter}: {told:?}");
    }
}

#[test]
fn a_word_that_a_row_has_and_a_class_that_none_has_are_no_slip() {
    for filter in [
        "place = Idlib",
        "place ~ \"DLI\"",
        "actor = russia",
        "actor = \"SYRIAN GOVERNMENT\"",
        "actor = Israel",
        "weapon = missile",
        "weapon is unknown and place is known",
        "no_such_column = x",
    ] {
        assert_eq!(told(filter), [] as [String; 0], "{filter}");
    }
}

#[test]
fn a_word_that_one_of_several_layers_has_is_met() {
    let (one, other) = (words("n", &[Some("Idlib")]), words("n", &[Some("Saraqib")]));
    let (one, other) = (store(1, vec![one]), store(1, vec![other]));
    let filter = read("n = Saraqib or n = Saraqeb");
    let asked = [&one, &other].map(|store| filter.asked_values(&Scope::of(store)));
    let unmet = unmet_values(asked.iter().map(|asked| &asked[..]));
    let meant: Vec<_> = unmet.iter().map(|unmet| (&*unmet.value, unmet.did_you_mean.as_deref())).collect();
    assert_eq!(meant, [("Saraqeb", Some("Saraqib"))]);
}

#[test]
fn asking_ends_where_nobody_wants_to_know_any_more() {
    let (store, events) = store_of_places();
    let stop = std::sync::atomic::AtomicBool::new(true);
    let scope = Scope { stop: &stop, ..Scope::of(&store).with_events(&events) };
    assert_eq!(read("place = Idlib").verdict(&scope), Err(FilterError::Stopped));
}
