//! Base map tiles as a user meets them: a polite client of its server, and packs good and bad. What servers do wrong is
//! in `tile_faults.rs`.

// The helpers of a test may fail it, too.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/tile_map.rs"]
mod tile_map;
#[path = "support/tile_server.rs"]
mod tile_server;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui::Context;
use sitmap::tiles::{
    BasemapChoice, BasemapTiles, Network, OfflineSwitch, Pack, TileServices, TileStatus, USER_AGENT,
    VectorStyle, XyzSource, refuse_headless,
};
use tile_map::{HERE, HandClock, LONG, Map, impatient, map, map_on, map_with, picture, png, tile};
use tile_server::{Answer, Ending, TileServer};
use walkers::{Tile, TileId, Tiles};

const DAY: Duration = Duration::from_secs(24 * 3600);

// --- manners -------------------------------------------------------------------------------------------------

#[test]
fn a_request_names_the_program_and_asks_only_for_what_is_on_the_screen() {
    let server = TileServer::start([picture()]);
    let mut map = map(&server);
    let view = [HERE, tile(10, 616, 403), tile(10, 615, 404)];
    map.show(&view);
    map.linger(&view);
    let requests = server.requests();
    let mut paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        ["/10/615/403.png", "/10/615/404.png", "/10/616/403.png"],
        "no prefetch, nothing twice"
    );
    for request in &requests {
        assert_eq!(request.headers["user-agent"], USER_AGENT);
        assert!(!request.headers.contains_key("cache-control") && !request.headers.contains_key("pragma"));
        assert!(!request.headers.contains_key("cookie") && !request.headers.contains_key("referer"));
    }
    let contacted = map.network.contacted_hosts();
    assert_eq!((contacted.len(), contacted[0].host.as_str(), contacted[0].requests), (1, "127.0.0.1", 3));
    assert!(contacted[0].why.contains("map tiles"), "{}", contacted[0].why);
}

#[test]
fn at_most_six_tiles_are_asked_for_at_a_time() {
    let server = TileServer::start([picture()]);
    let view: Vec<TileId> = (600..640).map(|x| tile(10, x, 403)).collect();
    map(&server).show(&view);
    assert!(server.most_at_once() <= 6, "{}", server.most_at_once());
    assert_eq!(server.requests().len(), 40);
}

#[test]
fn a_fresh_tile_is_not_asked_for_again_and_a_stale_one_only_whether_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let first = picture().with("cache-control", "max-age=3600").with("etag", "\"one\"");
    let second = Answer::new(304, b"").with("cache-control", "max-age=3600");
    let server = TileServer::start([first.with("last-modified", "Sat, 08 Sep 2018 08:00:00 GMT"), second]);
    let clock = map(&server).clock;
    let open = || map_on(&server.template(), Some(folder.path()), false, clock.clone());

    open().show(&[HERE]);
    clock.turn(Duration::from_secs(3000));
    let mut fresh = open();
    fresh.show(&[HERE]);
    fresh.linger(&[HERE]);
    assert_eq!(server.requests().len(), 1, "an hour had been promised");

    clock.turn(Duration::from_secs(1000));
    let mut stale = open();
    stale.show(&[HERE]);
    stale.frames_until(&[HERE], "the question", |_| server.requests().len() == 2);
    let asked = &server.requests()[1].headers;
    assert_eq!(asked["if-none-match"], "\"one\"");
    assert_eq!(asked["if-modified-since"], "Sat, 08 Sep 2018 08:00:00 GMT");
    stale.linger(&[HERE]);
    drop(stale);

    clock.turn(Duration::from_secs(3000));
    let mut renewed = open();
    renewed.show(&[HERE]);
    renewed.linger(&[HERE]);
    assert_eq!(server.requests().len(), 2, "the 304 had promised another hour");
}

#[test]
fn a_tile_without_headers_is_kept_for_seven_days() {
    let folder = tempfile::tempdir().unwrap();
    let server = TileServer::start([picture()]);
    let clock = map(&server).clock;
    let open = || map_on(&server.template(), Some(folder.path()), false, clock.clone());
    open().show(&[HERE]);
    clock.turn(7 * DAY - Duration::from_secs(60));
    let mut week = open();
    week.show(&[HERE]);
    week.linger(&[HERE]);
    assert_eq!(server.requests().len(), 1);
    clock.turn(Duration::from_secs(120));
    let mut later = open();
    later.frames_until(&[HERE], "the question", |_| server.requests().len() == 2);
}

