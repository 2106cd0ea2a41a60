//! Behaviour of an open map: commands in, state out.

use super::*;
use crate::coords::{ScreenPos, WorldRect, world_from_lon_lat};

fn empty_session() -> Session {
    Session::new(Settings::default(), Arc::new(|| {}))
}

/// A square of the side 10 with its south-western corner at `(corner, corner)`.
fn square(name: &str, corner: f64) -> String {
    let (a, b) = (corner, corner + 10.0);
    format!(
        r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Polygon",
        "coordinates":[[[{a},{a}],[{b},{a}],[{b},{b}],[{a},{b}],[{a},{a}]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn session_with(layers: &[String]) -> Session {
    let mut session = empty_session();
    for layer in layers {
        session.apply(Command::PasteGeoJson(layer.clone()));
    }
    session.settle();
    session
}

fn two_areas() -> Session {
    session_with(&[square("lower", 0.0), square("upper", 5.0)])
}

fn click(lon_deg: f64, lat_deg: f64) -> Command {
    Command::IdentifyAt(PointerHit {
        at: world_from_lon_lat(LonLat { lon_deg, lat_deg }),
        tolerance_world: 0.0,
    })
}

fn selected_name(session: &Session) -> Option<String> {
    let feature = session.selection().current()?;
    let details = session.content(feature.layer)?.data()?.features.details(feature.row).ok()?;
    details.properties.iter().find(|(key, _)| key == "name").map(|(_, value)| value.to_display())
}

fn top_layer(session: &Session) -> LayerId {
    session.catalogue().top_down().next().unwrap().id
}

#[test]
fn a_click_on_overlapping_areas_selects_the_upper_one() {
    let mut session = two_areas();
    session.apply(click(7.0, 7.0));
    assert_eq!(selected_name(&session).as_deref(), Some("upper"));
    assert_eq!(session.selection().hits().len(), 2);
}

#[test]
fn the_arrows_walk_through_what_a_click_met_and_come_round() {
    let mut session = two_areas();
    session.apply(click(7.0, 7.0));
    session.apply(Command::NextHit);
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
    session.apply(Command::NextHit);
    assert_eq!(selected_name(&session).as_deref(), Some("upper"));
    session.apply(Command::PreviousHit);
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
}

#[test]
fn a_hidden_layer_is_not_hit() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    session.apply(Command::SetLayerVisible { layer: upper, visible: false });
    session.apply(click(7.0, 7.0));
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
}

#[test]
fn a_click_beside_everything_selects_nothing() {
    let mut session = two_areas();
    session.apply(click(7.0, 7.0));
    session.apply(click(-50.0, 7.0));
    assert_eq!(session.selection().current(), None);
}

#[test]
fn a_layer_moved_down_is_hit_last() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    session.apply(Command::MoveLayer { layer: upper, to_place: 1 });
    session.apply(click(7.0, 7.0));
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
}

#[test]
fn a_box_selects_what_it_touches() {
    let mut session = two_areas();
    let corner = |lon, lat| world_from_lon_lat(LonLat::new(lon, lat));
    session.apply(Command::SelectInBox(WorldRect { min: corner(12.0, 14.0), max: corner(14.0, 12.0) }));
    assert_eq!(selected_name(&session).as_deref(), Some("upper"));
    assert_eq!(session.selection().hits().len(), 1);
}

#[test]
fn escape_clears_the_selection() {
    let mut session = two_areas();
    session.apply(click(7.0, 7.0));
    session.apply(Command::ClearSelection);
    assert_eq!(session.selection().current(), None);
}

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
fn undo_brings_a_removed_layer_back_with_its_features() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    session.apply(Command::RemoveLayer(upper));
    session.apply(click(7.0, 7.0));
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
    session.apply(Command::Undo);
    session.apply(click(7.0, 7.0));
    assert_eq!(selected_name(&session).as_deref(), Some("upper"));
    session.apply(Command::Redo);
    assert_eq!(session.catalogue().bottom_up().len(), 1);
}

#[test]
fn dragging_a_slider_is_one_step_of_undo() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    for opacity in [0.9, 0.7, 0.5] {
        session.apply(Command::SetLayerOpacity { layer: upper, opacity });
    }
    session.apply(Command::Undo);
    assert_eq!(session.catalogue().get(upper).unwrap().opacity, 1.0);
}

