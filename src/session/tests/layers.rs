//! Layers opened, moved, hidden, and what is told of them.

use super::*;

#[test]
fn a_new_layer_lies_on_top_and_the_view_goes_to_it() {
    let session = two_areas();
    let extent = session.viewport().visible_world();
    for (lon, lat) in [(0.1, 0.1), (14.9, 14.9)] {
        assert!(extent.contains(world_from_lon_lat(LonLat::new(lon, lat))), "{lon} {lat} is out of view");
    }
}

#[test]
fn opening_a_file_twice_shows_the_layer_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("areas.geojson");
    std::fs::write(&path, square("one", 0.0)).unwrap();
    let mut session = empty_session();
    session.apply(Command::OpenFiles(vec![path.clone()]));
    session.settle();
    let first = top_layer(&session);
    session.apply(Command::ChooseLayer(None));
    session.apply(Command::OpenFiles(vec![path]));
    session.settle();
    assert_eq!(session.catalogue().bottom_up().len(), 1);
    assert_eq!(session.chosen_layer(), Some(first));
    assert_eq!(session.catalogue().get(first).unwrap().title, "areas");
}

#[test]
fn a_file_that_is_not_there_is_a_notice_that_names_it() {
    let mut session = empty_session();
    session.apply(Command::OpenFiles(vec!["/no/such/folder/strikes.geojson".into()]));
    session.settle();
    let notice = session.notices().next().expect("a notice");
    assert_eq!(notice.kind, NoticeKind::Error);
    assert!(notice.message.contains("strikes.geojson"), "{}", notice.message);
}

#[test]
fn opening_a_file_again_reads_a_layer_that_had_failed_and_the_view_goes_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.geojson");
    let mut session = empty_session();
    session.apply(Command::OpenFiles(vec![path.clone()]));
    session.settle();
    let layer = top_layer(&session);
    assert!(matches!(session.content(layer).unwrap().state, LayerState::Failed { .. }));
    std::fs::write(&path, square("late", 50.0)).unwrap();
    session.apply(Command::OpenFiles(vec![path]));
    session.settle();
    assert_eq!((session.catalogue().bottom_up().len(), top_layer(&session)), (1, layer));
    assert_eq!(session.content(layer).unwrap().data().unwrap().features.len(), 1);
    let middle = world_from_lon_lat(LonLat::new(55.0, 55.0));
    assert!(session.viewport().visible_world().contains(middle));
}

#[test]
fn a_file_that_fails_again_does_not_keep_the_view_from_the_next_layer() {
    let missing = || Command::OpenFiles(vec!["/no/such/folder/strikes.geojson".into()]);
    let mut session = empty_session();
    session.apply(missing());
    session.settle();
    session.apply(missing());
    session.apply(Command::PasteGeoJson(square("here", 50.0)));
    session.settle();
    let middle = world_from_lon_lat(LonLat::new(55.0, 55.0));
    assert!(session.viewport().visible_world().contains(middle));
}

#[test]
fn one_bad_feature_costs_only_itself_and_is_reported() {
    let bad = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":["x",1]}}"#;
    let session = session_with(&[collection(&[square("good", 0.0), bad.to_owned()])]);
    let content = session.content(top_layer(&session)).unwrap();
    assert_eq!(content.data().unwrap().features.len(), 1);
    assert_eq!(content.report().unwrap().issues.len(), 1);
}

#[test]
fn no_two_layers_have_the_same_title() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    let titles: Vec<String> = session.catalogue().bottom_up().map(|entry| entry.title.clone()).collect();
    assert_eq!(titles, ["Pasted layer", "Pasted layer (2)"]);
    session.apply(Command::RenameLayer { layer: upper, title: "Pasted layer".to_owned() });
    assert_eq!(session.catalogue().get(upper).unwrap().title, "Pasted layer (2)");
}

#[test]
fn a_group_is_hidden_as_one() {
    let mut session = two_areas();
    let layers: Vec<LayerId> = session.catalogue().bottom_up().map(|entry| entry.id).collect();
    for &layer in &layers {
        session.apply(Command::SetLayerGroup { layer, group: Some("Areas".to_owned()) });
    }
    session.apply(Command::SetGroupVisible { group: "Areas".to_owned(), visible: false });
    assert!(session.catalogue().bottom_up().all(|entry| !entry.visible));
    session.apply(Command::Undo);
    assert!(session.catalogue().bottom_up().all(|entry| entry.visible));
}

#[test]
fn the_bundled_files_are_read_without_a_single_issue() {
    let mut session = empty_session();
    session.open_bundled_situation();
    session.settle_reading();
    let all = session.catalogue().bottom_up().chain(session.ground());
    for entry in all {
        let report = session.content(entry.id).unwrap().report().unwrap_or_else(|| panic!("{}", entry.title));
        assert!(report.issues.is_empty(), "{}: {:?}", entry.title, report.issues);
    }
}
