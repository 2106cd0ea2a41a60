//! Nothing takes the place of a map that is not saved, unless somebody said so.

use super::*;

#[test]
fn whoever_closes_with_unsaved_changes_is_asked_and_each_answer_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    window.ask(save_to(&path));
    window.rename(layer, "Changed");
    assert_eq!(window.ask(ProjectRequest::Quit), None);
    assert!(matches!(window.desk.standing().question, Some(DeskQuestion::Unsaved { .. })));
    assert_eq!(window.ask(answer(UnsavedAnswer::Stay)), None);
    assert_eq!(window.ask(ProjectRequest::Quit), None);
    assert_eq!(window.ask(answer(UnsavedAnswer::Save)), Some(DeskWish::CloseWindow));
    let mut window = Window::open(folder.path());
    window.ask(open(path.clone()));
    let layer = window.session.catalogue().bottom_up().next().unwrap().id;
    window.rename(layer, "Lost");
    assert_eq!(window.ask(ProjectRequest::Quit), None);
    assert_eq!(window.ask(answer(UnsavedAnswer::Lose)), Some(DeskWish::CloseWindow));
    // The system closes the window next, and nobody is asked again.
    assert!(!window.desk.has_unsaved(&window.session));
    let mut next = Window::open(folder.path());
    next.ask(open(path));
    assert_eq!(next.titles(), ["Changed"]);
}

#[test]
fn a_map_that_is_closed_while_it_is_to_be_saved_is_saved_first_and_no_other_one_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, _) = two_projects(folder.path());
    for is_begun in [false, true] {
        let title = format!("Changed {is_begun}");
        let layer = window.layer();
        window.rename(layer, &title);
        assert_eq!(window.begin(ProjectRequest::Save), None);
        if is_begun {
            window.desk.tick(&mut window.session);
        }
        assert_eq!(window.ask(ProjectRequest::Close), None);
        assert!(window.titles().is_empty() && window.desk.path().is_none(), "{:?}", window.titles());
        assert_eq!(titles_in(folder.path(), &first), [title]);
        window.ask(open(first.clone()));
    }
}

#[test]
fn a_project_that_is_opened_while_another_is_to_be_saved_never_gets_into_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, second) = two_projects(folder.path());
    for (is_read_first, is_begun) in [(false, false), (false, true), (true, false), (true, true)] {
        let title = format!("Changed {is_read_first} {is_begun}");
        if is_read_first {
            window.begin(open(second.clone()));
        }
        let layer = window.layer();
        window.rename(layer, &title);
        window.begin(ProjectRequest::Save);
        if is_begun {
            window.desk.tick(&mut window.session);
        }
        if !is_read_first {
            window.begin(open(second.clone()));
        }
        window.settle();
        assert_eq!(
            (window.titles(), window.desk.path()),
            (vec!["Second".to_owned()], Some(second.as_path()))
        );
        assert_eq!(window.session.log().entries().len(), 2, "{:?}", window.session.log());
        window.ask(ProjectRequest::Save);
        assert_eq!(titles_in(folder.path(), &first), [title]);
        assert_eq!(titles_in(folder.path(), &second), ["Second"]);
        // For the next round, with a log as at first.
        std::fs::remove_file(&second).unwrap();
        let (other, ..) = two_projects(folder.path());
        drop(other);
        let mut again = Window::open(folder.path());
        again.ask(open(first.clone()));
        window = again;
    }
}

#[test]
fn a_file_that_cannot_be_saved_keeps_its_map_open() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, second) = two_projects(folder.path());
    let layer = window.layer();
    window.rename(layer, "Changed");
    std::fs::remove_file(&first).unwrap();
    window.begin(ProjectRequest::Save);
    window.ask(open(second.clone()));
    assert_eq!(window.titles(), ["Changed"], "{}", window.notices());
    // Who asks a second time, while it is still to be saved, is asked.
    window.begin(ProjectRequest::Save);
    window.begin(ProjectRequest::Quit);
    window.begin(ProjectRequest::Quit);
    assert!(window.is_asked_about_unsaved());
    assert_eq!(window.ask(answer(UnsavedAnswer::Lose)), Some(DeskWish::CloseWindow));
}

