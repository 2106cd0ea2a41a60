//! The headless commands, through the program itself: what they print, where, and how they end.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

#[test]
fn inspect_tells_what_is_in_a_file_under_the_agreed_names() {
    let folder = Folder::new();
    let file = folder.file("mixed.geojson", MIXED);
    let inspection = json(&sitmap(["inspect", &file, "--json"]));
    let keys: Vec<&str> = inspection.as_object().unwrap().keys().map(String::as_str).collect();
    let agreed = [
        "format",
        "features",
        "rejected",
        "geometries",
        "vertices",
        "bbox",
        "properties",
        "issues",
        "sha256",
    ];
    assert_eq!(keys, agreed);
    assert_eq!(inspection["features"], 3);
    assert_eq!(inspection["rejected"], 1);
    assert_eq!(inspection["geometries"], serde_json::json!({"LineString": 1, "Point": 1, "null": 1}));
    assert_eq!(inspection["bbox"], serde_json::json!([36.0, 35.0, 37.0, 36.0]));
    assert_eq!(inspection["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn inspect_names_the_line_of_what_it_rejects() {
    let folder = Folder::new();
    let file = folder.file("mixed.geojson", MIXED);
    let inspection = json(&sitmap(["inspect", &file, "--json"]));
    let issues = inspection["issues"].as_array().unwrap();
    let rejected =
        issues.iter().find(|issue| issue["line"] == 5).expect("an issue in the line of the bad feature");
    assert_eq!(rejected["feature"], 4);
    assert!(rejected["message"].as_str().is_some_and(|message| !message.is_empty()));
}

#[test]
fn a_file_that_is_no_geojson_is_refused_on_stderr_with_status_1() {
    let folder = Folder::new();
    let file = folder.file("notes.geojson", "These are notes, not a map.");
    let refused = sitmap(["inspect", &file, "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    assert!(text(&refused.stderr).contains("notes.geojson"), "{}", text(&refused.stderr));
    let missing = sitmap(["identify", "/nowhere/at-all.geojson", "--at", "36,35", "--json"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("at-all.geojson"));
}

#[test]
fn a_file_of_which_nothing_is_kept_is_refused_by_every_command() {
    let folder = Folder::new();
    let off_the_globe =
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[36,95]}}"#;
    let file = folder.file("bad\u{1b}[31m\u{202e}.geojson", off_the_globe);
    let picture = folder.path("map.png");
    for arguments in
        [&["inspect", &file, "--json"][..], &["identify", &file, "--at", "36,35", "--no-bundled", "--json"]]
    {
        let refused = sitmap(arguments);
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
        let told = text(&refused.stderr);
        assert!(told.contains("nothing in the file could be kept"), "{told}");
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "a name may not speak to the terminal: {told:?}");
    }
    let too_large = sitmap(["render", "--out", &picture, "--size", "32768x32768", "--scale", "4"]);
    assert_eq!(too_large.status.code(), Some(1));
}

#[test]
fn wrong_usage_ends_with_status_2_and_prints_no_data() {
    for arguments in
        [&["identify", "--at", "36.5"][..], &["identify"], &["render"], &["inspect"], &["--zoom", "99"]]
    {
        let wrong = sitmap(arguments);
        assert_eq!(wrong.status.code(), Some(2), "{arguments:?}");
        assert!(wrong.stdout.is_empty() && !wrong.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn near_abdin_lies_the_strike_and_below_it_the_rebel_held_area() {
    let hits = hits_at("36.5420,35.4802");
    assert_eq!(hits[0]["id"], "AW-RS3530");
    assert_eq!(hits[0]["layer"], "strikes");
    let keys: Vec<&str> = hits[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["layer", "feature", "id", "title", "distance_m", "properties"]);
    assert!(hits[1..].iter().any(|hit| hit["layer"] == "rebel_held_area"), "{hits:#?}");
}

#[test]
fn the_m5_is_hit_near_saraqib() {
    let hits = hits_at("36.8005,35.8495");
    assert!(
        hits.iter().any(|hit| hit["layer"] == "highways" && hit["properties"]["ref"] == "M5"),
        "{hits:#?}"
    );
}

#[test]
fn hama_is_not_in_the_rebel_held_area() {
    let hits = hits_at("36.75,35.13");
    assert!(hits.iter().all(|hit| hit["layer"] != "rebel_held_area"), "{hits:#?}");
}

#[test]
fn without_the_bundled_situation_only_the_given_file_is_hit() {
    let folder = Folder::new();
    let file = folder.file("mixed.geojson", MIXED);
    let hits = json(&sitmap(["identify", &file, "--at", "36,35", "--no-bundled", "--json"]));
    assert_eq!(hits.as_array().map(Vec::len), Some(2), "the end of the line and the point: {hits:#?}");
    assert_eq!(hits[0]["title"], "A post", "points come before lines");
    assert_eq!(hits[1]["title"], "A track");
    let nothing = json(&sitmap(["identify", &file, "--at", "10,10", "--no-bundled", "--json"]));
    assert_eq!(nothing, serde_json::json!([]));
}

#[test]
fn what_is_wrong_in_a_file_is_told_on_stderr_and_the_rest_is_answered() {
    let folder = Folder::new();
    let file = folder.file("mixed.geojson", MIXED);
    let output = sitmap(["identify", &file, "--at", "36,35", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("mixed"), "{}", text(&output.stderr));
    assert!(json(&output).is_array());
}

#[test]
fn render_writes_a_picture_of_the_size_asked_for_and_its_times() {
    let folder = Folder::new();
    let picture = folder.path("map.png");
    let arguments =
        ["render", "--out", &picture, "--size", "400x300", "--scale", "2", "--frames", "2", "--timings"];
    let Some(output) = drawn(&arguments) else { return };
    assert_eq!(size_of_png(Path::new(&picture)), [800, 600]);
    let lines = text(&output.stdout);
    assert_eq!(lines.lines().count(), 1, "{lines}");
    let timings = json(&output);
    let laps = ["load_ms", "index_ms", "device_wait_ms", "tessellate_ms", "first_frame_ms"];
    for key in laps.into_iter().chain(["device_ms", "first_pixels_ms", "complete_ms"]) {
        assert!(timings[key].as_f64().is_some_and(|ms| ms >= 0.0), "{key} in {timings}");
    }
    let sum: f64 = laps.iter().filter_map(|key| timings[key].as_f64()).sum();
    let complete = timings["complete_ms"].as_f64().unwrap();
    assert!((sum - complete).abs() < 0.1, "the laps add up: {timings}");
    for key in ["frame_ms", "time_frame_ms", "time_filter_ms"] {
        assert_eq!(timings[key].as_array().map(Vec::len), Some(2), "{key} in {timings}");
    }
    assert!(timings["features"].as_u64().is_some_and(|features| features > 400));
    assert!(timings["peak_rss_bytes"].as_u64().is_some_and(|bytes| bytes > 1_000_000));
}

#[test]
fn a_bbox_decides_the_view_also_where_files_are_given() {
    let folder = Folder::new();
    let file = folder.file("mixed.geojson", MIXED);
    let [one, other] = ["36,35,36.5,35.5", "36.5,35.5,37,36"].map(|bbox| {
        let picture = folder.path(&format!("{}.png", &bbox[..4]));
        let arguments =
            ["render", &file, "--out", &picture, "--size", "200x150", "--bbox", bbox, "--offline"];
        drawn(&arguments).map(|_| std::fs::read(&picture).unwrap())
    });
    assert!(one.is_none() || one != other);
}

#[test]
fn render_refuses_the_servers_of_openstreetmap() {
    let folder = Folder::new();
    let picture = folder.path("map.png");
    let tiles = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
    let refused = sitmap(["render", "--out", &picture, "--size", "200x200", "--basemap", tiles]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!Path::new(&picture).exists());
    assert!(!refused.stderr.is_empty());
}

/// A line, a point, a feature without a place, and in line 5 a point whose coordinates are words.
#[test]
fn a_filter_keeps_the_rows_that_meet_every_condition() {
    let folder = Folder::new();
    let point = |lon: i32, killed: &str, note: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"killed":{killed},"note":"{note}"}},"geometry":{{"type":"Point","coordinates":[{lon},35]}}}}"#
        )
    };
    let points = [point(36, "5", "shelled"), point(37, "0", "Shelled"), point(38, "null", "calm")];
    let file = folder.file(
        "points.geojson",
        &format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, points.join(",")),
    );
    let matching = |filters: &[&str]| {
        let mut arguments = vec!["inspect", &file, "--json"];
        filters.iter().for_each(|filter| arguments.extend(["--filter", filter]));
        json(&sitmap(arguments))["matching"].as_u64()
    };
    assert_eq!(matching(&["killed >= 0"]), Some(2));
    assert_eq!(matching(&["killed >= 1", "note ~ SHELL"]), Some(1));
    assert_eq!(
        (matching(&["killed is unknown"]), matching(&["note in (calm, shelled)"])),
        (Some(1), Some(2))
    );
    let found = |at: &str| {
        let hits =
            sitmap(["identify", &file, "--no-bundled", "--at", at, "--filter", "killed >= 1", "--json"]);
        json(&hits).as_array().unwrap().len()
    };
    assert_eq!((found("36,35"), found("37,35")), (1, 0));
}

