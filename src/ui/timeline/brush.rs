//! What a drag on the timeline takes hold of, and the window that comes of it.
//!
//! Floor 6.

use std::ops::Range;

use super::axis::AxisMap;
use crate::index::TimeScale;
use crate::situation::CivilMinute;

/// How near an edge must be to be taken, points.
const REACH: f32 = 5.0;

/// What a drag holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// Nothing: a new window begins here.
    New,
    /// The first edge.
    Start,
    /// The last edge.
    End,
    /// The whole window.
    Move,
}

/// A drag that is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct BrushDrag {
    grip: Grip,
    /// The minute where it began.
    from: CivilMinute,
    /// The window when it began.
    window: Range<CivilMinute>,
}

impl Grip {
    /// What lies at a place.
    pub fn at(x: f32, axis: &AxisMap, window: Option<&Range<CivilMinute>>) -> Self {
        let Some(window) = window else { return Self::New };
        let (start, end) = (axis.x(window.start), axis.x(window.end));
        // In a narrow window there must be room between the edges to take it as a whole.
        let reach = REACH.min((end - start) / 3.0);
        match x {
            x if (x - start).abs() <= reach || (start - REACH..start).contains(&x) => Self::Start,
            x if (x - end).abs() <= reach || (end..end + REACH).contains(&x) => Self::End,
            x if (start..end).contains(&x) => Self::Move,
            _ => Self::New,
        }
    }
}

impl BrushDrag {
    /// A drag that begins at a place.
    pub fn begin(x: f32, axis: &AxisMap, window: Option<&Range<CivilMinute>>) -> Self {
        let from = axis.minute(x);
        Self { grip: Grip::at(x, axis, window), from, window: window.cloned().unwrap_or(from..from) }
    }

    /// What it holds.
    pub fn grip(&self) -> Grip {
        self.grip
    }

    /// The window when the pointer has come to a place; its edges keep to whole units.
    pub fn window_at(&self, x: f32, axis: &AxisMap, unit: TimeScale) -> Range<CivilMinute> {
        let at = axis.minute(x);
        let Range { start, end } = self.window.clone();
        match self.grip {
            Grip::New => unit.start(at.min(self.from))..unit.step(at.max(self.from), 1),
            Grip::Start => unit.nearest(at).min(unit.step(end - 1, 0))..end,
            Grip::End => start..unit.nearest(at).max(unit.step(start, 1)),
            Grip::Move => {
                let moved = unit.nearest(start.saturating_add(at.saturating_sub(self.from)));
                moved..moved.saturating_add(end.saturating_sub(start))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::minute_of_day;

    /// Ten points a day.
    fn axis() -> AxisMap {
        AxisMap { span: minute_of_day(0)..minute_of_day(100), left: 0.0, width: 1_000.0 }
    }

    fn days(days: Range<i32>) -> Range<CivilMinute> {
        minute_of_day(days.start)..minute_of_day(days.end)
    }

    fn dragged(from: f32, to: f32, window: Option<Range<i32>>) -> Range<CivilMinute> {
        let window = window.map(days);
        BrushDrag::begin(from, &axis(), window.as_ref()).window_at(to, &axis(), TimeScale::Day)
    }

    #[test]
    fn a_drag_over_nothing_takes_whole_days_whichever_way_it_goes() {
        assert_eq!(dragged(204.0, 236.0, None), days(20..24));
        assert_eq!(dragged(236.0, 204.0, None), days(20..24));
        assert_eq!(dragged(700.0, 701.0, Some(20..30)), days(70..71));
    }

    #[test]
    fn edges_move_alone_and_never_past_each_other() {
        assert_eq!(dragged(201.0, 252.0, Some(20..30)), days(25..30));
        assert_eq!(dragged(299.0, 348.0, Some(20..30)), days(20..35));
        assert_eq!(dragged(201.0, 900.0, Some(20..30)), days(29..30));
        assert_eq!(dragged(299.0, 10.0, Some(20..30)), days(20..21));
    }

    #[test]
    fn the_window_moves_as_a_whole_and_keeps_its_length() {
        assert_eq!(dragged(250.0, 312.0, Some(20..30)), days(26..36));
        assert_eq!(dragged(205.0, 225.0, Some(20..21)), days(22..23));
    }
}
