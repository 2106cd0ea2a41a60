//! Filters are asked of the columns of a layer.
//!
//! Floor 2.

use super::*;
use crate::situation::{FeatureDetails, PropertyValue, instant_of};

#[test]
fn a_range_takes_both_ends_and_no_row_without_a_number() {
    let values = [Some(0.0), Some(5.0), None, Some(7.5), Some(f64::INFINITY), Some(-1.0)];
    let store = store(6, vec![numbers("n", &values)]);
    for (filter, expected) in [
        ("n in 0..7.5", &[0, 1, 3][..]),
        ("n in 5..", &[1, 3, 4]),
        ("n in ..0", &[0, 5]),
        ("n in (5, 7.5)", &[1, 3]),
        ("n > 5", &[3, 4]),
        ("n < 5", &[0, 5]),
        ("n >= 5 and n <= 5", &[1]),
        ("n is unknown", &[2]),
        ("n is known", &[0, 1, 3, 4, 5]),
        ("n = \"5\"", &[1]),
    ] {
        assert_eq!(rows(&store, filter), expected, "{filter}");
    }
}

#[test]
fn what_is_unknown_is_in_no_comparison_nor_in_its_opposite() {
    let store = store(
        4,
        vec![
            numbers("n", &[Some(1.0), Some(9.0), None, Some(5.0)]),
            words("t", &[Some("a"), None, Some("b"), Some("b")]),
        ],
    );
    for (filter, expected) in [
        ("n != 5", &[0, 1][..]),
        ("not (n = 5)", &[0, 1]),
        ("not (n >= 5)", &[0]),
        ("not (n != 5)", &[3]),
        ("not (n in (1, 5))", &[1]),
        ("t != a", &[2, 3]),
        ("not (t ~ a)", &[2, 3]),
        ("not not (t = a)", &[0]),
        // Unknown or true is true; unknown and false is false, and its opposite true.
        ("n >= 5 or t = b", &[1, 2, 3]),
        ("not (n >= 5 and t = a)", &[0, 2, 3]),
        ("not (n >= 5 or t = b)", &[0]),
        ("not (n is known)", &[2]),
    ] {
        assert_eq!(rows(&store, filter), expected, "{filter}");
    }
}

#[test]
fn dates_are_met_in_days_instants_and_words_by_day_month_and_year() {
    let days = vec![day("2018-08-31"), day("2018-09-01"), ColumnData::NO_DAY, day("2018-09-10")];
    let instant = |text: &str| instant_of(text).unwrap();
    let instants = vec![
        instant("2018-08-31T23:59:59+03:00"),
        instant("2018-09-01T00:00:00+03:00"),
        ColumnData::NO_INSTANT,
        instant("2018-09-10T23:59:59+03:00"),
    ];
    let texts = ["2018-08-31", "2018-09-01T12:00:00Z", "unknown", "2018-09-10"].map(Some);
    let store = store(
        4,
        vec![
            column("d", 3, ColumnData::Day(days)),
            column("i", 3, ColumnData::Instant(instants)),
            words("w", &texts),
        ],
    );
    for name in ["d", "i", "w"] {
        for (rest, expected) in [
            ("in 2018-09-01..2018-09-10", &[1, 3][..]),
            ("in ..2018-08-31", &[0]),
            ("= 2018-09-10", &[3]),
            ("in 2018-09..2018-09", &[1, 3]),
            ("< 2018-09", &[0]),
            ("> 2018-09-01", &[3]),
            ("= 2018", &[0, 1, 3]),
            ("in 2017..2018", &[0, 1, 3]),
            ("in 2018..2018-08", &[0]),
        ] {
            let filter = format!("{name} {rest}");
            assert_eq!(rows(&store, &filter), expected, "{filter}");
        }
        assert!(!rows(&store, &format!("not ({name} in 2018-09-01..)")).contains(&2));
    }
    assert_eq!(rows(&store, "i = \"2018-08-31T21:00:00Z\""), [1]);
    assert_eq!(rows(&store, "d is unknown"), [2]);
    // A text that is no date is neither of that day nor of another.
    assert_eq!(rows(&store, "w != 2018-09-10"), [0, 1]);
}

