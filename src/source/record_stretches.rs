//! A sequence of records by several threads, with the result of one.
//!
//! Floor 2. Stretches read features and bare geometries; a record that says something of others, such as a whole
//! collection, is left to whoever puts them together.

use super::json_scanner::Scanner;
use super::plan::Plan;
use super::records::{Document, RECORD_SEPARATOR, RecordsEnd};
use super::stretches::likely_borders;
use super::ticker::{Refusal, Ticker};
use super::too_many_words::TooManyWords;
use crate::situation::share_out;

/// One stretch of a sequence as far as it was read.
struct Stretch<'a> {
    document: Document<'a>,
    scanner: Scanner<'a>,
    end: Result<RecordsEnd, Refusal>,
}

/// Reads all records from the scanner's place on.
pub(super) fn read_all_records<'a>(
    document: &mut Document<'a>,
    scanner: &mut Scanner<'a>,
    ticker: &mut Ticker<'_>,
) -> Result<(), Refusal> {
    // The first record tells what the others are.
    let end = document.read_records(scanner, ticker, scanner.pos() + 1)?;
    if end == RecordsEnd::Read {
        return Ok(());
    }
    let start = scanner.pos();
    let borders = if document.is_sequence_of_features() {
        likely_borders(scanner.bytes(), (start, start), ticker.plan, &[b'}', RECORD_SEPARATOR])
    } else {
        Vec::new()
    };
    if borders.is_empty() {
        return document.read_records(scanner, ticker, usize::MAX).map(drop);
    }
    let starts: Vec<usize> = [start].into_iter().chain(borders).collect();
    let too_many = TooManyWords::default();
    let stretches = share_out(ticker.plan.threads, starts.len(), |number| {
        let border = starts.get(number + 1).copied().unwrap_or(usize::MAX);
        let mut stretch = document.next_stretch(border.saturating_add(ticker.plan.stretch_bytes));
        stretch.part.columns.give_up(too_many.given_up());
        let stretch = Stretch::read(stretch, scanner.clone(), ticker.plan, &starts, number);
        let landed = Some(&stretch.scanner.pos()) == starts.get(number + 1);
        too_many.finish(number, (true, landed), &stretch.document.part.columns);
        stretch
    });
    put_together(document, ticker, &starts[1..], stretches)
}

impl<'a> Stretch<'a> {
    fn read(
        mut document: Document<'a>,
        mut scanner: Scanner<'a>,
        plan: &Plan<'_>,
        starts: &[usize],
        number: usize,
    ) -> Self {
        scanner.jump(starts[number], 0);
        let mut ticker = Ticker::of_stretch(plan, starts, number);
        let border = starts.get(number + 1).copied().unwrap_or(usize::MAX);
        let end = document.read_records(&mut scanner, &mut ticker, border);
        ticker.end_stretch(scanner.pos(), &mut document.part);
        Self { document, scanner, end }
    }
}

/// Lets `document` go on with each stretch that begins where the one before it ended.
fn put_together<'a>(
    document: &mut Document<'a>,
    ticker: &mut Ticker<'_>,
    borders: &[usize],
    stretches: Vec<Stretch<'a>>,
) -> Result<(), Refusal> {
    let mut stretches: Vec<_> = stretches.into_iter().map(Some).collect();
    let mut next = stretches[0].take();
    while let Some(mut stretch) = next.take() {
        while let end @ (RecordsEnd::Paused | RecordsEnd::Unfinished) = stretch.end? {
            let at = stretch.scanner.pos();
            let border = borders.binary_search(&at).ok().filter(|_| end == RecordsEnd::Paused);
            next = border.and_then(|border| stretches[border + 1].take());
            if next.is_some() {
                break;
            }
            stretch.document.leave_stretch();
            let border = borders.iter().find(|&&border| border > at).copied().unwrap_or(usize::MAX);
            ticker.skip_to(at);
            stretch.end = stretch.document.read_records(&mut stretch.scanner, ticker, border);
        }
        document.follow(stretch.document);
    }
    Ok(())
}
