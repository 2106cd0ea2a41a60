//! What no row can meet because its values are of another type is told where it is written.
//!
//! Floor 2.

use super::*;

fn vocabulary_of<'a>(features: &'a FeatureStore, events: &'a LayerEvents) -> Vocabulary<'a> {
    let scopes = vec![Scope::of(features).with_events(events)];
    Vocabulary { scopes, layers: Vec::new(), has_area: false }
}

/// Two events, and columns that are mapped to nothing.
fn store_of_events() -> (FeatureStore, LayerEvents) {
    let days = vec![day("2018-09-08"), day("2018-09-09")];
    let columns = vec![
        column("day", 2, ColumnData::Day(days.clone())),
        words("weapon", &[Some("Airstrike"), Some("shelling")]),
        words("grade", &[Some("Fair"), None]),
        numbers("lo", &[Some(1.0), Some(2.0)]),
        numbers("prec", &[Some(1.0), Some(4.0)]),
        numbers("n", &[Some(5.0), None]),
        words("note", &[Some("a road"), Some("a house")]),
        words("told", &[Some("5"), Some("many")]),
        column("seen", 2, ColumnData::Day(days)),
        column("is_open", 2, ColumnData::Bool(vec![Some(true), Some(false)])),
        column("empty", 0, ColumnData::Number(vec![f64::NAN; 2])),
    ];
    let store = store(2, columns);
    let mapping = mapping(&[
        (EventField::Date, &["day"]),
        (EventField::Weapon, &["weapon"]),
        (EventField::Grade, &["grade"]),
        (EventField::KilledBest, &["lo"]),
        (EventField::PlacePrecision, &["prec"]),
    ]);
    let events = events_by(&store, &mapping);
    (store, events)
}

#[test]
fn a_sign_or_a_value_that_the_values_have_no_answer_to_is_pointed_at_with_what_to_write_instead() {
    let (store, events) = store_of_events();
    let vocabulary = vocabulary_of(&store, &events);
    for (text, at, remedy) in [
        ("weapon > 5", 8, "“weapon” holds words: compare it with =, in (A, B) or ~"),
        ("n = 5 and not (weapon in 1..5)", 23, "“weapon” holds words: list them as in (A, B)"),
        ("weapon = 2018-09-08", 10, "“weapon” holds words, and none of them is a date: put a text in quotes"),
        ("grade >= \"abc\"", 7, "“grade” holds words: compare it with =, in (A, B) or ~"),
        ("class < 3", 7, "“class” holds words"),
        ("n in 5..1", 9, "the range ends before it begins"),
        ("date in 2018-09-10..2018-08", 21, "the range ends before it begins"),
        ("date = \"foo\"", 8, "“date” holds dates, and this is none: write 2018-09-08, 2018-09 or 2018"),
        ("date in (2018-09-08, foo)", 22, "“date” holds dates, and this is none"),
        ("date ~ 2018", 8, "a text in quotes was expected"),
        ("date ~ \"2018\"", 6, "“date” holds dates: compare it with =, <, > or in"),
        ("killed.best ~ \"x\"", 13, "“killed.best” holds numbers: compare it with =, <, > or in 1..5"),
        ("killed = many", 10, "“killed” holds numbers, and this is none"),
        ("killed in 2018-09-01..", 11, "“killed” holds numbers, and this is none"),
        ("killed >= many", 11, "a number or a date was expected"),
        ("n ~ 5", 5, "a text in quotes was expected"),
        ("n ~ \"5\"", 3, "“n” holds numbers: compare it with"),
        ("n != x", 6, "“n” holds numbers, and this is none"),
        ("note >= 5", 6, "“note” holds words: compare it with"),
        ("note > \"a\"", 6, "“note” holds words: compare it with"),
        ("seen ~ \"08\"", 6, "“seen” holds dates"),
        ("is_open > 0", 9, "“is_open” holds true and false: compare it with ="),
        ("is_open = yes", 11, "“is_open” holds true and false, and this is neither"),
    ] {
        let error = vocabulary.read(text).map(|filter| panic!("{text}: {filter}")).unwrap_err();
        assert_eq!(error.at, at, "{error}");
        assert!(error.reason.contains(remedy), "{error}");
    }
}

