//! What leaves the program tells no more than was asked: places as coarsely as is wanted, no path and no user's name.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use sitmap::export::LayerCopies;
use sitmap::project::{Replaces, write_project};
use sitmap::session::{
    Command as SessionCommand, CopiedRows, CopyForm, CopyRequest, FeatureRef, LayerCopy, LayerId, Purpose,
    Session, Settings,
};
use sitmap::situation::CoarseGrid;
use tempfile::TempDir;

/// The same place in all the forms in which tables tell it, beside words and numbers that tell none.
const SIGHTINGS: &str = "code,lat,lon,mgrs,note,link,level,name\n\
    s1,35.861234,36.823456,37SBV 11111 22222,\"seen at 35.8612, 36.8234 twice\",https://maps.example/?q=35.8612;36.8234,high,first house\n\
    s2,35.861299,36.823499,,\"35°51'40\"\"N 36°49'24\"\"E\",,high,second house\n\
    s3,35.131111,36.752222,,nothing to tell in 2018,https://example.org/12,low,Hama\n";
const EVENTS: &str = "id,event_date,place,latitude,longitude,precision_class,killed,source\n\
    e1,2018-09-08,Hidden Hamlet,35.861234,36.823456,exact,2,somebody\n\
    e2,2018-09-09,Hama,35.131111,36.752222,exact,1,somebody\n";
const SHAPES: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","id":"way","properties":{"name":"way"},"geometry":{"type":"LineString","coordinates":[[36.823456,35.861234],[36.823999,35.861999],[37.203456,35.961234]]}},
    {"type":"Feature","id":"house","properties":{"name":"house"},"geometry":{"type":"Polygon","coordinates":[[[36.823456,35.861234],[36.823556,35.861234],[36.823556,35.861334],[36.823456,35.861234]]]}}]}"#;
/// What of the exact places may not be found, whatever stands behind it.
const SECRETS: [&str; 8] =
    ["35.8612", "36.8234", "35.861", "36.823", "11111", "35°51'40", "35.9612", "37.2034"];

struct Folder {
    _kept: TempDir,
    path: PathBuf,
}

