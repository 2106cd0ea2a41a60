//! Where the map looks.

use super::*;

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
fn measuring_adds_places_until_it_is_stopped() {
    let mut session = empty_session();
    session.apply(Command::StartMeasuring(LonLat::new(36.0, 35.0)));
    session.apply(Command::AddMeasurePoint(LonLat::new(37.0, 35.0)));
    assert_eq!(session.measured().map(<[_]>::len), Some(2));
    session.apply(Command::StopMeasuring);
    assert_eq!(session.measured(), None);
}
