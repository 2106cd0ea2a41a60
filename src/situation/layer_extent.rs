//! The smallest box around boxes on a globe that has no edge.
//!
//! Floor 1.

use crate::coords::{Extent, LonLat};

/// Degrees of a turn that are looked at one by one.
const BINS: usize = 360;

/// The smallest box around all `boxes`; over the antimeridian (`east < west`) where they fit into half of the world
/// that way and not otherwise. `None` where there are none. The iterator is walked twice where they are wide apart.
pub(super) fn extent_of(boxes: impl Iterator<Item = Extent> + Clone) -> Option<Extent> {
    let whole = boxes.clone().reduce(|a, b| Extent {
        west_deg: a.west_deg.min(b.west_deg),
        south_deg: a.south_deg.min(b.south_deg),
        east_deg: a.east_deg.max(b.east_deg),
        north_deg: a.north_deg.max(b.north_deg),
    })?;
    if whole.east_deg - whole.west_deg <= 180.0 {
        return Some(whole);
    }
    let Some(cut_deg) = end_of_empty_half(boxes.clone()) else { return Some(whole) };
    let (mut west_deg, mut east_deg) = (f64::INFINITY, f64::NEG_INFINITY);
    for part in boxes {
        let west = cut_deg + (part.west_deg - cut_deg).rem_euclid(360.0);
        west_deg = west_deg.min(west);
        east_deg = east_deg.max(west + part.east_deg - part.west_deg);
    }
    let east_deg = if east_deg > 180.0 { LonLat::new(east_deg, 0.0).wrapped().lon_deg } else { east_deg };
    Some(Extent { west_deg, east_deg, ..whole })
}

/// The eastern end of a gap of at least half a turn, −180 to 180; `None` where there is no such gap.
fn end_of_empty_half(boxes: impl Iterator<Item = Extent>) -> Option<f64> {
    let mut taken = [false; BINS];
    for part in boxes {
        let first = (part.west_deg + 180.0).rem_euclid(360.0).floor() as usize;
        // In floating point, where a box without an end is as wide as any.
        let count = ((part.east_deg - part.west_deg).ceil() + 1.0).min(BINS as f64) as usize;
        (0..count).for_each(|step| taken[(first + step) % BINS] = true);
    }
    let (mut run, mut longest, mut end) = (0, 0, 0);
    for bin in 0..2 * BINS {
        if taken[bin % BINS] {
            run = 0;
        } else {
            run += 1;
            if run > longest {
                (longest, end) = (run, bin + 1);
            }
        }
    }
    (longest >= BINS / 2).then_some((end % BINS) as f64 - 180.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lons(boxes: &[(f64, f64)]) -> Option<(f64, f64)> {
        let boxes = boxes.iter().map(|&(west, east)| Extent::new(west, -1.0, east, 1.0));
        extent_of(boxes).map(|extent| (extent.west_deg, extent.east_deg))
    }

    #[test]
    fn islands_on_both_sides_of_the_antimeridian_make_one_small_box() {
        assert_eq!(lons(&[(166.0, 178.8), (-177.9, -176.0)]), Some((166.0, -176.0)));
        assert_eq!(lons(&[(-179.5, -179.0), (179.0, 179.5)]), Some((179.0, -179.0)));
    }

    #[test]
    fn what_spans_the_world_keeps_its_plain_box() {
        assert_eq!(lons(&[(-170.0, -160.0), (0.0, 1.0), (170.0, 175.0)]), Some((-170.0, 175.0)));
        assert_eq!(lons(&[(-180.0, 180.0)]), Some((-180.0, 180.0)));
        assert_eq!(lons(&[(-188.9, -65.0)]), Some((-188.9, -65.0)));
        assert_eq!(lons(&[]), None);
    }
}
