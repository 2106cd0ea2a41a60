//! What lies under the pointer, over all layers.
//!
//! Floor 4. Coarse, exact, uppermost: the index of each layer answers, the layers are asked from the top.

use super::{FeatureRef, LayerEntry, PointGroup, PointerHit, Request, Selection, Session};
use crate::coords::WorldRect;
use crate::index::{Hit, HitRank, features_at, features_in};

/// One feature under a place, with its distance.
#[derive(Debug, Clone, Copy)]
pub struct LayerHit {
    /// Which feature.
    pub feature: FeatureRef,
    /// How it was hit.
    pub hit: Hit,
}

/// A box selection keeps at most so many features: a list of more is no list.
pub(super) const MOST_IN_BOX: usize = 1_000;

impl Session {
    /// A row that a layer does not have any more, or never had, is nobody's to select.
    fn is_there(&self, feature: FeatureRef) -> bool {
        let data = self.content(feature.layer).and_then(|content| content.data());
        data.is_none_or(|data| feature.row < data.features.len())
    }

    /// Selects one feature.
    pub(super) fn select_feature(&mut self, feature: FeatureRef) {
        if self.is_there(feature) {
            self.selection.choose(feature);
        }
    }

    /// Selects one feature and shows it on the map.
    pub(super) fn show_feature(&mut self, feature: FeatureRef) -> Option<Request> {
        if !self.is_there(feature) {
            return None;
        }
        self.selection.choose(feature);
        let data = self.content(feature.layer)?.data()?;
        let extent = data.features.feature_extent(feature.row)?;
        Some(self.camera_to_extent(extent))
    }

    /// The same, but a view that shows it already stays.
    pub(super) fn reveal_feature(&mut self, feature: FeatureRef) -> Option<Request> {
        if !self.is_there(feature) {
            return None;
        }
        let features = &self.content(feature.layer)?.data()?.features;
        let middle = features.feature_extent(feature.row).map(|extent| extent.to_world().center());
        match middle {
            Some(middle) if !self.viewport.visible_world().contains(middle) => self.show_feature(feature),
            _ => {
                self.selection.choose(feature);
                None
            }
        }
    }

    /// Everything under a place: layers from the top, and within a layer points before lines before areas.
    pub fn hits_at(&self, place: PointerHit) -> Vec<LayerHit> {
        self.hittable_layers().flat_map(|entry| self.hits_in(entry, place)).collect()
    }

    fn hits_in(&self, entry: &LayerEntry, place: PointerHit) -> impl Iterator<Item = LayerHit> + use<> {
        let layer = entry.id;
        let content = self.contents.get(&layer);
        let data = content.and_then(|content| content.data());
        let mut hits = data.map_or_else(Vec::new, |data| features_at(data, place.at, place.tolerance_world));
        hits.retain(|hit| content.is_some_and(|content| content.draws(hit.row)));
        hits.retain(|hit| hit.rank != HitRank::Point || self.is_drawn_alone(entry, hit.row));
        hits.into_iter().map(move |hit| LayerHit { feature: FeatureRef { layer, row: hit.row }, hit })
    }

    pub(super) fn hover_at(&mut self, place: Option<PointerHit>) {
        let uppermost = |place| self.hittable_layers().find_map(|entry| self.uppermost_in(entry, place));
        let found = place.and_then(uppermost);
        self.hovered = found.and_then(|found| found.err()).map(|hit| hit.feature);
        self.hovered_group = found.and_then(Result::ok);
    }

    /// What was under the pointer may be gone: it is looked for anew when the pointer moves.
    pub(super) fn forget_hover(&mut self) {
        (self.hovered, self.hovered_group) = (None, None);
    }

    /// What is drawn last of one layer: a cluster or a hexagon, else a feature.
    fn uppermost_in(&self, entry: &LayerEntry, place: PointerHit) -> Option<Result<PointGroup, LayerHit>> {
        let group = self.group_at(entry, place.at);
        group.map(Ok).or_else(|| self.hits_in(entry, place).next().map(Err))
    }

    /// Selects what lies there; where that is a cluster or a hexagon, it opens.
    pub(super) fn identify_at(&mut self, place: PointerHit) -> Option<Request> {
        self.place_mark = None;
        let uppermost = self.hittable_layers().find_map(|entry| self.uppermost_in(entry, place));
        if let Some(Ok(group)) = uppermost {
            return self.open_group(group);
        }
        let hits = self.hits_at(place);
        self.selection = Selection::of(hits.into_iter().map(|hit| hit.feature).collect());
        None
    }

    pub(super) fn select_in_box(&mut self, rect: WorldRect) {
        let mut hits = Vec::new();
        for entry in self.hittable_layers() {
            let Some(content) = self.contents.get(&entry.id) else { continue };
            let rows = content.data().map_or_else(Vec::new, |data| features_in(data, rect));
            let shown = rows.into_iter().filter(|&row| content.draws(row));
            hits.extend(shown.map(|row| FeatureRef { layer: entry.id, row }));
        }
        if hits.len() > MOST_IN_BOX {
            let found = hits.len();
            self.notify(super::Notice::info(format!(
                "{found} features lie in the box; the first {MOST_IN_BOX} are listed. Draw a smaller box to see the rest"
            )));
            hits.truncate(MOST_IN_BOX);
        }
        self.selection = Selection::of_box(hits);
    }

    fn hittable_layers(&self) -> impl Iterator<Item = &LayerEntry> {
        self.project.catalogue.top_down().filter(|entry| entry.visible && entry.opacity > 0.0)
    }
}
