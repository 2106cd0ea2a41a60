//! A base map made of tiles: what walkers draws, what is wanted, what is missing, and in what state it is.
//!
//! Floor 4. Lives on the window's thread and never waits there, except in `wait_until_settled`.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use walkers::sources::Attribution;
use walkers::{TileId, TilePiece, Tiles};

use super::choice::{BasemapChoice, Credit, XyzSource, is_osm_tile_host};
use super::clock::Clock;
use super::disk_cache::DiskCache;
use super::error::TileError;
use super::key::{TileKey, ancestor, is_on_the_map, part_of};
use super::labels::{BasemapText, VECTOR_TILE_POINTS, world_rect};
use super::loader::{Job, Load, Report, Workers};
use super::online::OnlineLoader;
use super::pack::{Pack, PackLoader};
use super::services::TileServices;
use super::shelf::{Existence, MAX_SHELF_BYTES, Record, Shelf};
use super::vector::VectorStyle;
use crate::coords::WorldRect;

/// Requests at a time that OpenStreetMap's servers are asked for.
const OSM_PARALLEL: usize = 2;
/// Requests at a time that other servers are asked for.
const OTHER_PARALLEL: usize = 6;
const PACK_WORKERS: usize = 4;
const RASTER_TILE_POINTS: u32 = 256;
/// The style is not asked for deeper zooms than this.
const MAX_STYLE_ZOOM: u8 = 20;

/// In what state a base map is, for the status bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TileStatus {
    /// Everything on the screen is there.
    Idle,
    /// Tiles are on their way.
    Loading {
        /// How many.
        pending: usize,
    },
    /// Working offline; what is stored is shown.
    Offline {
        /// How many tiles on the screen are not stored.
        missing: usize,
    },
    /// Something is wrong.
    Trouble {
        /// What, in words.
        message: String,
    },
}

/// A base map of tiles, online or from a pack; give it to walkers' `Map` and call [`Self::finish_frame`] after.
pub struct BasemapTiles {
    services: TileServices,
    workers: Workers,
    shelf: Shelf,
    is_online: bool,
    has_disk: bool,
    is_vector: bool,
    name: String,
    credit: Credit,
    zooms: std::ops::RangeInclusive<u8>,
    /// Asked for since the last finished frame.
    asked: Vec<TileId>,
    /// Asked for in the last finished frame, best first.
    wanted: Vec<TileId>,
    /// The texts of what was drawn, with the ground on which they count.
    drawing: Vec<(Arc<[BasemapText]>, WorldRect)>,
    drawn: Vec<(Arc<[BasemapText]>, WorldRect)>,
}

impl BasemapTiles {
    /// The base map that the user chose; `None` where the bundled one is all. A pack is drawn in `style`.
    pub fn open(
        choice: &BasemapChoice,
        style: VectorStyle,
        services: &TileServices,
    ) -> Result<Option<Self>, TileError> {
        match choice {
            BasemapChoice::BundledOnly => Ok(None),
            BasemapChoice::OpenStreetMap => Self::online(&XyzSource::openstreetmap(), services).map(Some),
            BasemapChoice::Xyz(source) => Self::online(source, services).map(Some),
            BasemapChoice::Pack { path } => Ok(Some(Self::pack(Pack::open(path)?, style, services))),
        }
    }

    /// Raster tiles from a server. Nothing is fetched before a tile is drawn.
    pub fn online(source: &XyzSource, services: &TileServices) -> Result<Self, TileError> {
        source.check()?;
        let osm = is_osm_tile_host(&source.template);
        let network = services.network.clone();
        if osm && network.is_headless() {
            return Err(TileError::HeadlessOsm);
        }
        for tile in (0..3).map(|x| TileId { x, y: 0, zoom: 2 }) {
            network.offline().allow_private(source.tile_url(tile)?.host_str().unwrap_or_default());
        }
        let folder = services.cache_folder.as_deref();
        let clearings = services.clearings().clone();
        let disk =
            folder.map(|folder| DiskCache::new(folder, &source.template, services.cache_bytes, clearings));
        let has_disk = disk.is_some();
        let load = OnlineLoader { source: source.clone(), network, disk, ctx: services.ctx.clone() };
        let threads = if osm { OSM_PARALLEL } else { OTHER_PARALLEL };
        let mut tiles = Self::with_loader(Arc::new(load), threads, services);
        tiles.is_online = true;
        tiles.has_disk = has_disk;
        tiles.name.clone_from(&source.name);
        tiles.credit = source.credit.clone();
        tiles.zooms = 0..=source.max_zoom;
        Ok(tiles)
    }

    /// Tiles from a file on disk; `style` counts for vector packs.
    pub fn pack(pack: Pack, style: VectorStyle, services: &TileServices) -> Self {
        let info = pack.info().clone();
        let load = PackLoader { pack, style, ctx: services.ctx.clone() };
        let mut tiles = Self::with_loader(Arc::new(load), PACK_WORKERS, services);
        tiles.is_vector = info.is_vector;
        tiles.name = info.name;
        tiles.credit = info.credit;
        tiles.zooms = info.zooms;
        tiles
    }

