//! What the table remembers from frame to frame: where it stands, what is marked, what it has hovered.
//!
//! Floor 6.

use std::collections::HashMap;

use super::cells::CellCache;
use crate::session::{Command, FeatureRef, LayerId, RowSort, TableColumn, TableCommand};

/// Width of a column whose cells nobody has measured, points.
const UNMEASURED_WIDTH: f32 = 110.0;

/// What the panel remembers from frame to frame.
#[derive(Debug, Default)]
pub struct TablePanelState {
    /// Whose rows were shown.
    pub(super) shown: Option<(LayerId, u64)>,
    pub(super) sort: Option<RowSort>,
    /// The row at the top, with its part that is out of sight.
    pub(super) at: f64,
    /// How far the columns beside the title are moved, points.
    pub(super) left: f64,
    pub(super) cells: CellCache,
    pub(super) usual_widths: HashMap<TableColumn, f32>,
    /// The row that this table has hovered.
    pub(super) hovered: Option<FeatureRef>,
    /// What was selected in the last frame: another one is scrolled to.
    pub(super) selected: Option<FeatureRef>,
    pub(super) marked: Option<MarkedRows>,
    /// The column of the cell that a menu was opened at.
    pub(super) menu_column: Option<usize>,
    /// The column whose menu is open.
    pub(super) looked_at: Option<(LayerId, String)>,
    pub(super) wants_focus: bool,
    /// Height of the panel in the last frame, points.
    height: Option<f32>,
    /// A place that is to be brought into sight.
    pub(super) wanted_place: Option<usize>,
    /// A column that the filter window is to be opened for.
    pub wanted_filter: Option<(LayerId, String)>,
}

/// Rows that are marked together, to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkedRows {
    pub(super) anchor: usize,
    pub(super) end: usize,
}

impl MarkedRows {
    pub(super) fn first(self) -> usize {
        self.anchor.min(self.end)
    }

    pub(super) fn last(self) -> usize {
        self.anchor.max(self.end)
    }

    pub(super) fn contains(self, place: usize) -> bool {
        (self.first()..=self.last()).contains(&place)
    }
}

impl TablePanelState {
    /// Begins anew for another layer or another reading of it.
    pub(super) fn follow(&mut self, layer: LayerId, generation: u64) {
        if self.shown != Some((layer, generation)) {
            *self = Self {
                shown: Some((layer, generation)),
                hovered: self.hovered,
                looked_at: self.looked_at.take(),
                ..Self::default()
            };
        }
    }

    /// What it has hovered and looked at is let go: the rows are out of sight.
    pub fn let_go(&mut self, commands: &mut Vec<Command>) {
        if self.hovered.take().is_some() {
            commands.push(Command::HoverFeature(None));
        }
        if self.looked_at.take().is_some() {
            commands.push(Command::Table(TableCommand::LookAtColumn(None)));
        }
    }

    /// The height of the panel where its edge is being dragged: it changes while the pointer is held.
    pub fn dragged_height(&mut self, height: f32, is_held: bool) -> Option<f32> {
        const LEAST_CHANGE: f32 = 0.5;
        let before = self.height.replace(height);
        let has_changed = before.is_some_and(|before| (before - height).abs() > LEAST_CHANGE);
        (is_held && has_changed).then_some(height)
    }

    pub(super) fn usual_width(&self, column: &TableColumn) -> f32 {
        self.usual_widths.get(column).copied().unwrap_or(UNMEASURED_WIDTH)
    }

    pub(super) fn select(&mut self, feature: FeatureRef, commands: &mut Vec<Command>) {
        self.marked = None;
        // It is in sight: nothing has to be scrolled to.
        self.selected = Some(feature);
        commands.push(Command::SelectFeature(feature));
    }

    pub(super) fn mark(&mut self, anchor: usize, end: usize) {
        self.marked = Some(MarkedRows { anchor, end });
    }

    pub(super) fn reveal(&mut self, place: usize) {
        self.wanted_place = Some(place);
    }
}
