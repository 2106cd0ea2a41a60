//! One geometry object into the store that is being built, by the rules of RFC 7946.
//!
//! Floor 2. Repairs what has one obvious repair and says so; refuses the rest.

use super::coordinates::{Coordinates, plural};
use super::crs::Crs;
use super::fault::{Fault, kind_of_value};
use super::json_scanner::{RawText, Scanner};
use super::limits::MAX_LONGITUDE_DEG;
use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};

/// The types that a geometry may have, as written.
pub(super) const GEOMETRY_TYPES: [GeometryKind; 7] = [
    GeometryKind::Point,
    GeometryKind::MultiPoint,
    GeometryKind::LineString,
    GeometryKind::MultiLineString,
    GeometryKind::Polygon,
    GeometryKind::MultiPolygon,
    GeometryKind::GeometryCollection,
];

/// Something that was put right in a feature that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repair {
    /// Byte in the source.
    pub offset: usize,
    /// A sentence for people.
    pub message: &'static str,
}

impl Repair {
    /// Adds a repair unless its like is there: once a feature is enough to say it, and a feature may have a million.
    pub fn add_once(repairs: &mut Vec<Self>, offset: usize, message: &'static str) {
        if repairs.iter().all(|repair| repair.message != message) {
            repairs.push(Self { offset, message });
        }
    }
}

/// Reads geometries; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(super) struct GeometryReader {
    pub crs: Crs,
    coordinates: Coordinates,
}

/// What the members of one geometry object said.
#[derive(Default)]
struct Members<'a> {
    kind: Option<(RawText<'a>, usize)>,
    coordinates: bool,
    geometries: Option<usize>,
}