#[test]
fn one_filter_is_asked_of_each_file_by_what_it_has_and_refused_where_none_has_it() {
    let folder = Folder::new();
    let point = |name: &str, n: i32| {
        format!(
            r#"{{"type":"Feature","properties":{{"{name}":{n}}},"geometry":{{"type":"Point","coordinates":[36.5,35.5]}}}}"#
        )
    };
    let (one, other) =
        (folder.file("one.geojson", &point("a", 5)), folder.file("other.geojson", &point("b", 7)));
    let asked = |filter: &str| {
        sitmap(["identify", &one, &other, "--no-bundled", "--at", "36.5,35.5", "--json", "--filter", filter])
    };
    let layers = |filter: &str| {
        let hits = json(&asked(filter));
        let name = |hit: &Value| hit["layer"].as_str().unwrap().to_owned();
        hits.as_array().unwrap().iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(layers("a = 5"), ["one"]);
    assert_eq!(layers("a = 5 or b = 7"), ["other", "one"]);
    assert_eq!(layers("not a = 5"), Vec::<String>::new(), "what is unknown is no answer");
    let told = text(&asked("a = 6 or b = 7").stderr);
    assert!(told.contains("no row of one.geojson meets") && !told.contains("of other.geojson"), "{told}");
    let refused = asked("c = 1");
    let told = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{told}");
    assert!(told.contains("one.geojson, other.geojson") && told.contains("no column c"), "{told}");
    let alone = sitmap(["identify", &one, "--at", "36.5,35.5", "--filter", "b = 1"]);
    assert!(text(&alone.stderr).contains("one.geojson: there is no column"), "{}", text(&alone.stderr));
}

#[test]
fn a_filter_that_cannot_be_used_is_refused_with_what_there_is() {
    let folder = Folder::new();
    let file = folder.file("mixed.geojson", MIXED);
    let wrong = sitmap(["inspect", &file, "--filter", "name in 5..x"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("at character 12"), "{}", text(&wrong.stderr));
    for command in [&["inspect", &file][..], &["identify", &file, "--no-bundled", "--at", "36,35"]] {
        let refused = sitmap(command.iter().copied().chain(["--filter", "nothing = 1"]));
        assert_eq!(refused.status.code(), Some(1));
        assert!(text(&refused.stderr).contains("there is no column \"nothing\"; there are "));
    }
    assert_eq!(sitmap(["identify", "--at", "36,35", "--filter", "a = 1"]).status.code(), Some(2));
}

#[test]
fn search_finds_a_place_by_its_spellings_in_either_script() {
    for spelling in ["Saraqib", "saraqeb", "سراقب"] {
        let hits = json(&sitmap(["search", spelling, "--json"]));
        let first = &hits[0];
        assert_eq!(
            (first["kind"].as_str(), first["title"].as_str()),
            (Some("place"), Some("Saraqib")),
            "{spelling}"
        );
        assert_eq!(first["title_ar"], "سراقب");
        assert!(first["lat"].as_f64().is_some_and(|lat| (35.8..35.9).contains(&lat)), "{first}");
    }
}

#[test]
fn search_looks_into_files_and_tells_in_words_what_it_finds() {
    let folder = Folder::new();
    let pack = folder.file(
        "pack.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature",
            "properties":{"name":"Tall Zumrud","name:ar":"تل زمرد","place":"village"},
            "geometry":{"type":"Point","coordinates":[36.95,35.77]}}]}"#,
    );
    let found = text(&sitmap(["search", "tell zomrod", &pack]).stdout);
    assert!(found.starts_with("place: Tall Zumrud / تل زمرد (Village · "), "{found}");
    assert!(found.trim_end().ends_with(" · pack)"), "{found}");
    let found = text(&sitmap(["search", "35.48, 36.54"]).stdout);
    assert!(found.starts_with("position: 35.480000° N, 36.540000° E (37S BV"), "{found}");
    let nothing = sitmap(["search", "xqzwv"]);
    assert_eq!((nothing.status.code(), text(&nothing.stdout).trim()), (Some(0), "Nothing found"));
    let none = json(&sitmap(["search", "xqzwv", "--json"]));
    assert_eq!(none, serde_json::json!([]));
    let missing = sitmap(["search", "idlib", "/nowhere/at-all.geojson"]);
    assert_eq!((missing.status.code(), missing.stdout.is_empty()), (Some(1), true));
}

