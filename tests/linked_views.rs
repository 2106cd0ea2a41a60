//! List, map, timeline and table show the same events in every step: read from the accessibility tree, each view by what
//! it says itself, and judged by the figures of the bundled events as they were counted by hand.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/september.rs"]
mod september;
#[path = "support/test_window.rs"]
mod test_window;

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui;
use eframe::egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use september::{EVENTS, ON_THE_EIGHTH, SHOWN_BY_MODE};
use sitmap::session::{Command, FeatureRef, Request, Session, Settings};
use test_window::{Window, click, compare, has_adapter, open_with_map, settings, settle, texts};

/// Those of 8 September that name no place: the other views list them, the map cannot.
const WITHOUT_A_PLACE_ON_THE_EIGHTH: [&str; 1] = ["Barrel bomb, al-Muntar (southern Idlib)"];

/// Tall enough for every row of list and table.
fn window() -> Window {
    let settings = Settings {
        table_open: true,
        timeline_open: true,
        filter_bar_open: true,
        reduced_motion: true,
        ..settings()
    };
    let mut session = Session::new(settings, Arc::new(|| ()));
    session.open_bundled_situation();
    session.settle();
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    session.apply(Command::ChooseLayer(Some(strikes)));
    let mut harness = open_with_map(session, [1600.0, 1400.0]);
    settle(&mut harness);
    click(&mut harness, "Events");
    let extent = sitmap::coords::Extent::of_points([
        sitmap::coords::LonLat::new(35.4, 34.9),
        sitmap::coords::LonLat::new(37.6, 36.7),
    ]);
    harness.state_mut().session.apply(Command::FitExtent(extent.unwrap())).into_iter().for_each(|request| {
        if let Request::MoveCamera(to) = request {
            harness.state_mut().session.apply(Command::SetViewport(to));
        }
    });
    settle(&mut harness);
    harness
}

/// What one view says: how many events it shows, and their titles as far as it names them.
#[derive(Debug, PartialEq)]
struct Said {
    count: usize,
    titles: Vec<String>,
}

fn labels(harness: &Window, role: Role) -> Vec<String> {
    let nodes = harness.root().children_recursive();
    let of_role = nodes.filter(|node| node.accesskit_node().role() == role);
    of_role.filter_map(|node| node.accesskit_node().label()).collect()
}

/// The number before `behind` in the text that has it and begins with `before`.
fn number(harness: &Window, before: &str, behind: &str) -> usize {
    let number = |text: &String| {
        let (head, _) = text.strip_prefix(before)?.split_once(behind)?;
        head.rsplit(' ').next()?.parse().ok()
    };
    let all = texts(harness);
    all.iter().find_map(number).unwrap_or_else(|| panic!("no {before:?}…{behind:?} in\n{}", all.join("\n")))
}

fn titles(mut titles: Vec<String>) -> Vec<String> {
    titles.sort();
    titles
}

fn list(harness: &Window) -> Said {
    let rows = labels(harness, Role::ListBoxOption);
    Said {
        count: number(harness, "", " of 94 events"),
        titles: titles(rows.iter().map(|row| title(row)).collect()),
    }
}

/// A row of the list says title, date and more; the date begins with the number of a day.
fn title(row: &str) -> String {
    let mut commas = row.match_indices(", ");
    let date = commas.find(|(at, _)| {
        let rest = &row[at + 2..];
        rest.starts_with(|letter: char| letter.is_ascii_digit())
            && rest.split(", ").next().unwrap().ends_with(" 2018")
    });
    date.map_or(row, |(at, _)| &row[..at]).to_owned()
}

fn table(harness: &Window) -> Said {
    Said { count: number(harness, "", " of 94 rows"), titles: titles(labels(harness, Role::Row)) }
}

fn map(harness: &Window) -> Said {
    Said { count: number(harness, "Map, ", " event"), titles: titles(labels(harness, Role::GraphicsSymbol)) }
}

fn timeline(harness: &Window) -> usize {
    number(harness, "Timeline, ", " of 94 shown")
}

/// All four views count the same, and those that name their events name the same.
fn assert_views_agree(harness: &Window, expected: usize, step: &str) {
    let (list, table, map) = (list(harness), table(harness), map(harness));
    assert_eq!([list.count, table.count, map.count, timeline(harness)], [expected; 4], "{step}");
    if list.titles.len() == expected && table.titles.len() == expected {
        assert_eq!(list.titles, table.titles, "{step}");
        // The map names those that have a place.
        let listed: BTreeSet<&String> = list.titles.iter().collect();
        assert!(map.titles.iter().all(|title| listed.contains(title)), "{step}: {:?}", map.titles);
        assert!(map.titles.len() + 4 >= expected, "{step}: {:?}", map.titles);
    }
}

fn type_days(harness: &mut Window, first: &str, last: &str) {
    for (field, day) in [("First day", first), ("Last day", last)] {
        let node = harness.get_by_label(field);
        node.focus();
        harness.run_ok();
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        harness.get_by_label(field).type_text(day);
        harness.run_ok();
    }
    harness.key_press(egui::Key::Enter);
    settle(harness);
}

