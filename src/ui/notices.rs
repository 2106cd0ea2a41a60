//! What the user is told, at the bottom of the map until it is dismissed.
//!
//! Floor 6.

use eframe::egui::{self, Align, Align2, Area, Id, Layout, Order, Rect, Ui, vec2};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::icons::{Icon, paint_icon};
use super::theme::{STEP, tones};
use super::widgets::icon_button_ui;
use super::window_state::WindowState;
use crate::session::{Command, Notice, NoticeKind, Session};

const WIDTH: f32 = 440.0;
/// What is only good to know goes away by itself after so long; errors and warnings never do.
const INFO_SECONDS: f64 = 10.0;

/// The oldest notice, and how many wait behind it.
pub fn notices_ui(
    ui: &Ui,
    map: Rect,
    session: &Session,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
) {
    let Some(notice) = session.notices().next() else {
        state.notice_since = None;
        return;
    };
    let now = ui.input(|input| input.time);
    let since = *state.notice_since.get_or_insert(now);
    let mut dismissed = false;
    let area = Area::new(Id::unique("notices")).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM);
    area.fixed_pos(map.center_bottom() - vec2(0.0, 6.0 * STEP)).constrain_to(map).show(ui.ctx(), |ui| {
        egui::Frame::window(ui.style()).inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(WIDTH.min(map.width() - 6.0 * STEP).max(0.0));
            dismissed = notice_ui(ui, notice, session.notices().count() - 1);
        });
    });
    if notice.kind == NoticeKind::Info && !dismissed {
        dismissed = now - since >= INFO_SECONDS;
        ui.ctx().request_repaint_after_secs(INFO_SECONDS as f32);
    }
    if dismissed {
        state.notice_since = None;
        commands.push(Command::DismissNotice);
    }
}

fn notice_ui(ui: &mut Ui, notice: &Notice, waiting: usize) -> bool {
    let tones = tones(ui);
    let (icon, color) = match notice.kind {
        NoticeKind::Info => (Icon::Info, tones.link),
        NoticeKind::Warning => (Icon::Warning, tones.warning),
        NoticeKind::Error => (Icon::Warning, tones.error),
    };
    let row = ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
        let dismissed = icon_button_ui(ui, Icon::Close, "Dismiss this message").clicked();
        ui.with_layout(Layout::left_to_right(Align::TOP), |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
            paint_icon(ui.painter(), rect, icon, color);
            ui.vertical(|ui| {
                paragraph_ui(ui, &notice.message, &TextLook::body(ui));
                if waiting > 0 {
                    paragraph_ui(ui, &format::waiting_notices(waiting), &TextLook::caption(ui));
                }
            });
        });
        dismissed
    });
    row.inner
}
