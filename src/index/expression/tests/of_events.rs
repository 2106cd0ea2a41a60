//! Filters are asked of events: figures, classes, codes, lists, days.
//!
//! Floor 2.

use super::*;
use crate::situation::{CodeScheme, FeatureDetails, PropertyValue};

#[test]
fn at_least_is_asked_of_the_low_figure_and_at_most_of_the_high_one() {
    // 4–9, 0–1, unknown, at least 5, up to 3, exactly 5.
    let low = numbers("lo", &[Some(4.0), Some(0.0), None, Some(5.0), None, Some(5.0)]);
    let high = numbers("hi", &[Some(9.0), Some(1.0), None, None, Some(3.0), Some(5.0)]);
    let store = store(6, vec![low, high]);
    let both = mapping(&[(EventField::KilledLow, &["lo"]), (EventField::KilledHigh, &["hi"])]);
    for (filter, expected) in [
        ("killed >= 1", &[0, 3, 5][..]),
        ("killed > 4", &[3, 5]),
        ("killed <= 3", &[1, 4]),
        ("killed < 9", &[1, 4, 5]),
        ("killed = 5", &[5]),
        ("killed != 5", &[1, 4]),
        ("not (killed >= 5)", &[1, 4]),
        ("not (killed <= 3)", &[0, 3, 5]),
        ("killed in 4..9", &[0, 5]),
        ("killed in (5, 7)", &[5]),
        ("killed is unknown", &[2]),
        ("killed.low >= 5", &[3, 5]),
        // Nobody gives a best figure: it is known where the range is one number.
        ("killed.best >= 1", &[5]),
        ("killed.best is known", &[5]),
    ] {
        assert_eq!(event_rows(&store, &both, filter), expected, "{filter}");
    }
    let only_best = mapping(&[(EventField::KilledBest, &["hi"])]);
    assert_eq!(event_rows(&store, &only_best, "killed >= 3"), [0, 4, 5]);
    assert_eq!(event_rows(&store, &only_best, "killed <= 3"), [1, 4]);
}

#[test]
fn figures_are_read_as_the_details_read_them_whatever_their_column_holds() {
    let texts =
        [Some("4-9"), Some("at least 4"), Some("1,200"), Some("none"), Some("unknown"), Some("many"), None];
    // A blank low figure beside a best one of 5, and one that no program reads as a number.
    let low = words("lo", &[None, None, None, Some("2"), Some("1"), None, Some("3+")]);
    let best = numbers("n", &[Some(5.0), Some(2.5), None, Some(3.0), None, Some(0.0), None]);
    let store = store(7, vec![words("killed", &texts), low, best]);
    let in_words = mapping(&[(EventField::KilledBest, &["killed"])]);
    let in_both = mapping(&[(EventField::InjuredLow, &["lo"]), (EventField::InjuredBest, &["n"])]);
    for (mapping, filter, expected) in [
        (&in_words, "killed >= 1", &[0, 1, 2][..]),
        (&in_words, "killed >= 5", &[2]),
        (&in_words, "killed <= 9", &[0, 3]),
        (&in_words, "killed = 0", &[3]),
        (&in_words, "killed != 0", &[0, 1, 2]),
        (&in_words, "killed is unknown", &[4, 5, 6]),
        (&in_words, "killed.low >= 4", &[0, 1]),
        (&in_words, "killed.best >= 1", &[2]),
        (&in_words, "killed.high is known", &[0]),
        (&in_both, "injured >= 5", &[0]),
        (&in_both, "injured >= 2", &[0, 3, 6]),
        (&in_both, "injured <= 3", &[3, 5]),
        (&in_both, "injured is unknown", &[1, 2]),
        (&in_both, "injured.low >= 1", &[3, 4, 6]),
    ] {
        assert_eq!(event_rows(&store, mapping, filter), expected, "{filter}");
    }
    for mapping in [&in_words, &in_both] {
        let events = events_by(&store, mapping);
        let (figures, people) = match events.killed() {
            Some(killed) => (killed, "killed"),
            None => (events.injured().unwrap(), "injured"),
        };
        for count in [0, 1, 2, 3, 4, 5, 1200] {
            let found = event_rows(&store, mapping, &format!("{people} >= {count}"));
            let expected = (0..store.len()).filter(|&row| figures.harm(row).at_least(count));
            assert_eq!(found, expected.collect::<Vec<_>>(), "{people} >= {count}");
        }
    }
    let refused = "killed ~ many".parse::<Filter>().unwrap();
    let events = events_by(&store, &in_words);
    let error = refused.verdict(&Scope::of(&store).with_events(&events)).unwrap_err();
    assert_eq!(error.to_string(), "the column \"killed\" holds numbers, and a part of a text was asked for");
}

