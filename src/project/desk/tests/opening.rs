//! What is opened, and what comes of files that are damaged, locked or only named.

use super::*;

#[test]
fn an_encrypted_project_asks_again_and_neither_its_copy_nor_its_file_tells_anything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    window.ask(ProjectRequest::Protect(Some(Secret("key".to_owned()))));
    window.ask(save_to(&path));
    window.rename(layer, "Unsaved");
    window.wait_for_copy();
    for file in [path.as_path(), window.desk.copy.as_ref().unwrap().path()] {
        let bytes = std::fs::read(file).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org"));
    }
    let mut next = Window::open(folder.path());
    next.ask(open(path));
    let asked = |was_wrong| Some(DeskQuestion::Passphrase { name: "map.sitmap".to_owned(), was_wrong });
    assert_eq!(next.desk.standing().question, asked(false));
    next.ask(ProjectRequest::OpenWith(Secret("no key".to_owned())));
    assert_eq!(next.desk.standing().question, asked(true));
    next.ask(ProjectRequest::OpenWith(Secret("key".to_owned())));
    assert_eq!((next.desk.standing().question, next.titles().len()), (None, 1));
    assert!(next.desk.standing().is_protected);
}

#[test]
fn the_copy_of_an_encrypted_project_that_is_open_needs_no_passphrase_again_unless_it_has_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let secret = |text: &str| Secret(text.to_owned());
    for (of_copy, asks) in [("key", false), ("another", true)] {
        let mut window = Window::open(folder.path());
        let layer = window.paste("Saraqib");
        window.ask(ProjectRequest::Protect(Some(secret("key"))));
        window.ask(save_to(&path));
        window.rename(layer, "Unsaved");
        window.ask(ProjectRequest::Protect(Some(secret(of_copy))));
        window.wait_for_copy();
        window.crash();
        let mut next = Window::open(folder.path());
        next.ask(open(path.clone()));
        next.ask(ProjectRequest::OpenWith(secret("key")));
        next.ask(ProjectRequest::Recover);
        let question = next.desk.standing().question;
        let is_asked = matches!(question, Some(DeskQuestion::Passphrase { was_wrong: false, .. }));
        assert_eq!(is_asked, asks, "{question:?}");
        if asks {
            next.ask(ProjectRequest::OpenWith(secret(of_copy)));
        }
        assert_eq!(next.titles(), ["Unsaved"]);
        assert!(next.desk.standing().is_to_be_protected);
        next.ask(ProjectRequest::Close);
        next.ask(ProjectRequest::Unsaved(UnsavedAnswer::Lose));
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_damaged_project_opens_as_far_as_it_can_be_read_and_is_not_saved_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut window = Window::open(folder.path());
    window.paste("Saraqib");
    window.ask(save_to(&path));
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let mut next = Window::open(folder.path());
    next.ask(open(path.clone()));
    assert_eq!(next.titles().len(), 1);
    assert!(next.notices().contains("seal does not fit"), "{}", next.notices());
    assert!(matches!(next.ask(ProjectRequest::Save), Some(DeskWish::ChooseWhereToSave(_))));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn files_that_come_with_a_project_are_opened_on_top_of_it_and_also_where_it_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let (_, first, _) = two_projects(folder.path());
    let places = folder.path().join("places.csv");
    std::fs::write(&places, PLACES).unwrap();
    let open = |path| ProjectRequest::Open { path, then: vec![places.clone()] };
    let mut window = Window::open(folder.path());
    window.ask(open(first));
    assert_eq!(window.titles(), ["First", "places"]);
    let mut window = Window::open(folder.path());
    window.ask(open(folder.path().join("gone.sitmap")));
    assert_eq!(window.titles(), ["places"]);
}

/// A project that names a file of its reader and says that it holds its data; as somebody may make it who wants that file.
fn trap(folder: &Path) -> (PathBuf, PathBuf) {
    let (secret, path) = (folder.join("secret.csv"), folder.join("trap.sitmap"));
    let mut author = Window::open(folder);
    let layer = author.open_file(&secret);
    author.rename(layer, "Harmless");
    let mut snapshot = author.session.to_project(crate::session::Purpose::Save);
    snapshot.document.keeping = Keeping { data: true, paths: true };
    crate::project::write_project(&path, &snapshot, None, &Replaces::Nothing).unwrap();
    // What the reader has there is another one.
    std::fs::write(&secret, "name,lat,lon\nMy house,35.1,36.1\n").unwrap();
    (path, secret)
}

