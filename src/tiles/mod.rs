//! Basemap tiles: online, PMTiles; fetch, retry, cache and the offline switch. The only HTTP.
//!
//! Floor 4. Knows of the program's other modules only where things are ([`crate::coords`]).
//!
//! The window's thread owns a [`BasemapTiles`]: it hands walkers what is there, notes what was asked for, and at
//! the end of a frame lists what is missing, nearest to the middle first. Worker threads take from that list, read
//! disk or server, decode, and report back; they share nothing else. Whatever goes out passes [`Network`], which
//! asks the [`OfflineSwitch`] before every request.

mod basemap;
mod cache_folder;
mod choice;
mod clock;
mod contacts;
mod disk_cache;
mod error;
mod freshness;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod key;
mod labels;
mod loader;
mod mvt;
mod network;
mod offline;
mod online;
mod pack;
mod picture;
mod pmtiles;
mod protobuf;
mod redirects;
mod retry;
mod services;
mod shelf;
mod vector;

pub use basemap::{BasemapTiles, TileStatus};
pub use cache_folder::{CacheSize, Cleared, TileCache};
pub use choice::{BasemapChoice, Credit, DEFAULT_MAX_ZOOM, XyzSource, is_osm_tile_host, refuse_headless};
pub use clock::{Clock, SystemClock};
pub use contacts::ContactedHost;
pub use disk_cache::DEFAULT_CACHE_BYTES;
pub use error::{PackError, TileError};
pub use freshness::DEFAULT_LIFETIME;
pub use labels::BasemapText;
pub use network::{MAX_REDIRECTS, MAX_TILE_BYTES, Network, Patience, SLOWEST_PACE, USER_AGENT};
pub use offline::OfflineSwitch;
pub use pack::{Pack, PackInfo};
pub use picture::MAX_TILE_SIDE;
pub use pmtiles::{
    MAX_DIRECTORY_DEPTH, MAX_DIRECTORY_PACKED, MAX_DIRECTORY_UNPACKED, MAX_METADATA_BYTES, MAX_TILE_PACKED,
    MAX_TILE_UNPACKED,
};
pub use retry::{FIRST_PAUSE, LONGEST_PAUSE, LONGEST_RETRY_AFTER, REFUSAL_PAUSE};
pub use services::TileServices;
pub use vector::VectorStyle;
