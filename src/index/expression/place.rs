//! Which rows lie inside of the areas of a layer, or near to what it holds.
//!
//! Floor 2. Exact, on the layer's index, every row on its own. A row without a place has no answer.

use super::problem::FilterError;
use super::scope::Scope;
use super::tree::PlaceTest;
use crate::coords::{
    EARTH_CIRCUMFERENCE_M, LonLat, WorldPos, WorldRect, distance_m, distance_to_line_m, lon_lat_from_world,
    world_from_lon_lat,
};
use crate::index::crossing::edges_cross;
use crate::index::matching::judged_rows;
use crate::index::probe::{Place, Probe, is_inside, world};
use crate::index::{HitRank, LayerData, Verdict};
use crate::situation::{FeatureRow, GeometryRef, PartKind, PartRef};

/// How a row stands to a test of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    /// A part of it does.
    Possibly,
    No,
    /// It has no place.
    Unknown,
}

pub(super) fn place_verdict(
    test: &PlaceTest,
    negated: bool,
    scope: &Scope<'_>,
) -> Result<Verdict, FilterError> {
    let region = scope.region(test.region())?;
    let answer = |row: FeatureRow| {
        let rect = scope.features.feature_extent(row).map(|extent| extent.to_world());
        let Some(rect) = rect else { return Answer::Unknown };
        let geometry = scope.features.geometry(row);
        match test {
            PlaceTest::Inside(_) => inside(geometry, rect, region),
            PlaceTest::Near { distance, .. } => near(geometry, rect, region, distance.metres()),
        }
    };
    let wanted = if negated { Answer::No } else { Answer::Yes };
    let (certain, possible) = judged_rows(scope.features.len(), scope.stop, |row| {
        let answer = answer(row);
        (answer == wanted, answer == Answer::Possibly)
    });
    // The middle of an area answers for the event, and never for certain.
    let possible = match scope.events.filter(|events| events.has_middles()) {
        Some(events) => possible.or(&certain.clone().and(events.unlocated())),
        None => possible,
    };
    Ok(Verdict::with_possible(certain.or(&possible), &possible))
}

fn inside(geometry: GeometryRef<'_>, rect: WorldRect, region: &LayerData) -> Answer {
    let (mut points, mut points_inside) = (0, 0);
    for part in geometry.parts().filter(|part| part.kind == PartKind::Point) {
        points += part.vertices().len();
        points_inside += part.vertices().iter().filter(|&&at| is_in_area(region, world(at))).count();
    }
    let shapes = geometry.parts().filter(|part| part.kind != PartKind::Point);
    let answers = shapes.map(|part| shape_inside(part, rect, region));
    let of_points = match points_inside {
        _ if points == 0 => None,
        0 => Some(Answer::No),
        inside if inside == points => Some(Answer::Yes),
        _ => Some(Answer::Possibly),
    };
    let both = |one: Answer, other: Answer| if one == other { one } else { Answer::Possibly };
    answers.chain(of_points).reduce(both).unwrap_or(Answer::Unknown)
}

/// Whether a place lies in an area of the layer or on its edge.
fn is_in_area(region: &LayerData, at: WorldPos) -> bool {
    let here = WorldRect { min: at, max: at };
    region.index.turns(here).any(|turn| {
        let at = WorldPos::new(at.x + turn, at.y);
        let probe = Probe::new(at, 0.0, &region.edges);
        let mut is_in = false;
        region.index.visit(WorldRect { min: at, max: at }, |row| {
            let geometry = region.features.geometry(row);
            is_in = is_in
                || probe.touch(geometry).is_some_and(|touch| {
                    touch.rank == HitRank::Area
                        || areas(geometry).any(|part| is_inside(&region.edges, part, Place::new(at)))
                });
        });
        is_in
    })
}

