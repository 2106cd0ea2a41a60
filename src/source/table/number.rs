//! What counts as a number in a table, and which sign stands before its decimals.
//!
//! Floor 2. What would lose something as a number is text: leading zeros (`007`), a plus (`+963…`), integers of more
//! than 15 digits (`1038123456789012345`), `12E3`.

use super::format::{DecimalSign, Delimiter};

/// Integers with more digits are not sure to come back from a double.
const MOST_DIGITS: usize = 15;

/// The number that a text is; `None` for what is no number or would lose something as one.
#[inline]
pub(super) fn number_of(text: &[u8], decimal: DecimalSign) -> Option<f64> {
    plain_number(text, decimal).or_else(|| other_number(text, decimal))
}

/// What people write in a column of numbers where they have none.
pub(super) fn is_no_number(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 10] =
        [b"na", b"n/a", b"nan", b"null", b"none", b"-", b"--", "–".as_bytes(), b"\\n", b"?"];
    text.len() <= 4 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The same, and the words that stand for an unknown number.
pub(super) fn is_no_value(text: &[u8]) -> bool {
    const WORDS: [&str; 9] =
        ["unknown", "not known", "none given", "n.a.", "#n/a", "—", "inconnu", "غير معروف", "غير معلوم"];
    is_no_number(text) || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether the text may be a figure, such as `4-9`, `at least 4` or `7`, or a date, or a code.
pub(super) fn has_digit(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_digit)
        || std::str::from_utf8(text).is_ok_and(|text| text.chars().any(char::is_numeric))
}

/// Digits with a minus and decimals at most: nearly all numbers of nearly all tables.
///
/// Exact where the digits without the sign are below 2⁵³ and there are at most 22 decimals (Clinger 1990).
#[inline]
fn plain_number(text: &[u8], decimal: DecimalSign) -> Option<f64> {
    let sign = match decimal {
        DecimalSign::Point => b'.',
        DecimalSign::Comma => b',',
    };
    let (minus, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.len() > MOST_DIGITS + 1 {
        return None;
    }
    let mut value: u64 = 0;
    let mut decimals = None;
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + u64::from(byte - b'0');
                if let Some(count) = &mut decimals {
                    *count += 1;
                }
            }
            byte if byte == sign && decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    let ends_well = digits.last().is_some_and(u8::is_ascii_digit)
        && digits.len() - usize::from(decimals.is_some()) <= MOST_DIGITS;
    if !ends_well || has_leading_zero(digits) {
        return None;
    }
    const TENS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let size = value as f64 / TENS[decimals.unwrap_or(0)];
    Some(if minus { -size } else { size })
}

fn has_leading_zero(digits: &[u8]) -> bool {
    matches!(digits, [b'0', b'0'..=b'9', ..])
}

/// Long decimals, groups of thousands, exponents, Arabic digits.
#[cold]
fn other_number(text: &[u8], decimal: DecimalSign) -> Option<f64> {
    const LONGEST: usize = 48;
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    let plain: String = text.chars().map(|c| plain_char(c, decimal)).collect::<Option<_>>()?;
    let (minus, size) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
    let (mantissa, exponent) = size.split_at(size.find(['e', 'E']).unwrap_or(size.len()));
    let (whole, decimals) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, rest)| (whole, Some(rest)));
    let whole = ungrouped(whole)?;
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (is_digits(&whole) || (whole.is_empty() && decimals.is_some()))
        && decimals.is_none_or(is_digits)
        && whole.len() <= MOST_DIGITS
        && !has_leading_zero(whole.as_bytes())
        && is_clear_exponent(exponent, decimals.is_some());
    if !fits {
        return None;
    }
    let value: f64 = format!("{whole}.{}{exponent}", decimals.unwrap_or("0")).parse().ok()?;
    value.is_finite().then_some(if minus { -value } else { value })
}

/// A character of a number as computers write it: points before decimals, a space between groups.
fn plain_char(c: char, decimal: DecimalSign) -> Option<char> {
    let comma_is_decimal = decimal == DecimalSign::Comma;
    Some(match c {
        '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
        '\u{6F0}'..='\u{6F9}' => char::from(b'0' + (c as u32 - 0x6F0) as u8),
        '٫' => '.',
        '−' => '-',
        ',' if comma_is_decimal => '.',
        '.' if comma_is_decimal => ' ',
        ',' | '٬' | '\u{a0}' | '\u{202f}' => ' ',
        '0'..='9' | '.' | '-' | '+' | 'e' | 'E' => c,
        _ => return None,
    })
}

/// Without the signs between groups of three digits; `None` where they stand elsewhere.
fn ungrouped(whole: &str) -> Option<String> {
    if !whole.contains(' ') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(' ');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.clone().all(|group| group.len() == 3);
    (fits && !first.starts_with('0')).then(|| groups.fold(first.to_owned(), |number, group| number + group))
}