#[test]
fn a_query_prints_the_rows_of_a_filter_as_json_cells_and_features() {
    let expr = "killed >= 1 and date in 2018-09-04..2018-09-10";
    let rows = json(&sitmap(["query", "--where", expr, "--json"]));
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(row["killed"]["low"].as_u64().unwrap() >= 1, "{row}");
        let (first, last) = (row["date_start"].as_str().unwrap(), row["date_end"].as_str().unwrap());
        assert!(first <= "2018-09-10" && "2018-09-04" <= last, "{row}");
    }
    let cells = sitmap(["query", "--where", expr, "--csv"]);
    assert_eq!(csv::Reader::from_reader(&cells.stdout[..]).records().count(), rows.len());
    let features = json(&sitmap(["query", "--where", expr, "--geojson"]));
    assert_eq!(features["features"].as_array().unwrap().len(), rows.len());
    let parsed: geojson::GeoJson = features.to_string().parse().unwrap();
    assert!(matches!(parsed, geojson::GeoJson::FeatureCollection(_)));
    let all = json(&sitmap(["query", "--json"]));
    assert!(all.as_array().unwrap().len() > rows.len());
}

#[test]
fn a_query_of_a_file_takes_fields_from_its_columns_and_points_at_what_is_wrong() {
    let folder = Folder::new();
    let event = |id: u32, actor: &str, dead: u32| {
        format!(
            r#"{{"type":"Feature","properties":{{"event_id_cnty":"X{id}","event_date":"2018-09-0{id}","time_precision":1,"event_type":"Made up","actor1":"{actor}","geo_precision":1,"source":"=SUM(A1)","fatalities":{dead},"notes":"made for a test"}},"geometry":{{"type":"Point","coordinates":[36.{id},35]}}}}"#
        )
    };
    let events = [event(1, "Forces of Russia", 5), event(2, "قوات روسيا", 0), event(3, "Others", 7)];
    let file = folder.file(
        "made.geojson",
        &format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, events.join(",")),
    );
    let found = |expr: &str| {
        let rows = json(&sitmap(["query", &file, "--where", expr, "--json"]));
        rows.as_array().unwrap().iter().filter_map(|row| row["feature"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(found("killed.best >= 5 and actor ~ russia"), [1]);
    assert_eq!(found("actor ~ \"رُوسيا\" or date = 2018-09-03"), [2, 3]);
    let cells = sitmap(["query", &file, "--csv"]);
    assert!(text(&cells.stdout).contains("'=SUM(A1)"), "{}", text(&cells.stdout));
    let wrong = sitmap(["query", "--where", "kiled >= 5"]);
    assert_eq!(wrong.status.code(), Some(1));
    let told = text(&wrong.stderr);
    assert!(told.contains("at character 1") && told.contains("did you mean killed"), "{told}");
    assert_eq!(sitmap(["query", "--where", "killed >="]).status.code(), Some(2));
}

#[test]
fn what_a_query_tells_is_what_a_filter_finds_and_a_misspelt_word_is_told() {
    let rows = |expr: &str| {
        let rows = json(&sitmap(["query", "--where", expr, "--json"]));
        rows.as_array().unwrap().clone()
    };
    let all = rows("");
    for key in ["actor", "actor_wording", "weapon", "target", "grade", "precision", "place", "source"] {
        let field = key.trim_end_matches("_wording");
        let value = all[0][key].as_str().unwrap();
        let found = rows(&format!("{field} = \"{value}\""));
        assert!(found.iter().any(|row| row["id"] == all[0]["id"]), "{key} = {value}");
    }
    let spellings = ["air_strike", "AIR_STRIKE", "\"Air strike\"", "air-strike"];
    let counts = spellings.map(|spelling| rows(&format!("weapon = {spelling}")).len());
    assert!(counts[0] > 0 && counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    let wrong = sitmap(["query", "--where", "weapon = airstrikes"]);
    let told = text(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(
        told.contains("no weapon is called airstrikes") && told.contains("did you mean air_strike"),
        "{told}"
    );
    let unmet = sitmap(["query", "--where", "actor = Rusia"]);
    assert_eq!((unmet.status.code(), text(&unmet.stdout).trim()), (Some(0), ""));
    assert!(text(&unmet.stderr).contains("“Rusia”; did you mean “Russia”?"), "{}", text(&unmet.stderr));
}

#[test]
fn a_feature_of_a_query_has_no_point_where_only_its_region_is_known() {
    let folder = Folder::new();
    let event = |id: u32, precision: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"event_id_cnty":"X{id}","event_date":"2018-09-0{id}","time_precision":1,"event_type":"Made up","actor1":"Somebody","geo_precision":"{precision}","source":"Made up","fatalities":1,"notes":"made for a test"}},"geometry":{{"type":"Point","coordinates":[36.{id},35]}}}}"#
        )
    };
    let events = [event(1, "exact"), event(2, "area")];
    let file = folder.file(
        "made.geojson",
        &format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, events.join(",")),
    );
    let features = json(&sitmap(["query", &file, "--geojson"]));
    assert_eq!(features["features"][0]["geometry"]["coordinates"], serde_json::json!([36.1, 35.0]));
    let of_region = &features["features"][1];
    assert!(of_region["geometry"].is_null(), "{of_region}");
    let properties = &of_region["properties"];
    assert_eq!((&properties["lon"], &properties["precision"]), (&Value::Null, &"area".into()));
}

