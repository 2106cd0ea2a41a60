//! What can be done, by name: the words of toolbar, menus and shortcuts.
//!
//! Floor 4.

use super::hit::{SearchChoice, SearchWindow};
use crate::session::{Basemap, Command, Panel, ProjectRequest, Request, Session, Settings, ThemeChoice};

/// Something that can be done.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Action {
    /// Its name, as where else it is offered.
    pub title: String,
    /// Other words for it.
    pub also: &'static [&'static str],
    /// Where else it is found.
    pub found_in: &'static str,
    pub choice: SearchChoice,
}

impl Action {
    fn new(
        title: impl Into<String>,
        also: &'static [&'static str],
        found_in: &'static str,
        command: Command,
    ) -> Self {
        Self { title: title.into(), also, found_in, choice: SearchChoice::command(command) }
    }

    fn opening(
        title: &str,
        also: &'static [&'static str],
        found_in: &'static str,
        window: SearchWindow,
    ) -> Self {
        Self { title: title.to_owned(), also, found_in, choice: SearchChoice::Open(window) }
    }
}

/// Everything that can be done now.
pub(super) fn actions(session: &Session) -> Vec<Action> {
    let mut all = file_actions();
    all.extend(edit_actions(session));
    all.extend(view_actions(session));
    all.extend(settings_actions(session.settings()));
    all.extend([
        Action::opening(
            "About this project…",
            &["provenance log", "passphrase"],
            "File",
            SearchWindow::Project,
        ),
        Action::opening("Keyboard shortcuts", &["keys", "help"], "Help", SearchWindow::Shortcuts),
        Action::opening("About sitmap", &["credits", "licences", "version"], "Help", SearchWindow::About),
    ]);
    all
}

fn file_actions() -> Vec<Action> {
    let file = "File";
    let project = |name, words: &'static [&'static str], request| {
        Action::new(name, words, file, Command::Ask(Request::Project(request)))
    };
    vec![
        Action::new(
            "Open…",
            &["open files", "add layer", "import", "load"],
            file,
            Command::Ask(Request::ChooseLayerFiles),
        ),
        Action::new(
            "Add base map…",
            &["map pack", "PMTiles", "tiles"],
            file,
            Command::Ask(Request::ChooseBasemapPack),
        ),
        project("Open project…", &["load a map"], ProjectRequest::ChooseToOpen),
        project("Save project", &["keep the map"], ProjectRequest::Save),
        project(
            "Save as…",
            &["save the project elsewhere", "another name"],
            ProjectRequest::ChooseWhereToSave,
        ),
        project("Close project", &["new map", "empty"], ProjectRequest::Close),
        project("Quit", &["exit", "close the window"], ProjectRequest::Quit),
    ]
}

fn edit_actions(session: &Session) -> Vec<Action> {
    let mut all = Vec::new();
    let mut offer = |offered: bool, action: Action| all.extend(offered.then_some(action));
    offer(session.can_undo(), Action::new("Undo", &["take back"], "Edit", Command::Undo));
    offer(session.can_redo(), Action::new("Redo", &["make again"], "Edit", Command::Redo));
    offer(true, Action::opening("Settings…", &["preferences", "options"], "Edit", SearchWindow::Settings));
    let several = session.selection().hits().len() > 1;
    offer(several, Action::new("Next of the selected features", &[], "Details", Command::NextHit));
    offer(several, Action::new("Previous of the selected features", &[], "Details", Command::PreviousHit));
    let selected = session.selection().current().is_some();
    offer(selected, Action::new("Clear the selection", &["select nothing"], "Map", Command::ClearSelection));
    let here = session.viewport().center_lon_lat();
    let measure = Action::new(
        "Measure from the centre",
        &["distance", "ruler", "length"],
        "Map",
        Command::StartMeasuring(here),
    );
    offer(session.measured().is_none(), measure);
    let stop = Action::new("Stop measuring", &["distance", "ruler"], "Map", Command::StopMeasuring);
    offer(session.measured().is_some(), stop);
    let is_drawing = session.drawn_corners().is_some();
    let draw = Action::new(
        "Draw the area of the filter",
        &["polygon", "region"],
        "Filter",
        Command::StartDrawingArea,
    );
    offer(!is_drawing, draw);
    let stop = Action::new("Stop drawing", &["polygon", "region"], "Filter", Command::StopDrawingArea);
    offer(is_drawing, stop);
    all
}