    fn with_loader(load: Arc<dyn Load>, threads: usize, services: &TileServices) -> Self {
        Self {
            workers: Workers::start(threads, load, services.network.shared_clock(), &services.ctx),
            services: services.clone(),
            shelf: Shelf::default(),
            is_online: false,
            has_disk: false,
            is_vector: false,
            name: String::new(),
            credit: Credit::default(),
            zooms: 0..=0,
            asked: Vec::new(),
            wanted: Vec::new(),
            drawing: Vec::new(),
            drawn: Vec::new(),
        }
    }

    /// What the user calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whom to credit on the map, for as long as it is shown.
    pub fn credit(&self) -> &Credit {
        &self.credit
    }

    /// Whether its tiles are pictures with texts in them, so that the map need not write the same names again.
    pub fn has_painted_texts(&self) -> bool {
        !self.is_vector
    }

    /// Ends the frame: call once after walkers' `Map` was shown. Only what was drawn since the last call is fetched.
    pub fn finish_frame(&mut self) {
        self.receive(None);
        self.wanted = std::mem::take(&mut self.asked);
        if let Some(&center) = self.wanted.first() {
            // Walkers begins with the tile in the middle.
            let from_center = |tile: &TileId| {
                let (dx, dy) = (tile.x.abs_diff(center.x), tile.y.abs_diff(center.y));
                u64::from(dx).pow(2) + u64::from(dy).pow(2)
            };
            self.wanted.sort_by_key(from_center);
        }
        self.drawn = std::mem::take(&mut self.drawing);
        self.schedule();
        self.shelf.end_frame(MAX_SHELF_BYTES);
    }

    /// Forgets the pictures in memory. What is drawn next comes from the source again; no server is asked sooner than it
    /// would have been.
    pub fn forget_pictures(&mut self) {
        self.shelf.forget_pictures();
    }

    /// The texts of a vector base map that belong to the last finished frame, each once. All zooms: compare
    /// [`BasemapText::min_zoom`] with the map's.
    pub fn texts_drawn(&self) -> impl Iterator<Item = &BasemapText> {
        self.drawn.iter().flat_map(|(texts, ground)| texts.iter().filter(|text| holds(*ground, text)))
    }

    /// In what state it is, by the last finished frame.
    pub fn status(&self) -> TileStatus {
        let missing = self.wanted.iter().filter(|&&tile| self.is_missing(tile)).count();
        if self.is_offline() {
            return TileStatus::Offline { missing };
        }
        let of_a_tile = || {
            let records = self.wanted.iter().filter_map(|&tile| self.shelf.get(self.key_of(tile)?));
            records.filter(|record| record.is_missing()).find_map(|record| record.trouble.as_ref())
        };
        if let Some(trouble) = self.shelf.server_trouble.as_ref().or_else(of_a_tile) {
            return TileStatus::Trouble { message: trouble.to_string() };
        }
        if missing > 0 { TileStatus::Loading { pending: missing } } else { TileStatus::Idle }
    }

    /// Waits until the tiles of the last finished frame are there or cannot come before the time is over, and
    /// returns how many are missing. For pictures without a window: draw, finish, wait, and draw again.
    pub fn wait_until_settled(&mut self, patience: Duration) -> usize {
        let deadline = Instant::now() + patience;
        loop {
            self.schedule();
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || !self.wanted.iter().any(|&tile| self.may_come_within(tile, left)) {
                return self.wanted.iter().filter(|&&tile| self.is_missing(tile)).count();
            }
            self.receive(Some(left.min(Duration::from_millis(50))));
        }
    }

    fn is_offline(&self) -> bool {
        self.is_online && self.services.network.offline().is_offline()
    }

    fn clock(&self) -> &dyn Clock {
        self.services.network.clock()
    }

    fn is_missing(&self, tile: TileId) -> bool {
        self.key_of(tile).is_some_and(|key| self.shelf.get(key).is_none_or(Record::is_missing))
    }

    fn may_come_within(&self, tile: TileId, left: Duration) -> bool {
        let Some(record) = self.key_of(tile).and_then(|key| self.shelf.get(key)) else { return false };
        let due = record.retry.due_at().max(self.shelf.server.due_at());
        let in_time = due <= self.clock().elapsed() + left && !self.is_offline();
        record.is_missing() && (in_time || self.disk_is_unread(record))
    }

    fn disk_is_unread(&self, record: &Record) -> bool {
        self.has_disk && !record.disk_read
    }

    /// The tile of the source that is drawn for `tile`; `None` where the source has none.
    fn key_of(&self, tile: TileId) -> Option<TileKey> {
        if tile.zoom < *self.zooms.start() || !is_on_the_map(tile) {
            return None;
        }
        let key = self.key_with_data(ancestor(tile, *self.zooms.end()), tile.zoom);
        match self.shelf.get(key).map(|record| record.existence) {
            Some(Existence::StandIn(above)) => Some(self.key_with_data(above, tile.zoom)),
            Some(Existence::Nothing) => None,
            _ => Some(key),
        }
    }

