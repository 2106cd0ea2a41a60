//! Tables of the collections of events, with all of their columns.

use super::*;

/// A table of these columns in another order, with the values that are given; the rest is blank.
fn shuffled(columns: &str, delimiter: &str, rows: &[&[(&str, &str)]]) -> String {
    let mut names: Vec<&str> = columns.split(',').map(str::trim).collect();
    names.reverse();
    names.swap(0, 7);
    let quoted = |value: &str| match value.contains([',', ';', '"', '\n']) {
        true => format!("\"{}\"", value.replace('"', "\"\"")),
        false => value.to_owned(),
    };
    let mut text = names.join(delimiter) + "\r\n";
    for row in rows {
        let value = |name: &&str| row.iter().find(|(known, _)| known == name).map_or("", |(_, value)| *value);
        text += &names.iter().map(|name| quoted(value(name))).collect::<Vec<_>>().join(delimiter);
        text += "\r\n";
    }
    text
}

#[test]
fn all_columns_of_ucdp_arrive_in_any_order_and_behind_a_byte_order_mark() {
    assert_eq!(UCDP.split(',').count(), 49);
    let rows: [&[(&str, &str)]; 2] = [
        &[
            ("id", "900001"),
            ("latitude", "35.8"),
            ("longitude", "36.6"),
            ("geom_wkt", "POINT(36.6 35.8)"),
            ("date_start", "2018-09-08 00:00:00.000"),
            ("best", "4"),
            ("low", "0"),
            ("source_headline", "\"Raids\", says a made-up source\nin two lines"),
            ("deaths_civilians", "0"),
        ],
        &[("id", "900002"), ("date_start", "2018-09-09 00:00:00.000"), ("source_headline", "")],
    ];
    let loaded = read(format!("\u{FEFF}{}", shuffled(UCDP, ",", &rows)));
    let store = &loaded.value;
    assert_eq!((store.len(), store.columns().len(), loaded.info.rejected), (2, 49, 0));
    assert_eq!((place(store, 0), place(store, 1)), (Some([36.6, 35.8]), None));
    assert_eq!(
        (number(store, "id", 1), number(store, "best", 0), number(store, "best", 1)),
        (Some(900_002.0), Some(4.0), None)
    );
    assert_eq!((number(store, "low", 0), number(store, "deaths_civilians", 1)), (Some(0.0), None));
    assert_eq!(text(store, "date_start", 1).as_deref(), Some("2018-09-09"));
    assert!(matches!(store.column("date_start").unwrap().data, ColumnData::Day(_)));
    assert_eq!(
        text(store, "source_headline", 0).as_deref(),
        Some("\"Raids\", says a made-up source\nin two lines")
    );
    assert_eq!(loaded.info.format, "CSV");
}

#[test]
fn all_columns_of_acled_arrive_with_semicolons_and_arabic_of_windows() {
    assert_eq!(ACLED.split(',').count(), 31);
    let rows: [&[(&str, &str)]; 2] = [
        &[
            ("event_id_cnty", "SYR0"),
            ("event_date", "2018-09-08"),
            ("location", "سراقب"),
            ("latitude", "35,8637"),
            ("longitude", "36,8005"),
            ("fatalities", "3"),
            ("source", "Made up; Also made up"),
        ],
        &[
            ("event_id_cnty", "SYR1"),
            ("location", "كفر زيتا"),
            ("latitude", "35,3736"),
            ("longitude", "36,6014"),
        ],
    ];
    let table = shuffled(ACLED, ";", &rows);
    let loaded = read(encoding_rs::WINDOWS_1256.encode(&table).0.into_owned());
    let store = &loaded.value;
    assert_eq!(loaded.info.format, "CSV with semicolons, Windows-1256, decimal commas");
    assert_eq!((store.len(), store.columns().len()), (2, 31));
    assert_eq!(place(store, 1), Some([36.6014, 35.3736]));
    assert_eq!(text(store, "location", 0).as_deref(), Some("سراقب"));
    assert_eq!((number(store, "fatalities", 0), number(store, "fatalities", 1)), (Some(3.0), None));
    assert_eq!(store.details(1).unwrap().words("location").as_deref(), Some("كفر زيتا"));
    assert!(told(&loaded, "rows of ACLED"), "{:?}", loaded.issues);
}

#[test]
fn hashtags_are_no_row_and_say_what_columns_are() {
    let loaded = read("Where,North,East,Killed\n#loc,#geo+lat,#geo+lon,#affected+killed\nx,35.5,36.5,2\n");
    let table = loaded.info.table.as_ref().unwrap();
    assert_eq!((loaded.value.len(), place(&loaded.value, 0)), (1, Some([36.5, 35.5])));
    assert_eq!(table.tags[3], ("Killed".to_owned(), "#affected+killed".to_owned()));
    let bare = read("#geo+lat,#geo+lon\n35.5,36.5\n");
    assert_eq!((bare.value.len(), bare.value.columns()[0].name.as_str()), (1, "#geo+lat"));
    assert_eq!(bare.info.table.unwrap().tags.len(), 2);
}
