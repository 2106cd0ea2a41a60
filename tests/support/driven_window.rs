//! The real program in a real window, driven from outside: events in, accessibility tree and pictures out.

use std::fs::File;
use std::io::BufReader;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use eframe::egui::accesskit::{Node, NodeId, TreeUpdate};
use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2,
    pos2,
};
use egui_inspection::protocol::read_handshake;
use egui_inspection::{Request, Response, read_message, write_message};

use crate::hidden_display::HiddenDisplay;

/// How long anything may take. Two busy cores and a graphics driver in software are slow; a wait that is over early
/// costs nothing.
const PATIENCE: Duration = Duration::from_secs(180);
const BETWEEN_LOOKS: Duration = Duration::from_millis(60);

/// A running sitmap.
pub struct DrivenWindow {
    program: Child,
    requests: TcpStream,
    responses: BufReader<TcpStream>,
    pictures: PathBuf,
    log: PathBuf,
}

impl DrivenWindow {
    /// Starts the program with a home folder of its own, so that nothing of the user's is read or written.
    pub fn open(display: &HiddenDisplay, home: &Path, arguments: &[&str]) -> Self {
        let pictures = pictures_folder();
        let log = pictures.join("window.log");
        let address = free_address();
        let messages = File::create(&log).expect("the log can be written");
        let mut program = Command::new(env!("CARGO_BIN_EXE_sitmap"));
        program.args(arguments).current_dir(home).env("HOME", home).env("DISPLAY", &display.name);
        program.env_remove("WAYLAND_DISPLAY").env("EGUI_INSPECTION", &address).env("RUST_BACKTRACE", "1");
        for folder in ["RUNTIME_DIR", "CONFIG_HOME", "CACHE_HOME", "DATA_HOME", "STATE_HOME"] {
            let path = home.join(folder);
            make_private_folder(&path);
            program.env(format!("XDG_{folder}"), path);
        }
        program.stdout(messages.try_clone().expect("a second handle")).stderr(messages);
        let mut program = program.spawn().expect("the program starts");
        let requests = connect(&address, &mut program, &log);
        let responses = BufReader::new(requests.try_clone().expect("a second handle"));
        let mut window = Self { program, requests, responses, pictures, log };
        read_handshake(&mut window.responses).expect("the window speaks the inspection protocol");
        window
    }

    /// The tree that a screen reader is told.
    pub fn tree(&mut self) -> Tree {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match self.ask(&Request::GetTree) {
                Response::Tree { accesskit: Some(update), .. } => return Tree::new(update),
                _ => std::thread::sleep(BETWEEN_LOOKS),
            }
        }
        panic!("the window has no accessibility tree; {}", self.messages());
    }

    /// Looks at the tree until it shows what is waited for.
    pub fn wait_for<T>(&mut self, what: &str, mut look: impl FnMut(&Tree) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            let tree = self.tree();
            if let Some(found) = look(&tree) {
                return found;
            }
            if began.elapsed() > PATIENCE {
                self.take_picture("failed");
                panic!(
                    "waited in vain for {what}. The tree says:\n{}\n{}",
                    tree.texts().join("\n"),
                    self.messages()
                );
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Waits until the window shows a text that contains this.
    pub fn wait_for_text(&mut self, part: &str) -> String {
        self.wait_for(part, |tree| tree.text_with(part))
    }

    /// Waits until nothing that is written in the window changes any more; a moving map changes the coordinates.
    pub fn settle(&mut self) {
        let began = Instant::now();
        let mut before = self.tree();
        while began.elapsed() < PATIENCE {
            std::thread::sleep(BETWEEN_LOOKS);
            let now = self.tree();
            if now == before {
                return;
            }
            before = now;
        }
        panic!("the window does not come to rest; {}", self.messages());
    }

    pub fn move_pointer(&mut self, to: Pos2) {
        self.send(vec![Event::PointerMoved(to)]);
    }

    pub fn click(&mut self, at: Pos2) {
        self.move_pointer(at);
        self.press(at, true);
        self.press(at, false);
    }

    /// Presses, moves in steps, rests, and lets go: without the rest the map would glide on.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.move_pointer(from);
        self.press(from, true);
        for step in 1..=8 {
            self.move_pointer(from.lerp(to, step as f32 / 8.0));
        }
        self.move_pointer(to);
        self.settle();
        self.press(to, false);
    }

    /// One notch of a mouse wheel for each step; towards the screen is positive.
    pub fn turn_wheel(&mut self, at: Pos2, notches: i32) {
        self.move_pointer(at);
        for _ in 0..notches.abs() {
            self.send(vec![Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: Vec2::new(0.0, notches.signum() as f32),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }]);
        }
    }

    pub fn press_key(&mut self, key: Key, modifiers: Modifiers) {
        for pressed in [true, false] {
            self.send(vec![Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }]);
        }
    }

    /// Types into what has the focus, in place of what stands there.
    pub fn type_instead(&mut self, text: &str) {
        self.press_key(Key::A, Modifiers::COMMAND | Modifiers::CTRL);
        self.send(vec![Event::Text(text.to_owned())]);
    }

    /// Writes what the window shows to `NAME.png` among the pictures.
    pub fn take_picture(&mut self, name: &str) -> PathBuf {
        let path = self.pictures.join(format!("{name}.png"));
        let Response::Screenshot(picture) = self.ask(&Request::GetScreenshot { pixels_per_point: None })
        else {
            panic!("the window gives no picture; {}", self.messages());
        };
        std::fs::write(&path, &picture.bytes).expect("the picture can be written");
        path
    }

    /// Asks the program to close and waits until it has ended.
    pub fn quit(mut self) -> ExitStatus {
        let quit = Event::Key {
            key: Key::Q,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND | Modifiers::CTRL,
        };
        // The window may be gone before it can answer.
        let _ = write_message(&mut self.requests, &Request::ApplyEvents { events: vec![quit] });
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.program.try_wait().expect("the program can be asked") {
                return status;
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
        panic!("the window does not close; {}", self.messages());
    }

    fn press(&mut self, pos: Pos2, pressed: bool) {
        let button = PointerButton::Primary;
        self.send(vec![Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE }]);
    }

    fn send(&mut self, events: Vec<Event>) {
        let answer = self.ask(&Request::ApplyEvents { events });
        assert!(
            matches!(answer, Response::Done),
            "the window did not take the event: {answer:?}; {}",
            self.messages()
        );
    }

    fn ask(&mut self, request: &Request) -> Response {
        let sent = write_message(&mut self.requests, request);
        let answer = sent.and_then(|()| read_message(&mut self.responses));
        answer.unwrap_or_else(|error| panic!("the window does not answer ({error}); {}", self.messages()))
    }

    fn messages(&self) -> String {
        format!("it wrote:\n{}", std::fs::read_to_string(&self.log).unwrap_or_default())
    }
}

