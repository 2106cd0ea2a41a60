//! Names of columns as they are compared: small letters, no accents, words joined by `_`.
//!
//! Floor 1.

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
        if is_mark(letter) {
            continue;
        }
        match letter.is_alphanumeric() {
            true => plain.extend(letter.to_lowercase().map(without_accent)),
            false if !plain.is_empty() && !plain.ends_with('_') => plain.push('_'),
            false => {}
        }
    }
    let words = plain.trim_end_matches('_').split('_').map(without_article);
    words.collect::<Vec<_>>().join("_")
}

/// Vowel signs, the lengthening stroke, and accents that stand for themselves.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{300}'..='\u{36f}' | '\u{200e}' | '\u{200f}')
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ى' | 'ئ' => 'ي',
        'ؤ' => 'و',
        other => other,
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
