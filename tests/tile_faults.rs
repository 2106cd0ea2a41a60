//! Servers that do everything wrong: for each fault the map says in words what it is, asks as seldom as it should, and is
//! back when the server is.

// The helpers of a test may fail it, too.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/test_window.rs"]
mod test_window;
#[path = "support/tile_map.rs"]
mod tile_map;
#[path = "support/tile_server.rs"]
mod tile_server;
#[path = "support/tls_server.rs"]
mod tls_server;

use std::net::{IpAddr, TcpListener, ToSocketAddrs};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sitmap::session::Session;
use sitmap::tiles::{BasemapChoice, MAX_TILE_BYTES, Network, OfflineSwitch, TileStatus, XyzSource};
use test_window::open_with_tiles;
use tile_map::{
    HERE, HandClock, LONG, Map, impatient, map, map_through, map_waiting, map_with, picture, png, tile,
};
use tile_server::{Answer, Ending, TileServer};
use walkers::{TileId, Tiles};

/// When a tile that met a fault is asked for again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Again {
    /// Like a refusal: at most once a minute.
    Refusal,
    /// Like a failure: sooner and then later, but never later than eight seconds.
    Failure,
    /// After so many seconds, as the server asked.
    After(u64),
}

struct Fault {
    name: String,
    answer: Answer,
    /// What the status bar says of it.
    says: String,
    again: Again,
    /// Requests at each try.
    each: usize,
}

fn fault(name: &str, answer: Answer, says: &str, again: Again) -> Fault {
    Fault { name: name.to_owned(), answer, says: says.to_owned(), again, each: 1 }
}

fn status(code: u16) -> Answer {
    Answer::new(code, b"no")
}

fn retry_after(code: u16, seconds: &str) -> Answer {
    status(code).with("retry-after", seconds)
}

fn leading_to(place: &str) -> Answer {
    Answer::new(302, b"").with("location", place)
}

fn nobodys_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn gzip_bomb() -> Answer {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, &vec![0; 50_000_000]).unwrap();
    Answer::new(200, &packed.finish().unwrap()).with("content-encoding", "gzip")
}

/// One bit a pixel: few bytes, and many pixels.
fn huge_png(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![0x55; (side * side / 8) as usize]).unwrap();
    drop(writer);
    bytes
}

fn corrupt_png() -> Vec<u8> {
    let mut bytes = png(64);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8].fill(0xff);
    bytes
}

fn answers_with_a_status() -> Vec<Fault> {
    use Again::{After, Failure, Refusal};
    vec![
        fault("204", status(204), "has no tile here", Refusal),
        fault("400", status(400), "refuses this map", Refusal),
        fault("401", status(401), "refuses this map", Refusal),
        fault("403", status(403), "refuses this map", Refusal),
        fault("404", status(404), "has no tile here", Refusal),
        fault("410", status(410), "has no tile here", Refusal),
        fault("418", status(418), "refuses this map", Refusal),
        fault("429", status(429), "asks to be left alone for a while", Refusal),
        fault("429, two minutes", retry_after(429, "120"), "left alone for 120 seconds", After(120)),
        fault("429, five seconds", retry_after(429, "5"), "left alone for 5 seconds", Refusal),
        fault("429, for ever", retry_after(429, "99999999999"), "for 24 hours", After(24 * 3600)),
        fault("429, no number", retry_after(429, "soon"), "for a while", Refusal),
        fault("500", status(500), "has a fault", Failure),
        fault("502", status(502), "has a fault", Failure),
        fault("503", status(503), "has a fault", Failure),
        fault("503, five seconds", retry_after(503, "5"), "left alone for 5 seconds", After(5)),
        fault("504", status(504), "has a fault", Failure),
        fault("511", Answer::new(511, b"<html>"), "ask you to sign in", Failure),
        fault("599", status(599), "has a fault", Failure),
    ]
}

