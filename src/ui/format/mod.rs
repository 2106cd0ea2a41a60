//! Every sentence and figure that the interface puts together.
//!
//! Floor 6. Text from data stands isolated inside a sentence of ours, so that it cannot reorder the words around it.

mod of_events;
mod of_files;
mod of_network;

pub use of_events::{
    backwards_rows, changed_preset, claim_date, claim_figures, claim_notes, dated_rows, event_harm,
    event_line, field_word, found_day_order, grade, known_preset, precision, scope, worded,
};
pub use of_files::{
    as_found, header_row, issue_place, issues, reading, report_for_clipboard, report_summary, rows_written,
    severity, table_rows,
};
pub use of_network::{
    caches_cleared, clear_caches, contact_reason, contacts_for_clipboard, last_answer, more_hosts, tile_words,
};

use crate::coords::Notation;
pub use crate::session::statement_title;
use crate::situation::NearPlace;
use crate::symbology::thousands;
use crate::text::isolate;

/// `1 feature`, `94 features`
pub fn count(number: usize, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", thousands(number as u64))
}

/// `5 km`
pub fn cell_width(cell_m: u32) -> String {
    format!("{} km", cell_m / 1_000)
}

/// `The selected ones (94)`
pub fn with_count(words: &str, number: usize) -> String {
    format!("{words} ({})", thousands(number as u64))
}

/// `1,204 of 94,000 shown`
pub fn shown(count: usize, of: usize) -> String {
    format!("{} of {} shown", thousands(count as u64), thousands(of as u64))
}

/// The same of all events; no number while a filter is at work, where that of before would be taken for its own.
pub fn events_shown(session: &crate::session::Session) -> String {
    let shown = shown(session.events_shown(), session.events_total());
    if session.are_events_being_filtered() { "Counting…".to_owned() } else { shown }
}

/// Where the filter of a layer hides all of it.
pub fn no_row_meets(title: &str) -> String {
    format!("No row of “{}” meets its filter.", isolate(title))
}

/// Between which ends the values of a column lie.
pub fn lies_between(least: &str, greatest: &str) -> String {
    format!("Values from {least} to {greatest}")
}

/// `512 bytes`, `3.2 MB`
pub fn bytes(number: u64) -> String {
    let size = number as f64;
    match number {
        0..=999 => format!("{number} bytes"),
        1_000..=999_999 => format!("{:.0} kB", size / 1e3),
        1_000_000..=999_999_999 => format!("{:.1} MB", size / 1e6),
        _ => format!("{:.2} GB", size / 1e9),
    }
}

/// `850 m`, `3.4 km`, `38 km`
pub fn distance(metres: f64) -> String {
    match metres {
        m if m < 995.0 => format!("{:.0} m", (m / 10.0).round() * 10.0),
        m if m < 9_950.0 => format!("{:.1} km", m / 1e3),
        m => format!("{} km", thousands((m / 1e3).round() as u64)),
    }
}

/// `2.4 km²`, `6,581 km²`, `420 m²`
pub fn area(square_metres: f64) -> String {
    match square_metres {
        m if m < 10_000.0 => format!("{m:.0} m²"),
        m if m < 9_950_000.0 => format!("{:.2} km²", m / 1e6),
        m => format!("{} km²", thousands((m / 1e6).round() as u64)),
    }
}

/// `Zoom 9.3`
pub fn zoom(zoom: f64) -> String {
    format!("Zoom {zoom:.1}")
}

/// How many messages wait behind the one that is shown.
pub fn waiting_notices(number: usize) -> String {
    format!("{} waiting behind this one", count(number, "more message"))
}

/// The status bar while layers are read.
pub fn layers_being_read(number: usize) -> String {
    format!("Reading {}", count(number, "layer"))
}

/// The position that the status bar shows while the pointer is elsewhere.
pub fn map_center(written: &str) -> String {
    format!("Centre {written}")
}

/// The name of the button beside a position.
pub fn copy_notation(notation: Notation) -> String {
    format!("Copy {}", notation.label())
}

/// What a click on the position does.
pub fn notation_tip(notation: Notation) -> String {
    let first = if notation == Notation::DecimalDegrees { ", latitude first" } else { "" };
    format!("{}{first}. Click to write positions another way", notation.label())
}

/// `80 %`
pub fn percent(part: f32) -> String {
    format!("{:.0} %", part * 100.0)
}

/// `2 of 5`
pub fn place_in_list(place: usize, length: usize) -> String {
    format!("{} of {}", place + 1, thousands(length as u64))
}

/// A clause as a sentence of its own.
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// `11 km south-west of Khan Shaykhun`
pub fn near_place(near: &NearPlace<'_>) -> String {
    let name = isolate(&near.place.name_en);
    if near.distance_m < 500.0 {
        return name;
    }
    format!("{} {} of {name}", distance(near.distance_m), near.direction())
}

/// The distance to a highway.
pub fn near_highway(metres: f64, name: &str) -> String {
    format!("{} from {}", distance(metres), isolate(name))
}

/// The distance to the front line and the side.
pub fn front_line(metres: f64, inside: Option<bool>) -> String {
    let side = match inside {
        Some(true) => ", inside the rebel-held area",
        Some(false) => ", outside the rebel-held area",
        None => "",
    };
    format!("about {} from the front line (approximate, 1–5 km){side}", distance(metres))
}

/// The button that lists the events without a place.
pub fn not_located(number: usize) -> String {
    format!("{} without a place", count(number, "event"))
}

/// Under a list that is cut.
pub fn first_listed(number: usize) -> String {
    format!("The first {} are listed; the table has all", thousands(number as u64))
}

/// What the tooltip of a link says: its host; the whole address is shown before it opens.
pub fn link_label(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.strip_prefix("www.").unwrap_or(host);
    // A user name before the host can pass for the host: such an address is shown whole.
    if host.contains('@') || !host.is_ascii() { url.to_owned() } else { host.to_owned() }
}

/// The name of a control that belongs to one layer.
pub fn of_layer(action: &str, title: &str) -> String {
    format!("{action} {}", super::bidi_text::plain(title))
}

/// Licence and use of a collection.
pub fn credit_terms(licence: &str, used_for: &str) -> String {
    format!("{licence}. Used for {used_for}")
}

/// The program and its version.
pub fn version() -> String {
    format!("sitmap {}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(count(12_345, "feature"), "12,345 features");
        assert_eq!([count(1, "issue"), count(2, "issue")], ["1 issue", "2 issues"]);
    }

    #[test]
    fn distances_have_the_digits_that_they_deserve() {
        assert_eq!(
            [14.0, 994.0, 996.0, 9_940.0, 9_960.0].map(distance),
            ["10 m", "990 m", "1.0 km", "9.9 km", "10 km"]
        );
    }

    #[test]
    fn a_link_that_hides_its_host_is_shown_whole() {
        assert_eq!(link_label("https://www.airwars.org/x?y"), "airwars.org");
        assert_eq!(link_label("https://airwars.org@evil.example/"), "https://airwars.org@evil.example/");
        assert_eq!(link_label("https://аirwars.org/"), "https://аirwars.org/");
    }
}
