//! What some targets need besides bytes: files, a good tile, a good sidecar.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::index::LayerData;
use crate::source::{Progress, SourceBytes, read_layer};
use crate::tiles::VectorStyle;
use crate::{properties, sidecar};

/// A vector tile of one layer, `water`: a polygon and a point with a name, a class and a rank.
pub const TILE: &[u8] = &[
    0x1A, 0x47, 0x78, 2, 0x0A, 5, b'w', b'a', b't', b'e', b'r', 0x12, 20, 0x12, 4, 0, 0, 1, 1, 0x18, 3, 0x22,
    10, 9, 2, 2, 26, 100, 0, 0, 100, 99, 0, 15, 0x12, 11, 0x12, 2, 2, 2, 0x18, 1, 0x22, 3, 9, 50, 50, 0x1A,
    4, b'n', b'a', b'm', b'e', 0x1A, 1, b'c', 0x1A, 1, b'r', 0x22, 3, 0x0A, 1, b'a', 0x22, 2, 0x28, 5, 0x28,
    0x80, 0x20,
];

/// The style that vector tiles are drawn by.
pub fn style() -> &'static VectorStyle {
    static STYLE: LazyLock<VectorStyle> = LazyLock::new(VectorStyle::light);
    &STYLE
}

/// The bytes as a file; the next call of this process writes over it.
pub fn file_of(bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("sitmap-fuzz-{}", std::process::id()));
    fs::write(&path, bytes).expect("the folder for temporary files can be written to");
    path
}

/// A layer of every kind of geometry and column.
const LAYER: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"n":1,"w":"a","d":"2018-09-08","b":true,"t":"2018-09-08T10:30:00Z"},
     "geometry":{"type":"Point","coordinates":[36,35]}},
    {"type":"Feature","properties":{"n":2.5,"w":"b","d":"2018-09-09","b":false,"j":[1]},
     "geometry":{"type":"LineString","coordinates":[[36,35],[37,36],[37,35]]}},
    {"type":"Feature","properties":{"w":"a"},
     "geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}},
    {"type":"Feature","properties":{},"geometry":null},
    {"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[
     {"type":"Point","coordinates":[1,2]},{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}}]}"#;

/// The sidecar of a small layer with some bytes changed: each three bytes of `patches` are a place, lower byte first, and
/// what is written there; one or two more cut it off.
pub fn sidecar_is_read(patches: &[u8]) {
    static SOURCE: LazyLock<SourceBytes> =
        LazyLock::new(|| SourceBytes::from_static("a layer", LAYER.as_bytes()).expect("it is not packed"));
    static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let loaded = read_layer(&SOURCE, &Progress::default()).expect("it is a layer");
        let data = LayerData::build(loaded.value);
        sidecar::fuzzing::written(&data, &SOURCE).expect("memory can be written to")
    });
    let mut bytes = WHOLE.clone();
    let (patches, rest) = patches.as_chunks::<3>();
    for &[low, high, value] in patches {
        let at = usize::from(u16::from_le_bytes([low, high])) % bytes.len();
        bytes[at] = value;
    }
    if let [cut, ..] = rest {
        bytes.truncate(bytes.len() * usize::from(*cut) / 255);
    }
    let file = File::open(file_of(&bytes)).expect("it was just written");
    if let Some(prepared) = sidecar::fuzzing::read(file, &SOURCE) {
        properties::look_around(&prepared.data);
    }
}
