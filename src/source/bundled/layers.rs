//! The files of the bundled situation and of the base map under it.
//!
//! Floor 2.

use crate::coords::Extent;

/// One layer of the bundled situation or of its base map.
#[derive(Debug, Clone, Copy)]
pub struct BundledLayer {
    /// By what statements link to it; for a part of the base map, which part it is.
    pub key: &'static str,
    /// Its title for people.
    pub title: &'static str,
    /// Its file below `geodata/`.
    pub file: &'static str,
    /// The file: GeoJSON.
    pub bytes: &'static [u8],
    /// Origin, method, error and credit, in Markdown.
    pub source_md: &'static str,
}

macro_rules! layer {
    ($key:literal, $folder:literal / $file:literal, $title:literal) => {
        BundledLayer {
            key: $key,
            title: $title,
            file: concat!($folder, "/", $file),
            bytes: include_bytes!(concat!("../../../geodata/", $folder, "/", $file)),
            source_md: include_str!(concat!("../../../geodata/", $folder, "/SOURCE.md")),
        }
    };
}

/// The reported strikes.
pub(super) const STRIKES: BundledLayer = layer!("strikes", "strikes" / "strikes.geojson", "Reported strikes");

/// The statements of the founding report.
pub(super) const REPORT: BundledLayer =
    layer!("report", "report" / "statements.geojson", "Report statements");

/// The named places: labels of the base map, and the gazetteer.
pub const PLACES: BundledLayer = layer!("places", "places" / "places.geojson", "Places");

/// The situation, bottom to top.
pub static LAYERS: &[BundledLayer] = &[
    layer!("governorates", "governorates" / "governorates.geojson", "Governorates"),
    layer!("rebel_held_area", "rebel_held_area" / "rebel_held_area.geojson", "Rebel-held area"),
    layer!("front_line", "front_line" / "front_line.geojson", "Front line"),
    layer!("highways", "highways" / "highways.geojson", "Highways"),
    layer!("control_places", "control_places" / "control_places.geojson", "Control of places"),
    layer!("crossings", "crossings" / "crossings.geojson", "Border crossings"),
    layer!("observation_posts", "observation_posts" / "observation_posts.geojson", "Turkish posts"),
    layer!("landmarks", "landmarks" / "landmarks.geojson", "Landmarks"),
    REPORT,
    STRIKES,
];

/// What the base map draws, bottom to top; the shaded relief lies on the land, the names of [`PLACES`] on top.
pub static GROUND: &[BundledLayer] = &[
    layer!("land", "basemap" / "land.geojson", "Land"),
    layer!("lakes", "basemap" / "lakes.geojson", "Lakes"),
    layer!("rivers", "basemap" / "rivers.geojson", "Rivers"),
    layer!("governorate_lines", "basemap" / "governorate_lines.geojson", "Governorate borders"),
    layer!("borders", "basemap" / "borders.geojson", "Country borders"),
];

/// What the base map covers: inside, sea is what is not land; beyond it nothing is known.
pub const GROUND_EXTENT: Extent = Extent::new(20.0, 20.0, 58.0, 48.0);

/// The layer of the situation with that key.
pub fn layer(key: &str) -> Option<&'static BundledLayer> {
    LAYERS.iter().find(|layer| layer.key == key)
}

/// The shaded relief of the base map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relief {
    /// The picture: PNG, grey, 255 where nothing is shaded.
    pub png: &'static [u8],
    /// What it covers; its rows are evenly spaced on the Mercator world.
    pub extent: Extent,
}

/// The bytes of the relief; its corners are read beside the other typed values.
pub(super) const RELIEF_PNG: &[u8] = include_bytes!("../../../geodata/basemap/relief.png");
/// The corners of the relief.
pub(super) const RELIEF_CORNERS: &[u8] = include_bytes!("../../../geodata/basemap/relief.json");
/// The days that are marked on the axis of time.
pub(super) const MARKED_DAYS: &[u8] = include_bytes!("../../../geodata/marked_days/marked_days.json");
/// Whom the data is owed to.
pub(super) const CREDITS: &[u8] = include_bytes!("../../../geodata/credits.json");
