//! The list of keyboard shortcuts.
//!
//! Floor 6.

use eframe::egui::{ScrollArea, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::shortcuts::LIST;

/// Width of the column of keys, points: the longest of them stand on one line.
const KEYS_WIDTH: f32 = 176.0;
/// What the window needs above and below the list, points.
const AROUND: f32 = 128.0;

/// Keys and what they do, side by side.
pub fn shortcuts_ui(ui: &mut Ui) {
    let height = ui.ctx().content_rect().height() - AROUND;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (keys, does) in LIST {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(KEYS_WIDTH);
                    paragraph_ui(ui, keys, &TextLook::strong(ui));
                });
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width());
                    paragraph_ui(ui, does, &TextLook::body(ui));
                });
            });
        }
    });
}
