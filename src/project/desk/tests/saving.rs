//! What is saved is in the file, and only there where it was asked for.

use super::*;

#[test]
fn what_was_pasted_is_in_the_project_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    window.rename(layer, "Towns");
    assert!(window.desk.has_unsaved(&window.session));
    window.ask(save_to(&path));
    assert!(!window.desk.has_unsaved(&window.session), "{}", window.notices());
    drop(window);
    let mut window = Window::open(folder.path());
    window.ask(open(path));
    assert_eq!(window.titles(), ["Towns"]);
    let layer = window.session.catalogue().bottom_up().next().unwrap().id;
    assert_eq!(window.session.content(layer).unwrap().data().unwrap().features.len(), 1);
    assert!(!window.desk.has_unsaved(&window.session));
    let actions = window.session.log().entries().len();
    assert_eq!(actions, 2, "read and saved, and nothing new by being opened: {:?}", window.session.log());
}

#[test]
fn what_can_be_no_passphrase_takes_away_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut window = Window::open(folder.path());
    window.paste("Saraqib");
    window.ask(ProjectRequest::Protect(Some(Secret("key".to_owned()))));
    for refused in [String::new(), "long ".repeat(1_000)] {
        window.ask(ProjectRequest::Protect(Some(Secret(refused))));
        assert!(window.notices().contains("between one letter and 1,000"), "{}", window.notices());
    }
    window.ask(save_to(&path));
    assert!(std::fs::read(&path).unwrap().starts_with(b"age-encryption.org/v1"));
}

#[test]
fn two_windows_on_one_file_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut first = Window::open(folder.path());
    let layer = first.paste("Saraqib");
    first.ask(save_to(&path));
    let mut second = Window::open(folder.path());
    second.ask(open(path.clone()));
    first.rename(layer, "First");
    first.ask(ProjectRequest::Save);
    second.paste("Idlib");
    second.ask(ProjectRequest::Save);
    assert!(second.notices().contains("changed by another window"), "{}", second.notices());
    assert!(second.desk.has_unsaved(&second.session));
    second.ask(save_to(&folder.path().join("second.sitmap")));
    assert!(!second.desk.has_unsaved(&second.session));
    let mut third = Window::open(folder.path());
    third.ask(open(path));
    assert_eq!(third.titles(), ["First"]);
}

#[test]
fn a_vanished_folder_is_told_and_the_map_stays_unsaved_in_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let drive = folder.path().join("drive");
    std::fs::create_dir(&drive).unwrap();
    let path = drive.join("map.sitmap");
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    window.ask(save_to(&path));
    std::fs::remove_dir_all(&drive).unwrap();
    window.rename(layer, "Still here");
    window.ask(ProjectRequest::Save);
    assert!(window.notices().contains("map.sitmap"), "{}", window.notices());
    assert!(window.desk.has_unsaved(&window.session));
    window.ask(save_to(&folder.path().join("elsewhere.sitmap")));
    assert!(!window.desk.has_unsaved(&window.session));
}

#[test]
fn saving_twice_in_a_row_is_no_change_by_somebody_else() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, _) = two_projects(folder.path());
    let layer = window.layer();
    for title in ["Once", "Twice"] {
        window.rename(layer, title);
        window.begin(ProjectRequest::Save);
        window.desk.tick(&mut window.session);
    }
    window.settle();
    assert_eq!(window.notices(), "");
    assert_eq!(titles_in(folder.path(), &first), ["Twice"]);
}

#[test]
fn a_project_counts_as_encrypted_when_its_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let protection = |window: &Window| {
        let standing = window.desk.standing();
        (standing.is_protected, standing.is_to_be_protected)
    };
    let mut window = Window::open(folder.path());
    window.paste("Saraqib");
    let key = || ProjectRequest::Protect(Some(Secret("key".to_owned())));
    window.ask(key());
    // The dialog that asks where is left without an answer.
    assert!(window.ask(ProjectRequest::Save).is_some());
    assert_eq!(protection(&window), (false, true));
    window.ask(ProjectRequest::Protect(None));
    window.ask(save_to(&path));
    window.ask(key());
    assert_eq!(protection(&window), (false, true));
    let before = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&before[..], b" "].concat()).unwrap();
    window.ask(ProjectRequest::Save);
    assert!(window.notices().contains("changed by another window"), "{}", window.notices());
    assert_eq!(protection(&window), (false, true));
    std::fs::write(&path, before).unwrap();
    window.ask(ProjectRequest::Save);
    assert_eq!(protection(&window), (true, true));
    window.ask(ProjectRequest::Protect(None));
    assert_eq!(protection(&window), (true, false));
    window.ask(ProjectRequest::Save);
    assert_eq!(protection(&window), (false, false));
}

#[test]
fn where_the_ending_is_added_no_file_is_replaced_that_nobody_was_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, second) = two_projects(folder.path());
    let before = std::fs::read(&second).unwrap();
    window.ask(save_to(&folder.path().join("second")));
    assert!(window.notices().contains("already"), "{}", window.notices());
    assert_eq!(std::fs::read(&second).unwrap(), before);
    // The file that is open is no other one.
    window.session.apply(Command::DismissNotice);
    let layer = window.layer();
    window.rename(layer, "Changed");
    window.ask(save_to(&folder.path().join("first")));
    assert_eq!(window.notices(), "");
    assert_eq!(titles_in(folder.path(), &first), ["Changed"]);
    window.ask(save_to(&folder.path().join("third")));
    assert_eq!(titles_in(folder.path(), &folder.path().join("third.sitmap")), ["Changed"]);
}
