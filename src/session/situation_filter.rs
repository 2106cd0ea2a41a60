//! The one filter over all layers of events, its drawn area, and filters under a name.
//!
//! Floor 4. Given, and taken back by undo; the rows that it lets through are derived in [`super::filters`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Notice, Session};
use crate::coords::LonLat;
use crate::index::{Expression, Filter, LayerData, PlaceTest, Region};
use crate::situation::{FeatureStoreBuilder, GeometryKind, PartKind};

/// Which events are shown, in whatever layer they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SituationFilter {
    /// What must be true of them.
    pub filter: Filter,
    /// Corners of the area that was drawn. Events lie in it, unless the filter itself says what to do with it.
    pub area: Option<Arc<[LonLat]>>,
}

/// A filter under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFilter {
    /// Its name for people; no two are the same.
    pub name: String,
    /// What it shows.
    pub filter: SituationFilter,
}

/// What can be done with the filter of the situation.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterCommand {
    /// Show the events that meet it.
    Set(SituationFilter),
    /// Keep the present filter under a name; an older one of that name is replaced.
    Save(String),
    /// Take a kept filter.
    Use(String),
    /// Forget a kept filter.
    Delete(String),
}

/// A filter as it is saved.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SavedFilter {
    /// Its name; empty for the one that is set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What must be true of events, as it is written.
    pub expression: String,
    /// The corners of the drawn area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Vec<LonLat>>,
}

impl SituationFilter {
    /// Whether it shows every event.
    pub fn is_empty(&self) -> bool {
        self.filter.is_empty() && self.area.is_none()
    }

    /// The same in an area with these corners; in no area with fewer than three.
    pub fn in_area(self, corners: &[LonLat]) -> Self {
        Self { area: (corners.len() >= 3).then(|| corners.into()), ..self }
    }

    /// What must be true of events, the area included.
    pub(super) fn with_area(&self) -> Filter {
        let mut filter = self.filter.clone();
        if self.area.is_some() && !filter.names_area() {
            filter.parts.push(Expression::At(PlaceTest::Inside(Region::Drawn)));
        }
        filter
    }

    /// The drawn area as a layer of one feature.
    pub(super) fn area_data(&self) -> Option<LayerData> {
        let corners: Vec<[f64; 2]> =
            self.area.as_ref()?.iter().map(|corner| [corner.lon_deg, corner.lat_deg]).collect();
        let mut builder = FeatureStoreBuilder::default();
        builder.push_closed_ring(&corners);
        builder.end_part(PartKind::Polygon);
        builder.end_feature(GeometryKind::Polygon, (0, 0));
        Some(LayerData::build(builder.finish(Vec::new(), None)))
    }

    fn saved(&self, name: &str) -> SavedFilter {
        SavedFilter {
            name: name.to_owned(),
            expression: self.filter.to_string(),
            area: self.area.as_ref().map(|area| area.to_vec()),
        }
    }
}

impl Session {
    /// The filter over all layers of events.
    pub fn situation_filter(&self) -> &SituationFilter {
        &self.project.situation_filter
    }

    /// The filters that are kept under a name, in order of their making.
    pub fn named_filters(&self) -> &[NamedFilter] {
        &self.project.named_filters
    }

    pub(super) fn apply_filter(&mut self, command: FilterCommand) {
        match command {
            FilterCommand::Set(filter) => self.set_situation_filter(filter),
            FilterCommand::Save(name) => self.save_filter(name.trim()),
            FilterCommand::Use(name) => {
                let named = self.named_filters().iter().find(|named| named.name == name);
                if let Some(filter) = named.map(|named| named.filter.clone()) {
                    self.set_situation_filter(filter);
                }
            }
            FilterCommand::Delete(name) => {
                self.edit(None, |project| project.named_filters.retain(|named| named.name != name));
            }
        }
    }

    fn set_situation_filter(&mut self, filter: SituationFilter) {
        self.edit(None, |project| project.situation_filter = Arc::new(filter));
    }

    fn save_filter(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        let filter = self.situation_filter().clone();
        self.edit(None, |project| {
            project.named_filters.retain(|old| old.name != name);
            project.named_filters.push(NamedFilter { name: name.to_owned(), filter });
        });
    }

    /// The present filter and those with a name, as they are saved.
    pub(super) fn filters_to_saved(&self) -> (Option<SavedFilter>, Vec<SavedFilter>) {
        let present = Some(self.situation_filter()).filter(|filter| !filter.is_empty());
        let named = self.named_filters().iter().map(|named| named.filter.saved(&named.name));
        (present.map(|filter| filter.saved("")), named.collect())
    }

    /// A filter that cannot be read is told and left out.
    pub(super) fn bring_back_filters(&mut self, present: Option<SavedFilter>, named: Vec<SavedFilter>) {
        if let Some(filter) = present.and_then(|saved| self.read_saved_filter(&saved)) {
            self.project.situation_filter = Arc::new(filter);
        }
        for saved in named {
            if let Some(filter) = self.read_saved_filter(&saved) {
                self.project.named_filters.push(NamedFilter { name: saved.name, filter });
            }
        }
    }

    fn read_saved_filter(&mut self, saved: &SavedFilter) -> Option<SituationFilter> {
        match saved.expression.parse() {
            Ok(filter) => {
                let filter = SituationFilter { filter, area: None };
                Some(filter.in_area(saved.area.as_deref().unwrap_or_default()))
            }
            Err(error) => {
                self.notify(Notice::error(format!("A filter cannot be brought back: {error}")));
                None
            }
        }
    }
}
