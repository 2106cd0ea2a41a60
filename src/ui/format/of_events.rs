//! Words on events: when, where, who, how many, on whose word, and how a table's rows are read as such.
//!
//! Floor 6.

use std::borrow::Cow;

use super::{as_found, count, distance};
use crate::situation::{
    ActorClass, Assessment, Claim, DatePrecision, DayOrder, Event, EventClass, EventField, Grade, Harm,
    HarmScope, Place, PlaceShape, PrecisionClass, TargetClass, WeaponClass,
};
use crate::symbology::thousands;
use crate::text::isolate;

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
        DayOrder::AsFound => "Not known".to_owned(),
        DayOrder::DayFirst => as_found("Day first"),
        DayOrder::MonthFirst => as_found("Month first"),
    }
}

/// `2 rows end before they begin`
pub fn backwards_rows(number: usize) -> String {
    let words = if number == 1 { "ends before it begins" } else { "end before they begin" };
    format!("{} {words}; the first day counts.", count(number, "row"))
}

/// `Abdin, Idlib`
fn place_name(place: &Place) -> String {
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