#[test]
fn a_tile_on_the_screen_is_renewed_when_its_time_is_over_but_at_most_once_a_minute() {
    let server = TileServer::start([picture().with("cache-control", "no-cache")]);
    let mut map = map(&server);
    map.show(&[HERE]);
    map.linger(&[HERE]);
    assert_eq!(server.requests().len(), 1);
    map.clock.turn(Duration::from_secs(61));
    map.frames_until(&[HERE], "the renewal", |_| server.requests().len() == 2);
    map.linger(&[HERE]);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn the_cache_on_disk_keeps_within_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let noise: Vec<u8> = (0..30_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let big = [png(64), noise].concat();
    let server = TileServer::start([Answer::new(200, &big)]);
    let network = Network::new(OfflineSwitch::new(false)).with_patience(impatient());
    let mut services =
        TileServices::new(Context::default(), network.clone()).with_cache(folder.path().into());
    services.cache_bytes = 200_000;
    let source = XyzSource::from_template(&server.template()).unwrap();
    let tiles = BasemapTiles::online(&source, &services).unwrap();
    let mut map = Map { tiles, clock: Arc::new(HandClock(Mutex::default())), network, cache: None };
    map.show(&(0..40).map(|x| tile(10, x, 1)).collect::<Vec<_>>());
    // The last write and its eviction happen after the tile was shown.
    let deadline = Instant::now() + LONG;
    while bytes_under(folder.path()) > 200_000 {
        assert!(Instant::now() < deadline, "{} bytes", bytes_under(folder.path()));
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn bytes_under(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => bytes_under(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

#[test]
fn cleared_tiles_are_gone_from_disk_and_memory_also_while_they_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let server = TileServer::start([picture().with("cache-control", "max-age=3600")]);
    let mut map = map_with(&server.template(), Some(folder.path()), false);
    map.show(&[HERE]);
    assert!(bytes_under(folder.path()) > 0);
    let cleared = map.cache.clone().unwrap().clear();
    map.tiles.forget_pictures();
    assert!(cleared.freed.files == 1 && cleared.trouble.is_none());
    assert_eq!((bytes_under(folder.path()), std::fs::read_dir(folder.path()).unwrap().count()), (0, 0));
    map.network.offline().set_offline(true);
    map.linger(&[HERE]);
    assert_eq!(map.tiles.status(), TileStatus::Offline { missing: 1 });
    assert!(map.tiles.at(HERE).is_none());
    map.network.offline().set_offline(false);
    map.show(&[HERE]);
    assert_eq!(server.requests().len(), 2, "online it is fetched again");
}

#[test]
fn a_tile_that_was_on_its_way_when_the_tiles_were_cleared_is_drawn_and_not_stored() {
    let folder = tempfile::tempdir().unwrap();
    let server = TileServer::start([Answer::new(200, &png(1)).ending(Ending::Drip)]);
    let mut map = map_with(&server.template(), Some(folder.path()), false);
    map.frames_until(&[HERE], "the request", |_| server.requests().len() == 1);
    let _ = map.cache.clone().unwrap().clear();
    map.show(&[HERE]);
    assert_eq!(bytes_under(folder.path()), 0);
}

// --- faults --------------------------------------------------------------------------------------------------

#[test]
fn the_parent_stands_in_for_a_missing_tile_with_the_part_that_lies_under_it() {
    let server = TileServer::start([picture(), Answer::new(404, b"")]);
    let mut map = map(&server);
    map.show(&[tile(9, 307, 201)]);
    let piece = map.tiles.at(HERE).expect("the parent is there");
    assert!(matches!(piece.tile, Tile::Raster(_)));
    assert_eq!((piece.uv.min.x, piece.uv.min.y, piece.uv.max.x, piece.uv.max.y), (0.5, 0.5, 1.0, 1.0));
    assert!(map.tiles.at(tile(10, 100, 100)).is_none(), "nothing lies above that one");
}

#[test]
fn beyond_the_deepest_zoom_of_the_server_its_deepest_tile_is_enlarged() {
    let server = TileServer::start([picture()]);
    let mut map = map(&server);
    map.show(&[tile(21, 615 << 11, 403 << 11)]);
    assert_eq!(server.requests()[0].path, format!("/19/{}/{}.png", 615 << 9, 403 << 9));
    let piece = map.tiles.at(tile(21, 615 << 11, 403 << 11)).unwrap();
    assert_eq!(piece.uv.width(), 0.25);
}

#[test]
fn tiles_that_left_the_screen_are_not_fetched_any_more() {
    let slow = picture().ending(Ending::Silence);
    let server = TileServer::start([slow]);
    let mut map = map(&server);
    map.frame(&(0..40).map(|x| tile(10, x, 1)).collect::<Vec<_>>());
    map.frame(&[HERE]);
    server.answer(picture());
    map.clock.turn(Duration::from_secs(30));
    map.frames_until(&[HERE], "the tile", |map| {
        map.clock.turn(Duration::from_secs(1));
        map.tiles.at(HERE).is_some()
    });
    assert!(server.requests().len() < 20, "{}", server.requests().len());
}

// --- offline, headless ---------------------------------------------------------------------------------------

#[test]
fn offline_no_connection_is_opened_and_stored_tiles_are_shown_however_old() {
    let folder = tempfile::tempdir().unwrap();
    let server = TileServer::start([picture().with("cache-control", "max-age=1")]);
    let mut online = map_with(&server.template(), Some(folder.path()), false);
    online.show(&[HERE]);
    online.frames_until(&[HERE], "the file", |_| bytes_under(folder.path()) > 0);
    let before = server.connections();
    let mut offline = map_with(&server.template(), Some(folder.path()), true);
    offline.clock.turn(400 * DAY);
    let elsewhere = tile(10, 1, 1);
    offline.show(&[HERE]);
    offline.linger(&[HERE, elsewhere]);
    assert_eq!(offline.tiles.wait_until_settled(LONG), 1, "settled at once, one is not stored");
    assert_eq!(offline.tiles.status(), TileStatus::Offline { missing: 1 });
    assert_eq!(server.connections(), before);
    assert!(offline.network.contacted_hosts().is_empty());
    offline.network.offline().set_offline(false);
    offline.show(&[HERE, elsewhere]);
}

#[test]
fn going_offline_cuts_what_is_on_its_way() {
    let server = TileServer::start([picture().ending(Ending::Silence)]);
    let clock = Arc::new(HandClock(Mutex::new(Duration::from_secs(1000))));
    let network = Network::new(OfflineSwitch::new(false)).with_clock(clock.clone());
    let services = TileServices::new(Context::default(), network.clone());
    let source = XyzSource::from_template(&server.template()).unwrap();
    let mut map =
        Map { tiles: BasemapTiles::online(&source, &services).unwrap(), clock, network, cache: None };
    map.frames_until(&[HERE], "the request", |_| server.requests().len() == 1);
    map.network.offline().set_offline(true);
    map.clock.turn(DAY);
    map.linger(&[HERE]);
    assert_eq!(map.tiles.status(), TileStatus::Offline { missing: 1 });
    assert_eq!((server.connections(), server.requests().len()), (1, 1));
}

#[test]
fn headless_commands_do_not_ask_openstreetmap_by_no_road() {
    let network = Network::new(OfflineSwitch::new(false)).headless().with_patience(impatient());
    let services = TileServices::new(Context::default(), network.clone());
    let refused = BasemapTiles::open(&BasemapChoice::OpenStreetMap, VectorStyle::light(), &services);
    let words = refused.err().expect("refused").to_string();
    assert!(words.contains("headless rendering refuses this host"), "{words}");
    assert!(refuse_headless("https://tile.openstreetmap.org/{z}/{x}/{y}.png").is_err());

    let to_osm = Answer::new(302, b"").with("location", "http://tile.openstreetmap.org/1/1/1.png");
    let server = TileServer::start([to_osm]);
    let source = XyzSource::from_template(&server.template()).unwrap();
    let mut tiles = BasemapTiles::online(&source, &services).unwrap();
    tiles.at(HERE);
    tiles.finish_frame();
    assert_eq!(tiles.wait_until_settled(LONG), 1);
    assert!(network.contacted_hosts().iter().all(|contact| contact.host == "127.0.0.1"));
}

#[test]
fn a_picture_without_a_window_waits_until_its_tiles_are_there() {
    let server = TileServer::start([Answer::new(500, b""), picture()]);
    let network = Network::new(OfflineSwitch::new(false)).headless();
    let services = TileServices::new(Context::default(), network);
    let source = XyzSource::from_template(&server.template()).unwrap();
    let mut tiles = BasemapTiles::online(&source, &services).unwrap();
    let view = [HERE, tile(10, 616, 403)];
    assert!(view.iter().all(|&tile| tiles.at(tile).is_none()));
    tiles.finish_frame();
    assert_eq!(tiles.wait_until_settled(LONG), 0, "{:?}", tiles.status());
    assert!(view.iter().all(|&tile| tiles.at(tile).is_some()));
}

// --- packs ---------------------------------------------------------------------------------------------------

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 127 {
        bytes.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// Entries of (tile number, run, length, offset).
fn directory(entries: &[(u64, u64, u64, u64)]) -> Vec<u8> {
    let mut bytes = varint(entries.len() as u64);
    let mut before = 0;
    for (tile, ..) in entries {
        bytes.extend(varint(tile - before));
        before = *tile;
    }
    bytes.extend(entries.iter().flat_map(|entry| varint(entry.1)));
    bytes.extend(entries.iter().flat_map(|entry| varint(entry.2)));
    bytes.extend(entries.iter().flat_map(|entry| varint(entry.3 + 1)));
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, bytes).unwrap();
    packed.finish().unwrap()
}

/// The parts of a small pack, to be changed before it is written.
struct SmallPack {
    root: Vec<u8>,
    metadata: Vec<u8>,
    leaves: Vec<u8>,
    tiles: Vec<u8>,
    /// Internal compression, tile compression, tile type, least and greatest zoom.
    codes: [u8; 5],
}

impl SmallPack {
    /// One picture for the whole world at zoom 0, one more for the north-west at zoom 1, behind a leaf.
    fn good() -> Self {
        let tile = png(256);
        let leaf = directory(&[(0, 1, tile.len() as u64, 0), (1, 1, tile.len() as u64, 0)]);
        let metadata =
            br#"{"name":"Small","attribution":"<a href=\"https://example.org/\">&copy; Example</a>"}"#;
        Self {
            root: directory(&[(0, 0, leaf.len() as u64, 0)]),
            metadata: metadata.to_vec(),
            leaves: leaf,
            tiles: tile,
            codes: [1, 1, 2, 0, 1],
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = b"PMTiles\x03".to_vec();
        let mut at = 127;
        for part in [&self.root, &self.metadata, &self.leaves, &self.tiles] {
            head.extend_from_slice(&(at as u64).to_le_bytes());
            head.extend_from_slice(&(part.len() as u64).to_le_bytes());
            at += part.len();
        }
        head.extend_from_slice(&[0; 24]);
        head.push(1);
        head.extend_from_slice(&self.codes);
        for degrees in [-1_800_000_000_i32, -850_000_000, 1_800_000_000, 850_000_000] {
            head.extend_from_slice(&degrees.to_le_bytes());
        }
        head.resize(127, 0);
        [head, self.root.clone(), self.metadata.clone(), self.leaves.clone(), self.tiles.clone()].concat()
    }

    fn open(&self) -> (tempfile::TempDir, Result<Pack, sitmap::tiles::TileError>) {
        open_bytes(&self.bytes())
    }
}

fn open_bytes(bytes: &[u8]) -> (tempfile::TempDir, Result<Pack, sitmap::tiles::TileError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.pmtiles");
    std::fs::write(&path, bytes).unwrap();
    let pack = Pack::open(&path);
    (folder, pack)
}

fn pack_map(pack: Pack) -> Map {
    let clock = Arc::new(HandClock(Mutex::new(Duration::from_secs(1000))));
    // Offline, as a pack needs no network.
    let network = Network::new(OfflineSwitch::new(true)).with_clock(clock.clone());
    let services = TileServices::new(Context::default(), network.clone());
    Map { tiles: BasemapTiles::pack(pack, VectorStyle::light(), &services), clock, network, cache: None }
}

#[test]
fn a_pack_is_drawn_says_who_made_it_and_enlarges_what_it_has() {
    let (_folder, pack) = SmallPack::good().open();
    let pack = pack.unwrap();
    assert_eq!((pack.info().name.as_str(), pack.info().zooms.clone()), ("Small", 0..=1));
    let mut map = pack_map(pack);
    assert_eq!(map.tiles.credit().text, "© Example");
    assert_eq!(map.tiles.credit().url.as_deref(), Some("https://example.org/"));
    let view = [tile(0, 0, 0), tile(1, 0, 0), tile(1, 1, 1), tile(5, 0, 0)];
    map.show(&view);
    assert_eq!(map.tiles.wait_until_settled(LONG), 0);
    let below_a_missing_one = map.tiles.at(tile(1, 1, 1)).unwrap();
    assert_eq!(below_a_missing_one.uv.width(), 0.5, "the whole world stands in");
    assert_eq!(map.tiles.at(tile(5, 0, 0)).unwrap().uv.width(), 1.0 / 16.0);
    assert_eq!(map.tiles.status(), TileStatus::Idle);
}

#[test]
fn a_pack_that_lies_is_refused_in_words_and_never_a_crash() {
    type Change = fn(&mut SmallPack);
    let broken: [(Change, &str); 7] = [
        (|pack| pack.codes[0] = 3, "Brotli"),
        (|pack| pack.codes[1] = 4, "Zstandard"),
        (|pack| pack.codes[2] = 4, "WebP"),
        (|pack| pack.codes[4] = 200, "zoom levels"),
        (|pack| pack.root = vec![0xff; 9], "directory"),
        (|pack| (pack.codes[0], pack.root) = (2, b"not gzip".to_vec()), "unpack"),
        (|pack| (pack.codes[0], pack.root) = (2, gzip(&vec![0; 100_000_000])), "larger than"),
    ];
    for (change, expected) in broken {
        let mut pack = SmallPack::good();
        change(&mut pack);
        let (_folder, opened) = pack.open();
        let error = opened.expect_err(expected);
        let words = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(words.contains(expected), "expected {expected:?} in {words:?}");
    }
}

#[test]
fn directories_in_a_circle_and_tiles_beyond_the_end_are_troubles_of_a_tile() {
    let mut circle = SmallPack::good();
    circle.leaves = directory(&[(0, 0, 5, 0)]);
    circle.root = directory(&[(0, 0, 5, 0)]);
    let mut beyond = SmallPack::good();
    beyond.root = directory(&[(0, 1, 1 << 20, 0)]);
    let mut overflow = SmallPack::good();
    overflow.root = directory(&[(0, 1, 100, u64::MAX - 50)]);
    let mut bomb = SmallPack::good();
    bomb.tiles = gzip(&vec![0; 60_000_000]);
    bomb.codes[1] = 2;
    bomb.root = directory(&[(0, 1, bomb.tiles.len() as u64, 0)]);
    for (pack, expected) in [
        (circle, "circle"),
        (beyond, "past its section"),
        (overflow, "past its section"),
        (bomb, "larger than"),
    ] {
        let (_folder, opened) = pack.open();
        let words = pack_map(opened.unwrap()).trouble(&[tile(0, 0, 0)]);
        assert!(words.contains(expected), "expected {expected:?} in {words:?}");
    }
}

#[test]
fn a_pack_cut_or_changed_anywhere_is_survived() {
    let whole = SmallPack::good().bytes();
    let head = whole.len() - png(256).len();
    for byte in 0..head {
        for bytes in [whole[..byte].to_vec(), {
            let mut changed = whole.clone();
            changed[byte] ^= 0xff;
            changed
        }] {
            let (_folder, opened) = open_bytes(&bytes);
            if let Ok(pack) = opened
                && byte % 8 == 0
            {
                let mut map = pack_map(pack);
                map.frame(&[tile(0, 0, 0), tile(1, 0, 0)]);
                map.tiles.wait_until_settled(Duration::from_secs(5));
            }
        }
    }
}

#[test]
fn a_pack_that_vanishes_from_under_the_map_is_a_trouble() {
    let (folder, opened) = SmallPack::good().open();
    let path = folder.path().join("small.pmtiles");
    let mut map = pack_map(opened.unwrap());
    std::fs::File::options().write(true).open(&path).unwrap().set_len(130).unwrap();
    let words = map.trouble(&[tile(0, 0, 0)]);
    assert!(words.contains("cannot be read"), "{words}");
}

// --- the real pack -------------------------------------------------------------------------------------------

fn real_pack() -> Option<Pack> {
    let shared = std::env::var_os("SITMAP_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let path = shared.join("data/nwsyria_osm_z0-12.pmtiles");
    if !path.exists() {
        println!("skipped: no shared data here");
        return None;
    }
    Some(Pack::open(&path).unwrap())
}

#[test]
fn the_real_pack_says_what_it_is() {
    let Some(pack) = real_pack() else { return };
    let info = pack.info();
    assert!(info.is_vector && info.zooms == (0..=12));
    assert!(info.credit.text.contains("© OpenStreetMap contributors"), "{:?}", info.credit);
    assert!(info.vector_layers.iter().any(|layer| layer == "transportation"));
    assert!(info.extent.west_deg == 35.5 && info.extent.north_deg == 37.2);
}

#[test]
fn every_tile_of_zoom_8_and_some_of_zoom_12_are_drawn_and_deeper_ones_enlarged() {
    let Some(pack) = real_pack() else { return };
    let mut map = pack_map(pack);
    let zoom_8: Vec<TileId> = (153..=155).flat_map(|x| (99..=101).map(move |y| tile(8, x, y))).collect();
    let zoom_12: Vec<TileId> = (2460..2464).flat_map(|x| (1610..1613).map(move |y| tile(12, x, y))).collect();
    let deeper = [tile(15, 2461 * 8 + 3, 1611 * 8 + 5)];
    for view in [zoom_8.as_slice(), &zoom_12, &deeper] {
        map.show(view);
        map.frame(view);
        assert_eq!(map.tiles.wait_until_settled(LONG), 0);
        assert_eq!(map.tiles.status(), TileStatus::Idle);
        let drawn: Vec<_> = view.iter().filter_map(|&tile| map.tiles.at(tile)).collect();
        assert!(
            drawn.iter().all(|piece| matches!(&piece.tile, Tile::Vector { texts, .. } if texts.is_empty()))
        );
    }
    assert_eq!(map.tiles.at(deeper[0]).unwrap().uv.width(), 0.125);
}

#[test]
fn the_texts_of_the_real_pack_come_once_each_in_both_scripts_and_inside_their_tiles() {
    let Some(pack) = real_pack() else { return };
    let mut map = pack_map(pack);
    let view: Vec<TileId> = (306..=308).flat_map(|x| (200..=202).map(move |y| tile(9, x, y))).collect();
    map.show(&view);
    map.frame(&view);
    let texts: Vec<_> = map.tiles.texts_drawn().cloned().collect();
    let words = |wanted: fn(char) -> bool| texts.iter().filter(|text| text.text.chars().any(wanted)).count();
    assert!(words(|c| ('\u{600}'..'\u{700}').contains(&c)) > 20, "Arabic");
    assert!(words(|c| c.is_ascii_alphabetic()) > 20, "Latin");
    let side = 1.0 / 512.0;
    for text in &texts {
        assert!((306.0 * side..309.0 * side).contains(&text.at.x) && text.size_points >= 9.0, "{text:?}");
        let twins = texts
            .iter()
            .filter(|other| (other.at, &other.text, other.priority) == (text.at, &text.text, text.priority));
        assert_eq!(twins.count(), 1, "{text:?}");
    }
    // A part of the parent that stands in brings only the texts on that part.
    let child = tile(10, 614, 402);
    map.frame(&[child]);
    let quarter: Vec<_> = map.tiles.texts_drawn().collect();
    assert!(quarter.iter().all(|text| (614.0 / 1024.0..615.0 / 1024.0).contains(&text.at.x)));
}
