//! When to ask again: a pure little machine that is told what happened and the time.
//!
//! Floor 4. Knows no clock, no network and no thread.

use std::time::Duration;

/// A refused tile is asked for at most once in this time.
pub const REFUSAL_PAUSE: Duration = Duration::from_secs(60);
/// The first pause after a failure.
pub const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// No pause after a failure is longer, so that the map is back soon after its server.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// A server that asks for more patience than this gets this.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);

/// What is known of one tile's, or one server's, last attempts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retry {
    failures: u32,
    not_before: Duration,
}

impl Retry {
    /// Whether it may be tried at `now`.
    pub fn is_due(self, now: Duration) -> bool {
        now >= self.not_before
    }

    /// When it may be tried again; the past where it may be tried already.
    pub fn due_at(self) -> Duration {
        self.not_before
    }

    /// Whether the last attempt failed.
    pub fn is_troubled(self) -> bool {
        self.failures > 0
    }

    /// The attempt was answered as hoped.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// The server refused; `wait` is its Retry-After. Less than a minute is not asked of anyone.
    pub fn refused(&mut self, now: Duration, wait: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + wait.unwrap_or_default().clamp(REFUSAL_PAUSE, LONGEST_RETRY_AFTER);
    }

    /// The server is busy and says for how long: that, and not the minute of a refusal, is the pause.
    pub fn told_to_wait(&mut self, now: Duration, wait: Duration) {
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + wait.clamp(FIRST_PAUSE, LONGEST_RETRY_AFTER);
    }

    /// The attempt that began at `started` failed at `now`. `jitter` in [0, 1] spreads many clients apart.
    ///
    /// The pause counts from the start: a time-out has waited already.
    pub fn failed(&mut self, started: Duration, now: Duration, jitter: f64) {
        let doubled = FIRST_PAUSE.saturating_mul(1_u32 << self.failures.min(16)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        let spread = 0.5 + 0.5 * jitter.clamp(0.0, 1.0);
        self.not_before = (started + doubled.mul_f64(spread)).max(now + FIRST_PAUSE.mul_f64(spread));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    /// The pause after each of `count` failures in a row that took no time.
    fn pauses(count: usize, jitter: f64) -> Vec<Duration> {
        let mut retry = Retry::default();
        let mut now = NOW;
        let mut pauses = Vec::new();
        for _ in 0..count {
            retry.failed(now, now, jitter);
            pauses.push(retry.due_at() - now);
            now = retry.due_at();
        }
        pauses
    }

    #[test]
    fn failures_wait_twice_as_long_each_time_up_to_eight_seconds() {
        let seconds: Vec<f64> = pauses(7, 1.0).iter().map(Duration::as_secs_f64).collect();
        assert_eq!(seconds, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]);
    }

    #[test]
    fn jitter_shortens_a_pause_by_at_most_half() {
        for jitter in [-1.0, 0.0, 0.3, 1.0, 7.0] {
            for (pause, longest) in pauses(40, jitter).iter().zip(pauses(40, 1.0)) {
                assert!(*pause >= longest / 2 && *pause <= longest, "{pause:?} of {longest:?}");
            }
        }
    }

    #[test]
    fn the_time_an_attempt_took_counts_towards_the_pause() {
        let mut retry = Retry::default();
        for _ in 0..6 {
            retry.failed(NOW - Duration::from_secs(7), NOW, 1.0);
        }
        assert_eq!(retry.due_at(), NOW + Duration::from_secs(1));
    }

    #[test]
    fn a_refusal_waits_a_minute_or_as_long_as_the_server_asks() {
        for (wait, expected) in [(None, 60), (Some(5), 60), (Some(120), 120), (Some(u64::MAX), 24 * 3600)] {
            let mut retry = Retry::default();
            retry.refused(NOW, wait.map(Duration::from_secs));
            assert_eq!(retry.due_at() - NOW, Duration::from_secs(expected), "{wait:?}");
            assert!(!retry.is_due(NOW + Duration::from_secs(expected) - Duration::from_millis(1)));
            assert!(retry.is_due(NOW + Duration::from_secs(expected)));
        }
    }

    #[test]
    fn a_success_forgets_all() {
        let mut retry = Retry::default();
        retry.refused(NOW, None);
        retry.succeeded();
        assert!(retry.is_due(Duration::ZERO) && !retry.is_troubled());
    }
}
