//! The time of the map: which part of the axis is in view, the window that events must meet, and how it moves.
//!
//! Floor 4. Civil minutes throughout, see [`crate::situation::EventTimes`].

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{LayerEntry, LayerId, Session};
use crate::index::TimeScale;
use crate::situation::{CivilMinute, EventField, EventTimes};

/// The trail of a window is as long as so many units of its step.
const TRAIL_UNITS: i32 = 7;
/// The shortest axis, an hour.
const SHORTEST_AXIS: i64 = 60;
/// What a bit of air on both sides of the events is, as a part of their span.
const AIR: f64 = 0.01;

/// Which events the window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeMode {
    /// Those that meet it.
    #[default]
    Window,
    /// Those that meet it and all before.
    Cumulative,
    /// Those that meet it, and fainter those shortly before.
    Trail,
}

impl TimeMode {
    /// All, in the order of a list for people.
    pub const ALL: [Self; 3] = [Self::Window, Self::Cumulative, Self::Trail];

    /// The words for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Window => "Window",
            Self::Cumulative => "Cumulative",
            Self::Trail => "Trail",
        }
    }
}

/// What can be done with the time of the map.
#[derive(Debug, Clone, PartialEq)]
pub enum TimeCommand {
    /// Show the events of this half-open window; all of them where `None`.
    SetWindow(Option<Range<CivilMinute>>),
    /// Put a part of the axis in view; all of it where `None`.
    SetAxis(Option<Range<CivilMinute>>),
    /// Decide which events a window shows.
    SetMode(TimeMode),
    /// Move the window by so many units of the step.
    Step(i32),
    /// Let the window move by this unit.
    SetUnit(TimeScale),
    /// Let it move so often.
    SetSpeed(f32),
    /// Let it move, or stand still.
    SetPlaying(bool),
    /// Stack the events by this.
    GroupBy(EventField),
}

/// The time of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    axis: Option<Range<CivilMinute>>,
    window: Option<Range<CivilMinute>>,
    mode: TimeMode,
    unit: TimeScale,
    steps_per_second: f32,
    is_playing: bool,
    group_by: EventField,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            axis: None,
            window: None,
            mode: TimeMode::default(),
            unit: TimeScale::Day,
            steps_per_second: 2.0,
            is_playing: false,
            group_by: EventField::Weapon,
        }
    }
}

impl Timeline {
    /// The window that is set.
    pub fn window(&self) -> Option<&Range<CivilMinute>> {
        self.window.as_ref()
    }

    /// Sets the window; the axis goes back to all where the window would not be in view.
    pub(super) fn show_window(&mut self, window: Option<Range<CivilMinute>>) {
        if let Some(window) = &window {
            let holds = |axis: &Range<CivilMinute>| axis.start <= window.start && window.end <= axis.end;
            self.axis = self.axis.take().filter(holds);
        }
        (self.window, self.is_playing) = (window, false);
    }

    /// Decides which events the window shows.
    pub(super) fn set_mode(&mut self, mode: TimeMode) {
        self.mode = mode;
    }

    /// Which events the window shows.
    pub fn mode(&self) -> TimeMode {
        self.mode
    }

    /// By what the window moves.
    pub fn unit(&self) -> TimeScale {
        self.unit
    }

    /// How often it moves while it plays.
    pub fn steps_per_second(&self) -> f32 {
        self.steps_per_second
    }

    /// Whether it moves.
    pub fn is_playing(&self) -> bool {
        self.is_playing
    }

    /// What events are stacked by.
    pub fn group_by(&self) -> EventField {
        self.group_by
    }

    /// The half-open span that an event must meet to be shown; `None` where all are, also undated ones.
    pub fn shown(&self) -> Option<Range<CivilMinute>> {
        let window = self.window.clone()?;
        let start = match self.mode {
            TimeMode::Window => window.start,
            TimeMode::Cumulative => CivilMinute::MIN,
            TimeMode::Trail => self.trail().map_or(window.start, |trail| trail.start),
        };
        Some(start..window.end)
    }

    /// The span before the window whose events are shown fainter; `None` where there is none.
    pub fn trail(&self) -> Option<Range<CivilMinute>> {
        let window = self.window.as_ref().filter(|_| self.mode == TimeMode::Trail)?;
        let length = TRAIL_UNITS.saturating_mul(self.unit.typical_minutes());
        Some(window.start.saturating_sub(length)..window.start)
    }

