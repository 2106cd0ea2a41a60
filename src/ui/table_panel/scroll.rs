//! The bars of the table, and how far it can be moved.
//!
//! Floor 6. The table stands at a row, in `f64`, and not at a height in points: the height of a million rows is beyond
//! what `f32` tells apart to a point, and the areas of egui would move the last of them in jerks.

use eframe::egui::{Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use crate::ui::theme::tones;

/// Width of a bar, points.
pub const BAR_WIDTH: f32 = 10.0;
/// The shortest handle that can be grabbed, points.
const SHORTEST_HANDLE: f32 = 24.0;

/// How much there is and how much of it is seen, in rows or in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// Seen at once.
    pub page: f64,
    /// There altogether.
    pub total: f64,
}

impl Reach {
    /// The last position: the end is seen then.
    pub fn farthest(self) -> f64 {
        (self.total - self.page).max(0.0)
    }

    /// The nearest position to this one.
    pub fn clamp(self, at: f64) -> f64 {
        at.clamp(0.0, self.farthest())
    }

    /// The nearest position to `at` at which all from `from` to `to` is seen; a page's middle where it was out of sight.
    pub fn reveal(self, at: f64, from: f64, to: f64) -> f64 {
        if to <= at || from >= at + self.page {
            return self.clamp(from - (self.page - (to - from)) / 2.0);
        }
        self.clamp(at.min(from).max(to - self.page))
    }

    /// Length of the handle and how far it can go, on a track so long.
    fn handle(self, track: f32) -> (f32, f32) {
        let share = (self.page / self.total.max(1.0)).min(1.0) as f32;
        let length = (share * track).max(SHORTEST_HANDLE).min(track);
        (length, track - length)
    }
}

/// Which way a bar goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Through the columns.
    Horizontal,
    /// Through the rows.
    Vertical,
}

impl Axis {
    const fn name(self) -> &'static str {
        match self {
            Self::Horizontal => "Scroll through the columns",
            Self::Vertical => "Scroll through the rows",
        }
    }
}

/// A bar in `rect`; moves `at`. Nothing where all is seen.
pub fn bar_ui(ui: &Ui, rect: Rect, axis: Axis, reach: Reach, at: &mut f64) {
    if reach.farthest() <= 0.0 {
        return;
    }
    let response = ui.interact(rect, ui.scope_id().with(axis), Sense::click_and_drag() - Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, axis.name()));
    let along = |x: f32, y: f32| if axis == Axis::Horizontal { x } else { y };
    let (start, track) = (along(rect.left(), rect.top()), along(rect.width(), rect.height()));
    let (length, room) = reach.handle(track);
    let place = |at: f64| start + (at / reach.farthest()) as f32 * room;
    let pressed = ui.input(|input| input.pointer.any_pressed());
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| room > 0.0) {
        let pointer = along(pointer.x, pointer.y);
        let handle = place(*at)..place(*at) + length;
        if pressed && !handle.contains(&pointer) {
            // Beside the handle: it comes under the pointer, and can be dragged on.
            *at = reach.clamp(f64::from((pointer - start - length / 2.0) / room) * reach.farthest());
        }
        let moved = along(response.drag_delta().x, response.drag_delta().y);
        *at = reach.clamp(*at + f64::from(moved / room) * reach.farthest());
    }
    let begin = place(*at);
    let handle = match axis {
        Axis::Horizontal => Rect::from_min_max(pos2(begin, rect.top()), pos2(begin + length, rect.bottom())),
        Axis::Vertical => Rect::from_min_max(pos2(rect.left(), begin), pos2(rect.right(), begin + length)),
    };
    ui.painter().rect_filled(handle.shrink(2.0), 3.0, handle_color(ui, &response));
}

fn handle_color(ui: &Ui, response: &eframe::egui::Response) -> Color32 {
    let tones = tones(ui);
    if response.dragged() || response.hovered() { tones.weak } else { tones.edge }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: Reach = Reach { page: 10.0, total: 1_000_000.0 };

    #[test]
    fn the_last_row_of_a_million_can_be_seen_whole() {
        assert_eq!(ROWS.clamp(2e9), 999_990.0);
        assert_eq!(ROWS.reveal(0.0, 999_999.0, 1_000_000.0), 999_990.0);
        assert_eq!(Reach { page: 10.0, total: 3.0 }.clamp(5.0), 0.0);
    }

    #[test]
    fn what_is_seen_stays_and_what_is_half_seen_moves_as_little_as_it_can() {
        assert_eq!(ROWS.reveal(50.0, 55.0, 56.0), 50.0);
        assert_eq!(ROWS.reveal(50.5, 50.0, 51.0), 50.0);
        assert_eq!(ROWS.reveal(50.5, 60.0, 61.0), 51.0);
        assert_eq!(ROWS.reveal(50.0, 200.0, 201.0), 195.5);
    }

    #[test]
    fn a_handle_is_never_too_short_to_be_grabbed_nor_longer_than_its_track() {
        assert_eq!(ROWS.handle(200.0), (SHORTEST_HANDLE, 176.0));
        assert_eq!(ROWS.handle(10.0), (10.0, 0.0));
        assert_eq!(Reach { page: 50.0, total: 100.0 }.handle(200.0), (100.0, 100.0));
    }
}
