//! The wall time of each step of a headless picture.
//!
//! Floor 7. The laps follow one another and do not overlap: together they are `complete_ms`, the time from the
//! process's start to the first complete picture in memory. The graphics device is opened beside the reading.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// A stop watch with named laps.
pub struct Timings {
    started: Instant,
    lap_began: Instant,
    laps: Vec<(&'static str, f64)>,
    device_ready_at: Option<Instant>,
    first_pixels_at: Option<Instant>,
}

impl Timings {
    /// The first lap begins at the start of the process.
    pub fn begin(started: Instant) -> Self {
        Self { started, lap_began: started, laps: Vec::new(), device_ready_at: None, first_pixels_at: None }
    }

    /// Ends a lap.
    pub fn end_of(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, milliseconds(now - self.lap_began)));
        self.lap_began = now;
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

    /// When the graphics device was ready, beside the laps.
    pub fn device_ready(&mut self, at: Option<Instant>) {
        self.device_ready_at = at;
    }

    /// There is a picture now that shows something of the files; only the first call counts.
    pub fn first_pixels(&mut self) {
        self.first_pixels_at.get_or_insert_with(Instant::now);
    }

    /// The laps in milliseconds. `device_ms` is the time from the start to the device, `first_pixels_ms` that from the
    /// device to the first picture with something of the files, `complete_ms` that from the start to the last lap.
    pub fn to_json(&self) -> Map<String, Value> {
        let rounded = |ms: f64| json!((ms * 100.0).round() / 100.0);
        let mut line: Map<String, Value> =
            self.laps.iter().map(|&(name, ms)| (name.to_owned(), rounded(ms))).collect();
        if let Some(ready) = self.device_ready_at {
            let first_pixels = self.first_pixels_at.unwrap_or(self.lap_began);
            line.insert("device_ms".to_owned(), rounded(milliseconds(ready - self.started)));
            let wait = first_pixels.saturating_duration_since(ready);
            line.insert("first_pixels_ms".to_owned(), rounded(milliseconds(wait)));
        }
        line.insert("complete_ms".to_owned(), rounded(milliseconds(self.lap_began - self.started)));
        line
    }
}

/// A duration as the JSON of the timings tells it.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The most memory the process has held, as the kernel counts it; `None` where it does not tell.
pub fn peak_rss_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
