//! A place that was asked for, marked on the map until something else is.
//!
//! Floor 4.

use super::{Request, Selection, Session};
use crate::coords::LonLat;

/// A place with its names.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMark {
    /// What it is called, or its coordinates.
    pub title: String,
    /// The Arabic name.
    pub title_ar: Option<String>,
    /// Where it is.
    pub at: LonLat,
    /// How large it is: 1 for the largest.
    pub rank: u8,
}

impl PlaceMark {
    /// A zoom at which the place and what is around it can be seen.
    fn zoom(&self) -> f64 {
        match self.rank {
            0..=1 => 11.5,
            2..=3 => 12.5,
            _ => 13.5,
        }
    }
}

impl Session {
    /// The place that is marked; `None` while a feature is selected.
    pub fn place_mark(&self) -> Option<&PlaceMark> {
        self.place_mark.as_ref().filter(|_| self.selection.current().is_none())
    }

    /// Marks the place in place of anything selected; the camera comes no nearer where it is near already.
    pub(super) fn show_place(&mut self, mark: PlaceMark) -> Request {
        self.selection = Selection::default();
        let request = self.camera_to(mark.at, self.viewport.zoom.max(mark.zoom()));
        self.place_mark = Some(mark);
        request
    }
}
