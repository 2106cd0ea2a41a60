//! The panel at the right: what is selected, and what is known of it.
//!
//! Floor 6. Which form it takes is decided here; the forms have files of their own.

use eframe::egui::{self, Align, Layout, ScrollArea, Sense, Ui};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::details_event::event_details_ui;
use super::details_place::place_mark_ui;
use super::details_statement::statement_details_ui;
use super::details_table::property_table_ui;
use super::feature_words::{FeatureFinder, features_of};
use super::format;
use super::icons::Icon;
use super::theme::{CORNER, tones};
use super::widgets::{card, hairline_ui, icon_button_ui};
use crate::session::{Command, FeatureRef, Panel, Session};
use crate::situation::FeatureDetails;

/// Rows of the list of hits that are shown before it scrolls.
const LIST_ROWS: f32 = 5.0;
const LIST_ROW_HEIGHT: f32 = 22.0;

/// What the panel remembers from frame to frame.
#[derive(Debug, Default)]
pub struct DetailsState {
    /// An address that was clicked and has not been shown whole yet.
    pub asked_link: Option<String>,
    /// Finds the features that links lead to.
    pub finder: FeatureFinder,
    /// What was shown in the last frame: another one is read from its beginning.
    shown: Option<FeatureRef>,
    /// Other ids than those of the feature before, so that neither the focus nor a marked text goes over to this one; and only
    /// two sets of them, for egui keeps some for ever.
    turn: bool,
    /// What was last decoded from a source, for the feature and generation it belongs to.
    decoded: Option<(FeatureRef, u64, Result<FeatureDetails, String>)>,
}

impl DetailsState {
    /// Id and properties of a feature; decoded once, not once a frame.
    pub fn details_of(&mut self, session: &Session, feature: FeatureRef) -> Result<FeatureDetails, String> {
        let generation = session.content(feature.layer).map_or(0, |content| content.generation);
        let is_it = |(known, of, _): &&(FeatureRef, u64, _)| *known == feature && *of == generation;
        if let Some((_, _, details)) = self.decoded.as_ref().filter(is_it) {
            return details.clone();
        }
        let Some(features) = features_of(session, feature.layer) else {
            return Err("The layer is being read".to_owned());
        };
        let details = features.details(feature.row);
        self.decoded = Some((feature, generation, details.clone()));
        details
    }
}

/// The whole panel.
pub fn details_panel_ui(
    ui: &mut Ui,
    session: &Session,
    state: &mut DetailsState,
    commands: &mut Vec<Command>,
) {
    head_ui(ui, session, commands);
    hairline_ui(ui);
    let Some(feature) = session.selection().current() else {
        if let Some(mark) = session.place_mark() {
            return place_mark_ui(ui, session, mark, commands);
        }
        let words = "Click a symbol, a line or an area on the map to read what is known of it.";
        paragraph_ui(ui, words, &TextLook::weak(ui));
        return;
    };
    if session.selection().hits().len() > 1 {
        hits_ui(ui, session, commands);
    }
    let is_another = state.shown.replace(feature) != Some(feature);
    state.turn ^= is_another;
    let mut area = ScrollArea::vertical().id_salt(("details", state.turn)).auto_shrink(false);
    if is_another {
        area = area.vertical_scroll_offset(0.0);
    }
    area.show(ui, |ui| {
        // Room for the scroll bar, so that it covers no letters.
        ui.set_width((ui.available_width() - 6.0).max(0.0));
        if let Some(event) = session.event(feature) {
            event_details_ui(ui, session, (feature, &event), state, commands);
        } else if let Some(statement) = session.statement(feature) {
            statement_details_ui(ui, session, statement, state, commands);
        } else {
            property_table_ui(ui, session, feature, state, commands);
        }
    });
}

fn head_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        paragraph_ui(ui, "Details", &TextLook::heading(ui));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button_ui(ui, Icon::Right, "Hide the details panel").clicked() {
                commands.push(Command::SetPanelOpen { panel: Panel::Details, open: false });
            }
            let has_something = session.selection().current().is_some() || session.place_mark().is_some();
            if has_something && icon_button_ui(ui, Icon::Close, "Clear the selection").clicked() {
                commands.push(Command::ClearSelection);
            }
        });
    });
}

/// Where several features were hit: how many, the arrows, and the list.
fn hits_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let selection = session.selection();
    let hits = selection.hits();
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            if icon_button_ui(ui, Icon::Left, "Previous feature here").clicked() {
                commands.push(Command::PreviousHit);
            }
            let words = format::place_in_list(selection.current_place(), hits.len());
            paragraph_ui(ui, &words, &TextLook::strong(ui));
            if icon_button_ui(ui, Icon::Right, "Next feature here").clicked() {
                commands.push(Command::NextHit);
            }
        });
        let height = LIST_ROW_HEIGHT * LIST_ROWS.min(hits.len() as f32);
        let list = ScrollArea::vertical().id_salt("hits").max_height(height).auto_shrink([false, true]);
        ui.spacing_mut().item_spacing.y = 0.0;
        list.show_rows(ui, LIST_ROW_HEIGHT, hits.len(), |ui, rows| {
            for place in rows {
                hit_row_ui(ui, session, hits[place], place == selection.current_place(), commands);
            }
        });
    });
    ui.add_space(super::theme::STEP);
}

fn hit_row_ui(ui: &mut Ui, session: &Session, hit: FeatureRef, current: bool, commands: &mut Vec<Command>) {
    let fill = if current { tones(ui).chosen } else { egui::Color32::TRANSPARENT };
    let frame =
        egui::Frame::new().fill(fill).corner_radius(CORNER).inner_margin(egui::Margin::symmetric(6, 0));
    frame.show(ui, |ui| {
        ui.set_height(LIST_ROW_HEIGHT);
        ui.horizontal_centered(|ui| {
            ui.set_width(ui.available_width());
            let title = session.title_of(hit);
            let row = line_ui(ui, &title, &TextLook::body(ui), Sense::click());
            if row.clicked() {
                commands.push(Command::SelectFeature(hit));
            }
            let layer = session.catalogue().get(hit.layer).map_or("", |entry| entry.title.as_str());
            if ui.available_width() > 40.0 {
                line_ui(ui, layer, &TextLook::caption(ui), Sense::hover());
            }
        });
    });
}
