//! Roads that wander out of towns.

use std::io;

use super::land::{name, near, towns};
use super::random::Random;
use super::sink::{Sink, put, put_positions};

const CLASSES: [&str; 7] = ["street", "lane", "track", "service road", "main road", "trunk road", "motorway"];
/// From this class on, roads are long.
const FIRST_LONG_CLASS: usize = 4;
const SURFACES: [&str; 3] = ["paved", "gravel", "earth"];

pub(super) fn write(count: usize, random: &mut Random, sink: &mut Sink<'_>) -> io::Result<()> {
    let towns = towns(random);
    let mut json = String::new();
    for row in 0..count {
        let town = &towns[random.rank(towns.len())];
        let class = random.rank(CLASSES.len());
        json.clear();
        put!(
            &mut json,
            "{{\"type\":\"Feature\",\"id\":{row},\"properties\":{{\"class\":\"{}\",\"name\":",
            CLASSES[class]
        );
        match random.once_in(3) {
            true => put!(&mut json, "\"{} Road\"", name(random)),
            false => json.push_str("null"),
        }
        put!(&mut json, ",\"surface\":\"{}\",\"oneway\":{}", random.one_of(&SURFACES), random.once_in(7));
        put!(&mut json, ",\"speed_kmh\":{},\"district\":\"{}\"}}", 20 + 10 * random.below(10), town.district);
        json.push_str(",\"geometry\":{\"type\":\"LineString\",\"coordinates\":");
        let start = near(random, town.at, town.spread * 1.3);
        put_positions(&mut json, wander(start, class >= FIRST_LONG_CLASS, random));
        json.push_str("}}");
        sink.feature(&json)?;
    }
    Ok(())
}

/// Steps that keep their direction more or less.
fn wander(start: [f64; 2], long: bool, random: &mut Random) -> Vec<[f64; 2]> {
    let (steps, step_degrees) =
        if long { (1 + random.rank(59), 0.002) } else { (1 + random.rank(36), 0.000_5) };
    let mut heading = random.between(0.0, std::f64::consts::TAU);
    let mut at = start;
    let mut line = vec![at];
    for _ in 0..steps {
        heading += random.bell() * 0.25;
        at = [at[0] + step_degrees * heading.cos() * 1.2, at[1] + step_degrees * heading.sin()];
        line.push(at);
    }
    line
}
