//! All features of one layer: flat vertices, offsets, typed columns, and the way back to the source.
//!
//! Floor 1. There is no other form of a layer, whether it has three features or three million.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::geometry::Shapes;
use super::layer_extent::extent_of;
use super::{Column, DetailSource, FeatureDetails, GeometryKind, GeometryRef, PartKind, StoreArrays};
use crate::coords::{Extent, LonLat};

/// A feature's place in its store, counted from 0 in the order of the file.
pub type FeatureRow = usize;

/// The features of one layer, in columns. Built once by [`FeatureStoreBuilder`], then shared unchanged.
pub struct FeatureStore {
    // Given
    shapes: Shapes,
    spans: Spans,
    columns: Vec<Column>,
    source: Option<Arc<dyn DetailSource>>,
    // Derived
    extent: Option<Extent>,
    has_only_points: bool,
}

/// Where the bytes of each feature are in the source.
#[derive(Debug, Clone, Default)]
struct Spans {
    starts: Vec<u64>,
    /// Bytes; `u32::MAX` where it is longer than that, which no panel will decode.
    lengths: Vec<u32>,
}

impl FeatureStore {
    /// How many features there are, unlocated ones included.
    pub fn len(&self) -> usize {
        self.shapes.kinds.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many positions all geometries have together.
    pub fn vertex_count(&self) -> usize {
        self.shapes.vertices.len()
    }

    /// The smallest box around all positions, over the antimeridian (`east < west`) where that is smaller than half of
    /// the world; `None` where nothing is located.
    pub fn extent(&self) -> Option<Extent> {
        self.extent
    }

    /// Whether no feature has a line or an area.
    pub fn has_only_points(&self) -> bool {
        self.has_only_points
    }

    /// The geometry of one feature. `row` must be below [`FeatureStore::len`].
    pub fn geometry(&self, row: FeatureRow) -> GeometryRef<'_> {
        self.shapes.geometry(row)
    }

    /// The smallest box around one feature, as for [`FeatureStore::extent`]; `None` for an unlocated one.
    pub fn feature_extent(&self, row: FeatureRow) -> Option<Extent> {
        extent_of(self.geometry(row).parts().filter_map(|part| extent_of_positions(part.vertices())))
    }

    /// The smallest box around some features, as for [`FeatureStore::extent`].
    pub fn extent_of_rows(&self, rows: impl Iterator<Item = FeatureRow> + Clone) -> Option<Extent> {
        let parts = rows.flat_map(|row| self.geometry(row).parts());
        extent_of(parts.filter_map(|part| extent_of_positions(part.vertices())))
    }

    /// All properties, in order of first appearance.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Id, properties and foreign members of one feature, decoded from the source now.
    ///
    /// An error is a sentence for the user.
    pub fn details(&self, row: FeatureRow) -> Result<FeatureDetails, String> {
        let span = self.span(row);
        match &self.source {
            Some(source) => source.details(span.start, span.end),
            None => Ok(FeatureDetails::default()),
        }
    }

    /// The line of the source in which a feature begins, counted from 1; `None` where the source cannot tell. All that is
    /// before it is read.
    pub fn line_of(&self, row: FeatureRow) -> Option<usize> {
        self.source.as_ref()?.line_of(self.span(row).start)
    }

    /// First byte of a feature in the source, and the byte behind it.
    pub(super) fn span(&self, row: FeatureRow) -> Range<u64> {
        let start = self.spans.starts[row];
        start..start + u64::from(self.spans.lengths[row])
    }

    /// Where the bytes are; `None` for features that come from nowhere.
    pub(super) fn source(&self) -> Option<&dyn DetailSource> {
        self.source.as_deref()
    }

