//! Which letters of a text that is shown answer to what was typed, so that they can be set off.
//!
//! Floor 2.

use std::ops::Range;

use crate::situation::{Letter, Sound, letter, spelled_words};

/// The parts of `shown` that answer to `typed`, in bytes, in their order: the letters that were typed where they are
/// spelled so, the whole word where it only sounds so. None overlap.
pub fn matched_parts(shown: &str, typed: &str) -> Vec<Range<usize>> {
    let typed: Vec<(String, Sound)> =
        spelled_words(typed).into_iter().map(|word| with_sound(&word)).collect();
    let parts = words_of(shown).filter_map(|word| {
        let part = matched_in_word(&shown[word.clone()], &typed)?;
        Some(word.start..word.start + part)
    });
    parts.collect()
}

/// Whether all words of `name` are among those of `shown`, in any spelling.
pub fn is_said_in(name: &str, shown: &str) -> bool {
    let known: Vec<String> = words_of(shown).map(|word| Sound::of_name(&shown[word]).skeleton).collect();
    let words = spelled_words(name);
    let skeletons = words.iter().map(|word| Sound::of_name(word).skeleton);
    !words.is_empty() && skeletons.into_iter().all(|skeleton| known.contains(&skeleton))
}

fn with_sound(word: &str) -> (String, Sound) {
    (word.to_owned(), Sound::of_name(word))
}

/// How much of the word answers, from its beginning.
fn matched_in_word(word: &str, typed: &[(String, Sound)]) -> Option<usize> {
    let spelled = spelled_words(word).concat();
    let begins = typed.iter().filter(|(typed, _)| spelled.starts_with(typed.as_str()));
    if let Some((typed, _)) = begins.max_by_key(|(typed, _)| typed.len()) {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        return ends
            .into_iter()
            .find(|&end| spelled_words(&word[..end]).concat() == *typed)
            .or(Some(word.len()));
    }
    let sound = Sound::of_name(word);
    let sounds_so = typed
        .iter()
        .any(|(_, typed)| typed.skeleton.len() >= 2 && sound.skeleton.starts_with(&typed.skeleton));
    sounds_so.then_some(word.len())
}

/// The words of a text as it is written.
fn words_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_gap = |c: char| letter(c) == Letter::Gap;
    text.split(is_gap).filter(|word| !word.is_empty()).map(|word| {
        // A part of `text`: the distance of their beginnings is its place.
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_off<'a>(shown: &'a str, typed: &str) -> Vec<&'a str> {
        matched_parts(shown, typed).into_iter().map(|part| &shown[part]).collect()
    }

    #[test]
    fn the_letters_that_were_typed_are_set_off() {
        assert_eq!(set_off("Jisr al-Shughur", "jisr shu"), ["Jisr", "Shu"]);
        assert_eq!(set_off("Jisr al-Shughur", "shug"), ["Shug"]);
        assert_eq!(set_off("Ma‘arrat an-Nu‘man", "maarr"), ["Ma‘arr"]);
        assert_eq!(set_off("جسر الشغور", "الشغ"), ["الشغ"]);
        assert_eq!(set_off("Saraqib", "idlib"), Vec::<&str>::new());
    }

    #[test]
    fn a_name_is_said_in_a_title_that_has_all_its_words() {
        assert!(is_said_in("Saraqeb", "Air strike, Saraqib") && is_said_in("سراقب", "Saraqib"));
        assert!(is_said_in("Jisr al-Shaghour", "Jisr al-Shughur") && !is_said_in("Halab", "Aleppo"));
        assert!(!is_said_in("Khan Tuman dam", "Khan Tuman") && !is_said_in("", "Idlib"));
    }

    #[test]
    fn a_word_that_only_sounds_so_is_set_off_whole() {
        assert_eq!(set_off("Saraqib", "سراقب"), ["Saraqib"]);
        assert_eq!(set_off("Khan Shaykhun", "khan sheikhoun"), ["Khan", "Shaykhun"]);
        assert_eq!(set_off("سراقب", "saraqeb"), ["سراقب"]);
    }
}
