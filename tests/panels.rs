//! Panels and dialogs: what is read in them, what a click does, and how they look.
//!
//! Behaviour goes through the accessibility tree, as a screen reader sees it. Pictures are compared where there is a
//! graphics adapter; without one a line says that they were left out.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/test_window.rs"]
mod test_window;

use std::sync::Arc;

use eframe::egui;
use egui_kittest::SnapshotResults;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitmap::coords::{Extent, LonLat};
use sitmap::session::{
    Basemap, Command, FeatureRef, FilterCommand, Panel, Request, Session, Settings, SituationFilter,
    ThemeChoice, TimeCommand,
};
use sitmap::situation::EventField;
use sitmap::ui::OpenWindow;
use test_window::{Window, click, compare, has_adapter, open, open_scaled, settings, settle, texts};

fn session_with(settings: Settings) -> Session {
    let mut session = Session::new(settings, Arc::new(|| ()));
    session.open_bundled_situation();
    session.settle();
    session
}

fn empty_session() -> Session {
    let mut session = Session::new(settings(), Arc::new(|| ()));
    session.settle();
    session
}

fn window(session: Session) -> Window {
    open(session, [1280.0, 800.0])
}

/// The strike near Abdin on 9 September 2018, with sources in two languages.
fn strike(session: &Session, id: &str) -> FeatureRef {
    let layer = session.catalogue().find_bundled("strikes").unwrap();
    let events = &session.situation().unwrap().events;
    FeatureRef { layer, row: events.iter().position(|event| event.id == id).unwrap() }
}

fn statement(session: &Session, number: usize) -> FeatureRef {
    FeatureRef { layer: session.catalogue().find_bundled("report").unwrap(), row: number - 1 }
}

fn session_showing(id: &str) -> Session {
    let mut session = session_with(settings());
    let feature = strike(&session, id);
    session.apply(Command::SelectFeature(feature));
    session
}

const FILE_WITH_FAULTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[36.6,35.9]},
 "properties":{"name":"سوق إدلب","note":"Open daily. More at https://example.org/market","visitors":1200,"empty":null}},
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]},"properties":{}},
{"type":"Feature","geometry":{"type":"Point","coordinates":["x",2]},"properties":{}}]}"#;

fn session_with_pasted_file() -> Session {
    let mut session = session_with(settings());
    session.apply(Command::PasteGeoJson(FILE_WITH_FAULTS.to_owned()));
    session.settle();
    session
}

fn text_of(harness: &Window) -> String {
    texts(harness).join("\n")
}

#[test]
fn clicking_the_eye_hides_the_layer_and_clicking_again_shows_it() {
    let mut harness = window(session_with(settings()));
    let layer = harness.state().session.catalogue().find_bundled("strikes").unwrap();
    harness.get_by_label("Hide Reported strikes").click();
    harness.run();
    assert!(harness.state().pushed.contains(&Command::SetLayerVisible { layer, visible: false }));
    harness.get_by_label("Show Reported strikes").click();
    harness.run();
    assert!(harness.state().session.catalogue().get(layer).unwrap().visible);
}

#[test]
fn the_topmost_layer_stands_first() {
    let harness = window(session_with(settings()));
    let top = |words: &str| harness.get_by_label(words).rect().top();
    assert!(top("Hide Reported strikes") < top("Hide Highways"));
    assert!(top("Hide Highways") < top("Hide Rebel-held area"));
}

#[test]
fn a_layer_is_moved_renamed_and_removed_from_its_row() {
    let mut harness = window(session_with(settings()));
    harness.get_by_label("Highways").click();
    harness.run();
    harness.get_by_label("Move up Highways").click();
    harness.run();
    let moved = |command: &Command| matches!(command, Command::MoveLayer { .. });
    assert!(harness.state().pushed.iter().any(moved));

    harness.get_by_label("More for Highways").click();
    harness.run();
    harness.get_by_label("Rename…").click();
    harness.run();
    harness.get_by_label("New title").type_text(" of the north");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    harness.get_by_label("More for Highways of the north").click();
    harness.run();
    harness.get_by_label("Remove").click();
    harness.run();
    assert_eq!(harness.state().session.catalogue().find_bundled("highways"), None);
    assert!(harness.query_by_label("Hide Highways of the north").is_none());
}

#[test]
fn points_are_shown_as_hexagons_from_the_menu_of_their_layer() {
    let mut harness = window(session_with_pasted_file());
    let layer = harness.state().session.chosen_layer().unwrap();
    harness.get_by_label("More for Pasted layer").click();
    harness.run();
    harness.get_by_label("Show points as").click();
    harness.run();
    harness.get_by_label("Hexagons").click();
    harness.run();
    let chosen = Command::SetLayerPoints { layer, points_as: sitmap::symbology::PointsAs::Hexagons };
    assert!(harness.state().pushed.contains(&chosen), "{:?}", harness.state().pushed);
}

#[test]
fn a_layer_without_points_cannot_show_them_as_anything() {
    let mut harness = window(session_with(settings()));
    harness.get_by_label("More for Highways").click();
    harness.run();
    let menu = harness.get_by_label("Show points as");
    assert!(menu.accesskit_node().is_disabled());
}

#[test]
fn a_group_hides_all_its_layers_at_once() {
    let mut session = session_with(settings());
    let layers = ["crossings", "landmarks"].map(|key| session.catalogue().find_bundled(key).unwrap());
    for layer in layers {
        session.apply(Command::SetLayerGroup { layer, group: Some("Points".to_owned()) });
    }
    let mut harness = window(session);
    harness.get_by_label("Hide group Points").click();
    harness.run();
    let catalogue = harness.state().session.catalogue();
    assert!(layers.iter().all(|&layer| !catalogue.get(layer).unwrap().visible));
}

#[test]
fn nothing_selected_says_what_to_click() {
    let harness = window(session_with(settings()));
    assert!(text_of(&harness).contains("Click a symbol, a line or an area on the map"));
}

