//! Orders the work that filters make, and takes in what comes of it.
//!
//! Floor 4. Filters are given, with a layer's entry and with the situation; the rows that they let through are derived,
//! see [`super::filtering`].

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::filter_scope::event_scope;
use super::filtering::{AskedFilter, FilterFindings, FilterKey, FilterOwner};
use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{LayerEntry, LayerId, LayerState, Notice, Session};
use crate::index::{
    Condition, Expression, Filter, FilterError, LayerData, Predicate, Scope, Subject, UnmetValue, Verdict,
    unmet_values,
};
use crate::situation::LayerEvents;

/// What the rows of a layer are looked for in.
pub(super) struct FilterInput {
    pub data: Arc<LayerData>,
    pub events: Option<Arc<LayerEvents>>,
    /// Titles and contents of the layers that the filter speaks of.
    neighbours: Vec<(String, Arc<LayerData>)>,
}

impl Session {
    pub(super) fn set_filter(&mut self, layer: LayerId, filter: Option<Filter>) {
        let filter = filter.filter(|filter| !filter.is_empty()).map(Arc::new);
        let before = self.catalogue().get(layer).and_then(|entry| entry.filter.clone());
        let parts = |filter: &Option<Arc<Filter>>| filter.iter().flat_map(|one| one.parts.clone()).collect();
        let (before, after): (Vec<_>, Vec<_>) = (parts(&before), parts(&filter));
        let typed = range_changed(&before, &after);
        let merge = typed.map(|subject| ("filter", hash_of(&(layer.0, subject.to_string()))));
        self.edit_layer(layer, merge, |entry| entry.filter = filter);
    }

    /// Orders the rows of filters that are neither there nor on their way.
    pub(super) fn order_filters(&mut self) {
        for entry in self.project.catalogue.bottom_up() {
            for owner in FilterOwner::BOTH {
                let wanted = self.wanted_rows(entry, owner);
                let Some(content) = self.contents.get_mut(&entry.id) else { continue };
                match wanted {
                    None => {}
                    Some(None) => content.filtering.drop_filter(owner, &mut self.next_number),
                    Some(Some((key, input))) => {
                        if let Some(stop) = content.filtering.order(&key) {
                            self.jobs.filter(entry.id, key, input, stop);
                        }
                    }
                }
            }
        }
    }

    /// Which rows of a layer one of its filters asks for, `Some(None)` where there is no such filter; `None` while
    /// something that it speaks of is being read.
    #[expect(clippy::option_option, reason = "what is not known yet, and what is known to be none")]
    fn wanted_rows(
        &self,
        entry: &LayerEntry,
        owner: FilterOwner,
    ) -> Option<Option<(FilterKey, FilterInput)>> {
        match self.asked_filter(entry, owner) {
            Some(filter) => self.rows_asked_for(entry, filter),
            None => Some(None),
        }
    }

    /// The rows of a layer that a filter asks for, `Some(None)` where it does not speak of the layer; `None` while
    /// something that it speaks of is being read.
    #[expect(clippy::option_option, reason = "what is not known yet, and what is known to be none")]
    pub(super) fn rows_asked_for(
        &self,
        entry: &LayerEntry,
        filter: AskedFilter,
    ) -> Option<Option<(FilterKey, FilterInput)>> {
        let content = self.content(entry.id)?;
        let (data, events_key) = (content.data()?.clone(), content.events_key()?.clone());
        let events = content.events().cloned();
        let conditions = match &filter {
            AskedFilter::OfLayer { filter, .. } => filter,
            AskedFilter::OfSituation(_) if events.is_none() => return Some(None),
            AskedFilter::OfSituation(situation) => &situation.filter,
        };
        let (readings, neighbours) = self.neighbours(conditions.layers_named())?;
        let key =
            FilterKey { generation: content.generation, filter, events: events_key, neighbours: readings };
        Some(Some((key, FilterInput { data, events, neighbours })))
    }

    /// The filter of an owner that the rows of a layer must meet.
    pub(super) fn asked_filter(&self, entry: &LayerEntry, owner: FilterOwner) -> Option<AskedFilter> {
        match owner {
            FilterOwner::Layer => entry
                .filter
                .clone()
                .map(|filter| AskedFilter::OfLayer { filter, absent_is_unknown: self.absent_is_unknown }),
            FilterOwner::Situation => {
                let filter = Some(&self.project.situation_filter).filter(|filter| !filter.is_empty());
                filter.cloned().map(AskedFilter::OfSituation)
            }
        }
    }