#[test]
fn september_plays_in_each_mode_and_the_four_views_agree_on_every_day() {
    for (mode, expected) in SHOWN_BY_MODE {
        let mut harness = window();
        assert_views_agree(&harness, EVENTS, "at any time");
        click(&mut harness, mode);
        type_days(&mut harness, "2018-09-01", "2018-09-01");
        for (day, expected) in (1..).zip(expected) {
            assert_views_agree(&harness, expected, &format!("{mode}, {day} September"));
            click(&mut harness, "One day on");
        }
    }
}

#[test]
fn brushing_the_eighth_filtering_and_choosing_hold_in_all_views() {
    let mut harness = window();
    type_days(&mut harness, "2018-09-08", "2018-09-08");
    assert_views_agree(&harness, ON_THE_EIGHTH, "8 September");
    let (list_says, map_says) = (list(&harness), map(&harness));
    let placeless: Vec<&String> =
        list_says.titles.iter().filter(|title| !map_says.titles.contains(title)).collect();
    assert_eq!(placeless, WITHOUT_A_PLACE_ON_THE_EIGHTH.iter().collect::<Vec<_>>());

    // The chips of the filter bar: air strikes with at least one killed, all of them civilians by their source.
    click(&mut harness, "Filter by Weapon");
    let chosen = texts(&harness).into_iter().find(|text| text.starts_with("Air strike, ")).unwrap();
    click(&mut harness, &chosen);
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    click(&mut harness, "Filter by Killed");
    // How many events it would show stands beside it.
    harness.get_by_label_contains("At least 1,").click();
    settle(&mut harness);
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert_views_agree(&harness, 3, "air strikes of 8 September with at least one killed");

    // A row of the list is chosen: the table marks the same, the details tell of it.
    let row = labels(&harness, Role::ListBoxOption).into_iter().find(|row| row.contains("Abdin")).unwrap();
    click(&mut harness, &row);
    let is_marked = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.role() == Role::Row && node.toggled() == Some(Toggled::True)
    };
    let marked: Vec<String> = harness
        .root()
        .children_recursive()
        .filter(is_marked)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert_eq!(marked, [title(&row)]);
    assert!(texts(&harness).iter().any(|text| text == "غارة جوية – قرب عابدين"));

    click(&mut harness, "All time");
    let without_window = timeline(&harness);
    assert!(without_window > 3);
    assert_views_agree(&harness, without_window, "air strikes of any time with at least one killed");
    click(&mut harness, "Clear the filter");
    assert_views_agree(&harness, EVENTS, "everything again");
}

#[test]
fn one_town_is_found_by_three_spellings() {
    let mut harness = window();
    for spelling in ["Saraqib", "saraqeb", "سراقب"] {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
        settle(&mut harness);
        harness.get_by_label("Search").type_text(spelling);
        settle(&mut harness);
        let rows = labels(&harness, Role::ListBoxOption);
        assert!(rows.iter().any(|row| row.starts_with("Saraqib, سراقب, Town")), "{spelling}: {rows:?}");
        harness.key_press(egui::Key::Escape);
        settle(&mut harness);
        assert_views_agree(&harness, EVENTS, "after a search");
    }
}

#[test]
fn picture_of_the_eighth_of_september_in_four_views() {
    if has_adapter() {
        let mut harness = window();
        type_days(&mut harness, "2018-09-08", "2018-09-08");
        compare(&mut harness, "four_views");
    }
}

#[test]
fn a_click_on_the_timeline_gives_it_the_arrows_and_escape_gives_them_back_to_the_map() {
    let mut harness = window();
    let layer = harness.state().session.catalogue().find_bundled("strikes").unwrap();
    harness.state_mut().session.apply(Command::SelectFeature(FeatureRef { layer, row: 7 }));
    settle(&mut harness);
    let window = |harness: &Window| harness.state().session.timeline().window().cloned();
    let middle = |harness: &Window| harness.state().session.viewport().center_lon_lat();
    let press = |harness: &mut Window, key: egui::Key| {
        harness.key_press(key);
        settle(harness);
    };
    let view = middle(&harness);
    press(&mut harness, egui::Key::ArrowRight);
    assert!(
        window(&harness).is_none() && middle(&harness) != view,
        "before the click the map has the arrows"
    );

    harness.get_by(|node| node.role() == Role::Slider).click();
    settle(&mut harness);
    let (day, view) = (window(&harness).unwrap(), middle(&harness));
    press(&mut harness, egui::Key::ArrowRight);
    press(&mut harness, egui::Key::ArrowRight);
    assert_eq!(window(&harness).unwrap(), day.start + 2 * 1440..day.end + 2 * 1440);
    press(&mut harness, egui::Key::ArrowLeft);
    assert_eq!((window(&harness).unwrap(), middle(&harness)), (day.start + 1440..day.end + 1440, view));

    press(&mut harness, egui::Key::Escape);
    assert!(harness.state().session.selection().current().is_some(), "only the focus is given back");
    press(&mut harness, egui::Key::ArrowRight);
    assert!(window(&harness).unwrap() == (day.start + 1440..day.end + 1440) && middle(&harness) != view);
    press(&mut harness, egui::Key::Escape);
    assert!(harness.state().session.selection().current().is_none());
}
