//! Where a link from one feature to another leads.
//!
//! Floor 6.

use std::collections::HashMap;

use crate::session::{FeatureRef, LayerId, Session};
use crate::situation::{FeatureRow, FeatureStore};

/// The features of a layer, once it is read.
pub fn features_of(session: &Session, layer: LayerId) -> Option<&FeatureStore> {
    session.content(layer)?.data().map(|data| &data.features)
}

/// The features of a bundled layer, once it is read.
pub fn bundled_features<'a>(session: &'a Session, key: &str) -> Option<&'a FeatureStore> {
    features_of(session, session.catalogue().find_bundled(key)?)
}

/// The event of the bundled strikes with that id.
pub fn event_feature(session: &Session, id: &str) -> Option<FeatureRef> {
    let layer = session.catalogue().find_bundled("strikes")?;
    let row = session.situation()?.events.iter().position(|event| event.id == id)?;
    Some(FeatureRef { layer, row })
}

/// Finds features by layer key and id, and remembers what it found: the ids of a layer are read from its source.
#[derive(Debug, Default)]
pub struct FeatureFinder {
    rows_by_id: HashMap<(LayerId, u64), HashMap<String, FeatureRow>>,
}

impl FeatureFinder {
    /// The feature of a bundled layer with that id; `None` while the layer is not read or removed.
    pub fn find(&mut self, session: &Session, layer_key: &str, id: &str) -> Option<FeatureRef> {
        let layer = session.catalogue().find_bundled(layer_key)?;
        let content = session.content(layer)?;
        let features = &content.data()?.features;
        let rows = self.rows_by_id.entry((layer, content.generation)).or_insert_with(|| ids_of(features));
        rows.get(id).map(|&row| FeatureRef { layer, row })
    }
}

fn ids_of(features: &FeatureStore) -> HashMap<String, FeatureRow> {
    let id_of = |row| features.details(row).ok().and_then(|details| details.id);
    (0..features.len()).filter_map(|row| Some((id_of(row)?, row))).collect()
}
