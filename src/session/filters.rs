//! Which rows of a layer are shown: orders the work that a filter makes, and takes in what comes of it.
//!
//! Floor 4. The filter is given with the layer's entry; its rows are derived, replaced whole, and the last ones stay
//! until the next are there.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::event_layers::EventsKey;
use super::filter_scope::event_scope;
use super::jobs::{JobOutcome, Jobs, Place, Task};
use super::{LayerContent, LayerEntry, LayerId, LayerState, Notice, Session, SituationFilter};
use crate::coords::{Extent, WorldRect};
use crate::index::{
    Condition, Expression, Filter, FilterError, LayerData, Predicate, Scope, Subject, Verdict,
};
use crate::situation::{DayMatch, FeatureRow, LayerEvents, RowMask};

/// The rows that a filter lets through.
#[derive(Debug, Clone)]
pub struct ShownRows {
    /// One bit for each row of the layer.
    pub rows: Arc<RowMask>,
    /// How many.
    pub count: usize,
    /// Never used for other rows.
    pub revision: u64,
    /// Those of them that are drawn fainter: the trail of the window of time.
    pub faint: Option<Arc<RowMask>>,
    /// Those of them that only possibly meet the filters; `None` where all are certain.
    pub possible: Option<Arc<RowMask>>,
}

/// What rows are derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterKey {
    /// Of the data.
    generation: u64,
    /// The layer's own.
    filter: Option<Arc<Filter>>,
    /// That of all events, where the layer holds events.
    situation: Option<Arc<SituationFilter>>,
    /// What the events were read for.
    events: Option<EventsKey>,
    /// The layers that the filters speak of, each of one reading.
    neighbours: Vec<(LayerId, u64)>,
    /// Whether what the layer has no column for is unknown under its own filter, and no error.
    absent_is_unknown: bool,
}

/// What the rows of a layer are looked for in.
struct FilterInput {
    data: Arc<LayerData>,
    events: Option<Arc<LayerEvents>>,
    /// Titles and contents of the layers that the filters speak of.
    neighbours: Vec<(String, Arc<LayerData>)>,
}

/// Where the filtering of a layer stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Filtering {
    shown: Option<(FilterKey, ShownRows)>,
    awaited: Option<FilterKey>,
    failed: Option<(FilterKey, String)>,
}

impl Filtering {
    fn has_failed(&self, key: &FilterKey) -> bool {
        self.failed.as_ref().is_some_and(|(failed, _)| failed == key)
    }

    fn is_there(&self, key: &FilterKey) -> bool {
        self.shown.as_ref().is_some_and(|(of, _)| of == key)
    }
}

impl LayerContent {
    /// The rows that the filters let through, whatever the time; `None` where all are.
    pub fn rows_at_any_time(&self) -> Option<&ShownRows> {
        self.filtering.shown.as_ref().map(|(_, shown)| shown)
    }

    /// How many rows the layer has; none before it is read.
    pub fn len(&self) -> usize {
        self.data().map_or(0, |data| data.features.len())
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the row is shown.
    pub fn shows(&self, row: FeatureRow) -> bool {
        self.shown().is_none_or(|shown| shown.rows.contains(row))
    }

    /// Whether the row is shown, but only possibly meets the filters and the window of time.
    pub fn is_possible(&self, row: FeatureRow) -> bool {
        let by_filter = self.rows_at_any_time().and_then(|shown| shown.possible.as_ref());
        let by_time = || {
            let (events, window) = self.events().zip(self.window())?;
            Some(events.times().match_window(row, window) == DayMatch::Possible)
        };
        self.shows(row) && (by_filter.is_some_and(|rows| rows.contains(row)) || by_time() == Some(true))
    }

    /// The rows of a view that are drawn, in the order of the file; where a view has too many to look at but few of
    /// them are drawn at all, those, in view or not. `None` where there are more than `most`.
    pub fn shown_rows_in_at_most(&self, rect: WorldRect, most: usize) -> Option<Vec<FeatureRow>> {
        match self.data()?.index.rows_in_at_most(rect, most) {
            Some(rows) => Some(rows.into_iter().filter(|&row| self.draws(row)).collect()),
            None => {
                self.on_map().filter(|shown| shown.count <= most).map(|shown| shown.rows.iter().collect())
            }
        }
    }

    /// Why the layer's filter cannot be used, a sentence for the user; all rows are shown then.
    pub fn filter_failure(&self) -> Option<&str> {
        self.filtering.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Whether a worker is looking for the rows of another filter.
    pub fn is_being_filtered(&self) -> bool {
        self.filtering.awaited.is_some()
    }

    /// The box around what is shown.
    pub(super) fn shown_extent(&self) -> Option<Extent> {
        let features = &self.data()?.features;
        match self.on_map() {
            None => features.extent(),
            Some(shown) => features.extent_of_rows(shown.rows.iter()),
        }
    }
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
            let Some(wanted) = self.wanted_rows(entry) else { continue };
            let Some(content) = self.contents.get_mut(&entry.id) else { continue };
            let WantedRows::Of(key, input) = wanted else {
                (content.filtering.shown, content.filtering.failed) = (None, None);
                continue;
            };
            let filtering = &content.filtering;
            // One at a time: while a slider moves, the steps in between need not be looked for.
            if filtering.awaited.is_some() || filtering.is_there(&key) || filtering.has_failed(&key) {
                continue;
            }
            // That one is no longer the layer's filter.
            content.filtering.failed = None;
            content.filtering.awaited = Some(key.clone());
            self.jobs.filter(entry.id, key, input);
        }
    }

