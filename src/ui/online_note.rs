//! The note of the first start: what online tiles would tell, and the choice.
//!
//! Floor 6. It stands over the map and blocks nothing; no request is made before it is answered.

use eframe::egui::{self, Align2, Area, Id, Order, Rect, Ui, vec2};

use super::bidi_text::{TextLook, paragraph_ui};
use super::theme::STEP;
use crate::session::{Command, Session};

const WIDTH: f32 = 392.0;

/// The note, at the top of the map, until it is answered; a start that was told to stay offline does not ask.
pub fn online_note_ui(ui: &Ui, map: Rect, session: &Session, commands: &mut Vec<Command>) {
    if session.settings().online_note_answered || session.is_offline_for_now() {
        return;
    }
    let area = Area::new(Id::unique("online note")).order(Order::Middle).pivot(Align2::CENTER_TOP);
    area.fixed_pos(map.center_top() + vec2(0.0, 2.0 * STEP)).constrain_to(map).show(ui.ctx(), |ui| {
        egui::Frame::window(ui.style()).show(ui, |ui| {
            ui.set_width(WIDTH.min(map.width() - 6.0 * STEP).max(0.0));
            paragraph_ui(ui, "Use online map tiles?", &TextLook::heading(ui));
            let words = "The map works without the network. OpenStreetMap’s tiles show more detail; their server then \
                         sees your IP address and which area you look at. Nothing has been sent so far.";
            paragraph_ui(ui, words, &TextLook::body(ui));
            ui.add_space(STEP);
            ui.columns_const(|[left, right]| {
                let size = vec2(left.available_width(), 28.0);
                if left.add_sized(size, egui::Button::new("Use online tiles")).clicked() {
                    commands.push(Command::AnswerOnlineNote { online: true });
                }
                if right.add_sized(size, egui::Button::new("Stay offline")).clicked() {
                    commands.push(Command::AnswerOnlineNote { online: false });
                }
            });
        });
    });
}
