//! A mapping of columns to events as it is written into the file of a session.
//!
//! Floor 4. Fields and schemes are written by their words; what a later program wrote and this one does not know is
//! passed over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::situation::{DayOrder, EventMapping};

/// Which columns say what.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedEventMapping {
    /// The known kind of table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// How codes are read.
    pub scheme: String,
    /// Which of day and month comes first where somebody chose; blank where not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub day_order: String,
    /// Columns by the word of their field.
    pub columns: BTreeMap<String, Vec<String>>,
}

impl SavedEventMapping {
    pub(super) fn of(mapping: &EventMapping) -> Self {
        let columns = mapping.fields().map(|(field, columns)| (field.as_str().to_owned(), columns.to_vec()));
        Self {
            preset: mapping.preset.clone(),
            scheme: mapping.scheme.as_str().to_owned(),
            day_order: match mapping.day_order {
                DayOrder::AsFound => String::new(),
                chosen => chosen.as_str().to_owned(),
            },
            columns: columns.collect(),
        }
    }

    pub(super) fn into_mapping(self) -> EventMapping {
        let scheme = self.scheme.parse().unwrap_or_default();
        let mut mapping = EventMapping::new(self.preset.as_deref(), scheme);
        mapping.day_order = self.day_order.parse().unwrap_or_default();
        for (field, columns) in self.columns {
            if let Ok(field) = field.parse() {
                mapping.set(field, columns);
            }
        }
        mapping
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{CodeScheme, EventField};

    #[test]
    fn a_mapping_comes_back_as_it_was_written() {
        let mut mapping = EventMapping::new(Some("ACLED"), CodeScheme::Acled);
        assert!(!serde_json::to_string(&SavedEventMapping::of(&mapping)).unwrap().contains("day_order"));
        mapping.day_order = DayOrder::MonthFirst;
        mapping.set(EventField::Date, vec!["event_date".into()]);
        mapping.set(EventField::Actor, vec!["actor1".into(), "الفاعل".into()]);
        let text = serde_json::to_string(&SavedEventMapping::of(&mapping)).unwrap();
        let mut saved: SavedEventMapping = serde_json::from_str(&text).unwrap();
        saved.columns.insert("colour".into(), vec!["x".into()]);
        assert_eq!(saved.into_mapping(), mapping);
    }
}