#[test]
fn an_event_tells_title_figures_grade_claims_and_surroundings() {
    let harness = window(session_showing("AW-RS3530"));
    let text = text_of(&harness);
    let event = &harness.state().session.situation().unwrap().events
        [strike(&harness.state().session, "AW-RS3530").row];
    assert!(text.contains(&event.title_en) && text.contains(event.title_ar.as_deref().unwrap()));
    for words in
        ["Killed", "Injured", "Grade", "Said to have done it", "Claims", "Nearest town", "Nearest highway"]
    {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    for claim in &event.claims {
        assert!(text.contains(&claim.source) && text.contains(&claim.says), "{claim:?}");
    }
    assert!(text.contains("assumed") && text.contains("from the front line"));
}

#[test]
fn an_unknown_figure_is_said_in_words_and_never_as_zero() {
    let mut session = session_with(settings());
    let unknown =
        session.situation().unwrap().events.iter().find(|event| !event.killed.is_known()).unwrap().id.clone();
    let feature = strike(&session, &unknown);
    session.apply(Command::SelectFeature(feature));
    let harness = window(session);
    assert!(harness.get_all_by_value("unknown").count() >= 1);
}

#[test]
fn a_missing_link_of_a_claim_is_said() {
    let session = session_with(settings());
    let without = session
        .situation()
        .unwrap()
        .events
        .iter()
        .find(|event| event.claims.iter().any(|claim| !claim.has_link()));
    let id = without.unwrap().id.clone();
    assert!(text_of(&window(session_showing(&id))).contains("No link given"));
}

#[test]
fn every_event_and_every_statement_can_be_shown() {
    let mut session = session_with(settings());
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    let rows = session.situation().unwrap().events.len();
    session.apply(Command::SelectFeature(FeatureRef { layer: strikes, row: 0 }));
    let mut harness = window(session);
    for row in 0..rows {
        harness.state_mut().session.apply(Command::SelectFeature(FeatureRef { layer: strikes, row }));
        harness.run();
    }
    for number in 1..=22 {
        let feature = statement(&harness.state().session, number);
        harness.state_mut().session.apply(Command::SelectFeature(feature));
        harness.run();
        assert!(text_of(&harness).contains("Statement of the founding report"), "{number}");
    }
}

#[test]
fn several_hits_are_listed_and_the_arrows_walk_through_them() {
    let mut session = session_with(settings());
    let around_abdin = Extent::new(36.5, 35.45, 36.6, 35.5).to_world();
    session.apply(Command::SelectInBox(around_abdin));
    let hits = session.selection().hits().len();
    let mut harness = window(session);
    assert!(text_of(&harness).contains(&format!("1 of {hits}")));
    harness.get_by_label("Next feature here").click();
    harness.run();
    assert_eq!(harness.state().session.selection().current_place(), 1);
    assert!(text_of(&harness).contains(&format!("2 of {hits}")));
}

#[test]
fn a_link_is_shown_whole_and_opens_only_after_that() {
    let mut session = session_with_pasted_file();
    let layer = session.catalogue().top_down().next().unwrap().id;
    session.apply(Command::SelectFeature(FeatureRef { layer, row: 0 }));
    let mut harness = window(session);
    harness.get_by_label("example.org").click();
    harness.run();
    assert!(harness.state().requests.is_empty());
    assert!(harness.get_all_by_value("https://example.org/market").count() >= 1);
    harness.get_by_label("Open in the browser").click();
    harness.run();
    assert_eq!(harness.state().requests, [Request::OpenLink("https://example.org/market".to_owned())]);
}

#[test]
fn a_feature_of_a_file_shows_its_properties_with_arabic_in_reading_order() {
    let mut session = session_with_pasted_file();
    let layer = session.catalogue().top_down().next().unwrap().id;
    session.apply(Command::SelectFeature(FeatureRef { layer, row: 0 }));
    let text = text_of(&window(session));
    for words in ["سوق إدلب", "visitors", "1200", "no value", "Point", "35.900000, 36.600000"] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
}

#[test]
fn coordinates_are_copied_in_the_notation_of_their_row() {
    let mut harness = open(session_showing("AW-RS3530"), [1280.0, 4000.0]);
    harness.get_by_label("Copy MGRS").click();
    harness.run();
    let requests = &harness.state().requests;
    assert!(matches!(&requests[..], [Request::CopyText(text)] if text.starts_with("37S BV")), "{requests:?}");
}

#[test]
fn a_statement_of_the_report_selects_its_features() {
    let mut harness = window(session_with(settings()));
    harness.get_by_label("Report").click();
    harness.run();
    harness.get_by_label("2. Clock tower").click();
    harness.run();
    let shown = statement(&harness.state().session, 2);
    assert_eq!(harness.state().session.selection().current(), Some(shown));
    let landmarks = harness.state().session.catalogue().find_bundled("landmarks").unwrap();
    let tower = FeatureRef { layer: landmarks, row: 0 };
    let title = harness.state().session.title_of(tower);
    harness.get_by_role_and_label(egui::Role::Link, &title).click();
    harness.run();
    assert_eq!(harness.state().session.selection().current(), Some(tower));
}

#[test]
fn events_without_a_place_can_be_reached_from_the_row_of_their_layer() {
    let mut harness = window(session_with(settings()));
    harness.get_by_label("More for Reported strikes").click();
    harness.run();
    harness.get_by_label_contains("without a place").hover();
    harness.run();
    harness.get_by_label_contains("without a place").click();
    harness.run();
    let session = &harness.state().session;
    let unlocated =
        session.situation().unwrap().events.iter().find(|event| !event.place.is_located()).unwrap();
    let title = unlocated.title_en.clone();
    harness.get_all_by_label(&title).next().unwrap().click();
    harness.run();
    assert!(text_of(&harness).contains("Not located"));
}

#[test]
fn the_load_report_names_feature_line_and_reason_and_copies_as_text() {
    let mut harness = window(session_with_pasted_file());
    harness.get_by_label_contains("in Pasted layer").click();
    harness.run();
    let text = text_of(&harness);
    assert!(text.contains("1 feature kept") && text.contains("feature 3") && text.contains("line"), "{text}");
    harness.get_by_label("Copy all").click();
    harness.run();
    assert!(
        matches!(harness.state().requests.last(), Some(Request::CopyText(text)) if text.lines().count() >= 3)
    );
}

#[test]
fn the_note_on_online_tiles_says_what_they_reveal_and_is_answered_once() {
    let mut harness = window(session_with(Settings { online_note_answered: false, ..settings() }));
    assert!(text_of(&harness).contains("IP address"));
    harness.get_by_label("Stay offline").click();
    harness.run();
    assert!(harness.query_by_label("Use online tiles").is_none());
    let settings = harness.state().session.settings();
    assert!(settings.work_offline && settings.basemap == Basemap::Bundled);
}

#[test]
fn the_offline_switch_is_always_in_sight() {
    for size in [[1280.0, 800.0], [900.0, 600.0], [640.0, 480.0]] {
        let mut harness = open(session_with(Settings { work_offline: false, ..settings() }), size);
        let switch = harness.get_by_label("Work offline");
        assert!(switch.rect().right() <= size[0] && switch.rect().left() > 0.0, "{size:?}");
        switch.click();
        harness.run();
        assert!(harness.state().session.settings().work_offline);
    }
}

#[test]
fn in_a_narrow_window_the_panels_are_drawers_that_begin_folded() {
    let mut harness = open(session_with(settings()), [880.0, 600.0]);
    assert!(harness.query_by_label("Hide Reported strikes").is_none());
    harness.get_by_label("Layers panel").click();
    harness.run();
    harness.get_by_label("Hide Reported strikes");
    harness.get_by_label("Hide the layers panel").click();
    harness.run();
    assert!(harness.query_by_label("Hide Reported strikes").is_none());
    assert!(harness.state().session.settings().layers_panel_open, "the wide window keeps its panel");
}

#[test]
fn a_click_on_the_map_unfolds_the_details() {
    let mut session = session_with(settings());
    session.apply(Command::SetPanelOpen { panel: Panel::Details, open: false });
    let mut harness = window(session);
    let feature = strike(&harness.state().session, "AW-RS3530");
    harness.state_mut().session.apply(Command::SelectFeature(feature));
    harness.run();
    assert!(harness.state().session.settings().details_panel_open);
    assert!(text_of(&harness).contains("Said to have done it"));
}

#[test]
fn escape_closes_a_window_before_it_clears_the_selection() {
    let mut harness = window(session_showing("AW-RS3530"));
    harness.key_press(egui::Key::F1);
    harness.run();
    assert!(text_of(&harness).contains("Zoom at the pointer"));
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.state().state.open_window.is_none());
    assert!(harness.state().session.selection().current().is_some());
}

