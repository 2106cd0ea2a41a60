//! What some rows of a layer contribute to its picture: each feature projected, thinned, cut and triangulated.
//!
//! Floor 3.

use std::collections::BTreeMap;

use super::chain::chain_line;
use super::clip::{Rings, halved, vertex_count};
use super::picture::offset_from;
use super::ring::{signed_area_twice, tiny_center, world_line, world_position, world_ring};
use super::{
    BlockGrid, BlockKey, DrawnBy, FillVertex, StrokeNode, pixel_world, split_into_blocks, thinned_line,
    thinned_ring, triangulate,
};
use crate::coords::{WorldPos, WorldRect};
use crate::situation::{FeatureRow, FeatureStore, PartKind, PartRef};
use crate::symbology::{LayerSymbols, Symbol};

/// An area of more rings or vertices than these is cut in two, again and again, before it is triangulated.
const MAX_RINGS: usize = 256;
const MAX_RING_VERTICES: usize = 4096;

/// The symbols of a layer and which row wears which; rows past the end wear the first: one for all needs no table.
#[derive(Clone, Copy)]
pub(super) struct RowSymbols<'a> {
    pub(super) symbols: &'a [Symbol],
    pub(super) symbol_of_row: &'a [u16],
}

impl<'a> From<&'a LayerSymbols> for RowSymbols<'a> {
    fn from(symbols: &'a LayerSymbols) -> Self {
        Self { symbols: &symbols.symbols, symbol_of_row: &symbols.symbol_of_row }
    }
}

/// What some rows contribute, block by block.
pub(super) struct PicturePart<'a> {
    look: RowSymbols<'a>,
    grid: BlockGrid,
    pixel_world: f64,
    pub(super) fills: BTreeMap<BlockKey, FillPart>,
    pub(super) strokes: BTreeMap<BlockKey, StrokePart>,
    pub(super) markers: Vec<PlacedMarker>,
    /// What is smaller than a pixel, where the processor draws that.
    pub(super) specks: Vec<PlacedMarker>,
    drawn_by: DrawnBy,
}

pub(super) struct FillPart {
    pub(super) bounds: WorldRect,
    pub(super) vertices: Vec<FillVertex>,
    pub(super) indices: Vec<u32>,
}

pub(super) struct StrokePart {
    pub(super) bounds: WorldRect,
    pub(super) nodes: Vec<StrokeNode>,
}

/// A point on its way into a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedMarker {
    pub(super) at: WorldPos,
    pub(super) symbol: u16,
    pub(super) row: u32,
}

impl<'a> PicturePart<'a> {
    pub(super) fn new(look: RowSymbols<'a>, zoom_step: i32, drawn_by: DrawnBy) -> Self {
        Self {
            look,
            grid: BlockGrid::for_zoom_step(zoom_step),
            pixel_world: pixel_world(zoom_step),
            fills: BTreeMap::new(),
            strokes: BTreeMap::new(),
            markers: Vec::new(),
            specks: Vec::new(),
            drawn_by,
        }
    }

    /// Adds all of a row.
    pub(super) fn add_row(&mut self, features: &FeatureStore, row: FeatureRow) {
        let Some((number, symbol)) = self.symbol_of(row) else { return };
        for part in features.geometry(row).parts() {
            match part.kind {
                PartKind::Point => self.add_point(part, symbol, number, row),
                PartKind::Line => self.add_line(part, symbol, number, row),
                PartKind::Polygon => self.add_area(part, symbol, number, row),
            }
        }
    }

    /// Adds only the points of a row.
    pub(super) fn add_points_of_row(&mut self, features: &FeatureStore, row: FeatureRow) {
        let Some((number, symbol)) = self.symbol_of(row) else { return };
        let points = features.geometry(row).parts().filter(|part| part.kind == PartKind::Point);
        points.for_each(|part| self.add_point(part, symbol, number, row));
    }

    fn symbol_of(&self, row: FeatureRow) -> Option<(u16, &'a Symbol)> {
        let number = self.look.symbol_of_row.get(row).copied().unwrap_or(0);
        Some((number, self.look.symbols.get(usize::from(number))?))
    }

    fn add_point(&mut self, part: PartRef<'_>, symbol: &Symbol, number: u16, row: FeatureRow) {
        let first = part.rings().next().and_then(<[_]>::first);
        let Some(at) = first.and_then(world_position).filter(|_| symbol.marker.is_some()) else { return };
        let at = WorldPos::new(at[0], at[1]);
        self.markers.push(PlacedMarker { at, symbol: number, row: row as u32 });
    }

    fn add_line(&mut self, part: PartRef<'_>, symbol: &Symbol, number: u16, row: FeatureRow) {
        if symbol.strokes.is_empty() {
            return;
        }
        for line in part.rings() {
            if let Some(at) = tiny_center(line, self.pixel_world) {
                self.add_speck(at, symbol, number, row);
            } else {
                let thin = thinned_line(&world_line(line), self.pixel_world / 2.0);
                self.add_chain(&thin, false, number);
            }
        }
    }

