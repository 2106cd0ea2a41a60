//! How large a feature is.
//!
//! Floor 1.

use super::{GeometryRef, PartKind};
use crate::coords::{line_length_m, polygon_area_m2};

/// Lengths and areas on the ellipsoid; 0 where there is nothing of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FeatureSize {
    /// Of all lines together, metres.
    pub length_m: f64,
    /// Of all polygons together, square metres.
    pub area_m2: f64,
}

impl FeatureSize {
    /// Measures every edge: some microseconds each.
    pub fn of(geometry: GeometryRef<'_>) -> Self {
        let parts = |kind: PartKind| geometry.parts().filter(move |part| part.kind == kind);
        Self {
            length_m: parts(PartKind::Line).flat_map(|part| part.rings()).map(line_length_m).sum(),
            area_m2: parts(PartKind::Polygon).map(|part| polygon_area_m2(part.rings())).sum(),
        }
    }
}
