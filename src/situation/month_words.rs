//! The names of months, and digits, as people write them in English, French and Arabic.
//!
//! Floor 1.

use std::borrow::Cow;

use super::plain_name::plain_name;

/// The names of each month, plain: English and French, then Arabic of the Levant and of Egypt. Longer words may go on
/// behind three letters and a dot only where that is usual.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv", "كانون_ثاني", "يناير"],
    &["february", "feb", "fevrier", "fevr", "شباط", "فبراير"],
    &["march", "mar", "mars", "اذار", "مارس"],
    &["april", "apr", "avril", "avr", "نيسان", "ابريل"],
    &["may", "mai", "ايار", "مايو"],
    &["june", "jun", "juin", "حزيران", "يونيو"],
    &["july", "jul", "juillet", "juil", "تموز", "يوليو"],
    &["august", "aug", "aout", "اب", "اغسطس"],
    &["september", "sep", "sept", "septembre", "ايلول", "سبتمبر"],
    &["october", "oct", "octobre", "تشرين_اول", "اكتوبر"],
    &["november", "nov", "novembre", "تشرين_ثاني", "نوفمبر"],
    &["december", "dec", "decembre", "كانون_اول", "ديسمبر"],
];

/// The month of that name, 1 to 12.
pub(super) fn month_of_word(word: &str) -> Option<i64> {
    if word.chars().next().is_none_or(|letter| !letter.is_alphabetic()) {
        return None;
    }
    let plain = plain_name(&word.to_lowercase());
    let place = MONTHS.iter().position(|names| names.contains(&plain.as_str()))?;
    Some(place as i64 + 1)
}

/// The text with Arabic and Persian digits as western ones.
pub(super) fn with_western_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let western = |letter: char| match letter {
        '٠'..='٩' => char::from(b'0' + (letter as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (letter as u32 - '۰' as u32) as u8),
        other => other,
    };
    Cow::Owned(text.chars().map(western).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_three_languages() {
        for word in ["September", "SEP", "Sept.", "septembre", "أيلول", "سبتمبر"] {
            assert_eq!(month_of_word(word), Some(9), "{word}");
        }
        assert_eq!(month_of_word("août"), Some(8));
        assert_eq!(month_of_word("كانون الأول"), Some(12));
        assert_eq!((month_of_word("Saraqib"), month_of_word("9"), month_of_word("")), (None, None, None));
    }
}
