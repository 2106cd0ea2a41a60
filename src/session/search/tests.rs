use std::sync::Arc;

use super::{HiddenBy, SearchChoice, SearchHit, SearchHits, SearchKind, SearchWindow};
use crate::coords::{LonLat, distance_m};
use crate::session::{
    Command, FeatureRef, FilterCommand, Request, Session, Settings, SituationFilter, ThemeChoice, TimeCommand,
};
use crate::situation::{EventField, EventMapping};
use crate::text::plain;

fn searching(bundled: bool, pasted: Option<&str>) -> Session {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    if bundled {
        session.open_bundled_situation();
    }
    if let Some(text) = pasted {
        session.apply(Command::PasteGeoJson(text.to_owned()));
    }
    session.apply(Command::PrepareSearch);
    session.settle_reading();
    session
}

fn of_kind(hits: &SearchHits, kind: SearchKind) -> Vec<&SearchHit> {
    hits.groups.iter().filter(|group| group.kind == kind).flat_map(|group| &group.hits).collect()
}

fn first(session: &Session, text: &str) -> (SearchKind, SearchHit) {
    let hits = session.search(text, 8);
    let group = hits.groups.first().unwrap_or_else(|| panic!("nothing for {text}"));
    (group.kind, group.hits[0].clone())
}

fn titles(session: &Session, text: &str, kind: SearchKind) -> Vec<String> {
    of_kind(&session.search(text, 8), kind).into_iter().map(|hit| hit.title.clone()).collect()
}

const PACK: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.806,35.862]},
 "properties":{"name_en":"Serakib","name_ar":"سراقب","class":"city","population":32495}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.70,35.70]},
 "properties":{"name_en":"Tall Zumrud","name_ar":"تل زمرد","class":"village"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.71,35.30]},
 "properties":{"name_osm":"تل العجوز","class":"hamlet"}}]}"#;

const MARKETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.6,35.9]},"properties":{"name":"Saturday market","open":"yes"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.7,35.9]},"properties":{"name":"سوق الهال","open":"no"}},
{"type":"Feature","geometry":null,"properties":{"open":"no"}}]}"#;

#[test]
fn saraqib_is_found_by_its_spellings_in_either_script() {
    let session = searching(true, None);
    for text in ["Saraqib", "Saraqeb", "serakib", "سراقب", "سراقِب", "saraqb"] {
        let (kind, hit) = first(&session, text);
        assert_eq!((kind, hit.title.as_str()), (SearchKind::Place, "Saraqib"), "{text}");
        assert_eq!(hit.title_ar.as_deref(), Some("سراقب"));
        assert_eq!(hit.context.admin.as_deref(), Some("Idlib"));
        let near = hit.context.near.unwrap();
        assert_eq!((near.name.as_str(), near.direction), ("Idlib", "south-east"));
    }
}

#[test]
fn choosing_a_place_moves_the_view_there_and_marks_it() {
    let mut session = searching(true, None);
    let (_, hit) = first(&session, "jisr ash-shughour");
    let SearchChoice::Do(commands) = hit.choice else { panic!("a place is a command") };
    let requests: Vec<Option<Request>> =
        commands.into_iter().map(|command| session.apply_at_once(command)).collect();
    assert_eq!(requests, [None]);
    let mark = session.place_mark().unwrap();
    assert_eq!(mark.title, "Jisr al-Shughur");
    assert!(distance_m(session.viewport().center_lon_lat(), mark.at) < 1.0 && session.viewport().zoom > 12.0);
    session.apply(Command::ClearSelection);
    assert!(session.place_mark().is_none());
}

#[test]
fn events_are_found_by_title_place_and_number_and_choosing_one_selects_it() {
    let mut session = searching(true, None);
    let by_title = titles(&session, "Shelling, Tahtaya", SearchKind::Event);
    assert_eq!(by_title.first().map(String::as_str), Some("Shelling, Tahtaya"));
    assert!(!titles(&session, "تحتايا", SearchKind::Event).is_empty());
    assert!(titles(&session, "8 September", SearchKind::Event).len() > 3);
    let (kind, hit) = first(&session, "260265");
    assert_eq!((kind, hit.title.as_str()), (SearchKind::Event, "Shelling, Tahtaya"));
    assert!(hit.context.what[0].contains("2018"), "{:?}", hit.context);
    let SearchChoice::Do(commands) = hit.choice else { panic!("an event is a command") };
    commands.into_iter().for_each(|command| drop(session.apply(command)));
    assert_eq!(session.selection().current(), hit.feature);
    assert_eq!(session.event(hit.feature.unwrap()).unwrap().id, "UC-260265");
}

