//! The window with its map, its clipboard and its project files, for whoever does anything with it; and what must hold
//! whatever was done.

use std::any::Any;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    self, DroppedFile, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    TexturesDelta, TouchPhase, Vec2,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, TestRenderer};
use sitmap::coords::Viewport;
use sitmap::map_view::{Basemaps, install_fonts};
use sitmap::project::{CacheStanding, DeskQuestion, DeskWish, ProjectDesk, RecoveryFolder};
use sitmap::session::{
    Basemap, Command, CopyRequest, FeatureRef, FilterCommand, HOME_EXTENT, LayerId, Panel, ProjectRequest,
    Request, Session, Settings, SituationFilter, TableCommand, ThemeChoice, TimeCommand, UnsavedAnswer, Wake,
    keep_little_freed_memory,
};
use sitmap::symbology::thousands;
use sitmap::ui::{OpenWindow, install_theme};
use sitmap::workspace::{Errand, Workspace};

use crate::counting_allocator::held_bytes;
use crate::random_actions::{
    AREAS, Action, Files, LARGEST_SCALE, LONGEST_TEXT, LONGEST_TIMES, Numbers, SMALLEST_SCALE, place,
};

const USUAL_SIZE: [f32; 2] = [1280.0, 800.0];
/// Room for all views at once.
const ROOMY_SIZE: [f32; 2] = [1600.0, 1400.0];

/// From where all of the country is seen to where single villages are.
const ZOOMS_OF_MOST_NAMES: std::ops::RangeInclusive<u8> = 6..=12;
/// Points; as high as the window has room for.
const TALLEST_TABLE: f32 = 3_000.0;
/// So many layers lie on the map at its fullest, each with its part of the legend.
const MOST_LAYERS: usize = 60;

static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What panicked anywhere, on a worker too, whether or not somebody was told.
pub fn panics() -> Vec<String> {
    PANICS.lock().map(|panics| panics.clone()).unwrap_or_default()
}

fn note_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let trace = std::backtrace::Backtrace::force_capture().to_string();
        let ours: Vec<&str> = trace.lines().filter(|line| line.contains("sitmap")).take(30).collect();
        if let Ok(mut panics) = PANICS.lock() {
            panics.push(format!("{panic}\n{}", ours.join("\n")));
        }
        before(panic);
    }));
}

/// Draws nothing, and keeps no picture: the usual one of such a harness hoards what it may have to draw one day.
struct Nowhere;

impl TestRenderer for Nowhere {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        delta.clear();
    }

    fn render(&mut self, _: &egui::Context, _: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        Err("nothing is drawn here".to_owned())
    }
}

struct App {
    workspace: Workspace,
    wishes: Vec<DeskWish>,
    copies_folder: PathBuf,
}

impl App {
    fn new(ctx: &egui::Context, recovery: &Path, copies_folder: &Path) -> Self {
        let settings = Settings {
            online_note_answered: true,
            theme_choice: ThemeChoice::Light,
            work_offline: true,
            ..Settings::default()
        };
        let repaint = ctx.clone();
        let wake: Wake = Arc::new(move || repaint.request_repaint());
        let mut session = Session::new(settings, wake.clone());
        session.keep_log();
        session.open_bundled_situation();
        session.settle();
        let recovery = RecoveryFolder::at(recovery.to_owned());
        // OpenStreetMap's servers are refused there, whatever is chosen.
        let basemaps = Basemaps::for_picture(ctx, true);
        let workspace = Workspace::new(session, basemaps, Some(recovery), wake);
        Self { workspace, wishes: Vec::new(), copies_folder: copies_folder.to_owned() }
    }

    /// As `viewer.rs` does it, without what only a display has: file dialogs, the browser.
    fn frame(&mut self, ui: &mut egui::Ui) {
        self.workspace.work(ui.ctx());
        self.do_errands(ui.ctx());
        self.workspace.show(ui, CacheStanding::default());
        self.do_errands(ui.ctx());
    }

    fn apply_all(&mut self, ctx: &egui::Context, commands: Vec<Command>) {
        self.workspace.apply_all(ctx, commands);
        self.do_errands(ctx);
    }

