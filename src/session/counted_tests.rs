//! Points that are drawn together: commands in, state out.

use super::super::{Command, Settings};
use super::*;
use crate::coords::{LonLat, world_from_lon_lat};
use crate::index::Filter;
use crate::session::PointerHit;
use crate::session::layers::PictureKey;

fn feature(name: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{geometry}}}"#)
}

fn point(name: &str, lon: f64, lat: f64) -> String {
    feature(name, &format!(r#"{{"type":"Point","coordinates":[{lon},{lat}]}}"#))
}

fn session_with(features: &[String], points_as: PointsAs) -> (Session, LayerId) {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    let layer = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    session.apply(Command::PasteGeoJson(layer));
    session.settle();
    let layer = session.chosen_layer().unwrap();
    session.apply(Command::SetLayerPoints { layer, points_as });
    (session, layer)
}

fn looking_at(session: &mut Session, lon: f64, lat: f64, zoom: f64) {
    session.apply(Command::SetViewport(Viewport::new(LonLat::new(lon, lat), zoom, [1000.0, 800.0])));
    session.settle();
}

fn place(lon: f64, lat: f64) -> PointerHit {
    PointerHit { at: world_from_lon_lat(LonLat::new(lon, lat)), tolerance_world: 1e-6 }
}

fn counts(session: &Session, layer: LayerId) -> Vec<u32> {
    let entry = session.catalogue().get(layer).unwrap();
    match &session.counted_of(entry).unwrap().drawn.what {
        Aggregate::Clusters(set) => set.clusters.iter().map(|cluster| cluster.count).collect(),
        Aggregate::Hexagons(bins, _) => bins.cells().iter().map(|cell| cell.count).collect(),
        Aggregate::HeatMap { full, .. } => vec![*full],
    }
}

/// Two places 900 m apart, two features at the second.
fn three_points() -> Vec<String> {
    vec![point("a", 36.60, 35.9), point("b", 36.61, 35.9), point("c", 36.61, 35.9)]
}

#[test]
fn a_click_on_a_cluster_comes_nearer_until_it_comes_apart() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    looking_at(&mut session, 36.6, 35.9, 8.0);
    assert_eq!(counts(&session, layer), [3]);
    let Some(Request::MoveCamera(view)) = session.apply(Command::IdentifyAt(place(36.607, 35.9))) else {
        panic!("the camera stays where it is");
    };
    assert!(view.zoom >= 9.0 && session.selection().hits().is_empty());
    session.apply(Command::SetViewport(view));
    session.settle();
    assert_eq!(counts(&session, layer), [1, 2]);
}

#[test]
fn features_that_share_a_place_are_listed() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    looking_at(&mut session, 36.61, 35.9, 14.0);
    assert_eq!(session.apply(Command::IdentifyAt(place(36.61, 35.9))), None);
    let rows: Vec<_> = session.selection().hits().iter().map(|hit| (hit.layer, hit.row)).collect();
    assert_eq!(rows, [(layer, 1), (layer, 2)]);
}

#[test]
fn a_single_point_among_clusters_is_met_like_any_other_and_a_hidden_one_is_not() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    looking_at(&mut session, 36.605, 35.9, 14.0);
    session.apply(Command::HoverAt(Some(place(36.60, 35.9))));
    assert_eq!((session.hovered(), session.hovered_group()), (Some(FeatureRef { layer, row: 0 }), None));
    session.apply(Command::HoverAt(Some(place(36.61, 35.9))));
    assert_eq!(session.hovered(), None);
    assert_eq!(session.hovered_group().map(|group| group.count), Some(2));
    let hidden: Vec<_> = session.hits_at(place(36.61, 35.9));
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn a_hexagon_tells_its_count_and_opens() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Hexagons);
    looking_at(&mut session, 36.6, 35.9, 8.0);
    assert_eq!(counts(&session, layer), [3]);
    session.apply(Command::HoverAt(Some(place(36.605, 35.902))));
    assert_eq!(session.hovered_group().map(|group| group.count), Some(3));
    let opened = session.apply(Command::IdentifyAt(place(36.605, 35.902)));
    assert!(matches!(opened, Some(Request::MoveCamera(view)) if view.zoom > 9.0), "{opened:?}");
}

#[test]
fn under_a_heat_map_every_point_can_be_met() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::HeatMap);
    looking_at(&mut session, 36.6, 35.9, 12.0);
    assert_eq!(counts(&session, layer), [2]);
    session.apply(Command::IdentifyAt(place(36.61, 35.9)));
    assert_eq!(session.selection().hits().len(), 2);
}

