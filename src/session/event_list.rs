//! The events that are shown, of all layers together, in the order of time: what a list of them shows.
//!
//! Floor 4. Derived from the rows that are shown; whoever shows the list keeps it and asks each frame whether it still
//! holds. A row costs eight bytes, and nothing of it is decoded before it is in view.

use std::ops::Range;
use std::sync::Arc;

use super::{FeatureRef, LayerId, Session, ShownRows};
use crate::situation::{CivilMinute, EventDays, EventOrder, LayerEvents};

/// What a list is derived from: each layer of events that is shown, topmost first.
#[derive(Debug, Clone)]
struct OfLayer {
    layer: LayerId,
    events: Arc<LayerEvents>,
    /// Of the rows that filters and time show, and of those that the filters let through; 0 where all are.
    revisions: [u64; 2],
}

impl OfLayer {
    fn is_same(&self, other: &Self) -> bool {
        (self.layer, self.revisions) == (other.layer, other.revisions)
            && Arc::ptr_eq(&self.events, &other.events)
    }
}

/// Events that stand under the same days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventGroup {
    /// The days; `None` for events of which no date is known.
    pub days: Option<EventDays>,
    /// Their places in the list.
    pub places: Range<usize>,
}

/// The events that are shown, in the order of time, those without a date last.
///
/// Undated ones are listed even where a window of time hides them from the map: nowhere else could they be found.
#[derive(Debug, Clone, Default)]
pub struct EventList {
    layers: Vec<OfLayer>,
    groups: Vec<EventGroup>,
    /// Places of layers in `layers`, and rows.
    rows: Vec<(u32, u32)>,
    undated_are_hidden: bool,
    total: usize,
}

impl EventList {
    /// Becomes the list of now; whether it is another than before.
    pub fn follow(&mut self, session: &Session) -> bool {
        let layers = of_layers(session);
        let mut pairs = self.layers.iter().zip(&layers);
        if self.layers.len() == layers.len() && pairs.all(|(before, now)| before.is_same(now)) {
            return false;
        }
        *self = Self::make(layers, session);
        true
    }

    fn make(layers: Vec<OfLayer>, session: &Session) -> Self {
        let window = session.timeline().shown();
        let mut list = Self { undated_are_hidden: window.is_some(), ..Self::default() };
        list.total = layers.iter().map(|of| of.events.times().len()).sum();
        let contents: Vec<_> = layers.iter().map(|of| session.content(of.layer)).collect();
        for same in parts(&layers, window.as_ref()).chunk_by(|one, next| one.days == next.days) {
            let start = list.rows.len();
            for &Part { layer, rows, .. } in same {
                list.push_rows(layer, rows, contents[layer as usize].and_then(|content| content.shown()));
            }
            if same.len() > 1 {
                let begins =
                    |&(layer, row): &(u32, u32)| layers[layer as usize].events.times().starts()[row as usize];
                list.rows[start..].sort_by_key(begins);
            }
            list.close_group(start, Some(same[0].days));
        }
        let start = list.rows.len();
        for ((layer, of), content) in (0..).zip(&layers).zip(&contents) {
            let shown = content.and_then(|content| content.rows_at_any_time());
            list.push_rows(layer, of.events.order().undated(), shown);
        }
        list.close_group(start, None);
        Self { layers, ..list }
    }

    fn push_rows(&mut self, layer: u32, rows: &[u32], shown: Option<&ShownRows>) {
        let is_shown = |row: &&u32| shown.is_none_or(|shown| shown.rows.contains(**row as usize));
        self.rows.extend(rows.iter().filter(is_shown).map(|&row| (layer, row)));
    }

    fn close_group(&mut self, start: usize, days: Option<EventDays>) {
        if self.rows.len() > start {
            self.groups.push(EventGroup { days, places: start..self.rows.len() });
        }
    }

    /// The days with their events, in the order of time; none is empty.
    pub fn groups(&self) -> &[EventGroup] {
        &self.groups
    }

    /// How many events are listed.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many of the layers' events are on map and timeline: all that are listed but for undated ones that a window
    /// of time hides.
    pub fn shown(&self) -> usize {
        self.rows.len() - self.hidden_undated()
    }

    /// How many undated events are listed that a window of time hides.
    pub fn hidden_undated(&self) -> usize {
        let undated = self.groups.last().filter(|group| group.days.is_none());
        undated.filter(|_| self.undated_are_hidden).map_or(0, |group| group.places.len())
    }

    /// How many events the layers hold, shown or not.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The event at a place; `None` beyond the last.
    pub fn event(&self, place: usize) -> Option<FeatureRef> {
        let (layer, row) = *self.rows.get(place)?;
        Some(FeatureRef { layer: self.layers.get(layer as usize)?.layer, row: row as usize })
    }

    /// Where an event stands; `None` where it is not listed.
    pub fn place_of(&self, event: FeatureRef) -> Option<usize> {
        let layer = self.layers.iter().position(|of| of.layer == event.layer)?;
        let days = EventOrder::days_of(self.layers[layer].events.times(), event.row);
        let group = self.groups.iter().find(|group| group.days == days)?;
        let wanted = (u32::try_from(layer).ok()?, u32::try_from(event.row).ok()?);
        let in_group = self.rows[group.places.clone()].iter().position(|row| *row == wanted)?;
        Some(group.places.start + in_group)
    }
}

/// What one layer has under some days.
struct Part<'a> {
    days: EventDays,
    /// Its place among the layers.
    layer: u32,
    rows: &'a [u32],
}

