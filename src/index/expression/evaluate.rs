//! Which rows of a layer meet a filter.
//!
//! Floor 2. An answer is yes, possibly, no, or unknown, as in Kleene's logic: `not` turns yes and no round and leaves
//! the others, so that what is unknown never becomes a yes. To know that without a mask for each answer, `not` is
//! carried down to the tests, which answer both ways.

use std::ops::Range;

use super::columns::{known_rows, rows_of_columns};
use super::figures::{figure_rows, known_figures};
use super::filter::Filter;
use super::place::place_verdict;
use super::problem::FilterError;
use super::ranges::Asked;
use super::scope::{Found, Scope};
use super::tree::{Comparison, Condition, Expression, Predicate, Subject};
use super::values::{known_values, value_rows};
use crate::index::Verdict;
use crate::index::matching::rows_where_both;
use crate::situation::{CivilMinute, EventTimes, FeatureStore, RowMask};

const MINUTE_MS: i64 = 60 * 1000;

impl Filter {
    /// The rows that meet every part, in time linear in rows. On a million rows a condition on numbers, days or words
    /// takes less than a millisecond; one on a column that is only in the source decodes every feature.
    pub fn verdict(&self, scope: &Scope<'_>) -> Result<Verdict, FilterError> {
        let verdict = joined(&self.parts, false, Verdict::and, scope)?;
        if scope.is_stopped() { Err(FilterError::Stopped) } else { Ok(verdict) }
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
        if scope.is_stopped() {
            return Err(FilterError::Stopped);
        }
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
            let is_list = subject.is_list();
            let asked = Asked::new(predicate, is_list, scope.zone);
            answered(&found, subject, &asked, negated != is_turned, scope)
        }
    }
}

fn known(found: &Found<'_>, negated: bool, scope: &Scope<'_>) -> Result<Verdict, FilterError> {
    let rows = match found {
        Found::Columns(columns) => known_rows(scope, columns)?,
        Found::Values(values, columns) => known_values(scope, values, columns)?,
        Found::Times(times) => rows_where_both(times.starts(), times.ends(), |start, end| start < end),
        Found::Figures(figure, figures) => known_figures(*figure, figures),
    };
    Ok(Verdict::certainly(if negated { rows.inverted() } else { rows }))
}

fn answered(
    found: &Found<'_>,
    subject: &Subject,
    asked: &Asked<'_>,
    negated: bool,
    scope: &Scope<'_>,
) -> Result<Verdict, FilterError> {
    let rows = match found {
        Found::Columns(columns) => rows_of_columns(scope, columns, asked, negated)?,
        Found::Values(values, columns) => value_rows((scope, subject), (values, columns), asked, negated)?,
        Found::Times(times) => return time_verdict(times, asked, negated),
        Found::Figures(figure, figures) => figure_rows((*figure, figures), subject, asked, negated)?,
    };
    Ok(Verdict::certainly(rows))
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
