//! The normalised spelling of a name: what two people would write alike if both left out all ornament.
//!
//! Floor 1. Letter by letter by [`letter`]; then the Arabic article is taken away in all its forms, in either
//! script.

use super::super::{Letter, letter};
use super::transliteration::{is_scholarly, turkish_sound};

/// The words of a name in normalised spelling, articles left out: `Jisr al-Shughur` has `jisr` and `shughur`,
/// `جسر الشغور` has `جسر` and `شغور`. A name that is nothing but an article keeps it.
pub fn spelled_words(name: &str) -> Vec<String> {
    without_articles(raw_words(name, false))
}

/// The same with the letters of Turkish as they are said: `Şeyh` has `sheyh`.
pub(super) fn sounded_words(name: &str) -> Vec<String> {
    without_articles(raw_words(name, !is_scholarly(name)))
}

/// A word, and whether it is written with the Arabic article.
struct RawWord {
    letters: String,
    has_arabic_article: bool,
}

fn raw_words(name: &str, turkish: bool) -> Vec<RawWord> {
    let mut words = Vec::new();
    let mut word = RawWord { letters: String::new(), has_arabic_article: false };
    // The article is told from a name that begins with hamza (ألمانيا) before the letters lose theirs.
    let mut begins_plainly = false;
    let mut end = |word: &mut RawWord| {
        let letters = std::mem::take(&mut word.letters);
        if !letters.is_empty() {
            words.push(RawWord { letters, has_arabic_article: word.has_arabic_article });
        }
        word.has_arabic_article = false;
    };
    for c in name.chars() {
        if word.letters.is_empty() {
            begins_plainly = matches!(c, 'ا' | 'ٱ');
        }
        if let Some(said) = turkish_sound(c).filter(|_| turkish) {
            word.letters.push_str(said);
            continue;
        }
        match letter(c) {
            Letter::Itself(c) => word.letters.push(c),
            Letter::Letters(letters) => word.letters.push_str(letters),
            Letter::Nothing => {}
            Letter::Gap => end(&mut word),
        }
        if c == 'ل' && begins_plainly && word.letters == "ال" {
            word.has_arabic_article = true;
        }
    }
    end(&mut word);
    words
}

fn without_articles(words: Vec<RawWord>) -> Vec<String> {
    let mut kept = Vec::with_capacity(words.len());
    for place in 0..words.len() {
        let word = &words[place].letters;
        if let Some(next) = words.get(place + 1)
            && is_latin_article(word, &next.letters)
        {
            continue;
        }
        let bare = word
            .strip_prefix("ال")
            .filter(|bare| words[place].has_arabic_article && bare.chars().count() > 1);
        kept.push(bare.unwrap_or(word).to_owned());
    }
    kept
}

/// Whether `word` is the article before `next`: `al` and its like before anything, with the letter that it takes over
/// from the next word only before that letter (`ash-Shughur`, `ar-Raqqa`).
fn is_latin_article(word: &str, next: &str) -> bool {
    let mut letters = word.chars();
    if !letters.next().is_some_and(|vowel| "aeu".contains(vowel)) {
        return false;
    }
    match letters.as_str() {
        "l" => true,
        "ch" => next.starts_with("ch") || next.starts_with("sh"),
        taken_over => {
            "tdrzsn".contains(taken_over.chars().next().unwrap_or('-')) && is_same_start(taken_over, next)
        }
    }
}

/// One letter, or one that is written with `h`.
fn is_same_start(taken_over: &str, next: &str) -> bool {
    let is_letter = taken_over.len() == 1 || (taken_over.len() == 2 && taken_over.ends_with('h'));
    is_letter && next.starts_with(taken_over)
}

/// Whether a last word that is being typed may become an article.
pub fn may_become_article(word: &str) -> bool {
    let mut letters = word.chars();
    let begins = letters.next().is_some_and(|vowel| "aeu".contains(vowel));
    let taken_over = letters.as_str();
    begins && (taken_over.is_empty() || "l t d r z s n sh ch th dh".split(' ').any(|all| all == taken_over))
        || matches!(word, "ا" | "ال")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(name: &str) -> String {
        spelled_words(name).join(" ")
    }

    #[test]
    fn the_article_goes_in_every_form() {
        let jisr =
            ["Jisr al-Shughur", "jisr ash-shughur", "Jisr esh Shughur", "JISR AL SHUGHUR", "Jisr as-Shughur"];
        jisr.into_iter().for_each(|name| assert_eq!(spelled(name), "jisr shughur", "{name}"));
        assert_eq!(spelled("Jisr ech-Choughour"), "jisr choughour");
        assert_eq!(spelled("Ma'arrat an-Nu'man"), "maarrat numan");
        assert_eq!(spelled("Deir ez-Zor"), spelled("Deir al-Zor"));
        assert_eq!(spelled("El Bab"), "bab");
        assert_eq!(spelled("جسر الشغور"), "جسر شغور");
        assert_eq!(spelled("ٱلباب"), "باب");
    }

    #[test]
    fn what_only_looks_like_an_article_stays() {
        assert_eq!(spelled("al"), "al");
        assert_eq!(spelled("An Idlib"), "an idlib");
        assert_eq!(spelled("Es Madar"), "es madar");
        assert_eq!(spelled("ألمانيا"), "المانيا");
        assert_eq!(spelled("الو"), "الو");
    }

    #[test]
    fn turkish_letters_are_said_as_in_turkish_unless_the_name_is_scholarly() {
        assert_eq!(sounded_words("Şeyh Hadid"), ["sheyh", "hadid"]);
        assert_eq!(sounded_words("Ḩimş"), ["hims"]);
        assert_eq!(spelled_words("Şeyh Hadid"), ["seyh", "hadid"]);
    }
}
