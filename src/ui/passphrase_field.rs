//! A field for a passphrase: its letters are not shown, and one that is too long is said to be, never cut in silence.
//!
//! Floor 6.

use eframe::egui::{Response, TextEdit, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use crate::project::Passphrase;
use crate::symbology::thousands;

/// The field, as wide as is asked for, in points.
pub fn passphrase_field_ui(ui: &mut Ui, typed: &mut String, name: &str, width: f32) -> Response {
    // The one letter more shows that there would have been others.
    let field = TextEdit::singleline(typed).password(true).char_limit(Passphrase::MOST_LETTERS + 1);
    ui.add(field.hint_text(name).desired_width(width)).accessible_name(name)
}

/// Whether it is one that can be used.
pub fn is_passphrase(typed: &str) -> bool {
    !typed.is_empty() && !Passphrase::is_too_long(typed)
}

/// Says that it is too long, where it is.
pub fn passphrase_length_ui(ui: &mut Ui, typed: &str) {
    if Passphrase::is_too_long(typed) {
        let words =
            format!("A passphrase has at most {} letters.", thousands(Passphrase::MOST_LETTERS as u64));
        paragraph_ui(ui, &words, &TextLook::error(ui));
    }
}
