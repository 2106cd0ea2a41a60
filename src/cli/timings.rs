//! The wall time of each step of a headless picture.
//!
//! Floor 7. The steps follow one another and do not overlap: together they are the time from the process's start to
//! the first picture in memory.

use std::time::Instant;

use serde_json::{Map, Value, json};

/// A stop watch with named laps.
pub struct Timings {
    lap_began: Instant,
    laps: Vec<(&'static str, f64)>,
    device_ready_at: Option<Instant>,
}

impl Timings {
    /// The first lap begins at the start of the process.
    pub fn begin(started: Instant) -> Self {
        Self { lap_began: started, laps: Vec::new(), device_ready_at: None }
    }

    /// Ends a lap.
    pub fn end_of(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, (now - self.lap_began).as_secs_f64() * 1e3));
        self.lap_began = now;
        if name == "device_ms" {
            self.device_ready_at = Some(now);
        }
    }

    /// Ends the lap of reading. Layers are read and indexed side by side on several threads; `indexing_share`, from 0
    /// to 1, is the measured part of the threads' time that went into indexing, and the lap is split by it.
    pub fn end_of_reading(&mut self, indexing_share: f64) {
        self.end_of("load_ms");
        if let Some((_, reading_ms)) = self.laps.last_mut() {
            let index_ms = *reading_ms * indexing_share;
            *reading_ms -= index_ms;
            self.laps.push(("index_ms", index_ms));
        }
    }

    /// The laps in milliseconds, and the time from the device's being ready to the first picture.
    pub fn to_json(&self) -> Map<String, Value> {
        let rounded = |ms: f64| json!((ms * 100.0).round() / 100.0);
        let mut line: Map<String, Value> =
            self.laps.iter().map(|&(name, ms)| (name.to_owned(), rounded(ms))).collect();
        if let Some(ready) = self.device_ready_at {
            line.insert("first_pixels_ms".to_owned(), rounded((self.lap_began - ready).as_secs_f64() * 1e3));
        }
        line
    }
}

/// The most memory the process has held, as the kernel counts it; `None` where it does not tell.
pub fn peak_rss_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