    /// The arrays of the store, for keeping them; the columns lie beside them.
    pub fn arrays(&self) -> StoreArrays<'_> {
        StoreArrays {
            span_starts: Cow::Borrowed(&self.spans.starts),
            span_lengths: Cow::Borrowed(&self.spans.lengths),
            ..self.shapes.arrays()
        }
    }

    /// The store of arrays and columns that were kept; `None` where they do not fit together.
    pub fn from_arrays(
        mut arrays: StoreArrays<'_>,
        columns: Vec<Column>,
        source: Option<Arc<dyn DetailSource>>,
    ) -> Option<Self> {
        let shapes = Shapes::of_arrays(&mut arrays)?;
        let rows = shapes.kinds.len();
        let spans =
            Spans { starts: arrays.span_starts.into_owned(), lengths: arrays.span_lengths.into_owned() };
        let fits = spans.starts.len() == rows
            && spans.lengths.len() == rows
            && columns.iter().all(|column| column.data.fits(rows));
        fits.then(|| FeatureStoreBuilder { shapes, spans }.finish(columns, source))
    }

    /// What the store takes in memory, the source not counted.
    pub fn heap_bytes(&self) -> usize {
        let columns = self.columns.iter().map(|column| column.name.capacity() + column.data.heap_bytes());
        self.shapes.heap_bytes()
            + self.spans.starts.capacity() * size_of::<u64>()
            + self.spans.lengths.capacity() * size_of::<u32>()
            + columns.sum::<usize>()
    }
}

/// Collects features one by one into a [`FeatureStore`].
#[derive(Default)]
pub struct FeatureStoreBuilder {
    shapes: Shapes,
    spans: Spans,
}

impl FeatureStoreBuilder {
    /// Adds a position to the ring that is being built, degrees.
    pub fn push_vertex(&mut self, at: LonLat) {
        self.shapes.vertices.push([at.lon_deg, at.lat_deg]);
    }

    /// Ends the ring: the positions since the last end are one point, one line or one ring.
    pub fn end_ring(&mut self) {
        self.shapes.rings.push_end(self.shapes.vertices.len());
    }

    /// Adds a whole point, line or ring, `[lon, lat]` in degrees, and ends it.
    pub fn push_ring(&mut self, positions: &[[f64; 2]]) {
        self.shapes.vertices.extend_from_slice(positions);
        self.end_ring();
    }

    /// Adds a ring whose first position is repeated at its end, and ends it.
    pub fn push_closed_ring(&mut self, positions: &[[f64; 2]]) {
        self.shapes.vertices.extend_from_slice(positions);
        self.shapes.vertices.extend(positions.first());
        self.end_ring();
    }

    /// The positions of the feature that is being built, `[lon, lat]` in degrees.
    pub fn unfinished_vertices_mut(&mut self) -> &mut [[f64; 2]] {
        let Shapes { vertices, rings, parts, features, .. } = &mut self.shapes;
        &mut vertices[rings.start(parts.start(features.end()))..]
    }

    /// How many positions have been added. Offsets are 32 bits: the caller keeps this below `u32::MAX`.
    pub fn vertex_count(&self) -> usize {
        self.shapes.vertices.len()
    }

    /// Ends the part: the rings since the last end are one point, one line or one polygon.
    pub fn end_part(&mut self, kind: PartKind) {
        self.shapes.part_kinds.push(kind);
        self.shapes.parts.push_end(self.shapes.rings.len());
    }

