//! The index of a layer, next to that of the crate `rstar`.

use std::cell::LazyCell;

use criterion::Criterion;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use sitmap::coords::{WorldPos, WorldRect};
use sitmap::index::SpatialIndex;
use sitmap_bench::data::Kind;

use crate::Files;
use crate::layer::Layer;
use crate::results::{Results, SITMAP};

const BUILD: &str = "index of all events: build";
const HIT: &str = "index of all events: one pointer";
const VIEW: &str = "index of all events: one town";
const RSTAR: &str = "rstar, places on the map given";
const QUERIES: usize = 1_000;
/// Half a side of the box around a pointer: 6 points at zoom 12.
pub const POINTER_WORLD: f64 = 6.0 / (256.0 * 4096.0);
/// Half a side of the box around a town: 640 points at zoom 12.
const TOWN_WORLD: f64 = 640.0 / (256.0 * 4096.0);

type Place = GeomWithData<[f64; 2], u32>;

/// Building the index, and asking it what lies in boxes around events.
pub fn bench(criterion: &mut Criterion, files: &Files, results: &Results) {
    let layer = LazyCell::new(|| Layer::of(&files.path(Kind::Events)));
    let places = LazyCell::new(|| -> Vec<Place> {
        let place = |row| layer.position(row);
        (0..layer.data.features.len())
            .map(|row| Place::new([place(row).x, place(row).y], row as u32))
            .collect()
    });
    let mut group = criterion.benchmark_group(files.sized("index build"));
    results.measure(&mut group, [BUILD, SITMAP], 1, || &layer.data.features, SpatialIndex::build);
    results.measure(&mut group, [BUILD, RSTAR], 1, || places.clone(), RTree::bulk_load);
    group.finish();

    let tree = LazyCell::new(|| RTree::bulk_load(places.clone()));
    for (name, title, half) in [("index hit", HIT, POINTER_WORLD), ("index view", VIEW, TOWN_WORLD)] {
        let boxes = LazyCell::new(|| boxes(&layer, half));
        let mut group = criterion.benchmark_group(files.sized(name));
        let ours =
            |boxes: &[WorldRect]| -> usize { boxes.iter().map(|rect| found_by_us(&layer, *rect)).sum() };
        results.measure(&mut group, [title, SITMAP], QUERIES, || boxes.as_slice(), ours);
        let theirs =
            |boxes: &[WorldRect]| -> usize { boxes.iter().map(|rect| found_by_rstar(&tree, *rect)).sum() };
        results.measure(&mut group, [title, RSTAR], QUERIES, || boxes.as_slice(), theirs);
        group.finish();
    }
}

/// Boxes around events that are spread over the whole file.
fn boxes(layer: &Layer, half: f64) -> Vec<WorldRect> {
    let rows = layer.data.features.len();
    let around = |nth: usize| {
        let at: WorldPos = layer.position(nth * rows / QUERIES);
        WorldRect { min: at, max: at }.grown(half)
    };
    (0..QUERIES).map(around).collect()
}

fn found_by_us(layer: &Layer, rect: WorldRect) -> usize {
    let mut found = 0;
    layer.data.index.visit(rect, |_| found += 1);
    found
}

fn found_by_rstar(tree: &RTree<Place>, rect: WorldRect) -> usize {
    let corners = [rect.min, rect.max].map(|at| [at.x, at.y]);
    tree.locate_in_envelope(AABB::from_corners(corners[0], corners[1])).count()
}
