//! What is wrong at one byte: not JSON, or JSON against the rules of GeoJSON.
//!
//! Floor 2.

use super::json_scanner::{END_OF_FILE, SyntaxError};

/// The first thing wrong with a feature; it costs that feature and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bytes are not JSON.
    Syntax(SyntaxError),
    /// JSON, but not GeoJSON.
    Rule {
        /// Byte in the source.
        offset: usize,
        /// A sentence for people.
        message: String,
    },
}

impl Fault {
    /// A rule of GeoJSON broken at one byte.
    pub fn rule(offset: usize, message: impl Into<String>) -> Self {
        Self::Rule { offset, message: message.into() }
    }

    /// Byte in the source.
    pub fn offset(&self) -> usize {
        match self {
            Self::Syntax(error) => error.offset,
            Self::Rule { offset, .. } => *offset,
        }
    }

    /// Whether the bytes end before the value does.
    pub fn is_end_of_file(&self) -> bool {
        matches!(self, Self::Syntax(error) if error.reason == END_OF_FILE)
    }

    /// The sentence for people.
    pub fn message(&self, bytes: &[u8]) -> String {
        match self {
            Self::Syntax(error) => error.describe(bytes),
            Self::Rule { message, .. } => message.clone(),
        }
    }
}

impl From<SyntaxError> for Fault {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// What a value is that begins with this byte, with its article.
pub(super) fn kind_of_value(first: Option<u8>) -> &'static str {
    match first {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "text",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        Some(b'-' | b'0'..=b'9') => "a number",
        _ => "not a value",
    }
}
