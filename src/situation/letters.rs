//! What each letter of a name counts as: without accent, case or the marks that transliterations and printers add.
//!
//! Floor 1. Latin and Arabic; letters of other scripts stay as they are. Names of columns, of places and of everything
//! that is searched are compared by it.

/// What a character is in a normalised spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Nothing: a diacritic, a mark of transliteration, a mark of direction.
    Nothing,
    /// Between two words.
    Gap,
    /// These letters.
    Letters(&'static str),
    /// Itself.
    Itself(char),
}

/// The character without case, accent and variant.
pub fn letter(c: char) -> Letter {
    match c {
        'a'..='z' | '0'..='9' => Letter::Itself(c),
        'A'..='Z' => Letter::Itself(c.to_ascii_lowercase()),
        // Between two names it would be a gap, but nobody writes one there without a space.
        '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '′' | '″' | '“' | '”'
        | '"' => Letter::Nothing,
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => Letter::Nothing,
        '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}' => Letter::Nothing,
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' => arabic_letter(c),
        'À'..='ſ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'ǎ' | 'ǧ' | 'Ǧ' | 'ə' | 'Ə' | 'Ḁ'..='ỿ' => {
            latin_letter(c)
        }
        _ if c.is_alphanumeric() => {
            // What becomes several letters in lower case is met in no name of a place.
            Letter::Itself(c.to_lowercase().next().unwrap_or(c))
        }
        _ => Letter::Gap,
    }
}

fn arabic_letter(c: char) -> Letter {
    match c {
        // Vowel signs, tatweel, signs of recitation; hamza alone is left out as often as it is written.
        '\u{064B}'..='\u{065F}'
        | '\u{0670}'
        | '\u{0640}'
        | '\u{06D6}'..='\u{06ED}'
        | '\u{0610}'..='\u{061A}' => Letter::Nothing,
        'ء' => Letter::Nothing,
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => Letter::Itself('ا'),
        'ى' | 'ئ' | 'ی' | 'ې' | 'ے' | 'ێ' | 'ۍ' => Letter::Itself('ي'),
        'ؤ' | 'ۆ' | 'ۇ' | 'ۋ' => Letter::Itself('و'),
        'ة' | 'ہ' | 'ۀ' | 'ە' | 'ۃ' | 'ھ' => Letter::Itself('ه'),
        'ک' | 'ڪ' => Letter::Itself('ك'),
        'ڕ' => Letter::Itself('ر'),
        'ڵ' => Letter::Itself('ل'),
        '٠'..='٩' => Letter::Itself(digit(c, '٠')),
        '۰'..='۹' => Letter::Itself(digit(c, '۰')),
        _ if c.is_alphanumeric() => Letter::Itself(c),
        _ => Letter::Gap,
    }
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32).abs_diff(zero as u32) as u8)
}

fn latin_letter(c: char) -> Letter {
    let letters = match c.to_lowercase().next().unwrap_or(c) {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ'
        | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' | 'ḁ' => "a",
        'æ' => "ae",
        'ḃ' | 'ḅ' | 'ḇ' => "b",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ḋ' | 'ḍ' | 'ḏ' | 'ḑ' | 'ḓ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ'
        | 'ệ' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'ḡ' => "g",
        'ĥ' | 'ħ' | 'ḣ' | 'ḥ' | 'ḧ' | 'ḩ' => "h",
        // DIN 31635 writes خ so.
        'ḫ' | 'ẖ' => "kh",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'ĵ' => "j",
        'ķ' | 'ĸ' | 'ḱ' | 'ḳ' | 'ḵ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' | 'ḷ' | 'ḻ' => "l",
        'ḿ' | 'ṁ' | 'ṃ' => "m",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' | 'ṅ' | 'ṇ' | 'ṉ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ'
        | 'ộ' | 'ớ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' | 'ṙ' | 'ṛ' | 'ṟ' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ṡ' | 'ṣ' | 'ſ' => "s",
        'ß' | 'ẞ' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ṫ' | 'ṭ' | 'ṯ' | 'ẗ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' => {
            "u"
        }
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' => "y",
        'ź' | 'ż' | 'ž' | 'ẑ' | 'ẓ' | 'ẕ' => "z",
        '×' | '÷' => return Letter::Gap,
        other => return Letter::Itself(other),
    };
    Letter::Letters(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_marks_of_transliteration_say_nothing() {
        let plain = |name: &str| {
            name.chars().fold(String::new(), |mut plain, c| {
                match letter(c) {
                    Letter::Itself(c) => plain.push(c),
                    Letter::Letters(letters) => plain.push_str(letters),
                    Letter::Gap => plain.push(' '),
                    Letter::Nothing => {}
                }
                plain
            })
        };
        assert_eq!(plain("Al Ma‘baţlī"), "al mabatli");
        assert_eq!(plain("Yayladağı – Gümüşgöze"), "yayladagi   gumusgoze");
        assert_eq!(plain("İdlib ʿAyn ʾĪsá"), "idlib ayn isa");
        assert_eq!(plain("رَحّال إِدْلِب ٱلـبـاب گ ک ٢٠۱۸"), "رحال ادلب الباب گ ك 2018");
        assert_eq!(plain("Ḫān Šayḫūn"), "khan saykhun");
    }
}
