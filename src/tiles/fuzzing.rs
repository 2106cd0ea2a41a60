//! What fuzzing and tests ask of the readers of packs, tiles, styles and servers' words, none of which is public.
//!
//! Floor 4. Only in builds for tests and for fuzzing. Each function panics where something is not as it must be.

use std::path::Path;
use std::time::{Duration, SystemTime};

use ureq::http::{HeaderMap, HeaderName, HeaderValue};
use walkers::TileId;

use super::disk_cache::read_tile;
use super::freshness::{LONGEST_LIFETIME, freshness, retry_after};
use super::mvt::{MAX_TILE_VERTICES, read_mvt};
use super::picture::{MAX_TILE_SIDE, decode_picture};
use super::pmtiles::{MAX_METADATA_BYTES, MAX_TILE_UNPACKED, PmTiles, parse_directory};
use super::vector::draw_vector;
use super::{Pack, VectorStyle, XyzSource, refuse_headless};

/// Where tiles are looked for in a pack: the corners of some zoom levels.
const ZOOMS: [u8; 5] = [0, 1, 2, 12, 26];

/// A pack as a file: opened, described, and asked for some of its tiles.
pub fn pack_is_read(path: &Path) {
    let Ok(pack) = Pack::open(path) else { return };
    let info = pack.info();
    assert!(info.zooms.start() <= info.zooms.end() && !format!("{info:?}").is_empty());
    let Ok(file) = PmTiles::open(path) else { return };
    assert!(file.metadata().map_or(0, |bytes| bytes.len() as u64) <= MAX_METADATA_BYTES);
    for zoom in ZOOMS {
        let last = (1_u32 << zoom) - 1;
        for (x, y) in [(0, 0), (last, last), (last / 2, last / 3)] {
            let tile = TileId { x, y, zoom };
            let has = file.has(tile);
            if let Ok(Some(bytes)) = file.tile(tile) {
                assert!(matches!(has, Ok(true)) && bytes.len() as u64 <= MAX_TILE_UNPACKED);
            }
        }
    }
}

/// One directory of a pack, unpacked: its tiles are in their order, and it lists no more than it has bytes for.
pub fn directory_is_read(bytes: &[u8]) {
    let Ok(entries) = parse_directory(bytes) else { return };
    assert!(4 * entries.len() <= bytes.len());
    assert!(entries.is_sorted_by(|one, next| one.tile < next.tile));
}

/// A vector tile: read, and drawn by a style.
pub fn vector_tile_is_drawn(bytes: &[u8], style: &VectorStyle) {
    if let Ok(layers) = read_mvt(bytes, 256.0, |_| true) {
        let features: usize = layers.iter().map(|layer| layer.features.len()).sum();
        assert!(features <= bytes.len() && features <= MAX_TILE_VERTICES);
    }
    if let Ok(drawn) = draw_vector(bytes, TileId { x: 1, y: 1, zoom: 2 }, 2, style) {
        assert!(drawn.texts.iter().all(|text| !text.text.is_empty()));
    }
}

/// A raster tile.
pub fn picture_is_read(bytes: &[u8]) {
    if let Ok(picture) = decode_picture(bytes, MAX_TILE_SIDE as usize) {
        let [width, height] = picture.size;
        assert!(width.max(height) <= MAX_TILE_SIDE as usize && picture.pixels.len() == width * height);
    }
}

/// A tile as it lies in the cache folder.
pub fn stored_tile_is_read(path: &Path) {
    if let Ok(stored) = read_tile(path) {
        assert_eq!(stored.body.len(), stored.header.body_len);
        assert!(stored.header.expires() >= SystemTime::UNIX_EPOCH);
    }
}

/// The headers of an answer, a line each.
pub fn headers_are_read(text: &str) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_536_494_400);
    let mut headers = HeaderMap::new();
    for line in text.lines().take(20) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = HeaderName::from_bytes(name.trim().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value.trim())) {
            headers.append(name, value);
        }
    }
    assert!(freshness(&headers, now).lifetime <= LONGEST_LIFETIME);
    let _ = retry_after(&headers, now);
}

/// A template of addresses: whichever is taken gives an address on http or https, and nowhere else.
pub fn template_is_read(text: &str) {
    let _ = refuse_headless(text);
    let Ok(source) = XyzSource::from_template(text) else { return };
    assert!(source.check().is_ok(), "{text:?}");
    for tile in [TileId { x: 0, y: 0, zoom: 0 }, TileId { x: 2_000_000, y: 1, zoom: 21 }] {
        let url = source.tile_url(tile).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert!(matches!(url.scheme(), "http" | "https") && url.has_host(), "{url}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated;

    #[test]
    fn whatever_lies_in_a_pack_is_read_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pmtiles");
        arbtest::arbtest(|u| {
            let pack = generated::pack(u)?;
            std::fs::write(&path, &pack).unwrap();
            pack_is_read(&path);
            Ok(())
        });
    }

    #[test]
    fn whatever_lies_in_a_directory_is_in_its_order() {
        arbtest::arbtest(|u| {
            directory_is_read(&generated::directory(u)?);
            Ok(())
        });
    }

    #[test]
    fn whatever_a_vector_tile_holds_is_drawn_or_refused() {
        let style = VectorStyle::light();
        arbtest::arbtest(|u| {
            vector_tile_is_drawn(&generated::vector_tile(u)?, &style);
            Ok(())
        });
    }

    #[test]
    fn whatever_a_style_says_does_not_stop_the_drawing() {
        arbtest::arbtest(|u| {
            if let Ok(style) = VectorStyle::from_json(&generated::style(u)?) {
                vector_tile_is_drawn(&generated::vector_tile(u)?, &style);
            }
            Ok(())
        });
    }

    #[test]
    fn whatever_a_server_says_of_a_tile_is_believed_for_a_year_at_most() {
        arbtest::arbtest(|u| {
            headers_are_read(&generated::headers(u)?);
            template_is_read(&generated::address(u)?);
            Ok(())
        });
    }
}
