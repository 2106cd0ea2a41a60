//! Which texts are addresses that may be opened.
//!
//! Floor 6. Only http and https. Pure.

/// Longer addresses are text: nobody can judge them.
const MOST_LINK_BYTES: usize = 2_000;

/// Whether `text` as a whole is an address that may be opened.
pub fn is_web_link(text: &str) -> bool {
    web_address(text).is_some()
}

/// The address as a browser is given it: the host in Punycode where it has letters beyond plain Latin ones, the rest with
/// such letters in percent signs. `None` for what may not be opened: other schemes, paths, hidden letters, hosts of more
/// than letters, digits, points and dashes, and names with a user before the host, which are there to be taken for the
/// host.
pub fn web_address(text: &str) -> Option<String> {
    let has_prefix =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    // A parser of addresses forgives what a person would not see: missing slashes, spaces, backslashes.
    let rest = ["https://", "http://"].into_iter().find(|prefix| has_prefix(prefix));
    let rest = &text[rest?.len()..];
    let is_hidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}' | '\u{E0000}'..='\u{E0FFF}' | '\\' | '"' | '<' | '>')
    };
    let has_host = rest.starts_with(|first: char| first.is_alphanumeric() || first == '[');
    if !has_host || text.len() > MOST_LINK_BYTES || text.chars().any(is_hidden) {
        return None;
    }
    let url = url::Url::parse(text).ok()?;
    let has_user = !url.username().is_empty() || url.password().is_some();
    // Percent signs in a host are decoded, and may have been quotes.
    let is_plain = |host: &str| {
        let mut bytes = host.bytes();
        bytes.all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':' | b'[' | b']')
        })
    };
    let has_host = url.host_str().is_some_and(is_plain);
    (has_host && !has_user).then(|| url.into())
}

/// The addresses inside a longer text, in its order, each once.
pub fn links_in(text: &str) -> Vec<&str> {
    let mut links: Vec<&str> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ';' | '|')) {
        let Some(at) = word.find("http://").or_else(|| word.find("https://")) else { continue };
        let link = word[at..].trim_end_matches(['.', ',', ')', ']', ':', '\'']);
        if is_web_link(link) && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_can_be_opened() {
        let longest = format!("https://a.org/{}", "x".repeat(MOST_LINK_BYTES - 14));
        for good in [
            "https://airwars.org/x",
            "HTTP://example.org",
            "https://example.org:8080/a?b=c#d",
            "http://[::1]/a",
            "https://example.org/جسر",
            &longest,
        ] {
            assert!(is_web_link(good), "{good}");
        }
        let too_long = format!("{longest}x");
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,x",
            "data:text/html;base64,PHNjcmlwdD4=",
            "blob:https://example.org/x",
            "file:///etc/passwd",
            "file://server/share/x",
            "\\\\server\\share",
            "//server/share",
            "C:\\Windows\\system32\\calc.exe",
            "/usr/bin/id",
            "~/.bashrc",
            "../x",
            "ftp://example.org",
            "sftp://example.org",
            "smb://server/share",
            "nfs://server/share",
            "ssh://host",
            "telnet://host",
            "ldap://host",
            "gopher://host",
            "ws://example.org",
            "mailto:a@b.c",
            "tel:+1",
            "sms:+1",
            "geo:36,35",
            "magnet:?xt=urn:btih:x",
            "ms-settings:",
            "ms-msdt:/id",
            "search-ms:query=x",
            "view-source:https://example.org",
            "about:blank",
            "chrome://settings",
            "steam://run/1",
            "intent://x#Intent;end",
            "jar:https://example.org!/x",
            "http:example.org",
            "http:/example.org",
            "https://",
            "https:///x",
            "https://?x",
            "https://#x",
            "https://:80/",
            "https://@example.org/",
            "https://airwars.org@evil.example/",
            "https://airwars.org:x@evil.example/",
            "https://a b",
            "https://example.org/a b",
            "https://example.org\n",
            "https://example.org\t.evil.example",
            "https://a\\b",
            "https://exam\u{202E}ple.org",
            "https://exam\u{200B}ple.org",
            "https://exam\u{AD}ple.org",
            "https://example.org/\u{2066}x",
            "https://example.org/<script>",
            "https://example.org/\"x",
            "https://[::1",
            "https://256.256.256.256/",
            "https://example.org:99999/",
            "https://exa%mple.org/",
            "https://exa%22mple.org/",
            "https://exa%60mple.org/",
            &too_long,
            "httpss://example.org",
            "hхtps://example.org",
            "example.org",
            "www.example.org",
            "",
        ] {
            assert!(!is_web_link(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_is_shown_as_the_browser_gets_it() {
        // The first letter is Cyrillic.
        let told = web_address("https://\u{430}irwars.org/جسر");
        assert_eq!(told.as_deref(), Some("https://xn--irwars-2nf.org/%D8%AC%D8%B3%D8%B1"));
        assert_eq!(web_address("HTTPS://Example.ORG").as_deref(), Some("https://example.org/"));
    }

    #[test]
    fn addresses_are_found_inside_a_sentence() {
        let text = "Clock restored (Enab Baladi https://english.enabbaladi.net/archives/2017/05/); also http://a.org, http://a.org.";
        assert_eq!(links_in(text), ["https://english.enabbaladi.net/archives/2017/05/", "http://a.org"]);
        assert!(links_in("no link").is_empty());
    }
}