    /// Which rows of a layer the filters ask for; `None` while something that they speak of is being read.
    fn wanted_rows(&self, entry: &LayerEntry) -> Option<WantedRows> {
        let situation = Some(&self.project.situation_filter).filter(|filter| !filter.is_empty());
        if entry.filter.is_none() && situation.is_none() {
            return Some(WantedRows::All);
        }
        let content = self.content(entry.id)?;
        let (data, events_key) = (content.data()?.clone(), content.events_key()?);
        let events = content.events().cloned();
        let situation = situation.filter(|_| events.is_some()).cloned();
        if entry.filter.is_none() && situation.is_none() {
            return Some(WantedRows::All);
        }
        let own = entry.filter.iter().flat_map(|filter| filter.layers_named());
        let titles = own.chain(situation.iter().flat_map(|situation| situation.filter.layers_named()));
        let (readings, neighbours) = self.neighbours(titles)?;
        let key = FilterKey {
            generation: content.generation,
            filter: entry.filter.clone(),
            situation,
            events: Some(events_key.clone()),
            neighbours: readings,
            absent_is_unknown: self.absent_is_unknown,
        };
        Some(WantedRows::Of(key, FilterInput { data, events, neighbours }))
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

    pub(super) fn take_in_rows(
        &mut self,
        layer: LayerId,
        key: FilterKey,
        rows: Result<Verdict, FilterError>,
    ) {
        let revision = self.number();
        let title = self.project.catalogue.get(layer).map(|entry| entry.title.clone()).unwrap_or_default();
        let Some(content) = self.contents.get_mut(&layer) else { return };
        if content.filtering.awaited.as_ref() == Some(&key) {
            content.filtering.awaited = None;
        }
        if content.generation != key.generation {
            return;
        }
        content.filtering.failed = None;
        match rows {
            Ok(rows) => {
                let possible = rows.possible().map(Arc::new);
                let shown = ShownRows { possible, ..ShownRows::new(rows.into_met(), revision) };
                content.filtering.shown = Some((key, shown));
            }
            Err(error) => {
                content.filtering.shown = None;
                content.filtering.failed = Some((key, error.to_string()));
                self.notify(Notice::error(format!(
                    "The filter of “{title}” cannot be used, and all of the layer is shown: {error}"
                )));
            }
        }
        self.forget_hover();
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_filter(&mut self, layer: LayerId, message: &str) {
        if let Some(content) = self.contents.get_mut(&layer)
            && let Some(key) = content.filtering.awaited.take()
        {
            // All rows are shown: those of an earlier filter would pass for this one's.
            content.filtering.shown = None;
            content.filtering.failed = Some((key, message.to_owned()));
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

/// What the filters ask for.
enum WantedRows {
    All,
    Of(FilterKey, FilterInput),
}

impl Jobs {
    /// Looks for the rows that the filters let through.
    fn filter(&mut self, layer: LayerId, key: FilterKey, input: FilterInput) {
        let task = Task { layer: Some(layer), is_filter: true, ..Task::default() };
        self.spawn(Place::Pool, task, move || {
            let rows = found_rows(&key, &input);
            JobOutcome::RowsReady { layer, key, rows }
        });
    }
}

fn found_rows(key: &FilterKey, input: &FilterInput) -> Result<Verdict, FilterError> {
    let FilterInput { data, events, neighbours } = input;
    let layers: Vec<(&str, &LayerData)> =
        neighbours.iter().map(|(title, data)| (title.as_str(), &**data)).collect();
    let area = key.situation.as_ref().and_then(|situation| situation.area_data());
    let plain = Scope { layers: &layers, ..Scope::of(&data.features) };
    let of_events = events.as_ref().map_or(plain, |events| event_scope(data, events, &layers, area.as_ref()));
    let mut rows = Verdict::all(data.features.len());
    if let Some(filter) = &key.filter {
        rows = filter.verdict(&Scope { absent_is_unknown: key.absent_is_unknown, ..of_events })?;
    }
    if let Some(situation) = &key.situation {
        rows = rows.and(&situation.with_area().verdict(&of_events)?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coords::{LonLat, WorldRect, world_from_lon_lat};
    use crate::session::{Command, PointerHit, Settings};
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
            filter: Some(wanted),
            situation: None,
            events: content.events_key().cloned(),
            neighbours: Vec::new(),
            absent_is_unknown: false,
        };
        content.filtering.awaited = Some(key);
        session.take_in_failed_filter(layer, "it broke off");
        session.settle();
        assert_eq!(drawn(&session, layer), 10);
        assert_eq!(session.content(layer).unwrap().filter_failure(), Some("it broke off"));
        session.apply(Command::SetFilter { layer, filter: filter("n in 3..5") });
        session.settle();
        assert_eq!(drawn(&session, layer), 3);
        assert_eq!(session.content(layer).unwrap().filter_failure(), None);
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
