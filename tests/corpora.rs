//! Every file of the shared corpora gives what a careful viewer expects of it, and none takes the reader down.
//!
//! The files are not part of the project. They are looked for in `../shared` and in `$SITMAP_SHARED`; without them
//! the tests say so and pass.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use sitmap::situation::{EventMapping, FeatureStore};
use sitmap::source::{LoadError, Loaded, Progress, SourceBytes, inspect, read_layer};

/// What a file gives: kept, rejected, and words of the report; or words of the refusal.
enum Expect {
    Layer(usize, usize, &'static [&'static str]),
    Refused(&'static str),
}
use Expect::{Layer, Refused};

const GEOJSON: [(&str, Expect); 45] = [
    ("gdal_point_with_utf8bom.geojson", Layer(1, 0, &[])),
    ("geojsonvt_dateline.geojson", Layer(9, 0, &["they were wrapped"])),
    ("geojsonvt_us_states.geojson", Layer(52, 0, &[])),
    ("georust_big_geometrycollection.geojson", Layer(1, 0, &[])),
    ("georust_feature_string_id.geojson", Layer(1, 0, &[])),
    ("georust_featurecollection_bbox3d.geojson", Layer(2, 0, &[])),
    ("georust_foreign_members_everywhere.geojson", Layer(3, 0, &[])),
    ("hint_bad_duplicate_keys.geojson", Layer(1, 0, &["\"type\" comes twice", "no \"geometry\""])),
    (
        "hint_bad_multiple_problems.geojson",
        Layer(1, 3, &["without quotes", "the \"type\" is \"Foo\"", "are text"]),
    ),
    ("hint_bad_polygonloop.geojson", Layer(0, 1, &["1 level of brackets too few", "a list of rings"])),
    ("hint_bad_short_ring.geojson", Layer(0, 1, &["a ring has 3 positions; it needs at least 4"])),
    (
        "hint_bad_string_coordinates.geojson",
        Layer(1, 1, &["text stands in the coordinates", "without quotes"]),
    ),
    ("hint_bad_type_case.geojson", Refused("did you mean \"FeatureCollection\"?")),
    ("hint_bad_unclosed_ring.geojson", Layer(1, 0, &["a ring is not closed"])),
    ("hint_nested_geometrycollection.geojson", Layer(1, 0, &[])),
    ("hint_null_properties.geojson", Layer(1, 0, &[])),
    ("hint_wrong_winding.geojson", Layer(1, 0, &[])),
    ("jsontestsuite_i_structure_UTF-8_BOM_empty_object.json", Refused("no \"type\"")),
    ("jsontestsuite_n_number_NaN.json", Refused("line 1, column 2: a value was expected (found 'N')")),
    ("jsontestsuite_n_structure_UTF8_BOM_no_data.json", Refused("the file is empty")),
    ("mapshaper_nz.geojson", Layer(1, 0, &[])),
    ("mapshaper_six_counties_three_null.geojson", Layer(6, 0, &[])),
    ("martin_multi_geometries.geojson", Layer(4, 0, &[])),
    ("natural_earth_50m_countries.geojson", Layer(242, 0, &[])),
    ("ol_polygon_samples.geojson", Layer(9, 0, &[])),
    ("ol_roads_seoul.geojson", Layer(94, 0, &[])),
    ("ol_switzerland.geojson", Layer(2, 0, &[])),
    ("orb_degenerate_ring.geojson", Layer(1, 0, &[])),
    ("rfc7946_bare_geometrycollection.geojson", Layer(1, 0, &[])),
    ("rfc7946_bbox_crosses_antimeridian.geojson", Layer(1, 0, &["bbox crosses the antimeridian"])),
    ("rfc7946_bbox_geometry.geojson", Layer(0, 0, &["the collection is empty"])),
    ("rfc7946_example_01_featurecollection.geojson", Layer(3, 0, &[])),
    ("rfc7946_multipolygon_with_hole.geojson", Layer(1, 0, &[])),
    ("rfc7946_polygon_with_hole.geojson", Layer(1, 0, &[])),
    ("stac_extended_item.geojson", Layer(1, 0, &[])),
    ("supercluster_places.geojson", Layer(163, 0, &[])),
    ("tippecanoe_attribute_type.geojson", Layer(39, 0, &[])),
    ("tippecanoe_crs84_member.geojson", Layer(1, 0, &[])),
    ("tippecanoe_feature_filter.geojsonl", Layer(368, 0, &[])),
    ("tippecanoe_high_longitude.geojson", Layer(1, 0, &["they were wrapped"])),
    ("tippecanoe_nested.geojson", Layer(7, 0, &[])),
    ("tippecanoe_overflow.geojson", Layer(15, 0, &[])),
    ("tippecanoe_string_ids.geojsonl", Layer(12, 0, &[])),
    ("turf_hourglass_self_intersecting.geojson", Layer(1, 0, &[])),
    ("turf_point_elevations.geojson", Layer(17, 0, &[])),
];

