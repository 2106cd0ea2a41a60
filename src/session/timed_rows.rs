//! Which rows of a layer of events are shown at the time of the map.
//!
//! Floor 4. Derived from the rows that the filters let through and the window. It is done at once and not on a worker:
//! a million events take less than a millisecond, and the map must follow the hand.

use std::ops::Range;
use std::sync::Arc;

use super::filtering::ShownRows;
use super::{LayerContent, Session};
use crate::index::rows_in_window;
use crate::situation::{CivilMinute, LayerEvents};

/// The rows of a layer that are shown at the time of the map.
#[derive(Debug, Clone)]
pub(super) struct TimedRows {
    shown: ShownRows,
    /// What it was derived from.
    events: Arc<LayerEvents>,
    window: Range<CivilMinute>,
    bright: Option<Range<CivilMinute>>,
    revision_at_any_time: u64,
}

impl LayerContent {
    /// The window of time that its events must meet; `None` where there is none.
    pub(super) fn window(&self) -> Option<&Range<CivilMinute>> {
        self.timed.as_ref().map(|timed| &timed.window)
    }

    /// The rows that are shown, by all filters and by time; `None` where all are.
    pub fn shown(&self) -> Option<&ShownRows> {
        self.timed.as_ref().map(|timed| &timed.shown).or(self.rows_at_any_time())
    }
}

impl Session {
    /// How many events are shown.
    pub fn events_shown(&self) -> usize {
        let contents = self.layers_in_time().filter_map(|(entry, _)| self.content(entry.id));
        contents.map(|content| content.shown().map_or(content.len(), |shown| shown.count)).sum()
    }

    /// Whether the rows of some layer of events are those of an earlier filter still.
    pub fn are_events_being_filtered(&self) -> bool {
        let mut contents = self.layers_in_time().filter_map(|(entry, _)| self.content(entry.id));
        contents.any(LayerContent::is_being_filtered)
    }

    /// How many events there are in the layers that are shown, whatever filters and time hide.
    pub fn events_total(&self) -> usize {
        let contents = self.layers_in_time().filter_map(|(entry, _)| self.content(entry.id));
        contents.map(LayerContent::len).sum()
    }

    /// Looks for the rows of all layers of events that the window shows.
    pub(super) fn follow_time(&mut self) {
        let window = self.timeline.shown();
        let bright = self.timeline.trail().and(self.timeline.window().cloned());
        let mut revision = self.next_number;
        for content in self.contents.values_mut() {
            let Some((window, events)) = window.clone().zip(content.events().cloned()) else {
                content.timed = None;
                continue;
            };
            let revision_at_any_time = content.rows_at_any_time().map_or(0, |rows| rows.revision);
            let is_there = content.timed.as_ref().is_some_and(|timed| {
                (&timed.window, &timed.bright) == (&window, &bright)
                    && timed.revision_at_any_time == revision_at_any_time
                    && Arc::ptr_eq(&timed.events, &events)
            });
            if is_there {
                continue;
            }
            revision += 1;
            let rows = rows_in_window(events.times(), &window);
            let rows = match content.rows_at_any_time() {
                Some(at_any_time) => rows.and(&at_any_time.rows),
                None => rows,
            };
            let faint = bright
                .as_ref()
                .map(|bright| Arc::new(rows_in_window(events.times(), bright).inverted().and(&rows)));
            let shown = ShownRows { faint, ..ShownRows::new(rows, revision) };
            content.timed =
                Some(TimedRows { shown, events, window, bright: bright.clone(), revision_at_any_time });
        }
        self.next_number = revision;
    }
}
