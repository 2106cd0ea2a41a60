//! A layer's features with everything that is derived from them.
//!
//! Floor 2.

use super::SpatialIndex;
use super::edge_index::EdgeIndex;
use crate::situation::FeatureStore;

/// What a layer holds; built whole on a worker, shared by `Arc`, replaced whole.
pub struct LayerData {
    // Given
    /// The features.
    pub features: FeatureStore,
    // Derived from `features`
    /// Finds the features near a place.
    pub index: SpatialIndex,
    /// Finds the edges near a place in features of many vertices.
    pub(super) edges: EdgeIndex,
}

impl LayerData {
    /// Derives what is derived.
    pub fn build(features: FeatureStore) -> Self {
        let index = SpatialIndex::build(&features);
        let edges = EdgeIndex::build(&features);
        Self { features, index, edges }
    }
}
