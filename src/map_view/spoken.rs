//! The events in view as nodes of the accessibility tree, so that the map can be read without being seen.
//!
//! Floor 5. Costs nothing while no screen reader listens.

use eframe::egui::accesskit::{Action, Node, Rect as Bounds, Role};
use eframe::egui::{Rect, Response, Ui, vec2};

use crate::coords::{Viewport, WorldPos};
use crate::session::{Command, FeatureRef, Session};
use crate::text::plain;

/// Of more events the map says only how many it shows: nobody listens to a list of thousands.
const MOST_SPOKEN: usize = 300;
/// The side of the square that stands for a symbol, points.
const SYMBOL_SIDE: f32 = 12.0;

/// Names the events in view where they are drawn; a click that comes from a screen reader selects.
pub fn speak_events(
    ui: &Ui,
    map: &Response,
    session: &Session,
    viewport: &Viewport,
    commands: &mut Vec<Command>,
) {
    if !ui.ctx().has_accesskit_node(map.id) {
        return;
    }
    for (feature, center) in events_in_view(session, viewport).unwrap_or_default() {
        let id = map.id.with(("event", feature.layer.0, feature.row));
        let at = viewport.screen_from_world(center);
        let symbol = Rect::from_center_size(map.rect.min + vec2(at.x, at.y), vec2(SYMBOL_SIDE, SYMBOL_SIDE));
        let title = plain(&session.title_of(feature));
        ui.ctx().accesskit_node_builder(id, |node| write_node(node, title, symbol));
        if ui.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
            commands.push(Command::SelectFeature(feature));
        }
    }
}

fn write_node(node: &mut Node, title: String, symbol: Rect) {
    let [left, top, right, bottom] =
        [symbol.left(), symbol.top(), symbol.right(), symbol.bottom()].map(f64::from);
    node.set_role(Role::GraphicsSymbol);
    node.set_label(title);
    node.set_bounds(Bounds { x0: left, y0: top, x1: right, y1: bottom });
    node.add_action(Action::Click);
}

/// The events that are drawn in the view and where; `None` where they are too many to be named.
fn events_in_view(session: &Session, viewport: &Viewport) -> Option<Vec<(FeatureRef, WorldPos)>> {
    let mut events = Vec::new();
    for (entry, _) in session.layers_in_time() {
        let Some(content) = session.content(entry.id) else { continue };
        let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { continue };
        let rows = content.shown_rows_in_at_most(viewport.visible_world(), MOST_SPOKEN)?;
        let drawn = rows.into_iter().filter(|&row| drawing.symbols.symbol_of(row).is_some());
        events.extend(drawn.filter_map(|row| {
            let center = data.features.feature_extent(row)?.to_world().center();
            Some((FeatureRef { layer: entry.id, row }, center))
        }));
    }
    (events.len() <= MOST_SPOKEN).then_some(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{Extent, LonLat};
    use crate::session::{Settings, TimeCommand};
    use crate::situation::{day_of, minute_of_day};

    #[test]
    fn the_events_of_a_day_that_are_in_view_are_named_and_those_elsewhere_are_not() {
        let mut session = Session::new(Settings::default(), std::sync::Arc::new(|| {}));
        session.open_bundled_situation();
        let day = minute_of_day(day_of("2018-09-12").unwrap());
        session.apply(Command::Time(TimeCommand::SetWindow(Some(day..day + 1_440))));
        session.settle();
        let named = |view: [f64; 4]| {
            let [west, south, east, north] = view;
            let extent = Extent::of_points([LonLat::new(west, south), LonLat::new(east, north)]).unwrap();
            let viewport = Viewport::fitting(extent, [800.0, 600.0], 0.0);
            let events = events_in_view(&session, &viewport).unwrap();
            events.into_iter().map(|(feature, _)| plain(&session.title_of(feature))).collect::<Vec<_>>()
        };
        let all = named([34.0, 34.0, 39.0, 38.0]);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(named([10.0, 50.0, 11.0, 51.0]), Vec::<String>::new());
    }
}
