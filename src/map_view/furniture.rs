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
use crate::symbology::{LegendEntry, LegendSection, Palette};
use crate::text;

/// Room between furniture and the edge of the map, in points.
const INSET_POINTS: f32 = 8.0;
const SCALE_BAR_ROOM_POINTS: f32 = 120.0;
const LEGEND_WIDTH_POINTS: f32 = 244.0;
const SWATCH_POINTS: f32 = 22.0;
/// For the heading of the legend and the air around it.
const HEADING_ROOM_POINTS: f32 = 60.0;
const ENTRY_POINTS: f32 = 11.5;

fn attribution_id() -> Id {
    Id::unique("attribution")
}

/// Where the attribution was drawn last; nothing may hide it.
pub fn attribution_rect(ctx: &egui::Context) -> Option<Rect> {
    ctx.memory(|memory| memory.area_rect(attribution_id()))
}

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
            if !subtitle.is_empty() {
                ui.label(RichText::new(text::display(subtitle)).size(11.5).color(color32(palette.area_text)));
            }
        });
    });
    shown.response.rect
}

/// What is on the map now, in words; folds to a button where it is not `open`. It takes at most `share` of the map's
/// height, 0 to 1; what is more is scrolled.
pub fn legend_ui(
    ui: &mut Ui,
    map: Rect,
    sections: &[LegendSection],
    (open, share): (bool, f32),
    palette: &Palette,
    commands: &mut Vec<Command>,
) -> Rect {
    let area = egui::Area::new(Id::unique("legend")).order(egui::Order::Middle);
    let area =
        area.pivot(Align2::LEFT_BOTTOM).fixed_pos(map.left_bottom() + vec2(INSET_POINTS, -INSET_POINTS));
    let shown = area.constrain(false).show(ui.ctx(), |ui| {
        plate(palette).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            legend_heading_ui(ui, open, palette, commands);
            if open {
                ui.set_max_width(LEGEND_WIDTH_POINTS);
                // The room for the list is the map's, not what the legend took in the last frame.
                let most = (map.height() * share - HEADING_ROOM_POINTS).max(60.0);
                let list = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most);
                list.show(ui, |ui| legend_rows_ui(ui, sections, palette));
            }
        });
    });
    shown.response.rect
}

/// The heading folds and unfolds the legend.
fn legend_heading_ui(ui: &mut Ui, open: bool, palette: &Palette, commands: &mut Vec<Command>) {
    let heading = ui.horizontal(|ui| {
        let (icon, _) = ui.allocate_exact_size(vec2(10.0, 10.0), egui::Sense::hover());
        paint_fold_icon(ui.painter(), icon, open, color32(palette.town_text));
        let words =
            RichText::new("Legend").font(FontId::new(12.5, semibold())).color(color32(palette.town_text));
        ui.add(egui::Label::new(words).selectable(false));
    });
    let button = ui.interact(heading.response.rect, Id::unique("legend heading"), egui::Sense::click());
    let name = if open { "Fold the legend" } else { "Unfold the legend" };
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    if button.on_hover_text(name).clicked() {
        commands.push(Command::SetPanelOpen { panel: Panel::Legend, open: !open });
    }
}

fn paint_fold_icon(painter: &egui::Painter, rect: Rect, open: bool, color: egui::Color32) {
    let at = |x: f32, y: f32| rect.min + vec2(x * rect.width(), y * rect.height());
    let corners = match open {
        true => vec![at(0.1, 0.3), at(0.9, 0.3), at(0.5, 0.8)],
        false => vec![at(0.3, 0.1), at(0.8, 0.5), at(0.3, 0.9)],
    };
    painter.add(egui::Shape::convex_polygon(corners, color, Stroke::NONE));
}

fn legend_rows_ui(ui: &mut Ui, sections: &[LegendSection], palette: &Palette) {
    for section in sections {
        if !section.title.is_empty() {
            let title = text::display(&section.title);
            ui.label(RichText::new(title).size(11.0).color(color32(palette.area_text)));
        }
        if let Some(caption) = &section.caption {
            ui.label(RichText::new(text::display(caption)).size(10.5).color(color32(palette.area_text)));
        }
        for row in entry_rows(ui, &section.entries) {
            ui.horizontal(|ui| row.iter().for_each(|entry| legend_entry_ui(ui, entry, palette)));
        }
    }
    if sections.is_empty() {
        ui.label(
            RichText::new("Nothing to explain in this view").size(11.5).color(color32(palette.area_text)),
        );
    }
}

/// The entries in rows: short ones stand side by side, for a legend must not be longer than the map.
fn entry_rows<'a>(ui: &Ui, entries: &'a [LegendEntry]) -> Vec<&'a [LegendEntry]> {
    let width = |entry: &LegendEntry| {
        let words = text::display(&entry.label).into_owned();
        let words =
            ui.painter().layout_no_wrap(words, FontId::proportional(ENTRY_POINTS), egui::Color32::BLACK);
        SWATCH_POINTS + 4.0 + words.size().x + ui.spacing().item_spacing.x
    };
    let (mut rows, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (place, entry) in entries.iter().enumerate() {
        let needed = width(entry);
        if place > start && used + needed > LEGEND_WIDTH_POINTS {
            rows.push(&entries[start..place]);
            (start, used) = (place, 0.0);
        }
        used += needed;
    }
    rows.push(&entries[start..]);
    rows
}

fn legend_entry_ui(ui: &mut Ui, entry: &LegendEntry, palette: &Palette) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        swatch_ui(ui, &entry.symbol, SWATCH_POINTS);
        let words =
            RichText::new(text::display(&entry.label)).size(ENTRY_POINTS).color(color32(palette.town_text));
        let label = ui.add(egui::Label::new(words).selectable(false));
        if let Some(note) = &entry.note {
            label.on_hover_text(text::display(note));
        }
    });
}

/// The scale bar, in the lower right on top of the attribution.
pub fn scale_bar_ui(ui: &Ui, above: Rect, viewport: &Viewport, palette: &Palette) -> Rect {
    let bar = scale_bar(viewport, SCALE_BAR_ROOM_POINTS);
    let right_bottom = above.right_top() + vec2(-4.0, -8.0);
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
    let area = egui::Area::new(attribution_id()).order(egui::Order::Middle);
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
            let link = ui.add(egui::Label::new(words.underline()).sense(egui::Sense::click()));
            let link = link.on_hover_text(text::display(url));
            if link.clicked() {
                commands.push(Command::Ask(Request::ShowLink(url.clone())));
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
