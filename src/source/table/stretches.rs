//! A long table by several threads, with the result of one.
//!
//! Floor 2. As for other sources, borders are guessed and then proved: a stretch counts only where the one before it comes
//! to its end at that very byte. Quotes are why one cannot know: a line may begin inside of a text.

use super::super::plan::Plan;
use super::super::ticker::{Refusal, Ticker};
use super::super::too_many_words::TooManyWords;
use super::fields::RecordReader;
use super::rows::{Rows, Table};
use crate::situation::share_out;

/// Records that must fit one after the other where a stretch is to begin.
const FITTING_RECORDS: usize = 3;

/// Reads all rows from `start` on; the stretches in their order.
pub(super) fn read_all_rows<'a, 't>(
    bytes: &'a [u8],
    table: &'t Table,
    start: usize,
    plan: &Plan<'_>,
) -> Result<Vec<Rows<'a, 't>>, Refusal> {
    let starts: Vec<usize> =
        [start].into_iter().chain(likely_borders(bytes, table, start, plan.stretch_bytes)).collect();
    let too_many = TooManyWords::default();
    let stretches = share_out(plan.threads, starts.len(), |number| {
        let mut rows = Rows::new(bytes, table, too_many.given_up());
        let mut ticker = Ticker::of_stretch(plan, &starts, number);
        let border = starts.get(number + 1).copied().unwrap_or(usize::MAX);
        let at = rows.read(starts[number], border, &mut ticker);
        if let Ok(at) = at {
            ticker.end_stretch(at, &mut rows.part);
        }
        let landed = at.as_ref().ok() == starts.get(number + 1);
        too_many.finish(number, (true, landed), &rows.part.columns);
        (rows, at)
    });
    put_together(bytes, plan, &starts, stretches)
}

/// A stretch as far as it was read.
type Stretch<'a, 't> = (Rows<'a, 't>, Result<usize, Refusal>);

/// Keeps each stretch that begins where the one before it ended; what lies between is read by the latter.
fn put_together<'a, 't>(
    bytes: &[u8],
    plan: &Plan<'_>,
    starts: &[usize],
    stretches: Vec<Stretch<'a, 't>>,
) -> Result<Vec<Rows<'a, 't>>, Refusal> {
    let mut stretches: Vec<_> = stretches.into_iter().map(Some).collect();
    let mut all = Vec::with_capacity(stretches.len());
    let mut next = stretches[0].take();
    while let Some((mut rows, at)) = next.take() {
        let mut at = at?;
        while at < bytes.len() {
            let begins_here = starts.binary_search(&at).ok().filter(|_| rows.is_fresh());
            next = begins_here.and_then(|number| stretches[number].take());
            if next.is_some() {
                break;
            }
            let mut ticker = Ticker::new(plan, at);
            let border = starts.iter().find(|&&start| start > at).copied().unwrap_or(usize::MAX);
            at = rows.read(at, border, &mut ticker)?;
        }
        all.push(rows);
    }
    Ok(all)
}

/// Places behind `from` where a record probably begins, about `stretch_bytes` apart.
fn likely_borders(bytes: &[u8], table: &Table, from: usize, stretch_bytes: usize) -> Vec<usize> {
    let mut borders = Vec::new();
    let mut wanted = from.saturating_add(stretch_bytes);
    while wanted.saturating_add(stretch_bytes / 2) < bytes.len() {
        let near = bytes.len().min(wanted.saturating_add(stretch_bytes));
        match likely_border(bytes, table, wanted, near) {
            Some(border) => {
                borders.push(border);
                wanted = border.saturating_add(stretch_bytes);
            }
            None => wanted = near,
        }
    }
    borders
}

fn likely_border(bytes: &[u8], table: &Table, from: usize, near: usize) -> Option<usize> {
    /// Lines that are tried: one beyond them is none better.
    const MOST_LINES: usize = 1000;
    /// How many times the bytes in which the border is looked for are read at most.
    const MOST_WORK: usize = 4;
    // Nothing beyond the reach of a stretch: a lost quote must not be looked for here.
    let mut reader = RecordReader::new(&bytes[..near], table.layout);
    let lines = memchr::memchr_iter(table.layout.line_end, &bytes[from..near]).take(MOST_LINES);
    lines.map(|line| from + line + 1).find(|&start| {
        let mut at = start;
        (0..FITTING_RECORDS).all(|_| {
            if at >= near {
                return near == bytes.len() && at > start;
            }
            if reader.work() > MOST_WORK * (near - from) {
                return false;
            }
            let record = reader.read(at);
            at = record.next;
            record.fields == table.names.len() && record.lost_quote.is_none() && record.stray_quote.is_none()
        })
    })
}
