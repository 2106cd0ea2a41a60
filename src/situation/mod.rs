//! What a map holds: the feature store, layers, events, claims, the gazetteer.
//!
//! Floor 1. Typed values only: no files, no JSON, no pictures.

mod column;
mod feature_store;
mod geometry;
mod layer_extent;
mod property;

pub use column::{Column, ColumnData};
pub use feature_store::{FeatureId, FeatureRow, FeatureStore, FeatureStoreBuilder};
pub use geometry::{GeometryKind, GeometryRef, PartKind, PartRef};
pub use property::{DetailSource, FeatureDetails, PropertyValue};
