//! The program, its licences, and a credit for everything that it shows.
//!
//! Floor 6.

use eframe::egui::{ScrollArea, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::links::paragraph_with_links_ui;
use super::widgets::{fold_ui, small_heading_ui};
use crate::source::bundled;
use crate::text;

/// Who has to be thanked for the data, in the words that they ask for.
const DATA_CREDITS: [&str; 8] = [
    "© OpenStreetMap contributors, Open Database License (ODbL): coast, border, highways, water, names",
    "GeoNames, CC BY 4.0: towns and names",
    "Natural Earth, public domain: borders and governorates",
    "NOAA GLOBE, public domain: relief",
    "UCDP Georeferenced Event Dataset, CC BY 4.0 (Sundberg and Melander 2013, Högbladh 2019): events",
    "Airwars, SOHR, AFP, Reuters, SNHR, STJ, UOSSM: events, as cited in each of them",
    "Wikipedia, Module:Syrian Civil War detailed map, CC BY-SA: who held which place",
    "OCHA: humanitarian figures",
];

/// What the window holds.
pub fn about_ui(ui: &mut Ui, asked_link: &mut Option<String>) {
    ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_width(ui.available_width() - 6.0);
        paragraph_ui(ui, &format::version(), &TextLook::strong(ui));
        let words =
            "A desktop situation map. Free software under the MIT or the Apache 2.0 license, as you like.";
        paragraph_ui(ui, words, &TextLook::body(ui));
        small_heading_ui(ui, "Data");
        for credit in DATA_CREDITS {
            paragraph_ui(ui, credit, &TextLook::body(ui));
        }
        small_heading_ui(ui, "Software");
        let words = "egui and eframe, walkers, wgpu, geo and the other crates of its list of dependencies";
        paragraph_ui(ui, words, &TextLook::body(ui));
        paragraph_ui(ui, text::fonts::CREDIT, &TextLook::body(ui));
        small_heading_ui(ui, "Origin, method and error of each layer");
        for layer in bundled::LAYERS.iter() {
            fold_ui(ui, layer.title, layer.key, |ui| {
                paragraph_with_links_ui(ui, layer.source_md, &TextLook::body(ui), asked_link);
            });
        }
    });
}
