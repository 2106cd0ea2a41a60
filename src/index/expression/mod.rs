//! The language of filters: what it says, how it is read and written, and which rows meet it.
//!
//! Floor 2.

mod columns;
mod complete;
mod counts;
mod error;
mod evaluate;
mod figures;
mod filter;
mod parse;
mod people_counts;
mod place;
mod problem;
mod ranges;
mod scope;
mod suggest;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod type_mistake;
mod unknown_class;
mod unmet;
mod values;
mod vocabulary;
mod write;
mod wrong_date;

pub use complete::{Choice, Completion};
pub(super) use counts::code_counts;
pub use counts::{ValueCount, ValueCounts, counts_of_values, value_counts};
pub use error::ExpressionError;
pub use filter::{FILTER_GRAMMAR, Filter};
pub use people_counts::people_counts;
pub use problem::FilterError;
pub(super) use ranges::DAY_MS;
pub use scope::Scope;
pub use tree::{
    Comparison, Condition, DateLiteral, Distance, Expression, People, PlaceTest, Predicate, Region, Subject,
    Value,
};
pub use unmet::{AskedValue, UnmetValue, unmet_values};
pub use vocabulary::Vocabulary;
