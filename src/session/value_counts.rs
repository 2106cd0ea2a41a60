//! How many rows have each value that a filter can ask for, for lists to choose from.
//!
//! Floor 4. Counted on a worker, for whoever looks at them; what was counted stays until the next is there. A filter whose
//! rows are known is not asked again.

use std::ops::Range;
use std::sync::Arc;

use super::event_layers::EventsKey;
use super::filtering::{FilterKey, FilterOwner};
use super::filters::{FilterInput, found_rows};
use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{LayerEntry, LayerId, Session};
use crate::index::{LayerData, Scope, Subject, ValueCounts, people_counts, rows_in_window, value_counts};
use crate::situation::{CivilMinute, LayerEvents, RowMask};

/// Rows that are counted at once: to decode one takes about ten microseconds, and a worker answers a frame later.
const AT_ONCE: usize = 100;
/// So many lists are kept: more are never open.
const MOST_KEPT: usize = 4;

/// Whose values are counted, and among which rows.
#[derive(Debug, Clone, PartialEq)]
pub enum ValuesOf {
    /// Of the events that all filters show, this subject's own conditions left out; of people the choices of
    /// [`People::choices`](crate::index::People::choices).
    Events(Subject),
    /// Of the rows of a layer that all filters show, this subject's own conditions in the layer's filter left out.
    Layer(LayerId, Subject),
    /// Of all events of the layers that are shown, for whoever writes a filter of them.
    AllEvents(Subject),
}

impl ValuesOf {
    fn subject(&self) -> &Subject {
        match self {
            Self::Events(subject) | Self::Layer(_, subject) | Self::AllEvents(subject) => subject,
        }
    }
}

/// What is known of values.
#[derive(Debug, Clone)]
pub struct KnownCounts {
    /// As they were counted last; `None` before that.
    pub counts: Option<Arc<ValueCounts>>,
    /// How they stand to what is there now.
    pub standing: CountsStanding,
}

/// How counts stand to the rows that there are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountsStanding {
    /// They are of those.
    Current,
    /// They are of others, and those are being counted.
    Awaited,
    /// They are of others, and nobody has asked for those yet: [`Command::CountValues`](super::Command::CountValues).
    Wanted,
    /// Those cannot be counted.
    Failed,
}

/// What counts are derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct ValuesKey {
    of: ValuesOf,
    window: Option<Range<CivilMinute>>,
    layers: Vec<LayerKey>,
}

#[derive(Debug, Clone, PartialEq)]
struct LayerKey {
    layer: LayerId,
    generation: u64,
    /// What the events were read for.
    events: Option<EventsKey>,
    /// The filters that rows must meet.
    filters: Vec<FilterKey>,
}

/// What one layer is counted by.
struct LayerInput {
    data: Arc<LayerData>,
    events: Option<Arc<LayerEvents>>,
    /// Rows that filters are known to let through.
    known: Vec<RowMask>,
    /// Filters that are still to be asked.
    filters: Vec<(FilterKey, FilterInput)>,
}

/// The lists that somebody looks at, the last first.
#[derive(Default)]
pub(super) struct CountedValues {
    lists: Vec<CountedList>,
}

struct CountedList {
    of: ValuesOf,
    counted: Option<(ValuesKey, Arc<ValueCounts>)>,
    awaited: Option<ValuesKey>,
    failed: Option<ValuesKey>,
}

impl Session {
    /// What is known of the values now.
    pub fn value_counts(&self, of: &ValuesOf) -> KnownCounts {
        let Some(list) = self.counted_values.lists.iter().find(|list| list.of == *of) else {
            return KnownCounts { counts: None, standing: CountsStanding::Wanted };
        };
        let key = self.values_key(of);
        // Without a key something that a filter speaks of is being read: who reads it wakes the window.
        let is_awaited = list.awaited.is_some() || key.is_none();
        let is_current = list.counted.as_ref().map(|(counted, _)| counted) == key.as_ref();
        let standing = match (is_awaited, is_current) {
            (true, _) => CountsStanding::Awaited,
            (false, true) => CountsStanding::Current,
            _ if list.failed == key => CountsStanding::Failed,
            _ => CountsStanding::Wanted,
        };
        KnownCounts { counts: list.counted.as_ref().map(|(_, counts)| Arc::clone(counts)), standing }
    }

