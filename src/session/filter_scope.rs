//! What filters of events can speak of in this session: to read them and to go on writing them.
//!
//! Floor 4.

use super::{LayerEntry, LayerId, Session, ValuesOf};
use crate::index::{Completion, ExpressionError, Filter, LayerData, Scope, Subject, Vocabulary};
use crate::situation::LayerEvents;

impl Session {
    /// Reads a filter of events and sees that it speaks only of what there is.
    pub fn read_filter(&self, text: &str) -> Result<Filter, ExpressionError> {
        self.with_vocabulary(|vocabulary| vocabulary.read(text))
    }

    /// Reads a filter of these layers, and sees that whatever it speaks of is in one of them at least.
    pub fn read_filter_of(&self, layers: &[LayerId], text: &str) -> Result<Filter, ExpressionError> {
        let entries = layers.iter().filter_map(|layer| self.catalogue().get(*layer));
        self.with_scopes(entries, |scopes| self.vocabulary(scopes).read(text))
    }

    /// Where a filter asks for what no row of all of these layers that know its subject could have: a value of another
    /// type, or one that a closed list has not.
    pub fn value_mistake_in(&self, layers: &[LayerId], text: &str) -> Option<ExpressionError> {
        let entries = layers.iter().filter_map(|layer| self.catalogue().get(*layer));
        self.with_scopes(entries, |scopes| self.vocabulary(scopes).value_mistake_in(text))
    }

    /// From now on, what a layer has no column for is unknown of its rows under its own filter, too, and no error: for
    /// one filter that is asked of several layers.
    pub fn take_absent_as_unknown(&mut self) {
        self.absent_is_unknown = true;
    }

    /// What can come at a caret in a filter of events, `caret` characters into the text; values as far as they are
    /// counted, see [`ValuesOf::AllEvents`].
    pub fn complete_filter(&self, text: &str, caret: usize, most: usize) -> Completion {
        let values = |subject: &Subject| self.value_counts(&ValuesOf::AllEvents(subject.clone())).counts;
        self.with_vocabulary(|vocabulary| vocabulary.complete(text, caret, most, &values))
    }

    fn with_vocabulary<R>(&self, ask: impl FnOnce(&Vocabulary<'_>) -> R) -> R {
        self.with_scopes(self.shown_event_entries(), |scopes| ask(&self.vocabulary(scopes)))
    }

    fn vocabulary<'a>(&'a self, scopes: &[(&LayerEntry, Scope<'a>)]) -> Vocabulary<'a> {
        let scopes = scopes.iter().map(|(_, scope)| *scope).collect();
        let layers = self.catalogue().top_down().map(|entry| entry.title.as_str()).collect();
        Vocabulary { scopes, layers, has_area: self.situation_filter().area.is_some() }
    }

    /// The layers of events that are shown, from the top.
    pub(super) fn shown_event_entries(&self) -> impl Iterator<Item = &LayerEntry> {
        let has_events = |entry: &&LayerEntry| {
            entry.visible && self.content(entry.id).is_some_and(|content| content.events().is_some())
        };
        self.catalogue().top_down().filter(has_events)
    }

    /// What can be asked of layers, as far as they are read.
    fn with_scopes<'a, R>(
        &'a self,
        entries: impl IntoIterator<Item = &'a LayerEntry>,
        ask: impl FnOnce(&[(&'a LayerEntry, Scope<'_>)]) -> R,
    ) -> R {
        let data_of = |entry: &LayerEntry| self.content(entry.id)?.data();
        let all: Vec<(&str, &LayerData)> = self
            .catalogue()
            .top_down()
            .filter_map(|entry| Some((entry.title.as_str(), &**data_of(entry)?)))
            .collect();
        let area = self.situation_filter().area_data();
        let scope = |entry: &'a LayerEntry| {
            let content = self.content(entry.id)?;
            let data = content.data()?;
            let plain = Scope { layers: &all, ..Scope::of(&data.features) };
            let of_events = content.events().map(|events| event_scope(data, events, &all, area.as_ref()));
            Some((entry, Scope { zone: &self.settings.time_zone, ..of_events.unwrap_or(plain) }))
        };
        let scopes: Vec<_> = entries.into_iter().filter_map(scope).collect();
        ask(&scopes)
    }
}

/// The rows of a layer of events as the filter of the situation asks them: what one layer has no column for is unknown
/// there.
pub(super) fn event_scope<'a>(
    data: &'a LayerData,
    events: &'a LayerEvents,
    layers: &'a [(&'a str, &'a LayerData)],
    area: Option<&'a LayerData>,
) -> Scope<'a> {
    let scope = Scope::of(&data.features).with_events(events);
    Scope { layers, area, absent_is_unknown: true, ..scope }
}
