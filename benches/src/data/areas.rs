//! Administrative areas with coasts as ragged as real ones.

use std::f64::consts::TAU;
use std::io;

use super::land::name;
use super::random::Random;
use super::sink::{Sink, put, put_ring};

const MOST_POSITIONS: usize = 200_000;
const FEWEST_POSITIONS: usize = 10_000;
/// The box that is divided among the areas: its south-west, its sides, degrees.
const SOUTH_WEST: [f64; 2] = [74.0, -35.0];
const SIDES: [f64; 2] = [10.0, 8.0];
const HOLDERS: [&str; 5] = ["north", "south", "coast", "shared", "not known"];
/// How much of the radius the waves of an outline take away at most, and how strong each is beside the next coarser.
const WAVES: f64 = 0.45;
const FINER_WAVES: f64 = 0.6;

pub(super) fn write(count: usize, random: &mut Random, sink: &mut Sink<'_>) -> io::Result<()> {
    let columns = (count as f64).sqrt().ceil() as usize;
    let cell = SIDES.map(|side| side / columns as f64);
    let mut json = String::new();
    for row in 0..count {
        let middle = [0, 1].map(|axis| {
            let nth = [row % columns, row / columns][axis];
            SOUTH_WEST[axis] + cell[axis] * (nth as f64 + 0.5)
        });
        let last = row + 1 == count;
        let skewed = random.unit().powi(5) * (MOST_POSITIONS - FEWEST_POSITIONS) as f64;
        let positions = if last { MOST_POSITIONS } else { FEWEST_POSITIONS + skewed as usize };
        let islets = if !last && row % 5 == 3 { 4 + random.below(16) } else { 0 };
        json.clear();
        put!(
            &mut json,
            "{{\"type\":\"Feature\",\"id\":\"area-{row}\",\"properties\":{{\"name\":\"{}\"",
            name(random)
        );
        put!(&mut json, ",\"level\":{},\"held_by\":\"{}\"", 1 + row % 3, random.one_of(&HOLDERS));
        put!(
            &mut json,
            ",\"population\":{},\"since\":\"{}-01-01\"}}",
            random.below(2_000_000),
            2012 + random.below(12)
        );
        put_geometry(&mut json, middle, cell[1] * 0.4, positions, islets, random);
        json.push('}');
        sink.feature(&json)?;
    }
    Ok(())
}

/// One main part with holes and, where there are islets, a part for each of them around it.
fn put_geometry(
    json: &mut String,
    middle: [f64; 2],
    radius: f64,
    positions: usize,
    islets: usize,
    random: &mut Random,
) {
    let kind = if islets > 0 { "MultiPolygon" } else { "Polygon" };
    put!(json, ",\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":");
    json.push_str(if islets > 0 { "[[" } else { "[" });
    put_ring(json, &outline(middle, radius, positions, random));
    let holes = random.below(5);
    for nth in 0..holes {
        // Well inside of what the waves leave of the radius, each in a direction of its own.
        let at = beside(middle, radius * 0.2, nth, holes);
        let mut hole = outline(at, radius * 0.06, positions / 25, random);
        hole.reverse();
        json.push(',');
        put_ring(json, &hole);
    }
    json.push(']');
    for nth in 0..islets {
        let at = beside(middle, radius * 1.12, nth, islets);
        let corners = 30 + random.below(300);
        json.push_str(",[");
        put_ring(json, &outline(at, radius * 0.03, corners, random));
        json.push(']');
    }
    json.push_str(if islets > 0 { "]}" } else { "}" });
}

fn beside([lon, lat]: [f64; 2], distance: f64, nth: usize, of: usize) -> [f64; 2] {
    let (sin, cos) = (TAU * nth as f64 / of as f64).sin_cos();
    [lon + distance * cos, lat + distance * sin]
}

/// A ring that never crosses itself, since each direction from the middle has one radius: value noise of ever finer
/// waves, down to single positions.
fn outline([lon, lat]: [f64; 2], radius: f64, positions: usize, random: &mut Random) -> Vec<[f64; 2]> {
    let mut taken = vec![0.0; positions];
    let (mut waves, mut strength) = (4, WAVES * (1.0 - FINER_WAVES));
    while waves < positions {
        let heights: Vec<f64> = (0..waves).map(|_| random.unit()).collect();
        for (nth, taken) in taken.iter_mut().enumerate() {
            let place = nth as f64 * waves as f64 / positions as f64;
            let (left, part) = (place as usize % waves, place.fract());
            *taken += strength * (heights[left] * (1.0 - part) + heights[(left + 1) % waves] * part);
        }
        waves *= 2;
        strength *= FINER_WAVES;
    }
    let at = |(nth, taken): (usize, f64)| {
        let (sin, cos) = (TAU * nth as f64 / positions as f64).sin_cos();
        [lon + radius * (1.0 - taken) * cos, lat + radius * (1.0 - taken) * sin]
    };
    taken.into_iter().enumerate().map(at).collect()
}
