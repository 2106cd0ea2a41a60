//! A tile server on this machine whose answers a test writes beforehand, and who remembers what it was asked.

#![allow(dead_code, reason = "each test plays and asks for what it needs")]

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Between two bytes of an answer that drips. Shorter than a test waits for a byte: it is never silence.
const DRIP_PAUSE: Duration = Duration::from_millis(50);

/// One answer.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub ending: Ending,
}

/// How an answer ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// As it should.
    Whole,
    /// The connection is cut in the middle of the body.
    Cut,
    /// Nothing is ever sent.
    Silence,
    /// The connection is closed before a byte is sent.
    Reset,
    /// Half of the body, of which nobody said how long it would be, and the connection is closed.
    Unsized,
    /// The body comes a byte at a time.
    Drip,
    /// Already the headers come a byte at a time.
    DripHead,
}

impl Answer {
    pub fn new(status: u16, body: &[u8]) -> Self {
        Self { status, headers: Vec::new(), body: body.to_vec(), ending: Ending::Whole }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }
}

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
}

#[derive(Default)]
struct State {
    /// What to answer next; the last one is answered for ever.
    script: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

/// The server; it ends with the test program.
pub struct TileServer {
    address: String,
    state: Arc<State>,
}

impl TileServer {
    /// Starts with answers for the first requests; the last one serves all that follow.
    pub fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
        let address = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(State { script: Mutex::new(script.into_iter().collect()), ..State::default() });
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = shared.clone();
                state.connections.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || serve(&stream, &state));
            }
        });
        Self { address, state }
    }

    pub fn template(&self) -> String {
        self.url("/{z}/{x}/{y}.png")
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("an address has a port")
    }

    /// From now on it answers with this.
    pub fn answer(&self, answer: Answer) {
        *self.state.script.lock().unwrap() = VecDeque::from([answer]);
    }

    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    pub fn most_at_once(&self) -> usize {
        self.state.most_at_once.load(Ordering::SeqCst)
    }
}

fn serve(stream: &TcpStream, state: &State) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader) {
        let at_once = state.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        state.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        let answer = {
            let mut script = state.script.lock().unwrap();
            state.requests.lock().unwrap().push(request);
            if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
        };
        let goes_on = answer.is_some_and(|answer| send(stream, &answer));
        state.at_once.fetch_sub(1, Ordering::SeqCst);
        if !goes_on {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn read_request(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => return Some(Request { path, headers }),
        };
    }
}

/// Whether the connection stays open for another request.
fn send(mut stream: &TcpStream, answer: &Answer) -> bool {
    match answer.ending {
        Ending::Silence => {
            // Until the other side gives up.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
            return false;
        }
        Ending::Reset => return false,
        Ending::Whole | Ending::Cut | Ending::Unsized | Ending::Drip | Ending::DripHead => {}
    }
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if answer.status != 304 && answer.ending != Ending::Unsized {
        head.push_str(&format!("content-length: {}\r\n", answer.body.len()));
    }
    head.push_str("\r\n");
    let is_half = matches!(answer.ending, Ending::Cut | Ending::Unsized);
    let sent = if is_half { answer.body.len() / 2 } else { answer.body.len() };
    let (head, body) = (head.as_bytes(), &answer.body[..sent]);
    let written = match answer.ending {
        Ending::DripHead => drip(stream, head),
        Ending::Drip => stream.write_all(head).and_then(|()| drip(stream, body)),
        _ => stream.write_all(head).and_then(|()| stream.write_all(body)),
    };
    written.is_ok() && answer.ending == Ending::Whole
}

fn drip(mut stream: &TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    bytes.chunks(1).try_for_each(|byte| {
        std::thread::sleep(DRIP_PAUSE);
        stream.write_all(byte)
    })
}
