//! The row at the bottom: where the pointer is, how far in, and how the tiles are.
//!
//! Floor 6. Scale bar and attribution stand on the map itself.

use eframe::egui::{Align, Button, Layout, Sense, Ui};

use super::bidi_text::{TextLook, line_ui, paragraph_ui};
use super::format;
use super::window_state::WindowState;
use crate::coords::{LonLat, Notation};
use crate::project::{CacheStanding, ProjectStanding};
use crate::session::{LayerState, Session};
use crate::tiles::ContactedHost;

/// What map, tiles and disk told in the last frame.
#[derive(Debug, Clone, Default)]
pub struct Readings<'a> {
    /// The place under the pointer.
    pub pointer: Option<LonLat>,
    /// How the tiles are, in words; empty where there is nothing to say.
    pub tiles: &'a str,
    /// Whether these words tell of trouble.
    pub tiles_in_trouble: bool,
    /// How the project stands.
    pub project: ProjectStanding,
    /// Every host contacted since the start.
    pub hosts: &'a [ContactedHost],
    /// Rows of a copy that are written, of how many; `None` while none is being written.
    pub copying: Option<(usize, usize)>,
    /// What stored tiles and prepared copies take.
    pub caches: CacheStanding,
}

/// The whole row.
pub fn status_bar_ui(ui: &mut Ui, session: &Session, readings: &Readings<'_>, state: &mut WindowState) {
    ui.horizontal(|ui| {
        coordinates_ui(ui, session, readings, state);
        ui.separator();
        paragraph_ui(ui, &format::zoom(session.viewport().zoom), &TextLook::caption(ui));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let look = if readings.tiles_in_trouble { TextLook::warning(ui) } else { TextLook::caption(ui) };
            let words = if session.settings().work_offline { "Working offline" } else { readings.tiles };
            line_ui(ui, words, &look, Sense::hover());
            if !readings.project.at_work.is_empty() {
                ui.separator();
                paragraph_ui(ui, readings.project.at_work, &TextLook::caption(ui));
                ui.spinner();
            }
            if let Some((told, rows)) = readings.copying {
                ui.separator();
                paragraph_ui(ui, &format::rows_written(told, rows), &TextLook::caption(ui));
                ui.spinner();
            }
            let reading = layers_being_read(session);
            if reading > 0 {
                ui.separator();
                paragraph_ui(ui, &format::layers_being_read(reading), &TextLook::caption(ui));
                ui.spinner();
            }
        });
    });
}

/// A click writes them another way.
fn coordinates_ui(ui: &mut Ui, session: &Session, readings: &Readings<'_>, state: &mut WindowState) {
    let at = readings.pointer.unwrap_or_else(|| session.viewport().center_lon_lat());
    let written = state.notation.write(at).unwrap_or_else(|| "beyond this grid".to_owned());
    let words = if readings.pointer.is_some() { written } else { format::map_center(&written) };
    let text = eframe::egui::RichText::new(words).font(super::theme::caption_font());
    let button = ui.add(Button::new(text).frame_when_inactive(false));
    let button = button.on_hover_text(format::notation_tip(state.notation));
    if button.clicked() {
        let place = Notation::ALL.iter().position(|&notation| notation == state.notation).unwrap_or(0);
        state.notation = Notation::ALL[(place + 1) % Notation::ALL.len()];
    }
}

fn layers_being_read(session: &Session) -> usize {
    let is_loading = |state: &LayerState| matches!(state, LayerState::Loading { .. });
    let layers = session.catalogue().bottom_up().filter_map(|entry| session.content(entry.id));
    layers.filter(|content| is_loading(&content.state)).count()
}