#[test]
fn pasted_text_is_a_layer_unless_somebody_types() {
    let mut harness = window(empty_session());
    harness.event(egui::Event::Paste(FILE_WITH_FAULTS.to_owned()));
    harness.run_steps(2);
    assert_eq!(harness.state().pushed, [Command::PasteGeoJson(FILE_WITH_FAULTS.to_owned())]);
}

#[test]
fn a_view_is_saved_under_a_name_from_the_menu() {
    let mut harness = window(empty_session());
    harness.state_mut().state.open(OpenWindow::SaveView);
    harness.run();
    harness.get_by_label("Name of the view").type_text("Idlib city");
    harness.run();
    harness.get_by_label("Save view").click();
    harness.run();
    assert_eq!(harness.state().session.views()[0].name, "Idlib city");
    assert!(harness.state().state.open_window.is_none());
}

#[test]
fn an_error_stays_until_it_is_dismissed() {
    let mut session = empty_session();
    session
        .apply(Command::ShowNotice(sitmap::session::Notice::error("cannot read the file “roads.geojson”")));
    let mut harness = window(session);
    harness.run_steps(200);
    assert!(text_of(&harness).contains("roads.geojson"));
    harness.get_by_label("Dismiss this message").click();
    harness.run();
    assert_eq!(harness.state().session.notices().count(), 0);
}

#[test]
fn about_names_everybody_the_data_is_owed_to() {
    let mut harness = window(empty_session());
    harness.state_mut().state.open(OpenWindow::About);
    harness.run();
    let text = text_of(&harness);
    for credit in sitmap::source::bundled::credits() {
        assert!(text.contains(&credit.credit), "{}", credit.name);
    }
}

#[test]
fn the_position_in_the_status_bar_is_written_another_way_at_each_click() {
    let mut harness = window(empty_session());
    harness.state_mut().pointer = Some(LonLat::new(36.542, 35.4802));
    harness.run();
    for written in ["35.480200, 36.542000", "35.480200° N, 36.542000° E", "35°28′48.72″ N 36°32′31.20″ E"]
    {
        harness.get_by_label(written).click();
        harness.run();
    }
    harness.get_by_label("37N 276999 mE 3929075 mN");
}

fn session_with_attacks() -> Session {
    let attack = |number: i32, kind: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"kind":"{kind}","killed":{number},"day":"2018-09-0{number}"}},
            "geometry":{{"type":"Point","coordinates":[36.{number},35.5]}}}}"#
        )
    };
    let attacks = [attack(1, "Battles"), attack(2, "قصف مدفعي"), attack(3, "قصف مدفعي"), attack(4, "Riots")];
    let mut session = empty_session();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, attacks.join(","));
    session.apply(Command::PasteGeoJson(text));
    session.settle();
    session
}