#[test]
fn instants_are_of_the_day_of_the_zone_unless_all_are_midnights_of_a_program() {
    let texts = ["2018-09-07T21:30:00Z", "2018-09-08T20:59:59Z", "2018-09-08T21:00:00Z"];
    let instants = texts.map(|text| instant_of(text).unwrap()).to_vec();
    let midnights = ["2018-09-07T00:00:00Z", "2018-09-08T00:00:00Z", "2018-09-09T00:00:00Z"];
    let midnights = midnights.map(|text| instant_of(text).unwrap()).to_vec();
    let store = store(
        3,
        vec![
            column("i", 3, ColumnData::Instant(instants)),
            words("w", &texts.map(Some)),
            column("m", 3, ColumnData::Instant(midnights)),
        ],
    );
    let in_zone = |filter: &str, zone: &str| {
        let scope = Scope { zone, ..Scope::of(&store) };
        read(filter).verdict(&scope).unwrap().met().iter().collect::<Vec<_>>()
    };
    for name in ["i", "w"] {
        let on_eighth = format!("{name} = 2018-09-08");
        assert_eq!(in_zone(&on_eighth, "Asia/Damascus"), [0, 1], "{name}");
        assert_eq!(in_zone(&on_eighth, "UTC"), [1, 2], "{name}");
    }
    assert_eq!(in_zone("i = \"2018-09-08T23:59:59+03:00\"", "UTC"), [1]);
    assert_eq!(in_zone("m = 2018-09-08", "Asia/Damascus"), [1]);
}

#[test]
fn words_are_met_by_their_whole_and_texts_by_a_part_in_any_spelling() {
    for many in [4, 400] {
        let mut names = ["Battles", "Air strike ÄRA", "إدلب"].map(str::to_owned).to_vec();
        names.extend((names.len()..many).map(|n| format!("w{n}")));
        let codes = (0..200).map(|row| if row % 4 == 3 { None } else { Some(row % 4) });
        let codes = Codes::collect(names.len(), codes);
        let store = store(200, vec![column("t", 150, ColumnData::Word { words: names, codes })]);
        assert_eq!(rows(&store, "t in (Battles, \"إدلب\")").len(), 100);
        assert_eq!((rows(&store, "t ~ \"STRIKE ara\"").len(), rows(&store, "t ~ ادلب").len()), (50, 50));
        assert_eq!((rows(&store, "t = battles").len(), rows(&store, "t is unknown").len()), (0, 50));
    }
}

struct Notes;

impl crate::situation::DetailSource for Notes {
    fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
        let value = match start {
            0 => PropertyValue::Text("heavily SHELLED".to_owned()),
            1 => PropertyValue::Number { value: 7.0, written: "7".to_owned() },
            2 => PropertyValue::Null,
            _ => return Ok(FeatureDetails::default()),
        };
        Ok(FeatureDetails { properties: vec![("notes".to_owned(), value)], ..FeatureDetails::default() })
    }
}

#[test]
fn a_column_that_is_only_in_the_source_is_decoded() {
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..100 {
        builder.end_feature(GeometryKind::None, (row, row));
    }
    let notes = column("notes", 2, ColumnData::InSource { kind: "mixed" });
    let store = builder.finish(vec![notes], Some(std::sync::Arc::new(Notes)));
    assert_eq!(rows(&store, "notes ~ shelled"), [0]);
    assert_eq!((rows(&store, "notes = 7"), rows(&store, "notes >= 5")), (vec![1], vec![1]));
    assert_eq!((rows(&store, "notes != 7"), rows(&store, "not (notes >= 5)")), (vec![0], vec![]));
    assert_eq!((rows(&store, "notes is known"), rows(&store, "notes is unknown").len()), (vec![0, 1], 98));
}

#[test]
fn an_unknown_column_or_another_type_is_refused_with_what_there_is() {
    let store = store(1, vec![numbers("count", &[Some(1.0)]), words("t", &[Some("a")])]);
    assert_eq!(
        refusal(&store, "coutn = 1"),
        "there is no column \"coutn\"; did you mean count?; there are count, t"
    );
    assert_eq!(
        refusal(&store, "t > 1"),
        "the column \"t\" holds text, and a number to compare with was asked for"
    );
    assert!(refusal(&store, "count ~ \"1x\"").contains("holds numbers, and a part of a text"));
    assert!(refusal(&store, "count in 2018-01-01..").contains("holds numbers, and a date"));
    assert!(refusal(&store, "count = many").contains("holds numbers, and a word"));
    assert!(refusal(&store, "inside \"Zone\"").contains("there is no layer \"Zone\""));
    assert_eq!(refusal(&store, "inside area"), "no area is drawn");
}
