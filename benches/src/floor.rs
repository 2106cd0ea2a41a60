//! The least that any reader of GeoJSON must do: tell strings from structure, and count the brackets.
//!
//! A reader that splits a file at feature borders cannot know where they are without having looked at every byte in
//! this way, so the time of this scan is the floor that the others are measured against. It is exact: quotes that are
//! escaped do not end a string, and brackets in strings do not count.
//!
//! Method: 64 bytes become one bit mask for each character of interest, escapes are resolved by carries and "inside of
//! a string" by a running xor, as in Langdale and Lemire, *Parsing gigabytes of JSON per second*, 2019. A thread
//! does not know whether its part begins inside of a string, so it counts for both cases; a sum over the parts chooses.

use std::thread;

/// What there is outside of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Structure {
    /// Strings, keys included; an unfinished one counts.
    pub strings: u64,
    /// `{` and `[`.
    pub opening: u64,
    /// `}` and `]`.
    pub closing: u64,
}

/// What one part of the text holds, for either state at its beginning.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    quotes: u64,
    /// Where the part begins outside of a string, and where it begins inside of one.
    opening: [u64; 2],
    closing: [u64; 2],
}

/// Scans the text on so many threads.
pub fn scan(text: &[u8], threads: usize) -> Structure {
    let size = text.len().div_ceil(threads.max(1)).max(1);
    let parts: Vec<Part> = thread::scope(|scope| {
        let begin = |start: usize| {
            let bytes = &text[start..(start + size).min(text.len())];
            let escaped = backslashes_at_the_end(&text[..start]) % 2 == 1;
            scope.spawn(move || scan_part(bytes, escaped))
        };
        let workers: Vec<_> = (0..text.len()).step_by(size).map(begin).collect();
        workers.into_iter().map(|worker| worker.join().expect("a scan does not panic")).collect()
    });
    let mut all = Structure::default();
    let mut quotes = 0;
    for part in parts {
        let state = (quotes % 2) as usize;
        quotes += part.quotes;
        all.opening += part.opening[state];
        all.closing += part.closing[state];
    }
    Structure { strings: quotes.div_ceil(2), ..all }
}

fn backslashes_at_the_end(text: &[u8]) -> usize {
    text.iter().rev().take_while(|&&byte| byte == b'\\').count()
}

/// Takes the instructions of this century where the processor has them.
fn scan_part(bytes: &[u8], escaped: bool) -> Part {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("popcnt")
        && is_x86_feature_detected!("bmi1")
    {
        // SAFETY: the processor was asked just now.
        return unsafe { scan_part_avx2(bytes, escaped) };
    }
    scan_blocks(bytes, escaped, masks_of_words)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt,bmi1")]
fn scan_part_avx2(bytes: &[u8], escaped: bool) -> Part {
    scan_blocks(bytes, escaped, |block| masks_of_vectors(block))
}

#[inline(always)]
fn scan_blocks(bytes: &[u8], escaped: bool, masks: impl Fn(&[u8; 64]) -> Masks) -> Part {
    let mut part = Part::default();
    let mut carried = Carried { escape: u64::from(escaped), string: 0 };
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        part.add(masks(block), &mut carried);
    }
    let mut last = [b' '; 64];
    last[..rest.len()].copy_from_slice(rest);
    part.add(masks(&last), &mut carried);
    part
}

/// One bit a byte of a block, the first byte in the lowest bit.
struct Masks {
    quote: u64,
    backslash: u64,
    opening: u64,
    closing: u64,
}

/// What a block must know of those before it.
struct Carried {
    /// 1 where the first byte is escaped.
    escape: u64,
    /// All ones inside of a string, had the part begun outside.
    string: u64,
}

impl Part {
    #[inline(always)]
    fn add(&mut self, masks: Masks, carried: &mut Carried) {
        let quote = masks.quote & !escaped_bytes(masks.backslash, &mut carried.escape);
        let string = running_xor(quote) ^ carried.string;
        carried.string = ((string as i64) >> 63) as u64;
        self.quotes += u64::from(quote.count_ones());
        self.opening[0] += u64::from((masks.opening & !string).count_ones());
        self.opening[1] += u64::from((masks.opening & string).count_ones());
        self.closing[0] += u64::from((masks.closing & !string).count_ones());
        self.closing[1] += u64::from((masks.closing & string).count_ones());
    }
}

