//! The details of one statement of the founding report.
//!
//! Floor 6.

use eframe::egui::Ui;

use super::bidi_text::{TextLook, link_ui, paragraph_ui};
use super::details_event::doubts_ui;
use super::details_panel::DetailsState;
use super::format;
use super::links::paragraph_with_links_ui;
use super::theme::STEP;
use super::widgets::{field_ui, field_with_ui, small_heading_ui};
use crate::session::{Command, Session};
use crate::situation::{Statement, StatementStatus};

/// Number, our words, what came of checking it, and the features that show it.
pub fn statement_details_ui(
    ui: &mut Ui,
    session: &Session,
    statement: &Statement,
    state: &mut DetailsState,
    commands: &mut Vec<Command>,
) {
    paragraph_ui(ui, "Statement of the founding report", &TextLook::caption(ui));
    paragraph_ui(ui, &format::statement_title(statement), &TextLook::title(ui));
    paragraph_ui(ui, &statement.statement, &TextLook::body(ui));
    ui.add_space(STEP);
    if let Some(value) = &statement.value {
        field_ui(ui, "As reported", value);
    }
    field_with_ui(ui, "Status", |ui| {
        let confirmed = matches!(statement.status, StatementStatus::Confirmed | StatementStatus::Context);
        let look = if confirmed { TextLook::body(ui) } else { TextLook::warning(ui) };
        paragraph_ui(ui, statement.status.label(), &look);
        paragraph_ui(ui, &statement.status_note, &TextLook::caption(ui));
    });
    if let Some(checked) = &statement.checked_against {
        field_with_ui(ui, "Checked against", |ui| {
            paragraph_with_links_ui(ui, checked, &TextLook::body(ui), &mut state.asked_link);
        });
    }
    if let Some(source) = &statement.coord_source {
        field_ui(ui, "Position from", source);
    }
    if let Some(place) = &statement.off_map {
        field_ui(ui, "Beyond the map", &place.name_en);
    }
    features_ui(ui, session, statement, state, commands);
    doubts_ui(ui, &statement.doubts, state);
    ui.add_space(2.0 * STEP);
}

fn features_ui(
    ui: &mut Ui,
    session: &Session,
    statement: &Statement,
    state: &mut DetailsState,
    commands: &mut Vec<Command>,
) {
    small_heading_ui(ui, "On the map");
    if statement.links.is_empty() {
        paragraph_ui(ui, "No feature of the map shows it.", &TextLook::weak(ui));
    }
    for link in &statement.links {
        match state.finder.find(session, &link.layer, &link.feature_id) {
            Some(feature) => {
                if link_ui(ui, &session.title_of(feature)).clicked() {
                    commands.push(Command::ShowFeature(feature));
                }
            }
            None => drop(paragraph_ui(ui, &link.feature_id, &TextLook::weak(ui))),
        }
    }
}
