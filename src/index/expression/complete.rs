//! What can come next where somebody writes an expression.
//!
//! Floor 2. The parser says what it expects at the end of what stands before the caret.

use std::sync::Arc;

use super::counts::ValueCounts;
use super::error::Expected;
use super::parse::parse_tokens;
use super::token::{Spanned, Token, tokens};
use super::tree::{Region, Subject, Value};
use super::type_mistake::ValueKind;
use super::vocabulary::Vocabulary;
use crate::index::folded::folded;
use crate::situation::EventField;

/// So many values are looked through for what is written of one, the most frequent: each takes about a microsecond.
const MOST_SEARCHED: usize = 10_000;

/// What can come at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The first character that a choice replaces, counted from 0.
    pub from: usize,
    /// The first one after what it replaces.
    pub to: usize,
    /// The likeliest first.
    pub choices: Vec<Choice>,
    /// Whose values can come there.
    pub values_of: Option<Subject>,
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
    /// written of the word before it. Nothing where the text before it is wrong. `values` is asked for the values of a
    /// subject, as far as they are known, the likeliest first.
    pub fn complete(
        &self,
        text: &str,
        caret: usize,
        most: usize,
        values: &dyn Fn(&Subject) -> Option<Arc<ValueCounts>>,
    ) -> Completion {
        let characters: Vec<char> = text.chars().collect();
        let caret = caret.min(characters.len());
        let Some(Before { tokens, from, written }) = before(&characters[..caret]) else {
            return Completion { from: caret, to: caret, ..Completion::default() };
        };
        let expected = match parse_tokens(&tokens, caret) {
            Ok(_) if tokens.is_empty() => Expected::Test,
            Ok(_) => Expected::Connective { is_open: false },
            Err(fault) if fault.at == caret => fault.expected,
            Err(_) => Expected::Nothing,
        };
        let is_rest = |c: &&char| !written.is_empty() && (c.is_alphanumeric() || matches!(c, '_' | '.'));
        let rest = characters[caret..].iter().take_while(is_rest).count();
        let values_of = match &expected {
            Expected::Value(subject) | Expected::OrderedValue { of: subject, .. } => Some(subject.clone()),
            _ => None,
        };
        let known = values_of.as_ref().and_then(|subject| Some((subject, values(subject)?)));
        let choices = match &known {
            Some((subject, counts)) => chosen(self.value_choices(subject, counts), &written, most),
            None => chosen(self.choices(&expected).into_iter(), &written, most),
        };
        Completion { from, to: caret + rest, choices, values_of }
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
            Expected::Value(_) | Expected::OrderedValue { .. } | Expected::Nothing => Vec::new(),
        }
    }

    fn operators(&self, subject: &Subject) -> &'static [&'static str] {
        match self.kind(subject).unwrap_or(ValueKind::Words) {
            ValueKind::TrueOrFalse => &["=", "!=", "is known", "is unknown"],
            ValueKind::Numbers => &[">=", "<=", "=", "!=", ">", "<", "in", "is known", "is unknown"],
            ValueKind::Dates => &["in", "=", ">=", "<=", ">", "<", "!=", "is known", "is unknown"],
            ValueKind::Words => &["=", "~", "!=", "in (", "is known", "is unknown"],
        }
    }

    fn value_choices(&self, subject: &Subject, counts: &ValueCounts) -> impl Iterator<Item = Choice> {
        let is_number = self.kind(subject) == Some(ValueKind::Numbers);
        let written = move |value: &String| match is_number {
            true => value.clone(),
            false => Value::Text(value.clone()).to_string(),
        };
        let values = counts.values.iter().take(MOST_SEARCHED);
        values.map(move |(value, count)| Choice { count: Some(*count), ..Choice::word(written(value)) })
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
fn chosen(mut choices: impl Iterator<Item = Choice>, written: &str, most: usize) -> Vec<Choice> {
    let is_sign = |c: char| matches!(c, '"' | '“' | '«' | '[' | ']' | '”' | '»');
    let wanted = folded(written.trim_matches(is_sign));
    if wanted.is_empty() {
        return choices.take(most).collect();
    }
    let (mut first, mut others) = (Vec::new(), Vec::new());
    while first.len() < most
        && let Some(choice) = choices.next()
    {
        let text = folded(choice.text.trim_matches(is_sign));
        match (text.starts_with(&wanted), text.contains(&wanted)) {
            (true, _) => first.push(choice),
            (false, true) => others.push(choice),
            _ => {}
        }
    }
    first.into_iter().chain(others).take(most).collect()
}
