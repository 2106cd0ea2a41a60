//! The details of an event, the most wanted first.
//!
//! Floor 6.

use eframe::egui::{self, Ui};

use super::addresses::links_in;
use super::bidi_text::{TextLook, link_ui, paragraph_ui};
use super::claims_table::claims_table_ui;
use super::details_claims::claims_ui;
use super::details_panel::DetailsState;
use super::details_place::{coordinates_ui, surroundings_ui};
use super::feature_words::event_feature;
use super::format;
use super::links::{paragraph_with_links_ui, web_link_ui};
use super::theme::{HALF_STEP, STEP};
use super::widgets::{card, field_ui, field_with_ui, fold_ui, small_heading_ui};
use crate::session::{Command, FeatureRef, Session};
use crate::situation::{ActorClass, Doubt, Event, EventClass, Harm};

/// All of an event.
pub fn event_details_ui(
    ui: &mut Ui,
    session: &Session,
    (feature, event): (FeatureRef, &Event),
    state: &mut DetailsState,
    commands: &mut Vec<Command>,
) {
    paragraph_ui(ui, event.class.label(), &TextLook::caption(ui));
    for (place, title) in event.titles().enumerate() {
        let look = if place == 0 { TextLook::title(ui) } else { TextLook::heading(ui) };
        paragraph_ui(ui, title, &look);
    }
    paragraph_ui(ui, &format::event_line(event), &TextLook::weak(ui));
    if event.class == EventClass::AreaSummary {
        paragraph_ui(
            ui,
            "Extent assumed: it was drawn from the wording of the reports.",
            &TextLook::warning(ui),
        );
    }
    harm_ui(ui, event);
    assessment_ui(ui, event);
    claims_table_ui(ui, event);
    claims_ui(ui, event, state);
    ui.add_space(STEP);
    particulars_ui(ui, event);
    doubts_ui(ui, &event.doubts, state);
    overlaps_ui(ui, session, event, commands);
    surroundings_ui(ui, session, feature, event.place.point());
    if let Some(at) = event.place.point() {
        coordinates_ui(ui, at, commands);
    }
    sources_ui(ui, event, state);
    original_ui(ui, event);
    ui.add_space(2.0 * STEP);
}

/// The figures, large, with whose they are.
fn harm_ui(ui: &mut Ui, event: &Event) {
    ui.add_space(HALF_STEP);
    card(ui).show(ui, |ui| {
        ui.columns_const(|[killed_ui, injured_ui]| {
            figure_ui(killed_ui, "Killed", &event.killed);
            figure_ui(injured_ui, "Injured", &event.injured);
        });
    });
    let words =
        "A range over the sources; each source’s own figures are below. Never add up events: they overlap.";
    if event.killed.is_known() || event.injured.is_known() {
        paragraph_ui(ui, words, &TextLook::caption(ui));
    }
}

fn figure_ui(ui: &mut Ui, name: &str, harm: &Harm) {
    ui.spacing_mut().item_spacing.y = 0.0;
    paragraph_ui(ui, name, &TextLook::small_heading(ui));
    paragraph_ui(ui, &harm.figure(), &TextLook::title(ui));
    let scope = format::scope(harm);
    if !scope.is_empty() {
        paragraph_ui(ui, &scope, &TextLook::caption(ui));
    }
}

fn assessment_ui(ui: &mut Ui, event: &Event) {
    ui.add_space(STEP);
    field_ui(ui, "Grade", &format::grade(&event.assessment));
    if !event.assessment.confidence.is_empty() {
        field_ui(ui, "Confidence", &event.assessment.confidence);
    }
    actors_ui(ui, event);
    field_ui(ui, "Place", &format::precision(&event.place));
    if let Some(extent) = &event.place.extent_basis {
        field_ui(ui, "Extent", extent);
    }
}

/// Who is said to have done it; where a table names several, each with the part that was taken.
fn actors_ui(ui: &mut Ui, event: &Event) {
    let actor = &event.actor;
    if event.actors.is_empty() && (event.is_strike() || actor.class != ActorClass::Unknown) {
        field_ui(ui, "Said to have done it", &format::worded(actor.class.label(), &actor.wording));
    } else if event.actors.is_empty() && !actor.wording.is_empty() {
        field_ui(ui, "Actor", &actor.wording);
    }
    for named in &event.actors {
        field_ui(ui, if named.role.is_empty() { "Actor" } else { &named.role }, &named.name);
    }
}

