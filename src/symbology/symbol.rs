//! How one feature is drawn: fill, stroke and marker, in points and colours.
//!
//! Floor 2.

use super::Rgba;

/// Everything that is drawn of one feature. Areas take fill and stroke, lines the stroke, points the marker.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Symbol {
    /// The inside of areas.
    pub fill: Option<Fill>,
    /// Lines and the edges of areas, drawn in this order: a casing comes before its line.
    pub strokes: Vec<Stroke>,
    /// Points.
    pub marker: Option<Marker>,
}

impl Symbol {
    /// The same, fainter: `opacity` times what each colour has.
    #[must_use]
    pub fn faded(&self, opacity: f32) -> Self {
        Self {
            fill: self.fill.map(|fill| Fill { color: fill.color.faded(opacity), ..fill }),
            strokes: self
                .strokes
                .iter()
                .map(|one| Stroke { color: one.color.faded(opacity), ..*one })
                .collect(),
            marker: self.marker.map(|marker| Marker {
                color: marker.color.faded(opacity),
                edge: marker.edge.faded(opacity),
                ground: marker.ground.faded(opacity),
                ..marker
            }),
        }
    }
}

/// The inside of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// With its alpha.
    pub color: Rgba,
    /// Plain where `None`.
    pub hatch: Option<Hatch>,
}

/// Parallel lines at 45°, fixed to the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hatch {
    /// From line to line, across, in points.
    pub spacing_points: f32,
    /// Width of a line in points.
    pub width_points: f32,
}

/// A line or an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// With its alpha.
    pub color: Rgba,
    /// Full width in points.
    pub width_points: f32,
    /// Dash and gap in points; solid where `None`.
    pub dash: Option<[f32; 2]>,
}

/// A point's symbol.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marker {
    /// The outline.
    pub shape: MarkerShape,
    /// Full height in points, without ring and halo.
    pub size_points: f32,
    /// Fill where filled, otherwise the outline.
    pub color: Rgba,
    /// Filled, or only its outline.
    pub filled: bool,
    /// A ring around it.
    pub ring: Ring,
    /// The thin edge that parts it from the ground; usually the colour of the land.
    pub edge: Rgba,
    /// What shows between the marker and its ring; usually the colour of the land.
    pub ground: Rgba,
}

/// The outline of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkerShape {
    /// ●
    Circle,
    /// ▼
    TriangleDown,
    /// ▲
    TriangleUp,
    /// ◆
    Diamond,
    /// ✳
    Asterisk,
    /// ■
    Square,
    /// Two shapes side by side under one roof: several weapons.
    Hexagon,
    /// A small square with a flag pole: an observation post.
    Flag,
    /// Two posts and a bar: a crossing.
    Gate,
    /// ● split in the middle; the other half has the second colour.
    HalfCircle {
        /// The colour of the right half.
        other: Rgba,
    },
    /// A landmark.
    Star,
}

/// The ring around a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ring {
    /// No ring.
    #[default]
    None,
    /// One closed line.
    Solid,
    /// One dashed line.
    Dashed,
    /// Two closed lines.
    Double,
}

impl Ring {
    /// How far the outer edge of the ring lies beyond the marker's outline, in points.
    pub const fn reach_points(self) -> f32 {
        match self {
            Self::None => 0.0,
            Self::Solid | Self::Dashed => 3.0,
            Self::Double => 5.5,
        }
    }
}
