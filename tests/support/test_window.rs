//! The whole window without a display: driven and read through the accessibility tree, as a screen reader sees it.
//!
//! Pictures of it are compared where there is a graphics adapter; without one a line says that they were left out.

#![allow(dead_code, reason = "each test takes what it needs")]

use eframe::egui;
use eframe::egui_wgpu::RendererOptions;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::wgpu::{WgpuTestRenderer, create_render_state, default_wgpu_setup};
use egui_kittest::{Harness, HarnessBuilder, SnapshotOptions, SnapshotResults};
use sitmap::coords::LonLat;
use sitmap::map_view::{Basemaps, MapView, install_fonts, install_painters};
use sitmap::project::CacheStanding;
use sitmap::render::{AdapterChoice, OffscreenDevice};
use sitmap::session::{Command, Request, Session, Settings, ThemeChoice};
use sitmap::symbology::Theme;
use sitmap::tiles::{BasemapChoice, ContactedHost};
use sitmap::ui::{Readings, WindowState, install_theme, window_ui};

/// A session in its window.
pub struct TestWindow {
    pub session: Session,
    pub state: WindowState,
    /// What the status bar is told of the pointer.
    pub pointer: Option<LonLat>,
    /// Everything that was pushed, in order.
    pub pushed: Vec<Command>,
    /// What was asked of the world outside.
    pub requests: Vec<Request>,
    /// What the settings are told of the network.
    pub hosts: Vec<ContactedHost>,
    /// What they are told of stored tiles and copies.
    pub caches: CacheStanding,
    /// A grey sheet where there is none.
    map: Option<(MapView, Basemaps)>,
}

pub type Window = Harness<'static, TestWindow>;

impl TestWindow {
    fn frame(&mut self, ui: &mut egui::Ui) {
        let mut commands = Vec::new();
        let Self { session, state, pointer, hosts, caches, map, .. } = self;
        let readings = Readings { pointer: *pointer, hosts, caches: *caches, ..Readings::default() };
        window_ui(ui, session, &readings, state, &mut commands, |ui, commands| match map {
            Some((map, basemaps)) => drop(map.ui(ui, session, basemaps, None, commands)),
            None => {
                let ground = ui.visuals().widgets.hovered.bg_fill;
                ui.painter().rect_filled(ui.max_rect(), 0.0, ground);
            }
        });
        for command in commands {
            self.pushed.push(command.clone());
            let request = self.session.apply(command);
            if let (Some(Request::MoveCamera(to)), Some(_)) = (&request, &self.map) {
                self.session.apply(Command::SetViewport(*to));
            }
            self.requests.extend(request);
        }
    }
}

/// Light, and with nothing left to ask.
pub fn settings() -> Settings {
    Settings { online_note_answered: true, theme_choice: ThemeChoice::Light, ..Settings::default() }
}

/// The window with a grey sheet where the map would be, in points.
pub fn open(session: Session, size: [f32; 2]) -> Window {
    open_scaled(session, size, 1.0)
}

/// The same with so many pixels a point.
pub fn open_scaled(session: Session, size: [f32; 2], pixels_per_point: f32) -> Window {
    build(session, Harness::builder().with_size(size).with_pixels_per_point(pixels_per_point), None)
}

/// The window with the map over the bundled base map; where there is a graphics adapter the map can be seen in pictures.
pub fn open_with_map(session: Session, size: [f32; 2]) -> Window {
    let map = (MapView::default(), Basemaps::for_picture(&egui::Context::default(), true));
    let mut builder = Harness::builder().with_size(size);
    if has_adapter() {
        let render_state = create_render_state(default_wgpu_setup(), RendererOptions::PREDICTABLE);
        install_painters(&render_state);
        builder = builder.renderer(WgpuTestRenderer::from_render_state(render_state));
    }
    build(session, builder, Some(map))
}

/// The window with a map over tiles; nothing of it is painted.
pub fn open_with_tiles(session: Session, size: [f32; 2], tiles: BasemapChoice) -> Window {
    let mut basemaps = Basemaps::for_picture(&egui::Context::default(), false);
    basemaps.open(tiles, session.theme()).expect("a choice that can be opened");
    build(session, Harness::builder().with_size(size), Some((MapView::default(), basemaps)))
}

fn build(session: Session, builder: HarnessBuilder<TestWindow>, map: Option<(MapView, Basemaps)>) -> Window {
    let theme = session.theme();
    let builder = builder.with_max_steps(32).with_context_setup(move |ctx| {
        install_fonts(ctx);
        install_theme(ctx, theme, 1.0);
    });
    let builder = builder.with_theme(match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    });
    let state = WindowState::default();
    let window = TestWindow {
        session,
        state,
        pointer: None,
        pushed: Vec::new(),
        requests: Vec::new(),
        hosts: Vec::new(),
        caches: CacheStanding::default(),
        map,
    };
    let mut window = builder.build_ui_state(|ui, window: &mut TestWindow| window.frame(ui), window);
    window.run();
    window
}

/// Until nothing is read, made or moved any more.
pub fn settle(window: &mut Window) {
    // While something is read, a wheel turns in every frame: it must be read before all frames are run.
    for _ in 0..3 {
        window.run_steps(2);
        window.state_mut().session.settle();
    }
    window.run_ok();
}

pub fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

pub fn press(window: &mut Window, key: egui::Key) {
    window.key_press(key);
    settle(window);
}

/// All that is read in the window, labels and values.
pub fn texts(window: &Window) -> Vec<String> {
    let nodes = window.root().children_recursive();
    let words = nodes.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value()]
    });
    words.flatten().collect()
}

pub fn shows(window: &Window, words: &str) -> bool {
    texts(window).iter().any(|text| text.contains(words))
}

/// Whether pictures can be compared; says so where not.
pub fn has_adapter() -> bool {
    let is_there = OffscreenDevice::open(AdapterChoice::Software).is_ok();
    if !is_there {
        println!("no graphics adapter: pictures are not compared");
    }
    is_there
}

/// Compares what the window shows, without the pointer in it.
pub fn compare(window: &mut Window, name: &str) -> SnapshotResults {
    window.remove_cursor();
    window.run();
    // Adapters round edges differently; a letter out of place is far more than this.
    window.snapshot_options(name, &SnapshotOptions::new().threshold(1.0).max_failed_pixels(60));
    window.take_snapshot_results()
}
