//! What a filter says of a row, as a tree.
//!
//! Floor 2. `Display` of each part is in [`super::write`], reading in [`super::parse`].

use jiff::civil::Date;

use crate::situation::{EventField, day_of};

/// Something that is true of a row, or false, or not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// All of them.
    And(Vec<Self>),
    /// One of them at least.
    Or(Vec<Self>),
    /// The opposite. What is not known stays not known.
    Not(Box<Self>),
    /// A value of the row.
    Where(Condition),
    /// The row's place.
    At(PlaceTest),
}

/// What a value must be like.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Whose value it is.
    pub subject: Subject,
    /// What it must be like.
    pub predicate: Predicate,
}

/// What of a row is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A field of an event, by the columns that say it; a column of that name where none does.
    Field(EventField),
    /// How many people came to harm, from the low to the high figure.
    People(People),
    /// A column of the layer.
    Column(String),
}

/// What happened to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Their number is that of the killed.
    Killed,
    /// Their number is that of the injured.
    Injured,
}

/// What a value must be like.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// So it stands to another value.
    Compare(Comparison, Value),
    /// A text with this in it; case, diacritics and the spellings of Arabic letters make no difference.
    Contains(String),
    /// From one to the other, both included; `None` has no end there.
    Range(Option<Value>, Option<Value>),
    /// One of these.
    OneOf(Vec<Value>),
    /// Any value.
    Known,
    /// No value: unknown is not zero, and no other predicate meets it.
    Unknown,
}

/// How one value stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Another, and known.
    NotEqual,
    /// Below.
    Less,
    /// Below or the same.
    AtMost,
    /// Above.
    Greater,
    /// Above or the same.
    AtLeast,
}

/// A value as it is written in an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; a whole one up to 9999 is a year where a date is asked for.
    Number(f64),
    /// A month or a day.
    Date(DateLiteral),
    /// A text, word for word.
    Text(String),
}

/// A date as it is written: a span of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLiteral {
    /// All days of a month.
    Month {
        /// 0 to 9999.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A day from 1970-01-01.
    Day(i32),
}

/// Where a row must lie.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceTest {
    /// Inside of an area. What only overlaps it is possibly there.
    Inside(Region),
    /// Not farther away than this.
    Near {
        /// How far.
        distance: Distance,
        /// From what.
        of: Region,
    },
}

/// A part of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Region {
    /// What a layer holds, by the layer's title.
    Layer(String),
    /// The area that was drawn.
    Drawn,
}

/// A length in the unit in which it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// Metres.
    Metres(f64),
    /// Kilometres.
    Kilometres(f64),
}

impl Distance {
    /// The length in metres.
    pub fn metres(self) -> f64 {
        match self {
            Self::Metres(metres) => metres,
            Self::Kilometres(kilometres) => kilometres * 1000.0,
        }
    }
}

impl DateLiteral {
    /// The first and the last of its days, counted from 1970-01-01.
    pub fn days(self) -> (i32, i32) {
        match self {
            Self::Day(day) => (day, day),
            Self::Month { year, month } => month_days(year, month, month),
        }
    }

    /// All days of a year; `None` beyond the years 0 to 9999.
    pub fn days_of_year(year: f64) -> Option<(i32, i32)> {
        let is_year = (0.0..=9999.0).contains(&year) && year.fract() == 0.0;
        is_year.then(|| month_days(year as i16, 1, 12))
    }
}

/// From the first day of one month to the last of another, of one year.
fn month_days(year: i16, first: i8, last: i8) -> (i32, i32) {
    let day = |date: Date| day_of(&date.to_string()).unwrap_or_default();
    let of_month = |month| Date::new(year, month, 1).unwrap_or(Date::ZERO);
    (day(of_month(first)), day(of_month(last).last_of_month()))
}

impl People {
    /// The word in expressions.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
        }
    }

    /// The fields of the low, the best and the high figure.
    pub const fn figures(self) -> [EventField; 3] {
        match self {
            Self::Killed => [EventField::KilledLow, EventField::KilledBest, EventField::KilledHigh],
            Self::Injured => [EventField::InjuredLow, EventField::InjuredBest, EventField::InjuredHigh],
        }
    }
}

impl Subject {
    /// What a plain word stands for.
    pub(super) fn of_word(word: &str) -> Self {
        let people = [People::Killed, People::Injured].into_iter().find(|people| people.as_str() == word);
        match (people, word.parse()) {
            (Some(people), _) => Self::People(people),
            (None, Ok(field)) => Self::Field(field),
            (None, Err(_)) => Self::Column(word.to_owned()),
        }
    }

    /// Whether a value may name several, of which each counts on its own.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::Field(field) if field.is_list())
    }
}

impl Value {
    /// The text, where it is one.
    pub(super) fn as_text(&self) -> Option<&String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl Comparison {
    /// All, with the signs in which they are written.
    pub(super) const SIGNS: [(Self, &'static str); 6] = [
        (Self::Equal, "="),
        (Self::NotEqual, "!="),
        (Self::Less, "<"),
        (Self::AtMost, "<="),
        (Self::Greater, ">"),
        (Self::AtLeast, ">="),
    ];

    /// Whether it is more than being the same or another.
    pub(super) const fn asks_for_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Expression {
    /// Calls `look` with every test of a place in it.
    pub(super) fn visit_places<'a>(&'a self, look: &mut impl FnMut(&'a PlaceTest)) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.visit_places(look)),
            Self::Not(part) => part.visit_places(look),
            Self::At(test) => look(test),
            Self::Where(_) => {}
        }
    }

    /// Calls `look` with every condition on a value.
    pub(super) fn visit_conditions<'a>(&'a self, look: &mut impl FnMut(&'a Condition)) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.visit_conditions(look)),
            Self::Not(part) => part.visit_conditions(look),
            Self::Where(condition) => look(condition),
            Self::At(_) => {}
        }
    }
}

impl PlaceTest {
    /// The part of the map that it speaks of.
    pub fn region(&self) -> &Region {
        match self {
            Self::Inside(region) | Self::Near { of: region, .. } => region,
        }
    }
}
