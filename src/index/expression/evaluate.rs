//! Which rows of a layer meet a filter.
//!
//! Floor 2. An answer is yes, possibly, no, or unknown, as in Kleene's logic: `not` turns yes and no round and leaves
//! the others, so that what is unknown never becomes a yes. To know that without a mask for each answer, `not` is
//! carried down to the tests, which answer both ways.

use std::ops::Range;

use super::columns::{known_rows, rows_of_columns};
use super::filter::Filter;
use super::place::place_verdict;
use super::problem::FilterError;
use super::ranges::{Asked, Span};
use super::scope::{Found, Scope};
use super::tree::{Comparison, Condition, Expression, Predicate, Subject, Value};
use crate::index::Verdict;
use crate::index::matching::rows_where_both;
use crate::situation::{
    CivilMinute, Column, ColumnData, EventField, EventTimes, FeatureStore, HOME_ZONE, RowMask,
};

const MINUTE_MS: i64 = 60 * 1000;

impl Filter {
    /// The rows that meet every part, in time linear in rows. On a million rows a condition on numbers, days or words
    /// takes less than a millisecond; one on a column that is only in the source decodes every feature.
    pub fn verdict(&self, scope: &Scope<'_>) -> Result<Verdict, FilterError> {
        joined(&self.parts, false, Verdict::and, scope)
    }

    /// The rows that meet every part, possibly or for certain, where only columns are asked for.
    pub fn rows_of(&self, features: &FeatureStore) -> Result<RowMask, FilterError> {
        Ok(self.verdict(&Scope::of(features))?.met().clone())
    }
}

fn verdict(expression: &Expression, negated: bool, scope: &Scope<'_>) -> Result<Verdict, FilterError> {
    match expression {
        Expression::And(parts) if negated => joined(parts, true, Verdict::or, scope),
        Expression::And(parts) => joined(parts, false, Verdict::and, scope),
        Expression::Or(parts) if negated => joined(parts, true, Verdict::and, scope),
        Expression::Or(parts) => joined(parts, false, Verdict::or, scope),
        Expression::Not(part) => verdict(part, !negated, scope),
        Expression::At(test) => place_verdict(test, negated, scope),
        Expression::Where(condition) => match condition_verdict(condition, negated, scope) {
            Err(FilterError::NoColumn { .. } | FilterError::OtherType { .. }) if scope.absent_is_unknown => {
                let is_met = (condition.predicate == Predicate::Unknown) != negated
                    && matches!(condition.predicate, Predicate::Known | Predicate::Unknown);
                let rows = scope.features.len();
                Ok(Verdict::certainly(if is_met { RowMask::all(rows) } else { RowMask::none(rows) }))
            }
            answered => answered,
        },
    }
}

fn joined(
    parts: &[Expression],
    negated: bool,
    join: fn(Verdict, &Verdict) -> Verdict,
    scope: &Scope<'_>,
) -> Result<Verdict, FilterError> {
    let mut whole: Option<Verdict> = None;
    for part in parts {
        let next = verdict(part, negated, scope)?;
        whole = Some(match whole {
            None => next,
            Some(before) => join(before, &next),
        });
    }
    Ok(whole.unwrap_or_else(|| Verdict::all(scope.features.len())))
}

fn condition_verdict(
    condition: &Condition,
    negated: bool,
    scope: &Scope<'_>,
) -> Result<Verdict, FilterError> {
    let Condition { subject, predicate } = condition;
    let found = scope.find(subject)?;
    match predicate {
        Predicate::Known => Ok(known(&found, negated, scope)?),
        Predicate::Unknown => Ok(known(&found, !negated, scope)?),
        predicate => {
            let is_turned = matches!(predicate, Predicate::Compare(Comparison::NotEqual, _));
            let is_list = matches!(subject, Subject::Field(EventField::Source | EventField::Tags));
            let asked = Asked::new(predicate, is_list, scope.zone);
            let asked = match (subject, scope.mapping) {
                (Subject::Field(field), Some(mapping)) => asked.of_codes(*field, mapping.scheme),
                _ => asked,
            };
            answered(&found, &asked, negated != is_turned, scope)
        }
    }
}

fn known(found: &Found<'_>, negated: bool, scope: &Scope<'_>) -> Result<Verdict, FilterError> {
    let rows = match found {
        Found::Columns(columns) => known_rows(scope.features, columns)?,
        Found::Times(times) => rows_where_both(times.starts(), times.ends(), |start, end| start < end),
        Found::Figures { low, high } => {
            known_rows(scope.features, &[low.as_slice(), high.as_slice()].concat())?
        }
        Found::OneFigure { low, high } => agreeing(scope.features, low, high),
    };
    Ok(Verdict::certainly(if negated { rows.inverted() } else { rows }))
}

