//! The icons of the interface, as strokes on a square of 16 by 16.
//!
//! Floor 6. Drawn, not set from a font: every machine shows the same, in the colour of the text beside them.

use std::f32::consts::TAU;

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// What a button without words shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Shown on the map.
    Eye,
    /// Hidden.
    EyeClosed,
    /// More that can be done.
    More,
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// The one before.
    Left,
    /// The next one.
    Right,
    /// Away with it.
    Close,
    /// The opening view.
    Home,
    /// Show all of it.
    ZoomTo,
    /// Copy.
    Copy,
    /// Look for something.
    Search,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// The panel at the left.
    LeftPanel,
    /// The panel at the right.
    RightPanel,
    /// The timeline.
    Clock,
    /// The attribute table.
    Table,
    /// What is let through.
    Funnel,
    /// Let time run.
    Play,
    /// Let it stand.
    Pause,
    /// Something to know.
    Info,
    /// Something is wrong.
    Warning,
}

type Line = &'static [(f32, f32)];

/// The lines of an icon.
const fn lines(icon: Icon) -> &'static [Line] {
    match icon {
        Icon::Eye => &[
            &[(1.5, 8.0), (3.5, 5.6), (5.7, 4.2), (8.0, 3.7), (10.3, 4.2), (12.5, 5.6), (14.5, 8.0)],
            &[(14.5, 8.0), (12.5, 10.4), (10.3, 11.8), (8.0, 12.3), (5.7, 11.8), (3.5, 10.4), (1.5, 8.0)],
        ],
        Icon::EyeClosed => &[
            &[(1.5, 7.0), (3.5, 9.3), (5.7, 10.6), (8.0, 11.0), (10.3, 10.6), (12.5, 9.3), (14.5, 7.0)],
            &[(3.5, 9.3), (2.3, 11.0)],
            &[(6.4, 10.8), (5.8, 12.9)],
            &[(9.6, 10.8), (10.2, 12.9)],
            &[(12.5, 9.3), (13.7, 11.0)],
        ],
        Icon::More => &[],
        Icon::Up => &[&[(3.5, 10.0), (8.0, 5.5), (12.5, 10.0)]],
        Icon::Down => &[&[(3.5, 6.0), (8.0, 10.5), (12.5, 6.0)]],
        Icon::Left => &[&[(10.0, 3.5), (5.5, 8.0), (10.0, 12.5)]],
        Icon::Right => &[&[(6.0, 3.5), (10.5, 8.0), (6.0, 12.5)]],
        Icon::Close => &[&[(4.0, 4.0), (12.0, 12.0)], &[(12.0, 4.0), (4.0, 12.0)]],
        Icon::Home => &[
            &[(1.8, 8.2), (8.0, 2.6), (14.2, 8.2)],
            &[(3.6, 6.8), (3.6, 13.2), (12.4, 13.2), (12.4, 6.8)],
            &[(6.6, 13.2), (6.6, 9.6), (9.4, 9.6), (9.4, 13.2)],
        ],
        Icon::ZoomTo => &[
            &[(2.5, 6.0), (2.5, 2.5), (6.0, 2.5)],
            &[(10.0, 2.5), (13.5, 2.5), (13.5, 6.0)],
            &[(13.5, 10.0), (13.5, 13.5), (10.0, 13.5)],
            &[(6.0, 13.5), (2.5, 13.5), (2.5, 10.0)],
        ],
        Icon::Copy => &[
            &[(5.5, 5.5), (13.0, 5.5), (13.0, 13.5), (5.5, 13.5), (5.5, 5.5)],
            &[(3.0, 10.5), (3.0, 2.5), (10.5, 2.5)],
        ],
        Icon::Search => &[&[(9.9, 9.9), (14.0, 14.0)]],
        Icon::Sun => &[
            &[(8.0, 1.2), (8.0, 2.8)],
            &[(8.0, 13.2), (8.0, 14.8)],
            &[(1.2, 8.0), (2.8, 8.0)],
            &[(13.2, 8.0), (14.8, 8.0)],
            &[(3.2, 3.2), (4.3, 4.3)],
            &[(11.7, 11.7), (12.8, 12.8)],
            &[(12.8, 3.2), (11.7, 4.3)],
            &[(4.3, 11.7), (3.2, 12.8)],
        ],
        Icon::Moon => &[&[
            (9.6, 2.2),
            (7.6, 3.6),
            (6.6, 5.6),
            (6.7, 7.8),
            (7.9, 9.8),
            (9.8, 11.0),
            (12.0, 11.2),
            (13.8, 10.6),
            (12.4, 12.6),
            (10.2, 13.7),
            (7.6, 13.8),
            (5.0, 12.7),
            (3.1, 10.5),
            (2.4, 7.8),
            (3.0, 5.2),
            (4.6, 3.2),
            (6.9, 2.2),
            (9.6, 2.2),
        ]],
        Icon::LeftPanel => &[FRAME, &[(6.2, 3.0), (6.2, 13.0)]],
        Icon::RightPanel => &[FRAME, &[(9.8, 3.0), (9.8, 13.0)]],
        Icon::Funnel => {
            &[&[(2.2, 3.0), (13.8, 3.0), (9.6, 8.2), (9.6, 12.4), (6.4, 13.8), (6.4, 8.2), (2.2, 3.0)]]
        }
        Icon::Table => {
            &[FRAME, &[(1.8, 6.4), (14.2, 6.4)], &[(1.8, 9.7), (14.2, 9.7)], &[(6.4, 3.0), (6.4, 13.0)]]
        }
        Icon::Clock => &[&[(8.0, 4.4), (8.0, 8.2), (10.6, 9.8)]],
        Icon::Play => &[&[(4.5, 2.8), (13.0, 8.0), (4.5, 13.2), (4.5, 2.8)]],
        Icon::Pause => &[&[(5.2, 3.0), (5.2, 13.0)], &[(10.8, 3.0), (10.8, 13.0)]],
        Icon::Info => &[&[(8.0, 7.2), (8.0, 11.4)]],
        Icon::Warning => &[&[(8.0, 2.4), (14.4, 13.2), (1.6, 13.2), (8.0, 2.4)], &[(8.0, 6.4), (8.0, 9.6)]],
    }
}

