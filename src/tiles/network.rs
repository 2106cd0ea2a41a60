//! One polite request: what is sent, how redirects are followed, what comes back, and who was contacted.
//!
//! Floor 4. The only place that speaks HTTP.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ureq::http::{HeaderMap, Response, header};
use ureq::{Agent, Body};
use url::Url;

use super::choice::is_osm_url;
use super::clock::{Clock, SystemClock};
use super::contacts::{ContactBook, ContactedHost};
use super::error::{NoAnswer, Trouble};
use super::freshness::retry_after;
use super::offline::{Guarded, OfflineSwitch};
use super::redirects::{host_of, is_this_machine, redirect, redirect_target};

/// Names this application and its version, as tile servers ask.
pub const USER_AGENT: &str = concat!("sitmap/", env!("CARGO_PKG_VERSION"), " (desktop situation map)");
/// No honest tile is larger, unpacked.
pub const MAX_TILE_BYTES: usize = 2 * 1024 * 1024;
/// A chain of redirects longer than this leads nowhere.
pub const MAX_REDIRECTS: usize = 3;

/// Bytes in a second. What comes more slowly is no bad line but a server that keeps the map waiting.
pub const SLOWEST_PACE: u32 = 64;

/// How long a server is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a name, and then for a connection.
    pub connect: Duration,
    /// For the next byte, and for all headers; in so long a time at least [`SLOWEST_PACE`] must have come.
    pub silence: Duration,
    /// For the whole tile: slow lines are given time, as long as something comes.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            silence: Duration::from_secs(8),
            total: Duration::from_secs(30),
        }
    }
}

/// The program's door to the network: the switch, the clock, the manners, and the book of who was contacted.
#[derive(Clone)]
pub struct Network {
    offline: OfflineSwitch,
    clock: Arc<dyn Clock>,
    patience: Patience,
    headless: bool,
    contacts: ContactBook,
}

/// What to show the server of the copy we have, so that it need not send it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// An answer that is not a trouble.
pub(super) enum Reply {
    /// The copy we have is still right; these headers renew it.
    NotModified(HeaderMap),
    /// A new tile, and the host that sent it.
    Fetched { headers: HeaderMap, body: Vec<u8>, host: String },
}

/// What a single request met.
enum Met {
    Reply(Reply),
    LeadsTo(Url),
}

impl Network {
    /// A door that obeys `offline`, for a window with a person before it.
    pub fn new(offline: OfflineSwitch) -> Self {
        Self {
            offline,
            clock: Arc::new(SystemClock::default()),
            patience: Patience::default(),
            headless: false,
            contacts: ContactBook::default(),
        }
    }

    /// The same for a command without a window: OpenStreetMap's servers are not asked, not even by redirect.
    #[must_use]
    pub fn headless(mut self) -> Self {
        self.headless = true;
        self
    }

    /// Reckons time by another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Waits for servers as long as this.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The switch it obeys.
    pub fn offline(&self) -> &OfflineSwitch {
        &self.offline
    }

    /// The clock it goes by.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    pub(super) fn shared_clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Whether no person is looking.
    pub fn is_headless(&self) -> bool {
        self.headless
    }

    /// Every host contacted since the start, in alphabetical order.
    pub fn contacted_hosts(&self) -> Vec<ContactedHost> {
        self.contacts.hosts()
    }

    /// What came from a host was of no use after all.
    pub(super) fn note_useless(&self, host: &str, trouble: &Trouble) {
        self.contacts.note_answer(host, trouble.answer_words());
    }