fn bodies_that_are_no_tile() -> Vec<Fault> {
    use Again::{Failure, Refusal};
    let page = b"<!DOCTYPE html><title>Hotel</title>Please sign in";
    let json = Answer::new(200, b"{\"error\":1}").with("content-type", "application/json");
    let too_much = format!("more than {MAX_TILE_BYTES} bytes");
    vec![
        fault("captive portal", Answer::new(200, page), "ask you to sign in", Failure),
        fault(
            "portal as a picture",
            Answer::new(200, page).with("content-type", "image/png"),
            "sign in",
            Failure,
        ),
        fault("JSON", json, "neither PNG nor JPEG", Refusal),
        fault("GIF", Answer::new(200, b"GIF89a"), "PNG and JPEG are", Refusal),
        fault("nothing", Answer::new(200, b""), "it is empty", Refusal),
        fault("8k", Answer::new(200, &huge_png(8192)), "8192 × 8192 pixels, where at most", Refusal),
        fault("corrupt", Answer::new(200, &corrupt_png()), "the picture is damaged", Refusal),
        fault("cut, length untold", picture().ending(Ending::Unsized), "the picture is damaged", Refusal),
        fault("gzip bomb", gzip_bomb(), &too_much, Refusal),
        fault("3 MB", Answer::new(200, &vec![b'x'; 3_000_000]), &too_much, Refusal),
    ]
}

fn connections_that_fail() -> Vec<Fault> {
    use Again::Failure;
    let untrusted = format!("https://127.0.0.1:{}/", tls_server::start_untrusted());
    let plain = format!("https://127.0.0.1:{}/", TileServer::start([picture()]).port());
    let deaf = format!("http://127.0.0.1:{}/", nobodys_port());
    vec![
        fault("time-out", picture().ending(Ending::Silence), "does not answer in time", Failure),
        fault("slow bytes", picture().ending(Ending::Drip), "does not answer in time", Failure),
        fault("slow headers", picture().ending(Ending::DripHead), "does not answer in time", Failure),
        fault("reset", picture().ending(Ending::Reset), "cannot be reached", Failure),
        fault("truncated", picture().ending(Ending::Cut), "broke off", Failure),
        fault("bad certificate", leading_to(&untrusted), "not safe (TLS); nothing was fetched", Failure),
        fault("handshake cut off", leading_to(&plain), "cannot be reached", Failure),
        fault("nobody listens", leading_to(&deaf), "cannot be reached", Failure),
        fault(
            "no such name",
            leading_to("http://tiles.invalid/"),
            "no server is called tiles.invalid",
            Failure,
        ),
    ]
}

fn redirects_that_are_refused() -> Vec<Fault> {
    let refused = |place: &str, says| {
        let mut fault = fault(&format!("to {place}"), leading_to(place), says, Again::Refusal);
        fault.each = if place.starts_with('/') { 4 } else { 1 };
        fault
    };
    let private = [
        "http://127.0.0.2/1.png",
        "http://127.255.0.1/1.png",
        "http://2130706434/1.png",
        "http://10.0.0.1/1.png",
        "http://172.16.0.1/1.png",
        "http://192.168.1.1/1.png",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/1.png",
        "http://0.0.0.0/1.png",
        "http://[::1]/1.png",
        "http://[fd00::1]/1.png",
        "http://[fe80::1]/1.png",
        "http://[::ffff:127.0.0.1]/1.png",
        "http://[::ffff:10.0.0.1]/1.png",
        "http://[64:ff9b::a00:1]/1.png",
        "http://localhost/1.png",
        "http://tiles.localhost/1.png",
    ];
    let mut faults: Vec<Fault> = private.map(|place| refused(place, "refused: a private address")).into();
    for name in names_of_private_addresses() {
        faults.push(refused(&format!("http://{name}/1.png"), "private address, which was refused"));
        // It is found out only when it is looked up.
        faults.last_mut().unwrap().again = Again::Failure;
    }
    for place in
        ["file:///etc/hostname", "ftp://example.org/1.png", "data:image/png;base64,AAAA", "javascript:1"]
    {
        faults.push(refused(place, "only http and https are followed"));
    }
    faults.push(refused("http://me@example.org/1.png", "carries a user name"));
    faults.push(refused("http://", "makes no sense"));
    faults.push(refused("/again", "it goes on and on"));
    faults
}

/// Names in this machine's own table that lead to it or its network, beside the plainest one.
fn names_of_private_addresses() -> Vec<String> {
    let table = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let lines = table.lines().map(|line| line.split('#').next().unwrap_or_default());
    let words = lines.flat_map(|line| line.split_whitespace().skip(1)).map(str::to_owned);
    let mut names: Vec<String> =
        words.filter(|name| !name.contains("localhost") && leads_home(name)).collect();
    names.truncate(2);
    if names.is_empty() {
        println!("no name of a private address here: looked at in src/tiles/offline.rs alone");
    }
    names
}

