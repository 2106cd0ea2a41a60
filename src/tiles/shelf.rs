//! What is known of each tile: its picture, its troubles, and when it may be asked for again.
//!
//! Floor 4. Owned by the window's thread; knows no thread and no network.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use walkers::TileId;

use super::error::Trouble;
use super::key::TileKey;
use super::loader::{Loaded, Outcome};
use super::retry::{REFUSAL_PAUSE, Retry};

/// What the pictures of one base map may take, in bytes; what is on the screen is kept beyond it.
pub const MAX_SHELF_BYTES: usize = 192 * 1024 * 1024;
/// Tiles remembered, with or without a picture.
const MAX_RECORDS: usize = 8192;

/// Whether a source has a tile at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Existence {
    #[default]
    Assumed,
    /// Not this one, but one above it.
    StandIn(TileId),
    Nothing,
}

#[derive(Default)]
pub(super) struct Record {
    pub loaded: Option<Loaded>,
    pub existence: Existence,
    pub retry: Retry,
    pub trouble: Option<Trouble>,
    /// Whether the disk has been looked at since the picture was last dropped.
    pub disk_read: bool,
    expires: Option<SystemTime>,
    answered: Option<Duration>,
    used_frame: u64,
}

impl Record {
    /// Whether there is a picture that may yet come.
    pub fn is_missing(&self) -> bool {
        self.loaded.is_none() && self.existence == Existence::Assumed
    }

    /// Whether the picture is past its time. A server that wants to be asked always is asked once a minute.
    pub fn is_stale(&self, now: Duration, wall: SystemTime) -> bool {
        let expired = self.loaded.is_some() && self.expires.is_some_and(|expires| expires <= wall);
        expired && self.answered.is_none_or(|answered| now >= answered + REFUSAL_PAUSE)
    }
}

/// All records of one base map, and what is known of its server.
#[derive(Default)]
pub(super) struct Shelf {
    records: HashMap<TileKey, Record>,
    pub server: Retry,
    pub server_trouble: Option<Trouble>,
    /// Answers to requests begun before this say nothing new about the server.
    server_noted: Duration,
    frame: u64,
    jitter: RandomState,
}

impl Shelf {
    pub fn get(&self, key: TileKey) -> Option<&Record> {
        self.records.get(&key)
    }

    pub fn record(&mut self, key: TileKey) -> &mut Record {
        self.records.entry(key).or_default()
    }

    /// The picture, marked as in use.
    pub fn use_picture(&mut self, key: TileKey) -> Option<&Loaded> {
        let frame = self.frame;
        let record = self.records.get_mut(&key)?;
        record.used_frame = frame;
        record.loaded.as_ref()
    }

    /// Takes in what a worker reports of a job that began at `started`.
    pub fn take_in(&mut self, key: TileKey, started: Duration, now: Duration, outcome: Outcome) {
        let frame = self.frame;
        let record = self.record(key);
        record.used_frame = frame;
        match outcome {
            Outcome::Picture { loaded, expires, from_source } => {
                record.loaded = Some(loaded);
                record.expires = expires;
                record.disk_read = true;
                if from_source {
                    self.answered_well(key, started, now);
                }
            }
            Outcome::StillGood { expires } => {
                record.expires = Some(expires);
                self.answered_well(key, started, now);
            }
            Outcome::NotOnDisk => record.disk_read = true,
            Outcome::StandIn(tile) => record.existence = Existence::StandIn(tile),
            Outcome::NoSuchTile => record.existence = Existence::Nothing,
            Outcome::Trouble(trouble) => self.note_trouble(key, started, now, trouble),
        }
    }

    fn answered_well(&mut self, key: TileKey, started: Duration, now: Duration) {
        let record = self.record(key);
        record.retry.succeeded();
        record.trouble = None;
        record.answered = Some(now);
        self.server_is_well(started);
    }

    fn server_is_well(&mut self, started: Duration) {
        if started >= self.server_noted {
            self.server.succeeded();
            self.server_trouble = None;
        }
    }

    fn note_trouble(&mut self, key: TileKey, started: Duration, now: Duration, trouble: Trouble) {
        let jitter = self.jitter(now);
        let record = self.record(key);
        match &trouble {
            Trouble::Offline => return,
            Trouble::Refused { status, wait, .. } => {
                let (status, wait) = (*status, *wait);
                match wait.filter(|_| status == 503) {
                    // Busy, not unwilling: it says itself when to come back.
                    Some(wait) => record.retry.told_to_wait(now, wait),
                    None => record.retry.refused(now, wait),
                }
                if trouble.is_the_servers() {
                    self.server.told_to_wait(now, wait.unwrap_or(REFUSAL_PAUSE));
                    self.server_trouble = Some(trouble.clone());
                    self.server_noted = now;
                } else {
                    self.server_is_well(started);
                }
            }
            Trouble::ServerFault { .. } => {
                record.retry.failed(started, now, jitter);
                self.server_is_well(started);
            }
            Trouble::BrokenOff { .. } | Trouble::Pack { may_pass: true, .. } => {
                record.retry.failed(started, now, jitter);
            }
            Trouble::Picture(_) | Trouble::Redirect { .. } | Trouble::Pack { may_pass: false, .. } => {
                record.retry.refused(now, None);
            }
            Trouble::Unreachable { .. } | Trouble::Portal => {
                // Several requests that fail together are one failure of the server.
                if started >= self.server_noted {
                    self.server.failed(started, now, jitter);
                    self.server_noted = now;
                }
                self.server_trouble = Some(trouble.clone());
            }
        }
        self.record(key).trouble = Some(trouble);
    }

