//! Where quoted fields end: in a time linear in the bytes, however many quotes are never closed.
//!
//! Floor 2. What one search has found is kept and holds for every field that begins further on: its quote is the first of
//! those that stand together, so the quotes behind are met as they were before.

use super::fields::Layout;

/// A quoted field longer than this has lost its closing quote.
const MAX_QUOTED_BYTES: usize = 16 << 20;

/// Blanks between a closing quote and the delimiter that are forgiven.
const MAX_BLANKS: usize = 16;

/// How a quoted field ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closing {
    /// The closing quote.
    pub quote: usize,
    /// Where the delimiter or the end of the record is.
    pub behind: usize,
    /// The first quote of the text that is not doubled.
    pub stray: Option<usize>,
    /// Whether quotes of the text may be doubled.
    pub is_doubled: bool,
}

/// Finds closing quotes, and remembers up to where there are none.
#[derive(Debug, Clone, Default)]
pub(super) struct ClosingQuotes {
    /// How many bytes have been searched so far.
    pub work: usize,
    /// From here on it is known …
    from: usize,
    /// … that no closing quote stands before this byte, …
    to: usize,
    /// … and one at it, or not looked for.
    is_at_to: bool,
    /// A line, or the rest of one: its start and its end.
    line: Option<(usize, usize)>,
}

impl ClosingQuotes {
    /// The end of the field whose opening quote is at `at`, in the same line unless it `spans_lines`; `None` where
    /// nothing closes it. `at` is the start of a field.
    pub fn find(&mut self, bytes: &[u8], layout: Layout, at: usize, spans_lines: bool) -> Option<Closing> {
        let first = end_of_quotes(bytes, at);
        // Behind the opening one they are doubled; of an even number the last one is single.
        let single = Some(first - 1).filter(|last| (last - at) % 2 == 1);
        let is_doubled = first > at + 2;
        if let Some((quote, behind)) = single.and_then(|quote| Some((quote, closes(bytes, layout, quote)?))) {
            return Some(Closing { quote, behind, stray: None, is_doubled });
        }
        let reach = bytes.len().min(at.saturating_add(MAX_QUOTED_BYTES));
        let reach = if spans_lines { reach } else { reach.min(self.end_of_line(bytes, layout, at)) };
        let is_known = (self.from..=self.to).contains(&first);
        let (mut stray, mut is_doubled) = (single, is_doubled || is_known);
        if !is_known {
            self.from = first;
            let (next, doubled) = self.search(bytes, layout, first, reach);
            (stray, is_doubled) = (stray.or(next), is_doubled || doubled);
        } else if !self.is_at_to && reach > self.to {
            self.search(bytes, layout, self.to, reach);
        }
        let quote = Some(self.to).filter(|&to| self.is_at_to && to < reach)?;
        let behind = closes(bytes, layout, quote)?;
        if is_known && stray.is_none() {
            // Soon found: a field that begins behind the start of another has a quote that is single for that one.
            stray = self.first_single(bytes, first);
        }
        Some(Closing { quote, behind, stray, is_doubled })
    }

    /// Searches on from `start`; answers the first single quote before the closing one, and whether some are doubled.
    fn search(&mut self, bytes: &[u8], layout: Layout, start: usize, reach: usize) -> (Option<usize>, bool) {
        let (mut at, mut stray, mut is_doubled) = (start, None, false);
        self.is_at_to = false;
        while let Some(found) = memchr::memchr(b'"', &bytes[at.min(reach)..reach]) {
            let quotes = at + found;
            at = end_of_quotes(bytes, quotes);
            is_doubled |= at > quotes + 1;
            if (at - quotes) % 2 == 1 {
                if closes(bytes, layout, at - 1).is_some() {
                    self.is_at_to = true;
                    at -= 1;
                    break;
                }
                stray = stray.or(Some(at - 1));
            }
        }
        self.to = if self.is_at_to { at } else { at.max(reach) };
        self.work += self.to - start;
        (stray, is_doubled)
    }