/// The parts of all layers in the order of time. What the window leaves out need not be looked at row by row.
fn parts<'a>(layers: &'a [OfLayer], window: Option<&Range<CivilMinute>>) -> Vec<Part<'a>> {
    let is_met = |days: EventDays| {
        let span = days.minutes();
        window.is_none_or(|window| span.start < window.end && window.start < span.end)
    };
    let of_layers = (0..).zip(layers).flat_map(|(layer, of)| {
        of.events.order().by_days().map(move |(days, rows)| Part { days, layer, rows })
    });
    let mut parts: Vec<Part<'a>> = of_layers.filter(|part| is_met(part.days)).collect();
    parts.sort_by_key(|part| part.days);
    parts
}

fn of_layers(session: &Session) -> Vec<OfLayer> {
    let of_layer = |layer: LayerId| {
        let content = session.content(layer)?;
        let revision = |shown: Option<&ShownRows>| shown.map_or(0, |shown| shown.revision);
        let revisions = [revision(content.shown()), revision(content.rows_at_any_time())];
        Some(OfLayer { layer, events: content.events()?.clone(), revisions })
    };
    session.layers_in_time().filter_map(|(entry, _)| of_layer(entry.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, FilterCommand, Settings, SituationFilter, TimeCommand};
    use crate::situation::{EventField, EventMapping, day_of, minute_of_day};

    /// Two layers of events; the second has an undated one, one of a month and two of 8 September.
    fn session() -> Session {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        for dates in [["2018-09-08", "2018-09-07"].as_slice(), &["2018-09-08", "", "2018-09", "2018-09-08"]] {
            let event = |(number, date): (usize, &&str)| {
                format!(
                    r#"{{"type":"Feature","properties":{{"date":"{date}","event_type":"Raid","n":{number}}},
                    "geometry":{{"type":"Point","coordinates":[36.5,35.5]}}}}"#
                )
            };
            let events: Vec<String> = dates.iter().enumerate().map(event).collect();
            let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, events.join(","));
            session.apply(Command::PasteGeoJson(text));
            let layer = session.chosen_layer().unwrap();
            let mut mapping = EventMapping::default();
            mapping.set(EventField::Date, vec!["date".to_owned()]);
            session.apply(Command::SetEventMapping { layer, mapping: Some(mapping) });
            session.settle();
        }
        session
    }

    fn list_of(session: &Session) -> EventList {
        let mut list = EventList::default();
        list.follow(session);
        list
    }

    fn day(text: &str) -> i32 {
        day_of(text).unwrap()
    }

    fn window(text: &str) -> Command {
        let span: Range<CivilMinute> = minute_of_day(day(text))..minute_of_day(day(text) + 1);
        Command::Time(TimeCommand::SetWindow(Some(span)))
    }

    /// First and last day of a group, and its rows.
    type ListedGroup = (Option<(i32, i32)>, Vec<usize>);

    /// The topmost layer, opened last, has rows from 10 on.
    fn listed(list: &EventList, session: &Session) -> Vec<ListedGroup> {
        let topmost = session.catalogue().top_down().next().unwrap().id;
        let row = |place: usize| {
            let event = list.event(place).unwrap();
            event.row + if event.layer == topmost { 10 } else { 0 }
        };
        let of_group = |group: &EventGroup| {
            (group.days.map(|days| (days.first, days.last)), group.places.clone().map(row).collect())
        };
        list.groups().iter().map(of_group).collect()
    }

    #[test]
    fn events_of_all_layers_stand_together_under_their_days_and_undated_ones_last() {
        let session = session();
        let list = list_of(&session);
        let (first, last, eighth) = (day("2018-09-01"), day("2018-09-30"), day("2018-09-08"));
        assert_eq!(
            listed(&list, &session),
            [
                (Some((first, last)), vec![12]),
                (Some((eighth - 1, eighth - 1)), vec![1]),
                (Some((eighth, eighth)), vec![10, 13, 0]),
                (None, vec![11])
            ]
        );
        assert_eq!((list.len(), list.shown(), list.total()), (6, 6, 6));
        for place in 0..list.len() {
            assert_eq!(list.place_of(list.event(place).unwrap()), Some(place));
        }
    }

    #[test]
    fn a_window_lists_what_the_map_shows_and_the_undated_beside() {
        let mut session = session();
        session.apply(window("2018-09-08"));
        session.settle();
        let list = list_of(&session);
        let days = list.groups().iter().map(|group| group.places.len()).collect::<Vec<_>>();
        assert_eq!(days, [1, 3, 1]);
        assert_eq!((list.shown(), list.hidden_undated(), list.total()), (session.events_shown(), 1, 6));
        let seventh = FeatureRef { layer: session.catalogue().bottom_up().next().unwrap().id, row: 1 };
        assert_eq!(list.place_of(seventh), None);
    }

    #[test]
    fn the_list_is_made_anew_only_when_something_changes() {
        let mut session = session();
        let mut list = list_of(&session);
        assert!(!list.follow(&session));
        let filter = SituationFilter { filter: "n = 1".parse().unwrap(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(filter)));
        session.settle();
        assert!(list.follow(&session));
        assert_eq!((list.len(), list.shown(), list.total()), (2, session.events_shown(), 6));
        let layer = session.catalogue().top_down().next().unwrap().id;
        session.apply(Command::SetLayerVisible { layer, visible: false });
        assert!(list.follow(&session));
        assert_eq!((list.len(), list.total()), (1, 2));
    }
}