    /// Has the values counted, unless they are there or on their way. One at a time: while a slider moves, the steps in
    /// between need not be counted.
    pub(super) fn count_values(&mut self, of: ValuesOf) {
        let is_new = !self.counted_values.lists.iter().any(|list| list.of == of);
        if is_new {
            let list = CountedList { of: of.clone(), counted: None, awaited: None, failed: None };
            self.counted_values.lists.insert(0, list);
            self.counted_values.lists.truncate(MOST_KEPT);
        }
        if self.value_counts(&of).standing != CountsStanding::Wanted {
            return;
        }
        let Some(key) = self.values_key(&of) else { return };
        let layers = self.layers_to_count(&key);
        let rows: usize = layers.iter().map(|layer| layer.data.features.len()).sum();
        let Some(list) = self.counted_values.lists.iter_mut().find(|list| list.of == of) else { return };
        if rows <= AT_ONCE {
            let counts = Arc::new(counted(&key, &layers));
            list.counted = Some((key, counts));
        } else {
            list.awaited = Some(key.clone());
            self.jobs.count_values(key, layers);
        }
    }

    pub(super) fn take_in_values(&mut self, key: ValuesKey, counts: Arc<ValueCounts>) {
        let Some(list) = self.counted_values.lists.iter_mut().find(|list| list.of == key.of) else { return };
        if list.awaited.as_ref() == Some(&key) {
            list.awaited = None;
        }
        list.counted = Some((key, counts));
    }

    /// Not tried again as they are: the same work would fail the same way. Which of them it was is not known.
    pub(super) fn take_in_failed_values(&mut self) {
        for list in &mut self.counted_values.lists {
            list.failed = list.awaited.take().or(list.failed.take());
        }
    }

    /// What counts would be derived from now; `None` while something that a filter speaks of is being read.
    fn values_key(&self, of: &ValuesOf) -> Option<ValuesKey> {
        let entries: Vec<&LayerEntry> = match of {
            ValuesOf::Layer(layer, _) => self.catalogue().get(*layer).into_iter().collect(),
            ValuesOf::Events(_) | ValuesOf::AllEvents(_) => self.shown_event_entries().collect(),
        };
        let window = match of {
            ValuesOf::AllEvents(_) => None,
            ValuesOf::Events(_) | ValuesOf::Layer(..) => self.timeline().shown(),
        };
        let mut layers = Vec::new();
        for entry in entries {
            let content = self.content(entry.id)?;
            let filters = self.filters_around(entry, of)?.into_iter().map(|(key, _)| key).collect();
            let (generation, events) = (content.generation, content.events_key().cloned());
            layers.push(LayerKey { layer: entry.id, generation, events, filters });
        }
        Some(ValuesKey { of: of.clone(), window, layers })
    }

    /// The filters that rows must meet to be counted; `None` while something that one speaks of is being read.
    fn filters_around(&self, entry: &LayerEntry, of: &ValuesOf) -> Option<Vec<(FilterKey, FilterInput)>> {
        let own = match of {
            ValuesOf::Events(_) => FilterOwner::Situation,
            ValuesOf::Layer(..) => FilterOwner::Layer,
            ValuesOf::AllEvents(_) => return Some(Vec::new()),
        };
        let mut filters = Vec::new();
        for owner in FilterOwner::BOTH {
            let asked = self.asked_filter(entry, owner);
            let rest = if owner == own { asked.and_then(|asked| asked.without(of.subject())) } else { asked };
            if let Some(filter) = rest {
                filters.extend(self.rows_asked_for(entry, filter)?);
            }
        }
        Some(filters)
    }

    /// What is counted for a key that is of now.
    fn layers_to_count(&self, key: &ValuesKey) -> Vec<LayerInput> {
        let layer = |of: &LayerKey| {
            let (entry, content) = (self.catalogue().get(of.layer)?, self.content(of.layer)?);
            let data = Arc::clone(content.data()?);
            let mut input = LayerInput {
                data,
                events: content.events().cloned(),
                known: Vec::new(),
                filters: Vec::new(),
            };
            for (filter, of_filter) in self.filters_around(entry, &key.of)? {
                match content.filtering.rows_found(&filter) {
                    Some(rows) => input.known.push(rows.clone()),
                    None => input.filters.push((filter, of_filter)),
                }
            }
            Some(input)
        };
        key.layers.iter().filter_map(layer).collect()
    }
}

