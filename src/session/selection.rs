//! What is selected and what the pointer is over.
//!
//! Floor 4.

use super::LayerId;
use crate::situation::FeatureRow;

/// One feature of one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FeatureRef {
    /// Its layer.
    pub layer: LayerId,
    /// Its row in the layer's store.
    pub row: FeatureRow,
}

/// The features that were hit, uppermost first, and the one whose details are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    hits: Vec<FeatureRef>,
    current: usize,
    is_box: bool,
}

impl Selection {
    /// All of `hits`, the first of them current.
    pub fn of(hits: Vec<FeatureRef>) -> Self {
        Self { hits, current: 0, is_box: false }
    }

    /// All of `hits`, chosen together by a box: each of them is marked on the map.
    pub fn of_box(hits: Vec<FeatureRef>) -> Self {
        Self { hits, current: 0, is_box: true }
    }

    /// Whether the hits were chosen together by a box.
    pub fn is_box(&self) -> bool {
        self.is_box
    }

    /// All selected features, uppermost first.
    pub fn hits(&self) -> &[FeatureRef] {
        &self.hits
    }

    /// The feature whose details are shown.
    pub fn current(&self) -> Option<FeatureRef> {
        self.hits.get(self.current).copied()
    }

    /// Its place among the hits, counted from 0.
    pub fn current_place(&self) -> usize {
        self.current
    }

    /// Makes `feature` current: within the hits where it is one of them, alone otherwise.
    pub fn choose(&mut self, feature: FeatureRef) {
        match self.hits.iter().position(|&hit| hit == feature) {
            Some(place) => self.current = place,
            None => *self = Self::of(vec![feature]),
        }
    }

    /// Steps through the hits, round and round.
    pub fn step(&mut self, by: isize) {
        if !self.hits.is_empty() {
            self.current = (self.current as isize + by).rem_euclid(self.hits.len() as isize) as usize;
        }
    }

    /// Drops what `keep` refuses; the current feature stays current if it is kept.
    pub fn retain(&mut self, keep: impl Fn(FeatureRef) -> bool) {
        let current = self.current();
        self.hits.retain(|&hit| keep(hit));
        self.current = current.and_then(|now| self.hits.iter().position(|&hit| hit == now)).unwrap_or(0);
    }
}
