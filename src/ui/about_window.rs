//! The program, its licences, and a credit for everything that it shows.
//!
//! Floor 6.

use eframe::egui::{ScrollArea, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::links::{paragraph_with_links_ui, web_link_ui};
use super::theme::HALF_STEP;
use super::widgets::{fold_ui, small_heading_ui};
use crate::source::bundled::{self, Credit};
use crate::text;

/// What the window holds; `credits` as [`bundled::credits`] reads them.
pub fn about_ui(ui: &mut Ui, credits: &[Credit], asked_link: &mut Option<String>) {
    ScrollArea::vertical().max_height(420.0).min_scrolled_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_width((ui.available_width() - 6.0).max(0.0));
        paragraph_ui(ui, &format::version(), &TextLook::strong(ui));
        let words = "A desktop situation map. Free software under the MIT or the Apache 2.0 license, as you like.";
        paragraph_ui(ui, words, &TextLook::body(ui));
        small_heading_ui(ui, "Data");
        for credit in credits {
            credit_ui(ui, credit, asked_link);
        }
        small_heading_ui(ui, "Software and fonts");
        let words = "egui and eframe, walkers, wgpu, geo and the other crates that its Cargo.lock names, each under its \
                     own free licence";
        paragraph_ui(ui, words, &TextLook::body(ui));
        paragraph_ui(ui, text::fonts::CREDIT, &TextLook::body(ui));
        small_heading_ui(ui, "Origin, method and error of each layer");
        for layer in bundled::LAYERS {
            fold_ui(ui, layer.title, layer.key, |ui| {
                paragraph_with_links_ui(ui, layer.source_md, &TextLook::body(ui), asked_link);
            });
        }
    });
}

fn credit_ui(ui: &mut Ui, credit: &Credit, asked_link: &mut Option<String>) {
    paragraph_ui(ui, &credit.name, &TextLook::strong(ui));
    paragraph_ui(ui, &credit.credit, &TextLook::body(ui));
    paragraph_ui(ui, &format::credit_terms(&credit.licence, &credit.used_for), &TextLook::caption(ui));
    web_link_ui(ui, &credit.url, asked_link);
    ui.add_space(HALF_STEP);
}
