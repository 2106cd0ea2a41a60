//! The names that are searched: made ready on workers once somebody searches, kept as long as what they are made of.
//!
//! Floor 4.

use std::collections::HashMap;
use std::sync::Arc;

use super::layer_names::{EVENT_RANK, LayerNames};
use crate::index::SearchIndex;
use crate::session::event_layers::EventsKey;
use crate::session::jobs::{JobOutcome, Place};
use crate::session::task::Task;
use crate::session::{LayerId, Session, Situation};
use crate::situation::{Event, GazetteerPlace};

/// What is ready.
#[derive(Debug, Default)]
pub struct SearchNames {
    /// Nothing is made ready before somebody searches: most never do with most files.
    is_wanted: bool,
    pub(super) situation: Option<Arc<SituationNames>>,
    is_situation_awaited: bool,
    layers: HashMap<LayerId, OfLayer>,
}

/// What the names of a layer are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NamesKey {
    /// Of the data.
    generation: u64,
    /// How its rows are read as events.
    events: EventsKey,
}

/// The names of one layer, or that they are on their way.
#[derive(Debug)]
struct OfLayer {
    key: NamesKey,
    names: Option<Arc<LayerNames>>,
}

/// The names of the bundled situation.
#[derive(Debug, Default)]
pub struct SituationNames {
    /// Subject *i* is place *i* of the gazetteer.
    pub(super) places: SearchIndex,
    /// Subject *i* is event *i*.
    pub(super) events: SearchIndex,
}

/// What a worker has made ready.
pub enum ReadyNames {
    /// Gazetteer and events of the bundled situation.
    Situation(Arc<SituationNames>),
    /// The features or events of a layer.
    Layer(LayerId, NamesKey, Arc<LayerNames>),
}

impl SituationNames {
    fn of_situation(situation: &Situation) -> Self {
        let mut names = Self::default();
        for place in situation.gazetteer.places() {
            names.places.add(names_of_place(place), place.rank, Some(place.at));
        }
        for event in &situation.events {
            let when = event.when.as_ref().map(ToString::to_string);
            let all = names_of_event(event).chain(when.as_deref());
            names.events.add(all, EVENT_RANK, event.place.point());
        }
        names
    }
}

fn names_of_place(place: &GazetteerPlace) -> impl Iterator<Item = &str> {
    let others = place.name_ar.iter().chain(&place.aliases).map(String::as_str);
    std::iter::once(place.name_en.as_str()).chain(others)
}

fn names_of_event(event: &Event) -> impl Iterator<Item = &str> {
    let place = &event.place;
    let spellings =
        place.name_ar.iter().chain(&place.aliases).chain([&place.as_written, &place.name_en, &event.id]);
    let ids = event.external_ids.iter().map(|other| &other.id);
    event.titles().chain(spellings.chain(ids).map(String::as_str))
}

impl SearchNames {
    /// The names of a layer, once they are ready.
    pub(super) fn of_layer(&self, layer: LayerId, generation: u64) -> Option<&LayerNames> {
        let of_layer = self.layers.get(&layer).filter(|names| names.key.generation == generation)?;
        of_layer.names.as_deref()
    }
}

impl Session {
    /// Somebody is about to search: names are made ready, now and when more is read.
    pub(in crate::session) fn prepare_search(&mut self) {
        self.search_names.is_wanted = true;
    }

    /// Orders the names that are neither there nor on their way.
    pub(in crate::session) fn order_names(&mut self) {
        if !self.search_names.is_wanted {
            return;
        }
        if let Some(situation) = self.situation.clone()
            && !self.search_names.is_situation_awaited
        {
            self.search_names.is_situation_awaited = true;
            self.jobs.spawn(Place::Pool, Task::ReadNames(None), move || {
                let names = SituationNames::of_situation(&situation);
                JobOutcome::NamesReady(ReadyNames::Situation(Arc::new(names)))
            });
        }
        self.search_names.layers.retain(|layer, _| self.contents.contains_key(layer));
        for entry in self.project.catalogue.bottom_up() {
            // The rows of the strikes are found as events.
            let content = self.contents.get(&entry.id).filter(|_| entry.origin_key() != Some("strikes"));
            // Which of its columns name its events is known once those are read.
            let Some((content, data, events)) =
                content.and_then(|content| Some((content, content.data()?, content.events_key()?)))
            else {
                continue;
            };
            let key = NamesKey { generation: content.generation, events: events.clone() };
            let known = self.search_names.layers.get(&entry.id);
            if known.is_some_and(|names| names.key == key) {
                continue;
            }
            self.search_names.layers.insert(entry.id, OfLayer { key: key.clone(), names: None });
            let (layer, data, events) = (entry.id, data.clone(), content.events().cloned());
            self.jobs.spawn(Place::Pool, Task::ReadNames(Some(layer)), move || {
                let names = Arc::new(LayerNames::of_layer(&data, events.as_deref()));
                JobOutcome::NamesReady(ReadyNames::Layer(layer, key, names))
            });
        }
    }

    pub(in crate::session) fn take_in_names(&mut self, ready: ReadyNames) {
        match ready {
            ReadyNames::Situation(names) => self.search_names.situation = Some(names),
            ReadyNames::Layer(layer, key, names) => {
                let known = self.search_names.layers.get_mut(&layer);
                if let Some(known) = known.filter(|known| known.key == key) {
                    known.names = Some(names);
                }
            }
        }
    }

    /// Without the names of that layer, or of the situation: the search goes on with the others.
    pub(in crate::session) fn take_in_failed_names(&mut self, layer: Option<LayerId>) {
        match layer {
            None => self.search_names.situation = Some(Arc::default()),
            Some(layer) => {
                let known = self.search_names.layers.get_mut(&layer);
                known.into_iter().for_each(|known| known.names = Some(Arc::default()));
            }
        }
    }

    /// Whether names are missing that will be there in a moment.
    pub(super) fn is_preparing_search(&self) -> bool {
        let names = &self.search_names;
        names.situation.is_none() || names.layers.values().any(|layer| layer.names.is_none())
    }
}
