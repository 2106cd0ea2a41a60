//! The attribute table: which rows it lists and in which order, what a click, a key and its menus do, and how it looks.
//!
//! Behaviour goes through the accessibility tree. Pictures are compared where there is a graphics adapter.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/test_window.rs"]
mod test_window;

use std::sync::Arc;

use eframe::egui;
use eframe::egui::accesskit::Role;
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitmap::session::{
    Command, FeatureRef, LayerId, Request, Session, Settings, TableColumn, TableCommand, ThemeChoice,
};
use sitmap::symbology::Theme;
use sitmap::text::plain;
use sitmap::ui::OpenWindow;
use test_window::{Window, click, compare, has_adapter, open, press, settings, settle, shows};

fn session(theme: Theme) -> Session {
    let theme_choice = if theme == Theme::Dark { ThemeChoice::Dark } else { ThemeChoice::Light };
    Session::new(Settings { theme_choice, table_open: true, ..settings() }, Arc::new(|| ()))
}

fn window_of(session: Session, size: [f32; 2]) -> Window {
    let mut harness = open(session, size);
    settle(&mut harness);
    harness
}

/// The bundled strikes.
fn bundled(theme: Theme) -> Window {
    let mut session = session(theme);
    session.open_bundled_situation();
    session.settle();
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    session.apply(Command::ChooseLayer(Some(strikes)));
    window_of(session, [1280.0, 800.0])
}

/// Made up: rows with a number that is not known of all of them.
const VILLAGES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Sarmin","people":5000,"kind":"town","since":"2018-09-08"},"geometry":{"type":"Point","coordinates":[36.7,35.9]}},
{"type":"Feature","properties":{"name":"Abdin","people":null,"kind":"village","since":"2018-09-01"},"geometry":{"type":"Point","coordinates":[36.5,35.4]}},
{"type":"Feature","properties":{"name":"Hass","people":900,"kind":"village","since":null},"geometry":{"type":"Point","coordinates":[36.6,35.6]}},
{"type":"Feature","properties":{"name":"Binnish","people":20000,"kind":"town","since":"2017-03-01"},"geometry":{"type":"Point","coordinates":[36.71,35.95]}},
{"type":"Feature","properties":{"name":"=Hish","people":-1,"kind":"village","since":"2018-09-10"},"geometry":null}]}"#;

fn villages() -> Window {
    let mut session = session(Theme::Light);
    session.apply(Command::PasteGeoJson(VILLAGES.to_owned()));
    session.settle();
    window_of(session, [1280.0, 800.0])
}

fn head_menu(harness: &mut Window, column: &str) {
    click(harness, &format!("Menu of {column}"));
}

fn layer(harness: &Window) -> LayerId {
    harness.state().session.table_layer().unwrap()
}

/// The titles of the rows in sight, from the top.
fn rows(harness: &Window) -> Vec<String> {
    let rows = harness.get_all_by_role(Role::Row);
    let mut rows: Vec<_> =
        rows.map(|row| (row.rect().top(), row.accesskit_node().label().unwrap())).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, title)| title).collect()
}

fn row<'a>(harness: &'a Window, title: &'a str) -> egui_kittest::Node<'a> {
    harness.get_by_role_and_label(Role::Row, title)
}

fn show_only(harness: &mut Window, names: &[&str]) {
    let layer = layer(harness);
    let session = &mut harness.state_mut().session;
    let columns: Vec<String> = {
        let features = &session.content(layer).unwrap().data().unwrap().features;
        features.columns().iter().map(|column| column.name.clone()).collect()
    };
    for name in columns {
        let (shown, column) = (names.contains(&name.as_str()), TableColumn::Of(name));
        session.apply(Command::Table(TableCommand::SetColumnShown { layer, column, shown }));
    }
    settle(harness);
}

fn sort(harness: &mut Window, column: &str) {
    harness.get_by_role_and_label(Role::ColumnHeader, column).click();
    settle(harness);
}

