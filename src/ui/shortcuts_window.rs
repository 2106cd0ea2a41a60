//! The list of keyboard shortcuts.
//!
//! Floor 6.

use eframe::egui::{Grid, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::shortcuts::LIST;
use super::theme::HALF_STEP;

/// Keys and what they do, side by side.
pub fn shortcuts_ui(ui: &mut Ui) {
    Grid::new("shortcuts").num_columns(2).spacing([24.0, HALF_STEP]).show(ui, |ui| {
        for (keys, does) in LIST {
            paragraph_ui(ui, keys, &TextLook::strong(ui));
            paragraph_ui(ui, does, &TextLook::body(ui));
            ui.end_row();
        }
    });
}
