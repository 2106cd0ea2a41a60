//! Small widgets that the panels share.
//!
//! Floor 6.

use eframe::egui::{self, Key, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::bidi_text::{TextLook, paragraph_ui};
use super::icons::{Icon, paint_icon};
use super::theme::{HALF_STEP, ICON_BUTTON_SIZE, STEP, body_font, tones};

/// Between the pointer and a tip, points.
const TIP_GAP: f32 = 12.0;
/// No field for a name, a value, an address or what is searched takes more: a file that was pasted there by mistake would be
/// laid out in every frame.
pub const MOST_LETTERS: usize = 1_000;
/// Width of the column of names beside values, points.
const NAME_COLUMN_WIDTH: f32 = 104.0;

/// Around what has the focus, also where a bar of menus takes the edges of its buttons away.
pub fn focus_ring(ui: &Ui) -> Stroke {
    Stroke::new(2.0, tones(ui).accent)
}

/// A button that is only an icon; its name is its tooltip.
pub fn icon_button_ui(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    icon_toggle_ui(ui, icon, name, None)
}

/// A button that is only an icon and stays pressed while it is on.
pub fn icon_toggle_ui(ui: &mut Ui, icon: Icon, name: &str, on: Option<bool>) -> Response {
    let size = vec2(ICON_BUTTON_SIZE, ICON_BUTTON_SIZE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| match on {
        Some(on) => WidgetInfo::selected(Role::Button, enabled, on, name),
        None => WidgetInfo::labeled(Role::Button, enabled, name),
    });
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, on == Some(true));
        if on == Some(true) || response.hovered() || response.has_focus() {
            let edge = if response.has_focus() { focus_ring(ui) } else { Stroke::NONE };
            ui.painter().rect(rect, visuals.corner_radius, visuals.weak_bg_fill, edge, StrokeKind::Inside);
        }
        paint_icon(ui.painter(), rect.shrink(HALF_STEP), icon, visuals.text_color());
    }
    response.on_hover_text(name)
}

/// A switch with its words at the left. Returns whether it was moved.
pub fn switch_ui(ui: &mut Ui, words: &str, on: &mut bool) -> Response {
    let galley = egui::WidgetText::from(words).into_galley(ui, None, f32::INFINITY, body_font());
    let (track_width, track_height) = (28.0, 16.0);
    let size = vec2(galley.size().x + STEP + track_width + STEP, ICON_BUTTON_SIZE);
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, *on, words));
    if ui.is_rect_visible(rect) {
        let tones = tones(ui);
        let visuals = *ui.style().interact(&response);
        let part = ui.ctx().animate_bool_responsive(response.id, *on);
        let text_at = egui::pos2(rect.left() + HALF_STEP, rect.center().y - galley.size().y / 2.0);
        let track = egui::Rect::from_center_size(
            egui::pos2(rect.right() - HALF_STEP - track_width / 2.0, rect.center().y),
            vec2(track_width, track_height),
        );
        if response.has_focus() {
            ui.painter().rect_stroke(rect, visuals.corner_radius, focus_ring(ui), StrokeKind::Inside);
        }
        let fill = if *on { tones.accent } else { tones.weak };
        ui.painter().rect_filled(track, track_height / 2.0, fill);
        let knob_x = egui::lerp(track.left() + 8.0..=track.right() - 8.0, part);
        ui.painter().circle_filled(egui::pos2(knob_x, track.center().y), 6.0, tones.raised);
        ui.painter().galley(text_at, galley, visuals.text_color());
    }
    response
}

/// A small heading over a part of a panel.
pub fn small_heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(STEP);
    paragraph_ui(ui, words, &TextLook::small_heading(ui));
}

/// A name and a value side by side; the value is wrapped.
pub fn field_ui(ui: &mut Ui, name: &str, value: &str) {
    field_with_ui(ui, name, |ui| {
        paragraph_ui(ui, value, &TextLook::body(ui));
    });
}

/// A name and whatever belongs to it side by side.
pub fn field_with_ui<R>(ui: &mut Ui, name: &str, value_ui: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(NAME_COLUMN_WIDTH);
            // Captions are smaller than values: this brings their first lines to one height.
            ui.add_space(1.5);
            paragraph_ui(ui, name, &TextLook::caption(ui));
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            value_ui(ui)
        })
        .inner
    })
    .inner
}

/// A hairline with air around it.
pub fn hairline_ui(ui: &mut Ui) {
    ui.add_space(HALF_STEP);
    ui.add(egui::Separator::default().spacing(1.0));
    ui.add_space(HALF_STEP);
}

/// A part that is folded until it is wanted.
pub fn fold_ui(ui: &mut Ui, words: &str, salt: impl egui::AsIdSalt, body_ui: impl FnOnce(&mut Ui)) {
    let heading = egui::RichText::new(words).font(super::theme::small_heading_font());
    egui::CollapsingHeader::new(heading).id_salt(salt).show_unindented(ui, body_ui);
}

/// The tip of a row in a list: one and the same popup whichever row the pointer is over. egui keeps an entry for every popup
/// that was ever shown, for as long as the program runs; with one a row these would be as many as the rows ever pointed at.
pub fn tip_of_row(ui: &Ui, row: &Response, body_ui: impl FnOnce(&mut Ui)) {
    let one_for_all = Response { id: ui.scope_id().with("tip of rows"), ..row.clone() };
    let mut tip = egui::Tooltip::for_enabled(&one_for_all).at_pointer().gap(TIP_GAP);
    // That the tip is open already is no reason to stay for a row that is not hovered: it was for another.
    let is_open = row.hovered() && tip.popup.is_open();
    tip.popup = tip.popup.anchor_widget(row.id).open(is_open);
    tip.show(|ui| {
        // It would stay as narrow as that of another row was.
        ui.set_max_width(ui.spacing().tooltip_width);
        body_ui(ui);
    });
}

/// A frame that sets something apart from the panel.
pub fn card(ui: &Ui) -> egui::Frame {
    let tones = tones(ui);
    egui::Frame::new()
        .fill(tones.raised)
        .stroke(Stroke::new(1.0, tones.line))
        .corner_radius(super::theme::CORNER)
        .inner_margin(egui::Margin::symmetric(10, 8))
}

/// Whether Enter was pressed in the only field of a dialog; it takes the focus where nothing else has it.
pub fn entered_in_only_field(ui: &Ui, field: &Response) -> bool {
    // Enter takes the focus from the field: this must be looked at before it is given back.
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !entered && !ui.memory(|memory| memory.focused().is_some()) {
        field.request_focus();
    }
    entered
}
