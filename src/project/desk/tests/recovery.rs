//! What a crash left is offered, and only that.

use super::*;

#[test]
fn a_crash_leaves_a_copy_that_the_next_start_offers_and_saving_over_the_file_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.sitmap");
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    window.ask(save_to(&path));
    window.rename(layer, "Unsaved");
    window.wait_for_copy();
    assert_eq!(copies(folder.path()), 3, "copy, note and lock");
    // Another window that starts meanwhile is not offered what is in use.
    assert_eq!(Window::open(folder.path()).desk.standing().question, None);
    window.crash();

    let mut window = Window::open(folder.path());
    let question = window.desk.standing().question;
    assert!(
        matches!(&question, Some(DeskQuestion::Recover { name, others: 0, .. }) if name == "map.sitmap"),
        "{question:?}"
    );
    window.ask(ProjectRequest::Recover);
    assert_eq!(window.titles(), ["Unsaved"]);
    assert_eq!(window.desk.path(), Some(path.as_path()));
    assert!(window.desk.has_unsaved(&window.session));
    window.ask(ProjectRequest::Save);
    assert!(!window.desk.has_unsaved(&window.session), "{}", window.notices());
    assert_eq!(window.desk.standing().question, None);
    drop(window);
    assert_eq!(copies(folder.path()), 0);
}

#[test]
fn a_copy_that_was_put_off_is_offered_again_although_its_project_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, first, _) = two_projects(folder.path());
    let layer = window.layer();
    window.rename(layer, "Unsaved");
    window.crash();
    let mut window = Window::open(folder.path());
    window.ask(ProjectRequest::RecoverLater);
    window.ask(open(first));
    window.paste("Sarmin");
    window.ask(ProjectRequest::Save);
    drop(window);
    let mut window = Window::open(folder.path());
    window.ask(ProjectRequest::Recover);
    assert_eq!(window.titles(), ["Unsaved"]);
}

#[test]
fn a_copy_of_a_map_without_a_project_is_gone_once_it_is_saved_anywhere_or_closed() {
    let folder = tempfile::tempdir().unwrap();
    let leave = |title: &str| {
        let mut window = Window::open(folder.path());
        let layer = window.paste("Saraqib");
        window.rename(layer, title);
        window.crash();
    };
    leave("Saved");
    let mut window = Window::open(folder.path());
    window.ask(ProjectRequest::Recover);
    assert!(window.desk.has_unsaved(&window.session) && copies(folder.path()) > 0);
    window.ask(save_to(&folder.path().join("saved.sitmap")));
    drop(window);
    assert_eq!(copies(folder.path()), 0);
    for request in [ProjectRequest::Close, ProjectRequest::Quit] {
        leave("Closed");
        let mut window = Window::open(folder.path());
        window.ask(ProjectRequest::Recover);
        window.ask(request);
        assert!(window.is_asked_about_unsaved());
        window.ask(answer(UnsavedAnswer::Lose));
        drop(window);
        assert_eq!(copies(folder.path()), 0);
    }
}

#[test]
fn of_several_copies_the_others_are_asked_about_next_and_none_is_lost_by_thinking_better_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut windows: Vec<Window> = (0..2).map(|_| Window::open(folder.path())).collect();
    for (window, title) in windows.iter_mut().zip(["Older", "Newer"]) {
        let layer = window.paste("Saraqib");
        window.rename(layer, title);
        window.wait_for_copy();
        std::thread::sleep(Duration::from_millis(20));
    }
    windows.into_iter().for_each(Window::crash);
    let mut window = Window::open(folder.path());
    let others = |window: &Window| match window.desk.standing().question {
        Some(DeskQuestion::Recover { others, .. }) => Some(others),
        _ => None,
    };
    assert_eq!(others(&window), Some(1));
    window.ask(ProjectRequest::Recover);
    assert_eq!(window.titles(), ["Newer"]);
    assert_eq!(others(&window), Some(0));
    window.ask(ProjectRequest::Recover);
    assert!(window.is_asked_about_unsaved());
    window.ask(answer(UnsavedAnswer::Stay));
    assert_eq!((window.titles(), others(&window)), (vec!["Newer".to_owned()], Some(0)));
    window.ask(save_to(&folder.path().join("newer.sitmap")));
    window.ask(ProjectRequest::Recover);
    assert_eq!(window.titles(), ["Older"]);
    assert_eq!(copies(folder.path()), 3, "the older copy, until it is saved, too");
}

