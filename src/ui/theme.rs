//! The colours, sizes and distances of the interface; the one place where they are named.
//!
//! Floor 6. Calm paper in light, slate in dark, from the same family as the map's palette.

use eframe::egui::style::{Selection, WidgetVisuals, Widgets};
use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Ui, Visuals, vec2,
};

use crate::map_view::semibold;
use crate::symbology::{Rgba, Theme, palette};

/// Half a step of the grid.
pub const HALF_STEP: f32 = 4.0;
/// One step of the grid.
pub const STEP: f32 = 8.0;
/// Width of the layers panel, points.
pub const LEFT_PANEL_WIDTH: f32 = 264.0;
/// Width of the details panel, points.
pub const RIGHT_PANEL_WIDTH: f32 = 352.0;
/// Below this width of the window the panels are drawers over the map.
pub const DRAWER_BELOW_WIDTH: f32 = 900.0;
/// Of everything that has corners.
pub const CORNER: u8 = 6;
/// Height and width of a button that is only an icon.
pub const ICON_BUTTON_SIZE: f32 = 24.0;

const BODY_SIZE: f32 = 13.5;
const HEADING_SIZE: f32 = 15.0;
const CAPTION_SIZE: f32 = 11.5;
const TITLE_SIZE: f32 = 18.0;

/// The colours of the interface in one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tones {
    /// Behind panels and bars.
    pub panel: Color32,
    /// Windows, menus, notes: one level above the panels.
    pub raised: Color32,
    /// Text fields.
    pub field: Color32,
    /// Hairlines between things.
    pub line: Color32,
    /// The edge of what can be pressed.
    pub edge: Color32,
    /// Inside of check boxes and rails.
    pub control: Color32,
    /// Running text.
    pub text: Color32,
    /// Captions and names of fields.
    pub weak: Color32,
    /// Links.
    pub link: Color32,
    /// The focus ring, switches that are on, progress.
    pub accent: Color32,
    /// On top of the accent.
    pub on_accent: Color32,
    /// Behind what is chosen.
    pub chosen: Color32,
    /// Text on what is chosen.
    pub on_chosen: Color32,
    /// Buttons at rest, under the pointer, pressed.
    pub button: [Color32; 3],
    /// Something is not as asked.
    pub warning: Color32,
    /// Something did not happen.
    pub error: Color32,
    shadow: Color32,
}

/// The colours of `theme`.
pub fn tones_of(theme: Theme) -> Tones {
    let map = palette(theme);
    match theme {
        Theme::Light => Tones {
            panel: hex(0xFBF9F5),
            raised: hex(0xFFFFFF),
            field: hex(0xFFFFFF),
            line: hex(0xDDD8CC),
            edge: hex(0x969082),
            control: hex(0xD9D2C4),
            text: solid(map.town_text),
            weak: hex(0x625D53),
            link: hex(0x005A8C),
            accent: solid(map.selection),
            on_accent: hex(0xFFFFFF),
            chosen: hex(0xD9E8F2),
            on_chosen: hex(0x003A5C),
            button: [hex(0xF0ECE3), hex(0xE8E2D6), hex(0xDED7C8)],
            warning: hex(0x8A4B00),
            error: hex(0x9C2B1F),
            shadow: Color32::from_black_alpha(36),
        },
        Theme::Dark => Tones {
            panel: hex(0x1B1F23),
            raised: hex(0x24292E),
            field: hex(0x14171A),
            line: hex(0x394047),
            edge: hex(0x737C84),
            control: hex(0x434B53),
            text: solid(map.town_text),
            weak: hex(0xA9A59C),
            link: hex(0x7CC4EE),
            accent: solid(map.selection),
            on_accent: hex(0x10202B),
            chosen: hex(0x1E4258),
            on_chosen: hex(0xDCEEF9),
            button: [hex(0x2C3238), hex(0x353C43), hex(0x414A52)],
            warning: hex(0xF0B45E),
            error: hex(0xF2A198),
            shadow: Color32::from_black_alpha(110),
        },
    }
}

/// The colours of the theme that `ui` is drawn in.
pub fn tones(ui: &Ui) -> Tones {
    tones_of(if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light })
}

/// Puts the theme and the size of the interface in force; takes hold in the next frame.
pub fn install_theme(ctx: &egui::Context, theme: Theme, scale: f32) {
    for each in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(egui_theme(each), |style| fill_style(style, each));
    }
    ctx.set_theme(egui_theme(theme));
    // The scale is a setting of ours; egui's own keys would change it behind its back.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_zoom_factor(scale);
}

fn egui_theme(theme: Theme) -> egui::Theme {
    match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    }
}

