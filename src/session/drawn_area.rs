//! The area that is being drawn on the map, corner by corner, for the filter over all events.
//!
//! Floor 4. While it is drawn it is nothing but corners; only its end changes the filter, as one step of undo.

use super::{FilterCommand, Session};
use crate::coords::LonLat;

/// Fewer corners make no area.
const LEAST_CORNERS: usize = 3;

impl Session {
    /// The corners of the area that is being drawn, in their order; `None` while none is.
    pub fn drawn_corners(&self) -> Option<&[LonLat]> {
        self.drawn_corners.as_deref()
    }

    /// A click is a corner from now on, and measures nothing.
    pub(super) fn start_drawing(&mut self) {
        self.measured = None;
        self.drawn_corners = Some(Vec::new());
    }

    /// Adds a corner; the same place twice is one.
    pub(super) fn add_corner(&mut self, at: LonLat) {
        let corners = self.drawn_corners.get_or_insert_default();
        if corners.last() != Some(&at) {
            corners.push(at);
        }
    }

    /// Shows the events in the area. It goes on being drawn while it has too few corners.
    pub(super) fn end_drawing(&mut self) {
        if let Some(corners) = self.drawn_corners.take_if(|corners| corners.len() >= LEAST_CORNERS) {
            let filter = self.situation_filter().clone().in_area(&corners);
            self.apply_filter(FilterCommand::Set(filter));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Command, Settings};

    fn corner(session: &mut Session, lon_deg: f64, lat_deg: f64) {
        session.apply(Command::AddAreaCorner(LonLat::new(lon_deg, lat_deg)));
    }

    #[test]
    fn an_area_is_drawn_by_its_corners_and_one_undo_takes_it_back() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle_reading();
        let all = session.events_shown();
        session.apply(Command::StartMeasuring(LonLat::new(36.0, 35.0)));
        session.apply(Command::StartDrawingArea);
        assert_eq!((session.measured(), session.drawn_corners()), (None, Some(&[][..])));
        corner(&mut session, 36.0, 35.0);
        corner(&mut session, 37.0, 35.0);
        corner(&mut session, 37.0, 35.0);
        session.apply(Command::EndDrawingArea);
        assert_eq!(session.drawn_corners().map(<[_]>::len), Some(2), "two corners are no area");
        corner(&mut session, 36.5, 35.6);
        session.apply(Command::EndDrawingArea);
        session.settle_reading();
        assert_eq!(session.drawn_corners(), None);
        assert_eq!(session.situation_filter().area.as_deref().map(<[_]>::len), Some(3));
        assert!(session.events_shown() > 0 && session.events_shown() < all);
        session.apply(Command::Undo);
        session.settle_reading();
        assert_eq!((session.situation_filter().area.is_none(), session.events_shown()), (true, all));
    }

    #[test]
    fn leaving_off_changes_no_filter() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::StartDrawingArea);
        for (lon, lat) in [(36.0, 35.0), (37.0, 35.0), (36.5, 35.6)] {
            corner(&mut session, lon, lat);
        }
        session.apply(Command::StopDrawingArea);
        assert!(session.drawn_corners().is_none() && session.situation_filter().is_empty());
    }
}
