//! What damaged and hostile files cost: themselves, not the features beside the damage, nor the time of others.

use super::plan::Plan;
use super::reader::{finish, read_document};
use super::{Loaded, Progress, SourceBytes};
use crate::situation::FeatureStore;

const FEATURE: &str =
    r#"{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[36.5,35.5]}}"#;

struct Told {
    kept: usize,
    rejected: usize,
    issues: Vec<String>,
    /// By all threads, what was read in vain included.
    read_bytes: u64,
}

impl Told {
    fn says(&self, words: &str) -> bool {
        self.issues.iter().any(|issue| issue.contains(words))
    }
}

fn read_in(text: &str, threads: usize, stretch_bytes: usize) -> (Told, FeatureStore) {
    let source = SourceBytes::from_bytes("test", text.as_bytes().to_vec()).unwrap();
    let progress = Progress::default();
    let plan = |_| Plan::with_stretches(threads, stretch_bytes, &progress, &|_| {});
    let document = read_document(text.as_bytes(), plan).unwrap();
    let Loaded { value, info, issues } = finish(document, &source, text.as_bytes());
    let issues = issues.iter().map(ToString::to_string).collect();
    let read_bytes = progress.read_bytes();
    (Told { kept: value.len(), rejected: info.rejected, issues, read_bytes }, value)
}

fn read(text: &str) -> Told {
    let alone = read_in(text, 1, usize::MAX).0;
    for stretch_bytes in [700, 5000] {
        let together = read_in(text, 3, stretch_bytes).0;
        assert_eq!((together.kept, together.rejected), (alone.kept, alone.rejected));
        assert_eq!(together.issues, alone.issues);
    }
    alone
}

fn collection(features: &[&str]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn around(broken: &str) -> Vec<&str> {
    [&[FEATURE; 10][..], &[broken], &[FEATURE; 300]].concat()
}

#[test]
fn a_broken_record_costs_itself_however_lines_end() {
    let without_value = FEATURE.replace(r#""a":1"#, r#""a":"#);
    let without_end = &FEATURE[..FEATURE.len() - 1];
    let without_quote = FEATURE.replace(r#""a""#, r#""a"#);
    for broken in [without_value.as_str(), without_end, &without_quote] {
        for between in ["\n", "\r", "\r\n", " ", "", "\u{1E}", ", "] {
            let told = read(&around(broken).join(between));
            let issues = &told.issues;
            assert_eq!((told.kept, told.rejected), (310, 1), "{broken} {between:?} {issues:?}");
        }
    }
}

#[test]
fn a_broken_feature_costs_itself_though_the_last_good_one_began_otherwise() {
    let with_id = FEATURE.replacen('{', r#"{"id":7,"#, 1);
    let without_end = &FEATURE[..FEATURE.len() - 1];
    let features =
        [&[FEATURE; 10][..], &[&with_id, without_end], &[FEATURE; 10], &[without_end], &[FEATURE; 300]]
            .concat();
    let told = read(&collection(&features));
    assert_eq!((told.kept, told.rejected), (321, 2), "{:?}", told.issues);
}

#[test]
fn what_no_feature_is_found_in_is_not_left_in_silence() {
    let unknown = r#"{"name" "x"},{"name":"y","type":"Feature","geometry":null,"properties":{}}"#;
    let list = collection(&[FEATURE, unknown]).replace(r#"{"name" "x"}"#, r#"{"q" "x""#);
    let told = read(&list);
    assert!(told.says("bytes from here on are not read"), "{:?}", told.issues);
    let told = read(&format!("{} # and a remark", collection(&[FEATURE])));
    assert!(told.says("14 bytes from here on are not read"), "{:?}", told.issues);
}

#[test]
fn brackets_that_match_before_the_fault_lose_nothing() {
    let broken = r#"{"type":"FeatureCollection","features":[][]}{"type":"Feature""#;
    let told = read(&format!("{FEATURE}\n{broken}"));
    assert!(told.kept == 1 && told.says("in the middle of this feature"), "{:?}", told.issues);
}

#[test]
fn features_within_a_broken_feature_are_not_features_of_the_layer() {
    let inner = r#"{"type":"Feature","geometry":null,"properties":{}}"#;
    let broken = format!(
        r#"{{"type":"Feature","geometry":null,"properties":{{"x":,"rel":[{inner},{inner},{inner}]}}}}"#
    );
    let told = read(&collection(&around(&broken)));
    assert_eq!((told.kept, told.rejected), (310, 1), "{:?}", told.issues);
    let told = read(&around(&broken).join("\n"));
    assert_eq!((told.kept, told.rejected), (310, 1), "{:?}", told.issues);
}

#[test]
fn features_behind_the_end_of_a_collection_are_read() {
    let list = [FEATURE; 5].join(",");
    let told = read(&format!(r#"{{"type":"FeatureCollection","features":[{list}]}} oops {list}]}}"#));
    assert_eq!((told.kept, told.rejected), (10, 0), "{:?}", told.issues);
    assert!(told.says("are not read"));
}

#[test]
fn a_stray_end_of_the_collection_is_one_issue() {
    let list = [FEATURE; 50].join(",");
    let told = read(&format!(r#"{{"type":"FeatureCollection","features":[{list}]}},{list}]}}"#));
    assert_eq!((told.kept, told.rejected, told.issues.len()), (100, 0, 1), "{:?}", told.issues);
}

#[test]
fn many_lists_are_read_about_once() {
    let one = collection(&[FEATURE]);
    let last = collection(&[FEATURE; 400]);
    let brackets = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        [FEATURE; 60].join("],"),
        [FEATURE; 400].join(",")
    );
    let lines = format!("{}{last}\n", format!("{one}\n").repeat(300));
    let long_lists = format!("{}\n", collection(&[FEATURE; 40])).repeat(40);
    for text in [lines, brackets, long_lists] {
        let told = read_in(&text, 3, 1500).0;
        assert!(told.read_bytes < 4 * text.len() as u64, "{} of {}", told.read_bytes, text.len());
    }
}

#[test]
fn each_collection_of_a_file_is_read_in_its_own_coordinate_system() {
    let crs = r#""crs":{"type":"name","properties":{"name":"EPSG:3857"}}"#;
    let metres =
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[4063161,4235000]}}"#;
    let before = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{metres}]}}"#);
    let behind = format!(r#"{{"type":"FeatureCollection","features":[{metres}],{crs}}}"#);
    let plain = collection(&[FEATURE]);
    for lines in [[&before, &plain], [&plain, &before], [&behind, &plain], [&plain, &behind]] {
        let (told, store) = read_in(&lines.map(String::as_str).join("\n"), 1, usize::MAX);
        assert_eq!(told.kept, 2, "{:?}", told.issues);
        let extent = store.extent().unwrap();
        assert!((extent.west_deg - 36.5).abs() < 0.01 && (extent.east_deg - 36.5).abs() < 0.01, "{extent:?}");
        assert!(told.says("another coordinate system"), "{:?}", told.issues);
    }
    let told = read(&[before.as_str(), FEATURE].join("\n"));
    assert_eq!((told.kept, told.rejected), (2, 0));
}

#[test]
fn a_record_that_is_no_object_is_reported_on_its_own_line() {
    let told = read(&[FEATURE, "null", "null", FEATURE].join("\n"));
    assert_eq!((told.kept, told.rejected), (2, 2));
    assert!(told.says("feature 2, line 2, ") && told.says("feature 3, line 3, "), "{:?}", told.issues);
}
