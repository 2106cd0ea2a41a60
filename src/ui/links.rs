//! Which texts are addresses that may be opened, and the widgets that show them.
//!
//! Floor 6. Only http and https. A click asks first: [`super::link_dialog`] shows the whole address before it opens.

use eframe::egui::Ui;

use super::bidi_text::{TextLook, link_ui, paragraph_ui};
use super::format;

/// Longer addresses are text: nobody can judge them.
const MOST_LINK_BYTES: usize = 2_000;

/// Whether `text` as a whole is an address that may be opened.
pub fn is_web_link(text: &str) -> bool {
    let has_prefix =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let rest = ["https://", "http://"]
        .into_iter()
        .find(|prefix| has_prefix(prefix))
        .map(|prefix| &text[prefix.len()..]);
    let is_hidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\\' | '"' | '<' | '>')
    };
    let has_host =
        |rest: &str| rest.chars().next().is_some_and(|first| first.is_alphanumeric() || first == '[');
    rest.is_some_and(has_host) && text.len() <= MOST_LINK_BYTES && !text.chars().any(is_hidden)
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

/// An address as a link; as plain text where it may not be opened. A click puts it into `asked`.
pub fn web_link_ui(ui: &mut Ui, url: &str, asked: &mut Option<String>) {
    if !is_web_link(url) {
        paragraph_ui(ui, url, &TextLook::body(ui));
        return;
    }
    let link = link_ui(ui, &format::link_label(url));
    let tip = url.to_owned();
    if link.on_hover_ui(|ui| drop(paragraph_ui(ui, &tip, &TextLook::body(ui)))).clicked() {
        *asked = Some(url.to_owned());
    }
}

/// A text with the addresses in it as links below.
pub fn paragraph_with_links_ui(ui: &mut Ui, text: &str, look: &TextLook, asked: &mut Option<String>) {
    if is_web_link(text) {
        let link = link_ui(ui, text);
        if link.clicked() {
            *asked = Some(text.to_owned());
        }
        return;
    }
    paragraph_ui(ui, text, look);
    for link in links_in(text) {
        web_link_ui(ui, link, asked);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_can_be_opened() {
        for good in ["https://airwars.org/x", "HTTP://example.org", "https://example.org:8080/a?b=c#d"] {
            assert!(is_web_link(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "\\\\server\\share",
            "https://",
            "https:///x",
            "https://a b",
            "ftp://example.org",
            "https://exam\u{202E}ple.org",
            "mailto:a@b.c",
            "https://a\\b",
            "",
        ] {
            assert!(!is_web_link(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_are_found_inside_a_sentence() {
        let text = "Clock restored (Enab Baladi https://english.enabbaladi.net/archives/2017/05/); also http://a.org, http://a.org.";
        assert_eq!(links_in(text), ["https://english.enabbaladi.net/archives/2017/05/", "http://a.org"]);
        assert!(links_in("no link").is_empty());
    }
}
