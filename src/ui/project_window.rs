//! The project: where it lies, what its file tells, its passphrase, and what was done with its data.
//!
//! Floor 6.

use eframe::egui::{self, Sense, Ui};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::passphrase_field::{passphrase_field_ui, passphrase_length_ui};
use super::theme::HALF_STEP;
use super::widgets::small_heading_ui;
use crate::project::{Passphrase, ProjectStanding};
use crate::session::{Command, Keeping, LogAction, LogEntry, ProjectRequest, Request, Secret, Session};

/// Entries of the log that are listed; all of them are in what is written of it.
const ENTRIES_LISTED: usize = 50;

/// What is being typed.
#[derive(Default)]
pub struct ProjectWindowState {
    passphrase: String,
    again: String,
}

impl std::fmt::Debug for ProjectWindowState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProjectWindowState(…)")
    }
}

/// What the window of the project holds.
pub fn project_ui(
    ui: &mut Ui,
    session: &Session,
    standing: &ProjectStanding,
    state: &mut ProjectWindowState,
    commands: &mut Vec<Command>,
) {
    let mut ask = |request| commands.push(Command::Ask(Request::Project(request)));
    match &standing.path {
        Some(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            paragraph_ui(ui, &name, &TextLook::title(ui));
            paragraph_ui(ui, &path.to_string_lossy(), &TextLook::caption(ui));
        }
        None => {
            paragraph_ui(ui, "This map is no project yet", &TextLook::title(ui));
            let words = "A project is one file with the layers, their looks, filters, views and the log of where the data \
                         came from. Save it to keep it, or to give it out.";
            paragraph_ui(ui, words, &TextLook::body(ui));
        }
    }
    ui.add_space(HALF_STEP);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Save project").clicked() {
            ask(ProjectRequest::Save);
        }
        if ui.button("Save as…").clicked() {
            ask(ProjectRequest::ChooseWhereToSave);
        }
        let words = match (standing.at_work, standing.is_changed) {
            ("", true) => "There are changes that are not saved.",
            ("", false) => "",
            (at_work, _) => at_work,
        };
        line_ui(ui, words, &TextLook::caption(ui), Sense::hover());
    });
    keeping_ui(ui, session.keeping(), commands);
    passphrase_ui(ui, standing, state, commands);
    log_ui(ui, session, commands);
}

fn keeping_ui(ui: &mut Ui, keeping: Keeping, commands: &mut Vec<Command>) {
    small_heading_ui(ui, "What the file holds");
    let mut wanted = keeping;
    ui.radio_value(&mut wanted.data, false, "References: names, sizes and hashes of the layers’ files");
    // To say it of a project that says so itself is a choice, too: its author chose for the author’s files.
    let words = "The data itself: the project opens on any machine";
    let is_said = ui.radio_value(&mut wanted.data, true, words).clicked();
    let words = "What was pasted is held in any case.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    ui.add_space(HALF_STEP);
    ui.checkbox(&mut wanted.paths, "Tell in which folders the files lie");
    let words = "Names of folders may tell who you are. Without them, files are looked for beside the project. Titles of \
                 layers, names of files and what the data says stay as they are.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    if is_said || wanted != keeping {
        commands.push(Command::SetKeeping(wanted));
    }
}

fn passphrase_ui(
    ui: &mut Ui,
    standing: &ProjectStanding,
    state: &mut ProjectWindowState,
    commands: &mut Vec<Command>,
) {
    small_heading_ui(ui, "Passphrase");
    let mut protect = |secret| {
        commands.push(Command::Ask(Request::Project(ProjectRequest::Protect(secret))));
        commands.push(Command::Ask(Request::Project(ProjectRequest::Save)));
    };
    let words = match (standing.is_protected, standing.is_to_be_protected) {
        (true, true) => "The project is encrypted.",
        (false, true) => {
            "What is on the disk is not encrypted: the passphrase holds from the next saving on."
        }
        (true, false) => "The file is still encrypted: the next saving leaves the passphrase out.",
        (false, false) => "",
    };
    if !words.is_empty() {
        paragraph_ui(ui, words, &TextLook::body(ui));
    }
    if standing.is_to_be_protected {
        if ui.button("Save without a passphrase").clicked() {
            protect(None);
        }
        return;
    }
    let words = "Encrypts the project and its recovery copies, not the files that it refers to. Nobody can open it without \
                 the passphrase; if you lose it, so is the project.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    ui.add_space(HALF_STEP);
    ui.horizontal_wrapped(|ui| {
        for (typed, name) in [(&mut state.passphrase, "Passphrase"), (&mut state.again, "The same again")] {
            passphrase_field_ui(ui, typed, name, 150.0);
        }
        let fits = Passphrase::can_be(&state.passphrase) && state.passphrase == state.again;
        if ui.add_enabled(fits, egui::Button::new("Encrypt and save")).clicked() {
            state.again.clear();
            protect(Some(Secret(std::mem::take(&mut state.passphrase))));
        }
    });
    passphrase_length_ui(ui, &state.passphrase);
    if !state.again.is_empty() && !state.passphrase.starts_with(&state.again) {
        paragraph_ui(ui, "The two are not the same.", &TextLook::warning(ui));
    }
}

fn log_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    small_heading_ui(ui, "Where the data came from");
    let entries = session.log().entries();
    if entries.is_empty() {
        let words = "Nothing yet: each file that is read gets an entry with its size and SHA-256.";
        paragraph_ui(ui, words, &TextLook::body(ui));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (words, page) in [("Write as JSON…", false), ("Write as a page to print…", true)] {
            if ui.button(words).clicked() {
                commands.push(Command::Ask(Request::Project(ProjectRequest::ExportLog { page })));
            }
        }
    });
    ui.add_space(HALF_STEP);
    for entry in entries.iter().rev().take(ENTRIES_LISTED) {
        let time = entry.time.replace(['T', 'Z'], " ");
        let (what, hash) = words_of(entry);
        ui.add_space(HALF_STEP);
        paragraph_ui(ui, &format!("{} · {time}UTC", entry.number), &TextLook::caption(ui));
        paragraph_ui(ui, &what, &TextLook::body(ui));
        if !hash.is_empty() {
            paragraph_ui(ui, &hash, &TextLook::caption(ui));
        }
    }
    if entries.len() > ENTRIES_LISTED {
        paragraph_ui(ui, &super::format::first_listed(ENTRIES_LISTED), &TextLook::caption(ui));
    }
}

/// What was done, and the hash of what.
fn words_of(entry: &LogEntry) -> (String, String) {
    match &entry.action {
        LogAction::Imported { layer, source, kept, rejected, .. } => {
            let rejected = if *rejected > 0 { format!(", {rejected} rejected") } else { String::new() };
            let size = super::format::bytes(source.bytes);
            let what = format!("“{layer}” read from {}, {size}: {kept} kept{rejected}", source.name);
            (what, format!("SHA-256 {}", source.sha256))
        }
        LogAction::Changed { layer, source, .. } => {
            let what = format!("The file of “{layer}”, {}, had changed", source.name);
            (what, format!("SHA-256 {}", source.sha256))
        }
        LogAction::Saved { layers, holds_data, tells_paths } => {
            let layers = super::format::count(layers.len(), "layer");
            let data = if *holds_data { "with their data" } else { "without their data" };
            let paths = if *tells_paths { "with folders" } else { "without folders" };
            (format!("Project saved: {layers} of yours, {data}, {paths}"), String::new())
        }
    }
}
