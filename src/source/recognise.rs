//! What a file is when it is not GeoJSON, and what its owner can do about it.
//!
//! Floor 2.

use super::geometry::{GEOMETRY_TYPES, shorten};
use super::json_scanner::{Scanner, check_json};
use super::ticker::Refusal;

/// Beginnings of files that are no JSON at all.
const SIGNATURES: [(&[u8], &str); 13] = [
    (b"PK\x03\x04", "this is a ZIP archive; unpack it first, or save a zipped shapefile or KMZ as GeoJSON"),
    (b"\x00\x00\x27\x0A", "this is a shapefile; save it as GeoJSON, for example with QGIS or ogr2ogr"),
    (b"SQLite format 3\0", "this is an SQLite database (GeoPackage or MBTiles); save its layer as GeoJSON"),
    (b"PMTiles", "this is a tile pack; add it as a base map"),
    (b"fgb\x03", "this is FlatGeobuf; save it as GeoJSON, for example with ogr2ogr"),
    (b"PAR1", "this is Parquet; save it as GeoJSON, for example with ogr2ogr"),
    (b"\x89PNG", "this is a picture (PNG), not a layer"),
    (b"\xFF\xD8\xFF", "this is a picture (JPEG), not a layer"),
    (b"II*\0", "this is a picture (TIFF), not a layer"),
    (b"\xD0\xCF\x11\xE0", "this is an old workbook or document; save its sheet as CSV (UTF-8)"),
    (b"%PDF", "this is a PDF document, not a layer"),
    (b"BZh", "this is packed with bzip2; unpack it first, or pack it with gzip or zstd"),
    (b"\xFD7zXZ", "this is packed with xz; unpack it first, or pack it with gzip or zstd"),
];

/// What the file is by its first bytes, if that is known and not JSON. `start` is the first byte of the text.
pub(super) fn foreign_format(bytes: &[u8], start: usize) -> Option<String> {
    let text = &bytes[start..];
    if text.is_empty() {
        return Some("the file is empty".into());
    }
    if text.starts_with(b"PK\x03\x04") && is_office_archive(text) {
        return Some("this is a workbook or a document; save its sheet as CSV (UTF-8)".into());
    }
    if let Some((_, reason)) = SIGNATURES.iter().find(|(signature, _)| text.starts_with(signature)) {
        return Some((*reason).into());
    }
    if !text.starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(&text[..text.len().min(2000)]).to_ascii_lowercase();
    let xml = [
        ("<html", "this is a web page; the download may have failed or needs a login"),
        ("<!doctype html", "this is a web page; the download may have failed or needs a login"),
        ("<kml", "this is KML; save it as GeoJSON, for example with QGIS or ogr2ogr"),
        ("<gpx", "this is GPX; save it as GeoJSON, for example with QGIS or ogr2ogr"),
        ("<osm", "this is OpenStreetMap XML; convert it to GeoJSON, for example with osmtogeojson"),
        ("gml", "this is GML; save it as GeoJSON, for example with QGIS or ogr2ogr"),
        ("<svg", "this is a picture (SVG), not a layer"),
        ("<?xml", "this is XML; save the layer as GeoJSON"),
    ];
    // `<null>` and the like are broken JSON, not another format.
    xml.iter().find(|(mark, _)| head.contains(mark)).map(|(_, reason)| (*reason).into())
}

/// Whether a ZIP archive begins as those of spreadsheets and text processors do.
fn is_office_archive(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(400)];
    let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    has(b"[Content_Types].xml") || has(b"mimetypeapplication/vnd.oasis") || has(b"xl/")
}

/// The refusal of a value that is not GeoJSON by its `type` or has none. Broken JSON comes first.
pub(super) fn refuse_value(bytes: &[u8], start: usize) -> Refusal {
    if let Err(error) = check_json(bytes, start) {
        return Refusal::NotJson(error);
    }
    let mut scanner = Scanner::new(bytes, start);
    Refusal::NotGeoJson(match scanner.peek() {
        Some(b'{') => describe_object(&mut scanner),
        Some(b'[') => "this is a list; a layer is one object: \
                       put the features into {\"type\": \"FeatureCollection\", \"features\": […]}"
            .into(),
        _ => "this is a single JSON value, not a layer".into(),
    })
}

