//! Tables as they are written: headers, encodings, quotes, and whatever else may be wrong with them.

use super::*;

#[test]
fn what_is_kept_and_what_is_rejected_are_all_that_was_read() {
    let table = "id,lat,lon,n\n1,35.5,36.5,1\n2,95,36.5,1\n3,36.5,135.5,1\n4,136.5,35.5,1\n5,,,1\n6,abc,36,1\n\
        7,35.5,36.5,1,extra\n8\n\n,,,\n9,35.5,36.5\n";
    let loaded = read(table);
    let ids: Vec<_> = (0..loaded.value.len()).map(|row| number(&loaded.value, "id", row).unwrap()).collect();
    assert_eq!((ids, loaded.info.rejected), (vec![1.0, 3.0, 5.0, 6.0, 9.0], 4));
    for words in [
        "error in feature 2, line 3, column 3: latitude 95 is beyond ±90",
        "error in feature 4, line 5, column 3: latitude 136.5 is beyond ±90: latitude and longitude may be swapped",
        "warning in feature 6, line 7, column 3: the latitude “abc” is no number of degrees",
        "error in feature 7, line 8, column 1: it has 5 fields and the table has 4 columns",
        "error in feature 8, line 9, column 1: it has 1 field and",
        "warning in feature 9, line 12, column 1: it has 3 of 4 fields",
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
