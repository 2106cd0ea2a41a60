//! Text from data on the screen: right word order, right alignment, and the text itself for copying and screen readers.
//!
//! Floor 6. The one place of the interface where text passes through [`crate::text`]. Whoever shows words that may come
//! from a file shows them through here.

use std::borrow::Cow;
use std::sync::Arc;

use eframe::egui::{
    self, Align, Color32, FontId, Galley, Label, Pos2, Response, RichText, Role, Sense, Ui, WidgetInfo, pos2,
    text::LayoutJob, vec2,
};

use super::shared_menu::context_menu_of;
use super::theme::{
    body_font, caption_font, heading_font, small_heading_font, strong_font, title_font, tones,
};
pub use crate::text::plain;
use crate::text::{self, Direction, WrappedLine};

/// Font and colour of a text.
#[derive(Debug, Clone)]
pub struct TextLook {
    font: FontId,
    color: Color32,
}

impl TextLook {
    /// Running text.
    pub fn body(ui: &Ui) -> Self {
        Self { font: body_font(), color: tones(ui).text }
    }

    /// Words that carry weight.
    pub fn strong(ui: &Ui) -> Self {
        Self { font: strong_font(), color: tones(ui).text }
    }

    /// Running text of less weight.
    pub fn weak(ui: &Ui) -> Self {
        Self { font: body_font(), color: tones(ui).weak }
    }

    /// Captions and names of fields.
    pub fn caption(ui: &Ui) -> Self {
        Self { font: caption_font(), color: tones(ui).weak }
    }

    /// The head of a panel or window.
    pub fn heading(ui: &Ui) -> Self {
        Self { font: heading_font(), color: tones(ui).text }
    }

    /// The name of the feature whose details are shown.
    pub fn title(ui: &Ui) -> Self {
        Self { font: title_font(), color: tones(ui).text }
    }

    /// The head of a part of a panel.
    pub fn small_heading(ui: &Ui) -> Self {
        Self { font: small_heading_font(), color: tones(ui).weak }
    }

    /// Something is not as asked.
    pub fn warning(ui: &Ui) -> Self {
        Self { font: body_font(), color: tones(ui).warning }
    }

    /// The same in small.
    pub fn warning_caption(ui: &Ui) -> Self {
        Self { font: caption_font(), color: tones(ui).warning }
    }

    /// Something did not happen.
    pub fn error(ui: &Ui) -> Self {
        Self { font: body_font(), color: tones(ui).error }
    }

    fn link(ui: &Ui) -> Self {
        Self { font: body_font(), color: tones(ui).link }
    }
}

/// Text for a button or a menu, in the order of the screen. Give the widget `text` as its accessible name.
pub fn button_text(text: &str) -> String {
    text::display(text).into_owned()
}

/// A wrapped paragraph. It can be copied: by selecting, or from its menu where letters run from right to left.
pub fn paragraph_ui(ui: &mut Ui, text: &str, look: &TextLook) -> Response {
    if matches!(text::display(text), Cow::Borrowed(_)) {
        let rich = RichText::new(text).font(look.font.clone()).color(look.color);
        return ui.add(Label::new(rich).wrap());
    }
    let sense = Sense::click() - Sense::FOCUSABLE;
    let (response, lines) = ordered_lines_ui(ui, text, look, sense);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, plain(text)));
    paint_lines(ui, &response, lines, look.color);
    context_menu_of("texts", &response).show(|ui| {
        if ui.button("Copy text").clicked() {
            ui.ctx().copy_text(plain(text));
        }
    });
    response
}

/// A wrapped text that can be clicked; whoever calls decides what a click does.
pub fn link_ui(ui: &mut Ui, text: &str) -> Response {
    let look = TextLook::link(ui);
    let (response, lines) = ordered_lines_ui(ui, text, &look, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Link, enabled, plain(text)));
    if response.hovered() || response.has_focus() {
        for (at, galley) in &lines.galleys {
            let left = response.rect.min + at.to_vec2() - vec2(galley_shift(galley), 0.0);
            let width = galley.size().x;
            let y = left.y + galley.size().y - 2.0;
            ui.painter().hline(left.x..=left.x + width, y, egui::Stroke::new(1.0, look.color));
        }
    }
    paint_lines(ui, &response, lines, look.color);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// One line, cut at its logical end where it is too long; the whole text is its tooltip then.
pub fn line_ui(ui: &mut Ui, text: &str, look: &TextLook, sense: Sense) -> Response {
    let (shown, cut) = elided(ui, text, &look.font, ui.available_width());
    let galley = layout(ui, &shown, &look.font, look.color);
    let (rect, response) = ui.allocate_exact_size(galley.size(), sense);
    let role = if sense.senses_click() { Role::Button } else { Role::Label };
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(role, enabled, plain(text)));
    ui.painter().galley(rect.min, galley, look.color);
    if cut { response.on_hover_ui(|ui| drop(paragraph_ui(ui, text, &TextLook::body(ui)))) } else { response }
}

