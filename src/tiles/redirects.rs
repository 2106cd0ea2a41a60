//! Where a server may lead a request on to.
//!
//! Floor 4. Looks at addresses only; asks nobody.

use std::net::IpAddr;

use ureq::Body;
use ureq::http::{Response, header};
use url::{Host, Url};

use super::error::Trouble;
use super::offline::{OfflineSwitch, is_public};

/// Where an answer leads, if it leads anywhere; an error where it may not lead there.
pub(super) fn redirect_target(
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

/// Whether an address names this machine itself.
pub(super) fn is_this_machine(url: &Url) -> bool {
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

/// A redirect that is refused, and why.
pub(super) fn redirect(from: &Url, why: &'static str) -> Trouble {
    Trouble::Redirect { host: host_of(from), why }
}

/// The name or number of a URL's host.
pub(super) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
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
}
