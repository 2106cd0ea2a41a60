//! The map, its panels and its project together: all of the window but dialogs of the system, the browser and what is kept
//! between two starts.
//!
//! Floor 7. `viewer.rs` puts it on a display; the long run does anything at all with it without one.

use eframe::egui;

use crate::coords::LonLat;
use crate::export::{LayerCopies, PlaceWanted};
use crate::map_view::{Basemaps, MapView};
use crate::project::{CacheStanding, DeskWish, ProjectDesk, ProjectStanding, RecoveryFolder};
use crate::session::{Command, ProjectRequest, Request, Session, Wake};
use crate::ui::{Readings, WindowState, tile_words, window_ui};

/// What is wanted of the system, or of the user in a dialog of the system.
#[derive(Debug)]
pub enum Errand {
    /// Which files to open as layers.
    ChooseLayerFiles,
    /// Which pack of tiles to take for a base map.
    ChooseBasemapPack,
    /// Where a copy of a layer is to be written.
    ChooseWhereToCopy(PlaceWanted),
    /// What the project waits for.
    Project(DeskWish),
    /// Tiles and prepared copies on the disk are to go.
    ClearCaches,
    /// An address that was shown and agreed to.
    OpenLink(String),
}

/// The session and everything that shows it.
pub struct Workspace {
    /// What is open, and how it is shown.
    pub session: Session,
    /// What the panels remember between two frames.
    pub window: WindowState,
    /// The project's file, its copies and its questions.
    pub desk: ProjectDesk,
    map: MapView,
    basemaps: Basemaps,
    copies: LayerCopies,
    /// What was under the pointer in the last frame.
    pointer: Option<LonLat>,
    /// Before the first frame the map's size is not known, and no view can be fitted into it.
    is_laid_out: bool,
    errands: Vec<Errand>,
}

impl Workspace {
    /// Around a session; `recovery` is where copies for the case of a crash lie, and `wake` is called by workers.
    pub fn new(session: Session, basemaps: Basemaps, recovery: Option<RecoveryFolder>, wake: Wake) -> Self {
        let copies = LayerCopies::new(wake.clone());
        let desk = ProjectDesk::new(wake, recovery, &session);
        Self {
            session,
            window: WindowState::default(),
            desk,
            map: MapView::default(),
            basemaps,
            copies,
            pointer: None,
            is_laid_out: false,
            errands: Vec::new(),
        }
    }

    /// What has come to be wanted since this was asked last.
    pub fn take_errands(&mut self) -> Vec<Errand> {
        std::mem::take(&mut self.errands)
    }

    /// The pictures of tiles in memory are of files that are gone.
    pub fn forget_pictures(&mut self) {
        self.basemaps.forget_pictures();
    }

