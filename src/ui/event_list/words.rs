//! What the list says of its days and of each event.
//!
//! Floor 6.

use crate::session::{EventGroup, EventList, FeatureRef, Session, TimeMode};
use crate::situation::{ActorClass, Event, EventClass, EventDays, date_of_day};
use crate::symbology::thousands;
use crate::text::isolate;
use crate::ui::bidi_text::plain;
use crate::ui::format;
use crate::ui::timeline::span_words;

/// `16 of 94 events`; windows and screen readers are told the same.
pub fn head(list: &EventList) -> String {
    let total = thousands(list.total() as u64);
    let ending = if list.total() == 1 { "" } else { "s" };
    format!("{} of {total} event{ending}", thousands(list.shown() as u64))
}

/// Why not all are shown: the window of time, and that there is a filter; empty where they are.
pub fn reasons(session: &Session, list: &EventList) -> String {
    let timeline = session.timeline();
    let window = timeline.window().map(|window| match timeline.mode() {
        TimeMode::Window => span_words(window),
        TimeMode::Cumulative => format!("Up to the end of {}", span_words(window)),
        TimeMode::Trail => format!("{} and shortly before", span_words(window)),
    });
    let filter = (!session.situation_filter().is_empty()).then(|| "filtered".to_owned());
    let undated = (list.hidden_undated() > 0).then(|| "not counting those without a date".to_owned());
    [window, filter, undated].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The heading over a group: its days and how many events.
pub fn heading(group: &EventGroup) -> String {
    let count = format::count(group.places.len(), "event");
    match group.days {
        Some(days) => format!("{} · {count}", days_words(days)),
        None => format!("No date known · {count}, not on the timeline"),
    }
}

/// `8 September 2018`, `Sometime in August 2018`, `Sometime 3–9 September 2018`, `6–8 September 2018, lasting`
fn days_words(days: EventDays) -> String {
    let (Some(first), Some(last)) = (date_of_day(days.first), date_of_day(days.last)) else {
        return "Beyond the calendar".to_owned();
    };
    if days.is_day() {
        return first.strftime("%-d %B %Y").to_string();
    }
    if days.go_on() {
        return format!("Since {}, no end given", first.strftime("%-d %B %Y"));
    }
    if !days.lasting && (first, last) == (first.first_of_month(), first.last_of_month()) {
        return format!("Sometime in {}", first.strftime("%B %Y"));
    }
    if !days.lasting && (first, last) == (first.first_of_year(), first.last_of_year()) {
        return format!("Sometime in {}", first.strftime("%Y"));
    }
    let end = last.strftime("%-d %B %Y");
    let span = if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{end}", first.day())
    } else if first.year() == last.year() {
        format!("{} – {end}", first.strftime("%-d %B"))
    } else {
        format!("{} – {end}", first.strftime("%-d %B %Y"))
    };
    if days.lasting { format!("{span}, lasting") } else { format!("Sometime {span}") }
}

/// What a row says.
#[derive(Debug, Clone, PartialEq)]
pub struct RowWords {
    /// Its title.
    pub title: String,
    /// Figures, place and who, in short.
    pub caption: String,
    /// All of it, for screen readers.
    pub name: String,
}

impl RowWords {
    /// The words of an event; `None` while its layer is being read.
    pub fn of(session: &Session, feature: FeatureRef) -> Option<Self> {
        let event = session.event(feature)?;
        let is_possible =
            session.content(feature.layer).is_some_and(|content| content.is_possible(feature.row));
        Some(Self::of_event(session.title_of(feature), &event, is_possible))
    }

    fn of_event(title: String, event: &Event, is_possible: bool) -> Self {
        let place = Some(&event.place.name_en).filter(|name| !name.is_empty() && !title.contains(*name));
        let place = place.map(|name| isolate(name)).unwrap_or_default();
        let possible = if is_possible { "possible".to_owned() } else { String::new() };
        let parts = [figures(event), place, who(event), possible];
        let caption = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let when = event.when.as_ref().map_or_else(|| "date not known".to_owned(), ToString::to_string);
        let name = plain(&format!("{}, {when}, {caption}", isolate(&title)));
        Self { title, caption, name }
    }
}

/// `killed 4–6, injured unknown`; what nobody gave is said to be unknown. Empty for claims and context without figures:
/// they tell of no harm.
fn figures(event: &Event) -> String {
    let are_known = event.killed.is_known() || event.injured.is_known();
    match event.class {
        EventClass::Claim | EventClass::Context if !are_known => String::new(),
        _ if are_known => format!("killed {}, injured {}", event.killed.figure(), event.injured.figure()),
        _ => "killed and injured unknown".to_owned(),
    }
}

/// Who is said to have done it, or who took part.
fn who(event: &Event) -> String {
    const MOST_NAMED: usize = 2;
    if !event.actors.is_empty() {
        let named = event.actors.iter().take(MOST_NAMED).map(|actor| isolate(&actor.name));
        return named.collect::<Vec<_>>().join(", ");
    }
    match (event.actor.class, event.is_strike()) {
        (ActorClass::Unknown, _) if !event.actor.wording.is_empty() => isolate(&event.actor.wording),
        (ActorClass::Unknown, false) => String::new(),
        (class, _) => class.label().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::day_of;

    fn words(first: &str, last: &str, lasting: bool) -> String {
        days_words(EventDays { first: day_of(first).unwrap(), last: day_of(last).unwrap(), lasting })
    }

    #[test]
    fn days_are_named_as_far_as_they_are_known() {
        assert_eq!(words("2018-09-08", "2018-09-08", false), "8 September 2018");
        assert_eq!(words("2018-08-01", "2018-08-31", false), "Sometime in August 2018");
        assert_eq!(words("2018-01-01", "2018-12-31", false), "Sometime in 2018");
        assert_eq!(words("2018-09-03", "2018-09-09", false), "Sometime 3–9 September 2018");
        assert_eq!(words("2018-08-29", "2018-09-02", false), "Sometime 29 August – 2 September 2018");
        assert_eq!(words("2018-08-01", "2018-08-31", true), "1–31 August 2018, lasting");
        assert_eq!(words("2018-12-30", "2019-01-02", true), "30 December 2018 – 2 January 2019, lasting");
    }

    #[test]
    fn unknown_figures_are_said_and_never_zero() {
        let mut session = Session::new(crate::session::Settings::default(), std::sync::Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle_reading();
        let events = &session.situation().unwrap().events;
        for event in events {
            let words = RowWords::of_event(event.title_en.clone(), event, false);
            assert!(!words.caption.contains("killed 0") && !words.caption.contains("injured 0"), "{words:?}");
            let says_unknown = words.caption.contains("unknown");
            let are_known = [event.killed.is_known(), event.injured.is_known()];
            let tells_of_harm = event.is_strike() || are_known.contains(&true);
            assert_eq!(says_unknown, tells_of_harm && are_known.contains(&false), "{words:?}");
        }
        let abdin = events.iter().find(|event| event.id == "AW-RS3530").unwrap();
        let expected =
            "Air strike, near Abdin, 8 September 2018, killed 4–6, injured 4–6 · Russia or Syrian government";
        assert_eq!(RowWords::of_event(abdin.title_en.clone(), abdin, false).name, expected);
    }
}
