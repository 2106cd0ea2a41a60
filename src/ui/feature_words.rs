//! What a feature is called, and where a link from one feature to another leads.
//!
//! Floor 6.

use std::collections::HashMap;

use super::format;
use crate::session::{FeatureRef, LayerId, Session};
use crate::situation::{FeatureDetails, FeatureRow, FeatureStore};

/// The properties that may hold a title in Arabic.
const ARABIC_TITLE_KEYS: [&str; 3] = ["title_ar", "name_ar", "name:ar"];

/// What a feature is called: its title or name, else its id, else its number.
pub fn feature_title(session: &Session, feature: FeatureRef) -> String {
    if let Some(event) = session.event(feature) {
        return event.into_owned().title_en;
    }
    if let Some(statement) = session.statement(feature) {
        return format::statement_title(statement);
    }
    let details = features_of(session, feature.layer).and_then(|features| features.details(feature.row).ok());
    title_in(&details.unwrap_or_default(), feature.row)
}

/// What a feature with these details is called.
pub fn title_in(details: &FeatureDetails, row: FeatureRow) -> String {
    let id = || details.id.clone().filter(|id| !id.trim().is_empty());
    details.title().or_else(id).unwrap_or_else(|| format!("Feature {}", row + 1))
}

/// What it is called in Arabic, where a property says so.
pub fn arabic_title_in(details: &FeatureDetails) -> Option<String> {
    ARABIC_TITLE_KEYS.iter().find_map(|key| details.words(key))
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::PropertyValue;

    fn details(id: Option<&str>, properties: &[(&str, &str)]) -> FeatureDetails {
        let properties =
            properties.iter().map(|&(key, text)| (key.to_owned(), PropertyValue::Text(text.to_owned())));
        FeatureDetails {
            id: id.map(str::to_owned),
            properties: properties.collect(),
            foreign_members: Vec::new(),
        }
    }

    #[test]
    fn a_title_comes_before_a_name_before_an_id_before_a_number() {
        assert_eq!(title_in(&details(Some("7"), &[("name", "Idlib"), ("title", "Market")]), 0), "Market");
        assert_eq!(title_in(&details(Some("7"), &[("name", " "), ("Name", "Idlib")]), 0), "Idlib");
        assert_eq!(title_in(&details(Some("7"), &[]), 0), "7");
        assert_eq!(title_in(&details(None, &[]), 2), "Feature 3");
    }
}