fn leads_home(name: &str) -> bool {
    let is_home = |address: IpAddr| match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback(),
    };
    (name, 80).to_socket_addrs().is_ok_and(|mut found| found.all(|address| is_home(address.ip())))
}

fn all_faults() -> Vec<Fault> {
    let mut faults = answers_with_a_status();
    faults.extend(bodies_that_are_no_tile());
    faults.extend(connections_that_fail());
    faults.extend(redirects_that_are_refused());
    faults
}

impl Fault {
    fn takes_time(&self) -> bool {
        matches!(self.answer.ending, Ending::Silence | Ending::Drip | Ending::DripHead)
    }

    /// A map that meets this fault. Where nothing is slow, a machine that is busy is not taken for a time-out.
    fn open(&self) -> (TileServer, Map) {
        let server = TileServer::start([self.answer.clone()]);
        let silence = if self.takes_time() { Duration::from_millis(400) } else { LONG };
        let map = map_waiting(&server.template(), silence);
        (server, map)
    }

    /// What the status bar says when it has met the fault; whatever came by drips has been waited for.
    fn meet(&self, map: &mut Map) -> String {
        let deadline = Instant::now() + LONG;
        loop {
            map.frame(&[HERE]);
            if let TileStatus::Trouble { message } = map.tiles.status() {
                return message;
            }
            assert!(Instant::now() < deadline, "{}: no word of it, {:?}", self.name, map.tiles.status());
            std::thread::sleep(Duration::from_millis(5));
            if self.takes_time() {
                map.clock.turn(Duration::from_millis(5));
            }
        }
    }

    fn check(&self) {
        let (server, mut map) = self.open();
        let words = self.meet(&mut map);
        assert!(words.contains(&self.says), "{}: expected {:?} in {words:?}", self.name, self.says);
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        assert!(letters > 15, "{}: {words:?} is no sentence", self.name);
        map.linger(&[HERE]);
        assert_eq!(server.requests().len(), self.each, "{}: no time has passed", self.name);
        match self.again {
            Again::Refusal => self.check_pause(&server, &mut map, Duration::from_secs(60)),
            Again::After(seconds) => self.check_pause(&server, &mut map, Duration::from_secs(seconds)),
            Again::Failure => self.check_back_off(&server, &mut map),
        }
        self.check_peace(&server, &mut map);
    }

    /// Not before the pause is over, and then again.
    fn check_pause(&self, server: &TileServer, map: &mut Map, pause: Duration) {
        map.clock.turn(pause - Duration::from_millis(100));
        map.linger(&[HERE]);
        assert_eq!(server.requests().len(), self.each, "{}: before {pause:?}", self.name);
        map.clock.turn(Duration::from_millis(200));
        map.frames_until(&[HERE], &self.name, |_| server.requests().len() == 2 * self.each);
        map.linger(&[HERE]);
    }

    /// Half a minute brings a handful of tries; then each comes at most eight seconds after the one before.
    fn check_back_off(&self, server: &TileServer, map: &mut Map) {
        for _ in 0..120 {
            map.clock.turn(Duration::from_millis(250));
            map.frame(&[HERE]);
            std::thread::sleep(Duration::from_millis(5));
        }
        map.linger_until_over(self.takes_time());
        let tries = server.requests().len();
        assert!((2..=12).contains(&tries), "{}: {tries} tries in half a minute", self.name);
        for more in 1..=6 {
            map.clock.turn(Duration::from_secs(8));
            map.frames_until(&[HERE], &self.name, |map| {
                // A try that was on its way when the clock was turned ended only after.
                map.clock.turn(Duration::from_millis(10));
                server.requests().len() >= tries + more
            });
            map.linger_until_over(self.takes_time());
        }
    }

