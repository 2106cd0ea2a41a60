//! What fuzzing and tests ask of the panels: which texts are addresses that may be opened.
//!
//! Floor 6. Only in builds for tests and for fuzzing.

use super::addresses::{is_web_link, links_in, web_address};

/// Panics where a text gives an address that is not plain http or https, shows another host than it opens, or is read
/// otherwise the second time.
pub fn links_are_plain(text: &str) {
    for link in links_in(text) {
        assert!(is_web_link(link) && text.contains(link), "{link:?}");
    }
    let Some(address) = web_address(text) else { return };
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    assert!(!host.is_empty() && !host.contains(['@', '\\']), "{address:?}");
    assert!(address.bytes().all(|byte| byte.is_ascii_graphic()), "{address:?}");
    assert_eq!(web_address(&address).as_ref(), Some(&address), "{text:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated;

    #[test]
    fn whatever_is_written_as_an_address_opens_what_it_shows() {
        arbtest::arbtest(|u| {
            links_are_plain(&generated::address(u)?);
            Ok(())
        });
    }
}