    /// The layers of these titles, as far as there are such layers; `None` where one is still being read.
    #[expect(clippy::type_complexity, reason = "two lists that are taken apart at once")]
    fn neighbours<'a>(
        &self,
        titles: impl Iterator<Item = &'a str>,
    ) -> Option<(Vec<(LayerId, u64)>, Vec<(String, Arc<LayerData>)>)> {
        let (mut readings, mut neighbours) = (Vec::new(), Vec::new());
        for title in titles {
            let Some(entry) = self.catalogue().top_down().find(|entry| entry.title == title) else {
                continue;
            };
            let Some(content) = self.content(entry.id) else { continue };
            match &content.state {
                LayerState::Loading { .. } => return None,
                LayerState::Failed { .. } => {}
                LayerState::Ready { data, .. } => {
                    readings.push((entry.id, content.generation));
                    neighbours.push((title.to_owned(), data.clone()));
                }
            }
        }
        Some((readings, neighbours))
    }

    /// The words that the filter of all events asks for and that no event has, as far as that is known.
    pub fn unmet_values(&self) -> Vec<UnmetValue> {
        let contents = self.shown_event_entries().filter_map(|entry| self.content(entry.id));
        unmet_values(contents.map(|content| content.filtering.asked(FilterOwner::Situation)))
    }

    /// The words that the layer's own filter asks for and that no row of it has.
    pub fn unmet_values_of(&self, layer: LayerId) -> Vec<UnmetValue> {
        let content = self.content(layer);
        unmet_values(content.map(|content| content.filtering.asked(FilterOwner::Layer)).into_iter())
    }

    pub(super) fn take_in_rows(
        &mut self,
        layer: LayerId,
        key: FilterKey,
        found: Result<FilterFindings, FilterError>,
    ) {
        let revision = self.number();
        let title = self.project.catalogue.get(layer).map(|entry| entry.title.clone()).unwrap_or_default();
        let Some(content) = self.contents.get_mut(&layer) else { return };
        if let Err(FilterError::Stopped) = &found {
            content.filtering.forget_order(&key);
            return;
        }
        let mut told = None;
        if let Err(error) = &found
            && content.generation == key.generation
        {
            let words = match key.owner() {
                FilterOwner::Layer => {
                    format!("The filter of “{title}” cannot be used and hides nothing: {error}")
                }
                FilterOwner::Situation => {
                    format!(
                        "The filter of all events cannot be used on “{title}” and hides nothing of it: {error}"
                    )
                }
            };
            told = Some(Notice::error(words));
        }
        let generation = content.generation;
        let found = found.map_err(|error| error.to_string());
        content.filtering.take_in(key, found, generation, revision);
        told.into_iter().for_each(|notice| self.notify(notice));
        self.forget_hover();
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_filter(&mut self, layer: LayerId, owner: FilterOwner, message: &str) {
        let revision = self.number();
        if let Some(content) = self.contents.get_mut(&layer)
            && let Some(key) = content.filtering.awaited(owner).cloned()
        {
            let generation = key.generation;
            content.filtering.take_in(key, Err(message.to_owned()), generation, revision);
        }
        self.forget_hover();
    }
}

/// The subject of the range that is all that differs: its ends are typed, and the letters of one number are one step.
fn range_changed<'a>(before: &'a [Expression], after: &'a [Expression]) -> Option<&'a Subject> {
    let only_in = |one: &'a [Expression], other: &[Expression]| -> Vec<&'a Expression> {
        one.iter().filter(|part| !other.contains(part)).collect()
    };
    let subject = |part: &'a Expression| match part {
        Expression::Where(Condition { subject, predicate: Predicate::Range(..) }) => Some(subject),
        _ => None,
    };
    match (&only_in(before, after)[..], &only_in(after, before)[..]) {
        ([], [new]) => subject(new),
        ([old], [new]) => subject(new).filter(|new| subject(old) == Some(new)),
        _ => None,
    }
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Jobs {
    /// Looks for the rows that a filter lets through, until `stop` is set.
    fn filter(&mut self, layer: LayerId, key: FilterKey, input: FilterInput, stop: Arc<AtomicBool>) {
        self.spawn(Place::Pool, Task::Filter(layer, key.owner()), move || {
            let found = asked(&key, &input, &stop, |filter, scope| {
                Ok(FilterFindings { verdict: filter.verdict(scope)?, asked: filter.asked_values(scope) })
            });
            JobOutcome::RowsReady { layer, key, found }
        });
    }
}

/// The rows of a layer that meet the filter.
pub(super) fn found_rows(key: &FilterKey, input: &FilterInput) -> Result<Verdict, FilterError> {
    asked(key, input, &AtomicBool::new(false), Filter::verdict)
}