fn answered(
    found: &Found<'_>,
    asked: &Asked<'_>,
    negated: bool,
    scope: &Scope<'_>,
) -> Result<Verdict, FilterError> {
    let features = scope.features;
    let rows = match found {
        Found::Columns(columns) => rows_of_columns(features, columns, asked, negated)?,
        Found::Times(times) => return time_verdict(times, asked, negated),
        Found::Figures { low, high } => figure_rows(features, (low, high), asked, negated)?,
        Found::OneFigure { low, high } => {
            rows_of_columns(features, &[low], asked, negated)?.and(&agreeing(features, low, high))
        }
    };
    Ok(Verdict::certainly(rows))
}

/// The rows whose low and high figure are the same: their best figure is that one.
fn agreeing(features: &FeatureStore, low: &Column, high: &Column) -> RowMask {
    match (&low.data, &high.data) {
        (ColumnData::Number(low), ColumnData::Number(high)) => {
            rows_where_both(low, high, |low, high| low == high)
        }
        _ => RowMask::none(features.len()),
    }
}

/// The rows whose figure is for certain what is asked for, wherever it lies from the low to the high one; negated,
/// those whose figure is for certain not.
fn figure_rows(
    features: &FeatureStore,
    (low, high): (&[&Column], &[&Column]),
    asked: &Asked<'_>,
    negated: bool,
) -> Result<RowMask, FilterError> {
    let Some(spans) = &asked.numbers else {
        // Refused in the words of the column.
        return rows_of_columns(features, if low.is_empty() { high } else { low }, asked, negated);
    };
    let in_span = |columns: &[&Column], from: f64, to: f64| {
        let end = |number: f64| number.is_finite().then_some(Value::Number(number));
        let range = Predicate::Range(end(from), end(to));
        rows_of_columns(features, columns, &Asked::new(&range, false, HOME_ZONE), false)
    };
    let span_rows = |(from, to): &Span<f64>| -> Result<RowMask, FilterError> {
        let (from, to) = (*from, *to);
        let infinite = (f64::NEG_INFINITY, f64::INFINITY);
        Ok(match (negated, from.is_finite(), to.is_finite()) {
            (false, true, false) => in_span(low, from, infinite.1)?,
            (false, false, _) => in_span(high, infinite.0, to)?,
            (false, true, true) => in_span(low, from, infinite.1)?.and(&in_span(high, infinite.0, to)?),
            (true, true, false) => in_span(high, infinite.0, from.next_down())?,
            (true, false, _) => in_span(low, to.next_up(), infinite.1)?,
            (true, true, true) => {
                in_span(high, infinite.0, from.next_down())?.or(&in_span(low, to.next_up(), infinite.1)?)
            }
        })
    };
    let mut rows = if negated { RowMask::all(features.len()) } else { RowMask::none(features.len()) };
    for span in spans {
        let next = span_rows(span)?;
        rows = if negated { rows.and(&next) } else { rows.or(&next) };
    }
    Ok(rows)
}

/// The events that meet the days that are asked for. One that lasts meets each of its days; one of which only the week
/// or the month is known possibly meets each of them.
fn time_verdict(times: &EventTimes, asked: &Asked<'_>, negated: bool) -> Result<Verdict, FilterError> {
    let Some(spans) = &asked.times else {
        let wanted = "something other than a date".to_owned();
        return Err(FilterError::OtherType { column: "date".to_owned(), holds: "dates", wanted });
    };
    let mut whole: Option<Verdict> = None;
    for (from, to) in spans {
        let met = Verdict::in_window(times, &minutes(*from, *to));
        whole = Some(whole.map_or(met.clone(), |before| before.or(&met)));
    }
    let met = whole.unwrap_or_else(|| Verdict::certainly(RowMask::none(times.len())));
    if !negated {
        return Ok(met);
    }
    let dated = rows_where_both(times.starts(), times.ends(), |start, end| start < end);
    let possible = met.possible();
    let out = met.met().clone().inverted().and(&dated);
    Ok(match possible {
        None => Verdict::certainly(out),
        Some(possible) => Verdict::with_possible(out.or(&possible), &possible),
    })
}

/// The half-open minutes around milliseconds of which the last counts.
fn minutes(from: i64, to: i64) -> Range<CivilMinute> {
    let on_axis =
        |minute: i64| minute.clamp(i64::from(CivilMinute::MIN), i64::from(CivilMinute::MAX)) as CivilMinute;
    on_axis(from.div_euclid(MINUTE_MS))..on_axis(to.div_euclid(MINUTE_MS).saturating_add(1))
}
