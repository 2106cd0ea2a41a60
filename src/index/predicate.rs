//! What a row must be like to be shown, and how it is written down.
//!
//! Floor 2. The grammar is small on purpose: one condition on one column. `Display` writes what `FromStr` reads.

use std::fmt;
use std::str::FromStr;

use crate::situation::{day_of, words_of_day};

/// A condition on the value that a row has in one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// A number from one to the other, both included; `None` has no end there.
    Numbers {
        /// The least.
        from: Option<f64>,
        /// The greatest.
        to: Option<f64>,
    },
    /// A date from one day to the other, both included, days from 1970-01-01; `None` has no end there. An instant counts
    /// by its day in UTC.
    Days {
        /// The first.
        from: Option<i32>,
        /// The last.
        to: Option<i32>,
    },
    /// One of these values, written as the file has them.
    Words(Vec<String>),
    /// A text with this in it, upper and lower case alike.
    Contains(String),
    /// Any value.
    HasValue,
    /// No value: unknown is not zero, and no other condition meets such a row.
    HasNone,
}

/// A predicate on a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The column's name.
    pub column: String,
    /// What its value must be like.
    pub predicate: Predicate,
}

/// Which rows of a layer are shown: those that meet every condition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerFilter {
    /// In the order in which they were given.
    pub conditions: Vec<Condition>,
}

/// A condition that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}, at character {at} of {text:?}")]
pub struct ConditionError {
    /// What was given.
    pub text: String,
    /// Which character, counted from 1.
    pub at: usize,
    /// What was expected there.
    pub reason: &'static str,
}

/// The grammar for `--help` and the like.
pub const CONDITION_GRAMMAR: &str = "\
NAME=A..B      a number or a date from A to B, both included; one end may be left out
NAME=A|B|C     one of these values
NAME~TEXT      has TEXT in it, upper and lower case alike
NAME=*         has a value
NAME=?         has none; rows without a value meet no other condition
Dates are YYYY-MM-DD. What holds one of = ~ | .. or a quote is put in double quotes, a quote in it doubled.";

/// Reads from left to right and knows where it is.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    /// A text in quotes, or all before the first of `ends`.
    fn piece(&mut self, ends: &[&str]) -> Result<String, ConditionError> {
        if !self.rest().starts_with('"') {
            let end = ends.iter().filter_map(|end| self.rest().find(end)).min();
            let piece = &self.rest()[..end.unwrap_or(self.rest().len())];
            self.at += piece.len();
            return Ok(piece.trim().to_owned());
        }
        let opened = self.at;
        let mut piece = String::new();
        self.at += 1;
        loop {
            let Some(quote) = self.rest().find('"') else {
                return Err(self.error(opened, "the quote is never closed"));
            };
            piece.push_str(&self.rest()[..quote]);
            self.at += quote + 1;
            if !self.skip("\"") {
                break;
            }
            piece.push('"');
        }
        if self.rest().is_empty() || ends.iter().any(|end| self.rest().starts_with(end)) {
            return Ok(piece);
        }
        Err(self.error(self.at, "nothing more was expected after the quote"))
    }

    fn error(&self, at: usize, reason: &'static str) -> ConditionError {
        ConditionError { text: self.text.to_owned(), at: self.text[..at].chars().count() + 1, reason }
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let mut cursor = Cursor { text, at: 0 };
        let column = cursor.piece(&["=", "~"])?;
        if column.is_empty() {
            return Err(cursor.error(0, "the name of a column was expected"));
        }
        let predicate = if cursor.skip("~") {
            let begin = cursor.at;
            let part = cursor.piece(&[])?;
            if part.is_empty() {
                return Err(cursor.error(begin, "a text was expected after ~"));
            }
            Predicate::Contains(part)
        } else if cursor.skip("=") {
            values(&mut cursor)?
        } else {
            return Err(cursor.error(cursor.at, "= or ~ was expected after the name of the column"));
        };
        Ok(Self { column, predicate })
    }
}

fn values(cursor: &mut Cursor<'_>) -> Result<Predicate, ConditionError> {
    match cursor.rest().trim() {
        "?" => return Ok(Predicate::HasNone),
        "*" => return Ok(Predicate::HasValue),
        _ => {}
    }
    let begin = cursor.at;
    let first = cursor.piece(&["..", "|"])?;
    if cursor.skip("..") {
        let end = cursor.at;
        let last = cursor.piece(&["..", "|"])?;
        if !cursor.rest().is_empty() {
            return Err(cursor.error(cursor.at, "nothing more was expected after the range"));
        }
        return range(cursor, (begin, &first), (end, &last));
    }
    let mut words = vec![first];
    while cursor.skip("|") {
        words.push(cursor.piece(&["|"])?);
    }
    match words.iter().any(String::is_empty) {
        true => Err(cursor.error(begin, "a value was expected")),
        false => Ok(Predicate::Words(words)),
    }
}

