//! The import window: it comes up with a table, shows what was found, and what is chosen in it is how the table is read.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::Arc;

use eframe::egui;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use sitmap::map_view::install_fonts;
use sitmap::session::{Command, LayerId, Session, Settings, ThemeChoice};
use sitmap::source::PlaceColumns;
use sitmap::symbology::Theme;
use sitmap::ui::{OpenWindow, Readings, WindowState, install_theme, window_ui};

/// Made up. Nothing tells where the rows are: the columns are called otherwise.
const TABLE: &str = "القرية;north;east;killed;notes\n\
    سراقب غير معروفة;35,8637;36,8005;3;قصف على السوق\n\
    كفر سجنة قديمة;35,5617;36,6492;;\"two lines\nof made-up text\"\n\
    nowhere;;;0;not known where\n";

struct TestWindow {
    session: Session,
    state: WindowState,
}

impl TestWindow {
    fn frame(&mut self, ui: &mut egui::Ui) {
        let mut commands = Vec::new();
        window_ui(ui, &self.session, &Readings::default(), &mut self.state, &mut commands, |ui, _| {
            let ground = ui.visuals().widgets.hovered.bg_fill;
            ui.painter().rect_filled(ui.max_rect(), 0.0, ground);
        });
        for command in commands {
            self.session.apply(command);
        }
    }
}

/// A window into which the table was pasted.
fn window(theme: Theme) -> Harness<'static, TestWindow> {
    let theme_choice = if theme == Theme::Dark { ThemeChoice::Dark } else { ThemeChoice::Light };
    let settings = Settings { online_note_answered: true, theme_choice, ..Settings::default() };
    let session = Session::new(settings, Arc::new(|| ()));
    let builder = Harness::builder().with_size([1000.0, 680.0]).with_max_steps(16);
    let builder = builder.with_context_setup(move |ctx| {
        install_fonts(ctx);
        install_theme(ctx, theme, 1.0);
    });
    let egui_theme = if theme == Theme::Dark { egui::Theme::Dark } else { egui::Theme::Light };
    let window = TestWindow { session, state: WindowState::default() };
    let mut harness =
        builder.with_theme(egui_theme).build_ui_state(|ui, window: &mut TestWindow| window.frame(ui), window);
    harness.run();
    harness.state_mut().session.apply(Command::PasteGeoJson(TABLE.to_owned()));
    settle(&mut harness);
    harness
}

fn settle(harness: &mut Harness<'_, TestWindow>) {
    // While something is read, a wheel turns in every frame: it must be read before all frames are run.
    harness.run_steps(2);
    harness.state_mut().session.settle();
    harness.run();
}

fn click(harness: &mut Harness<'_, TestWindow>, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

fn layer(harness: &Harness<'_, TestWindow>) -> LayerId {
    harness.state().session.chosen_layer().unwrap()
}

fn shows(harness: &Harness<'_, TestWindow>, words: &str) -> bool {
    let mut nodes = harness.root().children_recursive();
    nodes.any(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().any(|text| text.contains(words))
    })
}

#[test]
fn a_table_that_is_opened_shows_how_it_was_read() {
    let harness = window(Theme::Light);
    assert_eq!(harness.state().state.open_window, Some(OpenWindow::Import(layer(&harness))));
    for words in
        ["3 rows: 0 on the map, 3 without a place", "قصف على السوق", "Semicolon (found)", "Nowhere (found)"]
    {
        assert!(shows(&harness, words), "{words}");
    }
}

#[test]
fn the_columns_that_are_chosen_place_the_rows_and_undo_takes_that_back() {
    let mut harness = window(Theme::Light);
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
    if sitmap::render::OffscreenDevice::open(sitmap::render::AdapterChoice::Software).is_err() {
        println!("no graphics adapter: the pictures of the import window are not compared");
        return;
    }
    let mut results = SnapshotResults::new();
    for (theme, name) in [(Theme::Light, "import_light"), (Theme::Dark, "import_dark")] {
        let mut harness = window(theme);
        harness.remove_cursor();
        harness.run();
        let tolerance = SnapshotOptions::new().threshold(1.0).max_failed_pixels(60);
        harness.snapshot_options(name, &tolerance);
        results.extend(harness.take_snapshot_results());
    }
}
