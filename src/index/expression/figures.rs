//! Which rows have a number of people that is asked for.
//!
//! Floor 2. A number that lies from the fewest to the most is for certain in a span only where both are.

use super::columns::other_type;
use super::problem::FilterError;
use super::ranges::{Asked, Span};
use super::scope::Figure;
use super::tree::Subject;
use crate::index::matching::{rows_where, rows_where_both};
use crate::situation::{HarmFigures, RowMask};

/// The rows whose number is for certain what is asked for; negated, those whose number is for certain not.
pub(super) fn figure_rows(
    (figure, figures): (Figure, &HarmFigures),
    subject: &Subject,
    asked: &Asked<'_>,
    negated: bool,
) -> Result<RowMask, FilterError> {
    let Some(spans) = &asked.numbers else {
        return Err(other_type(&subject.to_string(), "numbers", asked.predicate));
    };
    let rows = |span: &Span<f64>| {
        if negated { outside(figure, figures, span) } else { inside(figure, figures, span) }
    };
    let join = if negated { RowMask::and } else { RowMask::or };
    let whole = spans.iter().map(rows).reduce(|whole, next| join(whole, &next));
    Ok(whole.unwrap_or_else(|| RowMask::none(figures.rows())))
}

/// The rows of which the number is known, or a bound of it.
pub(super) fn known_figures(figure: Figure, figures: &HarmFigures) -> RowMask {
    let known = rows_with_end(figure, figures, End::Fewest, |_| true);
    known.or(&rows_with_end(figure, figures, End::Most, |_| true))
}

/// One end of what a number can be.
#[derive(Clone, Copy)]
enum End {
    Fewest,
    Most,
}

fn inside(figure: Figure, figures: &HarmFigures, &(from, to): &Span<f64>) -> RowMask {
    let from_on = |least: u32| f64::from(least) >= from;
    let up_to = |most: u32| f64::from(most) <= to;
    match (from.is_finite(), to.is_finite()) {
        (true, false) => rows_with_end(figure, figures, End::Fewest, from_on),
        (false, _) => rows_with_end(figure, figures, End::Most, up_to),
        (true, true) => rows_with_end(figure, figures, End::Fewest, from_on).and(&rows_with_end(
            figure,
            figures,
            End::Most,
            up_to,
        )),
    }
}

fn outside(figure: Figure, figures: &HarmFigures, &(from, to): &Span<f64>) -> RowMask {
    let below = |most: u32| f64::from(most) < from;
    let above = |least: u32| f64::from(least) > to;
    rows_with_end(figure, figures, End::Most, below).or(&rows_with_end(figure, figures, End::Fewest, above))
}

/// The rows of which this end is known and passes, by the rule of [`Harm`](crate::situation::Harm).
fn rows_with_end(
    figure: Figure,
    figures: &HarmFigures,
    end: End,
    test: impl Fn(u32) -> bool + Sync + Copy,
) -> RowMask {
    let (low, best, high) = (figures.low(), figures.best(), figures.high());
    let rows = match (figure, end) {
        (Figure::Range, End::Fewest) => first_known_passes(low, best, test),
        (Figure::Range, End::Most) => first_known_passes(high, best, test),
        (Figure::Low, _) => first_known_passes(low, &[], test),
        (Figure::High, _) => first_known_passes(high, &[], test),
        (Figure::Best, _) => {
            let passes = first_known_passes(best, &[], test);
            let has_best = first_known_passes(best, &[], |_| true);
            let agreed = (!low.is_empty() && !high.is_empty()).then(|| {
                rows_where_both(low, high, |low, high| (low == high) & (low != HarmFigures::NONE) & test(low))
            });
            match (passes, agreed) {
                (passes, None) => passes,
                (None, agreed) => agreed,
                (Some(passes), Some(agreed)) => {
                    let without =
                        has_best.map_or(agreed.clone(), |has_best| agreed.and(&has_best.inverted()));
                    Some(passes.or(&without))
                }
            }
        }
    };
    rows.unwrap_or_else(|| RowMask::none(figures.rows()))
}

/// The rows of which the first figure, or the second where there is no first, passes; `None` where nobody gives either.
fn first_known_passes(first: &[u32], second: &[u32], test: impl Fn(u32) -> bool + Sync) -> Option<RowMask> {
    const NONE: u32 = HarmFigures::NONE;
    match (first.is_empty(), second.is_empty()) {
        (true, true) => None,
        (false, true) => Some(rows_where(first, |figure| (figure != NONE) & test(figure))),
        (true, false) => Some(rows_where(second, |figure| (figure != NONE) & test(figure))),
        (false, false) => Some(rows_where_both(first, second, |first, second| {
            let figure = if first == NONE { second } else { first };
            (figure != NONE) & test(figure)
        })),
    }
}
