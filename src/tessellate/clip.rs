//! Cuts areas at the borders of blocks.
//!
//! Floor 3, a kernel. Each ring is clipped by itself (Sutherland–Hodgman); edges that then run along a border have no
//! area between them. Halving again and again makes the cost follow the vertices, not vertices times blocks.

use super::ring::bounds;
use super::{BlockGrid, BlockKey};

/// A polygon: the outer ring, then holes; all open.
pub type Rings = Vec<Vec<[f64; 2]>>;

/// Calls `emit` with each block that the area touches and the part of it there, block by block.
pub fn split_into_blocks(rings: Rings, grid: BlockGrid, emit: &mut impl FnMut(BlockKey, Rings)) {
    let Some(outer) = rings.first().filter(|outer| outer.len() >= 3) else { return };
    let (first, last) = grid.keys_of(bounds(outer));
    split(rings, grid, first, last, emit);
}

fn split(
    rings: Rings,
    grid: BlockGrid,
    first: BlockKey,
    last: BlockKey,
    emit: &mut impl FnMut(BlockKey, Rings),
) {
    if first == last {
        emit(first, rings);
        return;
    }
    let by_column = last.0 - first.0 >= last.1 - first.1;
    let (axis, low, high) = if by_column { (0, first.0, last.0) } else { (1, first.1, last.1) };
    let middle = low + (high - low + 1) / 2;
    let at = grid.border(middle);
    if let Some(part) = clipped(&rings, |p| at - p[axis], axis, at) {
        let end = if by_column { (middle - 1, last.1) } else { (last.0, middle - 1) };
        split(part, grid, first, end, emit);
    }
    if let Some(part) = clipped(&rings, |p| p[axis] - at, axis, at) {
        let begin = if by_column { (middle, first.1) } else { (first.0, middle) };
        split(part, grid, begin, last, emit);
    }
}

/// The area cut in two across its longer side; `None` where that does not make it simpler, as where every edge runs
/// through the whole of it.
pub fn halved(rings: &Rings) -> Option<Vec<Rings>> {
    let rect = bounds(rings.first()?);
    let axis = usize::from(rect.height_world() > rect.width_world());
    let center = rect.center();
    let at = [center.x, center.y][axis];
    let low = clipped(rings, |p| at - p[axis], axis, at);
    let high = clipped(rings, |p| p[axis] - at, axis, at);
    let halves: Vec<Rings> = low.into_iter().chain(high).collect();
    let simpler = |half: &Rings| vertex_count(half) <= vertex_count(rings) / 4 * 3;
    halves.iter().all(simpler).then_some(halves)
}

/// Vertices of all rings.
pub fn vertex_count(rings: &Rings) -> usize {
    rings.iter().map(Vec::len).sum()
}

/// What lies where `inside` is not negative; `None` where nothing of the outer ring does.
fn clipped(rings: &Rings, inside: impl Fn([f64; 2]) -> f64, axis: usize, at: f64) -> Option<Rings> {
    let mut parts = Rings::with_capacity(rings.len());
    for (index, ring) in rings.iter().enumerate() {
        let part = clipped_ring(ring, &inside, axis, at);
        if part.len() >= 3 {
            parts.push(part);
        } else if index == 0 {
            return None;
        }
    }
    Some(parts)
}

fn clipped_ring(ring: &[[f64; 2]], inside: impl Fn([f64; 2]) -> f64, axis: usize, at: f64) -> Vec<[f64; 2]> {
    let mut out = Vec::with_capacity(ring.len() + 4);
    let Some(&last) = ring.last() else { return out };
    let mut from = last;
    for &to in ring {
        let (a, b) = (inside(from), inside(to));
        if (a < 0.0 && b > 0.0) || (a > 0.0 && b < 0.0) {
            let part = a / (a - b);
            let mut cut = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
            cut[axis] = at; // exactly on the border, so that neighbours meet
            out.push(cut);
        }
        if b >= 0.0 {
            out.push(to);
        }
        from = to;
    }
    out.dedup();
    if out.first() == out.last() {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tessellate::ring::signed_area_twice;

    fn area(rings: &Rings) -> f64 {
        let areas = rings.iter().map(|ring| signed_area_twice(ring).abs() / 2.0);
        areas.enumerate().map(|(index, area)| if index == 0 { area } else { -area }).sum()
    }

    #[test]
    fn an_area_with_many_holes_is_halved_without_losing_any_of_it() {
        let square =
            |x: f64, y: f64, side: f64| vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
        let holes = (0..400).map(|n| square(f64::from(n % 20) + 0.2, f64::from(n / 20) + 0.2, 0.5));
        let rings: Rings = std::iter::once(square(0.0, 0.0, 20.0)).chain(holes).collect();
        let halves = halved(&rings).unwrap();
        assert_eq!(halves.len(), 2);
        let area = |rings: &Rings| -> f64 {
            rings
                .iter()
                .enumerate()
                .map(|(n, ring)| signed_area_twice(ring).abs() * if n == 0 { 1.0 } else { -1.0 })
                .sum()
        };
        let after: f64 = halves.iter().map(area).sum();
        assert!((after - area(&rings)).abs() < 1e-9, "{after}");
        let through: Rings = vec![(0..100).map(|n| [f64::from(n % 2), f64::from(n) / 1000.0]).collect()];
        assert!(halved(&through).is_none(), "every edge runs through the cut");
    }

    #[test]
    fn the_parts_of_an_area_with_a_hole_have_its_area_and_stay_in_their_blocks() {
        let grid = BlockGrid::for_zoom_step(6);
        let ring = |count: usize, radius: f64| -> Vec<[f64; 2]> {
            let angle = |i: usize| i as f64 / count as f64 * std::f64::consts::TAU;
            (0..count).map(|i| [0.5 + radius * angle(i).cos(), 0.4 + radius * angle(i).sin()]).collect()
        };
        let rings = vec![ring(200, 0.3), ring(77, 0.11)];
        let (mut sum, mut count) = (0.0, 0);
        split_into_blocks(rings.clone(), grid, &mut |key, part| {
            let width = grid.width_world();
            let rect = bounds(&part[0]);
            assert!(rect.width_world() <= width && rect.height_world() <= width);
            assert_eq!(grid.keys_of(rect), (key, key));
            sum += area(&part);
            count += 1;
        });
        assert!((sum - area(&rings)).abs() < 1e-12, "{sum} {}", area(&rings));
        assert!(count > 60);
    }

    #[test]
    fn an_area_in_one_block_passes_unchanged() {
        let ring = vec![[0.51, 0.51], [0.52, 0.51], [0.52, 0.52]];
        let mut parts = Vec::new();
        split_into_blocks(vec![ring.clone()], BlockGrid::for_zoom_step(2), &mut |key, part| {
            parts.push((key, part));
        });
        assert_eq!(parts, [((0, 0), vec![ring])]);
    }
}
