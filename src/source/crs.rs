//! The coordinate system a file declares, and its way to WGS 84.
//!
//! Floor 2. RFC 7946 knows only WGS 84; older files carry a `crs` member, which is obeyed where it can be.

use crate::coords::{EARTH_CIRCUMFERENCE_M, LonLat, WorldPos, lon_lat_from_world};

/// A coordinate system that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Crs {
    /// Longitude and latitude in degrees.
    #[default]
    Wgs84,
    /// EPSG:3857, metres on the Mercator square.
    WebMercator,
}

impl Crs {
    /// What is written in the file, as a place on the globe.
    pub fn lon_lat(self, [x, y]: [f64; 2]) -> LonLat {
        match self {
            Self::Wgs84 => LonLat::new(x, y),
            Self::WebMercator => lon_lat_from_world(WorldPos::new(
                0.5 + x / EARTH_CIRCUMFERENCE_M,
                0.5 - y / EARTH_CIRCUMFERENCE_M,
            )),
        }
    }
}

/// What a `crs` member says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DeclaredCrs {
    /// A system that can be read.
    Known(Crs),
    /// `null`, or a member without a name in it: nobody knows; WGS 84 is taken.
    Unstated,
    /// A system that cannot be read, by its name.
    Unknown(String),
}

/// What the `crs` member's JSON says.
pub(super) fn declared_crs(json: &[u8]) -> DeclaredCrs {
    let value: serde_json::Value = serde_json::from_slice(json).unwrap_or_default();
    let properties = &value["properties"];
    let name = match (&value, &properties["name"], &properties["code"], &properties["href"]) {
        (serde_json::Value::String(name), ..) | (_, serde_json::Value::String(name), ..) => name.clone(),
        (_, _, serde_json::Value::Null, serde_json::Value::String(link)) => link.clone(),
        (_, _, serde_json::Value::Null, _) => return DeclaredCrs::Unstated,
        (_, _, code, _) => format!("EPSG:{}", code.as_str().map_or_else(|| code.to_string(), str::to_owned)),
    };
    match known_crs(&name) {
        Some(crs) => DeclaredCrs::Known(crs),
        None => DeclaredCrs::Unknown(name),
    }
}

fn known_crs(name: &str) -> Option<Crs> {
    let name = name.trim().to_ascii_uppercase();
    // `EPSG:4326`, `urn:ogc:def:crs:EPSG::4326`, `http://www.opengis.net/def/crs/EPSG/0/4326`, `CRS84`
    let code = name.rsplit([':', '/']).find(|part| !part.is_empty())?;
    match code {
        "CRS84" | "CRS84H" => Some(Crs::Wgs84),
        "4326" | "4979" if name.contains("EPSG") => Some(Crs::Wgs84),
        "3857" | "900913" | "102100" | "102113" | "3785"
            if name.contains("EPSG") || name.contains("ESRI") =>
        {
            Some(Crs::WebMercator)
        }
        "WGS84" | "WGS 84" => Some(Crs::Wgs84),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> DeclaredCrs {
        declared_crs(format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#).as_bytes())
    }

    #[test]
    fn wgs_84_is_known_by_all_its_names() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "EPSG:4326",
            "epsg:4326",
            "urn:ogc:def:crs:EPSG::4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        ] {
            assert_eq!(named(name), DeclaredCrs::Known(Crs::Wgs84), "{name}");
        }
    }

    #[test]
    fn web_mercator_is_converted_and_anything_else_refused_by_name() {
        assert_eq!(named("urn:ogc:def:crs:EPSG::3857"), DeclaredCrs::Known(Crs::WebMercator));
        assert_eq!(named("EPSG:32637"), DeclaredCrs::Unknown("EPSG:32637".into()));
        assert_eq!(declared_crs(b"null"), DeclaredCrs::Unstated);
        assert_eq!(
            declared_crs(br#"{"type":"EPSG","properties":{"code":4326}}"#),
            DeclaredCrs::Known(Crs::Wgs84)
        );
        let idlib = Crs::WebMercator.lon_lat([4_077_768.0, 4_290_000.0]);
        assert!((idlib.lon_deg - 36.6313).abs() < 0.001 && (idlib.lat_deg - 35.93).abs() < 0.1, "{idlib:?}");
    }
}
