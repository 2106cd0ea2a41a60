//! Text of rows whose terms forbid passing them on: whoever copies some is told, once.
//!
//! Floor 6.

use eframe::egui::{Event, OutputCommand, Ui};

use crate::session::{Command, Notice, Session};
use crate::text::isolate;

/// Tells of the terms when text is copied while the details of such a row are shown.
pub fn warn_of_copied_rows(ui: &Ui, session: &Session, is_told: &mut bool, commands: &mut Vec<Command>) {
    let Some(feature) = session.selection().current().filter(|_| !*is_told) else { return };
    let is_pressed =
        ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy | Event::Cut)));
    let is_copied = is_pressed
        || ui.output(|output| {
            output.commands.iter().any(|command| matches!(command, OutputCommand::CopyText(_)))
        });
    let terms = session.content(feature.layer).and_then(|content| content.events()?.mapping().terms());
    let title = session.catalogue().get(feature.layer).map(|entry| entry.title.as_str());
    if let (true, Some(terms), Some(title)) = (is_copied, terms, title) {
        *is_told = true;
        commands.push(notice_of_terms(title, terms));
    }
}

/// Says what the terms of a layer's rows forbid.
pub fn notice_of_terms(title: &str, terms: &str) -> Command {
    let words = format!("“{}”: {terms}. What you copy is for your own use", isolate(title));
    Command::ShowNotice(Notice::warning(words))
}
