//! How one source is read: by how many threads, in stretches of how many bytes, and who sees what is there already.
//!
//! Floor 2. Shared by all threads that read.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use super::Progress;
use super::limits::{
    MAX_SHOWN_FEATURES, MAX_SHOWN_PARTS, MAX_STRETCH_BYTES, MIN_STRETCH_BYTES, SHOW_FROM_BYTES,
};
use crate::situation::{FeatureStore, FeatureStoreBuilder, core_count};

/// Stretches for each thread, at least where they are not too short: so that all threads end at the same time.
const STRETCHES_PER_THREAD: usize = 16;

/// The plan of one read, and the sums that its threads keep together.
pub(super) struct Plan<'p> {
    pub progress: &'p Progress,
    pub threads: usize,
    /// How far apart the borders are at which the source is cut.
    pub stretch_bytes: usize,
    on_part: &'p (dyn Fn(FeatureStore) + Sync),
    /// Told what a thread is about to read.
    before_reading: Option<&'p (dyn Fn(usize, usize) + Sync)>,
    /// Whether the source is not what it was.
    has_changed: Option<&'p (dyn Fn() -> bool + Sync)>,
    /// Set where stretches were read in vain: then the rest is read by one thread.
    shares_no_more: AtomicBool,
    /// Whether the source is so long that its parts are shown.
    shows: bool,
    shown_parts: AtomicUsize,
    shown_features: AtomicUsize,
    read_bytes: AtomicU64,
    vertices: AtomicUsize,
}

impl<'p> Plan<'p> {
    /// The plan for a source of so many bytes.
    pub fn new(bytes: usize, progress: &'p Progress, on_part: &'p (dyn Fn(FeatureStore) + Sync)) -> Self {
        let threads = core_count();
        let stretch_bytes =
            (bytes / (threads * STRETCHES_PER_THREAD)).clamp(MIN_STRETCH_BYTES, MAX_STRETCH_BYTES);
        let shows = bytes >= SHOW_FROM_BYTES;
        Self { shows, ..Self::with_stretches(threads, stretch_bytes, progress, on_part) }
    }

    /// A plan with these threads and stretches whatever the source is.
    pub fn with_stretches(
        threads: usize,
        stretch_bytes: usize,
        progress: &'p Progress,
        on_part: &'p (dyn Fn(FeatureStore) + Sync),
    ) -> Self {
        Self {
            progress,
            threads,
            stretch_bytes,
            on_part,
            before_reading: None,
            has_changed: None,
            shares_no_more: AtomicBool::new(false),
            shows: false,
            shown_parts: AtomicUsize::new(0),
            shown_features: AtomicUsize::new(0),
            read_bytes: AtomicU64::new(0),
            vertices: AtomicUsize::new(0),
        }
    }

    /// The same, with `before_reading` told the bytes, from the first to before the second, that are read next.
    pub fn telling(self, before_reading: &'p (dyn Fn(usize, usize) + Sync)) -> Self {
        Self { before_reading: Some(before_reading), ..self }
    }

    /// The same, stopped where `has_changed` says so.
    pub fn watching(self, has_changed: &'p (dyn Fn() -> bool + Sync)) -> Self {
        Self { has_changed: Some(has_changed), ..self }
    }

    /// Whether what is read would be thrown away: somebody asked to stop, or the source has changed.
    pub fn is_over(&self) -> bool {
        self.progress.is_cancelled() || self.has_changed.is_some_and(|has_changed| has_changed())
    }

    /// Whether stretches may be shared out.
    pub fn shares(&self) -> bool {
        !self.shares_no_more.load(Ordering::Relaxed)
    }

    /// Stretches were read in vain: what is left is read by one thread.
    pub fn share_no_more(&self) {
        self.shares_no_more.store(true, Ordering::Relaxed);
    }

    /// Tells what is read next.
    pub fn expect(&self, start: usize, end: usize) {
        if let Some(before_reading) = self.before_reading {
            before_reading(start, end);
        }
    }

    /// The same for one thread that reads all.
    pub fn in_one_stretch(&self) -> Self {
        let (before_reading, has_changed) = (self.before_reading, self.has_changed);
        Self {
            before_reading,
            has_changed,
            ..Self::with_stretches(1, usize::MAX, self.progress, self.on_part)
        }
    }

    /// Counts what one thread has read since it counted last; answers how many vertices there are in all.
    pub fn count(&self, bytes: usize, vertices: usize) -> usize {
        let read = self.read_bytes.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        self.progress.set_read_bytes(read);
        self.vertices.fetch_add(vertices, Ordering::Relaxed) + vertices
    }

    /// Whether stretch `number` of `count` is one of the few that are shown, evenly spread over the source.
    pub fn is_shown(&self, number: usize, count: usize) -> bool {
        // One part more: the first stretch is shown in two.
        self.shows && number.is_multiple_of(count.div_ceil(MAX_SHOWN_PARTS - 1))
    }

    /// Shows the features from row `from` on, unless enough has been shown. Answers the first row that was not.
    pub fn show(&self, features: &FeatureStoreBuilder, from: usize) -> usize {
        let before = self.shown_features.load(Ordering::Relaxed);
        let until = features.len().min(from + MAX_SHOWN_FEATURES.saturating_sub(before));
        if until > from && self.shown_parts.fetch_add(1, Ordering::Relaxed) < MAX_SHOWN_PARTS {
            self.shown_features.fetch_add(until - from, Ordering::Relaxed);
            (self.on_part)(features.geometries(from..until));
        }
        until
    }
}
