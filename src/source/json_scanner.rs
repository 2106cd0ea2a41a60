//! Walks over JSON byte by byte and says exactly where it stops being JSON (RFC 8259).
//!
//! Floor 2. Builds nothing: values are ranges of the source. Two things are let through and remembered as damage,
//! because they spoil one string and not the file: bytes that are not UTF-8, and lone surrogates in `\u` escapes.

use std::borrow::Cow;

use super::interner::is_same;
use super::json_number::{self, Number};
use super::json_text;
use super::limits::MAX_DEPTH;
use super::plain_text::plain_end;

/// A place where the bytes stop being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// Byte in the source.
    pub offset: usize,
    /// What was expected, or what is wrong, as part of a sentence.
    pub reason: &'static str,
}

/// The reason of every error that lies at the end of the bytes.
pub(super) const END_OF_FILE: &str = "the file ends in the middle of a value";

impl SyntaxError {
    /// The bytes end too early.
    pub fn end_of_file(bytes: &[u8]) -> Self {
        Self { offset: bytes.len(), reason: END_OF_FILE }
    }

    /// The whole reason: what was expected, and what stands there instead.
    pub fn describe(&self, bytes: &[u8]) -> String {
        let rest = bytes.get(self.offset..).unwrap_or_default();
        let head = String::from_utf8_lossy(&rest[..rest.len().min(4)]);
        match (head.chars().next(), self.reason) {
            (None, _) | (_, END_OF_FILE) => END_OF_FILE.to_owned(),
            (Some(found), reason) if found.is_control() || found == char::REPLACEMENT_CHARACTER => {
                format!("{reason} (found byte 0x{:02X})", rest[0])
            }
            (Some(found), reason) => format!("{reason} (found {found:?})"),
        }
    }
}

/// A string as it stands in the source, without its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawText<'a> {
    /// The bytes between the quotes.
    pub raw: &'a [u8],
    /// Whether there are escapes to decode.
    pub escaped: bool,
    /// Whether it is not valid UTF-8 or has half a surrogate pair.
    pub damaged: bool,
}

impl<'a> RawText<'a> {
    /// The string itself; what is damaged reads as U+FFFD.
    pub fn decode(self) -> Cow<'a, str> {
        if self.escaped {
            Cow::Owned(json_text::unescape(self.raw))
        } else {
            String::from_utf8_lossy(self.raw)
        }
    }

    /// Whether the string is exactly `text`.
    pub fn is(self, text: &str) -> bool {
        if self.escaped { json_text::unescape(self.raw) == text } else { self.raw == text.as_bytes() }
    }
}

/// A position in the bytes.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    pos: usize,
    depth: usize,
    /// The first damaged string since the last [`Scanner::take_damage`].
    damage: Option<usize>,
}

