//! Makes the picture of a layer, many rows at a time, and puts the parts together.
//!
//! Floor 3.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::picture::offset_from;
use super::picture_part::{FillPart, PicturePart, PlacedMarker, RowSymbols, StrokePart, smooths_edges};
use super::{
    Block, BlockGrid, BlockKey, DrawnBy, FillMesh, LayerPicture, MarkerBins, MarkerInstance, MarkerSet,
    RowFilter, SegmentBins, StrokeMesh, StrokeNode, pixel_world,
};
use crate::coords::{WorldPos, WorldRect};
use crate::situation::{FeatureRow, FeatureStore, RowMask};
use crate::symbology::{LayerSymbols, Symbol};

/// So many rows are one task.
const ROWS_PER_TASK: usize = 4096;

/// Markers are drawn in the order of their rows as long as that takes no more draws than this; then block by block.
const MAX_MARKER_RUNS: usize = 256;

/// Fewer points than these are always the graphics card's: tiles would cost more than they save.
const FEWEST_BINNED: usize = 512;

/// More symbols than these are the graphics card's, too: each takes a sprite.
const MOST_BINNED_SYMBOLS: usize = 512;

/// Fewer nodes of lines than these are always the graphics card's, likewise.
const FEWEST_BINNED_NODES: usize = 20_000;

/// The picture of a layer for one zoom step, drawn by the graphics card: all rows that `shown` lets pass, all of them
/// where it is `None`.
pub fn layer_picture(
    features: &FeatureStore,
    symbols: &LayerSymbols,
    zoom_step: i32,
    shown: Option<RowFilter<'_>>,
) -> LayerPicture {
    let parts = in_tasks(features.len(), |rows| {
        let mut part = PicturePart::new(symbols.into(), zoom_step, DrawnBy::Card);
        rows.filter(|&row| shown.is_none_or(|shown| shown(row))).for_each(|row| part.add_row(features, row));
        part
    });
    merged(parts, &symbols.symbols, zoom_step, DrawnBy::Card, None)
}

/// What a picture is to show, and how.
#[derive(Debug, Clone, Default)]
pub struct PictureOrder {
    /// See [`super::zoom_step_of`].
    pub zoom_step: i32,
    /// For whom points and lines are made ready.
    pub drawn_by: DrawnBy,
    /// All rows where `None`.
    pub shown: Option<Arc<RowMask>>,
    /// The rows that are looked at, in rising order, all of them where `None`: those near the view of a layer that is
    /// far larger.
    pub rows: Option<Vec<u32>>,
}

/// The picture of a layer as it is ordered.
pub fn ordered_picture(features: &FeatureStore, symbols: &LayerSymbols, order: PictureOrder) -> LayerPicture {
    let PictureOrder { zoom_step, drawn_by, shown, rows } = order;
    let count = rows.as_ref().map_or(features.len(), Vec::len);
    // What is hidden now counts, too: another filter may show it.
    let only_points = rows.is_none() && features.has_only_points();
    let parts = in_tasks(count, |range| {
        let mut part = PicturePart::new(symbols.into(), zoom_step, drawn_by);
        for place in range {
            let row = rows.as_ref().map_or(place, |rows| rows[place] as FeatureRow);
            if shown.as_ref().is_none_or(|shown| shown.contains(row)) {
                part.add_row(features, row);
            } else if drawn_by == DrawnBy::Processor {
                // Filtered when they are drawn: another filter needs no other picture.
                part.add_points_of_row(features, row);
            }
        }
        part
    });
    LayerPicture { only_points, ..merged(parts, &symbols.symbols, zoom_step, drawn_by, shown) }
}

/// One part for each task of some rows, in their order.
fn in_tasks<T: Send>(count: usize, part: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let rows = |task: usize| task * ROWS_PER_TASK..((task + 1) * ROWS_PER_TASK).min(count);
    (0..count.div_ceil(ROWS_PER_TASK)).into_par_iter().map(|task| part(rows(task))).collect()
}

/// The picture of a few rows, in the order given: for what is hovered or selected. `symbols` stand in for those that
/// the rows wear.
pub fn picture_of_rows(
    features: &FeatureStore,
    symbols: &[Symbol],
    symbol_of_row: &[u16],
    zoom_step: i32,
    rows: &[FeatureRow],
) -> LayerPicture {
    let look = RowSymbols { symbols, symbol_of_row };
    let mut part = PicturePart::new(look, zoom_step, DrawnBy::Card);
    rows.iter().filter(|&&row| row < features.len()).for_each(|&row| part.add_row(features, row));
    merged(vec![part], symbols, zoom_step, DrawnBy::Card, None)
}

