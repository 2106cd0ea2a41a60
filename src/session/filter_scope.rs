//! What filters of events can speak of in this session: to read them, to go on writing them, to count their values.
//!
//! Floor 4.

use super::{LayerContent, LayerEntry, Session};
use crate::index::{
    Completion, ExpressionError, Filter, FilterError, LayerData, Scope, Subject, ValueCount, Vocabulary,
    field_counts, merged_counts, rows_in_window,
};
use crate::situation::{LayerEvents, RowMask};

impl Session {
    /// Reads a filter of events and sees that it speaks only of what there is.
    pub fn read_filter(&self, text: &str) -> Result<Filter, ExpressionError> {
        self.with_vocabulary(|vocabulary| vocabulary.read(text))
    }

    /// What can come at a caret in a filter of events, `caret` characters into the text.
    pub fn complete_filter(&self, text: &str, caret: usize, most: usize) -> Completion {
        self.with_vocabulary(|vocabulary| vocabulary.complete(text, caret, most))
    }

    /// Each value of a subject and how many events have it that all other parts of the filters show now.
    pub fn filter_counts(&self, subject: &Subject) -> Vec<ValueCount> {
        self.with_scopes(|scopes| {
            merged_counts(scopes.iter().map(|(entry, _, scope)| {
                let others = self.rows_of_other_filters(entry, scope);
                let filter = self.situation_filter().with_area();
                // Where a filter cannot be used, a notice says so already.
                others.and_then(|rows| field_counts(&filter, subject, scope, &rows)).unwrap_or_default()
            }))
        })
    }

    /// The rows that the layer's own filter and the window of time let through.
    fn rows_of_other_filters(&self, entry: &LayerEntry, scope: &Scope<'_>) -> Result<RowMask, FilterError> {
        let mut rows = RowMask::all(scope.features.len());
        if let Some((times, window)) = scope.times.zip(self.timeline().shown()) {
            rows = rows.and(&rows_in_window(times, &window));
        }
        match &entry.filter {
            None => Ok(rows),
            Some(filter) => {
                let scope = Scope { absent_is_unknown: false, ..*scope };
                Ok(rows.and(filter.verdict(&scope)?.met()))
            }
        }
    }

    fn with_vocabulary<R>(&self, ask: impl FnOnce(&Vocabulary<'_>) -> R) -> R {
        self.with_scopes(|scopes| {
            let scopes = scopes.iter().map(|(.., scope)| *scope).collect();
            let layers = self.catalogue().top_down().map(|entry| entry.title.as_str()).collect();
            ask(&Vocabulary { scopes, layers, has_area: self.situation_filter().area.is_some() })
        })
    }

    /// The layers of events that are shown, from the top.
    fn with_scopes<R>(&self, ask: impl FnOnce(&[(&LayerEntry, &LayerContent, Scope<'_>)]) -> R) -> R {
        let read = |entry: &LayerEntry| Some((entry.id, self.content(entry.id)?.data()?));
        let all: Vec<(&str, &LayerData)> = self
            .catalogue()
            .top_down()
            .filter_map(|entry| Some((entry.title.as_str(), &**read(entry)?.1)))
            .collect();
        let area = self.situation_filter().area_data();
        let visible = self.catalogue().top_down().filter(|entry| entry.visible);
        let scopes: Vec<_> = visible
            .filter_map(|entry| {
                let content = self.content(entry.id)?;
                let (data, events) = (content.data()?, content.events()?);
                Some((entry, content, event_scope(data, events, &all, area.as_ref())))
            })
            .collect();
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
    let scope = Scope::of(&data.features).with_events(events.mapping(), events.times());
    Scope { layers, area, absent_is_unknown: true, ..scope }
}
