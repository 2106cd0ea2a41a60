//! The floors of the house: imports go down only, and some crates are named in one place only.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Modules by floor; those on one floor do not know each other.
const FLOORS: [&[&str]; 8] = [
    &["coords"],
    &["situation"],
    &["source", "symbology", "index", "text"],
    &["tessellate", "sidecar"],
    &["session", "tiles", "render"],
    &["map_view", "project"],
    &["ui", "export"],
    &["cli", "workspace"],
];

/// Which modules may name which crate.
const CRATES: [(&str, &[&str]); 12] = [
    ("wgpu", &["render"]),
    ("egui_wgpu", &["render"]),
    ("egui", &["render", "tiles", "map_view", "ui", "export", "workspace"]),
    ("eframe", &["render", "tiles", "map_view", "ui", "export", "workspace"]),
    ("walkers", &["tiles", "map_view"]),
    ("ureq", &["tiles"]),
    ("memmap2", &["source", "tiles"]),
    ("rfd", &["ui"]),
    ("unicode_bidi", &["text"]),
    ("clap", &["cli"]),
    ("h3o", &["tessellate"]),
    ("rayon", &["source", "index", "tessellate", "sidecar", "session"]),
];

const MOST_LINES: usize = 400;

struct SourceFile {
    path: PathBuf,
    module: String,
    /// Without comments and tests.
    code: String,
}

fn source_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
                let module = first.trim_end_matches(".rs").to_owned();
                let code = code_of(&std::fs::read_to_string(&path).unwrap());
                files.push(SourceFile { path: inside.to_owned(), module, code });
            }
        }
    }
    files.retain(|file| !is_test_file(&file.path));
    files
}

fn is_test_file(path: &Path) -> bool {
    let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
    stem == "tests" || stem.ends_with("_tests") || path.components().any(|part| part.as_os_str() == "tests")
}

/// The code up to its tests, without comments: prose may name anything. Test modules that have a file of their own may
/// be declared anywhere; the inline one stands last.
fn code_of(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The names that follow `prefix` in `code`: `crate::a::…`, and each of `crate::{a, b::c}`.
fn names_after(code: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => names.push(identifier(rest)),
            Some(list) => names.extend(members(list)),
        }
    }
    names
}

/// The first names of the members of `a, b::{c, d}, e}…`.
fn members(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                names.push(identifier(list[start..at].trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// How many `super::` lead out of a file's own top-level module.
fn supers_to_the_root(path: &Path) -> usize {
    let depth = path.components().count() - 1;
    if path.file_stem().is_some_and(|stem| stem == "mod") { depth } else { depth + 1 }
}

#[test]
fn every_module_has_a_floor() {
    for file in source_files() {
        let known = ["main", "lib", "viewer", "native_window"].contains(&file.module.as_str())
            || floor_of(&file.module).is_some();
        assert!(known, "{:?} stands on no floor", file.path);
    }
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for file in source_files() {
        let Some(floor) = floor_of(&file.module) else { continue };
        let out = "super::".repeat(supers_to_the_root(&file.path));
        let named = names_after(&file.code, "crate::").into_iter().chain(names_after(&file.code, &out));
        for name in named.filter(|name| *name != file.module) {
            if floor_of(&name).is_some_and(|other| other >= floor) {
                wrong.push(format!("{:?} (floor {floor}) names {name}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_are_named_only_where_they_belong() {
    let mut wrong = Vec::new();
    for file in source_files().iter().filter(|file| floor_of(&file.module).is_some()) {
        for (name, modules) in CRATES {
            let named =
                file.code.contains(&format!("{name}::")) || file.code.contains(&format!("use {name};"));
            let whole = named && is_named_whole(&file.code, name);
            if whole && !modules.contains(&file.module.as_str()) {
                wrong.push(format!("{:?} names {name}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `egui::` but not `egui_extras::`, and not a path inside of another crate such as `crate::egui::`.
fn is_named_whole(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }) || code.contains(&format!("use {name};"))
}

#[test]
fn files_stay_short() {
    let mut lengths = BTreeMap::new();
    for file in source_files() {
        lengths.insert(file.code.lines().count(), file.path);
    }
    let long: Vec<_> = lengths.range(MOST_LINES + 1..).collect();
    assert!(long.is_empty(), "more than {MOST_LINES} lines without tests: {long:?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in source_files() {
        let text = std::fs::read_to_string(root.join(&file.path)).unwrap();
        assert!(text.starts_with("//! "), "{:?} begins without its role", file.path);
    }
}

#[test]
fn the_reader_of_this_test_sees_upward_imports() {
    let code = "use crate::{coords, ui::{self, Panel}, index};\nlet x = crate::session::Session::new();";
    assert_eq!(names_after(code, "crate::"), ["coords", "ui", "index", "session"]);
    assert_eq!(names_after("use super::super::render::X;", "super::super::"), ["render"]);
    let behind_a_test_module = "mod a;\n#[cfg(test)]\nmod fixture;\npub use crate::ui::Panel;\n\n#[cfg(test)]\nmod tests {\n    use crate::cli;\n}\n";
    assert_eq!(names_after(&code_of(behind_a_test_module), "crate::"), ["ui"]);
}