#[test]
fn a_project_gets_no_file_that_it_only_names_unless_the_user_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let held = |window: &Window| -> Vec<bool> {
        let snapshot = window.session.to_project(crate::session::Purpose::Save);
        snapshot.document.layers.iter().map(|layer| layer.source.as_ref().unwrap().held).collect()
    };
    let (path, secret) = trap(folder.path());
    let opened = || {
        let mut window = Window::open(folder.path());
        window.ask(open(path.clone()));
        window
    };
    let mut window = opened();
    assert!(window.session.keeping().data);
    assert_eq!(held(&window), [false]);
    // What is told of paths has nothing to do with it.
    window.session.apply(Command::SetKeeping(Keeping { data: true, paths: false }));
    assert_eq!(held(&window), [false]);
    window.ask(ProjectRequest::Save);
    assert!(window.notices().contains("“Harmless” was not saved"), "{}", window.notices());
    let last = window.session.log().entries().last().unwrap().action.clone();
    assert!(matches!(last, LogAction::Saved { holds_data: false, .. }), "{last:?}");
    // Nor does it get it by being saved or copied once, which records what lies there now, and opened anew.
    let again = opened();
    assert_eq!((again.session.keeping().data, held(&again)), (false, vec![false]));
    window.rename(window.layer(), "Changed");
    window.crash();
    let mut window = Window::open(folder.path());
    window.ask(ProjectRequest::Recover);
    assert_eq!((window.session.keeping().data, held(&window)), (false, vec![false]));
    // The data itself, in so many words.
    std::fs::remove_file(&path).unwrap();
    trap(folder.path());
    let mut window = opened();
    assert_eq!(held(&window), [false]);
    window.session.apply(Command::SetKeeping(window.session.keeping()));
    assert_eq!(held(&window), [true]);
    for is_opened in [true, false] {
        std::fs::remove_file(&path).unwrap();
        trap(folder.path());
        let mut window = if is_opened {
            // The file opened by its user.
            let mut window = opened();
            window.session.apply(Command::OpenFiles(vec![secret.clone()]));
            window
        } else {
            // The file that was recorded.
            std::fs::write(&secret, PLACES).unwrap();
            opened()
        };
        assert_eq!(held(&window), [true]);
        window.ask(ProjectRequest::Save);
        assert!(!window.notices().contains("not saved"), "{}", window.notices());
    }
}

#[test]
fn a_file_that_had_no_hash_when_the_project_was_saved_is_read_and_has_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (places, path) = (folder.path().join("places.csv"), folder.path().join("map.sitmap"));
    let mut window = Window::open(folder.path());
    window.open_file(&places);
    let mut snapshot = window.session.to_project(crate::session::Purpose::Save);
    let source = snapshot.document.layers[0].source.as_mut().unwrap();
    (source.seal.sha256, source.seal.bytes) = (String::new(), 0);
    crate::project::write_project(&path, &snapshot, None, &Replaces::Nothing).unwrap();
    let mut next = Window::open(folder.path());
    next.ask(open(path));
    assert_eq!(next.notices(), "");
    let last = next.session.log().entries().last().unwrap().action.clone();
    assert!(matches!(last, LogAction::Imported { .. }), "{last:?}");
}

#[test]
fn a_view_that_is_asked_for_at_the_start_is_kept_by_the_project_that_comes_with_it_and_by_no_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let (path, places) = (folder.path().join("map.sitmap"), folder.path().join("places.csv"));
    let mut window = Window::open(folder.path());
    window.session.look_there_for_now(Some(LonLat::new(36.0, 35.0)), Some(7.0));
    window.ask(save_to(&path));
    std::fs::write(&places, PLACES).unwrap();
    let view = |window: &Window| {
        let now = window.session.viewport();
        let center = now.center_lon_lat();
        [center.lon_deg, center.lat_deg, now.zoom].map(|number| (number * 1e6).round() / 1e6)
    };
    let mut window = Window::open(folder.path());
    window.session.look_there_for_now(None, Some(12.0));
    let [lon, lat, _] = view(&window);
    window.begin(ProjectRequest::Open { path: path.clone(), then: vec![places] });
    window.settle();
    assert_eq!(view(&window), [36.0, 35.0, 12.0], "not {lon}, {lat}: no middle was asked for");
    window.ask(open(path.clone()));
    window.ask(answer(UnsavedAnswer::Lose));
    assert_eq!(view(&window), [36.0, 35.0, 7.0]);
    // Who moves the map while the project is read has said where to look.
    let mut window = Window::open(folder.path());
    window.session.look_there_for_now(None, Some(12.0));
    window.session.apply_at_once(Command::GoHome);
    window.ask(open(path));
    assert_eq!(view(&window), [36.0, 35.0, 7.0]);
}
