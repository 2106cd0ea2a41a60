//! Names as different hands write them: normalised spellings, sounds common to Latin and Arabic, what is nearly alike.
//!
//! Floor 1. Knows nothing of what bears the names: the search, places in tables and mistyped values are compared by it.

mod distance;
mod nearest_name;
mod sound;
mod spelling;
mod transliteration;

pub use distance::{EditCosts, edit_costs};
pub use nearest_name::nearest_name;
pub use sound::{Sound, WordStarts, is_same_name};
pub use spelling::{may_become_article, spelled_words};
