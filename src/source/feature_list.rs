//! The list under `features`, one element after the other, past whatever is broken in it.
//!
//! Floor 2. A stretch of the list is read by the same steps as the whole: it only begins and ends elsewhere.

use super::issues::Severity;
use super::json_scanner::Scanner;
use super::part::Part;
use super::recovery::{Broken, Next, warn_of_gap};
use super::ticker::{Refusal, Ticker};

/// How a list came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListEnd {
    /// The closing bracket was passed.
    Closed,
    /// The bytes ended first.
    CutOff,
    /// The list goes on with a feature, at the border or behind it.
    AtBorder,
    /// Behind a broken feature nothing more comes that could be one. The scanner stands in what is broken.
    Lost,
    /// A feature is broken, and where to go on lies behind the horizon.
    Unfinished,
}

/// What stands before the scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Element,
    Comma,
    /// Something that was complained of already.
    Rubble,
}

/// Reads a list and holds all that it must know between two elements, so that it can stop there and go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListReader {
    depth: usize,
    before: Before,
    /// The first thing in the list, and the last feature that was kept: broken ones are likened to them.
    pub first: Option<usize>,
    last_good: Option<usize>,
    /// A feature behind which it is not known yet where to go on.
    broken: Option<Broken>,
    /// Where the search for the end of a broken feature is left to others.
    horizon: usize,
}

impl ListReader {
    /// For a list of which the scanner has just passed the opening bracket; so many are open with it.
    pub fn at_start(depth: usize) -> Self {
        let (first, last_good, broken) = (None, None, None);
        Self { depth, before: Before::Start, first, last_good, broken, horizon: usize::MAX }
    }

    /// For a stretch of the same list that begins with a feature.
    pub fn at_feature(&self) -> Self {
        Self { before: Before::Comma, last_good: None, broken: None, ..*self }
    }

    /// Looks for the ends of broken features up to there.
    pub fn up_to_horizon(self, horizon: usize) -> Self {
        Self { horizon, ..self }
    }

    /// Reads to the end of the list, or to the first place at `border` or behind it where the next element may begin.
    pub fn read<'a>(
        &mut self,
        part: &mut Part<'a>,
        scanner: &mut Scanner<'a>,
        ticker: &mut Ticker<'_>,
        border: usize,
    ) -> Result<ListEnd, Refusal> {
        let depth = self.depth;
        loop {
            ticker.tick(scanner.pos(), part)?;
            if let Some(broken) = self.broken.take()
                && let Some(end) = self.pass_broken(broken, part, scanner, ticker)?
            {
                return Ok(end);
            }
            let before = &mut self.before;
            let Some(byte) = scanner.peek() else {
                warn(part, scanner, "the file ends before the list of features does; it may be incomplete");
                return Ok(ListEnd::CutOff);
            };
            if scanner.pos() >= border && byte == b'{' && *before != Before::Element {
                return Ok(ListEnd::AtBorder);
            }
            match (byte, *before) {
                (b']', _) => {
                    if *before == Before::Comma {
                        warn(part, scanner, "there is a comma too many before the end of the features");
                    }
                    scanner.jump(scanner.pos() + 1, depth.saturating_sub(1));
                    return Ok(ListEnd::Closed);
                }
                (b',', Before::Start | Before::Comma) => {
                    warn(part, scanner, "there is a comma too many between features");
                    scanner.jump(scanner.pos() + 1, depth);
                }
                (b',', _) => {
                    scanner.jump(scanner.pos() + 1, depth);
                    *before = Before::Comma;
                }
                (b'{', Before::Element) => {
                    warn(part, scanner, "a comma is missing between two features");
                    *before = Before::Comma;
                }
                (_, Before::Element | Before::Rubble) if byte != b'{' => {
                    if *before == Before::Element {
                        warn(part, scanner, "something that is not JSON stands between two features");
                    }
                    scanner.jump(scanner.pos() + 1, depth);
                    *before = Before::Rubble;
                }
                _ => {
                    *before = Before::Element;
                    let start = scanner.pos();
                    self.first.get_or_insert(start);
                    match part.read_feature(scanner) {
                        Ok(()) => self.last_good = Some(start),
                        Err(fault) => match Broken::or_end(scanner.bytes(), start, &fault) {
                            Ok(end) => scanner.jump(end, depth),
                            Err(broken) => self.broken = Some(broken),
                        },
                    }
                }
            }
        }
    }

    /// Goes on behind a broken feature. Answers how the list ends where it cannot.
    fn pass_broken(
        &mut self,
        broken: Broken,
        part: &mut Part<'_>,
        scanner: &mut Scanner<'_>,
        ticker: &Ticker<'_>,
    ) -> Result<Option<ListEnd>, Refusal> {
        let models = [self.first, self.last_good];
        let (next, before) = match broken.next_in_list(scanner.bytes(), &models, self.horizon, ticker)? {
            Next::AtEnd(end) => (end, Before::Element),
            Next::AtStart(next) => {
                warn_of_gap(part, broken.from, next);
                (next, Before::Comma)
            }
            Next::Nowhere => {
                part.lost_lists += 1;
                scanner.jump(broken.from, self.depth);
                return Ok(Some(ListEnd::Lost));
            }
            Next::BehindHorizon => {
                self.broken = Some(broken);
                return Ok(Some(ListEnd::Unfinished));
            }
        };
        scanner.jump(next, self.depth);
        self.before = before;
        Ok(None)
    }
}

fn warn(part: &mut Part<'_>, scanner: &Scanner<'_>, message: &str) {
    part.log.push(Severity::Warning, scanner.pos(), None, message);
}
