//! Which bundled face draws a character, and which characters are never drawn.
//!
//! Floor 2. The layout engine cuts a line where the face changes, and each piece is shaped in the direction of its
//! first letter; so the order of a line can only be right if we know where it will cut.

use std::ops::RangeInclusive;

/// What Noto Sans Arabic 2.005 has and Noto Sans 2.004 has not.
const ARABIC_FACE: [RangeInclusive<char>; 13] = [
    '\u{0600}'..='\u{061C}',
    '\u{061E}'..='\u{06FF}',
    '\u{0750}'..='\u{077F}',
    '\u{08A0}'..='\u{08B4}',
    '\u{08B6}'..='\u{08BE}',
    '\u{08D3}'..='\u{08FF}',
    '\u{FB50}'..='\u{FBC1}',
    '\u{FBD3}'..='\u{FD3F}',
    '\u{FD50}'..='\u{FD8F}',
    '\u{FD92}'..='\u{FDC7}',
    '\u{FDF0}'..='\u{FDFD}',
    '\u{FE70}'..='\u{FE74}',
    '\u{FE76}'..='\u{FEFC}',
];

/// The blocks that Unicode gives to right-to-left scripts.
const RIGHT_TO_LEFT_BLOCKS: [RangeInclusive<char>; 5] = [
    '\u{0590}'..='\u{08FF}',
    '\u{FB1D}'..='\u{FDFF}',
    '\u{FE70}'..='\u{FEFE}',
    '\u{10800}'..='\u{10FFF}',
    '\u{1E800}'..='\u{1EFFF}',
];

/// Characters of the Arabic face whose script is Common or Inherited: they do not turn a piece right to left.
const ARABIC_FACE_WITHOUT_SCRIPT: [RangeInclusive<char>; 11] = [
    '\u{0605}'..='\u{0605}',
    '\u{060C}'..='\u{060C}',
    '\u{061B}'..='\u{061B}',
    '\u{061F}'..='\u{061F}',
    '\u{0640}'..='\u{0640}',
    '\u{064B}'..='\u{0655}',
    '\u{0670}'..='\u{0670}',
    '\u{06DD}'..='\u{06DD}',
    '\u{08E2}'..='\u{08E2}',
    '\u{FD3E}'..='\u{FD3F}',
    '\u{FDFE}'..='\u{FDFF}',
];

/// True where the Arabic face draws `c`, false for every other face.
pub fn is_arabic_face(c: char) -> bool {
    in_any(&ARABIC_FACE, c)
}

/// True where `c` makes the shaper draw its piece right to left.
pub fn turns_piece_right_to_left(c: char) -> bool {
    is_arabic_face(c) && !in_any(&ARABIC_FACE_WITHOUT_SCRIPT, c)
}

/// True in a block of right-to-left letters, drawable or not.
pub fn is_right_to_left_block(c: char) -> bool {
    c >= '\u{0590}' && in_any(&RIGHT_TO_LEFT_BLOCKS, c)
}

/// True for what steers text and is never drawn: controls, bidi controls, and zero-width characters that join nothing.
///
/// ZWNJ and ZWJ are not among them: they shape the letter before them.
pub fn is_never_drawn(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn in_any(ranges: &[RangeInclusive<char>], c: char) -> bool {
    ranges.iter().any(|range| range.contains(&c))
}
