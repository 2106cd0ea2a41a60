//! Buildings as seen from above.

use std::io;

use super::land::{near, towns};
use super::random::Random;
use super::sink::{Sink, put, put_ring};

const DEGREES_A_METRE: f64 = 1.0 / 111_320.0;
const USES: [&str; 7] = ["house", "yes", "flats", "shop", "barn", "school", "workshop"];
/// Outlines in parts of width and depth: a box, an L, a T.
const OUTLINES: [&[[f64; 2]]; 3] = [
    &[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]],
    &[[0.0, 0.0], [1.0, 0.0], [1.0, 0.5], [0.6, 0.5], [0.6, 1.0], [0.0, 1.0]],
    &[[0.0, 0.0], [1.0, 0.0], [1.0, 0.4], [0.7, 0.4], [0.7, 1.0], [0.3, 1.0], [0.3, 0.4], [0.0, 0.4]],
];

pub(super) fn write(count: usize, random: &mut Random, sink: &mut Sink<'_>) -> io::Result<()> {
    let towns = towns(random);
    let mut json = String::new();
    for row in 0..count {
        let town = &towns[random.rank(towns.len())];
        let corner = near(random, town.at, town.spread);
        let outline = placed(OUTLINES[random.rank(OUTLINES.len())], corner, random);
        json.clear();
        put!(
            &mut json,
            "{{\"type\":\"Feature\",\"id\":{row},\"properties\":{{\"use\":\"{}\"",
            USES[random.rank(USES.len())]
        );
        put!(&mut json, ",\"storeys\":{},\"district\":\"{}\"", 1 + random.rank(8), town.district);
        put!(&mut json, ",\"damage_class\":{},\"visited\":{}", random.rank(5), random.once_in(2));
        put!(&mut json, ",\"registered\":\"{}-{:02}-01\"}}", 1960 + random.below(60), 1 + random.below(12));
        json.push_str(",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[");
        put_ring(&mut json, &outline);
        json.push_str("]}}");
        sink.feature(&json)?;
    }
    Ok(())
}

/// The outline with a size and a direction of its own.
fn placed(outline: &[[f64; 2]], [lon, lat]: [f64; 2], random: &mut Random) -> Vec<[f64; 2]> {
    let (width_m, depth_m) = (random.between(7.0, 30.0), random.between(6.0, 22.0));
    let (sin, cos) = random.between(0.0, std::f64::consts::FRAC_PI_2).sin_cos();
    let narrowing = lat.to_radians().cos();
    let turned = |&[x, y]: &[f64; 2]| {
        let (east_m, north_m) = (x * width_m, y * depth_m);
        let (east_m, north_m) = (east_m * cos - north_m * sin, east_m * sin + north_m * cos);
        [lon + east_m * DEGREES_A_METRE / narrowing, lat + north_m * DEGREES_A_METRE]
    };
    outline.iter().map(turned).collect()
}
