//! What lies under the pointer, exactly.

use std::cell::LazyCell;

use criterion::Criterion;
use sitmap::coords::WorldPos;
use sitmap::index::features_at;
use sitmap_bench::data::Kind;

use crate::Files;
use crate::index::POINTER_WORLD;
use crate::layer::Layer;
use crate::results::Results;

const GROUP: &str = "identify";
const TITLE: &str = "identify, one place";
const ON: &str = "on an event, where many share a place";
const BESIDE: &str = "800 m beside an event";
const RING: &str = "all over a ring of 200,000 positions";
const PLACES: usize = 1_000;
/// 800 m at the latitude of the data.
const BESIDE_WORLD: f64 = 800.0 / 34_000_000.0;

/// Places on and beside events, and all over the largest ring.
pub fn bench(criterion: &mut Criterion, files: &Files, results: &Results) {
    let events = LazyCell::new(|| Layer::of(&files.path(Kind::Events)));
    let areas = LazyCell::new(|| Layer::of(&files.path(Kind::Areas)));
    let on = LazyCell::new(|| near_events(&events, 0.0));
    let beside = LazyCell::new(|| near_events(&events, BESIDE_WORLD));
    let on_area = LazyCell::new(|| on_the_last_area(&areas));
    let mut group = criterion.benchmark_group(files.sized(GROUP));
    let ask = |layer: &Layer, places: &[WorldPos]| -> usize {
        places.iter().map(|at| features_at(&layer.data, *at, POINTER_WORLD).len()).sum()
    };
    results.measure(&mut group, [TITLE, ON], PLACES, || on.as_slice(), |places| ask(&events, places));
    results.measure(&mut group, [TITLE, BESIDE], PLACES, || beside.as_slice(), |places| ask(&events, places));
    results.measure(&mut group, [TITLE, RING], PLACES, || on_area.as_slice(), |places| ask(&areas, places));
    group.finish();
}

/// Events that are spread over the whole file, `beside` world units east of them.
fn near_events(layer: &Layer, beside: f64) -> Vec<WorldPos> {
    let rows = layer.data.features.len();
    let on = |nth: usize| layer.position(nth * rows / PLACES);
    (0..PLACES).map(|nth| WorldPos::new(on(nth).x + beside, on(nth).y)).collect()
}

/// A grid over the box of the last area: places inside, outside and on the edge.
fn on_the_last_area(layer: &Layer) -> Vec<WorldPos> {
    let last = layer.data.features.len() - 1;
    let rect = layer.data.features.feature_extent(last).expect("areas have places").to_world();
    let side = (PLACES as f64).sqrt();
    let at = |nth: usize| {
        let (column, row) = ((nth as f64 % side) / side, nth as f64 / PLACES as f64);
        WorldPos::new(rect.min.x + column * rect.width_world(), rect.min.y + row * rect.height_world())
    };
    (0..PLACES).map(at).collect()
}
