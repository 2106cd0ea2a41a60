//! The steps at which the reader looks up: progress, cancel, limits.
//!
//! Floor 2. Also the short list of what can stop a whole read.

use super::crs::Crs;
use super::json_scanner::SyntaxError;
use super::limits::{MAX_VERTICES, PROGRESS_STEP_BYTES};
use super::part::Part;
use super::{LoadError, Progress};

/// Why the whole input is given up, or read once more.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Cancelled,
    NotJson(SyntaxError),
    /// The reason as part of a sentence, with the remedy.
    NotGeoJson(String),
    UnknownCrs(String),
    TooBig(String),
    /// The coordinate system stands behind the features: begin again with it.
    ReadAgainIn(Crs),
}

/// Looks up every [`PROGRESS_STEP_BYTES`].
pub(super) struct Ticker<'p> {
    progress: &'p Progress,
    next: usize,
}

impl<'p> Ticker<'p> {
    pub fn new(progress: &'p Progress) -> Self {
        Self { progress, next: 0 }
    }

    /// The reader is at `pos` with `part` in its hands.
    pub fn tick(&mut self, pos: usize, part: &Part<'_>) -> Result<(), Refusal> {
        if pos < self.next {
            return Ok(());
        }
        self.next = pos + PROGRESS_STEP_BYTES;
        self.progress.set_read_bytes(pos as u64);
        if self.progress.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        // Between two looks come less vertices than bytes.
        if part.builder.vertex_count() > MAX_VERTICES - PROGRESS_STEP_BYTES {
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
                let reason = r#"it declares two different coordinate systems; keep one "crs""#.into();
                LoadError::NotGeoJson { reason, origin }
            }
        }
    }
}
