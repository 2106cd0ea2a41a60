//! Layers of events: which they are, by which columns, and what the user changes of that.

use super::*;
use crate::session::{Command, Settings};
use crate::situation::{DayOrder, EventField, TimeSense};

fn session() -> Session {
    Session::new(Settings::default(), Arc::new(|| {}))
}

/// Points with these properties, each the inside of a JSON object.
fn with_points(session: &mut Session, properties: &[&str]) -> LayerId {
    let point = |(place, properties): (usize, &&str)| {
        format!(
            r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Point","coordinates":[36.{place},35]}}}}"#
        )
    };
    let points: Vec<String> = properties.iter().enumerate().map(point).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, points.join(","));
    session.apply(Command::PasteGeoJson(text));
    session.settle();
    session.catalogue().top_down().next().unwrap().id
}

fn two_incidents(session: &mut Session) -> LayerId {
    with_points(
        session,
        &[
            r#""incident_date":"2018-09-08","reported":"2018-10-01","perpetrator":"unknown","killed":"4-9","place":"Abdin""#,
            r#""incident_date":null,"reported":"2018-10-02","perpetrator":"unknown","killed":"","place":"Hass""#,
        ],
    )
}

fn days(session: &Session, layer: LayerId) -> Vec<Option<String>> {
    let event =
        |row| session.event(FeatureRef { layer, row }).unwrap().when.as_ref().map(ToString::to_string);
    (0..2).map(event).collect()
}

#[test]
fn a_layer_whose_columns_tell_of_events_holds_events_at_once() {
    let mut session = session();
    let layer = two_incidents(&mut session);
    let events = session.content(layer).unwrap().events().unwrap();
    assert_eq!(events.mapping().columns(EventField::Date), ["incident_date"]);
    assert_eq!(events.times().senses(), [TimeSense::Exact, TimeSense::Undated]);
    assert_eq!(session.event_layers().collect::<Vec<_>>(), [layer]);
    let event = session.event(FeatureRef { layer, row: 0 }).unwrap();
    assert_eq!(
        (event.killed.low, event.killed.high, event.place.name_en.as_str()),
        (Some(4), Some(9), "Abdin")
    );
    assert_eq!(days(&session, layer), [Some("8 September 2018".to_owned()), None]);
    assert!(!session.event(FeatureRef { layer, row: 1 }).unwrap().killed.is_known(), "a blank is not zero");
}

#[test]
fn another_mapping_reads_other_days_and_undo_brings_the_first_ones_back() {
    let mut session = session();
    let layer = two_incidents(&mut session);
    let guessed = session.content(layer).unwrap().events().unwrap().mapping().clone();
    let mut other = guessed.clone();
    other.set(EventField::Date, vec!["reported".into()]);
    session.apply(Command::SetEventMapping { layer, mapping: Some(other) });
    session.settle();
    assert_eq!(days(&session, layer), ["1 October 2018", "2 October 2018"].map(|day| Some(day.to_owned())));
    session.apply(Command::Undo);
    session.settle();
    assert_eq!(days(&session, layer), [Some("8 September 2018".to_owned()), None]);
    let none = Some(EventMapping::default());
    session.apply(Command::SetEventMapping { layer, mapping: none });
    session.settle();
    assert!(session.event_layers().next().is_none() && session.event(FeatureRef { layer, row: 0 }).is_none());
    session.apply(Command::SetEventMapping { layer, mapping: None });
    session.settle();
    assert_eq!(session.content(layer).unwrap().events().unwrap().mapping(), &guessed);
}

#[test]
fn the_order_of_day_and_month_can_be_chosen_where_nothing_shows_it_and_undo_takes_that_back() {
    let mut session = session();
    let table = "event_date,event_type,latitude,longitude\n04/05/2018,Shelling,35.9,36.6\n05/05/2018,Shelling,35.9,36.6\n";
    session.apply(Command::PasteGeoJson(table.to_owned()));
    session.settle();
    let layer = session.event_layers().next().unwrap();
    let events = |session: &Session| Arc::clone(session.content(layer).unwrap().events().unwrap());
    let open = events(&session).day_order().unwrap().clone();
    assert!(open.is_open() && open.either_way.unwrap().line == Some(2));
    assert_eq!(events(&session).unread_dates().unwrap().rows, 1, "5 May is 5 May either way");
    for (order, day) in [(DayOrder::DayFirst, "4 May 2018"), (DayOrder::MonthFirst, "5 April 2018")] {
        let mapping = Some(events(&session).mapping().with_day_order(order));
        session.apply(Command::SetEventMapping { layer, mapping });
        session.settle();
        assert_eq!(days(&session, layer)[0].as_deref(), Some(day));
        assert!(events(&session).unread_dates().is_none());
        session.apply(Command::Undo);
        session.settle();
        assert_eq!(days(&session, layer)[0], None);
    }
}

