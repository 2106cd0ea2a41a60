//! Undo and redo.
//!
//! Floor 4. A step is the whole state that a project would hold: small, because entries hold no features.

use std::sync::Arc;

use super::{Catalogue, Keeping, NamedFilter, NamedView, SituationFilter};

/// What undo brings back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProjectState {
    /// The layers and how they are shown.
    pub catalogue: Catalogue,
    /// The remembered views.
    pub views: Vec<NamedView>,
    /// Which events are shown.
    pub situation_filter: Arc<SituationFilter>,
    /// The filters that are kept.
    pub named_filters: Vec<NamedFilter>,
    /// What a project tells of the data.
    pub keeping: Keeping,
}

/// Earlier and later states, the nearest last.
#[derive(Debug, Default)]
pub struct History {
    undo: Vec<ProjectState>,
    redo: Vec<ProjectState>,
    /// What made the newest step: several moves of one slider are one step.
    merging: Option<MergeKey>,
}

/// Changes with the same key one after the other are one step.
pub type MergeKey = (&'static str, u64);

impl History {
    /// The most steps that are kept.
    const CAPACITY: usize = 2_000;

    /// Keeps `before` as the state to return to. Steps that were taken back are lost; whether any state was lost is
    /// the answer.
    pub fn record(&mut self, before: ProjectState, merge: Option<MergeKey>) -> bool {
        let mut lost = !self.redo.is_empty();
        self.redo.clear();
        if merge.is_some() && merge == self.merging {
            return lost;
        }
        self.merging = merge;
        if self.undo.len() == Self::CAPACITY {
            self.undo.remove(0);
            lost = true;
        }
        self.undo.push(before);
        lost
    }

    /// All states that can be reached by undo and redo.
    pub fn states(&self) -> impl Iterator<Item = &ProjectState> {
        self.undo.iter().chain(&self.redo)
    }

    /// The state before the last change; `now` can be brought back with [`History::redo`].
    pub fn undo(&mut self, now: ProjectState) -> Option<ProjectState> {
        self.merging = None;
        let before = self.undo.pop()?;
        self.redo.push(now);
        Some(before)
    }

    /// The state before the last undo.
    pub fn redo(&mut self, now: ProjectState) -> Option<ProjectState> {
        self.merging = None;
        let after = self.redo.pop()?;
        self.undo.push(now);
        Some(after)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }
}