    /// The window moved by units of the step; whole months and years stay whole.
    fn stepped(&self, window: &Range<CivilMinute>, count: i32) -> Range<CivilMinute> {
        let is_whole =
            self.unit.start(window.start) == window.start && self.unit.start(window.end) == window.end;
        if is_whole {
            return self.unit.step(window.start, count)..self.unit.step(window.end, count);
        }
        let by = self.unit.typical_minutes().saturating_mul(count);
        window.start.saturating_add(by)..window.end.saturating_add(by)
    }
}

impl Session {
    /// The time of the map.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The layers whose rows are events and that are shown, from the top, with their times.
    pub fn layers_in_time(&self) -> impl Iterator<Item = (&LayerEntry, &EventTimes)> {
        let visible = self.catalogue().top_down().filter(|entry| entry.visible);
        visible.filter_map(|entry| Some((entry, self.times_of(entry.id)?)))
    }

    /// When the events of a layer were; `None` for a layer of other things.
    pub fn times_of(&self, layer: LayerId) -> Option<&EventTimes> {
        Some(self.content(layer)?.events()?.times())
    }

    /// From the first event that is shown or hidden by time to the last; `None` where there is none with a date.
    pub fn whole_time(&self) -> Option<Range<CivilMinute>> {
        let spans = self.layers_in_time().filter_map(|(_, times)| times.whole_span());
        spans.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
    }

    /// The part of the axis that is in view; `None` where there is nothing with a date.
    pub fn time_axis(&self) -> Option<Range<CivilMinute>> {
        let whole = self.whole_time()?;
        let air = (f64::from(whole.end) - f64::from(whole.start)) * AIR;
        let fitted = whole.start.saturating_sub(air as i32)..whole.end.saturating_add(air as i32);
        Some(self.timeline.axis.clone().unwrap_or(fitted))
    }

    pub(super) fn apply_time(&mut self, command: TimeCommand) {
        match command {
            TimeCommand::SetWindow(window) => {
                self.timeline.window = window.filter(|window| !window.is_empty());
            }
            TimeCommand::SetAxis(axis) => {
                let is_long =
                    |axis: &Range<CivilMinute>| i64::from(axis.end) - i64::from(axis.start) >= SHORTEST_AXIS;
                self.timeline.axis = axis.filter(is_long);
            }
            TimeCommand::SetMode(mode) => self.timeline.mode = mode,
            TimeCommand::Step(count) => self.step_time(count),
            TimeCommand::SetUnit(unit) => self.set_time_unit(unit),
            TimeCommand::SetSpeed(speed) => self.timeline.steps_per_second = speed.clamp(0.25, 20.0),
            TimeCommand::SetPlaying(playing) => self.set_playing(playing),
            TimeCommand::GroupBy(field) => self.timeline.group_by = field,
        }
        self.forget_hover();
    }

    /// Without a window the first step shows the first unit, or the last one.
    fn step_time(&mut self, count: i32) {
        let Some(whole) = self.whole_time() else { return };
        let timeline = &mut self.timeline;
        let unit = timeline.unit;
        let Some(window) = &timeline.window else {
            let at = if count < 0 { whole.end - 1 } else { whole.start };
            timeline.window = Some(unit.start(at)..unit.step(at, 1));
            return;
        };
        let stepped = timeline.stepped(window, count);
        let is_past = stepped.start >= whole.end || stepped.end <= whole.start;
        if is_past {
            // The last step of a play; by hand one goes no further either.
            timeline.is_playing = false;
            return;
        }
        timeline.window = Some(stepped);
    }

    /// A window of one unit becomes the one of the new unit around it.
    fn set_time_unit(&mut self, unit: TimeScale) {
        let timeline = &mut self.timeline;
        if let Some(window) = &timeline.window
            && *window == (timeline.unit.start(window.start)..timeline.unit.step(window.start, 1))
        {
            timeline.window = Some(unit.start(window.start)..unit.step(window.start, 1));
        }
        timeline.unit = unit;
    }

    /// Begins where it stands; at the end, or without a window, from the beginning.
    fn set_playing(&mut self, playing: bool) {
        self.timeline.is_playing = playing;
        let Some(whole) = self.whole_time().filter(|_| playing) else {
            self.timeline.is_playing = false;
            return;
        };
        let is_at_end = self.timeline.window.as_ref().is_none_or(|window| window.end >= whole.end);
        if is_at_end {
            let unit = self.timeline.unit;
            let length = self.timeline.window.as_ref().map(|window| window.end.saturating_sub(window.start));
            let start = unit.start(whole.start);
            let end = length.map_or(unit.step(start, 1), |length| start.saturating_add(length));
            self.timeline.window = Some(start..end.min(unit.step(whole.end, 1)));
        }
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