#[test]
fn the_table_says_how_many_rows_are_shown_and_lists_them_in_the_order_of_the_file() {
    let mut harness = villages();
    assert!(shows(&harness, "5 of 5 rows"));
    assert_eq!(rows(&harness), ["Sarmin", "Abdin", "Hass", "Binnish", "=Hish"]);
    let layer = layer(&harness);
    let filter = Some("people >= 900".parse().unwrap());
    harness.state_mut().session.apply(Command::SetFilter { layer, filter });
    settle(&mut harness);
    assert!(shows(&harness, "3 of 5 rows"));
    assert_eq!(rows(&harness), ["Sarmin", "Hass", "Binnish"]);
}

#[test]
fn shift_and_a_click_sort_by_one_column_more_and_the_heads_tell_their_places() {
    let mut harness = villages();
    let sort_also = |harness: &mut Window, column: &str| {
        harness.get_by_role_and_label(Role::ColumnHeader, column).click_modifiers(egui::Modifiers::SHIFT);
        settle(harness);
    };
    let told = |harness: &Window, column: &str| {
        harness.get_by_role_and_label(Role::ColumnHeader, column).accesskit_node().value()
    };
    sort(&mut harness, "people");
    assert_eq!(told(&harness, "people").as_deref(), Some("ascending"));
    sort_also(&mut harness, "Title");
    sort_also(&mut harness, "Title");
    assert_eq!(told(&harness, "people").as_deref(), Some("ascending, 1 of the sorting"));
    assert_eq!(told(&harness, "Title").as_deref(), Some("descending, 2 of the sorting"));
    sort_also(&mut harness, "people");
    sort_also(&mut harness, "people");
    assert_eq!(told(&harness, "Title").as_deref(), Some("descending"));
    assert_eq!(rows(&harness)[..2], ["Sarmin", "Hass"]);
}

#[test]
fn a_click_on_a_head_sorts_up_then_down_then_not_and_unknown_stands_last() {
    let mut harness = villages();
    sort(&mut harness, "people");
    assert_eq!(rows(&harness), ["=Hish", "Hass", "Sarmin", "Binnish", "Abdin"]);
    sort(&mut harness, "people");
    assert_eq!(rows(&harness), ["Binnish", "Sarmin", "Hass", "=Hish", "Abdin"]);
    assert!(shows(&harness, "Sorted by"));
    sort(&mut harness, "people");
    assert_eq!(rows(&harness), ["Sarmin", "Abdin", "Hass", "Binnish", "=Hish"]);
    sort(&mut harness, "since");
    assert_eq!(rows(&harness), ["Binnish", "Abdin", "Sarmin", "=Hish", "Hass"]);
    sort(&mut harness, "Title");
    assert_eq!(rows(&harness), ["=Hish", "Abdin", "Binnish", "Hass", "Sarmin"]);
}

#[test]
fn unknown_is_a_dash_and_never_a_zero() {
    let harness = villages();
    let value = |title: &str| row(&harness, title).accesskit_node().value().unwrap();
    assert_eq!(value("Sarmin"), "people 5000, kind town, since 2018-09-08");
    assert_eq!(value("Abdin"), "kind village, since 2018-09-01");
}

#[test]
fn a_click_selects_on_the_map_and_a_selection_on_the_map_is_marked_and_scrolled_to() {
    let mut harness = bundled(Theme::Light);
    let layer = layer(&harness);
    let first = rows(&harness)[1].clone();
    row(&harness, &first).click();
    settle(&mut harness);
    let feature = FeatureRef { layer, row: 1 };
    assert_eq!(harness.state().session.selection().current(), Some(feature));
    assert!(shows(&harness, "94 of 94 rows"));
    let last = FeatureRef { layer, row: 93 };
    harness.state_mut().session.apply(Command::SelectFeature(last));
    settle(&mut harness);
    let title = plain(&harness.state().session.title_of(last));
    assert_eq!(rows(&harness).last(), Some(&title));
}

