//! Where a feature is: what surrounds it, how large it is, and its position in every notation.
//!
//! Floor 6. Measures are [`crate::coords`]' and [`crate::situation`]'s; here they are only shown.

use eframe::egui::{Align, AsIdSalt, Layout, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::feature_words::bundled_features;
use super::format;
use super::icons::Icon;
use super::widgets::{field_ui, icon_button_ui, small_heading_ui};
use crate::coords::{LonLat, Notation};
use crate::session::{Command, FeatureRef, PlaceMark, Request, Session};
use crate::situation::{FeatureSize, Neighbourhood};

/// Nearest town, distance to the nearest highway and to the front line.
pub fn surroundings_ui(ui: &mut Ui, session: &Session, salt: impl AsIdSalt, point: Option<LonLat>) {
    let Some(at) = point else { return };
    let neighbourhood = Neighbourhood {
        gazetteer: session.situation().map(|situation| &situation.gazetteer),
        highways: bundled_features(session, "highways"),
        front_line: bundled_features(session, "front_line"),
        held_area: bundled_features(session, "rebel_held_area"),
    };
    let around = neighbourhood.around(at);
    small_heading_ui(ui, "Around it");
    ui.push_id(salt, |ui| {
        if let Some(town) = &around.town {
            field_ui(ui, "Nearest town", &format::near_place(town));
        }
        if let Some((row, metres)) = around.highway
            && let Some(layer) = session.catalogue().find_bundled("highways")
        {
            let title = session.title_of(FeatureRef { layer, row });
            field_ui(ui, "Nearest highway", &format::near_highway(metres, &title));
        }
        if let Some(metres) = around.front_line_m {
            field_ui(ui, "Front line", &format::front_line(metres, around.is_in_held_area));
        }
    });
}

/// The position in each notation, with a button that copies it.
pub fn coordinates_ui(ui: &mut Ui, at: LonLat, commands: &mut Vec<Command>) {
    small_heading_ui(ui, "Coordinates");
    for notation in [Notation::DecimalDegrees, Notation::Dms, Notation::Utm, Notation::Mgrs] {
        let Some(written) = notation.write(at) else { continue };
        ui.horizontal(|ui| {
            paragraph_ui(ui, &written, &TextLook::body(ui)).on_hover_text(notation.label());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button_ui(ui, Icon::Copy, &format::copy_notation(notation)).clicked() {
                    commands.push(Command::Ask(Request::CopyText(written.clone())));
                }
            });
        });
    }
}

/// A place that was searched for and is no feature of a layer.
pub fn place_mark_ui(ui: &mut Ui, session: &Session, mark: &PlaceMark, commands: &mut Vec<Command>) {
    paragraph_ui(ui, &mark.title, &TextLook::title(ui));
    if let Some(arabic) = &mark.title_ar {
        paragraph_ui(ui, arabic, &TextLook::strong(ui));
    }
    surroundings_ui(ui, session, "place mark", Some(mark.at));
    coordinates_ui(ui, mark.at, commands);
}

/// How long its lines and how large its areas are.
pub fn size_ui(ui: &mut Ui, session: &Session, feature: FeatureRef) {
    let Some(FeatureSize { length_m, area_m2 }) = session.size_of(feature) else { return };
    if length_m > 0.0 {
        field_ui(ui, "Length", &format::distance(length_m));
    }
    if area_m2 > 0.0 {
        field_ui(ui, "Area", &format::area(area_m2));
    }
}
