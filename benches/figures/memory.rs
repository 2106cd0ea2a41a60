//! The memory that a reader takes, measured in a process of its own that does nothing else.
//!
//! Counted is anonymous memory, as Linux tells it of every process: pages of the mapped file are not among it, since
//! the system takes them back whenever it likes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::layer::Layer;
use crate::readers;

/// The question to the process: the reader's word, a colon, the file's path.
const QUESTION: &str = "SITMAP_BENCH_MEMORY_OF";
const SAMPLE_EVERY: Duration = Duration::from_millis(1);

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// The feature store.
    Sitmap,
    /// The store with its index and the picture of the first view.
    SitmapDrawn,
    Sonic,
    Geojson,
}

const WORDS: [(&str, Reader); 4] = [
    ("sitmap", Reader::Sitmap),
    ("sitmap-drawn", Reader::SitmapDrawn),
    ("sonic", Reader::Sonic),
    ("geojson", Reader::Geojson),
];

impl FromStr for Reader {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = WORDS.into_iter().find(|(known, _)| *known == word);
        known.map(|(_, reader)| reader).ok_or_else(|| format!("no reader is called {word:?}"))
    }
}

/// Beyond what the process had before it read.
pub struct Used {
    /// The most at any time.
    pub peak_bytes: u64,
    /// What is left when all is read.
    pub held_bytes: u64,
}

/// Runs the reader in a process of its own; `None` where the system does not tell of anonymous memory.
pub fn ask(reader: Reader, path: &Path) -> Option<Used> {
    let (word, _) = WORDS.into_iter().find(|(_, known)| *known as u8 == reader as u8)?;
    let program = std::env::current_exe().ok()?;
    let question = format!("{word}:{}", path.display());
    let output = Command::new(program).env(QUESTION, question).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    let (peak, held) = answer.trim().split_once(' ')?;
    Some(Used { peak_bytes: peak.parse().ok()?, held_bytes: held.parse().ok()? })
}

/// Whether this process is one that was started by [`ask`], and what for.
pub fn question_to_this_process() -> Option<(Reader, PathBuf)> {
    let question = std::env::var(QUESTION).ok()?;
    let (word, path) = question.split_once(':')?;
    Some((word.parse().ok()?, PathBuf::from(path)))
}

/// Reads, and prints the peak and what is held, both in bytes; nothing where the system does not tell.
pub fn answer((reader, path): &(Reader, PathBuf)) {
    let used = match reader {
        Reader::Sitmap => while_running(|| readers::sitmap(path)),
        Reader::SitmapDrawn => while_running(|| Layer::of(path).with_first_picture()),
        Reader::Sonic => {
            let bytes = readers::mapped(path);
            while_running(|| readers::sonic(&bytes))
        }
        Reader::Geojson => {
            let bytes = readers::mapped(path);
            while_running(|| readers::geojson(&bytes))
        }
    };
    if let Some(Used { peak_bytes, held_bytes }) = used {
        println!("{peak_bytes} {held_bytes}");
    }
}

fn while_running<T>(read: impl FnOnce() -> T) -> Option<Used> {
    let before = anonymous_bytes()?;
    let done = AtomicBool::new(false);
    let (peak, held) = thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = 0;
            while !done.load(Ordering::Relaxed) {
                peak = anonymous_bytes().unwrap_or_default().max(peak);
                thread::sleep(SAMPLE_EVERY);
            }
            peak
        });
        let kept = read();
        give_back_freed_memory();
        let held = anonymous_bytes().unwrap_or_default();
        done.store(true, Ordering::Relaxed);
        drop(kept);
        (watch.join().unwrap_or_default(), held)
    });
    Some(Used { peak_bytes: peak.max(held).saturating_sub(before), held_bytes: held.saturating_sub(before) })
}

/// As sitmap does after a large file, and for every reader alike: what the C library keeps for later is held by nobody.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "a call into the C library")]
fn give_back_freed_memory() {
    // SAFETY: it takes no pointer and may be called by any thread at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Elsewhere the system's allocator does it by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_back_freed_memory() {}

/// The anonymous memory of this process that is resident.
fn anonymous_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
