use std::ops::Range;
use std::sync::Arc;

use super::super::{Command, LayerId, Session, Settings, TimeCommand, TimeMode};
use crate::index::TimeScale;
use crate::situation::{CivilMinute, day_of, minute_of_day};

fn days(first: &str, last: &str) -> Range<CivilMinute> {
    minute_of_day(day_of(first).unwrap())..minute_of_day(day_of(last).unwrap() + 1)
}

fn situation() -> (Session, LayerId) {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    session.settle();
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    (session, strikes)
}

fn time(session: &mut Session, command: TimeCommand) {
    session.apply(Command::Time(command));
    session.settle();
}

fn shown(session: &Session, layer: LayerId) -> Vec<usize> {
    let content = session.content(layer).unwrap();
    match content.shown() {
        Some(shown) => shown.rows.iter().collect(),
        None => (0..content.len()).collect(),
    }
}

/// The rows whose days, as they were written, meet a span of days.
fn written(session: &Session, first: &str, last: &str) -> Vec<usize> {
    let [first, last]: [jiff::civil::Date; 2] = [first, last].map(|day| day.parse().unwrap());
    let events = &session.situation().unwrap().events;
    let meets = |row: &usize| {
        let when = events[*row].when.as_ref();
        when.is_some_and(|when| when.first_day() <= last && first <= when.last_known_day())
    };
    (0..events.len()).filter(meets).collect()
}

#[test]
fn a_window_shows_the_events_whose_written_days_meet_it_on_the_map_too() {
    let (mut session, strikes) = situation();
    assert_eq!((session.events_shown(), session.whole_time()), (94, Some(days("2018-08-02", "2018-09-25"))));
    time(&mut session, TimeCommand::SetWindow(Some(days("2018-09-08", "2018-09-08"))));
    let eighth = shown(&session, strikes);
    assert_eq!(eighth, written(&session, "2018-09-08", "2018-09-08"));
    assert_eq!(session.events_shown(), eighth.len());
    let located =
        eighth.iter().filter(|&&row| session.situation().unwrap().events[row].place.point().is_some());
    let picture = &session.content(strikes).unwrap().picture.as_ref().unwrap().picture;
    assert_eq!(picture.markers.instances.len(), located.count());
    time(&mut session, TimeCommand::SetWindow(None));
    assert_eq!(session.events_shown(), 94);
}

#[test]
fn september_plays_day_by_day_in_each_mode_and_stops_after_its_last_event() {
    for mode in TimeMode::ALL {
        let (mut session, strikes) = situation();
        time(&mut session, TimeCommand::SetMode(mode));
        time(&mut session, TimeCommand::SetWindow(Some(days("2018-09-01", "2018-09-01"))));
        time(&mut session, TimeCommand::SetPlaying(true));
        for day in 1..=25 {
            let day = format!("2018-09-{day:02}");
            let first = match mode {
                TimeMode::Window => day.clone(),
                TimeMode::Cumulative => "2018-01-01".to_owned(),
                TimeMode::Trail => {
                    let before = day.parse::<jiff::civil::Date>().unwrap();
                    before.checked_sub(jiff::Span::new().days(7)).unwrap().to_string()
                }
            };
            assert_eq!(shown(&session, strikes), written(&session, &first, &day), "{mode:?} {day}");
            assert!(session.timeline().is_playing());
            time(&mut session, TimeCommand::Step(1));
        }
        assert!(!session.timeline().is_playing());
        assert_eq!(session.timeline().window(), Some(&days("2018-09-25", "2018-09-25")));
    }
}

#[test]
fn in_a_trail_what_is_not_in_the_window_steps_back() {
    let (mut session, strikes) = situation();
    time(&mut session, TimeCommand::SetMode(TimeMode::Trail));
    time(&mut session, TimeCommand::SetWindow(Some(days("2018-09-09", "2018-09-09"))));
    let faint: Vec<usize> = {
        let content = session.content(strikes).unwrap();
        content.shown().unwrap().faint.as_ref().unwrap().iter().collect()
    };
    let window = written(&session, "2018-09-09", "2018-09-09");
    let mut expected = written(&session, "2018-09-02", "2018-09-09");
    expected.retain(|row| !window.contains(row));
    assert_eq!(faint, expected);
    assert!(!faint.is_empty() && session.content(strikes).unwrap().picture.as_ref().unwrap().key.fades);
}

#[test]
fn filter_and_window_hold_together_and_either_can_go() {
    let (mut session, strikes) = situation();
    let filter = "weapon = air_strike".parse().unwrap();
    session.apply(Command::SetFilter { layer: strikes, filter: Some(filter) });
    time(&mut session, TimeCommand::SetWindow(Some(days("2018-09-04", "2018-09-04"))));
    let both = shown(&session, strikes);
    let day = written(&session, "2018-09-04", "2018-09-04");
    assert!(!both.is_empty() && both.len() < day.len() && both.iter().all(|row| day.contains(row)));
    session.apply(Command::SetFilter { layer: strikes, filter: None });
    session.settle();
    assert_eq!(shown(&session, strikes), day);
}

#[test]
fn a_window_of_one_unit_grows_and_shrinks_with_the_unit() {
    let (mut session, _) = situation();
    time(&mut session, TimeCommand::SetWindow(Some(days("2018-09-08", "2018-09-08"))));
    time(&mut session, TimeCommand::SetUnit(TimeScale::Week));
    assert_eq!(session.timeline().window(), Some(&days("2018-09-03", "2018-09-09")));
    time(&mut session, TimeCommand::Step(-1));
    assert_eq!(session.timeline().window(), Some(&days("2018-08-27", "2018-09-02")));
    time(&mut session, TimeCommand::SetUnit(TimeScale::Month));
    assert_eq!(session.timeline().window(), Some(&days("2018-08-01", "2018-08-31")));
}

#[test]
fn without_anything_dated_there_is_no_axis_and_nothing_plays() {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.settle();
    time(&mut session, TimeCommand::SetPlaying(true));
    time(&mut session, TimeCommand::Step(1));
    assert_eq!((session.time_axis(), session.timeline().is_playing()), (None, false));
    assert_eq!(session.timeline().window(), None);
}
