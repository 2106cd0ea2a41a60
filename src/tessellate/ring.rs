//! Small measures of rings and lines, and their way onto the Mercator world.
//!
//! Floor 3. Rings are open here: the first vertex is not repeated at the end.

use crate::coords::{LonLat, WorldPos, WorldRect, world_from_lon_lat};

/// Longitudes are taken no farther than this: a projected coordinate that was written as degrees must not cost a
/// billion blocks.
const MAX_LON_DEG: f64 = 720.0;

/// The position on the Mercator world; `None` for one that is not finite.
pub(super) fn world_position(&[lon_deg, lat_deg]: &[f64; 2]) -> Option<[f64; 2]> {
    if !lon_deg.is_finite() || !lat_deg.is_finite() {
        return None;
    }
    let at = world_from_lon_lat(LonLat { lon_deg: lon_deg.clamp(-MAX_LON_DEG, MAX_LON_DEG), lat_deg });
    Some([at.x, at.y])
}

/// A line on the Mercator world, without positions that repeat the one before.
pub(super) fn world_line(line: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> = line.iter().filter_map(world_position).collect();
    points.dedup();
    points
}

/// A closed ring on the Mercator world, opened, without positions that repeat the one before.
pub(super) fn world_ring(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut points = world_line(ring);
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    points
}

/// The middle of a line or ring that is narrower and lower than `pixel_world`; `None` for a larger one, and for one
/// with a position that is not finite.
///
/// Looks at degrees: of what is not drawn in full only two corners are projected.
pub(super) fn tiny_center(points: &[[f64; 2]], pixel_world: f64) -> Option<[f64; 2]> {
    let widest_deg = pixel_world * 360.0;
    let (mut min, mut max) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        for axis in 0..2 {
            min[axis] = min[axis].min(point[axis]);
            max[axis] = max[axis].max(point[axis]);
        }
        // Mercator stretches: what is too large in degrees is too large on the map. Not a number is no size either.
        let fits = |axis: usize| max[axis] - min[axis] < widest_deg;
        if !point[0].is_finite() || !point[1].is_finite() || !fits(0) || !fits(1) {
            return None;
        }
    }
    let [north_west, south_east] = [world_position(&[min[0], max[1]])?, world_position(&[max[0], min[1]])?];
    let size = (south_east[0] - north_west[0]).max(south_east[1] - north_west[1]);
    let middle = [0, 1].map(|axis| (north_west[axis] + south_east[axis]) / 2.0);
    (size < pixel_world).then_some(middle)
}

/// Twice the area, positive where the ring runs clockwise on the screen (y grows downwards).
pub(super) fn signed_area_twice(ring: &[[f64; 2]]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    let relative = |p: [f64; 2]| [p[0] - origin[0], p[1] - origin[1]];
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(&a, &b)| cross(relative(a), relative(b))).sum()
}

/// The box around the points; [`WorldRect::EMPTY`] for none.
pub(super) fn bounds(points: &[[f64; 2]]) -> WorldRect {
    let mut rect = WorldRect::EMPTY;
    points.iter().for_each(|&[x, y]| rect.include(WorldPos::new(x, y)));
    rect
}

/// The square of the distance from `p` to the segment from `a` to `b`.
pub(super) fn segment_distance_squared(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let to_p = [p[0] - a[0], p[1] - a[1]];
    let length_squared = along[0] * along[0] + along[1] * along[1];
    let part = if length_squared > 0.0 {
        ((to_p[0] * along[0] + to_p[1] * along[1]) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (dx, dy) = (to_p[0] - part * along[0], to_p[1] - part * along[1]);
    dx * dx + dy * dy
}

/// The square of the distance between two points.
pub(super) fn distance_squared(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_loses_its_closing_vertex_and_its_doubles() {
        let ring = world_ring(&[[0.0, 0.0], [0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0], [0.0, 0.0]]);
        assert_eq!(ring.len(), 3);
    }

    #[test]
    fn what_is_tiny_is_judged_on_the_map_and_not_in_degrees() {
        let low = [[0.0, 0.0], [0.0, 0.001]];
        let high = low.map(|[lon, lat]| [lon, lat + 70.0]);
        let pixel_world = 0.0015 / 360.0;
        assert_eq!(tiny_center(&low, pixel_world).map(|[x, _]| x), Some(0.5));
        assert_eq!(tiny_center(&high, pixel_world), None);
        assert_eq!(tiny_center(&[[0.0, f64::NAN]], pixel_world), None);
        assert_eq!(tiny_center(&[], pixel_world), None);
    }

    #[test]
    fn a_position_that_is_no_number_is_left_out_and_a_far_one_is_held_back() {
        assert_eq!(world_line(&[[f64::NAN, 0.0], [0.0, 0.0], [f64::INFINITY, 1.0]]).len(), 1);
        assert_eq!(world_line(&[[3e5, 0.0]])[0][0], 2.5);
    }
}