    fn add_area(&mut self, part: PartRef<'_>, symbol: &Symbol, number: u16, row: FeatureRow) {
        let mut rings = part.rings();
        let Some(outer) = rings.next().filter(|outer| !outer.is_empty()) else { return };
        if let Some(at) = tiny_center(outer, self.pixel_world) {
            return self.add_speck(at, symbol, number, row);
        }
        let tolerance = self.pixel_world / 2.0;
        let thin = |ring, clockwise| turned(thinned_ring(&world_ring(ring), tolerance), clockwise);
        let mut thinned = vec![thin(outer, true)];
        let holes = rings.filter(|hole| tiny_center(hole, self.pixel_world).is_none());
        thinned.extend(holes.map(|hole| thin(hole, false)));
        if draws_edges(symbol) {
            thinned.iter().for_each(|ring| self.add_chain(ring, true, number));
        }
        if symbol.fill.is_some() {
            let grid = self.grid;
            split_into_blocks(thinned, grid, &mut |key, rings| self.add_triangles(key, &rings, number));
        }
    }

    /// Smaller than a pixel: a dot of its line or edge, or a pixel of its inside where it has no edge.
    fn add_speck(&mut self, at: [f64; 2], symbol: &Symbol, number: u16, row: FeatureRow) {
        let center = WorldPos::new(at[0], at[1]);
        if self.drawn_by == DrawnBy::Processor {
            self.specks.push(PlacedMarker { at: center, symbol: number, row: row as u32 });
        } else if !symbol.strokes.is_empty() {
            self.add_chain(&[at], false, number);
        } else if symbol.fill.is_some() {
            let key = self.grid.key_of(at);
            let offset = offset_from(self.grid.origin(key), at);
            let corner = |corner: u32| FillVertex { offset, bits: u32::from(number) | corner };
            let part = self.fill_part(key);
            part.bounds.include(center);
            part.push(FillVertex::CORNERS.map(corner), [0, 1, 2, 2, 1, 3]);
        }
    }

    fn add_triangles(&mut self, key: BlockKey, rings: &Rings, number: u16) {
        // The time of triangulation grows with the square of the holes and of the vertices.
        if (rings.len() > MAX_RINGS || vertex_count(rings) > MAX_RING_VERTICES)
            && let Some(halves) = halved(rings)
        {
            return halves.iter().for_each(|half| self.add_triangles(key, half, number));
        }
        let triangles = triangulate(rings);
        let origin = self.grid.origin(key);
        let part = self.fill_part(key);
        let vertex = |&at: &[f64; 2]| FillVertex { offset: offset_from(origin, at), bits: u32::from(number) };
        triangles.vertices.iter().for_each(|&[x, y]| part.bounds.include(WorldPos::new(x, y)));
        part.push(triangles.vertices.iter().map(vertex), triangles.indices);
    }

    fn add_chain(&mut self, line: &[[f64; 2]], closed: bool, number: u16) {
        let (strokes, grid) = (&mut self.strokes, self.grid);
        chain_line(line, closed, number, grid, &mut |key, nodes| {
            let part = strokes.entry(key).or_insert_with(StrokePart::empty);
            let origin = grid.origin(key);
            for node in nodes {
                let [x, y] = node.offset.map(f64::from);
                part.bounds.include(WorldPos::new(origin.x + x, origin.y + y));
            }
            part.nodes.extend_from_slice(nodes);
        });
    }

    fn fill_part(&mut self, key: BlockKey) -> &mut FillPart {
        self.fills.entry(key).or_insert_with(FillPart::empty)
    }
}

impl FillPart {
    pub(super) fn empty() -> Self {
        Self { bounds: WorldRect::EMPTY, vertices: Vec::new(), indices: Vec::new() }
    }

    pub(super) fn push(
        &mut self,
        vertices: impl IntoIterator<Item = FillVertex>,
        indices: impl IntoIterator<Item = u32>,
    ) {
        let base = self.vertices.len() as u32;
        self.vertices.extend(vertices);
        self.indices.extend(indices.into_iter().map(|index| base + index));
    }
}

impl StrokePart {
    pub(super) fn empty() -> Self {
        Self { bounds: WorldRect::EMPTY, nodes: Vec::new() }
    }
}

/// Whether rings are drawn as lines: for their strokes, or to smooth the edge of a plain fill without any.
fn draws_edges(symbol: &Symbol) -> bool {
    !symbol.strokes.is_empty() || smooths_edges(symbol)
}

/// Whether the lines of its areas only smooth the edge of their fill.
pub(super) fn smooths_edges(symbol: &Symbol) -> bool {
    symbol.strokes.is_empty() && symbol.fill.is_some_and(|fill| fill.hatch.is_none())
}

/// The ring with the area on the right hand of each edge as the screen shows it: outer rings clockwise, holes not.
fn turned(mut ring: Vec<[f64; 2]>, clockwise: bool) -> Vec<[f64; 2]> {
    if (signed_area_twice(&ring) > 0.0) != clockwise {
        ring.reverse();
    }
    ring
}
