//! What is promised of unsaved work, with sessions in place of windows.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::session::{
    FilterCommand, Keeping, LayerId, LogAction, Secret, Settings, SituationFilter, UnsavedAnswer,
};

const PLACES: &str = "name,lat,lon\nIdlib,35.9,36.6\n";

struct Window {
    session: Session,
    desk: ProjectDesk,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.keep_log();
        let recovery = RecoveryFolder::at(folder.join("recovery"));
        let desk = ProjectDesk::new(Arc::new(|| {}), Some(recovery), &session);
        Self { session, desk }
    }

    fn ask(&mut self, request: ProjectRequest) -> Option<DeskWish> {
        let wish = self.desk.carry_out(request, &mut self.session);
        wish.or_else(|| self.settle())
    }

    /// Until no thread is at work.
    fn settle(&mut self) -> Option<DeskWish> {
        let mut wish = None;
        for _ in 0..2_000 {
            self.session.settle_reading();
            wish = self.desk.tick(&mut self.session).or(wish);
            let desk = &self.desk;
            if desk.saving.is_none()
                && desk.reading.is_none()
                && desk.copying.is_none()
                && desk.save_wanted.is_none()
            {
                self.session.settle_reading();
                return wish;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("a thread does not end");
    }

    /// Without waiting for what it begins.
    fn begin(&mut self, request: ProjectRequest) -> Option<DeskWish> {
        self.desk.carry_out(request, &mut self.session)
    }

    fn open_file(&mut self, path: &Path) -> LayerId {
        std::fs::write(path, PLACES).unwrap();
        self.session.apply(Command::OpenFiles(vec![path.to_owned()]));
        self.session.settle_reading();
        self.session.chosen_layer().unwrap()
    }

    fn layer(&self) -> LayerId {
        self.session.catalogue().bottom_up().next().unwrap().id
    }

    fn is_asked_about_unsaved(&self) -> bool {
        matches!(self.desk.standing().question, Some(DeskQuestion::Unsaved { .. }))
    }

    /// The program is ended from outside, after its copy was written.
    fn crash(mut self) {
        self.wait_for_copy();
        let copy = self.desk.copy.take().unwrap();
        // A program that ends lets its locks go; this one only forgets its copy.
        std::mem::forget(copy.into_unlocked());
    }

    fn paste(&mut self, name: &str) -> LayerId {
        self.session.apply(Command::PasteGeoJson(format!("name,lat,lon\n{name},35.5,36.5\n")));
        self.session.settle_reading();
        self.session.chosen_layer().unwrap()
    }

    fn rename(&mut self, layer: LayerId, title: &str) {
        self.session.apply(Command::RenameLayer { layer, title: title.to_owned() });
    }

    fn titles(&self) -> Vec<String> {
        self.session.catalogue().bottom_up().map(|entry| entry.title.clone()).collect()
    }

    fn notices(&self) -> String {
        self.session.notices().map(|notice| notice.message.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// As if time had passed.
    fn wait_for_copy(&mut self) {
        self.desk.look(&self.session);
        self.desk.copied_at = Instant::now().checked_sub(2 * COPY_EVERY).unwrap();
        self.desk.begin_copying(&self.session);
        self.settle();
    }
}

/// Files in the folder for copies.
fn copies(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("recovery")).unwrap().count()
}

fn titles_in(folder: &Path, project: &Path) -> Vec<String> {
    let mut window = Window::open(folder);
    window.ask(open(project.to_owned()));
    window.titles()
}

fn answer(answer: UnsavedAnswer) -> ProjectRequest {
    ProjectRequest::Unsaved(answer)
}

fn save_to(path: &Path) -> ProjectRequest {
    ProjectRequest::SaveTo(path.to_owned())
}

fn open(path: PathBuf) -> ProjectRequest {
    ProjectRequest::Open { path, then: Vec::new() }
}

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

/// Two saved projects, with a layer each; the window has the first one open.
fn two_projects(folder: &Path) -> (Window, PathBuf, PathBuf) {
    let (first, second) = (folder.join("first.sitmap"), folder.join("second.sitmap"));
    let mut other = Window::open(folder);
    let layer = other.paste("Idlib");
    other.rename(layer, "Second");
    other.ask(save_to(&second));
    let mut window = Window::open(folder);
    let layer = window.paste("Saraqib");
    window.rename(layer, "First");
    window.ask(save_to(&first));
    (window, first, second)
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