const MIXED: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"A track"},"geometry":{"type":"LineString","coordinates":[[36,35],[37,36]]}},
{"type":"Feature","properties":{"name":"A post"},"geometry":{"type":"Point","coordinates":[36,35]}},
{"type":"Feature","properties":{"name":"Somewhere"},"geometry":null},
{"type":"Feature","properties":{"name":"Broken"},"geometry":{"type":"Point","coordinates":["east","north"]}}
]}"#;

#[test]
fn a_table_is_a_layer_in_every_command() {
    let folder = Folder::new();
    let table = "name;killed;code;lat;lon\nسراقب;3;007;35,8637;36,8005\nx;;12;95;36,6\ny;;;;\n";
    let file = folder.file("made-up.csv", table);
    let inspection = json(&sitmap(["inspect", &file, "--json"]));
    assert_eq!(inspection["format"], "CSV with semicolons, decimal commas");
    assert_eq!((&inspection["features"], &inspection["rejected"]), (&2.into(), &1.into()));
    assert_eq!(inspection["table"]["places"]["lat"], "lat");
    let rejected = inspection["issues"].as_array().unwrap().iter().find(|issue| issue["line"] == 3).unwrap();
    assert!(rejected["message"].as_str().unwrap().contains("latitude 95"));
    let hits = json(&sitmap(["identify", &file, "--at", "36.8005,35.8637", "--no-bundled", "--json"]));
    let properties = &hits[0]["properties"];
    assert_eq!((&properties["killed"], &properties["code"]), (&3.into(), &"007".into()));
    assert_eq!((&properties["lat"], &properties["name"]), (&35.8637.into(), &"سراقب".into()));
}

