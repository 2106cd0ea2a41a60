//! What a map holds: the feature store, layers, events, claims, the gazetteer.
//!
//! Floor 1.
