//! Boxes over runs of edges, rings and parts, for features of many vertices.
//!
//! Floor 2. What is small is quicker walked than looked up, and has none. A vertex takes a byte.

use rayon::prelude::*;

use super::run_tree::{RunBox, RunTree, RunTrees, run_boxes};
use crate::situation::{FeatureStore, GeometryRef, PartRef};

/// So many edges of a ring, rings of a part or parts of a feature are walked one by one.
const FEW: usize = 96;

/// The trees of one layer. Each is found by the place of its first vertex in the store.
#[derive(Debug, Default)]
pub(super) struct EdgeIndex {
    /// Over the edges of a line or ring.
    edges: RunTrees,
    /// Over the rings of a polygon.
    rings: RunTrees,
    /// Over the parts of a feature.
    parts: RunTrees,
}

/// What a tree is over.
#[derive(Debug, Clone, Copy)]
enum Over {
    Edges,
    Rings,
    Parts,
}

/// A tree that is to be stored: what it is over, its number, how many items it has, its boxes.
type NewTree = (Over, u32, usize, Vec<RunBox>);

impl EdgeIndex {
    /// Builds all trees, on all threads.
    pub fn build(features: &FeatureStore) -> Self {
        let new: Vec<NewTree> = (0..features.len())
            .into_par_iter()
            .filter(|&row| features.geometry(row).vertices().len() > FEW)
            .flat_map_iter(|row| trees_of(features.geometry(row)))
            .collect();
        let mut index = Self::default();
        for (over, number, items, boxes) in new {
            let trees = match over {
                Over::Edges => &mut index.edges,
                Over::Rings => &mut index.rings,
                Over::Parts => &mut index.parts,
            };
            trees.push(number, items, &boxes);
        }
        index
    }

    /// The tree over the edges of a ring with many; edge `n` runs from vertex `n` to the next.
    pub fn edges(&self, first_vertex: u32, ring: &[[f64; 2]]) -> Option<RunTree<'_>> {
        if ring.len() > FEW { self.edges.get(first_vertex) } else { None }
    }

    /// The tree over the rings of a part with many.
    pub fn rings(&self, part: PartRef<'_>) -> Option<RunTree<'_>> {
        if part.rings().len() > FEW { self.rings.get(part.ring(0).0) } else { None }
    }

    /// The tree over the parts of a feature with many.
    pub fn parts(&self, geometry: GeometryRef<'_>) -> Option<RunTree<'_>> {
        if geometry.parts().len() > FEW { self.parts.get(first_vertex(geometry)?) } else { None }
    }
}

fn first_vertex(geometry: GeometryRef<'_>) -> Option<u32> {
    geometry.parts().find(|part| part.rings().len() > 0).map(|part| part.ring(0).0)
}

/// In the order of their first vertices.
fn trees_of(geometry: GeometryRef<'_>) -> Vec<NewTree> {
    let mut trees = Vec::new();
    let parts = geometry.parts().len();
    if parts > FEW
        && let Some(first) = first_vertex(geometry)
    {
        let boxes = run_boxes(parts, |run| around_all(run.map(|part| geometry.part(part).vertices())));
        trees.push((Over::Parts, first, parts, boxes));
    }
    geometry.parts().for_each(|part| push_trees_of_part(part, &mut trees));
    trees
}

fn push_trees_of_part(part: PartRef<'_>, trees: &mut Vec<NewTree>) {
    let rings = part.rings().len();
    if rings > FEW {
        let boxes = run_boxes(rings, |run| around_all(run.map(|ring| part.ring(ring).1)));
        trees.push((Over::Rings, part.ring(0).0, rings, boxes));
    }
    for (first, ring) in (0..rings).map(|ring| part.ring(ring)).filter(|(_, ring)| ring.len() > FEW) {
        let edges = ring.len() - 1;
        let boxes = run_boxes(edges, |run| RunBox::around(&ring[run.start..=run.end]));
        trees.push((Over::Edges, first, edges, boxes));
    }
}

fn around_all<'a>(lists: impl Iterator<Item = &'a [[f64; 2]]>) -> RunBox {
    lists.map(RunBox::around).fold(RunBox::EMPTY, RunBox::union)
}

#[cfg(test)]
mod tests {
    //! A layer without its trees is walked edge by edge: what it answers is what is true.
    use super::*;
    use crate::coords::{WorldPos, WorldRect};
    use crate::index::testing::{at, rect, store};
    use crate::index::{LayerData, features_at, features_in};
    use crate::situation::PartKind::{Line, Point, Polygon};
    use crate::situation::{FeatureStoreBuilder, GeometryKind};

