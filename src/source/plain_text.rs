//! The inside of strings, many bytes at a time.
//!
//! Floor 2. Most bytes of most files are plain text inside of strings: everything else waits for this loop.

/// The first byte from `from` on that is a quote, a backslash or a control character, or the end; and whether all
/// bytes before it are ASCII.
#[inline]
pub(super) fn plain_end(bytes: &[u8], from: usize) -> (usize, bool) {
    let mut at = from;
    let mut ascii = true;
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<{ block::SIZE }>()) {
        let (stop, is_ascii) = block::look_at(block);
        ascii &= is_ascii;
        at += stop;
        if stop < block::SIZE {
            return (at, ascii);
        }
    }
    while let Some(&byte) = bytes.get(at).filter(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        ascii &= byte.is_ascii();
        at += 1;
    }
    (at, ascii)
}

#[cfg(target_arch = "x86_64")]
mod block {
    use std::arch::x86_64::{
        _mm_cmpeq_epi8, _mm_loadu_si128, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8,
    };

    pub const SIZE: usize = 16;

    /// Where the first byte is at which plain text ends, [`SIZE`] where there is none; whether those before it are ASCII.
    #[inline]
    #[expect(
        unsafe_code,
        reason = "compilers do not find these instructions, and loops without them take longer"
    )]
    pub fn look_at(block: &[u8; SIZE]) -> (usize, bool) {
        // SAFETY: every x86-64 processor has SSE2; the load may be unaligned and reads the bytes of `block` only.
        let (stops, highs) = unsafe {
            let text = _mm_loadu_si128(block.as_ptr().cast());
            let quotes = _mm_cmpeq_epi8(text, _mm_set1_epi8(b'"'.cast_signed()));
            let backslashes = _mm_cmpeq_epi8(text, _mm_set1_epi8(b'\\'.cast_signed()));
            let controls = _mm_cmpeq_epi8(_mm_min_epu8(text, _mm_set1_epi8(0x1F)), text);
            let stops = _mm_or_si128(_mm_or_si128(quotes, backslashes), controls);
            (_mm_movemask_epi8(stops), _mm_movemask_epi8(text))
        };
        // A bit behind the last byte stands for the end of the block.
        let stop = (stops | 1 << SIZE).trailing_zeros();
        (stop as usize, highs & ((1 << stop) - 1) == 0)
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod block {
    pub const SIZE: usize = 8;

    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;

    /// Where the first byte is at which plain text ends, [`SIZE`] where there is none; whether those before it are ASCII.
    ///
    /// A byte is zero if subtracting 1 borrows: "Determine if a word has a zero byte" of Anderson's Bit Twiddling Hacks.
    #[inline]
    pub fn look_at(block: &[u8; SIZE]) -> (usize, bool) {
        let word = u64::from_le_bytes(*block);
        let quote = word ^ (ONES * 0x22);
        let backslash = word ^ (ONES * 0x5C);
        let is_quote = quote.wrapping_sub(ONES) & !quote;
        let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
        let is_control = word.wrapping_sub(ONES * 0x20) & !word;
        // Bits above the first that is set may be wrong.
        let stops = (is_quote | is_backslash | is_control) & HIGHS;
        let stop = stops.trailing_zeros() / 8;
        let before = if stop == 8 { word } else { word & !(u64::MAX << (8 * stop)) };
        (stop as usize, before & HIGHS == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_place_stops_or_passes_as_it_should() {
        for byte in 0..=255_u8 {
            for place in 0..40 {
                for around in [b'a', 0x7F, 0x80, 0xFF, 0x21, 0x23, 0x5B, 0x5D] {
                    let mut text = [around; 40];
                    text[place] = byte;
                    let is_stop = byte < 0x20 || byte == b'"' || byte == b'\\';
                    let end = if is_stop { place } else { 40 };
                    let ascii = text[..end].is_ascii();
                    assert_eq!(plain_end(&text, 0), (end, ascii), "{byte:#x} at {place} among {around:#x}");
                }
            }
        }
    }
}
