//! What can come next where somebody writes an expression.
//!
//! Floor 2. The parser says what it expects at the end of what stands before the caret.

use super::error::Expected;
use super::parse::parse_tokens;
use super::token::{Spanned, Token, tokens};
use super::tree::{Region, Subject, Value};
use super::vocabulary::{ValueKind, Vocabulary};
use crate::index::folded::folded;
use crate::situation::EventField;

/// What can come at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The first character that a choice replaces, counted from 0.
    pub from: usize,
    /// The first one after what it replaces.
    pub to: usize,
    /// The likeliest first.
    pub choices: Vec<Choice>,
}

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub text: String,
    /// What it is, for people; empty where the text says it.
    pub label: &'static str,
    /// How many rows have the value.
    pub count: Option<usize>,
}

impl Choice {
    fn word(text: impl Into<String>) -> Self {
        Self { text: text.into(), label: "", count: None }
    }
}

impl Vocabulary<'_> {
    /// What can come at the caret, `caret` characters into the text: at most `most` choices that have in them what is
    /// written of the word before it. Nothing where the text before it is wrong.
    pub fn complete(&self, text: &str, caret: usize, most: usize) -> Completion {
        let characters: Vec<char> = text.chars().collect();
        let caret = caret.min(characters.len());
        let Some(Before { tokens, from, written }) = before(&characters[..caret]) else {
            return Completion { from: caret, to: caret, choices: Vec::new() };
        };
        let expected = match parse_tokens(&tokens, caret) {
            Ok(_) if tokens.is_empty() => Expected::Test,
            Ok(_) => Expected::Connective { is_open: false },
            Err(fault) if fault.at == caret => fault.expected,
            Err(_) => Expected::Nothing,
        };
        let is_rest = |c: &&char| !written.is_empty() && (c.is_alphanumeric() || matches!(c, '_' | '.'));
        let rest = characters[caret..].iter().take_while(is_rest).count();
        Completion { from, to: caret + rest, choices: chosen(self.choices(&expected), &written, most) }
    }

    fn choices(&self, expected: &Expected) -> Vec<Choice> {
        match expected {
            Expected::Test => {
                let subjects = self.subjects().into_iter();
                let subjects = subjects.map(|text| Choice { label: label_of(&text), ..Choice::word(text) });
                subjects.chain(["not", "inside", "within"].map(Choice::word)).collect()
            }
            Expected::Operator(subject) => {
                self.operators(subject).iter().copied().map(Choice::word).collect()
            }
            Expected::Value(subject) => self.value_choices(subject),
            Expected::Values(_) => vec![Choice::word("(")],
            Expected::KnownOrUnknown => ["known", "unknown"].map(Choice::word).to_vec(),
            Expected::Region => {
                let drawn = self.has_area.then(|| Choice::word(Region::Drawn.to_string()));
                let titles = self.layers.iter().map(|title| Region::Layer((*title).to_owned()));
                drawn.into_iter().chain(titles.map(|layer| Choice::word(layer.to_string()))).collect()
            }
            Expected::Unit => ["km", "m"].map(Choice::word).to_vec(),
            Expected::Keyword(word) => vec![Choice::word(*word)],
            Expected::Connective { is_open } => {
                let close = is_open.then_some(")");
                ["and", "or"].into_iter().chain(close).map(Choice::word).collect()
            }
            Expected::Nothing => Vec::new(),
        }
    }

    fn operators(&self, subject: &Subject) -> &'static [&'static str] {
        match self.kind(subject) {
            ValueKind::Numbers => &[">=", "<=", "=", "!=", ">", "<", "in", "is known", "is unknown"],
            ValueKind::Dates => &["in", "=", ">=", "<=", ">", "<", "!=", "is known", "is unknown"],
            ValueKind::Words => &["=", "~", "!=", "in (", "is known", "is unknown"],
        }
    }

    fn value_choices(&self, subject: &Subject) -> Vec<Choice> {
        let is_number = self.kind(subject) == ValueKind::Numbers;
        let written = |value: String| if is_number { value } else { Value::Text(value).to_string() };
        let values = self.values(subject).into_iter();
        values.map(|(value, count)| Choice { count: Some(count), ..Choice::word(written(value)) }).collect()
    }
}

/// The label of a field of events.
fn label_of(subject: &str) -> &'static str {
    match subject {
        "killed" => "Killed, low to high",
        "injured" => "Injured, low to high",
        other => other.parse::<EventField>().map_or("", EventField::label),
    }
}

/// What stands before the caret: whole tokens, and what is written of the next.
struct Before {
    tokens: Vec<Spanned>,
    from: usize,
    written: String,
}

fn before(characters: &[char]) -> Option<Before> {
    let text: String = characters.iter().collect();
    match tokens(&text) {
        Ok(mut tokens) => {
            let is_word = |token: &Token| {
                matches!(token, Token::Word(_) | Token::Bracketed(_) | Token::Quoted(_) | Token::Number(_))
            };
            let last = tokens.pop_if(|last| last.end == characters.len() && is_word(&last.token));
            let from = last.map_or(characters.len(), |last| last.start);
            Some(Before { tokens, from, written: characters[from..].iter().collect() })
        }
        // A quote or a bracket that is still open.
        Err(fault) if matches!(characters.get(fault.at), Some('"' | '“' | '«' | '[')) => {
            let tokens = tokens(&characters[..fault.at].iter().collect::<String>()).ok()?;
            Some(Before { tokens, from: fault.at, written: characters[fault.at + 1..].iter().collect() })
        }
        Err(_) => None,
    }
}

/// The choices with this in them: first those that begin with it.
fn chosen(choices: Vec<Choice>, written: &str, most: usize) -> Vec<Choice> {
    let is_sign = |c: char| matches!(c, '"' | '“' | '«' | '[' | ']' | '”' | '»');
    let wanted = folded(written.trim_matches(is_sign));
    let rank = |choice: &Choice| {
        let text = folded(choice.text.trim_matches(is_sign));
        match (text.starts_with(&wanted), text.contains(&wanted)) {
            (true, _) => Some(0),
            (false, true) => Some(1),
            _ => None,
        }
    };
    let mut ranked: Vec<(u8, Choice)> =
        choices.into_iter().filter_map(|choice| Some((rank(&choice)?, choice))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, choice)| choice).take(most).collect()
}
