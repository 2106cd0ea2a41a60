//! How long a tile stays fresh, by what its server said of it.
//!
//! Floor 4. Reads headers; knows neither disk nor network.

use std::time::{Duration, SystemTime};

use http_cache_semantics::{CacheOptions, CachePolicy};
use ureq::http::{HeaderMap, HeaderValue, Request, Response, header};

/// How long a tile is kept whose server says nothing: the tile policy's seven days.
pub const DEFAULT_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);
/// No promise is believed for longer.
pub const LONGEST_LIFETIME: Duration = Duration::from_secs(365 * 24 * 3600);

/// What the headers of a tile allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Freshness {
    /// How long it may be shown without asking again.
    pub lifetime: Duration,
    /// Whether it may be written to the disk.
    pub storable: bool,
}

/// Reads `Cache-Control`, `Expires`, `Age` and `Pragma`; a server silent on all of them means seven days.
pub(super) fn freshness(headers: &HeaderMap, now: SystemTime) -> Freshness {
    let mut headers = headers.clone();
    drop_absurd_age(&mut headers);
    let says_nothing = !speaks_of_age(&headers);
    let options = CacheOptions { shared: false, ..CacheOptions::default() };
    let mut response = Response::new(());
    *response.headers_mut() = headers;
    let policy = CachePolicy::new_options(&Request::new(()), &response, now, options);
    let said = policy.time_to_live(now).min(LONGEST_LIFETIME);
    let lifetime = if says_nothing { said.max(DEFAULT_LIFETIME) } else { said };
    Freshness { lifetime, storable: policy.is_storable() }
}

/// Whether the headers say anything about how long they hold.
pub(super) fn speaks_of_age(headers: &HeaderMap) -> bool {
    const WORDS: [&str; 5] = ["max-age", "no-cache", "no-store", "must-revalidate", "immutable"];
    let cache_control = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let mut words = cache_control.map(str::to_ascii_lowercase);
    words.any(|line| WORDS.iter().any(|word| line.contains(word)))
        || headers.contains_key(header::EXPIRES)
        || headers.get(header::PRAGMA).is_some_and(|value| value == "no-cache")
}

/// An age of centuries would overflow the sums made with it.
fn drop_absurd_age(headers: &mut HeaderMap) {
    let seconds = |value: &HeaderValue| value.to_str().ok().and_then(|text| text.trim().parse::<u64>().ok());
    let sane = headers.get(header::AGE).and_then(seconds).is_some_and(|age| age < LONGEST_LIFETIME.as_secs());
    if !sane {
        headers.remove(header::AGE);
    }
}

/// How long the server asks to be left alone: seconds, or a date.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(SystemTime::from(date).duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    /// Sun, 09 Sep 2018 12:00:00 GMT
    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_536_494_400)
    }

    fn lifetime_s(pairs: &[(&'static str, &'static str)]) -> u64 {
        freshness(&headers(pairs), now()).lifetime.as_secs()
    }

    #[test]
    fn a_silent_server_means_at_least_seven_days() {
        let week = 7 * 24 * 3600;
        assert_eq!(lifetime_s(&[]), week);
        assert_eq!(
            lifetime_s(&[("etag", "\"1\""), ("last-modified", "Sun, 09 Sep 2018 11:00:00 GMT")]),
            week
        );
        assert_eq!(lifetime_s(&[("cache-control", "public")]), week);
        assert!(lifetime_s(&[("last-modified", "Fri, 09 Sep 2016 11:00:00 GMT")]) >= week);
    }

    #[test]
    fn what_the_server_says_is_kept_even_if_it_is_less() {
        assert_eq!(lifetime_s(&[("cache-control", "max-age=600")]), 600);
        assert_eq!(lifetime_s(&[("cache-control", "max-age=600"), ("age", "200")]), 400);
        assert_eq!(lifetime_s(&[("cache-control", "no-cache")]), 0);
        assert_eq!(lifetime_s(&[("expires", "0")]), 0);
        let hour = [("date", "Sun, 09 Sep 2018 12:00:00 GMT"), ("expires", "Sun, 09 Sep 2018 13:00:00 GMT")];
        assert_eq!(lifetime_s(&hour), 3600);
    }

    #[test]
    fn absurd_headers_are_survived() {
        let huge = "18446744073709551615";
        assert_eq!(
            lifetime_s(&[("cache-control", "max-age=18446744073709551615"), ("age", huge)]),
            365 * 24 * 3600
        );
        assert_eq!(lifetime_s(&[("cache-control", "max-age=-1")]), 0);
        assert_eq!(lifetime_s(&[("cache-control", "max-age=60"), ("age", "-5")]), 60);
        let past = [("date", "Mon, 01 Jan 0001 00:00:00 GMT"), ("expires", "Fri, 31 Dec 9999 23:59:59 GMT")];
        assert!(lifetime_s(&past) <= 365 * 24 * 3600);
    }

    #[test]
    fn no_store_keeps_a_tile_off_the_disk() {
        assert!(!freshness(&headers(&[("cache-control", "no-store")]), now()).storable);
        assert!(freshness(&headers(&[("cache-control", "private, max-age=60")]), now()).storable);
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date() {
        let wait = |value| retry_after(&headers(&[("retry-after", value)]), now());
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("Sun, 09 Sep 2018 12:01:30 GMT"), Some(Duration::from_secs(90)));
        assert_eq!(wait("Sun, 09 Sep 2018 11:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("soon"), None);
    }
}
