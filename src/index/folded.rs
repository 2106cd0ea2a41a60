//! Texts without what people write in different ways: case, diacritics, forms of Arabic letters.
//!
//! Floor 2. Unicode's compatibility decomposition, less its marks; hamza goes with the marks, because it decomposes.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The text in lower case without diacritics, vowel signs and tatweel, with one form for the alifs, for yeh and alif
/// maksura, for teh marbuta and heh, and for the Persian forms of kaf and yeh. Two texts are the same to a person who
/// searches where these are the same.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposer = const { DecomposingNormalizerBorrowed::new_nfkd() };
    let decomposed = decomposer.normalize_iter(text.chars().flat_map(char::to_lowercase));
    decomposed.filter(|&c| !is_mark(c)).map(one_form).collect()
}

fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{0610}'..='\u{061A}' | '\u{0640}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn one_form(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        // Written in transliterations of ʿayn and hamza.
        'ʿ' | 'ʾ' | '‘' | '’' | 'ʼ' | '`' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_diacritics_and_forms_of_arabic_letters_make_no_difference() {
        for (one, other) in [
            ("ÄRA", "ara"),
            ("Jisr ash-Shughūr", "jisr ash-shughur"),
            ("إدلب", "ادلب"),
            ("حَلَب", "حلب"),
            ("اللطامنة", "اللطامنه"),
            ("مصطفى", "مصطفي"),
            ("ســراقب", "سراقب"),
            ("ﺣﻠﺐ", "حلب"),
            ("Maʿarrat", "ma‘arrat"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("حلب"), folded("حماة"));
    }
}
