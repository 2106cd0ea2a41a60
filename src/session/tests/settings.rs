//! What is kept from start to start, and what may go online.

use super::*;

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
