//! What the cells of a table say.

use super::*;

#[test]
fn details_are_the_row_word_for_word() {
    let store = read("name,n,code,lat,lon\n\"a \"\"b\"\"\",1.50,007,35.8,36.6\n,,,35.8,36.6\n").value;
    let details = store.details(0).unwrap().properties;
    assert_eq!(details[0], ("name".into(), PropertyValue::Text("a \"b\"".into())));
    assert_eq!(details[1], ("n".into(), PropertyValue::Number { value: 1.5, written: "1.50".into() }));
    assert_eq!(details[2], ("code".into(), PropertyValue::Text("007".into())));
    assert_eq!(store.details(1).unwrap().properties[0].1, PropertyValue::Null);
}

#[test]
fn blank_is_none_and_codes_stay_text() {
    let store = read("code,phone,n,lat,lon\n007,+963 11,0,35,36\n12,12,,35,36\n13,13,NA,35,36\n").value;
    assert_eq!((text(&store, "code", 0), text(&store, "code", 1)), (Some("007".into()), Some("12".into())));
    assert_eq!(text(&store, "phone", 0).as_deref(), Some("+963 11"));
    let numbers: Vec<_> = (0..3).map(|row| number(&store, "n", row)).collect();
    assert_eq!((numbers, store.column("n").unwrap().filled), (vec![Some(0.0), None, None], 1));
}

#[test]
fn numbers_that_turn_out_to_be_codes_late_are_text_from_the_first_row_on() {
    let mut table = String::from("code,lat,lon\n");
    (0..60_000).for_each(|row| table += &format!("{},35.5,36.5\n", row % 90));
    table += "A7,35.5,36.5\n";
    (0..60_000).for_each(|row| table += &format!("{},35.5,36.5\n", row % 90));
    let store = read(table).value;
    assert_eq!(store.len(), 120_001);
    assert_eq!([0, 60_000, 120_000].map(|row| text(&store, "code", row).unwrap()), ["0", "A7", "59"]);
}

#[test]
fn words_for_unknown_are_no_value_where_the_column_is_counted() {
    let table = "lat,lon,killed,figure,weapon\n35,36,-,4-9,unknown\n35,36,,unknown,rocket\n\
        35,36,0,at least 4,-\n35,36,–,7,rocket\n35,36,Unknown,-,shell\n\
        35,36,3,none,shell\n";
    let store = read(table).value;
    let killed: Vec<_> = (0..5).map(|row| number(&store, "killed", row)).collect();
    assert_eq!(killed, [None, None, Some(0.0), None, None]);
    assert_eq!(text(&store, "figure", 5).as_deref(), Some("none"), "which is 0");
    let figures: Vec<_> = (0..5).map(|row| text(&store, "figure", row)).collect();
    assert_eq!(figures, [Some("4-9".into()), None, Some("at least 4".into()), Some("7".into()), None]);
    assert_eq!(text(&store, "weapon", 0).as_deref(), Some("unknown"));
}

#[test]
fn a_column_is_not_read_again_once_nobody_wants_it() {
    let text = "a,b\n".to_owned() + &"1,5\n".repeat(500) + "x,5\n";
    let source = SourceBytes::from_bytes("a table", text.clone().into()).unwrap();
    let progress = Progress::default();
    let looks = std::sync::atomic::AtomicUsize::new(0);
    // The rows are read in one stretch, at whose beginning the reader looks up.
    let has_changed = || looks.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0;
    let plan = |_| Plan::with_stretches(1, usize::MAX, &progress, &|_| {}).watching(&has_changed);
    let loaded = read_table(&source, text.as_bytes(), &ReadingOptions::default(), &plan);
    assert!(matches!(loaded, Err(LoadError::Cancelled)));
}