#[test]
fn a_layer_is_filtered_by_a_word_then_by_a_range_and_shown_whole_again() {
    let mut harness = window(session_with_attacks());
    for label in ["More for Pasted layer", "Filter…", "Column kind", "قصف مدفعي, 2"] {
        click(&mut harness, label);
    }
    let layer = harness.state().session.catalogue().top_down().next().unwrap().id;
    let shown = |harness: &Window| {
        let content = harness.state().session.content(layer).unwrap();
        content.shown().map(|shown| shown.rows.iter().collect::<Vec<_>>())
    };
    assert_eq!(shown(&harness), Some(vec![1, 2]));
    assert!(text_of(&harness).contains("2 of 4 shown"));
    click(&mut harness, "Column killed");
    let from = |harness: &Window, act: &dyn Fn(&egui_kittest::Node<'_>)| {
        act(&harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "From"));
    };
    from(&harness, &|field| field.focus());
    harness.run();
    from(&harness, &|field| field.type_text("3"));
    harness.run();
    harness.state_mut().session.settle();
    assert_eq!(shown(&harness), Some(vec![2]));
    click(&mut harness, "Remove the condition on kind");
    assert_eq!(shown(&harness), Some(vec![2, 3]));
    click(&mut harness, "Show all of Pasted layer");
    assert_eq!(shown(&harness), None);
}

#[test]
fn the_filter_window_stays_where_it_is_while_conditions_come() {
    let mut harness = open(session_with_attacks(), [1000.0, 560.0]);
    let mut step = |label: &str| {
        harness.get_by_label(label).click();
        harness.run();
        harness.state_mut().session.settle();
        harness.run();
        harness.query_by_label("Column kind").map(|column| column.rect().min)
    };
    step("More for Pasted layer");
    let opened = step("Filter…").unwrap();
    for label in ["Column kind", "قصف مدفعي, 2", "Riots, 1", "Column killed"] {
        assert_eq!(step(label), Some(opened), "after {label}");
    }
}

#[test]
fn a_filter_that_nothing_meets_is_told_over_the_map_with_the_way_back() {
    let mut session = session_with(settings());
    let filter = SituationFilter { filter: "killed >= 100000".parse().unwrap(), area: None };
    session.apply(Command::Filter(FilterCommand::Set(filter)));
    session.settle();
    let mut harness = window(session);
    assert!(text_of(&harness).contains("No event meets the filter."));
    harness.get_by_label("Show all events").click();
    settle(&mut harness);
    assert!(harness.state().session.situation_filter().is_empty());
    assert!(!text_of(&harness).contains("No event meets the filter."));
}

fn session_with_incidents() -> Session {
    let incident = |number: usize, date: &str, kind: &str, place: &str, killed: &str| {
        format!(
            r#"{{"type":"Feature","id":{number},"geometry":{{"type":"Point","coordinates":[36.{number},35.5]}},
            "properties":{{"التاريخ":"{date}","النوع":"{kind}","المكان":"{place}","القتلى":"{killed}","المصدر":"إذاعة؛ جريدة"}}}}"#
        )
    };
    let incidents = [
        incident(1, "٨ أيلول ٢٠١٨", "غارة جوية", "سراقب", "4-9"),
        incident(2, "9 أيلول 2018", "قصف", "جسر الشغور", "كثيرون"),
        incident(3, "", "قصف", "معرة النعمان", ""),
    ];
    let mut session = empty_session();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, incidents.join(","));
    session.apply(Command::PasteGeoJson(text));
    session.settle();
    session
}

#[test]
fn the_load_report_tells_of_dates_that_cannot_be_read() {
    let mut session = empty_session();
    let event = |date: &str| {
        format!(
            r#"{{"type":"Feature","geometry":null,"properties":{{"event_date":"{date}","event_type":"Raid"}}}}"#
        )
    };
    let events = [event("2018-09-08"), event("08/09/2018"), event("2018-09-10")].join(",");
    session.apply(Command::PasteGeoJson(format!(r#"{{"type":"FeatureCollection","features":[{events}]}}"#)));
    session.settle();
    let mut harness = open(session, [1000.0, 640.0]);
    click(&mut harness, "1 issue in Pasted layer");
    let shown = text_of(&harness);
    assert!(shown.contains("1 row has a date that cannot be read and no time, such as"), "{shown}");
    assert!(shown.contains("feature 2"), "{shown}");
}

fn open_events_window(session: Session, size: [f32; 2]) -> Window {
    let mut harness = open(session, size);
    for label in ["More for Pasted layer", "Events…"] {
        harness.get_by_label(label).click();
        harness.run();
    }
    harness
}

#[test]
fn the_columns_of_events_are_shown_and_another_one_can_be_chosen() {
    let mut harness = open_events_window(session_with_incidents(), [1280.0, 900.0]);
    let shown = text_of(&harness);
    assert!(shown.contains("2 rows have a date, 1 has none."), "{shown}");
    assert!(shown.contains("guessed by their names") && shown.contains("غارة جوية · سراقب"), "{shown}");
    assert!(shown.contains("How many were killed: the figure cannot be read"), "{shown}");
    let layer = harness.state().session.catalogue().top_down().next().unwrap().id;
    let columns = |harness: &Window, field| {
        let content = harness.state().session.content(layer).unwrap();
        content.events().map(|events| events.mapping().columns(field).to_vec())
    };
    assert_eq!(columns(&harness, EventField::Kind), Some(vec!["النوع".to_owned()]));
    click(&mut harness, "Not events");
    assert_eq!(columns(&harness, EventField::Kind), None);
    assert!(text_of(&harness).contains("Choose the column of the date"));
    harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, "Date, or first day").click();
    harness.run();
    click(&mut harness, "التاريخ");
    assert_eq!(columns(&harness, EventField::Date), Some(vec!["التاريخ".to_owned()]));
    assert!(text_of(&harness).contains("chosen by you"));
    click(&mut harness, "Guess again");
    assert_eq!(columns(&harness, EventField::Kind), Some(vec!["النوع".to_owned()]));
}

#[test]
fn the_order_of_day_and_month_is_chosen_where_the_columns_are() {
    let mut session = empty_session();
    session.apply(Command::PasteGeoJson("event_date,event_type\n04/05/2018,Shelling\n".to_owned()));
    session.settle();
    let mut harness = open_events_window(session, [1280.0, 900.0]);
    let shown = text_of(&harness);
    assert!(shown.contains("nothing in the table shows it.") && shown.contains("in line 2"), "{shown}");
    for (order, day) in [("Day first", "4 May 2018"), ("Month first", "5 April 2018")] {
        harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, "Day and month").click();
        harness.run();
        click(&mut harness, order);
        let shown = text_of(&harness);
        assert!(shown.contains(day) && shown.contains("first, as chosen"), "{shown}");
    }
}

#[test]
fn an_event_of_a_file_is_read_in_the_details_panel() {
    let mut session = session_with_incidents();
    let layer = session.catalogue().top_down().next().unwrap().id;
    session.apply(Command::SelectFeature(FeatureRef { layer, row: 0 }));
    let harness = window(session);
    let shown = text_of(&harness);
    for words in ["غارة جوية · سراقب", "8 September 2018", "4–9", "إذاعة", "جريدة"]
    {
        assert!(shown.contains(words), "{words} is not in {shown}");
    }
}

/// Opens the search box and types; names are ready then.
fn search_for(harness: &mut Window, text: &str) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run();
    harness.state_mut().session.settle();
    harness.get_by_label("Search").type_text(text);
    harness.run();
    harness.run();
}