#[test]
fn a_field_of_several_columns_is_met_by_any_of_them() {
    let actor1 = words("actor1", &[Some("Military of Russia"), Some("HTS"), None, Some("HTS")]);
    let actor2 = words("actor2", &[Some("Civilians"), None, None, Some("روسيا")]);
    let sources = words("source", &[Some("SOHR; SMART"), Some("SMART"), None, Some("SOHR Online")]);
    let store = store(4, vec![actor1, actor2, sources]);
    let mapping = mapping(&[(EventField::Actor, &["actor1", "actor2"]), (EventField::Source, &["source"])]);
    assert_eq!(event_rows(&store, &mapping, "actor ~ russia or actor ~ \"رُوسيا\""), [0, 3]);
    assert_eq!(event_rows(&store, &mapping, "actor != \"HTS\""), [0]);
    assert_eq!(event_rows(&store, &mapping, "actor is unknown"), [2]);
    assert_eq!(event_rows(&store, &mapping, "source = SOHR"), [0]);
    assert_eq!(event_rows(&store, &mapping, "source != SMART"), [3]);
    // A field that nothing is mapped to is a column of that name.
    let none = EventMapping::default();
    assert_eq!(event_rows(&store, &none, "source = SMART"), [0, 1]);
}

#[test]
fn codes_are_met_by_their_words_and_classes_by_their_labels() {
    let kind = numbers("type_of_violence", &[Some(1.0), Some(3.0), None, Some(3.0)]);
    let place = words("where_prec", &[Some("1"), Some("2"), Some("4"), None]);
    let weapon = words("weapon", &[Some("air_strike"), Some("Air strike"), Some("unknown"), None]);
    let store = store(4, vec![kind, place, weapon]);
    let fields: [(EventField, &[&str]); 3] = [
        (EventField::Kind, &["type_of_violence"]),
        (EventField::PlacePrecision, &["where_prec"]),
        (EventField::Weapon, &["weapon"]),
    ];
    let mut mapping = mapping(&fields);
    mapping.scheme = CodeScheme::Ucdp;
    for (filter, expected) in [
        ("kind = \"One-sided violence\"", &[1, 3][..]),
        ("kind ~ violence", &[1, 3]),
        ("kind != \"One-sided violence\"", &[0]),
        ("kind in (\"State-based conflict\", \"One-sided violence\")", &[0, 1, 3]),
        ("kind = 3", &[1, 3]),
        ("precision ~ \"25 km\"", &[1]),
        ("precision = governorate", &[2]),
        ("weapon = air_strike", &[0, 1]),
        ("weapon ~ \"Air strike\"", &[0, 1]),
        ("weapon ~ stated", &[]),
    ] {
        assert_eq!(event_rows(&store, &mapping, filter), expected, "{filter}");
    }
    // A column that is asked by its own name holds what is written.
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    assert!(read("[type_of_violence] ~ violence").verdict(&scope).is_err());
    let kinds = counted(&scope, &Subject::Field(EventField::Kind), "");
    assert_eq!(kinds, "One-sided violence 2, State-based conflict 1");
}

#[test]
fn an_event_of_which_only_the_week_is_known_possibly_meets_each_of_its_days() {
    let first = words("first", &[Some("2018-09-08"), Some("2018-09-05"), Some("2018-09-01"), None]);
    let last = words("last", &[Some("2018-09-08"), Some("2018-09-11"), Some("2018-09-30"), None]);
    let precision = words("precision", &[Some("day"), Some("week"), Some("day"), None]);
    let store = store(4, vec![first, last, precision]);
    let mapping = mapping(&[
        (EventField::Date, &["first"]),
        (EventField::LastDate, &["last"]),
        (EventField::DatePrecision, &["precision"]),
    ]);
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    let found = |filter: &str| {
        let verdict = read(filter).verdict(&scope).unwrap();
        let possible = verdict.possible().map(|rows| rows.iter().collect()).unwrap_or_default();
        (verdict.met().iter().collect::<Vec<_>>(), possible)
    };
    let nothing: Vec<usize> = Vec::new();
    assert_eq!(found("date = 2018-09-08"), (vec![0, 1, 2], vec![1]));
    assert_eq!(found("date in 2018-09-08..2018-09-08"), (vec![0, 1, 2], vec![1]));
    assert_eq!(found("date in 2018-09-05..2018-09-11"), (vec![0, 1, 2], nothing.clone()));
    assert_eq!(found("date < 2018-09-08"), (vec![1, 2], vec![1]));
    assert_eq!(found("date >= 2018-10"), (nothing.clone(), nothing.clone()));
    assert_eq!(found("date = 2018"), (vec![0, 1, 2], nothing.clone()));
    assert_eq!(found("not (date = 2018-09-08)"), (vec![1], vec![1]));
    assert_eq!(found("not (date = 2018-09-20)"), (vec![0, 1], nothing.clone()));
    assert_eq!(found("date is unknown"), (vec![3], nothing));
    // One of two days is certain where either of them is.
    assert_eq!(found("date in (2018-09-08, 2018-09-20)"), (vec![0, 1, 2], vec![1]));
}