/// The folder of that name in the shared data, if it is there.
fn shared(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var_os("SITMAP_SHARED").map_or(beside, PathBuf::from);
    let path = root.join(folder);
    if !path.is_dir() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Reads a file on a thread of its own with an ordinary stack, so that a panic or an overflow is seen.
fn read(path: &Path) -> Result<Loaded<FeatureStore>, LoadError> {
    let path = path.to_owned();
    let worker = thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let progress = Progress::default();
        let source = SourceBytes::open(&path, &progress)?;
        let loaded = read_layer(&source, &progress)?;
        let inspection = inspect(&source, &loaded)?;
        assert_eq!(inspection.geometries.values().sum::<usize>(), loaded.value.len());
        for row in 0..loaded.value.len() {
            loaded.value.details(row).unwrap_or_else(|error| panic!("details of row {row}: {error}"));
        }
        Ok(loaded)
    });
    worker.unwrap().join().unwrap_or_else(|_| panic!("the reader panicked"))
}

#[test]
fn every_geojson_file_gives_what_its_readme_says() {
    let Some(folder) = shared("corpora/geojson") else { return };
    let listed =
        fs::read_dir(&folder).unwrap().filter(|entry| entry.as_ref().unwrap().file_name() != "README.md");
    assert_eq!(listed.count(), GEOJSON.len());
    let failures: Vec<String> =
        GEOJSON.iter().filter_map(|(name, expected)| failure(name, expected, &folder.join(name))).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn failure(name: &str, expected: &Expect, path: &Path) -> Option<String> {
    match (read(path), expected) {
        (Ok(loaded), Layer(kept, rejected, words)) => {
            let report = serde_json::to_string_pretty(&loaded.issues).unwrap().replace("\\\"", "\"");
            let counts = (loaded.value.len(), loaded.info.rejected);
            let missing: Vec<_> = words.iter().filter(|words| !report.contains(**words)).collect();
            // What nobody expects a complaint of has none.
            let clean = !words.is_empty() || loaded.issues.is_empty();
            (counts != (*kept, *rejected) || !missing.is_empty() || !clean)
                .then(|| format!("{name}: {counts:?}, missing {missing:?} in {report}"))
        }
        (Err(error), Refused(words)) => {
            (!error.to_string().contains(words)).then(|| format!("{name}: refused with {error}"))
        }
        (Ok(loaded), Refused(_)) => Some(format!("{name}: not refused, {} features", loaded.value.len())),
        (Err(error), Layer(..)) => Some(format!("{name}: refused with {error}")),
    }
}

#[test]
fn every_json_file_is_refused_for_the_right_reason_and_none_takes_the_reader_down() {
    let Some(folder) = shared("corpora/json") else { return };
    let mut failures = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let result = read(&path).err();
        let right = match (name.split('_').next().unwrap_or_default(), &result) {
            ("README.md", _) => true,
            // Valid JSON is parsed and turns out to be no layer.
            ("y", Some(LoadError::NotGeoJson { .. })) => true,
            ("n", Some(LoadError::NotJson { line, column, .. })) => *line >= 1 && *column >= 1,
            // No JSON, and more can be said than where it is broken.
            ("n", Some(LoadError::NotGeoJson { reason, .. })) => reason.contains("the file is empty"),
            ("i", Some(LoadError::NotJson { .. } | LoadError::NotGeoJson { .. })) => true,
            _ => false,
        };
        if !right {
            failures.push(format!("{name}: {:?}", result.map(|error| error.to_string())));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn what_lies_over_the_antimeridian_does_not_span_the_whole_world() {
    let Some(folder) = shared("corpora/geojson") else { return };
    for (name, west, east) in [
        ("mapshaper_nz.geojson", 165.8, -175.8),
        ("rfc7946_bbox_crosses_antimeridian.geojson", 170.0, -170.0),
        ("tippecanoe_high_longitude.geojson", -156.0, -106.0),
    ] {
        let path = folder.join(name);
        let source = SourceBytes::open(&path, &Progress::default()).unwrap();
        let loaded = read_layer(&source, &Progress::default()).unwrap();
        let bbox = inspect(&source, &loaded).unwrap().bbox.unwrap();
        assert!((bbox[0] - west).abs() < 0.5 && (bbox[2] - east).abs() < 2.0, "{name}: {bbox:?}");
    }
}

#[test]
fn a_file_cut_anywhere_keeps_what_is_whole() {
    let Some(folder) = shared("corpora/geojson") else { return };
    for name in [
        "rfc7946_example_01_featurecollection.geojson",
        "tippecanoe_nested.geojson",
        "ol_switzerland.geojson",
    ] {
        let bytes = fs::read(folder.join(name)).unwrap();
        let mut most = 0;
        for end in 0..=bytes.len() {
            let source = SourceBytes::from_bytes("cut", bytes[..end].to_vec()).unwrap();
            if let Ok(loaded) = read_layer(&source, &Progress::default()) {
                assert!(loaded.value.len() >= most, "{name} cut at {end}");
                most = loaded.value.len();
            }
        }
        assert!(most > 1, "{name}");
    }
}

#[test]
fn no_map_is_taken_for_events() {
    const LARGEST_BYTES: u64 = 8 << 20;
    let mut maps = 0;
    for folder in ["corpora/geojson", "data"] {
        let Some(folder) = shared(folder) else { return };
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.metadata().unwrap().len() > LARGEST_BYTES {
                continue;
            }
            let source = SourceBytes::open(&entry.path(), &Progress::default());
            let Some(loaded) = source.ok().and_then(|source| read_layer(&source, &Progress::default()).ok())
            else {
                continue;
            };
            let tags = loaded.info.table.as_ref().map_or(&[][..], |table| &table.tags);
            let mapping = EventMapping::of_features(&loaded.value, tags);
            assert!(!mapping.makes_events(), "{:?}: {mapping:?}", entry.path());
            maps += 1;
        }
    }
    assert!(maps > 40, "only {maps} maps were read");
}

/// What another reader makes of the files that it accepts: features, and positions of all geometries.
#[test]
fn the_geojson_crate_counts_the_same_features_and_positions() {
    let Some(folder) = shared("corpora/geojson") else { return };
    let mut compared = 0;
    for (name, expected) in &GEOJSON {
        let Layer(kept, 0, []) = expected else { continue };
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let Ok(other) = text.trim_start_matches('\u{FEFF}').parse::<geojson::GeoJson>() else { continue };
        let ours = read(&folder.join(name)).unwrap().value;
        let (features, positions) = match &other {
            geojson::GeoJson::Geometry(geometry) => (1, positions_of(&geometry.value)),
            geojson::GeoJson::Feature(feature) => (1, positions_of_feature(feature)),
            geojson::GeoJson::FeatureCollection(all) => {
                (all.features.len(), all.features.iter().map(positions_of_feature).sum())
            }
        };
        assert_eq!((ours.len(), ours.vertex_count()), (features, positions), "{name}");
        assert_eq!(ours.len(), *kept, "{name}");
        compared += 1;
    }
    assert!(compared > 20, "only {compared} files were compared");
}

fn positions_of_feature(feature: &geojson::Feature) -> usize {
    feature.geometry.as_ref().map_or(0, |geometry| positions_of(&geometry.value))
}

fn positions_of(value: &geojson::GeometryValue) -> usize {
    use geojson::GeometryValue as Value;
    match value {
        Value::Point { .. } => 1,
        Value::MultiPoint { coordinates } | Value::LineString { coordinates } => coordinates.len(),
        Value::MultiLineString { coordinates } | Value::Polygon { coordinates } => {
            coordinates.iter().map(Vec::len).sum()
        }
        Value::MultiPolygon { coordinates } => coordinates.iter().flatten().map(Vec::len).sum(),
        Value::GeometryCollection { geometries } => {
            geometries.iter().map(|geometry| positions_of(&geometry.value)).sum()
        }
    }
}
