//! The real program in a real window on a display that nobody sees: opened, clicked, read through the accessibility
//! tree, closed and opened again. The pictures it takes lie in `target/window-pictures/`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![cfg(all(feature = "inspection", target_os = "linux"))]

#[path = "support/driven_window.rs"]
mod driven_window;
#[path = "support/hidden_display.rs"]
mod hidden_display;
#[path = "support/september.rs"]
mod september;

use std::collections::HashSet;
use std::path::Path;

use driven_window::{DrivenWindow, Tree};
use eframe::egui::{Key, Modifiers, Pos2, Rect, pos2, vec2};
use hidden_display::HiddenDisplay;
use september::{EVENTS, ON_THE_EIGHTH, SHOWN_BY_MODE};
use sitmap::coords::{LonLat, WorldPos, world_from_lon_lat};

/// The strike near Abdin, as geolocated by Airwars.
const ABDIN: LonLat = LonLat { lon_deg: 36.541952, lat_deg: 35.480207 };

/// Around Abdin, so that the strike is in the view that goes to this file, and off its point.
const OWN_LAYER: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Western stop"},"geometry":{"type":"Point","coordinates":[36.47,35.44]}},
{"type":"Feature","properties":{"name":"Eastern stop"},"geometry":{"type":"Point","coordinates":[36.61,35.52]}},
{"type":"Feature","properties":{"name":"The way"},"geometry":{"type":"LineString","coordinates":[[36.47,35.44],[36.61,35.44]]}}
]}"#;

#[test]
fn a_strike_is_clicked_and_read_and_a_file_joins_the_map() {
    let Some(display) = HiddenDisplay::open(1400, 900) else { return };
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("two stops.geojson");
    std::fs::write(&file, OWN_LAYER).unwrap();

    let mut window = DrivenWindow::open(&display, home.path(), &[file.to_str().unwrap(), "--theme", "light"]);
    let map = wait_until_complete(&mut window);
    window.wait_for_text("Reported strikes");
    window.wait_for_text("two stops");
    let decline = window.wait_for("the note about online tiles", |tree| tree.rect_of("Stay offline"));
    window.click(decline.center());
    window.wait_for("the note to go", |tree| tree.rect_of("Stay offline").is_none().then_some(()));
    assert_is_a_map(&window.take_picture("1-opened"));

    let strike = place_on_map(&mut window, map, ABDIN);
    window.click(strike);
    window.wait_for_text("Air strike, near Abdin");
    window.wait_for_text("غارة جوية – قرب عابدين");
    let details = window.tree();
    for expected in ["Contested", "Airwars RS3530", "airwars.org", "syriahr.com", "4–6"] {
        assert!(
            details.text_with(expected).is_some(),
            "no {expected:?} among\n{}",
            details.texts().join("\n")
        );
    }
    window.settle();
    assert_is_a_map(&window.take_picture("2-strike"));

    let own = place_on_map(&mut window, map, LonLat { lon_deg: 36.61, lat_deg: 35.52 });
    window.click(own);
    window.wait_for_text("Eastern stop");
    window.press_key(Key::Escape, Modifiers::NONE);
    window.wait_for_text("Click a symbol, a line or an area");

    window.click(strike);
    window.wait_for_text("Air strike, near Abdin");
    window.press_key(Key::Home, Modifiers::NONE);
    window.wait_for("the opening view", |tree| (zoom_of(tree) < 9.5).then_some(()));
    // Off the map, where it would highlight something in the picture.
    window.move_pointer(map.right_top() + vec2(120.0, 14.0));
    window.settle();
    assert!(
        window.tree().text_with("Air strike, near Abdin").is_some(),
        "the selection outlives the way home"
    );
    assert_is_a_map(&window.take_picture("3-home"));
    assert!(window.quit().success());
}

