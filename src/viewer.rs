//! The program's window: the workspace, with what only a display and its system can do for it.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui;
use sitmap::cli::WindowArguments;
use sitmap::export::PlaceWanted;
use sitmap::map_view::{Basemaps, install_fonts, install_painters_beside};
use sitmap::project::{Caches, DeskWish, ProjectStanding, RecoveryFolder, SessionKeeper, guarded};
use sitmap::render::{AdapterSummary, RendererChoice};
use sitmap::session::{Command, Notice, Session, ThemeChoice, Wake, first_command};
use sitmap::sidecar::SidecarFolder;
use sitmap::symbology::Theme;
use sitmap::ui::{FileDialogs, OpenWindow, caches_cleared, install_theme};
use sitmap::workspace::{Errand, Workspace};

/// The bundled layers are read in less; a large file of the user's comes when the window is open.
const FIRST_FRAME_PATIENCE: Duration = Duration::from_millis(200);

/// The window's application.
pub struct Viewer {
    workspace: Workspace,
    dialogs: FileDialogs,
    keeper: SessionKeeper,
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
        let workspace = Workspace::new(session, basemaps, RecoveryFolder::of_user(), wake);
        let mut viewer =
            Self { workspace, dialogs: FileDialogs::default(), keeper, caches, title: String::new() };
        let first = first_command(project, std::mem::take(&mut arguments.files));
        viewer.workspace.apply_all(ctx, first);
        viewer.begin_with(arguments);
        // A theme that came with the first frame would have all its letters drawn a second time.
        let session = &mut viewer.workspace.session;
        install_theme(ctx, session.theme(), session.settings().interface_scale);
        session.settle_within(FIRST_FRAME_PATIENCE);
        viewer
    }

    fn begin_with(&mut self, arguments: WindowArguments) {
        let session = &mut self.workspace.session;
        if let Some(theme) = arguments.theme {
            session.set_theme_for_now(match Theme::from(theme) {
                Theme::Light => ThemeChoice::Light,
                Theme::Dark => ThemeChoice::Dark,
            });
        }
        if arguments.offline {
            session.work_offline_for_now();
        }
        if arguments.center.is_some() || arguments.zoom.is_some() {
            session.look_there_for_now(arguments.center.map(|center| center.at), arguments.zoom);
        }
    }

    fn do_errands(&mut self, ctx: &egui::Context) {
        for errand in self.workspace.take_errands() {
            match errand {
                Errand::ChooseLayerFiles => self.dialogs.choose_layer_files(ctx),
                Errand::ChooseBasemapPack => self.dialogs.choose_basemap_pack(ctx),
                Errand::ChooseWhereToCopy(PlaceWanted { number, form, name }) => {
                    self.dialogs.choose_where_to_copy(ctx, number, form, name);
                }
                Errand::Project(DeskWish::ChooseToOpen) => self.dialogs.choose_project(ctx),
                Errand::Project(DeskWish::ChooseWhereToSave(name)) => {
                    self.dialogs.choose_where_to_save(ctx, name);
                }
                Errand::Project(DeskWish::ChooseWhereToLog(name)) => {
                    self.dialogs.choose_where_to_log(ctx, name);
                }
                Errand::Project(DeskWish::CloseWindow) => {
                    ctx.send_viewport_cmd(egui::ViewportCommand::Close);
                }
                Errand::ClearCaches => self.caches.clear(),
                Errand::OpenLink(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            }
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

    /// Keeps what the next start brings back. The window is gone: there is nobody left to tell that it failed.
    fn keep(&mut self) {
        let _ = self.keeper.keep(&self.workspace.session, self.workspace.desk.path());
    }

    /// The window is lost: what is unsaved is left for the next start.
    fn leave_copy(&mut self) -> bool {
        self.keep();
        self.workspace.desk.leave_copy(&self.workspace.session)
    }

    fn work_once(&mut self, ctx: &egui::Context) {
        let system_is_dark = ctx.input(|input| input.raw.system_theme) == Some(egui::Theme::Dark);
        self.workspace.session.apply(Command::SetSystemDark(system_is_dark));
        self.workspace.apply_all(ctx, self.dialogs.answers());
        self.workspace.work(ctx);
        self.do_errands(ctx);
        self.look_after_caches();
        let Workspace { session, desk, .. } = &mut self.workspace;
        if let Err(error) = self.keeper.keep_if_due(session, desk.path()) {
            session.apply(Command::ShowNotice(Notice::warning(error.to_string())));
        }
    }

    /// Their size is counted while somebody can see it.
    fn look_after_caches(&mut self) {
        if self.workspace.window.open_window == Some(OpenWindow::Settings) {
            self.caches.look();
        }
        if let Some(cleared) = self.caches.tick() {
            self.workspace.forget_pictures();
            self.workspace.session.apply(Command::ShowNotice(caches_cleared(&cleared)));
        }
    }

    fn show_once(&mut self, root: &mut egui::Ui) {
        let project = self.workspace.show(root, self.caches.standing());
        self.name_window(root.ctx(), &project);
        self.do_errands(root.ctx());
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
        self.keep();
    }
}
