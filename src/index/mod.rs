//! Packed spatial index, identify, box selection, the language of filters, names found by any spelling.
//!
//! Floor 2. A layer's data is its features and what is derived from them; questions about it are pure functions.

mod box_select;
mod column_statistics;
mod column_summary;
mod crossing;
mod degree_box;
mod edge_index;
mod expression;
mod folded;
mod hilbert;
mod histogram;
mod identify;
mod layer_data;
mod matching;
mod ordered_rows;
mod probe;
mod row_order;
mod run_tree;
mod search;
mod sort_keys;
mod source_values;
mod spatial_index;
mod step_box;
#[cfg(test)]
mod testing;
mod time_scale;
mod time_window;
mod verdict;

pub use box_select::features_in;
pub use column_statistics::{Bars, ColumnStatistics};
pub use column_summary::ColumnSummary;
pub use expression::{
    AskedValue, Choice, Comparison, Completion, Condition, DateLiteral, Distance, Expression,
    ExpressionError, FILTER_GRAMMAR, Filter, FilterError, People, PlaceTest, Predicate, Region, Scope,
    Subject, UnmetValue, Value, ValueCount, ValueCounts, Vocabulary, counts_of_values, people_counts,
    unmet_values, value_counts,
};
pub use histogram::{CountedEvents, TimeBins, TimeHistogram};
pub use identify::{Hit, HitRank, features_at};
pub use layer_data::LayerData;
pub use ordered_rows::OrderedRows;
pub use row_order::{RowOrder, SortDirection, Sorting};
pub use search::{
    Found, FoundOrder, FoundSubjects, MatchGrade, SearchIndex, SearchQuery, is_said_in, matched_parts,
};
pub use spatial_index::SpatialIndex;
pub use time_scale::TimeScale;
pub use time_window::rows_in_window;
pub use verdict::Verdict;
