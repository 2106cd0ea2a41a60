//! Names found however they are spelled, by what `situation` knows of spellings and sounds.
//!
//! Floor 2. A query asks in this order: the same spelling, the same sound, the beginning, the beginning of a word, the
//! same for sounds, the same consonants in either script; and where nothing answers, what is nearly alike.

mod matched_parts;
mod query;
mod search_index;

pub use matched_parts::{is_said_in, matched_parts};
pub use query::{MatchGrade, SearchQuery};
pub use search_index::{Found, FoundOrder, FoundSubjects, SearchIndex};

#[cfg(test)]
mod tests;
