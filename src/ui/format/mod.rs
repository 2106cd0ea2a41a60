//! Every sentence and figure that the interface puts together.
//!
//! Floor 6. Text from data stands isolated inside a sentence of ours, so that it cannot reorder the words around it.

use std::borrow::Cow;

use crate::coords::Notation;
pub use crate::session::statement_title;
use crate::situation::{
    ActorClass, Assessment, Claim, DatePrecision, DayOrder, Event, EventClass, EventField, Grade, Harm,
    HarmScope, NearPlace, Place, PlaceShape, PrecisionClass, TargetClass, WeaponClass,
};
use crate::source::{HeaderRow, Issue, Severity};
use crate::symbology::thousands;
use crate::text::isolate;
use crate::tiles::TileStatus;

/// `1 feature`, `94 features`
pub fn count(number: usize, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", thousands(number as u64))
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

/// A value of a field as people read it: the words of a class, or the value itself.
pub fn field_word(field: EventField, word: &str) -> Cow<'_, str> {
    let label = match field {
        EventField::Weapon => word.parse().map(WeaponClass::label).ok(),
        EventField::Target => word.parse().map(TargetClass::label).ok(),
        EventField::Actor => word.parse().map(ActorClass::label).ok(),
        EventField::Grade => word.parse().map(Grade::label).ok(),
        EventField::Class => word.parse().map(EventClass::label).ok(),
        EventField::PlacePrecision => word.parse().map(PrecisionClass::label).ok(),
        EventField::DatePrecision => word.parse().map(DatePrecision::label).ok(),
        _ => None,
    };
    label.map_or(Cow::Borrowed(word), Cow::Borrowed)
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

/// What has been read of a layer that is loading.
pub fn reading(read: u64, total: u64) -> String {
    match total {
        0 => format!("Reading, {}", bytes(read)),
        _ => format!("Reading, {} of {}", bytes(read), bytes(total)),
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
    format!("{}. Click to write positions another way", notation.label())
}

/// `80 %`
pub fn percent(part: f32) -> String {
    format!("{:.0} %", part * 100.0)
}

/// `2 of 5`
pub fn place_in_list(place: usize, length: usize) -> String {
    format!("{} of {}", place + 1, thousands(length as u64))
}

/// The badge of a load report.
pub fn issues(number: usize) -> String {
    count(number, "issue")
}

/// What a load report says in one line.
pub fn report_summary(kept: usize, format: &str, issues: &[Issue]) -> String {
    let refused = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    let kept = count(kept, "feature");
    let format = isolate(format);
    match refused {
        0 => format!("{kept} kept. Format: {format}."),
        _ => format!("{kept} kept, {} not kept. Format: {format}.", thousands(refused as u64)),
    }
}

/// What came of the rows of a table in one line.
pub fn table_rows(kept: usize, located: usize, rejected: usize) -> String {
    let mut words = format!("{}: {} on the map", count(kept, "row"), thousands(located as u64));
    if located < kept {
        words += &format!(", {} without a place", thousands((kept - located) as u64));
    }
    if rejected > 0 {
        words += &format!("; {} not kept", thousands(rejected as u64));
    }
    words
}

/// Which row of a table holds the names of its columns.
pub fn header_row(row: HeaderRow) -> String {
    match row {
        HeaderRow::At(record) => format!("In row {}", record + 1),
        HeaderRow::Absent => "In no row".to_owned(),
    }
}

/// A choice that nobody has made.
pub fn as_found(words: &str) -> String {
    format!("{words} (found)")
}

/// The words for how much an issue matters.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Not kept",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// Where in its file an issue lies: `feature 12, line 40, column 7`. Features are counted from 1 for people.
pub fn issue_place(issue: &Issue) -> String {
    let id = issue.id.as_ref().map(|id| format!("id {}", isolate(id)));
    let feature = issue.feature.map(|number| format!("feature {}", number + 1));
    let line = issue.line.map(|line| format!("line {line}"));
    let column = issue.column.map(|column| format!("column {column}"));
    let parts: Vec<String> = [feature, id, line, column].into_iter().flatten().collect();
    if parts.is_empty() { "whole file".to_owned() } else { parts.join(", ") }
}

/// A load report as text for the clipboard, one issue a line.
pub fn report_for_clipboard(title: &str, issues: &[Issue]) -> String {
    let lines = issues.iter().map(|issue| {
        format!(
            "{}\t{}\t{}",
            severity(issue.severity),
            super::bidi_text::plain(&issue_place(issue)),
            issue.message
        )
    });
    std::iter::once(title.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

/// The line under an event's title: when, where, weapon.
pub fn event_line(event: &Event) -> String {
    let when = event.when.as_ref().map_or_else(|| "Date not known".to_owned(), ToString::to_string);
    let what = match event.class {
        EventClass::Strike | EventClass::AreaSummary => event.kind.weapon.class.label().to_owned(),
        EventClass::Incident => isolate(&event.kind.kind),
        EventClass::Claim | EventClass::Context => String::new(),
    };
    let parts = [when, place_name(&event.place), what];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Killed and injured in one line.
pub fn event_harm(event: &Event) -> String {
    format!("Killed: {} · Injured: {}", event.killed.describe(), event.injured.figure())
}

/// By which known kind of table the columns of a layer are read.
pub fn known_preset(name: &str) -> String {
    format!("The columns are those of {}.", isolate(name))
}

/// The same where the user has changed it.
pub fn changed_preset(name: &str) -> String {
    format!("The columns are those of {}, changed by you.", isolate(name))
}

/// `12 rows have a date, 3 have none`
pub fn dated_rows(dated: usize, undated: usize) -> String {
    let have = if dated == 1 { "has" } else { "have" };
    let none = if undated == 1 { "has" } else { "have" };
    match undated {
        0 => format!("{} {have} a date, all of them.", count(dated, "row")),
        _ => format!("{} {have} a date, {} {none} none.", count(dated, "row"), thousands(undated as u64)),
    }
}

/// What was found of the order of day and month, in a list of what may be chosen.
pub fn found_day_order(found: DayOrder) -> String {
    match found {
        DayOrder::AsFound => as_found("order not known"),
        DayOrder::DayFirst => as_found("day first"),
        DayOrder::MonthFirst => as_found("month first"),
    }
}

/// A clause as a sentence of its own.
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// `2 rows end before they begin`
pub fn backwards_rows(number: usize) -> String {
    let words = if number == 1 { "ends before it begins" } else { "end before they begin" };
    format!("{} {words}; the first day counts.", count(number, "row"))
}

/// `Abdin, Idlib`
pub fn place_name(place: &Place) -> String {
    let admin = Some(&place.admin).filter(|admin| **admin != place.name_en);
    let names = [Some(&place.name_en), admin].into_iter().flatten().filter(|name| !name.is_empty());
    names.map(|name| isolate(name)).collect::<Vec<_>>().join(", ")
}

/// Whose a figure is: `civilians`, `civilians and combatants, not told apart`.
pub fn scope(harm: &Harm) -> String {
    match (harm.is_known(), harm.of) {
        (false, _) => String::new(),
        (true, HarmScope::Unknown) => "not stated of whom".to_owned(),
        (true, of) => of.label().to_lowercase(),
    }
}

/// The grade in words.
pub fn grade(assessment: &Assessment) -> String {
    match assessment.grade {
        Grade::None => "Not graded".to_owned(),
        grade => grade.label().to_owned(),
    }
}

/// A class with the wording of the source behind it, unless they say the same.
pub fn worded(label: &str, wording: &str) -> String {
    if wording.is_empty() || wording.eq_ignore_ascii_case(label) {
        return label.to_owned();
    }
    format!("{label}; recorded as “{}”", isolate(wording))
}

/// How well the place is known.
pub fn precision(place: &Place) -> String {
    let wording = &place.precision_wording;
    let class = place.precision.label();
    let known = match (place.shape, place.radius_m) {
        (PlaceShape::Area, _) => "Area, extent assumed".to_owned(),
        (PlaceShape::NotLocated, _) => "Not located: no place on the map would be honest".to_owned(),
        (PlaceShape::Point(_), Some(radius)) => {
            let assumed = if place.is_radius_assumed { " (assumed)" } else { "" };
            format!("{class}; within about {}{assumed}", distance(f64::from(radius)))
        }
        (PlaceShape::Point(_), None) if place.precision == PrecisionClass::Unknown => {
            "How exactly is not stated".to_owned()
        }
        (PlaceShape::Point(_), None) => class.to_owned(),
    };
    worded(&known, wording)
}

/// The head of a claim: who and when.
pub fn claim_date(claim: &Claim) -> String {
    match claim.said_on {
        Some(day) => day.strftime("%-d %b %Y").to_string(),
        None => "no date".to_owned(),
    }
}

/// How a claim stands to the event, and what else is to be known of it; whom and where it names unless that `is_told`.
pub fn claim_notes(claim: &Claim, is_told: bool) -> String {
    let named = [("Actor", &claim.actor_said), ("Place", &claim.place_said), ("Note", &claim.note)];
    let named = &named[if is_told { 2 } else { 0 }..];
    let named =
        named.iter().filter_map(|(name, text)| Some(format!("{name}: {}", isolate(text.as_deref()?))));
    let stance = claim.stance.label().to_owned();
    let no_link = (!claim.has_link()).then(|| "No link given".to_owned());
    std::iter::once(stance).chain(named).chain(no_link).collect::<Vec<_>>().join(" · ")
}

/// What a claim counts; empty where it gives no figure.
pub fn claim_figures(claim: &Claim) -> String {
    let killed = claim.killed.is_known().then(|| format!("Killed: {}", claim.killed.describe()));
    let injured = claim.injured.is_known().then(|| format!("Injured: {}", claim.injured.figure()));
    [killed, injured].into_iter().flatten().collect::<Vec<_>>().join(" · ")
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

    #[test]
    fn an_issue_names_its_feature_as_people_count() {
        let mut issue = Issue {
            severity: Severity::Error,
            message: "a ring needs at least 4 positions".to_owned(),
            feature: Some(0),
            id: None,
            line: Some(3),
            column: Some(14),
        };
        assert_eq!(issue_place(&issue), "feature 1, line 3, column 14");
        (issue.feature, issue.line, issue.column) = (None, None, None);
        assert_eq!(issue_place(&issue), "whole file");
    }
}
