//! The map itself: walkers' widget, overlays, labels, legend, scale bar, attribution. Window and headless both draw through it.
//!
//! Floor 5.

mod area_labels;
mod basemaps;
mod camera;
mod context_menu;
mod counted;
mod coverage;
mod drawn_area;
mod fonts;
mod furniture;
mod gestures;
mod highlight;
mod inside;
mod label;
mod label_sources;
mod labels;
mod legend;
mod measure_line;
mod place_labels;
mod place_mark;
mod relief;
mod scale_bar;
mod scene;
mod spoken;
mod swatch;

use eframe::egui::{self, DragPanButtons, Rect, Shape, Ui};
use walkers::{Map, MapMemory};

pub use basemaps::{Basemaps, choice_of_argument};
pub use fonts::{install_fonts, map_font, semibold};
pub use furniture::attribution_rect;
pub use label::color32;
pub use labels::LabelCount;
pub use swatch::{paint_swatch, swatch_ui};

use crate::coords::{LonLat, Viewport, WorldPos, lon_lat_from_world, world_from_lon_lat};
use crate::render::{RenderState, Scene, SceneCallback, SceneItem};
use crate::session::{Command, PointerHit, Session};
use crate::symbology::{palette, thousands};
use crate::text::ScreenRect;
use camera::Flight;
use context_menu::ContextMenu;
use coverage::Coverage;
use gestures::{BoxDrag, screen_pos};
use highlight::Highlights;
use inside::AreaAnchors;
use label_sources::LabelRequests;
use labels::LabelMemory;
use relief::Relief;

/// Lets scenes and vector tiles be drawn on a device: once, before the first frame.
pub fn install_painters(render_state: &RenderState) {
    crate::render::install(render_state);
    walkers::install_renderer(Some(render_state));
}

/// The same for a window that is about to open: the longer part goes on beside its first layout.
pub fn install_painters_beside(render_state: &RenderState) {
    walkers::install_renderer(Some(render_state));
    crate::render::install_beside(render_state);
}

/// The heading of a picture that leaves the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// In bold.
    pub title: String,
    /// Under it.
    pub subtitle: String,
}

/// The map widget's own state.
pub struct MapView {
    memory: MapMemory,
    /// The view in which walkers was left: another one in the session came from elsewhere.
    left_at: Option<Viewport>,
    flight: Option<Flight>,
    box_drag: BoxDrag,
    hovered_at: Option<PointerHit>,
    context_menu: ContextMenu,
    highlights: Highlights,
    label_memory: LabelMemory,
    area_anchors: AreaAnchors,
    relief: Relief,
    coverage: Coverage,
}

/// The view of a frame before it is dragged.
struct ViewBefore {
    viewport: Viewport,
    /// Whether the camera's flight brought it there, and no hand.
    is_in_flight: bool,
}

/// What a frame of the map tells its caller.
#[derive(Debug, Clone, Copy, Default)]
pub struct MapFrame {
    /// What is under the pointer.
    pub pointer: Option<LonLat>,
    /// Labels in the picture.
    pub labels: LabelCount,
}

impl Default for MapView {
    fn default() -> Self {
        Self {
            memory: MapMemory::default(),
            left_at: None,
            flight: None,
            box_drag: BoxDrag::default(),
            hovered_at: None,
            context_menu: ContextMenu::default(),
            highlights: Highlights::default(),
            label_memory: LabelMemory::default(),
            area_anchors: AreaAnchors::default(),
            relief: Relief::bundled(),
            coverage: Coverage::default(),
        }
    }
}

impl MapView {
    /// Sends the camera on its way.
    pub fn fly_to(&mut self, session: &Session, to: Viewport, now_seconds: f64) {
        self.flight = Some(Flight::new(session.viewport(), to, now_seconds));
    }