#[test]
fn arrows_and_pages_walk_through_the_rows() {
    let mut harness = bundled(Theme::Light);
    let first = rows(&harness)[0].clone();
    row(&harness, &first).click();
    settle(&mut harness);
    let selected = |harness: &Window| harness.state().session.selection().current().unwrap().row;
    press(&mut harness, egui::Key::ArrowDown);
    assert_eq!(selected(&harness), 1);
    press(&mut harness, egui::Key::End);
    assert_eq!(selected(&harness), 93);
    assert!(shows(&harness, "94 of 94 rows"));
    press(&mut harness, egui::Key::PageUp);
    assert!((80..93).contains(&selected(&harness)));
    press(&mut harness, egui::Key::Home);
    assert_eq!(selected(&harness), 0);
}

#[test]
fn the_pointer_over_a_row_highlights_its_feature_and_lets_it_go() {
    let mut harness = villages();
    row(&harness, "Hass").hover();
    settle(&mut harness);
    let feature = FeatureRef { layer: layer(&harness), row: 2 };
    assert_eq!(harness.state().session.hovered(), Some(feature));
    harness.hover_at(egui::pos2(640.0, 200.0));
    settle(&mut harness);
    assert_eq!(harness.state().session.hovered(), None);
}

#[test]
fn the_menu_of_a_head_counts_what_is_shown_and_filters() {
    let mut harness = villages();
    head_menu(&mut harness, "people");
    for words in ["4 of 5 filled", "4 different values", "Values from -1 to 20000"] {
        assert!(shows(&harness, words), "{words}");
    }
    assert!(!shows(&harness, "Sum") && !shows(&harness, "sum"));
    click(&mut harness, "Only rows with a value");
    assert!(shows(&harness, "4 of 5 rows"));
    head_menu(&mut harness, "kind");
    assert!(shows(&harness, "4 of 4 filled"));
    click(&mut harness, "Only town, 2 rows");
    assert_eq!(rows(&harness), ["Sarmin", "Binnish"]);
    head_menu(&mut harness, "kind");
    click(&mut harness, "Filter by this column…");
    assert_eq!(harness.state().state.open_window, Some(OpenWindow::Filter(layer(&harness))));
}

#[test]
fn a_column_is_hidden_from_its_menu_and_comes_back_with_a_reset() {
    let mut harness = villages();
    let head = |harness: &Window| harness.query_by_role_and_label(Role::ColumnHeader, "kind").is_some();
    head_menu(&mut harness, "kind");
    click(&mut harness, "Hide the column");
    assert!(!head(&harness));
    click(&mut harness, "Columns");
    click(&mut harness, "Reset the columns");
    assert!(head(&harness));
}

#[test]
fn a_column_that_is_dragged_stands_where_it_is_dropped() {
    let mut harness = villages();
    let at = |harness: &Window, name: &str| {
        harness.get_by_role_and_label(Role::ColumnHeader, name).rect().left_center() + egui::vec2(14.0, 0.0)
    };
    let (from, to) = (at(&harness, "since"), at(&harness, "people"));
    harness.drag_at(from);
    harness.run_steps(1);
    harness.hover_at(to + egui::vec2(20.0, 0.0));
    harness.run_steps(1);
    harness.hover_at(to);
    harness.run_steps(1);
    harness.drop_at(to);
    settle(&mut harness);
    assert!(at(&harness, "since").x < at(&harness, "people").x);
    let view = harness.state().session.table_view(layer(&harness));
    let place =
        |name: &str| view.columns.iter().position(|view| view.column == TableColumn::Of(name.to_owned()));
    assert!(place("since") < place("people"));
}