    /// Ends the feature: the parts since the last end are its geometry. `span` is where its bytes are in the source.
    pub fn end_feature(&mut self, kind: GeometryKind, (start, end): (u64, u64)) -> FeatureRow {
        self.shapes.features.push_end(self.shapes.part_kinds.len());
        self.shapes.kinds.push(kind);
        self.spans.starts.push(start);
        self.spans.lengths.push(u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX));
        self.len() - 1
    }

    /// Forgets everything since the last end of a feature: a feature that turned out bad leaves nothing behind.
    pub fn discard_feature(&mut self) {
        self.shapes.truncate(self.len());
    }

    /// The features of all builders in their order. None may be in the middle of a feature.
    pub fn concat(all: Vec<Self>) -> Self {
        let mut vertices = all.iter().map(Self::vertex_count).sum();
        let mut features = all.iter().map(Self::len).sum();
        let mut all = all.into_iter();
        let mut whole = all.next().unwrap_or_default();
        vertices -= whole.vertex_count();
        features -= whole.len();
        whole.shapes.vertices.reserve_exact(vertices);
        whole.spans.starts.reserve_exact(features);
        whole.spans.lengths.reserve_exact(features);
        for next in all {
            whole.shapes.append(&next.shapes);
            whole.spans.starts.extend_from_slice(&next.spans.starts);
            whole.spans.lengths.extend_from_slice(&next.spans.lengths);
        }
        whole
    }

    /// A store of some features' geometries alone.
    pub fn geometries(&self, rows: Range<FeatureRow>) -> FeatureStore {
        let mut some = Self::default();
        for geometry in rows.map(|row| self.shapes.geometry(row)) {
            for part in geometry.parts() {
                part.rings().for_each(|ring| some.push_ring(ring));
                some.end_part(part.kind);
            }
            some.end_feature(geometry.kind, (0, 0));
        }
        some.finish(Vec::new(), None)
    }

    /// First byte of each feature in the source, and the byte behind it; that of one beyond 4 GiB is too small.
    pub fn spans(&self) -> impl Iterator<Item = (u64, u64)> {
        let lengths = self.spans.lengths.iter().map(|&length| u64::from(length));
        self.spans.starts.iter().zip(lengths).map(|(&start, length)| (start, start + length))
    }

    /// How many features have been ended.
    pub fn len(&self) -> usize {
        self.shapes.kinds.len()
    }

    /// Whether no feature has been ended.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The finished store. Each column must have one value a row.
    pub fn finish(mut self, columns: Vec<Column>, source: Option<Arc<dyn DetailSource>>) -> FeatureStore {
        self.shapes.shrink_to_fit();
        self.spans.starts.shrink_to_fit();
        self.spans.lengths.shrink_to_fit();
        let extent = extent_of_positions(&self.shapes.vertices).and_then(|whole| {
            if whole.east_deg - whole.west_deg <= 180.0 {
                return Some(whole);
            }
            // It may be smaller over the antimeridian.
            let parts = (0..self.len()).flat_map(|row| self.shapes.geometry(row).parts());
            extent_of(parts.filter_map(|part| extent_of_positions(part.vertices())))
        });
        let has_only_points = self.shapes.has_only_points();
        FeatureStore { shapes: self.shapes, spans: self.spans, columns, source, extent, has_only_points }
    }
}

fn extent_of_positions(positions: &[[f64; 2]]) -> Option<Extent> {
    Extent::of_points(positions.iter().map(|&[lon, lat]| LonLat::new(lon, lat)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push_ring(builder: &mut FeatureStoreBuilder, ring: &[[f64; 2]]) {
        ring.iter().for_each(|&[lon, lat]| builder.push_vertex(LonLat::new(lon, lat)));
        builder.end_ring();
    }

    #[test]
    fn a_polygon_with_a_hole_comes_back_ring_by_ring() {
        let mut builder = FeatureStoreBuilder::default();
        push_ring(&mut builder, &[[5.0, 5.0]]);
        builder.end_part(PartKind::Point);
        builder.end_feature(GeometryKind::Point, (0, 10));
        push_ring(&mut builder, &[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]]);
        push_ring(&mut builder, &[[3.0, 1.0], [4.0, 1.0], [4.0, 2.0], [3.0, 1.0]]);
        builder.end_part(PartKind::Polygon);
        builder.end_feature(GeometryKind::Polygon, (10, 20));
        let store = builder.finish(Vec::new(), None);
        let part = store.geometry(1).parts().next().unwrap();
        assert_eq!(part.rings().map(<[_]>::len).collect::<Vec<_>>(), [4, 4]);
        assert_eq!(part.rings().nth(1).unwrap()[0], [3.0, 1.0]);
        assert_eq!(store.geometry(0).vertices(), [[5.0, 5.0]]);
    }

    #[test]
    fn a_discarded_feature_leaves_nothing_behind() {
        let mut builder = FeatureStoreBuilder::default();
        push_ring(&mut builder, &[[1.0, 1.0]]);
        builder.end_part(PartKind::Point);
        builder.end_feature(GeometryKind::Point, (0, 1));
        push_ring(&mut builder, &[[7.0, 7.0], [8.0, 8.0]]);
        builder.end_part(PartKind::Line);
        builder.push_vertex(LonLat::new(50.0, 50.0));
        builder.discard_feature();
        builder.end_feature(GeometryKind::None, (1, 2));
        let store = builder.finish(Vec::new(), None);
        assert_eq!((store.len(), store.vertex_count()), (2, 1));
        assert_eq!(store.geometry(1).parts().len(), 0);
    }
}
