//! Whether the edges of two shapes cross or touch, on the Mercator plane as they are drawn.
//!
//! Floor 2. Nothing is copied: edges are compared in degrees first, runs of many at once where there is a tree over them,
//! and only those whose boxes meet are projected.

use std::ops::Range;

use geo::{Coord, Intersects, Line};

use super::degree_box::DegreeBox;
use super::edge_index::EdgeIndex;
use super::probe::world;
use super::run_tree::RunTree;
use crate::situation::PartRef;

/// Above the rounding of a longitude that is moved by a turn of the world.
const SLACK_DEG: f64 = 1e-9;

/// Whether an edge of `part`, moved eastwards by so many worlds, meets an edge of `other`, whose trees `index` has. A point
/// has no edges.
pub(super) fn edges_cross(part: PartRef<'_>, turn: f64, other: PartRef<'_>, index: &EdgeIndex) -> bool {
    let own = Moved { part, turn, reach: reach_of(part.vertices(), turn) };
    match index.rings(other) {
        None => (0..other.rings().len()).any(|ring| own.meets_ring(other.ring(ring), index)),
        Some(tree) => {
            any_near(tree, own.reach, |mut rings| rings.any(|ring| own.meets_ring(other.ring(ring), index)))
        }
    }
}

/// A part, moved eastwards by so many worlds.
struct Moved<'a> {
    part: PartRef<'a>,
    turn: f64,
    /// The box around it, a hair wider.
    reach: DegreeBox,
}

impl Moved<'_> {
    fn meets_ring(&self, (first, ring): (u32, &[[f64; 2]]), index: &EdgeIndex) -> bool {
        let tree = index.edges(first, ring);
        let around = if tree.is_some() { self.reach } else { DegreeBox::around(ring) };
        let mut own = self.part.rings().flat_map(|ring| ring.windows(2));
        around.intersects(self.reach)
            && own.any(|edge| {
                let reach = reach_of(edge, self.turn);
                let meets = |edges: Range<usize>| {
                    let near = |pair: &&[[f64; 2]]| DegreeBox::around(pair).intersects(reach);
                    let mut others = ring[edges.start..=edges.end].windows(2).filter(near);
                    others.any(|other| line(other, 0.0).intersects(&line(edge, self.turn)))
                };
                reach.intersects(around)
                    && match tree {
                        None => ring.len() > 1 && meets(0..ring.len() - 1),
                        Some(tree) => any_near(tree, reach, meets),
                    }
            })
    }
}

/// Whether `test` says yes to a run of items whose box meets the reach.
fn any_near(tree: RunTree<'_>, reach: DegreeBox, mut test: impl FnMut(Range<usize>) -> bool) -> bool {
    let mut is_found = false;
    tree.walk(&mut |run| {
        let is_near = !is_found && run.around.degrees().intersects(reach);
        if is_near && run.is_leaf {
            is_found = test(run.items);
        }
        is_near
    });
    is_found
}

/// The box around positions that are moved eastwards by so many worlds, a hair wider.
fn reach_of(positions: &[[f64; 2]], turn: f64) -> DegreeBox {
    let DegreeBox { min, max } = DegreeBox::around(positions);
    let moved = |[lon, lat]: [f64; 2], slack: f64| [lon + turn * 360.0 + slack, lat + slack];
    DegreeBox { min: moved(min, -SLACK_DEG), max: moved(max, SLACK_DEG) }
}

/// An edge on the world, moved eastwards by so many worlds.
fn line(ends: &[[f64; 2]], turn: f64) -> Line {
    let on_world = |position: [f64; 2]| {
        let at = world(position);
        Coord { x: at.x + turn, y: at.y }
    };
    Line::new(on_world(ends[0]), on_world(ends[1]))
}

#[cfg(test)]
mod tests {
    use geo::{LineString, MultiLineString};

    use super::*;
    use crate::index::testing::layer;
    use crate::situation::PartKind::{Line as LinePart, Point, Polygon};

    /// A closed ring of so many corners around a place, every other corner nearer to it.
    fn star(middle: [f64; 2], corners: u32, radius: f64) -> Vec<[f64; 2]> {
        let corner = |n: u32| {
            let turn = f64::from(n % corners) * std::f64::consts::TAU / f64::from(corners);
            let radius = if n.is_multiple_of(2) { radius } else { radius * 0.6 };
            [middle[0] + radius * turn.cos(), middle[1] + radius * turn.sin()]
        };
        (0..=corners).map(corner).collect()
    }

    fn lines(part: PartRef<'_>, turn: f64) -> MultiLineString {
        let on_world = |&at: &[f64; 2]| Coord { x: world(at).x + turn, y: world(at).y };
        MultiLineString(part.rings().map(|ring| ring.iter().map(on_world).collect::<LineString>()).collect())
    }

    #[test]
    fn edges_cross_where_comparing_each_with_each_says_so() {
        let zones = [(40, 0.5), (400, 0.5), (4_000, 0.05)]
            .map(|(corners, radius)| star([36.0, 35.0], corners, radius));
        let rings = zones.each_ref().map(|zone| [&zone[..]]);
        let zones = layer(&rings.each_ref().map(|rings| (Polygon, &rings[..])));
        let mut answers = [0, 0];
        for n in 0..120_u32 {
            let middle = [35.2 + f64::from(n * 37 % 160) / 100.0, 34.2 + f64::from(n * 53 % 160) / 100.0];
            for (turn, west) in [(0.0, 0.0), (1.0, 360.0), (-1.0, -360.0)] {
                let shape = star([middle[0] - west, middle[1]], 10 + n % 7, 0.02 + f64::from(n % 9) / 20.0);
                let shapes = layer(&[(LinePart, &[&shape])]);
                let part = shapes.features.geometry(0).part(0);
                for row in 0..3 {
                    let zone = zones.features.geometry(row).part(0);
                    let expected = lines(part, turn).intersects(&lines(zone, 0.0));
                    assert_eq!(edges_cross(part, turn, zone, &zones.edges), expected, "{n} {turn} {row}");
                    answers[usize::from(expected)] += 1;
                }
            }
        }
        assert!(answers.iter().all(|&count| count > 100), "{answers:?}");
    }

    #[test]
    fn edges_that_only_touch_cross_and_points_have_none() {
        let square = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]];
        let zone = layer(&[(Polygon, &[&square]), (Point, &[&[[1.0, 0.0]]])]);
        let other = layer(&[
            (LinePart, &[&[[1.0, 0.0], [1.0, -1.0]]]),
            (LinePart, &[&[[2.0, 2.0], [3.0, 3.0]]]),
            (LinePart, &[&[[0.5, 0.5], [1.5, 1.5]]]),
            (Point, &[&[[2.0, 1.0]]]),
        ]);
        let zones = [0, 1].map(|row| zone.features.geometry(row).part(0));
        let cross = |row: usize| {
            zones.map(|of| edges_cross(other.features.geometry(row).part(0), 0.0, of, &zone.edges))
        };
        assert_eq!([0, 1, 2, 3].map(cross), [[true, false], [true, false], [false, false], [false, false]]);
    }
}
