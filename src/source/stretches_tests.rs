//! Whatever a source is and wherever it is cut, many threads read it as one does.

use std::sync::Mutex;

use super::fuzzing::{documents_are_read_alike, told};
use super::{Progress, ReadingOptions, SourceBytes};
use crate::situation::FeatureStore;

fn assert_same(bytes: &[u8]) {
    for stretch_bytes in [1, 40, 150, 700] {
        documents_are_read_alike(bytes, stretch_bytes.max(bytes.len() / 200));
    }
}

fn feature(id: usize) -> String {
    let geometry = match id % 5 {
        0 => format!(r#"{{"type":"LineString","coordinates":[[{id},1],[2,3]]}}"#),
        1 => r#"{"coordinates":[[[0,0],[1,0],[1,1],[0,0]],[[0.2,0.1],[0.3,0.1],[0.3,0.2],[0.2,0.1]]],"type":"Polygon"}"#.into(),
        2 => "null".to_owned(),
        _ => format!(r#"{{"type":"Point","coordinates":[{id},-1.5]}}"#),
    };
    format!(
        r#"{{"type":"Feature","id":{id},"properties":{{"name":"no {id} {{\"type\":\"Feature\"}}\\","day":"2018-09-{:02}","n":{id}.5,"k{}":"x","list":[{{"type":"Feature"}},{{"id":2}}]}},"geometry":{geometry}}}"#,
        id % 30 + 1,
        id % 3,
    )
}

fn documents() -> Vec<String> {
    let features: Vec<String> = (0..12).map(feature).collect();
    let list = features.join(",\n");
    let collection = format!(r#"{{"type":"FeatureCollection","name":"a","features":[{list}],"note":[1]}}"#);
    let pretty = collection.replace("},", " } ,\r\n\t ").replace('{', "{ \n");
    let nested = features.join(",").replace(r#"{"id":2}"#, &feature(3));
    let keys = list
        .replace(r#"{"type":"Feature","id""#, r#"{"id""#)
        .replace(r#","geometry""#, r#","type":"Feature","geometry""#);
    vec![
        collection.clone(),
        format!("\u{FEFF}{}", collection.replace('\n', "")),
        pretty,
        format!(r#"{{"features":[{nested}],"type":"FeatureCollection"}}"#),
        format!(r#"{{"type":"FeatureCollection","features":[{keys}]}}"#),
        format!(r#"{{"type":"FeatureCollection","features":[{list}],"features":[{list}]}}"#),
        format!(
            r#"{{"type":"FeatureCollection","features":[{list}],"crs":{{"properties":{{"name":"EPSG:3857"}}}}}}"#
        ),
        format!(r#"{{"type":"FeatureCollection","features":[],"children":[{list}]}}"#),
        features.join("\n"),
        features.join("\r\n\r\n"),
        features.join(""),
        features.iter().map(|feature| format!("\u{1E}{feature}\n")).collect(),
        format!("{}\n{collection}\n{}", features.join("\n"), features.join("\n")),
        format!("{collection}\n{collection}"),
        features.join("\n").replace("\"no 7", "\"no \\uD83D 7").replace("2018-09-10", "soon"),
        features.join("\n").replace("},\"geometry\"", ",\"name\":1},\"geometry\""),
    ]
}

/// The numbers of a linear congruential generator: the same in every run.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}

#[test]
fn good_documents_are_read_by_many_as_by_one() {
    documents().iter().for_each(|text| assert_same(text.as_bytes()));
}

#[test]
fn damaged_documents_are_read_by_many_as_by_one() {
    let mut number = numbers(7);
    let wrong: [&[u8]; 16] = [
        b"",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b",",
        b":",
        b"x",
        b"\\",
        b"\n",
        b"\xFF",
        b"]}",
        b"},{",
        b"\x1E",
        b"{\"type\":\"Feature\"",
    ];
    for text in documents() {
        for _ in 0..60 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=number(3) {
                let at = number(bytes.len());
                let end = (at + number(4) * number(30)).min(bytes.len());
                bytes.splice(at..end, wrong[number(wrong.len())].iter().copied());
            }
            if number(4) == 0 {
                bytes.truncate(number(bytes.len()));
            }
            assert_same(&bytes);
        }
    }
}

/// The files are not part of the project; without them the test says so and passes.
#[test]
#[allow(clippy::print_stdout)]
fn every_file_of_the_corpora_is_read_by_many_as_by_one() {
    const LONGEST: usize = 300_000;
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var_os("SITMAP_SHARED").map_or(beside, std::path::PathBuf::from);
    for folder in ["corpora/geojson", "corpora/json"].map(|folder| root.join(folder)) {
        let Ok(files) = std::fs::read_dir(&folder) else {
            println!("skipped: {} is not there", folder.display());
            continue;
        };
        for file in files {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            if bytes.len() <= LONGEST {
                assert_same(&bytes);
            }
        }
    }
}

#[test]
fn more_names_than_columns_are_the_same_ones_for_many_as_for_one() {
    let features: Vec<String> = (0..1500)
        .map(|id| {
            format!(
                r#"{{"type":"Feature","properties":{{"k{}":1,"k{id}":2}},"geometry":null}}"#,
                id * 7 % 1400
            )
        })
        .collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let alone = told(text.as_bytes(), 1, usize::MAX);
    assert!(alone.contains("more than 1024"));
    for stretch_bytes in [5_000, 40_000] {
        assert_eq!(told(text.as_bytes(), 3, stretch_bytes), alone);
    }
}

#[test]
fn a_long_source_shows_some_of_its_features_while_it_is_read() {
    let event = |id: usize| format!("{}{}", feature(id % 100 + 3), " ".repeat(1000));
    let list: Vec<String> = (0..12_000).map(event).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, list.join(","));
    let (shown, progress) = (Mutex::new(Vec::new()), Progress::default());
    let source = SourceBytes::from_bytes("test", text.into_bytes()).unwrap();
    let on_part = |part: FeatureStore| shown.lock().unwrap().push((progress.fraction(), part.len()));
    let loaded =
        super::read_layer_in_parts(&source, &ReadingOptions::default(), &progress, &on_part).unwrap();
    let shown = shown.into_inner().unwrap();
    let features: usize = shown.iter().map(|(_, features)| features).sum();
    assert!((2..=10).contains(&shown.len()) && features <= loaded.value.len(), "{shown:?}");
    assert!(shown[0].0.unwrap() < 0.5 && shown.iter().all(|(_, features)| *features > 0), "{shown:?}");
}

#[test]
fn a_short_source_shows_nothing_before_it_is_there() {
    let source = SourceBytes::from_bytes("test", documents().swap_remove(0).into_bytes()).unwrap();
    let on_part = |_| panic!("nothing is to be shown");
    assert!(
        super::read_layer_in_parts(&source, &ReadingOptions::default(), &Progress::default(), &on_part)
            .is_ok()
    );
}
