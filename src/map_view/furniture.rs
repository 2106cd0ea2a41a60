//! What stands on the map and does not move with it: title, legend, scale bar, attribution.
//!
//! Floor 5. Each part tells its rectangle, so that no label is set under it.

use eframe::egui::{
    self, Align2, FontId, Frame, Id, Margin, Rect, RichText, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::fonts::semibold;
use super::label::color32;
use super::scale_bar::scale_bar;
use super::swatch::swatch_ui;
use crate::coords::Viewport;
use crate::session::{Command, Panel, Request};
use crate::symbology::{LegendSection, Palette};
use crate::text;

/// Room between furniture and the edge of the map, in points.
const INSET_POINTS: f32 = 8.0;
const SCALE_BAR_ROOM_POINTS: f32 = 120.0;
const LEGEND_WIDTH_POINTS: f32 = 212.0;

/// A line of attribution: words, and the address they lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// What must be said.
    pub text: String,
    /// Where it leads; http or https.
    pub url: Option<String>,
}

/// A heading over the map, for pictures that leave the program.
pub fn title_ui(ui: &mut Ui, map: Rect, title: &str, subtitle: &str, palette: &Palette) -> Rect {
    let area = egui::Area::new(Id::unique("map title")).order(egui::Order::Middle).interactable(false);
    let area = area.fixed_pos(map.min + vec2(INSET_POINTS, INSET_POINTS)).constrain(false);
    let shown = area.show(ui.ctx(), |ui| {
        plate(palette).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
            let ink = color32(palette.town_text);
            ui.label(RichText::new(text::display(title)).font(FontId::new(16.0, semibold())).color(ink));
            ui.label(RichText::new(text::display(subtitle)).size(11.5).color(color32(palette.area_text)));
        });
    });
    shown.response.rect
}

/// What is on the map now, in words; folds to a button.
pub fn legend_ui(
    ui: &mut Ui,
    map: Rect,
    sections: &[LegendSection],
    open: bool,
    palette: &Palette,
    commands: &mut Vec<Command>,
) -> Rect {
    let area = egui::Area::new(Id::unique("legend")).order(egui::Order::Middle);
    let area =
        area.pivot(Align2::LEFT_BOTTOM).fixed_pos(map.left_bottom() + vec2(INSET_POINTS, -INSET_POINTS));
    let shown = area.constrain(false).show(ui.ctx(), |ui| {
        plate(palette).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            let words = if open { "Legend ▾" } else { "Legend ▸" };
            let heading =
                RichText::new(words).font(FontId::new(12.5, semibold())).color(color32(palette.town_text));
            if ui.add(egui::Button::new(heading).frame(false)).clicked() {
                commands.push(Command::SetPanelOpen { panel: Panel::Legend, open: !open });
            }
            if open {
                ui.set_max_width(LEGEND_WIDTH_POINTS);
                let most_height = (map.height() - 120.0).max(60.0);
                egui::ScrollArea::vertical()
                    .max_height(most_height)
                    .show(ui, |ui| legend_rows_ui(ui, sections, palette));
            }
        });
    });
    shown.response.rect
}

fn legend_rows_ui(ui: &mut Ui, sections: &[LegendSection], palette: &Palette) {
    for section in sections {
        if !section.title.is_empty() {
            let title = text::display(&section.title);
            ui.label(RichText::new(title).size(11.0).color(color32(palette.area_text)));
        }
        for entry in &section.entries {
            ui.horizontal(|ui| {
                swatch_ui(ui, &entry.symbol, 24.0);
                ui.label(
                    RichText::new(text::display(&entry.label)).size(11.5).color(color32(palette.town_text)),
                );
            });
        }
    }
    if sections.iter().all(|section| section.entries.is_empty()) {
        ui.label(
            RichText::new("Nothing to explain in this view").size(11.5).color(color32(palette.area_text)),
        );
    }
}

/// The scale bar, in the lower right above the attribution.
pub fn scale_bar_ui(ui: &Ui, map: Rect, viewport: &Viewport, palette: &Palette) -> Rect {
    let bar = scale_bar(viewport, SCALE_BAR_ROOM_POINTS);
    let right_bottom = map.right_bottom() + vec2(-INSET_POINTS - 4.0, -34.0);
    let painter = ui.painter();
    let (ink, halo) = (color32(palette.town_text), color32(palette.land));
    let rect = Rect::from_min_max(right_bottom - vec2(bar.length_points, 5.0), right_bottom);
    let outline = [rect.left_top(), rect.left_bottom(), rect.right_bottom(), rect.right_top()];
    painter.add(egui::Shape::line(outline.to_vec(), Stroke::new(4.0, halo.gamma_multiply(0.8))));
    painter.add(egui::Shape::line(outline.to_vec(), Stroke::new(1.4, ink)));
    let at = pos2(rect.center().x, rect.top() - 1.0);
    let galley = painter.layout_no_wrap(bar.label(), FontId::proportional(11.5), ink);
    let words = Align2::CENTER_BOTTOM.anchor_size(at, galley.size());
    painter.rect_filled(words.expand2(vec2(3.0, 0.0)), 3.0, halo.gamma_multiply(0.75));
    painter.galley(words.min, galley, ink);
    rect.union(words)
}

/// Who made the map's data: always on the map, never under anything.
pub fn attribution_ui(
    ui: &mut Ui,
    map: Rect,
    lines: &[Attribution],
    palette: &Palette,
    commands: &mut Vec<Command>,
) -> Rect {
    let area = egui::Area::new(Id::unique("attribution")).order(egui::Order::Middle);
    let area =
        area.pivot(Align2::RIGHT_BOTTOM).fixed_pos(map.right_bottom() - vec2(INSET_POINTS, INSET_POINTS));
    let shown = area.constrain(false).show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(color32(palette.land.faded(0.86)))
            .inner_margin(Margin::symmetric(6, 1))
            .corner_radius(4);
        frame.show(ui, |ui| {
            ui.set_max_width((map.width() - LEGEND_WIDTH_POINTS - 60.0).max(160.0));
            ui.spacing_mut().item_spacing = vec2(3.0, 0.0);
            ui.horizontal_wrapped(|ui| {
                for (place, line) in lines.iter().enumerate() {
                    if place > 0 {
                        ui.label(RichText::new("·").size(10.5).color(color32(palette.area_text)));
                    }
                    attribution_line_ui(ui, line, palette, commands);
                }
            });
        });
    });
    shown.response.rect
}

fn attribution_line_ui(ui: &mut Ui, line: &Attribution, palette: &Palette, commands: &mut Vec<Command>) {
    let words = RichText::new(text::display(&line.text)).size(10.5).color(color32(palette.area_text));
    match &line.url {
        None => drop(ui.label(words)),
        Some(url) => {
            let link =
                ui.add(egui::Label::new(words.underline()).sense(egui::Sense::click())).on_hover_text(url);
            if link.clicked() {
                commands.push(Command::Ask(Request::OpenLink(url.clone())));
            }
        }
    }
}

/// The rectangle that is being drawn with Shift.
pub fn selection_box_ui(ui: &Ui, drawn: Rect, palette: &Palette) {
    let color = color32(palette.selection);
    ui.painter().rect_filled(drawn, 0.0, color.gamma_multiply(0.12));
    ui.painter().rect_stroke(drawn, 0.0, Stroke::new(1.0, color), StrokeKind::Inside);
}

fn plate(palette: &Palette) -> Frame {
    Frame::new()
        .fill(color32(palette.land.faded(0.93)))
        .stroke(Stroke::new(1.0, color32(palette.governorate)))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(8, 5))
}
