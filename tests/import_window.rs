//! The import window: it comes up with a table, shows what was found, and what is chosen in it is how the table is read.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/test_window.rs"]
mod test_window;

use std::sync::Arc;

use eframe::egui;
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::Queryable as _;
use sitmap::session::{Command, LayerId, Session, Settings, ThemeChoice};
use sitmap::source::PlaceColumns;
use sitmap::ui::OpenWindow;
use test_window::{Window, click, compare, has_adapter, open, settings, settle, shows};

/// Made up. Nothing tells where the rows are: the columns are called otherwise.
const TABLE: &str = "القرية;north;east;killed;notes\n\
    سراقب غير معروفة;35,8637;36,8005;3;قصف على السوق\n\
    كفر سجنة قديمة;35,5617;36,6492;;\"two lines\nof made-up text\"\n\
    nowhere;;;0;not known where\n";

/// A window into which the table was pasted.
fn window(theme_choice: ThemeChoice) -> Window {
    let session = Session::new(Settings { theme_choice, ..settings() }, Arc::new(|| ()));
    let mut harness = open(session, [1000.0, 680.0]);
    harness.state_mut().session.apply(Command::PasteGeoJson(TABLE.to_owned()));
    settle(&mut harness);
    harness
}

fn layer(harness: &Window) -> LayerId {
    harness.state().session.chosen_layer().unwrap()
}

#[test]
fn a_table_that_is_opened_shows_how_it_was_read() {
    let harness = window(ThemeChoice::Light);
    assert_eq!(harness.state().state.open_window, Some(OpenWindow::Import(layer(&harness))));
    for words in
        ["3 rows: 0 on the map, 3 without a place", "قصف على السوق", "Semicolon (found)", "Nowhere (found)"]
    {
        assert!(shows(&harness, words), "{words}");
    }
}

#[test]
fn the_columns_that_are_chosen_place_the_rows_and_undo_takes_that_back() {
    let mut harness = window(ThemeChoice::Light);
    harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, "Place").click();
    settle(&mut harness);
    click(&mut harness, "Latitude and longitude");
    for (list, column) in [("Latitude القرية", "north"), ("Longitude north", "east")] {
        click(&mut harness, list);
        let choices = harness.get_all_by_role_and_label(egui::accesskit::Role::Button, column);
        choices.last().unwrap().click();
        settle(&mut harness);
    }
    assert!(shows(&harness, "Not applied yet"));
    click(&mut harness, "Apply");
    assert!(
        shows(&harness, "3 rows: 2 on the map, 1 without a place") && !shows(&harness, "Not applied yet")
    );
    let places = PlaceColumns::LatLon { lat: "north".to_owned(), lon: "east".to_owned() };
    let session = &mut harness.state_mut().session;
    let id = session.chosen_layer().unwrap();
    assert_eq!(session.catalogue().get(id).unwrap().table.places, Some(places));
    session.apply(Command::Undo);
    settle(&mut harness);
    assert!(shows(&harness, "3 rows: 0 on the map"));
}

#[test]
fn pictures_of_the_import_window() {
    let mut results = SnapshotResults::new();
    for (theme, name) in [(ThemeChoice::Light, "import_light"), (ThemeChoice::Dark, "import_dark")] {
        if has_adapter() {
            results.extend(compare(&mut window(theme), name));
        }
    }
}
