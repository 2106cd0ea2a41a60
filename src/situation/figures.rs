//! How many people, as tables write it: a number, a range, a bound in words.
//!
//! Floor 1. A blank is unknown, never zero.

use super::month_words::with_western_digits;

/// What a cell says of a number of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// At least.
    pub low: Option<u32>,
    /// The number itself.
    pub best: Option<u32>,
    /// At most.
    pub high: Option<u32>,
}

/// A cell that says something of a number and is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the figure cannot be read")]
pub struct UnreadFigure;

/// Words before a number, or behind it, for its least value.
const AT_LEAST: [&str; 10] = [
    "at least",
    "min",
    "minimum",
    "no fewer than",
    "≥",
    ">=",
    "au moins",
    "ما لا يقل عن",
    "على الأقل",
    "minimum of",
];
/// For its greatest value.
const AT_MOST: [&str; 9] = ["at most", "up to", "max", "maximum", "≤", "<=", "au plus", "jusqu'à", "حتى"];
/// For a number that is not sure.
const ABOUT: [&str; 9] =
    ["about", "around", "approximately", "approx.", "c.", "~", "environ", "نحو", "حوالي"];
/// What stands for nothing known.
const UNKNOWN: [&str; 12] = [
    "unknown",
    "n/a",
    "na",
    "-",
    "–",
    "?",
    "not known",
    "null",
    "none given",
    "inconnu",
    "غير معروف",
    "غير معلوم",
];

impl Figures {
    /// Reads a cell. A blank, `unknown` and `-` are nothing known; `none` is 0; what is not understood is an error.
    pub fn read(text: &str) -> Result<Self, UnreadFigure> {
        let text = with_western_digits(text.trim()).to_lowercase();
        let text = text.trim();
        if text.is_empty() || UNKNOWN.contains(&text) {
            return Ok(Self::default());
        }
        if matches!(text, "none" | "no" | "zero" | "aucun" | "لا يوجد") {
            return Ok(Self { best: Some(0), ..Self::default() });
        }
        if let Ok(number) = text.parse() {
            return Self::of_number(number);
        }
        if let Some(number) = whole_number(text) {
            return Ok(Self { best: Some(number), ..Self::default() });
        }
        Self::read_bound(text).or_else(|| Self::read_range(text)).ok_or(UnreadFigure)
    }

    /// The same for a table in which the comma stands before decimals, and the point between thousands, if `is_comma`.
    pub fn read_with(text: &str, is_comma: bool) -> Result<Self, UnreadFigure> {
        if is_comma { Self::read(&with_decimal_points(text)) } else { Self::read(text) }
    }

    /// A number as it is; one that counts no people is an error.
    pub fn of_number(number: f64) -> Result<Self, UnreadFigure> {
        let is_count = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
        if is_count { Ok(Self { best: Some(number as u32), ..Self::default() }) } else { Err(UnreadFigure) }
    }

    fn read_bound(text: &str) -> Option<Self> {
        let beside = |words: &[&str]| {
            let rests =
                words.iter().filter_map(|word| text.strip_prefix(word).or_else(|| text.strip_suffix(word)));
            rests.filter_map(whole_number).next()
        };
        let low = beside(&AT_LEAST).or_else(|| whole_number(text.strip_suffix('+')?));
        let more = ["more than", "over", ">", "plus de", "أكثر من"];
        let low = low.or_else(|| beside(&more)?.checked_add(1));
        if low.is_some() {
            return Some(Self { low, ..Self::default() });
        }
        let fewer = ["fewer than", "less than", "under", "<", "moins de", "أقل من"];
        let high = beside(&AT_MOST).or_else(|| beside(&fewer)?.checked_sub(1));
        if high.is_some() {
            return Some(Self { high, ..Self::default() });
        }
        Some(Self { best: Some(beside(&ABOUT)?), ..Self::default() })
    }

