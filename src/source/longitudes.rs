//! Longitudes beyond ±180 and boxes over the antimeridian: where a geometry lies on the repeating world.
//!
//! Floor 2. A geometry is moved as a whole or not at all; its edges keep their shape.

use crate::coords::Extent;

/// Brings a feature's positions, `[lon, lat]` in degrees, to where they belong; answers what was done, if anything.
///
/// - Wholly beyond ±180: moved by whole turns, so 204..254 becomes −156..−106.
/// - Over the line and drawn through it (170..190, or −188.9..−130): left as it is.
/// - Inside a declared `bbox` that crosses the antimeridian: the western half is moved by one turn, so that the
///   edges between the halves go the short way.
pub(super) fn settle_longitudes(vertices: &mut [[f64; 2]], bbox: Option<Extent>) -> Option<&'static str> {
    let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
    for &[lon, _] in &*vertices {
        (west, east) = (west.min(lon), east.max(lon));
    }
    if (-180.0..=180.0).contains(&west) && (-180.0..=180.0).contains(&east) {
        return join_over_antimeridian(vertices, bbox?);
    }
    let turns = if west >= 180.0 && east > 180.0 {
        ((west + 180.0) / 360.0).floor()
    } else if east <= -180.0 && west < -180.0 {
        ((east - 180.0) / 360.0).ceil()
    } else {
        return None;
    };
    vertices.iter_mut().for_each(|position| position[0] -= turns * 360.0);
    Some("the longitudes are beyond ±180; they were wrapped")
}

fn join_over_antimeridian(vertices: &mut [[f64; 2]], bbox: Extent) -> Option<&'static str> {
    let crosses = bbox.east_deg < bbox.west_deg && bbox.west_deg <= 180.0 && bbox.east_deg >= -180.0;
    let west_half = |lon: f64| lon <= bbox.east_deg;
    let inside = vertices.iter().all(|&[lon, _]| west_half(lon) || lon >= bbox.west_deg);
    let both =
        vertices.iter().any(|&[lon, _]| west_half(lon)) && vertices.iter().any(|&[lon, _]| !west_half(lon));
    if !(crosses && inside && both) {
        return None;
    }
    vertices.iter_mut().filter(|position| west_half(position[0])).for_each(|position| position[0] += 360.0);
    Some("its bbox crosses the antimeridian; so does the feature")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(lons: &[f64], bbox: Option<Extent>) -> Vec<f64> {
        let mut vertices: Vec<[f64; 2]> = lons.iter().map(|&lon| [lon, 0.0]).collect();
        settle_longitudes(&mut vertices, bbox);
        vertices.iter().map(|position| position[0]).collect()
    }

    #[test]
    fn what_lies_wholly_beyond_180_is_moved_and_what_straddles_it_is_not() {
        assert_eq!(settled(&[254.0, 204.0], None), [-106.0, -156.0]);
        assert_eq!(settled(&[-190.0, -200.0], None), [170.0, 160.0]);
        assert_eq!(settled(&[564.0], None), [-156.0]);
        assert_eq!(settled(&[180.0, 190.0], None), [-180.0, -170.0]);
        assert_eq!(settled(&[-188.9, -130.0], None), [-188.9, -130.0]);
        assert_eq!(settled(&[170.0, 190.0], None), [170.0, 190.0]);
        assert_eq!(settled(&[180.0], None), [180.0]);
    }

    #[test]
    fn a_bbox_over_the_antimeridian_joins_what_lies_on_both_sides() {
        let bbox = Extent::new(170.0, -20.0, -170.0, 20.0);
        assert_eq!(settled(&[-170.0, 170.0], Some(bbox)), [190.0, 170.0]);
        assert_eq!(settled(&[-170.0, 20.0], Some(bbox)), [-170.0, 20.0]);
    }
}
