//! A list of features by several threads, with the result of one.
//!
//! Floor 2.

use super::feature_list::{ListEnd, ListReader};
use super::json_scanner::Scanner;
use super::part::Part;
use super::plan::Plan;
use super::stretches::{likely_borders, share_out};
use super::ticker::{Refusal, Ticker};
use super::too_many_words::TooManyWords;

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
    let bytes = scanner.bytes();
    let borders = match scanner.peek() {
        Some(b'{') => likely_borders(bytes, (scanner.pos(), scanner.pos()), ticker.plan.stretch_bytes, b","),
        _ => Vec::new(),
    };
    if borders.is_empty() {
        return ListReader::at_start(scanner.depth()).read(part, scanner, ticker, usize::MAX);
    }
    let starts: Vec<usize> = [scanner.pos()].into_iter().chain(borders).collect();
    let too_many = TooManyWords::default();
    let stretches = share_out(ticker.plan.threads, starts.len(), |number| {
        let mut stretch = part.next_stretch();
        stretch.columns.give_up(too_many.given_up());
        let stretch = Stretch::read(stretch, scanner.clone(), ticker.plan, &starts, number);
        let landed = Some(&stretch.scanner.pos()) == starts.get(number + 1);
        too_many.finish(number, (stretch.part.first_is_good, landed), &stretch.part.columns);
        stretch
    });
    put_together(part, scanner, ticker, &starts[1..], stretches)
}

impl<'a> Stretch<'a> {
    fn read(
        mut part: Part<'a>,
        mut scanner: Scanner<'a>,
        plan: &Plan<'_>,
        starts: &[usize],
        number: usize,
    ) -> Self {
        let (start, depth) = (starts[number], scanner.depth());
        scanner.jump(start, depth);
        let mut reader =
            if number == 0 { ListReader::at_start(depth) } else { ListReader::at_feature(depth) };
        let mut ticker = Ticker::of_stretch(plan, starts, number);
        let border = starts.get(number + 1).copied().unwrap_or(usize::MAX);
        let end = reader.read(&mut part, &mut scanner, &mut ticker, border);
        ticker.end_stretch(scanner.pos(), &mut part);
        Self { part, reader, scanner, end }
    }
}

/// Lets `part` go on with each stretch that begins where the one before it ended.
fn put_together<'a>(
    part: &mut Part<'a>,
    scanner: &mut Scanner<'a>,
    ticker: &mut Ticker<'_>,
    borders: &[usize],
    stretches: Vec<Stretch<'a>>,
) -> Result<ListEnd, Refusal> {
    let mut stretches = stretches.into_iter().map(Some).collect::<Vec<_>>();
    let mut next = stretches[0].take();
    let mut end = Ok(ListEnd::AtBorder);
    while let Some(mut stretch) = next {
        end = stretch.end;
        let mut landed = None;
        while matches!(end, Ok(ListEnd::AtBorder)) {
            let at = stretch.scanner.pos();
            let border = borders.partition_point(|&border| border < at);
            // The first feature of a stretch is what later ones are likened to where one is broken.
            let is_good = |stretch: &Option<Stretch<'_>>| {
                stretch.as_ref().is_some_and(|stretch| stretch.part.first_is_good)
            };
            if borders.get(border) == Some(&at) && is_good(&stretches[border + 1]) {
                landed = Some(border + 1);
                break;
            }
            let border = borders.iter().find(|&&border| border > at).copied().unwrap_or(usize::MAX);
            ticker.skip_to(at);
            end = stretch.reader.read(&mut stretch.part, &mut stretch.scanner, ticker, border);
        }
        *scanner = stretch.scanner;
        part.follow(stretch.part);
        next = landed.and_then(|number| stretches[number].take());
    }
    ticker.skip_to(scanner.pos());
    end
}
