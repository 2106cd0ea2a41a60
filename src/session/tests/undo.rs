//! What can be taken back.

use super::*;

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
fn a_removed_layer_is_freed_when_no_step_leads_back_to_it() {
    let mut session = two_areas();
    let upper = top_layer(&session);
    session.apply(Command::Undo);
    assert!(session.content(upper).is_some(), "redo leads back to it");
    session.apply(Command::SaveView("a new step".to_owned()));
    assert!(session.content(upper).is_none());
}