/// What is asked of a filter and of the rows that it is about.
fn asked<R>(
    key: &FilterKey,
    input: &FilterInput,
    stop: &AtomicBool,
    ask: impl Fn(&Filter, &Scope<'_>) -> R,
) -> R {
    let FilterInput { data, events, neighbours } = input;
    let layers: Vec<(&str, &LayerData)> =
        neighbours.iter().map(|(title, data)| (title.as_str(), &**data)).collect();
    let area = match &key.filter {
        AskedFilter::OfLayer { .. } => None,
        AskedFilter::OfSituation(situation) => situation.area_data(),
    };
    let plain = Scope { layers: &layers, ..Scope::of(&data.features) };
    let scope = events.as_ref().map_or(plain, |events| event_scope(data, events, &layers, area.as_ref()));
    let scope = Scope { zone: key.events.zone(), stop, ..scope };
    match &key.filter {
        AskedFilter::OfLayer { filter, absent_is_unknown } => {
            ask(filter, &Scope { absent_is_unknown: *absent_is_unknown, ..scope })
        }
        AskedFilter::OfSituation(situation) => ask(&situation.with_area(), &scope),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::*;
    use crate::coords::{LonLat, WorldRect, world_from_lon_lat};
    use crate::session::{Command, FilterCommand, PointerHit, Settings, SituationFilter};
    use crate::tessellate::DrawnBy;

    /// Points on the equator, `n` degrees east with the number `n`, all but the last with one.
    fn session_with_points() -> (Session, LayerId) {
        let point = |n: i32| {
            let value = if n < 9 { n.to_string() } else { "null".to_owned() };
            format!(
                r#"{{"type":"Feature","properties":{{"n":{value}}},"geometry":{{"type":"Point","coordinates":[{n},0]}}}}"#
            )
        };
        let points: Vec<String> = (0..10).map(point).collect();
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, points.join(","));
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(text));
        session.settle();
        let layer = session.catalogue().top_down().next().unwrap().id;
        (session, layer)
    }

    fn filter(text: &str) -> Option<Filter> {
        Some(text.parse().unwrap())
    }

    fn drawn(session: &Session, layer: LayerId) -> usize {
        let drawing = session.content(layer).unwrap().picture.as_ref().unwrap();
        drawing.picture.markers.instances.len()
    }

    fn hits(session: &Session, lon_deg: f64) -> usize {
        let at = world_from_lon_lat(LonLat { lon_deg, lat_deg: 0.0 });
        session.hits_at(PointerHit { at, tolerance_world: 1e-6 }).len()
    }

    #[test]
    fn what_a_filter_hides_is_neither_drawn_nor_hit_nor_selected_by_a_box() {
        let (mut session, layer) = session_with_points();
        session.apply(Command::SetFilter { layer, filter: filter("n in 3..5") });
        session.settle();
        assert_eq!(session.content(layer).unwrap().shown().unwrap().count, 3);
        assert_eq!(drawn(&session, layer), 3);
        assert_eq!((hits(&session, 2.0), hits(&session, 4.0)), (0, 1));
        let all = WorldRect {
            min: world_from_lon_lat(LonLat::new(-1.0, 1.0)),
            max: world_from_lon_lat(LonLat::new(20.0, -1.0)),
        };
        session.apply(Command::SelectInBox(all));
        let rows: Vec<_> = session.selection().hits().iter().map(|hit| hit.row).collect();
        assert_eq!(rows, [3, 4, 5]);
    }

    #[test]
    fn a_frame_in_which_nothing_changes_gives_no_rows_a_new_revision() {
        let (mut session, layer) = session_with_points();
        for text in ["n in 3..5", ""] {
            session.apply(Command::SetFilter { layer, filter: filter(text) });
            session.settle();
            let last = session.next_number;
            session.tick();
            assert_eq!(session.next_number, last, "{text}");
        }
    }

    #[test]
    fn undo_takes_a_filter_back_and_redo_brings_it_again() {
        let (mut session, layer) = session_with_points();
        session.apply(Command::SetFilter { layer, filter: filter("n is unknown") });
        session.settle();
        assert_eq!((drawn(&session, layer), hits(&session, 9.0)), (1, 1));
        session.apply(Command::Undo);
        session.settle();
        assert_eq!((drawn(&session, layer), hits(&session, 2.0)), (10, 1));
        session.apply(Command::Redo);
        session.settle();
        assert_eq!(drawn(&session, layer), 1);
        session.apply(Command::SetFilter { layer, filter: Some(Filter::default()) });
        session.settle();
        assert!(session.content(layer).unwrap().shown().is_none() && drawn(&session, layer) == 10);
    }

    #[test]
    fn undo_takes_back_one_condition_and_the_typing_of_one_range_as_a_whole() {
        let (mut session, layer) = session_with_points();
        for text in ["n in 1..", "n in 1..5", "n in 1..5 and n != 3", "n in 1..5 and n != 3 and [n] is known"]
        {
            session.apply(Command::SetFilter { layer, filter: filter(text) });
        }
        let undone = |session: &mut Session| {
            session.apply(Command::Undo);
            let entry = session.catalogue().get(layer).unwrap();
            entry.filter.as_ref().map(|filter| filter.parts.len())
        };
        assert_eq!([(); 3].map(|()| undone(&mut session)), [Some(2), Some(1), None]);
    }

    #[test]
    fn the_view_of_a_filtered_layer_is_that_of_what_is_shown() {
        let (mut session, layer) = session_with_points();
        session.apply(Command::SetFilter { layer, filter: filter("n in 6..8") });
        session.settle();
        session.apply_at_once(Command::ZoomToLayer(layer));
        assert!((session.viewport().center_lon_lat().lon_deg - 7.0).abs() < 1e-6);
    }

    #[test]
    fn a_filter_that_does_not_suit_the_layer_is_told_and_hides_nothing() {
        let (mut session, layer) = session_with_points();
        session.apply(Command::SetFilter { layer, filter: filter("m in 3..5") });
        session.settle();
        assert_eq!(drawn(&session, layer), 10);
        let told = session.notices().next().unwrap();
        assert!(told.message.contains("there is no column \"m\"; there are n"), "{}", told.message);
        assert!(session.content(layer).unwrap().filter_failure().is_some());
    }

    #[test]
    fn areas_that_a_filter_hid_come_back_with_it_gone_however_many_points_are_beside_them() {
        let point = |n: i32| {
            let lon = f64::from(n) * 0.01;
            format!(
                r#"{{"type":"Feature","properties":{{"kind":"point"}},"geometry":{{"type":"Point","coordinates":[{lon},0]}}}}"#
            )
        };
        let area = r#"{"type":"Feature","properties":{"kind":"area"},"geometry":{"type":"Polygon",
            "coordinates":[[[0,0],[5,0],[5,5],[0,5],[0,0]]]}}"#;
        let features: Vec<String> = (0..600).map(point).chain([area.to_owned()]).collect();
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.draw_by(DrawnBy::Processor);
        session.apply(Command::PasteGeoJson(text));
        session.settle();
        let layer = session.chosen_layer().unwrap();
        let drawn = |session: &Session| {
            let picture = &session.content(layer).unwrap().picture.as_ref().unwrap().picture;
            (!picture.fills.indices.is_empty(), !picture.binned_markers.is_empty())
        };
        assert_eq!(drawn(&session), (true, true));
        session.apply(Command::SetFilter { layer, filter: filter("[kind] = point") });
        session.settle();
        assert_eq!(drawn(&session), (false, true));
        session.apply(Command::SetFilter { layer, filter: None });
        session.settle();
        assert_eq!(drawn(&session), (true, true));
    }

    #[test]
    fn a_filter_may_ask_whether_a_row_lies_in_an_area_of_another_layer() {
        let (mut session, layer) = session_with_points();
        let area = r#"{"type":"Polygon","coordinates":[[[1.5,-1],[4.5,-1],[4.5,1],[1.5,1],[1.5,-1]]]}"#;
        session.apply(Command::PasteGeoJson(area.to_owned()));
        let zone = session.chosen_layer().unwrap();
        session.apply(Command::RenameLayer { layer: zone, title: "Zone".to_owned() });
        session.apply(Command::SetFilter { layer, filter: filter("inside \"Zone\" and not (n = 3)") });
        session.settle();
        assert_eq!(drawn(&session, layer), 2);
        session.apply(Command::SetFilter { layer, filter: filter("within 200 km of \"Zone\"") });
        session.settle();
        // All up to 6° east: it is 167 km from there.
        assert_eq!(drawn(&session, layer), 7);
        session.apply(Command::SetFilter { layer, filter: filter("inside \"Zune\"") });
        session.settle();
        assert_eq!(session.content(layer).unwrap().filter_failure(), Some("there is no layer \"Zune\""));
    }

    #[test]
    fn where_the_work_on_a_filter_breaks_off_all_is_shown_until_another_is_set() {
        let (mut session, layer) = session_with_points();
        session.apply(Command::SetFilter { layer, filter: filter("n in 3..5") });
        session.settle();
        assert_eq!(drawn(&session, layer), 3);
        session.apply(Command::SetFilter { layer, filter: filter("n in 6..7") });
        let wanted = session.catalogue().get(layer).unwrap().filter.clone().unwrap();
        let content = session.contents.get_mut(&layer).unwrap();
        let key = FilterKey {
            generation: content.generation,
            filter: AskedFilter::OfLayer { filter: wanted, absent_is_unknown: false },
            events: content.events_key().cloned().unwrap(),
            neighbours: Vec::new(),
        };
        assert!(content.filtering.order(&key).is_some());
        session.take_in_failed_filter(layer, FilterOwner::Layer, "it broke off");
        session.settle();
        assert_eq!(drawn(&session, layer), 10);
        assert_eq!(session.content(layer).unwrap().filter_failure(), Some("it broke off"));
        session.apply(Command::SetFilter { layer, filter: filter("n in 3..5") });
        session.settle();
        assert_eq!(drawn(&session, layer), 3);
        assert_eq!(session.content(layer).unwrap().filter_failure(), None);
    }

    #[test]
    fn another_filter_stops_the_search_for_the_rows_of_the_one_before() {
        let (mut session, layer) = session_with_points();
        let content = session.contents.get_mut(&layer).unwrap();
        let key = |text: &str| FilterKey {
            generation: content.generation,
            filter: AskedFilter::OfLayer {
                filter: Arc::new(text.parse().unwrap()),
                absent_is_unknown: false,
            },
            events: content.events_key().cloned().unwrap(),
            neighbours: Vec::new(),
        };
        let (first, second) = (key("n in 3..5"), key("n in 3..6"));
        let stop = content.filtering.order(&first).unwrap();
        assert!(content.filtering.order(&first).is_none() && !stop.load(Ordering::Relaxed));
        assert!(content.filtering.order(&second).is_none() && stop.load(Ordering::Relaxed));
        session.take_in_rows(layer, first, Err(FilterError::Stopped));
        assert_eq!(session.notices().count(), 0);
        let content = session.contents.get_mut(&layer).unwrap();
        let stop = content.filtering.order(&second).unwrap();
        content.filtering.drop_filter(FilterOwner::Layer, &mut 0);
        assert!(stop.load(Ordering::Relaxed));
    }

    #[test]
    fn where_one_of_two_filters_cannot_be_used_the_other_still_holds() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle();
        let layer = session.catalogue().find_bundled("strikes").unwrap();
        let of_events = |text: &str| {
            let filter = SituationFilter { filter: text.parse().unwrap(), area: None };
            Command::Filter(FilterCommand::Set(filter))
        };
        let shown = |session: &Session| session.content(layer).unwrap().shown().map(|shown| shown.count);
        session.apply(of_events("weapon = air_strike"));
        session.settle();
        let air_strikes = shown(&session);
        assert!(air_strikes.is_some_and(|count| count > 0 && count < 94));
        session.apply(Command::SetFilter { layer, filter: filter("no_such_column = 3") });
        session.settle();
        assert_eq!(shown(&session), air_strikes);
        assert!(session.content(layer).unwrap().filter_failure().is_some());
        session.apply(Command::SetFilter { layer, filter: filter("killed >= 1") });
        session.settle();
        let both = shown(&session);
        assert!(both > Some(0) && both < air_strikes);
        session.apply(of_events("inside \"No such layer\""));
        session.settle();
        assert!(shown(&session) > both && shown(&session) < Some(94));
        assert_eq!(session.content(layer).unwrap().filter_failure(), None);
        let told = session.notices().any(|notice| notice.message.contains("The filter of all events cannot"));
        assert!(told);
    }

    #[test]
    fn a_filter_is_there_again_at_the_next_start() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle();
        let layer = session.catalogue().find_bundled("strikes").unwrap();
        session.apply(Command::SetFilter {
            layer,
            filter: filter("grade in (confirmed, \"a, b\") and not (note ~ \"قصف\")"),
        });
        let saved = session.to_saved();
        let mut second = Session::new(Settings::default(), Arc::new(|| {}));
        second.open_bundled_situation();
        second.settle_reading();
        second.bring_back(saved);
        let brought_back =
            second.catalogue().get(second.catalogue().find_bundled("strikes").unwrap()).unwrap();
        assert_eq!(
            brought_back.filter.as_deref(),
            filter("grade in (confirmed, \"a, b\") and not (note ~ \"قصف\")").as_ref()
        );
    }
}
