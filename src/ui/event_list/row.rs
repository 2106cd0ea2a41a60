//! A heading and a row of the list.
//!
//! Floor 6.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::words::RowWords;
use crate::map_view::paint_swatch;
use crate::symbology::Symbol;
use crate::ui::bidi_text::{elided, plain};
use crate::ui::theme::{CORNER, body_font, caption_font, small_heading_font, strong_font, tones};

/// Width of the symbol, and the air around text.
const SWATCH_SIZE: [f32; 2] = [20.0, 15.0];
const AIR: f32 = 6.0;

/// How a row stands out.
#[derive(Debug, Clone, Copy, Default)]
pub struct RowLook {
    /// Its details are shown.
    pub is_selected: bool,
    /// The pointer is over it, here or elsewhere.
    pub is_hovered: bool,
    /// The arrows stand on it.
    pub has_cursor: bool,
    /// The map shows it fainter, or not at all.
    pub is_faint: bool,
}

/// A row in its place: the symbol as the map draws it, the title, and what is known of it in short. Whether there was
/// room for all of it.
pub fn paint_row(ui: &Ui, rect: Rect, words: &RowWords, symbol: Option<&Symbol>, look: RowLook) -> bool {
    let tones = tones(ui);
    let painter = ui.painter();
    if look.is_selected {
        painter.rect_filled(rect, f32::from(CORNER), tones.chosen);
    } else if look.is_hovered {
        painter.rect_filled(rect, f32::from(CORNER), tones.button[0]);
    }
    if look.has_cursor {
        let stroke = ui.visuals().widgets.active.bg_stroke;
        painter.rect_stroke(rect, f32::from(CORNER), stroke, eframe::egui::StrokeKind::Inside);
    }
    let inside = rect.shrink2(vec2(AIR, 3.0));
    let swatch = Rect::from_min_size(inside.min + vec2(-2.0, 1.5), SWATCH_SIZE.into());
    if let Some(symbol) = symbol {
        paint_swatch(painter, swatch, symbol);
    }
    let (ink, faint) = match look {
        RowLook { is_selected: true, .. } => (tones.on_chosen, tones.on_chosen),
        RowLook { is_faint: true, .. } => (tones.weak, tones.weak),
        _ => (tones.text, tones.weak),
    };
    let left = swatch.right() + AIR;
    let width = inside.right() - left;
    let title_font = if look.is_selected { strong_font() } else { body_font() };
    let (title, title_is_cut) = elided(ui, &words.title, &title_font, width);
    let title = painter.layout_no_wrap(title, title_font, ink);
    painter.galley(pos2(left, inside.top()), title, ink);
    let (caption, caption_is_cut) = elided(ui, &words.caption, &caption_font(), width);
    let caption = painter.layout_no_wrap(caption, caption_font(), faint);
    painter.galley(pos2(left, inside.bottom() - caption.size().y), caption, faint);
    !(title_is_cut || caption_is_cut)
}

/// The heading of a group in its place, in at most so many lines; what lies under it is out of reach.
pub fn heading_ui(ui: &Ui, rect: Rect, (words, lines): (&str, usize), salt: usize) {
    let response = ui.interact(rect, ui.scope_id().with(("days", salt)), Sense::click() - Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, plain(words)));
    let tones = tones(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, tones.panel);
    painter.hline(rect.x_range(), rect.bottom(), (1.0, tones.line));
    let width = rect.width() - 2.0 * AIR;
    let mut job = LayoutJob::simple(words.to_owned(), small_heading_font(), Color32::PLACEHOLDER, width);
    job.wrap.max_rows = lines;
    let galley = painter.layout_job(job);
    let cut = galley.elided;
    let top = rect.bottom() - galley.size().y - 3.0;
    painter.galley(pos2(rect.left() + AIR, top), galley, tones.weak);
    if cut {
        response.on_hover_text(words);
    }
}
