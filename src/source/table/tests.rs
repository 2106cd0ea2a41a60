//! Whole tables, as they come from spreadsheets and from the collections of events; all rows are made up.

use super::*;
use crate::coords::LonLat;
use crate::situation::{ColumnData, FeatureStore, Gazetteer, GazetteerPlace, GeometryKind, PropertyValue};
use crate::source::plan::Plan;
use crate::source::{
    LoadError, Loaded, Progress, ReadingOptions, Severity, SourceBytes, read_layer_in_parts,
};

const UCDP: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,\
    dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,\
    number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,\
    where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,\
    event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,\
    location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

fn gazetteer() -> Gazetteer {
    let place = |name: &str, arabic: &str, lon: f64| GazetteerPlace {
        name_en: name.to_owned(),
        name_ar: Some(arabic.to_owned()),
        aliases: Vec::new(),
        at: LonLat::new(lon, 35.8),
        rank: 3,
        kind: "town".to_owned(),
        population: None,
    };
    Gazetteer::new(vec![
        place("Saraqib", "سراقب", 36.8),
        place("Kafr Zita", "كفر زيتا", 36.6),
        place("Qalaat", "قلعة", 36.1),
        place("Qalaat", "القلعة", 37.1),
    ])
}

fn try_read(bytes: impl Into<Vec<u8>>, table: TableSettings) -> Result<Loaded<FeatureStore>, LoadError> {
    let source = SourceBytes::from_bytes("a table", bytes.into()).unwrap();
    let options = ReadingOptions { table, gazetteer: Some(&gazetteer) };
    let view = source.view().unwrap();
    let progress = Progress::default();
    read_table(&source, &view, &options, &|_| Plan::with_stretches(3, 400, &progress, &|_| {}))
}

fn read(bytes: impl Into<Vec<u8>>) -> Loaded<FeatureStore> {
    try_read(bytes, TableSettings::default()).unwrap()
}

fn place(store: &FeatureStore, row: usize) -> Option<[f64; 2]> {
    store.geometry(row).vertices().first().copied()
}

fn text(store: &FeatureStore, column: &str, row: usize) -> Option<String> {
    store.column(column).unwrap_or_else(|| panic!("{column}")).text(row).map(|text| text.into_owned())
}

fn number(store: &FeatureStore, column: &str, row: usize) -> Option<f64> {
    store.column(column).unwrap_or_else(|| panic!("{column}")).number(row)
}

fn told(loaded: &Loaded<FeatureStore>, words: &str) -> bool {
    loaded.issues.iter().any(|issue| issue.to_string().contains(words))
}

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
fn what_is_kept_and_what_is_rejected_are_all_that_was_read() {
    let table = "id,lat,lon,n\n1,35.5,36.5,1\n2,95,36.5,1\n3,36.5,135.5,1\n4,136.5,35.5,1\n5,,,1\n6,abc,36,1\n\
        7,35.5,36.5,1,extra\n8\n\n,,,\n9,35.5,36.5\n";
    let loaded = read(table);
    let ids: Vec<_> = (0..loaded.value.len()).map(|row| number(&loaded.value, "id", row).unwrap()).collect();
    assert_eq!((ids, loaded.info.rejected), (vec![1.0, 3.0, 5.0, 6.0, 9.0], 4));
    for words in [
        "error in feature 1, line 3, column 3: latitude 95 is beyond ±90",
        "error in feature 3, line 5, column 3: latitude 136.5 is beyond ±90: latitude and longitude may be swapped",
        "warning in feature 5, line 7, column 3: the latitude “abc” is no number of degrees",
        "error in feature 6, line 8, column 1: it has 5 fields and the table has 4 columns",
        "error in feature 7, line 9, column 1: it has 1 field and",
        "warning in feature 8, line 12, column 1: it has 3 of 4 fields",
        "note: 1 blank row is left out",
    ] {
        assert!(told(&loaded, words), "{words}: {:#?}", loaded.issues);
    }
    assert_eq!(loaded.value.geometry(2).kind, GeometryKind::None);
}

