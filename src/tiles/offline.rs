//! The one switch between the program and the network, and the connections that it cuts.
//!
//! Floor 4. Everything that goes out asks here first.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// "Work offline": shared by everything that could fetch. Clones are the same switch.
///
/// While it is set no name is looked up and no connection is opened; setting it cuts those that are open.
#[derive(Clone, Default)]
pub struct OfflineSwitch {
    state: Arc<SwitchState>,
}

#[derive(Default)]
struct SwitchState {
    offline: AtomicBool,
    /// Whom the user named in the settings; only they may live at a private address.
    configured_hosts: Mutex<BTreeSet<String>>,
    agent: Mutex<Option<Agent>>,
    /// The proxy that the system names may well live at a private address.
    proxy_host: Mutex<Option<String>>,
}

impl std::fmt::Debug for OfflineSwitch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OfflineSwitch").field(&self.is_offline()).finish()
    }
}

impl OfflineSwitch {
    /// A switch in the given position.
    pub fn new(offline: bool) -> Self {
        let switch = Self::default();
        switch.state.offline.store(offline, Ordering::SeqCst);
        switch
    }

    /// Whether nothing may leave.
    pub fn is_offline(&self) -> bool {
        self.state.offline.load(Ordering::SeqCst)
    }

    /// Sets the switch. Going offline ends every transfer that is on its way.
    pub fn set_offline(&self, offline: bool) {
        self.state.offline.store(offline, Ordering::SeqCst);
        if offline && let Some(agent) = lock(&self.state.agent).take() {
            agent.shutdown();
        }
    }

    /// The user named this host in a setting.
    pub(super) fn allow_private(&self, host: &str) {
        lock(&self.state.configured_hosts).insert(host.to_owned());
    }

    /// Whether the user named this host in a setting.
    pub(super) fn is_configured(&self, host: &str) -> bool {
        lock(&self.state.configured_hosts).contains(host)
    }

    /// Whether a name may lead to a private address.
    fn may_be_private(&self, host: &str) -> bool {
        self.is_configured(host) || lock(&self.state.proxy_host).as_deref() == Some(host)
    }

    /// The connections, made by `config` the first time; `None` while offline.
    pub(super) fn agent(&self, config: impl FnOnce() -> Config) -> Option<Agent> {
        let mut agent = lock(&self.state.agent);
        // Under the lock, so that no agent is made after the switch has thrown the old one away.
        if self.is_offline() {
            return None;
        }
        let made = agent.get_or_insert_with(|| {
            let config = config();
            *lock(&self.state.proxy_host) = config.proxy().map(|proxy| proxy.host().to_owned());
            let resolver = GuardedResolver { switch: self.clone(), inner: DefaultResolver::default() };
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        });
        Some(made.clone())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the guarded resolver answers instead of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Guarded {
    #[error("working offline")]
    Offline,
    #[error("a private address")]
    PrivateAddress,
}

/// Looks up names, unless offline, and hides private addresses of hosts that the user did not name.
#[derive(Debug)]
struct GuardedResolver<R> {
    switch: OfflineSwitch,
    inner: R,
}

impl<R: Resolver> Resolver for GuardedResolver<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let refuse = |why: Guarded| Err(ureq::Error::Other(Box::new(why)));
        if self.switch.is_offline() {
            return refuse(Guarded::Offline);
        }
        let found = self.inner.resolve(uri, config, timeout)?;
        if uri.host().is_some_and(|host| self.switch.may_be_private(host)) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { refuse(Guarded::PrivateAddress) } else { Ok(public) }
    }
}

/// Whether an address is one of the open Internet, and not of this machine or the network around it.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped().or_else(|| embedded_v4(v6)) {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let carrier_shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && (18..20).contains(&b);
    !(a == 0
        || a >= 240
        || carrier_shared
        || benchmark
        || address.octets().starts_with(&[192, 0, 0])
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

/// Of the sixth version only one eighth is the open Internet; the rest is local, old or nobody's. Tunnels (Teredo) and
/// addresses for books are not of it either.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    let for_books = (first, second) == (0x2001, 0xdb8) || (first == 0x3fff && second < 0x1000);
    let tunnel = (first, second) == (0x2001, 0);
    is_global && !for_books && !tunnel
}

/// The IPv4 address inside a translated one (NAT64, 6to4), which leads to the same machine.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let bytes = address.octets();
    let at = |i: usize| Ipv4Addr::new(bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]);
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, _, _] => Some(at(12)),
        [0x2002, ..] => Some(at(2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_and_local_addresses_are_told_from_public_ones() {
        for private in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "fd12:3456::1",
            "fec0::1",
            "2001:db8::1",
            "2001:0:7f00:1::",
            "64:ff9b:1::7f00:1",
            "::127.0.0.1",
            "ff02::1",
            "192.0.0.8",
            "198.18.0.1",
            "::ffff:127.0.0.1",
            "::ffff:192.168.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    /// Every name leads to these.
    #[derive(Debug)]
    struct EveryName(&'static [&'static str]);

    impl Resolver for EveryName {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            for address in self.0 {
                found.push(std::net::SocketAddr::new(address.parse().unwrap(), 443));
            }
            Ok(found)
        }
    }

    fn look_up(name: &str, leads_to: &'static [&'static str]) -> Result<Vec<String>, ureq::Error> {
        let switch = OfflineSwitch::new(false);
        switch.allow_private("tiles.home.example");
        let resolver = GuardedResolver { switch, inner: EveryName(leads_to) };
        let never = ureq::unversioned::transport::time::Duration::NotHappening;
        let timeout =
            NextTimeout { after: never, reason: ureq::Timeout::Resolve, per_read: None, per_write: None };
        let found =
            resolver.resolve(&format!("https://{name}/").parse().unwrap(), &Config::default(), timeout)?;
        Ok(found.iter().map(|address| address.ip().to_string()).collect())
    }

    #[test]
    fn a_name_that_leads_to_a_private_address_is_refused_unless_the_user_named_it() {
        let private: [&[&str]; 7] = [
            &["127.0.0.1"],
            &["10.0.0.7"],
            &["169.254.169.254"],
            &["::1"],
            &["fd00::1"],
            &["::ffff:127.0.0.1"],
            &["192.168.1.1", "::1"],
        ];
        for addresses in private {
            let refused = look_up("rebound.example.org", addresses).unwrap_err();
            let ureq::Error::Other(why) = refused else { panic!("{refused}") };
            assert_eq!(why.downcast_ref(), Some(&Guarded::PrivateAddress));
            assert_eq!(look_up("tiles.home.example", addresses).unwrap().len(), addresses.len());
        }
        let mixed = look_up("mixed.example.org", &["10.0.0.7", "93.184.216.34", "::1"]).unwrap();
        assert_eq!(mixed, ["93.184.216.34"], "what is private among several is left out");
    }

    #[test]
    fn offline_there_are_no_connections_to_be_had() {
        let switch = OfflineSwitch::new(true);
        assert!(switch.agent(Config::default).is_none());
        switch.set_offline(false);
        assert!(switch.agent(Config::default).is_some());
        switch.set_offline(true);
        assert!(switch.clone().agent(Config::default).is_none());
    }
}
