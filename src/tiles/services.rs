//! What every base map needs of the program around it: somebody to wake, a door to the network, a place on disk.
//!
//! Floor 4.

use std::path::PathBuf;

use eframe::egui::Context;

use super::cache_folder::{Clearings, TileCache};
use super::disk_cache::DEFAULT_CACHE_BYTES;
use super::network::Network;

/// What every base map needs of the program around it.
#[derive(Clone)]
pub struct TileServices {
    /// Whom to wake when a tile arrives, and where pictures are put.
    pub ctx: Context,
    /// The door to the network.
    pub network: Network,
    /// Where fetched tiles are kept; `None` keeps none.
    pub cache_folder: Option<PathBuf>,
    /// How much of the disk they may take.
    pub cache_bytes: u64,
    clearings: Clearings,
}

impl TileServices {
    /// Services without a tile cache on disk.
    pub fn new(ctx: Context, network: Network) -> Self {
        Self {
            ctx,
            network,
            cache_folder: None,
            cache_bytes: DEFAULT_CACHE_BYTES,
            clearings: Clearings::default(),
        }
    }

    /// Keeps fetched tiles in this folder.
    #[must_use]
    pub fn with_cache(mut self, folder: PathBuf) -> Self {
        self.cache_folder = Some(folder);
        self
    }

    /// What is kept of fetched tiles, for whoever counts or clears it.
    pub fn cache(&self) -> Option<TileCache> {
        self.cache_folder.clone().map(|folder| TileCache::new(folder, self.clearings.clone()))
    }

    /// How often the stored tiles were cleared.
    pub(super) fn clearings(&self) -> &Clearings {
        &self.clearings
    }
}