/// The rows of the search box as a screen reader hears them, and which of them is chosen.
fn search_rows(harness: &Window) -> Vec<(String, bool)> {
    let nodes = harness.root().children_recursive();
    let rows = nodes.filter_map(|node| {
        let node = node.accesskit_node();
        let is_row = node.role() == egui::Role::ListBoxOption;
        is_row.then(|| {
            let is_chosen = node.toggled() == Some(egui::accesskit::Toggled::True);
            (node.label().unwrap_or_default(), is_chosen)
        })
    });
    rows.collect()
}

fn marked(harness: &Window) -> Option<String> {
    harness.state().session.place_mark().map(|mark| mark.title.clone())
}

#[test]
fn a_place_is_found_by_any_of_its_spellings_and_enter_goes_there() {
    for spelling in ["Saraqib", "saraqeb", "سراقب"] {
        let mut harness = window(session_with(settings()));
        search_for(&mut harness, spelling);
        let rows = search_rows(&harness);
        assert!(rows[0].0.starts_with("Saraqib, سراقب, Town · Idlib · "), "{spelling}: {rows:?}");
        assert!(rows[0].1 && rows[0].0.ends_with(", Places"));
        harness.key_press(egui::Key::Enter);
        harness.run();
        assert_eq!(marked(&harness).as_deref(), Some("Saraqib"), "{spelling}");
        let asked = &harness.state().requests;
        assert!(matches!(asked[..], [Request::MoveCamera(_)]), "{asked:?}");
        assert!(harness.query_by_label("Close the search").is_none());
    }
}

#[test]
fn the_arrows_choose_a_hit_and_escape_closes_the_search_alone() {
    let mut harness = window(session_showing("AW-RS3530"));
    search_for(&mut harness, "khan");
    let rows = search_rows(&harness);
    assert!(rows.len() > 3 && rows[0].1);
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    harness.key_press(egui::Key::ArrowUp);
    harness.run();
    assert!(search_rows(&harness)[1].1);
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(search_rows(&harness).is_empty());
    assert!(harness.state().session.selection().current().is_some());
    assert!(!harness.state().pushed.contains(&Command::ClearSelection));
}

#[test]
fn a_click_on_a_hit_chooses_it_and_it_is_offered_again_while_nothing_is_typed() {
    let mut harness = window(session_with(settings()));
    search_for(&mut harness, "260265");
    let row = search_rows(&harness)[0].0.clone();
    assert!(row.starts_with("Shelling, Tahtaya") && row.ends_with(", Events"), "{row}");
    harness.get_by_label(&row).click();
    harness.run();
    let selected = harness.state().session.selection().current().unwrap();
    assert_eq!(harness.state().session.event(selected).unwrap().id, "UC-260265");
    search_for(&mut harness, " ");
    assert_eq!(search_rows(&harness), [(row, true)]);
    assert!(text_of(&harness).contains("Chosen before"));
}

#[test]
fn commands_windows_and_coordinates_are_chosen_like_places() {
    let mut harness = window(session_with(settings()));
    search_for(&mut harness, "dark theme");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(harness.state().pushed.contains(&Command::SetTheme(ThemeChoice::Dark)));
    search_for(&mut harness, "keyboard");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().state.open_window, Some(OpenWindow::Shortcuts));
    search_for(&mut harness, "37S BV 76999 29074");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(marked(&harness).is_some_and(|title| title.starts_with("35.480")));
}

#[test]
fn where_nothing_is_found_the_box_says_what_to_try() {
    let mut harness = window(session_with(settings()));
    search_for(&mut harness, "xqzwv");
    let said = text_of(&harness);
    assert!(said.contains("Nothing found for") && said.contains("Try fewer letters"), "{said}");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(harness.query_by_label("Close the search").is_some());
}

#[test]
fn the_toolbar_opens_the_search_and_in_a_narrow_window_a_drawer_can_be_asked_for() {
    let mut harness = open(session_with(settings()), [640.0, 480.0]);
    harness.get_by_label_contains("Search (").click();
    harness.run();
    harness.state_mut().session.settle();
    harness.get_by_label("Search").type_text("layers panel");
    harness.run();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let pushed = &harness.state().pushed;
    assert!(!pushed.iter().any(|command| matches!(command, Command::SetPanelOpen { .. })), "{pushed:?}");
}

fn day(text: &str) -> std::ops::Range<i32> {
    let start = sitmap::situation::minute_of_day(sitmap::situation::day_of(text).unwrap());
    start..start + sitmap::situation::minute_of_day(1)
}

fn set_window(harness: &mut Window, window: Option<std::ops::Range<i32>>) {
    let session = &mut harness.state_mut().session;
    session.apply(Command::Time(TimeCommand::SetWindow(window)));
    session.settle();
    harness.run();
}

fn open_tab(harness: &mut Window, tab: &str) {
    harness.get_by_label(tab).click();
    harness.run();
}

