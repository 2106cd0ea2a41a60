//! What the settings tell of the network and of what is stored of it, and what their buttons do.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/test_window.rs"]
mod test_window;

use std::sync::Arc;

use egui_kittest::SnapshotResults;
use sitmap::project::CacheStanding;
use sitmap::session::{Command, Request, Session, Settings, ThemeChoice};
use sitmap::tiles::{CacheSize, ContactedHost};
use sitmap::ui::OpenWindow;
use test_window::{Window, click, compare, has_adapter, open, settings, settle, shows};

fn contact(host: &str, requests: u64, why: &str, answer: &str) -> ContactedHost {
    let [host, why, answer] = [host, why, answer].map(str::to_owned);
    ContactedHost { host, requests, why, answer }
}

fn hosts() -> Vec<ContactedHost> {
    vec![
        contact(
            "cdn.example.net",
            3,
            "redirected by tile.example.org",
            "asks to be left alone for 90 seconds (status 429)",
        ),
        contact("tile.example.org", 1204, "map tiles of tile.example.org", "leads on to cdn.example.net"),
        contact("tile.openstreetmap.org", 1, "map tiles of OpenStreetMap", ""),
    ]
}

fn settings_window(hosts: Vec<ContactedHost>, theme_choice: ThemeChoice) -> Window {
    let session = Session::new(Settings { theme_choice, ..settings() }, Arc::new(|| ()));
    let mut window = open(session, [1000.0, 1180.0]);
    let state = window.state_mut();
    state.hosts = hosts;
    state.caches =
        CacheStanding { size: Some(CacheSize { files: 812, bytes: 14_800_000 }), is_clearing: false };
    state.state.open(OpenWindow::Settings);
    settle(&mut window);
    window
}

#[test]
fn the_settings_say_that_nobody_was_contacted() {
    let window = settings_window(Vec::new(), ThemeChoice::Light);
    assert!(shows(&window, "No host was contacted since the start"));
}

#[test]
fn each_host_is_told_with_how_often_why_and_what_came_and_the_list_can_be_copied() {
    let mut window = settings_window(hosts(), ThemeChoice::Light);
    for words in
        ["cdn.example.net", "1,204 requests", "map tiles of OpenStreetMap", "left alone for 90 seconds"]
    {
        assert!(shows(&window, words), "{words}");
    }
    click(&mut window, "Copy this list");
    let Some(Request::CopyText(text)) = window.state().requests.last() else { panic!("nothing was copied") };
    assert_eq!(text.lines().count(), 4);
    assert!(text.contains("tile.openstreetmap.org\t1\tmap tiles of OpenStreetMap"));
}

#[test]
fn a_server_that_leads_to_hundreds_of_hosts_does_not_fill_the_window() {
    let many = (0..400).map(|n| contact(&format!("{n:03}.example.org"), 1, "redirected by a", "b")).collect();
    let window = settings_window(many, ThemeChoice::Light);
    assert!(shows(&window, "and 370 more, which the copy names"));
}

#[test]
fn tiles_and_prepared_copies_are_cleared_by_one_button_that_names_what_it_frees() {
    let mut window = settings_window(Vec::new(), ThemeChoice::Light);
    click(&mut window, "Clear tiles and prepared copies (14.8 MB)");
    assert!(window.state().pushed.contains(&Command::ClearCaches));
    assert_eq!(window.state().requests.last(), Some(&Request::ClearCaches));
}

fn settings_picture(name: &str, theme: ThemeChoice) -> SnapshotResults {
    if !has_adapter() {
        return SnapshotResults::new();
    }
    compare(&mut settings_window(hosts(), theme), name)
}

#[test]
fn picture_of_the_settings_with_contacted_hosts_in_both_themes() {
    let mut results = settings_picture("network_settings_light", ThemeChoice::Light);
    results.extend(settings_picture("network_settings_dark", ThemeChoice::Dark));
}
