//! A colour, and how strongly two of them differ.
//!
//! Floor 2.

use serde::{Deserialize, Serialize};

/// sRGB with straight (not premultiplied) alpha, 0–255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rgba {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Alpha; 255 is opaque.
    pub a: u8,
}

impl Rgba {
    /// An opaque colour from `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self { r: (rgb >> 16) as u8, g: (rgb >> 8) as u8, b: rgb as u8, a: 255 }
    }

    /// The same colour with its alpha multiplied by `opacity`, 0 to 1.
    #[must_use]
    pub fn faded(self, opacity: f32) -> Self {
        Self { a: (f32::from(self.a) * opacity.clamp(0.0, 1.0)).round() as u8, ..self }
    }

    /// `#rgb` or `#rrggbb`, the `#` optional, as in simplestyle 1.1; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Self::hex(value)),
            3 => {
                let nibble = |shift: u32| ((value >> shift) & 15) * 17;
                Some(Self::hex(nibble(8) << 16 | nibble(4) << 8 | nibble(0)))
            }
            _ => None,
        }
    }

    /// WCAG 2.2 contrast ratio of two opaque colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2 relative luminance, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simplestyle_colours_are_read_with_and_without_hash() {
        assert_eq!(Rgba::parse("#7e7e7e"), Some(Rgba::hex(0x7e7e7e)));
        assert_eq!(Rgba::parse("f0a"), Some(Rgba::hex(0xff00aa)));
        assert_eq!(Rgba::parse("red"), None);
        assert_eq!(Rgba::parse("+12345"), None);
    }

    #[test]
    fn black_on_white_has_the_highest_contrast() {
        assert!((Rgba::hex(0).contrast(Rgba::hex(0xffffff)) - 21.0).abs() < 1e-9);
    }
}
