//! The map as a picture: what a reader must find in it.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::Arc;

use sitmap::export::PictureMaker;
use sitmap::map_view::{Heading, LabelCount};
use sitmap::session::{Command, Session, Settings, ThemeChoice};

/// The opening view in a light or dark picture of 1280 × 800 points; `None` where there is nothing to draw on.
fn opening_view(theme: ThemeChoice) -> Option<(LabelCount, sitmap::render::Pixels)> {
    let mut maker = PictureMaker::new(1.0, true, sitmap::render::RendererChoice::Auto);
    if let Err(error) = maker.drawn_by() {
        println!("skipped: {error}");
        return None;
    }
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.apply(Command::SetTheme(theme));
    session.open_bundled_situation();
    session.settle_reading();
    maker.heading = Heading { title: "North-west Syria".to_owned(), subtitle: "approximate".to_owned() };
    let pixels = maker.picture(&mut session).expect("the picture is drawn");
    Some((maker.labels, pixels))
}

#[test]
fn the_opening_view_names_at_least_25_towns_and_half_of_them_in_two_scripts() {
    let Some((labels, _)) = opening_view(ThemeChoice::Light) else { return };
    assert!(labels.towns >= 25, "{labels:?}");
    assert!(labels.towns_in_two_scripts * 2 >= labels.towns, "{labels:?}");
}

#[test]
fn a_dark_picture_is_dark_and_a_light_one_light() {
    let mean = |pixels: &sitmap::render::Pixels| {
        let sum: u64 = pixels.rgba.chunks_exact(4).map(|pixel| u64::from(pixel[1])).sum();
        sum / (u64::from(pixels.width) * u64::from(pixels.height))
    };
    let Some((_, light)) = opening_view(ThemeChoice::Light) else { return };
    let Some((_, dark)) = opening_view(ThemeChoice::Dark) else { return };
    assert!(mean(&light) > 190 && mean(&dark) < 70, "{} and {}", mean(&light), mean(&dark));
}

#[test]
fn the_same_view_is_drawn_the_same_twice() {
    let Some((_, first)) = opening_view(ThemeChoice::Light) else { return };
    let Some((_, second)) = opening_view(ThemeChoice::Light) else { return };
    let differing =
        first.rgba.chunks_exact(4).zip(second.rgba.chunks_exact(4)).filter(|(a, b)| a != b).count();
    assert_eq!(differing, 0);
}
