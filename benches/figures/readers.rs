//! The readers that are compared.
//!
//! The peers are handed bytes that are in memory already; sitmap opens the file by its path, as it does for its users.

use std::fs::File;
use std::path::Path;

use memmap2::Mmap;
use serde::Deserialize;
use sitmap::situation::FeatureStore;
use sitmap::source::{Progress, SourceBytes, read_layer};

/// The whole file as memory.
pub fn mapped(path: &Path) -> Mmap {
    let file = File::open(path).expect("the data is there");
    // SAFETY: the benches alone write in their folder, and not while they measure.
    unsafe { Mmap::map(&file) }.expect("the data can be mapped")
}

/// Every rule of the tolerant reader, flat vertices, typed columns; the rest stays in the file.
pub fn sitmap(path: &Path) -> FeatureStore {
    let progress = Progress::default();
    let source = SourceBytes::open(path, &progress).expect("the data can be opened");
    let loaded = read_layer(&source, &progress).expect("the data is a layer");
    assert!(loaded.issues.is_empty(), "the data is faultless");
    loaded.value
}

/// What the crate `geojson` reads: a tree with a map of values for each feature.
pub fn geojson(bytes: &[u8]) -> geojson::FeatureCollection {
    let text = std::str::from_utf8(bytes).expect("the data is UTF-8");
    text.parse().expect("the data is a collection")
}

/// A collection of points whose properties stay what they are in the file: text. As little as one can read of it with
/// types of one's own.
#[derive(Deserialize)]
pub struct PointCollection<'a> {
    #[serde(borrow)]
    pub features: Vec<PointFeature<'a>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept and not looked at")]
pub struct PointFeature<'a> {
    #[serde(borrow)]
    pub properties: sonic_rs::LazyValue<'a>,
    pub geometry: PointGeometry,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept and not looked at")]
pub struct PointGeometry {
    pub coordinates: [f64; 2],
}

/// What `sonic-rs` reads into these types.
pub fn sonic(bytes: &[u8]) -> PointCollection<'_> {
    sonic_rs::from_slice(bytes).expect("the data is a collection of points")
}
