//! Where to go on behind a broken feature or record, so that it costs itself and nothing else.
//!
//! Floor 2. Everything here looks a little further each time, and a file full of broken features is still read in one
//! breath. Whoever reads a stretch gives a horizon, behind which it does not look: others read there.

use super::borders::{nearest_feature_start, next_record_start, tidy_end, value_end};
use super::fault::Fault;
use super::issues::Severity;
use super::json_scanner::Scanner;
use super::limits::RECOVERY_STEP_BYTES;
use super::part::Part;
use super::ticker::{Refusal, Ticker};

/// Something broken whose end has to be found by brackets, or by what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken {
    /// Its first byte.
    pub start: usize,
    /// Up to here it is known to be broken.
    pub from: usize,
    /// Whether it is one feature, which was counted and reported.
    pub is_counted: bool,
}

/// Where to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// At the end of what is broken, by its brackets.
    AtEnd(usize),
    /// At something that begins as a feature or a record does.
    AtStart(usize),
    /// Nothing that could be read comes up to the end of the bytes.
    Nowhere,
    /// Nothing comes up to the horizon.
    BehindHorizon,
}

impl Broken {
    /// The end of a feature that is broken by `fault` but JSON, or what to look for.
    pub fn or_end(bytes: &[u8], start: usize, fault: &Fault) -> Result<usize, Self> {
        let mut rest = Scanner::new(bytes, start);
        let offset = match fault {
            Fault::Syntax(error) => error.offset,
            Fault::Rule { .. } => match rest.skip_value() {
                Ok(()) => return Ok(rest.pos()),
                Err(error) => error.offset,
            },
        };
        Err(Self { start, from: offset.max(start + 1).min(bytes.len()), is_counted: true })
    }

    /// Where a list goes on behind this: at its end by its brackets, if a comma or the list's end comes after it; else
    /// at the next thing that begins as one of the features at `models` does, or with its type.
    pub fn next_in_list(
        self,
        bytes: &[u8],
        models: &[Option<usize>],
        horizon: usize,
        ticker: &Ticker<'_>,
    ) -> Result<Next, Refusal> {
        let Self { start, from, .. } = self;
        let followed = |end: &usize| matches!(next_byte(bytes, *end), Some(b',' | b']') | None);
        self.look_further(bytes, horizon, ticker, |near| {
            // Brackets may match by accident, over the features that follow: the nearer of the two is taken, unless it
            // is in a list of objects within this feature.
            let next = nearest_feature_start(near, models, from);
            let by_brackets = match next {
                Some(next) => value_end(&near[..next], start).or_else(|| tidy_end(bytes, start, next)),
                None => value_end(near, start),
            };
            by_brackets.filter(followed).map(Next::AtEnd).or(next.map(Next::AtStart))
        })
    }

    /// Where a sequence goes on behind this: at its end, if another record follows on the same line; else at the next
    /// line that begins as a record does; where lines are endless, at the next feature.
    pub fn next_in_sequence(
        self,
        bytes: &[u8],
        horizon: usize,
        ticker: &Ticker<'_>,
    ) -> Result<Next, Refusal> {
        let Self { start, from, .. } = self;
        self.look_further(bytes, horizon, ticker, |near| {
            let line = next_record_start(near, start, from);
            let near = &near[..line.unwrap_or(near.len())];
            let followed = |end: &usize| matches!(next_byte(near, *end), Some(b',' | b'{'));
            let feature = nearest_feature_start(near, &[Some(start)], from);
            let by_brackets = match feature {
                Some(next) => value_end(&near[..next], start).or_else(|| tidy_end(near, start, next)),
                None => value_end(near, start),
            };
            // Behind a brace and no comma it is no element of a list within this record.
            let stands_alone = |next: &usize| near[..*next].trim_ascii_end().ends_with(b"}");
            by_brackets
                .filter(followed)
                .map(Next::AtEnd)
                .or(feature.filter(|next| line.is_none() || stands_alone(next)).map(Next::AtStart))
                .or(line.map(Next::AtStart))
        })
    }

    /// Shows `look` more and more of the bytes until it finds something.
    fn look_further(
        self,
        bytes: &[u8],
        horizon: usize,
        ticker: &Ticker<'_>,
        look: impl Fn(&[u8]) -> Option<Next>,
    ) -> Result<Next, Refusal> {
        let mut reach = self.from + RECOVERY_STEP_BYTES;
        loop {
            let near = &bytes[..reach.min(bytes.len())];
            if near.len() > horizon {
                return Ok(Next::BehindHorizon);
            }
            if let Some(next) = look(near) {
                return Ok(next);
            }
            if near.len() == bytes.len() {
                return Ok(Next::Nowhere);
            }
            ticker.check_wanted()?;
            reach = self.start + (reach - self.start) * 2;
        }
    }

    /// The first byte, and how many there are, up to `next` or the end, that nobody reads and that were not reported
    /// with this.
    pub fn lost_bytes(self, bytes: &[u8], next: Option<usize>) -> (usize, usize) {
        let end = next.unwrap_or(bytes.len());
        let own_end = value_end(&bytes[..end], self.start).filter(|_| self.is_counted);
        // Brackets may match before the place up to which it is known to be broken: then nothing is lost.
        let from = own_end.unwrap_or(self.from).max(self.from).min(end);
        let blank = bytes[from..end].len() - bytes[from..end].trim_ascii_start().len();
        let lost = bytes[from + blank..end].trim_ascii_end().len();
        let is_told = self.is_counted && next.is_some() && lost <= RECOVERY_STEP_BYTES;
        (from + blank, if is_told { 0 } else { lost })
    }
}

/// Tells of what was passed on the way from one byte to another, where it is more than one broken feature may be.
pub(super) fn warn_of_gap(part: &mut Part<'_>, from: usize, next: usize) {
    if next.saturating_sub(from) > RECOVERY_STEP_BYTES {
        let message = format!("{} bytes behind something broken are passed over", next - from);
        part.log.push(Severity::Warning, from, None, message);
    }
}

/// The next byte that is not white space.
fn next_byte(bytes: &[u8], from: usize) -> Option<u8> {
    bytes[from..].trim_ascii_start().first().copied()
}