    /// Asks for one tile. Follows redirects that lead to nowhere private.
    pub(super) fn get(&self, url: &Url, known: &Validators, why: &str) -> Result<Reply, Trouble> {
        let mut url = url.clone();
        let mut why = why.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            if self.headless && is_osm_url(&url) {
                return Err(redirect(&url, "OpenStreetMap's tiles are for people looking at a map"));
            }
            let met = self.ask(&url, known, &why);
            if self.contacts.knows(&host_of(&url)) {
                self.contacts.note_answer(&host_of(&url), words_of(&met));
            }
            match met? {
                Met::Reply(reply) => return Ok(reply),
                Met::LeadsTo(next) => {
                    why = format!("redirected by {}", host_of(&url));
                    url = next;
                }
            }
        }
        Err(redirect(&url, "it goes on and on"))
    }

    fn ask(&self, url: &Url, known: &Validators, why: &str) -> Result<Met, Trouble> {
        let response = self.send(url, known, why)?;
        match redirect_target(&response, url, &self.offline)? {
            Some(next) => Ok(Met::LeadsTo(next)),
            None => self.read(url, response).map(Met::Reply),
        }
    }

    fn send(&self, url: &Url, known: &Validators, why: &str) -> Result<Response<Body>, Trouble> {
        let agent = self.offline.agent(|| agent_config(self.patience)).ok_or(Trouble::Offline)?;
        self.contacts.note_request(&host_of(url), why);
        // A proxy is for the world outside; a server on this machine is asked directly.
        let is_direct = is_this_machine(url);
        self.note_proxy(&agent, url, is_direct);
        let mut request = agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        let sent = if is_direct { request.config().proxy(None).build().call() } else { request.call() };
        sent.map_err(|error| match self.trouble_of(url, &error) {
            // Nothing had come that could break off.
            Trouble::BrokenOff { host } => Trouble::Unreachable { host, cause: NoAnswer::Connection },
            trouble => trouble,
        })
    }

    /// The proxy that the system names sees every request that passes it.
    fn note_proxy(&self, agent: &Agent, url: &Url, is_direct: bool) {
        let passed = agent.config().proxy().filter(|_| !is_direct);
        let target = url.as_str().parse();
        if let Some(proxy) = passed.filter(|proxy| !target.is_ok_and(|target| proxy.is_no_proxy(&target))) {
            let why = format!("this system's proxy, on the way to {}", host_of(url));
            self.contacts.note_request(&format!("{}:{}", proxy.host(), proxy.port()), &why);
        }
    }

    fn read(&self, url: &Url, response: Response<Body>) -> Result<Reply, Trouble> {
        let (parts, body) = response.into_parts();
        let (status, host) = (parts.status.as_u16(), host_of(url));
        let wait = retry_after(&parts.headers, self.clock.wall());
        match status {
            200 => Ok(Reply::Fetched { headers: parts.headers, body: self.read_body(url, body)?, host }),
            304 => Ok(Reply::NotModified(parts.headers)),
            503 if wait.is_some() => Err(Trouble::Refused { status, host, wait }),
            511 => Err(Trouble::Portal),
            500..600 => Err(Trouble::ServerFault { status, host }),
            _ => Err(Trouble::Refused { status, host, wait }),
        }
    }

    fn read_body(&self, url: &Url, body: Body) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let mut reader = body.into_reader().take(MAX_TILE_BYTES as u64 + 1);
        let mut chunk = [0; 16 * 1024];
        let mut pace = Pace { since: self.clock.elapsed(), came: 0 };
        loop {
            if self.offline.is_offline() {
                return Err(Trouble::Offline);
            }
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(read) => {
                    bytes.extend_from_slice(&chunk[..read]);
                    if pace.is_too_slow(read, self.clock.elapsed(), self.patience.silence) {
                        return Err(Trouble::Unreachable { host: host_of(url), cause: NoAnswer::TimeOut });
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.trouble_of(url, &ureq::Error::from(error))),
            }
            if bytes.len() > MAX_TILE_BYTES {
                return Err(Trouble::Picture(format!("it has more than {MAX_TILE_BYTES} bytes")));
            }
        }
    }

    fn trouble_of(&self, url: &Url, error: &ureq::Error) -> Trouble {
        let host = host_of(url);
        if self.offline.is_offline() {
            return Trouble::Offline;
        }
        let cause = match error {
            ureq::Error::HostNotFound => NoAnswer::Name,
            ureq::Error::Timeout(_) => NoAnswer::TimeOut,
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) | ureq::Error::TlsRequired => {
                NoAnswer::Tls
            }
            ureq::Error::Other(inner) => match inner.downcast_ref::<Guarded>() {
                Some(Guarded::Offline) => return Trouble::Offline,
                Some(Guarded::PrivateAddress) => NoAnswer::PrivateAddress,
                None => NoAnswer::Connection,
            },
            ureq::Error::Io(io) => return trouble_of_io(io, host),
            ureq::Error::Protocol(_) | ureq::Error::BodyStalled | ureq::Error::Decompress(..) => {
                return Trouble::BrokenOff { host };
            }
            _ => NoAnswer::Connection,
        };
        Trouble::Unreachable { host, cause }
    }
}

