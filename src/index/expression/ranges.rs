//! The numbers, the times and the texts that a predicate asks for.
//!
//! Floor 2. `Equal` and `NotEqual` ask for the same: who asks turns the answer round.

use super::tree::{Comparison, DateLiteral, Predicate, Value};
use crate::index::folded::folded;
use crate::situation::{CivilClock, PropertyValue, day_of, instant_of, items_of_text};

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
    /// Where every value can be a time; milliseconds of civil time from 1970-01-01.
    pub times: Option<Vec<Span<i64>>>,
    /// The same as instants, milliseconds from 1970-01-01 UTC.
    pub instants: Option<Vec<Span<i64>>>,
    /// By which instants are in civil time.
    clock: CivilClock,
    /// What a text must have in it.
    needle: Option<String>,
}

impl<'a> Asked<'a> {
    /// `zone` is that of the civil time.
    pub fn new(predicate: &'a Predicate, is_list: bool, zone: &str) -> Self {
        let needle = match predicate {
            Predicate::Contains(part) => Some(folded(part)),
            _ => None,
        };
        let numbers =
            spans(predicate, number_span, (f64::NEG_INFINITY, f64::INFINITY), f64::next_down, f64::next_up);
        let clock = CivilClock::of_zone(zone);
        let in_time = |span: &dyn Fn(&Value) -> Option<Span<i64>>| {
            spans(predicate, span, (i64::MIN + 1, i64::MAX), |a| a - 1, |a| a.saturating_add(1))
        };
        let times = in_time(&|value| Some(time_span(value)?.civil(&clock)));
        let instants = in_time(&|value| Some(time_span(value)?.instants(&clock)));
        Self { predicate, is_list, numbers, times, instants, clock, needle }
    }

    /// Whether order matters: then a value that is neither number nor date has no answer.
    pub fn asks_for_order(&self) -> bool {
        match self.predicate {
            Predicate::Compare(comparison, _) => comparison.asks_for_order(),
            Predicate::Range(..) => true,
            _ => false,
        }
    }

    /// The texts of which a value must be one.
    pub fn equal_texts(&self) -> impl Iterator<Item = &String> {
        let values = match self.predicate {
            Predicate::Compare(Comparison::Equal | Comparison::NotEqual, value) => {
                std::slice::from_ref(value)
            }
            Predicate::OneOf(values) => values,
            _ => &[],
        };
        values.iter().filter_map(Value::as_text)
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
        let as_time = || match time_of(text)? {
            Time::Civil(time) => within(self.times.as_deref()?, time),
            Time::Instant(time) => within(self.instants.as_deref()?, time),
        };
        if self.asks_for_order() {
            return as_number().or_else(as_time);
        }
        match self.predicate {
            Predicate::Compare(_, value) => self.value_is(value, text),
            Predicate::OneOf(values) => values.iter().map(|value| self.value_is(value, text)).max().flatten(),
            _ => Some(false),
        }
    }

    /// Whether a text is that value; a text that is no date has no answer where a date is asked for.
    fn value_is(&self, value: &Value, text: &str) -> Option<bool> {
        let is_number = |wanted: f64| number_of(text).map(|number| number == wanted);
        let is_time = || {
            let span = time_span(value)?;
            let (time, (from, to)) = match time_of(text)? {
                Time::Civil(time) => (time, span.civil(&self.clock)),
                Time::Instant(time) => (time, span.instants(&self.clock)),
            };
            Some(from <= time && time <= to)
        };
        match value {
            Value::Text(wanted) => Some(wanted == text),
            Value::Number(wanted) => Some(is_number(*wanted).or_else(is_time) == Some(true)),
            Value::Date(_) => is_time(),
        }
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

/// Whether a range ends before it begins: then nothing lies in it.
pub(super) fn is_backwards(from: &Value, to: &Value) -> bool {
    match (from, to) {
        (Value::Number(from), Value::Number(to)) => from > to,
        _ => match (time_span(from), time_span(to)) {
            (Some(TimeSpan::Days(first, _)), Some(TimeSpan::Days(_, last))) => first > last,
            _ => false,
        },
    }
}

/// Whether a value can be asked of numbers.
pub(super) fn is_number(value: &Value) -> bool {
    number_span(value).is_some()
}

/// Whether a value can be asked of dates and times.
pub(super) fn is_time(value: &Value) -> bool {
    time_span(value).is_some()
}

fn number_span(value: &Value) -> Option<Span<f64>> {
    let number = match value {
        Value::Number(number) => *number,
        Value::Text(text) => number_of(text)?,
        Value::Date(_) => return None,
    };
    Some((number, number))
}

/// The times that a value stands for.
enum TimeSpan {
    /// Days, the first and the last, wherever the clock is read.
    Days(i32, i32),
    /// One instant.
    Instant(i64),
}

impl TimeSpan {
    fn civil(&self, clock: &CivilClock) -> Span<i64> {
        match *self {
            Self::Days(first, last) => (i64::from(first) * DAY_MS, (i64::from(last) + 1) * DAY_MS - 1),
            Self::Instant(instant) => (clock.civil_of(instant), clock.civil_of(instant)),
        }
    }

    fn instants(&self, clock: &CivilClock) -> Span<i64> {
        match *self {
            Self::Days(..) => {
                let (from, to) = self.civil(clock);
                (clock.instant_of(from), clock.instant_of(to + 1) - 1)
            }
            Self::Instant(instant) => (instant, instant),
        }
    }
}

fn time_span(value: &Value) -> Option<TimeSpan> {
    let of_days = |(first, last): (i32, i32)| TimeSpan::Days(first, last);
    match value {
        Value::Date(date) => Some(of_days(date.days())),
        Value::Number(year) => DateLiteral::days_of_year(*year).map(of_days),
        Value::Text(text) => {
            day_of(text).map(|day| of_days((day, day))).or_else(|| instant_of(text).map(TimeSpan::Instant))
        }
    }
}

fn number_of(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// A time in milliseconds.
enum Time {
    Civil(i64),
    Instant(i64),
}

/// The time of a text that is a date, or a date and a time with its zone.
fn time_of(text: &str) -> Option<Time> {
    let day = day_of(text).map(|day| Time::Civil(i64::from(day) * DAY_MS));
    day.or_else(|| instant_of(text).map(Time::Instant))
}