#[test]
fn a_query_of_several_files_has_the_columns_of_all_and_cells_that_are_no_formulas() {
    let folder = Folder::new();
    let one = folder.file("one.csv", "name,lat,lon,=1+1\na,35.5,36.5,-7\n");
    let other = folder.file("other.csv", "name,lat,lon,people\nb,35.6,36.6,\"1,200\"\nc,35.7,36.7,5\n");
    let cells = sitmap(["query", &one, &other, "--csv"]);
    let cells = text(&cells.stdout);
    let lines: Vec<&str> = cells.lines().collect();
    assert_eq!(lines[0], "name,lat,lon,'=1+1,people");
    assert_eq!(lines[1..], ["a,35.5,36.5,-7,", "b,35.6,36.6,,1200", "c,35.7,36.7,,5"]);
}

#[test]
fn numbers_of_a_table_with_decimal_commas_are_told_as_what_they_are() {
    let folder = Folder::new();
    let table = "id;event_date;lat;lon;v;killed\n1;2018-09-08;35,5;36,5;1.234,5;1.234\n2;2018-09-09;35,6;36,6;1.000;4\n";
    let file = folder.file("commas.csv", table);
    let rows = json(&sitmap(["query", &file, "--json"]));
    assert_eq!(rows[0]["killed"]["best"], 1234);
    let hits = json(&sitmap(["identify", &file, "--at", "36.6,35.6", "--no-bundled", "--json"]));
    assert_eq!((&hits[0]["properties"]["v"], &hits[0]["properties"]["lat"]), (&1000.into(), &35.6.into()));
}

