//! The window: owns session, map and panels, and carries out what commands ask of the world outside.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui;
use sitmap::cli::WindowArguments;
use sitmap::map_view::{Basemaps, MapView, install_fonts};
use sitmap::project::LastSessionFile;
use sitmap::session::{Command, Notice, Request, SavedSession, Session, ThemeChoice};
use sitmap::ui::{self, WindowState};

/// The window's state is kept at most this long after a change.
const KEEP_EVERY: Duration = Duration::from_secs(10);

/// Opens the window and runs until it is closed. An error is a sentence for the user.
pub fn open_window(arguments: WindowArguments) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("sitmap")
            .with_app_id("sitmap")
            .with_icon(ui::window_icon())
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([640.0, 480.0])
            .with_drag_and_drop(true),
        ..Default::default()
    };
    let opened =
        eframe::run_native("sitmap", options, Box::new(|cc| Ok(Box::new(Viewer::new(cc, arguments)))));
    opened.map_err(|error| {
        format!(
            "the window could not be opened ({error}).\n\
             On Debian or Ubuntu a software graphics driver helps: sudo apt-get install mesa-vulkan-drivers libgl1-mesa-dri \
             libxkbcommon-x11-0 libx11-xcb1\n\
             Without a window, `sitmap render --out map.png` draws the map into a file"
        )
    })
}

struct Viewer {
    session: Session,
    map: MapView,
    basemaps: Basemaps,
    window: WindowState,
    last_session: Option<LastSessionFile>,
    kept: SavedSession,
    kept_at: Instant,
}

impl Viewer {
    fn new(creation: &eframe::CreationContext<'_>, arguments: WindowArguments) -> Self {
        let ctx = &creation.egui_ctx;
        install_fonts(ctx);
        let last_session = LastSessionFile::of_user();
        let read = last_session.as_ref().map_or(Ok(None), LastSessionFile::read);
        let (saved, trouble) = match read {
            Ok(saved) => (saved.unwrap_or_default(), None),
            Err(error) => (SavedSession::default(), Some(error.to_string())),
        };
        let repaint = ctx.clone();
        let mut session = Session::new(saved.settings.clone(), Arc::new(move || repaint.request_repaint()));
        if !arguments.no_bundled {
            session.open_bundled_situation();
        }
        session.bring_back(saved.clone());
        trouble.map(|message| session.apply(Command::ShowNotice(Notice::warning(message))));
        let basemaps = Basemaps::for_window(ctx);
        let mut viewer = Self {
            session,
            map: MapView::default(),
            basemaps,
            window: WindowState::default(),
            last_session,
            kept: saved,
            kept_at: Instant::now(),
        };
        viewer.begin_with(arguments);
        viewer
    }

    fn begin_with(&mut self, arguments: WindowArguments) {
        if let Some(theme) = arguments.theme {
            self.session.apply(Command::SetTheme(ThemeChoice::from(sitmap::symbology::Theme::from(theme))));
        }
        if arguments.offline {
            self.session.apply(Command::SetWorkOffline(true));
        }
        if !arguments.files.is_empty() {
            self.session.apply(Command::OpenFiles(arguments.files));
        }
        if let Some(center) = arguments.center {
            self.session.apply_at_once(Command::CenterOn(center.0));
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
                self.session.apply(Command::SetViewport(to));
            }
            Request::MoveCamera(to) => {
                self.map.fly_to(&self.session, to, ctx.input(|input| input.time));
                ctx.request_repaint();
            }
            Request::ChooseLayerFiles => self.window.dialogs.choose_layer_files(ctx),
            Request::ChooseBasemapPack => self.window.dialogs.choose_basemap_pack(ctx),
            Request::CopyText(text) => ctx.copy_text(text),
            Request::OpenLink(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Request::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Keeps settings, layers and view for the next start, when they have changed.
    fn keep(&mut self) {
        self.kept_at = Instant::now();
        let now = self.session.to_saved();
        if now == self.kept {
            return;
        }
        let Some(file) = &self.last_session else { return };
        if let Err(error) = file.write(&now) {
            self.session.apply(Command::ShowNotice(Notice::warning(error.to_string())));
        }
        self.kept = now;
    }
}

impl eframe::App for Viewer {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let system_is_dark = ctx.input(|input| input.raw.system_theme) == Some(egui::Theme::Dark);
        self.session.apply(Command::SetSystemDark(system_is_dark));
        if let Some(request) = self.session.tick() {
            self.carry_out(ctx, request);
        }
        if self.kept_at.elapsed() > KEEP_EVERY {
            self.keep();
        }
    }

    fn ui(&mut self, root: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = root.ctx().clone();
        let mut commands = Vec::new();
        self.basemaps.follow(self.session.settings(), self.session.theme());
        let (session, map, basemaps) = (&self.session, &mut self.map, &mut self.basemaps);
        ui::window_ui(root, session, &mut self.window, &mut commands, |ui, window, commands| {
            let frame = map.ui(ui, session, basemaps, None, commands);
            window.pointer = frame.pointer;
            window.tiles = basemaps.status();
        });
        self.apply_all(&ctx, commands);
    }

    fn on_exit(&mut self) {
        self.keep();
    }
}
