//! What is promised of unsaved work, with sessions in place of windows.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::session::{LayerId, Secret, Settings};

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
    let copies = |folder: &Path| std::fs::read_dir(folder.join("recovery")).unwrap().count();
    assert_eq!(copies(folder.path()), 3, "copy, note and lock");
    // Another window that starts meanwhile is not offered what is in use.
    assert_eq!(Window::open(folder.path()).desk.standing().question, None);
    let Window { mut desk, session } = window;
    // A program that ends lets its locks go; this one only forgets its copy.
    let copy = desk.copy.take().unwrap();
    std::mem::forget(copy.into_unlocked());
    drop((desk, session));

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
    let answer = |answer| ProjectRequest::Unsaved(answer);
    assert_eq!(window.ask(ProjectRequest::Quit), None);
    assert!(matches!(window.desk.standing().question, Some(DeskQuestion::Unsaved { .. })));
    assert_eq!(window.ask(answer(UnsavedAnswer::Stay)), None);
    assert_eq!(window.ask(ProjectRequest::Quit), None);
    assert_eq!(window.ask(answer(UnsavedAnswer::Save)), Some(DeskWish::CloseWindow));
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