#[test]
fn lines_and_areas_stay_as_they_are_and_undo_brings_the_symbols_back() {
    let line = feature("road", r#"{"type":"LineString","coordinates":[[36.5,35.8],[36.7,36.0]]}"#);
    let (mut session, layer) =
        session_with(&[point("a", 36.6, 35.9), point("b", 36.6, 35.9), line], PointsAs::Clusters);
    looking_at(&mut session, 36.6, 35.9, 9.0);
    let drawn = |session: &Session| {
        let picture = &session.content(layer).unwrap().picture.as_ref().unwrap().picture;
        (picture.markers.instances.len(), picture.strokes.blocks.is_empty())
    };
    assert_eq!(drawn(&session), (0, false));
    session.apply(Command::Undo);
    session.settle();
    assert_eq!(drawn(&session), (2, false));
    let entry = session.catalogue().get(layer).unwrap();
    assert!(session.counted_of(entry).is_none());
    assert!(session.content(layer).unwrap().counted.order.is_none());
}

#[test]
fn until_the_points_are_counted_their_symbols_stay() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    let entry = session.catalogue().get(layer).unwrap().clone();
    assert!(
        session.counted_of(&entry).is_none() && session.content(layer).unwrap().draws_points(entry.points_as)
    );
    session.settle();
    assert!(
        session.counted_of(&entry).is_some()
            && !session.content(layer).unwrap().draws_points(entry.points_as)
    );
    session.apply(Command::SetLayerPoints { layer, points_as: PointsAs::Symbols });
    assert!(session.counted_of(&entry).is_some(), "nothing would be drawn until the symbols are");
}

#[test]
fn points_have_symbols_before_they_are_first_counted_and_after_counting_has_failed() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    let content = session.contents.get_mut(&layer).unwrap();
    let key = PictureKey { with_points: false, ..content.picture.take().unwrap().key };
    assert!(content.draws_points(PointsAs::Clusters), "nothing is drawn yet");
    session.settle();
    let content = session.contents.get_mut(&layer).unwrap();
    assert!(!content.draws_points(PointsAs::Clusters), "they are counted");
    assert_eq!(content.picture.as_ref().unwrap().key, key);
    let counted = content.counted.drawing.take().unwrap();
    content.counted.fail(counted.key);
    session.settle();
    let picture = &session.content(layer).unwrap().picture.as_ref().unwrap().picture;
    assert_eq!(picture.markers.instances.len(), 3);
}

#[test]
fn a_group_that_is_gone_is_not_hovered_any_more() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    looking_at(&mut session, 36.6, 35.9, 8.0);
    session.apply(Command::HoverAt(Some(place(36.607, 35.9))));
    assert!(session.hovered_group().is_some());
    session.apply(Command::RemoveLayer(layer));
    assert!(session.hovered_group().is_none());
}

#[test]
fn the_next_start_shows_the_points_in_the_same_way() {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    let layer = session.catalogue().find_bundled("crossings").unwrap();
    session.apply(Command::SetLayerPoints { layer, points_as: PointsAs::Hexagons });
    let saved = serde_json::to_string(&session.to_saved()).unwrap();
    let mut next = Session::new(Settings::default(), Arc::new(|| {}));
    next.open_bundled_situation();
    next.bring_back(serde_json::from_str(&saved).unwrap());
    let layer = next.catalogue().find_bundled("crossings").unwrap();
    assert_eq!(next.catalogue().get(layer).unwrap().points_as, PointsAs::Hexagons);
}

#[test]
fn only_layers_with_points_have_points() {
    let line = feature("road", r#"{"type":"LineString","coordinates":[[36.5,35.8],[36.7,36.0]]}"#);
    let (roads, layer) = session_with(&[line], PointsAs::Clusters);
    assert!(!roads.content(layer).unwrap().has_points());
    let (events, layer) = session_with(&three_points(), PointsAs::Symbols);
    assert!(events.content(layer).unwrap().has_points());
}

#[test]
fn only_rows_that_a_filter_lets_through_are_counted() {
    let (mut session, layer) = session_with(&three_points(), PointsAs::Clusters);
    looking_at(&mut session, 36.6, 35.9, 8.0);
    assert_eq!(counts(&session, layer), [3]);
    let filter = "name in (a, b)".parse::<Filter>().unwrap();
    session.apply(Command::SetFilter { layer, filter: Some(filter) });
    session.settle();
    assert_eq!(counts(&session, layer), [2]);
    session.apply(Command::SetFilter { layer, filter: None });
    session.settle();
    assert_eq!(counts(&session, layer), [3]);
}

#[test]
fn an_empty_layer_and_one_without_places_are_counted_as_nothing() {
    for features in [vec![], vec![feature("nowhere", "null")]] {
        for points_as in [PointsAs::Clusters, PointsAs::Hexagons] {
            let (mut session, layer) = session_with(&features, points_as);
            looking_at(&mut session, 36.6, 35.9, 9.0);
            assert!(counts(&session, layer).is_empty());
            let counted = session.counted_of(session.catalogue().get(layer).unwrap());
            let facts = counted.and_then(|counted| counted.drawn.facts(35.9));
            assert_eq!(facts, None, "the legend has nothing to say of it");
        }
    }
}