/// The bytes that follow an odd number of backslashes.
#[inline(always)]
fn escaped_bytes(backslash: u64, carry: &mut u64) -> u64 {
    const EVEN: u64 = 0x5555_5555_5555_5555;
    if backslash == 0 {
        return std::mem::take(carry);
    }
    let backslash = backslash & !*carry;
    let follows = backslash << 1 | *carry;
    // A run of backslashes that begins at an odd place carries out of itself and marks what the even ones would miss.
    let odd_starts = backslash & !EVEN & !follows;
    let (evened, overflow) = odd_starts.overflowing_add(backslash);
    *carry = u64::from(overflow);
    (EVEN ^ (evened << 1)) & follows
}

/// Bit *i* is the xor of the bits up to and with *i*.
#[inline(always)]
fn running_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// `[` and `{`, `]` and `}` differ in this bit only; no other byte becomes one of them by it.
const BRACE_BIT: u8 = 0x20;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn masks_of_vectors(block: &[u8; 64]) -> Masks {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set1_epi8,
    };

    let (low, high) = block.split_at(32);
    // SAFETY: each half has 32 bytes, and the load asks for no alignment.
    let halves = [low, high].map(|half| unsafe { _mm256_loadu_si256(half.as_ptr().cast::<__m256i>()) });
    let mask = |halves: [__m256i; 2], byte: u8| {
        let bits = halves.map(|half| {
            let equal = _mm256_cmpeq_epi8(half, _mm256_set1_epi8(byte as i8));
            u64::from(_mm256_movemask_epi8(equal) as u32)
        });
        bits[0] | bits[1] << 32
    };
    let braces = halves.map(|half| _mm256_or_si256(half, _mm256_set1_epi8(BRACE_BIT as i8)));
    Masks {
        quote: mask(halves, b'"'),
        backslash: mask(halves, b'\\'),
        opening: mask(braces, b'{'),
        closing: mask(braces, b'}'),
    }
}

/// The same eight bytes at a time, for all other processors.
fn masks_of_words(block: &[u8; 64]) -> Masks {
    let mask = |byte: u8, ignored: u8| {
        let bits = block.as_chunks::<8>().0.iter().enumerate().map(|(nth, word)| {
            let word = u64::from_le_bytes(*word) | spread(ignored);
            equal_bytes(word, byte) << (8 * nth)
        });
        bits.fold(0, |all, bits| all | bits)
    };
    Masks {
        quote: mask(b'"', 0),
        backslash: mask(b'\\', 0),
        opening: mask(b'{', BRACE_BIT),
        closing: mask(b'}', BRACE_BIT),
    }
}

const fn spread(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

/// One bit a byte of `word` in the lowest eight bits, set where it is `byte`.
fn equal_bytes(word: u64, byte: u8) -> u64 {
    const LOW_BITS: u64 = spread(0x7F);
    let differs = word ^ spread(byte);
    // The highest bit of each byte is set where any bit of it is: no carry leaves a byte.
    let differs = ((differs & LOW_BITS) + LOW_BITS) | differs;
    // Gathers the highest bits of all bytes in the topmost byte.
    ((!differs & spread(0x80)) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Kind, write};

    /// Byte by byte.
    fn plain_scan(text: &[u8]) -> Structure {
        let (mut found, mut inside, mut escaped) = (Structure::default(), false, false);
        for &byte in text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    inside = !inside;
                    found.strings += u64::from(inside);
                }
                b'{' | b'[' if !inside => found.opening += 1,
                b'}' | b']' if !inside => found.closing += 1,
                _ => {}
            }
        }
        found
    }

    fn scan_by_words(text: &[u8]) -> Structure {
        let part = scan_blocks(text, false, masks_of_words);
        Structure { strings: part.quotes.div_ceil(2), opening: part.opening[0], closing: part.closing[0] }
    }

    #[test]
    fn the_fast_scans_find_what_the_plain_one_finds_wherever_the_text_is_cut() {
        let hostile = r#"{"a":"\\","b\"]":["[\\\"{",{}],"\\\\":"}\\\\\\\""}"#.repeat(9);
        for start in 0..hostile.len() - 300 {
            let text = &hostile.as_bytes()[start..];
            let expected = plain_scan(text);
            assert_eq!(scan_by_words(text), expected, "from {start}");
            for threads in [1, 2, 3, 7, 50] {
                assert_eq!(scan(text, threads), expected, "from {start} on {threads} threads");
            }
        }
    }

    #[test]
    fn in_made_up_events_every_bracket_is_closed() {
        let mut text = Vec::new();
        write(Kind::Events, 500, &mut text).unwrap();
        let found = scan(&text, 2);
        assert_eq!(found, plain_scan(&text));
        assert_eq!(found.opening, found.closing);
        assert_eq!(found.opening, 2 + 500 * 4);
    }
}
