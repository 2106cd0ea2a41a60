//! The window in which a copy of a layer is asked for.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/test_window.rs"]
mod test_window;

use std::sync::Arc;

use egui_kittest::SnapshotResults;
use sitmap::session::{
    Command, CopiedRows, CopyForm, CopyRequest, LayerCopy, Request, Session, Settings, ThemeChoice,
};
use sitmap::situation::CoarseGrid;
use sitmap::ui::OpenWindow;
use test_window::{Window, click, compare, has_adapter, open, settings, settle, shows};

/// Made up.
const TABLE: &str = "date,place,lat,lon,killed,note\n\
    2018-09-08,Saraqib,35.8637,36.8005,3,told by two\n\
    2018-09-09,Hama,35.1311,36.7522,,told by one\n";

/// A window with the table, and the window for copies of it open.
fn window(theme_choice: ThemeChoice, size: [f32; 2]) -> Window {
    let mut session = Session::new(Settings { theme_choice, ..settings() }, Arc::new(|| ()));
    session.apply(Command::PasteGeoJson(TABLE.to_owned()));
    session.settle();
    let mut harness = open(session, size);
    settle(&mut harness);
    // In a narrow window the layers are a drawer that is folded.
    if size[0] < 900.0 {
        let layer = harness.state().session.catalogue().top_down().next().unwrap().id;
        harness.state_mut().state.open_window = Some(OpenWindow::Copy(layer));
        harness.run();
        return harness;
    }
    for label in ["More for Pasted layer", "Save a copy…"] {
        click(&mut harness, label);
    }
    harness
}

#[test]
fn a_copy_is_asked_for_as_it_was_chosen() {
    let mut harness = window(ThemeChoice::Light, [1000.0, 760.0]);
    let layer = harness.state().session.catalogue().top_down().next().unwrap().id;
    assert!(shows(&harness, "All (2)") && shows(&harness, "The selected ones (0)"));
    for label in ["CSV", "10 km", "All (2)", "Save a copy…"] {
        click(&mut harness, label);
    }
    let copy = LayerCopy {
        layer,
        rows: CopiedRows::All,
        form: CopyForm::Csv,
        coarse: Some((CoarseGrid::of_cells(10_000).unwrap(), CopiedRows::All)),
    };
    assert_eq!(harness.state().requests.last(), Some(&Request::Copy(CopyRequest::ChooseWhere(copy))));
}

#[test]
fn without_a_row_there_is_nothing_to_save() {
    let mut harness = window(ThemeChoice::Light, [1000.0, 760.0]);
    for label in ["The selected ones (0)", "Save a copy…"] {
        click(&mut harness, label);
    }
    assert!(harness.state().requests.is_empty());
    assert!(shows(&harness, "There are no such rows."));
}

#[test]
fn picture_of_a_copy_that_is_asked_for() {
    let mut results = SnapshotResults::new();
    if has_adapter() {
        for (name, theme, size) in [
            ("copy", ThemeChoice::Light, [1000.0, 760.0]),
            ("copy_dark_small", ThemeChoice::Dark, [700.0, 600.0]),
        ] {
            let mut harness = window(theme, size);
            click(&mut harness, "5 km");
            results.extend(compare(&mut harness, name));
        }
    }
}
