//! Names found however they are spelled: normalised spellings, sounds common to Latin and Arabic, and near misses.
//!
//! Floor 2. A query asks in this order: the same spelling, the same sound, the beginning, the beginning of a word, the
//! same for sounds, the same consonants in either script; and where nothing answers, what is nearly alike.

mod distance;
mod letters;
mod matched_parts;
mod query;
mod search_index;
mod sound;
mod spelling;

pub use matched_parts::{is_said_in, matched_parts};
pub use query::{MatchGrade, SearchQuery};
pub use search_index::{Found, FoundOrder, FoundSubjects, SearchIndex};
pub use sound::is_same_name;

#[cfg(test)]
mod tests;
