//! Strings of JSON decoded, and values written in one line.
//!
//! Floor 2. Works on bytes that the scanner has passed.

/// The four hexadecimal digits from `at` on, or the byte that is none.
pub(super) fn hex4(bytes: &[u8], at: usize) -> Result<u16, usize> {
    (at..at + 4).try_fold(0, |unit, place| {
        let digit = bytes.get(place).and_then(|&byte| char::from(byte).to_digit(16));
        digit.map(|digit| (unit << 4) | digit as u16).ok_or(place.min(bytes.len()))
    })
}

/// The string without its escapes; what is damaged becomes U+FFFD.
pub(super) fn unescape(raw: &[u8]) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(backslash) = memchr::memchr(b'\\', rest) {
        text.push_str(&String::from_utf8_lossy(&rest[..backslash]));
        rest = &rest[backslash + 1..];
        let (decoded, length) = match rest.first() {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => unicode_escape(rest),
            Some(&byte) => (char::from(byte), 1),
            None => break,
        };
        text.push(decoded);
        rest = &rest[length..];
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

/// The character of `uXXXX`, or of two of them that are a pair, and how many bytes they take.
fn unicode_escape(rest: &[u8]) -> (char, usize) {
    let Ok(unit) = hex4(rest, 1) else { return (char::REPLACEMENT_CHARACTER, 1) };
    let low = if rest[5..].starts_with(b"\\u") { hex4(rest, 7).ok() } else { None };
    match (unit, low) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            let code = 0x10000 + ((u32::from(unit) - 0xD800) << 10) + (u32::from(low) - 0xDC00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11)
        }
        _ => (char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER), 5),
    }
}

/// The value without white space between its parts.
pub(super) fn compact(value: &[u8]) -> String {
    let mut kept = Vec::with_capacity(value.len());
    let (mut in_string, mut after_backslash) = (false, false);
    for &byte in value {
        if !in_string && byte.is_ascii_whitespace() {
            continue;
        }
        kept.push(byte);
        match byte {
            b'"' if !after_backslash => in_string = !in_string,
            _ => {}
        }
        after_backslash = byte == b'\\' && !after_backslash;
    }
    String::from_utf8_lossy(&kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(unescape(br#"a\n\t\"\\\/\u0633\ud83d\ude00"#), "a\n\t\"\\/س😀");
    }

    #[test]
    fn compact_keeps_spaces_and_quotes_inside_strings() {
        assert_eq!(compact(br#"{ "a b" : [ 1, "x \" y" , "\\" ] }"#), r#"{"a b":[1,"x \" y","\\"]}"#);
    }
}
