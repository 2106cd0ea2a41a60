//! Turns an area with holes into triangles.
//!
//! Floor 3, a kernel: rings in, triangles out; its measure of truth is [`area_error`].

use geo::{LineString, Polygon, TriangulateEarcut};

use super::ring::signed_area_twice;

/// Triangles over a list of vertices.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Triangulation {
    /// The rings' vertices.
    pub vertices: Vec<[f64; 2]>,
    /// Three a triangle, into `vertices`.
    pub indices: Vec<u32>,
}

/// The triangles of the area inside the first ring and outside the others. Rings are open; fewer than three vertices
/// have no inside.
pub fn triangulate(rings: &[Vec<[f64; 2]>]) -> Triangulation {
    let mut lines = rings.iter().filter(|ring| ring.len() >= 3).map(|ring| closed_line(ring));
    let outer = match lines.next() {
        Some(outer) if rings[0].len() >= 3 => outer,
        _ => return Triangulation::default(),
    };
    let raw = Polygon::new(outer, lines.collect()).earcut_triangles_raw();
    let indices = raw.triangle_indices.iter().map(|&index| index as u32).collect();
    Triangulation { vertices: raw.vertices, indices }
}

fn closed_line(ring: &[[f64; 2]]) -> LineString<f64> {
    ring.iter().chain(ring.first()).map(|&[x, y]| (x, y)).collect()
}

/// |triangles − area| ÷ area, by area; 0 is perfect. Triangles are counted with their sense of rotation lost, so
/// overlaps show. Infinite where an area of nothing became something.
pub fn area_error(rings: &[Vec<[f64; 2]>], triangles: &Triangulation) -> f64 {
    let areas = rings.iter().map(|ring| signed_area_twice(ring).abs());
    let area: f64 = areas.enumerate().map(|(index, area)| if index == 0 { area } else { -area }).sum();
    let corner = |index: u32| triangles.vertices[index as usize];
    let triangle = |t: &[u32]| signed_area_twice(&[corner(t[0]), corner(t[1]), corner(t[2])]).abs();
    let covered: f64 = triangles.indices.chunks_exact(3).map(triangle).sum();
    if covered == area { 0.0 } else { (covered - area).abs() / area.abs() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(min: f64, max: f64) -> Vec<[f64; 2]> {
        vec![[min, min], [max, min], [max, max], [min, max]]
    }

    #[test]
    fn areas_with_holes_lose_and_gain_nothing() {
        for rings in [
            vec![square(0.0, 9.0)],
            vec![square(0.0, 9.0), square(1.0, 2.0), square(3.0, 8.0)],
            vec![square(0.0, 9.0), square(0.0, 2.0)],
            vec![vec![[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [2.0, 1.0], [0.0, 4.0]]],
        ] {
            let triangles = triangulate(&rings);
            assert!(area_error(&rings, &triangles) < 1e-12, "{rings:?}");
        }
    }

    #[test]
    fn an_area_as_small_as_a_hand_is_exact_too() {
        let hand: Vec<_> =
            square(0.0, 1.0).iter().map(|p| [0.601_4 + p[0] * 2e-9, 0.4 + p[1] * 2e-9]).collect();
        let rings = vec![hand];
        assert!(area_error(&rings, &triangulate(&rings)) < 1e-6);
    }

    #[test]
    fn degenerate_rings_make_no_triangle_of_any_size_and_no_panic() {
        for rings in [
            vec![],
            vec![vec![]],
            vec![vec![[1.0, 1.0]]],
            vec![vec![[1.0, 1.0], [2.0, 2.0]]],
            vec![vec![[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]],
            vec![vec![[1.0, 1.0]; 6]],
            vec![vec![], square(0.0, 1.0)],
        ] {
            let triangles = triangulate(&rings);
            let covered: f64 = triangles
                .indices
                .chunks_exact(3)
                .map(|t| signed_area_twice(&[0, 1, 2].map(|i| triangles.vertices[t[i] as usize])).abs())
                .sum();
            assert_eq!(covered, 0.0, "{rings:?}");
        }
    }

    #[test]
    fn a_bow_tie_is_filled_no_wider_than_its_box() {
        let bow_tie = vec![vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0]]];
        let triangles = triangulate(&bow_tie);
        assert!(triangles.indices.len() <= 6);
        assert!(
            triangles.vertices.iter().all(|v| (0.0..=2.0).contains(&v[0]) && (0.0..=2.0).contains(&v[1]))
        );
    }
}
