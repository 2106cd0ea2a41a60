//! Gets a raster tile from disk or server, as the tile policy asks.
//!
//! Floor 4. Runs on worker threads.

use std::time::{Duration, SystemTime};

use eframe::egui::Context;
use ureq::http::{HeaderMap, header};
use url::Url;
use walkers::TileId;

use super::choice::XyzSource;
use super::disk_cache::{DiskCache, StoredTile, TileHeader};
use super::error::Trouble;
use super::freshness::{freshness, speaks_of_age};
use super::loader::{Job, Load, Loaded, Outcome};
use super::network::{Network, Reply, Validators};
use super::picture::decode_picture;

/// Reads and fetches the tiles of one server.
pub(super) struct OnlineLoader {
    pub source: XyzSource,
    pub network: Network,
    pub disk: Option<DiskCache>,
    pub ctx: Context,
}

/// One tile that is asked for.
#[derive(Clone, Copy)]
struct Asked<'a> {
    tile: TileId,
    url: &'a Url,
    /// How often the stored tiles had been cleared by then.
    seen: u64,
}

impl Load for OnlineLoader {
    fn load(&self, job: Job, report: &mut dyn FnMut(Outcome)) {
        let tile = job.key.tile;
        let Ok(url) = self.source.tile_url(tile) else {
            return report(Outcome::NoSuchTile);
        };
        let now = self.network.clock().wall();
        let seen = self.disk.as_ref().map_or(0, DiskCache::clearings);
        let stored = self.disk.as_ref().and_then(|disk| disk.read(tile, url.as_str(), now));
        // A tile that was shown before and is asked for anew needs the stored one only for its validators.
        let drawn = !job.read_disk || stored.as_ref().is_some_and(|stored| self.show(stored, report));
        if !drawn && job.read_disk {
            report(Outcome::NotOnDisk);
        }
        let fresh =
            job.read_disk && drawn && stored.as_ref().is_some_and(|stored| stored.header.expires() > now);
        if fresh || !job.ask_server {
            return;
        }
        if let Err(trouble) = self.fetch(Asked { tile, url: &url, seen }, stored.filter(|_| drawn), report) {
            report(Outcome::Trouble(trouble));
        }
    }
}

impl OnlineLoader {
    /// Whether the stored tile could be drawn.
    fn show(&self, stored: &StoredTile, report: &mut dyn FnMut(Outcome)) -> bool {
        let decoded = self.decode(&stored.body);
        let drawn = decoded.is_ok();
        if let Ok(loaded) = decoded {
            report(Outcome::Picture { loaded, expires: Some(stored.header.expires()), from_source: false });
        }
        drawn
    }

    fn fetch(
        &self,
        asked: Asked<'_>,
        stored: Option<StoredTile>,
        report: &mut dyn FnMut(Outcome),
    ) -> Result<(), Trouble> {
        let known = stored.as_ref().map(|stored| stored.header.validators()).unwrap_or_default();
        let why = format!("map tiles of {}", self.source.name);
        let reply = self.network.get(asked.url, &known, &why)?;
        let now = self.network.clock().wall();
        match (reply, stored) {
            (Reply::Fetched { headers, body, host }, _) => {
                let decoded = self.decode(&body);
                let loaded = decoded.inspect_err(|trouble| self.network.note_useless(&host, trouble))?;
                let expires = self.store_new(asked, &headers, &body, now);
                report(Outcome::Picture { loaded, expires: Some(expires), from_source: true });
            }
            (Reply::NotModified(headers), Some(stored)) => {
                report(Outcome::StillGood { expires: self.renew(asked, &headers, stored, now) });
            }
            (Reply::NotModified(_), None) => {
                return Err(Trouble::Picture("\"not modified\", but there was nothing to modify".to_owned()));
            }
        }
        Ok(())
    }

    fn decode(&self, bytes: &[u8]) -> Result<Loaded, Trouble> {
        let max_side = self.ctx.input(|input| input.max_texture_side);
        decode_picture(bytes, max_side).map(|image| Loaded::from_picture(image, &self.ctx))
    }

    fn store_new(&self, asked: Asked<'_>, headers: &HeaderMap, body: &[u8], now: SystemTime) -> SystemTime {
        let freshness = freshness(headers, now);
        let expires = now + freshness.lifetime;
        if freshness.storable {
            let header = TileHeader::new(
                asked.url.as_str(),
                body,
                expires,
                freshness.lifetime,
                validators_in(headers),
            );
            self.store(asked, &header, body, now);
        }
        expires
    }

    fn renew(
        &self,
        asked: Asked<'_>,
        headers: &HeaderMap,
        stored: StoredTile,
        now: SystemTime,
    ) -> SystemTime {
        let old = stored.header;
        let lifetime = if speaks_of_age(headers) {
            freshness(headers, now).lifetime
        } else {
            Duration::from_secs(old.lifetime_s)
        };
        let new = validators_in(headers);
        let known = Validators {
            etag: new.etag.or(old.etag),
            last_modified: new.last_modified.or(old.last_modified),
        };
        let expires = now + lifetime;
        let header = TileHeader::new(&old.url, &stored.body, expires, lifetime, known);
        self.store(asked, &header, &stored.body, now);
        expires
    }

    /// A full or read-only disk costs the cache, not the map.
    fn store(&self, asked: Asked<'_>, header: &TileHeader, body: &[u8], now: SystemTime) {
        if let Some(disk) = &self.disk {
            let _ = disk.write(asked.tile, header, body, now, asked.seen);
        }
    }
}

fn validators_in(headers: &HeaderMap) -> Validators {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Validators { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) }
}
