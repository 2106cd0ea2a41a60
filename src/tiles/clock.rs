//! The time of day and the time that passes, as one thing that tests can turn by hand.
//!
//! Floor 4.

use std::time::{Duration, Instant, SystemTime};

/// What the tiles know of time. Every deadline and every age is reckoned from here.
pub trait Clock: Send + Sync + 'static {
    /// Time since some fixed moment; never goes back. For deadlines.
    fn elapsed(&self) -> Duration;
    /// The calendar's time. For the ages of what a server sent.
    fn wall(&self) -> SystemTime;
}

/// The machine's own clock.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }
}