#[test]
fn a_layer_is_called_by_one_title_and_dates_that_cannot_be_read_are_counted() {
    let folder = Folder::new();
    let area = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
    let area = folder.file("Rebel-held area.geojson", area);
    let table = "event_id,lat,lon,date,killed\n1,35.4802,36.542,08/09/2018,1\n2,0.1,0.2,09/09/2018,2\n3,35.4802,36.542,2018-09-08 24:00,3\n";
    let events = folder.file("events.csv", table);
    let asked = sitmap(["query", &area, &events, "--where", "inside \"Rebel-held area\"", "--json"]);
    let told = text(&asked.stderr);
    assert!(told.contains("in filters it is “Rebel-held area (2)”"), "{told}");
    assert!(
        told.contains("1 row has a date that cannot be read and no time, such as “08/09/2018” in line 2"),
        "{told}"
    );
    let rows = json(&asked);
    let found = rows.as_array().unwrap().iter().filter(|row| row["layer"] == "events").count();
    assert_eq!(found, 2, "those in the bundled area: {rows}");
    assert!(text(&sitmap(["inspect", &events]).stderr).contains("whether the day or the month comes first"));
}

#[test]
fn day_and_month_are_read_as_the_table_shows_or_as_the_command_line_says() {
    let folder = Folder::new();
    let head = "event_id,lat,lon,date,killed\n1,35.48,36.54,04/05/2018,1\n";
    let open = folder.file("open.csv", head);
    let shown = folder.file("shown.csv", &format!("{head}2,35.48,36.54,13/09/2018,1\n"));
    let date = |arguments: &[&str]| json(&sitmap(arguments))[0]["date"].clone();
    assert_eq!(date(&["query", &open, "--json"]), Value::Null);
    assert_eq!(date(&["query", &open, "--json", "--dates", "month-first"]), "2018-04-05");
    assert_eq!(date(&["query", &open, "--json", "--dates", "day-first"]), "2018-05-04");
    assert_eq!(date(&["query", &shown, "--json"]), "2018-05-04");
    let told = text(&sitmap(["inspect", &shown]).stderr);
    assert!(told.contains("with the day first, as “13/09/2018” in line 3 shows"), "{told}");
    let april = ["inspect", &open, "--dates", "month-first", "--filter", "date in 2018-04-01..2018-04-30"];
    assert!(text(&sitmap(april).stdout).contains("1 of 1 meet the filter"));
}

#[test]
fn what_is_quoted_of_the_command_line_cannot_steer_a_terminal() {
    let wrong = sitmap(["query", "--where", "killed >= \u{1b}[31m\u{202e}x"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = text(&wrong.stderr);
    assert!(!told.contains(['\u{1b}', '\u{202e}']) && told.contains("\\u{1b}[31m"), "{told}");
}

fn hits_at(place: &str) -> Vec<Value> {
    let hits = json(&sitmap(["identify", "--at", place, "--json"]));
    hits.as_array().expect("identify prints an array").clone()
}

fn sitmap(arguments: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>) -> Output {
    let program = env!("CARGO_BIN_EXE_sitmap");
    Command::new(program).args(arguments).output().expect("the program starts")
}

/// What `render` printed; `None`, with a printed line, on a machine without any graphics driver.
fn drawn(arguments: &[&str]) -> Option<Output> {
    let output = sitmap(arguments);
    let told = text(&output.stderr);
    let without_driver = !output.status.success() && told.contains("adapter");
    if without_driver && std::env::var_os("CI").is_none() {
        println!("skipped: {told}");
        return None;
    }
    assert!(output.status.success(), "{told}");
    Some(output)
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("data on stdout is JSON")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn size_of_png(path: &Path) -> [u32; 2] {
    let file = std::fs::File::open(path).expect("the picture was written");
    let reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("it is a PNG file");
    [reader.info().width, reader.info().height]
}

/// A folder that goes away with the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn path(&self, name: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        path.to_str().expect("its path is text").to_owned()
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).expect("the file can be written");
        path
    }
}