impl Drop for DrivenWindow {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// One state of the accessibility tree.
#[derive(PartialEq)]
pub struct Tree {
    nodes: Vec<(NodeId, Node)>,
}

impl Tree {
    fn new(update: TreeUpdate) -> Self {
        let mut nodes = update.nodes;
        // They come in any order.
        nodes.sort_by_key(|&(id, _)| id);
        Self { nodes }
    }

    /// The words of each node that has any: the label of a control, the text of a paragraph.
    pub fn texts(&self) -> Vec<String> {
        self.nodes.iter().filter_map(|(_, node)| words_of(node)).map(str::to_owned).collect()
    }

    /// The first text that contains this.
    pub fn text_with(&self, part: &str) -> Option<String> {
        self.texts().into_iter().find(|text| text.contains(part))
    }

    /// Where the node with exactly these words is, in points.
    pub fn rect_of(&self, words: &str) -> Option<Rect> {
        self.rect_where(|other| other == words)
    }

    /// Where the first node whose words are such is, in points.
    pub fn rect_where(&self, are_meant: impl Fn(&str) -> bool) -> Option<Rect> {
        let node = self.nodes.iter().find(|(_, node)| words_of(node).is_some_and(&are_meant));
        node.and_then(|(_, node)| rect_of(node))
    }

    /// The texts that begin in this part of the window.
    pub fn texts_in(&self, part: Rect) -> impl Iterator<Item = &str> {
        let begins_there = move |node: &Node| rect_of(node).is_some_and(|rect| part.contains(rect.min));
        self.nodes.iter().filter(move |(_, node)| begins_there(node)).filter_map(|(_, node)| words_of(node))
    }
}

fn rect_of(node: &Node) -> Option<Rect> {
    let bounds = node.bounds()?;
    let corner = |x: f64, y: f64| pos2(x as f32, y as f32);
    Some(Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1)))
}

fn words_of(node: &Node) -> Option<&str> {
    node.label().or_else(|| node.value()).filter(|words| !words.trim().is_empty())
}

/// Beside the built program, so that they outlive the test and are easy to find.
fn pictures_folder() -> PathBuf {
    let target = Path::new(env!("CARGO_BIN_EXE_sitmap")).ancestors().nth(2).expect("target/profile/program");
    let folder = target.join("window-pictures");
    std::fs::create_dir_all(&folder).expect("the folder of the pictures can be made");
    folder
}

fn make_private_folder(path: &Path) {
    use std::os::unix::fs::DirBuilderExt as _;
    let made = std::fs::DirBuilder::new().mode(0o700).recursive(true).create(path);
    made.expect("the folder can be made");
}

/// A loopback port that was free a moment ago.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    listener.local_addr().expect("a bound port has an address").to_string()
}

fn connect(address: &str, program: &mut Child, log: &Path) -> TcpStream {
    let began = Instant::now();
    let trouble = loop {
        match TcpStream::connect(address) {
            Ok(stream) => {
                stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
                return stream;
            }
            Err(error) if began.elapsed() > PATIENCE => break format!("{error}"),
            Err(_) => {}
        }
        if let Some(status) = program.try_wait().expect("the program can be asked") {
            break format!("the program ended with {status}");
        }
        std::thread::sleep(BETWEEN_LOOKS);
    };
    let _ = program.kill();
    let messages = std::fs::read_to_string(log).unwrap_or_default();
    panic!("the window does not open: {trouble}; it wrote:\n{messages}");
}