impl<'a> Scanner<'a> {
    pub fn new(bytes: &'a [u8], pos: usize) -> Self {
        Self { bytes, pos, depth: 0, damage: None }
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    pub fn pos(&self) -> usize {
        self.pos
    }

    /// How many objects and lists are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Goes on elsewhere, with as many objects and lists open as given.
    pub fn jump(&mut self, pos: usize, depth: usize) {
        (self.pos, self.depth) = (pos, depth);
    }

    /// Where the first damaged string began since this was last asked.
    pub fn take_damage(&mut self) -> Option<usize> {
        self.damage.take()
    }

    /// The next byte that is not white space, without passing it.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.pos) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.pos += 1,
                next => return next.copied(),
            }
        }
    }

    /// An error at the next byte.
    pub fn error<T>(&self, reason: &'static str) -> Result<T, SyntaxError> {
        let reason = if self.pos >= self.bytes.len() { END_OF_FILE } else { reason };
        Err(SyntaxError { offset: self.pos.min(self.bytes.len()), reason })
    }

    /// Passes the opening bracket of an object or a list.
    #[inline]
    pub fn open(&mut self) -> Result<(), SyntaxError> {
        if self.depth >= MAX_DEPTH {
            return self.error("objects and lists are nested more than 128 deep");
        }
        self.depth += 1;
        self.pos += 1;
        Ok(())
    }

    /// The next name of the object that was opened, and the scanner at its value; `None` at the object's end, passed.
    pub fn next_key(&mut self, first: &mut bool) -> Result<Option<RawText<'a>>, SyntaxError> {
        Ok(self.next_key_like(first, None)?.map(|(key, _)| key))
    }

    /// The same, quicker where the name is the one that is `expected`; answers whether it was seen to be.
    #[inline]
    pub fn next_key_like(
        &mut self,
        first: &mut bool,
        expected: Option<RawText<'_>>,
    ) -> Result<Option<(RawText<'a>, bool)>, SyntaxError> {
        if let Some(key) = expected.filter(|_| !*first).and_then(|expected| self.compact_key(expected)) {
            return Ok(Some((key, true)));
        }
        if !self.next_item(first, b'}', "a comma or a closing brace was expected")? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return self.error("a property name in double quotes was expected");
        }
        let key = match expected.and_then(|expected| self.same_string(expected)) {
            Some(key) => (key, true),
            None => (self.string()?, false),
        };
        if self.peek() != Some(b':') {
            return self.error("a colon was expected after the property name");
        }
        self.pos += 1;
        self.peek();
        Ok(Some(key))
    }

    /// Whether the list that was opened goes on, and the scanner at its next value; `false` at its end, passed.
    pub fn next_element(&mut self, first: &mut bool) -> Result<bool, SyntaxError> {
        self.next_item(first, b']', "a comma or a closing bracket was expected")
    }

    #[inline]
    fn next_item(&mut self, first: &mut bool, close: u8, reason: &'static str) -> Result<bool, SyntaxError> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.pos += 1;
                self.depth = self.depth.saturating_sub(1);
                return Ok(false);
            }
            Some(_) if *first => {}
            Some(b',') => {
                self.pos += 1;
                if self.peek() == Some(close) {
                    return self.error("there is a comma too many before the closing bracket");
                }
            }
            _ => return self.error(reason),
        }
        *first = false;
        Ok(true)
    }

    /// Passes one value of any kind, with everything in it checked.
    pub fn skip_value(&mut self) -> Result<(), SyntaxError> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            Some(b'{') => {
                self.open()?;
                let mut first = true;
                while self.next_key(&mut first)?.is_some() {
                    self.skip_value()?;
                }
                Ok(())
            }
            Some(b'[') => {
                self.open()?;
                let mut first = true;
                while self.next_element(&mut first)? {
                    self.skip_value()?;
                }
                Ok(())
            }
            _ => self.literal().map(drop),
        }
    }

    /// Passes `true`, `false` (as themselves) or `null` (as `None`).
    pub fn literal(&mut self) -> Result<Option<bool>, SyntaxError> {
        self.peek();
        let rest = &self.bytes[self.pos.min(self.bytes.len())..];
        for (word, value) in [(&b"true"[..], Some(true)), (b"false", Some(false)), (b"null", None)] {
            if rest.starts_with(word) {
                self.pos += word.len();
                return Ok(value);
            }
            if !rest.is_empty() && word.starts_with(rest) {
                return Err(SyntaxError { offset: self.bytes.len(), reason: END_OF_FILE });
            }
        }
        self.error("a value was expected")
    }

    /// Passes a number.
    #[inline]
    pub fn number(&mut self) -> Result<Number<'a>, SyntaxError> {
        self.peek();
        match json_number::scan(&self.bytes[self.pos.min(self.bytes.len())..]) {
            Ok(number) => {
                self.pos += number.raw.len();
                Ok(number)
            }
            Err((at, reason)) => {
                self.pos += at;
                self.error(reason)
            }
        }
    }

    /// Passes a comma, the name that is expected, a colon, if they follow each other without white space, and what
    /// white space there is before the value.
    #[inline(always)]
    fn compact_key(&mut self, expected: RawText<'_>) -> Option<RawText<'a>> {
        let comma = self.pos;
        if !self.bytes.get(comma..)?.starts_with(b",\"") {
            return None;
        }
        self.pos = comma + 1;
        let key = self.same_string(expected);
        if key.is_none() || self.bytes.get(self.pos) != Some(&b':') {
            self.pos = comma;
            return None;
        }
        self.pos += 1;
        self.peek();
        key
    }

    /// Passes the string at whose opening quote the scanner stands, if it is `text`, byte for byte.
    #[inline(always)]
    fn same_string(&mut self, text: RawText<'_>) -> Option<RawText<'a>> {
        let start = self.pos + 1;
        let end = start + text.raw.len();
        let raw = self.bytes.get(start..end)?;
        if text.damaged || self.bytes.get(end) != Some(&b'"') || !is_same(raw, text.raw) {
            return None;
        }
        self.pos = end + 1;
        Some(RawText { raw, ..text })
    }

    /// Passes a string; the scanner must stand at its opening quote.
    #[inline]
    pub fn string(&mut self) -> Result<RawText<'a>, SyntaxError> {
        let start = self.pos + 1;
        let (end, ascii) = plain_end(self.bytes, start);
        if ascii && self.bytes.get(end) == Some(&b'"') {
            self.pos = end + 1;
            return Ok(RawText { raw: &self.bytes[start..end], escaped: false, damaged: false });
        }
        self.string_with_more()
    }

    /// The same, with everything that a string may have: escapes, bytes that are not ASCII, and mistakes.
    #[inline(never)]
    fn string_with_more(&mut self) -> Result<RawText<'a>, SyntaxError> {
        let start = self.pos + 1;
        let (mut escaped, mut ascii, mut damaged) = (false, true, false);
        self.pos = start;
        loop {
            let (end, is_ascii) = plain_end(self.bytes, self.pos);
            self.pos = end;
            ascii &= is_ascii;
            match self.bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    damaged |= self.escape()?;
                }
                _ => {
                    return self
                        .error("a line break, a tab or another control character stands inside a string");
                }
            }
        }
        let raw = &self.bytes[start..self.pos];
        self.pos += 1;
        damaged |= !ascii && std::str::from_utf8(raw).is_err();
        if damaged && self.damage.is_none() {
            self.damage = Some(start);
        }
        Ok(RawText { raw, escaped, damaged })
    }

    /// Passes an escape; answers whether it is a lone surrogate.
    fn escape(&mut self) -> Result<bool, SyntaxError> {
        self.pos += 1;
        match self.bytes.get(self.pos) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.pos += 1;
                Ok(false)
            }
            Some(b'u') => match json_text::hex4(self.bytes, self.pos + 1) {
                Ok(unit) => {
                    self.pos += 5;
                    let low_follows = self.bytes[self.pos..].starts_with(b"\\u")
                        && matches!(json_text::hex4(self.bytes, self.pos + 2), Ok(0xDC00..=0xDFFF));
                    match unit {
                        0xD800..=0xDBFF if low_follows => {
                            self.pos += 6;
                            Ok(false)
                        }
                        0xD800..=0xDFFF => Ok(true),
                        _ => Ok(false),
                    }
                }
                Err(at) => {
                    self.pos = at;
                    self.error("four hexadecimal digits were expected after \\u")
                }
            },
            _ => self.error("this is no escape that JSON knows; a backslash is written as \\\\"),
        }
    }
}