    /// A number in [0, 1] that differs between programs and from time to time.
    fn jitter(&self, now: Duration) -> f64 {
        self.jitter.hash_one(now) as f64 / u64::MAX as f64
    }

    /// Drops every picture, and with it what is known of the disk; who was asked for what, and when, is kept.
    pub fn forget_pictures(&mut self) {
        for record in self.records.values_mut() {
            record.loaded = None;
            record.expires = None;
            record.disk_read = false;
        }
    }

    /// Ends a frame: what was not used in it may be forgotten, the longest unused first.
    pub fn end_frame(&mut self, limit_bytes: usize) {
        let frame = self.frame;
        self.frame += 1;
        let bytes_of = |record: &Record| record.loaded.as_ref().map_or(0, |loaded| loaded.bytes);
        let mut total: usize = self.records.values().map(bytes_of).sum();
        if total <= limit_bytes && self.records.len() <= MAX_RECORDS {
            return;
        }
        let mut unused: Vec<(u64, TileKey)> = self
            .records
            .iter()
            .filter(|(_, record)| record.used_frame < frame)
            .map(|(key, record)| (record.used_frame, *key))
            .collect();
        unused.sort_unstable_by_key(|(used, _)| *used);
        let mut count = self.records.len();
        for (_, key) in unused {
            if total <= limit_bytes && count <= MAX_RECORDS {
                break;
            }
            if let Some(record) = self.records.remove(&key) {
                total -= bytes_of(&record);
                count -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use walkers::Tile;

    use super::super::error::NoAnswer;
    use super::*;

    const NOW: Duration = Duration::from_secs(500);

    fn key(x: u32) -> TileKey {
        TileKey::plain(TileId { x, y: 0, zoom: 5 })
    }

    fn picture(bytes: usize) -> Outcome {
        let tile = Tile::Vector { drawables: Arc::default(), texts: Vec::new() };
        let loaded = Loaded { tile, texts: Arc::new([]), bytes };
        Outcome::Picture { loaded, expires: None, from_source: true }
    }

    fn unreachable() -> Outcome {
        Outcome::Trouble(Trouble::Unreachable { host: "h".into(), cause: NoAnswer::Connection })
    }

    #[test]
    fn requests_that_fail_together_are_one_failure_of_the_server() {
        let mut shelf = Shelf::default();
        for x in 0..6 {
            shelf.take_in(key(x), NOW, NOW + Duration::from_millis(10), unreachable());
        }
        assert!(shelf.server.is_due(NOW + Duration::from_secs(1)), "{:?}", shelf.server);
    }

    #[test]
    fn a_late_good_answer_does_not_lift_a_pause_that_the_server_asked_for() {
        let mut shelf = Shelf::default();
        let wait = Some(Duration::from_secs(30));
        let refused = Trouble::Refused { status: 429, host: "h".into(), wait };
        shelf.take_in(key(0), NOW, NOW, Outcome::Trouble(refused));
        shelf.take_in(key(1), NOW - Duration::from_secs(1), NOW, picture(1));
        assert!(!shelf.server.is_due(NOW + Duration::from_secs(29)));
        assert!(shelf.server.is_due(NOW + Duration::from_secs(30)));
    }

    #[test]
    fn a_busy_server_is_asked_again_when_it_said_and_an_unwilling_one_not_within_a_minute() {
        for (status, seconds) in [(503, 5), (429, 60)] {
            let mut shelf = Shelf::default();
            let wait = Some(Duration::from_secs(5));
            let refused = Trouble::Refused { status, host: "h".into(), wait };
            shelf.take_in(key(0), NOW, NOW, Outcome::Trouble(refused));
            assert_eq!(shelf.record(key(0)).retry.due_at() - NOW, Duration::from_secs(seconds), "{status}");
        }
    }

    #[test]
    fn one_missing_tile_does_not_pause_its_server() {
        let mut shelf = Shelf::default();
        let refused = Trouble::Refused { status: 404, host: "h".into(), wait: None };
        shelf.take_in(key(0), NOW, NOW, Outcome::Trouble(refused));
        assert!(shelf.server.is_due(NOW));
        assert!(!shelf.record(key(0)).retry.is_due(NOW + Duration::from_secs(59)));
    }

    #[test]
    fn the_longest_unused_pictures_are_forgotten_first_and_those_on_screen_never() {
        let mut shelf = Shelf::default();
        for x in 0..4 {
            shelf.take_in(key(x), NOW, NOW, picture(100));
            shelf.end_frame(1000);
        }
        assert!(shelf.use_picture(key(0)).is_some());
        shelf.end_frame(200);
        let left: Vec<u32> = (0..4).filter(|&x| shelf.get(key(x)).is_some()).collect();
        assert_eq!(left, [0, 3]);
        assert!((0..4).all(|x| shelf.use_picture(key(x)).is_some() == left.contains(&x)));
        shelf.end_frame(0);
        assert_eq!(left.iter().filter(|&&x| shelf.get(key(x)).is_some()).count(), 2, "on the screen");
    }
}
