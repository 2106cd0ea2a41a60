//! Damaged, absurd and malicious files: none takes the program down, or much more memory than its own size.
//!
//! Each is given to the real program, as a user would. What must hold: it ends by itself with a sentence or a layer, every
//! record is kept or told of, and the good ones beside the damage stay.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/hostile_files.rs"]
mod hostile_files;

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use hostile_files::{HostileFile, hostile_files};
use serde_json::Value;

/// Whoever is not done by then is not slow but stuck.
const STUCK: Duration = Duration::from_secs(120);
/// What every file may cost, …
const FREE_BYTES: u64 = 64 << 20;
/// … and how many times its own size besides.
const TIMES_ITS_SIZE: u64 = 10;
/// A packed file may be unpacked to so many times its size before it is refused.
const TIMES_PACKED: u64 = 100;

struct Outcome {
    status: ExitStatus,
    stdout: String,
    stderr: String,
    peak_bytes: Option<u64>,
    took: Duration,
}

/// What the program makes of a file.
fn inspected(path: &Path) -> Outcome {
    let began = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_sitmap"));
    program.args(["inspect", "--json"]).arg(path).stdin(Stdio::null());
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Both pipes are emptied while it runs: it would wait for us otherwise.
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let stdout = std::thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text)
    });
    let stderr = std::thread::spawn(move || {
        let mut text = String::new();
        err.read_to_string(&mut text).map(|_| text)
    });
    let (status, peak_bytes) = awaited(&mut child, began);
    let (stdout, stderr) = (stdout.join().unwrap().unwrap(), stderr.join().unwrap().unwrap());
    Outcome { status, stdout, stderr, peak_bytes, took: began.elapsed() }
}

/// The end of the process, and the most memory that it was seen with; `None` where the system does not tell.
fn awaited(child: &mut Child, began: Instant) -> (ExitStatus, Option<u64>) {
    let mut peak = None;
    loop {
        peak = peak.max(peak_rss_bytes(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            return (status, peak);
        }
        if began.elapsed() > STUCK {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("stuck");
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn peak_rss_bytes(process: u32) -> Option<u64> {
    // Before it has become the program it shares the memory of this test, which has written large files.
    let program = fs::read_link(format!("/proc/{process}/exe")).ok()?;
    if program == std::env::current_exe().ok()? {
        return None;
    }
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// What is wrong with what the program made of it; `None` where nothing is.
fn complaint(file: &HostileFile, size: u64, outcome: &Outcome) -> Option<String> {
    let Outcome { status, stdout, stderr, peak_bytes, .. } = outcome;
    if stderr.contains("panicked") || !matches!(status.code(), Some(0 | 1)) {
        return Some(format!("{status}: {}", head(stderr)));
    }
    let is_packed = [".gz", ".zst"].iter().any(|ending| file.name.ends_with(ending));
    let times = if is_packed { TIMES_PACKED } else { TIMES_ITS_SIZE };
    if let Some(peak) = peak_bytes.filter(|&peak| peak > times * size + FREE_BYTES) {
        return Some(format!("{} MB for {size} bytes", peak / 1_000_000));
    }
    if status.code() == Some(1) && !stderr.contains(file.name.as_str()) {
        return Some(format!("the message does not name the file: {}", head(stderr)));
    }
    if stdout.is_empty() {
        return file.records.map(|_| format!("refused as a whole: {}", head(stderr)));
    }
    let told: Value = serde_json::from_str(stdout).unwrap();
    let [kept, rejected] = ["features", "rejected"].map(|key| told[key].as_u64().unwrap());
    if file.records.is_some_and(|records| records as u64 != kept + rejected) {
        return Some(format!("{kept} kept and {rejected} rejected of {:?}", file.records));
    }
    let issues = told["issues"].as_array().map_or(0, Vec::len);
    (rejected > 0 && issues == 0).then(|| format!("{rejected} rejected without a reason"))
}

fn head(text: &str) -> String {
    text.chars().take(200).collect()
}

#[test]
fn no_hostile_file_takes_the_program_down() {
    let folder = tempfile::tempdir().unwrap();
    let (mut complaints, mut slowest) = (Vec::new(), Vec::new());
    let files = hostile_files();
    for file in &files {
        let path = folder.path().join(&file.name);
        let mut out = BufWriter::new(File::create(&path).unwrap());
        (file.write)(&mut out).and_then(|()| out.flush()).unwrap();
        let size = path.metadata().unwrap().len();
        let outcome = inspected(&path);
        complaints.extend(complaint(file, size, &outcome).map(|words| format!("{}: {words}", file.name)));
        slowest.push((outcome.took, file.name.clone(), outcome.peak_bytes.unwrap_or(0) / 1_000_000));
        fs::remove_file(&path).unwrap();
    }
    slowest.sort();
    println!("{} files; the slowest:", files.len());
    for (took, name, peak) in slowest.iter().rev().take(8) {
        println!("  {name}: {:.2} s, {peak} MB", took.as_secs_f64());
    }
    assert!(files.len() >= 400, "{}", files.len());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