#[test]
fn a_map_that_is_let_go_while_its_copy_is_written_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    for request in [ProjectRequest::Quit, ProjectRequest::Close] {
        let mut window = Window::open(folder.path());
        window.paste("Saraqib");
        window.desk.look(&window.session);
        window.desk.copied_at = Instant::now().checked_sub(2 * COPY_EVERY).unwrap();
        window.begin(request);
        window.desk.begin_copying(&window.session);
        assert!(window.desk.copying.is_some());
        window.begin(answer(UnsavedAnswer::Lose));
        window.settle();
        assert!(window.desk.copy.as_ref().is_none_or(|copy| !copy.path().exists()));
        drop(window);
        assert_eq!(copies(folder.path()), 0);
    }
}

#[test]
fn a_copy_without_a_lock_is_offered_and_what_belongs_to_no_copy_is_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    window.rename(layer, "Unsaved");
    window.wait_for_copy();
    let recovery = folder.path().join("recovery");
    let used = window.desk.copy.as_ref().unwrap().path().to_owned();
    let part_of_used = recovery.join(format!(".{}.0a.part", used.file_name().unwrap().to_str().unwrap()));
    std::fs::write(&part_of_used, "half").unwrap();
    std::fs::copy(&used, recovery.join("orphan.sitmap")).unwrap();
    for left in ["note.json", "empty.lock", ".orphan.sitmap.1b.part", ".gone.json.2c.part"] {
        std::fs::write(recovery.join(left), "{}").unwrap();
    }
    let mut next = Window::open(folder.path());
    next.ask(ProjectRequest::Recover);
    assert_eq!((next.titles(), next.desk.left.len()), (vec!["Unsaved".to_owned()], 0));
    let mut names: Vec<_> = std::fs::read_dir(&recovery)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| !name.contains(used.file_stem().unwrap().to_str().unwrap()));
    names.sort();
    assert_eq!(names, ["orphan.lock", "orphan.sitmap"]);
    assert!(part_of_used.exists() && used.exists());
}

#[test]
fn a_copy_is_written_anew_whatever_passphrase_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::open(folder.path());
    let layer = window.paste("Saraqib");
    for (key, title) in [(Some("one"), "One"), (Some("two"), "Two"), (None, "None")] {
        window.ask(ProjectRequest::Protect(key.map(|key| Secret(key.to_owned()))));
        window.rename(layer, title);
        window.wait_for_copy();
        assert_eq!(window.notices(), "", "{title}");
    }
    window.crash();
    let mut next = Window::open(folder.path());
    next.ask(ProjectRequest::Recover);
    assert_eq!(next.titles(), ["None"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_is_saved_copied_and_brought_back_as_any_other() {
    use std::os::unix::ffi::OsStringExt;
    let folder = tempfile::tempdir().unwrap();
    let (odd, map) = (b"\xE9v\xFF.csv".to_vec(), b"\xE9.sitmap".to_vec());
    let odd = folder.path().join(std::ffi::OsString::from_vec(odd));
    let map = folder.path().join(std::ffi::OsString::from_vec(map));
    let mut window = Window::open(folder.path());
    let layer = window.open_file(&odd);
    window.rename(layer, "Odd");
    window.ask(save_to(&map));
    assert_eq!(window.notices(), "");
    assert!(!window.desk.has_unsaved(&window.session));
    window.rename(layer, "Changed");
    assert!(window.desk.has_unsaved(&window.session));
    let saved = serde_json::to_string(&window.session.to_saved_without_map(Some(map.clone()))).unwrap();
    let saved: crate::session::SavedSession = serde_json::from_str(&saved).unwrap();
    assert_eq!(saved.project.as_deref(), Some(map.as_path()));
    window.crash();
    let mut window = Window::open(folder.path());
    window.ask(ProjectRequest::Recover);
    assert_eq!((window.titles(), window.desk.path()), (vec!["Changed".to_owned()], Some(map.as_path())));
    window.ask(ProjectRequest::Save);
    let mut window = Window::open(folder.path());
    window.ask(open(map));
    assert_eq!(window.session.catalogue().find_file(&odd), Some(window.layer()));
    assert_eq!(window.session.content(window.layer()).unwrap().data().unwrap().features.len(), 1);
}
