//! The geometries of all features, flat, and a borrowed view of one of them.
//!
//! Floor 1.

use super::offsets::{Kinds, Offsets};
use crate::coords::LonLat;

/// The seven types of RFC 7946, and none: an unlocated feature is listed, not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GeometryKind {
    /// `null`
    None,
    /// One position.
    Point,
    /// Several positions.
    MultiPoint,
    /// One line.
    LineString,
    /// Several lines.
    MultiLineString,
    /// One area, with holes.
    Polygon,
    /// Several areas.
    MultiPolygon,
    /// Anything together, flattened where nested.
    GeometryCollection,
}

impl GeometryKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::None,
        Self::Point,
        Self::MultiPoint,
        Self::LineString,
        Self::MultiLineString,
        Self::Polygon,
        Self::MultiPolygon,
        Self::GeometryCollection,
    ];

    /// The name in GeoJSON; `null` for [`GeometryKind::None`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "null",
            Self::Point => "Point",
            Self::MultiPoint => "MultiPoint",
            Self::LineString => "LineString",
            Self::MultiLineString => "MultiLineString",
            Self::Polygon => "Polygon",
            Self::MultiPolygon => "MultiPolygon",
            Self::GeometryCollection => "GeometryCollection",
        }
    }
}

/// What one part of a geometry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// One ring with one vertex.
    Point,
    /// One ring with the line's vertices.
    Line,
    /// The outer ring, then the holes; each closed, the first vertex repeated at the end.
    Polygon,
}

impl PartKind {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Point, Self::Line, Self::Polygon];
}

/// The geometries of many features: flat vertices, and which belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes {
    /// `[lon, lat]` in degrees, all parts of all features one after the other.
    pub vertices: Vec<[f64; 2]>,
    /// The vertices of each ring.
    pub rings: Offsets,
    /// The rings of each part.
    pub parts: Offsets,
    pub part_kinds: Kinds<PartKind>,
    /// The parts of each feature.
    pub features: Offsets,
    pub kinds: Kinds<GeometryKind>,
}

impl Shapes {
    /// The geometry of one feature.
    pub fn geometry(&self, feature: usize) -> GeometryRef<'_> {
        GeometryRef {
            kind: self.kinds.get(feature),
            parts: (self.features.start(feature), self.features.start(feature + 1)),
            shapes: self,
        }
    }

    /// Forgets what comes after the first `features`.
    pub fn truncate(&mut self, features: usize) {
        self.features.truncate(features);
        self.kinds.truncate(features);
        self.parts.truncate(self.features.end());
        self.part_kinds.truncate(self.features.end());
        self.rings.truncate(self.parts.end());
        self.vertices.truncate(self.rings.end());
    }

    /// Adds all features of `next`.
    pub fn append(&mut self, next: &Self) {
        self.vertices.extend_from_slice(&next.vertices);
        self.rings.append(&next.rings);
        self.parts.append(&next.parts);
        self.part_kinds.append(&next.part_kinds);
        self.features.append(&next.features);
        self.kinds.append(&next.kinds);
    }

    /// Whether no part is a line or an area.
    pub fn has_only_points(&self) -> bool {
        match &self.part_kinds {
            Kinds::Same(kind, count) => *kind == PartKind::Point || *count == 0,
            Kinds::Each(kinds) => kinds.iter().all(|&kind| kind == PartKind::Point),
        }
    }

    /// What they take in memory.
    pub fn heap_bytes(&self) -> usize {
        self.vertices.capacity() * size_of::<[f64; 2]>()
            + [&self.rings, &self.parts, &self.features].map(Offsets::heap_bytes).iter().sum::<usize>()
            + self.part_kinds.heap_bytes()
            + self.kinds.heap_bytes()
    }

    /// Gives back what is not used.
    pub fn shrink_to_fit(&mut self) {
        self.vertices.shrink_to_fit();
        self.rings.shrink_to_fit();
        self.parts.shrink_to_fit();
        self.features.shrink_to_fit();
        self.part_kinds.shrink_to_fit();
        self.kinds.shrink_to_fit();
    }
}

/// One point, line or polygon of a feature.
#[derive(Debug, Clone, Copy)]
pub struct PartRef<'a> {
    /// What the rings mean.
    pub kind: PartKind,
    /// First ring and the one after the last.
    rings: (usize, usize),
    shapes: &'a Shapes,
}

impl<'a> PartRef<'a> {
    /// The rings, each `[lon, lat]` in degrees. A point and a line are one ring.
    pub fn rings(self) -> impl ExactSizeIterator<Item = &'a [[f64; 2]]> + Clone {
        let Shapes { vertices, rings, .. } = self.shapes;
        (self.rings.0..self.rings.1).map(move |ring| &vertices[rings.start(ring)..rings.start(ring + 1)])
    }

    /// The vertices of all rings in order, `[lon, lat]` in degrees.
    pub fn vertices(self) -> &'a [[f64; 2]] {
        let Shapes { vertices, rings, .. } = self.shapes;
        &vertices[rings.start(self.rings.0)..rings.start(self.rings.1)]
    }

    /// The ring of that number, which must be below the number of rings, and where its first vertex lies among all of
    /// the store.
    pub fn ring(self, number: usize) -> (u32, &'a [[f64; 2]]) {
        let Shapes { vertices, rings, .. } = self.shapes;
        let ring = self.rings.0 + number;
        (rings.start(ring) as u32, &vertices[rings.start(ring)..rings.start(ring + 1)])
    }

    /// The first vertex, if there is one.
    pub fn first(self) -> Option<LonLat> {
        self.rings().next()?.first().map(|&[lon_deg, lat_deg]| LonLat { lon_deg, lat_deg })
    }
}

/// One feature's geometry: its parts in the order of the file.
#[derive(Clone, Copy)]
pub struct GeometryRef<'a> {
    /// The type written in the file.
    pub kind: GeometryKind,
    /// First part and the one after the last.
    parts: (usize, usize),
    shapes: &'a Shapes,
}

impl<'a> GeometryRef<'a> {
    /// The parts: points, lines and polygons.
    pub fn parts(self) -> impl ExactSizeIterator<Item = PartRef<'a>> + Clone {
        let shapes = self.shapes;
        (self.parts.0..self.parts.1).map(move |part| PartRef {
            kind: shapes.part_kinds.get(part),
            rings: (shapes.parts.start(part), shapes.parts.start(part + 1)),
            shapes,
        })
    }

    /// The part of that number, which must be below the number of parts.
    pub fn part(self, number: usize) -> PartRef<'a> {
        let (shapes, part) = (self.shapes, self.parts.0 + number);
        PartRef {
            kind: shapes.part_kinds.get(part),
            rings: (shapes.parts.start(part), shapes.parts.start(part + 1)),
            shapes,
        }
    }

    /// All vertices in order, degrees.
    pub fn vertices(self) -> &'a [[f64; 2]] {
        let Shapes { vertices, rings, parts, .. } = self.shapes;
        let start = |part: usize| rings.start(parts.start(part));
        &vertices[start(self.parts.0)..start(self.parts.1)]
    }
}