    fn do_errands(&mut self, ctx: &egui::Context) {
        for errand in self.workspace.take_errands() {
            match errand {
                Errand::Project(wish) => self.wishes.push(wish),
                Errand::ChooseWhereToCopy(wanted) => {
                    // What a dialog of the system would answer.
                    let to = CopyRequest::WriteTo(wanted.number, self.copies_folder.join(wanted.name));
                    self.workspace.carry_out(ctx, Request::Copy(to));
                }
                // The folders of the user are not the test's to clear.
                Errand::ChooseLayerFiles
                | Errand::ChooseBasemapPack
                | Errand::ClearCaches
                | Errand::OpenLink(_) => {}
            }
        }
    }

    fn ask_desk(&mut self, ctx: &egui::Context, request: ProjectRequest) {
        self.workspace.carry_out(ctx, Request::Project(request));
        self.do_errands(ctx);
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The window of somebody who does anything.
pub struct WildWindow {
    harness: Harness<'static, Option<App>>,
    pub files: Files,
    folder: tempfile::TempDir,
    /// Where copies for the case of a crash lie now.
    recovery: PathBuf,
    crashes: usize,
    /// What was read of the user's layers, as long as anything holds it.
    layers_read: Vec<(String, Weak<dyn Any>)>,
}

impl WildWindow {
    pub fn open() -> Self {
        note_panics();
        // As the program does it when it opens its window.
        keep_little_freed_memory();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::write(folder.path());
        let builder = Harness::builder().with_size(USUAL_SIZE).with_step_dt(0.1).allow_missing_glyphs();
        let builder = builder.renderer(Nowhere);
        let builder = builder.with_context_setup(|ctx| {
            install_fonts(ctx);
            install_theme(ctx, sitmap::symbology::Theme::Light, 1.0);
        });
        let recovery = folder.path().join("recovery");
        let (copies, copies_folder) = (recovery.clone(), folder.path().join("copies"));
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            app.get_or_insert_with(|| App::new(ui.ctx(), &copies, &copies_folder)).frame(ui);
        };
        let harness = builder.build_ui_state(frame, None);
        Self { harness, files, folder, recovery, crashes: 0, layers_read: Vec::new() }
    }

    fn app(&self) -> &App {
        self.harness.state().as_ref().expect("it is made in the first frame")
    }

    fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut().as_mut().expect("it is made in the first frame")
    }

    fn ask_desk(&mut self, request: ProjectRequest) {
        let ctx = self.harness.ctx.clone();
        self.app_mut().ask_desk(&ctx, request);
    }

    pub fn session(&self) -> &Session {
        &self.app().workspace.session
    }

    fn size(&self) -> Vec2 {
        self.harness.ctx.content_rect().size()
    }

    fn apply(&mut self, command: Command) {
        let ctx = self.harness.ctx.clone();
        self.app_mut().apply_all(&ctx, vec![command]);
    }

    /// Does one thing, and looks at what comes of it.
    pub fn act(&mut self, action: &Action, numbers: &mut Numbers) {
        let size = self.size();
        match action {
            Action::Command(command) => self.apply((**command).clone()),
            Action::ClickNamed { nth, secondary } => {
                if let Some(at) = self.named(*nth) {
                    self.click(at, *secondary);
                }
            }
            Action::ClickAt { at, secondary } => self.click(place(*at, size), *secondary),
            Action::Drag { from, to } => self.drag(place(*from, size), place(*to, size)),
            Action::Wheel { at, by, modifiers } => self.turn_wheel(place(*at, size), *by, *modifiers),
            Action::Press(key, modifiers) => self.press(*key, *modifiers),
            Action::Type(text) => self.at_once([Event::Text(text.clone())]),
            Action::Paste(text) => self.at_once([Event::Paste(text.clone())]),
            Action::Copy => self.at_once([Event::Copy]),
            Action::Drop(paths) => {
                let files =
                    paths.iter().map(|path| Arc::new(Dropped(path.clone())) as egui::DroppedFileHandle);
                self.harness.input_mut().dropped_files.extend(files);
            }
            Action::Resize { points, pixels_per_point } => {
                self.resize(*points, *pixels_per_point);
            }
            Action::Wait(frames) => (0..*frames).for_each(|_| self.harness.step()),
            Action::Project(request) => self.ask_desk(request.clone()),
            Action::CrashAndComeBack => self.crash_and_come_back(),
        }
        if !matches!(action, Action::Type(_) | Action::Paste(_) | Action::Copy | Action::Press(..)) {
            self.harness.step();
        }
        self.answer_wishes(numbers);
        if numbers.one_in(4) {
            // Workers come to their ends at their own time; now and then somebody waits for them.
            std::thread::sleep(Duration::from_millis(numbers.below(20) as u64));
            self.harness.step();
        }
        self.assert_no_worker_failed();
        self.note_layers();
    }

