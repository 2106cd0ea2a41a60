//! Numbers of JSON: exactly its grammar, to the nearest double.
//!
//! Floor 2. One pass; almost every coordinate takes the short way without the standard library's parser.

/// A number as it stands in the source, and its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number<'a> {
    /// Word for word.
    pub written: &'a str,
    /// The nearest double; infinite where it is out of range.
    pub value: f64,
}

/// Powers of ten that a double holds exactly.
const EXACT_TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Integers up to here are exact as doubles.
const MAX_EXACT: u64 = 1 << 53;

/// Digits that fit a `u64` whatever they are.
const MAX_DIGITS: usize = 19;

/// Digits with their count; further ones than [`MAX_DIGITS`] are counted but not added.
#[derive(Default)]
struct Digits {
    mantissa: u64,
    count: usize,
}

impl Digits {
    /// Takes the digits from `at` on and answers where they end.
    fn take(&mut self, bytes: &[u8], mut at: usize) -> usize {
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            if self.count < MAX_DIGITS {
                self.mantissa = self.mantissa * 10 + u64::from(digit - b'0');
            }
            self.count += 1;
            at += 1;
        }
        at
    }
}

/// The number that `bytes` begin with, or the byte where it goes wrong and why.
pub(super) fn scan(bytes: &[u8]) -> Result<Number<'_>, (usize, &'static str)> {
    let negative = bytes.first() == Some(&b'-');
    let start = usize::from(negative);
    let mut digits = Digits::default();
    let mut at = digits.take(bytes, start);
    match at - start {
        0 => return Err((at, "a digit was expected")),
        1 => {}
        _ if bytes[start] == b'0' => return Err((start + 1, "a number must not begin with 0")),
        _ => {}
    }
    let mut fraction_digits = 0;
    if bytes.get(at) == Some(&b'.') {
        let end = digits.take(bytes, at + 1);
        fraction_digits = end - at - 1;
        at = end;
        if fraction_digits == 0 {
            return Err((at, "a digit was expected after the decimal point"));
        }
    }
    let mut plain = true;
    if let Some(b'e' | b'E') = bytes.get(at) {
        plain = false;
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let end = Digits::default().take(bytes, at + 1 + sign);
        if end == at + 1 + sign {
            return Err((end, "a digit was expected in the exponent"));
        }
        at = end;
    }
    let written =
        std::str::from_utf8(&bytes[..at]).expect("only ASCII digits, signs, a point and an e were passed");
    let short = plain && digits.count <= MAX_DIGITS && digits.mantissa <= MAX_EXACT;
    let value = if short && fraction_digits < EXACT_TENS.len() {
        // Both operands are exact, so one division rounds to the nearest double.
        let size = digits.mantissa as f64 / EXACT_TENS[fraction_digits];
        if negative { -size } else { size }
    } else {
        written.parse().unwrap_or(f64::INFINITY)
    };
    Ok(Number { written, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_the_nearest_double() {
        for text in [
            "0",
            "-0",
            "36.5420",
            "-180.000000000001",
            "1e400",
            "9007199254740993",
            "0.1",
            "1E-5",
            "22e291",
            "123456789012345678901234567890",
            "0.00000000000000000000000001",
            "17.12345678901234567",
        ] {
            let number = scan(text.as_bytes()).unwrap();
            assert_eq!(number.value.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            assert_eq!(number.written, text);
        }
    }

    #[test]
    fn what_is_almost_a_number_is_refused_where_it_goes_wrong() {
        for (text, at) in [("-", 1), ("01", 1), ("-012", 2), ("1.", 2), ("1.e5", 2), ("1e", 2), ("1e+", 3)] {
            assert_eq!(scan(text.as_bytes()).unwrap_err().0, at, "{text}");
        }
    }
}
