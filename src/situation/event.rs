//! Something that happened, as it is told, whatever file it came from.
//!
//! Floor 1. Figures of events that overlap are never summed: an area summary holds single strikes again.

use super::word::word_list;
use super::{ActorClass, Claim, EventClass, Grade, Harm, Place, TargetClass, WeaponClass, When};

/// Something that happened, with all that is known of it and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique in its layer.
    pub id: String,
    /// What other collections call it.
    pub external_ids: Vec<ExternalId>,
    /// The English title; empty where the row has none of its own.
    pub title_en: String,
    /// The Arabic title.
    pub title_ar: Option<String>,
    /// What kind of row it is.
    pub class: EventClass,
    /// The days; `None` where no date is known.
    pub when: Option<When>,
    /// The place.
    pub place: Place,
    /// What struck what.
    pub kind: EventKind,
    /// Who is said to have done it.
    pub actor: Worded<ActorClass>,
    /// All who took part, where the table tells them apart.
    pub actors: Vec<EventActor>,
    /// The killed.
    pub killed: Harm,
    /// The injured. Tables that say whose their deaths are do not say it of the injured.
    pub injured: Harm,
    /// Whose the killed are, in the words of the source.
    pub harm_wording: String,
    /// What each source says, in time order, undated ones last.
    pub claims: Vec<Claim>,
    /// How sure it is.
    pub assessment: Assessment,
    /// How carefully it is to be handled, in the words of the table.
    pub sensitivity: Option<String>,
    /// Words it is filed under.
    pub tags: Vec<String>,
    /// What looks wrong or uncertain.
    pub doubts: Vec<Doubt>,
    /// Other events that may be the same, or hold it.
    pub links: Vec<EventLink>,
    /// The sources, in the words of the table.
    pub sources: String,
    /// Where they can be read.
    pub source_urls: Vec<String>,
    /// The row it was made from, word for word.
    pub original: Vec<(String, String)>,
}

impl Event {
    /// Whether it tells of weapons and targets.
    pub fn is_strike(&self) -> bool {
        matches!(self.class, EventClass::Strike | EventClass::AreaSummary)
    }

    /// English, then Arabic where there is one.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        [Some(self.title_en.as_str()), self.title_ar.as_deref()].into_iter().flatten()
    }
}

/// A class and the wording of the source that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded<T> {
    /// The class.
    pub class: T,
    /// The source's wording.
    pub wording: String,
}

/// Somebody who took part in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventActor {
    /// The name, as the table has it.
    pub name: String,
    /// The part that was taken, such as `Side A`; empty where the table does not say.
    pub role: String,
}

/// What struck what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// The kind of event in the words of the table; empty where it has none.
    pub kind: String,
    /// The kind more closely.
    pub sub_kind: String,
    /// What struck.
    pub weapon: Worded<WeaponClass>,
    /// What was struck.
    pub target: Worded<TargetClass>,
}

/// What another collection calls an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalId {
    /// The collection, such as `Airwars`.
    pub scheme: String,
    /// The event's name there, such as `RS3530`.
    pub id: String,
}

/// How sure an event is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The grade.
    pub grade: Grade,
    /// Confidence, in words.
    pub confidence: String,
    /// What is to be known beside.
    pub note: Option<String>,
}

/// Something that looks wrong or uncertain in the data, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The doubt.
    pub doubt: String,
    /// What speaks for it.
    pub evidence: String,
}

word_list! {
    /// How one event stands to another.
    LinkRelation, "relation of events":
    SameAs "same_as" "Same as",
    PartOf "part_of" "Part of",
    MayOverlap "may_overlap" "May overlap with",
}

/// The way from one event to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLink {
    /// How this event stands to the other.
    pub relation: LinkRelation,
    /// The other's id.
    pub id: String,
    /// Why they are linked.
    pub why: String,
}
