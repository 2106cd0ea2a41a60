//! Clusters, hexagons and heat maps as a reader sees them. Without a graphics adapter these tests say so and pass.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::Arc;

use sitmap::coords::{LonLat, Viewport, world_from_lon_lat};
use sitmap::export::PictureMaker;
use sitmap::render::{Pixels, RendererChoice};
use sitmap::session::{Command, Session, Settings, ThemeChoice};
use sitmap::symbology::PointsAs;

const SIZE: [f32; 2] = [600.0, 400.0];
/// Where 40 points lie, in the middle of a hexagon, and where none does.
const FULL: LonLat = LonLat { lon_deg: 36.589, lat_deg: 35.903 };
const EMPTY: LonLat = LonLat { lon_deg: 36.75, lat_deg: 35.96 };

fn view() -> Viewport {
    Viewport::new(LonLat::new(36.5, 35.93), 10.0, SIZE)
}

/// 40 points around one place and one by itself, on the bundled ground without names; `None` where there is nothing to
/// draw on.
fn picture(points_as: PointsAs, theme: ThemeChoice) -> Option<Pixels> {
    let mut maker = PictureMaker::new(1.0, true, RendererChoice::Auto);
    if let Err(error) = maker.drawn_by() {
        println!("skipped: {error}");
        return None;
    }
    let near =
        (0..40).map(|n| [FULL.lon_deg + f64::from(n % 7) * 1e-4, FULL.lat_deg + f64::from(n / 7) * 1e-4]);
    let features: Vec<String> = near.chain([[36.8, 35.93]]).map(|[lon, lat]| {
        format!(r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#)
    }).collect();
    let layer = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.apply(Command::SetTheme(theme));
    session.apply(Command::PasteGeoJson(layer));
    session.settle();
    let layer = session.chosen_layer().unwrap();
    session.apply(Command::SetLayerPoints { layer, points_as });
    session.apply(Command::SetViewport(view()));
    session.settle();
    Some(maker.picture(&mut session).expect("the picture is drawn"))
}

/// The mean of the pixels within 6 points around a place.
fn tone(pixels: &Pixels, at: LonLat) -> [i32; 3] {
    let at = view().screen_from_world(world_from_lon_lat(at));
    let (mut sum, mut count) = ([0; 3], 0);
    for (dx, dy) in (-6..=6).flat_map(|dx| (-6..=6).map(move |dy| (dx, dy))) {
        let (x, y) = ((at.x as i32 + dx) as usize, (at.y as i32 + dy) as usize);
        let pixel = &pixels.rgba[(y * pixels.width as usize + x) * 4..][..3];
        sum.iter_mut().zip(pixel).for_each(|(sum, &value)| *sum += i32::from(value));
        count += 1;
    }
    sum.map(|sum| sum / count)
}

fn apart(a: [i32; 3], b: [i32; 3]) -> i32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).max().unwrap_or(0)
}

#[test]
fn each_way_marks_where_points_are_and_leaves_the_rest_of_the_map_alone() {
    for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
        let Some(symbols) = picture(PointsAs::Symbols, theme) else { return };
        for points_as in [PointsAs::Clusters, PointsAs::Hexagons, PointsAs::HeatMap] {
            let drawn = picture(points_as, theme).unwrap();
            let (marked, ground) = (tone(&drawn, FULL), tone(&drawn, EMPTY));
            assert!(apart(marked, ground) > 60, "{points_as:?}: {marked:?} on {ground:?}");
            assert!(apart(ground, tone(&symbols, EMPTY)) <= 2, "{points_as:?} changes the ground");
        }
    }
}

#[test]
fn a_point_by_itself_keeps_its_symbol_among_clusters_and_has_none_in_a_hexagon() {
    let Some(symbols) = picture(PointsAs::Symbols, ThemeChoice::Light) else { return };
    let single = LonLat::new(36.8, 35.93);
    let clusters = picture(PointsAs::Clusters, ThemeChoice::Light).unwrap();
    assert_eq!(tone(&clusters, single), tone(&symbols, single));
    let hexagons = picture(PointsAs::Hexagons, ThemeChoice::Light).unwrap();
    assert!(apart(tone(&hexagons, single), tone(&symbols, single)) > 10);
}

#[test]
fn the_same_points_are_drawn_the_same_twice() {
    for points_as in [PointsAs::Clusters, PointsAs::Hexagons, PointsAs::HeatMap] {
        let Some(first) = picture(points_as, ThemeChoice::Light) else { return };
        let second = picture(points_as, ThemeChoice::Light).unwrap();
        assert!(first.rgba == second.rgba, "{points_as:?}");
    }
}
