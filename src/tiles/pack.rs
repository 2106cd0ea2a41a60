//! A PMTiles file as a base map: what it says of itself, and its tiles made ready.
//!
//! Floor 4.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::choice::Credit;
use super::error::{PackError, TileError, Trouble};
use super::key::{TileKey, ancestor};
use super::loader::{Job, Load, Loaded, Outcome};
use super::picture::decode_picture;
use super::pmtiles::{PmTiles, TileKind};
use super::vector::{VectorStyle, draw_vector};
use crate::coords::Extent;

/// An open PMTiles file. Cheap to clone; the file is opened once.
#[derive(Clone)]
pub struct Pack {
    file: Arc<PmTiles>,
    info: PackInfo,
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct PackInfo {
    /// Its title, or the name of its file.
    pub name: String,
    /// Whom to credit; plain text, no markup.
    pub credit: Credit,
    /// The zoom levels it has tiles for; beyond the deepest they are enlarged.
    pub zooms: std::ops::RangeInclusive<u8>,
    /// The ground it covers.
    pub extent: Extent,
    /// Whether it is drawn by a style and brings texts.
    pub is_vector: bool,
    /// The names of its vector layers.
    pub vector_layers: Vec<String>,
}

impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pack").field("info", &self.info).finish_non_exhaustive()
    }
}

impl Pack {
    /// Opens a file and reads what it says of itself. Blocks for as long as the disk does.
    pub fn open(path: &Path) -> Result<Self, TileError> {
        let failed = |source: PackError| TileError::Pack { path: path.to_owned(), source };
        let file = PmTiles::open(path).map_err(failed)?;
        let info = info(&file, path);
        Ok(Self { file: Arc::new(file), info })
    }

    /// What it says of itself.
    pub fn info(&self) -> &PackInfo {
        &self.info
    }
}

/// A pack without a readable description is still a map: name and extent come from elsewhere.
fn info(file: &PmTiles, path: &Path) -> PackInfo {
    let json = file.metadata().ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let json = json.unwrap_or(Value::Null);
    let text =
        |key: &str| json.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let [west, south, east, north] = file.header.bounds_deg;
    let layers = json.get("vector_layers").and_then(Value::as_array).into_iter().flatten();
    let layer_name = |layer: &Value| layer.get("id").and_then(Value::as_str).map(str::to_owned);
    PackInfo {
        name: text("name").map_or_else(|| file_stem(path), str::to_owned),
        credit: text("attribution").map(credit_from_html).unwrap_or_default(),
        zooms: file.header.min_zoom..=file.header.max_zoom,
        extent: Extent::new(west, south, east, north),
        is_vector: file.header.kind == TileKind::Vector,
        vector_layers: layers.filter_map(layer_name).collect(),
    }
}

fn file_stem(path: &Path) -> String {
    PathBuf::from(path).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Attributions are written as HTML; only the words and the first web address are taken.
fn credit_from_html(html: &str) -> Credit {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars().take(2000) {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag && !c.is_control() => text.push(c),
            _ => {}
        }
    }
    let text = ["&copy;", "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;"]
        .iter()
        .zip(["©", "&", "<", ">", "\"", " "])
        .fold(text, |text, (entity, letter)| text.replace(entity, letter));
    let link =
        html.split(['"', '\'', ' ']).find(|word| word.starts_with("https://") || word.starts_with("http://"));
    Credit { text: text.split_whitespace().collect::<Vec<_>>().join(" "), url: link.map(str::to_owned) }
}

/// Reads and draws the tiles of a pack.
pub(super) struct PackLoader {
    pub pack: Pack,
    pub style: VectorStyle,
    pub ctx: eframe::egui::Context,
}

impl Load for PackLoader {
    fn load(&self, job: Job, report: &mut dyn FnMut(Outcome)) {
        let outcome = match self.pack.file.tile(job.key.tile) {
            Ok(Some(bytes)) => self.ready(&bytes, job.key),
            Ok(None) => self.stand_in(job.key),
            Err(error) => Outcome::Trouble(trouble_of(&error)),
        };
        report(outcome);
    }
}

impl PackLoader {
    fn ready(&self, bytes: &[u8], key: TileKey) -> Outcome {
        let loaded = if self.pack.info.is_vector {
            draw_vector(bytes, key.tile, key.style_zoom, &self.style).map(Loaded::from_vector)
        } else {
            let max_side = self.ctx.input(|input| input.max_texture_side);
            decode_picture(bytes, max_side).map(|image| Loaded::from_picture(image, &self.ctx))
        };
        match loaded {
            Ok(loaded) => Outcome::Picture { loaded, expires: None, from_source: true },
            Err(trouble) => Outcome::Trouble(trouble),
        }
    }

    /// Packs may have deep tiles in some places only: elsewhere the nearest one above is enlarged.
    fn stand_in(&self, key: TileKey) -> Outcome {
        let lowest = *self.pack.info.zooms.start();
        let above = (lowest..key.tile.zoom).rev().map(|zoom| ancestor(key.tile, zoom));
        let found = above.map(|tile| self.pack.file.has(tile).map(|has| has.then_some(tile)));
        for found in found {
            match found {
                Ok(Some(tile)) => return Outcome::StandIn(tile),
                Ok(None) => {}
                Err(error) => return Outcome::Trouble(trouble_of(&error)),
            }
        }
        Outcome::NoSuchTile
    }
}

fn trouble_of(error: &PackError) -> Trouble {
    match error {
        PackError::Io(cause) => Trouble::Pack { words: format!("{error}: {cause}"), may_pass: true },
        _ => Trouble::Pack { words: error.to_string(), may_pass: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_words_and_a_web_address_never_markup() {
        let html =
            r#"<a href="https://openmaptiles.org/">&copy; OpenMapTiles</a> <script>x</script>&copy; OSM"#;
        let credit = credit_from_html(html);
        assert_eq!(credit.text, "© OpenMapTiles x© OSM");
        assert_eq!(credit.url.as_deref(), Some("https://openmaptiles.org/"));
        assert_eq!(credit_from_html("<a href='javascript:alert(1)'>me</a>").url, None);
    }
}
