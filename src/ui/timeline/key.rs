//! What the colours of the bars mean.
//!
//! Floor 6. No group is left out without a word: what has no room is counted at the end, and a menu lists all.

use std::sync::Arc;

use eframe::egui::{Galley, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::chart::paint_swatch;
use super::counts::{TimeGroup, TimelineCounts};
use crate::symbology::thousands;
use crate::ui::bidi_text::{TextLook, button_text, paragraph_ui, plain};
use crate::ui::theme::{caption_font, tones};

/// For the colour beside each word, points.
const SWATCH_ROOM: f32 = 14.0;
/// For what is said of the groups that have no room.
const REST_ROOM: f32 = 110.0;

/// The groups in view, the largest first, as many as there is room for beside `kept` points; the row runs from right to
/// left.
pub fn key_ui(ui: &mut Ui, counts: &TimelineCounts, kept: f32) {
    let groups: Vec<&TimeGroup> = counts.groups.iter().filter(|group| group.count > 0).collect();
    let (font, color) = (caption_font(), tones(ui).weak);
    let layout =
        |group: &&TimeGroup| ui.painter().layout_no_wrap(button_text(&group.label), font.clone(), color);
    let galleys: Vec<Arc<Galley>> = groups.iter().map(layout).collect();
    let gap = SWATCH_ROOM + ui.spacing().item_spacing.x;
    let widths: Vec<f32> = galleys.iter().map(|galley| galley.size().x + gap).collect();
    let shown = fitting(&widths, ui.available_width() - kept, REST_ROOM);
    if shown < groups.len() {
        rest_ui(ui, &groups, shown);
    }
    for (galley, group) in galleys.into_iter().zip(&groups).take(shown).rev() {
        let size = vec2(galley.size().x + SWATCH_ROOM, galley.size().y);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, plain(&group.label)));
        let middle = pos2(rect.left() + SWATCH_ROOM / 2.0 - 2.0, rect.center().y);
        paint_swatch(ui.painter(), Rect::from_center_size(middle, vec2(8.0, 8.0)), group.color);
        ui.painter().galley(pos2(rect.left() + SWATCH_ROOM, rect.top()), galley, color);
        response.on_hover_text(thousands(group.count as u64));
    }
}

/// How many of these widths fit into the room; where not all do, beside so much for the rest.
fn fitting(widths: &[f32], room: f32, rest: f32) -> usize {
    if widths.iter().sum::<f32>() <= room {
        return widths.len();
    }
    let mut left = room - rest;
    let fits = |width: &&f32| {
        left -= **width;
        left >= 0.0
    };
    widths.iter().take_while(fits).count()
}

/// How many events the groups without room have, and a menu of all groups.
fn rest_ui(ui: &mut Ui, groups: &[&TimeGroup], shown: usize) {
    let rest = &groups[shown..];
    let events: usize = rest.iter().map(|group| group.count).sum();
    let words = format!("{} more: {}", rest.len(), thousands(events as u64));
    let color = tones(ui).weak;
    let text = eframe::egui::RichText::new(words).font(caption_font()).color(color);
    let menu = ui.menu_button(text, |ui| all_groups_ui(ui, groups));
    let counted: Vec<String> =
        rest.iter().map(|group| format!("{} {}", plain(&group.label), group.count)).collect();
    let spoken = format!("Other groups of the timeline: {}", counted.join(", "));
    menu.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    menu.response.on_hover_ui(|ui| all_groups_ui(ui, groups));
}

fn all_groups_ui(ui: &mut Ui, groups: &[&TimeGroup]) {
    for group in groups {
        ui.horizontal(|ui| {
            let (swatch, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            paint_swatch(ui.painter(), swatch, group.color);
            let words = format!("{}  {}", thousands(group.count as u64), group.label);
            paragraph_ui(ui, &words, &TextLook::body(ui));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_leaves_room_for_the_words_that_say_so() {
        assert_eq!(fitting(&[50.0, 40.0, 30.0], 120.0, 30.0), 3);
        assert_eq!(fitting(&[50.0, 40.0, 30.0], 119.0, 30.0), 1);
        assert_eq!(fitting(&[50.0, 40.0, 30.0], 125.0 - 5.1, 25.0), 2);
        assert_eq!((fitting(&[50.0], 10.0, 30.0), fitting(&[], 10.0, 30.0)), (0, 0));
    }
}
