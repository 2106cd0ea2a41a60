//! Reading whole layers: every wrapping, every kind of damage, and what is kept of it.

#![allow(clippy::unwrap_used)]

use std::io::Write;

use sitmap::situation::{FeatureStore, GeometryKind, PropertyValue};
use sitmap::source::{Issue, LoadError, Loaded, Progress, Severity, SourceBytes, read_layer};

fn read_bytes(bytes: impl Into<Vec<u8>>) -> Result<Loaded<FeatureStore>, LoadError> {
    read_layer(&SourceBytes::from_bytes("test", bytes.into())?, &Progress::default())
}

fn read(text: &str) -> Loaded<FeatureStore> {
    read_bytes(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn point(id: usize) -> String {
    format!(
        r#"{{"type":"Feature","id":{id},"properties":{{"name":"no {id}","at":{{"x":[1]}}}},"geometry":{{"type":"Point","coordinates":[{id},1]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
}

fn points(count: usize) -> Vec<String> {
    (0..count).map(point).collect()
}

/// The ids of the kept features.
fn ids(loaded: &Loaded<FeatureStore>) -> Vec<String> {
    (0..loaded.value.len()).map(|row| loaded.value.details(row).unwrap().id.unwrap_or_default()).collect()
}

fn messages(loaded: &Loaded<FeatureStore>) -> String {
    loaded.issues.iter().map(|issue| issue.message.as_str()).collect::<Vec<_>>().join("\n")
}

fn errors(loaded: &Loaded<FeatureStore>) -> Vec<&Issue> {
    loaded.issues.iter().filter(|issue| issue.severity == Severity::Error).collect()
}

#[test]
fn all_wrappings_of_the_same_features_give_the_same_layer() {
    let features = points(3);
    let whole = collection(&features);
    let gz = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(whole.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let sequence: String = features.iter().map(|feature| format!("\u{1E}{feature}\n")).collect();
    for (bytes, format) in [
        (whole.clone().into_bytes(), "GeoJSON FeatureCollection"),
        (format!("\u{FEFF}{whole}").into_bytes(), "GeoJSON FeatureCollection"),
        (
            whole
                .encode_utf16()
                .fold(vec![0xFF, 0xFE], |all, unit| [all, unit.to_le_bytes().to_vec()].concat()),
            "GeoJSON FeatureCollection (UTF-16)",
        ),
        (gz, "GeoJSON FeatureCollection (gzip)"),
        (ruzstd::encoding::compress_to_vec(whole.as_bytes(), level), "GeoJSON FeatureCollection (zstd)"),
        (features.join("\n").into_bytes(), "newline-delimited GeoJSON"),
        (features.join("\r\n\r\n").into_bytes(), "newline-delimited GeoJSON"),
        (sequence.into_bytes(), "GeoJSON text sequence"),
    ] {
        let loaded = read_bytes(bytes).unwrap();
        assert_eq!((loaded.info.format.as_str(), ids(&loaded).join(",")), (format, "0,1,2".to_owned()));
        assert!(loaded.issues.is_empty(), "{format}: {:?}", loaded.issues);
    }
    assert_eq!(read(&features[1]).info.format, "GeoJSON Feature");
    assert_eq!(read(r#"{"type":"Point","coordinates":[1,2]}"#).info.format, "GeoJSON geometry");
}

#[test]
fn a_file_cut_at_any_byte_keeps_every_feature_that_is_whole() {
    let text = collection(&points(4));
    let ends: Vec<usize> =
        (1..=4).map(|count| text.find(&point(count - 1)).unwrap() + point(count - 1).len()).collect();
    for cut in 0..text.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count();
        match read_bytes(&text[..cut]) {
            Ok(loaded) => {
                assert_eq!(loaded.value.len(), whole, "cut at {cut}");
                assert!(
                    loaded.info.rejected <= 1 && errors(&loaded).len() == loaded.info.rejected,
                    "cut at {cut}"
                );
                assert!(!loaded.issues.is_empty() || cut >= text.len() - 1, "cut at {cut}");
            }
            Err(error) => assert!(whole == 0, "cut at {cut}: {error}"),
        }
    }
}

#[test]
fn no_single_wrong_byte_in_a_feature_costs_any_of_the_others() {
    let lines = collection(&points(7));
    for text in [lines.clone(), lines.replace('\n', "")] {
        let start = text.find(&point(3)).unwrap();
        for at in start..start + point(3).len() {
            for wrong in
                [&b""[..], b"{", b"}", b"[", b"]", b"\"", b",", b":", b"x", b"\\", b"\n", b"\xFF", b"9"]
            {
                let damaged = [&text.as_bytes()[..at], wrong, &text.as_bytes()[at + 1..]].concat();
                let shown = String::from_utf8_lossy(&damaged[start - 2..]).into_owned();
                let loaded = read_bytes(damaged).unwrap_or_else(|error| panic!("{error}: {shown}"));
                let kept = ids(&loaded);
                for id in ["0", "1", "2", "5", "6"] {
                    assert!(kept.iter().any(|kept| kept == id), "{id} is not in {kept:?} of …{shown}");
                }
            }
        }
    }
}

#[test]
fn a_bad_line_costs_that_line_alone() {
    for bad in [
        "oops",
        "{\"type\":\"Feature\",",
        "{\"type\":\"Feature\"}}",
        "[1,2",
        "null",
        "\"",
        "{\"type\":\"Topology\"}",
    ] {
        for place in 0..3 {
            let mut lines = points(3);
            lines.insert(place, bad.to_owned());
            let loaded = read(&lines.join("\n"));
            let kept = ids(&loaded).into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>();
            assert_eq!(kept, ["0", "1", "2"], "{bad} in place {place}: {:?}", loaded.issues);
            assert!(!loaded.issues.is_empty());
            // An unfinished line is noticed where the next one begins.
            let line = loaded.issues[0].line.unwrap();
            assert!((place + 1..=place + 2).contains(&line), "{bad} in place {place}: {:?}", loaded.issues);
        }
    }
}

#[test]
fn an_issue_names_the_feature_its_id_its_line_and_its_column() {
    let mut features = points(4);
    features[2] = features[2].replace("[2,1]", "[2,\"1\"]");
    let loaded = read(&collection(&features));
    let issue = &loaded.issues[0];
    assert_eq!((issue.severity, issue.feature, issue.id.as_deref()), (Severity::Error, Some(3), Some("2")));
    let column = features[2].find("\"1\"").unwrap() + 1;
    assert_eq!((issue.line, issue.column), (Some(4), Some(column)));
    assert_eq!((loaded.value.len(), loaded.info.rejected), (3, 1));
}

#[test]
fn commas_too_many_and_too_few_cost_nothing() {
    let [a, b] = [point(0), point(1)];
    for list in [
        format!("{a},,{b}"),
        format!("{a} {b}"),
        format!("{a},{b},"),
        format!(",{a},{b}"),
        format!("{a}}},{b}"),
    ] {
        let loaded = read(&format!(r#"{{"type":"FeatureCollection","features":[{list}]}}"#));
        assert_eq!(ids(&loaded), ["0", "1"], "{list}");
        assert!(errors(&loaded).is_empty() && loaded.issues.len() == 1, "{list}: {:?}", loaded.issues);
    }
}

#[test]
fn half_a_surrogate_wrong_bytes_and_endless_numbers_cost_no_feature() {
    let text = collection(&[
        point(0).replace("no 0", r"half \uD83D pair"),
        point(1).replace("\"no 1\"", "1e400"),
        point(2).replace("no 2", "latin \u{1}").replace('\u{1}', "\u{7f}"),
    ]);
    let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 0x7f { 0xE9 } else { byte }).collect();
    let loaded = read_bytes(bytes).unwrap();
    assert_eq!((loaded.value.len(), loaded.issues.len()), (3, 2), "{:?}", loaded.issues);
    let name = |row: usize| loaded.value.details(row).unwrap().properties[0].1.to_display();
    assert_eq!(
        (name(0), name(1), name(2)),
        ("half \u{FFFD} pair".into(), "1e400".into(), "latin \u{FFFD}".into())
    );
}

#[test]
fn web_mercator_is_converted_wherever_it_is_declared() {
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}}"#;
    let list = r#""features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[4077768,4290000]}}]"#;
    for text in [
        format!(r#"{{"type":"FeatureCollection",{crs},{list}}}"#),
        format!(r#"{{"type":"FeatureCollection",{list},{crs}}}"#),
        format!(r#"{{{list},{crs},"type":"FeatureCollection"}}"#),
    ] {
        let loaded = read(&text);
        let at = loaded.value.geometry(0).vertices()[0];
        assert!((at[0] - 36.631).abs() < 0.001 && (at[1] - 35.9).abs() < 0.2, "{at:?}");
        assert!(messages(&loaded).contains("EPSG:3857"), "{:?}", loaded.issues);
    }
    let utm = format!(r#"{{"type":"FeatureCollection",{},{list}}}"#, crs.replace("3857", "32637"));
    let error = read_bytes(utm).err().unwrap();
    assert!(matches!(&error, LoadError::UnknownCrs { crs, .. } if crs.contains("32637")), "{error}");
}

#[test]
fn what_the_collection_says_of_itself_is_kept() {
    let text = r#"{"type":"FeatureCollection","name":"roads","copyright":"© them","bbox":[1,2,3,4],"features":[],
        "stats":{ "n": 1 }}"#;
    let info = read(text).info;
    assert_eq!((info.name.as_deref(), info.bbox.map(|bbox| bbox.north_deg)), (Some("roads"), Some(4.0)));
    let copyright = ("copyright".to_owned(), PropertyValue::Text("© them".into()));
    assert_eq!(
        info.foreign_members,
        [copyright, ("stats".to_owned(), PropertyValue::Json(r#"{"n":1}"#.into()))]
    );
}

#[test]
fn properties_become_typed_columns_in_their_order() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":null,"properties":{"b":true,"n":1,"w":"x","j":[1],"m":1,"empty":null}},
        {"type":"Feature","geometry":null,"properties":{"m":"one","n":2.5,"late":"y"}}]}"#;
    let store = read(text).value;
    let types: Vec<_> =
        store.columns().iter().map(|c| (c.name.as_str(), c.data.type_name(), c.filled)).collect();
    let expected = [
        ("b", "bool", 1),
        ("n", "number", 2),
        ("w", "text", 1),
        ("j", "json", 1),
        ("m", "mixed", 2),
        ("empty", "null", 0),
        ("late", "text", 1),
    ];
    assert_eq!(types, expected);
    assert_eq!((store.column("n").unwrap().number(1), store.column("w").unwrap().word(1)), (Some(2.5), None));
    assert_eq!(store.column("late").unwrap().word(1), Some("y"));
}

#[test]
fn dates_become_days_or_instants_and_stay_as_written_in_the_details() {
    let feature = |day: &str, at: &str, loose: &str| {
        format!(
            r#"{{"type":"Feature","geometry":null,"properties":{{"day":{day},"at":"{at}","loose":"{loose}"}}}}"#
        )
    };
    let loaded = read(&collection(&[
        feature(r#""2018-09-08""#, "2018-09-08T10:30:00+03:00", "2018-09-08"),
        feature("null", "2018-09-08T10:30:00.25Z", "September"),
    ]));
    let text = |name: &str, row: usize| {
        loaded.value.column(name).unwrap().text(row).map(std::borrow::Cow::into_owned)
    };
    assert_eq!((text("day", 0).as_deref(), text("day", 1)), (Some("2018-09-08"), None));
    assert_eq!(text("at", 0).as_deref(), Some("2018-09-08T07:30:00Z"));
    assert_eq!(text("loose", 0).as_deref(), Some("2018-09-08"));
    let types = loaded.value.columns().iter().map(|column| column.data.type_name());
    assert_eq!(types.collect::<Vec<_>>(), ["date", "date", "text"]);
    assert_eq!(loaded.value.details(0).unwrap().properties[1].1.to_display(), "2018-09-08T10:30:00+03:00");
}

/// An export of events as the monitors of conflicts write it.
fn event(id: usize) -> String {
    let day = sitmap::situation::words_of_day(17_000 + (id % 3000) as i32);
    let (actor, place, source) = (id % 240, id % 1500, id % 160);
    format!(
        r#"{{"type":"Feature","properties":{{"event_id":"SYR{id}","event_date":"{day}","timestamp":{},"event_type":"Battles {}","sub_event_type":"Shelling {}","actor1":"Military Forces of {actor}","actor2":"Armed Group {actor}","country":"Syria","admin1":"Idlib","admin2":"Harim","location":"Place {place}","location_ar":"باب رمان {source}","fatalities":{},"source":"Monitor {source}; News","notes":"On {day}, Military Forces of {actor} shelled positions near Place {place}, event {id}."}},"geometry":{{"type":"Point","coordinates":[{}.5,36.277770]}}}}"#,
        1_485_844_980 + id,
        id % 6,
        id % 21,
        id % 30,
        35 + id % 6,
    )
}

#[test]
fn a_point_with_fifteen_properties_takes_less_than_a_hundred_bytes() {
    let events: Vec<String> = (0..20_000).map(event).collect();
    let store = read(&collection(&events)).value;
    let types = store.columns().iter().map(|column| column.data.type_name());
    assert_eq!((store.columns().len(), types.filter(|&name| name == "date").count()), (15, 1));
    let bytes = store.heap_bytes() / store.len();
    assert!((40..100).contains(&bytes), "{bytes} bytes a feature");
}

#[test]
fn geometries_deeper_than_the_limit_are_refused_and_shallower_ones_flattened() {
    let nested = |depth: usize| {
        let open = r#"{"type":"GeometryCollection","geometries":["#.repeat(depth);
        format!("{open}{{\"type\":\"Point\",\"coordinates\":[1,2]}}{}", "]}".repeat(depth))
    };
    let loaded = read(&nested(40));
    assert_eq!(loaded.value.geometry(0).kind, GeometryKind::GeometryCollection);
    assert_eq!(loaded.value.geometry(0).parts().len(), 1);
    let feature =
        |geometry: String| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    let loaded = read(&collection(&[feature(nested(5000)), point(1)]));
    assert_eq!((loaded.value.len(), loaded.info.rejected), (1, 1));
    assert!(messages(&loaded).contains("128"), "{:?}", loaded.issues);
}

#[test]
fn a_cancelled_load_ends_as_cancelled() {
    let progress = Progress::default();
    progress.cancel();
    let source = SourceBytes::from_bytes("test", collection(&points(2)).into_bytes()).unwrap();
    assert!(matches!(read_layer(&source, &progress), Err(LoadError::Cancelled)));
}

#[test]
fn what_is_no_geojson_is_named() {
    for (bytes, words) in [
        (&b""[..], "empty"),
        (b"  \n", "empty"),
        (b"PK\x03\x04....", "ZIP"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"{\"type\":\"Topology\",\"objects\":{}}", "TopoJSON"),
        (b"{\"spatialReference\":{},\"features\":[{\"attributes\":{}}]}", "Esri"),
        (b"[{\"type\":\"Feature\"}]", "list"),
        (b"{\"type\":\"FeatureCollection\"}", "no \"features\""),
        (b"{\"type\":\"FeatureCollection\",\"features\":{}}", "must be a list"),
        (b"{\"features\":[]}", "add \"type\""),
        (b"These are notes, not a map.\n", "line 1, column 1"),
    ] {
        let error = read_bytes(bytes).err().unwrap_or_else(|| panic!("{words}")).to_string();
        assert!(error.contains(words), "{error}");
    }
}

/// A matter of milliseconds; a search that begins anew at each of half a million places would take hours. How fast the
/// machine is, and what else it does, is not asked.
fn comes_to_an_end(work: impl FnOnce() + Send + 'static) {
    const HANGS: std::time::Duration = std::time::Duration::from_secs(300);
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        work();
        let _ = sender.send(());
    });
    assert!(receiver.recv_timeout(HANGS).is_ok(), "it hangs, or has panicked");
}

#[test]
fn a_sequence_made_to_be_slow_is_read_in_one_breath() {
    let empties = r#"{"type":"Point","coordinates":[]},"#.repeat(50_000);
    let open_rings = vec!["[[[0,0],[1,0],[1,1],[0,1]]]"; 50_000].join(",");
    let slow = [
        "\u{1e}{".repeat(500_000),
        r#"{"type":"FeatureCollection","features":["#.repeat(100_000),
        "{\"type\":\"FeatureCollection\",\"features\":[\n".repeat(100_000),
        format!(r#"{{"type":"FeatureCollection","features":[{}"#, r#"{"a":[,"#.repeat(300_000)),
        format!(
            r#"{{"type":"GeometryCollection","geometries":[{empties}{{"type":"MultiPolygon","coordinates":[{open_rings}]}}]}}"#
        ),
    ];
    for text in slow {
        comes_to_an_end(move || drop(read_bytes(text)));
    }
}

#[test]
fn a_file_full_of_broken_features_is_read_in_one_breath() {
    let broken = |id: usize| format!(r#"{{"k{id}":{{"type":"Feature","x":[{id},"geometry":null"#);
    for (from, to, separator) in [("", "", ",\n"), ("", "", "\n"), ("}", "]}", ",\n")] {
        let features: Vec<String> = (0..40_000).map(|id| broken(id).replacen(from, to, 1)).collect();
        let list = features.join(separator);
        comes_to_an_end(move || {
            let _ = read_bytes(format!(r#"{{"type":"FeatureCollection","features":[{list}]}}"#));
            let _ = read_bytes(list);
        });
    }
}