impl Folder {
    /// With somebody's name in its path.
    fn new() -> Self {
        let kept = tempfile::tempdir().unwrap();
        let path = kept.path().join("somebody-secret");
        fs::create_dir(&path).unwrap();
        Self { _kept: kept, path }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.path.join(name);
        fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn sitmap(&self, arguments: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_sitmap"));
        program.args(arguments).current_dir(&self.path).env("HOME", &self.path);
        for name in ["USER", "LOGNAME", "USERNAME", "HOSTNAME"] {
            program.env(name, "somebody-secret");
        }
        program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().unwrap()
    }

    fn told(&self, arguments: &[&str]) -> String {
        let output = self.sitmap(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn assert_tells_nothing(told: &str, what: &str) {
    for secret in SECRETS {
        assert!(!told.contains(secret), "{what} tells {secret}:\n{told}");
    }
}

#[test]
fn nothing_of_the_exact_place_is_left_in_any_form_of_a_coarse_answer() {
    let folder = Folder::new();
    let tables = [folder.file("sightings.csv", SIGHTINGS), folder.file("shapes.geojson", SHAPES)];
    for table in &tables {
        for form in ["--geojson", "--csv", "--json"] {
            let exact = folder.told(&["query", table, form]);
            let coarse = folder.told(&["query", table, form, "--coarsen", "5km"]);
            assert!(form != "--geojson" || exact.contains("35.861"), "{exact}");
            assert_tells_nothing(&coarse, form);
            assert!(coarse.contains("middle of a 5 km cell"), "{coarse}");
            assert_eq!(coarse, folder.told(&["query", table, form, "--coarsen", "5km"]), "twice the same");
        }
    }
    let collection: Value =
        serde_json::from_str(&folder.told(&["query", &tables[0], "--geojson", "--coarsen", "5km"])).unwrap();
    assert_eq!(collection["coarsened"]["rows"], 3);
    assert_eq!(collection["coarsened"]["cell_m"], 5_000);
    assert!(collection["coarsened"]["program"].as_str().unwrap().starts_with("sitmap "));
    let features = collection["features"].as_array().unwrap();
    assert_eq!(features[0]["geometry"], features[1]["geometry"], "neighbours cannot be told apart");
    assert_eq!(features[0]["properties"]["code"], "s1", "what tells no place stays");
    assert_eq!(features[2]["properties"]["link"], "https://example.org/12");
    assert_eq!(
        features[2]["properties"]["location_radius_m"].as_u64().map(|m| (3_500..4_500).contains(&m)),
        Some(true)
    );
}

#[test]
fn what_a_project_hides_is_not_told_exactly_with_what_it_shows() {
    let folder = Folder::new();
    let (mut session, layer) = opened(&folder.file("sightings.csv", SIGHTINGS));
    session.apply(SessionCommand::SetFilter { layer, filter: Some("level = low".parse().unwrap()) });
    session.settle();
    let project = folder.path.join("map.sitmap");
    let snapshot = session.to_project(Purpose::Save);
    write_project(&project, &snapshot, None, &Replaces::Nothing).unwrap();
    let out = project.to_string_lossy().into_owned();
    let shown = folder.told(&["query", &out, "--csv"]);
    assert!(!shown.contains("s1"), "{shown}");
    let coarse = folder.told(&["query", &out, "--csv", "--coarsen", "5km"]);
    assert_tells_nothing(&coarse, "a project");
    assert!(coarse.contains("s3") && !coarse.contains("s1") && !coarse.contains("35.1311"), "{coarse}");
    let head = coarse.lines().next().unwrap();
    assert!(head.ends_with("location_method,location_radius_m,longitude,latitude"), "{head}");
    let chosen = folder.told(&["query", &out, "--csv", "--coarsen", "5km", "--coarsen-where", "code = s1"]);
    assert!(chosen.contains("35.131111") && !chosen.contains("s1"), "{chosen}");
}

#[test]
fn what_is_not_known_of_a_row_does_not_give_it_away() {
    let folder = Folder::new();
    let one = folder.file(
        "one.csv",
        "id,lat,lon,public\na,35.861234,36.823456,no\nb,35.131111,36.752222,yes\nc,35.861234,36.823456,\n",
    );
    let other = folder.file("other.csv", "id,lat,lon\nd,35.861234,36.823456\n");
    let told =
        folder.told(&["query", &one, &other, "--csv", "--coarsen", "5km", "--coarsen-where", "public = no"]);
    assert_tells_nothing(&told, "both");
    assert!(told.contains("35.131111"), "{told}");
    let nobody =
        folder.sitmap(&["query", &one, "--csv", "--coarsen", "5km", "--coarsen-where", "public = never"]);
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("no row meets --coarsen-where"));
    let empty = folder.told(&["query", &one, "--csv", "--coarsen", "5km", "--coarsen-where", ""]);
    assert_eq!(empty.matches("middle of a 5 km cell").count(), 3, "{empty}");
}

#[test]
fn a_row_without_a_position_tells_none_in_its_texts() {
    let folder = Folder::new();
    let text = "id,event_date,place,precision_class,killed,note\ne1,2018-09-08,Hidden Hamlet,near_10km,2,the house at 35.8612-36.8234\n";
    let table = folder.file("unplaced.csv", text);
    for form in ["--geojson", "--csv", "--json"] {
        let told = folder.told(&["query", &table, form, "--coarsen", "5km"]);
        assert_tells_nothing(&told, form);
        assert!(!told.contains("Hidden Hamlet") && told.contains("place withheld"), "{told}");
    }
    let precision = |more: &[&str]| {
        let told = folder.told(&[&["query", &table, "--json"], more].concat());
        serde_json::from_str::<Value>(&told).unwrap()[0]["precision"].clone()
    };
    assert_eq!(precision(&["--coarsen", "5km"]), precision(&[]), "nothing made it more exact");
}

#[test]
fn a_line_keeps_its_course_from_cell_to_cell_and_a_house_becomes_a_point() {
    let folder = Folder::new();
    let shapes = folder.file("shapes.geojson", SHAPES);
    let told = folder.told(&["query", &shapes, "--geojson", "--coarsen", "5km"]);
    let collection: Value = serde_json::from_str(&told).unwrap();
    let geometry = |at: usize| &collection["features"][at]["geometry"];
    assert_eq!(geometry(0)["type"], "LineString");
    assert_eq!(geometry(0)["coordinates"].as_array().unwrap().len(), 2);
    assert_eq!(geometry(1)["type"], "Point");
    assert_eq!(collection["features"][1]["id"], "house");
}

#[test]
fn only_the_rows_that_are_asked_for_are_coarse() {
    let folder = Folder::new();
    let table = folder.file("sightings.csv", SIGHTINGS);
    let told =
        folder.told(&["query", &table, "--csv", "--coarsen", "10km", "--coarsen-where", "level = \"high\""]);
    assert_tells_nothing(&told, "the table");
    assert!(told.contains("35.131111") && told.contains("36.752222"), "{told}");
    assert_eq!(told.matches("middle of a 10 km cell").count(), 2, "{told}");
    let shown = folder.told(&[
        "query",
        &table,
        "--json",
        "--where",
        "level = \"low\"",
        "--coarsen",
        "10km",
        "--coarsen-where",
        "level = \"high\"",
    ]);
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap().as_array().unwrap().len(), 1, "{shown}");
    assert!(!shown.contains("middle of"), "{shown}");
}

#[test]
fn an_event_that_is_told_coarsely_is_less_precise_and_names_no_village() {
    let folder = Folder::new();
    let table = folder.file("events.csv", EVENTS);
    for form in ["--geojson", "--csv", "--json"] {
        let told =
            folder.told(&["query", &table, form, "--coarsen", "5km", "--coarsen-where", "killed >= 2"]);
        assert_tells_nothing(&told, form);
        assert!(!told.contains("Hidden Hamlet"), "{told}");
        assert!(told.contains("35.131111") && told.contains("e1"), "{told}");
    }
    let rows: Value =
        serde_json::from_str(&folder.told(&["query", &table, "--json", "--coarsen", "5km"])).unwrap();
    assert_eq!(rows[0]["location_method"], "middle of a 5 km cell");
    assert_eq!(rows[0]["precision"], "near_10km");
    assert!(rows[0]["lat"].as_f64().is_some_and(|lat| (35.8..35.95).contains(&lat)), "{rows}");
}

#[test]
fn answers_and_pictures_name_no_folder_and_no_user() {
    let folder = Folder::new();
    let table = folder.file("sightings.csv", SIGHTINGS);
    let events = folder.file("events.csv", EVENTS);
    let picture = folder.path.join("map.png");
    let out = picture.to_string_lossy().into_owned();
    let asked: [&[&str]; 12] = [
        &["query", &table],
        &["query", &table, "--json"],
        &["query", &table, "--csv"],
        &["query", &table, "--geojson"],
        &["query", &events, "--json"],
        &["query", &events, "--csv"],
        &["query", &events, "--geojson"],
        &["inspect", &table, "--json"],
        &["inspect", &table],
        &["identify", &table, "--at", "36.823456,35.861234", "--json"],
        &["search", "Hamlet", &events, "--json"],
        &["render", &table, "--out", &out, "--size", "200x150"],
    ];
    for arguments in asked {
        let output = folder.sitmap(arguments);
        let told = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        if arguments[0] == "render" && complaint.contains("adapter") {
            println!("no graphics adapter: no picture was looked at");
            continue;
        }
        assert!(output.status.success(), "{arguments:?}: {complaint}");
        assert!(!told.contains("somebody-secret"), "{arguments:?}:\n{told}");
    }
    assert!(!holds(&picture, b"somebody"));
}

#[test]
fn a_project_that_is_to_keep_no_paths_names_no_folder_either() {
    let folder = Folder::new();
    let table = folder.file("sightings.csv", SIGHTINGS);
    let project = folder.path.join("map.sitmap");
    let out = project.to_string_lossy().into_owned();
    for (more, tells) in [(&["--no-paths"][..], false), (&[], true)] {
        folder.told(&[&["pack", &table, "--out", &out, "--data"], more].concat());
        let mut archive = zip::ZipArchive::new(fs::File::open(&project).unwrap()).unwrap();
        let mut told = String::new();
        for name in ["project.json", "log.jsonl"] {
            archive.by_name(name).unwrap().read_to_string(&mut told).unwrap();
        }
        assert_eq!(told.contains("somebody-secret"), tells, "{told}");
        fs::remove_file(&project).unwrap();
    }
    folder.told(&["pack", &table, "--out", &out, "--data", "--no-paths"]);
    assert!(!folder.told(&["log", &out]).contains("somebody-secret"));
}

/// A copy of the file as the window writes it.
fn copied(file: &str, form: CopyForm, rows: CopiedRows, coarse: Option<CopiedRows>) -> String {
    let (mut session, layer) = opened(file);
    let row = FeatureRef { layer, row: 0 };
    session.apply(SessionCommand::SelectFeature(row));
    let coarse = coarse.map(|rows| (CoarseGrid::of_cells(5_000).unwrap(), rows));
    let to = Path::new(file).with_extension("copy");
    let notice = write_copy(&mut session, LayerCopy { layer, rows, form, coarse }, &to);
    assert!(notice.contains("written to"), "{notice}");
    fs::read_to_string(to).unwrap()
}

fn opened(file: &str) -> (Session, LayerId) {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.apply(SessionCommand::OpenFiles(vec![file.into()]));
    session.settle();
    let layer = session.catalogue().top_down().next().unwrap().id;
    (session, layer)
}

/// What the user is told at the end.
fn write_copy(session: &mut Session, copy: LayerCopy, to: &Path) -> String {
    let mut copies = LayerCopies::new(Arc::new(|| {}));
    if let Some(wanted) = copies.carry_out(CopyRequest::ChooseWhere(copy), session) {
        copies.carry_out(CopyRequest::WriteTo(wanted.number, to.to_owned()), session);
    }
    while copies.progress().is_some() {
        copies.tick(session);
        std::thread::yield_now();
    }
    session.notices().last().unwrap().message.clone()
}

#[test]
fn a_copy_of_a_layer_has_its_own_columns_and_tells_no_place_more_exactly_than_was_asked() {
    let folder = Folder::new();
    for (name, text) in [("sightings.csv", SIGHTINGS), ("events.csv", EVENTS), ("shapes.geojson", SHAPES)] {
        let file = folder.file(name, text);
        for form in CopyForm::ALL {
            let exact = copied(&file, form, CopiedRows::All, None);
            assert!(exact.contains("35.861234"), "{exact}");
            let coarse = copied(&file, form, CopiedRows::All, Some(CopiedRows::All));
            assert_tells_nothing(&coarse, name);
            assert!(
                coarse.contains("middle of a 5 km cell") && !coarse.contains("Hidden Hamlet"),
                "{coarse}"
            );
            // What was written is read again, with a place for every row.
            let written = folder.file(&format!("again.{}", form.ending()), &coarse);
            let (session, layer) = opened(&written);
            let data = session.content(layer).unwrap().data().unwrap();
            let places = (0..data.features.len()).map(|row| data.features.geometry(row).vertices().len());
            assert!(places.clone().all(|vertices| vertices > 0), "{coarse}");
            assert_eq!(places.len(), if name == "sightings.csv" { 3 } else { 2 });
        }
    }
    let events = copied(&folder.file("events.csv", EVENTS), CopyForm::Csv, CopiedRows::All, None);
    assert_eq!(events, EVENTS, "nothing was asked to be changed");
    let coarse =
        copied(&folder.file("events.csv", EVENTS), CopyForm::Csv, CopiedRows::All, Some(CopiedRows::All));
    let head = "id,event_date,killed,source,location_method,location_radius_m,longitude,latitude";
    assert_eq!(coarse.lines().next(), Some(head));
}

#[test]
fn a_copy_holds_the_rows_that_were_chosen_and_makes_those_coarse_that_were_chosen() {
    let folder = Folder::new();
    let file = folder.file("events.csv", EVENTS);
    let selected = copied(&file, CopyForm::Csv, CopiedRows::Selected, None);
    assert_eq!(selected.lines().count(), 2, "{selected}");
    let one_coarse = copied(&file, CopyForm::Csv, CopiedRows::All, Some(CopiedRows::Selected));
    assert_tells_nothing(&one_coarse, "the selected row");
    assert!(one_coarse.contains("35.131111") && one_coarse.contains("Hama"), "{one_coarse}");
    let (mut session, layer) = opened(&file);
    session.apply(SessionCommand::SetFilter { layer, filter: Some("killed >= 2".parse().unwrap()) });
    session.settle();
    let copy = LayerCopy { layer, rows: CopiedRows::Shown, form: CopyForm::Csv, coarse: None };
    let to = folder.path.join("shown.csv");
    assert_eq!(write_copy(&mut session, copy, &to), "1 row written to shown.csv");
    assert!(!fs::read_to_string(&to).unwrap().contains("e2"));
}

#[test]
fn whoever_makes_a_copy_coarse_is_told_how_many_texts_it_lacks() {
    let folder = Folder::new();
    let notes = |second: &str| {
        let rows = format!("a,35.861234,36.823456,seen at 35.8613 36.8235\nb,35.131111,36.752222,{second}\n");
        folder.file("notes.csv", &format!("id,lat,lon,note\n{rows}"))
    };
    let told = |file: &str, name: &str| {
        let (mut session, layer) = opened(file);
        let coarse = CoarseGrid::of_cells(5_000).map(|grid| (grid, CopiedRows::All));
        let copy = LayerCopy { layer, rows: CopiedRows::All, form: CopyForm::Csv, coarse };
        write_copy(&mut session, copy, &folder.path.join(name))
    };
    let one = told(&notes("near the mill"), "one.csv");
    assert!(one.ends_with("cell. 1 text or number that tells a place was left out"), "{one}");
    let titled = folder.file("named.csv", "id,lat,lon,name\na,35.861234,36.823456,post at 35.8613 36.8235\n");
    let titled = told(&titled, "titled.csv");
    assert!(titled.ends_with(". 1 text or number that tells a place was left out"), "{titled}");
    let two = told(&notes("at 35.1312 36.7523"), "two.csv");
    assert!(two.ends_with(". 2 texts or numbers that tell a place were left out"), "{two}");
}

#[test]
fn a_copy_takes_no_file_that_is_open_and_one_that_fails_leaves_what_was_there() {
    let folder = Folder::new();
    let file = folder.file("events.csv", EVENTS);
    let (mut session, layer) = opened(&file);
    let copy = LayerCopy { layer, rows: CopiedRows::All, form: CopyForm::GeoJson, coarse: None };
    let refused = write_copy(&mut session, copy, Path::new(&file));
    assert!(refused.contains("a copy needs another name"), "{refused}");
    assert_eq!(fs::read_to_string(&file).unwrap(), EVENTS);
    let no_folder = Path::new(&file).join("copy.geojson");
    let failed = write_copy(&mut session, copy, &no_folder);
    assert!(failed.contains("cannot be written"), "{failed}");
    let bare = folder.path.join("bare");
    assert_eq!(write_copy(&mut session, copy, &bare), "2 rows written to bare.geojson");
    assert!(!holds(&bare.with_extension("geojson"), b"somebody-secret"));
    // Somebody chose `bare`, and was not asked about `bare.geojson`.
    let occupied = write_copy(&mut session, copy, &bare);
    assert!(occupied.contains("cannot be written"), "{occupied}");
    let grid = CoarseGrid::of_cells(5_000).unwrap();
    let none = LayerCopy { coarse: Some((grid, CopiedRows::Selected)), ..copy };
    assert!(write_copy(&mut session, none, &bare).contains("None of these rows would be coarse"));
}

#[test]
fn a_cell_of_a_copy_that_a_spreadsheet_would_run_is_written_as_text() {
    let folder = Folder::new();
    let file = folder.file("formulas.csv", "name,lat,lon\n\"=HYPERLINK(\"\"http://x\"\")\",35.5,36.5\n");
    let told = copied(&file, CopyForm::Csv, CopiedRows::All, None);
    assert!(told.contains("'=HYPERLINK"), "{told}");
}

/// Whether a file has these bytes in it; not where there is none.
fn holds(path: &Path, wanted: &[u8]) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.windows(wanted.len()).any(|window| window == wanted))
}
