//! The widgets that show addresses which may be opened.
//!
//! Floor 6. A click asks first: [`super::link_dialog`] shows the whole address before it opens.

use eframe::egui::Ui;

use super::addresses::{is_web_link, links_in};
use super::bidi_text::{TextLook, link_ui, paragraph_ui};
use super::format;

/// An address as a link; as plain text where it may not be opened. A click puts it into `asked`.
pub fn web_link_ui(ui: &mut Ui, url: &str, asked: &mut Option<String>) {
    if !is_web_link(url) {
        paragraph_ui(ui, url, &TextLook::body(ui));
        return;
    }
    let link = link_ui(ui, &format::link_label(url));
    let tip = url.to_owned();
    if link.on_hover_ui(|ui| drop(paragraph_ui(ui, &tip, &TextLook::body(ui)))).clicked() {
        *asked = Some(url.to_owned());
    }
}

/// A text with the addresses in it as links below.
pub fn paragraph_with_links_ui(ui: &mut Ui, text: &str, look: &TextLook, asked: &mut Option<String>) {
    if is_web_link(text) {
        let link = link_ui(ui, text);
        if link.clicked() {
            *asked = Some(text.to_owned());
        }
        return;
    }
    paragraph_ui(ui, text, look);
    for link in links_in(text) {
        web_link_ui(ui, link, asked);
    }
}
