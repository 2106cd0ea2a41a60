//! Which rows a question is answered with yes for, and for which of them only perhaps.
//!
//! Floor 2.

use std::ops::Range;

use super::time_window::judged_rows_in_window;
use crate::situation::{CivilMinute, EventTimes, RowMask};

/// The rows that meet a filter. Most are sure to; an event of which only the week is known may meet a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    certain: RowMask,
    /// Those that only perhaps meet it as well; `None` where there are no others.
    met: Option<RowMask>,
}

impl Verdict {
    /// Every one of so many rows.
    pub fn all(rows: usize) -> Self {
        Self::certainly(RowMask::all(rows))
    }

    /// These rows for certain and no others.
    pub fn certainly(certain: RowMask) -> Self {
        Self { certain, met: None }
    }

    /// Rows that meet it, of which those in `possibly` may not.
    pub fn with_possible(met: RowMask, possibly: &RowMask) -> Self {
        match possibly.count() {
            0 => Self::certainly(met),
            _ => Self { certain: met.clone().and(&possibly.clone().inverted()), met: Some(met) },
        }
    }

    /// The events that meet a window of time; see [`EventTimes::match_window`]. A million take less than a millisecond.
    pub fn in_window(times: &EventTimes, window: &Range<CivilMinute>) -> Self {
        let (met, possibly) = judged_rows_in_window(times, window);
        Self::with_possible(met, &possibly)
    }

    /// The rows that meet it, for certain or possibly: those are shown.
    pub fn met(&self) -> &RowMask {
        self.met.as_ref().unwrap_or(&self.certain)
    }

    /// The same rows, for keeping.
    pub fn into_met(self) -> RowMask {
        self.met.unwrap_or(self.certain)
    }

    /// The rows that only possibly meet it; `None` where there are none.
    pub fn possible(&self) -> Option<RowMask> {
        let met = self.met.clone()?;
        Some(met.and(&self.certain.clone().inverted())).filter(|possible| possible.count() > 0)
    }

    /// The rows that meet both.
    pub fn and(self, other: &Self) -> Self {
        self.joined(other, RowMask::and)
    }

    /// The rows that meet one of the two at least.
    pub fn or(self, other: &Self) -> Self {
        self.joined(other, RowMask::or)
    }

    fn joined(self, other: &Self, join: fn(RowMask, &RowMask) -> RowMask) -> Self {
        let met = match (&self.met, &other.met) {
            (None, None) => None,
            _ => Some(join(self.met().clone(), other.met())),
        };
        Self { certain: join(self.certain, &other.certain), met }
    }
}