    fn note_layers(&mut self) {
        let Self { harness, layers_read, .. } = self;
        let session = &harness.state().as_ref().expect("it is made in the first frame").workspace.session;
        let users = session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none());
        for entry in users {
            let Some(content) = session.content(entry.id) else { continue };
            let data = content.data().map(|data| Arc::downgrade(data) as Weak<dyn Any>);
            let events = content.events().map(|events| Arc::downgrade(events) as Weak<dyn Any>);
            for (what, part) in [("features", data), ("events", events)] {
                let Some(part) = part else { continue };
                if !layers_read.iter().any(|(_, known)| known.ptr_eq(&part)) {
                    layers_read.push((format!("{what} of {:?} {}", entry.id, entry.title), part));
                }
            }
        }
    }

    /// Of a map that is closed nothing may be held, by no view and by no list.
    fn assert_no_layer_is_held(&mut self) {
        self.layers_read.retain(|(_, data)| data.strong_count() > 0);
        let held: Vec<&String> = self.layers_read.iter().map(|(name, _)| name).collect();
        assert!(held.is_empty(), "the map is closed, and these layers are held: {held:?}");
    }

    /// The middle of what the tree names, of which there are many.
    fn named(&self, nth: usize) -> Option<Pos2> {
        let window = self.harness.ctx.content_rect();
        let nodes = self.harness.root().children_recursive();
        let named = nodes.filter(|node| {
            let node = node.accesskit_node();
            let says = node.label().is_some_and(|label| !label.is_empty()) || node.value().is_some();
            says && node.role() != Role::Label
        });
        let places: Vec<Pos2> =
            named.filter_map(|node| middle_of(&node)).filter(|at| window.contains(*at)).collect();
        places.get(nth.checked_rem(places.len())?).copied()
    }

    /// As a window on a screen of that density.
    fn resize(&mut self, points: Vec2, pixels_per_point: f32) {
        let input = self.harness.input_mut();
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(pixels_per_point);
        }
        self.harness.set_size(points);
        self.harness.step();
    }

    /// Events that come in one frame.
    fn at_once(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }

    fn click(&mut self, at: Pos2, secondary: bool) {
        let button = if secondary { PointerButton::Secondary } else { PointerButton::Primary };
        self.at_once([Event::PointerMoved(at), button_at(at, button, true)]);
        self.at_once([button_at(at, button, false)]);
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        let button = PointerButton::Primary;
        self.at_once([Event::PointerMoved(from), button_at(from, button, true)]);
        self.at_once([Event::PointerMoved(from.lerp(to, 0.5))]);
        self.at_once([Event::PointerMoved(to)]);
        self.at_once([button_at(to, button, false)]);
    }

    fn turn_wheel(&mut self, at: Pos2, by: Vec2, modifiers: Modifiers) {
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: by,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers,
        };
        self.at_once([Event::PointerMoved(at), wheel]);
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        self.at_once([true, false].map(|pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        }));
    }

    /// What a dialog of the system would answer.
    fn answer_wishes(&mut self, numbers: &mut Numbers) {
        for wish in std::mem::take(&mut self.app_mut().wishes) {
            let path = self.files.project(numbers);
            let answer = match wish {
                _ if numbers.one_in(4) => continue,
                DeskWish::ChooseToOpen => ProjectRequest::Open { path, then: Vec::new() },
                DeskWish::ChooseWhereToSave(_) => ProjectRequest::SaveTo(path),
                DeskWish::ChooseWhereToLog(name) => {
                    ProjectRequest::ExportLogTo(self.folder.path().join(name))
                }
                DeskWish::CloseWindow => {
                    self.begin_anew(self.recovery.clone());
                    continue;
                }
            };
            self.ask_desk(answer);
        }
    }

    /// The copies for the case of a crash, as they lie there now, are found by a program that starts.
    fn crash_and_come_back(&mut self) {
        self.crashes += 1;
        let new = self.folder.path().join(format!("crash {}", self.crashes));
        std::fs::create_dir_all(&new).expect("a folder can be made");
        for file in std::fs::read_dir(&self.recovery).into_iter().flatten().flatten() {
            // What is just being written is gone a moment later.
            let _ = std::fs::copy(file.path(), new.join(file.file_name()));
        }
        self.begin_anew(new);
    }

    /// What a program that starts knows of projects.
    fn begin_anew(&mut self, recovery: PathBuf) {
        let workspace = &mut self.app_mut().workspace;
        let folder = Some(RecoveryFolder::at(recovery.clone()));
        workspace.desk = ProjectDesk::new(Arc::new(|| ()), folder, &workspace.session);
        self.recovery = recovery;
    }

    fn assert_no_worker_failed(&self) {
        let failed: Vec<&str> = self.session().notices().map(|notice| notice.message.as_str()).collect();
        assert!(
            !failed.iter().any(|message| message.to_lowercase().contains("went wrong in the program")),
            "{failed:?}"
        );
    }

    /// Until nothing is read or made any more.
    fn settle(&mut self) {
        for _ in 0..3 {
            (0..3).for_each(|_| self.harness.step());
            self.app_mut().workspace.session.settle();
            self.note_layers();
        }
        for _ in 0..2_000 {
            self.harness.step();
            if self.app().workspace.desk.standing().at_work.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.assert_no_worker_failed();
    }

    /// Nothing in front, everything that counts unfolded.
    fn lay_out(&mut self, size: [f32; 2]) {
        // A new scale makes the window smaller in points, a frame after it is asked for: it comes before the size.
        self.apply(Command::SetInterfaceScale(1.0));
        (0..2).for_each(|_| self.harness.step());
        self.resize(Vec2::from(size), 1.0);
        for _ in 0..2 {
            self.press(Key::Escape, Modifiers::NONE);
        }
        self.harness.remove_cursor();
        self.app_mut().workspace.window.open_window = None;
        let panels = [Panel::Layers, Panel::Details, Panel::Timeline, Panel::Table, Panel::FilterBar];
        let open = panels.map(|panel| Command::SetPanelOpen { panel, open: true });
        let usual = [
            Command::SetTheme(ThemeChoice::Light),
            Command::SetBasemap(Basemap::Bundled),
            Command::SetWorkOffline(true),
            Command::Table(TableCommand::SetHeight(300.0)),
            Command::Time(TimeCommand::SetPlaying(false)),
            Command::StopMeasuring,
            Command::StopDrawingArea,
        ];
        open.into_iter().chain(usual).for_each(|command| self.apply(command));
        // Nobody waits for the answer to these.
        for _ in 0..20 {
            match self.app().workspace.desk.standing().question {
                Some(DeskQuestion::Passphrase { .. }) => {
                    self.ask_desk(ProjectRequest::LeaveClosed);
                }
                Some(DeskQuestion::Unsaved { .. }) => {
                    self.ask_desk(ProjectRequest::Unsaved(UnsavedAnswer::Stay));
                }
                Some(DeskQuestion::Recover { .. }) => {
                    self.ask_desk(ProjectRequest::RecoverLater);
                }
                None => break,
            }
        }
        while self.session().notices().next().is_some() {
            self.apply(Command::DismissNotice);
        }
        self.settle();
    }

    fn texts(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let words = nodes.flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        });
        words.flatten().collect()
    }

    /// What a view says of itself: the number before `behind` in the text that begins with `before`.
    fn said(&self, before: &str, behind: &str) -> Option<usize> {
        let number = |text: String| {
            let (head, _) = text.strip_prefix(before)?.split_once(behind)?;
            head.rsplit(", ").next()?.replace(['\u{202f}', ','], "").trim().parse().ok()
        };
        self.texts().into_iter().find_map(number)
    }

    fn click_named(&mut self, label: &str) {
        let at = self.harness.root().children_recursive().find_map(|node| {
            let is_it = node.accesskit_node().label().is_some_and(|words| words == label);
            is_it.then(|| middle_of(&node)).flatten()
        });
        if let Some(at) = at {
            self.click(at, false);
            self.harness.step();
        }
    }

    /// List, map, timeline and table count the same, as it is, at any time, and without a filter; how many events each time.
    pub fn assert_views_agree(&mut self) -> [usize; 3] {
        self.lay_out(ROOMY_SIZE);
        // A menu that is still open takes the first click to itself.
        for _ in 0..3 {
            self.click_named("Events");
            if !self.texts().iter().any(|words| words == "Open file…") {
                break;
            }
        }
        let any_time = Command::Time(TimeCommand::SetWindow(None));
        let no_filter = Command::Filter(FilterCommand::Set(SituationFilter::default()));
        let counts = [None, Some(any_time), Some(no_filter)].map(|command| {
            command.into_iter().for_each(|command| self.apply(command));
            self.settle();
            self.assert_counts_agree()
        });
        self.click_named("Layers");
        counts
    }

    fn assert_counts_agree(&mut self) -> usize {
        let session = self.session();
        let layers: Vec<LayerId> = session.event_layers().collect();
        let (shown, total) = (session.events_shown(), session.events_total());
        if total > 0 {
            let behind = format!(" of {} event", thousands(total as u64));
            assert_eq!(self.said("", &behind), Some(shown), "the list; {:#?}", self.texts());
            assert_eq!(self.said("Map, ", " event"), Some(shown), "the map; {:#?}", self.texts());
            // Somebody may have said that no column is the date.
            let on_timeline = session.time_axis().map(|_| shown);
            let behind = format!(" of {} shown", thousands(total as u64));
            assert_eq!(self.said("Timeline, ", &behind), on_timeline, "the timeline; {:#?}", self.texts());
        }
        for layer in layers {
            self.apply(Command::ChooseLayer(Some(layer)));
            self.settle();
            let content = self.session().content(layer).expect("a layer of events has a content");
            let shown = content.shown().map_or(content.len(), |shown| shown.count);
            let behind = format!(" of {} row", thousands(content.len() as u64));
            assert_eq!(self.said("", &behind), Some(shown), "the table of {layer:?}; {:#?}", self.texts());
        }
        shown
    }

    /// Every step is taken back and made again, and the map is as before; how many steps.
    pub fn assert_undo_and_redo_lead_back(&mut self) -> usize {
        let state = |window: &Self| window.session().project_state();
        let (now, mut steps) = (state(self), 0);
        while self.session().can_undo() {
            self.apply(Command::Undo);
            steps += 1;
            if steps % 50 == 0 {
                self.harness.step();
            }
        }
        let first = state(self);
        self.settle();
        (0..steps).for_each(|_| self.apply(Command::Redo));
        assert_eq!(state(self), now, "{steps} steps were made again");
        (0..steps).for_each(|_| self.apply(Command::Undo));
        assert_eq!(state(self), first, "{steps} steps were taken back a second time");
        self.settle();
        steps
    }

    /// Draws what is fullest, in every window and on large screens of many points. egui and the fonts keep their buffers as large
    /// as the largest picture ever was: how late chance comes to one says nothing of memory that is lost.
    pub fn show_the_fullest(&mut self, screens_drawn: usize) {
        // A window that was made at the largest scale has the most points at the smallest.
        let screens = [([2200.0, 500.0], 1.0), ([700.0, 1400.0], 2.0), ([1600.0, 1000.0], 2.0)]
            .map(|(size, pixels_per_point)| (LARGEST_SCALE, SMALLEST_SCALE, size, pixels_per_point));
        let small_letters_to_large =
            [0.75, 1.25, 1.75, LARGEST_SCALE].map(|scale| (scale, scale, USUAL_SIZE, 2.0));
        for _ in 0..MOST_LAYERS {
            self.apply(Command::PasteGeoJson(AREAS.to_owned()));
        }
        self.apply(Command::OpenFiles(self.files.fullest.clone()));
        for (made_at, scale, size, pixels_per_point) in
            screens.into_iter().chain(small_letters_to_large).take(screens_drawn)
        {
            self.lay_out(USUAL_SIZE);
            self.apply(Command::SetInterfaceScale(made_at));
            (0..2).for_each(|_| self.harness.step());
            self.resize(Vec2::from(size), pixels_per_point);
            self.apply(Command::SetInterfaceScale(scale));
            (0..2).for_each(|_| self.harness.step());
            self.settle();
            for zoom in ZOOMS_OF_MOST_NAMES {
                let size = self.session().viewport().size_points;
                let home = Viewport::fitting(HOME_EXTENT, size, 0.0).center_lon_lat();
                let there = Viewport::new(home, f64::from(zoom), size);
                self.apply(Command::SetViewport(there));
                self.settle();
            }
            self.apply(Command::Table(TableCommand::SetHeight(TALLEST_TABLE)));
            let catalogue = self.session().catalogue();
            let layers = catalogue.top_down().take(self.files.fullest.len()).map(|entry| entry.id);
            let layers: Vec<LayerId> = layers.chain(catalogue.find_bundled("strikes")).collect();
            for layer in layers {
                self.apply(Command::ChooseLayer(Some(layer)));
                self.apply(Command::SelectFeature(FeatureRef { layer, row: 0 }));
                self.settle();
                for window in [
                    OpenWindow::LoadReport(layer),
                    OpenWindow::Filter(layer),
                    OpenWindow::Events(layer),
                    OpenWindow::Import(layer),
                    OpenWindow::Copy(layer),
                ] {
                    self.open_window(window);
                }
            }
            for window in [
                OpenWindow::Settings,
                OpenWindow::Shortcuts,
                OpenWindow::About,
                OpenWindow::Project,
                OpenWindow::SaveView,
            ] {
                self.open_window(window);
            }
            self.app_mut().workspace.window.open_window = None;
            for tab in ["Report", "Events", "Layers"] {
                self.click_all(Role::Button, tab);
            }
            self.press(Key::K, Modifiers::COMMAND);
            self.at_once([Event::Text("a".to_owned())]);
            self.settle();
            self.press(Key::Escape, Modifiers::NONE);
            self.settle();
            self.click_all(Role::TextInput, "Filter of events");
            for _ in 0..2 {
                self.at_once([Event::Paste(LONGEST_TEXT.repeat(LONGEST_TIMES))]);
            }
            self.settle();
            self.press(Key::Escape, Modifiers::NONE);
        }
        self.settle();
    }

    fn click_all(&mut self, role: Role, label: &str) {
        let nodes = self.harness.query_all_by_role_and_label(role, label);
        let places: Vec<Pos2> = nodes.filter_map(|node| middle_of(&node)).collect();
        for at in places {
            self.click(at, false);
            self.settle();
        }
    }

    fn open_window(&mut self, window: OpenWindow) {
        self.app_mut().workspace.window.open_window = Some(window);
        (0..3).for_each(|_| self.harness.step());
    }

    /// What the program holds in memory in the one state that comes back: the map closed, the window as at first.
    pub fn memory_at_rest(&mut self) -> Held {
        // What is still being saved is waited for before anything is closed.
        self.settle();
        self.ask_desk(ProjectRequest::Protect(None));
        self.ask_desk(ProjectRequest::Close);
        self.ask_desk(ProjectRequest::Unsaved(UnsavedAnswer::Lose));
        self.lay_out(USUAL_SIZE);
        // Letters of other sizes are kept until many have come together; how many they are now is chance. Those of another
        // theme are drawn anew.
        for theme in [ThemeChoice::Dark, ThemeChoice::Light] {
            self.apply(Command::SetTheme(theme));
            self.harness.step();
        }
        let home = Viewport::fitting(HOME_EXTENT, self.session().viewport().size_points, 0.0);
        self.apply(Command::SetViewport(home));
        self.apply(Command::Table(TableCommand::LookAtColumn(None)));
        self.apply(Command::ClearSelection);
        self.apply(Command::PrepareSearch);
        self.settle();
        self.settle();
        self.assert_no_layer_is_held();
        give_back_freed_memory();
        Held {
            resident_kib: resident_kib(),
            allocated_kib: held_bytes() as u64 / 1024,
            popups: self.harness.ctx.viewport(|viewport| viewport.prev_pass.widgets.layer_ids().count()),
        }
    }
}

/// Of what has a place; the root of a window that has just begun has none.
fn middle_of(node: &egui_kittest::Node<'_>) -> Option<Pos2> {
    node.accesskit_node().bounding_box()?;
    Some(node.rect().center())
}

fn button_at(pos: Pos2, button: PointerButton, pressed: bool) -> Event {
    Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE }
}

/// As the program does after a large file: what is free and only kept for later is no memory that is lost.
fn give_back_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it takes no pointer and may be called by any thread at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// What a program holds in memory.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// What the system has lent it.
    pub resident_kib: u64,
    /// What it has asked for and not given back; the rest of the resident memory lies in pieces between.
    pub allocated_kib: u64,
    /// Panels, windows, menus and tips that were ever shown: egui keeps an entry for each.
    pub popups: usize,
}

/// Resident memory that is of no file: pages of the program itself come as they are needed, and are no loss. 0 where the
/// system does not tell.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
