//! Basemap tiles: online, PMTiles; fetch, retry, cache and the offline switch. The only HTTP.
//!
//! Floor 4.
