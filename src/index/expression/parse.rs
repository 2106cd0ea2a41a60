//! Reads an expression.
//!
//! Floor 2. `or` binds less than `and`, `and` less than `not`; what is in parentheses keeps together.

use super::error::{Expected, Fault};
use super::token::{Sign, Spanned, Token, is_keyword, tokens};
use super::tree::{
    Comparison, Condition, DateLiteral, Distance, Expression, PlaceTest, Predicate, Region, Subject, Value,
};

/// Deeper parentheses are no expression of a person.
const MOST_NESTED: usize = 64;

/// What was read.
pub(super) struct Parsed {
    /// Nothing where the text is blank.
    pub expression: Option<Expression>,
    /// Every condition on a value, with where it stands.
    pub conditions: Vec<WrittenCondition>,
    /// Every part of the map and the character where it stands, from 0.
    pub regions: Vec<(Region, usize)>,
}

/// A condition and the characters at which its parts begin, from 0.
pub(super) struct WrittenCondition {
    pub condition: Condition,
    pub subject_at: usize,
    /// Of the sign or the word that compares.
    pub sign_at: usize,
    /// Of its values, in their order.
    pub values_at: Vec<usize>,
}

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Parsed, Fault> {
    parse_tokens(&tokens(text)?, text.chars().count())
}

/// Reads tokens of a text of `length` characters.
pub(super) fn parse_tokens(tokens: &[Spanned], length: usize) -> Result<Parsed, Fault> {
    let mut parser = Parser {
        tokens,
        next: 0,
        length,
        depth: 0,
        values_at: Vec::new(),
        conditions: Vec::new(),
        regions: Vec::new(),
    };
    let expression = match tokens.is_empty() {
        true => None,
        false => Some(parser.either()?),
    };
    match parser.peek() {
        None => Ok(Parsed { expression, conditions: parser.conditions, regions: parser.regions }),
        Some(Token::Sign(Sign::Close)) => {
            Err(parser.fault("there is no parenthesis to close", Expected::Nothing))
        }
        Some(_) => Err(parser.fault(
            "“and”, “or” or the end was expected; a text of several words goes in quotes",
            Expected::Connective { is_open: false },
        )),
    }
}

