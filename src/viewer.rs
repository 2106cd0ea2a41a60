//! The window: owns session, map and panels, and carries out what commands ask of the world outside.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui;
use sitmap::cli::WindowArguments;
use sitmap::coords::LonLat;
use sitmap::export::{LayerCopies, PlaceWanted};
use sitmap::map_view::{Basemaps, MapView, install_fonts, install_painters_beside};
use sitmap::project::{
    Caches, DeskWish, ProjectDesk, ProjectStanding, RecoveryFolder, SessionKeeper, guarded,
};
use sitmap::render::{AdapterSummary, RendererChoice};
use sitmap::session::{Command, Notice, ProjectRequest, Request, Session, ThemeChoice, Wake, first_command};
use sitmap::sidecar::SidecarFolder;
use sitmap::symbology::Theme;
use sitmap::ui::{
    FileDialogs, OpenWindow, Readings, WindowState, caches_cleared, install_theme, tile_words, window_ui,
};

/// The bundled layers are read in less; a large file of the user's comes when the window is open.
const FIRST_FRAME_PATIENCE: Duration = Duration::from_millis(200);

/// The window's application.
pub struct Viewer {
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
    desk: ProjectDesk,
    copies: LayerCopies,
    caches: Caches,
    /// What the window is called now.
    title: String,
}

impl Viewer {
    /// The map as the last start left it, and what the command line asks for on top of it.
    pub fn new(creation: &eframe::CreationContext<'_>, mut arguments: WindowArguments) -> Self {
        let ctx = &creation.egui_ctx;
        creation.wgpu_render_state.as_ref().map(install_painters_beside);
        install_fonts(ctx);
        let (keeper, saved, trouble) = SessionKeeper::of_user();
        let repaint = ctx.clone();
        let wake: Wake = Arc::new(move || repaint.request_repaint());
        let mut session = Session::new(saved.settings.clone(), wake.clone());
        session.keep_log();
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
        let project = saved.project.clone();
        session.bring_back(saved);
        trouble.map(|trouble| session.apply(Command::ShowNotice(Notice::warning(trouble.to_string()))));
        let basemaps = Basemaps::for_window(ctx);
        let caches = Caches::new(basemaps.cache(), SidecarFolder::of_user(), wake.clone());
        let copies = LayerCopies::new(wake.clone());
        let desk = ProjectDesk::new(wake, RecoveryFolder::of_user(), &session);
        let mut viewer = Self {
            session,
            map: MapView::default(),
            basemaps,
            window: WindowState::default(),
            dialogs: FileDialogs::default(),
            pointer: None,
            is_laid_out: false,
            keeper,
            desk,
            copies,
            caches,
            title: String::new(),
        };
        let first = first_command(project, std::mem::take(&mut arguments.files));
        viewer.apply_all(ctx, first.into_iter().collect());
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
        if arguments.center.is_some() || arguments.zoom.is_some() {
            self.session.look_there_for_now(arguments.center.map(|center| center.at), arguments.zoom);
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
            Request::ClearCaches => self.caches.clear(),
            Request::CopyText(text) => ctx.copy_text(text),
            Request::ShowLink(url) => self.window.ask_link(url),
            Request::OpenLink(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Request::Copy(request) => {
                if let Some(PlaceWanted { number, form, name }) =
                    self.copies.carry_out(request, &mut self.session)
                {
                    self.dialogs.choose_where_to_copy(ctx, number, form, name);
                }
            }
            Request::Project(request) => {
                let wish = self.desk.carry_out(request, &mut self.session);
                self.fulfil(ctx, wish);
            }
        }
    }

    fn fulfil(&self, ctx: &egui::Context, wish: Option<DeskWish>) {
        match wish {
            Some(DeskWish::ChooseToOpen) => self.dialogs.choose_project(ctx),
            Some(DeskWish::ChooseWhereToSave(name)) => self.dialogs.choose_where_to_save(ctx, name),
            Some(DeskWish::ChooseWhereToLog(name)) => self.dialogs.choose_where_to_log(ctx, name),
            Some(DeskWish::CloseWindow) => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            None => {}
        }
    }

    /// The system asks to close the window: not while something would be lost that nobody was asked about.
    fn follow_close_button(&mut self, ctx: &egui::Context) {
        if ctx.input(|input| input.viewport().close_requested()) && self.desk.has_unsaved(&self.session) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.carry_out(ctx, Request::Project(ProjectRequest::Quit));
        }
    }

    /// The project's name, and a dot while something is not saved.
    fn name_window(&mut self, ctx: &egui::Context, project: &ProjectStanding) {
        let name = project.path.as_deref().and_then(|path| path.file_name());
        let dot = if project.is_changed { "• " } else { "" };
        let title = name
            .map_or_else(|| "sitmap".to_owned(), |name| format!("{dot}{} – sitmap", name.to_string_lossy()));
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The window is lost: what is unsaved is left for the next start.
    fn leave_copy(&mut self) -> bool {
        let _ = self.keeper.keep(&self.session, self.desk.path());
        self.desk.leave_copy(&self.session)
    }

    fn work_once(&mut self, ctx: &egui::Context) {
        let system_is_dark = ctx.input(|input| input.raw.system_theme) == Some(egui::Theme::Dark);
        self.session.apply(Command::SetSystemDark(system_is_dark));
        if self.is_laid_out
            && let Some(request) = self.session.tick()
        {
            self.carry_out(ctx, request);
        }
        let wish = self.desk.tick(&mut self.session);
        self.fulfil(ctx, wish);
        self.copies.tick(&mut self.session);
        self.follow_close_button(ctx);
        if let Some(soon) = self.desk.next_look() {
            ctx.request_repaint_after(soon);
        }
        self.look_after_caches();
        if let Err(error) = self.keeper.keep_if_due(&self.session, self.desk.path()) {
            self.session.apply(Command::ShowNotice(Notice::warning(error.to_string())));
        }
    }

    /// Their size is counted while somebody can see it.
    fn look_after_caches(&mut self) {
        if self.window.open_window == Some(OpenWindow::Settings) {
            self.caches.look();
        }
        if let Some(cleared) = self.caches.tick() {
            self.basemaps.forget_pictures();
            self.session.apply(Command::ShowNotice(caches_cleared(&cleared)));
        }
    }

    fn show_once(&mut self, root: &mut egui::Ui) {
        let ctx = root.ctx().clone();
        let mut commands = self.dialogs.answers();
        self.basemaps.follow(self.session.settings(), self.session.theme());
        let (tiles, tiles_in_trouble) = tile_words(&self.basemaps.status());
        let project = self.desk.standing();
        self.name_window(&ctx, &project);
        let hosts = self.basemaps.contacted_hosts();
        let caches = self.caches.standing();
        let readings = Readings {
            pointer: self.pointer,
            tiles: &tiles,
            tiles_in_trouble,
            project,
            hosts: &hosts,
            copying: self.copies.progress(),
            caches,
        };
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
}

impl eframe::App for Viewer {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        guarded(self, |viewer| viewer.work_once(ctx), Viewer::leave_copy);
    }

    fn ui(&mut self, root: &mut egui::Ui, _frame: &mut eframe::Frame) {
        guarded(self, |viewer| viewer.show_once(root), Viewer::leave_copy);
    }

    fn on_exit(&mut self) {
        // The window is gone: there is nobody left to tell.
        let _ = self.keeper.keep(&self.session, self.desk.path());
    }
}