#[test]
fn a_value_that_a_closed_list_has_not_is_pointed_at_with_what_may_have_been_meant() {
    let (store, events) = store_of_events();
    let vocabulary = vocabulary_of(&store, &events);
    for (text, at, end, message) in [
        ("weapon = airstrkie", 10, 19, "no weapon is called airstrkie"),
        ("weapon in (rocket, artilery)", 20, 28, "no weapon is called artilery"),
        ("n = 5 and weapon != tank", 21, 25, "no weapon is called tank; there are air_strike, barrel_bomb"),
        ("grade = fare", 9, 13, "no grade is called fare"),
        ("class = striker", 9, 16, "no class is called striker"),
    ] {
        let error = vocabulary.read(text).map(|filter| panic!("{text}: {filter}")).unwrap_err();
        assert_eq!((error.at, error.end), (at, end), "{error}");
        assert!(error.reason.starts_with(message), "{error}");
    }
    let meant = |text: &str| vocabulary.read(text).unwrap_err().did_you_mean;
    assert_eq!(meant("weapon = airstrkie").as_deref(), Some("air_strike"));
    assert_eq!(meant("weapon = artilery").as_deref(), Some("artillery"));
    assert_eq!(meant("weapon = tank"), None);
}

#[test]
fn a_class_is_found_by_its_word_and_its_label_in_any_case_and_with_any_joint() {
    let (store, events) = store_of_events();
    let scope = Scope::of(&store).with_events(&events);
    for text in ["air_strike", "AIR_STRIKE", "\"Air strike\"", "\"air-strike\"", "Air_Strike"] {
        let filter = format!("weapon = {text} and weapon in ({text}) and not (weapon != {text})");
        let rows: Vec<usize> = read(&filter).verdict(&scope).unwrap().met().iter().collect();
        assert_eq!(rows, [0], "{filter}");
    }
}

#[test]
fn what_some_row_could_answer_is_no_mistake() {
    let (store, events) = store_of_events();
    let vocabulary = vocabulary_of(&store, &events);
    for text in [
        "weapon = Airstrike",
        "weapon = rocket",
        "weapon = 5",
        "weapon ~ \"5\"",
        "weapon != air_strike",
        "date = 2018",
        "date = \"2018-09-08\"",
        "killed = \"5\"",
        // Numbers that are codes for the precision, and words of which one is a number.
        "precision >= 4",
        "told >= 3",
        "note ~ road",
        "is_open = true",
        "empty ~ \"x\"",
        "weapon is unknown and date is known",
    ] {
        assert!(vocabulary.read(text).is_ok(), "{text}: {:?}", vocabulary.read(text));
    }
}

#[test]
fn a_date_that_is_written_otherwise_is_told_as_it_is_to_be_written() {
    let (store, events) = store_of_events();
    let vocabulary = vocabulary_of(&store, &events);
    for (text, at, end, remedy) in [
        ("date = 08.09.2018", 8, 18, "write the date as 2018-09-08"),
        ("date in 08.09.2018..10.09.2018", 9, 19, "write the date as 2018-09-08"),
        ("date > 8/9/2018", 8, 16, "write the date as 2018-09-08 (day first) or 2018-08-09 (month first)"),
        ("date = 2018-9-8 and n = 5", 8, 16, "write the date as 2018-09-08"),
        ("date = \"28.09.2018\"", 8, 20, "write the date as 2018-09-28"),
    ] {
        let error = vocabulary.read(text).map(|filter| panic!("{text}: {filter}")).unwrap_err();
        assert_eq!((error.at, error.end, error.reason.as_str()), (at, end, remedy));
    }
}

#[test]
fn all_of_an_unknown_word_is_marked() {
    let (store, events) = store_of_events();
    let vocabulary = vocabulary_of(&store, &events);
    for (text, at, end) in [("weapn = rocket", 1, 6), ("n = 5 and [no such] = 1", 11, 20), ("n =", 4, 5)] {
        let error = vocabulary.read(text).unwrap_err();
        assert_eq!((error.at, error.end), (at, end), "{error}");
    }
}

#[test]
fn a_type_that_one_of_several_layers_has_is_no_mistake() {
    let (words, numbers) =
        (store(1, vec![words("n", &[Some("a")])]), store(1, vec![numbers("n", &[Some(1.0)])]));
    let read = |scopes: Vec<Scope<'_>>, text: &str| {
        Vocabulary { scopes, ..Vocabulary::default() }.read(text).map_err(|error| error.at)
    };
    assert!(read(vec![Scope::of(&words), Scope::of(&numbers)], "n > 5").is_ok());
    assert!(read(vec![Scope::of(&numbers), Scope::of(&words)], "n ~ x").is_ok());
    assert_eq!(read(vec![Scope::of(&words)], "n > 5").unwrap_err(), 3);
    let date = "n in 2018-09-01..";
    assert_eq!(read(vec![Scope::of(&words), Scope::of(&numbers)], date).unwrap_err(), 3);
}