impl GeometryReader {
    /// Reads the value at the scanner: a geometry object or `null`. Leaves unfinished parts behind when it fails.
    pub fn read(
        &mut self,
        scanner: &mut Scanner<'_>,
        builder: &mut FeatureStoreBuilder,
        repairs: &mut Vec<Repair>,
    ) -> Result<GeometryKind, Fault> {
        self.coordinates.taken = builder.vertex_count();
        let first = scanner.peek();
        let start = scanner.pos();
        match first {
            Some(b'n') => {
                scanner.skip_value()?;
                return Ok(GeometryKind::None);
            }
            Some(b'{') => {}
            _ => {
                scanner.skip_value()?;
                let message =
                    format!("the geometry is {}; it must be an object or null", kind_of_value(first));
                return Err(Fault::rule(start, message));
            }
        }
        let members = self.read_members(scanner)?;
        let Some((name, at)) = members.kind else {
            return Err(Fault::rule(start, r#"the geometry has no "type""#));
        };
        let kind = match GEOMETRY_TYPES.iter().find(|kind| name.is(kind.name())) {
            Some(&kind) => kind,
            None => geometry_kind(&name.decode()).map_err(|message| Fault::rule(at, message))?,
        };
        if kind == GeometryKind::GeometryCollection {
            let Some(list) = members.geometries else {
                return Err(Fault::rule(start, r#"the GeometryCollection has no "geometries""#));
            };
            return self.read_collection(scanner, list, builder, repairs);
        }
        if !members.coordinates {
            return Err(Fault::rule(start, format!(r#"the {} has no "coordinates""#, kind.name())));
        }
        self.push(kind, scanner.bytes(), builder, repairs)
    }

    fn read_members<'a>(&mut self, scanner: &mut Scanner<'a>) -> Result<Members<'a>, Fault> {
        let mut members = Members::default();
        let mut first = true;
        scanner.open()?;
        while let Some(key) = scanner.next_key(&mut first)? {
            if key.is("type") {
                let at = scanner.pos();
                if scanner.peek() != Some(b'"') {
                    scanner.skip_value()?;
                    return Err(Fault::rule(at, r#"the geometry's "type" is not text"#));
                }
                members.kind = Some((scanner.string()?, at));
            } else if key.is("coordinates") {
                self.coordinates.read(scanner)?;
                members.coordinates = true;
            } else {
                if key.is("geometries") {
                    members.geometries = Some(scanner.pos());
                }
                scanner.skip_value()?;
            }
        }
        Ok(members)
    }

    /// Reads the members of a collection, which the scanner has passed, and comes back to where it was.
    fn read_collection(
        &mut self,
        scanner: &mut Scanner<'_>,
        list: usize,
        builder: &mut FeatureStoreBuilder,
        repairs: &mut Vec<Repair>,
    ) -> Result<GeometryKind, Fault> {
        let (end, depth) = (scanner.pos(), scanner.depth());
        scanner.jump(list, depth + 1);
        if scanner.peek() != Some(b'[') {
            return Err(Fault::rule(list, r#""geometries" is not a list"#));
        }
        scanner.open()?;
        let mut first = true;
        let mut located = false;
        while scanner.next_element(&mut first)? {
            located |= self.read(scanner, builder, repairs)? != GeometryKind::None;
        }
        scanner.jump(end, depth);
        if located {
            return Ok(GeometryKind::GeometryCollection);
        }
        let message = "the GeometryCollection is empty; the feature is kept without a geometry";
        Repair::add_once(repairs, list, message);
        Ok(GeometryKind::None)
    }

    /// The coordinates of the next geometry, for a format that writes them without brackets of JSON.
    pub fn coordinates_mut(&mut self) -> &mut Coordinates {
        &mut self.coordinates
    }

    /// Puts the coordinates that were read into the builder as a geometry of this kind. `bytes` are those that they were
    /// read from, or none where that was no JSON: then complaints name the place where the coordinates begin.
    pub fn push(
        &mut self,
        kind: GeometryKind,
        bytes: &[u8],
        builder: &mut FeatureStoreBuilder,
        repairs: &mut Vec<Repair>,
    ) -> Result<GeometryKind, Fault> {
        let offset = self.coordinates.offset;
        if self.coordinates.levels == 0 {
            let message = "the coordinates are empty; the feature is kept without a geometry";
            Repair::add_once(repairs, offset, message);
            return Ok(GeometryKind::None);
        }
        check_levels(kind, self.coordinates.levels).map_err(|message| Fault::rule(offset, message))?;
        self.locate(bytes)?;
        let mut parts = Parts { coordinates: &self.coordinates, bytes, builder, repairs };
        match kind {
            GeometryKind::Point | GeometryKind::MultiPoint => parts.push_points(),
            GeometryKind::LineString | GeometryKind::MultiLineString => parts.push_lines()?,
            GeometryKind::Polygon => parts.push_polygon(0, self.coordinates.list_ends.len())?,
            _ => {
                let mut from = 0;
                for &end in &self.coordinates.group_ends {
                    parts.push_polygon(from, end)?;
                    from = end;
                }
            }
        }
        Ok(kind)
    }

    /// Turns what is written into degrees and checks that it lies on the globe.
    fn locate(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        for (index, position) in self.coordinates.positions.iter_mut().enumerate() {
            let written = *position;
            let place = self.crs.lon_lat(written);
            if place.lat_deg.abs() > 90.0 || place.lon_deg.abs() > MAX_LONGITUDE_DEG {
                let at = self.coordinates.offset_of_position(bytes, index);
                return Err(Fault::rule(at, off_the_globe(written)));
            }
            *position = [place.lon_deg, place.lat_deg];
        }
        Ok(())
    }
}

/// The complaint on a position that is not on the globe, with what probably happened.
fn off_the_globe([x, y]: [f64; 2]) -> String {
    let what = if y.abs() > 90.0 {
        format!("latitude {y} is beyond ±90")
    } else {
        format!("longitude {x} is too large")
    };
    let hint = if y.abs() <= 180.0 && x.abs() <= 90.0 {
        "longitude and latitude may be swapped; longitude comes first"
    } else if x.abs() > 360.0 || y.abs() > 360.0 {
        "these look like metres; degrees are needed (EPSG:4326)"
    } else {
        "it must be in degrees"
    };
    format!("{what}: {hint}")
}

fn check_levels(kind: GeometryKind, levels: usize) -> Result<(), String> {
    let (needed, shape): (usize, _) = match kind {
        GeometryKind::Point => (1, "one position"),
        GeometryKind::MultiPoint | GeometryKind::LineString => (2, "a list of positions"),
        GeometryKind::MultiLineString => (3, "a list of lines, each a list of positions"),
        GeometryKind::Polygon => (3, "a list of rings, each a list of positions"),
        _ => (4, "a list of polygons, each a list of rings"),
    };
    let name = kind.name();
    match needed.abs_diff(levels) {
        0 => Ok(()),
        by => {
            let side = if levels < needed { "few" } else { "many" };
            Err(format!(
                "the coordinates of the {name} have {by} level{} of brackets too {side}: a {name} is {shape}",
                plural(by)
            ))
        }
    }
}

/// The type of that name, or what to say of it.
pub(super) fn geometry_kind(name: &str) -> Result<GeometryKind, String> {
    if let Some(&kind) = GEOMETRY_TYPES.iter().find(|kind| kind.name() == name) {
        return Ok(kind);
    }
    let meant = GEOMETRY_TYPES.iter().find(|kind| kind.name().eq_ignore_ascii_case(name));
    Err(match meant {
        Some(kind) => format!(r#""{name}" is no geometry type; did you mean "{}"?"#, kind.name()),
        None => format!(r#""{}" is no geometry type of GeoJSON"#, shorten(name)),
    })
}

/// The text, cut where it is too long for a sentence.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Coordinates on their way into a builder.
struct Parts<'a> {
    coordinates: &'a Coordinates,
    bytes: &'a [u8],
    builder: &'a mut FeatureStoreBuilder,
    repairs: &'a mut Vec<Repair>,
}

impl Parts<'_> {
    fn push_points(&mut self) {
        for position in &self.coordinates.positions {
            self.builder.push_ring(std::slice::from_ref(position));
            self.builder.end_part(PartKind::Point);
        }
    }

    fn push_lines(&mut self) -> Result<(), Fault> {
        let mut from = 0;
        for &end in &self.coordinates.list_ends {
            let line = &self.coordinates.positions[from..end];
            if line.len() < 2 {
                let message =
                    format!("a line has {} position{}; it needs at least 2", line.len(), plural(line.len()));
                return Err(Fault::rule(self.offset_of(from, end), message));
            }
            self.builder.push_ring(line);
            self.builder.end_part(PartKind::Line);
            from = end;
        }
        Ok(())
    }

    /// Pushes the lists `from..to` as the rings of one polygon.
    fn push_polygon(&mut self, from: usize, to: usize) -> Result<(), Fault> {
        if from == to {
            return Err(Fault::rule(self.coordinates.offset, "a polygon has no rings"));
        }
        for list in from..to {
            let start = if list == 0 { 0 } else { self.coordinates.list_ends[list - 1] };
            let end = self.coordinates.list_ends[list];
            let ring = &self.coordinates.positions[start..end];
            if ring.len() < 4 {
                let message = format!(
                    "a ring has {} position{}; it needs at least 4, the last one the same as the first",
                    ring.len(),
                    plural(ring.len())
                );
                return Err(Fault::rule(self.offset_of(start, end), message));
            }
            if ring.first() == ring.last() {
                self.builder.push_ring(ring);
            } else {
                self.builder.push_closed_ring(ring);
                let message = "a ring is not closed; its first position was repeated at its end";
                // Once a feature: looking up the place of each of a thousand rings would take minutes.
                if self.repairs.iter().all(|repair| repair.message != message) {
                    self.repairs.push(Repair { offset: self.offset_of(start, end), message });
                }
            }
        }
        self.builder.end_part(PartKind::Polygon);
        Ok(())
    }

    /// Where the positions `from..end` begin in the source; the coordinates where there are none.
    fn offset_of(&self, from: usize, end: usize) -> usize {
        if from == end {
            return self.coordinates.offset;
        }
        self.coordinates.offset_of_position(self.bytes, from)
    }
}