/// Whether the bytes are exactly one JSON value, with white space around it.
pub(super) fn check_json(bytes: &[u8], start: usize) -> Result<(), SyntaxError> {
    let mut scanner = Scanner::new(bytes, start);
    scanner.skip_value()?;
    match scanner.peek() {
        None => Ok(()),
        Some(_) => scanner.error("the end of the file was expected"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str) -> (usize, String) {
        let error = check_json(text.as_bytes(), 0).unwrap_err();
        (error.offset, error.describe(text.as_bytes()))
    }

    #[test]
    fn an_error_names_its_place_and_what_stands_there() {
        assert_eq!(
            error_of("[1,]"),
            (3, "there is a comma too many before the closing bracket (found ']')".into())
        );
        assert_eq!(
            error_of(r#"{"a" 1}"#),
            (5, "a colon was expected after the property name (found '1')".into())
        );
        assert_eq!(error_of("[NaN]").0, 1);
        assert_eq!(error_of("[1"), (2, END_OF_FILE.into()));
        assert_eq!(error_of("[tru"), (4, END_OF_FILE.into()));
    }

    #[test]
    fn a_lone_surrogate_is_damage_and_a_pair_is_not() {
        let mut scanner = Scanner::new(br#""\uD83D\uDE00""#, 0);
        assert_eq!(scanner.string().unwrap().decode(), "😀");
        assert_eq!(scanner.take_damage(), None);
        let mut scanner = Scanner::new(br#""a\uD83Dz""#, 0);
        assert_eq!(scanner.string().unwrap().decode(), "a\u{FFFD}z");
        assert_eq!(scanner.take_damage(), Some(1));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_damage() {
        let mut scanner = Scanner::new(b"\"a\xFFb\"", 0);
        assert_eq!(scanner.string().unwrap().decode(), "a\u{FFFD}b");
        assert!(scanner.take_damage().is_some());
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        assert!(error_of(&"[".repeat(1_000_000)).1.contains("128"));
        assert!(check_json(("[".repeat(128) + &"]".repeat(128)).as_bytes(), 0).is_ok());
    }
}