/// How much came since some moment, so that a server that sends a byte now and then is not waited for.
struct Pace {
    since: Duration,
    came: usize,
}

impl Pace {
    /// Judges each stretch of `stretch` by itself.
    fn is_too_slow(&mut self, came: usize, now: Duration, stretch: Duration) -> bool {
        self.came += came;
        let passed = now.saturating_sub(self.since);
        if passed < stretch {
            return false;
        }
        let is_slow = (self.came as f64) < passed.as_secs_f64() * f64::from(SLOWEST_PACE);
        *self = Self { since: now, came: 0 };
        is_slow
    }
}

/// What is written down of a request.
fn words_of(met: &Result<Met, Trouble>) -> String {
    match met {
        Ok(Met::Reply(Reply::Fetched { .. })) => "a map tile".to_owned(),
        Ok(Met::Reply(Reply::NotModified(_))) => "the stored tile is still good".to_owned(),
        Ok(Met::LeadsTo(next)) => format!("leads on to {}", host_of(next)),
        Err(trouble) => trouble.answer_words(),
    }
}

fn trouble_of_io(error: &std::io::Error, host: String) -> Trouble {
    use std::io::ErrorKind::{InvalidData, TimedOut, UnexpectedEof, WouldBlock};
    let cause = match error.kind() {
        TimedOut | WouldBlock => NoAnswer::TimeOut,
        UnexpectedEof => return Trouble::BrokenOff { host },
        // rustls reports a bad certificate as invalid data.
        InvalidData => NoAnswer::Tls,
        // The standard library has no kind for a failed look-up, only words.
        _ if error.to_string().contains("lookup address") => NoAnswer::Name,
        _ => NoAnswer::Connection,
    };
    Trouble::Unreachable { host, cause }
}

fn agent_config(patience: Patience) -> ureq::config::Config {
    Agent::config_builder()
        .http_status_as_error(false)
        // Redirects are followed here, where each step is looked at first.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(USER_AGENT)
        .accept("image/png, image/jpeg, image/*;q=0.5")
        .accept_encoding("identity")
        .max_response_header_size(32 * 1024)
        .timeout_resolve(Some(patience.connect))
        .timeout_connect(Some(patience.connect))
        .timeout_recv_response(Some(patience.silence))
        .timeout_per_read(Some(patience.silence))
        .timeout_global(Some(patience.total))
        .build()
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("offline", &self.offline).field("headless", &self.headless).finish()
    }
}

/// The calendar's time in whole seconds since 1970, for headers on disk.
pub(super) fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_the_program_and_its_version() {
        assert!(USER_AGENT.starts_with(concat!("sitmap/", env!("CARGO_PKG_VERSION"))));
    }

    #[test]
    fn a_bad_line_is_waited_for_and_a_byte_a_second_is_not() {
        let stretch = Duration::from_secs(8);
        let too_slow_after = |bytes_a_second: usize| {
            let mut pace = Pace { since: Duration::ZERO, came: 0 };
            (1..=60).find(|&second| pace.is_too_slow(bytes_a_second, Duration::from_secs(second), stretch))
        };
        assert_eq!(too_slow_after(1), Some(8));
        assert_eq!(too_slow_after(63), Some(8));
        assert_eq!(too_slow_after(64), None, "a tile of 2 kB in half a minute");
    }
}