    fn key_with_data(&self, data: TileId, zoom: u8) -> TileKey {
        let style_zoom = if self.is_vector { zoom.min(MAX_STYLE_ZOOM).max(data.zoom) } else { data.zoom };
        TileKey { tile: data, style_zoom }
    }

    /// The tile itself, then the same data drawn for other zooms, then the ones above it.
    fn stand_ins(&self, key: TileKey) -> impl Iterator<Item = TileKey> + use<> {
        let data = key.tile;
        let restyled = (data.zoom..key.style_zoom).rev().chain(key.style_zoom + 1..=MAX_STYLE_ZOOM);
        let restyled = restyled.map(move |style_zoom| TileKey { tile: data, style_zoom });
        let restyled = restyled.take_while({
            let is_vector = self.is_vector;
            move |_| is_vector
        });
        let above = (0..data.zoom).rev().map(move |zoom| TileKey::plain(ancestor(data, zoom)));
        std::iter::once(key).chain(restyled).chain(above)
    }

    fn receive(&mut self, patience: Option<Duration>) {
        for report in self.workers.reports(patience) {
            if let Report::Outcome { key, started, outcome } = report {
                let now = self.services.network.clock().elapsed();
                self.shelf.take_in(key, started, now, outcome);
            }
        }
    }

    /// Lists for the workers what the last frame lacks, and asks to be drawn again when a pause is over.
    fn schedule(&mut self) {
        let now = self.clock().elapsed();
        // A server in trouble is asked for one tile at a time, until it is well.
        let mut asks_left = match self.shelf.server.is_troubled() {
            true => 1_usize.saturating_sub(self.workers.busy()),
            false => usize::MAX,
        };
        // Deep in, several tiles on the screen are parts of one.
        let mut seen = HashSet::new();
        let keys = self.wanted.iter().filter_map(|&tile| self.key_of(tile));
        let keys: Vec<TileKey> = keys.filter(|&key| seen.insert(key)).collect();
        let (mut missing, mut stale) = (Vec::new(), Vec::new());
        for &key in &keys {
            let Some(job) = self.job_for(key, now, asks_left > 0) else { continue };
            asks_left -= usize::from(job.ask_server);
            let list = if self.shelf.record(key).is_missing() { &mut missing } else { &mut stale };
            list.push(job);
        }
        missing.append(&mut stale);
        self.workers.replace(missing);
        self.wake_when_due(&keys, now);
    }

    /// What has to be done for a tile on the screen; `None` where it is there, or its time has not come.
    fn job_for(&mut self, key: TileKey, now: Duration, may_ask: bool) -> Option<Job> {
        let reachable = may_ask && !self.is_offline() && self.shelf.server.is_due(now);
        let (wall, has_disk) = (self.clock().wall(), self.has_disk);
        let record = self.shelf.record(key);
        let ask_server = reachable && record.retry.is_due(now);
        if record.is_missing() {
            let read_disk = has_disk && !record.disk_read;
            return (read_disk || ask_server).then_some(Job { key, read_disk, ask_server });
        }
        (ask_server && record.is_stale(now, wall)).then_some(Job { key, read_disk: false, ask_server })
    }

    fn wake_when_due(&self, keys: &[TileKey], now: Duration) {
        if self.is_offline() {
            return;
        }
        let server_due = self.shelf.server.due_at();
        let missing = keys.iter().filter_map(|&key| self.shelf.get(key)).filter(|record| record.is_missing());
        let dues = missing.map(|record| record.retry.due_at().max(server_due));
        if let Some(due) = dues.filter(|&due| due > now).min() {
            self.services.ctx.request_repaint_after(due.saturating_sub(now));
        }
    }
}

/// Half open: a text on the border of two tiles belongs to one of them.
fn holds(ground: WorldRect, text: &BasemapText) -> bool {
    let inside = |at: f64, min: f64, max: f64| at >= min && at < max;
    inside(text.at.x, ground.min.x, ground.max.x) && inside(text.at.y, ground.min.y, ground.max.y)
}

impl Tiles for BasemapTiles {
    fn at(&mut self, tile: TileId) -> Option<TilePiece> {
        if self.asked.is_empty() {
            self.receive(None);
        }
        let key = self.key_of(tile)?;
        self.asked.push(tile);
        for candidate in self.stand_ins(key) {
            if let Some(loaded) = self.shelf.use_picture(candidate) {
                let piece = TilePiece::new(loaded.tile.clone(), part_of(candidate.tile, tile));
                if !loaded.texts.is_empty() {
                    self.drawing.push((loaded.texts.clone(), world_rect(tile)));
                }
                return Some(piece);
            }
        }
        None
    }

    /// Empty: walkers asks for texts that live as long as the program; ours is [`BasemapTiles::credit`].
    fn attribution(&self) -> Attribution {
        Attribution { text: "", url: "", logo_light: None, logo_dark: None }
    }

    fn tile_size(&self) -> u32 {
        if self.is_vector { VECTOR_TILE_POINTS } else { RASTER_TILE_POINTS }
    }
}
