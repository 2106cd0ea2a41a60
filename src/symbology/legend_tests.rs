//! What the legend says, and what it leaves out.

use super::super::fixture::{numbers, store, store_in_source, words};
use super::super::{SimpleLook, layer_symbols};
use super::*;
use crate::situation::GeometryKind::{LineString, None as Unlocated, Point, Polygon};

fn sections_of(look: &LayerLook, features: &FeatureStore, rows: &[FeatureRow]) -> Vec<LegendSection> {
    let symbols = layer_symbols(look, features, Theme::Light);
    let layer = LegendLayer { look, title: "My layer", features, symbols: &symbols };
    legend(layer, rows.iter().copied(), Theme::Light)
}

fn labels(section: &LegendSection) -> Vec<&str> {
    section.entries.iter().map(|entry| entry.label.as_str()).collect()
}

fn strikes() -> FeatureStore {
    store(
        &[Point, Point, Point, Polygon, Unlocated],
        vec![
            words("class", &["strike", "strike", "strike", "area_summary", "claim"]),
            words("weapon", &["rocket", "air_strike", "unknown", "mixed", "unknown"]),
            numbers("killed_low", &[2.0, f64::NAN, 12.0, f64::NAN, f64::NAN]),
            words("grade", &["contested", "none", "fair", "none", "none"]),
        ],
    )
}

#[test]
fn the_legend_of_strikes_explains_weapons_deaths_and_grades_that_are_there() {
    let sections = sections_of(&LayerLook::Strikes, &strikes(), &[0, 1, 2, 3, 4]);
    let expected =
        ["Air strike", "Rockets or missiles", "Weapon not stated", "Extent of an area report, assumed"];
    assert_eq!(labels(&sections[0]), expected);
    let sizes = ["None or unknown", "1–4", "10 or more", "Filled: a figure is reported", "Hollow: unknown"];
    assert_eq!(labels(&sections[1]), sizes);
    assert_eq!(labels(&sections[2]), ["Confirmed or fair", "Contested"]);
}

#[test]
fn what_has_left_the_map_leaves_the_legend() {
    let sections = sections_of(&LayerLook::Strikes, &strikes(), &[1]);
    let titles: Vec<&str> = sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Reported strikes", "Deaths reported, by the lowest figure"]);
    assert_eq!(labels(&sections[0]), ["Air strike"]);
}

#[test]
fn an_unlocated_claim_is_not_on_the_map_and_not_in_the_legend() {
    assert_eq!(sections_of(&LayerLook::Strikes, &strikes(), &[4]), []);
}

#[test]
fn area_reports_alone_need_no_word_on_deaths() {
    let sections = sections_of(&LayerLook::Strikes, &strikes(), &[3]);
    assert_eq!(sections.len(), 1);
    assert!(sections[0].entries[0].symbol.fill.unwrap().hatch.is_some());
}

#[test]
fn the_rebel_held_area_says_that_it_is_approximate_and_of_which_day() {
    let features = store(&[Polygon], vec![words("date", &["2018-09-08"])]);
    let sections = sections_of(&LayerLook::RebelHeldArea, &features, &[0]);
    assert_eq!(labels(&sections[0]), ["Rebel-held area, approximate, 8 Sep 2018"]);
}

#[test]
fn a_date_that_only_the_source_holds_is_found() {
    let features = store_in_source(&[LineString], &[&[("date", "2018-09-08")]]);
    let sections = sections_of(&LayerLook::FrontLine, &features, &[0]);
    assert_eq!(labels(&sections[0]), ["Front line, approximate, 8 Sep 2018"]);
}

#[test]
fn an_area_without_a_readable_date_is_approximate_all_the_same() {
    let features = store(&[Polygon], vec![words("date", &["early September"])]);
    let sections = sections_of(&LayerLook::RebelHeldArea, &features, &[0]);
    assert_eq!(labels(&sections[0]), ["Rebel-held area, approximate"]);
}

#[test]
fn the_base_map_explains_itself() {
    let features = store(&[Polygon], vec![]);
    for look in [LayerLook::Land, LayerLook::Lakes, LayerLook::Rivers] {
        assert_eq!(sections_of(&look, &features, &[0]), []);
    }
}

#[test]
fn a_users_layer_has_one_entry_for_each_kind_of_geometry() {
    let features = store(&[Polygon, Point, Point, LineString], vec![]);
    let sections = sections_of(&LayerLook::Simple(SimpleLook::nth(1)), &features, &[0, 1, 2, 3]);
    assert_eq!(
        (sections[0].title.as_str(), labels(&sections[0])),
        ("My layer", vec!["Points", "Lines", "Areas"])
    );
    assert!(sections[0].entries.iter().all(|entry| entry.note.is_none()));
}

#[test]
fn a_motley_layer_names_six_symbols_and_counts_the_rest() {
    let colors = ["#001", "#002", "#003", "#004", "#005", "#006", "#007", "#008", "#008"];
    let features = store(&[Point; 9], vec![words("marker-color", &colors)]);
    let sections =
        sections_of(&LayerLook::Simple(SimpleLook::default()), &features, &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let entries = &sections[0].entries;
    assert_eq!((entries.len(), entries[6].label.as_str()), (7, "and 2 more"));
    assert_eq!(entries[0].note.as_deref(), Some("2 features"));
    assert_eq!(entries[1].note.as_deref(), Some("1 feature"));
}

#[test]
fn sections_of_one_title_become_one() {
    let area = sections_of(&LayerLook::RebelHeldArea, &store(&[Polygon], vec![]), &[0]);
    let line = sections_of(&LayerLook::FrontLine, &store(&[LineString], vec![]), &[0]);
    let merged = merged_sections([area.clone(), line, area].concat());
    assert_eq!(merged.len(), 1);
    assert_eq!(labels(&merged[0]), ["Rebel-held area, approximate", "Front line, approximate"]);
}

#[test]
fn control_places_are_told_apart_in_a_fixed_order() {
    let places = store(&[Point; 3], vec![words("control", &["sdf", "rebel", "contested"])]);
    let sections = sections_of(&LayerLook::ControlPlaces, &places, &[0, 1, 2]);
    assert_eq!(labels(&sections[0]), ["Rebel-held place", "Contested place", "Place held by the SDF"]);
}

#[test]
fn a_swatch_shows_of_a_symbol_what_the_geometry_shows() {
    let features = store(&[Polygon, Polygon, LineString, Point], vec![]);
    let symbols = layer_symbols(&LayerLook::Simple(SimpleLook::default()), &features, Theme::Light);
    let swatch = |rows: &[FeatureRow]| usual_swatch(&features, &symbols, rows.iter().copied()).unwrap();
    let (area, line, point) = (swatch(&[0, 1, 2]), swatch(&[2]), swatch(&[3]));
    assert!(area.marker.is_none() && area.fill.is_some());
    assert!(line.marker.is_none() && line.fill.is_none() && !line.strokes.is_empty());
    assert!(point.marker.is_some() && point.strokes.is_empty());
    assert_eq!(usual_swatch(&features, &symbols, std::iter::empty()), None);
}
