//! What a click, a box and the arrows select.

use super::*;

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
fn a_removed_layer_is_not_selected_any_more() {
    let mut session = two_areas();
    session.apply(click(7.0, 7.0));
    let upper = top_layer(&session);
    session.apply(Command::RemoveLayer(upper));
    assert_eq!(selected_name(&session).as_deref(), Some("lower"));
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
