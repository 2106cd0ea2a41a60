//! Which rows of a layer are shown: orders the work that a filter makes, and takes in what comes of it.
//!
//! Floor 4. The filter is given with the layer's entry; its rows are derived, replaced whole, and the last ones stay
//! until the next are there.

use std::sync::Arc;

use super::jobs::JobOutcome;
use super::{LayerContent, LayerEntry, LayerId, Notice, Session};
use crate::coords::{Extent, WorldRect};
use crate::index::{FilterError, LayerFilter};
use crate::situation::{FeatureRow, RowMask};

/// The rows that a filter lets through.
#[derive(Debug, Clone)]
pub struct ShownRows {
    /// One bit for each row of the layer.
    pub rows: Arc<RowMask>,
    /// How many.
    pub count: usize,
    /// Never used for other rows.
    pub revision: u64,
    key: FilterKey,
}

/// What rows are derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterKey {
    /// Of the data.
    generation: u64,
    filter: Arc<LayerFilter>,
}

/// Where the filtering of a layer stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Filtering {
    shown: Option<ShownRows>,
    awaited: Option<FilterKey>,
    failed: Option<(FilterKey, String)>,
}

impl Filtering {
    fn has_failed(&self, key: &FilterKey) -> bool {
        self.failed.as_ref().is_some_and(|(failed, _)| failed == key)
    }

    fn is_there(&self, key: &FilterKey) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.key == *key)
    }
}

impl LayerContent {
    /// The rows that are shown; `None` where all are.
    pub fn shown(&self) -> Option<&ShownRows> {
        self.filtering.shown.as_ref()
    }

    /// Whether the row is shown.
    pub fn shows(&self, row: FeatureRow) -> bool {
        self.shown().is_none_or(|shown| shown.rows.contains(row))
    }

    /// The rows of a view that are shown, in the order of the file; where a view has too many to look at but few of
    /// them are shown at all, those, in view or not. `None` where there are more than `most`.
    pub fn shown_rows_in_at_most(&self, rect: WorldRect, most: usize) -> Option<Vec<FeatureRow>> {
        match self.data()?.index.rows_in_at_most(rect, most) {
            Some(rows) => Some(rows.into_iter().filter(|&row| self.shows(row)).collect()),
            None => self.shown().filter(|shown| shown.count <= most).map(|shown| shown.rows.iter().collect()),
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
        match self.shown() {
            None => features.extent(),
            Some(shown) => features.extent_of_rows(shown.rows.iter()),
        }
    }
}

impl Session {
    pub(super) fn set_filter(&mut self, layer: LayerId, filter: Option<LayerFilter>) {
        let filter = filter.filter(|filter| !filter.conditions.is_empty()).map(Arc::new);
        self.edit_layer(layer, Some(("filter", layer.0)), |entry| entry.filter = filter);
    }

    /// Orders the rows of filters that are neither there nor on their way.
    pub(super) fn order_filters(&mut self) {
        for LayerEntry { id, filter, .. } in self.project.catalogue.bottom_up() {
            let Some(content) = self.contents.get_mut(id) else { continue };
            let Some(filter) = filter else {
                (content.filtering.shown, content.filtering.failed) = (None, None);
                continue;
            };
            let key = FilterKey { generation: content.generation, filter: filter.clone() };
            let filtering = &content.filtering;
            // One at a time: while a slider moves, the steps in between need not be looked for.
            if filtering.awaited.is_some() || filtering.is_there(&key) || filtering.has_failed(&key) {
                continue;
            }
            let Some(data) = content.data().cloned() else { continue };
            content.filtering.awaited = Some(key.clone());
            self.jobs.filter(*id, key, data);
        }
    }

    pub(super) fn take_in_rows(
        &mut self,
        layer: LayerId,
        key: FilterKey,
        rows: Result<Arc<RowMask>, FilterError>,
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
                content.filtering.shown = Some(ShownRows { count: rows.count(), rows, revision, key });
            }
            Err(error) => {
                content.filtering.shown = None;
                content.filtering.failed = Some((key, error.to_string()));
                self.notify(Notice::error(format!(
                    "The filter of “{title}” cannot be used, and all of the layer is shown: {error}"
                )));
            }
        }
        self.hovered = None;
    }

    /// Not tried again as it is: the same work would fail the same way.
    pub(super) fn take_in_failed_filter(&mut self, layer: LayerId, message: &str) {
        if let Some(content) = self.contents.get_mut(&layer)
            && let Some(key) = content.filtering.awaited.take()
        {
            content.filtering.failed = Some((key, message.to_owned()));
        }
    }
}

/// Looks for the rows.
pub(super) fn filtered(layer: LayerId, key: FilterKey, data: &crate::index::LayerData) -> JobOutcome {
    let rows = key.filter.rows_of(&data.features).map(Arc::new);
    JobOutcome::RowsReady { layer, key, rows }
}
