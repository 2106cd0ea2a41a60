//! The details of any feature that is no event: what its file says of it, as a tidy table.
//!
//! Floor 6.

use eframe::egui::{Sense, Ui};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::details_panel::DetailsState;
use super::details_place::{coordinates_ui, size_ui};
use super::feature_words::features_of;
use super::links::paragraph_with_links_ui;
use super::theme::{STEP, tones};
use super::widgets::{field_ui, field_with_ui, small_heading_ui};
use crate::session::{Command, FeatureRef, Session};
use crate::situation::{FeatureDetails, GeometryKind, PropertyValue};

/// Title, layer, size, properties, position.
pub fn property_table_ui(
    ui: &mut Ui,
    session: &Session,
    feature: FeatureRef,
    state: &mut DetailsState,
    commands: &mut Vec<Command>,
) {
    let details = match state.details_of(session, feature) {
        Ok(details) => details,
        Err(message) => {
            paragraph_ui(ui, &message, &TextLook::error(ui));
            return;
        }
    };
    let layer = session.catalogue().get(feature.layer).map_or("", |entry| entry.title.as_str());
    line_ui(ui, layer, &TextLook::caption(ui), Sense::hover());
    paragraph_ui(ui, &session.title_with(feature, &details), &TextLook::title(ui));
    if let Some(arabic) = details.arabic_title() {
        paragraph_ui(ui, &arabic, &TextLook::heading(ui));
    }
    ui.add_space(STEP);
    geometry_ui(ui, session, feature, &details);
    properties_ui(ui, "Properties", &details.properties, state);
    if !details.foreign_members.is_empty() {
        properties_ui(ui, "Other members", &details.foreign_members, state);
    }
    point_ui(ui, session, feature, commands);
    ui.add_space(2.0 * STEP);
}

fn geometry_ui(ui: &mut Ui, session: &Session, feature: FeatureRef, details: &FeatureDetails) {
    if let Some(id) = &details.id {
        field_ui(ui, "Id", id);
    }
    let Some(features) = features_of(session, feature.layer) else { return };
    let words = match features.geometry(feature.row).kind {
        GeometryKind::None => "None: it is listed and not drawn",
        kind => kind.name(),
    };
    field_ui(ui, "Geometry", words);
    size_ui(ui, session, feature);
}

fn properties_ui(
    ui: &mut Ui,
    heading: &str,
    properties: &[(String, PropertyValue)],
    state: &mut DetailsState,
) {
    small_heading_ui(ui, heading);
    if properties.is_empty() {
        paragraph_ui(ui, "The feature has none.", &TextLook::weak(ui));
    }
    for (place, (name, value)) in properties.iter().enumerate() {
        ui.push_id(place, |ui| {
            field_with_ui(ui, name, |ui| match value {
                PropertyValue::Null => drop(paragraph_ui(ui, "no value", &TextLook::weak(ui))),
                PropertyValue::Text(text) => {
                    paragraph_with_links_ui(ui, text, &TextLook::body(ui), &mut state.asked_link);
                }
                other => drop(paragraph_ui(ui, &other.to_display(), &TextLook::body(ui))),
            });
        });
        let right = ui.max_rect().x_range();
        let line = eframe::egui::Stroke::new(1.0, tones(ui).line.gamma_multiply(0.6));
        ui.painter().hline(right, ui.cursor().top() - 2.0, line);
    }
}

fn point_ui(ui: &mut Ui, session: &Session, feature: FeatureRef, commands: &mut Vec<Command>) {
    let Some(features) = features_of(session, feature.layer) else { return };
    let geometry = features.geometry(feature.row);
    if let (GeometryKind::Point, Some(at)) =
        (geometry.kind, geometry.parts().next().and_then(|part| part.first()))
    {
        coordinates_ui(ui, at, commands);
    }
}
