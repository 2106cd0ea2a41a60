//! Projects through the program itself: packed, opened elsewhere, changed byte by byte, killed while they are saved.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sitmap::project::{Passphrase, Replaces, read_project, verify_project, write_project};
use sitmap::session::ProjectSnapshot;

const EVENTS: &str = "event_date,latitude,longitude,location,fatalities,notes\n\
                      2018-09-08,35.45,36.61,Hobait,2,\"one; two\"\n\
                      2018-09-09,35.52,36.64,Al-Habit,,three\n";
const AREA: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Zone"},
"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}}]}"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::Builder::new().prefix("somebody-").tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// A project of a table and an area.
    fn packed(&self, options: &[&str]) -> PathBuf {
        let (events, area) = (self.file("events.csv", EVENTS), self.file("area.geojson", AREA));
        let out = self.path("map.sitmap");
        let mut command =
            vec!["pack".as_ref(), events.as_os_str(), area.as_os_str(), "--out".as_ref(), out.as_os_str()];
        command.extend(options.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
        let packed = sitmap(&command);
        assert!(packed.status.success(), "{}", stderr(&packed));
        out
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sitmap"));
    command.env_remove("DISPLAY");
    command
}

fn sitmap<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Output {
    program().args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn rows(files: &[&Path]) -> Vec<Value> {
    let mut arguments: Vec<&std::ffi::OsStr> = vec!["query".as_ref()];
    arguments.extend(files.iter().map(|file| file.as_os_str()));
    arguments.push("--json".as_ref());
    let output = sitmap(&arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn verify(project: &Path) -> Output {
    sitmap(&["verify".as_ref(), project.as_os_str()])
}

/// Numbers that come out the same in every run; a linear congruential generator with Knuth's constants for 64 bits.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn a_project_with_its_data_holds_the_same_rows_where_the_files_are_not() {
    let folder = Folder::new();
    let project = folder.packed(&["--data"]);
    let before = rows(&[&folder.path("events.csv"), &folder.path("area.geojson")]);
    assert_eq!(before.len(), 3);
    let elsewhere = Folder::new();
    let moved = elsewhere.path("moved.sitmap");
    fs::rename(&project, &moved).unwrap();
    fs::remove_file(folder.path("events.csv")).unwrap();
    fs::remove_file(folder.path("area.geojson")).unwrap();
    assert_eq!(rows(&[&moved]), before);
    let checked = verify(&moved);
    assert!(checked.status.success(), "{}", stderr(&checked));
}

#[test]
fn a_project_is_an_archive_that_other_tools_unpack_and_the_data_is_that_of_the_files() {
    let folder = Folder::new();
    let project = folder.packed(&["--data"]);
    let mut archive = zip::ZipArchive::new(fs::File::open(project).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names[..3], ["mimetype", "project.json", "log.jsonl"]);
    assert_eq!(names.len(), 5);
    let mut unpacked = Vec::new();
    for name in &names[3..] {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        unpacked.push(text);
    }
    unpacked.sort();
    let mut given = vec![EVENTS.to_owned(), AREA.to_owned()];
    given.sort();
    assert_eq!(unpacked, given);
}

#[test]
fn files_are_found_where_they_lay_or_beside_the_project_and_what_is_missing_stays_listed() {
    let folder = Folder::new();
    let project = folder.packed(&[]);
    let before = rows(&[&project]);
    let elsewhere = Folder::new();
    let (moved, events) = (elsewhere.path("map.sitmap"), elsewhere.path("events.csv"));
    fs::rename(&project, &moved).unwrap();
    fs::rename(folder.path("events.csv"), &events).unwrap();
    fs::rename(folder.path("area.geojson"), elsewhere.path("area.geojson")).unwrap();
    assert_eq!(rows(&[&moved]), before);
    // A file that is not there loses nothing of what is known of it.
    fs::remove_file(&events).unwrap();
    let again = elsewhere.path("again.sitmap");
    let packed = sitmap(&["pack".as_ref(), moved.as_os_str(), "--out".as_ref(), again.as_os_str()]);
    assert_eq!(packed.status.code(), Some(1), "what cannot be read is told");
    assert!(stderr(&packed).contains("events.csv"));
    let checked = verify(&moved);
    assert_eq!(checked.status.code(), Some(1));
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        told.contains("events.csv (events): not found") && told.contains("area.geojson (area): as recorded"),
        "{told}"
    );
    fs::write(elsewhere.path("area.geojson"), AREA.replace("Zone", "Area")).unwrap();
    assert!(String::from_utf8_lossy(&verify(&moved).stdout).contains("area.geojson (area): changed"));
}

#[test]
fn a_project_without_paths_names_no_folder_and_its_log_still_fits() {
    let folder = Folder::new();
    let name = folder.0.path().file_name().unwrap().to_string_lossy().into_owned();
    let unpacked = |project: &Path| {
        let mut archive = zip::ZipArchive::new(fs::File::open(project).unwrap()).unwrap();
        let mut all = String::new();
        for at in 0..archive.len() {
            archive.by_index(at).unwrap().read_to_string(&mut all).unwrap();
        }
        all
    };
    assert!(unpacked(&folder.packed(&[])).contains(&name));
    let project = folder.packed(&["--no-paths"]);
    assert!(!unpacked(&project).contains(&name) && !unpacked(&project).contains("somebody"));
    assert!(verify(&project).status.success());
    // Nor do they come back by saving it anew, and what is beside it is found.
    let again = folder.path("again.sitmap");
    let packed = sitmap(&[
        "pack".as_ref(),
        project.as_os_str(),
        "--out".as_ref(),
        again.as_os_str(),
        "--no-paths".as_ref(),
    ]);
    assert!(packed.status.success(), "{}", stderr(&packed));
    assert!(!unpacked(&again).contains(&name));
    let log = sitmap(&["log".as_ref(), again.as_os_str()]);
    let log: Value = serde_json::from_slice(&log.stdout).unwrap();
    let actions: Vec<&str> =
        log["entries"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["imported", "imported", "saved", "saved"]);
    // In the order in which they were read, which is by chance.
    let events =
        log["entries"].as_array().unwrap().iter().find(|entry| entry["name"] == "events.csv").unwrap();
    assert_eq!((&events["kept"], &events["bytes"]), (&Value::from(2), &Value::from(EVENTS.len())));
}

#[test]
fn a_project_that_asks_for_data_gets_no_file_that_it_only_names() {
    let folder = Folder::new();
    let project = read_project(&folder.packed(&[]), None).unwrap().project;
    let (trap, again) = (folder.path("trap.sitmap"), folder.path("again.sitmap"));
    let mut snapshot = ProjectSnapshot {
        document: project.document,
        log: project.log,
        data: Vec::new(),
        withheld: Vec::new(),
    };
    snapshot.document.keeping.data = true;
    write_project(&trap, &snapshot, None, &Replaces::Nothing).unwrap();
    folder.file("events.csv", EVENTS.replace("three", "my house"));
    let held = |options: &[&str]| {
        let mut command = vec!["pack".as_ref(), trap.as_os_str(), "--out".as_ref(), again.as_os_str()];
        command.extend(options.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
        let packed = sitmap(&command);
        assert!(packed.status.success(), "{}", stderr(&packed));
        let document = read_project(&again, None).unwrap().project.document;
        let held: Vec<bool> =
            document.layers.iter().filter_map(|layer| Some(layer.source.as_ref()?.held)).collect();
        (held, stderr(&packed).contains("the data of events is not held"))
    };
    // The area is what the project recorded: whoever wrote that knows it.
    assert_eq!(held(&[]), (vec![false, true], true));
    // Nor does it get it by being packed once more.
    let packed = sitmap(&["pack".as_ref(), again.as_os_str(), "--out".as_ref(), again.as_os_str()]);
    assert!(packed.status.success(), "{}", stderr(&packed));
    let layers = read_project(&again, None).unwrap().project.document.layers;
    assert!(!layers.iter().any(|layer| {
        layer.shown.title == "events" && layer.source.as_ref().is_some_and(|source| source.held)
    }));
    assert_eq!(held(&["--no-paths"]), (vec![false, true], true));
    assert_eq!(held(&["--data"]), (vec![true, true], false));
    assert_eq!(held(&["--data", "--no-paths"]), (vec![true, true], false));
}

#[cfg(target_os = "linux")]
#[test]
fn files_and_folders_whose_names_are_no_text_go_into_a_project_as_any_other() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let odd = |name: &[u8]| folder.0.path().join(std::ffi::OsStr::from_bytes(name));
    fs::create_dir(odd(b"\xE9")).unwrap();
    let (events, out) = (odd(b"\xE9/\xFF.csv"), folder.path("map.sitmap"));
    fs::write(&events, EVENTS).unwrap();
    let packed = sitmap(&["pack".as_ref(), events.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert!(packed.status.success(), "{}", stderr(&packed));
    assert_eq!(rows(&[&out]).len(), 2);
    assert!(verify(&out).status.success());
}

#[test]
fn every_one_of_a_thousand_changed_bytes_is_found() {
    let folder = Folder::new();
    let project = folder.packed(&["--data"]);
    let bytes = fs::read(&project).unwrap();
    assert!(verify_project(&project, None).unwrap().faults.is_empty());
    let mut numbers = Numbers(2018);
    let changed = folder.path("changed.sitmap");
    for edit in 0..1_000 {
        let mut edited = bytes.clone();
        let at = numbers.below(edited.len());
        edited[at] = edited[at].wrapping_add(1 + numbers.below(255) as u8);
        fs::write(&changed, edited).unwrap();
        let is_found = verify_project(&changed, None).map_or(true, |found| !found.faults.is_empty());
        assert!(is_found, "edit {edit} of byte {at} of {}", bytes.len());
    }
    for cut in 0..100 {
        fs::write(&changed, &bytes[..bytes.len() * cut / 100]).unwrap();
        assert!(
            verify_project(&changed, None).map_or(true, |found| !found.faults.is_empty()),
            "cut at {cut} %"
        );
    }
}

#[test]
fn an_encrypted_project_tells_nothing_and_opens_with_its_passphrase_alone() {
    let folder = Folder::new();
    let (key, other) = (folder.file("key", "Ma‘arrat 1978\n"), folder.file("other", "wrong\n"));
    let project = folder.packed(&["--data", "--passphrase-file", &key.to_string_lossy()]);
    let bytes = fs::read(&project).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(6).any(|window| window == b"Hobait" || window == b"events"));
    let refused = verify(&project);
    assert!(refused.status.code() == Some(1) && stderr(&refused).contains("passphrase"));
    let with = |key: &Path| {
        sitmap(&["verify".as_ref(), project.as_os_str(), "--passphrase-file".as_ref(), key.as_os_str()])
    };
    assert!(with(&key).status.success());
    assert_eq!(with(&other).status.code(), Some(1));
    let long = with(&folder.file("long", "x".repeat(1_001)));
    assert!(long.status.code() == Some(1) && stderr(&long).contains("the first line has 1,001 letters"));
    let passphrase = Passphrase::new("Ma‘arrat 1978".to_owned()).unwrap();
    let (mut numbers, changed) = (Numbers(9), folder.path("changed.sitmap"));
    // Each takes the second that the passphrase costs: the head, where that is decided, and the rest by chance.
    let by_chance: Vec<usize> = (0..4).map(|_| numbers.below(bytes.len())).collect();
    for at in [30, 60, 100, 190].into_iter().chain(by_chance) {
        let mut edited = bytes.clone();
        edited[at] ^= 1 << numbers.below(8);
        fs::write(&changed, edited).unwrap();
        assert!(verify_project(&changed, Some(&passphrase)).is_err(), "byte {at}");
    }
}

#[test]
fn a_project_of_a_newer_program_is_refused_politely_and_not_overwritten() {
    let folder = Folder::new();
    let newer = folder.path("newer.sitmap");
    let mut archive = zip::ZipWriter::new(fs::File::create(&newer).unwrap());
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("mimetype", plain).unwrap();
    archive.write_all(sitmap::project::MIME_TYPE.as_bytes()).unwrap();
    archive.start_file("project.json", plain).unwrap();
    archive
        .write_all(br#"{"format": 2, "program": "sitmap 9.0", "layers": "in a way that nobody knows yet"}"#)
        .unwrap();
    archive.finish().unwrap();
    let before = fs::read(&newer).unwrap();
    let refused = sitmap(&["query".as_ref(), newer.as_os_str(), "--json".as_ref()]);
    assert!(
        refused.status.code() == Some(1) && stderr(&refused).contains("newer sitmap (sitmap 9.0"),
        "{}",
        stderr(&refused)
    );
    let events = folder.file("events.csv", EVENTS);
    let refused = sitmap(&["pack".as_ref(), events.as_os_str(), "--out".as_ref(), newer.as_os_str()]);
    assert!(refused.status.code() == Some(1) && stderr(&refused).contains("newer"), "{}", stderr(&refused));
    assert_eq!(fs::read(&newer).unwrap(), before);
}

#[test]
fn what_is_no_project_is_told_and_never_replaced() {
    let folder = Folder::new();
    let events = folder.file("events.csv", EVENTS);
    for (name, content) in
        [("a.sitmap", &b""[..]), ("b.sitmap", b"PK\x03\x04"), ("c.sitmap", EVENTS.as_bytes())]
    {
        let file = folder.file(name, content);
        assert_eq!(verify(&file).status.code(), Some(1));
        let refused = sitmap(&["pack".as_ref(), events.as_os_str(), "--out".as_ref(), file.as_os_str()]);
        assert!(
            refused.status.code() == Some(1) && stderr(&refused).contains("no project"),
            "{}",
            stderr(&refused)
        );
        assert_eq!(fs::read(&file).unwrap(), content);
    }
    for out in
        [folder.path("events.csv/in-a-file.sitmap"), PathBuf::from("/proc/no.sitmap"), PathBuf::from("/")]
    {
        let refused = sitmap(&["pack".as_ref(), events.as_os_str(), "--out".as_ref(), out.as_os_str()]);
        assert_eq!(refused.status.code(), Some(1), "{out:?}: {}", stderr(&refused));
    }
}

#[test]
fn what_is_encrypted_otherwise_is_never_replaced_and_what_is_damaged_not_packed_anew() {
    let folder = Folder::new();
    let events = folder.file("events.csv", EVENTS);
    let (key, other) = (folder.file("key", "one\n"), folder.file("other", "two\n"));
    let backup = folder.file("backup.age", "age-encryption.org/v1\n-> X25519 abc\nmy backup");
    let pack = |out: &Path, key: Option<&Path>| {
        let mut command = program();
        command.args(["pack".as_ref(), events.as_os_str(), "--out".as_ref(), out.as_os_str()]);
        if let Some(key) = key {
            command.arg("--passphrase-file").arg(key);
        }
        command.output().unwrap()
    };
    assert_eq!(pack(&backup, None).status.code(), Some(1));
    let project = folder.path("map.sitmap");
    assert!(pack(&project, Some(&key)).status.success());
    let before = fs::read(&project).unwrap();
    assert_eq!(pack(&project, Some(&other)).status.code(), Some(1));
    assert_eq!(pack(&project, None).status.code(), Some(1));
    assert_eq!(fs::read(&project).unwrap(), before);
    assert!(pack(&project, Some(&key)).status.success());
    let folder = Folder::new();
    let damaged = folder.packed(&[]);
    let mut bytes = fs::read(&damaged).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&damaged, &bytes).unwrap();
    let again = sitmap(&["pack".as_ref(), damaged.as_os_str(), "--out".as_ref(), damaged.as_os_str()]);
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
    assert_eq!(fs::read(&damaged).unwrap(), bytes);
}

#[test]
fn a_held_file_is_read_as_what_its_name_says_and_bombs_in_projects_are_refused() {
    let folder = Folder::new();
    let names = folder.file("names.csv", "place\nIdlib\nSarmin\n");
    let project = folder.path("names.sitmap");
    let packed = sitmap(&[
        "pack".as_ref(),
        names.as_os_str(),
        "--data".as_ref(),
        "--out".as_ref(),
        project.as_os_str(),
    ]);
    assert!(packed.status.success(), "{}", stderr(&packed));
    assert_eq!(rows(&[&project]).len(), 2);
    let zeros = vec![b' '; 40 << 20];
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(&zeros).unwrap();
    gz.write_all(&zeros).unwrap();
    let bomb = folder.file("bomb.csv.gz", gz.finish().unwrap());
    let out = folder.path("bomb.sitmap");
    let packed =
        sitmap(&["pack".as_ref(), bomb.as_os_str(), "--data".as_ref(), "--out".as_ref(), out.as_os_str()]);
    assert_eq!(packed.status.code(), Some(1), "80 MiB out of {} bytes", fs::metadata(&bomb).unwrap().len());
}

/// A project that was written by the first version of the format is read by every later one.
#[test]
fn a_project_of_the_first_format_opens() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/projects/first-format.sitmap");
    assert_eq!(rows(&[&project]).len(), 3);
    assert!(verify(&project).status.success());
}

/// `SITMAP_KILLS` says how often; `scripts/kill_saves.sh` runs it a thousand times.
#[test]
fn killed_at_any_moment_of_a_save_the_old_or_the_new_project_opens() {
    let kills = std::env::var("SITMAP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(40);
    let folder = Folder::new();
    let project = folder.packed(&["--data"]);
    let (old, new) = (folder.path("events.csv"), folder.path("area.geojson"));
    let noise: String = (0..200_000).map(|row| format!("{row},{}\n", row * 7919 % 1_000_003)).collect();
    let big = folder.file("big.csv", format!("name,number\n{noise}"));
    let save = |file: &Path| {
        let mut command = program();
        command.args([
            "pack".as_ref(),
            file.as_os_str(),
            big.as_os_str(),
            "--out".as_ref(),
            project.as_os_str(),
        ]);
        command.arg("--data").stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let began = std::time::Instant::now();
    assert!(save(&old).status().unwrap().success());
    let whole = began.elapsed();
    let mut numbers = Numbers(408);
    let (mut killed, mut seen) = (0, [0; 2]);
    for round in 0..kills {
        let mut saving = save(if round % 2 == 0 { &new } else { &old }).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(numbers.below(1_200) as f64 / 1_000.0));
        killed += usize::from(saving.try_wait().unwrap().is_none());
        saving.kill().unwrap();
        saving.wait().unwrap();
        let found = verify_project(&project, None).unwrap_or_else(|error| panic!("round {round}: {error}"));
        assert_eq!((found.faults.as_slice(), found.held), (&[][..], 2), "round {round}");
        let names = rows_titles(&project);
        seen[usize::from(names.contains("area"))] += 1;
    }
    println!(
        "{killed} of {kills} were killed while they ran; the project was {seen:?} times the one and the other"
    );
    assert!(killed * 4 > kills, "most must be killed in the midst of it");
    // What the killed ones left beside it goes with the next save.
    assert!(save(&old).status().unwrap().success());
    let left = fs::read_dir(folder.0.path()).unwrap().flatten();
    let left = left.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).count();
    assert_eq!(left, 0);
}

/// The titles of the user's layers, as the project's own description names them.
fn rows_titles(project: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(project).unwrap()).unwrap();
    let document: Value = serde_json::from_reader(archive.by_name("project.json").unwrap()).unwrap();
    let layers = document["layers"].as_array().unwrap().iter().filter(|layer| !layer["source"].is_null());
    layers.map(|layer| layer["shown"]["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
}

/// In a file system of its own with room for the first saving and not for the second.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_the_project_is_as_it_was() {
    let folder = Folder::new();
    let noise: String =
        (0..60_000_u64).map(|row| format!("{},{row}\n", row.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    folder.file("small.csv", EVENTS);
    folder.file("big.csv", format!("number,row\n{noise}"));
    let script = r#"
        set -e
        mkdir disk && mount -t tmpfs -o size=256k tmpfs disk || exit 77
        "$0" pack small.csv --data --out disk/map.sitmap
        before=$(sha256sum < disk/map.sitmap)
        ! "$0" pack big.csv --data --out disk/map.sitmap
        test "$before" = "$(sha256sum < disk/map.sitmap)"
        "$0" verify disk/map.sitmap
        test "$(ls -A disk)" = map.sitmap
    "#;
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_sitmap")]);
    let output = command.current_dir(folder.0.path()).output();
    match output {
        Ok(output) if output.status.code() != Some(77) && !stderr(&output).contains("unshare") => {
            assert!(output.status.success(), "{}", stderr(&output));
            assert!(stderr(&output).contains("cannot save the project"), "{}", stderr(&output));
        }
        _ => println!("no file system of its own can be had here: the full disk was not tried"),
    }
}
