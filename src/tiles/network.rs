//! One polite request: what is sent, how redirects are followed, what comes back, and who was contacted.
//!
//! Floor 4. The only place that speaks HTTP.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use ureq::http::{HeaderMap, Response, header};
use ureq::{Agent, Body};
use url::{Host, Url};

use super::choice::is_osm_url;
use super::clock::{Clock, SystemClock};
use super::error::{NoAnswer, Trouble};
use super::freshness::retry_after;
use super::offline::{Guarded, OfflineSwitch, is_public};

/// Names this application and its version, as tile servers ask.
pub const USER_AGENT: &str = concat!("sitmap/", env!("CARGO_PKG_VERSION"), " (desktop situation map)");
/// No honest tile is larger, unpacked.
pub const MAX_TILE_BYTES: usize = 2 * 1024 * 1024;
/// A chain of redirects longer than this leads nowhere.
pub const MAX_REDIRECTS: usize = 3;

/// How long a server is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a name, and then for a connection.
    pub connect: Duration,
    /// For the next byte.
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
    contacts: Arc<Mutex<BTreeMap<String, ContactedHost>>>,
}

/// A host that was contacted since the start, for the settings page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactedHost {
    /// Its name.
    pub host: String,
    /// How many requests were sent to it.
    pub requests: u64,
    /// What for; the first reason where there were several.
    pub why: String,
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
    /// A new tile.
    Fetched(HeaderMap, Vec<u8>),
}

impl Network {
    /// A door that obeys `offline`, for a window with a person before it.
    pub fn new(offline: OfflineSwitch) -> Self {
        Self {
            offline,
            clock: Arc::new(SystemClock::default()),
            patience: Patience::default(),
            headless: false,
            contacts: Arc::default(),
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
        self.contacts.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Asks for one tile. Follows redirects that lead to nowhere private.
    pub(super) fn get(&self, url: &Url, known: &Validators, why: &str) -> Result<Reply, Trouble> {
        let mut url = url.clone();
        let mut why = why.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            if self.headless && is_osm_url(&url) {
                return Err(redirect(&url, "OpenStreetMap's tiles are for people looking at a map"));
            }
            let response = self.send(&url, known, &why)?;
            let Some(next) = redirect_target(&response, &url, &self.offline)? else {
                return self.read(&url, response);
            };
            why = format!("redirected by {}", host_of(&url));
            url = next;
        }
        Err(redirect(&url, "it goes on and on"))
    }

    fn send(&self, url: &Url, known: &Validators, why: &str) -> Result<Response<Body>, Trouble> {
        let agent = self.offline.agent(|| agent_config(self.patience)).ok_or(Trouble::Offline)?;
        self.note_contact(url, why);
        let mut request = agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        // A proxy is for the world outside; a server on this machine is asked directly.
        let sent =
            if is_this_machine(url) { request.config().proxy(None).build().call() } else { request.call() };
        sent.map_err(|error| match self.trouble_of(url, &error) {
            // Nothing had come that could break off.
            Trouble::BrokenOff { host } => Trouble::Unreachable { host, cause: NoAnswer::Connection },
            trouble => trouble,
        })
    }

    fn note_contact(&self, url: &Url, why: &str) {
        let host = host_of(url);
        let mut contacts = self.contacts.lock().unwrap_or_else(PoisonError::into_inner);
        let contact = contacts.entry(host.clone()).or_insert_with(|| ContactedHost {
            host,
            requests: 0,
            why: why.to_owned(),
        });
        contact.requests += 1;
    }

    fn read(&self, url: &Url, response: Response<Body>) -> Result<Reply, Trouble> {
        let (parts, body) = response.into_parts();
        let (status, host) = (parts.status.as_u16(), host_of(url));
        let wait = retry_after(&parts.headers, self.clock.wall());
        match status {
            200 => Ok(Reply::Fetched(parts.headers, self.read_body(url, body)?)),
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
        loop {
            if self.offline.is_offline() {
                return Err(Trouble::Offline);
            }
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(read) => bytes.extend_from_slice(&chunk[..read]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.trouble_of(url, &ureq::Error::from(error))),
            }
            if bytes.len() > MAX_TILE_BYTES {
                return Err(Trouble::Picture(format!("more than {MAX_TILE_BYTES} bytes")));
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
        .timeout_per_read(Some(patience.silence))
        .timeout_global(Some(patience.total))
        .build()
}

fn redirect_target(
    response: &Response<Body>,
    from: &Url,
    switch: &OfflineSwitch,
) -> Result<Option<Url>, Trouble> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let target = location.and_then(|location| from.join(location).ok());
    let target = target.ok_or_else(|| redirect(from, "the new address makes no sense"))?;
    check_redirect(from, &target, switch).map_err(|why| redirect(from, why))?;
    Ok(Some(target))
}

/// Whether a server may lead from one address to another.
fn check_redirect(from: &Url, to: &Url, switch: &OfflineSwitch) -> Result<(), &'static str> {
    match (from.scheme(), to.scheme()) {
        ("https", "http") => return Err("from a safe connection to an open one"),
        (_, "http" | "https") => {}
        _ => return Err("only http and https are followed"),
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err("the new address carries a user name");
    }
    let address = match to.host() {
        Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
        Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
        Some(Host::Domain(_)) => None,
        None => return Err("the new address names no host"),
    };
    // Names are looked at when they have been resolved; a proxy resolves them out of our sight, so the plainest
    // one is caught here.
    let private = is_this_machine(to) || address.is_some_and(|address| !is_public(address));
    if private && !switch.is_configured(&host_of(to)) {
        return Err("a private address");
    }
    Ok(())
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.is_loopback(),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
        }
        None => false,
    }
}

fn redirect(from: &Url, why: &'static str) -> Trouble {
    Trouble::Redirect { host: host_of(from), why }
}

pub(super) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
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

    fn check(from: &str, to: &str, configured: &str) -> Result<(), &'static str> {
        let switch = OfflineSwitch::new(false);
        switch.allow_private(configured);
        check_redirect(&Url::parse(from).unwrap(), &Url::parse(to).unwrap(), &switch)
    }

    #[test]
    fn redirects_stay_on_the_public_web() {
        let from = "https://tiles.example.org/1/2/3.png";
        assert_eq!(check(from, "https://other.example.org/1.png", ""), Ok(()));
        for to in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "data:image/png;base64,AAAA",
            "http://example.org/1.png",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://localhost/",
            "https://tiles.localhost./",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://user@example.org/",
        ] {
            assert!(check(from, to, "").is_err(), "{to} was followed");
        }
    }

    #[test]
    fn a_host_that_the_user_named_may_be_private() {
        assert_eq!(check("http://10.0.0.5/a", "http://10.0.0.5/b", "10.0.0.5"), Ok(()));
        assert!(check("http://10.0.0.5/a", "http://10.0.0.6/b", "10.0.0.5").is_err());
    }

    #[test]
    fn the_user_agent_names_the_program_and_its_version() {
        assert!(USER_AGENT.starts_with(concat!("sitmap/", env!("CARGO_PKG_VERSION"))));
    }
}
