//! Layers, links, statements, places and days against the facts.

use super::*;

#[test]
fn every_doubt_is_told_by_a_feature() {
    let doubts = LAYERS
        .iter()
        .flat_map(|layer| features(layer.key))
        .flat_map(|feature| feature["properties"]["doubts"].as_array().cloned().unwrap_or_default());
    let told: BTreeSet<u64> = doubts.map(|doubt| doubt["number"].as_u64().unwrap()).collect();
    assert_eq!(table(DOUBTS).len(), 44);
    assert!(told.into_iter().eq(1..=44), "a doubt is told by its number in the table");
}

#[test]
fn every_link_leads_to_a_feature() {
    let all = events();
    let ids: BTreeSet<_> = all.iter().map(|event| event.id.as_str()).collect();
    assert!(all.iter().flat_map(|event| &event.links).all(|link| ids.contains(link.id.as_str())));
    for link in statements().iter().flat_map(|statement| &statement.links) {
        let is_it = |feature: Value| feature["id"] == link.feature_id.as_str();
        // The base map is one layer to a reader of the report.
        let is_found = match link.layer.as_str() {
            "basemap" => GROUND.iter().flat_map(parsed).any(is_it),
            key => features(key).into_iter().any(is_it),
        };
        assert!(is_found, "{link:?}");
    }
}

#[test]
fn the_report_has_twenty_two_statements_and_says_which_are_not_verified() {
    let statements = statements();
    assert!(statements.iter().map(|statement| statement.number).eq(1..=22));
    assert_eq!(statements[7].status, StatementStatus::Superseded);
    assert_eq!(statements[10].status, StatementStatus::Unverified);
    assert!(statements[4].statement.contains("lies in the west"));
    assert_eq!(statements[14].off_map.as_ref().unwrap().name_en, "Tehran");
}

#[test]
fn statements_name_the_days_that_they_speak_of_and_most_name_none() {
    let named = statements().into_iter().filter_map(|statement| {
        Some((statement.number, statement.about_days.as_ref()?.text().to_owned(), statement.span()?))
    });
    let days: Vec<_> =
        named.map(|(number, text, span)| (number, text, (span.end - span.start) / 1_440)).collect();
    let expected = [
        (3, "2018-09-04/2018-09-05", 2),
        (6, "2018-09-07/2018-09-08", 2),
        (7, "2018-09-08", 1),
        (8, "2018-09-08", 1),
        (15, "2018-09-07", 1),
        (18, "2018-09-07", 1),
    ];
    assert_eq!(days, expected.map(|(number, text, days)| (number, text.to_owned(), days)));
}

#[test]
fn abdin_lies_in_the_rebel_held_area_and_hama_does_not() {
    let (highways, front_line, held_area) =
        (store("highways"), store("front_line"), store("rebel_held_area"));
    let gazetteer = gazetteer();
    let neighbourhood = Neighbourhood {
        gazetteer: Some(&gazetteer),
        highways: Some(&highways),
        front_line: Some(&front_line),
        held_area: Some(&held_area),
    };
    let abdin = neighbourhood.around(LonLat::new(36.5420, 35.4802));
    assert_eq!(abdin.is_in_held_area, Some(true));
    assert_eq!(neighbourhood.around(LonLat::new(36.75, 35.13)).is_in_held_area, Some(false));
    let (row, metres) = neighbourhood.around(LonLat::new(36.8005, 35.8495)).highway.unwrap();
    assert_eq!(features("highways")[row]["id"], "M5");
    assert!(metres < 200.0, "{metres}");
}

#[test]
fn every_layer_is_read_without_a_complaint() {
    for layer in LAYERS.iter().chain(GROUND).chain([&PLACES]) {
        let loaded = loaded(layer);
        assert_eq!((loaded.value.len(), loaded.info.rejected), (parsed(layer).len(), 0), "{}", layer.key);
        assert!(loaded.issues.is_empty() && !loaded.value.is_empty(), "{}: {:?}", layer.key, loaded.issues);
    }
}

#[test]
fn every_layer_says_where_it_comes_from() {
    for layer in LAYERS.iter().chain(GROUND).chain([&PLACES]) {
        assert!(layer.source_md.starts_with("# "), "{}", layer.key);
    }
}

#[test]
fn the_gazetteer_names_towns_in_both_scripts_by_rank() {
    let gazetteer = gazetteer();
    let idlib = gazetteer.places().iter().find(|place| place.name_en == "Idlib").unwrap();
    assert_eq!((idlib.rank, idlib.name_ar.as_deref()), (1, Some("إدلب")));
    let near = gazetteer.nearest(LonLat::new(36.5420, 35.4802), TOWN_RANK).unwrap();
    assert_eq!((near.place.name_en.as_str(), near.direction()), ("al-Habit", "north"));
    assert_eq!((near.distance_m / 1000.0).round(), 5.0);
    assert!(gazetteer.places().iter().all(|place| (1..=6).contains(&place.rank)));
}

#[test]
fn the_relief_covers_the_opening_view() {
    let relief = relief();
    assert!(
        relief.extent.contains(LonLat::new(35.0, 34.0)) && relief.extent.contains(LonLat::new(39.0, 37.5))
    );
    assert_eq!(&relief.png[1..4], b"PNG");
    let corners: Value = serde_json::from_slice(layers::RELIEF_CORNERS).unwrap();
    assert_eq!((&corners["projection"], &corners["no_shade"]), (&"EPSG:3857".into(), &255.into()));
}

#[test]
fn every_source_is_credited_with_its_terms() {
    let names: Vec<_> = credits().into_iter().map(|credit| credit.name).collect();
    let needed = ["OpenStreetMap", "UCDP", "Airwars", "Wikipedia", "GeoNames", "Natural Earth", "GLOBE"];
    assert!(needed.iter().all(|needed| names.iter().any(|name| name.contains(needed))), "{names:?}");
    assert!(credits().iter().all(|credit| credit.url.starts_with("https://") && !credit.licence.is_empty()));
}

#[test]
fn the_marked_days_are_those_of_the_facts_in_order_of_time_each_with_its_source() {
    let facts = table(include_str!("../../../../geodata/facts/marked_days.csv"));
    let days = marked_days();
    assert!(days.windows(2).all(|pair| pair[0].day < pair[1].day));
    let told = days.iter().map(|day| {
        let words = [
            crate::situation::words_of_day(day.day),
            day.label.clone(),
            day.words.clone(),
            day.source.clone(),
        ];
        ["day", "label", "words", "source"].map(str::to_owned).into_iter().zip(words).collect()
    });
    assert_eq!(told.collect::<Vec<BTreeMap<String, String>>>(), facts);
}