struct Parser<'a> {
    tokens: &'a [Spanned],
    next: usize,
    length: usize,
    depth: usize,
    /// Of the condition that is being read.
    values_at: Vec<usize>,
    conditions: Vec<WrittenCondition>,
    regions: Vec<(Region, usize)>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next).map(|spanned| &spanned.token)
    }

    fn take(&mut self) -> Option<&'a Token> {
        let token = self.peek();
        self.next += usize::from(token.is_some());
        token
    }

    /// Where the next token begins; the end of the text where there is none.
    fn position(&self) -> usize {
        self.tokens.get(self.next).map_or(self.length, |spanned| spanned.start)
    }

    fn fault(&self, reason: &str, expected: Expected) -> Fault {
        Fault::new(self.position(), reason, expected)
    }

    fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    fn skip_keyword(&mut self, keyword: &str) -> bool {
        let is_it = self.is_keyword(keyword);
        self.next += usize::from(is_it);
        is_it
    }

    fn skip_sign(&mut self, sign: Sign) -> bool {
        let is_it = self.peek() == Some(&Token::Sign(sign));
        self.next += usize::from(is_it);
        is_it
    }

    fn either(&mut self) -> Result<Expression, Fault> {
        let mut parts = vec![self.all()?];
        while self.skip_keyword("or") {
            parts.push(self.all()?);
        }
        Ok(alone_or(parts, Expression::Or))
    }

    fn all(&mut self) -> Result<Expression, Fault> {
        let mut parts = vec![self.one()?];
        while self.skip_keyword("and") {
            parts.push(self.one()?);
        }
        Ok(alone_or(parts, Expression::And))
    }

    fn one(&mut self) -> Result<Expression, Fault> {
        if self.depth == MOST_NESTED {
            return Err(self.fault("this is nested too deeply", Expected::Nothing));
        }
        self.depth += 1;
        let read = if self.skip_keyword("not") {
            self.one().map(|part| Expression::Not(Box::new(part)))
        } else if self.peek() == Some(&Token::Sign(Sign::Open)) {
            self.in_parentheses()
        } else {
            self.test()
        };
        self.depth -= 1;
        read
    }

    fn in_parentheses(&mut self) -> Result<Expression, Fault> {
        self.next += 1;
        let inside = self.either()?;
        match self.skip_sign(Sign::Close) {
            true => Ok(inside),
            false => Err(self.fault(
                "“and”, “or” or a closing parenthesis was expected",
                Expected::Connective { is_open: true },
            )),
        }
    }

    fn test(&mut self) -> Result<Expression, Fault> {
        if self.skip_keyword("inside") {
            return Ok(Expression::At(PlaceTest::Inside(self.region()?)));
        }
        if self.skip_keyword("within") {
            return self.near();
        }
        self.condition()
    }

    fn condition(&mut self) -> Result<Expression, Fault> {
        let subject_at = self.position();
        let subject = self.subject()?;
        let sign_at = self.position();
        self.values_at.clear();
        let is_negated = self.skip_keyword("not");
        if is_negated && !self.is_keyword("in") {
            return Err(self.fault("“in” was expected after “not”", Expected::Keyword("in")));
        }
        let predicate = match self.skip_keyword("in") {
            true => self.in_values(&subject)?,
            false => self.predicate(&subject)?,
        };
        let condition = Condition { subject, predicate };
        let values_at = std::mem::take(&mut self.values_at);
        let written = WrittenCondition { condition: condition.clone(), subject_at, sign_at, values_at };
        self.conditions.push(written);
        let test = Expression::Where(condition);
        Ok(if is_negated { Expression::Not(Box::new(test)) } else { test })
    }

    fn subject(&mut self) -> Result<Subject, Fault> {
        let subject = match self.peek() {
            Some(Token::Word(word)) if !is_keyword(word) => Subject::of_word(word),
            Some(Token::Bracketed(name)) => Subject::Column(name.clone()),
            Some(Token::Quoted(_)) => {
                let reason =
                    "a field or a column was expected; the name of a column goes in [square brackets]";
                return Err(self.fault(reason, Expected::Test));
            }
            _ => return Err(self.fault("a field or a column was expected", Expected::Test)),
        };
        self.next += 1;
        Ok(subject)
    }

    fn predicate(&mut self, subject: &Subject) -> Result<Predicate, Fault> {
        if self.skip_keyword("is") {
            return match (self.skip_keyword("known"), self.skip_keyword("unknown")) {
                (true, _) => Ok(Predicate::Known),
                (_, true) => Ok(Predicate::Unknown),
                _ => Err(self.fault("“known” or “unknown” was expected", Expected::KnownOrUnknown)),
            };
        }
        match self.peek() {
            Some(Token::Sign(Sign::Contains)) => {
                self.next += 1;
                self.part_of_text(subject).map(Predicate::Contains)
            }
            Some(Token::Compare(comparison)) => {
                let sign_at = self.position();
                self.next += 1;
                let value = self.compared(*comparison, subject, sign_at)?;
                Ok(Predicate::Compare(*comparison, value))
            }
            _ => Err(self.fault(
                "one of = != < <= > >= ~ “in” or “is” was expected",
                Expected::Operator(subject.clone()),
            )),
        }
    }

    fn part_of_text(&mut self, subject: &Subject) -> Result<String, Fault> {
        let text = match self.peek() {
            Some(Token::Quoted(text)) => text,
            Some(Token::Word(word)) if !is_keyword(word) => word,
            _ => return Err(self.fault("a text in quotes was expected", Expected::Value(subject.clone()))),
        };
        if text.trim().is_empty() {
            return Err(self.fault("a text that is not blank was expected", Expected::Value(subject.clone())));
        }
        self.take_value();
        Ok(text.clone())
    }

    fn compared(
        &mut self,
        comparison: Comparison,
        subject: &Subject,
        sign_at: usize,
    ) -> Result<Value, Fault> {
        let at = self.position();
        let value = self.value(subject)?;
        match value {
            Value::Text(_) if comparison.asks_for_order() => {
                let expected = Expected::OrderedValue { of: subject.clone(), sign_at };
                Err(Fault::new(at, "a number or a date was expected", expected))
            }
            value => Ok(value),
        }
    }

    fn value(&mut self, subject: &Subject) -> Result<Value, Fault> {
        let value = match self.peek() {
            Some(Token::Number(number)) => Value::Number(*number),
            Some(Token::Date(date)) => Value::Date(*date),
            Some(Token::Quoted(text)) => Value::Text(text.clone()),
            Some(Token::Word(word)) if !is_keyword(word) => Value::Text(word.clone()),
            _ => {
                let reason = "a number, a date or a text was expected";
                return Err(self.fault(reason, Expected::Value(subject.clone())));
            }
        };
        self.take_value();
        Ok(value)
    }

    /// Goes past a value and remembers where it stands.
    fn take_value(&mut self) {
        self.values_at.push(self.position());
        self.next += 1;
    }

    fn in_values(&mut self, subject: &Subject) -> Result<Predicate, Fault> {
        match self.skip_sign(Sign::Open) {
            true => self.list(subject),
            false => self.range(subject),
        }
    }

    fn list(&mut self, subject: &Subject) -> Result<Predicate, Fault> {
        let mut values = vec![self.value(subject)?];
        while self.skip_sign(Sign::Comma) {
            values.push(self.value(subject)?);
        }
        match self.skip_sign(Sign::Close) {
            true => Ok(Predicate::OneOf(values)),
            false => Err(self.fault("a comma or a closing parenthesis was expected", Expected::Nothing)),
        }
    }

    fn range(&mut self, subject: &Subject) -> Result<Predicate, Fault> {
        let from = self.end_of_range();
        if !self.skip_sign(Sign::Dots) {
            let (reason, expected) = match from {
                Some(_) => ("two dots were expected, as in 1..5", Expected::Nothing),
                None => (
                    "a range such as 1..5 or a list in parentheses was expected",
                    Expected::Values(subject.clone()),
                ),
            };
            return Err(self.fault(reason, expected));
        }
        let at = self.position();
        let to = self.end_of_range();
        match (&from, &to) {
            (None, None) => Err(Fault::new(
                at,
                "a number or a date was expected before or after the dots",
                Expected::Value(subject.clone()),
            )),
            (Some(Value::Number(_)), Some(Value::Number(_))) | (Some(_), None) | (None, Some(_)) => {
                Ok(Predicate::Range(from, to))
            }
            (Some(from_date), Some(to_date)) if is_date(from_date) && is_date(to_date) => {
                Ok(Predicate::Range(from, to))
            }
            _ => Err(Fault::new(at, "both ends must be numbers, or both dates", Expected::Nothing)),
        }
    }

    fn end_of_range(&mut self) -> Option<Value> {
        let value = match self.peek()? {
            Token::Number(number) => Value::Number(*number),
            Token::Date(date) => Value::Date(*date),
            _ => return None,
        };
        self.take_value();
        Some(value)
    }

    fn near(&mut self) -> Result<Expression, Fault> {
        let number = match self.peek() {
            Some(Token::Number(number)) if *number >= 0.0 => *number,
            _ => return Err(self.fault("a distance such as 5 km was expected", Expected::Nothing)),
        };
        self.next += 1;
        let distance = match (self.skip_keyword("km"), self.skip_keyword("m")) {
            (true, _) => Distance::Kilometres(number),
            (_, true) => Distance::Metres(number),
            _ => return Err(self.fault("“km” or “m” was expected", Expected::Unit)),
        };
        if !self.skip_keyword("of") {
            return Err(self.fault("“of” was expected, and then a layer", Expected::Keyword("of")));
        }
        Ok(Expression::At(PlaceTest::Near { distance, of: self.region()? }))
    }

    fn region(&mut self) -> Result<Region, Fault> {
        let at = self.position();
        let fault = self.fault("the title of a layer in quotes was expected, or “area”", Expected::Region);
        let region = match self.take() {
            Some(Token::Quoted(title)) => Region::Layer(title.clone()),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("area") => Region::Drawn,
            _ => return Err(fault),
        };
        self.regions.push((region.clone(), at));
        Ok(region)
    }
}

/// A date, or a number that can be a year.
fn is_date(value: &Value) -> bool {
    match value {
        Value::Date(_) => true,
        Value::Number(number) => DateLiteral::days_of_year(*number).is_some(),
        Value::Text(_) => false,
    }
}

fn alone_or(mut parts: Vec<Expression>, list: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.len() {
        1 => parts.remove(0),
        _ => list(parts),
    }
}
