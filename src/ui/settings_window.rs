//! The settings.
//!
//! Floor 6.

use eframe::egui::{Button, ComboBox, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::contacted_hosts::contacted_hosts_ui;
use super::format;
use super::status_bar::Readings;
use super::theme::HALF_STEP;
use super::view_menu::{scale_choices_ui, theme_choices_ui};
use super::widgets::small_heading_ui;
use crate::session::{Command, Session};
use crate::situation::{HOME_ZONE, zone_names};

/// What the window of settings holds.
pub fn settings_ui(ui: &mut Ui, session: &Session, readings: &Readings<'_>, commands: &mut Vec<Command>) {
    let settings = session.settings();
    small_heading_ui(ui, "Theme");
    ui.horizontal_wrapped(|ui| theme_choices_ui(ui, session, commands));
    small_heading_ui(ui, "Size of the interface");
    ui.horizontal_wrapped(|ui| scale_choices_ui(ui, session, commands));
    small_heading_ui(ui, "Network");
    let mut offline = settings.work_offline;
    if ui.checkbox(&mut offline, "Work offline: nothing leaves this machine").changed() {
        commands.push(Command::SetWorkOffline(offline));
    }
    let words = "Online tiles tell their server your IP address and which area you look at. The program sends nothing \
                 else: no telemetry, no look for updates.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    contacted_hosts_ui(ui, readings.hosts, commands);
    small_heading_ui(ui, "Map");
    let mut all = settings.show_all_precision_circles;
    if ui.checkbox(&mut all, "Show the precision circles of all events").changed() {
        commands.push(Command::SetAllPrecisionCircles(all));
    }
    let mut reduced = settings.reduced_motion;
    if ui.checkbox(&mut reduced, "Reduce motion: no animated camera").changed() {
        commands.push(Command::SetReducedMotion(reduced));
    }
    small_heading_ui(ui, "Times");
    time_zone_ui(ui, session, commands);
    traces_ui(ui, session, readings, commands);
}

/// What is kept on this machine, and how to be rid of it.
fn traces_ui(ui: &mut Ui, session: &Session, readings: &Readings<'_>, commands: &mut Vec<Command>) {
    let settings = session.settings();
    small_heading_ui(ui, "Traces");
    let mut remember = settings.remember_files;
    if ui.checkbox(&mut remember, "Open the next start with the map, or the project, of this one").changed() {
        commands.push(Command::SetRememberFiles(remember));
    }
    let words = "For that the program remembers where the files of your layers lie. Without it, only the settings are \
                 kept, a start opens on the bundled map, and who quits is asked about a map that is in no project.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    ui.add_space(HALF_STEP);
    let (words, can_clear) = format::clear_caches(readings.caches);
    if ui.add_enabled(can_clear, Button::new(words)).clicked() {
        commands.push(Command::ClearCaches);
    }
    let words = "Online tiles that were looked at are stored to save time and traffic. They tell where somebody looked.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    small_heading_ui(ui, "Large layers");
    let mut keep = settings.keep_sidecars;
    if ui.checkbox(&mut keep, "Keep prepared copies, so that large layers open faster").changed() {
        commands.push(Command::SetKeepSidecars(keep));
    }
    let words = "The copies lie in this user's cache folder and hold what the layers hold, so leave this off on a machine \
                 that you share or may lose. Turning it off removes them.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
}

/// The zone of instants: that of the bundled events and UTC come first.
fn time_zone_ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let present = &session.settings().time_zone;
    let chooser = ComboBox::from_id_salt("time zone").selected_text(present).show_ui(ui, |ui| {
        let first = [HOME_ZONE, "UTC"].map(str::to_owned);
        let others = zone_names().into_iter().filter(|zone| !first.contains(zone));
        for zone in first.iter().cloned().chain(others) {
            if ui.selectable_label(*present == zone, &zone).clicked() {
                commands.push(Command::SetTimeZone(zone));
            }
        }
    });
    chooser.response.accessible_name("Time zone of instants");
    let words = "A time that a file gives with its zone is shown in the days and hours of this one. Dates without a time \
                 stay the dates that they are.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
}