/// `12E3` may be the code of a place: an exponent needs decimals before it or a sign.
fn is_clear_exponent(exponent: &str, has_decimals: bool) -> bool {
    let Some(digits) = exponent.get(1..) else { return true };
    let (signed, digits) = digits.strip_prefix(['-', '+']).map_or((false, digits), |rest| (true, rest));
    (signed || has_decimals) && (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Which decimal sign the numbers of a table speak for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DecimalVotes {
    /// Numbers with a point before decimals, and with what is that or parts thousands.
    points: (usize, usize),
    /// The same of commas.
    commas: (usize, usize),
}

impl DecimalVotes {
    /// Counts one field: `35,9` speaks for commas, `35.9` for points; `1,234` and `1.234` may be thousands, unless the field
    /// `is_degrees`.
    pub fn add(&mut self, text: &[u8], is_degrees: bool) {
        let digits = text.strip_prefix(b"-").unwrap_or(text);
        let Some(sign) = digits.iter().rposition(|byte| matches!(byte, b'.' | b',')) else { return };
        let (before, after) = (&digits[..sign], &digits[sign + 1..]);
        let is_number = !after.is_empty()
            && after.iter().all(u8::is_ascii_digit)
            && before.first().is_some_and(u8::is_ascii_digit)
            && before.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b' '));
        let repeated = before.contains(&digits[sign]);
        if !is_number || repeated {
            return;
        }
        let both = before.iter().any(|byte| matches!(byte, b'.' | b','));
        let may_be_group = after.len() == 3 && before.len() <= 3 && before != b"0" && !both && !is_degrees;
        let votes = if digits[sign] == b'.' { &mut self.points } else { &mut self.commas };
        *(if may_be_group { &mut votes.1 } else { &mut votes.0 }) += 1;
    }

    /// The likelier sign in a table with that delimiter.
    ///
    /// A comma that may part thousands does so where no comma is clearly a decimal one: only spreadsheets that write
    /// decimal commas write semicolons.
    pub fn decimal(self, delimiter: Delimiter) -> DecimalSign {
        const CLEAR: usize = 8;
        let are_decimal = self.commas.0 > 0 || delimiter == Delimiter::Semicolon;
        let commas = CLEAR * self.commas.0 + if are_decimal { self.commas.1 } else { 0 };
        let points = CLEAR * self.points.0 + self.points.1;
        if commas > points { DecimalSign::Comma } else { DecimalSign::Point }
    }
}

#[cfg(test)]
mod tests {
    use super::DecimalSign::{Comma, Point};
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_meant() {
        for (text, decimal, number) in [
            ("0", Point, 0.0),
            ("-12", Point, -12.0),
            ("35.4802", Point, 35.4802),
            ("36.542000000000001", Point, 36.542),
            ("35,4802", Comma, 35.4802),
            ("1,234", Point, 1234.0),
            ("1,234,567.5", Point, 1_234_567.5),
            ("1.234,56", Comma, 1234.56),
            ("1.234", Comma, 1234.0),
            ("1\u{a0}234", Point, 1234.0),
            ("٣٥٫٩", Point, 35.9),
            (".5", Point, 0.5),
            ("1.5e3", Point, 1500.0),
            ("1e-07", Point, 1e-7),
            ("0.0", Point, 0.0),
            ("−3", Point, -3.0),
        ] {
            assert_eq!(number_of(text.as_bytes(), decimal), Some(number), "{text}");
        }
    }

    #[test]
    fn what_would_lose_something_as_a_number_is_text() {
        for text in [
            "007",
            "00",
            "+963 11",
            "+5",
            "1038123456789012345",
            "12E3",
            "1e5",
            "SY07",
            "1,23",
            "12,34,567",
            "5.",
            "",
            "-",
            ".",
            "1.2.3",
            "0x10",
            "inf",
            "NaN",
            "1 2",
            "2018-09-08",
            "--5",
            "35° 12",
            "01.5",
        ] {
            assert_eq!(number_of(text.as_bytes(), Point), None, "{text}");
        }
    }

    #[test]
    fn words_for_an_unknown_number_are_no_value() {
        for text in ["-", "–", "—", "N/A", "Unknown", "غير معروف", "?"] {
            assert!(is_no_value(text.as_bytes()), "{text}");
        }
        assert!(!is_no_value(b"rocket") && !is_no_value(b"0") && has_digit("٤-٩".as_bytes()));
    }

    #[test]
    fn fast_and_slow_agree_with_the_library() {
        for text in ["0.1", "123456789.012345", "999999999999999", "0.000001", "35.927812345", "7.25"] {
            assert_eq!(number_of(text.as_bytes(), Point), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn the_decimal_sign_is_that_of_the_clear_numbers() {
        let votes = |fields: &[&str], are_degrees| {
            let mut votes = DecimalVotes::default();
            fields.iter().for_each(|field| votes.add(field.as_bytes(), are_degrees));
            votes
        };
        let decimal = |fields: &[&str]| votes(fields, false).decimal(Delimiter::Comma);
        assert_eq!(decimal(&["35.92", "1,234", "2,500", "3,100"]), Point);
        assert_eq!(decimal(&["35,92", "1.234", "2.500"]), Comma);
        assert_eq!(decimal(&["1.234,5"]), Comma);
        assert_eq!(decimal(&["1,234.5", "12,5"]), Point);
        assert_eq!(decimal(&["12", "x", ""]), Point);
        // Thousands, unless they are degrees or the delimiter is that of decimal commas.
        assert_eq!(decimal(&["1,200", "5", "12"]), Point);
        assert_eq!(votes(&["35,927", "36,633"], true).decimal(Delimiter::Comma), Comma);
        assert_eq!(votes(&["35,927", "36,633"], false).decimal(Delimiter::Semicolon), Comma);
    }
}