#[test]
fn the_list_of_events_counts_what_the_timeline_counts_and_stands_under_its_days() {
    let mut harness = window(session_with(settings()));
    open_tab(&mut harness, "Events");
    let text = text_of(&harness);
    assert!(text.contains("94 of 94 events") && text.contains("94 of 94 shown"), "{text}");
    assert!(text.contains("2 August 2018 · 1 event\n"), "{text}");
    set_window(&mut harness, Some(day("2018-09-08")));
    let shown = harness.state().session.events_shown();
    let text = text_of(&harness);
    assert!(text.contains(&format!("{shown} of 94 events")), "{text}");
    assert!(text.contains(&format!("Timeline, 8 Sep 2018, {shown} of 94 shown")), "{text}");
    assert!(text.contains("8 September 2018 · "), "{text}");
    let rows = search_rows(&harness);
    assert!(
        rows.iter().any(|(name, _)| name.starts_with("Air strike, near Abdin, 8 September 2018, killed 4–6"))
    );
}

#[test]
fn a_row_of_the_list_shows_its_event_and_the_selected_event_is_scrolled_to() {
    let mut harness = window(session_with(settings()));
    open_tab(&mut harness, "Events");
    let first = search_rows(&harness)[0].0.clone();
    harness.get_by_label(&first).click();
    harness.run();
    let selected = harness.state().session.selection().current().unwrap();
    assert!(harness.state().pushed.contains(&Command::RevealFeature(selected)));
    assert_eq!(search_rows(&harness)[0], (first, true));
    let last = strike(&harness.state().session, "AW-RS3530");
    harness.state_mut().session.apply(Command::SelectFeature(last));
    harness.run();
    harness.run();
    let chosen: Vec<String> =
        search_rows(&harness).into_iter().filter(|(_, chosen)| *chosen).map(|(name, _)| name).collect();
    assert!(matches!(&chosen[..], [name] if name.starts_with("Air strike, near Abdin")), "{chosen:?}");
}

#[test]
fn hovering_goes_both_ways_between_the_list_and_the_rest() {
    let mut harness = window(session_with(settings()));
    open_tab(&mut harness, "Events");
    let name = search_rows(&harness)[1].0.clone();
    harness.get_by_label(&name).hover();
    harness.run();
    let hovered = harness.state().session.hovered().unwrap();
    let event = harness.state().session.event(hovered).unwrap().into_owned();
    assert!(name.starts_with(&event.title_en), "{name} is not {}", event.title_en);
    harness.get_by_label("Layers").hover();
    harness.run();
    assert_eq!(harness.state().session.hovered(), None);
    let hovers = harness.state().pushed.iter().filter(|command| matches!(command, Command::HoverFeature(_)));
    assert_eq!(hovers.count(), 2, "once when it comes, once when it goes");
}

#[test]
fn the_arrows_walk_through_the_list_and_enter_selects() {
    let mut harness = window(session_with(settings()));
    open_tab(&mut harness, "Events");
    let rows = search_rows(&harness);
    harness.get_by_label("Events in time").focus();
    harness.run();
    for key in [egui::Key::ArrowDown, egui::Key::ArrowDown, egui::Key::ArrowDown, egui::Key::ArrowUp] {
        harness.key_press(key);
        harness.run();
    }
    let session = &harness.state().session;
    assert_eq!(session.selection().current(), None);
    let hovered = session.event(session.hovered().unwrap()).unwrap().title_en.clone();
    assert!(rows[1].0.starts_with(&hovered), "{hovered} is not {}", rows[1].0);
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(search_rows(&harness)[1].1);
}

#[test]
fn undated_events_are_listed_at_the_end_also_where_a_window_hides_them() {
    let mut harness = window(session_with_incidents());
    open_tab(&mut harness, "Events");
    let text = text_of(&harness);
    assert!(text.contains("3 of 3 events") && text.contains("No date known · 1 event, not on the timeline"));
    set_window(&mut harness, Some(day("2018-09-08")));
    let text = text_of(&harness);
    assert!(text.contains("1 of 3 events") && text.contains("not counting those without a date"), "{text}");
    let rows: Vec<String> = search_rows(&harness).into_iter().map(|(name, _)| name).collect();
    assert!(
        matches!(&rows[..], [dated, undated] if dated.contains("سراقب") && undated.contains("date not known"))
    );
    set_window(&mut harness, Some(day("2011-01-01")));
    assert!(text_of(&harness).contains("No event is in this window of time."));
    // The list offers it, and so does the line over the map.
    harness.get_all_by_label("Show all time").next().unwrap().click();
    harness.run();
    assert_eq!(harness.state().session.timeline().window(), None);
}

#[test]
fn without_events_the_list_says_what_to_do() {
    let mut harness = window(empty_session());
    open_tab(&mut harness, "Events");
    assert!(text_of(&harness).contains("No layer that is shown holds events. Open a table"));
}

#[test]
fn the_sources_of_an_event_stand_side_by_side_and_what_differs_is_said_in_words() {
    let harness = open(session_showing("UC-263335"), [1280.0, 2400.0]);
    let text = text_of(&harness);
    assert!(text.contains("Side by side") && text.contains("“Differs”: what another source says"), "{text}");
    let said = |words: &str| {
        let labels = harness.get_all_by_role(egui::Role::Label);
        labels.filter(|node| node.accesskit_node().value().as_deref() == Some(words)).count()
    };
    assert_eq!([said("differs"), said("differs, counts others"), said("updated later")], [4, 2, 2]);
    assert!(text.contains("added up nowhere") || !text.contains("Overlaps"));
}