    /// `4-9`, `4 – 9`, `4 to 9`, `between 4 and 9`. Backwards ranges are read as they stand.
    fn read_range(text: &str) -> Option<Self> {
        let inside = ["between ", "from ", "entre ", "de ", "بين ", "من "];
        let text = inside.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
        let marks = ["–", "—", "-", " to ", " and ", " à ", " et ", " إلى ", " و"];
        let ends = marks.iter().find_map(|mark| {
            let (low, high) = text.split_once(mark)?;
            Some((whole_number(low)?, whole_number(high)?))
        });
        let (low, high) = ends?;
        Some(Self { low: Some(low), best: None, high: Some(high) })
    }
}

/// `4`, `1,200`, `1 200`, `4.0`
fn whole_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let text =
        text.split_once('.').map_or(text, |(whole, rest)| match rest.bytes().all(|byte| byte == b'0') {
            true => whole,
            false => "",
        });
    let mut groups = text.split([',', '\u{a0}', '\u{202f}', ' ']);
    let first = groups.next().filter(|first| !first.is_empty() && is_digits(first))?;
    let mut digits = first.to_owned();
    for group in groups {
        // Thousands only: "4,5" is not forty-five.
        if group.len() != 3 || first.len() > 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    digits.parse().ok()
}

/// `1.234,5` as `1,234.5`: what stands between digits is turned, and what ends a word is not.
fn with_decimal_points(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(|letter| letter.is_numeric());
    let turned = letters.iter().enumerate().map(|(at, &letter)| match letter {
        '.' if at > 0 && is_digit(at - 1) && is_digit(at + 1) => ',',
        ',' if at > 0 && is_digit(at - 1) && is_digit(at + 1) => '.',
        _ => letter,
    });
    turned.collect()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<u32>, Option<u32>, Option<u32>)> {
        Figures::read(text).ok().map(|figures| (figures.low, figures.best, figures.high))
    }

    #[test]
    fn numbers_ranges_and_bounds_are_told_apart() {
        for text in ["4", " 4 ", "4.0", "about 4", "~4", "٤", "نحو 4", "c. 4"] {
            assert_eq!(read(text), Some((None, Some(4), None)), "{text}");
        }
        for text in
            ["4-9", "4–9", "4 - 9", "4 to 9", "between 4 and 9", "From 4 to 9", "4 à 9", "من 4 إلى 9", "٤-٩"]
        {
            assert_eq!(read(text), Some((Some(4), None, Some(9))), "{text}");
        }
        for text in ["at least 4", "4+", "≥ 4", ">=4", "more than 3", "au moins 4", "4 at least"] {
            assert_eq!(read(text), Some((Some(4), None, None)), "{text}");
        }
        for text in ["up to 9", "at most 9", "≤9", "fewer than 10", "max 9"] {
            assert_eq!(read(text), Some((None, None, Some(9))), "{text}");
        }
        assert_eq!(read("1,200"), Some((None, Some(1200), None)));
        assert_eq!(read("none"), Some((None, Some(0), None)));
    }

    #[test]
    fn a_blank_is_unknown_and_never_zero() {
        for text in ["", " ", "unknown", "-", "?", "N/A", "غير معروف"] {
            assert_eq!(read(text), Some((None, None, None)), "{text}");
        }
    }

    #[test]
    fn thousands_are_those_of_the_table() {
        let read = |text: &str, is_comma| Figures::read_with(text, is_comma).ok().map(|figures| figures.best);
        for (text, is_comma, best) in [
            ("1.000", true, Some(Some(1000))),
            ("about 1.200", true, Some(Some(1200))),
            ("12,0", true, Some(Some(12))),
            ("2,5", true, None),
            ("c. 4", true, Some(Some(4))),
            ("1.000", false, Some(Some(1))),
            ("1,000", false, Some(Some(1000))),
        ] {
            assert_eq!(read(text, is_comma), best, "{text}");
        }
        let range = Figures::read_with("1.000–2.000", true).unwrap();
        assert_eq!((range.low, range.high), (Some(1000), Some(2000)));
    }

    #[test]
    fn what_is_not_understood_is_not_guessed_at() {
        for text in ["several", "-3", "4.5", "4,5", "dozens", "4 or more children", "99999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
