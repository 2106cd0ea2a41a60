//! What the user is told, at the bottom of the map until it is dismissed.
//!
//! Floor 6.

use eframe::egui::{self, Align, Align2, Area, Id, Layout, Order, Pos2, Rect, Ui, vec2};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::icons::{Icon, paint_icon};
use super::theme::{HALF_STEP, STEP, tones};
use super::widgets::icon_button_ui;
use super::window_state::WindowState;
use super::windows::window_rect;
use crate::session::{Command, Notice, NoticeKind, Session};

const WIDTH: f32 = 440.0;
/// Of a notice of two lines.
const USUAL_HEIGHT: f32 = 56.0;
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
    let id = Id::unique("notices");
    let window = state.open_window.and_then(|which| window_rect(ui.ctx(), which));
    let (pivot, at) = place_of(map, ui.ctx().memory(|memory| memory.area_rect(id)), window);
    let area = Area::new(id).order(Order::Foreground).pivot(pivot);
    area.fixed_pos(at).constrain_to(map).show(ui.ctx(), |ui| {
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

/// Near the bottom of the map; near its top where a window is in the way there, and not here: a notice often answers what was
/// asked in that window. `last`: where the notice was in the last frame.
fn place_of(map: Rect, last: Option<Rect>, window: Option<Rect>) -> (Align2, Pos2) {
    let size = last.map_or(vec2(WIDTH, USUAL_HEIGHT), |last| last.size());
    let below = (Align2::CENTER_BOTTOM, map.center_bottom() - vec2(0.0, 6.0 * STEP));
    let above = (Align2::CENTER_TOP, map.center_top() + vec2(0.0, STEP));
    let is_free = |(pivot, at): &(Align2, Pos2)| {
        window.is_none_or(|window| !pivot.anchor_size(*at, size).expand(HALF_STEP).intersects(window))
    };
    if !is_free(&below) && is_free(&above) { above } else { below }
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

#[cfg(test)]
mod tests {
    use eframe::egui::pos2;

    use super::*;

    #[test]
    fn a_notice_goes_to_the_top_only_where_a_window_is_in_the_way_below() {
        let map = Rect::from_min_max(pos2(240.0, 40.0), pos2(1000.0, 700.0));
        let pivot = |window: Option<[f32; 4]>| {
            let window =
                window.map(|[x, y, right, bottom]| Rect::from_min_max(pos2(x, y), pos2(right, bottom)));
            place_of(map, None, window).0
        };
        assert_eq!(pivot(None), Align2::CENTER_BOTTOM);
        assert_eq!(pivot(Some([400.0, 150.0, 900.0, 500.0])), Align2::CENTER_BOTTOM, "it ends above");
        assert_eq!(pivot(Some([400.0, 150.0, 900.0, 640.0])), Align2::CENTER_TOP);
        assert_eq!(
            pivot(Some([400.0, 60.0, 900.0, 690.0])),
            Align2::CENTER_BOTTOM,
            "it is in the way of both"
        );
        assert_eq!(pivot(Some([10.0, 150.0, 300.0, 690.0])), Align2::CENTER_BOTTOM, "it stands beside");
    }
}
