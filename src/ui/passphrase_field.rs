//! A field for a passphrase: its letters are not shown, and that there are too many is said.
//!
//! Floor 6.

use eframe::egui::{Response, TextEdit, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use crate::project::Passphrase;

/// The field, as wide as is asked for, in points.
pub fn passphrase_field_ui(ui: &mut Ui, typed: &mut String, name: &str, width: f32) -> Response {
    // The one letter more shows that there would have been others.
    let field = TextEdit::singleline(typed).password(true).char_limit(Passphrase::MOST_LETTERS + 1);
    ui.add(field.hint_text(name).desired_width(width)).accessible_name(name)
}

/// Says that it is too long, where it is.
pub fn passphrase_length_ui(ui: &mut Ui, typed: &str) {
    if !typed.is_empty() && !Passphrase::can_be(typed) {
        let words = format!("{} The end of this is left out.", Passphrase::words_of_refusal());
        paragraph_ui(ui, &words, &TextLook::error(ui));
    }
}