    /// Numbers from 0 to 1 without a pattern.
    fn scatter(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed * 2 + 1;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    /// A closed ring around a place, whose corners lie between `least` and `most` degrees from it.
    fn star(middle: [f64; 2], corners: usize, [least, most]: [f64; 2], seed: u64) -> Vec<[f64; 2]> {
        let mut next = scatter(seed);
        let mut ring: Vec<[f64; 2]> = (0..corners)
            .map(|corner| {
                let (turn, radius) =
                    (corner as f64 / corners as f64 * std::f64::consts::TAU, least + next() * (most - least));
                [middle[0] + radius * turn.cos(), middle[1] + radius * turn.sin()]
            })
            .collect();
        ring.push(ring[0]);
        ring
    }

    /// The layer twice: with its trees, and without them.
    fn both(store: impl Fn() -> FeatureStore) -> (LayerData, LayerData) {
        let walked = LayerData { edges: EdgeIndex::default(), ..LayerData::build(store()) };
        (LayerData::build(store()), walked)
    }

    fn assert_agreement(store: impl Fn() -> FeatureStore, middle: [f64; 2], reach_deg: f64) {
        let (indexed, walked) = both(store);
        let mut next = scatter(7);
        let mut hits = 0;
        for n in 0..600 {
            let place =
                [middle[0] + (next() * 2.0 - 1.0) * reach_deg, middle[1] + (next() * 2.0 - 1.0) * reach_deg];
            let tolerance = [0.0, 1e-5, 1e-3, 0.02][n % 4];
            let place = at(place[0], place[1]);
            let (found, expected) =
                (features_at(&indexed, place, tolerance), features_at(&walked, place, tolerance));
            assert_eq!(found, expected, "{place:?} {tolerance}");
            hits += found.len();
            let corner = WorldPos::new(place.x + next() * 0.03, place.y + next() * 0.03);
            let query = WorldRect { min: place, max: corner };
            assert_eq!(features_in(&indexed, query), features_in(&walked, query), "{query:?}");
        }
        assert!(hits > 100, "{hits}");
    }

    #[test]
    fn rings_of_many_vertices_with_holes_are_hit_where_a_walk_hits_them() {
        let outer = star([40.0, 20.0], 5_000, [6.0, 9.0], 1);
        let hole = star([40.5, 20.5], 3_000, [2.0, 4.0], 2);
        let small = star([37.0, 17.0], 8, [0.1, 0.3], 3);
        let lake = star([44.0, 18.0], 700, [3.0, 5.0], 4);
        assert_agreement(
            || store(&[(Polygon, &[&outer, &hole, &small]), (Polygon, &[&lake]), (Line, &[&hole])]),
            [40.0, 20.0],
            11.0,
        );
    }

    #[test]
    fn an_area_over_the_antimeridian_is_hit_on_both_sides() {
        let ring = star([180.0, -17.0], 2_000, [3.0, 6.0], 5);
        let layer = || store(&[(Polygon, &[&ring])]);
        assert_agreement(layer, [180.0, -17.0], 7.0);
        assert_agreement(layer, [-180.0, -17.0], 7.0);
    }

    #[test]
    fn an_area_beyond_the_last_drawn_latitude_is_hit_as_it_is_drawn() {
        let ring = star([0.0, 88.0], 1_000, [3.0, 6.0], 6);
        assert_agreement(|| store(&[(Polygon, &[&ring])]), [0.0, 86.0], 5.0);
    }

    #[test]
    fn many_holes_and_many_parts_are_hit_where_a_walk_hits_them() {
        let outer = star([30.0, 10.0], 50, [8.0, 9.0], 1);
        let mut next = scatter(9);
        let holes: Vec<Vec<[f64; 2]>> = (0..500)
            .map(|seed| star([22.0 + next() * 16.0, 2.0 + next() * 16.0], 6, [0.1, 0.4], seed))
            .collect();
        let rings: Vec<&[[f64; 2]]> =
            std::iter::once(&outer[..]).chain(holes.iter().map(|hole| &hole[..])).collect();
        assert_agreement(|| store(&[(Polygon, &rings)]), [30.0, 10.0], 10.0);
        let islands = || {
            let mut builder = FeatureStoreBuilder::default();
            builder.end_feature(GeometryKind::None, (0, 0));
            for (number, ring) in holes.iter().enumerate() {
                let kind = [Polygon, Line, Polygon, Point][number % 4];
                builder.push_ring(if kind == Point { &ring[..1] } else { ring });
                builder.end_part(kind);
            }
            builder.end_feature(GeometryKind::GeometryCollection, (0, 0));
            builder.finish(Vec::new(), None)
        };
        assert_agreement(islands, [30.0, 10.0], 10.0);
    }

    #[test]
    fn a_hit_on_a_ring_of_two_hundred_thousand_vertices_looks_at_few_of_them() {
        let ring = star([40.0, 20.0], 200_000, [8.99, 9.0], 1);
        let data = LayerData::build(store(&[(Polygon, &[&ring])]));
        let part = data.features.geometry(0).part(0);
        let (first, vertices) = part.ring(0);
        let tree = data.edges.edges(first, vertices).unwrap();
        let mut looked_at = 0;
        tree.walk(&mut |run| {
            looked_at += 1;
            run.around.degrees().holds([40.0 + 8.995, 20.0])
        });
        assert!(looked_at < 200, "{looked_at}");
        assert_eq!(features_at(&data, at(40.0, 20.0), 0.0).len(), 1);
        assert_eq!(features_at(&data, at(49.01, 20.0), 0.0).len(), 0);
        assert_eq!(features_in(&data, rect(39.0, 19.0, 41.0, 21.0)), [0]);
    }

    #[test]
    fn small_shapes_have_no_trees() {
        let ring = star([40.0, 20.0], FEW - 1, [1.0, 2.0], 1);
        let index = EdgeIndex::build(&store(&[(Polygon, &[&ring]), (Point, &[&ring[..1]])]));
        assert!(index.edges.get(0).is_none());
    }
}