    /// The server is well again: the tile is drawn within ten seconds, or when the pause is over.
    fn check_peace(&self, server: &TileServer, map: &mut Map) {
        server.answer(picture());
        let before = map.clock.0.lock().map(|now| *now).unwrap();
        let pause = match self.again {
            Again::Refusal => Duration::from_secs(60),
            Again::After(seconds) => Duration::from_secs(seconds),
            Again::Failure => Duration::from_secs(8),
        };
        map.clock.turn(pause);
        map.frames_until(&[HERE], &self.name, |map| {
            map.clock.turn(Duration::from_millis(1));
            map.tiles.status() == TileStatus::Idle
        });
        let took = *map.clock.0.lock().unwrap() - before;
        assert!(map.tiles.at(HERE).is_some(), "{}: drawn", self.name);
        assert!(took <= pause + Duration::from_secs(2), "{}: back after {took:?}", self.name);
        let contacts = map.network.contacted_hosts();
        let own = contacts.iter().find(|contact| contact.host == "127.0.0.1").unwrap();
        assert_eq!(own.answer, "a map tile", "{}", self.name);
    }
}

impl Map {
    /// Frames until whatever was on its way has come to its end.
    fn linger_until_over(&mut self, takes_time: bool) {
        for _ in 0..if takes_time { 3 } else { 1 } {
            self.linger(&[HERE]);
            if takes_time {
                self.clock.turn(Duration::from_millis(400));
            }
        }
    }
}

/// Panics in workers, which are caught and become troubles of a tile.
fn count_panics_of_workers() -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let (counted, before) = (count.clone(), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |info| {
        let is_worker = std::thread::current().name().is_some_and(|name| name.starts_with("tiles "));
        counted.fetch_add(usize::from(is_worker), Ordering::SeqCst);
        before(info);
    }));
    count
}

#[test]
fn each_fault_is_told_in_words_asked_again_in_its_time_and_forgotten_when_it_is_over() {
    let panics = count_panics_of_workers();
    let faults = all_faults();
    println!("{} faults", faults.len());
    let failed = Mutex::new(Vec::new());
    let check = |fault: &Fault| {
        if std::panic::catch_unwind(|| fault.check()).is_err() {
            failed.lock().unwrap().push(fault.name.clone());
        }
    };
    // Most of the time is waiting.
    std::thread::scope(|scope| {
        for some in faults.chunks(faults.len().div_ceil(8)) {
            scope.spawn(|| some.iter().for_each(check));
        }
    });
    assert_eq!(failed.into_inner().unwrap(), Vec::<String>::new());
    assert_eq!(panics.load(Ordering::SeqCst), 0, "no worker panicked");
}

#[test]
fn a_tile_is_known_by_what_it_is_and_not_by_what_it_is_called() {
    let server = TileServer::start([Answer::new(200, &png(256)).with("content-type", "text/html")]);
    map(&server).show(&[HERE]);
}

#[test]
fn a_name_that_does_not_exist_and_a_server_that_speaks_no_tls_are_troubles_not_hangs() {
    let server = TileServer::start([picture()]);
    let plain = server.template().replace("http:", "https:");
    for template in ["https://tiles.invalid/{z}/{x}/{y}.png", &plain] {
        let words = map_with(template, None, false).trouble(&[HERE]);
        assert!(words.contains("trying again"), "{words}");
    }
}

#[test]
fn no_connection_is_opened_to_a_private_address_that_only_a_server_named() {
    // It can be reached under each of these names, where the machine knows them.
    let target = TileServer::start([picture()]);
    for host in ["localhost", "tiles.localhost", "[::ffff:127.0.0.1]", "[::1]"] {
        let server = TileServer::start([leading_to(&format!("http://{host}:{}/1.png", target.port()))]);
        let words = map(&server).trouble(&[HERE]);
        assert!(words.contains("refused: a private address"), "{host}: {words}");
    }
    assert_eq!(target.connections(), 0);
}

#[test]
fn a_redirect_to_a_private_host_that_the_user_named_is_followed_and_both_hosts_are_on_the_list() {
    let target = TileServer::start([picture()]);
    let network = Network::new(OfflineSwitch::new(false)).with_patience(impatient());
    let clock = Arc::new(HandClock(Mutex::new(Duration::from_secs(1000))));
    let named = format!("http://localhost:{}/{{z}}/{{x}}/{{y}}.png", target.port());
    drop(map_through(network.clone(), &named, None, clock.clone()));
    assert!(network.contacted_hosts().is_empty(), "naming a host asks it nothing");
    let place = format!("http://localhost:{}/1.png", target.port());
    let server = TileServer::start([leading_to(&place)]);
    map_through(network.clone(), &server.template(), None, clock).show(&[HERE]);
    let told = network.contacted_hosts();
    let told: Vec<[&str; 3]> =
        told.iter().map(|contact| [&*contact.host, &*contact.why, &*contact.answer]).collect();
    assert_eq!(
        told,
        [
            ["127.0.0.1", "map tiles of 127.0.0.1", "leads on to localhost"],
            ["localhost", "redirected by 127.0.0.1", "a map tile"],
        ]
    );
}

