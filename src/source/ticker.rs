//! The steps at which the reader looks up: progress, cancel, limits.
//!
//! Floor 2. Also the short list of what can stop a whole read.

use std::collections::HashMap;

use super::LoadError;
use super::crs::Crs;
use super::json_scanner::SyntaxError;
use super::limits::{MAX_VERTICES, PROGRESS_STEP_BYTES, SHOW_FIRST_BYTES};
use super::part::Part;
use super::plan::Plan;

/// Why the whole input is given up, or read once more.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Cancelled,
    NotJson(SyntaxError),
    /// The reason as part of a sentence, with the remedy.
    NotGeoJson(String),
    UnknownCrs(String),
    TooBig(String),
    /// Coordinate systems stand behind the features of the collections that begin at these bytes: begin again.
    ReadAgainIn(HashMap<usize, Crs>),
}

/// Looks up every [`PROGRESS_STEP_BYTES`].
pub(super) struct Ticker<'p> {
    pub plan: &'p Plan<'p>,
    /// Where it looks up next.
    next: usize,
    /// Up to where the bytes have been counted.
    counted: usize,
    /// From which byte on the features are shown when it looks up.
    show_at: usize,
    /// The first feature that has not been shown; `None` where none is to be.
    to_show: Option<usize>,
}

impl<'p> Ticker<'p> {
    /// For a thread that begins to read at `start`.
    pub fn new(plan: &'p Plan<'p>, start: usize) -> Self {
        Self { plan, next: start, counted: start, show_at: usize::MAX, to_show: None }
    }

    /// For stretch `number` of those that begin at `starts`.
    pub fn of_stretch(plan: &'p Plan<'p>, starts: &[usize], number: usize) -> Self {
        let start = starts[number];
        let show_at = if number == 0 { start + SHOW_FIRST_BYTES } else { usize::MAX };
        let to_show = plan.is_shown(number, starts.len()).then_some(0);
        Self { show_at, to_show, ..Self::new(plan, start) }
    }

    /// The reader is at `pos` with `part` in its hands.
    #[inline]
    pub fn tick(&mut self, pos: usize, part: &mut Part<'_>) -> Result<(), Refusal> {
        if pos < self.next { Ok(()) } else { self.look_up(pos, part) }
    }

    /// An error where nobody wants the result any more. For whoever looks far ahead without reading.
    pub fn check_wanted(&self) -> Result<(), Refusal> {
        if self.plan.is_over() { Err(Refusal::Cancelled) } else { Ok(()) }
    }

    /// Others have read up to `pos` and counted it.
    pub fn skip_to(&mut self, pos: usize) {
        (self.next, self.counted) = (pos, pos);
    }

    /// The stretch has been read up to `pos`.
    pub fn end_stretch(&mut self, pos: usize, part: &mut Part<'_>) {
        self.count(pos, part);
        self.show(part);
    }

    fn count(&mut self, pos: usize, part: &mut Part<'_>) -> usize {
        let bytes = pos.saturating_sub(self.counted);
        self.counted = pos;
        self.plan.count(bytes, part.take_new_vertices())
    }

    fn show(&mut self, part: &Part<'_>) {
        if let Some(from) = self.to_show {
            self.to_show = Some(self.plan.show(&part.builder, from));
        }
    }

    #[cold]
    fn look_up(&mut self, pos: usize, part: &mut Part<'_>) -> Result<(), Refusal> {
        self.next = pos + PROGRESS_STEP_BYTES;
        self.plan.expect(pos, self.next);
        let vertices = self.count(pos, part);
        self.check_wanted()?;
        if pos >= self.show_at {
            self.show_at = usize::MAX;
            self.show(part);
        }
        // Between two looks come less vertices than bytes.
        if vertices > MAX_VERTICES - PROGRESS_STEP_BYTES * self.plan.threads {
            return Err(Refusal::TooBig(format!("it has more than {MAX_VERTICES} vertices")));
        }
        Ok(())
    }
}

impl Refusal {
    /// The error for whoever asked for the layer. `place` finds line and column of a byte.
    pub fn into_load_error(
        self,
        origin: &str,
        place: impl FnOnce(SyntaxError) -> (usize, usize, String),
    ) -> LoadError {
        let origin = origin.to_owned();
        match self {
            Self::Cancelled => LoadError::Cancelled,
            Self::NotJson(error) => {
                let (line, column, reason) = place(error);
                LoadError::NotJson { line, column, reason, origin }
            }
            Self::NotGeoJson(reason) => LoadError::NotGeoJson { reason, origin },
            Self::UnknownCrs(crs) => LoadError::UnknownCrs { crs, origin },
            Self::TooBig(reason) => LoadError::TooBig { reason, origin },
            Self::ReadAgainIn(_) => {
                let reason =
                    r#"its coordinate system cannot be told; put the "crs" before the "features""#.into();
                LoadError::NotGeoJson { reason, origin }
            }
        }
    }
}
