//! The words and signs of an expression.
//!
//! Floor 2. Positions are characters from 0, so that an error can point at one in any script.

use super::error::{Expected, Fault};
use super::tree::{Comparison, DateLiteral};
use super::wrong_date::wrong_date_at;
use crate::situation::day_of;

/// A word, a value or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A plain word: the name of a field or of a column, a keyword, a value.
    Word(String),
    /// The name of a column in square brackets.
    Bracketed(String),
    /// A text in quotes.
    Quoted(String),
    Number(f64),
    Date(DateLiteral),
    Compare(Comparison),
    Sign(Sign),
}

/// A sign that is no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Contains,
    Open,
    Close,
    Comma,
    Dots,
}

/// A token and the characters that it takes, the last not included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spanned {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

/// Words that are neither a field nor a column unless they stand in square brackets.
pub(super) const KEYWORDS: [&str; 7] = ["and", "or", "not", "in", "is", "inside", "within"];

/// The longer signs first.
const SIGNS: [(&str, Token); 16] = [
    ("..", Token::Sign(Sign::Dots)),
    ("…", Token::Sign(Sign::Dots)),
    ("!=", Token::Compare(Comparison::NotEqual)),
    ("≠", Token::Compare(Comparison::NotEqual)),
    ("<=", Token::Compare(Comparison::AtMost)),
    ("≤", Token::Compare(Comparison::AtMost)),
    (">=", Token::Compare(Comparison::AtLeast)),
    ("≥", Token::Compare(Comparison::AtLeast)),
    ("=", Token::Compare(Comparison::Equal)),
    ("<", Token::Compare(Comparison::Less)),
    (">", Token::Compare(Comparison::Greater)),
    ("~", Token::Sign(Sign::Contains)),
    ("(", Token::Sign(Sign::Open)),
    (")", Token::Sign(Sign::Close)),
    (",", Token::Sign(Sign::Comma)),
    ("،", Token::Sign(Sign::Comma)),
];

/// What opens and what closes a text.
const QUOTES: [(char, char); 3] = [('"', '"'), ('“', '”'), ('«', '»')];

/// Whether a word means something in the language itself, in upper or lower case.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// Whether a name is read as one word without brackets.
pub(super) fn is_plain_word(name: &str) -> bool {
    let characters: Vec<char> = name.chars().collect();
    !characters.is_empty() && word_end(&characters, 0) == Some(characters.len())
}

/// Parts a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Spanned>, Fault> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let (token, end) = token_at(&characters, at)?;
        tokens.push(Spanned { token, start: at, end });
        at = end;
    }
    Ok(tokens)
}

/// Where the word, the value or the sign at a character ends: one further where there is none.
pub(super) fn token_end(text: &str, at: usize) -> usize {
    let characters: Vec<char> = text.chars().collect();
    match characters.get(at).map(|_| token_at(&characters, at)) {
        Some(Ok((_, end))) => end,
        _ => wrong_date_at(&characters, at).map_or(at + 1, |wrong| wrong.end),
    }
}

fn token_at(characters: &[char], at: usize) -> Result<(Token, usize), Fault> {
    let first = characters[at];
    if first == '[' {
        let (name, end) = enclosed(characters, at, ']', "the bracket is never closed")?;
        return match name.is_empty() {
            true => {
                Err(Fault::new(at, "the name of a column was expected in the brackets", Expected::Nothing))
            }
            false => Ok((Token::Bracketed(name), end)),
        };
    }
    if let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == first) {
        let (text, end) = enclosed(characters, at, *close, "the quote is never closed")?;
        return Ok((Token::Quoted(text), end));
    }
    let starts_number = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    if starts_number(at) || (first == '-' && starts_number(at + 1)) {
        if let Some(date) = date_at(characters, at) {
            return date;
        }
        return match wrong_date_at(characters, at) {
            Some(wrong) => Err(Fault::new(at, wrong.remedy(), Expected::Nothing)),
            None => number_at(characters, at),
        };
    }
    let is_here = |sign: &str| sign.chars().eq(characters[at..].iter().copied().take(sign.chars().count()));
    if let Some((sign, token)) = SIGNS.iter().find(|(sign, _)| is_here(sign)) {
        return Ok((token.clone(), at + sign.chars().count()));
    }
    match word_end(characters, at) {
        Some(end) => Ok((Token::Word(characters[at..end].iter().collect()), end)),
        None => Err(Fault::new(at, format!("{first:?} means nothing here"), Expected::Nothing)),
    }
}