/// What is said beside grade and place.
fn particulars_ui(ui: &mut Ui, event: &Event) {
    let kind = &event.kind;
    for (name, words) in [("Kind", &kind.kind), ("More closely", &kind.sub_kind)] {
        if !words.is_empty() {
            field_ui(ui, name, words);
        }
    }
    if event.is_strike() {
        field_ui(ui, "Weapon", &format::worded(kind.weapon.class.label(), &kind.weapon.wording));
        field_ui(ui, "Target", &format::worded(kind.target.class.label(), &kind.target.wording));
    }
    if let Some(when) = &event.when {
        field_ui(ui, "Date known to the", &when.precision.label().to_lowercase());
    }
    if !event.tags.is_empty() {
        field_ui(ui, "Tags", &event.tags.join("; "));
    }
    if let Some(sensitivity) = &event.sensitivity {
        field_ui(ui, "Sensitivity", sensitivity);
    }
    if let Some(note) = &event.assessment.note {
        field_ui(ui, "Note", note);
    }
}

/// What looks wrong or uncertain, with what speaks for it.
pub fn doubts_ui(ui: &mut Ui, doubts: &[Doubt], state: &mut DetailsState) {
    if doubts.is_empty() {
        return;
    }
    small_heading_ui(ui, "Doubts");
    for doubt in doubts {
        paragraph_ui(ui, &doubt.doubt, &TextLook::warning(ui));
        paragraph_with_links_ui(ui, &doubt.evidence, &TextLook::weak(ui), &mut state.asked_link);
        ui.add_space(HALF_STEP);
    }
}

/// The events that this one may be counted in again.
fn overlaps_ui(ui: &mut Ui, session: &Session, event: &Event, commands: &mut Vec<Command>) {
    if event.links.is_empty() {
        return;
    }
    small_heading_ui(ui, "Overlaps");
    let words = "These may tell of the same again: their figures are added up nowhere.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    for link in &event.links {
        let target = event_feature(session, &link.id);
        let title = target
            .and_then(|feature| session.bundled_event(feature))
            .map_or(&link.id, |event| &event.title_en);
        field_with_ui(ui, link.relation.label(), |ui| {
            match target {
                Some(feature) if link_ui(ui, title).clicked() => commands.push(Command::ShowFeature(feature)),
                Some(_) => {}
                None => drop(paragraph_ui(ui, title, &TextLook::body(ui))),
            }
            paragraph_ui(ui, &link.why, &TextLook::caption(ui));
        });
    }
}

fn sources_ui(ui: &mut Ui, event: &Event, state: &mut DetailsState) {
    small_heading_ui(ui, "Sources");
    paragraph_with_links_ui(ui, &event.sources, &TextLook::body(ui), &mut state.asked_link);
    let named = links_in(&event.sources);
    for url in event.source_urls.iter().filter(|url| !named.contains(&url.as_str())) {
        web_link_ui(ui, url, &mut state.asked_link);
    }
    if !event.place.coord_source.is_empty() {
        field_ui(ui, "Position from", &event.place.coord_source);
    }
    if let Some(basis) = event.place.basis {
        field_ui(ui, "Position is", basis.label());
    }
    if event.place.as_written != event.place.name_en {
        field_ui(ui, "Place as written", &event.place.as_written);
    }
    for id in &event.external_ids {
        field_ui(ui, &id.scheme, &id.id);
    }
    field_ui(ui, "Id", &event.id);
}

/// The row that the event was made from, word for word.
fn original_ui(ui: &mut Ui, event: &Event) {
    ui.add_space(STEP);
    fold_ui(ui, "Original row", ("original", &event.id), |ui| {
        for (name, value) in event.original.iter().filter(|(_, value)| !value.is_empty()) {
            field_ui(ui, name, value);
        }
        egui::Frame::NONE
            .show(ui, |ui| paragraph_ui(ui, "Empty cells are left out.", &TextLook::caption(ui)));
    });
}
