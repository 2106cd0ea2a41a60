//! The values of one column while it is being built, as long as they are of one type.
//!
//! Floor 2.

use super::columns::RawValue;
use super::interner::Interner;
use super::json_scanner::RawText;
use super::limits::MAX_WORD_BYTES;
use super::spread::Spread;
use crate::situation::{MAX_WORDS, day_of, instant_of};

/// What is held of a column.
#[derive(Debug, Default)]
pub(super) enum Held {
    /// Nothing but `null` so far.
    #[default]
    Nothing,
    Number(Spread<f64>),
    Bool(Spread<bool>),
    /// Short strings, and the number of each row's.
    Words(Box<Interner>, Spread<u32>),
    /// Days that are too many as words.
    Days(Spread<i32>),
    /// Instants that are too many as words.
    Instants(Spread<i64>),
    /// No more to be held: values of several types, nested or long ones, or too many words.
    Gone,
}

impl Held {
    /// Sets the value, which is not `null`, of a row behind all others.
    #[inline]
    pub fn push(&mut self, row: usize, value: RawValue<'_>) {
        match (&mut *self, value) {
            (Self::Gone, _) => {}
            (Self::Number(values), RawValue::Number(number)) => values.push(row, number),
            (Self::Bool(values), RawValue::Bool(value)) => values.push(row, value),
            (Self::Words(words, codes), RawValue::Text(text)) if text.raw.len() <= MAX_WORD_BYTES => {
                codes.push(row, number_of(words, text));
                if words.len() > MAX_WORDS {
                    self.leave_words();
                }
            }
            (Self::Days(days), RawValue::Text(text)) => match day_of(&text.decode()) {
                Some(day) => days.push(row, day),
                None => *self = Self::Gone,
            },
            (Self::Instants(instants), RawValue::Text(text)) => match instant_of(&text.decode()) {
                Some(instant) => instants.push(row, instant),
                None => *self = Self::Gone,
            },
            (Self::Nothing, _) => self.begin(row, value),
            _ => *self = Self::Gone,
        }
    }

    /// Forgets the last value.
    pub fn pop(&mut self) {
        match self {
            Self::Number(values) => values.pop(),
            Self::Bool(values) => values.pop(),
            Self::Words(_, codes) => codes.pop(),
            Self::Days(days) => days.pop(),
            Self::Instants(instants) => instants.pop(),
            Self::Nothing | Self::Gone => {}
        }
    }

    /// The first value decides.
    fn begin(&mut self, row: usize, value: RawValue<'_>) {
        *self = match value {
            RawValue::Number(_) => Self::Number(Spread::default()),
            RawValue::Bool(_) => Self::Bool(Spread::default()),
            RawValue::Text(_) => Self::Words(Box::default(), Spread::default()),
            RawValue::Nested | RawValue::Null => Self::Gone,
        };
        self.push(row, value);
    }

    /// There are too many words: goes on with dates where all are, and with nothing else.
    fn leave_words(&mut self) {
        let Self::Words(words, codes) = std::mem::take(self) else { return };
        *self = if let Some(days) = dates_of(&words, day_of) {
            Self::Days(codes.map(|code| days[code as usize]))
        } else if let Some(instants) = dates_of(&words, instant_of) {
            Self::Instants(codes.map(|code| instants[code as usize]))
        } else {
            Self::Gone
        };
    }
}

fn number_of(words: &mut Interner, text: RawText<'_>) -> u32 {
    if text.escaped || text.damaged { words.number(text.decode().as_bytes()) } else { words.number(text.raw) }
}

/// All words as dates, in their order; `None` where one is none.
pub(super) fn dates_of<T>(words: &Interner, date: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    words.words().map(|word| std::str::from_utf8(word).ok().and_then(&date)).collect()
}

/// Whether all words are days, or all are instants.
pub(super) fn are_dates(words: &Interner) -> bool {
    dates_of(words, day_of).is_some() || dates_of(words, instant_of).is_some()
}
