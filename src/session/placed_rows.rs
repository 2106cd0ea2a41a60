//! Which of the rows that are shown are on the map: not the events whose point only stands for an area.
//!
//! Floor 4. Lists, table, timeline and counts keep them; the map draws no point where nothing was.

use std::sync::Arc;

use super::filtering::ShownRows;
use super::{LayerContent, Session};
use crate::situation::{FeatureRow, LayerEvents, RowMask};

/// The rows of a layer that are on the map.
#[derive(Debug, Clone)]
pub(super) struct PlacedRows {
    on_map: ShownRows,
    /// What it was derived from.
    events: Arc<LayerEvents>,
    revision_shown: u64,
}

impl LayerContent {
    /// The rows that are drawn and met on the map; `None` where all are.
    pub fn on_map(&self) -> Option<&ShownRows> {
        self.placed.as_ref().map(|placed| &placed.on_map).or(self.shown())
    }

    /// Whether the row is shown and has a place on the map.
    pub fn draws(&self, row: FeatureRow) -> bool {
        self.shows(row) && !self.has_no_honest_place(row)
    }

    /// Whether the row is an event that no place on the map would be honest for.
    pub fn has_no_honest_place(&self, row: FeatureRow) -> bool {
        self.events().is_some_and(|events| events.unlocated().contains(row))
    }
}

impl Session {
    /// Leaves out of the rows that are shown those without an honest place. After the filters and the time.
    pub(super) fn follow_places(&mut self) {
        let mut revision = self.next_number;
        for content in self.contents.values_mut() {
            let Some(events) = content.events().filter(|events| events.has_middles()).cloned() else {
                content.placed = None;
                continue;
            };
            let shown = content.shown();
            let revision_shown = shown.map_or(0, |shown| shown.revision);
            let is_there = content.placed.as_ref().is_some_and(|placed| {
                placed.revision_shown == revision_shown && Arc::ptr_eq(&placed.events, &events)
            });
            if is_there {
                continue;
            }
            revision += 1;
            let located: RowMask = events.unlocated().clone().inverted();
            let rows = match shown {
                Some(shown) => located.and(&shown.rows),
                None => located,
            };
            let faint = shown.and_then(|shown| shown.faint.clone());
            let on_map = ShownRows { faint, ..ShownRows::new(rows, revision) };
            content.placed = Some(PlacedRows { on_map, events, revision_shown });
        }
        self.next_number = revision;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, WorldRect, world_from_lon_lat};
    use crate::session::{Command, FilterCommand, LayerId, PointerHit, Settings, SituationFilter};

    /// Three rows a degree apart on the parallel of 35° north: a town, a region, and one of which nothing is said.
    const ROWS: &str = "event_id_cnty,event_date,event_type,sub_event_type,location,geo_precision,latitude,longitude\n\
        XX1,2018-09-08,Battles,Armed clash,Hilltown,1,35,36\n\
        XX2,2018-09-08,Battles,Armed clash,North,3,35,37\n\
        XX3,2018-09-08,Battles,Armed clash,Farm,,35,38\n";

    fn session() -> (Session, LayerId) {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(ROWS.to_owned()));
        session.settle();
        let layer = session.catalogue().top_down().next().unwrap().id;
        (session, layer)
    }

    fn hits(session: &Session, lon: f64) -> Vec<usize> {
        let place = PointerHit { at: world_from_lon_lat(LonLat::new(lon, 35.0)), tolerance_world: 1e-6 };
        session.hits_at(place).iter().map(|hit| hit.feature.row).collect()
    }

    #[test]
    fn the_middle_of_a_region_is_neither_drawn_nor_met_and_its_event_is_still_listed() {
        let (mut session, layer) = session();
        let content = session.content(layer).unwrap();
        assert!((0..3).all(|row| content.shows(row)) && session.events_shown() == 3);
        assert_eq!([0, 1, 2].map(|row| content.draws(row)), [true, false, true]);
        let drawn = &content.picture.as_ref().unwrap().picture;
        assert_eq!(drawn.markers.instances.len(), 2);
        assert_eq!([36.0, 37.0, 38.0].map(|lon| hits(&session, lon)), [vec![0], vec![], vec![2]]);
        let place = session.event(crate::session::FeatureRef { layer, row: 1 }).unwrap().place.clone();
        assert!(!place.is_located(), "as the details say");
        let corner = |lon, lat| world_from_lon_lat(LonLat::new(lon, lat));
        session.apply(Command::SelectInBox(WorldRect { min: corner(35.0, 36.0), max: corner(39.0, 34.0) }));
        assert_eq!(session.selection().hits().len(), 2);
    }

    #[test]
    fn what_only_a_middle_answers_is_inside_of_an_area_and_outside_of_it_at_best_possibly() {
        let (mut session, layer) = session();
        let corners = [(36.5, 34.0), (39.0, 34.0), (39.0, 36.0), (36.5, 36.0)];
        let corners = corners.map(|(lon, lat)| LonLat::new(lon, lat));
        let mut found = |text: &str| {
            let filter = SituationFilter { filter: text.parse().unwrap(), area: None }.in_area(&corners);
            session.apply(Command::Filter(FilterCommand::Set(filter)));
            session.settle();
            let content = session.content(layer).unwrap();
            let rows = (0..3).filter(|&row| content.shows(row));
            rows.map(|row| (row, content.is_possible(row))).collect::<Vec<_>>()
        };
        assert_eq!(found("inside area"), [(1, true), (2, false)]);
        assert_eq!(found("not inside area"), [(0, false)]);
        assert_eq!(found("not within 5 km of area"), [(0, false)]);
        assert_eq!(found("within 500 km of area"), [(0, false), (1, true), (2, false)]);
    }

    #[test]
    fn a_user_who_does_not_take_the_column_for_the_precision_sees_every_point() {
        let (mut session, layer) = session();
        let mut mapping = session.content(layer).unwrap().events().unwrap().mapping().clone();
        mapping.set(crate::situation::EventField::PlacePrecision, Vec::new());
        session.apply(Command::SetEventMapping { layer, mapping: Some(mapping) });
        session.settle();
        let content = session.content(layer).unwrap();
        assert!((0..3).all(|row| content.draws(row)));
        assert_eq!(content.picture.as_ref().unwrap().picture.markers.instances.len(), 3);
    }
}
