//! The list under `features`, one element after the other, past whatever is broken in it.
//!
//! Floor 2. A stretch of the list is read by the same steps as the whole: it only begins and ends elsewhere.

use super::borders::{next_feature_start, value_end};
use super::fault::Fault;
use super::issues::Severity;
use super::json_scanner::Scanner;
use super::limits::RECOVERY_STEP_BYTES;
use super::part::Part;
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
    last_good: Option<usize>,
}

impl ListReader {
    /// For a list of which the scanner has just passed the opening bracket; so many are open with it.
    pub fn at_start(depth: usize) -> Self {
        Self { depth, before: Before::Start, last_good: None }
    }

    /// For a stretch of a list that begins with a feature.
    pub fn at_feature(depth: usize) -> Self {
        Self { depth, before: Before::Comma, last_good: None }
    }

    /// Reads to the end of the list, or to the first place at `border` or behind it where the next element may begin.
    pub fn read<'a>(
        &mut self,
        part: &mut Part<'a>,
        scanner: &mut Scanner<'a>,
        ticker: &mut Ticker<'_>,
        border: usize,
    ) -> Result<ListEnd, Refusal> {
        let Self { depth, before, last_good } = self;
        let depth = *depth;
        loop {
            ticker.tick(scanner.pos(), part)?;
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
                    match part.read_feature(scanner) {
                        Ok(()) => *last_good = Some(start),
                        Err(fault) => {
                            let model = last_good.unwrap_or(start);
                            let Some((end, after)) = end_of_broken(scanner.bytes(), start, model, &fault)
                            else {
                                part.lost_lists += 1;
                                return Ok(ListEnd::CutOff);
                            };
                            scanner.jump(end, depth);
                            *before = after;
                        }
                    }
                }
            }
        }
    }
}

fn warn(part: &mut Part<'_>, scanner: &Scanner<'_>, message: &str) {
    part.log.push(Severity::Warning, scanner.pos(), None, message);
}

/// Where to go on after the broken feature at `start`: at its end by its brackets, if a comma or the list's end comes
/// after it; else at the next thing that begins as the feature at `model` does. `None` where there is neither.
fn end_of_broken(bytes: &[u8], start: usize, model: usize, fault: &Fault) -> Option<(usize, Before)> {
    let mut rest = Scanner::new(bytes, start);
    let offset = match (fault, rest.skip_value()) {
        (Fault::Rule { .. }, Ok(())) => return Some((rest.pos(), Before::Element)),
        (Fault::Rule { .. }, Err(error)) => error.offset,
        (Fault::Syntax(error), _) => error.offset,
    };
    let from = offset.max(start + 1);
    let followed = |end: &usize| matches!(bytes[*end..].trim_ascii_start().first(), Some(b',' | b']') | None);
    // Brackets that do not match may lead to the end of the file, and so may the search for a feature that is not
    // there: both look a little further each time, and a file full of broken features is still read in one breath.
    let mut reach = from + RECOVERY_STEP_BYTES;
    loop {
        let near = &bytes[..reach.min(bytes.len())];
        // Brackets may match by accident, over the features that follow: the nearer of the two is taken.
        let next = next_feature_start(near, model, from);
        let by_brackets = value_end(&near[..next.unwrap_or(near.len())], start).filter(followed);
        if let Some(end) = by_brackets {
            return Some((end, Before::Element));
        }
        if let Some(next) = next {
            return Some((next, Before::Comma));
        }
        if near.len() == bytes.len() {
            return None;
        }
        reach = start + (reach - start) * 2;
    }
}