#[test]
fn a_statement_moves_the_timeline_to_its_days_and_the_second_click_gives_it_back() {
    let mut session = session_with(settings());
    session.apply(Command::SetPanelOpen { panel: Panel::Timeline, open: false });
    let mut harness = window(session);
    open_tab(&mut harness, "Report");
    assert!(text_of(&harness).contains("Confirmed · 8 Sep 2018"));
    harness.get_by_label("7. Almost 60 raids").click();
    harness.run();
    let raids = strike(&harness.state().session, "AREA-0908-60RAIDS");
    let session = &harness.state().session;
    assert_eq!(session.timeline().window(), Some(&day("2018-09-08")));
    assert!(session.settings().timeline_open && session.selection().hits().contains(&raids));
    harness.get_all_by_label("7. Almost 60 raids").next().unwrap().click();
    harness.run();
    let session = &harness.state().session;
    assert_eq!((session.timeline().window(), session.selection().current()), (None, None));
}

#[test]
fn whoever_copies_rows_that_must_not_be_passed_on_is_told_once() {
    let rows = "event_id_cnty\tevent_date\tsub_event_type\tlocation\tlatitude\tlongitude\n\
                MADE1\t2018-09-08\tShelling\tUp\t35.5\t36.5\nMADE2\t2018-09-09\tShelling\tDown\t35.6\t36.6\n";
    let mut session = empty_session();
    session.apply(Command::PasteGeoJson(rows.to_owned()));
    session.settle();
    let layer = session.chosen_layer().unwrap();
    session.apply(Command::SelectFeature(FeatureRef { layer, row: 0 }));
    let mut harness = window(session);
    for _ in 0..2 {
        harness.event(egui::Event::Copy);
        harness.run();
    }
    let notices: Vec<_> = harness.state().session.notices().map(|notice| notice.message.clone()).collect();
    assert!(matches!(&notices[..], [one] if one.contains("terms forbid passing them on")), "{notices:?}");
}

#[test]
fn every_statement_says_whether_it_was_confirmed() {
    let mut harness = open(session_with(settings()), [1280.0, 1600.0]);
    open_tab(&mut harness, "Report");
    let text = text_of(&harness);
    let statuses = ["Confirmed", "Superseded", "Unverified", "Context"];
    let said = text.lines().filter(|line| statuses.iter().any(|status| line.starts_with(status)));
    assert!(said.count() >= 22, "{text}");
}

// Pictures

fn picture(
    name: &str,
    session: Session,
    size: [f32; 2],
    pixels_per_point: f32,
    open: Option<OpenWindow>,
) -> SnapshotResults {
    if !has_adapter() {
        return SnapshotResults::new();
    }
    let mut harness = open_scaled(session, size, pixels_per_point);
    if let Some(open) = open {
        harness.state_mut().state.open(open);
        harness.run();
    }
    compare(&mut harness, name)
}

/// `open` says which window is open, as far as that depends on the session.
fn in_both_themes(
    name: &str,
    size: [f32; 2],
    session: impl Fn() -> Session,
    open: impl Fn(&Session) -> Option<OpenWindow>,
) {
    let mut results = SnapshotResults::new();
    for (choice, ending) in [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")] {
        let mut session = session();
        session.apply(Command::SetTheme(choice));
        session.settle();
        let open = open(&session);
        results.extend(picture(&format!("{name}_{ending}"), session, size, 1.0, open));
    }
}

#[test]
fn picture_of_the_window_with_an_event() {
    in_both_themes("window_event", [1280.0, 800.0], || session_showing("AW-RS3530"), |_| None);
}

#[test]
fn picture_of_the_empty_window() {
    in_both_themes("window_empty", [1000.0, 640.0], empty_session, |_| None);
}

#[test]
fn picture_of_a_drawer_in_a_small_window_at_double_scale() {
    let mut session = session_with(settings());
    let layer = session.catalogue().find_bundled("strikes").unwrap();
    session.apply(Command::ChooseLayer(Some(layer)));
    session.apply(Command::SelectFeature(statement(&session, 5)));
    picture("drawer_2x", session, [880.0, 600.0], 2.0, None);
}

#[test]
fn picture_of_a_load_report() {
    let open = |session: &Session| Some(OpenWindow::LoadReport(session.chosen_layer()?));
    in_both_themes("load_report", [1000.0, 640.0], session_with_pasted_file, open);
}

#[test]
fn picture_of_a_whole_event() {
    picture("event_whole", session_showing("AW-RS3530"), [1000.0, 2800.0], 1.0, None);
}

#[test]
fn picture_of_the_first_start() {
    let mut session = session_with(Settings { online_note_answered: false, ..settings() });
    session.apply(Command::ChooseLayer(session.catalogue().find_bundled("highways")));
    let mut results = picture("first_start", session, [1280.0, 720.0], 1.0, None);
    results.extend(picture("about", empty_session(), [1000.0, 640.0], 1.0, Some(OpenWindow::About)));
}

#[test]
fn picture_of_settings() {
    in_both_themes("settings", [1000.0, 640.0], empty_session, |_| Some(OpenWindow::Settings));
}

#[test]
fn picture_of_the_report() {
    if has_adapter() {
        let mut harness = window(session_with(settings()));
        harness.get_by_label("Report").click();
        harness.run();
        harness.get_by_label("3. Russian statement on Idlib").click();
        harness.run();
        harness.state_mut().session.settle();
        compare(&mut harness, "report");
    }
}

#[test]
fn picture_of_a_filter() {
    if has_adapter() {
        let mut harness = open(session_with_attacks(), [1000.0, 640.0]);
        for label in ["More for Pasted layer", "Filter…", "Column kind", "قصف مدفعي, 2"] {
            click(&mut harness, label);
        }
        compare(&mut harness, "filter");
    }
}

/// A window with the filter bar and the list of one of its chips.
fn filter_bar_picture(name: &str, mut session: Session, size: [f32; 2], filter: &str, chip: &str) {
    if !has_adapter() {
        return;
    }
    session.apply(Command::SetPanelOpen { panel: Panel::FilterBar, open: true });
    let filter = SituationFilter { filter: filter.parse().unwrap(), area: None };
    session.apply(Command::Filter(FilterCommand::Set(filter)));
    session.settle();
    let mut harness = open(session, size);
    harness.get_by_label_contains(chip).click();
    harness.run();
    // The values of many rows are counted on a worker.
    harness.state_mut().session.settle();
    compare(&mut harness, name);
}