#[test]
fn what_one_of_several_layers_lacks_is_unknown_there_and_no_error() {
    let store = store(2, vec![words("t", &[Some("a"), None])]);
    let scope = Scope { absent_is_unknown: true, ..Scope::of(&store) };
    let found = |filter: &str| read(filter).verdict(&scope).unwrap().met().iter().collect::<Vec<_>>();
    assert_eq!((found("grade = weak"), found("not (grade = weak)")), (vec![], vec![]));
    assert_eq!((found("grade is unknown"), found("not (grade is known)")), (vec![0, 1], vec![0, 1]));
    assert_eq!((found("t > 5"), found("t = a or grade = weak")), (vec![], vec![0]));
}

#[test]
fn a_class_is_met_by_its_word_and_its_label_and_a_wording_by_what_is_written() {
    let weapon =
        words("weapon", &[Some("Airstrike"), Some("Barrel bombs (air raid)"), None, Some("unknown"), None]);
    let kind =
        words("kind", &[Some("Strike"), None, Some("Air/drone strike"), Some("Shelling"), Some("Protest")]);
    let grade = words("grade", &[Some("Confirmed"), Some("FAIR"), Some("Event only"), None, None]);
    let precision = numbers("prec", &[Some(1.0), Some(4.0), Some(6.0), None, Some(2.0)]);
    let store = store(5, vec![weapon, kind, grade, precision]);
    let mut mapping = mapping(&[
        (EventField::Weapon, &["weapon"]),
        (EventField::Kind, &["kind"]),
        (EventField::Grade, &["grade"]),
        (EventField::PlacePrecision, &["prec"]),
    ]);
    mapping.scheme = CodeScheme::Ucdp;
    for (filter, expected) in [
        ("weapon = air_strike", &[0, 2][..]),
        ("weapon = \"Air strike\"", &[0, 2]),
        ("weapon = Airstrike", &[0, 2]),
        ("weapon in (barrel_bomb, \"unknown\")", &[1, 3]),
        ("weapon ~ \"air raid\"", &[1]),
        ("weapon ~ strike", &[0, 2]),
        ("weapon != air_strike", &[1, 3]),
        ("not (weapon ~ strike)", &[1, 3]),
        ("weapon is unknown", &[4]),
        ("class = strike", &[0, 1, 2]),
        ("class = incident", &[3, 4]),
        ("grade = confirmed", &[0]),
        ("grade in (fair, confirmed)", &[0, 1]),
        ("grade = \"Event only\"", &[2]),
        ("precision = place", &[0]),
        ("precision in (governorate, near_25km)", &[1, 4]),
        ("precision ~ \"25 km\"", &[4]),
        ("precision = 4", &[1]),
        ("precision >= 4", &[1, 2]),
        ("precision != place", &[1, 2, 4]),
    ] {
        assert_eq!(event_rows(&store, &mapping, filter), expected, "{filter}");
    }
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    let counts = |field| counted(&scope, &Subject::Field(field), "");
    assert_eq!(counts(EventField::Weapon), "air_strike 2, barrel_bomb 1, unknown 1");
    assert_eq!(counts(EventField::Class), "strike 3, incident 2");
    assert_eq!(
        counts(EventField::PlacePrecision),
        "country (UCDP where_prec 6) 1, governorate 1, near_25km 1, place 1"
    );
}

#[test]
fn every_list_is_taken_apart_in_the_same_way_wherever_it_is_held() {
    let sources = words("source", &[Some("SOHR|SMART"), Some("SNHR ؛ SOHR"), Some("SMART\nSNHR"), None]);
    let actors = words("actor1", &[Some("Army of A; Guild"), None, Some("Guild"), Some("B")]);
    let store = store(4, vec![sources, actors]);
    let mapping = mapping(&[(EventField::Source, &["source"]), (EventField::Actor, &["actor1"])]);
    for (filter, expected) in [
        ("source = SOHR", &[0, 1][..]),
        ("source = SNHR", &[1, 2]),
        ("source != SOHR", &[2]),
        ("actor = Guild", &[0, 2]),
        ("actor = \"Army of A; Guild\"", &[0]),
        ("actor in (\"Army of A\", B)", &[0, 3]),
    ] {
        assert_eq!(event_rows(&store, &mapping, filter), expected, "{filter}");
    }
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..3 {
        builder.end_feature(GeometryKind::None, (row, row));
    }
    let tags = column("tags", 2, ColumnData::InSource { kind: "json" });
    let store = builder.finish(vec![tags], Some(std::sync::Arc::new(Tagged)));
    let mapping = self::mapping(&[(EventField::Tags, &["tags"])]);
    assert_eq!(event_rows(&store, &mapping, "tags = market"), [0, 1]);
    assert_eq!(event_rows(&store, &mapping, "not (tags = \"many dead\")"), [1]);
    assert_eq!(event_rows(&store, &mapping, "tags is unknown"), [2]);
}

struct Tagged;

impl crate::situation::DetailSource for Tagged {
    fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
        let value = match start {
            0 => PropertyValue::Json(r#"["market","many dead"]"#.to_owned()),
            1 => PropertyValue::Text("school; market".to_owned()),
            _ => PropertyValue::Null,
        };
        Ok(FeatureDetails { properties: vec![("tags".to_owned(), value)], ..FeatureDetails::default() })
    }
}