fn range(
    cursor: &Cursor<'_>,
    (begin, from): (usize, &str),
    (end, to): (usize, &str),
) -> Result<Predicate, ConditionError> {
    if from.is_empty() && to.is_empty() {
        return Err(cursor.error(begin, "a number or a date was expected before or after the dots"));
    }
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let (given_from, given_to) = (!from.is_empty(), !to.is_empty());
    if let (Some(from), Some(to)) = (ends(given_from, from, number), ends(given_to, to, number)) {
        return Ok(Predicate::Numbers { from, to });
    }
    if let (Some(from), Some(to)) = (ends(given_from, from, day_of), ends(given_to, to, day_of)) {
        return Ok(Predicate::Days { from, to });
    }
    let is_either = |text: &str| text.is_empty() || number(text).is_some() || day_of(text).is_some();
    match (is_either(from), is_either(to)) {
        (false, _) => Err(cursor.error(begin, "a number or a date YYYY-MM-DD was expected")),
        (_, false) => Err(cursor.error(end, "a number or a date YYYY-MM-DD was expected")),
        _ => Err(cursor.error(end, "both ends must be numbers, or both dates")),
    }
}

/// The end of a range, `None` inside where it is left out; `None` outside where it is not what it should be.
fn ends<T>(given: bool, text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if given { read(text).map(Some) } else { Some(None) }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = quoted(&self.column);
        let number = |end: &Option<f64>| end.map(|end| end.to_string()).unwrap_or_default();
        let day = |end: &Option<i32>| end.map(words_of_day).unwrap_or_default();
        match &self.predicate {
            Predicate::Numbers { from, to } => write!(f, "{column}={}..{}", number(from), number(to)),
            Predicate::Days { from, to } => write!(f, "{column}={}..{}", day(from), day(to)),
            Predicate::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                write!(f, "{column}={}", words.join("|"))
            }
            Predicate::Contains(part) => write!(f, "{column}~{}", quoted(part)),
            Predicate::HasValue => write!(f, "{column}=*"),
            Predicate::HasNone => write!(f, "{column}=?"),
        }
    }
}

/// In quotes where it would be read as something else.
fn quoted(text: &str) -> String {
    let is_plain = !text.is_empty()
        && text.trim() == text
        && !["?", "*"].contains(&text)
        && !["=", "~", "|", "..", "\""].iter().any(|token| text.contains(token));
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Predicate {
        text.parse::<Condition>().unwrap().predicate
    }

    #[test]
    fn ranges_may_be_open_and_are_of_numbers_or_of_days() {
        assert_eq!(read("n=5.."), Predicate::Numbers { from: Some(5.0), to: None });
        assert_eq!(read("n=-2.5..1e3"), Predicate::Numbers { from: Some(-2.5), to: Some(1000.0) });
        let september = Predicate::Days { from: day_of("2018-09-01"), to: day_of("2018-09-10") };
        assert_eq!(read("event_date=2018-09-01..2018-09-10"), september);
    }

    #[test]
    fn words_texts_and_missing_values_can_be_asked_for() {
        assert_eq!(read("type=Battles|Riots"), Predicate::Words(vec!["Battles".into(), "Riots".into()]));
        assert_eq!(read("note~قصف مدفعي"), Predicate::Contains("قصف مدفعي".into()));
        assert_eq!((read("actor2=?"), read("actor2=*")), (Predicate::HasNone, Predicate::HasValue));
        assert_eq!(read("actor2=\"?\""), Predicate::Words(vec!["?".into()]));
        assert_eq!("\"a=b\"=1".parse::<Condition>().unwrap().column, "a=b");
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        let error = |text: &str| text.parse::<Condition>().unwrap_err();
        assert_eq!(
            error("قتلى=5..x").to_string(),
            "a number or a date YYYY-MM-DD was expected, at character 9 of \"قتلى=5..x\""
        );
        for (text, at) in [("", 1), ("=5", 1), ("name", 5), ("n=..", 3), ("n=1..2018-09-01", 6), ("n=", 3)] {
            assert_eq!(error(text).at, at, "{text}");
        }
        for (text, at) in [("n~", 3), ("n=\"open", 3), ("n=\"a\"b", 6), ("n=1..2..3", 7), ("n=a||b", 3)] {
            assert_eq!(error(text).at, at, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "n=5..",
            "n=..7.5",
            "d=2018-09-01..",
            "t=Battles|Riots",
            "t=\"a|b\"|\"\"\"q\"\"\"",
            "\"a~b\"~\"x=y\"",
            "t=?",
            "t=*",
            "t=\"?\"",
            "t=\" x \"",
            "t~ا ب",
        ] {
            let condition: Condition = text.parse().unwrap();
            assert_eq!(condition.to_string().parse(), Ok(condition.clone()), "{text}");
            assert_eq!(condition.to_string(), text);
        }
    }
}
