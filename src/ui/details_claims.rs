//! What each source says of an event.
//!
//! Floor 6.

use eframe::egui::{Align, Layout, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::details_panel::DetailsState;
use super::format;
use super::links::web_link_ui;
use super::theme::HALF_STEP;
use super::widgets::{card, small_heading_ui};
use crate::situation::{Claim, Event, Stance};

/// A card a claim, in time order.
pub fn claims_ui(ui: &mut Ui, event: &Event, state: &mut DetailsState) {
    small_heading_ui(ui, "Claims");
    if event.claims.is_empty() {
        paragraph_ui(ui, "No single claims are recorded; the sources are below.", &TextLook::weak(ui));
    }
    for (place, claim) in event.claims.iter().enumerate() {
        ui.push_id(("claim", place), |ui| claim_ui(ui, claim, state));
        ui.add_space(HALF_STEP);
    }
}

fn claim_ui(ui: &mut Ui, claim: &Claim, state: &mut DetailsState) {
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            ui.add_space(0.0);
            let date = format::claim_date(claim);
            super::bidi_text::line_ui(ui, &date, &TextLook::caption(ui), eframe::egui::Sense::hover());
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                paragraph_ui(ui, &claim.source, &TextLook::strong(ui));
            });
        });
        paragraph_ui(ui, &claim.says, &TextLook::body(ui));
        let figures = format::claim_figures(claim);
        if !figures.is_empty() {
            paragraph_ui(ui, &figures, &TextLook::strong(ui));
        }
        claim_notes_ui(ui, claim);
        claim_links_ui(ui, claim, state);
    });
}

fn claim_notes_ui(ui: &mut Ui, claim: &Claim) {
    let look =
        if claim.stance == Stance::Contradicts { TextLook::warning(ui) } else { TextLook::caption(ui) };
    paragraph_ui(ui, claim.stance.label(), &look);
    let notes = [("Names", &claim.actor_said), ("Place", &claim.place_said), ("Note", &claim.note)];
    for (name, text) in notes {
        if let Some(text) = text {
            let words = format!("{name}: {}", crate::text::isolate(text));
            paragraph_ui(ui, &words, &TextLook::caption(ui));
        }
    }
}

/// A missing link is said, not hidden.
fn claim_links_ui(ui: &mut Ui, claim: &Claim, state: &mut DetailsState) {
    if !claim.has_link() {
        paragraph_ui(ui, "No link given", &TextLook::caption(ui));
    }
    for url in &claim.urls {
        web_link_ui(ui, url, &mut state.asked_link);
    }
    if let Some(url) = &claim.archive_url {
        paragraph_ui(ui, "Archived copy", &TextLook::caption(ui));
        web_link_ui(ui, url, &mut state.asked_link);
    }
}
