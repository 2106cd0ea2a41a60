//! How far a load is, and the way to stop it.
//!
//! Floor 2. Shared by reference between the worker that reads and whoever shows the progress.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Written by the reader, read by anyone; cancelled by anyone, obeyed by the reader.
#[derive(Debug, Default)]
pub struct Progress {
    read_bytes: AtomicU64,
    total_bytes: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// How many bytes have been read so far.
    pub fn read_bytes(&self) -> u64 {
        self.read_bytes.load(Ordering::Relaxed)
    }

    /// How many bytes there are in all; 0 while that is not known.
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes.load(Ordering::Relaxed)
    }

    /// From 0 to 1; `None` while the total is not known.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.total_bytes();
        (total > 0).then(|| (self.read_bytes() as f64 / total as f64).min(1.0) as f32)
    }

    /// Asks the reader to stop; it answers with `LoadError::Cancelled`.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// There are so many bytes in all, and none of them is read.
    pub fn begin(&self, total_bytes: u64) {
        self.read_bytes.store(0, Ordering::Relaxed);
        self.total_bytes.store(total_bytes, Ordering::Relaxed);
    }

    /// So many more bytes are read; whether to go on.
    pub fn pass(&self, bytes: u64) -> bool {
        self.read_bytes.fetch_add(bytes, Ordering::Relaxed);
        !self.is_cancelled()
    }

    pub(super) fn set_read_bytes(&self, read_bytes: u64) {
        self.read_bytes.store(read_bytes, Ordering::Relaxed);
    }
}
