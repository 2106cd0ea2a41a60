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
    rows_by_id: HashMap<LayerId, IdsOfLayer>,
}

/// The rows of one reading of a layer by their ids.
#[derive(Debug, Default)]
struct IdsOfLayer {
    generation: u64,
    rows: HashMap<String, FeatureRow>,
}

impl FeatureFinder {
    /// The feature of a bundled layer with that id; `None` while the layer is not read or removed.
    pub fn find(&mut self, session: &Session, layer_key: &str, id: &str) -> Option<FeatureRef> {
        let layer = session.catalogue().find_bundled(layer_key)?;
        let content = session.content(layer)?;
        let features = &content.data()?.features;
        let generation = content.generation;
        if self.rows_by_id.get(&layer).is_none_or(|ids| ids.generation != generation) {
            // Each map has its own bundled layers: those of the maps before are not asked for again.
            self.rows_by_id.retain(|layer, _| session.content(*layer).is_some());
            self.rows_by_id.insert(layer, IdsOfLayer { generation, rows: ids_of(features) });
        }
        let row = *self.rows_by_id[&layer].rows.get(id)?;
        Some(FeatureRef { layer, row })
    }
}

fn ids_of(features: &FeatureStore) -> HashMap<String, FeatureRow> {
    let id_of = |row| features.details(row).ok().and_then(|details| details.id);
    (0..features.len()).filter_map(|row| Some((id_of(row)?, row))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::Settings;

    #[test]
    fn the_ids_of_maps_that_are_closed_are_forgotten() {
        let mut session = Session::new(Settings::default(), Arc::new(|| ()));
        session.open_bundled_situation();
        let mut finder = FeatureFinder::default();
        for _ in 0..3 {
            session.settle();
            for (layer, id) in [("strikes", "AW-RS3530"), ("strikes", "no such event"), ("front_line", "1")] {
                let found = finder.find(&session, layer, id);
                assert_eq!(found.is_some(), id == "AW-RS3530", "{layer} {id}");
            }
            assert_eq!(finder.rows_by_id.len(), 2);
            session.close_project();
            assert_eq!(finder.find(&session, "strikes", "AW-RS3530"), None, "it is being read");
        }
    }
}