#[test]
fn a_mapping_that_the_user_gave_is_there_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.geojson");
    let row = r#"{"type":"Feature","properties":{"seen":"2018-09-08"},"geometry":null}"#;
    std::fs::write(&path, row).unwrap();
    let mut first = session();
    first.apply(Command::OpenFiles(vec![path]));
    first.settle();
    let layer = first.catalogue().top_down().next().unwrap().id;
    assert!(first.event_layers().next().is_none(), "a column named seen is no date of events");
    let mut mapping = EventMapping::default();
    mapping.set(EventField::Date, vec!["seen".into()]);
    first.apply(Command::SetEventMapping { layer, mapping: Some(mapping.clone()) });
    let saved = serde_json::to_string(&first.to_saved()).unwrap();
    let mut second = session();
    second.bring_back(serde_json::from_str(&saved).unwrap());
    second.settle();
    let layer = second.event_layers().next().unwrap();
    assert_eq!(second.content(layer).unwrap().events().unwrap().mapping(), &mapping);
}

#[test]
fn of_the_bundled_layers_the_strikes_alone_are_events() {
    let mut session = session();
    session.open_bundled_situation();
    session.settle();
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    assert_eq!(session.event_layers().collect::<Vec<_>>(), [strikes]);
    let event = session.event(FeatureRef { layer: strikes, row: 0 }).unwrap();
    assert!(matches!(event, Cow::Borrowed(_)), "as it was written, its claims among it");
}

#[test]
fn an_instant_is_on_the_day_of_the_chosen_zone_and_a_date_stays_itself() {
    let mut session = session();
    let layer = with_points(
        &mut session,
        &[r#""event_date":"2018-09-08T22:30:00Z","killed":"1""#, r#""event_date":"2018-09-08","killed":"1""#],
    );
    let eighth = Some("8 September 2018".to_owned());
    assert_eq!(days(&session, layer), [Some("9 September 2018".to_owned()), eighth.clone()]);
    session.apply(Command::SetTimeZone("UTC".to_owned()));
    session.settle();
    assert_eq!(days(&session, layer), [eighth.clone(), eighth.clone()]);
    session.apply(Command::SetTimeZone("Asia/Nowhere".to_owned()));
    session.settle();
    assert_eq!(days(&session, layer), [eighth.clone(), eighth]);
    assert_eq!(session.settings().time_zone, "UTC");
}

#[test]
fn once_the_columns_of_the_bundled_strikes_are_chosen_details_and_timeline_tell_of_the_same_days() {
    let mut session = session();
    session.open_bundled_situation();
    session.settle();
    let layer = session.catalogue().find_bundled("strikes").unwrap();
    let feature = FeatureRef { layer, row: 0 };
    let (day, title) = (session.event(feature).unwrap().when.clone(), session.title_of(feature));
    let mut mapping = session.content(layer).unwrap().events().unwrap().mapping().clone();
    mapping.set(EventField::Date, vec!["date_end".into()]);
    mapping.set(EventField::LastDate, Vec::new());
    mapping.set(EventField::Title, vec!["id".into()]);
    session.apply(Command::SetEventMapping { layer, mapping: Some(mapping) });
    session.settle();
    for row in 0..session.content(layer).unwrap().len() {
        let event = session.event(FeatureRef { layer, row }).unwrap();
        let span = session.content(layer).unwrap().events().unwrap().times().span(row);
        let first = event.when.as_ref().map(|when| crate::situation::day_of_date(when.first_day()));
        assert_eq!(first, span.map(|span| span.start.div_euclid(crate::situation::DAY_MINUTES)), "row {row}");
    }
    assert_ne!(session.title_of(feature), title);
    assert!(matches!(session.event(feature), Some(Cow::Owned(_))));
    session.apply(Command::Undo);
    session.settle();
    assert_eq!((session.event(feature).unwrap().when.clone(), session.title_of(feature)), (day, title));
}

#[test]
fn the_hashtags_of_a_sheet_say_what_its_columns_tell_of_events() {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    let sheet = "When,North,East,Victims,What\n#date+start,#geo+lat,#geo+lon,#affected+killed,#event+type\n\
                 2018-09-08,35.5,36.5,2,Shelling\n2018-09-09,35.6,36.6,,Raid\n";
    session.apply(Command::PasteGeoJson(sheet.to_owned()));
    session.settle_reading();
    let layer = session.chosen_layer().unwrap();
    let mapping = session.content(layer).unwrap().events().unwrap().mapping().clone();
    let columns =
        [EventField::Date, EventField::KilledBest, EventField::Kind].map(|field| mapping.columns(field));
    assert_eq!(columns, [["When"], ["Victims"], ["What"]]);
    let event = session.event(FeatureRef { layer, row: 1 }).unwrap().into_owned();
    assert_eq!((event.killed.is_known(), event.kind.kind.as_str()), (false, "Raid"));
}
