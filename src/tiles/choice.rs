//! Which base map the user chose, and what a chosen tile server may be asked.
//!
//! Floor 4. Opens nothing: it only reads and checks what was typed.

use std::path::PathBuf;

use url::Url;
use walkers::TileId;

use super::TileError;

/// The base map over which the layers lie. The bundled one is always underneath.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum BasemapChoice {
    /// Only what comes with the program; nothing is fetched.
    #[default]
    BundledOnly,
    /// OpenStreetMap's own raster tiles.
    OpenStreetMap,
    /// Raster tiles of another server.
    Xyz(XyzSource),
    /// A PMTiles file on disk.
    Pack {
        /// Where the file lies.
        path: PathBuf,
    },
}

/// A server of raster tiles, named by its URL template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XyzSource {
    /// What the user calls it.
    pub name: String,
    /// `https://host/{z}/{x}/{y}.png`; `{-y}` counts rows from the south (TMS), `{s}` is one of a, b, c.
    pub template: String,
    /// Whom to credit on the map; plain text.
    pub credit: Credit,
    /// The deepest zoom the server has; beyond it the map enlarges these tiles.
    pub max_zoom: u8,
}

/// A credit that stands on the map for as long as its base map does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credit {
    /// The words, as the licence asks for them.
    pub text: String,
    /// Where they lead; http or https only.
    pub url: Option<String>,
}

/// The deepest zoom of OpenStreetMap's own tiles, and a fair guess for other servers.
pub const DEFAULT_MAX_ZOOM: u8 = 19;

const OSM_HOST: &str = "tile.openstreetmap.org";
/// The same servers by their short name.
const OSM_SHORT_HOST: &str = "tile.osm.org";

impl XyzSource {
    /// OpenStreetMap's raster tiles, under the address and the credit that their policy asks for.
    pub fn openstreetmap() -> Self {
        Self {
            name: "OpenStreetMap".to_owned(),
            template: format!("https://{OSM_HOST}/{{z}}/{{x}}/{{y}}.png"),
            credit: Credit {
                text: "© OpenStreetMap contributors".to_owned(),
                url: Some("https://www.openstreetmap.org/copyright".to_owned()),
            },
            max_zoom: DEFAULT_MAX_ZOOM,
        }
    }

    /// A server known by its template alone: its host is its name and, until the user says better, its credit.
    pub fn from_template(template: &str) -> Result<Self, TileError> {
        if is_osm_tile_host(template) {
            return Ok(Self::openstreetmap());
        }
        let host = checked_url(template)?.host_str().unwrap_or_default().to_owned();
        Ok(Self {
            name: host.clone(),
            template: template.to_owned(),
            credit: Credit { text: format!("Map tiles: {host}"), url: None },
            max_zoom: DEFAULT_MAX_ZOOM,
        })
    }

    /// The address of one tile.
    pub fn tile_url(&self, tile: TileId) -> Result<Url, TileError> {
        let address = filled(&self.template, tile);
        Url::parse(&address)
            .map_err(|_| TileError::Template { template: self.template.clone(), why: "not a URL" })
    }

    /// Whether tiles can be asked for with this template at all.
    pub fn check(&self) -> Result<(), TileError> {
        checked_url(&self.template).map(drop)
    }
}

fn filled(template: &str, tile: TileId) -> String {
    filled_with(template, tile, ["a", "b", "c"][((tile.x ^ tile.y) % 3) as usize])
}

fn filled_with(template: &str, tile: TileId, subdomain: &str) -> String {
    let rows = 1_u64 << tile.zoom.min(31);
    let row_from_south = rows - 1 - u64::from(tile.y).min(rows - 1);
    template
        .replace("{z}", &tile.zoom.to_string())
        .replace("{x}", &tile.x.to_string())
        .replace("{y}", &tile.y.to_string())
        .replace("{-y}", &row_from_south.to_string())
        .replace("{s}", subdomain)
}