#[test]
fn the_map_follows_the_hand_and_comes_back_at_the_next_start() {
    let Some(display) = HiddenDisplay::open(1400, 900) else { return };
    let home = tempfile::tempdir().unwrap();

    let mut window = DrivenWindow::open(&display, home.path(), &["--offline"]);
    let map = wait_until_complete(&mut window);
    let middle = map.center();
    let before = read_coordinates(&mut window, middle);
    window.drag(middle, middle + vec2(-160.0, -90.0));
    window.settle();
    let dragged = read_coordinates(&mut window, middle + vec2(-160.0, -90.0));
    assert!(is_near(before, dragged), "the place {before:?} did not stay under the pointer: {dragged:?}");

    let zoom = zoom_of(&window.tree());
    let pointer = middle + vec2(120.0, 60.0);
    let held = read_coordinates(&mut window, pointer);
    window.turn_wheel(pointer, 3);
    window.settle();
    let nearer = window.wait_for("a larger zoom", |tree| Some(zoom_of(tree)).filter(|&now| now > zoom + 0.4));
    let still_held = read_coordinates(&mut window, pointer);
    assert!(is_near(held, still_held), "the wheel lost the place {held:?}: {still_held:?}");
    window.press_key(Key::Minus, Modifiers::NONE);
    window.settle();
    let farther =
        window.wait_for("a smaller zoom", |tree| Some(zoom_of(tree)).filter(|&now| now < nearer - 0.4));
    let left_at = read_coordinates(&mut window, middle);
    window.take_picture("4-moved");
    assert!(window.quit().success());

    let mut again = DrivenWindow::open(&display, home.path(), &["--theme", "dark"]);
    let map = wait_until_complete(&mut again);
    assert!((zoom_of(&again.tree()) - farther).abs() < 0.11);
    let found_at = read_coordinates(&mut again, map.center());
    assert!(is_near(left_at, found_at), "left at {left_at:?}, found at {found_at:?}");
    again.wait_for_text("Working offline");
    assert_is_a_map(&again.take_picture("5-next-start-dark"));
    assert!(again.quit().success());
}

/// Where the map is; it says how many events it shows.
fn map_in(tree: &Tree) -> Option<Rect> {
    tree.rect_where(|words| words == "Map" || words.starts_with("Map, "))
}

#[test]
fn the_four_views_agree_while_september_plays_in_each_mode() {
    let Some(display) = HiddenDisplay::open(1400, 900) else { return };
    let home = tempfile::tempdir().unwrap();
    let mut window = DrivenWindow::open(&display, home.path(), &["--offline", "--theme", "light"]);
    wait_until_complete(&mut window);
    click_on(&mut window, "Reported strikes");
    window.press_key(Key::T, Modifiers::COMMAND | Modifiers::CTRL);
    click_on(&mut window, "Events");
    wait_for_counts(&mut window, EVENTS, "any time");
    for (mode, counts) in SHOWN_BY_MODE {
        click_on(&mut window, mode);
        show_days(&mut window, "2018-09-01", "2018-09-01");
        for (day, count) in (1..).zip(counts) {
            wait_for_counts(&mut window, count, &format!("{mode}, {day} September"));
            if day == 8 {
                window.take_picture(&format!("6-eighth-{}", mode.to_lowercase()));
            }
            click_on(&mut window, "One day on");
        }
    }
    click_on(&mut window, "Window");
    show_days(&mut window, "2018-09-08", "2018-09-08");
    wait_for_counts(&mut window, ON_THE_EIGHTH, "8 September");
    let listed = window.wait_for("the strike in the list", |tree| {
        tree.rect_where(|words| words.starts_with("Air strike, near Abdin, 8 September 2018"))
    });
    window.click(listed.center());
    window.wait_for_text("غارة جوية – قرب عابدين");
    assert_is_a_map(&window.take_picture("7-four-views"));
    assert!(window.quit().success());
}

fn click_on(window: &mut DrivenWindow, words: &str) {
    let rect = window.wait_for(words, |tree| tree.rect_of(words));
    window.click(rect.center());
}

fn show_days(window: &mut DrivenWindow, first: &str, last: &str) {
    for (field, day) in [("First day", first), ("Last day", last)] {
        click_on(window, field);
        window.type_instead(day);
    }
    window.press_key(Key::Enter, Modifiers::NONE);
}

