//! The inside of strings, eight bytes at a time.
//!
//! Floor 2. Most bytes of most files are plain text inside of strings: everything else waits for this loop.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;

/// The first byte from `from` on that is a quote, a backslash or a control character, or the end; and whether all
/// bytes before it are ASCII.
#[inline]
pub(super) fn plain_end(bytes: &[u8], from: usize) -> (usize, bool) {
    let mut at = from;
    let mut seen = 0;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let stops = stops_in(word);
        if stops != 0 {
            let stop = stops.trailing_zeros() & !7;
            seen |= word & !(u64::MAX << stop);
            return (at + stop as usize / 8, seen & HIGHS == 0);
        }
        seen |= word;
        at += 8;
    }
    while let Some(&byte) = bytes.get(at).filter(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        seen |= u64::from(byte);
        at += 1;
    }
    (at, seen & HIGHS == 0)
}

/// The high bit of the first byte that is a quote, a backslash or below 0x20; bits above it may be wrong.
///
/// A byte is zero if subtracting 1 borrows: "Determine if a word has a zero byte" of Anderson's Bit Twiddling Hacks.
#[inline]
fn stops_in(word: u64) -> u64 {
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5C);
    let is_quote = quote.wrapping_sub(ONES) & !quote;
    let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    (is_quote | is_backslash | is_control) & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_place_stops_or_passes_as_it_should() {
        for byte in 0..=255_u8 {
            for place in 0..20 {
                for around in [b'a', 0x7F, 0x80, 0xFF, 0x21, 0x23, 0x5B, 0x5D] {
                    let mut text = [around; 20];
                    text[place] = byte;
                    let is_stop = byte < 0x20 || byte == b'"' || byte == b'\\';
                    let end = if is_stop { place } else { 20 };
                    let ascii = text[..end].is_ascii();
                    assert_eq!(plain_end(&text, 0), (end, ascii), "{byte:#x} at {place} among {around:#x}");
                }
            }
        }
    }
}
