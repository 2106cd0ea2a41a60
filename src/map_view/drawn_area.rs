//! The area that the filter over all events is about, and the one that is being drawn.
//!
//! Floor 5.

use eframe::egui::{Painter, Pos2, Rect, Shape, Stroke, vec2};

use super::label::color32;
use super::measure_line::paint_words;
use crate::coords::{LonLat, Viewport, world_from_lon_lat};
use crate::session::Session;
use crate::symbology::Palette;

/// Length of the dashes and of what is between them, points.
const DASH_POINTS: f32 = 6.0;

/// Paints the outline of the filter's area, and over it the one that is being drawn, carried on to the pointer, with
/// what a click does.
pub fn paint_drawn_area(
    painter: &Painter,
    map: Rect,
    session: &Session,
    viewport: &Viewport,
    pointer: Option<LonLat>,
    palette: &Palette,
) {
    let screen = |at: &LonLat| {
        let at = viewport.screen_from_world(world_from_lon_lat(*at));
        map.min + vec2(at.x, at.y)
    };
    let (color, halo) = (color32(palette.selection), color32(palette.halo));
    if let Some(area) = &session.situation_filter().area {
        let path: Vec<Pos2> = area.iter().chain(area.first()).map(screen).collect();
        painter.add(Shape::line(path.clone(), Stroke::new(3.5, halo.gamma_multiply(0.7))));
        painter.extend(Shape::dashed_line(&path, Stroke::new(1.8, color), DASH_POINTS, DASH_POINTS * 0.6));
    }
    let Some(corners) = session.drawn_corners() else { return };
    let path: Vec<Pos2> = corners.iter().chain(&pointer).map(screen).collect();
    let closed: Vec<Pos2> = path.iter().chain(path.first()).copied().collect();
    painter.add(Shape::line(closed.clone(), Stroke::new(4.0, halo)));
    painter.add(Shape::line(closed, Stroke::new(2.0, color)));
    for at in corners.iter().map(screen) {
        painter.circle(at, 3.5, halo, Stroke::new(1.5, color));
    }
    if let Some(&end) = path.last() {
        paint_words(painter, end, hint(corners.len()), color32(palette.town_text), halo);
    }
}

/// What the hand does next.
fn hint(corners: usize) -> &'static str {
    match corners {
        0 => "Click the first corner · Escape leaves off",
        1 | 2 => "Click the next corner · Escape leaves off",
        _ => "Click the next corner · double click ends",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use eframe::egui::{Key, Pos2, pos2};
    use egui_kittest::Harness;

    use crate::map_view::{Basemaps, MapView, install_fonts};
    use crate::session::{Command, Session, Settings};

    struct Hand {
        session: Session,
        map: MapView,
        basemaps: Option<Basemaps>,
    }

    fn map_in_hand() -> Harness<'static, Hand> {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.settle();
        let hand = Hand { session, map: MapView::default(), basemaps: None };
        let builder = Harness::builder().with_size([800.0, 600.0]).with_step_dt(1.0 / 60.0);
        let builder = builder.with_context_setup(install_fonts);
        let mut harness = builder.build_ui_state(
            |ui, hand: &mut Hand| {
                let basemaps = hand.basemaps.get_or_insert_with(|| Basemaps::for_picture(ui.ctx(), true));
                let mut commands = Vec::new();
                hand.map.ui(ui, &hand.session, basemaps, None, &mut commands);
                commands.into_iter().for_each(|command| drop(hand.session.apply(command)));
            },
            hand,
        );
        harness.run_steps(4);
        harness
    }

    fn click(harness: &mut Harness<'_, Hand>, at: Pos2) {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.run_steps(2);
    }

    #[test]
    fn clicks_are_corners_and_escape_leaves_off() {
        let mut harness = map_in_hand();
        let corners = |harness: &Harness<'_, Hand>| harness.state().session.drawn_corners().map(<[_]>::len);
        harness.state_mut().session.apply(Command::StartDrawingArea);
        click(&mut harness, pos2(200.0, 200.0));
        click(&mut harness, pos2(500.0, 220.0));
        assert_eq!(corners(&harness), Some(2));
        harness.key_press(Key::Escape);
        harness.run_steps(2);
        assert_eq!(corners(&harness), None);
        assert!(harness.state().session.situation_filter().is_empty());
        assert!(harness.state().session.selection().current().is_none());
    }
}