#[test]
fn a_lost_quote_costs_one_line() {
    let loaded = read("a,b,lat,lon\n1,x,35,36\n2,\"y,35,36\n3,z,35,36\n4,\"w\",35,36\n5,v,35,36\n");
    let kept: Vec<_> = (0..loaded.value.len()).map(|row| number(&loaded.value, "a", row).unwrap()).collect();
    assert_eq!((kept, loaded.info.rejected), (vec![1.0, 3.0, 4.0, 5.0], 1));
    assert!(told(&loaded, "line 3, column 1: a quote in this line is not closed"), "{:?}", loaded.issues);
}

#[test]
fn places_are_read_in_every_way_that_tables_write_them() {
    for (table, lon, lat) in [
        ("n,Position\nx,37S BV 76999 29074\n", 36.542, 35.4802),
        ("n,Coordinates\nx,\"35.4802, 36.542\"\n", 36.542, 35.4802),
        ("n;Lat;Long\nx;35°28'48.7\" N;36°32'31.2\" E\n", 36.542, 35.4802),
        ("n,easting,northing,zone\nx,276999,3929075,37N\n", 36.542, 35.4802),
        ("n,wkt\nx,\"POLYGON((36.5 35.4,36.6 35.4,36.6 35.5,36.5 35.4))\"\n", 36.5, 35.4),
        ("village,n\nsaraqib,1\n", 36.8, 35.8),
        ("القرية,n\nسراقب,1\n", 36.8, 35.8),
        ("خط العرض\tخط الطول\n٣٥٫٥\t٣٦٫٥\n", 36.5, 35.5),
    ] {
        let loaded = read(table);
        let [x, y] = place(&loaded.value, 0).unwrap_or_else(|| panic!("{table}: {:?}", loaded.issues));
        assert!((x - lon).abs() < 1e-4 && (y - lat).abs() < 1e-4, "{table}: {x} {y}");
    }
}

#[test]
fn a_name_of_two_places_is_not_placed_and_says_so() {
    let loaded = read("place,n\nSaraqib,1\nQalaat,2\nNowhere,3\nKafr Zita,4\n");
    assert_eq!((loaded.value.len(), loaded.value.vertex_count()), (4, 2));
    assert!(told(&loaded, "line 3, column 1: there are several places called “Qalaat”"));
    assert!(told(&loaded, "line 4, column 1: the gazetteer does not know “Nowhere”"));
    assert!(told(&loaded, "looked up by their names in the column “place”"));
}