    /// Draws the map into the room that `ui` has left, and tells as commands what the hand did on it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        basemaps: &mut Basemaps,
        heading: Option<&Heading>,
        commands: &mut Vec<Command>,
    ) -> MapFrame {
        let rect = ui.available_rect_before_wrap();
        let palette = palette(session.theme());
        let painter = ui.painter().with_clip_rect(rect);
        // The ground lies under walkers' tiles, but is known only after walkers has moved the map.
        let ground = painter.add(Shape::Noop);
        let before = self.view_before_gestures(ui, rect, session);
        let response = self.show_walkers(ui, basemaps, before.viewport);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, map_words(session)));
        let viewport = self.view_after_gestures(before.viewport);
        let is_dragged = viewport.center != before.viewport.center;
        if is_dragged {
            self.flight = None;
        }
        if viewport != session.viewport() {
            commands.push(match before.is_in_flight && !is_dragged {
                true => Command::CarryViewport(viewport),
                false => Command::SetViewport(viewport),
            });
        }

        basemaps.finish_frame();

        if basemaps.shows_ground() {
            let parts = (&mut self.coverage, &mut self.relief);
            let scene = scene::ground_scene(session, viewport, palette, parts);
            painter.set(ground, SceneCallback::shape(rect, scene));
        } else {
            // Not a rectangle of egui's: its shader costs a software adapter many times as much.
            let items = vec![SceneItem::Background(palette.land)];
            painter.set(ground, SceneCallback::shape(rect, Scene { viewport, items }));
        }
        self.highlights.update(session, &viewport);
        painter.add(SceneCallback::shape(rect, scene::overlay_scene(session, viewport, &self.highlights)));

        let pointer = response
            .hover_pos()
            .map(|at| lon_lat_from_world(viewport.world_from_screen(screen_pos(rect, at))).wrapped());
        if let Some(points) = session.measured() {
            measure_line::paint_measure_line(&painter, rect, &viewport, points, pointer, palette);
        }
        drawn_area::paint_drawn_area(&painter, rect, session, &viewport, pointer, palette);
        if session.drawn_corners().is_some() && response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
        place_mark::paint_place_mark(&painter, rect, session, &viewport, palette);
        let obstacles = self.furniture_ui(ui, rect, session, &viewport, basemaps, heading, commands);
        let mut requests =
            LabelRequests::collect(session, &viewport, basemaps, obstacles, &mut self.area_anchors);
        let texts = basemaps.labels(&viewport);
        requests.add_basemap_texts(texts);
        counted::paint_counts(&painter, rect, session, &viewport);
        let LabelRequests { labels, furniture, symbols, .. } = requests;
        let labels =
            labels::paint_labels(&painter, rect, labels, &furniture, &symbols, &mut self.label_memory);

        counted::group_tip_ui(&response, session);
        spoken::speak_events(ui, &response, session, &viewport, commands);
        gestures::pointer_commands(&response, session, &viewport, &mut self.hovered_at, commands);
        if let Some(drawn) = self.box_drag.follow(ui, &response, &viewport, commands) {
            furniture::selection_box_ui(ui, drawn, palette);
        }
        self.context_menu.ui(&response, session, &viewport, commands);
        gestures::key_commands(ui, session, commands);
        MapFrame { pointer, labels }
    }

    /// The session's view in this frame's rectangle, moved on by the camera's flight and the wheel.
    fn view_before_gestures(&mut self, ui: &Ui, rect: Rect, session: &Session) -> ViewBefore {
        let mut viewport = Viewport { size_points: [rect.width(), rect.height()], ..session.viewport() };
        let is_in_flight = self.flight.is_some();
        if let Some(flight) = self.flight {
            let (view, arrived) = flight.at(ui.input(|input| input.time));
            viewport = Viewport { size_points: viewport.size_points, ..view };
            self.flight = self.flight.filter(|_| !arrived);
            ui.ctx().request_repaint();
        }
        let zoomed = gestures::wheel_zoom(ui, rect, viewport);
        if zoomed != viewport {
            self.flight = None;
        }
        ViewBefore { viewport: zoomed, is_in_flight: is_in_flight && zoomed == viewport }
    }

    fn show_walkers(&mut self, ui: &mut Ui, basemaps: &mut Basemaps, viewport: Viewport) -> egui::Response {
        let center = viewport.center_lon_lat();
        let position = walkers::lon_lat(center.lon_deg, center.lat_deg);
        if self.left_at.is_none_or(|left| left.center != viewport.center || left.zoom != viewport.zoom) {
            // The zoom is clamped to our range, which is inside walkers'.
            let _ = self.memory.set_zoom(viewport.zoom);
            self.memory.center_at(position);
        }
        let draws_box = self.box_drag.is_active() || BoxDrag::wants(ui);
        let buttons = if draws_box {
            DragPanButtons::empty()
        } else {
            DragPanButtons::PRIMARY | DragPanButtons::MIDDLE
        };
        let map = Map::new(basemaps.tiles(), &mut self.memory, position);
        let map = map
            .zoom_with_ctrl(false)
            .zoom_gesture(false)
            .double_click_to_zoom(false)
            .drag_pan_buttons(buttons);
        map.show(ui, |_, _, _, _| ()).response
    }

    /// The view after walkers has moved the map, by drag or by its way to a stop.
    fn view_after_gestures(&mut self, before: Viewport) -> Viewport {
        let position = self.memory.detached().map(|at| LonLat::new(at.x(), at.y()));
        let set = before.center_lon_lat();
        let moved = position.filter(|&at| {
            (at.lon_deg - set.lon_deg).abs() > 1e-10 || (at.lat_deg - set.lat_deg).abs() > 1e-10
        });
        let center = moved.map_or(before.center, |at| {
            let world = world_from_lon_lat(at);
            WorldPos::new(world.x.rem_euclid(1.0), world.y.clamp(0.0, 1.0))
        });
        let viewport = Viewport { center, ..before };
        self.left_at = Some(viewport);
        viewport
    }

    /// Heading, legend, scale bar and attribution; their rectangles on the map.
    #[expect(clippy::too_many_arguments, reason = "everything that stands on the map, in one place")]
    fn furniture_ui(
        &self,
        ui: &mut Ui,
        rect: Rect,
        session: &Session,
        viewport: &Viewport,
        basemaps: &Basemaps,
        heading: Option<&Heading>,
        commands: &mut Vec<Command>,
    ) -> Vec<ScreenRect> {
        let palette = palette(session.theme());
        // A picture that leaves the program must explain all of itself; in the window the map comes first.
        let (open, share) =
            if heading.is_some() { (true, 0.9) } else { (session.settings().legend_open, 0.5) };
        let sections = if open { legend::legend_sections(session, viewport) } else { Vec::new() };
        let attribution =
            furniture::attribution_ui(ui, rect, &basemaps.attribution(session), palette, commands);
        let mut rects = vec![
            attribution,
            furniture::scale_bar_ui(ui, attribution, viewport, palette),
            furniture::legend_ui(ui, rect, &sections, (open, share), palette, commands),
        ];
        let titled = heading.filter(|heading| !heading.title.is_empty());
        rects.extend(
            titled.map(|heading| furniture::title_ui(ui, rect, &heading.title, &heading.subtitle, palette)),
        );
        let on_map = |part: Rect| {
            let part = part.translate(-rect.min.to_vec2());
            ScreenRect { min: part.min.into(), max: part.max.into() }.expanded(4.0)
        };
        rects.into_iter().map(on_map).collect()
    }
}

/// What a screen reader is told of the map: how many events it shows, those without a place among them.
fn map_words(session: &Session) -> String {
    if session.layers_in_time().next().is_none() {
        return "Map".to_owned();
    }
    let count = session.events_shown();
    format!("Map, {} event{} shown", thousands(count as u64), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Settings, TimeCommand};
    use crate::situation::{day_of, minute_of_day};

    #[test]
    fn the_map_says_how_many_events_it_shows() {
        let mut session = Session::new(Settings::default(), std::sync::Arc::new(|| {}));
        assert_eq!(map_words(&session), "Map");
        session.open_bundled_situation();
        session.settle();
        assert_eq!(map_words(&session), "Map, 94 events shown");
        let day = minute_of_day(day_of("2018-08-02").unwrap());
        session.apply(Command::Time(TimeCommand::SetWindow(Some(day..day + 1_440))));
        session.settle();
        assert_eq!(map_words(&session), "Map, 1 event shown");
    }
}
