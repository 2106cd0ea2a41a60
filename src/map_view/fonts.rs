//! The bundled fonts in egui's hands, and the text sizes of the window.
//!
//! Floor 5.

use std::sync::Arc;

use eframe::egui::{self, FontData, FontDefinitions, FontFamily, FontId};

use crate::text;

/// The family of headings and of the names of cities.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Text on the map.
pub fn map_font(size_points: f32, heavy: bool) -> FontId {
    FontId::new(size_points, if heavy { semibold() } else { FontFamily::Proportional })
}

/// Makes the bundled fonts the only ones that matter: every machine draws the same. egui's own follow, for its icons.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    for font in text::fonts::REGULAR.iter().chain(&text::fonts::SEMIBOLD) {
        fonts.font_data.insert(font.name.to_owned(), Arc::new(FontData::from_static(font.bytes)));
    }
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (family, names) in
        [(FontFamily::Proportional, text::fonts::REGULAR), (semibold(), text::fonts::SEMIBOLD)]
    {
        let own = names.iter().map(|font| font.name.to_owned());
        fonts.families.insert(family, own.chain(fallbacks.iter().cloned()).collect());
    }
    ctx.set_fonts(fonts);
}