/// What an object is that is valid JSON and no GeoJSON.
fn describe_object(scanner: &mut Scanner<'_>) -> String {
    let mut type_name = None;
    let mut has = [false; 7];
    const KEYS: [&str; 7] =
        ["features", "spatialReference", "geometryType", "elements", "osm3s", "layers", "version"];
    let mut first = true;
    let mut walk = || {
        scanner.open()?;
        while let Some(key) = scanner.next_key(&mut first)? {
            if key.is("type") && scanner.peek() == Some(b'"') {
                type_name = Some(scanner.string()?.decode().into_owned());
                continue;
            }
            KEYS.iter().zip(&mut has).filter(|(name, _)| key.is(name)).for_each(|(_, has)| *has = true);
            scanner.skip_value()?;
        }
        Ok::<(), super::json_scanner::SyntaxError>(())
    };
    // The value was checked before; should it fail all the same, the general sentence below is right.
    let _ = walk();
    let [features, spatial_reference, geometry_type, elements, osm3s, layers, version] = has;
    match type_name.as_deref() {
        Some("Topology") => {
            "this is TopoJSON; convert it to GeoJSON, for example with topo2geo or mapshaper".into()
        }
        Some(name) => wrong_type(name),
        None if spatial_reference || geometry_type => {
            "this is Esri JSON; ask the server for f=geojson, or convert it with ogr2ogr".into()
        }
        None if elements && (osm3s || version) => {
            "this is an answer of Overpass; convert it to GeoJSON, for example with osmtogeojson".into()
        }
        None if layers && version => "this is a map style, not a layer".into(),
        None if features => r#"there is no "type"; add "type": "FeatureCollection" at the top"#.into(),
        None => r#"there is no "type"; GeoJSON begins with {"type": "FeatureCollection", …"#.into(),
    }
}

fn wrong_type(name: &str) -> String {
    let geometries = GEOMETRY_TYPES.iter().map(|kind| kind.name());
    let meant = ["FeatureCollection", "Feature"]
        .into_iter()
        .chain(geometries)
        .find(|known| known.eq_ignore_ascii_case(name));
    match meant {
        Some(meant) => format!(r#"the "type" is "{name}"; did you mean "{meant}"?"#),
        None => format!(r#"the "type" is "{}", which GeoJSON does not know"#, shorten(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> String {
        match refuse_value(text.as_bytes(), 0) {
            Refusal::NotGeoJson(reason) => reason,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn other_formats_are_named_with_the_way_out() {
        assert!(reason(r#"{"type":"Topology","arcs":[]}"#).contains("TopoJSON"));
        assert!(reason(r#"{"geometryType":"esriGeometryPoint","features":[]}"#).contains("Esri"));
        assert!(reason(r#"{"type":"featurecollection"}"#).contains(r#"did you mean "FeatureCollection""#));
        assert!(reason("{}").contains(r#"no "type""#));
        assert!(reason("[1]").contains("list"));
        assert!(foreign_format(b"  ", 2).unwrap().contains("empty"));
        assert!(foreign_format(b"<!DOCTYPE html><html>", 0).unwrap().contains("web page"));
        assert!(foreign_format(b"PK\x03\x04xx", 0).unwrap().contains("ZIP"));
        assert!(foreign_format(b"PK\x03\x04xx[Content_Types].xml", 0).unwrap().contains("as CSV"));
        assert_eq!(foreign_format(b"{", 0), None);
    }

    #[test]
    fn broken_json_is_told_before_anything_else() {
        assert!(matches!(refuse_value(b"{\"type\":\"Topology\",}", 0), Refusal::NotJson(_)));
    }
}