/// More letters of a text are never seen in one cell.
const CELL_LETTERS: usize = 300;
/// Hardly any letter of our fonts is narrower at the sizes of the interface.
const NARROWEST_LETTER_POINTS: f32 = 2.5;

/// A text in a cell, laid out in one line.
pub struct CellLine {
    /// To be painted as it is.
    pub galley: Arc<Galley>,
    /// Something was left out.
    pub is_cut: bool,
    /// It reads from right to left.
    pub begins_at_right: bool,
}

/// One line of a table's cell, cut at its logical end where it is too long. Hundreds of them are made for a frame: what
/// needs no ordering is laid out only once.
pub fn table_cell(ui: &Ui, text: &str, font: &FontId, color: Color32, width: f32) -> CellLine {
    let end = text.char_indices().nth(CELL_LETTERS).map_or(text.len(), |(at, _)| at);
    let beginning = text[..end].trim();
    if matches!(text::display(beginning), Cow::Borrowed(_)) {
        let mut job =
            LayoutJob::simple_singleline(beginning.replace(['\n', '\r', '\t'], " "), font.clone(), color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let is_cut = galley.elided || end < text.len();
        return CellLine { galley, is_cut, begins_at_right: false };
    }
    let (shown, is_cut) = elided(ui, beginning, font, width);
    let begins_at_right = text::base_direction(beginning) == Direction::RightToLeft;
    CellLine { galley: layout(ui, &shown, font, color), is_cut: is_cut || end < text.len(), begins_at_right }
}

/// How wide a text is in one line, or `most` where it is wider.
pub fn text_width(ui: &Ui, text: &str, font: &FontId, most: f32) -> f32 {
    // So many of the narrowest letters are that wide.
    let letters = (most / NARROWEST_LETTER_POINTS).ceil() as usize;
    let end = text.char_indices().nth(letters.min(CELL_LETTERS)).map_or(text.len(), |(at, _)| at);
    layout(ui, &text::display(&text[..end]), font, Color32::PLACEHOLDER).size().x.min(most)
}

/// As much of `text` as fits, ready to be drawn, and whether something was left out.
pub fn elided(ui: &Ui, text: &str, font: &FontId, width: f32) -> (String, bool) {
    let one_line = text.replace(['\n', '\r'], " ");
    let fits = |shown: &str| layout(ui, shown, font, Color32::PLACEHOLDER).size().x <= width;
    let whole = text::display(&one_line).into_owned();
    if fits(&whole) {
        return (whole, false);
    }
    let ends: Vec<usize> = one_line.char_indices().map(|(at, _)| at).collect();
    let shortened = |end: usize| {
        let kept = format!("{}…", one_line[..end].trim_end());
        text::display(&kept).into_owned()
    };
    let too_long = ends.partition_point(|&end| fits(&shortened(end)));
    (shortened(ends[too_long.saturating_sub(1)]), true)
}

/// Lines that are laid out, each with its place from the left upper corner of all.
struct OrderedLines {
    galleys: Vec<(Pos2, Arc<Galley>)>,
}

fn ordered_lines_ui(ui: &mut Ui, text: &str, look: &TextLook, sense: Sense) -> (Response, OrderedLines) {
    let width = ui.available_width();
    let lines = text::wrap_lines(text, width, |piece| layout(ui, piece, &look.font, look.color).size().x);
    let mut galleys = Vec::new();
    let (mut bottom, mut widest) = (0.0_f32, 0.0_f32);
    for block in lines.chunk_by(|a, b| a.direction == b.direction) {
        let galley = layout_block(ui, block, look);
        let right_to_left = block[0].direction == Direction::RightToLeft;
        let x = if right_to_left { width } else { 0.0 };
        widest = widest.max(if right_to_left { width } else { galley.size().x });
        let height = galley.size().y;
        galleys.push((pos2(x, bottom), galley));
        bottom += height;
    }
    let (_, response) = ui.allocate_exact_size(vec2(widest, bottom), sense);
    (response, OrderedLines { galleys })
}

fn paint_lines(ui: &Ui, response: &Response, lines: OrderedLines, color: Color32) {
    if ui.is_rect_visible(response.rect) {
        for (at, galley) in lines.galleys {
            ui.painter().galley(response.rect.min + at.to_vec2(), galley, color);
        }
    }
}

fn layout_block(ui: &Ui, block: &[WrappedLine], look: &TextLook) -> Arc<Galley> {
    let lines: Vec<&str> = block.iter().map(|line| line.text.as_str()).collect();
    let mut job = LayoutJob::simple(lines.join("\n"), look.font.clone(), look.color, f32::INFINITY);
    if block[0].direction == Direction::RightToLeft {
        job.halign = Align::RIGHT;
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A right-aligned galley is painted from its right edge.
fn galley_shift(galley: &Galley) -> f32 {
    if galley.job.halign == Align::RIGHT { galley.size().x } else { 0.0 }
}

fn layout(ui: &Ui, text: &str, font: &FontId, color: Color32) -> Arc<Galley> {
    ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font.clone(), color))
}
