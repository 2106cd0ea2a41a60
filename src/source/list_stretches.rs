//! A list of features by several threads, with the result of one.
//!
//! Floor 2.

use super::feature_list::{ListEnd, ListReader};
use super::json_scanner::Scanner;
use super::part::Part;
use super::plan::Plan;
use super::stretches::{Chain, likely_borders};
use super::ticker::{Refusal, Ticker};
use super::too_many_words::TooManyWords;
use crate::situation::share_out;

/// One stretch of a list as far as it was read.
struct Stretch<'a> {
    part: Part<'a>,
    reader: ListReader,
    scanner: Scanner<'a>,
    end: Result<ListEnd, Refusal>,
}

/// Reads from the scanner's place in a list, just behind its opening bracket or any of its commas, to its end.
pub(super) fn read_list<'a>(
    part: &mut Part<'a>,
    scanner: &mut Scanner<'a>,
    ticker: &mut Ticker<'_>,
) -> Result<ListEnd, Refusal> {
    let mut reader = ListReader::at_start(scanner.depth());
    // A short list is not worth a look at what lies behind it: there may be many.
    let near = scanner.pos().saturating_add(ticker.plan.stretch_bytes);
    let end = reader.read(part, scanner, ticker, near)?;
    if end != ListEnd::AtBorder {
        return Ok(end);
    }
    // Nothing but white space so far: there is nothing to liken borders to.
    let borders = reader.first.map_or_else(Vec::new, |model| {
        likely_borders(scanner.bytes(), (model, scanner.pos()), ticker.plan, b",")
    });
    if borders.is_empty() {
        return reader.read(part, scanner, ticker, usize::MAX);
    }
    let starts: Vec<usize> = [scanner.pos()].into_iter().chain(borders).collect();
    if ticker.plan.is_shown(0, starts.len()) {
        ticker.plan.show(&part.builder, 0);
    }
    let (too_many, chain) = (TooManyWords::default(), Chain::default());
    let stretches = share_out(ticker.plan.threads, starts.len(), |number| {
        if chain.has_ended() {
            return None;
        }
        let mut stretch = part.next_stretch();
        stretch.columns.give_up(too_many.given_up());
        let reader = if number == 0 { reader } else { reader.at_feature() };
        let stretch = Stretch::read((stretch, reader), scanner.clone(), ticker.plan, &starts, number);
        let landed = Some(&stretch.scanner.pos()) == starts.get(number + 1);
        let counts = number == 0 || stretch.part.first_is_good;
        too_many.finish(number, (counts, landed), &stretch.part.columns);
        chain.finish(number, (counts, landed), stretch.has_ended());
        Some(stretch)
    });
    put_together(part, scanner, ticker, &starts[1..], stretches)
}

impl<'a> Stretch<'a> {
    fn read(
        (mut part, reader): (Part<'a>, ListReader),
        mut scanner: Scanner<'a>,
        plan: &Plan<'_>,
        starts: &[usize],
        number: usize,
    ) -> Self {
        let (start, depth) = (starts[number], scanner.depth());
        scanner.jump(start, depth);
        let mut ticker = Ticker::of_stretch(plan, starts, number);
        let border = starts.get(number + 1).copied().unwrap_or(usize::MAX);
        let mut reader = reader.up_to_horizon(border.saturating_add(plan.stretch_bytes));
        let end = reader.read(&mut part, &mut scanner, &mut ticker, border);
        ticker.end_stretch(scanner.pos(), &mut part);
        Self { part, reader, scanner, end }
    }

    /// Whether the list ends here, if it comes here at all.
    fn has_ended(&self) -> bool {
        !matches!(self.end, Ok(ListEnd::AtBorder | ListEnd::Unfinished))
    }
}

/// Lets `part` go on with each stretch that begins where the one before it ended.
fn put_together<'a>(
    part: &mut Part<'a>,
    scanner: &mut Scanner<'a>,
    ticker: &mut Ticker<'_>,
    borders: &[usize],
    mut stretches: Vec<Option<Stretch<'a>>>,
) -> Result<ListEnd, Refusal> {
    let mut next = stretches[0].take();
    let mut end = Ok(ListEnd::AtBorder);
    let mut used = 0;
    while let Some(mut stretch) = next {
        used += 1;
        end = stretch.end;
        let mut landed = None;
        while matches!(end, Ok(ListEnd::AtBorder | ListEnd::Unfinished)) {
            let at = stretch.scanner.pos();
            let border = borders.partition_point(|&border| border < at);
            // The first feature of a stretch is what later ones are likened to where one is broken.
            let is_good = |stretch: &Option<Stretch<'_>>| {
                stretch.as_ref().is_some_and(|stretch| stretch.part.first_is_good)
            };
            let is_at = end == Ok(ListEnd::AtBorder) && borders.get(border) == Some(&at);
            if is_at && is_good(&stretches[border + 1]) {
                landed = Some(border + 1);
                break;
            }
            let border = borders.iter().find(|&&border| border > at).copied().unwrap_or(usize::MAX);
            ticker.skip_to(at);
            stretch.reader = stretch.reader.up_to_horizon(usize::MAX);
            end = stretch.reader.read(&mut stretch.part, &mut stretch.scanner, ticker, border);
        }
        *scanner = stretch.scanner;
        part.follow(stretch.part);
        next = landed.and_then(|number| stretches[number].take());
    }
    ticker.skip_to(scanner.pos());
    if stretches.iter().flatten().count() > used + ticker.plan.threads {
        ticker.plan.share_no_more();
    }
    end
}
