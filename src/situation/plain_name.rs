//! Names of columns as they are compared: small letters, no accents, words joined by `_`.
//!
//! Floor 1.

use super::letters::{Letter, letter};

/// The name in small letters without accents, its words joined by `_`: `EventDate`, `event date` and `Event-Date` are
/// one; `Événement` is `evenement`, `التاريخ` is `تاريخ`.
pub(super) fn plain_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len() + 4);
    let mut was_small = false;
    for letter in name.trim_start_matches('\u{feff}').chars() {
        if letter.is_uppercase() && was_small {
            plain.push('_');
        }
        was_small = letter.is_lowercase() || letter.is_ascii_digit();
        match letter_of_name(letter) {
            Letter::Itself(letter) => plain.push(letter),
            Letter::Letters(letters) => plain.push_str(letters),
            Letter::Gap if !plain.is_empty() && !plain.ends_with('_') => plain.push('_'),
            Letter::Gap | Letter::Nothing => {}
        }
    }
    let words = plain.trim_end_matches('_').split('_').map(without_article);
    words.collect::<Vec<_>>().join("_")
}

/// In names of columns quotes part words, `l’événement`, and a hamza alone is a letter, `شهداء`.
fn letter_of_name(c: char) -> Letter {
    match c {
        '\'' | '’' | '‘' | '`' | '"' | '“' | '”' => Letter::Gap,
        'ء' => Letter::Itself(c),
        other => letter(other),
    }
}

/// An Arabic word without `ال`; a word that would be too short keeps it.
fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for name in
            ["event_date", "Event Date", "EVENT_DATE", "eventDate", "\u{feff}Event-Date ", "EventDate"]
        {
            assert_eq!(plain_name(name), "event_date", "{name}");
        }
        assert_eq!(plain_name("Date de l’événement"), "date_de_l_evenement");
        assert_eq!(plain_name("التَّاريخ"), "تاريخ");
        assert_eq!(plain_name("نوع الحادثة"), "نوع_حادثه");
        assert_eq!(plain_name("adm1_pcode"), "adm1_pcode");
        assert_eq!(plain_name("#date+start"), "date_start");
    }
}
