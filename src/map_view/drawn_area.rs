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
const GAP_POINTS: f32 = 3.6;

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
        painter.extend(dashes_in_sight(&path, map, Stroke::new(1.8, color)));
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

/// The dashes of a line that are in sight: zoomed in, an edge of a large area would have millions of them.
fn dashes_in_sight(path: &[Pos2], map: Rect, stroke: Stroke) -> Vec<Shape> {
    let period = DASH_POINTS + GAP_POINTS;
    let room = map.expand(period);
    let dashes = path.windows(2).flat_map(|ends| {
        let cut = cut_to(room, ends[0], ends[1]);
        cut.map_or_else(Vec::new, |[from, to]| {
            // The dashes stay where they are on the edge, wherever it is cut.
            let before = ends[0].distance(from) % period;
            let first = if before > 0.0 { period - before } else { 0.0 };
            Shape::dashed_line_with_offset(&[from, to], stroke, &[DASH_POINTS], &[GAP_POINTS], first)
        })
    });
    dashes.collect()
}

/// The part of a straight line that lies in a rectangle (Liang and Barsky).
fn cut_to(room: Rect, from: Pos2, to: Pos2) -> Option<[Pos2; 2]> {
    let along = to - from;
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    for axis in 0..2 {
        if along[axis] == 0.0 {
            if !(room.min[axis]..=room.max[axis]).contains(&from[axis]) {
                return None;
            }
            continue;
        }
        let [a, b] = [room.min, room.max].map(|end| (end[axis] - from[axis]) / along[axis]);
        (first, last) = (first.max(a.min(b)), last.min(a.max(b)));
    }
    (first < last).then(|| [from + along * first, from + along * last])
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

    use eframe::egui::{Color32, Key, Pos2, Rect, Stroke, Vec2, pos2};
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
    fn an_edge_of_a_million_points_has_only_the_dashes_that_are_in_sight() {
        let map = Rect::from_min_size(Pos2::ZERO, Vec2::new(800.0, 600.0));
        let stroke = Stroke::new(1.8, Color32::RED);
        let dashes = |path: &[Pos2]| super::dashes_in_sight(path, map, stroke);
        let far = [pos2(-3e7, 100.0), pos2(3e7, 100.0), pos2(3e7, -5e6)];
        assert!((70..100).contains(&dashes(&far).len()), "{}", dashes(&far).len());
        assert!(dashes(&[pos2(-3e7, -100.0), pos2(3e7, -100.0)]).is_empty());
        assert_eq!(dashes(&[pos2(10.0, 10.0), pos2(58.0, 10.0)]).len(), 5);
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
