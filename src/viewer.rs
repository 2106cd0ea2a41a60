//! The window: owns session, map and panels, and carries out what commands ask of the world outside.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui;
use sitmap::cli::WindowArguments;
use sitmap::coords::LonLat;
use sitmap::map_view::{Basemaps, MapView, install_fonts, install_painters_beside};
use sitmap::project::SessionKeeper;
use sitmap::render::{AdapterSummary, RendererChoice};
use sitmap::session::{Command, Notice, Request, Session, ThemeChoice};
use sitmap::sidecar::SidecarFolder;
use sitmap::symbology::Theme;
use sitmap::ui::{FileDialogs, Readings, WindowState, install_theme, tile_words, window_ui};

/// The bundled layers are read in less; a large file of the user's comes when the window is open.
const FIRST_FRAME_PATIENCE: Duration = Duration::from_millis(200);

/// Opens the window and runs until it is closed. An error is a sentence for the user.
pub fn open_window(arguments: WindowArguments) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("sitmap")
            .with_app_id("sitmap")
            .with_icon(window_icon())
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([640.0, 480.0])
            .with_drag_and_drop(true),
        ..Default::default()
    };
    let opened = eframe::run_native(
        "sitmap",
        options,
        Box::new(|creation| Ok(Box::new(Viewer::new(creation, arguments)))),
    );
    opened.map_err(|error| {
        let why = if has_display() {
            format!(
                "the window could not be opened ({error}). On Debian or Ubuntu a software graphics driver helps: \
                 sudo apt-get install mesa-vulkan-drivers libgl1-mesa-dri libxkbcommon-x11-0 libx11-xcb1"
            )
        } else {
            "there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned()
        };
        format!("{why}. Without a window, `sitmap render --out map.png` draws the map into a file")
    })
}

/// Other systems than those of X11 and Wayland need no variable to find their screen.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

struct Viewer {
    session: Session,
    map: MapView,
    basemaps: Basemaps,
    window: WindowState,
    dialogs: FileDialogs,
    /// What was under the pointer in the last frame.
    pointer: Option<LonLat>,
    /// Before the first frame the map's size is not known, and no view can be fitted into it.
    is_laid_out: bool,
    keeper: SessionKeeper,
}

impl Viewer {
    fn new(creation: &eframe::CreationContext<'_>, arguments: WindowArguments) -> Self {
        let ctx = &creation.egui_ctx;
        creation.wgpu_render_state.as_ref().map(install_painters_beside);
        install_fonts(ctx);
        let (keeper, saved, trouble) = SessionKeeper::of_user();
        let repaint = ctx.clone();
        let mut session = Session::new(saved.settings.clone(), Arc::new(move || repaint.request_repaint()));
        if let Some(folder) = SidecarFolder::of_user() {
            session.keep_sidecars_in(folder);
        }
        if let Some(render_state) = &creation.wgpu_render_state {
            let adapter = AdapterSummary::of_window(render_state);
            session.draw_by(RendererChoice::from(arguments.renderer).drawn_by(&adapter));
        }
        if !arguments.no_bundled {
            session.open_bundled_situation();
        }
        session.bring_back(saved);
        trouble.map(|trouble| session.apply(Command::ShowNotice(Notice::warning(trouble.to_string()))));
        let basemaps = Basemaps::for_window(ctx);
        let mut viewer = Self {
            session,
            map: MapView::default(),
            basemaps,
            window: WindowState::default(),
            dialogs: FileDialogs::default(),
            pointer: None,
            is_laid_out: false,
            keeper,
        };
        viewer.begin_with(arguments);
        // A theme that came with the first frame would have all its letters drawn a second time.
        let settings = viewer.session.settings();
        install_theme(ctx, viewer.session.theme(), settings.interface_scale);
        viewer.session.settle_within(FIRST_FRAME_PATIENCE);
        viewer
    }

    fn begin_with(&mut self, arguments: WindowArguments) {
        if let Some(theme) = arguments.theme {
            self.session.set_theme_for_now(match Theme::from(theme) {
                Theme::Light => ThemeChoice::Light,
                Theme::Dark => ThemeChoice::Dark,
            });
        }
        if arguments.offline {
            self.session.work_offline_for_now();
        }
        if !arguments.files.is_empty() {
            self.session.apply(Command::OpenFiles(arguments.files));
        }
        if arguments.center.is_some() || arguments.zoom.is_some() {
            self.session.keep_view_while_reading();
        }
        if let Some(center) = arguments.center {
            self.session.apply_at_once(Command::CenterOn(center.at));
        }
        if let Some(zoom) = arguments.zoom {
            let steps = zoom - self.session.viewport().zoom;
            self.session.apply_at_once(Command::ZoomAt { anchor: None, steps });
        }
    }

    fn apply_all(&mut self, ctx: &egui::Context, commands: Vec<Command>) {
        for command in commands {
            if let Some(request) = self.session.apply(command) {
                self.carry_out(ctx, request);
            }
        }
    }

    fn carry_out(&mut self, ctx: &egui::Context, request: Request) {
        match request {
            Request::MoveCamera(to) if self.session.settings().reduced_motion => {
                self.session.apply(Command::CarryViewport(to));
            }
            Request::MoveCamera(to) => {
                self.map.fly_to(&self.session, to, ctx.input(|input| input.time));
                ctx.request_repaint();
            }
            Request::ChooseLayerFiles => self.dialogs.choose_layer_files(ctx),
            Request::ChooseBasemapPack => self.dialogs.choose_basemap_pack(ctx),
            Request::CopyText(text) => ctx.copy_text(text),
            Request::ShowLink(url) => self.window.ask_link(url),
            Request::OpenLink(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Request::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }
}

impl eframe::App for Viewer {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let system_is_dark = ctx.input(|input| input.raw.system_theme) == Some(egui::Theme::Dark);
        self.session.apply(Command::SetSystemDark(system_is_dark));
        if self.is_laid_out
            && let Some(request) = self.session.tick()
        {
            self.carry_out(ctx, request);
        }
        if let Err(error) = self.keeper.keep_if_due(&self.session) {
            self.session.apply(Command::ShowNotice(Notice::warning(error.to_string())));
        }
    }

    fn ui(&mut self, root: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = root.ctx().clone();
        let mut commands = self.dialogs.answers();
        self.basemaps.follow(self.session.settings(), self.session.theme());
        let (tiles, tiles_in_trouble) = tile_words(&self.basemaps.status());
        let readings = Readings { pointer: self.pointer, tiles: &tiles, tiles_in_trouble };
        let Self { session, map, basemaps, pointer, window, .. } = self;
        window_ui(root, session, &readings, window, &mut commands, |ui, commands| {
            *pointer = map.ui(ui, session, basemaps, None, commands).pointer;
        });
        self.apply_all(&ctx, commands);
        if !self.is_laid_out {
            self.is_laid_out = true;
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self) {
        // The window is gone: there is nobody left to tell.
        let _ = self.keeper.keep(&self.session);
    }
}

fn window_icon() -> egui::IconData {
    let png = include_bytes!("../assets/icon/sitmap-128.png");
    eframe::icon_data::from_png_bytes(png).unwrap_or_default()
}
