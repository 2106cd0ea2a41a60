//! A borrowed view of one feature's geometry in the flat store.
//!
//! Floor 1.

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

/// One point, line or polygon of a feature.
#[derive(Debug, Clone, Copy)]
pub struct PartRef<'a> {
    /// What the rings mean.
    pub kind: PartKind,
    /// First vertex of each ring in `vertices`, with one entry more: the end of the last.
    pub(super) ring_starts: &'a [u32],
    pub(super) vertices: &'a [[f64; 2]],
}

impl<'a> PartRef<'a> {
    /// The rings, each `[lon, lat]` in degrees. A point and a line are one ring.
    pub fn rings(self) -> impl ExactSizeIterator<Item = &'a [[f64; 2]]> + Clone {
        self.ring_starts.windows(2).map(move |pair| &self.vertices[pair[0] as usize..pair[1] as usize])
    }

    /// The vertices of all rings in order, `[lon, lat]` in degrees.
    pub fn vertices(self) -> &'a [[f64; 2]] {
        match self.ring_starts {
            [first, .., last] => &self.vertices[*first as usize..*last as usize],
            _ => &[],
        }
    }

    /// The ring of that number, which must be below the number of rings, and where its first vertex lies among all of
    /// the store.
    pub fn ring(self, number: usize) -> (u32, &'a [[f64; 2]]) {
        let (start, end) = (self.ring_starts[number], self.ring_starts[number + 1]);
        (start, &self.vertices[start as usize..end as usize])
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
    pub(super) part_kinds: &'a [PartKind],
    /// First ring of each part, with one entry more; indices into `ring_starts`.
    pub(super) part_starts: &'a [u32],
    /// All ring starts of the store, with one entry more at the end.
    pub(super) ring_starts: &'a [u32],
    pub(super) vertices: &'a [[f64; 2]],
}

impl<'a> GeometryRef<'a> {
    /// The parts: points, lines and polygons.
    pub fn parts(self) -> impl ExactSizeIterator<Item = PartRef<'a>> + Clone {
        self.part_kinds.iter().zip(self.part_starts.windows(2)).map(move |(&kind, pair)| PartRef {
            kind,
            ring_starts: &self.ring_starts[pair[0] as usize..=pair[1] as usize],
            vertices: self.vertices,
        })
    }

    /// The part of that number, which must be below the number of parts.
    pub fn part(self, number: usize) -> PartRef<'a> {
        let (start, end) = (self.part_starts[number] as usize, self.part_starts[number + 1] as usize);
        PartRef {
            kind: self.part_kinds[number],
            ring_starts: &self.ring_starts[start..=end],
            vertices: self.vertices,
        }
    }

    /// All vertices in order, degrees.
    pub fn vertices(self) -> &'a [[f64; 2]] {
        let (Some(&first), Some(&last)) = (self.part_starts.first(), self.part_starts.last()) else {
            return &[];
        };
        &self.vertices[self.ring_starts[first as usize] as usize..self.ring_starts[last as usize] as usize]
    }
}