impl Jobs {
    /// Counts values.
    fn count_values(&mut self, key: ValuesKey, layers: Vec<LayerInput>) {
        self.spawn(Place::Pool, Task::CountValues, move || {
            let counts = Arc::new(counted(&key, &layers));
            JobOutcome::ValuesCounted { key, counts }
        });
    }
}

fn counted(key: &ValuesKey, layers: &[LayerInput]) -> ValueCounts {
    let of_layer = |layer: &LayerInput| {
        let plain = Scope::of(&layer.data.features);
        let scope = layer.events.as_ref().map_or(plain, |events| plain.with_events(events));
        let rows = rows_of(layer, key.window.as_ref());
        // What cannot be read any more is told where it is filtered and listed.
        let counts = match &key.of {
            ValuesOf::Events(Subject::People(people)) => people_counts(*people, &scope, &rows),
            other => value_counts(other.subject(), &scope, &rows),
        };
        counts.unwrap_or_default()
    };
    ValueCounts::merged(layers.iter().map(of_layer))
}

/// The rows that are counted. A filter that cannot be used hides nothing, as on the map.
fn rows_of(layer: &LayerInput, window: Option<&Range<CivilMinute>>) -> RowMask {
    let all = RowMask::all(layer.data.features.len());
    let asked = layer.filters.iter().filter_map(|(key, input)| found_rows(key, input).ok());
    let in_time =
        layer.events.as_ref().zip(window).map(|(events, window)| rows_in_window(events.times(), window));
    let rows = layer.known.iter().fold(all, |rows, known| rows.and(known));
    asked.map(|verdict| verdict.into_met()).chain(in_time).fold(rows, |rows, next| rows.and(&next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::People;
    use crate::session::{Command, FilterCommand, Settings, SituationFilter, TimeCommand};
    use crate::situation::EventField;

    /// So many events of two kinds, every third of the second, one a day.
    fn session(rows: usize) -> (Session, LayerId) {
        let event = |row: usize| {
            let (day, kind) = (row % 28 + 1, if row % 3 == 2 { "Shelling" } else { "Raid" });
            format!("2018-09-{day:02},{kind},{row},35.5,36.5\n")
        };
        let rows: String = (0..rows).map(event).collect();
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(format!("event_date,event_type,n,latitude,longitude\n{rows}")));
        session.settle();
        let layer = session.chosen_layer().unwrap();
        (session, layer)
    }

    fn kinds() -> ValuesOf {
        ValuesOf::Events(Subject::Field(EventField::Kind))
    }

    fn set(session: &mut Session, text: &str) {
        let filter = SituationFilter { filter: text.parse().unwrap(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(filter)));
        session.settle_reading();
    }

    fn words(session: &Session, of: &ValuesOf) -> String {
        let counts = session.value_counts(of).counts.unwrap();
        counts.values.iter().map(|(value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ")
    }

    fn counted_now(session: &mut Session, of: &ValuesOf) -> String {
        session.apply(Command::CountValues(of.clone()));
        session.settle_reading();
        assert_eq!(session.value_counts(of).standing, CountsStanding::Current);
        words(session, of)
    }

    #[test]
    fn a_value_is_counted_among_the_events_that_all_other_filters_and_the_time_show() {
        for rows in [84, 840] {
            let (mut session, layer) = session(rows);
            let part = |count: usize| count * rows / 84;
            let both = |raids, shellings| format!("Raid {}, Shelling {}", part(raids), part(shellings));
            assert_eq!(counted_now(&mut session, &kinds()), both(56, 28));
            set(&mut session, "kind = Shelling");
            assert_eq!(counted_now(&mut session, &kinds()), both(56, 28), "its own condition is left out");
            set(&mut session, "kind = Shelling and date in 2018-09-01..2018-09-14");
            assert_eq!(counted_now(&mut session, &kinds()), both(28, 14));
            let of_layer = ValuesOf::Layer(layer, Subject::Column("event_type".to_owned()));
            assert_eq!(counted_now(&mut session, &of_layer), format!("Shelling {}", part(14)));
            set(&mut session, "");
            let filter = Some("n < 42".parse().unwrap());
            session.apply(Command::SetFilter { layer, filter });
            session.settle_reading();
            assert_eq!(counted_now(&mut session, &kinds()), "Raid 28, Shelling 14");
            let window = session.whole_time().map(|whole| whole.start..whole.start + 1440);
            session.apply(Command::Time(TimeCommand::SetWindow(window)));
            assert_ne!(counted_now(&mut session, &kinds()), "Raid 28, Shelling 14");
            let all = ValuesOf::AllEvents(Subject::Field(EventField::Kind));
            assert_eq!(counted_now(&mut session, &all), both(56, 28));
        }
    }

    #[test]
    fn each_choice_of_the_killed_is_counted_among_what_all_other_filters_show() {
        for rows in [20, 200] {
            let event = |row: usize| {
                let (kind, killed) = (["Raid", "Shelling"][row % 2], ["", "0", "1", "7"][row % 4]);
                format!("2018-09-08,{kind},{killed},35.5,36.5\n")
            };
            let lines: String = (0..rows).map(event).collect();
            let mut session = Session::new(Settings::default(), Arc::new(|| {}));
            let text = format!("event_date,event_type,killed,latitude,longitude\n{lines}");
            session.apply(Command::PasteGeoJson(text));
            session.settle();
            let killed = ValuesOf::Events(Subject::People(People::Killed));
            let mut counts = |filter: &str| {
                set(&mut session, filter);
                counted_now(&mut session, &killed);
                let counts = session.value_counts(&killed).counts.unwrap();
                People::choices()
                    .iter()
                    .map(|choice| counts.of(&People::Killed.name_of_choice(choice.as_ref())))
                    .collect::<Vec<_>>()
            };
            let part = |counts: [usize; 6]| counts.map(|count| count * rows / 20).to_vec();
            // Any number, at least 1, 5, 10, 50, not known.
            assert_eq!(counts(""), part([20, 10, 5, 0, 0, 5]));
            assert_eq!(counts("kind = Raid"), part([10, 5, 0, 0, 0, 5]));
            assert_eq!(counts("killed >= 5 and kind = Shelling"), part([10, 5, 5, 0, 0, 0]));
        }
    }

    #[test]
    fn the_last_counts_stay_until_the_next_are_there_and_nothing_is_counted_twice() {
        let (mut session, _) = session(840);
        assert_eq!(session.value_counts(&kinds()).standing, CountsStanding::Wanted);
        counted_now(&mut session, &kinds());
        let first = session.value_counts(&kinds()).counts.unwrap();
        session.apply(Command::CountValues(kinds()));
        assert_eq!(session.value_counts(&kinds()).standing, CountsStanding::Current);
        // A condition of its own changes nothing in what is counted.
        set(&mut session, "kind = Raid");
        assert_eq!(session.value_counts(&kinds()).standing, CountsStanding::Current);
        set(&mut session, "date >= 2018-09-20");
        assert_eq!(session.value_counts(&kinds()).standing, CountsStanding::Wanted);
        session.apply(Command::CountValues(kinds()));
        let meanwhile = session.value_counts(&kinds());
        assert_eq!(meanwhile.standing, CountsStanding::Awaited);
        assert!(Arc::ptr_eq(&meanwhile.counts.unwrap(), &first));
        session.settle_reading();
        let then = session.value_counts(&kinds());
        assert!(then.standing == CountsStanding::Current && !Arc::ptr_eq(&then.counts.unwrap(), &first));
    }

    #[test]
    fn a_filter_that_cannot_be_used_hides_no_value() {
        let (mut session, layer) = session(840);
        let all = counted_now(&mut session, &kinds());
        let filter = Some("no_such_column = 1".parse().unwrap());
        session.apply(Command::SetFilter { layer, filter });
        session.settle_reading();
        assert_eq!(counted_now(&mut session, &kinds()), all);
    }

    #[test]
    fn work_that_broke_off_is_not_tried_again_as_it_was() {
        let (mut session, _) = session(840);
        session.apply(Command::CountValues(kinds()));
        session.take_in_failed_values();
        assert_eq!(session.value_counts(&kinds()).standing, CountsStanding::Failed);
        set(&mut session, "date >= 2018-09-20");
        assert_eq!(session.value_counts(&kinds()).standing, CountsStanding::Wanted);
    }
}
