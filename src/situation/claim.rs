//! What one source says of an event.
//!
//! Floor 1.

use jiff::civil::Date;

use super::Harm;
use super::word::word_list;

word_list! {
    /// How a source stands to the event as it is told.
    Stance, "stance":
    Supports "supports" "Supports",
    Adds "adds" "Adds",
    Contradicts "contradicts" "Contradicts",
}

/// What one source says of an event, in our words. Its figures are its own, never those of the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who says it, such as `SOHR via AFP`.
    pub source: String,
    /// Where it can be read; empty where no link is known.
    pub urls: Vec<String>,
    /// An archived copy.
    pub archive_url: Option<String>,
    /// The language it was said in, as the table names it.
    pub language: Option<String>,
    /// The day it was said.
    pub said_on: Option<Date>,
    /// The killed it counts.
    pub killed: Harm,
    /// The injured it counts.
    pub injured: Harm,
    /// Whom it names.
    pub actor_said: Option<String>,
    /// Where it says it was, where that is not simply the event's place.
    pub place_said: Option<String>,
    /// What it says.
    pub says: String,
    /// How it stands to the event.
    pub stance: Stance,
    /// What is to be known of the claim itself.
    pub note: Option<String>,
}

impl Claim {
    /// Of a source of which nothing is known but that it tells of the event.
    pub fn of_source(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            urls: Vec::new(),
            archive_url: None,
            language: None,
            said_on: None,
            killed: Harm::UNKNOWN,
            injured: Harm::UNKNOWN,
            actor_said: None,
            place_said: None,
            says: String::new(),
            stance: Stance::Supports,
            note: None,
        }
    }

    /// Whether it can be read anywhere; a missing link is said, not hidden.
    pub fn has_link(&self) -> bool {
        !self.urls.is_empty() || self.archive_url.is_some()
    }
}