#[test]
fn who_closes_the_window_while_it_saves_is_not_asked_and_it_closes_when_that_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, _) = two_projects(folder.path());
    let layer = window.layer();
    window.rename(layer, "Changed");
    window.begin(ProjectRequest::Save);
    assert!(window.desk.has_unsaved(&window.session));
    assert_eq!(window.ask(ProjectRequest::Quit), Some(DeskWish::CloseWindow));
    assert_eq!(titles_in(folder.path(), &first), ["Changed"]);
}

#[test]
fn a_map_without_a_project_is_not_replaced_unasked_and_the_next_start_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let (_, first, _) = two_projects(folder.path());
    let places = folder.path().join("places.csv");
    let filter = SituationFilter { filter: "killed >= 1".parse().unwrap(), area: None };
    let changes: [&dyn Fn(&mut Window); 3] = [
        &|window| assert!(window.open_file(&places) > LayerId(0)),
        &|window| drop(window.session.apply(Command::SaveView("Home".to_owned()))),
        &|window| drop(window.session.apply(Command::Filter(FilterCommand::Set(filter.clone())))),
    ];
    for change in changes {
        for request in [open(first.clone()), ProjectRequest::Close] {
            let mut window = Window::open(folder.path());
            change(&mut window);
            window.ask(request);
            assert!(window.is_asked_about_unsaved());
            window.ask(answer(UnsavedAnswer::Stay));
            assert!(window.session.is_furnished());
            assert_eq!(window.ask(ProjectRequest::Quit), Some(DeskWish::CloseWindow));
        }
    }
    // What the last session left counts as much as what was opened now.
    let mut before = Window::open(folder.path());
    before.open_file(&places);
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.bring_back(before.session.to_saved());
    let desk = ProjectDesk::new(Arc::new(|| {}), None, &session);
    let mut window = Window { session, desk };
    window.ask(open(first.clone()));
    assert!(window.is_asked_about_unsaved());
    window.ask(answer(UnsavedAnswer::Lose));
    assert_eq!(window.titles(), ["First"]);
}

#[test]
fn what_is_changed_while_a_project_is_read_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let (window, first, second) = two_projects(folder.path());
    drop(window);
    for given in [UnsavedAnswer::Stay, UnsavedAnswer::Lose] {
        let mut window = Window::open(folder.path());
        window.begin(open(first.clone()));
        window.paste("Sarmin");
        window.settle();
        assert!(window.is_asked_about_unsaved());
        window.ask(answer(given));
        let title = if given == UnsavedAnswer::Stay { "Pasted layer" } else { "First" };
        assert_eq!(window.titles(), [title]);
    }
    // Saved, and then opened as it was asked for.
    let mut window = Window::open(folder.path());
    window.ask(open(first.clone()));
    window.begin(open(second));
    let layer = window.layer();
    window.rename(layer, "Changed");
    window.settle();
    window.ask(answer(UnsavedAnswer::Save));
    assert_eq!(window.titles(), ["Second"]);
    assert_eq!(titles_in(folder.path(), &first), ["Changed"]);
}

#[test]
fn where_no_start_brings_the_map_back_closing_the_window_asks() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::open(folder.path());
    window.session.apply(Command::SetRememberFiles(false));
    assert_eq!(window.ask(ProjectRequest::Quit), Some(DeskWish::CloseWindow), "there is nothing to lose");
    let mut window = Window::open(folder.path());
    window.session.apply(Command::SetRememberFiles(false));
    window.open_file(&folder.path().join("places.csv"));
    assert!(window.desk.has_unsaved(&window.session));
    assert_eq!(window.ask(ProjectRequest::Quit), None);
    assert!(window.is_asked_about_unsaved());
    window.ask(answer(UnsavedAnswer::Stay));
    window.session.apply(Command::SetRememberFiles(true));
    assert_eq!(window.ask(ProjectRequest::Quit), Some(DeskWish::CloseWindow));
}
