//! What each source says of an event.
//!
//! Floor 6.

use eframe::egui::{Align, Layout, Sense, Ui};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::details_panel::DetailsState;
use super::format;
use super::links::web_link_ui;
use super::theme::HALF_STEP;
use super::widgets::{card, small_heading_ui};
use crate::situation::{Claim, Event, Stance};

/// A card a claim, in time order. Where several are compared, figures and names are in the table and not here again.
pub fn claims_ui(ui: &mut Ui, event: &Event, state: &mut DetailsState) {
    small_heading_ui(ui, "Claims");
    if event.claims.is_empty() {
        paragraph_ui(ui, "No single claims are recorded; the sources are below.", &TextLook::weak(ui));
    }
    let is_compared = event.claims.len() > 1;
    for (place, claim) in event.claims.iter().enumerate() {
        ui.push_id(("claim", place), |ui| claim_ui(ui, claim, is_compared, state));
        ui.add_space(HALF_STEP);
    }
}

fn claim_ui(ui: &mut Ui, claim: &Claim, is_compared: bool, state: &mut DetailsState) {
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            let date = format::claim_date(claim);
            line_ui(ui, &date, &TextLook::caption(ui), Sense::hover());
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                paragraph_ui(ui, &claim.source, &TextLook::strong(ui));
            });
        });
        if !claim.says.is_empty() {
            paragraph_ui(ui, &claim.says, &TextLook::body(ui));
        }
        let figures = format::claim_figures(claim);
        if !figures.is_empty() && !is_compared {
            paragraph_ui(ui, &figures, &TextLook::strong(ui));
        }
        claim_notes_ui(ui, claim, is_compared);
        claim_links_ui(ui, claim, state);
    });
}

fn claim_notes_ui(ui: &mut Ui, claim: &Claim, is_compared: bool) {
    let contradicts = claim.stance == Stance::Contradicts;
    let look = if contradicts { TextLook::warning_caption(ui) } else { TextLook::caption(ui) };
    paragraph_ui(ui, &format::claim_notes(claim, is_compared), &look);
}

fn claim_links_ui(ui: &mut Ui, claim: &Claim, state: &mut DetailsState) {
    for url in claim.urls.iter().chain(&claim.archive_url) {
        web_link_ui(ui, url, &mut state.asked_link);
    }
}