const FRAME: Line = &[(1.8, 3.0), (14.2, 3.0), (14.2, 13.0), (1.8, 13.0), (1.8, 3.0)];

/// The rings and dots of an icon: centre, radius, filled.
const fn rounds(icon: Icon) -> &'static [(f32, f32, f32, bool)] {
    match icon {
        Icon::Eye => &[(8.0, 8.0, 2.1, false)],
        Icon::More => &[(8.0, 3.5, 1.3, true), (8.0, 8.0, 1.3, true), (8.0, 12.5, 1.3, true)],
        Icon::ZoomTo => &[(8.0, 8.0, 1.6, true)],
        Icon::Search => &[(6.6, 6.6, 4.6, false)],
        Icon::Sun => &[(8.0, 8.0, 3.0, false)],
        Icon::Clock => &[(8.0, 8.0, 6.2, false)],
        Icon::Info => &[(8.0, 8.0, 6.2, false), (8.0, 4.8, 0.9, true)],
        Icon::Warning => &[(8.0, 11.4, 0.8, true)],
        _ => &[],
    }
}

/// Paints an icon into the largest square in the middle of `rect`.
pub fn paint_icon(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let side = rect.width().min(rect.height());
    let unit = side / 16.0;
    let corner = rect.center() - vec2(side, side) / 2.0;
    let at = |x: f32, y: f32| -> Pos2 { pos2(corner.x + x * unit, corner.y + y * unit) };
    let stroke = Stroke::new(1.35 * unit, color);
    for line in lines(icon) {
        painter.add(Shape::line(line.iter().map(|&(x, y)| at(x, y)).collect(), stroke));
    }
    for &(x, y, radius, filled) in rounds(icon) {
        if filled {
            painter.circle_filled(at(x, y), radius * unit, color);
        } else {
            painter.add(Shape::closed_line(ring(at(x, y), radius * unit), stroke));
        }
    }
}

fn ring(center: Pos2, radius: f32) -> Vec<Pos2> {
    (0..24).map(|part| center + radius * eframe::egui::Vec2::angled(part as f32 / 24.0 * TAU)).collect()
}