/// Waits until list, table, timeline and map say that they show so many events; each says it in its own words.
fn wait_for_counts(window: &mut DrivenWindow, count: usize, when: &str) {
    let plural = if count == 1 { "" } else { "s" };
    let says = [
        format!("{count} of {EVENTS} events"),
        format!("{count} of {EVENTS} rows"),
        format!(", {count} of {EVENTS} shown"),
        format!("Map, {count} event{plural} shown"),
    ];
    window.wait_for(&format!("{count} events in all views, {when}"), |tree| {
        let texts = tree.texts();
        let said = |words: &String| texts.iter().any(|text| text.ends_with(words));
        says.iter().all(said).then_some(())
    });
}

/// Waits until the map is there and every layer is read and drawn; tells where the map is.
fn wait_until_complete(window: &mut DrivenWindow) -> Rect {
    window.wait_for("the map", map_in);
    let reads = |tree: &Tree| tree.texts().iter().any(|text| text.starts_with("Reading "));
    window.wait_for("every layer to be read", |tree| (!reads(tree)).then_some(()));
    window.settle();
    window.wait_for("the map", map_in)
}

/// Where a place is in the window, from what the status bar says of two points of the map.
fn place_on_map(window: &mut DrivenWindow, map: Rect, place: LonLat) -> Pos2 {
    let middle = map.center();
    let step = vec2(map.width() / 4.0, map.height() / 4.0);
    let (here, there) = (
        world_from_lon_lat(read_coordinates(window, middle)),
        world_from_lon_lat(read_coordinates(window, middle + step)),
    );
    let wanted: WorldPos = world_from_lon_lat(place);
    let right = step.x * ((wanted.x - here.x) / (there.x - here.x)) as f32;
    let down = step.y * ((wanted.y - here.y) / (there.y - here.y)) as f32;
    let at = middle + vec2(right, down);
    assert!(
        map.shrink(20.0).contains(at),
        "{place:?} is not in the view but at {at:?}; the map is at {map:?}"
    );
    at
}

/// What the status bar says of the place under the pointer.
fn read_coordinates(window: &mut DrivenWindow, at: Pos2) -> LonLat {
    // Away first, so that an answer to the last position is not taken for the new one.
    window.move_pointer(at + vec2(3.0, 3.0));
    window.move_pointer(at);
    window.settle();
    window.wait_for("coordinates in the status bar", |tree| {
        // At the left below map and timeline; panels that scroll have texts beyond their edges, too.
        let map = map_in(tree)?;
        let corner = Rect::from_min_max(pos2(0.0, map.bottom()), pos2(map.left(), f32::INFINITY));
        tree.texts_in(corner).find_map(parse_coordinates)
    })
}

/// Reads `35.480207, 36.541952`.
fn parse_coordinates(text: &str) -> Option<LonLat> {
    let (lat, lon) = text.split_once(", ")?;
    let degrees = |digits: &str| digits.parse::<f64>().ok().filter(|_| digits.contains('.'));
    Some(LonLat { lon_deg: degrees(lon)?, lat_deg: degrees(lat)? })
}

/// Reads `Zoom 8.5`.
fn zoom_of(tree: &Tree) -> f64 {
    let zoom = tree.texts().iter().find_map(|text| text.strip_prefix("Zoom ")?.parse().ok());
    zoom.expect("the status bar tells the zoom")
}

/// Within some points of the screen at the zooms of these tests.
fn is_near(one: LonLat, other: LonLat) -> bool {
    (one.lon_deg - other.lon_deg).abs() < 0.03 && (one.lat_deg - other.lat_deg).abs() < 0.03
}

/// A picture of one colour, or of a few, is no map.
fn assert_is_a_map(path: &Path) {
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert!(info.width >= 600 && info.height >= 400, "{info:?}");
    let colours: HashSet<&[u8]> = pixels.chunks_exact(info.color_type.samples()).collect();
    assert!(colours.len() > 500, "only {} colours in {path:?}", colours.len());
}
