//! Instants as civil time of one zone.
//!
//! Floor 1.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::CivilMinute;

const MINUTE_MS: i64 = 60 * 1000;

/// The zone in which instants are shown unless another is chosen.
pub const HOME_ZONE: &str = "Asia/Damascus";

/// The clock of one zone. It remembers for how long its offset holds: the events of a table lie close together.
pub struct CivilClock {
    zone: TimeZone,
    /// Instants with this offset, half open, milliseconds.
    holds: std::ops::Range<i64>,
    offset_ms: i64,
}

/// Whether there is a zone of that name in the IANA database.
pub fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// The names of all zones, in their order.
pub fn zone_names() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl CivilClock {
    /// The clock of that zone.
    pub fn of(zone: TimeZone) -> Self {
        Self { zone, holds: 0..0, offset_ms: 0 }
    }

    /// The clock of [`HOME_ZONE`].
    pub fn home() -> Self {
        Self::of_zone(HOME_ZONE)
    }

    /// The clock of the zone with that name in the IANA database, such as `Asia/Damascus`.
    pub fn of_zone(name: &str) -> Self {
        // The table of zones is compiled in; if a zone ever left it, UTC would be the honest rest.
        Self::of(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// The civil minute of an instant, milliseconds from 1970-01-01 UTC; what lies beyond the axis stays at its end.
    pub fn minute_of(&mut self, instant_ms: i64) -> CivilMinute {
        if !self.holds.contains(&instant_ms) {
            self.turn_to(instant_ms);
        }
        let minute = instant_ms.saturating_add(self.offset_ms).div_euclid(MINUTE_MS);
        minute.clamp(CivilMinute::MIN.into(), CivilMinute::MAX.into()) as CivilMinute
    }

    /// Milliseconds of civil time since 1970-01-01T00:00 at an instant; see [`CivilClock::minute_of`] for many of them.
    pub fn civil_of(&self, instant_ms: i64) -> i64 {
        let offset = Timestamp::from_millisecond(instant_ms).map(|at| self.zone.to_offset(at).seconds());
        instant_ms.saturating_add(offset.map_or(0, |seconds| i64::from(seconds) * 1000))
    }

    /// The instant of a civil time in milliseconds: the earlier one where the clock is put back, and the hour that is
    /// left out when it is put forward is taken as the hour after.
    pub fn instant_of(&self, civil_ms: i64) -> i64 {
        let civil = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
        let civil = civil.checked_add(SignedDuration::from_millis(civil_ms));
        let at = civil.and_then(|civil| self.zone.to_ambiguous_timestamp(civil).compatible());
        at.map_or(civil_ms, Timestamp::as_millisecond)
    }

    fn turn_to(&mut self, instant_ms: i64) {
        let Ok(at) = Timestamp::from_millisecond(instant_ms) else {
            // Beyond the years of jiff: no zone has rules there.
            (self.holds, self.offset_ms) = (instant_ms..instant_ms.saturating_add(1), 0);
            return;
        };
        self.offset_ms = i64::from(self.zone.to_offset(at).seconds()) * 1000;
        // A change at that very instant counts as before it.
        let just_after = at.checked_add(SignedDuration::from_millis(1)).unwrap_or(at);
        let before = self.zone.preceding(just_after).next().map(|change| change.timestamp().as_millisecond());
        let after = self.zone.following(at).next().map(|change| change.timestamp().as_millisecond());
        self.holds =
            before.unwrap_or(instant_ms).min(instant_ms)..after.unwrap_or(i64::MAX).max(instant_ms + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::instant_of;

    #[test]
    fn zones_go_by_the_names_of_the_database() {
        assert!(is_zone(HOME_ZONE) && is_zone("UTC") && !is_zone("Asia/Nowhere") && !is_zone(""));
        assert!(zone_names().iter().any(|name| name == HOME_ZONE));
    }

    #[test]
    fn summer_time_begins_and_ends_at_the_minute() {
        let mut clock = CivilClock::home();
        let mut hours = |text: &str| {
            let instant = instant_of(text).unwrap();
            i64::from(clock.minute_of(instant)) * MINUTE_MS - instant
        };
        const HOUR_MS: i64 = 60 * MINUTE_MS;
        // Syria's last change with the clock of winter was in March 2022; in 2018 summer began on 30 March at 0:00.
        assert_eq!(hours("2018-09-08T21:30:00Z"), 3 * HOUR_MS);
        assert_eq!(hours("2018-01-08T21:30:00Z"), 2 * HOUR_MS);
        assert_eq!(hours("2018-03-29T21:59:00Z"), 2 * HOUR_MS);
        assert_eq!(hours("2018-03-29T22:00:00Z"), 3 * HOUR_MS);
        assert_eq!(hours("2018-03-29T21:59:00Z"), 2 * HOUR_MS);
        assert_eq!(hours("2026-01-08T12:00:00Z"), 3 * HOUR_MS);
    }

    #[test]
    fn every_hour_of_years_is_that_of_the_zone_itself() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let mut clock = CivilClock::of(zone.clone());
        for hour in (0..24 * 365 * 60_i64).step_by(7) {
            let at = Timestamp::from_second(hour * 3600).unwrap();
            let civil = zone.to_datetime(at).duration_since(jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0));
            assert_eq!(i64::from(clock.minute_of(hour * 3_600_000)), civil.as_mins(), "{at}");
        }
    }

    #[test]
    fn a_civil_time_and_its_instant_are_found_from_one_another() {
        let clock = CivilClock::home();
        let hour_ms = 60 * MINUTE_MS;
        for instant in (0..24 * 365 * 60_i64).step_by(13).map(|hour| hour * hour_ms) {
            let back = clock.instant_of(clock.civil_of(instant));
            assert!(back == instant || instant - back == hour_ms, "{instant}: {back}");
        }
        assert_eq!((clock.civil_of(i64::MAX), clock.instant_of(i64::MAX)), (i64::MAX, i64::MAX));
    }

    #[test]
    fn instants_at_the_end_of_the_axis_stay_there() {
        let mut clock = CivilClock::home();
        assert_eq!(clock.minute_of(i64::MAX), CivilMinute::MAX);
        assert_eq!(clock.minute_of(i64::MIN), CivilMinute::MIN);
    }
}
