//! Numbers of JSON: exactly its grammar, to the nearest double.
//!
//! Floor 2. One pass; almost every coordinate takes the short way without the standard library's parser.

/// A number as it stands in the source, and its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number<'a> {
    /// Word for word: digits, signs, a point and an e.
    pub raw: &'a [u8],
    /// The nearest double; infinite where it is out of range.
    pub value: f64,
}

impl<'a> Number<'a> {
    /// The number word for word.
    pub fn written(self) -> &'a str {
        std::str::from_utf8(self.raw).unwrap_or_default()
    }
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
    #[inline]
    fn take(&mut self, bytes: &[u8], mut at: usize) -> usize {
        while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let (value, count) = leading_digits(u64::from_le_bytes(*eight));
            if self.count + count > MAX_DIGITS {
                break;
            }
            self.mantissa = self.mantissa * SMALL_TENS[count] + value;
            self.count += count;
            at += count;
            if count < 8 {
                return at;
            }
        }
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

/// Powers of ten with up to eight digits behind the one.
const SMALL_TENS: [u64; 9] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// The value of the digits that eight bytes begin with, the first byte lowest, and how many they are.
///
/// Neighbours are added to pairs, pairs to fours, fours to eight: "Faster integer parsing" by Johnny Lee and others.
#[inline]
fn leading_digits(eight: u64) -> (u64, usize) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let values = eight ^ (ONES * 0x30);
    // The high bit of each byte that is more than 9; nothing is carried from one byte into the next.
    let others = (((values & (ONES * 0x7F)) + ONES * 0x76) | values) & (ONES * 0x80);
    let count = (others.trailing_zeros() / 8) as usize;
    if count == 0 {
        return (0, 0);
    }
    let digits = values << (64 - 8 * count);
    let pairs = digits.wrapping_mul(10) + (digits >> 8);
    let fours_low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let fours_high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    (fours_low.wrapping_add(fours_high) >> 32, count)
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
    let short = plain && digits.count <= MAX_DIGITS && digits.mantissa <= MAX_EXACT;
    let value = if short && fraction_digits < EXACT_TENS.len() {
        // Both operands are exact, so one division rounds to the nearest double.
        let size = digits.mantissa as f64 / EXACT_TENS[fraction_digits];
        if negative { -size } else { size }
    } else {
        let number = Number { raw: &bytes[..at], value: 0.0 };
        number.written().parse().unwrap_or(f64::INFINITY)
    };
    Ok(Number { raw: &bytes[..at], value })
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
            assert_eq!(number.written(), text);
        }
    }

    #[test]
    fn digits_are_counted_up_to_whatever_ends_them() {
        for end in 0..=255_u8 {
            for count in 0..12 {
                let mut text = b"12345678901"[..count.min(11)].to_vec();
                text.extend([end, b'9', b'9', b'9', b'9', b'9', b'9', b'9', b'9']);
                let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let mut taken = Digits::default();
                assert_eq!(taken.take(&text, 0), digits, "{count} digits before {end:#x}");
                let value = std::str::from_utf8(&text[..digits]).unwrap().parse().unwrap_or(0);
                assert!(digits > MAX_DIGITS || taken.mantissa == value, "{count} digits before {end:#x}");
            }
        }
    }

    #[test]
    fn what_is_almost_a_number_is_refused_where_it_goes_wrong() {
        for (text, at) in [("-", 1), ("01", 1), ("-012", 2), ("1.", 2), ("1.e5", 2), ("1e", 2), ("1e+", 3)] {
            assert_eq!(scan(text.as_bytes()).unwrap_err().0, at, "{text}");
        }
    }
}