fn fill_style(style: &mut egui::Style, theme: Theme) {
    style.text_styles = [
        (TextStyle::Body, body_font()),
        (TextStyle::Button, body_font()),
        (TextStyle::Heading, heading_font()),
        (TextStyle::Small, caption_font()),
        (TextStyle::Monospace, FontId::new(BODY_SIZE, FontFamily::Proportional)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(STEP, HALF_STEP);
    spacing.button_padding = vec2(10.0, HALF_STEP);
    spacing.interact_size = vec2(ICON_BUTTON_SIZE, ICON_BUTTON_SIZE);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.indent = 16.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.combo_width = 160.0;
    spacing.tooltip_width = 320.0;
    spacing.slider_rail_height = 3.0;
    spacing.scroll = egui::style::ScrollStyle { bar_width: 8.0, ..egui::style::ScrollStyle::thin() };
    style.visuals = visuals(theme);
    style.url_in_tooltip = false;
}

fn visuals(theme: Theme) -> Visuals {
    let tones = tones_of(theme);
    let base = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    let shadow = Shadow { offset: [0, 3], blur: 14, spread: 0, color: tones.shadow };
    Visuals {
        weak_text_color: Some(tones.weak),
        widgets: widgets(&tones),
        selection: Selection { bg_fill: tones.chosen, stroke: Stroke::new(1.0, tones.on_chosen) },
        hyperlink_color: tones.link,
        faint_bg_color: tones.button[0],
        extreme_bg_color: tones.field,
        code_bg_color: tones.button[0],
        warn_fg_color: tones.warning,
        error_fg_color: tones.error,
        window_corner_radius: CornerRadius::same(CORNER),
        menu_corner_radius: CornerRadius::same(CORNER),
        window_shadow: shadow,
        popup_shadow: shadow,
        window_fill: tones.raised,
        window_stroke: Stroke::new(1.0, tones.line),
        window_highlight_topmost: false,
        panel_fill: tones.panel,
        indent_has_left_vline: false,
        handle_shape: egui::style::HandleShape::Rect { aspect_ratio: 0.45 },
        ..base
    }
}

fn widgets(tones: &Tones) -> Widgets {
    let widget = |fill, edge, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: edge,
        corner_radius: CornerRadius::same(CORNER),
        fg_stroke: Stroke::new(1.25, text),
        expansion: 0.0,
    };
    let hairline = Stroke::new(1.0, tones.line);
    let edge = Stroke::new(0.75, tones.edge);
    let focus_ring = Stroke::new(2.0, tones.accent);
    let widgets = Widgets {
        noninteractive: widget(tones.panel, hairline, tones.text),
        inactive: widget(tones.button[0], edge, tones.text),
        hovered: widget(tones.button[1], edge, tones.text),
        active: widget(tones.button[2], focus_ring, tones.text),
        open: widget(tones.button[0], edge, tones.text),
    };
    // Check boxes, radio buttons and rails take this fill, buttons the weak one.
    let inactive = WidgetVisuals { bg_fill: tones.control, ..widgets.inactive };
    Widgets { inactive, ..widgets }
}

/// Running text.
pub fn body_font() -> FontId {
    FontId::new(BODY_SIZE, FontFamily::Proportional)
}

/// Words that carry weight inside running text.
pub fn strong_font() -> FontId {
    FontId::new(BODY_SIZE, semibold())
}

/// Over a part of a panel.
pub fn heading_font() -> FontId {
    FontId::new(HEADING_SIZE, semibold())
}

/// The name of the feature whose details are shown.
pub fn title_font() -> FontId {
    FontId::new(TITLE_SIZE, semibold())
}

/// Captions, names of fields.
pub fn caption_font() -> FontId {
    FontId::new(CAPTION_SIZE, FontFamily::Proportional)
}

/// The small headings inside the details.
pub fn small_heading_font() -> FontId {
    FontId::new(CAPTION_SIZE, semibold())
}

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const fn solid(color: Rgba) -> Color32 {
    Color32::from_rgb(color.r, color.g, color.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Color32, b: Color32) -> f64 {
        let rgba = |color: Color32| Rgba { r: color.r(), g: color.g(), b: color.b(), a: 255 };
        rgba(a).contrast(rgba(b))
    }

    #[test]
    fn all_text_can_be_read_on_everything_it_stands_on() {
        for theme in [Theme::Light, Theme::Dark] {
            let tones = tones_of(theme);
            for ground in [tones.panel, tones.raised, tones.field, tones.button[0], tones.button[1]] {
                for text in [tones.text, tones.weak, tones.link, tones.warning, tones.error] {
                    assert!(contrast(text, ground) >= 4.5, "{theme:?}: {text:?} on {ground:?}");
                }
            }
            assert!(contrast(tones.on_chosen, tones.chosen) >= 4.5);
            assert!(contrast(tones.text, tones.button[2]) >= 4.5);
            assert!(contrast(tones.on_accent, tones.accent) >= 4.5);
        }
    }

    #[test]
    fn focus_ring_and_edges_stand_out_from_their_grounds() {
        for theme in [Theme::Light, Theme::Dark] {
            let tones = tones_of(theme);
            for ground in [tones.panel, tones.raised, tones.button[0], tones.button[2]] {
                assert!(contrast(tones.accent, ground) >= 3.0, "{theme:?} on {ground:?}");
                let parts = [tones.panel, tones.raised].contains(&ground);
                assert!(!parts || contrast(tones.edge, ground) >= 3.0, "{theme:?} on {ground:?}");
            }
        }
    }
}
