//! What the sources of an event say, side by side: a line a source, so that figures stand one under the other.
//!
//! Floor 6. What contradicts what is derived by [`crate::situation`]; here it gets its words.

use eframe::egui::Ui;

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::theme::HALF_STEP;
use super::widgets::{hairline_ui, small_heading_ui};
use crate::situation::{Claim, ClaimStanding, Event, FigureStanding, Harm, HarmScope};

/// What the columns have of the width.
const SHARES: [f32; 4] = [0.27, 0.265, 0.185, 0.28];

/// The table; nothing where there are no two sources to compare.
pub fn claims_table_ui(ui: &mut Ui, event: &Event) {
    if event.claims.len() < 2 {
        return;
    }
    let standings = event.claim_standings();
    small_heading_ui(ui, "Side by side");
    let headings = ["Source", "Killed", "Injured", "Who, where"];
    line_ui(ui, |ui, column| drop(paragraph_ui(ui, headings[column], &TextLook::caption(ui))));
    for (place, (claim, standing)) in event.claims.iter().zip(&standings).enumerate() {
        hairline_ui(ui);
        ui.push_id(("compared", place), |ui| claim_line_ui(ui, claim, standing));
    }
    hairline_ui(ui);
    let words = explanations(&standings);
    if !words.is_empty() {
        paragraph_ui(ui, &words, &TextLook::caption(ui));
    }
}

/// One line of cells.
fn line_ui(ui: &mut Ui, mut cell_ui: impl FnMut(&mut Ui, usize)) {
    let room = ui.available_width() - HALF_STEP * (SHARES.len() - 1) as f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = HALF_STEP;
        for (column, share) in SHARES.into_iter().enumerate() {
            ui.vertical(|ui| {
                ui.set_width(room * share);
                ui.spacing_mut().item_spacing.y = 0.0;
                cell_ui(ui, column);
            });
        }
    });
}

fn claim_line_ui(ui: &mut Ui, claim: &Claim, standing: &ClaimStanding) {
    line_ui(ui, |ui, column| match column {
        0 => {
            paragraph_ui(ui, &claim.source, &TextLook::strong(ui));
            paragraph_ui(ui, &format::claim_date(claim), &TextLook::caption(ui));
            mark_ui(ui, if standing.is_before_event { "differs: before the event" } else { "" });
        }
        1 => figure_ui(ui, &claim.killed, standing.killed),
        2 => figure_ui(ui, &claim.injured, standing.injured),
        _ => {
            match &claim.actor_said {
                Some(actor) => paragraph_ui(ui, actor, &TextLook::body(ui)),
                None => paragraph_ui(ui, "nobody named", &TextLook::caption(ui)),
            };
            mark_ui(ui, if standing.who_differs { "differs" } else { "" });
            if let Some(place) = &claim.place_said {
                paragraph_ui(ui, place, &TextLook::caption(ui));
            }
        }
    });
}

fn figure_ui(ui: &mut Ui, harm: &Harm, standing: FigureStanding) {
    if !harm.is_known() {
        return drop(paragraph_ui(ui, "unknown", &TextLook::caption(ui)));
    }
    paragraph_ui(ui, &harm.figure(), &TextLook::strong(ui));
    let scope = match harm.of {
        HarmScope::Civilians => "civilians",
        HarmScope::Combatants => "combatants",
        HarmScope::All => "not told apart",
        HarmScope::Unknown => "not stated",
    };
    paragraph_ui(ui, scope, &TextLook::caption(ui));
    mark_ui(ui, standing_words(standing));
}

fn mark_ui(ui: &mut Ui, words: &str) {
    if !words.is_empty() {
        paragraph_ui(ui, words, &TextLook::warning_caption(ui));
    }
}

fn standing_words(standing: FigureStanding) -> &'static str {
    match standing {
        FigureStanding::Compatible => "",
        FigureStanding::CountsOthers => "differs, counts others",
        FigureStanding::Differs => "differs",
        FigureStanding::UpdatedLater => "updated later",
    }
}

/// What the marks of this table mean.
fn explanations(standings: &[ClaimStanding]) -> String {
    let has = |wanted: FigureStanding| {
        standings.iter().any(|standing| standing.killed == wanted || standing.injured == wanted)
    };
    let differs = has(FigureStanding::Differs) || standings.iter().any(|standing| standing.who_differs);
    let sentences = [
        (differs, "“Differs”: what another source says cannot be true beside it."),
        (has(FigureStanding::CountsOthers), "“Counts others”: the sources count different people."),
        (
            has(FigureStanding::UpdatedLater),
            "“Updated later”: the same source gave another figure afterwards.",
        ),
    ];
    sentences
        .into_iter()
        .filter(|(is_there, _)| *is_there)
        .map(|(_, words)| words)
        .collect::<Vec<_>>()
        .join(" ")
}
