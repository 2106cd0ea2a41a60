//! What is promised of unsaved work, with sessions in place of windows.

mod leaving;
mod opening;
mod recovery;
mod saving;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::coords::LonLat;
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
