//! The bundled events by the mapping of their columns against their typed reading.

use super::*;
use crate::situation::{CivilClock, Event, EventMapping, HarmScope, LayerEvents};
use crate::source::{Progress, SourceBytes, read_layer};

/// Every event twice: typed, and by the columns of its layer.
fn both_ways() -> Vec<(Event, Event)> {
    let strikes = layer("strikes").unwrap();
    let source = SourceBytes::from_static(strikes.title, strikes.bytes).unwrap();
    let features = read_layer(&source, &Progress::default()).unwrap().value;
    let by_columns = LayerEvents::guess(&features, &[], &mut CivilClock::home()).unwrap();
    assert_eq!(by_columns.mapping().preset.as_deref(), Some("sitmap strikes"));
    let typed = events().into_iter().enumerate();
    typed.map(|(row, event)| (event, by_columns.event(&features, row).unwrap())).collect()
}

#[test]
fn all_ninety_four_have_the_same_days_figures_and_grade_both_ways() {
    let events = both_ways();
    assert_eq!(events.len(), 94);
    for (typed, mapped) in events {
        let id = &typed.id;
        assert_eq!(typed.when, mapped.when, "{id}");
        assert_eq!((typed.killed, typed.injured), (mapped.killed, mapped.injured), "{id}");
        assert_eq!(typed.harm_wording, mapped.harm_wording, "{id}");
        assert_eq!(typed.assessment, mapped.assessment, "{id}");
    }
}

#[test]
fn names_classes_and_places_are_the_same_both_ways() {
    for (typed, mapped) in both_ways() {
        let id = &typed.id;
        assert_eq!((&typed.id, typed.class), (&mapped.id, mapped.class));
        assert_eq!((&typed.title_en, &typed.title_ar), (&mapped.title_en, &mapped.title_ar), "{id}");
        assert_eq!((&typed.actor, &typed.kind), (&mapped.actor, &mapped.kind), "{id}");
        assert_eq!((&typed.sources, &typed.source_urls), (&mapped.sources, &mapped.source_urls), "{id}");
        let (one, other) = (&typed.place, &mapped.place);
        assert_eq!(
            (one.shape, one.precision, one.radius_m),
            (other.shape, other.precision, other.radius_m),
            "{id}"
        );
        assert_eq!(
            (&one.name_en, &one.name_ar, &one.as_written),
            (&other.name_en, &other.name_ar, &other.as_written)
        );
        assert_eq!((&one.admin, &one.precision_wording), (&other.admin, &other.precision_wording), "{id}");
    }
}

#[test]
fn sources_become_claims_that_give_no_figures_of_their_own() {
    for (_, mapped) in both_ways() {
        assert!(!mapped.claims.is_empty(), "{}", mapped.id);
        assert!(
            mapped
                .claims
                .iter()
                .all(|claim| !claim.killed.is_known() && claim.killed.of == HarmScope::Unknown)
        );
        assert!(mapped.doubts.is_empty(), "{:?}", mapped.doubts);
    }
}

#[test]
fn no_other_bundled_layer_has_columns_of_events() {
    for layer in LAYERS.iter().chain(GROUND).chain([&PLACES]).filter(|layer| layer.key != "strikes") {
        let source = SourceBytes::from_static(layer.title, layer.bytes).unwrap();
        let features = read_layer(&source, &Progress::default()).unwrap().value;
        let mapping = EventMapping::of_features(&features, &[]);
        assert!(!mapping.makes_events(), "{}: {mapping:?}", layer.key);
    }
}