    /// Applies the commands one after the other, and carries out what they ask of the world outside.
    pub fn apply_all(&mut self, ctx: &egui::Context, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            if let Some(request) = self.session.apply(command) {
                self.carry_out(ctx, request);
            }
        }
    }

    /// Carries out one such request, or makes an errand of it.
    pub fn carry_out(&mut self, ctx: &egui::Context, request: Request) {
        match request {
            Request::MoveCamera(to) if self.session.settings().reduced_motion => {
                self.session.apply(Command::CarryViewport(to));
            }
            Request::MoveCamera(to) => {
                self.map.fly_to(&self.session, to, ctx.input(|input| input.time));
                ctx.request_repaint();
            }
            Request::ChooseLayerFiles => self.errands.push(Errand::ChooseLayerFiles),
            Request::ChooseBasemapPack => self.errands.push(Errand::ChooseBasemapPack),
            Request::ClearCaches => self.errands.push(Errand::ClearCaches),
            Request::CopyText(text) => ctx.copy_text(text),
            Request::ShowLink(url) => self.window.ask_link(url),
            Request::OpenLink(url) => self.errands.push(Errand::OpenLink(url)),
            Request::Copy(request) => {
                let wanted = self.copies.carry_out(request, &mut self.session);
                self.errands.extend(wanted.map(Errand::ChooseWhereToCopy));
            }
            Request::Project(request) => {
                let wish = self.desk.carry_out(request, &mut self.session);
                self.errands.extend(wish.map(Errand::Project));
            }
        }
    }

    /// Once a frame and before it: takes in what workers have done, answers the button that closes the window, and plans
    /// the next look.
    pub fn work(&mut self, ctx: &egui::Context) {
        if self.is_laid_out
            && let Some(request) = self.session.tick()
        {
            self.carry_out(ctx, request);
        }
        let wish = self.desk.tick(&mut self.session);
        self.errands.extend(wish.map(Errand::Project));
        self.copies.tick(&mut self.session);
        self.follow_close_button(ctx);
        if let Some(soon) = self.desk.next_look() {
            ctx.request_repaint_after(soon);
        }
    }

    /// The system asks to close the window: not while something would be lost that nobody was asked about.
    fn follow_close_button(&mut self, ctx: &egui::Context) {
        if ctx.input(|input| input.viewport().close_requested()) && self.desk.has_unsaved(&self.session) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.carry_out(ctx, Request::Project(ProjectRequest::Quit));
        }
    }

    /// Draws everything, and does what is asked for there; how the project stood when it was drawn. `caches` is what the disk
    /// keeps.
    pub fn show(&mut self, root: &mut egui::Ui, caches: CacheStanding) -> ProjectStanding {
        self.basemaps.follow(self.session.settings(), self.session.theme());
        let (tiles, tiles_in_trouble) = tile_words(&self.basemaps.status());
        let hosts = self.basemaps.contacted_hosts();
        let readings = Readings {
            pointer: self.pointer,
            tiles: &tiles,
            tiles_in_trouble,
            project: self.desk.standing(),
            hosts: &hosts,
            copying: self.copies.progress(),
            caches,
        };
        let mut commands = Vec::new();
        let Self { session, map, basemaps, pointer, window, .. } = self;
        window_ui(root, session, &readings, window, &mut commands, |ui, commands| {
            *pointer = map.ui(ui, session, basemaps, None, commands).pointer;
        });
        let project = readings.project;
        self.apply_all(root.ctx(), commands);
        if !self.is_laid_out {
            self.is_laid_out = true;
            root.ctx().request_repaint();
        }
        project
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::map_view::install_fonts;
    use crate::project::DeskQuestion;
    use crate::session::Settings;

    /// Whether the window stays open in a frame in which the system asks to close it.
    fn stays_open(workspace: &mut Workspace, ctx: &egui::Context) -> bool {
        let mut input = egui::RawInput::default();
        let events = vec![egui::ViewportEvent::Close];
        input.viewports.insert(input.viewport_id, egui::ViewportInfo { events, ..Default::default() });
        let mut output = ctx.run_ui(input, |ui| {
            workspace.work(ui.ctx());
            workspace.show(ui, CacheStanding::default());
        });
        // Nothing is drawn here.
        output.textures_delta.clear();
        let root = &output.viewport_output[&egui::ViewportId::ROOT];
        root.commands.contains(&egui::ViewportCommand::CancelClose)
    }

    #[test]
    fn the_window_is_not_closed_over_what_nobody_was_asked_about() {
        let ctx = egui::Context::default();
        install_fonts(&ctx);
        let wake: Wake = Arc::new(|| ());
        let session = Session::new(Settings::default(), wake.clone());
        let mut workspace = Workspace::new(session, Basemaps::for_picture(&ctx, true), None, wake);
        assert!(!stays_open(&mut workspace, &ctx), "nothing is lost");
        let pasted = r#"{"type":"Point","coordinates":[36.6,35.9]}"#;
        workspace.apply_all(&ctx, [Command::PasteGeoJson(pasted.to_owned())]);
        workspace.session.settle();
        assert!(stays_open(&mut workspace, &ctx));
        assert!(matches!(workspace.desk.standing().question, Some(DeskQuestion::Unsaved { .. })));
    }
}