#[test]
fn picture_of_the_filter_bar_in_arabic() {
    let session = session_with_incidents();
    filter_bar_picture("filter_bar_arabic", session, [1000.0, 640.0], "place ~ \"سراقب\"", "Filter by Place");
}

#[test]
fn picture_of_the_filter_bar_in_a_narrow_window() {
    let filter = "weapon = air_strike and killed >= 1";
    filter_bar_picture(
        "filter_bar_narrow",
        session_with(settings()),
        [700.0, 560.0],
        filter,
        "Filter by Weapon",
    );
}

#[test]
fn picture_of_a_chip_of_thousands_of_values() {
    let rows = (0..4_000).map(|row| {
        let (day, lat) = (row % 28 + 1, 35.0 + f64::from(row) / 4e3);
        format!("2018-09-{day:02},Made up,Place {},{lat},36.5\n", row % 3_000)
    });
    let table = format!("event_date,event_type,location,latitude,longitude\n{}", rows.collect::<String>());
    let mut session = empty_session();
    session.apply(Command::PasteGeoJson(table));
    session.settle();
    filter_bar_picture("filter_bar_thousands", session, [1000.0, 640.0], "", "Filter by Place");
}

#[test]
fn picture_of_the_events_of_a_file() {
    if has_adapter() {
        let mut harness = open_events_window(session_with_incidents(), [1000.0, 760.0]);
        compare(&mut harness, "events");
    }
}

#[test]
fn picture_of_a_feature_of_a_file() {
    let session = || {
        let mut session = session_with_pasted_file();
        let layer = session.catalogue().top_down().next().unwrap().id;
        session.apply(Command::SelectFeature(FeatureRef { layer, row: 0 }));
        session
    };
    in_both_themes("file_feature", [1000.0, 640.0], session, |_| None);
}

/// The search box with what was typed.
fn search_picture(name: &str, typed: &str, size: [f32; 2], theme: ThemeChoice) -> SnapshotResults {
    if !has_adapter() {
        return SnapshotResults::new();
    }
    let mut session = session_with(settings());
    session.apply(Command::SetTheme(theme));
    session.settle();
    let mut harness = open(session, size);
    search_for(&mut harness, typed);
    compare(&mut harness, name)
}

#[test]
fn picture_of_the_search_in_both_themes() {
    let mut results = search_picture("search_light", "sara", [1280.0, 800.0], ThemeChoice::Light);
    results.extend(search_picture("search_dark", "sara", [1280.0, 800.0], ThemeChoice::Dark));
}

#[test]
fn picture_of_the_search_in_arabic() {
    search_picture("search_arabic", "خان شيخون", [1000.0, 640.0], ThemeChoice::Light);
}

#[test]
fn picture_of_the_search_in_a_narrow_window() {
    search_picture("search_narrow", "maarrat", [640.0, 480.0], ThemeChoice::Light);
}

#[test]
fn picture_of_a_search_that_finds_nothing() {
    search_picture("search_nothing", "xqzwv", [1000.0, 640.0], ThemeChoice::Light);
}

/// The list of events with one day brushed and an event selected.
fn event_list_picture(name: &str, theme: ThemeChoice, size: [f32; 2]) -> SnapshotResults {
    if !has_adapter() {
        return SnapshotResults::new();
    }
    let mut session = session_showing("AW-RS3530");
    session.apply(Command::SetTheme(theme));
    session.settle();
    let mut harness = open(session, size);
    if harness.state().state.is_narrow() {
        harness.get_by_label("Layers panel").click();
        harness.run();
    }
    open_tab(&mut harness, "Events");
    harness.run();
    compare(&mut harness, name)
}

#[test]
fn picture_of_the_list_of_events_in_both_themes() {
    let mut results = event_list_picture("event_list_light", ThemeChoice::Light, [1280.0, 800.0]);
    results.extend(event_list_picture("event_list_dark", ThemeChoice::Dark, [1280.0, 800.0]));
}

#[test]
fn picture_of_the_list_of_events_in_a_narrow_window() {
    event_list_picture("event_list_narrow", ThemeChoice::Light, [640.0, 480.0]);
}

#[test]
fn picture_of_the_list_of_events_in_arabic_with_an_undated_one() {
    if has_adapter() {
        let mut harness = open(session_with_incidents(), [1000.0, 640.0]);
        open_tab(&mut harness, "Events");
        set_window(&mut harness, Some(day("2018-09-08")));
        compare(&mut harness, "event_list_arabic");
    }
}

#[test]
fn picture_of_claims_side_by_side() {
    let mut results = SnapshotResults::new();
    for (choice, name) in [(ThemeChoice::Light, "claims_light"), (ThemeChoice::Dark, "claims_dark")] {
        let mut session = session_showing("UC-263335");
        session.apply(Command::SetTheme(choice));
        session.settle();
        results.extend(picture(name, session, [1000.0, 1500.0], 1.0, None));
    }
}

#[test]
fn a_file_that_is_pasted_into_the_filter_is_cut_and_what_was_cut_is_not_in_force() {
    let mut session = session_with(settings());
    session.apply(Command::SetPanelOpen { panel: Panel::FilterBar, open: true });
    let mut harness = window(session);
    let write = |harness: &mut Window, text: &str| {
        let field = harness.get_by_role_and_label(egui::Role::TextInput, "Filter of events");
        field.focus();
        field.type_text(text);
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
    };
    // Cut behind a comparison, it could be read.
    let (before, each) = (" ".repeat(10), "killed >= 1 or ");
    let file = format!("{before}{}", each.repeat(2_000));
    assert!(file[..20_001].ends_with("killed >= 1"));
    write(&mut harness, &file);
    let told = text_of(&harness);
    assert!(told.contains("longer than 20,000 letters, and cut there"), "{told:.900}");
    assert!(harness.state().session.situation_filter().is_empty());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    write(&mut harness, "killed >= 1");
    assert!(!harness.state().session.situation_filter().is_empty());
}
