//! A base map on a test's own tile server, drawn without a window, with a clock that the test turns.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use eframe::egui::Context;
use sitmap::tiles::{
    BasemapTiles, Clock, Network, OfflineSwitch, Patience, TileCache, TileServices, TileStatus, XyzSource,
};
use walkers::{TileId, Tiles};

use crate::tile_server::{Answer, TileServer};

/// Long enough for a loaded machine; no test waits for it unless it fails.
pub const LONG: Duration = Duration::from_secs(60);
/// A clock that stands still until it is turned.
pub struct HandClock(pub Mutex<Duration>);

impl HandClock {
    pub fn turn(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for HandClock {
    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_536_400_000) + self.elapsed()
    }
}

/// A base map on one server, drawn without a window.
pub struct Map {
    pub tiles: BasemapTiles,
    pub clock: Arc<HandClock>,
    pub network: Network,
    pub cache: Option<TileCache>,
}

pub fn impatient() -> Patience {
    Patience { connect: Duration::from_secs(10), silence: Duration::from_millis(400), total: LONG }
}

pub fn map_with(template: &str, cache: Option<&Path>, offline: bool) -> Map {
    let clock = Arc::new(HandClock(Mutex::new(Duration::from_secs(1000))));
    map_on(template, cache, offline, clock)
}

pub fn map_on(template: &str, cache: Option<&Path>, offline: bool, clock: Arc<HandClock>) -> Map {
    let network =
        Network::new(OfflineSwitch::new(offline)).with_clock(clock.clone()).with_patience(impatient());
    map_through(network, template, cache, clock)
}

/// Waits so long for the next byte.
pub fn map_waiting(template: &str, silence: Duration) -> Map {
    let clock = Arc::new(HandClock(Mutex::new(Duration::from_secs(1000))));
    let patience = Patience { silence, ..impatient() };
    let network = Network::new(OfflineSwitch::new(false)).with_clock(clock.clone()).with_patience(patience);
    map_through(network, template, None, clock)
}

/// Through a door that others may use, too.
pub fn map_through(network: Network, template: &str, cache: Option<&Path>, clock: Arc<HandClock>) -> Map {
    let mut services = TileServices::new(Context::default(), network.clone());
    services.cache_folder = cache.map(Path::to_owned);
    let source = XyzSource::from_template(template).unwrap();
    let tiles = BasemapTiles::online(&source, &services).unwrap();
    Map { tiles, clock, network, cache: services.cache() }
}

pub fn map(server: &TileServer) -> Map {
    map_with(&server.template(), None, false)
}

impl Map {
    /// One frame that draws these tiles; how many of them were drawn.
    pub fn frame(&mut self, tiles: &[TileId]) -> usize {
        let drawn = tiles.iter().filter(|&&tile| self.tiles.at(tile).is_some()).count();
        self.tiles.finish_frame();
        drawn
    }

    /// Frames until `done`, with no time passing on the clock.
    pub fn frames_until(&mut self, tiles: &[TileId], what: &str, done: impl Fn(&mut Self) -> bool) {
        let deadline = Instant::now() + LONG;
        loop {
            self.frame(tiles);
            if done(self) {
                return;
            }
            assert!(Instant::now() < deadline, "{what} never came about: {:?}", self.tiles.status());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn show(&mut self, tiles: &[TileId]) {
        let all = tiles.len();
        let wanted = tiles.to_vec();
        self.frames_until(tiles, "the picture", move |map| map.frame(&wanted) == all);
    }

    pub fn trouble(&mut self, tiles: &[TileId]) -> String {
        self.frames_until(tiles, "the trouble", |map| {
            matches!(map.tiles.status(), TileStatus::Trouble { .. })
        });
        match self.tiles.status() {
            TileStatus::Trouble { message } => message,
            other => panic!("{other:?}"),
        }
    }

    /// Many frames in which whatever is due gets its chance; no time passes on the clock.
    pub fn linger(&mut self, tiles: &[TileId]) {
        for _ in 0..40 {
            self.frame(tiles);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

pub fn tile(zoom: u8, x: u32, y: u32) -> TileId {
    TileId { x, y, zoom }
}

pub const HERE: TileId = TileId { x: 615, y: 403, zoom: 10 };

pub fn png(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![120; (side * side * 3) as usize]).unwrap();
    drop(writer);
    bytes
}

pub fn picture() -> Answer {
    Answer::new(200, &png(256)).with("content-type", "image/png")
}
