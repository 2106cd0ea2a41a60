//! The keys of the window, once for the menus, once for the list of shortcuts, once for the keyboard itself.
//!
//! Floor 6. The keys of the map are [`crate::map_view`]'s; here they are only listed.

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers};

use crate::session::{Command, Panel, ProjectRequest, Request, Session, Settings};

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// Open files.
pub const OPEN: KeyboardShortcut = ctrl(Key::O);
/// Save the project.
pub const SAVE: KeyboardShortcut = ctrl(Key::S);
/// Save it elsewhere.
pub const SAVE_AS: KeyboardShortcut =
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
/// Paste a layer; egui itself reads this key and tells of the text.
pub const PASTE: KeyboardShortcut = ctrl(Key::V);
/// Take the last change back.
pub const UNDO: KeyboardShortcut = ctrl(Key::Z);
/// Make it again.
pub const REDO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
/// The search box.
pub const SEARCH: KeyboardShortcut = ctrl(Key::K);
/// The attribute table.
pub const TABLE: KeyboardShortcut = ctrl(Key::T);
/// Settings.
pub const SETTINGS: KeyboardShortcut = ctrl(Key::Comma);
/// Close the window.
pub const QUIT: KeyboardShortcut = ctrl(Key::Q);
/// The list of shortcuts.
pub const HELP: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F1);
const REDO_TOO: KeyboardShortcut = ctrl(Key::Y);
const LARGER: [KeyboardShortcut; 2] = [ctrl(Key::Plus), ctrl(Key::Equals)];
const SMALLER: KeyboardShortcut = ctrl(Key::Minus);
const NORMAL_SIZE: KeyboardShortcut = ctrl(Key::Num0);

/// What a key of the window opens besides commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowKey {
    /// The settings.
    Settings,
    /// The list of shortcuts.
    Help,
    /// The search box.
    Search,
}

/// All shortcuts for people: the keys and what they do.
pub const LIST: [(&str, &str); 29] = [
    ("Ctrl+O", "Open files"),
    ("Ctrl+S", "Save the project"),
    ("Ctrl+Shift+S", "Save the project under another name"),
    ("Ctrl+V", "Paste GeoJSON or a table as a layer"),
    ("Ctrl+K", "Search places, events, layers, commands, coordinates"),
    ("Ctrl+T", "Show or hide the table"),
    ("Shift+click on a column", "Sort the table by it, too"),
    ("Ctrl+Z", "Undo"),
    ("Ctrl+Shift+Z, Ctrl+Y", "Redo"),
    ("Ctrl+,", "Settings"),
    ("Ctrl+Plus, Ctrl+Minus, Ctrl+0", "Size of the interface"),
    ("F1", "This list"),
    ("Ctrl+Q", "Quit"),
    ("Wheel", "Zoom at the pointer"),
    ("Drag", "Move the map"),
    ("Double click", "Zoom in"),
    ("Click", "Select what lies under the pointer"),
    ("Shift+drag", "Select everything in a box"),
    ("Right click", "Menu of the place: copy coordinates, centre here, measure"),
    ("Plus, Minus", "Zoom in, zoom out"),
    ("0, Home", "Go to the opening view"),
    ("Arrows", "Move the map"),
    ("Arrows in the timeline", "Move the window of time, once the timeline was clicked or reached with Tab"),
    ("Space in the timeline", "Play, pause"),
    ("Delete in the timeline", "Show all time"),
    ("Page down, Page up", "Next and previous of the selected features"),
    ("Escape", "Clear the selection, stop measuring or drawing"),
    ("Tab, Shift+Tab", "Go through the controls"),
    ("Space, Enter", "Press the control that has the focus"),
];

/// Reads the keys of this frame; what opens a window of the interface is returned.
pub fn read_keys(ctx: &egui::Context, session: &Session, commands: &mut Vec<Command>) -> Option<WindowKey> {
    let pressed = |shortcut: &KeyboardShortcut| ctx.input_mut(|input| input.consume_shortcut(shortcut));
    if pressed(&OPEN) {
        commands.push(Command::Ask(Request::ChooseLayerFiles));
    }
    let mut ask = |request| commands.push(Command::Ask(Request::Project(request)));
    if pressed(&QUIT) {
        ask(ProjectRequest::Quit);
    }
    // Saving elsewhere first: without Shift, Ctrl+S would take its keys.
    if pressed(&SAVE_AS) {
        ask(ProjectRequest::ChooseWhereToSave);
    } else if pressed(&SAVE) {
        ask(ProjectRequest::Save);
    }
    if pressed(&TABLE) {
        let open = !session.settings().table_open;
        commands.push(Command::SetPanelOpen { panel: Panel::Table, open });
    }
    read_scale_keys(ctx, session.settings(), commands);
    if !ctx.egui_wants_keyboard_input() {
        // Redo first: without Shift, Ctrl+Z would take its keys.
        if pressed(&REDO) || pressed(&REDO_TOO) {
            commands.push(Command::Redo);
        } else if pressed(&UNDO) {
            commands.push(Command::Undo);
        }
        read_paste(ctx, commands);
    }
    let keys = [(SETTINGS, WindowKey::Settings), (HELP, WindowKey::Help), (SEARCH, WindowKey::Search)];
    keys.into_iter().find_map(|(shortcut, key)| pressed(&shortcut).then_some(key))
}

fn read_scale_keys(ctx: &egui::Context, settings: &Settings, commands: &mut Vec<Command>) {
    let pressed = |shortcut: &KeyboardShortcut| ctx.input_mut(|input| input.consume_shortcut(shortcut));
    let scale = settings.interface_scale;
    let scales = Settings::INTERFACE_SCALES;
    let wanted = if LARGER.iter().any(pressed) {
        scales.into_iter().find(|&step| step > scale + 0.01)
    } else if pressed(&SMALLER) {
        scales.into_iter().rev().find(|&step| step < scale - 0.01)
    } else if pressed(&NORMAL_SIZE) {
        Some(1.0)
    } else {
        None
    };
    commands.extend(wanted.map(Command::SetInterfaceScale));
}

/// Text that is pasted while nobody types in a field is a layer.
fn read_paste(ctx: &egui::Context, commands: &mut Vec<Command>) {
    let pasted = ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    });
    commands.extend(pasted.filter(|text| !text.trim().is_empty()).map(Command::PasteGeoJson));
}
