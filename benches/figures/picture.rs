//! The picture of a whole layer at each zoom step.

use std::cell::LazyCell;

use criterion::{Criterion, SamplingMode};
use sitmap_bench::data::Kind;

use crate::Files;
use crate::layer::Layer;
use crate::results::Results;

const TITLE: &str = "picture of all features";
/// From the whole land to single houses.
const ZOOM_STEPS: [i32; 3] = [6, 10, 14];

/// Every kind at every step.
pub fn bench(criterion: &mut Criterion, files: &Files, results: &Results) {
    let mut group = criterion.benchmark_group(files.sized("picture"));
    group.sampling_mode(SamplingMode::Flat);
    for kind in Kind::ALL {
        let layer = LazyCell::new(|| Layer::of(&files.path(kind)));
        for step in ZOOM_STEPS {
            let name = format!("{} {}, zoom {step}", kind.count_beside(files.events), kind.word());
            results.measure(&mut group, [TITLE, &name], 1, || step, |step| layer.picture(step));
        }
    }
    group.finish();
}