fn checked_url(template: &str) -> Result<Url, TileError> {
    let wrong = |why| TileError::Template { template: template.to_owned(), why };
    let has_row = template.contains("{y}") || template.contains("{-y}");
    if !(template.contains("{z}") && template.contains("{x}") && has_row) {
        return Err(wrong("it needs {z}, {x} and {y}"));
    }
    let [url, other] = [TileId { x: 0, y: 0, zoom: 0 }, TileId { x: 2_000_000, y: 1_000_000, zoom: 21 }]
        .map(|tile| Url::parse(&filled_with(template, tile, "a")));
    let url = url.map_err(|_| wrong("it is not a URL"))?;
    let origin = |url: &Url| (url.host().map(|host| host.to_owned()), url.port());
    if other.map_or(true, |other| origin(&other) != origin(&url)) {
        return Err(wrong("only {s} may stand before the path"));
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("only http and https are fetched"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("it names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("a user name in the address is not sent"));
    }
    Ok(url)
}

/// Whether a URL or URL template leads to OpenStreetMap's own tile servers, whose policy is stricter than others'.
pub fn is_osm_tile_host(url_or_template: &str) -> bool {
    let address = filled(url_or_template, TileId { x: 0, y: 0, zoom: 0 });
    Url::parse(&address).is_ok_and(|url| is_osm_url(&url))
}

pub(super) fn is_osm_url(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    let under =
        |name: &str| host.strip_suffix(name).is_some_and(|front| front.is_empty() || front.ends_with('.'));
    under(OSM_HOST) || under(OSM_SHORT_HOST)
}

/// Says no where a command without a window would fetch from OpenStreetMap's tile servers: their policy forbids it.
pub fn refuse_headless(url_or_template: &str) -> Result<(), TileError> {
    if is_osm_tile_host(url_or_template) { Err(TileError::HeadlessOsm) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile() -> TileId {
        TileId { x: 19, y: 12, zoom: 5 }
    }

    fn source(template: &str) -> XyzSource {
        XyzSource { template: template.to_owned(), ..XyzSource::openstreetmap() }
    }

    #[test]
    fn the_openstreetmap_address_is_exactly_the_policys() {
        let url = XyzSource::openstreetmap().tile_url(tile()).unwrap();
        assert_eq!(url.as_str(), "https://tile.openstreetmap.org/5/19/12.png");
    }

    #[test]
    fn tms_rows_count_from_the_south_and_subdomains_are_filled_in() {
        let url = source("https://{s}.example.org/{z}/{x}/{-y}.png").tile_url(tile()).unwrap();
        assert_eq!(url.as_str(), "https://b.example.org/5/19/19.png");
    }

    #[test]
    fn templates_that_lead_nowhere_or_off_the_web_are_refused() {
        for wrong in [
            "",
            "https://example.org/tiles.png",
            "https://example.org/{z}/{x}.png",
            "file:///etc/{z}/{x}/{y}",
            "ftp://example.org/{z}/{x}/{y}",
            "javascript:{z}{x}{y}",
            "//example.org/{z}/{x}/{y}",
            "https://me:secret@example.org/{z}/{x}/{y}",
            // Another host for each tile.
            "https:9.955{x}/{z}/{x}/{y}",
            "https://{x}.example.org/{z}/{x}/{y}",
            "https://example.org:{z}/{z}/{x}/{y}",
        ] {
            assert!(source(wrong).check().is_err(), "{wrong:?} was taken");
        }
    }

    #[test]
    fn openstreetmaps_hosts_are_known_in_every_spelling() {
        for host in [
            "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
            "http://TILE.OpenStreetMap.org./1/2/3.png",
            "https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png",
            "https://tile.openstreetmap.org:443/{z}/{x}/{y}.png",
            "https://a.tile.osm.org/{z}/{x}/{y}.png",
        ] {
            assert!(is_osm_tile_host(host), "{host}");
            assert!(refuse_headless(host).is_err(), "{host}");
        }
        for host in
            ["https://nottile.openstreetmap.org.example.com/{z}/{x}/{y}", "https://example.org/{z}/{x}/{y}"]
        {
            assert!(!is_osm_tile_host(host), "{host}");
        }
        assert!(!is_osm_tile_host("https://eviltile.openstreetmap.org/1/2/3.png"));
    }
}