fn areas(geometry: GeometryRef<'_>) -> impl Iterator<Item = PartRef<'_>> {
    geometry.parts().filter(|part| part.kind == PartKind::Polygon)
}

/// A line or an area in the areas of the layer: it lies in one of them as a whole, or overlaps some.
fn shape_inside(part: PartRef<'_>, rect: WorldRect, region: &LayerData) -> Answer {
    let mut answer = Answer::No;
    for turn in region.index.turns(rect) {
        let moved = |at: WorldPos| WorldPos::new(at.x + turn, at.y);
        region.index.visit(WorldRect { min: moved(rect.min), max: moved(rect.max) }, |row| {
            for area in areas(region.features.geometry(row)) {
                if answer == Answer::Yes {
                    return;
                }
                let is_in = |at: &[f64; 2]| is_inside(&region.edges, area, Place::new(moved(world(*at))));
                let crosses = edges_cross(part, turn, area, &region.edges);
                let vertices_in = part.vertices().iter().filter(|at| is_in(at)).count();
                let holds = holds_a_vertex_of(part, area, turn);
                if !crosses && !holds && vertices_in == part.vertices().len() {
                    answer = Answer::Yes;
                } else if crosses || holds || vertices_in > 0 {
                    answer = Answer::Possibly;
                }
            }
        });
    }
    answer
}

/// Whether `part` is an area with a vertex of `area` in it; where no edges cross one is as good as all.
fn holds_a_vertex_of(part: PartRef<'_>, area: PartRef<'_>, turn: f64) -> bool {
    let contains = |position: &[f64; 2]| {
        let at = LonLat::new(position[0] - turn * 360.0, position[1]);
        crate::coords::polygon_contains(part.rings(), at)
    };
    part.kind == PartKind::Polygon && area.rings().any(|ring| ring.first().is_some_and(contains))
}

fn near(geometry: GeometryRef<'_>, rect: WorldRect, region: &LayerData, distance_m: f64) -> Answer {
    let has_near_vertex = geometry.vertices().iter().any(|&at| place_is_near(region, at, distance_m));
    let is_near = has_near_vertex
        || geometry
            .parts()
            .filter(|part| part.kind != PartKind::Point)
            .any(|part| shape_is_near(part, rect, region, distance_m));
    if is_near { Answer::Yes } else { Answer::No }
}

/// What no place within so many metres of a latitude is farther away than, in world units. A hundredth more, because
/// the Earth is no sphere.
fn reach_world(lat_deg: f64, distance_m: f64) -> f64 {
    const METRES_PER_DEGREE: f64 = 110_000.0;
    const SLACK: f64 = 1.01;
    let farthest_deg = (lat_deg.abs() + distance_m / METRES_PER_DEGREE).min(89.9);
    distance_m * SLACK / (EARTH_CIRCUMFERENCE_M * farthest_deg.to_radians().cos())
}

/// Whether anything of the layer lies within the distance of a place. The nearest on the plane is measured first; only
/// where that is just too far away is all of a candidate measured.
fn place_is_near(region: &LayerData, [lon, lat]: [f64; 2], most_m: f64) -> bool {
    let place = LonLat::new(lon, lat);
    let (at, reach) = (world_from_lon_lat(place), reach_world(lat, most_m));
    region.index.turns(WorldRect { min: at, max: at }.grown(reach)).any(|turn| {
        let at = WorldPos::new(at.x + turn, at.y);
        let probe = Probe::new(at, reach, &region.edges);
        let mut is_near = false;
        region.index.visit(WorldRect { min: at, max: at }.grown(reach), |row| {
            let geometry = region.features.geometry(row);
            is_near = is_near
                || probe.touch(geometry).is_some_and(|touch| {
                    distance_m(lon_lat_from_world(at), lon_lat_from_world(touch.nearest)) <= most_m
                        || geometry.parts().any(|part| is_within(part, lon_lat_from_world(at), most_m))
                });
        });
        is_near
    })
}

/// Whether a place lies in a part or within the distance of its edges, by every one of them.
fn is_within(part: PartRef<'_>, at: LonLat, most_m: f64) -> bool {
    let is_near = |line: &[[f64; 2]]| distance_to_line_m(at, line).is_some_and(|distance| distance <= most_m);
    match part.kind {
        PartKind::Point => {
            part.vertices().iter().any(|&[lon, lat]| distance_m(at, LonLat::new(lon, lat)) <= most_m)
        }
        PartKind::Line => part.rings().any(is_near),
        PartKind::Polygon => crate::coords::polygon_contains(part.rings(), at) || part.rings().any(is_near),
    }
}

/// Whether a line or an area, none of whose vertices is near to the layer, is near to it all the same: it crosses
/// something, or a vertex of something is near to it.
fn shape_is_near(part: PartRef<'_>, rect: WorldRect, region: &LayerData, most_m: f64) -> bool {
    let lats = [rect.min, rect.max].map(|corner| lon_lat_from_world(corner).lat_deg.abs());
    let reach = reach_world(lats[0].max(lats[1]), most_m);
    region.index.turns(rect.grown(reach)).any(|turn| {
        let moved = |at: WorldPos| WorldPos::new(at.x + turn, at.y);
        let mut is_near = false;
        region.index.visit(WorldRect { min: moved(rect.min), max: moved(rect.max) }.grown(reach), |row| {
            let other = region.features.geometry(row);
            let back = |&[lon, lat]: &[f64; 2]| LonLat::new(lon - turn * 360.0, lat);
            is_near = is_near
                || other.vertices().iter().any(|at| is_within(part, back(at), most_m))
                || other.parts().any(|other| edges_cross(part, turn, other, &region.edges));
        });
        is_near
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Filter;
    use crate::index::testing::{layer, points, square, store};
    use crate::situation::FeatureStore;
    use crate::situation::PartKind::{Line, Point, Polygon};

    fn rows(features: &FeatureStore, region: &LayerData, filter: &str) -> (Vec<usize>, Vec<usize>) {
        let layers = [("Zone", region)];
        let scope = Scope { layers: &layers, ..Scope::of(features) };
        let verdict = filter.parse::<Filter>().unwrap().verdict(&scope).unwrap();
        let possible = verdict.possible().map(|rows| rows.iter().collect()).unwrap_or_default();
        (verdict.met().iter().collect(), possible)
    }

    #[test]
    fn points_are_inside_or_not_and_those_in_a_hole_are_not() {
        let (outer, hole) = (square(0.0, 10.0), square(4.0, 6.0));
        let zone = layer(&[(Polygon, &[&outer, &hole]), (Line, &[&[[20.0, 20.0], [21.0, 20.0]]])]);
        let places = points(&[[1.0, 1.0], [5.0, 5.0], [11.0, 1.0], [20.0, 20.0], [361.0, 1.0]]);
        assert_eq!(rows(&places, &zone, "inside \"Zone\""), (vec![0, 4], vec![]));
        assert_eq!(rows(&places, &zone, "not (inside \"Zone\")"), (vec![1, 2, 3], vec![]));
    }

    #[test]
    fn an_area_that_only_overlaps_is_possibly_inside_and_possibly_not() {
        let zone_edge = square(0.0, 10.0);
        let zone = layer(&[(Polygon, &[&zone_edge])]);
        let (within, over, around, apart) =
            (square(1.0, 2.0), square(8.0, 12.0), square(-5.0, 15.0), square(20.0, 21.0));
        let shapes = store(&[
            (Polygon, &[&within]),
            (Polygon, &[&over]),
            (Polygon, &[&around]),
            (Polygon, &[&apart]),
            (Line, &[&[[-1.0, 5.0], [11.0, 5.0]]]),
        ]);
        assert_eq!(rows(&shapes, &zone, "inside \"Zone\""), (vec![0, 1, 2, 4], vec![1, 2, 4]));
        assert_eq!(rows(&shapes, &zone, "not (inside \"Zone\")"), (vec![1, 2, 3, 4], vec![1, 2, 4]));
    }

    #[test]
    fn a_distance_is_that_on_the_ellipsoid_to_the_nearest_of_a_layer() {
        // A degree of longitude is 91.29 km long at 35° north.
        let line = layer(&[(Line, &[&[[36.0, 34.0], [36.0, 36.0]]]), (Point, &[&[[40.0, 35.0]]])]);
        let places = points(&[[36.05, 35.0], [36.06, 35.0], [35.95, 35.0], [39.95, 35.0], [36.0, 36.05]]);
        assert_eq!(rows(&places, &line, "within 5 km of \"Zone\"").0, [0, 2, 3]);
        assert_eq!(rows(&places, &line, "within 5500 m of \"Zone\"").0, [0, 1, 2, 3]);
        assert_eq!(rows(&places, &line, "within 5.6 km of \"Zone\"").0, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn what_lies_within_a_distance_is_found_as_by_measuring_every_edge() {
        let star: Vec<[f64; 2]> = (0..=40_u32)
            .map(|n| (f64::from(n % 40) * std::f64::consts::TAU / 40.0, if n % 2 == 0 { 0.5 } else { 0.2 }))
            .map(|(turn, radius)| [36.0 + radius * turn.cos(), 35.0 + radius * turn.sin()])
            .collect();
        let zone = layer(&[(Polygon, &[&star])]);
        let places: Vec<[f64; 2]> = (0..600_u32)
            .map(|n| [35.2 + f64::from(n * 37 % 160) / 100.0, 34.2 + f64::from(n * 53 % 160) / 100.0])
            .collect();
        let found = rows(&points(&places), &zone, "within 12 km of \"Zone\"").0;
        let is_near = |&[lon, lat]: &[f64; 2]| {
            let at = LonLat::new(lon, lat);
            crate::coords::polygon_contains([&star[..]], at)
                || distance_to_line_m(at, &star).is_some_and(|distance| distance <= 12_000.0)
        };
        let expected: Vec<usize> = (0..places.len()).filter(|&row| is_near(&places[row])).collect();
        assert_eq!(found, expected);
        assert!(expected.len() > 100 && expected.len() < 500);
    }

    #[test]
    fn a_row_without_a_place_is_neither_inside_nor_outside() {
        let zone_edge = square(0.0, 10.0);
        let zone = layer(&[(Polygon, &[&zone_edge])]);
        let mut builder = crate::situation::FeatureStoreBuilder::default();
        builder.end_feature(crate::situation::GeometryKind::None, (0, 0));
        let nowhere = builder.finish(Vec::new(), None);
        for filter in ["inside \"Zone\"", "not inside \"Zone\"", "within 5 km of \"Zone\""] {
            assert!(rows(&nowhere, &zone, filter).0.is_empty(), "{filter}");
        }
    }
}