#[test]
fn a_thousand_changes_can_be_taken_back() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    for number in 0..1_000 {
        session.apply(Command::RenameLayer { layer: upper, title: format!("name {number}") });
    }
    for _ in 0..1_000 {
        session.apply(Command::Undo);
    }
    assert_eq!(session.catalogue().get(upper).unwrap().title, "Pasted layer (2)");
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
fn a_removed_layer_is_not_selected_any_more() {
    let mut session = two_areas();
    session.apply(click(7.0, 7.0));
    let upper = top_layer(&session);
    session.apply(Command::RemoveLayer(upper));
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
}

#[test]
fn a_layer_removed_while_it_is_read_does_not_come_back_as_being_read_for_ever() {
    let mut session = empty_session();
    session.apply(Command::PasteGeoJson(collection(&[square("one", 0.0)])));
    let layer = top_layer(&session);
    session.apply(Command::RemoveLayer(layer));
    session.settle();
    session.apply(Command::Undo);
    let state = &session.content(layer).unwrap().state;
    assert!(!matches!(state, LayerState::Loading { .. }));
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
fn a_view_is_remembered_under_its_name_and_replaced_by_a_newer_one() {
    let mut session = empty_session();
    session.apply(Command::SaveView("Front".to_owned()));
    session.apply_at_once(Command::CenterOn(LonLat::new(36.0, 35.0)));
    session.apply(Command::SaveView("Front".to_owned()));
    session.apply_at_once(Command::GoHome);
    session.apply_at_once(Command::GoToView("Front".to_owned()));
    assert_eq!(session.views().len(), 1);
    assert!((session.viewport().center_lon_lat().lon_deg - 36.0).abs() < 1e-9);
}

#[test]
fn the_opening_view_stays_fitted_when_the_window_changes_its_size() {
    let mut session = empty_session();
    let viewport = Viewport { size_points: [600.0, 500.0], ..session.viewport() };
    session.apply(Command::SetViewport(viewport));
    let home = HOME_EXTENT.to_world();
    let visible = session.viewport().visible_world();
    assert!(visible.contains(home.min) && visible.contains(home.max));
}

#[test]
fn the_view_goes_to_a_new_layer_unless_somebody_moves_it_meanwhile() {
    let elsewhere = Viewport::new(LonLat::new(100.0, -40.0), 5.0, [1280.0, 800.0]);
    let sees_layer = |moved: Option<Command>| {
        let mut session = empty_session();
        session.apply(Command::PasteGeoJson(square("a", 0.0)));
        moved.map(|command| session.apply(command));
        session.settle();
        session.viewport().visible_world().contains(world_from_lon_lat(LonLat::new(5.0, 5.0)))
    };
    assert!(sees_layer(None));
    assert!(sees_layer(Some(Command::CarryViewport(elsewhere))), "our own camera is nobody's hand");
    assert!(!sees_layer(Some(Command::SetViewport(elsewhere))));
    assert!(!sees_layer(Some(Command::CenterOn(LonLat::new(100.0, -40.0)))));
    let larger = Viewport { size_points: [600.0, 500.0], ..empty_session().viewport() };
    assert!(sees_layer(Some(Command::SetViewport(larger))), "another size is no other place");
}

#[test]
fn zooming_in_at_a_corner_keeps_the_corner() {
    let mut session = empty_session();
    let corner = ScreenPos::new(10.0, 20.0);
    let before = session.viewport().world_from_screen(corner);
    session.apply_at_once(Command::ZoomAt { anchor: Some(corner), steps: 2.0 });
    assert!(session.viewport().world_from_screen(corner).distance_world(before) < 1e-12);
}

#[test]
fn no_tile_may_be_asked_for_before_the_note_is_answered() {
    let mut session = empty_session();
    session.apply(Command::SetBasemap(Basemap::OpenStreetMap));
    session.apply(Command::SetWorkOffline(false));
    assert!(!session.settings().may_go_online());
    session.apply(Command::AnswerOnlineNote { online: true });
    assert!(session.settings().may_go_online());
    session.apply(Command::SetWorkOffline(true));
    assert!(!session.settings().may_go_online());
}

#[test]
fn declining_online_tiles_keeps_working_offline() {
    let mut session = empty_session();
    session.apply(Command::AnswerOnlineNote { online: false });
    assert!(session.settings().work_offline && session.settings().online_note_answered);
}

#[test]
fn the_next_start_brings_layers_order_looks_and_view_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.geojson");
    std::fs::write(&path, square("mine", 0.0)).unwrap();
    let mut first = empty_session();
    first.open_bundled_situation();
    first.apply(Command::OpenFiles(vec![path]));
    first.settle();
    let mine = top_layer(&first);
    first.apply(Command::RenameLayer { layer: mine, title: "My area".to_owned() });
    first.apply(Command::SetLayerOpacity { layer: mine, opacity: 0.5 });
    first.apply(Command::MoveLayer { layer: mine, to_place: 1 });
    let saved = first.to_saved();

    let mut second = empty_session();
    second.open_bundled_situation();
    second.bring_back(saved.clone());
    second.settle();
    let titles = |session: &Session| {
        session.catalogue().top_down().map(|entry| (entry.title.clone(), entry.opacity)).collect::<Vec<_>>()
    };
    assert_eq!(titles(&second), titles(&first));
    assert_eq!(second.to_saved().view, saved.view);
}

