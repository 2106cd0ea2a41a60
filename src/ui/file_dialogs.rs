//! The system's file dialogs, off the UI thread.
//!
//! Floor 6. A dialog blocks whoever opens it, so each has a thread of its own; its answer comes back as a command.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use eframe::egui;

use crate::session::{
    Basemap, Command, CopyForm, CopyRequest, Notice, PROJECT_ENDING, ProjectRequest, Request,
};

/// The endings of GeoJSON, …
const GEOJSON_ENDINGS: [&str; 6] = ["geojson", "json", "geojsonl", "geojsons", "geojsonseq", "ndjson"];

/// … of tables, …
const TABLE_ENDINGS: [&str; 4] = ["csv", "tsv", "tab", "txt"];

/// … and of either, packed.
const PACKED_ENDINGS: [&str; 2] = ["gz", "zst"];

/// The system does not say whether a dialog was left or could not be shown. Nobody leaves one so soon.
const NO_HAND_IS_SO_FAST: Duration = Duration::from_millis(150);

const NO_DIALOG: &str = "No file dialog can be shown here: the system has neither a desktop portal (xdg-desktop-portal) nor \
                         zenity. Install one of them, drop files on the window, or name them on the command line.";

/// Dialogs that are open, and their answers.
pub struct FileDialogs {
    sender: Sender<Command>,
    receiver: Receiver<Command>,
}

impl Default for FileDialogs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }
}

impl FileDialogs {
    /// Lets the user choose layer files.
    pub fn choose_layer_files(&self, ctx: &egui::Context) {
        let dialog = rfd::FileDialog::new()
            .set_title("Open layers")
            .add_filter(
                "Layers and projects",
                &[&GEOJSON_ENDINGS[..], &TABLE_ENDINGS, &PACKED_ENDINGS, &[PROJECT_ENDING]].concat(),
            )
            .add_filter("GeoJSON", &[&GEOJSON_ENDINGS[..], &PACKED_ENDINGS].concat())
            .add_filter("Tables", &[&TABLE_ENDINGS[..], &PACKED_ENDINGS].concat())
            .add_filter("All files", &["*"]);
        self.ask(ctx, move || dialog.pick_files(), |paths| paths.map(Command::OpenFiles));
    }

    /// Lets the user choose a base map pack.
    pub fn choose_basemap_pack(&self, ctx: &egui::Context) {
        let dialog = rfd::FileDialog::new().set_title("Add a base map").add_filter("PMTiles", &["pmtiles"]);
        let to_command = |path: PathBuf| Command::SetBasemap(Basemap::Pack { path });
        self.ask(ctx, move || dialog.pick_file(), move |path| path.map(to_command));
    }

    /// Lets the user choose a project to open.
    pub fn choose_project(&self, ctx: &egui::Context) {
        let dialog = project_dialog().set_title("Open a project");
        let to_command = |path| to_command(ProjectRequest::Open { path, then: Vec::new() });
        self.ask(ctx, move || dialog.pick_file(), move |path| path.map(to_command));
    }

    /// Lets the user choose where a project is saved.
    pub fn choose_where_to_save(&self, ctx: &egui::Context, name: String) {
        let dialog = project_dialog().set_title("Save the project").set_file_name(name);
        let to_command = |path| to_command(ProjectRequest::SaveTo(path));
        self.ask(ctx, move || dialog.save_file(), move |path| path.map(to_command));
    }

    /// Lets the user choose where the log of a project is written.
    pub fn choose_where_to_log(&self, ctx: &egui::Context, name: String) {
        let ending = if name.ends_with(".html") { "html" } else { "json" };
        let dialog = rfd::FileDialog::new().set_title("Write the log").set_file_name(name);
        let dialog = dialog.add_filter("Log", &[ending]);
        let to_command = |path| to_command(ProjectRequest::ExportLogTo(path));
        self.ask(ctx, move || dialog.save_file(), move |path| path.map(to_command));
    }

    /// Lets the user choose where a copy of a layer goes.
    pub fn choose_where_to_copy(&self, ctx: &egui::Context, number: u64, form: CopyForm, name: String) {
        let dialog = rfd::FileDialog::new().set_title("Save a copy").set_file_name(name);
        let dialog = dialog.add_filter(form.label(), &[form.ending()]);
        let chosen = move |path: Option<PathBuf>| {
            let forgotten = CopyRequest::Forget(number);
            let request = path.map_or(forgotten, |path| CopyRequest::WriteTo(number, path));
            Some(Command::Ask(Request::Copy(request)))
        };
        self.ask(ctx, move || dialog.save_file(), chosen);
    }

    /// What has been chosen since the last call.
    pub fn answers(&self) -> Vec<Command> {
        self.receiver.try_iter().collect()
    }

    /// Shows a dialog on a thread of its own; `to_command` is given what was chosen.
    fn ask<T>(
        &self,
        ctx: &egui::Context,
        choose: impl FnOnce() -> Option<T> + Send + 'static,
        to_command: impl FnOnce(Option<T>) -> Option<Command> + Send + 'static,
    ) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::spawn(move || {
            let asked_at = Instant::now();
            let chosen = choose();
            let is_missing = chosen.is_none() && asked_at.elapsed() < NO_HAND_IS_SO_FAST;
            let missing = is_missing.then(|| Command::ShowNotice(Notice::warning(NO_DIALOG.to_owned())));
            for command in to_command(chosen).into_iter().chain(missing) {
                // Nobody waits for the answer where the window is gone.
                if sender.send(command).is_ok() {
                    ctx.request_repaint();
                }
            }
        });
    }
}

fn project_dialog() -> rfd::FileDialog {
    rfd::FileDialog::new().add_filter("sitmap projects", &[PROJECT_ENDING])
}

fn to_command(request: ProjectRequest) -> Command {
    Command::Ask(Request::Project(request))
}
