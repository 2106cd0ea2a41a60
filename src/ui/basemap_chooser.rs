//! The choice of what lies under the layers.
//!
//! Floor 6.

use eframe::egui::{self, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::widgets::{MOST_LETTERS, small_heading_ui};
use crate::session::{Basemap, Command, Request, Session};
use crate::symbology::thousands;

/// The address of other tiles while it is being typed.
#[derive(Debug, Default)]
pub struct XyzForm {
    open: bool,
    template: String,
    attribution: String,
}

/// A box to choose from, and a word on what the choice means while working offline.
pub fn basemap_chooser_ui(ui: &mut Ui, session: &Session, form: &mut XyzForm, commands: &mut Vec<Command>) {
    let settings = session.settings();
    small_heading_ui(ui, "Base map");
    let chooser = egui::ComboBox::from_id_salt("base map")
        .width(ui.available_width())
        .truncate()
        .selected_text(basemap_words(&settings.basemap))
        .show_ui(ui, |ui| choices_ui(ui, &settings.basemap, form, commands));
    chooser.response.accessible_name("Base map");
    if form.open {
        xyz_form_ui(ui, form, commands);
    }
    if settings.basemap.is_online() && settings.work_offline {
        let words = "Working offline: only tiles that were kept from before are shown.";
        paragraph_ui(ui, words, &TextLook::caption(ui));
    }
}

fn choices_ui(ui: &mut Ui, current: &Basemap, form: &mut XyzForm, commands: &mut Vec<Command>) {
    for basemap in [Basemap::Bundled, Basemap::OpenStreetMap] {
        if ui.selectable_label(*current == basemap, basemap_words(&basemap)).clicked() {
            form.open = false;
            commands.push(Command::SetBasemap(basemap));
        }
    }
    if ui.selectable_label(matches!(current, Basemap::Xyz { .. }), "Other tiles…").clicked() {
        form.open = true;
        if let Basemap::Xyz { template, attribution } = current {
            (form.template, form.attribution) = (template.clone(), attribution.clone());
        }
    }
    if ui.selectable_label(matches!(current, Basemap::Pack { .. }), "Map pack (PMTiles)…").clicked() {
        form.open = false;
        commands.push(Command::Ask(Request::ChooseBasemapPack));
    }
}

fn basemap_words(basemap: &Basemap) -> String {
    match basemap {
        Basemap::Bundled => "Bundled, always offline".to_owned(),
        Basemap::OpenStreetMap => "OpenStreetMap, online".to_owned(),
        Basemap::Xyz { template, .. } => super::format::link_label(template),
        Basemap::Pack { path } => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            super::bidi_text::button_text(&name)
        }
    }
}

fn xyz_form_ui(ui: &mut Ui, form: &mut XyzForm, commands: &mut Vec<Command>) {
    let field = |ui: &mut Ui, name: &str, hint: &str, text: &mut String| {
        let label = paragraph_ui(ui, name, &TextLook::caption(ui));
        let field = egui::TextEdit::singleline(text)
            .char_limit(MOST_LETTERS + 1)
            .hint_text(hint)
            .desired_width(f32::INFINITY);
        ui.add(field).labelled_by(label.id).accessible_name(name);
    };
    field(ui, "Address of the tiles", "https://…/{z}/{x}/{y}.png", &mut form.template);
    field(ui, "Credit on the map", "© …", &mut form.attribution);
    let fits = [&form.template, &form.attribution].iter().all(|text| text.chars().count() <= MOST_LETTERS);
    if !fits {
        let words = format!("Each has at most {} letters.", thousands(MOST_LETTERS as u64));
        paragraph_ui(ui, &words, &TextLook::error(ui));
    }
    let is_complete = fits
        && ["{z}", "{x}"].iter().all(|part| form.template.contains(part))
        && super::addresses::is_web_link(&form.template.replace(['{', '}'], ""));
    ui.horizontal(|ui| {
        if ui.add_enabled(is_complete, egui::Button::new("Use these tiles")).clicked() {
            let (template, attribution) =
                (form.template.trim().to_owned(), form.attribution.trim().to_owned());
            commands.push(Command::SetBasemap(Basemap::Xyz { template, attribution }));
            form.open = false;
        }
        if ui.button("Cancel").clicked() {
            form.open = false;
        }
    });
}
