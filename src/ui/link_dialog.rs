//! A link is shown whole before it opens, as the browser will get it.
//!
//! Floor 6.

use eframe::egui::{self, Id, Modal, Ui};

use super::addresses::web_address;
use super::bidi_text::{TextLook, paragraph_ui};
use super::theme::STEP;
use super::widgets::card;
use crate::session::{Command, Request};

/// The question, while a link has been asked for.
pub fn link_dialog_ui(ui: &Ui, asked: &mut Option<String>, commands: &mut Vec<Command>) {
    let Some((written, url)) = asked.as_deref().and_then(|written| Some((written, web_address(written)?)))
    else {
        *asked = None;
        return;
    };
    let is_plain = written.is_ascii() && !url.contains("xn--");
    let dialog = Modal::new(Id::unique("link dialog")).show(ui.ctx(), |ui| {
        ui.set_width(440.0_f32.min(ui.ctx().content_rect().width() - 4.0 * STEP).max(0.0));
        paragraph_ui(ui, "Open this address in the browser?", &TextLook::heading(ui));
        ui.add_space(STEP);
        card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            paragraph_ui(ui, &url, &TextLook::body(ui));
        });
        if !is_plain {
            let words = "It has letters beyond plain Latin ones: some look alike and lead elsewhere.";
            paragraph_ui(ui, words, &TextLook::warning(ui));
        }
        paragraph_ui(ui, "The server there will see your IP address.", &TextLook::caption(ui));
        ui.add_space(STEP);
        buttons_ui(ui, &url, commands)
    });
    if dialog.inner || dialog.should_close() {
        *asked = None;
    }
}

/// Whether the question was answered.
fn buttons_ui(ui: &mut Ui, url: &str, commands: &mut Vec<Command>) -> bool {
    ui.horizontal(|ui| {
        let open = ui.button("Open in the browser").clicked();
        let copy = ui.button("Copy address").clicked();
        if open {
            commands.push(Command::Ask(Request::OpenLink(url.to_owned())));
        }
        if copy {
            commands.push(Command::Ask(Request::CopyText(url.to_owned())));
        }
        let cancel = ui.add(egui::Button::new("Cancel")).clicked();
        open || copy || cancel
    })
    .inner
}
