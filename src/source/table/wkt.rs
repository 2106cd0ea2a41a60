//! Geometries as well-known text, with the spellings of PostGIS and others.
//!
//! Floor 2. OGC 06-103r4, clause 7; Z and M are dropped. The rules for rings and positions are those of
//! [`GeometryReader`], so that a polygon is the same polygon in whatever file it comes.

use super::super::crs::Crs;
use super::super::fault::Fault;
use super::super::geometry::{GeometryReader, Repair};
use crate::situation::{FeatureStoreBuilder, GeometryKind};

/// Collections inside each other.
const MAX_DEPTH: usize = 16;

/// Where what is read goes.
pub(super) struct Target<'a> {
    pub geometry: &'a mut GeometryReader,
    pub builder: &'a mut FeatureStoreBuilder,
    pub repairs: &'a mut Vec<Repair>,
}

struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    /// Of the text in the source.
    offset: usize,
}

/// Whether a text begins as a geometry does.
pub(super) fn looks_like_wkt(text: &[u8]) -> bool {
    let mut scanner = Scanner { text, at: 0, offset: 0 };
    scanner.srid().is_ok()
        && scanner.kind().is_ok()
        && (scanner.peek() == Some(b'(') || scanner.text[scanner.at..].eq_ignore_ascii_case(b"EMPTY"))
}

/// Reads the text, which begins at byte `offset` of the source. Leaves unfinished parts behind when it fails.
pub(super) fn read_wkt(text: &[u8], offset: usize, target: &mut Target<'_>) -> Result<GeometryKind, Fault> {
    let mut scanner = Scanner { text, at: 0, offset };
    let crs_before = target.geometry.crs;
    target.geometry.crs = scanner.srid()?;
    let kind = scanner.geometry(target, 0);
    target.geometry.crs = crs_before;
    let kind = kind?;
    match scanner.peek() {
        None => Ok(kind),
        Some(_) => Err(scanner.fault("something stands behind the geometry")),
    }
}