#[test]
fn copied_rows_have_heads_and_no_formulas() {
    let mut harness = villages();
    click(&mut harness, "Copy the rows of the table");
    let copied = harness.state().pushed.iter().find_map(|command| match command {
        Command::Ask(Request::CopyText(text)) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    let lines: Vec<&str> = copied.lines().collect();
    assert_eq!(lines[0], "Title\tpeople\tkind\tsince");
    assert_eq!(lines[2], "Abdin\t\tvillage\t2018-09-01");
    assert_eq!(lines[5], "'=Hish\t-1\tvillage\t2018-09-10");
}

#[test]
fn where_filters_hide_every_row_the_way_back_is_offered() {
    let mut harness = villages();
    let layer = layer(&harness);
    let filter = Some("people > 1000000".parse().unwrap());
    harness.state_mut().session.apply(Command::SetFilter { layer, filter });
    settle(&mut harness);
    assert!(shows(&harness, "All 5 rows of this layer are hidden"));
    click(&mut harness, "Take the layer's filter away");
    assert_eq!(rows(&harness).len(), 5);
}

#[test]
fn without_a_layer_the_table_says_so() {
    let mut session = session(Theme::Light);
    session.settle();
    let harness = window_of(session, [1280.0, 800.0]);
    assert!(shows(&harness, "There is no layer on the map"));
}

#[test]
fn ctrl_t_shows_and_hides_the_table_and_a_layer_opens_its_own() {
    let mut harness = villages();
    let is_open = |harness: &Window| harness.query_by_label("Hide the table").is_some();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::T);
    settle(&mut harness);
    assert!(!is_open(&harness));
    click(&mut harness, "More for Pasted layer");
    click(&mut harness, "Open table");
    assert!(is_open(&harness) && harness.state().session.settings().table_open);
}

#[test]
fn in_a_small_window_there_is_still_a_map() {
    for size in [[640.0, 480.0], [900.0, 600.0]] {
        let mut session = session(Theme::Light);
        session.open_bundled_situation();
        session.settle();
        let harness = window_of(session, size);
        let top = harness.get_by_label("Hide the table").rect().top();
        let bottom_of_toolbar = harness.get_by_label("File").rect().bottom();
        assert!(top - bottom_of_toolbar > 80.0, "{size:?}: {top} {bottom_of_toolbar}");
        assert!(rows(&harness).len() >= 2, "{size:?}");
    }
}

#[test]
fn times_are_those_of_the_zone_of_the_settings_and_copies_say_so() {
    let row = |name: &str, at: &str, day: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}","at":"{at}","day":"{day}"}},"geometry":null}}"#
        )
    };
    let rows = [
        row("a", "2018-09-08T21:30:00Z", "2018-09-08T00:00:00Z"),
        row("b", "2018-01-08T21:30:05+00:00", "2018-09-09T00:00:00Z"),
    ];
    let mut session = session(Theme::Light);
    session.apply(Command::PasteGeoJson(format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        rows.join(",")
    )));
    session.settle();
    let mut harness = window_of(session, [1280.0, 800.0]);
    // Summer and winter in Damascus; days that a program wrote as midnights stay these days.
    assert!(shows(&harness, "at 2018-09-09 00:30, day 2018-09-08"));
    assert!(shows(&harness, "at 2018-01-08 23:30:05, day 2018-09-09"));
    click(&mut harness, "Copy the rows of the table");
    let copied = harness.state().pushed.iter().find_map(|command| match command {
        Command::Ask(Request::CopyText(text)) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(
        copied.starts_with("Title\tat (Asia/Damascus)\tday\na\t2018-09-09 00:30\t2018-09-08\n"),
        "{copied}"
    );
    head_menu(&mut harness, "at");
    assert!(shows(&harness, "Values from 2018-01-08 to 2018-09-09"));
}

#[test]
fn an_edge_that_is_dragged_is_remembered() {
    let mut harness = villages();
    let edge = harness.get_by_role_and_label(Role::ComboBox, "Layer of the table Pasted layer").rect();
    let before = harness.state().session.settings().table_height;
    let from = egui::pos2(640.0, edge.top() - 6.0);
    harness.drag_at(from);
    harness.run_steps(1);
    harness.hover_at(from - egui::vec2(0.0, 40.0));
    harness.run_steps(2);
    harness.drop_at(from - egui::vec2(0.0, 40.0));
    settle(&mut harness);
    let height = harness.state().session.settings().table_height;
    assert!((height - before - 40.0).abs() < 8.0, "{before} became {height}");
}

#[test]
fn pictures_of_the_table() {
    if !has_adapter() {
        return;
    }
    let mut results = SnapshotResults::new();
    for (theme, name) in [(Theme::Light, "table_light"), (Theme::Dark, "table_dark")] {
        let mut harness = bundled(theme);
        show_only(
            &mut harness,
            &["place_en", "date_start", "weapon", "killed_low", "killed_high", "grade", "note"],
        );
        sort(&mut harness, "Killed, at least");
        sort(&mut harness, "Killed, at least");
        let second = rows(&harness)[1].clone();
        row(&harness, &second).click();
        settle(&mut harness);
        results.extend(compare(&mut harness, name));
    }
    let mut harness = bundled(Theme::Light);
    show_only(&mut harness, &["title_ar", "place_ar", "place_en", "weapon", "killed_low"]);
    head_menu(&mut harness, "Place in Arabic");
    results.extend(compare(&mut harness, "table_arabic"));
}

#[test]
fn the_tip_of_a_row_that_is_cut_is_that_of_the_row_under_the_pointer() {
    let long = ["a road ".repeat(12), "a longer way ".repeat(20), "a house by the mill ".repeat(4)];
    let long = long.map(|title| title.trim_end().to_owned());
    let features = long.each_ref().map(|name| {
        format!(r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Point","coordinates":[36.7,35.9]}}}}"#)
    });
    let mut session = session(Theme::Light);
    let features = features.join(",");
    session
        .apply(Command::PasteGeoJson(format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)));
    session.settle();
    let mut harness = window_of(session, [1280.0, 800.0]);
    let tips = |harness: &Window, of: &[String]| -> Vec<String> {
        let is_told = |title: &&String| {
            harness.query_all_by_role_and_label(Role::Label, title.as_str()).next().is_some()
        };
        of.iter().filter(is_told).cloned().collect()
    };
    let at = |harness: &Window, title: &str| row(harness, title).rect().left_center() + egui::vec2(60.0, 0.0);
    for title in [&long[0], &long[1], &long[2], &long[0]] {
        let to = at(&harness, title);
        // As a hand moves: downwards, where the tip is, and with a rest at the end.
        for part in [0.3, 0.6, 1.0] {
            harness.hover_at(to + egui::vec2(0.0, -6.0 * (1.0 - part)));
            harness.step();
        }
        (0..12).for_each(|_| harness.step());
        assert_eq!(tips(&harness, &long), std::slice::from_ref(title), "{long:?}");
    }
    let table = row(&harness, &long[0]).rect();
    harness.hover_at(table.left_center() - egui::vec2(0.0, 400.0));
    (0..4).for_each(|_| harness.step());
    assert_eq!(tips(&harness, &long), Vec::<String>::new());
}

#[test]
fn the_menu_of_a_column_gives_way_to_that_of_another_and_closes_when_its_button_is_clicked_again() {
    let mut harness = bundled(Theme::Light);
    let open_for = |harness: &Window| -> Vec<&str> {
        let is_told = |name: &&str| harness.query_all_by_role_and_label(Role::Label, name).next().is_some();
        ["Weapon", "Place"].into_iter().filter(is_told).collect()
    };
    let click_head = |harness: &mut Window, name: &str| {
        harness.get_by_label(&format!("Menu of {name}")).click();
        (0..3).for_each(|_| harness.step());
    };
    assert!(open_for(&harness).is_empty());
    for (clicked, open) in
        [("Place", vec!["Place"]), ("Weapon", vec!["Weapon"]), ("Weapon", vec![]), ("Weapon", vec!["Weapon"])]
    {
        click_head(&mut harness, clicked);
        assert_eq!(open_for(&harness), open, "after a click on {clicked}");
    }
    press(&mut harness, egui::Key::Escape);
    settle(&mut harness);
    assert!(open_for(&harness).is_empty());
    harness.get_by_role_and_label(Role::ColumnHeader, "Place").click_secondary();
    (0..3).for_each(|_| harness.step());
    assert_eq!(open_for(&harness), ["Place"]);
}