    /// The first single quote from `from` on and before the closing one.
    fn first_single(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        let single = loop {
            let Some(found) = memchr::memchr(b'"', &bytes[at..self.to]) else { break None };
            let quotes = at + found;
            at = end_of_quotes(bytes, quotes);
            if at > self.to {
                break None;
            }
            if (at - quotes) % 2 == 1 {
                break Some(at - 1);
            }
        };
        self.work += at - from;
        single
    }

    fn end_of_line(&mut self, bytes: &[u8], layout: Layout, at: usize) -> usize {
        let known = self.line.filter(|&(start, end)| (start..=end).contains(&at));
        let (_, end) = *self.line.insert(known.unwrap_or_else(|| {
            let end = memchr::memchr(layout.line_end, &bytes[at..]).map_or(bytes.len(), |end| at + end);
            self.work += end - at;
            (at, end)
        }));
        end
    }
}

/// Behind the quotes that stand together at `at`.
fn end_of_quotes(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|&&byte| byte == b'"').count()
}

/// Where the delimiter or the end of the record is, if the single quote at `quote` stands before one.
fn closes(bytes: &[u8], layout: Layout, quote: usize) -> Option<usize> {
    let rest = &bytes[quote + 1..];
    let blanks = rest.iter().take(MAX_BLANKS).take_while(|&&byte| byte == b' ').count();
    let is_end = match &rest[blanks..] {
        // The line break behind it may be cut off by half.
        [] | [b'\r'] => true,
        [b'\r', second, ..] if *second == layout.line_end => true,
        [first, ..] => *first == layout.delimiter || *first == layout.line_end,
    };
    is_end.then_some(quote + 1 + blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Layout = Layout { delimiter: b',', line_end: b'\n' };

    /// By looking at every byte anew.
    fn plainly(bytes: &[u8], at: usize, spans_lines: bool) -> Option<(usize, Option<usize>)> {
        let line = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |end| at + end);
        let reach = if spans_lines { bytes.len() } else { line };
        let (mut from, mut stray) = (at + 1, None);
        while let Some(quote) = (from..reach).find(|&at| bytes[at] == b'"') {
            if bytes.get(quote + 1) == Some(&b'"') {
                from = quote + 2;
                continue;
            }
            if closes(bytes, COMMAS, quote).is_some() {
                return Some((quote, stray));
            }
            stray = stray.or(Some(quote));
            from = quote + 1;
        }
        None
    }

    #[test]
    fn what_is_remembered_is_what_a_new_search_would_find() {
        let mut dice = 1_u64;
        for round in 0..4000 {
            let bytes: Vec<u8> = (0..60)
                .map(|_| {
                    dice =
                        dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    b"\"\"\"\"x,, \n"[(dice >> 33) as usize % 9]
                })
                .collect();
            let mut quotes = ClosingQuotes::default();
            let starts = (0..bytes.len())
                .filter(|&at| bytes[at] == b'"' && (at == 0 || matches!(bytes[at - 1], b',' | b'\n')));
            for (number, at) in starts.enumerate() {
                let spans_lines = (number + round) % 3 != 0;
                let found = quotes.find(&bytes, COMMAS, at, spans_lines);
                let found = found.map(|closing| (closing.quote, closing.stray));
                let text = String::from_utf8_lossy(&bytes);
                assert_eq!(found, plainly(&bytes, at, spans_lines), "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn quotes_that_nothing_closes_are_looked_for_once() {
        for (piece, spans_lines) in [("\"x,", true), ("\"x,", false), ("\"x\n", true), ("\"\"\"x\n", true)] {
            let text = piece.repeat(20_000);
            let mut quotes = ClosingQuotes::default();
            for at in (0..text.len()).step_by(piece.len()) {
                assert_eq!(quotes.find(text.as_bytes(), COMMAS, at, spans_lines), None);
            }
            assert!(quotes.work <= 2 * text.len(), "{piece:?}: {} bytes", quotes.work);
        }
    }
}