impl Scanner<'_> {
    fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::rule(
            self.offset,
            format!("the geometry cannot be read at its byte {}: {}", self.at + 1, message.into()),
        )
    }

    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        match self.take(byte) {
            true => Ok(()),
            false => Err(self.fault(format!("“{}” was expected", char::from(byte)))),
        }
    }

    fn word(&mut self) -> String {
        self.peek();
        let rest = &self.text[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        self.at += length;
        String::from_utf8_lossy(&rest[..length]).to_ascii_uppercase()
    }

    /// The prefix `SRID=4326;` of PostGIS, if there is one.
    fn srid(&mut self) -> Result<Crs, Fault> {
        self.peek();
        let rest = &self.text[self.at..];
        if !rest.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"SRID=")) {
            return Ok(Crs::Wgs84);
        }
        let digits = rest[5..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let code = String::from_utf8_lossy(&rest[5..5 + digits]).into_owned();
        self.at += 5 + digits;
        self.expect(b';')?;
        match code.as_str() {
            "4326" | "0" => Ok(Crs::Wgs84),
            "3857" | "900913" => Ok(Crs::WebMercator),
            _ => {
                Err(self.fault(format!("the coordinate system EPSG:{code} is not supported; use EPSG:4326")))
            }
        }
    }

    fn kind(&mut self) -> Result<GeometryKind, Fault> {
        const KINDS: [(&str, GeometryKind); 7] = [
            ("POINT", GeometryKind::Point),
            ("LINESTRING", GeometryKind::LineString),
            ("POLYGON", GeometryKind::Polygon),
            ("MULTIPOINT", GeometryKind::MultiPoint),
            ("MULTILINESTRING", GeometryKind::MultiLineString),
            ("MULTIPOLYGON", GeometryKind::MultiPolygon),
            ("GEOMETRYCOLLECTION", GeometryKind::GeometryCollection),
        ];
        let word = self.word();
        let is_it =
            |name: &str| word.strip_prefix(name).is_some_and(|rest| matches!(rest, "" | "Z" | "M" | "ZM"));
        let Some(&(name, kind)) = KINDS.iter().find(|(name, _)| is_it(name)) else {
            return Err(self.fault("no type of geometry stands here"));
        };
        if word == name {
            let before = self.at;
            if !matches!(self.word().as_str(), "Z" | "M" | "ZM") {
                self.at = before;
            }
        }
        Ok(kind)
    }

    fn is_empty(&mut self) -> bool {
        let before = self.at;
        let empty = self.word() == "EMPTY";
        if !empty {
            self.at = before;
        }
        empty
    }

    fn geometry(&mut self, target: &mut Target<'_>, depth: usize) -> Result<GeometryKind, Fault> {
        let kind = self.kind()?;
        if self.is_empty() {
            return Ok(GeometryKind::None);
        }
        if kind == GeometryKind::GeometryCollection {
            return self.collection(target, depth);
        }
        let coordinates = target.geometry.coordinates_mut();
        coordinates.clear();
        coordinates.offset = self.offset;
        coordinates.levels = match kind {
            GeometryKind::Point => 1,
            GeometryKind::MultiPoint | GeometryKind::LineString => 2,
            GeometryKind::Polygon | GeometryKind::MultiLineString => 3,
            _ => 4,
        };
        let levels = coordinates.levels;
        self.level(target, levels, kind == GeometryKind::MultiPoint)?;
        target.geometry.push(kind, &[], target.builder, target.repairs)
    }

    fn collection(&mut self, target: &mut Target<'_>, depth: usize) -> Result<GeometryKind, Fault> {
        if depth >= MAX_DEPTH {
            return Err(self.fault("collections are nested too deep"));
        }
        self.expect(b'(')?;
        let mut located = false;
        loop {
            located |= self.geometry(target, depth + 1)? != GeometryKind::None;
            if !self.take(b',') {
                break;
            }
        }
        self.expect(b')')?;
        Ok(if located { GeometryKind::GeometryCollection } else { GeometryKind::None })
    }

    /// Reads brackets with `levels` levels of lists in them; points of a MultiPoint may have brackets of their own.
    fn level(&mut self, target: &mut Target<'_>, levels: usize, may_be_bracketed: bool) -> Result<(), Fault> {
        self.expect(b'(')?;
        loop {
            match levels {
                1 => self.position(target)?,
                2 if may_be_bracketed && self.take(b'(') => {
                    self.position(target)?;
                    self.expect(b')')?;
                }
                2 => self.position(target)?,
                _ => self.level(target, levels - 1, false)?,
            }
            if levels == 1 || !self.take(b',') {
                break;
            }
        }
        self.expect(b')')?;
        let coordinates = target.geometry.coordinates_mut();
        match levels {
            2 => coordinates.list_ends.push(coordinates.positions.len()),
            3 => coordinates.group_ends.push(coordinates.list_ends.len()),
            _ => {}
        }
        Ok(())
    }

    fn position(&mut self, target: &mut Target<'_>) -> Result<(), Fault> {
        let mut position = [0.0; 2];
        for count in 0..4 {
            match self.number() {
                Some(value) => {
                    if let Some(place) = position.get_mut(count) {
                        *place = value;
                    }
                }
                None if count >= 2 => break,
                None => return Err(self.fault("a number was expected")),
            }
        }
        target.geometry.coordinates_mut().positions.push(position);
        Ok(())
    }

    fn number(&mut self) -> Option<f64> {
        self.peek();
        let rest = &self.text[self.at..];
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.iter().take_while(is_part).count();
        let value: f64 = std::str::from_utf8(&rest[..length]).ok()?.parse().ok()?;
        self.at += length;
        value.is_finite().then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::FeatureStore;

    fn read(text: &str) -> (Result<GeometryKind, Fault>, FeatureStore) {
        let (mut geometry, mut builder, mut repairs) =
            (GeometryReader::default(), FeatureStoreBuilder::default(), Vec::new());
        let mut target = Target { geometry: &mut geometry, builder: &mut builder, repairs: &mut repairs };
        let kind = read_wkt(text.as_bytes(), 7, &mut target);
        match &kind {
            Ok(kind) => drop(builder.end_feature(*kind, (0, 0))),
            Err(_) => builder.discard_feature(),
        }
        (kind, builder.finish(Vec::new(), None))
    }

    #[test]
    fn all_types_are_read_in_all_spellings() {
        for (text, kind, vertices, parts) in [
            ("POINT (36.5 35.5)", GeometryKind::Point, 1, 1),
            ("point z(36.5 35.5 300)", GeometryKind::Point, 1, 1),
            ("POINTZM(36.5 35.5 300 1)", GeometryKind::Point, 1, 1),
            ("SRID=4326;POINT(36.5 35.5)", GeometryKind::Point, 1, 1),
            ("LINESTRING(36 35, 37 36,38 36)", GeometryKind::LineString, 3, 1),
            ("POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))", GeometryKind::Polygon, 8, 1),
            ("MULTIPOINT(1 2,3 4)", GeometryKind::MultiPoint, 2, 2),
            ("MULTIPOINT((1 2),(3 4))", GeometryKind::MultiPoint, 2, 2),
            ("MULTILINESTRING((0 0,1 1),(2 2,3 3))", GeometryKind::MultiLineString, 4, 2),
            (
                "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6)  , (5 5,6 5,6 6,5 5)))",
                GeometryKind::None,
                0,
                0,
            ),
            ("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))", GeometryKind::MultiPolygon, 8, 2),
            ("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))", GeometryKind::GeometryCollection, 3, 2),
            ("POLYGON EMPTY", GeometryKind::None, 0, 0),
            ("GEOMETRYCOLLECTION(POINT EMPTY)", GeometryKind::None, 0, 0),
        ] {
            let (read, store) = read(text);
            if kind == GeometryKind::None && !text.contains("EMPTY") {
                assert!(read.unwrap_err().message(b"").contains("at least 4"));
                continue;
            }
            assert_eq!(read.unwrap_or_else(|fault| panic!("{text}: {}", fault.message(b""))), kind, "{text}");
            let geometry = store.geometry(0);
            assert_eq!((geometry.vertices().len(), geometry.parts().len()), (vertices, parts), "{text}");
        }
    }

    #[test]
    fn an_open_ring_is_closed_and_web_mercator_is_turned_into_degrees() {
        assert_eq!(read("POLYGON((0 0,9 0,9 9,5 7))").1.vertex_count(), 5);
        let place = read("SRID=3857;POINT(4064448 4249170)").1.geometry(0).vertices()[0];
        assert!((place[0] - 36.5).abs() < 0.2 && (place[1] - 35.6).abs() < 0.2, "{place:?}");
    }

    #[test]
    fn what_is_broken_is_told_with_its_place_in_the_source() {
        for text in [
            "",
            "POINT",
            "POINT(1)",
            "POINT(1 2",
            "POINT(1 2) x",
            "CIRCLE(1 2)",
            "POINT(a b)",
            "SRID=32637;POINT(1 2)",
            "POINT(36 95)",
            "LINESTRING(1 2)",
            "POLYGON((0 0,1 1,0 0))",
            "POINT(1 2 3 4 5)",
            &"GEOMETRYCOLLECTION(".repeat(100_000),
        ] {
            assert_eq!(read(text).0.unwrap_err().offset(), 7, "{text}");
        }
        assert!(looks_like_wkt(b"SRID=4326;MultiPolygon Z (((") && !looks_like_wkt(b"Pointe Noire"));
    }
}
