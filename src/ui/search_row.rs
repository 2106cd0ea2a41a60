//! One row of the search box: the name with the letters that answer set off, the Arabic name beside it, what it is below.
//!
//! Floor 6.

use std::borrow::Cow;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Color32, FontId, Galley, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::bidi_text::{elided, plain};
use super::search_words::search_context;
use super::theme::{CORNER, STEP, body_font, caption_font, strong_font, tones};
use crate::index::matched_parts;
use crate::session::{SearchHit, SearchKind};
use crate::text;

const HEIGHT: f32 = 40.0;
/// Of the width, for the Arabic name.
const ARABIC_SHARE: f32 = 0.4;

/// What a row says.
#[derive(Debug, Clone, PartialEq)]
pub struct RowWords<'a> {
    title: &'a str,
    title_ar: Option<&'a str>,
    context: String,
    typed: &'a str,
    /// For screen readers.
    name: String,
}

impl<'a> RowWords<'a> {
    /// The words of a hit for what was typed.
    pub fn of_hit(kind: SearchKind, hit: &'a SearchHit, typed: &'a str) -> Self {
        let context = search_context(hit);
        let parts = [Some(hit.title.as_str()), hit.title_ar.as_deref(), Some(&context), Some(kind.heading())];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let name = plain(&parts.join(", "));
        Self { title: &hit.title, title_ar: hit.title_ar.as_deref(), context, typed, name }
    }
}

/// The row; a click chooses it.
pub fn search_row_ui(ui: &mut Ui, words: &RowWords<'_>, is_chosen: bool) -> Response {
    let size = vec2(ui.available_width(), HEIGHT);
    // The field keeps the focus: rows are chosen by the arrows.
    let (rect, response) = ui.allocate_exact_size(size, Sense::click() - Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &words.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let tones = tones(ui);
    if is_chosen {
        ui.painter().rect_filled(rect, f32::from(CORNER), tones.chosen);
    }
    let (ink, faint) = if is_chosen { (tones.on_chosen, tones.on_chosen) } else { (tones.text, tones.weak) };
    let inside = rect.shrink2(vec2(STEP, 4.0));
    let arabic =
        words.title_ar.map(|name| name_galley(ui, name, words.typed, inside.width() * ARABIC_SHARE, ink));
    let arabic_width = arabic.as_ref().map_or(0.0, |galley| galley.size().x + 2.0 * STEP);
    let title = name_galley(ui, words.title, words.typed, inside.width() - arabic_width, ink);
    ui.painter().galley(inside.min, title, ink);
    if let Some(arabic) = arabic {
        ui.painter().galley(pos2(inside.right() - arabic.size().x, inside.top()), arabic, ink);
    }
    let (context, _) = elided(ui, &words.context, &caption_font(), inside.width());
    let context = ui.painter().layout_no_wrap(context, caption_font(), faint);
    ui.painter().galley(pos2(inside.left(), inside.bottom() - context.size().y), context, faint);
    response
}

/// A name with the letters that answer in bold. Where letters join or run from right to left, all of it is: their order
/// on the screen is another, and a letter in another font would part from its neighbours.
fn name_galley(ui: &Ui, name: &str, typed: &str, width: f32, color: Color32) -> Arc<Galley> {
    let parts = matched_parts(name, typed);
    if !matches!(text::display(name), Cow::Borrowed(_)) {
        let font = if parts.is_empty() { body_font() } else { strong_font() };
        let (shown, _) = elided(ui, name, &font, width);
        return ui.painter().layout_no_wrap(shown, font, color);
    }
    let (shown, _) = elided(ui, name, &strong_font(), width);
    let mut job = LayoutJob::default();
    let mut add = |part: &str, font: FontId| job.append(part, 0.0, TextFormat::simple(font, color));
    let mut end = 0;
    for part in matched_parts(&shown, typed) {
        add(&shown[end..part.start], body_font());
        add(&shown[part.clone()], strong_font());
        end = part.end;
    }
    add(&shown[end..], body_font());
    ui.painter().layout_job(job)
}
