//! Thins lines and rings to what can be seen, within a tolerance.
//!
//! Floor 3, a kernel: slices in, vectors out; its measure of truth is [`max_deviation`].

use super::ring::{distance_squared, segment_distance_squared, signed_area_twice};

/// The line with vertices left out so that no vertex lies farther than `tolerance` from what is kept.
///
/// Both ends stay. Half of the tolerance goes to vertices that crowd together (one pass), half to Douglas–Peucker.
pub fn thinned_line(line: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let spaced = spaced_out(line, tolerance / 2.0);
    let mut keep = vec![false; spaced.len()];
    mark_needed(&spaced, 0, spaced.len().saturating_sub(1), tolerance / 2.0, &mut keep);
    kept(&spaced, &keep)
}

/// The open ring thinned likewise: at least three vertices stay, and it keeps its sense of rotation.
///
/// A ring that cannot be thinned so comes back as it is.
pub fn thinned_ring(ring: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    if ring.len() <= 4 {
        return ring.to_vec();
    }
    let mut closed = ring.to_vec();
    closed.push(ring[0]);
    let spaced = spaced_out(&closed, tolerance / 2.0);
    let last = spaced.len() - 1;
    let far = farthest(&spaced, |p| distance_squared(p, spaced[0]));
    let mut keep = vec![false; spaced.len()];
    mark_needed(&spaced, 0, far, tolerance / 2.0, &mut keep);
    mark_needed(&spaced, far, last, tolerance / 2.0, &mut keep);
    keep[last] = false;
    keep[farthest(&spaced[..last], |p| segment_distance_squared(p, spaced[0], spaced[far]))] = true;
    let thin = kept(&spaced, &keep);
    let same_sense = signed_area_twice(&thin) * signed_area_twice(ring) > 0.0;
    if thin.len() >= 3 && same_sense { thin } else { ring.to_vec() }
}

/// The largest distance from a vertex of `original` to the line through `thin`. Close both for rings.
pub fn max_deviation(original: &[[f64; 2]], thin: &[[f64; 2]]) -> f64 {
    let distance = |&p: &[f64; 2]| {
        let nearest = thin.windows(2).map(|pair| segment_distance_squared(p, pair[0], pair[1]));
        nearest.fold(f64::INFINITY, f64::min)
    };
    original.iter().map(distance).fold(0.0, f64::max).sqrt()
}

/// Leaves out vertices nearer than `gap` to the last one kept; both ends stay.
fn spaced_out(line: &[[f64; 2]], gap: f64) -> Vec<[f64; 2]> {
    let Some((&first, rest)) = line.split_first() else { return Vec::new() };
    let mut points = vec![first];
    let mut last = first;
    for (index, &point) in rest.iter().enumerate() {
        let is_end = index + 1 == rest.len();
        if is_end || distance_squared(point, last) > gap * gap {
            points.push(point);
            last = point;
        }
    }
    points
}

/// Douglas–Peucker over `first..=last`, with a stack of its own: a coast of a million vertices must not recurse.
fn mark_needed(points: &[[f64; 2]], first: usize, last: usize, tolerance: f64, keep: &mut [bool]) {
    if points.is_empty() {
        return;
    }
    keep[first] = true;
    keep[last] = true;
    let mut open = vec![(first, last)];
    while let Some((from, to)) = open.pop() {
        if to <= from + 1 {
            continue;
        }
        let distance = |p| segment_distance_squared(p, points[from], points[to]);
        let middle = from + 1 + farthest(&points[from + 1..to], distance);
        if distance(points[middle]) > tolerance * tolerance {
            keep[middle] = true;
            open.push((from, middle));
            open.push((middle, to));
        }
    }
}

/// The index of the point with the largest measure; 0 for none.
fn farthest(points: &[[f64; 2]], measure: impl Fn([f64; 2]) -> f64) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (index, &point) in points.iter().enumerate() {
        let value = measure(point);
        if value > best.1 {
            best = (index, value);
        }
    }
    best.0
}

fn kept(points: &[[f64; 2]], keep: &[bool]) -> Vec<[f64; 2]> {
    points.iter().zip(keep).filter_map(|(&point, &keep)| keep.then_some(point)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wavy_ring(count: usize) -> Vec<[f64; 2]> {
        let at = |i: usize| {
            let angle = i as f64 / count as f64 * std::f64::consts::TAU;
            let radius = 100.0 + 5.0 * (angle * 23.0).sin() + 0.1 * (angle * 701.0).sin();
            [radius * angle.cos(), radius * angle.sin()]
        };
        (0..count).map(at).collect()
    }

    fn closed(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
        ring.iter().chain(ring.first()).copied().collect()
    }

    #[test]
    fn a_thinned_ring_stays_within_the_tolerance_and_becomes_much_smaller() {
        let ring = wavy_ring(20_000);
        let thin = thinned_ring(&ring, 0.5);
        assert!(max_deviation(&closed(&ring), &closed(&thin)) <= 0.5);
        assert!(thin.len() < ring.len() / 20, "{}", thin.len());
    }

    #[test]
    fn a_thinned_line_keeps_its_ends() {
        let line: Vec<[f64; 2]> =
            (0..1000).map(|i| [f64::from(i) * 0.01, f64::from(i % 2) * 0.001]).collect();
        assert_eq!(thinned_line(&line, 0.1), [line[0], line[999]]);
        assert!(thinned_line(&[], 1.0).is_empty());
        assert_eq!(thinned_line(&[[1.0, 2.0]], 1.0), [[1.0, 2.0]]);
    }

    #[test]
    fn no_ring_falls_below_three_vertices_or_turns_inside_out() {
        let sliver: Vec<[f64; 2]> = (0..50)
            .map(|i| [f64::from(i), 0.0])
            .chain((0..50).rev().map(|i| [f64::from(i), 0.001]))
            .collect();
        for ring in [sliver, wavy_ring(300), wavy_ring(5)] {
            for tolerance in [0.01, 1.0, 30.0, 1000.0] {
                let thin = thinned_ring(&ring, tolerance);
                assert!(thin.len() >= 3);
                assert!(signed_area_twice(&thin) * signed_area_twice(&ring) > 0.0);
            }
        }
    }
}
