//! Sentences about tiles, hosts and what is stored of them.
//!
//! Floor 6.

use super::{bytes, count};
use crate::project::{CacheStanding, ClearedCaches};
use crate::session::Notice;
use crate::symbology::thousands;
use crate::text::isolate;
use crate::tiles::{CacheSize, ContactedHost, TileStatus};

/// The tiles' state in words, and whether it is trouble.
pub fn tile_words(status: &TileStatus) -> (String, bool) {
    match status {
        TileStatus::Idle => (String::new(), false),
        TileStatus::Loading { pending } => (format!("Loading {pending} map tiles"), false),
        TileStatus::Offline { missing: 0 } => ("Offline".to_owned(), false),
        TileStatus::Offline { missing } => {
            (format!("Offline, {missing} map tiles are not on this machine"), false)
        }
        TileStatus::Trouble { message } => (message.clone(), true),
    }
}

/// `12 requests: map tiles of OpenStreetMap`
pub fn contact_reason(contact: &ContactedHost) -> String {
    let requests = usize::try_from(contact.requests).unwrap_or(usize::MAX);
    format!("{}: {}", count(requests, "request"), isolate(&contact.why))
}

/// `Last: a map tile`
pub fn last_answer(contact: &ContactedHost) -> String {
    format!("Last: {}", isolate(&contact.answer))
}

/// `and 3 more, which the copy names`
pub fn more_hosts(number: usize) -> String {
    format!("and {} more, which the copy names", thousands(number as u64))
}

/// One host a line, tabs between host, number of requests, reason and last answer.
pub fn contacts_for_clipboard(hosts: &[ContactedHost]) -> String {
    let mut text = "host\trequests\twhat for\tlast answer\n".to_owned();
    for contact in hosts {
        let cells = [&contact.host, &contact.requests.to_string(), &contact.why, &contact.answer];
        let cells = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " "));
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// What is written on the button that clears the caches, and whether there is anything to clear.
pub fn clear_caches(standing: CacheStanding) -> (String, bool) {
    const WORDS: &str = "Clear tiles and prepared copies";
    match standing {
        CacheStanding { is_clearing: true, .. } => ("Clearing…".to_owned(), false),
        CacheStanding { size: Some(CacheSize { files: 0, .. }), .. } => (format!("{WORDS} (none)"), false),
        CacheStanding { size: Some(size), .. } => (format!("{WORDS} ({})", bytes(size.bytes)), true),
        CacheStanding { size: None, .. } => (WORDS.to_owned(), true),
    }
}

/// What the user is told when the caches were cleared.
pub fn caches_cleared(cleared: &ClearedCaches) -> Notice {
    let ClearedCaches { tiles, copies } = cleared;
    let freed = tiles.freed.bytes + copies.freed.bytes;
    let gone = format!(
        "{} and {} were removed ({})",
        count(tiles.freed.files, "stored tile"),
        match copies.freed.files {
            1 => "1 prepared copy".to_owned(),
            number => format!("{} prepared copies", thousands(number as u64)),
        },
        bytes(freed),
    );
    let troubles = [("tiles", &tiles.trouble), ("copies", &copies.trouble)];
    let troubles = troubles.iter().filter_map(|(what, trouble)| {
        trouble.as_ref().map(|error| format!("some {what} could not be removed ({error})"))
    });
    let troubles = troubles.collect::<Vec<_>>().join("; ");
    if troubles.is_empty() {
        let again = "Online, the tiles on the screen are fetched and stored anew";
        Notice::info(format!("{gone}. {again}"))
    } else {
        Notice::warning(format!("{gone}, but {troubles}"))
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::session::NoticeKind;
    use crate::tiles::Cleared;

    fn cleared(files: usize, bytes: u64, trouble: Option<io::Error>) -> Cleared {
        Cleared { freed: CacheSize { files, bytes }, trouble }
    }

    #[test]
    fn what_was_cleared_and_what_could_not_be_is_told() {
        let tiles = cleared(1200, 24_000_000, None);
        let notice = caches_cleared(&ClearedCaches { tiles, copies: cleared(1, 1_000_000, None) });
        assert_eq!(notice.kind, NoticeKind::Info);
        assert!(notice.message.starts_with("1,200 stored tiles and 1 prepared copy were removed (25.0 MB)"));
        let denied = Some(io::Error::from(io::ErrorKind::PermissionDenied));
        let notice =
            caches_cleared(&ClearedCaches { tiles: cleared(3, 9, denied), copies: Cleared::default() });
        assert_eq!(notice.kind, NoticeKind::Warning);
        assert!(notice.message.contains("some tiles could not be removed (permission denied)"));
    }

    #[test]
    fn the_button_names_what_it_frees() {
        let standing =
            |files, bytes| CacheStanding { size: Some(CacheSize { files, bytes }), is_clearing: false };
        let with_size = ("Clear tiles and prepared copies (3.2 MB)".to_owned(), true);
        assert_eq!(clear_caches(standing(5, 3_200_000)), with_size);
        assert!(!clear_caches(standing(0, 0)).1);
        assert!(clear_caches(CacheStanding::default()).1, "before it is counted");
    }

    #[test]
    fn a_copied_list_has_one_line_a_host() {
        let contact = ContactedHost {
            host: "tile.example.org".into(),
            requests: 3,
            why: "map tiles of A".into(),
            answer: "a\tmap\ntile".into(),
        };
        assert_eq!(
            contacts_for_clipboard(&[contact]).lines().nth(1),
            Some("tile.example.org\t3\tmap tiles of A\ta map tile")
        );
    }
}