/// The parts put together in their order, so that later rows lie above earlier ones.
fn merged(
    parts: Vec<PicturePart<'_>>,
    symbols: &[Symbol],
    zoom_step: i32,
    drawn_by: DrawnBy,
    shown: Option<Arc<RowMask>>,
) -> LayerPicture {
    let grid = BlockGrid::for_zoom_step(zoom_step);
    let mut fills = BTreeMap::<BlockKey, FillPart>::new();
    let mut strokes = BTreeMap::<BlockKey, StrokePart>::new();
    let (mut markers, mut specks) = (Vec::new(), Vec::new());
    for part in parts {
        for (key, from) in part.fills {
            let into = fills.entry(key).or_insert_with(FillPart::empty);
            into.bounds = union(into.bounds, from.bounds);
            into.push(from.vertices, from.indices);
        }
        for (key, from) in part.strokes {
            let into = strokes.entry(key).or_insert_with(StrokePart::empty);
            into.bounds = union(into.bounds, from.bounds);
            into.nodes.extend(from.nodes);
        }
        markers.push(part.markers);
        specks.push(part.specks);
    }
    let count: usize = markers.iter().map(Vec::len).sum();
    let is_binned =
        drawn_by == DrawnBy::Processor && count >= FEWEST_BINNED && symbols.len() <= MOST_BINNED_SYMBOLS;
    let (markers, binned_markers) = if is_binned {
        (MarkerSet::default(), MarkerBins::new(&markers))
    } else {
        let mut markers = markers.concat();
        markers.retain(|marker| shown.as_ref().is_none_or(|shown| shown.contains(marker.row as FeatureRow)));
        (marker_set(markers, grid), MarkerBins::default())
    };
    let strokes = stroke_mesh(strokes, grid);
    let are_binned = drawn_by == DrawnBy::Processor && suits_the_processor(&strokes, symbols);
    LayerPicture {
        zoom_step,
        symbols: symbols.to_vec(),
        fills: fill_mesh(fills, grid),
        stroke_bins: match are_binned {
            true => SegmentBins::new(&strokes, pixel_world(zoom_step)),
            false => SegmentBins::default(),
        },
        strokes,
        markers,
        specks: MarkerBins::new(&specks),
        binned_markers: Arc::new(binned_markers),
        shown,
        only_points: false,
    }
}

/// Whether tiles are worth while. Tiles lie on whole pixels, and what smooths the edge of a fill must not move from it.
fn suits_the_processor(strokes: &StrokeMesh, symbols: &[Symbol]) -> bool {
    strokes.nodes.len() >= FEWEST_BINNED_NODES && !symbols.iter().any(smooths_edges)
}

fn fill_mesh(parts: BTreeMap<BlockKey, FillPart>, grid: BlockGrid) -> FillMesh {
    let mut mesh = FillMesh::default();
    for (key, part) in parts.into_iter().filter(|(_, part)| !part.indices.is_empty()) {
        let (base, begin) = (mesh.vertices.len() as u32, mesh.indices.len() as u32);
        mesh.vertices.extend(part.vertices);
        mesh.indices.extend(part.indices.into_iter().map(|index| base + index));
        let range = begin..mesh.indices.len() as u32;
        mesh.blocks.push(Block { origin: grid.origin(key), bounds: part.bounds, range });
    }
    mesh
}

fn stroke_mesh(parts: BTreeMap<BlockKey, StrokePart>, grid: BlockGrid) -> StrokeMesh {
    let mut mesh = StrokeMesh::default();
    mesh.nodes.push(StrokeNode::PADDING);
    for (key, part) in parts {
        let begin = mesh.nodes.len() as u32;
        mesh.nodes.extend(part.nodes);
        let range = begin..mesh.nodes.len() as u32;
        mesh.blocks.push(Block { origin: grid.origin(key), bounds: part.bounds, range });
    }
    mesh.nodes.extend([StrokeNode::PADDING; 2]);
    mesh
}