#[test]
fn features_of_layers_are_found_and_what_a_filter_hides_is_said_to_be_hidden() {
    let mut session = searching(false, Some(MARKETS));
    let (kind, hit) = first(&session, "سوق");
    assert_eq!((kind, hit.title.as_str(), hit.hidden), (SearchKind::Feature, "سوق الهال", None));
    assert_eq!(hit.context.layer.as_deref(), Some("Pasted layer"));
    let layer = hit.feature.unwrap().layer;
    let filter = "open = yes".parse().unwrap();
    session.apply(Command::SetFilter { layer, filter: Some(filter) });
    session.settle_reading();
    assert_eq!(first(&session, "suq al-hal").1.hidden, Some(HiddenBy::Filter));
    assert_eq!(first(&session, "saturday").1.hidden, None);
    session.apply(Command::SetLayerVisible { layer, visible: false });
    assert_eq!(first(&session, "saturday").1.hidden, Some(HiddenBy::Layer));
    session.apply(Command::RemoveLayer(layer));
    assert!(session.search("saturday", 8).groups.is_empty());
    session.apply(Command::Undo);
    session.settle_reading();
    assert_eq!(first(&session, "saturday").1.title, "Saturday market");
}

#[test]
fn what_the_window_of_time_hides_is_said_to_be_hidden_by_it_and_not_by_a_filter() {
    let mut session = searching(true, None);
    let hidden = |session: &Session| first(session, "260265").1.hidden;
    assert_eq!(hidden(&session), None);
    let whole = session.whole_time().unwrap();
    let last_day = whole.end - 1440..whole.end;
    session.apply(Command::Time(TimeCommand::SetWindow(Some(last_day))));
    session.settle();
    assert_eq!(hidden(&session), Some(HiddenBy::Time));
    let filter = SituationFilter { filter: "weapon = air_strike".parse().unwrap(), area: None };
    session.apply(Command::Filter(FilterCommand::Set(filter)));
    session.settle();
    assert_eq!(hidden(&session), Some(HiddenBy::Filter), "another time would not show it either");
}

#[test]
fn a_layer_of_places_is_a_gazetteer_and_its_places_join_those_that_are_known() {
    let session = searching(true, Some(PACK));
    let saraqib = titles(&session, "سراقب", SearchKind::Place);
    assert_eq!(saraqib, ["Saraqib"]);
    let (kind, hit) = first(&session, "tell zomrod");
    assert_eq!((kind, hit.title.as_str()), (SearchKind::Place, "Tall Zumrud"));
    assert_eq!(hit.context.layer.as_deref(), Some("Pasted layer"));
    // Nothing but the name that answers says what it is called.
    assert_eq!(first(&session, "tell ajuz").1.title, "تل العجوز");
}

#[test]
fn coordinates_are_a_place_in_any_notation() {
    let mut session = searching(true, None);
    for text in
        ["35.4802, 36.542", "37S BV 76999 29074", "35°28′48.72″ N 36°32′31.20″ E", "geo:35.4802,36.542"]
    {
        let (kind, hit) = first(&session, text);
        assert_eq!(kind, SearchKind::Position, "{text}");
        assert!(distance_m(hit.at.unwrap(), LonLat::new(36.542, 35.4802)) < 3.0, "{text}");
    }
    let both = session.search("35.4802, 36.542", 8);
    let read: Vec<_> =
        of_kind(&both, SearchKind::Position).iter().map(|hit| hit.context.what[1].clone()).collect();
    assert_eq!(read, ["latitude first", "longitude first"]);
    let orders = |text: &str| first(&session, text).1.context.what[1..].to_vec();
    assert!(orders("139.7, 35.6").concat().contains("longitude, latitude"), "the other order is told");
    assert_eq!((orders("35.6, 139.7").len(), orders("35.6 N, 39.7 E").len()), (0, 0));
    let SearchChoice::Do(commands) = first(&session, "37S BV 76999 29074").1.choice else {
        panic!("a command")
    };
    commands.into_iter().for_each(|command| drop(session.apply_at_once(command)));
    assert!(session.place_mark().is_some());
}

