//! Why a filter cannot be used on a layer.
//!
//! Floor 2.

use super::error::suggested;

/// Why a filter cannot be used on a layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// There is no such field and no such column.
    #[error("there is no column {name:?}{}; there are {}", suggested(.did_you_mean), there_are.join(", "))]
    NoColumn {
        /// The name that was given.
        name: String,
        /// What may have been meant.
        did_you_mean: Option<String>,
        /// The names that there are, or the first of them.
        there_are: Vec<String>,
    },
    /// The column holds something else.
    #[error("the column {column:?} holds {holds}, and {wanted} was asked for")]
    OtherType {
        /// Which.
        column: String,
        /// The name of its type.
        holds: &'static str,
        /// What was asked for.
        wanted: String,
    },
    /// There is no layer of that title.
    #[error("there is no layer {title:?}{}", suggested(.did_you_mean))]
    NoLayer {
        /// The title that was given.
        title: String,
        /// What may have been meant.
        did_you_mean: Option<String>,
    },
    /// No area is drawn.
    #[error("no area is drawn")]
    NoArea,
    /// Nobody wants to know any more.
    #[error("the filter was left for another")]
    Stopped,
    /// The source cannot be read any more; a sentence for the user.
    #[error("{0}")]
    Source(String),
}