#[test]
fn the_list_of_hosts_says_what_came_last_also_when_it_could_not_be_drawn() {
    for (answer, expected) in [
        (status(404), "has no tile here (status 404)"),
        (picture().ending(Ending::Reset), "cannot be reached"),
        (
            Answer::new(200, b"<html>"),
            "a web page came instead of a map tile: does this network ask you to sign in?",
        ),
        (
            leading_to("file:///etc/hostname"),
            "leads elsewhere, which was refused: only http and https are followed",
        ),
    ] {
        let server = TileServer::start([answer]);
        let mut map = map(&server);
        map.trouble(&[HERE]);
        let told = map.network.contacted_hosts();
        assert_eq!((told.len(), told[0].requests, told[0].answer.as_str()), (1, 1, expected));
    }
}

#[test]
fn a_server_that_asks_for_patience_gets_it_for_all_its_tiles() {
    for status in [429, 503] {
        let server = TileServer::start([Answer::new(status, b"").with("retry-after", "90")]);
        let mut map = map(&server);
        let words = map.trouble(&[HERE]);
        assert!(words.contains("left alone"), "{words}");
        let other = tile(10, 616, 403);
        map.clock.turn(Duration::from_secs(85));
        map.linger(&[HERE, other]);
        assert_eq!(server.requests().len(), 1, "{status}");
        server.answer(picture());
        map.clock.turn(Duration::from_secs(10));
        map.show(&[HERE, other]);
    }
}

#[test]
fn a_server_in_trouble_is_asked_for_one_tile_at_a_time() {
    let server = TileServer::start([picture().ending(Ending::Reset)]);
    let mut map = map(&server);
    let view: Vec<TileId> = (600..620).map(|x| tile(10, x, 403)).collect();
    map.trouble(&view);
    map.linger(&view);
    let before = server.requests().len();
    map.clock.turn(Duration::from_secs(8));
    map.linger(&view);
    map.linger(&view);
    assert_eq!(server.requests().len(), before + 1);
    assert!(before <= 6, "the rest of the list was called off: {before}");
}

#[test]
fn a_redirect_within_the_servers_own_host_is_followed() {
    let server = TileServer::start([Answer::new(301, b"").with("location", "/moved.png"), picture()]);
    map(&server).show(&[HERE]);
    assert_eq!(server.requests()[1].path, "/moved.png");
}

/// Not a test, as it asserts no time: `cargo test --test tile_faults -- --ignored --nocapture` tells the longest frames
/// of the window's thread: session, panels, map and tiles, without the painting.
#[test]
#[ignore = "measures"]
fn the_longest_frame_of_the_window_while_each_fault_plays() {
    let well = fault("none: tiles as they should be", picture(), "", Again::Failure);
    let mut longest = Vec::new();
    for fault in all_faults().iter().chain([&well]) {
        let server = TileServer::start([fault.answer.clone()]);
        let source = XyzSource::from_template(&server.template()).unwrap();
        let session = Session::new(test_window::settings(), Arc::new(|| ()));
        let mut window = open_with_tiles(session, [1280.0, 800.0], BasemapChoice::Xyz(source));
        let mut frames = Vec::new();
        let end = Instant::now() + Duration::from_secs(2);
        while Instant::now() < end {
            let begun = Instant::now();
            window.step();
            frames.push(begun.elapsed());
            std::thread::sleep(Duration::from_millis(10));
        }
        frames.sort_unstable();
        let asked = server.requests().len();
        longest.push((
            frames[frames.len() - 1],
            frames[frames.len() / 2],
            frames.len(),
            asked,
            fault.name.clone(),
        ));
    }
    longest.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    for (worst, middle, frames, asked, name) in &longest {
        println!(
            "{:7.2} ms, half below {:5.2} ms, {frames} frames, {asked} requests: {name}",
            ms(*worst),
            ms(*middle)
        );
    }
}