/// The text up to the closing character, which stands for itself where it is doubled; and where it ends.
fn enclosed(
    characters: &[char],
    at: usize,
    close: char,
    unclosed: &'static str,
) -> Result<(String, usize), Fault> {
    let mut text = String::new();
    let mut next = at + 1;
    loop {
        match (characters.get(next), characters.get(next + 1)) {
            (None, _) => return Err(Fault::new(at, unclosed, Expected::Nothing)),
            (Some(&c), Some(&after)) if c == close && after == close => {
                text.push(close);
                next += 2;
            }
            (Some(&c), _) if c == close => return Ok((text, next + 1)),
            (Some(&c), _) => {
                text.push(c);
                next += 1;
            }
        }
    }
}

/// `YYYY-MM` or `YYYY-MM-DD`; `None` where it is no date at all, an error where it is one that there never was.
fn date_at(characters: &[char], at: usize) -> Option<Result<(Token, usize), Fault>> {
    let is_shape = |shape: &str| {
        let fits = |(wanted, found): (char, &char)| match wanted {
            '0' => found.is_ascii_digit(),
            other => *found == other,
        };
        let length = shape.len();
        let goes_on = characters.get(at + length).is_some_and(|c| c.is_ascii_digit() || *c == '-');
        at + length <= characters.len() && !goes_on && shape.chars().zip(&characters[at..]).all(fits)
    };
    let shape = ["0000-00-00", "0000-00"].into_iter().find(|shape| is_shape(shape))?;
    let end = at + shape.len();
    let written: String = characters[at..end].iter().collect();
    let read = match shape.len() {
        10 => day_of(&written).map(DateLiteral::Day),
        _ => day_of(&format!("{written}-01")).and_then(|_| {
            let (year, month) = written.split_once('-')?;
            Some(DateLiteral::Month { year: year.parse().ok()?, month: month.parse().ok()? })
        }),
    };
    let no_date = || Fault::new(at, format!("there is no date {written}"), Expected::Nothing);
    Some(read.map(|date| (Token::Date(date), end)).ok_or_else(no_date))
}

fn number_at(characters: &[char], at: usize) -> Result<(Token, usize), Fault> {
    let digits = |mut at: usize| {
        while characters.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let is_at = |at: usize, wanted: &[char]| characters.get(at).is_some_and(|c| wanted.contains(c));
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut end = digits(at + usize::from(characters[at] == '-'));
    if is_at(end, &['.']) && is_digit(end + 1) {
        end = digits(end + 1);
    }
    if is_at(end, &['e', 'E']) {
        let sign = usize::from(is_at(end + 1, &['+', '-']));
        if is_digit(end + 1 + sign) {
            end = digits(end + 1 + sign);
        }
    }
    let written: String = characters[at..end].iter().collect();
    match written.parse::<f64>().ok().filter(|number| number.is_finite()) {
        Some(number) => Ok((Token::Number(number), end)),
        None => Err(Fault::new(at, format!("{written} is beyond all numbers"), Expected::Nothing)),
    }
}

/// Letters, digits, `_`, `:` and single dots or hyphens between them; `None` where no word begins.
fn word_end(characters: &[char], at: usize) -> Option<usize> {
    let is_letter = |c: char| c.is_alphabetic() || c == '_';
    let goes_on = |at: usize| characters.get(at).is_some_and(|&c| is_letter(c) || c.is_numeric());
    characters.get(at).filter(|&&c| is_letter(c))?;
    let mut end = at + 1;
    while goes_on(end) || (matches!(characters.get(end), Some('.' | ':' | '-')) && goes_on(end + 1)) {
        end += 1;
    }
    Some(end)
}
