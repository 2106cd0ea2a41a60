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

    /// The connections, made by `config` the first time; `None` while offline.
    pub(super) fn agent(&self, config: impl FnOnce() -> Config) -> Option<Agent> {
        let mut agent = lock(&self.state.agent);
        // Under the lock, so that no agent is made after the switch has thrown the old one away.
        if self.is_offline() {
            return None;
        }
        let made = agent.get_or_insert_with(|| {
            let resolver = GuardedResolver { switch: self.clone(), inner: DefaultResolver::default() };
            Agent::with_parts(config(), DefaultConnector::default(), resolver)
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
struct GuardedResolver {
    switch: OfflineSwitch,
    inner: DefaultResolver,
}

impl Resolver for GuardedResolver {
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
        if uri.host().is_some_and(|host| self.switch.is_configured(host)) {
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
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local())
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