fn view_actions(session: &Session) -> Vec<Action> {
    let zoom = |steps| Command::ZoomAt { anchor: None, steps };
    let settings = session.settings();
    let mut all = vec![
        Action::new("Opening view", &["home", "start", "fit all"], "View", Command::GoHome),
        Action::new("Zoom in", &["closer", "larger map"], "View", zoom(1.0)),
        Action::new("Zoom out", &["farther", "smaller map"], "View", zoom(-1.0)),
        Action::opening("Save this view…", &["bookmark", "remember view"], "View", SearchWindow::SaveView),
    ];
    let panels = [
        (Panel::Layers, "layers panel", settings.layers_panel_open),
        (Panel::Details, "details panel", settings.details_panel_open),
        (Panel::Legend, "legend", settings.legend_open),
        (Panel::Table, "attribute table", settings.table_open),
    ];
    for (panel, name, open) in panels {
        let verb = if open { "Hide" } else { "Show" };
        let command = Command::SetPanelOpen { panel, open: !open };
        all.push(Action::new(format!("{verb} the {name}"), &["fold", "unfold", "sidebar"], "View", command));
    }
    let circles = settings.show_all_precision_circles;
    let words = if circles {
        "Precision circles of the selected event only"
    } else {
        "Precision circles of all events"
    };
    all.push(Action::new(
        words,
        &["accuracy", "uncertainty"],
        "View",
        Command::SetAllPrecisionCircles(!circles),
    ));
    all
}

fn settings_actions(settings: &Settings) -> Vec<Action> {
    let themes = [
        (ThemeChoice::Light, "Light theme", &["theme", "bright", "day mode"]),
        (ThemeChoice::Dark, "Dark theme", &["theme", "night mode", "black"]),
        (ThemeChoice::System, "Theme as the system", &["theme", "automatic", "default"]),
    ];
    let others = themes.into_iter().filter(|(choice, ..)| *choice != settings.theme_choice);
    let mut all: Vec<Action> = others
        .map(|(choice, title, also)| Action::new(title, also, "View", Command::SetTheme(choice)))
        .collect();
    all.push(match settings.work_offline {
        true => Action::new(
            "Work online",
            &["offline off", "internet", "network"],
            "Toolbar",
            Command::SetWorkOffline(false),
        ),
        false => Action::new(
            "Work offline",
            &["internet off", "network off"],
            "Toolbar",
            Command::SetWorkOffline(true),
        ),
    });
    let basemaps = [
        (Basemap::Bundled, "Base map: bundled", &["offline map", "background"]),
        (Basemap::OpenStreetMap, "Base map: OpenStreetMap", &["online map", "tiles"]),
    ];
    let others = basemaps.into_iter().filter(|(basemap, ..)| *basemap != settings.basemap);
    all.extend(
        others.map(|(basemap, title, also)| Action::new(title, also, "Layers", Command::SetBasemap(basemap))),
    );
    let scales = Settings::INTERFACE_SCALES;
    let larger = scales.into_iter().find(|&step| step > settings.interface_scale + 0.01);
    let smaller = scales.into_iter().rev().find(|&step| step < settings.interface_scale - 0.01);
    for (title, scale) in [("Larger interface", larger), ("Smaller interface", smaller)] {
        let command = scale.map(Command::SetInterfaceScale);
        all.extend(
            command.map(|command| Action::new(title, &["text size", "scale", "zoom"], "View", command)),
        );
    }
    let motion = if settings.reduced_motion { "Animate the camera" } else { "Do not animate the camera" };
    all.push(Action::new(
        motion,
        &["reduced motion"],
        "Settings",
        Command::SetReducedMotion(!settings.reduced_motion),
    ));
    all
}
