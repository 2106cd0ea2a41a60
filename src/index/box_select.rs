//! Which features of one layer a box on the map touches.
//!
//! Floor 2.

use super::LayerData;
use super::degree_box::DegreeBox;
use super::edge_index::EdgeIndex;
use super::probe::{Place, is_inside, world};
use super::run_tree::Run;
use crate::coords::{WorldPos, WorldRect};
use crate::situation::{FeatureRow, PartKind, PartRef, RowMask};

/// All features that share a point with the box, in the order of the file: points in it, lines that cross it, areas
/// that overlap it or hold it. `rect` may lie beyond the edge of the world, as the map does.
pub fn features_in(data: &LayerData, rect: WorldRect) -> Vec<FeatureRow> {
    let mut rows = RowMask::none(data.features.len());
    for turn in data.index.turns(rect) {
        let moved = |at: WorldPos| WorldPos::new(at.x + turn, at.y);
        let wanted = Wanted::new(WorldRect { min: moved(rect.min), max: moved(rect.max) }, &data.edges);
        data.index.visit(wanted.rect, |row| {
            if data.features.geometry(row).parts().any(|part| wanted.touches(part)) {
                rows.insert(row);
            }
        });
    }
    rows.iter().collect()
}

/// A box that is asked for.
struct Wanted<'a> {
    rect: WorldRect,
    /// The same, a hair wider.
    degrees: DegreeBox,
    index: &'a EdgeIndex,
}

impl<'a> Wanted<'a> {
    fn new(rect: WorldRect, index: &'a EdgeIndex) -> Self {
        Self { rect, degrees: DegreeBox::of_world(rect), index }
    }

    fn touches(&self, part: PartRef<'_>) -> bool {
        if part.kind == PartKind::Point {
            return part.vertices().iter().any(|&position| self.degrees.holds(position));
        }
        let crosses = (0..part.rings().len()).any(|ring| {
            let (first, ring) = part.ring(ring);
            match self.index.edges(first, ring) {
                None => self.is_crossed_by(ring),
                Some(tree) => {
                    let mut crosses = false;
                    tree.walk(&mut |Run { around, items, is_leaf }| {
                        let around = around.degrees();
                        crosses |= self.degrees.contains(around)
                            || (is_leaf
                                && around.intersects(self.degrees)
                                && self.is_crossed_by(&ring[items.start..=items.end]));
                        !crosses && around.intersects(self.degrees)
                    });
                    crosses
                }
            }
        });
        // Where no edge crosses, the box lies wholly inside or wholly outside.
        crosses || (part.kind == PartKind::Polygon && is_inside(self.index, part, Place::new(self.rect.min)))
    }

    fn is_crossed_by(&self, line: &[[f64; 2]]) -> bool {
        line.windows(2).any(|edge| {
            // Both ends on the same outer side: most edges, and no projection needed.
            self.sides(edge[0]) & self.sides(edge[1]) == 0
                && edge_crosses(world(edge[0]), world(edge[1]), self.rect)
        })
    }

    /// On which sides outside of the box a position lies, one bit each.
    fn sides(&self, [lon, lat]: [f64; 2]) -> u8 {
        let DegreeBox { min, max } = self.degrees;
        u8::from(lon < min[0])
            | u8::from(lon > max[0]) << 1
            | u8::from(lat > max[1]) << 2
            | u8::from(lat < min[1]) << 3
    }
}

/// Whether the straight edge shares a point with the box (Liang and Barsky).
fn edge_crosses(a: WorldPos, b: WorldPos, rect: WorldRect) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let slabs =
        [(-dx, a.x - rect.min.x), (dx, rect.max.x - a.x), (-dy, a.y - rect.min.y), (dy, rect.max.y - a.y)];
    for (towards, room) in slabs {
        if towards == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if towards < 0.0 {
            from = from.max(room / towards);
        } else {
            to = to.min(room / towards);
        }
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{layer, rect, square};
    use crate::situation::PartKind::{Line, Point, Polygon};

    #[test]
    fn a_box_takes_what_it_touches_and_leaves_what_only_its_corners_come_near() {
        let (around, beside) = (square(-20.0, 20.0), square(40.0, 50.0));
        let data = layer(&[
            (Point, &[&[[1.0, 1.0]]]),
            (Point, &[&[[11.0, 1.0]]]),
            // Crosses the box without a vertex in it.
            (Line, &[&[[-5.0, 5.0], [15.0, 5.0]]]),
            // Its box meets the query, the line does not.
            (Line, &[&[[-9.0, 9.0], [9.0, 29.0]]]),
            (Polygon, &[&around]),
            (Polygon, &[&beside]),
        ]);
        assert_eq!(features_in(&data, rect(0.0, 0.0, 10.0, 10.0)), [0, 2, 4]);
    }

    #[test]
    fn a_box_inside_a_hole_touches_nothing() {
        let (outer, hole) = (square(0.0, 10.0), square(2.0, 8.0));
        let data = layer(&[(Polygon, &[&outer, &hole])]);
        assert!(features_in(&data, rect(4.0, 4.0, 5.0, 5.0)).is_empty());
        assert_eq!(features_in(&data, rect(1.0, 1.0, 3.0, 3.0)), [0]);
    }

    #[test]
    fn a_box_over_the_antimeridian_takes_both_sides() {
        let data =
            layer(&[(Point, &[&[[179.0, 0.0]]]), (Point, &[&[[-179.0, 0.0]]]), (Point, &[&[[0.0, 0.0]]])]);
        assert_eq!(features_in(&data, rect(178.0, -1.0, 182.0, 1.0)), [0, 1]);
    }
}
