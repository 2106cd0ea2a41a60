//! Expressions as text, which the parser reads again.
//!
//! Floor 2.

use std::fmt::{self, Display};

use super::token::{is_keyword, is_plain_word};
use super::tree::{
    Comparison, Condition, DateLiteral, Distance, Expression, PlaceTest, Predicate, Region, Subject, Value,
};
use crate::situation::words_of_day;

impl Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => joined(f, parts, " and "),
            Self::Or(parts) => joined(f, parts, " or "),
            Self::Not(part) => match &**part {
                Self::Not(_) => write!(f, "not {part}"),
                part => write!(f, "not ({part})"),
            },
            Self::Where(condition) => condition.fmt(f),
            Self::At(test) => test.fmt(f),
        }
    }
}

/// A member that is itself a list stands in parentheses.
fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expression], by: &str) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(by)?;
        }
        match part {
            Expression::And(_) | Expression::Or(_) => write!(f, "({part})")?,
            part => part.fmt(f)?,
        }
    }
    Ok(())
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.subject)?;
        match &self.predicate {
            Predicate::Compare(comparison, value) => write!(f, "{comparison} {value}"),
            Predicate::Contains(part) => write!(f, "~ {}", quoted(part)),
            Predicate::Range(from, to) => {
                f.write_str("in ")?;
                from.iter().try_for_each(|from| from.fmt(f))?;
                f.write_str("..")?;
                to.iter().try_for_each(|to| to.fmt(f))
            }
            Predicate::OneOf(values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "in ({})", values.join(", "))
            }
            Predicate::Known => f.write_str("is known"),
            Predicate::Unknown => f.write_str("is unknown"),
        }
    }
}

impl Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(field.as_str()),
            Self::People(people) => f.write_str(people.as_str()),
            Self::Column(name) => {
                let reads_as_column = Self::of_word(name) == *self;
                match is_plain_word(name) && !is_keyword(name) && reads_as_column {
                    true => f.write_str(name),
                    false => write!(f, "[{}]", name.replace(']', "]]")),
                }
            }
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Self::SIGNS.iter().find(|(comparison, _)| comparison == self);
        f.write_str(found.map_or("=", |(_, sign)| sign))
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Text(text) => f.write_str(&quoted(text)),
        }
    }
}

impl Display for DateLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => f.write_str(&words_of_day(*day)),
        }
    }
}

impl Display for PlaceTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inside(region) => write!(f, "inside {region}"),
            Self::Near { distance, of } => write!(f, "within {distance} of {of}"),
        }
    }
}

impl Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Metres(metres) => write!(f, "{metres} m"),
            Self::Kilometres(kilometres) => write!(f, "{kilometres} km"),
        }
    }
}

impl Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layer(title) => f.write_str(&quoted(title)),
            Self::Drawn => f.write_str("area"),
        }
    }
}

/// In double quotes, a quote in it doubled.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