#[test]
fn measuring_adds_places_until_it_is_stopped() {
    let mut session = empty_session();
    session.apply(Command::StartMeasuring(LonLat::new(36.0, 35.0)));
    session.apply(Command::AddMeasurePoint(LonLat::new(37.0, 35.0)));
    assert_eq!(session.measured().map(<[_]>::len), Some(2));
    session.apply(Command::StopMeasuring);
    assert_eq!(session.measured(), None);
}

#[test]
fn a_click_on_the_strike_near_abdin_finds_it_above_the_rebel_held_area() {
    let mut session = empty_session();
    session.open_bundled_situation();
    session.settle();
    let tolerance_world = 6.0 / (256.0 * 4096.0);
    let at = world_from_lon_lat(LonLat::new(36.5420, 35.4802));
    session.apply(Command::IdentifyAt(PointerHit { at, tolerance_world }));
    let event = session.event(session.selection().current().unwrap()).unwrap();
    assert_eq!(event.id, "AW-RS3530");
    let layers: Vec<_> = session
        .selection()
        .hits()
        .iter()
        .filter_map(|hit| session.catalogue().get(hit.layer)?.origin_key())
        .collect();
    assert!(layers.contains(&"rebel_held_area"), "{layers:?}");
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

#[test]
fn what_the_command_line_sets_for_one_start_is_not_kept_for_the_next() {
    let mut session = empty_session();
    session.apply(Command::SetWorkOffline(false));
    session.set_theme_for_now(ThemeChoice::Dark);
    session.work_offline_for_now();
    assert!(session.settings().work_offline && session.theme() == Theme::Dark);
    let saved = session.to_saved().settings;
    assert!(!saved.work_offline && saved.theme_choice == ThemeChoice::System);
    session.apply(Command::SetTheme(ThemeChoice::Light));
    assert_eq!(session.to_saved().settings.theme_choice, ThemeChoice::Light);
}

#[test]
fn a_start_without_the_bundled_layers_does_not_forget_how_they_were_shown() {
    let mut first = empty_session();
    first.open_bundled_situation();
    let strikes = first.catalogue().find_bundled("strikes").unwrap();
    first.apply(Command::SetLayerOpacity { layer: strikes, opacity: 0.4 });
    let mut without = empty_session();
    without.bring_back(first.to_saved());
    assert_eq!(without.catalogue().bottom_up().len(), 0);
    let mut third = empty_session();
    third.open_bundled_situation();
    third.bring_back(without.to_saved());
    let strikes = third.catalogue().find_bundled("strikes").unwrap();
    assert_eq!(third.catalogue().get(strikes).unwrap().opacity, 0.4);
}

#[test]
fn a_removed_layer_is_freed_when_no_step_leads_back_to_it() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    session.apply(Command::Undo);
    assert!(session.content(upper).is_some(), "redo leads back to it");
    session.apply(Command::SaveView("a new step".to_owned()));
    assert!(session.content(upper).is_none());
}
