//! Whom this window has contacted since its start, in the settings.
//!
//! Floor 6.

use eframe::egui::Ui;

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::theme::HALF_STEP;
use super::widgets::card;
use crate::session::{Command, Request};
use crate::tiles::ContactedHost;

/// Hosts that are listed; all of them are in what is copied.
const HOSTS_LISTED: usize = 30;

/// Each host: how often, what for, and what came of the last request.
pub fn contacted_hosts_ui(ui: &mut Ui, hosts: &[ContactedHost], commands: &mut Vec<Command>) {
    ui.add_space(HALF_STEP);
    if hosts.is_empty() {
        paragraph_ui(ui, "No host was contacted since the start.", &TextLook::body(ui));
        return;
    }
    paragraph_ui(ui, "Contacted since the start", &TextLook::body(ui));
    card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for (place, contact) in hosts.iter().take(HOSTS_LISTED).enumerate() {
            if place > 0 {
                ui.add_space(HALF_STEP);
            }
            paragraph_ui(ui, &contact.host, &TextLook::strong(ui));
            paragraph_ui(ui, &format::contact_reason(contact), &TextLook::caption(ui));
            if !contact.answer.is_empty() {
                paragraph_ui(ui, &format::last_answer(contact), &TextLook::caption(ui));
            }
        }
        if let Some(more) = hosts.len().checked_sub(HOSTS_LISTED).filter(|&more| more > 0) {
            paragraph_ui(ui, &format::more_hosts(more), &TextLook::caption(ui));
        }
    });
    ui.add_space(HALF_STEP);
    if ui.button("Copy this list").clicked() {
        let text = format::contacts_for_clipboard(hosts);
        commands.push(Command::Ask(Request::CopyText(text)));
    }
}
