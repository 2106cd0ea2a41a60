//! The real window over a tile server of its own: what the status bar says when the server fails, that the map comes back,
//! whom the settings name, and that one button clears what was stored.

#![allow(clippy::unwrap_used, clippy::print_stdout, dead_code)]
#![cfg(all(feature = "inspection", target_os = "linux"))]

#[path = "support/driven_window.rs"]
mod driven_window;
#[path = "support/hidden_display.rs"]
mod hidden_display;
#[path = "support/tile_server.rs"]
mod tile_server;

use std::path::Path;
use std::time::{Duration, Instant};

use driven_window::{DrivenWindow, Tree};
use eframe::egui::{Key, Modifiers, Rect};
use hidden_display::HiddenDisplay;
use tile_server::{Answer, TileServer};

/// A home in which the last session looked at these tiles online.
fn home_online(template: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("CONFIG_HOME/sitmap");
    std::fs::create_dir_all(&folder).unwrap();
    let basemap = serde_json::json!({"Xyz": {"template": template, "attribution": "tiles of a test"}});
    let settings =
        serde_json::json!({"basemap": basemap, "online_note_answered": true, "work_offline": false});
    let session = serde_json::json!({ "settings": settings }).to_string();
    std::fs::write(folder.join("last-session.json"), session).unwrap();
    home
}

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 256, 256);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[[180, 60, 160]; 256 * 256].concat()).unwrap();
    drop(writer);
    bytes
}

fn stored_tiles(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => stored_tiles(&path),
            path => usize::from(path.extension().is_some_and(|end| end == "tile")),
        })
        .sum()
}

fn starting_with(tree: &Tree, words: &str) -> Option<Rect> {
    tree.rect_where(|text| text.starts_with(words))
}

#[test]
fn the_window_tells_of_a_server_in_trouble_comes_back_lists_it_and_clears_what_it_stored() {
    let Some(display) = HiddenDisplay::open(1400, 1200) else { return };
    let server = TileServer::start([Answer::new(500, b"")]);
    let home = home_online(&server.template());
    let mut window = DrivenWindow::open(&display, home.path(), &["--theme", "light"]);
    window.wait_for_text("the tile server 127.0.0.1 has a fault (status 500); trying again");

    server.answer(Answer::new(200, &png()).with("cache-control", "max-age=3600"));
    let well_since = Instant::now();
    window.wait_for("the map to come back", |tree| tree.text_with("has a fault").is_none().then_some(()));
    println!("back {:.1} s after the server", well_since.elapsed().as_secs_f32());
    let tiles = home.path().join("CACHE_HOME/sitmap/tiles");
    assert!(stored_tiles(&tiles) > 0);
    let asked = server.requests().len();

    window.press_key(Key::Comma, Modifiers::COMMAND);
    window.wait_for_text("requests: map tiles of 127.0.0.1");
    window.wait_for_text("Last: a map tile");
    window.take_picture("network-settings");
    let button =
        window.wait_for("the button", |tree| starting_with(tree, "Clear tiles and prepared copies ("));
    window.click(button.center());
    window.wait_for_text("were removed");
    // Online, what is on the screen is fetched anew.
    let deadline = Instant::now() + Duration::from_secs(60);
    while server.requests().len() == asked {
        assert!(Instant::now() < deadline, "the tiles in memory were kept");
        std::thread::sleep(Duration::from_millis(50));
    }
    window.take_picture("network-cleared");
    assert!(window.quit().success());
}
