//! The numbers, the times and the texts that a predicate asks for.
//!
//! Floor 2. `Equal` and `NotEqual` ask for the same: who asks turns the answer round.

use super::tree::{Comparison, DateLiteral, Predicate, Value};
use crate::index::folded::folded;
use crate::situation::{PropertyValue, day_of, instant_of, items_of_text};

pub(in crate::index) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// From the first to the last, both included.
pub(super) type Span<T> = (T, T);

/// A predicate made ready to be asked of many values.
pub(super) struct Asked<'a> {
    pub predicate: &'a Predicate,
    /// Whether a cell is a list, of which one entry must do.
    is_list: bool,
    /// Where every value can be a number.
    pub numbers: Option<Vec<Span<f64>>>,
    /// Where every value can be a time; milliseconds from 1970-01-01.
    pub times: Option<Vec<Span<i64>>>,
    /// What a text must have in it.
    needle: Option<String>,
}

impl<'a> Asked<'a> {
    pub fn new(predicate: &'a Predicate, is_list: bool) -> Self {
        let needle = match predicate {
            Predicate::Contains(part) => Some(folded(part)),
            _ => None,
        };
        let numbers =
            spans(predicate, number_span, (f64::NEG_INFINITY, f64::INFINITY), f64::next_down, f64::next_up);
        let times = spans(predicate, time_span, (i64::MIN + 1, i64::MAX), |a| a - 1, |a| a.saturating_add(1));
        Self { predicate, is_list, numbers, times, needle }
    }

    /// Whether order matters: then a value that is neither number nor date has no answer.
    pub fn asks_for_order(&self) -> bool {
        let is_equal = matches!(
            self.predicate,
            Predicate::Compare(Comparison::Equal | Comparison::NotEqual, _) | Predicate::OneOf(_)
        );
        !is_equal && self.needle.is_none()
    }

    /// Whether a text is what is asked for; `None` where it cannot be compared.
    pub fn text(&self, text: &str) -> Option<bool> {
        if let Some(needle) = &self.needle {
            return Some(folded(text).contains(needle));
        }
        let items = self.is_list.then(|| items_of_text(text)).into_iter().flatten();
        items.map(|item| self.entry(item)).fold(self.entry(text), Ord::max)
    }

    fn entry(&self, text: &str) -> Option<bool> {
        let as_number = || number_of(text).and_then(|number| within(self.numbers.as_deref()?, number));
        let as_time = || time_of(text).and_then(|time| within(self.times.as_deref()?, time));
        if self.asks_for_order() {
            return as_number().or_else(as_time);
        }
        let is_word = match self.predicate {
            Predicate::Compare(_, value) => value_is(value, text),
            Predicate::OneOf(values) => values.iter().any(|value| value_is(value, text)),
            _ => false,
        };
        Some(is_word)
    }

    /// Whether a value of the source is what is asked for; `None` where it is `null` or cannot be compared.
    pub fn value(&self, value: &PropertyValue) -> Option<bool> {
        match value {
            PropertyValue::Null => None,
            PropertyValue::Number { value, .. } if self.needle.is_none() => match &self.numbers {
                Some(numbers) => within(numbers, *value),
                None => (!self.asks_for_order()).then_some(false),
            },
            value => self.text(&value.to_display()),
        }
    }
}

/// Whether a value is in one of the spans.
pub(super) fn within<T: PartialOrd>(spans: &[Span<T>], value: T) -> Option<bool> {
    Some(spans.iter().any(|(from, to)| *from <= value && value <= *to))
}

fn value_is(value: &Value, text: &str) -> bool {
    let is_number = |wanted: f64| number_of(text).map(|number| number == wanted);
    let is_time = || time_of(text).zip(time_span(value)).map(|(time, (from, to))| from <= time && time <= to);
    match value {
        Value::Text(wanted) => wanted == text,
        Value::Number(wanted) => is_number(*wanted).or_else(is_time) == Some(true),
        Value::Date(_) => is_time() == Some(true),
    }
}

fn spans<T: Copy>(
    predicate: &Predicate,
    span: impl Fn(&Value) -> Option<Span<T>>,
    (least, greatest): Span<T>,
    below: fn(T) -> T,
    above: fn(T) -> T,
) -> Option<Vec<Span<T>>> {
    Some(match predicate {
        Predicate::Compare(comparison, value) => {
            let (first, last) = span(value)?;
            vec![match comparison {
                Comparison::Equal | Comparison::NotEqual => (first, last),
                Comparison::Less => (least, below(first)),
                Comparison::AtMost => (least, last),
                Comparison::Greater => (above(last), greatest),
                Comparison::AtLeast => (first, greatest),
            }]
        }
        Predicate::Range(from, to) => {
            let end = |value: &Option<Value>, open| value.as_ref().map_or(Some(open), &span);
            vec![(end(from, (least, least))?.0, end(to, (greatest, greatest))?.1)]
        }
        Predicate::OneOf(values) => values.iter().map(span).collect::<Option<_>>()?,
        Predicate::Contains(_) | Predicate::Known | Predicate::Unknown => return None,
    })
}

fn number_span(value: &Value) -> Option<Span<f64>> {
    let number = match value {
        Value::Number(number) => *number,
        Value::Text(text) => number_of(text)?,
        Value::Date(_) => return None,
    };
    Some((number, number))
}

fn time_span(value: &Value) -> Option<Span<i64>> {
    let of_days = |(first, last): (i32, i32)| (i64::from(first) * DAY_MS, (i64::from(last) + 1) * DAY_MS - 1);
    match value {
        Value::Date(date) => Some(of_days(date.days())),
        Value::Number(year) => DateLiteral::days_of_year(*year).map(of_days),
        Value::Text(text) => {
            let day = day_of(text).map(|day| of_days((day, day)));
            day.or_else(|| instant_of(text).map(|instant| (instant, instant)))
        }
    }
}

fn number_of(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Milliseconds of a text that is a date, or a date and a time with its zone.
fn time_of(text: &str) -> Option<i64> {
    day_of(text).map(|day| i64::from(day) * DAY_MS).or_else(|| instant_of(text))
}