fn marker_set(mut markers: Vec<PlacedMarker>, grid: BlockGrid) -> MarkerSet {
    let block = |marker: &PlacedMarker| grid.key_of([marker.at.x, marker.at.y]);
    let runs = 1 + markers.windows(2).filter(|pair| block(&pair[0]) != block(&pair[1])).count();
    if runs > MAX_MARKER_RUNS {
        markers.par_sort_by_key(block);
    }
    let mut set = MarkerSet::default();
    for run in markers.chunk_by(|a, b| block(a) == block(b)) {
        let origin = grid.origin(block(&run[0]));
        let begin = set.instances.len() as u32;
        let mut bounds = WorldRect::EMPTY;
        for marker in run {
            bounds.include(marker.at);
            let offset = offset_from(origin, [marker.at.x, marker.at.y]);
            set.instances.push(MarkerInstance { offset, symbol: u32::from(marker.symbol) });
            set.rows.push(marker.row);
        }
        set.blocks.push(Block { origin, bounds, range: begin..set.instances.len() as u32 });
    }
    set
}

fn union(a: WorldRect, b: WorldRect) -> WorldRect {
    WorldRect {
        min: WorldPos::new(a.min.x.min(b.min.x), a.min.y.min(b.min.y)),
        max: WorldPos::new(a.max.x.max(b.max.x), a.max.y.max(b.max.y)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::LonLat;
    use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};
    use crate::symbology::{Fill, Marker, MarkerShape, Rgba, Ring, Stroke, Symbol};
    use crate::tessellate::ring::{signed_area_twice, world_ring};

    fn store(features: &[(PartKind, &[&[[f64; 2]]])]) -> FeatureStore {
        let mut builder = FeatureStoreBuilder::default();
        for (kind, rings) in features {
            for ring in *rings {
                ring.iter().for_each(|&[lon, lat]| builder.push_vertex(LonLat::new(lon, lat)));
                builder.end_ring();
            }
            builder.end_part(*kind);
            builder.end_feature(GeometryKind::GeometryCollection, (0, 0));
        }
        builder.finish(Vec::new(), None)
    }

    fn everything() -> LayerSymbols {
        let color = Rgba::hex(0x009E73);
        let marker = Marker {
            shape: MarkerShape::Circle,
            size_points: 9.0,
            color,
            filled: true,
            ring: Ring::None,
            edge: color,
            ground: color,
        };
        let symbol = Symbol {
            fill: Some(Fill { color, hatch: None }),
            strokes: vec![Stroke { color, width_points: 1.0, dash: None }],
            marker: Some(marker),
        };
        LayerSymbols { symbols: vec![symbol], symbol_of_row: Vec::new() }
    }

    const BOW_TIE: &[[f64; 2]] = &[[36.0, 35.0], [37.0, 36.0], [37.0, 35.0], [36.0, 36.0], [36.0, 35.0]];
    const SQUARE: &[[f64; 2]] = &[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0], [36.0, 35.0]];
    const HOLE: &[[f64; 2]] = &[[36.2, 35.2], [36.4, 35.2], [36.4, 35.4], [36.2, 35.4], [36.2, 35.2]];
    const COLLINEAR: &[[f64; 2]] = &[[36.0, 35.0], [36.5, 35.0], [37.0, 35.0], [36.0, 35.0]];
    const TINY: &[[f64; 2]] = &[[36.0, 35.0], [36.0 + 1e-9, 35.0], [36.0, 35.0 + 1e-9], [36.0, 35.0]];
    const DOUBLES: &[[f64; 2]] = &[[36.0, 35.0], [36.0, 35.0], [36.0, 35.0], [36.0, 35.0]];
    const BROKEN: &[[f64; 2]] = &[[f64::NAN, 35.0], [36.0, f64::INFINITY], [1e300, 1e300], [36.0, -90.0]];

    #[test]
    fn whatever_the_geometry_no_number_in_a_picture_is_infinite_or_missing() {
        let shapes =
            [&[BOW_TIE][..], &[SQUARE, HOLE], &[COLLINEAR], &[TINY], &[DOUBLES], &[BROKEN], &[&[]], &[]];
        for kind in [PartKind::Polygon, PartKind::Line, PartKind::Point] {
            for zoom_step in [0, 8, 20] {
                let features: Vec<_> = shapes.iter().map(|&rings| (kind, rings)).collect();
                let picture = layer_picture(&store(&features), &everything(), zoom_step, None);
                let fills = picture.fills.vertices.iter().map(|vertex| vertex.offset);
                let nodes =
                    picture.strokes.nodes.iter().map(|node| [node.offset[0] + node.along, node.offset[1]]);
                let markers = picture.markers.instances.iter().map(|marker| marker.offset);
                assert!(fills.chain(nodes).chain(markers).flatten().all(f32::is_finite));
                assert!(picture.fills.indices.iter().all(|&i| (i as usize) < picture.fills.vertices.len()));
            }
        }
    }

    #[test]
    fn an_area_in_a_picture_is_as_large_as_in_the_file() {
        let picture = layer_picture(&store(&[(PartKind::Polygon, &[SQUARE, HOLE])]), &everything(), 12, None);
        let corner = |i: u32| picture.fills.vertices[i as usize].offset.map(f64::from);
        let triangles =
            picture.fills.indices.chunks_exact(3).map(|t| [corner(t[0]), corner(t[1]), corner(t[2])]);
        let covered: f64 = triangles.map(|triangle| signed_area_twice(&triangle).abs()).sum();
        let [square, hole] = [SQUARE, HOLE].map(|ring| signed_area_twice(&world_ring(ring)).abs());
        assert!(picture.fills.blocks.len() > 1);
        assert!((covered / (square - hole) - 1.0).abs() < 1e-5, "{covered} {}", square - hole);
    }

    #[test]
    fn only_rows_that_the_filter_passes_are_drawn() {
        let points: Vec<[[f64; 2]; 1]> = (0..10).map(|i| [[36.0 + f64::from(i) * 0.01, 35.5]]).collect();
        let rings: Vec<[&[[f64; 2]]; 1]> = points.iter().map(|point| [&point[..]]).collect();
        let features: Vec<_> = rings.iter().map(|rings| (PartKind::Point, &rings[..])).collect();
        let picture = layer_picture(&store(&features), &everything(), 8, Some(&|row| row % 2 == 1));
        assert_eq!(picture.markers.rows, [1, 3, 5, 7, 9]);
        let few = picture_of_rows(&store(&features), &everything().symbols, &[], 8, &[7, 2, 99]);
        assert_eq!(few.markers.rows, [7, 2]);
    }

    #[test]
    fn markers_on_both_sides_of_a_block_border_keep_the_order_of_their_rows() {
        let points = [[[36.55, 35.5]], [[36.57, 35.5]], [[36.55, 35.5]]];
        let rings: Vec<[&[[f64; 2]]; 1]> = points.iter().map(|point| [&point[..]]).collect();
        let features: Vec<_> = rings.iter().map(|rings| (PartKind::Point, &rings[..])).collect();
        let picture = layer_picture(&store(&features), &everything(), 12, None);
        assert_eq!(picture.markers.blocks.len(), 3);
        assert_eq!(picture.markers.rows, [0, 1, 2]);
    }

    #[test]
    fn only_a_picture_of_all_of_a_layer_with_nothing_but_points_serves_other_zooms() {
        let points: Vec<[[f64; 2]; 1]> =
            (0..FEWEST_BINNED).map(|i| [[36.0 + i as f64 * 0.001, 35.5]]).collect();
        let rings: Vec<[&[[f64; 2]]; 1]> = points.iter().map(|point| [&point[..]]).collect();
        let mut features: Vec<_> = rings.iter().map(|rings| (PartKind::Point, &rings[..])).collect();
        let serves = |features: &[(PartKind, &[&[[f64; 2]]])], rows: Option<Vec<u32>>, shown| {
            let order = PictureOrder { zoom_step: 8, drawn_by: DrawnBy::Processor, shown, rows };
            let picture = ordered_picture(&store(features), &everything(), order);
            assert!(!picture.binned_markers.is_empty());
            picture.adapted(9, None).is_some()
        };
        assert!(serves(&features, None, None));
        assert!(!serves(&features, Some((0..FEWEST_BINNED as u32).collect()), None));
        features.push((PartKind::Polygon, &[SQUARE]));
        let none = RowMask::none(features.len());
        assert!(!serves(&features, None, Some(Arc::new(none))));
    }

    #[test]
    fn a_million_points_take_12_bytes_each_on_the_card() {
        assert_eq!(size_of::<MarkerInstance>(), 12);
        assert_eq!(size_of::<StrokeNode>(), 16);
    }

    #[test]
    fn a_row_without_a_symbol_is_not_drawn() {
        let symbols = LayerSymbols { symbols: Vec::new(), symbol_of_row: vec![3] };
        assert!(layer_picture(&store(&[(PartKind::Polygon, &[SQUARE])]), &symbols, 8, None).is_empty());
    }
}