#[test]
fn a_table_without_places_opens_with_a_warning() {
    let loaded = read("a,b\n1,2\n3,4\n");
    assert_eq!((loaded.value.len(), loaded.value.vertex_count()), (2, 0));
    assert!(
        loaded
            .issues
            .iter()
            .any(|issue| issue.severity == Severity::Warning && issue.message.contains("choose the columns"))
    );
    assert_eq!(loaded.info.table.unwrap().places, PlaceColumns::None);
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

#[test]
fn titles_above_and_a_missing_header_are_found() {
    let loaded = read("Incidents of a made-up week,,\n,,\nname,lat,lon\nx,35.5,36.5\n");
    assert_eq!((loaded.value.len(), loaded.value.columns()[0].name.as_str()), (1, "name"));
    let bare = read("x,35.51234,36.51234\ny,35.41234,36.41234\n");
    assert_eq!((bare.value.len(), place(&bare.value, 1)), (2, Some([36.41234, 35.41234])));
    assert_eq!(bare.value.columns()[2].name, "column 3");
}

#[test]
fn what_the_user_says_is_obeyed() {
    let settings = TableSettings {
        delimiter: Some(Delimiter::Semicolon),
        decimal: Some(DecimalSign::Point),
        header: Some(HeaderRow::Absent),
        encoding: Some(TextEncoding::Windows1252),
        places: Some(PlaceColumns::LatLon { lat: "column 2".into(), lon: "column 1".into() }),
    };
    let loaded = try_read(b"36.5;35.5;caf\xE9\n36.6;35.6;x\n".to_vec(), settings.clone()).unwrap();
    assert_eq!((loaded.value.len(), place(&loaded.value, 0)), (2, Some([36.5, 35.5])));
    assert_eq!(text(&loaded.value, "column 3", 0).as_deref(), Some("café"));
    let wrong = TableSettings { places: Some(PlaceColumns::Wkt { column: "gone".into() }), ..settings };
    assert!(told(&try_read("36.5;35.5\n", wrong).unwrap(), "is not in the table"));
}

#[test]
fn utf16_and_packed_tables_are_tables() {
    let text = "name\tlat\tlon\r\nسراقب\t35.5\t36.5\r\n";
    for (mark, unit) in
        [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)]
    {
        let bytes: Vec<u8> = mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect();
        let loaded = read(bytes);
        assert_eq!(text_of(&loaded), ("سراقب".to_owned(), "TSV (UTF-16)".to_owned()));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.tsv.gz");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    std::fs::write(&path, encoder.finish().unwrap()).unwrap();
    let source = SourceBytes::open(&path, &Progress::default()).unwrap();
    let loaded =
        read_layer_in_parts(&source, &ReadingOptions::default(), &Progress::default(), &|_| {}).unwrap();
    assert_eq!(text_of(&loaded), ("سراقب".to_owned(), "TSV (gzip)".to_owned()));
}

fn text_of(loaded: &Loaded<FeatureStore>) -> (String, String) {
    (text(&loaded.value, "name", 0).unwrap(), loaded.info.format.clone())
}

#[test]
fn the_result_is_that_of_one_thread_wherever_the_table_is_cut() {
    let mut table = String::from("id,code,note,lat,lon\n");
    for row in 0..3000 {
        let note = match row % 7 {
            0 => "\"two\nlines, 1,2,3,4\n5,6,7,8,9\nand \"\"quotes\"\"\"".to_owned(),
            1 => "\"lost".to_owned(),
            2 => String::new(),
            number => format!("note {number}"),
        };
        let code = if row == 2501 { "x1".to_owned() } else { format!("{}", row * 3) };
        let lat = if row % 50 == 3 { "95" } else { "35.5" };
        table += &format!("{row},{code},{note},{lat},36.5\n");
    }
    let read_with = |threads: usize, stretch: usize| {
        let source = SourceBytes::from_bytes("a table", table.clone().into_bytes()).unwrap();
        let (view, progress) = (source.view().unwrap(), Progress::default());
        let plan = |_| Plan::with_stretches(threads, stretch, &progress, &|_| {});
        let loaded = read_table(&source, &view, &ReadingOptions::default(), &plan).unwrap();
        let store = &loaded.value;
        let rows: Vec<_> = (0..store.len())
            .map(|row| {
                (
                    number(store, "id", row),
                    text(store, "code", row),
                    text(store, "note", row),
                    place(store, row),
                )
            })
            .collect();
        (rows, loaded.info.rejected, loaded.issues)
    };
    let one = read_with(1, usize::MAX);
    assert!(one.0.len() > 1500 && one.0.iter().all(|row| row.1.is_some()), "{}", one.0.len());
    for stretch in [100, 333, 5000, 20_000] {
        assert_eq!(read_with(3, stretch), one, "stretches of {stretch}");
    }
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
fn a_first_row_of_megabytes_does_not_hide_the_geometries() {
    let corners: String = (0..90_000).map(|n| format!("36.{n:05} 35,")).collect();
    let table = format!("id,wkt\n1,\"POLYGON(({corners}36 36,36.00000 35))\"\n2,POINT(36 35)\n");
    assert!(table.len() > 1 << 20);
    let loaded = read(table);
    assert_eq!(loaded.info.table.unwrap().places, PlaceColumns::Wkt { column: "wkt".into() });
    assert_eq!(place(&loaded.value, 1), Some([36.0, 35.0]));
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
fn hemispheres_turn_what_is_swapped_and_refuse_what_contradicts() {
    let loaded = read("name,lat,lon\na,36.5E,35.5N\nb,35.5N,36.5E\nc,36.5E,35.5\n");
    assert_eq!(place(&loaded.value, 0), Some([36.5, 35.5]));
    assert_eq!(place(&loaded.value, 1), Some([36.5, 35.5]));
    assert_eq!(place(&loaded.value, 2), None);
    assert!(told(&loaded, "are swapped") && told(&loaded, "is that of the other"));
}

#[test]
fn a_zone_with_the_band_of_syria_is_in_the_north_and_it_is_said() {
    let loaded =
        read("id,easting,northing,zone\n1,276999,3929075,37S\n2,,3929075,37S\n3,276999,3929075,37X\n");
    assert!(place(&loaded.value, 0).is_some_and(|at| (at[1] - 35.48).abs() < 0.01));
    assert!(told(&loaded, "“37S” is read as the latitude band") && told(&loaded, "some are blank"));
    assert_eq!((loaded.value.len(), loaded.info.rejected), (2, 1));
}

#[test]
fn two_encodings_in_one_table_are_told() {
    let rows = |name: &str| format!("{name},35.5,36.5\n");
    let bytes = [
        b"name,lat,lon\n".to_vec(),
        encoding_rs::WINDOWS_1256.encode(&rows("معرة النعمان في إدلب")).0.into_owned(),
        rows("خان").into_bytes(),
    ];
    assert!(told(&read(bytes.concat()), "some letters are in UTF-8 and others in Windows-1256"));
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

#[test]
fn a_quote_lost_in_every_line_costs_nothing_but_these_lines() {
    for (lost, rest) in [("1,\"x y\n", ""), ("1,\"x y\n", "2,\"closed\"\n"), ("1,\"x \"\"y\n", "")] {
        let text = "n,words\n".to_owned() + &lost.repeat(300) + rest;
        let loaded = read(text);
        assert_eq!(
            loaded.value.len() + loaded.info.rejected,
            300 + usize::from(!rest.is_empty()),
            "{lost}{rest}"
        );
    }
}

#[test]
fn hostile_tables_neither_panic_nor_hang() {
    let long_line = [b"a,b\n".as_slice(), &vec![b'x'; 100 << 20]].concat();
    let quoted_line = [b"a,b\n\"".as_slice(), &vec![b'x'; 40 << 20]].concat();
    let commas = [b"a,b\n1,2\n".as_slice(), &vec![b','; 20 << 20]].concat();
    let quotes = [b"a,b\n".as_slice(), &b"\"x,1\n".repeat(1 << 20)].concat();
    for bytes in [
        long_line,
        quoted_line,
        commas,
        quotes,
        b"a,b\0c\n\0,1\n2,\0\n".to_vec(),
        b"a,b\n1,\r2\r\n3,4\r".to_vec(),
        b"\"".to_vec(),
        b",".to_vec(),
        b"\n\n\n,\n".to_vec(),
        b"a,b\n\xFF\xFE\x80,\xC3\n".to_vec(),
        b"\xEF\xBB\xBF\"a\",\"b\"".to_vec(),
        vec![b'"'; 1 << 20],
        vec![b'\n'; 1 << 20],
        (0..=255).collect(),
        b"lat,lon\n1e400,1e400\ninf,nan\n-90,-180\n90,360\n".to_vec(),
    ] {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
        match try_read(bytes, TableSettings::default()) {
            Ok(loaded) => {
                for row in 0..loaded.value.len().min(5) {
                    assert!(loaded.value.details(row).is_ok(), "{head}");
                }
            }
            Err(error) => assert!(matches!(error, LoadError::NotTable { .. }), "{head}: {error}"),
        }
    }
    assert!(matches!(try_read("", TableSettings::default()), Err(LoadError::NotTable { .. })));
}
