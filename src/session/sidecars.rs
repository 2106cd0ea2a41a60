//! Prepared copies of large layers, so that they open faster the next time: kept only where the user wants them.
//!
//! Floor 4.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};

use super::layers::LoadReport;
use super::{LayerId, Notice, Request, Session};
use crate::index::LayerData;
use crate::sidecar::{Contents, SidecarFolder};
use crate::source::SourceBytes;

/// Where sidecars lie, and those that are being written.
#[derive(Default)]
pub(super) struct Sidecars {
    folder: Option<SidecarFolder>,
    /// Turned off while one is being written: then it is removed when it is whole.
    wanted: Arc<AtomicBool>,
    writers: Vec<JoinHandle<io::Result<()>>>,
}

impl Sidecars {
    /// Writes one beside everything else: the layer is shown already.
    fn keep(&mut self, source: SourceBytes, data: Arc<LayerData>, report: &LoadReport) {
        let Some(folder) = self.folder.clone() else { return };
        let Ok(about) = serde_json::to_string(report) else { return };
        let wanted = self.wanted.clone();
        wanted.store(true, Ordering::SeqCst);
        let write = move || {
            let written = folder.write(&source, &Contents { data: &data, about });
            if wanted.load(Ordering::SeqCst) { written } else { folder.clear() }
        };
        // A system that refuses a thread has other troubles than a copy that is missing.
        self.writers.extend(Builder::new().name("sidecar".into()).spawn(write));
    }

    /// Those that are being written now are removed when they are whole; later ones stay.
    fn disown(&mut self) {
        std::mem::take(&mut self.wanted).store(false, Ordering::SeqCst);
    }

    /// What writers that have ended had to complain of.
    fn troubles(&mut self) -> Vec<io::Error> {
        let (ended, running) = self.writers.drain(..).partition(JoinHandle::is_finished);
        self.writers = running;
        let ended: Vec<JoinHandle<io::Result<()>>> = ended;
        ended.into_iter().filter_map(|writer| writer.join().ok()?.err()).collect()
    }
}

fn words_of(trouble: &io::Error) -> String {
    format!("A prepared copy of a layer could not be kept ({trouble}); the layer itself is all right")
}

impl Drop for Sidecars {
    /// Waits: one that is half written would be thrown away.
    fn drop(&mut self) {
        for writer in self.writers.drain(..) {
            // Nobody is left to be told.
            drop(writer.join());
        }
    }
}

impl Session {
    /// Says where prepared copies lie; they are used while [`super::Settings::keep_sidecars`] is on.
    pub fn keep_sidecars_in(&mut self, folder: SidecarFolder) {
        self.sidecars.folder = Some(folder);
    }

    /// Where to look for a prepared copy, while they are wanted.
    pub(super) fn sidecar_folder(&self) -> Option<SidecarFolder> {
        self.sidecars.folder.clone().filter(|_| self.settings.keep_sidecars)
    }

    /// Prepares a layer for the next time, where that is wanted and the layer is still there.
    pub(super) fn keep_sidecar(
        &mut self,
        layer: LayerId,
        source: SourceBytes,
        data: &Arc<LayerData>,
        report: &LoadReport,
    ) {
        if self.settings.keep_sidecars && self.project.catalogue.get(layer).is_some() {
            self.sidecars.keep(source, data.clone(), report);
        }
    }

    /// Once a frame.
    pub(super) fn tell_of_sidecar_troubles(&mut self) {
        for trouble in self.sidecars.troubles() {
            self.notify(Notice::warning(words_of(&trouble)));
        }
    }

    /// Waits for the prepared copies that are being written; answers what went wrong, in sentences.
    pub fn settle_sidecars(&mut self) -> Vec<String> {
        let writers = std::mem::take(&mut self.sidecars.writers);
        let troubles = writers.into_iter().filter_map(|writer| writer.join().ok()?.err());
        troubles.map(|trouble| words_of(&trouble)).collect()
    }

    /// Stored tiles and prepared copies are to go; many files take a while, so that is not done here.
    pub(super) fn clear_caches(&mut self) -> Request {
        self.sidecars.disown();
        Request::ClearCaches
    }

    /// Whoever does not want them any more does not want the old ones either.
    pub(super) fn set_keep_sidecars(&mut self, keep: bool) {
        self.settings.keep_sidecars = keep;
        self.sidecars.wanted.store(keep, Ordering::SeqCst);
        let Some(folder) = self.sidecars.folder.as_ref().filter(|_| !keep) else { return };
        if let Err(error) = folder.clear() {
            self.notify(Notice::warning(format!("The prepared copies could not all be removed ({error})")));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::session::{Command, Settings};

    fn session_with(folder: &Path) -> Session {
        let settings = Settings { keep_sidecars: true, ..Settings::default() };
        let mut session = Session::new(settings, Arc::new(|| {}));
        session.keep_sidecars_in(SidecarFolder::at(folder));
        session
    }

    fn features_of(session: &mut Session, file: &Path) -> usize {
        session.apply(Command::OpenFiles(vec![file.to_owned()]));
        session.settle_reading();
        let layer = session.chosen_layer().unwrap();
        session.content(layer).unwrap().data().unwrap().features.len()
    }

    #[test]
    fn a_large_layer_opens_from_its_copy_and_no_copy_stays_when_they_are_not_wanted_any_more() {
        let place = tempfile::tempdir().unwrap();
        let (file, folder) = (place.path().join("large.ndjson"), place.path().join("layers"));
        let feature = format!(
            r#"{{"type":"Feature","properties":{{"notes":"{}"}},"geometry":{{"type":"Point","coordinates":[36,35]}}}}"#,
            "x".repeat(4000)
        );
        std::fs::write(&file, [feature.as_str(), "\n"].concat().repeat(9000)).unwrap();
        let copies = || std::fs::read_dir(&folder).map_or(0, Iterator::count);
        let mut first = session_with(&folder);
        assert_eq!(features_of(&mut first, &file), 9000);
        drop(first);
        assert_eq!(copies(), 1);
        let source = SourceBytes::open(&file, &crate::source::Progress::default()).unwrap();
        assert!(SidecarFolder::at(&folder).read(&source).is_some(), "the copy is of this file");
        let mut second = session_with(&folder);
        assert_eq!(features_of(&mut second, &file), 9000);
        second.apply(Command::SetKeepSidecars(false));
        assert_eq!(copies(), 0);
    }
}
