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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, FeatureRef, LayerId, Settings};

    fn session_with_situation() -> (Session, LayerId) {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle_reading();
        let strikes = session.catalogue().find_bundled("strikes").unwrap();
        (session, strikes)
    }

    fn set(session: &mut Session, text: &str) {
        let filter = SituationFilter { filter: text.parse().unwrap(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(filter)));
        session.settle_reading();
    }

    fn shown(session: &Session, layer: LayerId) -> Vec<usize> {
        let content = session.content(layer).unwrap();
        content.rows_at_any_time().map_or((0..content.len()).collect(), |shown| shown.rows.iter().collect())
    }

    #[test]
    fn one_filter_is_over_all_events_and_over_nothing_else() {
        let (mut session, strikes) = session_with_situation();
        set(&mut session, "killed >= 1 and date in 2018-09-04..2018-09-10");
        let rows = shown(&session, strikes);
        let all = session.content(strikes).unwrap().len();
        assert!(!rows.is_empty() && rows.len() < all);
        for row in 0..all {
            let event = session.event(FeatureRef { layer: strikes, row }).unwrap();
            let when = event.when.as_ref().unwrap();
            let (first, last) = (jiff::civil::date(2018, 9, 4), jiff::civil::date(2018, 9, 10));
            let meets = when.first_day() <= last && first <= when.last_known_day();
            assert_eq!(rows.contains(&row), meets && event.killed.at_least(1), "{}", event.id);
        }
        let highways = session.catalogue().find_bundled("highways").unwrap();
        assert!(session.content(highways).unwrap().rows_at_any_time().is_none());
        session.apply(Command::Undo);
        session.settle_reading();
        assert_eq!(shown(&session, strikes).len(), all);
    }

    #[test]
    fn events_lie_in_the_drawn_area_unless_the_filter_says_what_to_do_with_it() {
        let (mut session, strikes) = session_with_situation();
        let corners = [(36.0, 35.0), (37.0, 35.0), (37.0, 35.6), (36.0, 35.6)];
        let corners = corners.map(|(lon, lat)| LonLat::new(lon, lat));
        let mut in_area = |text: &str| {
            let filter = SituationFilter { filter: text.parse().unwrap(), area: None }.in_area(&corners);
            session.apply(Command::Filter(FilterCommand::Set(filter)));
            session.settle_reading();
            let content = session.content(strikes).unwrap();
            let (certain, possible): (Vec<_>, Vec<_>) =
                shown(&session, strikes).into_iter().partition(|row| !content.is_possible(*row));
            (certain, possible)
        };
        let (inside, overlapping) = in_area("class = strike");
        let (outside, overlapping_outside) = in_area("class = strike and not inside area");
        assert!(!inside.is_empty() && !outside.is_empty());
        assert!(inside.iter().all(|row| !outside.contains(row)));
        assert_eq!(overlapping, overlapping_outside);
    }

    #[test]
    fn filters_are_kept_under_a_name_and_saved() {
        let (mut session, strikes) = session_with_situation();
        set(&mut session, "weapon = air_strike or place ~ \"سراقب\"");
        session.apply(Command::Filter(FilterCommand::Save("From the air".to_owned())));
        let rows = shown(&session, strikes);
        set(&mut session, "grade is unknown");
        let (mut second, strikes) = session_with_situation();
        second.bring_back(session.to_saved());
        assert_eq!(second.situation_filter(), session.situation_filter());
        second.apply(Command::Filter(FilterCommand::Use("From the air".to_owned())));
        second.settle_reading();
        assert_eq!(shown(&second, strikes), rows);
        second.apply(Command::Filter(FilterCommand::Delete("From the air".to_owned())));
        assert!(second.named_filters().is_empty());
    }
}