#[test]
fn layers_views_and_commands_are_found_by_their_words() {
    let mut session = searching(true, None);
    session.apply(Command::SaveView("Western front".to_owned()));
    let (kind, hit) = first(&session, "western front");
    assert_eq!(
        (kind, &hit.choice),
        (SearchKind::View, &SearchChoice::command(Command::GoToView("Western front".to_owned())))
    );
    assert_eq!(first(&session, "highways").0, SearchKind::Layer);
    let (kind, hit) = first(&session, "dark theme");
    assert_eq!(
        (kind, hit.choice),
        (SearchKind::Action, SearchChoice::command(Command::SetTheme(ThemeChoice::Dark)))
    );
    assert_eq!(first(&session, "settings").1.choice, SearchChoice::Open(SearchWindow::Settings));
    assert_eq!(first(&session, "undo").0, SearchKind::Action);
}

#[test]
fn no_two_commands_have_one_name_and_each_is_found_by_it() {
    let session = searching(false, None);
    let actions = super::actions::actions(&session);
    for (place, action) in actions.iter().enumerate() {
        assert!(actions[..place].iter().all(|other| other.title != action.title), "{}", action.title);
        let found = titles(&session, &action.title, SearchKind::Action);
        assert_eq!(found.first(), Some(&action.title));
    }
}

#[test]
fn near_misses_are_shown_only_where_nothing_is_found() {
    let session = searching(true, None);
    let hits = session.search("saraqob", 8);
    assert_eq!(hits.groups[0].hits[0].title, "Saraqib");
    assert!(session.search("", 8).groups.is_empty());
    assert!(session.search("xqzwv", 8).groups.is_empty());
    let counted = session.search("a", 3);
    assert!(counted.groups.iter().all(|group| group.hits.len() <= 3 && group.count >= group.hits.len()));
}

#[test]
fn nothing_is_made_ready_before_somebody_searches() {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    session.settle_reading();
    assert!(session.search("saraqib", 8).is_preparing);
    session.apply(Command::PrepareSearch);
    session.settle_reading();
    let hits = session.search("saraqib", 8);
    assert!(!hits.is_preparing && hits.cut_layers.is_empty() && !hits.groups.is_empty());
}

const INCIDENTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.6,35.9]},
 "properties":{"event_date":"2018-09-08","event_type":"Shelling","settlement_name":"Tall Zumrud","killed":2}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[36.7,35.9]},
 "properties":{"event_date":"2018-09-09","event_type":"Raid","settlement_name":"Wadi Fayruz","killed":null}}]}"#;

#[test]
fn events_of_a_layer_of_the_user_are_found_as_events_by_their_place() {
    let mut session = searching(false, Some(INCIDENTS));
    let layer = session.chosen_layer().unwrap();
    let mut mapping = EventMapping::default();
    for (field, column) in [
        (EventField::Date, "event_date"),
        (EventField::Kind, "event_type"),
        (EventField::Place, "settlement_name"),
    ] {
        mapping.set(field, vec![column.to_owned()]);
    }
    session.apply(Command::SetEventMapping { layer, mapping: Some(mapping) });
    session.settle_reading();
    let (kind, hit) = first(&session, "tall zumrud");
    assert_eq!(
        (kind, plain(&hit.title)),
        (SearchKind::Event, "Shelling · Tall Zumrud · 8 September 2018".to_owned())
    );
    assert_eq!(hit.context.what, ["8 September 2018", "Shelling"]);
    assert_eq!(hit.context.layer.as_deref(), Some("Pasted layer"));
    assert_eq!(hit.feature, Some(FeatureRef { layer, row: 0 }));
    let not_events = EventMapping::default();
    session.apply(Command::SetEventMapping { layer, mapping: Some(not_events) });
    session.settle_reading();
    assert!(titles(&session, "tall zumrud", SearchKind::Event).is_empty());
}
