//! Which layers hold events: orders the reading of their times, and takes in what comes of it.
//!
//! Floor 4. A mapping that the user gave stands with the layer's entry; without one the columns are judged by their
//! names. What is read by a mapping is derived, replaced whole, and the last stays until the next is there.

use std::borrow::Cow;
use std::sync::Arc;

use super::jobs::{JobOutcome, Jobs, Place};
use super::task::Task;
use super::{FeatureRef, LayerContent, LayerEntry, LayerId, Session};
use crate::index::LayerData;
use crate::situation::{
    CivilClock, Event, EventMapping, FeatureDetails, FeatureRow, FeatureStore, LayerEvents, PlaceShape,
};

/// What the events of a layer are derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct EventsKey {
    /// Of the data.
    generation: u64,
    /// As given; guessed where `None`.
    mapping: Option<Arc<EventMapping>>,
    /// In whose days and hours instants are.
    zone: String,
}

impl EventsKey {
    /// In whose days and hours instants are.
    pub(super) fn zone(&self) -> &str {
        &self.zone
    }
}

/// Where the reading of a layer's events stands.
#[derive(Debug, Clone, Default)]
pub(super) struct EventReading {
    /// What the last reading made; no events where the columns tell of none.
    read: Option<(EventsKey, Option<Arc<LayerEvents>>)>,
    awaited: Option<EventsKey>,
    failed: Option<EventsKey>,
}

impl LayerContent {
    /// The layer's events, once they are read; `None` for a layer that holds none.
    pub fn events(&self) -> Option<&Arc<LayerEvents>> {
        self.event_reading.read.as_ref()?.1.as_ref()
    }

    /// What the events were read for; `None` before it is known whether there are any.
    pub(super) fn events_key(&self) -> Option<&EventsKey> {
        let reading = &self.event_reading;
        reading.read.as_ref().map(|(key, _)| key).or(reading.failed.as_ref())
    }

    /// Whether a worker reads the events.
    pub fn are_events_being_read(&self) -> bool {
        self.event_reading.awaited.is_some()
    }
}

/// The event of a row with these details, as its layer's mapping reads it.
pub(super) fn event_of_row(
    events: &LayerEvents,
    features: &FeatureStore,
    row: FeatureRow,
    details: &FeatureDetails,
) -> Event {
    events.event_of(row, details, PlaceShape::of(features.geometry(row)))
}

impl Session {
    /// The layers that hold events, topmost first.
    pub fn event_layers(&self) -> impl Iterator<Item = LayerId> {
        let layers = self.project.catalogue.top_down().map(|entry| entry.id);
        layers.filter(|layer| self.content(*layer).is_some_and(|content| content.events().is_some()))
    }

    /// The event behind a feature: of the bundled strikes as they were written, of any other layer of events as its
    /// mapping reads the row. `None` for what is no event, and while its layer is being read.
    pub fn event(&self, feature: FeatureRef) -> Option<Cow<'_, Event>> {
        if let Some(event) = self.bundled_event(feature) {
            return Some(Cow::Borrowed(event));
        }
        let content = self.content(feature.layer)?;
        let (events, features) = (content.events()?, &content.data()?.features);
        let details = features.details(feature.row).ok()?;
        let title_en = self.title_with(feature, &details);
        Some(Cow::Owned(Event { title_en, ..event_of_row(events, features, feature.row, &details) }))
    }

    pub(super) fn set_event_mapping(&mut self, layer: LayerId, mapping: Option<EventMapping>) {
        let mapping = mapping.map(Arc::new);
        self.edit_layer(layer, Some(("events", layer.0)), |entry| entry.event_mapping = mapping);
    }

    /// Orders the events of layers whose events are neither there nor on their way.
    pub(super) fn order_events(&mut self) {
        for LayerEntry { id, event_mapping, .. } in self.project.catalogue.bottom_up() {
            let Some(content) = self.contents.get_mut(id) else { continue };
            let Some(data) = content.data().cloned() else { continue };
            let zone = self.settings.time_zone.clone();
            let key = EventsKey { generation: content.generation, mapping: event_mapping.clone(), zone };
            let reading = &mut content.event_reading;
            let is_there = reading.read.as_ref().is_some_and(|(of, _)| *of == key);
            // One at a time, as for filters.
            if is_there || reading.awaited.is_some() || reading.failed.as_ref() == Some(&key) {
                continue;
            }
            reading.awaited = Some(key.clone());
            let tags = content.tags().to_vec();
            self.jobs.read_events(*id, key, data, tags);
        }
    }

    pub(super) fn take_in_events(
        &mut self,
        layer: LayerId,
        key: EventsKey,
        events: Option<Arc<LayerEvents>>,
    ) {
        let Some(content) = self.contents.get_mut(&layer) else { return };
        if content.event_reading.awaited.as_ref() == Some(&key) {
            content.event_reading.awaited = None;
        }
        if content.generation == key.generation {
            content.event_reading.read = Some((key, events));
        }
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_events(&mut self, layer: LayerId) {
        if let Some(content) = self.contents.get_mut(&layer) {
            content.event_reading.failed = content.event_reading.awaited.take();
            content.event_reading.read = None;
        }
    }
}

impl Jobs {
    /// Reads the events of a layer.
    fn read_events(
        &mut self,
        layer: LayerId,
        key: EventsKey,
        data: Arc<LayerData>,
        tags: Vec<(String, String)>,
    ) {
        let task = Task::ReadEvents(layer);
        self.spawn(Place::Pool, task, move || events_read(layer, key, &data, &tags));
    }
}

/// Reads the events.
fn events_read(layer: LayerId, key: EventsKey, data: &LayerData, tags: &[(String, String)]) -> JobOutcome {
    let mut clock = CivilClock::of_zone(&key.zone);
    let events = match &key.mapping {
        Some(mapping) => LayerEvents::of(&data.features, (**mapping).clone(), &mut clock),
        None => LayerEvents::guess(&data.features, tags, &mut clock),
    };
    JobOutcome::EventsReady { layer, key, events: events.map(Arc::new) }
}

#[cfg(test)]
#[path = "event_layers_tests.rs"]
mod tests;
