//! What one text of a sequence is, and why it is refused where it is nothing.
//!
//! Floor 2.

use super::borders::value_end;
use super::geometry::geometry_kind;
use super::json_scanner::{Scanner, SyntaxError};
use super::recognise::refuse_value;
use super::records::RECORD_SEPARATOR;
use super::ticker::Refusal;

/// What a text is by its `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Collection,
    Feature,
    Geometry,
    /// None that GeoJSON knows.
    Other,
}

impl Kind {
    /// What the text of that `type` is.
    pub fn of(type_name: &str) -> Self {
        match type_name {
            "FeatureCollection" => Self::Collection,
            "Feature" => Self::Feature,
            name if geometry_kind(name).is_ok() => Self::Geometry,
            _ => Self::Other,
        }
    }
}

/// What the text at the scanner is: its first `type` decides.
pub(super) fn peek_kind(mut scanner: Scanner<'_>) -> Result<Kind, SyntaxError> {
    if scanner.peek() != Some(b'{') {
        return Ok(Kind::Other);
    }
    let mut first = true;
    scanner.open()?;
    while let Some(key) = scanner.next_key(&mut first)? {
        if key.is("type") && scanner.peek() == Some(b'"') {
            return Ok(Kind::of(&scanner.string()?.decode()));
        }
        // Features before the type: by their brackets, for one broken feature must not hide it.
        let features = if key.is("features") { value_end(scanner.bytes(), scanner.pos()) } else { None };
        match features {
            Some(end) => scanner.jump(end, scanner.depth()),
            None => scanner.skip_value()?,
        }
    }
    Ok(Kind::Other)
}

/// The refusal of the value at `start`, whatever comes after it.
pub(super) fn refuse_record(bytes: &[u8], start: usize) -> Refusal {
    let mut scanner = Scanner::new(bytes, start);
    if let Err(error) = scanner.skip_value() {
        return Refusal::NotJson(error);
    }
    let end = scanner.pos();
    let next = scanner.peek();
    let same_line = !bytes[end..scanner.pos()].iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    match next {
        // Something that no record begins with: the whole is broken JSON rather than a sequence.
        Some(byte) if same_line && byte != b'{' && byte != RECORD_SEPARATOR => refuse_value(bytes, start),
        _ => refuse_value(&bytes[..end], start),
    }
}
